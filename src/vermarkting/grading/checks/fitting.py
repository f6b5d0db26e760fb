"""What an answer must be before a check sees it."""

from collections.abc import Mapping
from functools import cache

from vermarkting import data
from vermarkting.questions import fits
from vermarkting.text import t

Answers = Mapping[str, object]


class NoAnswer(Exception):
    """There is no answer that can be graded; ``str()`` is one Dutch sentence."""


@cache
def question(question_id: str) -> dict:
    """Give a question, looked up once for a whole batch: only to be read."""
    return data.question(question_id)


def fitting(answers: Answers, question_id: str) -> object:
    """Give the answer to a question, if its shape fits. Raises ``NoAnswer``."""
    if question_id not in answers:
        raise NoAnswer(t("grading.no_answer"))
    if not fits(question(question_id), answers[question_id]):
        raise NoAnswer(t("grading.unfit"))
    return answers[question_id]
