"""Whose figures count: those of the student whom a hand-in belongs to, whatever number was typed in it."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from vermarkting import cases
from vermarkting.answers import Answer
from vermarkting.grading.autograde.handin import HandIn, Notice, Refused
from vermarkting.personal import normalised
from vermarkting.text import t

_LEAST_DIGITS = 5  # a user name such as ``anna2`` is no student number


def numbers_among(keys: Iterable[str]) -> tuple[str, ...]:
    """Give the student numbers, normalised, among the keys of one person: ids, user names, addresses."""
    found = filter(None, map(normalised, keys))
    return tuple(dict.fromkeys(number for number in found if len(re.findall(r"\d", number)) >= _LEAST_DIGITS))


def typed_number(assignment: str, answers: dict | None) -> str | None:
    """Give the number that stands in the answers of a grading report, ``None`` where none is asked or given."""
    given = (answers or {}).get(f"{assignment}.{cases.NUMBER}")
    return normalised(given["value"]) if given else None


def counting(handin: HandIn | Refused, lesson: str, numbers: tuple[str, ...]) -> HandIn | Refused:
    """Give the hand-in with its owner's number in it; a notice tells where another one was typed.

    ``numbers`` are those of the owner, the one that counts first. Without any the number that was typed stays.
    """
    if not numbers or isinstance(handin, Refused) or handin.answers is None or lesson not in cases.ASSIGNMENTS:
        return handin
    marks = hashlib.sha256(" ".join((handin.fingerprint, *numbers)).encode())
    handin = replace(handin, fingerprint=marks.hexdigest())
    asked = f"{lesson}.{cases.NUMBER}"
    given = handin.answers.get(asked)
    typed = normalised(given.value) if given else None
    if typed in numbers or not handin.answers:
        return handin
    told = t("grading.notice.other_number", typed=typed, owner=numbers[0])
    at = given.at if given else next(iter(handin.answers.values())).at
    return replace(
        handin,
        answers=handin.answers | {asked: Answer(numbers[0], at)},
        notices=handin.notices + ((Notice("other_number", told, look=True),) if typed else ()),
    )
