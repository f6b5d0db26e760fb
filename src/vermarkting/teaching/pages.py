"""The lecturer's pages: Markdown in ``data/teaching``, one for each lesson, and pages about the whole."""

import re
from dataclasses import dataclass
from pathlib import Path

from vermarkting.content import folder
from vermarkting.teaching import goals

_LESSON = re.compile(r"les_(\d\d)")


@dataclass(frozen=True)
class Section:
    """What stands under one heading of level two."""

    title: str
    text: str


@dataclass(frozen=True)
class Page:
    """One page; ``lesson`` is its lesson such as ``"03"``, or ``None`` for a page about the whole."""

    name: str
    text: str

    @property
    def lesson(self) -> str | None:
        found = _LESSON.fullmatch(self.name)
        return found[1] if found else None

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0].removeprefix("# ")

    @property
    def sections(self) -> list[Section]:
        parts = re.split(r"^## (.+)$", self.text, flags=re.MULTILINE)[1:]
        return [Section(title, text.strip()) for title, text in zip(parts[::2], parts[1::2], strict=True)]

    def section(self, title: str) -> Section:
        """Give the section of that title. Raises ``KeyError``."""
        found = next((section for section in self.sections if section.title == title), None)
        if found is None:
            raise KeyError(f"{self.name} has no section {title!r}.")
        return found

    def rows(self, title: str) -> list[list[str]]:
        """Give the cells of the table in a section, without its head. Raises ``KeyError``."""
        lines = [line for line in self.section(title).text.splitlines() if line.startswith("|")]
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def pages() -> list[Page]:
    """Give every page: those of the lessons in order, the others, and the table of goals."""
    paths = sorted(_folder().glob("*.md"), key=lambda path: (_LESSON.fullmatch(path.stem) is None, path.stem))
    return [*(read(path.stem) for path in paths), Page("doelen", goals.text())]


def read(name: str) -> Page:
    """Give one page such as ``"les_03"``. Raises ``FileNotFoundError``."""
    return Page(name, (_folder() / f"{name}.md").read_text(encoding="utf-8"))


def _folder() -> Path:
    return folder("data") / "teaching"
