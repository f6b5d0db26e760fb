"""The one file that a student hands in: notebook, answer sheet and a manifest with checksums, in one zip.

The same content gives the same bytes: nothing in it tells when or by whom it was made. When something was handed in is
for the learning platform to say.
"""

import ast
import contextlib
import hashlib
import io
import json
import os
import re
import stat
import sys
import zipfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from vermarkting import answers, data
from vermarkting.answers import Answer, AnswerError, AnswerSheet
from vermarkting.content import folder
from vermarkting.files import write_whole
from vermarkting.questions import progress
from vermarkting.text import t

MANIFEST = "manifest.json"
SCHEMA = 1
MAX_BYTES = 25_000_000

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_ASSIGNMENT = re.compile(r"[A-Za-z0-9]{1,16}")


class HandInError(ValueError):
    """Nothing can be handed in yet; ``str()`` is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """A zip that was just written, and a Dutch line for each part of the assignment that is not filled in whole."""

    path: Path
    content: bytes
    empty: tuple[str, ...]


def zip_name(assignment: str) -> str:
    """Give the name of the file to hand in; the same every time, without signs that a platform changes."""
    return f"{assignment}-inzending.zip"


def make(assignment: str, place: Path | None = None) -> Made:
    """Write the zip beside the notebook, whole or not at all. Raises ``HandInError``."""
    place = (place or Path()).absolute()
    notebook_path = find_notebook(assignment, place)
    notebook = _read(notebook_path, assignment)
    kept = _answers(assignment, notebook, place)
    files = {f"{assignment}.ipynb": _clean(notebook, kept), answers.NAME: answers.dump(kept)}
    content = _zip(files | {MANIFEST: _manifest(assignment, files)})
    if len(content) > MAX_BYTES:
        raise HandInError(t("hand_in.too_big", limit=MAX_BYTES // 1_000_000))
    path = place / zip_name(assignment)
    try:
        write_whole(path, content)
    except OSError as error:
        raise HandInError(t("hand_in.not_writable")) from error
    return Made(path, content, tuple(still_empty(assignment, notebook, kept)))


def find_notebook(assignment: str, place: Path) -> Path:
    """Give the notebook this kernel belongs to, otherwise the one named after the assignment, otherwise the newest."""
    if not _ASSIGNMENT.fullmatch(assignment):
        raise HandInError(t("hand_in.no_notebook", assignment=assignment))
    session = Path(os.environ.get("JPY_SESSION_NAME", ""))
    if session.suffix == ".ipynb" and session.absolute().parent == place and session.is_file():
        return session.absolute()
    named = place / f"{assignment}.ipynb"
    if named.is_file():
        return named
    alike = [path for path in place.glob("*.ipynb") if path.stem.startswith(assignment) and path.is_file()]
    if not alike:
        raise HandInError(t("hand_in.no_notebook", assignment=assignment))
    return max(alike, key=lambda path: path.stat().st_mtime_ns)


def still_empty(assignment: str, notebook: dict, kept: dict[str, Answer]) -> list[str]:
    """Say in Dutch, for each part of the assignment, how much is not filled in."""
    lines = []
    for heading, questions, texts in _answered(assignment, notebook, kept):
        if not all(questions):
            key = "empty_questions" if len(questions) > 1 else "empty_question"
            lines.append(t(f"hand_in.{key}", part=heading, open=questions.count(False), there=len(questions)))
        lines += [t("hand_in.empty_text", part=heading)] * texts.count(False)
    return lines


def filled(assignment: str, place: Path) -> tuple[int, int]:
    """Count the questions and texts of an assignment that are filled in, and all of them. Raises ``HandInError``."""
    notebook = _read(place / f"{assignment}.ipynb", assignment)
    parts = _answered(assignment, notebook, _answers(assignment, notebook, place))
    done = [answered for _, questions, texts in parts for answered in (*questions, *texts)]
    return sum(done), len(done)


def _answered(assignment: str, notebook: dict, kept: dict[str, Answer]) -> list[tuple[str, list[bool], list[bool]]]:
    """Give, for each part of the assignment, its heading and whether each question and each text of it is filled in."""
    written = {_grade_id(cell): _source(cell) for cell in notebook["cells"] if _grade_id(cell)}
    parts = []
    for heading, cells in _parts(_released(assignment)):
        found = {question_id: None for cell in cells for question_id in _question_ids(cell, assignment)}
        questions = []
        for question_id in found:
            value = kept[question_id].value if question_id in kept else None
            done, there = progress(data.question(question_id), value)
            questions.append(done >= there)
        texts = []
        for cell in cells:
            if cell["cell_type"] == "markdown" and cell["metadata"].get("nbgrader", {}).get("solution"):
                text = written.get(_grade_id(cell), "").strip()
                texts.append(text not in ("", _source(cell).strip()))
        parts.append((heading, questions, texts))
    return parts


def verify(files: dict[str, bytes]) -> bool:
    """Say whether the files are those that their manifest names, unchanged since the zip was made.

    The manifest is in the hands of the student as well: it shows a mistake on the way, not an intention.
    """
    try:
        listed = json.loads(files[MANIFEST])["files"]
        sums = {name: entry["sha256"] for name, entry in listed.items()}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return False
    there = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != MANIFEST}
    return bool(sums) and sums == there


def _read(path: Path, assignment: str) -> dict:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise HandInError(t("hand_in.unreadable", name=path.name))
        if status.st_size > 2 * MAX_BYTES:
            raise HandInError(t("hand_in.too_big", limit=MAX_BYTES // 1_000_000))
        notebook = json.loads(path.read_bytes())
        cells = notebook["cells"]
        found = notebook["metadata"].get("vermarkting", {}).get("id", assignment)
        if not all(isinstance(cell, dict) and isinstance(cell.get("metadata"), dict) for cell in cells):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, HandInError):
            raise
        raise HandInError(t("hand_in.unreadable", name=path.name)) from error
    if found != assignment:
        raise HandInError(t("hand_in.other_assignment", name=path.name, assignment=assignment))
    return notebook


def _answers(assignment: str, notebook: dict, place: Path) -> dict[str, Answer]:
    """Give the newest answers to this assignment's questions, from the sheet and from the notebook itself."""
    sheet = AnswerSheet(place / answers.NAME)
    carried: dict[str, Answer] = {}
    with contextlib.suppress(AnswerError):
        carried = answers.from_notebook(notebook)
    merged = answers.merge(sheet.all(), carried)
    return {key: answer for key, answer in sorted(merged.items()) if key.startswith(f"{assignment}.")}


def _clean(notebook: dict, kept: dict[str, Answer]) -> bytes:
    """Leave out what a kernel leaves behind (it may hold the state of other widgets) and put the answers in."""
    metadata = {key: value for key, value in notebook["metadata"].items() if key != "widgets"}
    if isinstance(metadata.get("vermarkting"), dict):
        metadata["vermarkting"] = metadata["vermarkting"] | {"answers": json.loads(answers.dump(kept))}
    cells = [
        cell | {"outputs": [], "execution_count": None} if cell.get("cell_type") == "code" else cell
        for cell in notebook["cells"]
    ]
    document = notebook | {"cells": cells, "metadata": metadata}
    try:
        return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()


def _manifest(assignment: str, files: dict[str, bytes]) -> bytes:
    try:
        ours = version("vermarkting")
    except PackageNotFoundError:
        ours = ""
    document = {
        "schema": SCHEMA,
        "assignment": assignment,
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in files.items()
        },
        "versions": {"vermarkting": ours, "python": ".".join(map(str, sys.version_info[:3]))},
    }
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def _released(assignment: str) -> list[dict]:
    """Give the cells of the assignment as it came with the module; without it nothing can be called empty."""
    try:
        path = folder("assignments") / assignment / f"{assignment}.ipynb"
        return json.loads(path.read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        return []


def _parts(cells: list[dict]) -> list[tuple[str, list[dict]]]:
    """Put the cells together by the heading of level 2 that they stand under."""
    parts: list[tuple[str, list[dict]]] = [("", [])]
    for cell in cells:
        title = re.search(r"^## +(.+)$", _source(cell), re.MULTILINE) if cell["cell_type"] == "markdown" else None
        is_answer = cell["metadata"].get("nbgrader", {}).get("solution")
        if title and not is_answer:
            parts.append((title[1].strip(" #").rstrip("."), []))
        parts[-1][1].append(cell)
    return parts


def _question_ids(cell: dict, assignment: str) -> list[str]:
    """Give the known questions that a cell's code names."""
    if cell["cell_type"] != "code":
        return []
    try:
        known = data.questions(assignment)
        nodes = ast.walk(ast.parse(_source(cell)))
    except (KeyError, SyntaxError):
        return []
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in texts if text.partition(".")[0] == assignment and text.partition(".")[2] in known]


def _grade_id(cell: dict) -> str | None:
    entry = cell["metadata"].get("nbgrader")
    grade_id = entry.get("grade_id") if isinstance(entry, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def _source(cell: dict) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""
