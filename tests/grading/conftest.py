"""A course with generated assignments and an honest hand-in to copy, shared by the tests of grading."""

import pytest
from courses import RELEASED
from kit import Kit
from nbgrader.apps.autogradeapp import AutogradeApp
from running import run


class Desk:
    """A lecturer's course folder; runs ``nbgrader autograde`` in this process."""

    def __init__(self, generated, place):
        self.course = generated.copy(place)
        self.place = place
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
        named = arguments and not arguments[0].startswith("-")
        return run(AutogradeApp, *(() if named else (self.kit.assignment,)), *arguments, code=code)

    def points(self, student, assignment=None):
        return self.course.points(student, assignment or self.kit.assignment)


@pytest.fixture
def desk(generated, tmp_path):
    return Desk(generated, tmp_path / "cursus")
