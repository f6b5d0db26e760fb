"""A text in Markdown as a page that can do nothing, and without what tells whose it is."""

import re
from collections.abc import Iterable

import bleach
import mistune

from vermarkting.text import t

_TAGS = ["a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
         "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"]  # fmt: skip
_SHORTEST = 5


class _Plain(mistune.HTMLRenderer):
    """Shows where a link goes instead of going there, and names a picture instead of fetching it."""

    def link(self, text: str, url: str, title: str | None = None) -> str:
        address = mistune.escape(url)
        return text if text == address else f"{text} ({address})"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return mistune.escape(t("desk.picture", text=text))


_markdown = mistune.create_markdown(
    renderer=_Plain(escape=True), hard_wrap=True, plugins=["strikethrough", "table"], escape=True
)


def rendered(text: str) -> str:
    """Make HTML of Markdown; HTML in it stays text, and one Enter is a line break."""
    return bleach.clean(_markdown(text), tags=_TAGS, attributes={}, strip=True)


def words(text: str) -> int:
    """Count the words of a text."""
    return len(text.split())


def masked(text: str, names: Iterable[str]) -> str:
    """Cover names and numbers of a student in a text, whatever their capitals; those shorter than five signs stay."""
    needles = sorted({name.strip() for name in names if len(name.strip()) >= _SHORTEST}, key=len, reverse=True)
    if not needles:
        return text
    pattern = r"(?<!\w)(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in needles) + r")(?!\w)"
    return re.sub(pattern, t("desk.covered"), text, flags=re.IGNORECASE)
