"""A course with generated assignments and an honest hand-in to copy, shared by the tests of grading."""

import logging
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "assignments"))
sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))

from courses import RELEASED, Course
from kit import Kit
from nbgrader.apps.autogradeapp import AutogradeApp


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """A course folder with every assignment in its gradebook."""
    course = Course(tmp_path_factory.mktemp("nakijken"))
    for assignment in RELEASED:
        course.nbgrader("generate_assignment", assignment)
    return course


class Desk:
    """A lecturer's course folder; runs ``nbgrader autograde`` in this process."""

    def __init__(self, generated, place):
        shutil.copytree(generated.place, place)
        self.course = Course.__new__(Course)
        self.course.place = self.place = place
        self.kit = Kit(RELEASED[0], place / "canary")

    def hand_in(self, student, assignment=None, **parts):
        kit = self.kit if assignment is None else Kit(assignment, self.place / "canary")
        place = self.folder(student, assignment=assignment)
        kit.write(place, **parts)
        return place

    def folder(self, student, step="submitted", assignment=None):
        return self.place / step / student / (assignment or self.kit.assignment)

    def autograde(self, *arguments, monkeypatch, code=0):
        """Give what the command said; ``code`` is the exit code it must end with."""
        monkeypatch.chdir(self.place)
        said = []
        app = AutogradeApp()
        handler = logging.Handler()
        handler.emit = lambda record: said.append(record.getMessage())
        app.initialize(
            [self.kit.assignment, *arguments] if not arguments or arguments[0].startswith("-") else [*arguments]
        )
        app.log.addHandler(handler)
        try:
            app.start()
            ended = 0
        except SystemExit as exit:
            ended = exit.code
        finally:
            app.log.removeHandler(handler)
        assert ended == code, said
        return "\n".join(said)

    def points(self, student, assignment=None):
        return self.course.points(student, assignment or self.kit.assignment)


@pytest.fixture
def desk(generated, tmp_path):
    return Desk(generated, tmp_path / "cursus")
