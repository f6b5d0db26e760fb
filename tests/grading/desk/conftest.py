"""The desk of a course with hand-ins that wait for a marker."""

from types import SimpleNamespace

import pytest
from kit import ESSAY, Kit
from marked import ASSIGNMENT, CELL, FIRST, LAST, STUDENTS
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from vermarkting.grading.desk.ledger import Ledger
from vermarkting.grading.desk.marking import Course, Marking


@pytest.fixture(scope="module")
def graded(generated, tmp_path_factory):
    """A course with six hand-ins of O3, machine-graded; the last has no text. To be copied, not changed."""
    course = generated.copy(tmp_path_factory.mktemp("nakijken") / "cursus")
    kit = Kit(ASSIGNMENT, course.place / "canary")
    for student in STUDENTS:
        notebook = kit.notebook
        name = f"{FIRST} {LAST} " if student == STUDENTS[0] else ""
        text = f"{ESSAY}\n\nGroeten, {name}({student.upper()})\nregel twee <b onclick=alert(1)>"
        kit.cell(notebook, CELL)["source"] = text if student != STUDENTS[-1] else "*Schrijf hier je antwoord.*"
        sheet = kit.sheet
        sheet["answers"]["O3.studentnummer"]["value"] = student
        kit.write(course.place / "submitted" / student / ASSIGNMENT, notebook=notebook, sheet=sheet)
    course.nbgrader("autograde", ASSIGNMENT)
    return course


@pytest.fixture
def desk(graded, tmp_path):
    """A course of its own; ``marking(who)`` is the desk of one marker, ``ids`` the answers by student."""
    course = graded.copy(tmp_path / "cursus")
    url = f"sqlite:///{course.place / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        gradebook.update_or_create_student(STUDENTS[0], first_name=FIRST, last_name=LAST)
        ids = {found.student.id: found.id for found in gradebook.notebook_submissions(ASSIGNMENT, ASSIGNMENT)}
    settings = {"root": str(course.place), "source_directory": "solutions", "release_directory": "assignments"}
    place = Course(CourseDirectory(config=Config(CourseDirectory=settings)))
    ledger = Ledger(url)
    question = ledger.questions()[ASSIGNMENT, CELL]
    yield SimpleNamespace(
        course=course,
        place=place,
        url=url,
        ledger=ledger,
        ids=ids,
        marking=lambda marker="an": Marking(place, ledger, question, marker),
    )
    ledger.close()
