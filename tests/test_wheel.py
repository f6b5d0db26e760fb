"""What students get: the built wheel."""

import io
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from vermarkting import giving_out
from vermarkting.web import bundle

ROOT = Path(__file__).parents[1]
BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Iterator[zipfile.ZipFile]:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-c", BUILD, str(out)], cwd=ROOT, check=True)
    [built] = out.glob("*.whl")
    with zipfile.ZipFile(built) as opened:
        yield opened


@pytest.fixture(scope="module")
def names(wheel) -> set[str]:
    return set(wheel.namelist())


@pytest.mark.parametrize("part", ["lessons", "assignments", "data"])
def test_holds_the_content(names, part):
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / part).rglob("*") if _is_content(path)}
    assert ours
    ours = {name for name in ours if not name.startswith("data/teaching/")}
    assert {f"vermarkting/_content/{name}" for name in ours} <= names


def _is_content(path: Path) -> bool:
    return path.is_file() and path.suffix in (".ipynb", ".csv", ".toml") and ".ipynb_checkpoints" not in path.parts


def test_holds_no_key_and_nothing_for_lecturers(wheel, names):
    assert not [name for name in names if "solutions" in name or "/keys" in name or "/teaching/" in name]
    content = Path(wheel.filename).read_bytes()
    assert list(giving_out.keys_in(content, ROOT / "solutions")) == []


def test_a_key_that_slipped_in_is_found():
    cells = json.loads((ROOT / "solutions" / "O1" / "O1.ipynb").read_text(encoding="utf-8"))["cells"]
    by_id = {cell["id"]: "".join(cell["source"]) for cell in cells}
    [key] = [line.strip() for line in by_id["o1-volgorde"].splitlines() if line.strip().startswith("g.order")]
    slipped = {
        "vermarkting/keys/o2.py": "# nothing",
        "vermarkting/_content/data/teaching/les_01.md": "De les",
        "vermarkting/_content/data/sources.csv": f"B1,{key}",
        "vermarkting/_content/lessons/01.md": by_id["o1-bespreking"].split("\n\n")[1],
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        for name, content in {"vermarkting/cli.py": "# a command", **slipped}.items():
            zipped.writestr(name, content)
    assert list(giving_out.keys_in(made.getvalue(), ROOT / "solutions")) == list(slipped)


OPENS = """
import json, sys
from pathlib import Path
import vermarkting
from vermarkting import cases, cli
from vermarkting.content import folder
assert Path(vermarkting.__file__).is_relative_to(sys.argv[1]), vermarkting.__file__
for page in ("lessons/03_de_tenderkamer.ipynb", "assignments/O1/O1.ipynb", "assignments/O5/O5.ipynb"):
    part, _, path = page.partition("/")
    for cell in json.loads((folder(part) / path).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), {})
assert cases.tables("O5", "r0123456") and cases.remarks(("O2.gewichten",), {"O2.studentnummer": "r0123456"}) == []
for room in ("keys", "teaching", "control", "grading.checks", "grading.autograde"):
    try:
        __import__(f"vermarkting.{room}")
    except ModuleNotFoundError:
        continue
    raise AssertionError(room)
assert cli.main(["controle"]) == 2
"""


def test_a_computer_of_ones_own_opens_lessons_and_assignments_from_the_zip_and_finds_no_key(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    made = giving_out.make(ROOT, tmp_path / "uit")
    with zipfile.ZipFile(made.zipped) as zipped:
        zipped.extractall(tmp_path)
    [given] = {path for path in tmp_path.iterdir() if path.name != "uit"}
    project = tomllib.loads((given / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = given / project["tool"]["uv"]["sources"]["vermarkting"]["path"]
    assert wheel.read_bytes() == made.wheel.read_bytes()
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["uv"]["constraint-dependencies"] == ours["tool"]["uv"]["constraint-dependencies"]
    told = (given / "LEESMIJ.txt").read_text(encoding="utf-8-sig")
    assert "py -m pip install uv\n" in told and "py -m uv run vermarkting\n" in told
    installed, student = tmp_path / "installed", tmp_path / "student"
    student.mkdir()
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(installed)
    command = [sys.executable, "-c", OPENS, str(installed)]
    environment = os.environ | {"PYTHONPATH": str(installed)}
    opened = subprocess.run(command, cwd=student, env=environment, capture_output=True, text=True)
    assert opened.returncode == 0, opened.stderr
    assert "voor docenten" in opened.stderr


def test_the_site_gives_no_key_either():
    assert list(giving_out.keys_in(bundle.build(), ROOT / "solutions")) == []


def test_holds_nobodys_answers(names):
    assert not [name for name in names if "antwoorden" in name or "gradebook" in name or ".ipynb_checkpoints" in name]


@pytest.mark.parametrize(
    "installed",
    [
        "share/jupyter/labextensions/vermarkting/package.json",
        "share/jupyter/labextensions/vermarkting/entry.js",
        "share/jupyter/labextensions/vermarkting/strict_form.js",
        "share/jupyter/kernels/vermarkting/kernel.json",
        "etc/jupyter/jupyter_server_config.d/vermarkting.json",
        "share/vermarkting/profile/jupyter_server_config.json",
        "share/vermarkting/profile/labconfig/page_config.json",
    ],
)
def test_installs_what_jupyter_looks_for(names, installed):
    assert [name for name in names if name.endswith(f".data/data/{installed}")]


def test_holds_the_profile_of_the_command(names):
    assert "vermarkting/lab/profile/labconfig/page_config.json" in names
    assert "vermarkting/lab/profile/jupyter_server_config.json" in names
    assert "vermarkting/lab/jupyter/kernels/vermarkting/kernel.json" in names
    assert "vermarkting/text/nl/answers.toml" in names
