"""Values around a middle as a star, with the one before as an outline."""

from collections.abc import Sequence
from math import cos, pi, sin

from vermarkting.widgets.scene import Mark, dot, line, shape, words

Place = tuple[float, float]
MOST = 108  # pixels from the middle where a name may stand, so that it fits on a phone


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
        down = -12 if y < height / 2 + 20 else 26
        marks.append(words(f"name-{number}", 50, y + down, name, "middle", push=min(max(x, -MOST), MOST)))
    return marks
