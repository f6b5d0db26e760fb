"""The server's part: a save takes the answers along, and nothing can stop a save."""

import json
import logging
from types import SimpleNamespace

import pytest

from vermarkting import answers
from vermarkting.lab import server


@pytest.fixture
def contents(tmp_path):
    return SimpleNamespace(_get_os_path=lambda path: str(tmp_path / path), log=logging.getLogger("contents"))


def model(**metadata) -> dict:
    return {"type": "notebook", "content": {"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}}


def test_takes_the_answers_beside_the_notebook(tmp_path, contents):
    (tmp_path / "map").mkdir()
    answers.AnswerSheet(tmp_path / "map" / answers.NAME).put("01.vraag", "a")
    saving = model(vermarkting={"id": "01", "kind": "lesson", "minutes": 5})
    server.take_answers_along(model=saving, path="map/les.ipynb", contents_manager=contents)
    assert answers.from_notebook(saving["content"])["01.vraag"].value == "a"


@pytest.mark.parametrize(
    "saving",
    [
        model(),
        model(vermarkting={"id": "01"}) | {"type": "file"},
        {"type": "notebook", "content": None},
        {"type": "directory"},
        {"type": "notebook", "content": "chunk", "chunk": 1},
    ],
)
def test_leaves_everything_else_alone(tmp_path, contents, saving):
    answers.AnswerSheet(tmp_path / answers.NAME).put("01.vraag", "a")
    before = json.dumps(saving)
    server.take_answers_along(model=saving, path="les.ipynb", contents_manager=contents)
    assert json.dumps(saving) == before


def test_an_error_never_stops_a_save_and_tells_nothing_personal(contents, monkeypatch, caplog):
    def fail(*_):
        raise RuntimeError("het antwoord van Noor in /home/noor")

    monkeypatch.setattr(answers, "embed", fail)
    server.take_answers_along(model=model(vermarkting={"id": "01"}), path="les.ipynb", contents_manager=contents)
    assert "RuntimeError" in caplog.text
    assert "Noor" not in caplog.text and "noor" not in caplog.text


def test_plotly_is_found_without_importing_it():
    import subprocess
    import sys

    code = "import sys; from vermarkting.lab import server; server._plotly(); sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
