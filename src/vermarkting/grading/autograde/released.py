"""The released notebook that every graded one is rebuilt from, with the hidden check of each graded cell."""

import ast
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vermarkting import data
from vermarkting.grading import rubrics
from vermarkting.grading.autograde import hidden
from vermarkting.grading.autograde.hidden import Check, HiddenCheckError
from vermarkting.text import t

BEGIN = "BEGIN VERBORGEN CONTROLE"
END = "EINDE VERBORGEN CONTROLE"


class ReleaseError(ValueError):
    """An assignment that cannot be graded without running code; ``str()`` is Dutch, a sentence for each reason."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A cell with points or room for an answer.

    ``check`` is set for a machine-checked cell only. ``points`` is ``None`` for an answer that is not graded.
    ``questions`` are the ids of the questions that the cell is about.
    """

    grade_id: str
    points: float | None
    placeholder: str
    check: Check | None
    questions: tuple[str, ...]

    @property
    def is_prose(self) -> bool:
        return self.check is None


@dataclass(frozen=True)
class Released:
    """An assignment as students got it; ``cells`` are those of its notebook, each source as one string."""

    assignment: str
    name: str
    lesson: str
    metadata: dict
    cells: tuple[dict, ...]
    graded: dict[str, Graded]
    hidden: dict[str, str]
    files: frozenset[str]
    rubrics: dict[str, dict]
    digest: str

    @cached_property
    def by_key(self) -> dict[str, dict]:
        """Give the cells by ``grade_id``, and by cell id where another cell does not claim that name."""
        named = {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in self.cells if _nbgrader(cell)}
        return {cell["id"]: cell for cell in self.cells} | named

    @cached_property
    def written(self) -> list[str]:
        """Give each cell as JSON, once for a whole batch; a cell that shows a rubric comes with it."""
        found = []
        for cell in self.cells:
            if cell["id"] in self.rubrics:
                shown = {"output_type": "display_data", "metadata": {}, "data": self.rubrics[cell["id"]]}
                cell = cell | {"outputs": [shown]}
            found.append(json.dumps(cell, ensure_ascii=False, separators=(",", ":")))
        return found

    @cached_property
    def texts(self) -> frozenset[str]:
        """Give the sources of all cells: what a student did not write."""
        return frozenset(cell["source"].strip() for cell in self.cells)


def load(
    folder: Path,
    assignment: str,
    sources: Mapping[str, str] | None = None,
    points: Mapping[str, float] | None = None,
    begin: str = BEGIN,
    end: str = END,
) -> Released:
    """Read a release folder. ``sources`` gives the lecturer's source and ``points`` the points of each graded cell.

    Without ``points`` those of the notebook count. Raises ``ReleaseError``.
    """
    notebooks = sorted(folder.glob("*.ipynb"))
    if not notebooks:
        raise ReleaseError(t("grading.release.missing", assignment=assignment))
    if len(notebooks) > 1:
        raise ReleaseError(t("grading.release.several", assignment=assignment))
    notebook = read_notebook(notebooks[0])
    sources = sources or {}
    reasons = problems(notebook)
    if not reasons and points is not None and points != _points(notebook):
        reasons = [t("grading.release.changed", assignment=assignment)]
    if reasons:
        raise ReleaseError(" ".join(reasons))
    lesson = notebook["metadata"].get("vermarkting", {}).get("id", assignment)
    graded = {}
    for cell in notebook["cells"]:
        entry = _nbgrader(cell)
        if entry.get("grade") or entry.get("solution"):
            grade_id = entry["grade_id"]
            source = sources.get(grade_id, "")
            check = None
            if cell["cell_type"] == "code":
                check = _check(source, grade_id, entry["points"], begin, end)
            value = float(entry["points"]) if entry.get("grade") else None
            graded[grade_id] = Graded(grade_id, value, cell["source"], check, questions_in(cell["source"], lesson))
    rubric_file = folder / rubrics.NAME
    digest = hashlib.sha256(notebooks[0].read_bytes())
    digest.update(rubric_file.read_bytes() if rubric_file.is_file() else b"")
    digest.update(json.dumps(dict(sources), sort_keys=True).encode())
    return Released(
        assignment,
        notebooks[0].stem,
        lesson,
        notebook["metadata"],
        tuple(notebook["cells"]),
        graded,
        {grade_id: sources[grade_id] for grade_id, cell in graded.items() if cell.check},
        frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()),
        _rubrics(notebook, rubric_file),
        digest.hexdigest(),
    )


def read_notebook(path: Path) -> dict:
    """Read one of our own notebooks, each source as one string. Raises ``ReleaseError``."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for number, cell in enumerate(notebook["cells"]):
            cell["source"] = "".join(cell["source"])
            cell.setdefault("id", f"cel-{number}")
            cell["metadata"].setdefault("nbgrader", {})
            if not cell["metadata"]["nbgrader"]:
                del cell["metadata"]["nbgrader"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(t("grading.release.unreadable", name=path.name)) from error
    return notebook


def problems(notebook: dict, begin: str | None = None, end: str = END) -> list[str]:
    """Say in Dutch which cells of a notebook cannot be graded without running a student's code.

    With ``begin`` the notebook is the lecturer's, and each graded code cell must hold a hidden check.
    """
    found = []
    seen = set()
    for cell in notebook["cells"]:
        entry = _nbgrader(cell)
        if not any(entry.get(part) for part in ("grade", "solution", "task")):
            continue
        grade_id = entry.get("grade_id")
        if not isinstance(grade_id, str) or grade_id in seen:
            found.append(t("grading.release.double", cell=grade_id))
            continue
        seen.add(grade_id)
        if entry.get("task"):
            found.append(t("grading.release.task", cell=grade_id))
        elif cell["cell_type"] == "code" and entry.get("solution"):
            found.append(t("grading.release.student_code", cell=grade_id))
        elif cell["cell_type"] != "code" and not entry.get("solution"):
            found.append(t("grading.release.no_answer_cell", cell=grade_id))
        elif cell["cell_type"] == "code" and begin is not None:
            try:
                _check(cell["source"], grade_id, entry.get("points"), begin, end)
            except ReleaseError as error:
                found.append(str(error))
    return found


def _check(source: str, grade_id: str, points: object, begin: str, end: str) -> Check:
    try:
        check = hidden.read(source, grade_id, begin, end)
    except HiddenCheckError as error:
        raise ReleaseError(str(error)) from error
    if check.points != points:
        raise ReleaseError(t("grading.release.other_points", cell=grade_id))
    return check


def _nbgrader(cell: dict) -> dict:
    return cell["metadata"].get("nbgrader", {})


def _points(notebook: dict) -> dict[str, float]:
    entries = (_nbgrader(cell) for cell in notebook["cells"])
    return {entry["grade_id"]: float(entry["points"]) for entry in entries if entry.get("grade")}


def questions_in(source: str, lesson: str) -> tuple[str, ...]:
    """Give the question ids that the visible source of a cell names."""
    try:
        known = data.questions(lesson)
        nodes = ast.walk(ast.parse(source))
    except (KeyError, SyntaxError):
        return ()
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return tuple(text for text in texts if text.partition(".")[0] == lesson and text.partition(".")[2] in known)


def _rubrics(notebook: dict, file: Path) -> dict[str, dict]:
    """Give what each cell ``g.rubric(…)`` shows, by cell id, made without executing the cell."""
    if not file.is_file():
        return {}
    found = rubrics.read(file)
    shown = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "grading" in cell["source"] and "g.rubric(" in cell["source"]:
            texts = [n.value for n in ast.walk(ast.parse(cell["source"])) if isinstance(n, ast.Constant)]
            rubric = next((found[text] for text in texts if text in found), next(iter(found.values())))
            shown[cell["id"]] = rubric._repr_mimebundle_()
    return shown
