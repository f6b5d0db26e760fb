"""What students get: the module as a wheel, and a zip for a computer of their own. Neither tells a graded answer.

The wheel leaves out what ``pyproject.toml`` says: the keys and checks, and the lecturer's pages. Before anything is
given out it is searched for what stands in the lecturers' notebooks only.
"""

import contextlib
import hashlib
import importlib.util
import io
import json
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vermarkting.files import write_whole
from vermarkting.text import t

ZIP = "vermarkting-studenten.zip"
READ_ME = "LEESMIJ.txt"
MANUAL = Path("data", "manuals", "student.txt")
LECTURERS = ("control/", "grading/checks/", "grading/autograde/", "keys/", "teaching/", "_content/data/teaching/")

_HIDDEN = ("BEGIN VERBORGEN CONTROLE", "EINDE VERBORGEN CONTROLE")
_LONG = 60  # characters: what is shorter could stand somewhere else by chance
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class GiveOutError(Exception):
    """Nothing can be given out like this; ``str()`` is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class GivenOut:
    """The two files that were written."""

    wheel: Path
    zipped: Path


def make(course: Path, target: Path) -> GivenOut:
    """Write wheel and zip in the folder ``target``. Raises ``GiveOutError``, and ``OSError`` where it cannot write.

    ``course`` is the folder of the module, with ``pyproject.toml`` and ``solutions``.
    """
    if not all((course / name).exists() for name in ("pyproject.toml", "solutions", "src/vermarkting")):
        raise GiveOutError(t("giving_out.no_module", folder=course))
    if not importlib.util.find_spec("hatchling"):
        raise GiveOutError(t("giving_out.no_builder"))
    name, wheel = _wheel(course)
    # A number of its own: who unpacks a new zip over an old one must get the new wheel.
    build = int(hashlib.sha256(wheel).hexdigest()[:8], 16)
    name = name.replace("-py3-", f"-{build}-py3-")
    if told := next(keys_in(wheel, course / "solutions"), None):
        raise GiveOutError(t("giving_out.holds_key", file=told))
    target.mkdir(parents=True, exist_ok=True)
    made = GivenOut(target / name, target / ZIP)
    write_whole(made.wheel, wheel)
    write_whole(made.zipped, _zip(course, name, wheel))
    return made


def keys_in(wheel: bytes, solutions: Path) -> Iterator[str]:
    """Give the files in a wheel that belong to lecturers, or that hold a key or model answer of ``solutions``."""
    secrets = set(_secrets(solutions))
    with zipfile.ZipFile(io.BytesIO(wheel)) as opened:
        for name in opened.namelist():
            content = opened.read(name).decode(errors="ignore")
            if name.endswith(".ipynb"):
                content = "\n".join("".join(cell["source"]) for cell in json.loads(content)["cells"])
            if name.removeprefix("vermarkting/").startswith(LECTURERS) or any(secret in content for secret in secrets):
                yield name


def _secrets(solutions: Path) -> Iterator[str]:
    """Give each line of a key, and each paragraph of a model answer."""
    for path in sorted(solutions.glob("*/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if _HIDDEN[0] in source:
                hidden = source.split(_HIDDEN[0])[1].split(_HIDDEN[1])[0]
                yield from (line.strip() for line in hidden.splitlines() if "[" in line or ":" in line)
            elif cell["cell_type"] == "markdown" and cell["metadata"].get("nbgrader", {}).get("solution"):
                yield from (text for text in source.split("\n\n") if len(text) >= _LONG)


def _wheel(course: Path) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place]
        built = subprocess.run(command, cwd=course, capture_output=True, text=True)
        with contextlib.suppress(ValueError):
            [path] = Path(place).glob("*.whl")
            return path.name, path.read_bytes()
        raise GiveOutError(t("giving_out.not_built", reason=(built.stderr.strip().splitlines() or [""])[-1]))


def _zip(course: Path, name: str, wheel: bytes) -> bytes:
    files = {
        name: wheel,
        "pyproject.toml": _project(course, name).encode(),
        # Notepad of an older Windows wants to be told where a line ends and that this is UTF-8.
        READ_ME: (course / MANUAL).read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-8-sig"),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for file, content in sorted(files.items()):
            zipped.writestr(zipfile.ZipInfo(f"{Path(ZIP).stem}/{file}", _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _project(course: Path, wheel: str) -> str:
    """A project of its own that needs the wheel, in the versions that the module was tested with."""
    settings = tomllib.loads((course / "pyproject.toml").read_text(encoding="utf-8"))
    pinned = "".join(f"    {json.dumps(entry)},\n" for entry in settings["tool"]["uv"]["constraint-dependencies"])
    return (
        "[project]\n"
        f'name = "{Path(ZIP).stem}"\n'
        f'version = "{settings["project"]["version"]}"\n'
        f'requires-python = "{settings["project"]["requires-python"]}"\n'
        'dependencies = ["vermarkting"]\n\n'
        "[tool.uv]\n"
        "package = false\n"
        f"constraint-dependencies = [\n{pinned}]\n\n"
        "[tool.uv.sources]\n"
        f'vermarkting = {{ path = "{wheel}" }}\n'
    )
