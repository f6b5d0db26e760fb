"""Answers from a file: the newest of each, and nothing that is no answer sheet."""

import json

import pytest

from vermarkting.answers import AnswerError
from vermarkting.web.carrying import is_sheet, merged


def sheet(**answers: tuple[str, str]) -> str:
    entries = {f"01.{name}": {"value": value, "at": at} for name, (value, at) in answers.items()}
    return json.dumps({"schema": 1, "answers": entries})


EARLY, LATE = "2026-11-01T10:00:00.000+00:00", "2026-11-02T10:00:00.000+00:00"


def values(text: str) -> dict[str, object]:
    return {name: entry["value"] for name, entry in json.loads(text)["answers"].items()}


def test_of_each_answer_the_newest_counts():
    here = sheet(a=("oud", EARLY), b=("nieuw", LATE))
    there = sheet(a=("nieuw", LATE), b=("oud", EARLY), c=("alleen daar", EARLY))
    assert values(merged(here, there)) == {"01.a": "nieuw", "01.b": "nieuw", "01.c": "alleen daar"}
    assert values(merged(None, there)) == values(there)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": 99, "answers": {}}', "<script>alert(1)</script>"])
def test_what_is_no_sheet_is_refused(text):
    with pytest.raises(AnswerError):
        merged(None, text)


@pytest.mark.parametrize(
    "path", ["../x.json", "lessons/../../antwoorden.json", "lessons/anders.json", 3, None, "a/O1/"]
)
def test_only_answer_sheets_have_a_place(path):
    assert not is_sheet(path)
    assert is_sheet("lessons/antwoorden.json") and is_sheet("assignments/O3/teksten.json")
