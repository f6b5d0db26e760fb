"""What a cell of an assignment shows and gives back: one sentence, and points as a number."""

import json

import pytest

from vermarkting import grading
from vermarkting.answers import AnswerSheet


@pytest.fixture
def shown(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: texts.append(data))
    return texts


def test_a_check_gives_points_and_shows_a_sentence(shown):
    AnswerSheet().put("O1.tegenspraak", ["u1", "u2"])
    assert grading.multiple("O1.tegenspraak", ["u1", "u2", "u3"], points=12) == 8.0
    assert shown[0]["text/plain"] == "Je kreeg 8 van de 12 punten. Je koos 2 van de 3 juiste uitspraken en 0 foute."
    assert shown[0]["text/html"] == f"<p>{shown[0]['text/plain']}</p>"


def test_points_are_a_plain_number_for_nbgrader(shown):
    assert repr(grading.written("O1.welk_cijfer", 20, points=2)) == "0.0"


def test_a_damaged_sheet_earns_nothing_and_is_said(shown, tmp_path):
    (tmp_path / "antwoorden.json").write_text("kapot")
    assert grading.order("O1.volgorde", ["g1", "g2", "g3", "g4", "g5", "g6"], points=6) == 0.0
    assert "beschadigd" in shown[0]["text/plain"]


def test_sentences_are_escaped(shown, monkeypatch):
    monkeypatch.setattr(grading.checks, "CHECKS", {"written": lambda answers, *_: (1.0, "<script>x</script>")})
    grading.written("O1.welk_cijfer", 20, points=2)
    assert "<script>" not in shown[0]["text/html"]


def test_answers_of_a_moved_notebook_count(shown, tmp_path):
    answers = {"schema": 1, "answers": {"O1.tegenspraak": {"value": ["u1"], "at": "2026-01-01T00:00:00.000+00:00"}}}
    moved = {"cells": [], "metadata": {"vermarkting": {"id": "O1", "answers": answers}}}
    (tmp_path / "O1.ipynb").write_text(json.dumps(moved))
    assert grading.multiple("O1.tegenspraak", ["u1", "u2", "u3"], points=12) == 4.0
