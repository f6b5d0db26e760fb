"""Where the arguments stand on the map: everything by theme and side, one theme, or the neighbours of one argument.

A scene holds ``width``, ``height``, ``boxes`` (a title over a part of it; ``open`` names the theme it leads to) and
``nodes``: a sign of 9 around ``x`` and ``y``, or with ``w``, ``h`` and ``lines`` a card with its middle there. Measures
are those of the drawing, not of a screen. The same arguments always get the same places, whatever stands or falls.
"""

import textwrap
from collections.abc import Mapping, Sequence

from vermarkting.explorables.argument_lab import table
from vermarkting.text import t

_PITCH, _A_ROW = 21, 10  # signs in a block: how far apart, and how many next to each other
_BLOCK, _MARGIN, _COLUMNS = 306, 14, 4
_CARD, _CARD_HIGH, _GAP, _BETWEEN = 280, 64, 10, 64
_LETTERS, _LINES = 29, 3  # of a card, in the widest of the usual fonts
SIDES = (("pro-markt",), ("conditioneel", "tegenstem"), ("kritisch",))

Scene = dict[str, object]


def everything(rows: Mapping[str, dict]) -> Scene:
    """Give a block for each theme, with a row of signs for each side."""
    themes = [theme for theme in (*table.THEMES, table.OWN) if any(table.theme(name) == theme for name in rows)]
    tall = _MARGIN + max(_block_height(_sides(rows, theme)) for theme in themes)
    boxes, nodes = [], []
    for place, theme in enumerate(themes):
        left = _MARGIN + place % _COLUMNS * (_BLOCK + _MARGIN)
        top = _MARGIN + place // _COLUMNS * tall
        title = t(f"argument_lab.themes.{theme}")
        boxes.append({"x": left, "y": top, "w": _BLOCK, "h": tall - _MARGIN, "text": title, "open": theme})
        y = top + 48
        for side, names in zip(SIDES, _sides(rows, theme), strict=True):
            boxes.append({"x": left, "y": y - 9, "w": 0, "h": 0, "text": t(f"argument_lab.sides.{side[0]}")})
            for number, name in enumerate(names):
                x = left + 94 + number % _A_ROW * _PITCH
                nodes.append({"id": name, "x": x, "y": y + number // _A_ROW * _PITCH})
            y += _rows_of(names) * _PITCH + 8
    down = -(-len(themes) // _COLUMNS)
    across = min(len(themes), _COLUMNS)
    return _scene(boxes, nodes, _MARGIN + across * (_BLOCK + _MARGIN), _MARGIN + down * tall)


def one_theme(rows: Mapping[str, dict], theme: str) -> Scene:
    """Give a column of cards for each side of one theme."""
    titles = [t(f"argument_lab.sides.{side[0]}") for side in SIDES]
    return _in_columns(rows, list(zip(titles, _sides(rows, theme), strict=True)))


def around(rows: Mapping[str, dict], chosen: str, attackers: Sequence[str], supporters: Sequence[str]) -> Scene:
    """Put who attacks an argument on its left and who supports it on its right; under it what it speaks about."""
    own = [name for column in ("attacks", "supports") for name in rows[chosen][column] if name in rows]
    under = [name for name in dict.fromkeys(own) if name not in {*attackers, *supporters, chosen}]
    left = list(dict.fromkeys(attackers))
    right = [name for name in dict.fromkeys(supporters) if name not in left]
    columns = [("attackers", left), ("middle", [chosen, *under]), ("supporters", right)]
    return _in_columns(rows, [(t(f"argument_lab.around.{key}"), names) for key, names in columns], chosen)


def _in_columns(rows: Mapping[str, dict], columns: list[tuple[str, list[str]]], apart: str = "") -> Scene:
    boxes, nodes = [], []
    for place, (title, names) in enumerate(columns):
        left = _MARGIN + place * (_CARD + _BETWEEN)
        boxes.append({"x": left, "y": 4, "w": 0, "h": 0, "text": title})
        y = 34
        for name in names:
            lines = textwrap.wrap(f"{name} {rows[name]['claim']}", _LETTERS, max_lines=_LINES, placeholder=" …")
            middle = {"x": left + _CARD / 2, "y": y + _CARD_HIGH / 2, "w": _CARD, "h": _CARD_HIGH}
            nodes.append({"id": name, **middle, "lines": lines})
            y += _CARD_HIGH + (5 * _GAP if name == apart else _GAP)
    most = max((node["y"] for node in nodes), default=0) + _CARD_HIGH / 2
    return _scene(boxes, nodes, 2 * _MARGIN + 3 * (_CARD + _BETWEEN), most + _MARGIN)


def _scene(boxes: list[dict], nodes: list[dict], width: float, height: float) -> Scene:
    return {"width": width, "height": height, "boxes": boxes, "nodes": nodes}


def _sides(rows: Mapping[str, dict], theme: str) -> list[list[str]]:
    there = [name for name in rows if table.theme(name) == theme]
    return [[name for name in there if rows[name]["position"] in side] for side in SIDES]


def _rows_of(names: list[str]) -> int:
    return max(1, -(-len(names) // _A_ROW))


def _block_height(sides: list[list[str]]) -> int:
    return 48 + sum(_rows_of(names) * _PITCH + 8 for names in sides)
