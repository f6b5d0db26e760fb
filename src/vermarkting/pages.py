"""The lessons and assignments in their order, and how far a student is in each. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from types import MappingProxyType

from vermarkting import data
from vermarkting.questions import progress
from vermarkting.scans import scan_question


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions are ``filled`` in of those that are ``there``, and the words of those that are not."""

    filled: int
    there: int
    still_open: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """``done``, ``begun`` or ``open``."""
        return "done" if self.filled == self.there else "begun" if self.filled else "open"


def asked(page: str) -> dict[str, dict]:
    """Give the questions that a lesson asks, by full id such as ``"03.prijspunten"``, those of earlier lessons last.

    A question that closes a lesson may be asked later (``asked_in``), so that it is called to mind once more.
    """
    own = {f"{page}.{name}": one for name, one in data.questions(page).items() if "asked_in" not in one}
    return own | {name: data.question(name) for name, later in checks().items() if later == page and name not in own}


@cache
def checks() -> Mapping[str, str]:
    """Give the id of every question that checks what a lesson taught, lesson by lesson, and the page that asks it."""
    lessons = [page["id"] for page in data.rows("pages") if page["kind"] == "lesson"]
    found = {
        f"{lesson}.{name}": question.get("asked_in", lesson)
        for lesson in lessons
        for name, question in data.questions(lesson).items()
        if question.get("check")
    }
    return MappingProxyType(found)


def closing(lesson: str) -> dict[str, dict]:
    """Give the questions that close a lesson, by full id: its own, with those of earlier lessons in between."""
    checking = {name: question for name, question in asked(lesson).items() if question.get("check")}
    own, earlier = ([name for name in checking if name.startswith(f"{lesson}.") is mine] for mine in (True, False))
    return {name: checking[name] for pair in zip_longest(own, earlier) for name in pair if name}


def of_lesson(lesson: str, kept: dict[str, object]) -> Progress:
    """Give the progress in a lesson, where ``kept`` are the values of the answers by question id."""
    questions = asked(lesson)
    if scan := questions.get(f"{lesson}.scan"):
        scan |= scan_question(lesson)
    open_ones = []
    for name, question in questions.items():
        filled, there = progress(question, kept.get(name))
        if filled < there:
            open_ones.append(question["prompt"])
    return Progress(len(questions) - len(open_ones), len(questions), tuple(open_ones))
