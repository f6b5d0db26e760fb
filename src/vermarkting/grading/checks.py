"""The checks behind the graded parts of an assignment: pure functions of the answers and a key.

A check gives the share of the points that was earned (0 to 1) and one Dutch sentence that does not give the key away.
It never sees an answer whose shape does not fit the question, and no answer is worth no points.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from vermarkting import data
from vermarkting.models.market_profile import LEVELS, Case, distance
from vermarkting.questions import fits, ids
from vermarkting.text import t

Answers = Mapping[str, object]


class NoAnswer(Exception):
    """There is no answer that can be graded; ``str()`` is one Dutch sentence."""


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


def match(answers: Answers, question_id: str, key: dict[str, str]) -> tuple[float, str]:
    """Share of items put with the right category; ``key`` gives the category of every item."""
    answer = _fitting(answers, question_id)
    right = sum(answer.get(item) == category for item, category in key.items())
    return right / len(key), t("grading.match", right=right, total=len(key))


def order(answers: Answers, question_id: str, key: list[str]) -> tuple[float, str]:
    """Right pairs minus wrong pairs, over all pairs: guessing earns nothing on average, one swap costs little."""
    answer = _fitting(answers, question_id)
    pairs = list(combinations(key, 2))
    right = sum(answer.index(first) < answer.index(second) for first, second in pairs)
    return (2 * right - len(pairs)) / len(pairs), t("grading.order", right=right, total=len(pairs))


def multiple(answers: Answers, question_id: str, key: list[str]) -> tuple[float, str]:
    """Right choices minus wrong choices, over the number of right ones: ticking everything earns nothing."""
    answer = _fitting(answers, question_id)
    right = len(set(answer) & set(key))
    wrong = len(answer) - right
    return (right - wrong) / len(key), t("grading.multiple", right=right, total=len(key), wrong=wrong)


def numbers(answers: Answers, key: dict[str, list[float]]) -> tuple[float, str]:
    """Share of numbers within tolerance; ``key`` gives ``[number, tolerance]`` for every question."""
    given = _each_fitting(answers, key)
    right = sum(
        answer is not None and abs(answer - key[question_id][0]) <= key[question_id][1] + 1e-9
        for question_id, answer in given.items()
    )
    return right / len(key), t("grading.numbers", right=right, total=len(key))


def profiles(answers: Answers, question_ids: list[str], key: dict[str, list[float]]) -> tuple[float, str]:
    """Market profiles: one match question per feature, the categories of each standing for 0, 0.5 and 1.

    A case whose profile lies within 0.5 of the key is right, so that one doubt costs nothing; at a distance of 1 it
    counts for half. ``key`` gives the scores of every case, in the order of the questions.
    """
    given = _each_fitting(answers, question_ids)
    levels = [dict(zip(ids(question(name)["categories"]), LEVELS, strict=True)) for name in question_ids]
    share = 0.0
    for item, scores in key.items():
        chosen = [(given[name] or {}).get(item) for name in question_ids]
        if None in chosen:
            continue
        profile = tuple(level[category] for level, category in zip(levels, chosen, strict=True))
        apart = distance(Case(item, profile), Case(item, tuple(scores)))
        share += 1.0 if apart <= 0.5 else 0.5 if apart <= 1 else 0.0
    return share / len(key), t("grading.profiles", right=f"{share:g}".replace(".", ","), total=len(key))


def written(answers: Answers, question_id: str, min_words: int) -> tuple[float, str]:
    """Whether a text of at least ``min_words`` words is there. What it says is for a person to judge."""
    words = len(_fitting(answers, question_id).split())
    return float(words >= min_words), t("grading.written", words=words, least=min_words)


CHECKS: dict[str, Callable[..., tuple[float, str]]] = {
    "match": match,
    "order": order,
    "multiple": multiple,
    "numbers": numbers,
    "profiles": profiles,
    "written": written,
}


@cache
def question(question_id: str) -> dict:
    """Give a question, looked up once for a whole batch: only to be read."""
    return data.question(question_id)


def _fitting(answers: Answers, question_id: str) -> object:
    if question_id not in answers:
        raise NoAnswer(t("grading.no_answer"))
    if not fits(question(question_id), answers[question_id]):
        raise NoAnswer(t("grading.unfit"))
    return answers[question_id]


def _each_fitting(answers: Answers, question_ids: object) -> dict[str, object]:
    given: dict[str, object] = {}
    reasons = []
    for question_id in question_ids:
        try:
            given[question_id] = _fitting(answers, question_id)
        except NoAnswer as reason:
            given[question_id] = None
            reasons.append(reason)
    if len(reasons) == len(given):
        raise reasons[0]
    return given
