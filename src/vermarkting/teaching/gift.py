"""Items as GIFT, Moodle's plain text form, which many other programs read."""

import re
from collections.abc import Iterable

from vermarkting.teaching import explained
from vermarkting.teaching.items import Item


def written(items: Iterable[Item]) -> str:
    """Give one GIFT document, with a category per lesson."""
    blocks, lesson = [], None
    for item in items:
        if item.lesson != lesson:
            lesson = item.lesson
            blocks.append(f"$CATEGORY: $course$/top/{explained.category(lesson)}")
        blocks.append(f"::{_safe(item.id)}::[html]{_html(item.prompt)}{{{_answers(item)}}}")
    return "\n\n".join(blocks) + "\n"


def _answers(item: Item) -> str:
    after = _html(explained.afterwards(item))
    general = [f"####{after}"] if after else []
    if item.kind == "open":
        return "\n".join(["", *general, ""]) if general else ""
    if item.kind == "number":
        return "\n".join([f"#{item.answer:g}:{item.tolerance:g}", *general, ""])
    if item.kind in ("order", "match"):
        lines = [f"={_html([text])} -> {_safe(answer)}" for text, answer in explained.pairs(item)]
    else:
        lines = [
            f"{_mark(explained.share(item, choice), item.kind)}{_html([choice.text])}#{_html([choice.why])}"
            for choice in item.choices
        ]
    return "\n".join(["", *lines, *general, ""])


def _mark(share: float, kind: str) -> str:
    if kind == "one":
        return "=" if share else "~"
    percent = f"{share:.5f}".rstrip("0").rstrip(".")
    return f"~%{percent}%"


def _html(paragraphs: Iterable[str]) -> str:
    return _safe(explained.html(paragraphs))


def _safe(text: str) -> str:
    """Put a backslash before what GIFT itself uses, and keep each text on one line."""
    return re.sub(r"([~=#{}:\\])", r"\\\1", " ".join(text.split()))
