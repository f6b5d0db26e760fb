"""What takes the place of parts of nbgrader, all of it here. ``nbgrader_config.py`` calls :func:`install`.

nbgrader has no setting for the class that grades a batch, so ours is put under the name where its command and
formgrader look it up. Where a course does not configure ``NeverRun``, these classes do what nbgrader's own do.
"""

import logging
import os
import sysconfig
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from nbgrader.apps import api, autogradeapp, generateassignmentapp
from nbgrader.coursedir import CourseDirectory

from vermarkting.grading.autograde.handin import moment
from vermarkting.grading.autograde.plugin import AnswerAutograde, AnswerGenerateAssignment, OnlyAnswerCells
from vermarkting.grading.collect.owners import owners

__all__ = ["QUIET", "OnlyAnswerCells", "OnlyOurs", "install"]

_OURS = f"{os.sep}vermarkting{os.sep}"


class OnlyOurs(logging.Filter):
    """Leaves out what nbgrader tells in passing: it is in English, and our commands say in Dutch what they did."""

    def filter(self, record: logging.LogRecord) -> bool:
        in_passing = record.levelno <= logging.INFO or str(record.msg).startswith("Removing existing")
        return not in_passing or _OURS in record.pathname


# For ``c.Application.logging_config``.
QUIET = {
    "filters": {"ours": {"()": f"{OnlyOurs.__module__}.{OnlyOurs.__name__}"}},
    "handlers": {"console": {"filters": ["ours"]}},
}


def install() -> None:
    """Put our classes in nbgrader's place. May be called again: nbgrader reads its configuration many times."""
    autogradeapp.Autograde = api.Autograde = AnswerAutograde
    generateassignmentapp.GenerateAssignment = api.GenerateAssignment = AnswerGenerateAssignment
    AnswerAutograde.owners = staticmethod(owners)
    # A forged moment of handing in would break formgrader's list of hand-ins, and feedback.
    CourseDirectory.get_existing_timestamp = lambda self, folder: moment(folder)
    api.NbGraderAPI.get_submitted_timestamp = _submitted_timestamp
    if not getattr(api.capture_log, "ours", False):
        api.capture_log = _captured(api.capture_log)
    _find_alembic()


def _captured(stock: Callable) -> Callable:
    """Leave out of what formgrader shows of a command what its own log leaves out."""

    def capture_log(app, *more: object) -> dict:
        quiet = OnlyOurs()
        app.log.addFilter(quiet)
        try:
            return stock(app, *more)
        finally:
            app.log.removeFilter(quiet)

    capture_log.ours = True
    return capture_log


def _submitted_timestamp(self, assignment_id: str, student_id: str):
    course = self.coursedir
    return moment(course.format_path(course.submitted_directory, student_id, assignment_id))


def _find_alembic() -> None:
    """nbgrader starts the program ``alembic`` by name when it makes a gradebook, also outside its environment."""
    installed = [
        file
        for file in metadata.files("alembic") or []
        if file.stem == "alembic" and file.suffix[1:] not in ("py", "ini")
    ]
    folders = {
        str(Path(str(file.locate())).resolve().parent) for file in installed if file.parent.name in ("bin", "Scripts")
    }
    folders.add(sysconfig.get_path("scripts"))
    known = os.environ.get("PATH", "").split(os.pathsep)
    os.environ["PATH"] = os.pathsep.join([*sorted(folders - set(known)), *known])
