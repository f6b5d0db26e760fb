"""Prose written on a page is kept as an answer and stands in the notebook that is handed in."""

import json
import shutil

import pytest

from vermarkting.answers import AnswerSheet
from vermarkting.content import folder
from vermarkting.web import prose


@pytest.fixture
def essay(tmp_path, monkeypatch):
    shutil.copy(folder("assignments") / "O3" / "O3.ipynb", tmp_path)
    monkeypatch.chdir(tmp_path)
    return prose.cell("O3", "o3-advies", 600)


def written(tmp_path) -> str:
    cells = json.loads((tmp_path / "O3.ipynb").read_text(encoding="utf-8"))["cells"]
    return next("".join(cell["source"]) for cell in cells if cell["id"] == "o3-advies")


def test_what_is_kept_stands_in_the_notebook(essay, tmp_path):
    essay.answer = "Ik weeg **twee** wegen af."
    assert written(tmp_path) == "Ik weeg **twee** wegen af."
    assert AnswerSheet(tmp_path / prose.SHEET).get("O3.o3-advies").value == "Ik weeg **twee** wegen af."


def test_a_fresh_notebook_gets_what_was_kept(essay, tmp_path):
    essay.answer = "Van gisteren."
    shutil.copy(folder("assignments") / "O3" / "O3.ipynb", tmp_path)
    again = prose.cell("O3", "o3-advies", 600)
    assert again.answer == "Van gisteren."
    assert written(tmp_path) == "Van gisteren."
