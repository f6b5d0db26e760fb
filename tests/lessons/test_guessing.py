"""Over all questions with one right option, no rule of thumb beats chance: not a place, a length, or a firm word."""

import re
from collections.abc import Callable
from statistics import mean

import pytest

from vermarkting import data
from vermarkting.widgets.mixing import mixed

LESSONS = [f"{number:02}" for number in range(11)]
ASKED = {
    f"{lesson}.{name}": question
    for lesson in LESSONS
    for name, question in data.questions(lesson).items()
    if question["kind"] in ("single", "bet") and any(one.get("correct") for one in question["options"])
}
MARGIN = 0.05
MUCH_LONGER = 1.3
READERS = [f"reader {number}" for number in range(100)]
FIRM = re.compile(r"\b(altijd|nooit|alle|elke|iedereen|niemand|enkel|alleen|geen|volledig|zeker|onmogelijk)\b", re.I)
ASKS = re.compile(r"\bje\b.*\b(?:vragen|nagaan|onderzoeken|zoeken)\b|^Welke vragen\b", re.I)
CHANCE = mean(1 / len(question["options"]) for question in ASKED.values())


def hits(choose: Callable[[list[dict]], list[dict]], questions: list[dict]) -> float:
    """Give the share right for who chooses at random among what ``choose`` leaves."""
    return mean(mean(one.get("correct") is True for one in choose(question["options"])) for question in questions)


def lengths(options: list[dict]) -> list[int]:
    return [len(one["text"]) for one in options]


def careful(options: list[dict]) -> list[dict]:
    return [one for one in options if not FIRM.search(one["text"])] or options


RULES_OF_THUMB = {
    "the longest": lambda options: [one for one in options if len(one["text"]) == max(lengths(options))],
    "the shortest": lambda options: [one for one in options if len(one["text"]) == min(lengths(options))],
    "not the longest": lambda options: [one for one in options if len(one["text"]) < max(lengths(options))] or options,
    "not the shortest": lambda options: [one for one in options if len(one["text"]) > min(lengths(options))] or options,
    "nothing that sounds firm": careful,
}


def test_there_are_enough_questions_to_say_so():
    assert len(ASKED) >= 100


@pytest.mark.parametrize("place", range(4))
def test_always_choosing_one_place_is_no_better_than_chance(place):
    shown = [mixed(name, question, who) for who in READERS for name, question in ASKED.items()]
    assert hits(lambda options: [options[min(place, len(options) - 1)]], shown) <= CHANCE + MARGIN


def test_always_choosing_the_middle_of_a_scale_is_no_better_than_chance():
    scales = [question for question in ASKED.values() if question.get("in_order")]
    inner = hits(lambda options: options[1:-1], scales)
    assert len(scales) >= 5 and inner <= CHANCE + MARGIN + 0.1  # they are few


@pytest.mark.parametrize("rule", RULES_OF_THUMB)
def test_a_rule_of_thumb_is_no_better_than_chance(rule):
    assert hits(RULES_OF_THUMB[rule], list(ASKED.values())) <= CHANCE + MARGIN


def test_the_option_that_would_rather_ask_is_wrong_as_often_as_right():
    asking = [one for question in ASKED.values() for one in question["options"] if ASKS.search(one["text"])]
    right = sum(one["correct"] for one in asking)
    assert len(asking) >= 6 and right <= len(asking) / 2


@pytest.mark.parametrize("name", ASKED)
def test_a_right_option_is_not_much_longer_than_each_other(name):
    right = next(one for one in ASKED[name]["options"] if one.get("correct"))
    others = [one for one in ASKED[name]["options"] if one is not right]
    assert len(right["text"]) <= MUCH_LONGER * max(lengths(others))
