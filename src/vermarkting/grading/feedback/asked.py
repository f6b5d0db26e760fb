"""What was asked in each part: the release's own text, found by its place in the notebook."""

import re
from functools import cache

import mistune
from markupsafe import Markup

from vermarkting.grading.autograde.released import Released
from vermarkting.text import t

_HEADING = re.compile(r"#{1,6}\s+(?P<text>.+?)\s*#*\s*$")


def title(released: Released) -> str:
    """Give the assignment's title: the first heading of the notebook."""
    for cell in released.cells:
        if cell["cell_type"] == "markdown" and (match := _HEADING.match(cell["source"].strip().partition("\n")[0])):
            return match["text"]
    return released.assignment


def parts(released: Released) -> dict[str, tuple[str, Markup]]:
    """Give for each graded cell the heading above it, as text, and what was asked below that heading, as HTML.

    What was asked is the text between the last chapter heading, or the previous graded cell, and the first code cell
    after it. The HTML holds no markup but Markdown's own, and no pictures. A graded cell without a heading of its own
    takes the last one, with a number.
    """
    found = {}
    last, times = "", 1
    texts: list[str] = []
    closed = False
    for cell in released.cells:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        source = cell["source"].strip()
        if grade_id in released.graded:
            heading, asked = _shown(texts)
            last, times = (heading, 1) if heading else (last, times + 1)
            found[grade_id] = heading or (t("feedback_page.next", title=last, number=times) if last else ""), asked
            texts, closed = [], False
        elif cell["cell_type"] == "code":
            closed = bool(texts)
        elif source.startswith("## "):
            texts, closed = [source], False
        elif not closed:
            texts.append(source)
    return found


def _shown(texts: list[str]) -> tuple[str, Markup]:
    if not texts:
        return "", Markup()
    first, _, rest = texts[0].partition("\n")
    match = _HEADING.match(first)
    heading, body = (match["text"], [rest, *texts[1:]]) if match else ("", texts)
    return heading, Markup(_markdown()("\n\n".join(body)))


class _Plain(mistune.HTMLRenderer):
    """Markdown as HTML below a heading of level 2, without pictures."""

    def heading(self, text: str, level: int, **attrs: object) -> str:
        return super().heading(text, min(max(level, 2) + 1, 6))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text


@cache
def _markdown() -> mistune.Markdown:
    return mistune.create_markdown(renderer=_Plain(escape=True), plugins=["table", "strikethrough"])
