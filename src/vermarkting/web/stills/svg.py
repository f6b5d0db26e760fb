"""Writing SVG: elements, and words with the few tags that plotly.js knows."""

import re
from html import escape

LINE = 1.3  # from one line of words to the next, in letter sizes: as plotly.js has it
_BREAK = re.compile(r"<br ?/?>")
_BOLD = re.compile(r"^<b>(.*)</b>$")
_TAG = re.compile(r"<[^>]+>")


def node(tag: str, *children: str, **attributes: object) -> str:
    """Write an element; ``text_anchor`` is the attribute ``text-anchor``, and one that is ``None`` is left out."""
    told = "".join(f' {name.strip("_").replace("_", "-")}="{_short(value)}"' for name, value in attributes.items()
                   if value is not None)  # fmt: skip
    return f"<{tag}{told}>{''.join(children)}</{tag}>"


def percent(share: float) -> str:
    """Write a share of the width."""
    return f"{100 * share:.2f}%"


def at(share: float, y: float, *children: str) -> str:
    """Put what is drawn around the origin at a share of the width, ``y`` pixels down."""
    return node("svg", *children, x=percent(share), y=y, overflow="visible")


def words(share: float, y: float, text: str, shift: float = 0, up: float = 0.5, **look: object) -> str:
    """Write lines of text ``shift`` pixels from a place; ``up`` is the part of their height that stands above it."""
    lines = _BREAK.split(text)
    size = float(look.setdefault("font_size", 14))
    top = y - up * size * LINE * len(lines)
    rows = [
        node("tspan", escape(_TAG.sub("", line)), x=shift, y=top + (row + 0.77) * size * LINE,
             font_weight=600 if _BOLD.match(line) else None)
        for row, line in enumerate(lines)
    ]  # fmt: skip
    return at(share, 0, node("text", *rows, **look))


def _short(value: object) -> str:
    return f"{round(value, 2):g}" if isinstance(value, float) else escape(str(value))
