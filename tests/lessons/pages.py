"""What the linter looks at: one notebook with its questions (a page), inside the whole course."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Page:
    """One notebook as it stands in its file, and its questions by full id such as ``01.raming``."""

    path: Path
    text: str
    notebook: dict
    questions: dict[str, dict]

    @property
    def id(self) -> str:
        """The lesson's or assignment's id, such as ``01``; empty when the notebook does not tell."""
        return self.notebook["metadata"].get("vermarkting", {}).get("id", "")

    @property
    def cells(self) -> list[dict]:
        return self.notebook["cells"]

    @property
    def prose(self) -> list[dict]:
        return [cell for cell in self.cells if cell["cell_type"] == "markdown"]

    @property
    def code(self) -> list[dict]:
        return [cell for cell in self.cells if cell["cell_type"] == "code"]


@dataclass(frozen=True)
class Course:
    """Everything a page may refer to."""

    sources: frozenset[str]
    arguments: frozenset[str]
    function_exists: Callable[[str, str], bool]
    questions_of_explorables: frozenset[str]
    is_word: Callable[[str], bool]


def read_page(path: Path, questions: dict[str, dict]) -> Page:
    """Read a notebook and join it with its questions, given by their short names."""
    return page_from_text(path, path.read_text(encoding="utf-8"), questions)


def page_from_text(path: Path, text: str, questions: dict[str, dict]) -> Page:
    notebook = json.loads(text)
    lesson = notebook["metadata"].get("vermarkting", {}).get("id", "")
    return Page(path, text, notebook, {f"{lesson}.{name}": question for name, question in questions.items()})


def source_of(cell: dict) -> str:
    return "".join(cell["source"])


HEADING = re.compile(r"^(#{1,6})\s+(.+)$", re.MULTILINE)


def headings(text: str) -> list[tuple[int, str]]:
    """Give the level and the words of each Markdown heading."""
    return [(len(marks), words.strip()) for marks, words in HEADING.findall(_without_code_blocks(text))]


def list_items(text: str) -> list[str]:
    """Give the items of the outermost lists, without their bullet or number."""
    return re.findall(r"^(?:[-*+]|\d+\.)\s+(.+)$", text, re.MULTILINE)


def _without_code_blocks(text: str) -> str:
    """Blank out code between fences; the text keeps its length."""
    return re.sub(r"^```.*?^```", lambda match: " " * len(match.group()), text, flags=re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, up to the next heading of its level or the end of the cell."""

    place: tuple[int, int]
    text: str


def section(page: Page, pattern: str) -> Section | None:
    """Give the first section whose heading matches the pattern."""
    for index, cell in enumerate(page.cells):
        text = source_of(cell) if cell["cell_type"] == "markdown" else ""
        found = list(HEADING.finditer(_without_code_blocks(text)))
        for number, heading in enumerate(found):
            if re.search(pattern, heading[2], re.IGNORECASE):
                later = (other.start() for other in found[number + 1 :] if len(other[1]) <= len(heading[1]))
                return Section((index, heading.start()), text[heading.start() : next(later, len(text))])
    return None


CALL = re.compile(
    r"""from\ vermarkting\ import\ (?P<module>explorables|widgets|grading)(?:\ as\ (?P<short>[a-z]+))?;[ ]
        (?P<name>[a-z]+)\.(?P<function>[a-z_]+)\((?P<arguments>[^()]*)\)""",
    re.VERBOSE,
)


CITATION = re.compile(r"\[([A-Z]\d{1,3}\b[^\]]*)\](?!\()|\(([A-Z]\d{2,3}(?:[;,] [A-Z]\d{2,3})*)\)")


def calls(page: Page) -> Iterator[tuple[dict, str, str, str]]:
    """Give for each code cell in the strict form: the cell, module, function and arguments as written."""
    for cell in page.code:
        if match := CALL.fullmatch(source_of(cell)):
            yield cell, match["module"], match["function"], match["arguments"]


def question_texts(question: dict) -> Iterator[str]:
    """Give every sentence of a question that a reader sees."""
    for key, value in question.items():
        if key in ("prompt", "explanation", "example", "sentence", "left", "right", "text", "unit", "title"):
            if isinstance(value, str) and not (question.get("kind") == "duel" and key in ("left", "right")):
                yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    yield from question_texts(item)
