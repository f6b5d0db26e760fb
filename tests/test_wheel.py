"""What students get: the built wheel."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

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
    assert {f"vermarkting/_content/{name}" for name in ours} <= names


def _is_content(path: Path) -> bool:
    return path.is_file() and path.suffix in (".ipynb", ".csv", ".toml") and ".ipynb_checkpoints" not in path.parts


def test_holds_no_solution(wheel, names):
    solutions = {path.read_bytes() for path in (ROOT / "solutions").rglob("*.ipynb")}
    assert solutions
    assert not [name for name in names if "solutions" in name]
    assert not [name for name in names if name.endswith(".ipynb") and wheel.read(name) in solutions]


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
