"""Organisations and the ties between them, as a scene; a client can walk along the ties."""

from collections.abc import Sequence
from math import cos, pi, sin

from vermarkting.explorables.frame import decimal
from vermarkting.text import t
from vermarkting.widgets.scene import Mark, dot, line, words

Place = tuple[float, float]  # percent of the width, pixels
CLASSES = (("strong", 0.8), ("fair", 0.6), ("weak", 0.0))  # least strength of each class
ACROSS = 22.0  # percent: names have their room beside it


def percent(chance: float) -> str:
    return decimal(100 * chance)


def strength_class(strength: float) -> str:
    return next(name for name, least in CLASSES if strength >= least)


def circle(count: int, height: float, share: float = 1.0, turn: float = 0.0) -> list[Place]:
    """Give places on an ellipse, the first on top, going round with the clock; ``height`` is that of the scene."""
    turns = [turn + 2 * pi * i / count for i in range(count)]
    deep = height / 2 - 30
    return [(50 + share * ACROSS * sin(a), height / 2 - share * deep * cos(a)) for a in turns]


def ties(places: Sequence[Place], pairs: Sequence[tuple[int, int]], strengths: Sequence[float]) -> list[Mark]:
    """Draw each tie in the look of its strength."""
    return [
        line(f"tie-{one}-{other}", *places[one], *places[other], strength_class(strength))
        for (one, other), strength in zip(pairs, strengths, strict=True)
    ]


def tie_legend(strengths: Sequence[float]) -> list[dict]:
    found = {strength_class(strength) for strength in strengths}
    return [{"shape": "line", "look": name, "text": t(f"network.{name}")} for name, _ in CLASSES if name in found]


def name_beside(mark: str, place: Place, height: float, text: str, inside: bool = False) -> Mark:
    """Write a name on the outer side of a place, or below it where it would lie on the ties."""
    x, y = place
    if inside:
        return words(mark, x, y + 28, text, "middle")
    if abs(x - 50) < 6:
        return words(mark, x, y - 14 if y < height / 2 else y + 24, text, "middle")
    return words(mark, x, y + 5, text, "start" if x > 50 else "end", push=13 if x > 50 else -13)


def node(number: int, place: Place, look: str, r: float = 9, **more: object) -> Mark:
    return dot(f"node-{number}", *place, r, look, **more)
