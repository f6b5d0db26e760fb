"""A disk that is full, read-only or closed, and a kill, at writes of each verb: all or nothing, and the cause said.

Faults come from an audit hook: from a chosen write in the course on, each write is refused, or the process is killed.
"""

import errno
import signal
import tempfile
from pathlib import Path

import pytest
from courses import _WARM, Course
from downloads import JAN, NOW, RENEE, brightspace, own_zip, zipped
from spoiling import KILL, spoiled

from vermarkting.grading.faults import LOCK
from vermarkting.text import t

ASSIGNMENT = "O1"
VERBS = {
    "generate_assignment": ("generate_assignment", ASSIGNMENT, "--force"),
    "zip_collect": ("zip_collect", ASSIGNMENT),
    "autograde": ("autograde", ASSIGNMENT),
    "generate_feedback": ("generate_feedback", ASSIGNMENT),
    "export": ("export",),
}
SAID = {errno.ENOSPC: "grading.disk.full", errno.EROFS: "grading.disk.refuses", errno.EACCES: "grading.disk.refuses"}
PLACES = (0.0, 0.5, 1.0)


def run(course, verb, at=None, kind=None):
    """Give the exit code, what was said and how many writes there were."""
    with tempfile.TemporaryDirectory() as folder:
        said, counted = Path(folder, "said"), Path(folder, "counted")
        environment = course.command()["env"]
        arguments = (VERBS[verb], course.place, environment, said, counted, at, kind)
        process = _WARM.Process(target=spoiled, args=arguments)
        process.start()
        process.join(300)
        code = process.exitcode
        process.close()
        return code, said.read_text(encoding="utf-8"), int(counted.read_text()) if counted.exists() else 0


def files(course):
    """Name what is there, but for the database's own files and the lock."""
    found = (path.relative_to(course.place).as_posix() for path in course.place.rglob("*"))
    return {name for name in found if not name.endswith((LOCK, ".db", "-journal")) and not name.startswith("home")}


@pytest.fixture(scope="module")
def steps(tmp_path_factory):
    """The course before each verb and after it, and how many writes the verb takes."""
    course = Course(tmp_path_factory.mktemp("storing") / "cursus")
    archive = course.place / "downloaded" / ASSIGNMENT / "archive"
    archive.mkdir(parents=True)
    own = own_zip(course.place.parent / "student", "Mijn tekst.")
    entries = {brightspace(who, f"{ASSIGNMENT}-inzending.zip", NOW): own for who in (JAN, RENEE)}
    (archive / "download.zip").write_bytes(zipped(entries))
    found = {}
    for verb in VERBS:
        before = course.copy(course.place.parent / f"voor-{verb}")
        code, said, writes = run(course, verb)
        # Autograde says by its code that somebody must look: these two handed in without answers to the questions.
        assert code == (verb == "autograde") and writes > 1, said
        found[verb] = (before, files(course), writes, code)
    return found


@pytest.mark.parametrize("verb", VERBS)
def test_a_fault_at_a_write_leaves_all_or_nothing_and_the_next_run_mends_it(steps, verb, tmp_path):
    before, after, writes, usual = steps[verb]
    kinds = [*SAID, KILL]
    for number, share in enumerate(PLACES):
        at, kind = round(share * (writes - 1)), kinds[(number + len(verb)) % len(kinds)]
        course = before.copy(tmp_path / f"{number}")
        code, said, _ = run(course, verb, at, kind)
        where = (verb, at, writes, kind, said)
        assert "Traceback" not in said, where
        if kind == KILL:
            assert code == -signal.SIGKILL, where
        else:
            assert t(SAID[kind]) in said or (code == usual and files(course) >= after), where
        code, said, _ = run(course, verb)
        assert code == usual, (*where, said)
        assert files(course) == after, (*where, files(course) ^ after)
