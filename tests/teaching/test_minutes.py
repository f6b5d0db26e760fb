"""The minutes that a lesson states follow the rule, and the rule counts what it says."""

import json

import pytest

from vermarkting import data
from vermarkting.content import folder
from vermarkting.teaching import minutes
from vermarkting.teaching.items import lessons

DRIFT = 5  # a sentence more or less changes no lesson's minutes


def stated(lesson: str) -> int:
    row = next(row for row in data.rows("pages") if row["id"] == lesson)
    return json.loads((folder("lessons").parent / row["path"]).read_text(encoding="utf-8"))["metadata"]["vermarkting"][
        "minutes"
    ]


@pytest.mark.parametrize("lesson", lessons())
def test_a_lesson_states_what_the_rule_gives(lesson):
    counted = sum(minutes.shares(lesson).values()) / 60
    assert stated(lesson) % minutes.ROUNDED_TO == 0
    assert abs(stated(lesson) - counted) <= DRIFT, f"{lesson} takes {counted:.1f} minutes"


def test_every_kind_of_question_that_is_asked_takes_time():
    asked = {question["kind"] for lesson in lessons() for question in data.questions(lesson).values()}
    timed = {*minutes.SECONDS, *minutes.SECONDS_PER_ITEM, "text"}  # a text takes the time of writing it
    assert asked - timed <= {"picks", "notes"}  # what the argument lab remembers, which is its own time


def test_the_rule_counts_reading_answering_writing_and_trying(monkeypatch, tmp_path):
    cells = [
        {"cell_type": "markdown", "id": "x-titel", "source": ["een twee " * 100]},
        {
            "cell_type": "markdown",
            "id": "x-praat",
            "source": ["<details>\n<summary>Praat erover: ja</summary>\n\na\n</details>"],
        },
        {"cell_type": "markdown", "id": "x-bronnen", "source": ["lang " * 500]},
        {"cell_type": "code", "id": "x-verken", "source": ["from vermarkting import explorables as e; e.timeline()"]},
    ]
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": cells}))
    monkeypatch.setattr(minutes, "page", lambda lesson: {"path": "x.ipynb"})
    monkeypatch.setattr(minutes, "folder", lambda name: tmp_path / name)
    option = {"text": "nee", "explanation": "want niet"}
    asked = {
        "a": {"kind": "single", "prompt": "", "options": [option, {**option, "explanation": "ook hier niet dus"}]},
        "b": {"kind": "text", "prompt": "", "min_words": 24},
    }
    monkeypatch.setattr(minutes.data, "questions", lambda lesson: asked)
    words = 200 + 2 + 3  # the cell, two options, and an explanation of three words on average
    expected = {"reading": 60 * words / 200, "answering": 20, "writing": 120, "trying": 120}
    assert minutes.shares("x") == pytest.approx(expected)
    assert minutes.minutes("x") == 5
