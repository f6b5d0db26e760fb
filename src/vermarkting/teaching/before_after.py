"""The test before and after the lessons: its items, the answers that a lecturer brings, and what they say.

The answers come as two CSV files, before and after: a column ``code`` that a student chose, and a column per item. A
cell holds a letter (a, b, c in the printed order), the id of an option or its words; an empty cell is no answer, and
counts as not right. Nothing in it says who somebody is; a class of fewer than ``FEWEST`` pairs gets no figures.
"""

import csv
import io
import tomllib
from collections import Counter
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, mean, pvariance, stdev

from vermarkting.content import folder
from vermarkting.teaching.explained import TEST
from vermarkting.teaching.items import Choice, Item

FEWEST = 5
_SURE = NormalDist().inv_cdf(0.975)


class NotUsable(ValueError):
    """A file of answers that cannot be read; ``key`` names the sentence for it, ``values`` what it tells."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def questions() -> dict[str, dict]:
    """Give the items by their name: ``lesson``, ``prompt`` and ``options``, of which one is right."""
    return tomllib.loads((folder("data") / "teaching" / "voor_en_na.toml").read_text(encoding="utf-8"))


def items() -> list[Item]:
    """Give the test in the form in which questions are taken along."""
    return [
        Item(
            f"{TEST}.{name}",
            "one",
            (question["prompt"],),
            choices=tuple(
                Choice(option["id"], option["text"], right=option.get("correct", False), why=option["explanation"])
                for option in question["options"]
            ),
        )
        for name, question in questions().items()
    ]


@dataclass(frozen=True)
class ItemFigures:
    """One item: shares from 0 to 1 before and after; ``rest`` is its correlation with the other items, after.

    ``chosen`` tells for each wrong option its share before and after. ``rest`` is ``None`` where all did the same.
    """

    name: str
    before: float
    after: float
    rest: float | None
    chosen: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Figures:
    """A class: pairs of answers, mean numbers right, their difference with its margin (95 %), and gain.

    ``gain`` is Hake's: the part of what could still be won that was won; ``None`` if there was nothing to win.
    ``reliability`` is KR-20 of the test after; ``None`` where all have one score. ``alone`` counts the codes that stand
    in one file only.
    """

    pairs: int
    alone: int
    before: float
    after: float
    difference: float
    margin: float
    gain: float | None
    reliability: float | None
    items: list[ItemFigures]


def answers(content: bytes) -> dict[str, dict[str, str]]:
    """Read a CSV file: for each code the id of the option chosen per item.

    Raises ``NotUsable`` for a file without text, without its columns, with a code twice or with an unknown answer.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUsable("not_text") from None
    first = text.partition("\n")[0]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=max(";,\t", key=first.count)))
    asked = questions()
    missing = [name for name in ("code", *asked) if not rows or name not in rows[0]]
    if missing:
        raise NotUsable("no_column", names=", ".join(missing))
    found: dict[str, dict[str, str]] = {}
    for line, row in enumerate(rows, 2):
        code = (row["code"] or "").strip().casefold()
        if not code or code in found:
            raise NotUsable("code_twice" if code else "no_code", line=line)
        found[code] = {name: _option(question, row[name], line, name) for name, question in asked.items()}
    return found


def _option(question: dict, cell: str | None, line: int, name: str) -> str:
    said = (cell or "").strip().casefold()
    for letter, option in zip("abc", question["options"], strict=True):
        if said in (letter, option["id"].casefold(), option["text"].casefold()):
            return option["id"]
    if said:
        raise NotUsable("unknown_answer", line=line, name=name, said=cell)
    return ""


def figures(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> Figures:
    """Compare those who took both tests. Raises ``NotUsable`` where they are fewer than ``FEWEST``."""
    both = sorted(before.keys() & after.keys())
    if len(both) < FEWEST:
        raise NotUsable("too_few", pairs=len(both), fewest=FEWEST)
    asked = questions()
    right = {name: next(option["id"] for option in q["options"] if option.get("correct")) for name, q in asked.items()}
    marks = [[[taken[code][name] == key for name, key in right.items()] for code in both] for taken in (before, after)]
    first, second = ([sum(row) for row in rows] for rows in marks)
    differences = [b - a for a, b in zip(first, second, strict=True)]
    room = len(asked) - mean(first)
    return Figures(
        pairs=len(both),
        alone=len(before.keys() ^ after.keys()),
        before=mean(first),
        after=mean(second),
        difference=mean(differences),
        margin=_SURE * stdev(differences) / sqrt(len(both)),
        gain=mean(differences) / room if room else None,
        reliability=_kr20(marks[1]),
        items=[
            ItemFigures(
                name,
                before=mean(row[number] for row in marks[0]),
                after=mean(row[number] for row in marks[1]),
                rest=_correlation([row[number] for row in marks[1]], [sum(row) - row[number] for row in marks[1]]),
                chosen=_chosen(question, [before[code][name] for code in both], [after[code][name] for code in both]),
            )
            for number, (name, question) in enumerate(asked.items())
        ],
    )


def _chosen(question: dict, first: list[str], second: list[str]) -> dict[str, tuple[float, float]]:
    counts = Counter(first), Counter(second)
    wrong = (option["id"] for option in question["options"] if not option.get("correct"))
    return {option: (counts[0][option] / len(first), counts[1][option] / len(second)) for option in wrong}


def _kr20(marks: list[list[bool]]) -> float | None:
    count = len(marks[0])
    spread = pvariance([sum(row) for row in marks])
    if not spread:
        return None
    shares = [mean(row[number] for row in marks) for number in range(count)]
    return count / (count - 1) * (1 - sum(share * (1 - share) for share in shares) / spread)


def _correlation(one: list[bool], other: list[int]) -> float | None:
    spread = sqrt(pvariance([float(mark) for mark in one]) * pvariance([float(score) for score in other]))
    if not spread:
        return None
    return (mean(a * b for a, b in zip(one, other, strict=True)) - mean(one) * mean(other)) / spread
