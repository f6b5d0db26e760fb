"""The notebooks: whether they can be read, and whether the questions, arguments and sources that they name exist."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from vermarkting.control.finding import Finding, Unreadable, json_of, nearest, relative
from vermarkting.text import t

_CITED = re.compile(r"\[([ABHLS]\d{1,3})(?:, (?:hoog|middel|laag))?\](?!\()")
_ASKED = re.compile(r"(?:\d\d|O\d+)\.[a-z0-9_]+")


def look(root: Path, ids: dict[str, set[str]], questions: dict[str, dict]) -> list[Finding]:
    """Give the mistakes in the lessons."""
    found = []
    for path in sorted((root / "lessons").glob("*.ipynb")):
        found += of_notebook(path, root, ids, questions)
    return found


def of_notebook(path: Path, root: Path, ids: dict[str, set[str]], questions: dict[str, dict]) -> list[Finding]:
    """Give the mistakes in one notebook, a lesson's or an assignment's."""
    file = relative(path, root)
    try:
        cells = cells_of(path, root)
    except Unreadable as error:
        return [error.finding]
    found = []
    for number, cell in enumerate(cells, 1):
        about = _about_code if cell["cell_type"] == "code" else _about_prose
        place = t("control.at_notebook_cell", number=number)
        found += [Finding(file, place, sentence) for sentence in about(cell["source"], ids, questions)]
    counts = Counter(cell.get("id") for cell in cells if cell.get("id"))
    double = [cell_id for cell_id, count in counts.items() if count > 1]
    return found + [Finding(file, "", t("control.notebooks.double", id=cell_id)) for cell_id in double]


def cells_of(path: Path, root: Path) -> list[dict]:
    """Give the cells of a notebook, each source as one string. Raises ``Unreadable``."""
    notebook = json_of(path, root)
    try:
        return [
            cell
            | {"source": "".join(cell["source"]), "metadata": dict(cell["metadata"]), "cell_type": cell["cell_type"]}
            for cell in notebook["cells"]
        ]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Unreadable(Finding(relative(path, root), "", t("control.notebooks.no_notebook"))) from error


def _about_code(source: str, ids: dict[str, set[str]], questions: dict[str, dict]) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        yield t("control.notebooks.code")
        return
    lessons = {name.partition(".")[0] for name in questions}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if _ASKED.fullmatch(text) and text.partition(".")[0] in lessons and text not in questions:
            own = [name for name in questions if name.partition(".")[0] == text.partition(".")[0]]
            if not _names_a_design(text):
                yield t("control.notebooks.question", id=text, known=nearest(text, own))


def _names_a_design(text: str) -> bool:
    """Say whether this is the name of a part with figures of one's own: it is shown, and no question."""
    assignment = text.partition(".")[0]
    return assignment.startswith("O")


def _about_prose(source: str, ids: dict[str, set[str]], questions: dict[str, dict]) -> Iterator[str]:
    for name in dict.fromkeys(_CITED.findall(source)):
        table = "arguments" if name[0] in "AL" else "sources"
        known = ids.get(table, set())
        if known and name not in known and name not in ids.get("sources", set()):
            yield t("control.unknown_id", id=name, known=nearest(name, sorted(known)))
