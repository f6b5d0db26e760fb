"""Which student numbers belong to a student in the gradebook: by the class list, or else by the id itself."""

from collections.abc import Callable
from pathlib import Path

from vermarkting.grading.autograde.books import BooksError
from vermarkting.grading.autograde.owner import numbers_among
from vermarkting.grading.collect.students import IDS, ClassList, NoClassList

ROSTER = "klaslijst.csv"


def owners(course: Path) -> Callable[[str], tuple[str, ...]]:
    """Read the class list of a course, if there is one; gives the numbers of a student by id, the best first.

    Raises ``BooksError`` for a list that cannot be used.
    """
    people = ClassList()
    roster = course / ROSTER
    if roster.exists():
        try:
            people.read_roster(roster)
        except NoClassList as error:
            raise BooksError(str(error)) from error

    def numbers(student: str) -> tuple[str, ...]:
        person = people.by_id(student) or people.by_key(student)
        listed = [person.columns.get(heading, "").lstrip("#") for heading in IDS] if person else []
        return numbers_among([student, *listed])

    return numbers
