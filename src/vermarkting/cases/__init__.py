"""The personal part of each graded assignment: its figures, and what cannot be right with them.

There is one file per assignment. It holds a frozen ``Case`` and these, all pure and total on answers that fit:

===========  ===========================================================================================
draw         a :class:`~vermarkting.personal.Draw` to a ``Case`` that can be solved and is not trivial
tables       a ``Case`` to the tables that the student sees
REMARKS      question to a function of the ``Case`` and the answers: what cannot be right, or what the model
             makes of a design, but never what is right
===========  ===========================================================================================

Lessons show it through ``widgets.my_case`` and ``widgets.answered``. What is right stands in :mod:`vermarkting.keys`,
which students do not get.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType

from vermarkting import data
from vermarkting.cases.parts import Given, Table
from vermarkting.personal import Draw, normalised
from vermarkting.questions import fits

ASSIGNMENTS = ("O2", "O3", "O4", "O5", "O6")
NUMBER = "studentnummer"


class _Files(Mapping[str, ModuleType]):
    """The file of each assignment, imported when it is asked for: a lesson's kernel needs none of them."""

    def __getitem__(self, assignment: str) -> ModuleType:
        if assignment not in ASSIGNMENTS:
            raise KeyError(assignment)
        return import_module(f"vermarkting.cases.{assignment.lower()}")

    def __iter__(self) -> Iterator[str]:
        return iter(ASSIGNMENTS)

    def __len__(self) -> int:
        return len(ASSIGNMENTS)

    def __contains__(self, assignment: object) -> bool:
        return assignment in ASSIGNMENTS


FILES = _Files()


def student_number(assignment: str, answers: Mapping[str, object]) -> str | None:
    """Give the normalised number that the student typed in this assignment, ``None`` if there is no usable one."""
    return normalised(answers.get(f"{assignment}.{NUMBER}"))


@lru_cache(maxsize=2_000)
def case(assignment: str, number: str) -> object:
    """Give the ``Case`` of the student with this normalised number."""
    return FILES[assignment].draw(Draw(assignment, number))


def tables(assignment: str, number: str, part: str = "") -> list[Table]:
    """Give the tables with the figures of the student with this normalised number, all or those of one part."""
    return [x for x in FILES[assignment].tables(case(assignment, number)) if part in ("", x.part)]


def given(assignment: str, answers: Mapping[str, object]) -> Given:
    """Give the answers that fit the assignment's questions, by the question's short name."""
    return {
        name: answers[f"{assignment}.{name}"]
        for name, question in _questions(assignment).items()
        if f"{assignment}.{name}" in answers and fits(question, answers[f"{assignment}.{name}"])
    }


def remarks(question_ids: tuple[str, ...], answers: Mapping[str, object]) -> list[str]:
    """Say what cannot be right in the answers to these questions; never whether they are right."""
    found: list[str] = []
    for question_id in question_ids:
        assignment, _, name = question_id.partition(".")
        if assignment not in FILES or name not in FILES[assignment].REMARKS:
            continue
        number = student_number(assignment, answers)
        if number:
            found += FILES[assignment].REMARKS[name](case(assignment, number), given(assignment, answers))
    return found


@cache
def _questions(assignment: str) -> dict[str, dict]:
    return data.questions(assignment)
