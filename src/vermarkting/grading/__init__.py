"""What the cells of an assignment call: its rubric and the hidden checks.

A hidden check is one call with literal arguments, so that it can also be read and run without executing the notebook.
It shows one sentence and gives the points as a number, which nbgrader takes as partial credit.
"""

from html import escape
from pathlib import Path

from vermarkting.answers import AnswerSheet
from vermarkting.content import folder
from vermarkting.grading import rubrics
from vermarkting.grading.rubrics import Rubric
from vermarkting.text import t

__all__ = [
    "match",
    "multiple",
    "numbers",
    "order",
    "own_choices",
    "own_design",
    "own_numbers",
    "own_scan",
    "own_tags",
    "own_vignettes",
    "profiles",
    "rubric",
    "written",
]


def rubric(assignment: str, cell: str | None = None) -> Rubric:
    """Give the rubric of an assignment's prose cell, from the file beside the notebook or else from the module."""
    beside = Path(rubrics.NAME)
    found = rubrics.read(beside if beside.is_file() else folder("assignments") / assignment / rubrics.NAME)
    return found[cell] if cell else next(iter(found.values()))


def match(question_id: str, key: dict[str, str], *, points: float) -> float:
    """Grade a match question: see :func:`vermarkting.grading.checks.plain.match`."""
    return _graded("match", question_id, key, points=points)


def order(question_id: str, key: list[str], *, points: float) -> float:
    """Grade an order question: see :func:`vermarkting.grading.checks.plain.order`."""
    return _graded("order", question_id, key, points=points)


def multiple(question_id: str, key: list[str], *, points: float) -> float:
    """Grade a question with several right options: see :func:`vermarkting.grading.checks.plain.multiple`."""
    return _graded("multiple", question_id, key, points=points)


def numbers(key: dict[str, list[float]], *, points: float) -> float:
    """Grade number questions: see :func:`vermarkting.grading.checks.plain.numbers`."""
    return _graded("numbers", key, points=points)


def profiles(question_ids: list[str], key: dict[str, list[float]], *, points: float) -> float:
    """Grade market profiles: see :func:`vermarkting.grading.checks.plain.profiles`."""
    return _graded("profiles", question_ids, key, points=points)


def written(question_id: str, min_words: int, *, points: float) -> float:
    """Grade that a text is there: see :func:`vermarkting.grading.checks.plain.written`."""
    return _graded("written", question_id, min_words, points=points)


def own_numbers(question_id: str, absolute: float, relative: float, *, points: float) -> float:
    """Grade numbers that differ per student: see :func:`vermarkting.grading.checks.personal.own_numbers`."""
    return _graded("own_numbers", question_id, absolute, relative, points=points)


def own_choices(question_id: str, totals_id: str, absolute: float, *, points: float) -> float:
    """Grade choices founded on own numbers: see :func:`vermarkting.grading.checks.personal.own_choices`."""
    return _graded("own_choices", question_id, totals_id, absolute, points=points)


def own_design(design: str, *, points: float) -> float:
    """Grade a design of the student's own: see :func:`vermarkting.grading.checks.personal.own_design`."""
    return _graded("own_design", design, points=points)


def own_vignettes(question_id: str, key: dict[str, str], *, points: float) -> float:
    """Grade the student's own vignettes: see :func:`vermarkting.grading.checks.cases.own_vignettes`."""
    return _graded("own_vignettes", question_id, key, points=points)


def own_tags(question_id: str, enough: int, *, points: float) -> float:
    """Grade how the student sorts own statements: see :func:`vermarkting.grading.checks.cases.own_tags`."""
    return _graded("own_tags", question_id, enough, points=points)


def own_scan(question_id: str, *, points: float) -> float:
    """Grade that a student's own scan is grounded: see :func:`vermarkting.grading.checks.cases.own_scan`."""
    return _graded("own_scan", question_id, points=points)


def _graded(name: str, *arguments: object, points: float) -> float:
    from vermarkting.grading import checks  # students' copies of the module have rubrics and no checks

    sheet = AnswerSheet()
    result = checks.evaluate(name, _values(sheet), *arguments, points=points)
    earned = t("grading.earned", points=_dutch(result.points), of=_dutch(result.of))
    _show(" ".join(filter(None, [earned, result.message, sheet.notice])))
    return float(result.points)


def _values(sheet: AnswerSheet) -> dict[str, object]:
    return {question_id: answer.value for question_id, answer in sheet.all().items()}


def _dutch(number: float) -> str:
    return f"{number:g}".replace(".", ",")


def _show(text: str) -> None:
    from IPython.display import display

    display({"text/plain": text, "text/html": f"<p>{escape(text)}</p>"}, raw=True)
