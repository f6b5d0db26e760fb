"""Texts that are alike, as a place to look and never a verdict: answers with each other, the model answer, a lesson.

A text is taken as its runs of four words. Two texts are alike as far as they share such runs in the same order; what
stands in the task itself does not count, and between two students neither does what both may have from a lesson.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

RUN = 4
# Twelve words in the same order, or three pieces of six: less is how people write.
FEWEST = 9
MOST_PAIRS = 60
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where in both texts the same words stand: from and up to a sign."""

    first: tuple[int, int]
    second: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that are alike; ``share`` (0 to 1) is that of the shorter one."""

    first: str
    second: str
    share: float


class Compared:
    """Answers to one question and other texts, each by a name, ready to be compared. ``task`` is what was asked."""

    def __init__(self, answers: Mapping[str, str], others: Mapping[str, str], task: Iterable[str] = ()):
        asked = self._asked = {run for text in task for run in _runs(text)}
        self._texts = {**answers, **others}
        self._answers, self._others = (
            {name: [run for run in _runs(text) if run not in asked] for name, text in texts.items()}
            for texts in (answers, others)
        )

    def pairs(self) -> list[Pair]:
        """Give the pairs that are alike, the most alike first."""
        lent = {run for runs in self._others.values() for run in runs}
        own = {name: [run for run in runs if run not in lent] for name, runs in self._answers.items()}
        found = [*_alike(own, own, self._answers), *_alike(self._answers, self._others, self._answers)]
        return sorted(found, key=lambda pair: pair.share, reverse=True)[:MOST_PAIRS]

    def passages(self, pair: Pair) -> list[Passage]:
        """Give the passages that two texts share."""
        first, second = self._texts[pair.first], self._texts[pair.second]
        places = [[match.span() for match in _WORD.finditer(text)] for text in (first, second)]
        steps = LCSseq.opcodes(self._told_apart(first, 1), self._told_apart(second, 2))
        return [
            Passage(
                (places[0][step.src_start][0], places[0][step.src_end + RUN - 2][1]),
                (places[1][step.dest_start][0], places[1][step.dest_end + RUN - 2][1]),
            )
            for step in steps
            if step.tag == "equal"
        ]

    def _told_apart(self, text: str, side: int) -> list[object]:
        """Give the runs of a text, those of the task in a form that equals nothing of another side."""
        return [(side, place) if run in self._asked else run for place, run in enumerate(_runs(text))]


def _alike(some: dict[str, list[int]], others: dict[str, list[int]], whole: dict[str, list[int]]) -> list[Pair]:
    """Compare each of ``some`` with each of ``others``; of a text with itself, and of a pair twice, nothing."""
    where: dict[int, list[str]] = defaultdict(list)
    for name, runs in others.items():
        for run in set(runs):
            where[run].append(name)
    shared = Counter(
        (name, other)
        for name, runs in some.items()
        for run in set(runs)
        for other in where.get(run, ())
        if some is not others or name < other
    )
    found = []
    for (name, other), count in shared.items():
        if count < FEWEST:
            continue
        length = LCSseq.similarity(some[name], others[other])
        shorter = min(len(whole[name]), len(whole.get(other, whole[name])))
        if length >= FEWEST:
            found.append(Pair(name, other, min(1.0, length / shorter)))
    return found


def _runs(text: str) -> list[int]:
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    return [hash(tuple(words[start : start + RUN])) for start in range(len(words) - RUN + 1)]
