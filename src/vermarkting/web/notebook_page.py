"""From a notebook to what a page of it holds: sections of HTML, and the first state of each cell's widget."""

import json
import os
import re
import tempfile
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import mistune

from vermarkting import grading
from vermarkting.content import folder
from vermarkting.web import page_kernel
from vermarkting.web.stills import still
from vermarkting.widgets.keeping import stand_for

_SLUG = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3, and where it stands."""

    level: int
    slug: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """One cell. ``html`` is its text, or plain words where its widget cannot be shown.

    A ``source`` is run by the worker; ``root`` is the id of the widget that it makes, ``messages`` what that says when
    it opens. ``pictures`` are its charts and scenes as they are at first, in HTML, each with its sentence.
    """

    id: str
    html: str
    source: str = ""
    root: str = ""
    messages: tuple[list, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    rubric: str = ""  # of prose: HTML to read beside it


@dataclass(frozen=True, slots=True)
class NotebookPage:
    """A lesson or an assignment; ``place`` is its folder as a student has it, such as ``"lessons"``."""

    place: str
    sections: tuple[Section, ...]
    headings: tuple[Heading, ...]


class _Renderer(mistune.HTMLRenderer):
    """Notebook Markdown, our own, with stable ids for headings and with links that go to pages."""

    def __init__(self) -> None:
        super().__init__(escape=False)
        self.headings: list[Heading] = []

    def heading(self, text: str, level: int, **_: object) -> str:
        words = re.sub(r"<[^>]+>", "", text)
        slug = _SLUG.sub("-", words.lower()).strip("-")
        if level in (2, 3):
            self.headings.append(Heading(level, slug, words))
        return f'<h{level} id="{slug}" tabindex="-1">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not url.startswith("http"):
            return super().link(text, re.sub(r"\.ipynb(?=$|#)", ".html", url), title)
        return super().link(text, url, title).replace("<a ", '<a target="_blank" rel="noopener" ')


def read(path: str) -> NotebookPage:
    """Make the page of a notebook, by its path as in the table ``pages``. Its cells run in this process, as it stands.

    To be called once per process: a widget of ours greets its page once.
    """
    notebook = json.loads((folder("lessons").parent / path).read_text(encoding="utf-8"))
    place = str(Path(path).parent.as_posix())
    renderer = _Renderer()
    to_html = mistune.create_markdown(renderer=renderer, plugins=["table", "strikethrough"])
    sections: list[Section] = []
    sent: list[list] = []
    page_kernel.begin(lambda *message: sent.append(_as_json(*message)))
    with tempfile.TemporaryDirectory() as empty:
        before = Path.cwd()
        os.chdir(empty)
        try:
            stand_for(f"{page_kernel.HOME}/{place}")
            Path(Path(path).name).write_text(json.dumps(notebook), encoding="utf-8")
            for cell in notebook["cells"]:
                sent.clear()
                sections.append(_section(cell, to_html, sent))
        finally:
            os.chdir(before)
    return NotebookPage(place, tuple(sections), tuple(renderer.headings))


def _section(cell: dict, to_html: mistune.Markdown, sent: list[list]) -> Section:
    source = "".join(cell["source"])
    graded = cell["metadata"].get("nbgrader", {})
    if cell["cell_type"] == "markdown" and not graded.get("solution"):
        return Section(cell["id"], to_html(source))
    if cell["cell_type"] == "markdown":
        grade_id, words = graded["grade_id"], cell["metadata"].get("vermarkting", {}).get("words", 0)
        assignment = next(Path().glob("*.ipynb")).stem
        source = f"from vermarkting.web import prose; prose.cell({assignment!r}, {grade_id!r}, {words})"
    made = page_kernel.run(cell["id"], source)
    rubric = _rubric(assignment, grade_id) if graded.get("solution") else ""
    bundle = made._repr_mimebundle_()
    shown = bundle[0] if isinstance(bundle, tuple) else bundle
    if "text/html" in shown:
        return Section(cell["id"], shown["text/html"])
    return Section(
        cell["id"], shown["text/plain"], source, made.comm.comm_id, tuple(sent), tuple(_pictures(sent)), rubric
    )


def _rubric(assignment: str, grade_id: str) -> str:
    """Give the rubric of an answer cell in short paragraphs, narrow enough to stand beside it."""
    try:
        told = grading.rubric(assignment, grade_id).as_text()
    except KeyError:
        return ""
    return "\n".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in told.split("\n\n"))


def _pictures(sent: list[list]) -> Iterator[tuple[str, str]]:
    states: dict[str, dict] = {}
    for _kind, comm_id, data, _buffers in sent:
        states.setdefault(comm_id, {}).update(data.get("state", {}))
    for comm_id, state in states.items():
        if drawn := still(comm_id, state):
            yield drawn, state["sentence"]


def _as_json(kind: str, comm_id: str, data: dict, buffers: Sequence[bytes]) -> list:
    if "state" in data:
        data = {**data, "state": dict(sorted(data["state"].items()))}  # several changed at once come in any order
    return json.loads(json.dumps([kind, comm_id, data, [b64encode(bytes(buffer)).decode() for buffer in buffers]]))
