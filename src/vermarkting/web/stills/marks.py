"""What a figure draws points, lines and bars with: the looks that our explorables use, as plotly.js shows them."""

import math

from vermarkting.web.stills.svg import node

_DASHES = {"solid": (), "dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1)}


def dash(line: dict) -> str | None:
    """Give the dashes of a line as SVG has them."""
    unit = max(line.get("width", 2), 3)
    return " ".join(str(part * unit) for part in _DASHES[line.get("dash", "solid")]) or None


def symbol(name: str, size: float, color: str, line: dict) -> str:
    """Draw a marker around the origin."""
    shape, _, is_open = name.partition("-open")
    is_open = name.endswith("-open")
    look = {
        "fill": "none" if is_open else color,
        "stroke": color if is_open else line.get("color", "#444"),
        "stroke_width": line.get("width", 1 if is_open else 0),
    }
    r = size / 2
    if shape == "circle":
        return node("circle", r=r, **look)
    return node("path", d=_SHAPES[shape](r), **look)


def _diamond(r: float) -> str:
    d = round(1.3 * r, 2)
    return f"M{d} 0L0 {d}L-{d} 0L0-{d}Z"


def _square(r: float) -> str:
    return f"M{r} {r}H-{r}V-{r}H{r}Z"


def _x(r: float) -> str:
    a = round(r * 0.8 / math.sqrt(2), 2)
    return f"M0 {a}l{a} {a} {a}-{a}-{a}-{a} {a}-{a}-{a}-{a}-{a} {a}-{a}-{a}-{a} {a} {a} {a}-{a} {a} {a} {a}Z"


def _triangle(r: float) -> str:
    side, half, top = round(2 * r / math.sqrt(3), 2), round(r / 2, 2), round(r, 2)
    return f"M-{side} {half}H{side}L0-{top}Z"


def _star(r: float) -> str:
    reach = [1.4 * r * (1 if corner % 2 == 0 else 0.382) for corner in range(10)]
    points = [(far * math.sin(i * math.pi / 5), -far * math.cos(i * math.pi / 5)) for i, far in enumerate(reach)]
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"


_SHAPES = {"diamond": _diamond, "square": _square, "x": _x, "triangle-up": _triangle, "star": _star}

_TILE = 8
_WHITE = {"fill": "#fff", "fill_opacity": 0.5}
_FLAT = node("rect", width=_TILE, height=2, **_WHITE)
_UPRIGHT = node("rect", width=2, height=_TILE, **_WHITE)
_OVER = {
    "/": ("rotate(45)", _UPRIGHT),
    "\\": ("rotate(-45)", _UPRIGHT),
    "-": (None, _FLAT),
    "|": (None, _UPRIGHT),
    "x": ("rotate(45)", _FLAT + _UPRIGHT),
    "+": (None, _FLAT + _UPRIGHT),
    ".": (None, node("circle", cx=4, cy=4, r=2.26, **_WHITE)),
}


def pattern(name: str, shape: str, color: str) -> str:
    """Define a colour with a pattern over it, for what is filled with ``url(#name)``."""
    turned, over = _OVER[shape]
    under = node("rect", width=_TILE, height=_TILE, fill=color)
    tile = {"width": _TILE, "height": _TILE, "patternUnits": "userSpaceOnUse", "patternTransform": turned}
    return node("pattern", under, over, id=name, **tile)
