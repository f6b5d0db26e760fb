"""The answer sheet keeps every confirmed answer and believes no file before it has been checked."""

import json
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from vermarkting.answers import Answer, AnswerError, AnswerSheet, embed, from_notebook, merge, parse, saved_at, store
from vermarkting.text import t

NOON = "2026-11-22T12:00:00.000+00:00"


def sheet_bytes(entries=None, **changes) -> bytes:
    document = {"schema": 1, "answers": {"O1.termen": {"value": "x", "at": NOON}} if entries is None else entries}
    return json.dumps(document | changes).encode()


def notebook(lesson="O1", **carried):
    return {"cells": [], "metadata": {"vermarkting": {"id": lesson, "kind": "assignment", **carried}}}


@pytest.fixture
def sheet(tmp_path):
    return AnswerSheet(tmp_path / "antwoorden.json")


# Saving and finding again


@pytest.mark.parametrize("value", ["", "é ✓ 🙂", True, False, 0, -2.5, [], ["b", "a"], {"k": [1, {"a": False}]}])
def test_an_answer_comes_back_from_another_sheet_object(sheet, value):
    saved = sheet.put("O1.termen", value)
    found = AnswerSheet(sheet.path).get("O1.termen")
    assert found == saved
    assert found.value == value and type(found.value) is type(value)


def test_unknown_question_and_missing_file(sheet):
    assert sheet.get("O1.termen") is None
    assert sheet.all() == {}
    assert sheet.notice is None
    assert not sheet.path.exists()


def test_the_default_sheet_stands_in_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    AnswerSheet().put("01.naam", "a")
    assert (tmp_path / "antwoorden.json").is_file()


def test_the_file_is_readable_by_people_and_stable(sheet):
    sheet.put("O1.b", "tweede")
    sheet.put("O1.a", "é")
    text = sheet.path.read_text(encoding="utf-8")
    document = json.loads(text)
    assert document["schema"] == 2
    assert list(document["answers"]) == ["O1.a", "O1.b"]
    assert '"value": "é"' in text and "\n " in text
    at = datetime.fromisoformat(document["answers"]["O1.a"]["at"])
    assert at.utcoffset() == timedelta(0) and abs(datetime.now(UTC) - at) < timedelta(seconds=10)


def test_a_later_answer_to_the_same_question_is_strictly_newer(sheet):
    moments = [sheet.put("O1.termen", number).at for number in range(20)]
    assert moments == sorted(set(moments))


def test_a_later_answer_is_newer_even_when_the_clock_was_put_back(sheet):
    ahead = datetime(2400, 1, 1, tzinfo=UTC)
    sheet.path.write_bytes(sheet_bytes({"O1.termen": {"value": "x", "at": ahead.isoformat(timespec="milliseconds")}}))
    put_at = sheet.put("O1.termen", "y").at
    assert ahead < put_at < ahead + timedelta(minutes=1)  # goes on from there at the pace of time


def test_saved_at_speaks_local_time(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Brussels")
    time.tzset()
    try:
        assert saved_at(Answer("x", datetime(2020, 7, 1, 22, 3, tzinfo=UTC))) == "Bewaard op 02/07/2020 om 00:03."
        now = datetime.now(UTC)
        assert saved_at(Answer("x", now)) == f"Bewaard om {now.astimezone():%H:%M}."
    finally:
        monkeypatch.undo()
        time.tzset()


def test_importing_the_sheet_stays_light():
    heavy = "{'pandas', 'ipywidgets', 'IPython', 'plotly'}"
    code = f"import sys, vermarkting.answers; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


# What is refused


@pytest.mark.parametrize(
    "value",
    [
        None,
        float("nan"),
        float("inf"),
        10**400,
        "x" * 20_001,
        "\ud83d",
        {"\ud83d": 1},
        {1: "a"},
        b"x",
        [[[["te diep"]]]],
        list(range(201)),
        [list(range(150)), list(range(150))],
        {"a": {"b": object()}},
    ],
)
def test_values_outside_the_limits_are_refused_and_nothing_is_written(sheet, value):
    with pytest.raises(AnswerError) as refused:
        sheet.put("O1.termen", value)
    assert str(refused.value).endswith(".")
    assert not sheet.path.exists()


@pytest.mark.parametrize("value", ["x" * 20_000, [[["diep"]]], list(range(200)), 1e15])
def test_values_at_the_limits_are_kept(sheet, value):
    sheet.put("O1.termen", value)
    assert sheet.get("O1.termen").value == value


@pytest.mark.parametrize(
    "question_id", ["", "O1", "O1.", ".x", "O1.é", "../x.y", "O1.a b", "O1.x\n", "a" * 17 + ".b", 3]
)
def test_impossible_question_ids_are_refused(sheet, question_id):
    with pytest.raises(AnswerError):
        sheet.put(question_id, "x")


def test_a_full_sheet_says_so_and_keeps_what_it_has(sheet):
    for number in range(49):
        sheet.put(f"O1.v{number}", "x" * 20_000)
    with pytest.raises(AnswerError, match="megabyte"):
        for number in range(49, 52):
            sheet.put(f"O1.v{number}", "x" * 20_000)
    assert len(sheet.all()) >= 49 and sheet.notice is None


DAMAGED = {
    "empty": b"",
    "cut off": sheet_bytes()[:-9],
    "not utf-8": '{"schema": 1, "answers": {"O1.x": {"value": "é"'.encode("latin-1"),
    "utf-16": sheet_bytes().decode().encode("utf-16"),
    "a list": b"[]",
    "nul bytes": b"\0" * 500,
    "nan": sheet_bytes().replace(b'"x"', b"NaN"),
    "infinity": sheet_bytes().replace(b'"x"', b"-Infinity"),
    "overflow": sheet_bytes().replace(b'"x"', b"1e999"),
    "huge integer": sheet_bytes().replace(b'"x"', b"9" * 6000),
    "lone surrogate": sheet_bytes().replace(b'"x"', b'"\\ud800"'),
    "null": sheet_bytes().replace(b'"x"', b"null"),
    "deep": b'{"schema": 1, "answers": ' + b"[" * 400_000,
    "too deep a value": sheet_bytes().replace(b'"x"', b"[[[[1]]]]"),
    "doubled question": b'{"schema":1,"answers":{"O1.x":{"value":1,"at":"%b"},"O1.x":{"value":2,"at":"%b"}}}'
    % ((NOON.encode(),) * 2),
    "schema is true": sheet_bytes(schema=True),
    "schema is text": sheet_bytes(schema="1"),
    "schema is zero": sheet_bytes(schema=0),
    "no schema": b'{"answers": {}}',
    "extra key": sheet_bytes(student="x"),
    "answers is a list": sheet_bytes(answers=[]),
    "entry is text": sheet_bytes({"O1.x": "x"}),
    "entry without time": sheet_bytes({"O1.x": {"value": 1}}),
    "naive time": sheet_bytes({"O1.x": {"value": 1, "at": "2026-11-22T12:00:00.000"}}),
    "impossible time": sheet_bytes({"O1.x": {"value": 1, "at": "2026-02-30T12:00:00.000+00:00"}}),
    "year 1": sheet_bytes({"O1.x": {"value": 1, "at": "0001-01-01T00:00:00.000+00:00"}}),
    "number as time": sheet_bytes({"O1.x": {"value": 1, "at": 1700000000}}),
    "bad id": sheet_bytes({"../../x": {"value": 1, "at": NOON}}),
    "parts in version 1": sheet_bytes({"O1.x": {"value": {"a": 1}, "at": NOON, "parts": {}}}),
    "parts of one part": sheet_bytes({"O1.x": {"value": "a", "at": NOON, "parts": {}}}, schema=2),
    "parts that are a list": sheet_bytes({"O1.x": {"value": ["a"], "at": NOON, "parts": ["a"]}}, schema=2),
    "parts without moments": sheet_bytes({"O1.x": {"value": ["a"], "at": NOON, "parts": {"a": 1}}}, schema=2),
    "a thousand parts": sheet_bytes(
        {"O1.x": {"value": [], "at": NOON, "parts": {f"p{n}": NOON for n in range(1000)}}}, schema=2
    ),
    "other texts of a number": sheet_bytes({"O1.x": {"value": 1, "at": NOON, "also": ["x"]}}, schema=2),
    "other texts that are none": sheet_bytes({"O1.x": {"value": "x", "at": NOON, "also": [1]}}, schema=2),
    "too many other texts": sheet_bytes({"O1.x": {"value": "x", "at": NOON, "also": ["y"] * 21}}, schema=2),
    "too many": sheet_bytes({f"O1.v{n}": {"value": 1, "at": NOON} for n in range(2001)}),
    "too big": sheet_bytes() + b" " * 1_000_000,
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_sheet_is_refused_put_aside_and_said_so(sheet, data):
    with pytest.raises(AnswerError) as refused:
        parse(data)
    assert str(refused.value).count(".") == 1
    sheet.path.write_bytes(data)
    assert sheet.all() == {}
    aside = list(sheet.path.parent.glob("antwoorden (beschadigd *"))
    assert [file.read_bytes() for file in aside] == [data]
    assert aside[0].name in sheet.notice
    sheet.put("O1.termen", "opnieuw")
    assert AnswerSheet(sheet.path).get("O1.termen").value == "opnieuw"


def test_every_damaged_sheet_is_kept_under_its_own_name(sheet):
    for content in (b"een", b"twee", b"drie"):
        sheet.path.write_bytes(content)
        sheet.put("O1.termen", "x")
    kept = [file.read_bytes() for file in sheet.path.parent.glob("antwoorden (beschadigd *")]
    assert sorted(kept) == [b"drie", b"een", b"twee"]


def test_a_folder_or_a_pipe_in_its_place_is_put_aside(sheet):
    sheet.path.mkdir()
    sheet.put("O1.termen", "x")
    sheet.path.unlink()
    os.mkfifo(sheet.path)
    assert sheet.put("O1.termen", "y") == sheet.get("O1.termen")
    assert len(list(sheet.path.parent.glob("antwoorden (beschadigd *"))) == 2


def test_a_link_is_not_followed(sheet, tmp_path):
    other = tmp_path / "elders.json"
    other.write_bytes(sheet_bytes())
    sheet.path.symlink_to(other)
    assert sheet.all() == {}
    sheet.put("O1.b", "y")
    assert other.read_bytes() == sheet_bytes()


def test_a_byte_order_mark_from_a_text_editor_is_harmless():
    assert parse(b"\xef\xbb\xbf" + sheet_bytes())["O1.termen"].value == "x"


def test_a_sheet_of_a_later_version_is_left_alone(sheet):
    later = sheet_bytes(schema=3, something_new=[])
    sheet.path.write_bytes(later)
    assert sheet.get("O1.termen") is None
    assert sheet.notice == t("answers.newer")
    with pytest.raises(AnswerError, match="nieuwere versie"):
        sheet.put("O1.termen", "x")
    assert sheet.path.read_bytes() == later
    assert [file.name for file in sheet.path.parent.iterdir() if file.suffix == ".json"] == ["antwoorden.json"]


def test_a_busy_lock_is_said_in_one_sentence(sheet, monkeypatch):
    monkeypatch.setattr(store, "LOCK_SECONDS", 0.05)
    with FileLock(f"{sheet.path}.lock"), pytest.raises(AnswerError) as refused:
        sheet.put("O1.termen", "x")
    assert str(refused.value) == t("answers.busy")


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path):
    (tmp_path / "bestand").write_text("geen map")
    with pytest.raises(AnswerError) as refused:
        AnswerSheet(tmp_path / "bestand" / "antwoorden.json").put("O1.termen", "x")
    assert str(refused.value) == t("answers.not_writable")


# Nothing confirmed is ever lost

WRITER = """
import sys
from pathlib import Path
from vermarkting.answers import AnswerSheet
sheet = AnswerSheet(Path(sys.argv[1]))
number = int(sys.argv[3])
while number < int(sys.argv[4]):
    number += 1
    sheet.put(sys.argv[2], {"n": number, "vulling": "x" * 15000})
    print(number, flush=True)
"""


def writer(path, question_id, start, stop):
    command = [sys.executable, "-c", WRITER, str(path), question_id, str(start), str(stop)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_kill_minus_nine_never_loses_a_confirmed_answer(sheet):
    chance = random.Random(2026)
    sheet.put("O1.ander", "blijft")
    confirmed = 0
    for _ in range(12):
        process = writer(sheet.path, "O1.lus", confirmed, 10**9)
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        seen = process.communicate()[0].split()
        confirmed = max([confirmed + 1, *map(int, seen)])
        found = AnswerSheet(sheet.path)
        # The one write under way may have landed without being confirmed.
        assert found.get("O1.lus").value["n"] - confirmed in (0, 1)
        assert found.get("O1.ander").value == "blijft" and found.notice is None
        confirmed = found.get("O1.lus").value["n"]


def test_two_processes_never_lose_each_others_answers(sheet):
    both = [writer(sheet.path, f"O1.proces{number}", 0, 40) for number in (1, 2)]
    for process in both:
        assert process.communicate(timeout=60)[0].split()[-1] == "40"
    assert {key: answer.value["n"] for key, answer in sheet.all().items()} == {"O1.proces1": 40, "O1.proces2": 40}


# Travelling with the notebook


def test_answers_travel_in_the_notebook_and_come_back_without_a_sheet(sheet, tmp_path):
    sheet.put("O1.termen", {"npm": "a"})
    sheet.put("02.bord", "niet van deze opdracht")
    made = notebook()
    embed(made, sheet.path)
    assert set(made["metadata"]["vermarkting"]["answers"]["answers"]) == {"O1.termen"}
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    (elsewhere / "O1.ipynb").write_text(json.dumps(made))
    moved = AnswerSheet(elsewhere / "antwoorden.json")
    assert moved.get("O1.termen") == sheet.get("O1.termen")
    # A new choice there wins over the carried one, and a save keeps what only the notebook knew.
    assert moved.put("O1.termen", "nieuw").at > sheet.get("O1.termen").at
    moved.put("O1.ander", "extra")
    assert moved.get("O1.termen").value == "nieuw"


def test_embedding_keeps_answers_that_only_the_notebook_knows(sheet):
    made = notebook(answers=json.loads(sheet_bytes({"O1.oud": {"value": "mee", "at": NOON}})))
    sheet.put("O1.nieuw", "x")
    embed(made, sheet.path)
    assert {key: answer.value for key, answer in from_notebook(made).items()} == {"O1.oud": "mee", "O1.nieuw": "x"}


def test_a_renamed_notebook_is_found_through_its_session(tmp_path, monkeypatch):
    made = tmp_path / "O1 van mij.ipynb"
    made.write_text(json.dumps(notebook(answers=json.loads(sheet_bytes()))))
    found = AnswerSheet(tmp_path / "antwoorden.json")
    assert found.get("O1.termen") is None
    monkeypatch.setenv("JPY_SESSION_NAME", str(made))
    assert found.get("O1.termen").value == "x"
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "andere map" / "les.ipynb"))
    assert found.get("O1.termen") is None


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{", b"\xff", b'{"metadata": []}', b"[" * 200_000])
def test_a_broken_notebook_beside_the_sheet_does_no_harm(sheet, content):
    sheet.put("O1.termen", "x")
    (sheet.path.parent / "O1.ipynb").write_bytes(content)
    assert sheet.get("O1.termen").value == "x" and sheet.notice is None


@pytest.mark.parametrize("data", [*DAMAGED.values(), sheet_bytes(schema=3)])
def test_embedding_a_bad_sheet_leaves_the_notebook_as_it_was(tmp_path, data):
    (tmp_path / "antwoorden.json").write_bytes(data)
    made = notebook(answers=json.loads(sheet_bytes()))
    before = json.dumps(made)
    embed(made, tmp_path / "antwoorden.json")
    assert json.dumps(made) == before
    assert (tmp_path / "antwoorden.json").read_bytes() == data


@pytest.mark.parametrize(
    "other", [{}, [], {"metadata": {}}, {"metadata": {"vermarkting": 1}}, {"metadata": {"vermarkting": {"id": "../x"}}}]
)
def test_notebooks_that_are_not_ours_are_left_alone(sheet, other):
    sheet.put("O1.termen", "x")
    before = json.dumps(other)
    embed(other, sheet.path)
    assert json.dumps(other) == before
    assert from_notebook(other) == {}


def test_embedding_without_any_answer_adds_nothing(sheet):
    made = notebook()
    embed(made, sheet.path)
    assert made == notebook()


def test_a_notebook_is_read_as_strictly_as_a_file():
    with pytest.raises(AnswerError):
        from_notebook(notebook(answers={"schema": 1, "answers": {"O1.x": {"value": float("nan"), "at": NOON}}}))
    big = {f"O1.v{n}": {"value": "x" * 20_000, "at": NOON} for n in range(60)}
    with pytest.raises(AnswerError, match="megabyte"):
        from_notebook(notebook(answers={"schema": 1, "answers": big}))


def test_the_newest_counts_whatever_the_order():
    old, new = (Answer(v, datetime(2026, 1, day, tzinfo=UTC)) for v, day in (("oud", 1), ("nieuw", 2)))
    assert merge({"O1.a": old}, {"O1.a": new, "O1.b": old}) == {"O1.a": new, "O1.b": old}
    assert merge({"O1.a": new}, {"O1.a": old}) == {"O1.a": new}
    assert merge() == {}


# Fuzzing

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(st.characters(), max_size=8), inner, max_size=5)
    ),
    max_leaves=20,
)
almost_sheets = st.fixed_dictionaries(
    {"schema": st.sampled_from([1, 1, 2, 3, True, "1"]) | json_values},
    optional={
        "answers": st.dictionaries(
            st.sampled_from(["O1.a", "01.x", "x", "O1.a.b.c.d"]) | st.text(max_size=5),
            st.fixed_dictionaries({"value": json_values, "at": st.just(NOON) | st.text(max_size=30) | json_values}),
            max_size=4,
        )
        | json_values
    },
)


@given(st.binary(max_size=200) | (almost_sheets | json_values).map(lambda document: json.dumps(document).encode()))
@settings(max_examples=400, deadline=None)
def test_parse_gives_answers_or_one_sentence_and_never_anything_else(data):
    try:
        read = parse(data)
    except AnswerError as error:
        assert str(error)
    else:
        assert merge(read) == read
        for answer in read.values():
            assert answer.at.tzinfo is UTC
            json.dumps(answer.value, allow_nan=False).encode()


@given(json_values)
@settings(max_examples=200, deadline=None)
def test_what_put_accepts_get_gives_back(tmp_path_factory, value):
    place = tmp_path_factory.getbasetemp() / "fuzz"
    place.mkdir(exist_ok=True)
    sheet = AnswerSheet(Path(place) / "antwoorden.json")
    try:
        saved = sheet.put("O1.termen", value)
    except AnswerError:
        return
    assert AnswerSheet(sheet.path).get("O1.termen") == saved
    assert saved.value == value
