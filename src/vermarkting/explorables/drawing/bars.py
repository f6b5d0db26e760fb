"""Bars in a scene, each under its own line of words, so that they read on a phone; the run before is an outline."""

from collections.abc import Sequence
from dataclasses import dataclass

from vermarkting.text import t
from vermarkting.widgets.scene import Mark, block, line, words

ROW = 38  # pixels from one bar to the next
_THICK = 14
_WIDTH = 98  # percent


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what its line says, its parts after each other as (amount, look), and the amount it had before."""

    text: str
    parts: Sequence[tuple[float, str]]
    before: float | None = None
    bold: bool = False


def bars(rows: Sequence[Bar], low: float, high: float, top: float = 0) -> list[Mark]:
    """Draw bars below ``top`` (pixels) on a scale from ``low`` to ``high``; they start at zero. Each takes ``ROW``."""
    marks: list[Mark] = []

    def at(amount: float) -> float:
        return 1 + _WIDTH * (min(max(amount, low), high) - low) / (high - low)

    if low < 0:
        marks.append(line("zero", at(0), top + 18, at(0), top + ROW * len(rows), "grey"))
    for place, row in enumerate(rows):
        y = top + ROW * place
        marks.append(words(f"bar-{place}-text", 1, y + 14, row.text, weight="bold" if row.bold else "normal"))
        if low == 0:
            marks.append(block(f"bar-{place}-all", 1, y + 19, _WIDTH, _THICK, "pale"))
        start = 0.0
        for number, (amount, look) in enumerate(row.parts):
            left, right = sorted((at(start), at(start + amount)))
            marks.append(block(f"bar-{place}-{number}", left, y + 19, right - left, _THICK, look))
            start += amount
        if row.before is not None:
            left, right = sorted((at(0), at(row.before)))
            marks.append(block(f"bar-{place}-before", left, y + 17, max(right - left, 0.3), _THICK + 4, "ghost"))
    return marks


def before_legend(previous: object) -> list[dict]:
    """Say what the outline is, where there is one."""
    return [{"shape": "block", "look": "ghost", "text": t("scene.before")}] if previous else []
