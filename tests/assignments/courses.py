"""A copy of the course in a temporary folder, driven with nbgrader's own commands."""

import ast
import json
import os
import shutil
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

from nbgrader.api import Gradebook

import vermarkting
from vermarkting.content import folder

ROOT = folder("assignments").parent
ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "solutions").glob("*/*.ipynb"))
RELEASED = [name for name in ASSIGNMENTS if (ROOT / "assignments" / name / f"{name}.ipynb").is_file()]
KERNELS = Path(vermarkting.__file__).parent / "lab" / "jupyter"

# Each command runs in a process of its own, forked from one that has imported nbgrader already: that takes seconds.
_WARM = get_context("spawn" if os.name == "nt" else "forkserver")
_WARM.set_forkserver_preload(["nbgrader.apps.nbgraderapp", "vermarkting.grading.plugins"])


class Course:
    """One course folder with a gradebook of its own."""

    def __init__(self, place: Path):
        self.place = place
        shutil.copytree(ROOT / "solutions", place / "solutions")
        for settings in ROOT.glob("nbgrader_config.*"):
            shutil.copy(settings, place)

    def copy(self, place: Path) -> "Course":
        """Give a course of its own with all that is in this one."""
        shutil.copytree(self.place, place)
        return Course.at(place)

    @classmethod
    def at(cls, place: Path) -> "Course":
        """Give the course in a folder that is there already."""
        course = cls.__new__(cls)
        course.place = place
        return course

    def nbgrader(self, *arguments: str, code: int = 0) -> str:
        """Run ``nbgrader ARGUMENTS`` in the course folder, expect its exit code, and give what it said."""
        command = self.command(*arguments)
        with tempfile.TemporaryDirectory() as place:
            said = Path(place, "said")
            process = _WARM.Process(target=_run, args=(arguments, self.place, command["env"], said))
            process.start()
            process.join(300)
            ended, text = process.exitcode, said.read_text(encoding="utf-8")
            process.kill()
        assert ended == code, text
        return text

    def command(self, *arguments: str) -> dict:
        """Give what ``subprocess`` needs to run ``nbgrader ARGUMENTS`` as from a shell without our environment."""
        environment = {
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(self.place / "home"),
            "JUPYTER_CONFIG_DIR": str(self.place / "no-config"),
        }
        if os.name == "nt":
            environment = os.environ | environment | {"PATH": str(Path(os.environ["SYSTEMROOT"], "System32"))}
        arguments = [sys.executable, "-m", "nbgrader", *arguments]
        return {"args": arguments, "cwd": self.place, "env": environment, "text": True, "encoding": "utf-8"}

    def hand_in(self, student: str, assignment: str) -> Path:
        """Give a student's folder with the released assignment in it, ready to be filled in."""
        place = self.place / "submitted" / student / assignment
        shutil.copytree(self.place / "assignments" / assignment, place)
        return place

    def points(self, student: str, assignment: str) -> dict[str, float | None]:
        """Give the points nbgrader's gradebook holds for every graded cell; ``None`` waits for a person."""
        with Gradebook(f"sqlite:///{self.place / 'gradebook.db'}") as gradebook:
            submission = gradebook.find_submission(assignment, student)
            return {grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades}


def _run(arguments: tuple[str, ...], place: Path, environment: dict[str, str], said: Path) -> None:
    """What happens in the forked process: as from a shell, with everything said in one file."""
    from nbgrader.apps.nbgraderapp import NbGraderApp

    os.chdir(place)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["nbgrader", *arguments]
    with said.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    NbGraderApp.launch_instance()


def cells(path: Path) -> list[dict]:
    """Give the cells of a notebook, each source as one string."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell | {"source": "".join(cell["source"])} for cell in notebook["cells"]]


def graded(notebook_cells: list[dict]) -> dict[str, dict]:
    """Give the graded cells by ``grade_id``."""
    found = [cell for cell in notebook_cells if cell["metadata"].get("nbgrader", {}).get("grade")]
    return {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in found}


def hidden_check(source: str) -> tuple[str, list, dict]:
    """Give name, arguments and keyword arguments of the one call inside the hidden part of a test cell."""
    _, rest = source.split("### BEGIN VERBORGEN CONTROLE\n")
    hidden, after = rest.split("### EINDE VERBORGEN CONTROLE")
    assert after == "", "the hidden check must be the last expression"
    bring, statement = ast.parse(hidden).body
    assert ast.unparse(bring) == "from vermarkting import grading as g"
    call = statement.value
    assert call.func.value.id == "g"
    keywords = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    return call.func.attr, [ast.literal_eval(argument) for argument in call.args], keywords
