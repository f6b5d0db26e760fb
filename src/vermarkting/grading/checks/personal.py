"""The checks of parts in which every student has figures of one's own: see :mod:`vermarkting.keys`.

As in :mod:`vermarkting.grading.checks`, each gives the share of the points and one Dutch sentence. Without a usable
student number there are no figures to check with, so nothing is earned, and the sentence says so.
"""

from collections.abc import Callable
from types import ModuleType

from vermarkting import cases, keys
from vermarkting.grading.checks.fitting import Answers, NoAnswer, fitting, question
from vermarkting.questions import fits
from vermarkting.text import t


def own_numbers(answers: Answers, question_id: str, absolute: float, relative: float) -> tuple[float, str]:
    """Share of a ``numbers`` question's items (or the one number of a ``number`` question) within the tolerance.

    A number may be ``absolute`` off, or ``relative`` times the right number (0.01 is 1 %), whichever is more.
    """
    file, case, number, name = own(answers, question_id)
    right, answer = file.RIGHT[name](case), fitting(answers, question_id)
    if not isinstance(right, dict):
        right, answer = {"": right}, {"": answer}
    hits = sum(
        item in answer and abs(answer[item] - value) <= max(absolute, relative * abs(value)) + 1e-9
        for item, value in right.items()
    )
    return hits / len(right), t("personal.numbers", right=hits, total=len(right), number=number)


def own_choices(answers: Answers, question_id: str, totals_id: str, absolute: float) -> tuple[float, str]:
    """Share of a ``match`` question's items with the right category, each founded on a number of the student's own.

    The choice counts where the student's own number for it in ``totals_id``, named ``<item>_<category>``, is at most
    ``absolute`` off. So what can be told from who is best or cheapest, without calculating, earns nothing.
    """
    file, case, number, name = own(answers, question_id)
    right, answer = file.RIGHT[name](case), fitting(answers, question_id)
    totals, worked_out = file.RIGHT[totals_id.partition(".")[2]](case), answers.get(totals_id)
    worked_out = worked_out if fits(question(totals_id), worked_out) else {}
    hits = 0
    for item, category in right.items():
        total = worked_out.get(f"{item}_{category}")
        founded = total is not None and abs(total - totals[f"{item}_{category}"]) <= absolute + 1e-9
        hits += founded and answer.get(item) == category
    return hits / len(right), t("personal.founded", right=hits, total=len(right), number=number)


def own_design(answers: Answers, design: str) -> tuple[float, str]:
    """Share of the demands that the student's own design meets; ``design`` such as ``"O2.omkering"``."""
    file, case, number, name = own(answers, design)
    demands = file.DESIGNS[name](case, cases.given(design.partition(".")[0], answers))
    missed = [demand.text for demand in demands if not demand.met]
    share = sum(demand.weight for demand in demands if demand.met) / sum(demand.weight for demand in demands)
    if not missed:
        return share, t("personal.design", number=number)
    met = len(demands) - len(missed)
    return share, t("personal.missed", right=met, total=len(demands), missed="; ".join(missed), number=number)


CHECKS: dict[str, Callable[..., tuple[float, str]]] = {
    "own_numbers": own_numbers,
    "own_choices": own_choices,
    "own_design": own_design,
}


def own(answers: Answers, name: str) -> tuple[ModuleType, object, str, str]:
    """Give the keys of the assignment, the student's case and number, and the short name of a question or design."""
    assignment, _, short = name.partition(".")
    number = cases.student_number(assignment, answers)
    if number is None:
        raise NoAnswer(t("personal.no_number"))
    return keys.file(assignment), cases.case(assignment, number), number, short
