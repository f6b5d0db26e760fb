"""What the site's search looks in: each part of a lesson, each argument and each term."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape

from vermarkting.text import t
from vermarkting.web.entries import ARGUMENTS, Entry
from vermarkting.web.notebook_page import NotebookPage

_HEADING = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")
_ELSEWHERE = re.compile(r'<span class="vermarkting-elsewhere">.*?</span>', re.DOTALL)


def build(pages: Iterable[tuple[str, str, NotebookPage]], entries: Iterable[Entry]) -> bytes:
    """Give rows ``[kind, title, address, text]`` as JSON; ``pages`` are address, title and page."""
    rows = [row for address, title, page in pages for row in _of_page(address, title, page)]
    for entry in entries:
        kind = t("web.argument" if entry.folder == ARGUMENTS else "web.term")
        rows.append([kind, entry.title, entry.address, entry.lead])
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _of_page(address: str, title: str, page: NotebookPage) -> Iterator[list[str]]:
    """One row per heading: what stands under it, up to the next one."""
    html = _ELSEWHERE.sub("", "\n".join(section.html for section in page.sections if not section.source))
    pieces = _HEADING.split(html)
    yield [title, title, address, _words(pieces[0])]
    for slug, heading, text in zip(pieces[2::4], pieces[3::4], pieces[4::4], strict=True):
        yield [title, _words(heading), f"{address}#{slug}", _words(text)]


def _words(html: str) -> str:
    return _SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip()
