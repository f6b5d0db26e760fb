"""Checks against a key that is the same for every student: pure functions of the answers and that key.

See :mod:`vermarkting.grading.checks` for what a check gives.
"""

from collections.abc import Callable
from itertools import combinations

from vermarkting.grading.checks.fitting import Answers, NoAnswer, fitting, question
from vermarkting.models.market_profile import LEVELS, Case, distance
from vermarkting.questions import ids
from vermarkting.text import t


def match(answers: Answers, question_id: str, key: dict[str, str]) -> tuple[float, str]:
    """Share of items put with the right category; ``key`` gives the category of every item."""
    answer = fitting(answers, question_id)
    right = sum(answer.get(item) == category for item, category in key.items())
    return right / len(key), t("grading.match", right=right, total=len(key))


def order(answers: Answers, question_id: str, key: list[str]) -> tuple[float, str]:
    """Right pairs minus wrong pairs, over all pairs: guessing earns nothing on average, one swap costs little."""
    answer = fitting(answers, question_id)
    pairs = list(combinations(key, 2))
    right = sum(answer.index(first) < answer.index(second) for first, second in pairs)
    return (2 * right - len(pairs)) / len(pairs), t("grading.order", right=right, total=len(pairs))


def multiple(answers: Answers, question_id: str, key: list[str]) -> tuple[float, str]:
    """Right choices minus wrong choices, over the number of right ones: ticking everything earns nothing."""
    answer = fitting(answers, question_id)
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
    words = len(fitting(answers, question_id).split())
    return float(words >= min_words), t("grading.written", words=words, least=min_words)


CHECKS: dict[str, Callable[..., tuple[float, str]]] = {
    "match": match,
    "order": order,
    "multiple": multiple,
    "numbers": numbers,
    "profiles": profiles,
    "written": written,
}


def _each_fitting(answers: Answers, question_ids: object) -> dict[str, object]:
    given: dict[str, object] = {}
    reasons = []
    for question_id in question_ids:
        try:
            given[question_id] = fitting(answers, question_id)
        except NoAnswer as reason:
            given[question_id] = None
            reasons.append(reason)
    if len(reasons) == len(given):
        raise reasons[0]
    return given
