"""A text in Markdown as HTML that can do nothing but be read."""

import re

import bleach
import mistune

from vermarkting.text import t

_TAGS = ["a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
         "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"]  # fmt: skip

_HEADING = re.compile("<(/?)h[1-6]>")


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


def rendered(text: str, headings: bool = True) -> str:
    """Make HTML of Markdown; HTML in it stays text, and one Enter is a line break.

    Without ``headings`` those become paragraphs in bold, for a page that has headings of its own around the text.
    """
    shown = bleach.clean(_markdown(text), tags=_TAGS, attributes={}, strip=True)
    if headings:
        return shown
    return _HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", shown)
