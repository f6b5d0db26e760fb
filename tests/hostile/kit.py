"""An honest hand-in of any assignment, to be spoilt in one way at a time."""

import copy
import json
from dataclasses import dataclass, field
from pathlib import Path

from courses import ROOT, cells, graded
from model_answers import honest_answers

from vermarkting.answers import NAME

AT = "2026-03-12T10:00:00.000+00:00"
ESSAY = 'Dit is mijn tekst. Ik weeg twee bronnen af: 3 < 5 & "R&D" kost $20 of $30.\n\nTweede alinea, met *nadruk*.'


@dataclass
class Kit:
    """What a hand-in is made of. ``notebook`` and ``sheet`` are fresh copies, to be changed at will."""

    assignment: str
    canary: Path
    prose: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.released = json.loads((ROOT / "assignments" / self.assignment / self.file).read_text(encoding="utf-8"))
        found = graded(cells(ROOT / "assignments" / self.assignment / self.file))
        self.points = {name: cell["metadata"]["nbgrader"]["points"] for name, cell in found.items()}
        self.prose = [name for name, cell in found.items() if cell["cell_type"] == "markdown"]
        self.checked = [name for name in found if name not in self.prose]
        self.answers = honest_answers(self.assignment)

    def of(self, student: str) -> "Kit":
        """Give the same with this student's number typed in it, where the assignment asks for one."""
        own, asked = copy.copy(self), f"{self.assignment}.studentnummer"
        own.answers = self.answers | ({asked: student} if asked in self.answers else {})
        return own

    @property
    def file(self) -> str:
        return f"{self.assignment}.ipynb"

    @property
    def notebook(self) -> dict:
        """The released notebook with an essay in every answer cell and the answers in its metadata."""
        notebook = copy.deepcopy(self.released)
        for name in self.prose:
            self.cell(notebook, name)["source"] = ESSAY
        notebook["metadata"]["vermarkting"]["answers"] = self.sheet
        return notebook

    @property
    def bare(self) -> dict:
        """The same without answers in its metadata."""
        notebook = self.notebook
        del notebook["metadata"]["vermarkting"]["answers"]
        return notebook

    @property
    def sheet(self) -> dict:
        answers = copy.deepcopy(self.answers)
        return {"schema": 1, "answers": {key: {"value": value, "at": AT} for key, value in answers.items()}}

    @staticmethod
    def cell(notebook: dict, grade_id: str) -> dict:
        cells = notebook["cells"]
        return next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)

    def write(self, place: Path, notebook: object = None, sheet: object = None, name: str | None = None) -> None:
        """Write a notebook and a sheet; bytes as they are, ``False`` for none, ``None`` for the honest one."""
        place.mkdir(parents=True, exist_ok=True)
        for file, given, honest in ((name or self.file, notebook, self.notebook), (NAME, sheet, self.sheet)):
            if given is False:
                continue
            content = honest if given is None else given
            if not isinstance(content, bytes):
                content = json.dumps(content, ensure_ascii=True).encode()
            (place / file).write_bytes(content)

    def code(self, source: str, **more: object) -> dict:
        """A code cell as a student could add it."""
        return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": 1, **more}

    @staticmethod
    def text(source: object, **more: object) -> dict:
        return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def snapshot(place: Path) -> dict[str, object]:
    """Say of everything below a folder what it is and holds, without following links or reading large files."""
    found = {}
    for path in sorted(place.rglob("*")):
        status = path.lstat()
        name = str(path.relative_to(place)).encode("utf-8", "surrogateescape")
        plain = path.is_file() and not path.is_symlink()
        found[name] = (
            status.st_mode,
            status.st_size if plain else 0,
            path.read_bytes() if plain and status.st_size < 1e6 else None,
        )
    return found
