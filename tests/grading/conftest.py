"""A course with generated assignments and an honest hand-in to copy, shared by the tests of grading."""

import logging

import pytest
from courses import RELEASED
from kit import Kit
from nbgrader.apps.autogradeapp import AutogradeApp


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
