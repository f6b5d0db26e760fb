"""The checks behind the graded parts of an assignment: pure functions of the answers and a key.

A check gives the share of the points that was earned (0 to 1) and one Dutch sentence that does not give the key away.
It never sees an answer whose shape does not fit the question, and no answer is worth no points.
"""

from dataclasses import dataclass

from vermarkting.grading.checks import cases, personal, plain
from vermarkting.grading.checks.fitting import Answers, NoAnswer, question

__all__ = ["CHECKS", "Answers", "NoAnswer", "Result", "evaluate", "question"]

CHECKS = plain.CHECKS | personal.CHECKS | cases.CHECKS


@dataclass(frozen=True, slots=True)
class Result:
    """What a part earned: ``points`` out of ``of``, and one Dutch sentence."""

    points: float
    of: float
    message: str


def evaluate(name: str, answers: Answers, *arguments: object, points: float) -> Result:
    """Run the check called ``name``. A missing or unfitting answer earns 0 points."""
    try:
        share, message = CHECKS[name](answers, *arguments)
    except NoAnswer as reason:
        share, message = 0.0, str(reason)
    return Result(round(points * min(max(share, 0.0), 1.0), 2), points, message)
