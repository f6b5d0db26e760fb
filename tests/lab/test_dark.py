"""A dark system theme turns the whole page round by a filter: what can be read in the light can be read in the dark."""

import re
from pathlib import Path

import vermarkting

PACKAGE = Path(vermarkting.__file__).parent
STYLE = (PACKAGE / "lab/jupyter/labextensions/vermarkting/lesson.css").read_text(encoding="utf-8")
AA = 4.5
TURNED = (  # hue-rotate(180deg), from the specification of filter effects
    (-0.574, 1.430, 0.144),
    (0.426, 0.430, 0.144),
    (0.426, 1.430, -0.856),
)


def rgb(color: str) -> list[float]:
    digits = color if len(color) == 6 else "".join(2 * digit for digit in color)
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def dark(color: list[float]) -> list[float]:
    amount = float(
        re.search(r"prefers-color-scheme: dark.*?filter: invert\(([\d.]+)\) hue-rotate\(180deg\)", STYLE, re.DOTALL)[1]
    )
    inverted = [part * (1 - amount) + (1 - part) * amount for part in color]
    return [min(1, max(0, sum(weight * part for weight, part in zip(row, inverted, strict=True)))) for row in TURNED]


def contrast(one: list[float], other: list[float]) -> float:
    def luminance(color):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_what_can_be_read_on_a_background_stays_readable():
    styles = [*PACKAGE.rglob("lesson.css"), *(PACKAGE / "widgets/static").glob("*.css")]
    charts = (PACKAGE / "explorables").glob("*.py")
    css = "".join(path.read_text(encoding="utf-8") for path in styles)
    every = css + "".join(path.read_text(encoding="utf-8") for path in charts)
    colors = [rgb(found) for found in set(re.findall(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", every))]
    grounds = [rgb(found) for found in set(re.findall(r"background: *#([0-9a-f]{6}|[0-9a-f]{3})\b", css))]
    pairs = [(color, ground) for color in colors for ground in grounds if contrast(color, ground) >= AA]
    assert len(pairs) > 50
    assert [pair for pair in pairs if contrast(*map(dark, pair)) < AA] == []
    assert contrast(dark(rgb("fff")), rgb("000")) < 1.5, "the page is dark"
