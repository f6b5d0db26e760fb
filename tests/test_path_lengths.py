"""Windows opens no path of 260 characters or more: ours stay below it in a long folder of OneDrive."""

import re
import sysconfig
from pathlib import Path

import pytest

from vermarkting.lab import delivery
from vermarkting.lab.delivery import HIDDEN
from vermarkting.text import t

ROOT = Path(__file__).parents[1]
LIMIT = 260
ONEDRIVE = r"C:\Users\voornaam.familienaam-dubbel\OneDrive - Hogeschool met een lange naam"
CHECKOUT = ONEDRIVE + r"\Documenten\Sociaal werk\Academiejaar 2026-2027\vermarkting-main\vermarkting-main"
STUDENT = ONEDRIVE + r"\Documenten\Sociaal werk\Academiejaar 2026-2027\vermarkting"


def longest(folder: str, names: list[str]) -> str:
    return max((f"{folder}\\{name}" for name in names), key=len)


def test_of_the_project_itself():
    tops = [top for top in ROOT.iterdir() if not top.name.startswith(".")]
    files = [path for top in tops for path in (top.rglob("*") if top.is_dir() else [top]) if path.is_file()]
    ours = [path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts]
    modules = [Path(name) for name in ours if name.endswith(".py")]
    # Python writes what it compiled beside a module, under a longer name first.
    compiled = [f"{path.parent}/__pycache__/{path.stem}.cpython-314.opt-1.pyc.1234567890123" for path in modules]
    path = longest(CHECKOUT, [*ours, *compiled])
    assert len(path) < LIMIT, path


def test_of_the_installed_module():
    own = [path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*") if path.is_file()]
    delivered = [f"vermarkting/{name}" for name, _ in delivery._packaged_files()]
    path = longest(CHECKOUT + r"\.venv\Lib\site-packages", own + delivered)
    assert len(path) < LIMIT, path


def test_of_what_a_student_gets_and_makes():
    label = t("cli.newer_version_number", number=999)
    names = [name for name, _ in delivery._packaged_files()]
    beside = [f"{Path(name).with_suffix('')} ({label}){Path(name).suffix}" for name in names]
    kept = [
        f"{Path(name).parent}/{extra}" for name in names for extra in ("antwoorden.json.lock", "antwoorden.json.tmp")
    ]
    checkpoints = [f"{Path(name).parent}/.ipynb_checkpoints/{Path(name).stem}-checkpoint.ipynb" for name in beside]
    own = [f"{HIDDEN}/settings/@jupyterlab/application-extension/context-menu.jupyterlab-settings"]
    path = longest(STUDENT, [*beside, *kept, *checkpoints, *own])
    assert len(path) < LIMIT, path


@pytest.mark.parametrize(
    ("told", "environment"),
    [
        (r"langer dan (\d+) tekens", r"{folder}\.venv"),
        (r"mag het pad (\d+) tekens", r"C:\Users\voornaam.familienaam-dubbel\.vermarkting"),
    ],
)
def test_of_all_that_is_installed_in_a_folder_as_long_as_the_readme_says(told, environment):
    folder = "x" * int(re.search(told, (ROOT / "README.md").read_text(encoding="utf-8"))[1])
    place = Path(sysconfig.get_path("purelib"))
    installed = [str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()]
    own = [str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("*") if path.is_file()]
    path = longest(environment.format(folder=folder) + r"\Lib\site-packages", installed)
    assert len(max(path, longest(folder, own), key=len)) < LIMIT, path
