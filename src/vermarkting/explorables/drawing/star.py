"""Values around a middle as a star, with the one before as an outline."""

from collections.abc import Sequence
from math import cos, pi, sin

from vermarkting.widgets.scene import Mark, dot, line, shape, words

Place = tuple[float, float]


def star(
    names: Sequence[str], values: Sequence[float], low: float, high: float, height: float,
    before: Sequence[float] | None = None,
) -> list[Mark]:  # fmt: skip
    """Draw a star between ``low`` (the middle) and ``high``, ``height`` pixels high; a ring stands at zero."""
    count, deep = len(names), height / 2 - 40

    def at(number: int, value: float) -> Place:
        turn, share = 2 * pi * number / count, (min(max(value, low), high) - low) / (high - low)
        return round(share * deep * sin(turn), 1), round(height / 2 - share * deep * cos(turn), 1)

    def ring(value: float) -> list[Place]:
        return [at(number, value) for number in range(count)]

    marks = [shape("edge", ring(high), "edge"), shape("zero", ring(0), "zero")]
    if before:
        marks.append(shape("before", [at(n, v) for n, v in enumerate(before)], "ghost"))
    marks.append(shape("now", [at(n, v) for n, v in enumerate(values)], "star"))
    for number, (name, value) in enumerate(zip(names, values, strict=True)):
        x, y = at(number, high)
        marks.append(line(f"ray-{number}", 50, height / 2, 50, y, "grey", push=x))
        marks.append(dot(f"tip-{number}", 50, at(number, value)[1], 6, "orange" if value < 0 else "blue",
                         push=at(number, value)[0]))  # fmt: skip
        aside = "middle" if abs(x) < 20 else "start" if x > 0 else "end"
        down = -12 if y < height / 2 - deep + 5 else 26 if y > height / 2 + 20 else 5
        push = x + (0 if aside == "middle" else 12 if x > 0 else -12) if down == 5 else x
        marks.append(words(f"name-{number}", 50, y + down, name, "middle" if down != 5 else aside, push=push))
    return marks
