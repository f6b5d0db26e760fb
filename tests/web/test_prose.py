"""Prose written on a page is kept as an answer and stands in the notebook that is handed in."""

import json
import shutil

import pytest

from vermarkting.answers import AnswerSheet
from vermarkting.carrying import TEXTS
from vermarkting.content import folder
from vermarkting.pictures import NAME as PICTURES
from vermarkting.web import page_kernel, prose


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
    assert AnswerSheet(tmp_path / TEXTS).get("O3.o3-advies").value == "Ik weeg **twee** wegen af."


def test_a_fresh_notebook_gets_what_was_kept(essay, tmp_path):
    essay.answer = "Van gisteren."
    shutil.copy(folder("assignments") / "O3" / "O3.ipynb", tmp_path)
    again = prose.cell("O3", "o3-advies", 600)
    assert again.answer == "Van gisteren."
    assert written(tmp_path) == "Van gisteren."


def test_a_picture_stands_in_the_text_and_in_the_notebook(essay, tmp_path):
    sent = []
    essay.send = sent.append
    essay._on_picture(essay, {"picture": True}, [b"\x89PNG\r\n\x1a\n" + bytes(9)])
    essay._on_picture(essay, {"picture": True}, [b"<svg>"])
    [name, refused] = [next(iter(one.values())) for one in sent]
    assert "geen beeld" in refused and list(essay.pictures) == [name]
    essay.answer = f"Zie ![de tabel](attachment:{name})."
    cells = json.loads((tmp_path / "O3.ipynb").read_text(encoding="utf-8"))["cells"]
    assert list(next(cell for cell in cells if cell["id"] == "o3-advies")["attachments"]) == [name]
    assert prose.cell("O3", "o3-advies").pictures == essay.pictures


def test_a_picture_that_could_not_be_kept_is_no_longer_shown(essay, tmp_path):
    essay.send = lambda _message: None
    essay._on_picture(essay, {"picture": True}, [b"\x89PNG\r\n\x1a\n" + bytes(9)])
    assert len(essay.pictures) == 1
    (tmp_path / PICTURES).unlink()  # as the worker goes back where the browser has no room
    page_kernel.changed()
    assert essay.pictures == {}
