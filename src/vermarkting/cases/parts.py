"""What the personal part of every assignment is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

Given = Mapping[str, object]  # the answers to an assignment's questions, by short name; only those that fit


@dataclass(frozen=True, slots=True)
class Table:
    """A table that a student sees: the first cell of each row is its heading.

    ``part`` names the part of the assignment that it belongs to, for a notebook that shows it there alone.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a student's own design must do; ``text`` completes "nog niet aan: ...".

    ``weight`` is its part of the points, relative to that of the other demands.
    """

    met: bool
    text: str
    weight: float = 1.0


def dutch(number: float, decimals: int | None = None) -> str:
    """Write a number with a decimal comma and points between thousands; without ``decimals`` only those it has."""
    written = f"{number:,.10g}" if decimals is None else f"{number:,.{decimals}f}"
    return written.translate(str.maketrans(",.", ".,"))


def numbers(given: Given, question: str, *items: str) -> list[float] | None:
    """Give the answers to these items of a ``numbers`` question in order, ``None`` unless all are there."""
    answer = given.get(question, {})
    return [answer[item] for item in items] if all(item in answer for item in items) else None
