"""Answer sheets and notebooks that nobody thought of: each is graded or goes to a person."""

import json
import math

import pytest
from corpus import AT
from courses import RELEASED, ROOT, cells, graded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import Kit
from model_answers import answerable
from test_hostile import Dangers

from vermarkting import data
from vermarkting.answers import NAME
from vermarkting.grading.autograde import rebuild, report
from vermarkting.grading.autograde.handin import read_handin
from vermarkting.grading.autograde.judge import judge, needs_look
from vermarkting.grading.autograde.released import load

FUZZ = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["<script>alert(1)</script>", "\ud800", "u1", "t1", "npm", "ja", 10**400, -0.0, 1e308])
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=15,
)


class Table:
    """One hand-in folder and the released assignment it belongs to."""

    def __init__(self, assignment, place):
        self.kit = Kit(assignment, place / "canary")
        self.place = place / "inzending"
        self.kit.write(self.place, self.kit.bare)
        sources = {
            n: c["source"] for n, c in graded(cells(ROOT / "solutions" / assignment / f"{assignment}.ipynb")).items()
        }
        self.released = load(ROOT / "assignments" / assignment, assignment, sources)

    def grade(self):
        """Grade the folder, check all that must always hold, and give the parts."""
        handin = read_handin(self.place, self.released)
        parts, notices = judge(handin, self.released)
        assert set(parts) == set(self.kit.points)
        for name, part in parts.items():
            assert part.of == self.kit.points[name]
            assert part.points is None or (math.isfinite(part.points) and 0 <= part.points <= part.of)
            assert part.sentence.endswith(".") and "\n" not in part.sentence
        for notice in notices:
            assert notice.text.endswith(".") and "\n" not in notice.text
        if any(part.look for part in parts.values()):
            assert needs_look(notices), "what needs a look is always said"
        written = report.written(report.document(self.kit.assignment, "an", handin, parts, notices))
        assert json.loads(written)["parts"].keys() == parts.keys()
        notebook = json.loads(rebuild.notebook(self.released, handin, parts, notices))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                found = Dangers(output["data"]["text/html"]).found
                assert not found, found
            if cell["id"] in (*self.kit.prose, *rebuild.FOR_LECTURERS):
                assert not Dangers(cell["source"]).found
        return parts


@pytest.fixture(scope="module", params=answerable(RELEASED))
def table(request, tmp_path_factory):
    return Table(request.param, tmp_path_factory.mktemp("fuzz"))


def question_ids(assignment):
    return [f"{assignment}.{name}" for name in data.questions(assignment)]


def spoil(document, picked):
    """Put something else in one place, at any depth."""
    at = document
    while True:
        key = picked.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or not at[key] or picked.draw(st.integers(0, 4)) == 0:
            break
        at = at[key]
    at[key] = picked.draw(values)


@given(picked=st.data())
@FUZZ
def test_a_sheet_of_the_right_form_with_any_values(table, picked):
    ids = st.sampled_from(question_ids(table.kit.assignment))
    answers = picked.draw(st.dictionaries(ids, values, max_size=12))
    document = {"schema": 1, "answers": {key: {"value": value, "at": AT} for key, value in answers.items()}}
    (table.place / NAME).write_text(json.dumps(document))
    table.grade()


@given(values)
@FUZZ
def test_a_sheet_that_is_any_json(table, document):
    (table.place / NAME).write_text(json.dumps(document))
    parts = table.grade()
    assert all(parts[name].points is None for name in table.kit.checked), "no sheet, no points"


@given(st.binary(max_size=400))
@FUZZ
def test_a_sheet_of_any_bytes(table, content):
    (table.place / NAME).write_bytes(content)
    table.grade()


@given(picked=st.data())
@FUZZ
def test_a_good_sheet_with_one_thing_changed(table, picked):
    """An honest sheet in which one place, anywhere, holds something else."""
    sheet = table.kit.sheet
    spoil(sheet, picked)
    (table.place / NAME).write_text(json.dumps(sheet))
    table.grade()


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=4))
@FUZZ
def test_a_good_sheet_with_bytes_overwritten(table, where, content):
    whole = bytearray(json.dumps(table.kit.sheet).encode())
    where %= len(whole)
    whole[where : where + len(content)] = content
    (table.place / NAME).write_bytes(whole)
    table.grade()


@given(picked=st.data())
@FUZZ
def test_a_notebook_with_one_thing_changed(table, picked):
    """An honest notebook in which one place, anywhere, holds something else. Its sheet is good: no point is lost."""
    (table.place / NAME).write_text(json.dumps(table.kit.sheet))
    notebook = table.kit.notebook
    spoil(notebook, picked)
    path = table.place / table.kit.file
    try:
        path.write_text(json.dumps(notebook))
        parts = table.grade()
    finally:
        path.write_text(json.dumps(table.kit.bare))
    for name in table.kit.checked:
        assert parts[name].points == table.kit.points[name]
