"""Answers made from an assignment's own hidden checks, so that tests hold for every assignment."""

from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

from courses import ROOT, cells, graded, hidden_check

from vermarkting import data


def honest_answers(assignment: str) -> dict[str, object]:
    """Give an answer to every machine-checked question, worth all its points.

    Where a hidden check does not tell (each student has figures of one's own), they stand in ``PERFECT`` of a file
    beside this one, such as ``o2_answers.py``.
    """
    if find_spec(f"{assignment.lower()}_answers"):
        return import_module(f"{assignment.lower()}_answers").PERFECT
    answers = {}
    for cell in graded(cells(ROOT / "solutions" / assignment / f"{assignment}.ipynb")).values():
        if cell["cell_type"] == "code":
            name, arguments, _ = hidden_check(cell["source"])
            answers |= perfect_answers(name, arguments)
    return answers


def perfect_answers(name, arguments):
    """Give answers that a check must reward in full, made from its key and the question alone.

    Raises ``KeyError`` for a check whose key is not in the notebook.
    """
    if name not in ("match", "order", "multiple", "numbers", "profiles", "written"):
        raise KeyError(name)
    if name == "written":
        return {arguments[0]: "woord " * arguments[1]}
    if name == "numbers":
        return {question_id: number for question_id, (number, _) in arguments[0].items()}
    if name == "profiles":
        questions, key = arguments
        assert all({item["id"] for item in data.question(name)["items"]} == set(key) for name in questions)
        words = [[category["id"] for category in data.question(name)["categories"]] for name in questions]
        at = {0: 0, 0.5: 1, 1: 2}
        return {
            name: {case: words[i][at[scores[i]]] for case, scores in key.items()} for i, name in enumerate(questions)
        }
    question_id, key = arguments
    if name == "match":
        assert {item["id"] for item in data.question(question_id)["items"]} == set(key)
    return {question_id: key}


def answerable(assignments: list[str]) -> list[str]:
    """Give the assignments for which there are honest answers to spoil."""
    found = []
    for assignment in assignments:
        with suppress(KeyError):
            honest_answers(assignment)
            found.append(assignment)
    return found
