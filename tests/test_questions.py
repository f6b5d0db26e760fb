"""Which answers fit which question: the sheet is a file that anybody can edit, so no shape may get through or crash."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermarkting.questions import SCORES, fits, ids
from vermarkting.widgets.feedback import feedback
from vermarkting.widgets.words import answer_in_words

OPTIONS = [
    {"id": "a", "text": "Aap", "correct": True, "explanation": "Want."},
    {"id": "b", "text": "Beer", "correct": False, "explanation": "Niet."},
    {"id": "c", "text": "Cavia", "correct": True, "explanation": "Ook."},
]
ITEMS = [
    {"id": "x", "text": "Eerst", "answer": "k", "explanation": "Want."},
    {"id": "y", "text": "Dan", "answer": "l", "explanation": "Want."},
    {"id": "z", "text": "Laatst", "answer": "k", "explanation": "Want."},
]
CATEGORIES = [{"id": "k", "text": "Koud"}, {"id": "l", "text": "Lauw"}]
SCANNED = [
    {"id": "nabijheid", "text": "Nabijheid", "hint": "Dichtbij.", "grounds": [{"id": "A1", "text": "Eén"}]},
    {"id": "verbindend", "text": "Verbindend", "hint": "Samen.", "grounds": [{"id": "A2", "text": "Twee"}]},
]
QUESTIONS = {
    "single": {"kind": "single", "prompt": "Kies.", "options": OPTIONS},
    "bet": {"kind": "bet", "prompt": "Wed.", "options": OPTIONS},
    "multiple": {"kind": "multiple", "prompt": "Kies.", "options": OPTIONS},
    "order": {"kind": "order", "prompt": "Zet.", "items": ITEMS, "solution": ["x", "y", "z"]},
    "ranking": {"kind": "ranking", "prompt": "Zet.", "items": ITEMS},
    "match": {"kind": "match", "prompt": "Zoek.", "items": ITEMS, "categories": CATEGORIES},
    "number": {
        "kind": "number", "prompt": "Hoeveel?", "unit": "euro", "min": 0, "max": 100, "step": 0.5, "answer": 40,
        "tolerance": 0.5,
    },
    "numbers": {
        "kind": "numbers", "prompt": "Hoeveel?", "min": 0, "max": 100, "step": 0.5,
        "items": [{"id": "x", "text": "Eerst", "unit": "euro"}, {"id": "y", "text": "Dan", "max": 10}],
    },
    "code": {"kind": "code", "prompt": "Welk nummer?", "label": "Nummer:", "hint": "kort", "keys": "[a-z0-9]{4,6}"},
    "slider": {
        "kind": "slider", "prompt": "Hoe?", "min": 0, "max": 10, "step": 1, "left": "nee", "right": "ja",
        "sentence": "Ik zeg {value}.",
    },
    "text": {"kind": "text", "prompt": "Schrijf.", "min_words": 3, "max_chars": 20},
    "scan": {"kind": "scan", "prompt": "Scan.", "items": SCANNED},
    "picks": {"kind": "picks", "prompt": "Uitgezet.", "keys": "[A-Z][0-9]"},
    "notes": {"kind": "notes", "prompt": "Waarom?", "keys": "[A-Z][0-9]>[A-Z][0-9]", "max_chars": 20},
}  # fmt: skip

scan_row = st.fixed_dictionaries({}, optional={"score": st.sampled_from(["", *SCORES])})
FITTING = {
    "single": st.sampled_from("abc"),
    "bet": st.sampled_from("abc"),
    "multiple": st.lists(st.sampled_from("abc"), unique=True),
    "order": st.permutations("xyz"),
    "ranking": st.permutations("xyz"),
    "match": st.dictionaries(st.sampled_from("xyz"), st.sampled_from("kl")),
    "number": st.integers(0, 100) | st.floats(0, 100),
    "numbers": st.fixed_dictionaries(
        {}, optional={"x": st.integers(0, 100) | st.floats(0, 100), "y": st.floats(0, 10)}
    ),
    "code": st.from_regex("[a-z0-9]{4,6}", fullmatch=True),
    "slider": st.integers(0, 10) | st.floats(0, 10),
    "text": st.text(max_size=20),
    "picks": st.lists(st.from_regex("[A-Z][0-9]", fullmatch=True), unique=True),
    "notes": st.dictionaries(st.from_regex("[A-Z][0-9]>[A-Z][0-9]", fullmatch=True), st.text(max_size=20)),
    "scan": st.fixed_dictionaries(
        {},
        optional={
            "nabijheid": st.builds(
                lambda row, ground: {**row, "ground": ground}, scan_row, st.sampled_from(["", "A1"])
            ),
            "verbindend": scan_row,
        },
    ),
}

# What a sheet can hold, and the pieces from which a near miss is made.
pieces = st.sampled_from([*"abcdxyzkl", "nabijheid", "verbindend", "score", "ground", "A1", "-2", "2", "3", ""])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | pieces | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(pieces, inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", QUESTIONS)
@given(data=st.data())
def test_any_value_gets_a_yes_or_a_no(kind, data):
    assert fits(QUESTIONS[kind], data.draw(values)) in (True, False)


@pytest.mark.parametrize("kind", QUESTIONS)
@given(data=st.data())
def test_what_fits_can_be_explained_and_put_in_words(kind, data):
    answer = data.draw(FITTING[kind])
    assert fits(QUESTIONS[kind], answer)
    assert isinstance(answer_in_words(QUESTIONS[kind], answer), str)
    found = feedback(QUESTIONS[kind], answer)
    assert all(isinstance(sentence, str) and sentence for sentence in [*found.verdict, *found.why.values()])


@pytest.mark.parametrize("kind", QUESTIONS)
@given(data=st.data())
def test_whatever_fits_can_be_explained_and_put_in_words(kind, data):
    answer = data.draw(values)
    if fits(QUESTIONS[kind], answer):
        assert isinstance(answer_in_words(QUESTIONS[kind], answer), str)
        feedback(QUESTIONS[kind], answer)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("single", "d"),
        ("single", ""),
        ("single", ["a"]),
        ("single", None),
        ("bet", 0),
        ("multiple", "a"),
        ("multiple", ["a", "a"]),
        ("multiple", ["a", "d"]),
        ("multiple", [["a"]]),
        ("multiple", {"a": True}),
        ("order", ["x", "y"]),
        ("order", ["x", "y", "y"]),
        ("order", ["x", "y", "z", "z"]),
        ("order", ["x", "y", 3]),
        ("order", "xyz"),
        ("ranking", []),
        ("numbers", {"x": 100.5}),
        ("numbers", {"y": 10.5}),
        ("numbers", {"z": 1}),
        ("numbers", {"x": "1"}),
        ("numbers", {"x": True}),
        ("numbers", {"x": None}),
        ("numbers", {"x": math.nan}),
        ("numbers", [1]),
        ("numbers", 1),
        ("code", "abc"),
        ("code", "abc1\n"),
        ("code", "ABCD"),
        ("code", 1234),
        ("code", ["abcd"]),
        ("match", {"x": "m"}),
        ("match", {"w": "k"}),
        ("match", {"x": ["k"]}),
        ("match", {"x": None}),
        ("match", [["x", "k"]]),
        ("number", True),
        ("number", "40"),
        ("number", -0.1),
        ("number", 100.1),
        ("number", math.nan),
        ("number", math.inf),
        ("number", [40]),
        ("slider", 11),
        ("slider", None),
        ("text", "een woord te veel hier"),
        ("text", ["woord"]),
        ("text", 3),
        ("picks", ["A1", "A1"]),
        ("picks", ["A1\n"]),
        ("picks", ["A12"]),
        ("picks", [1]),
        ("picks", "A1"),
        ("picks", {"A1": "x"}),
        ("notes", {"A1": "x"}),
        ("notes", {"A1>A2>A3": "x"}),
        ("notes", {"A1>A2": "een woord te veel hier"}),
        ("notes", {"A1>A2": None}),
        ("notes", {3: "x"}),
        ("notes", ["A1>A2"]),
        ("scan", {"nabijheid": {"score": "3"}}),
        ("scan", {"nabijheid": {"score": 1}}),
        ("scan", {"nabijheid": {"score": []}}),
        ("scan", {"nabijheid": {"ground": "A2"}}),
        ("scan", {"nabijheid": {"ground": []}}),
        ("scan", {"nabijheid": {"note": "x"}}),
        ("scan", {"nabijheid": "2"}),
        ("scan", {"other": {}}),
        ("scan", []),
    ],
)
def test_what_does_not_fit(kind, answer):
    assert not fits(QUESTIONS[kind], answer)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("multiple", []),
        ("match", {}),
        ("match", {"x": "k", "y": "k", "z": "k"}),
        ("number", 0),
        ("number", 100),
        ("number", 0.1 + 0.2),
        ("text", ""),
        ("text", "twintig tekens telt."),
        ("scan", {}),
        ("scan", {"nabijheid": {}, "verbindend": {"score": "-2", "ground": ""}}),
    ],
)
def test_the_edges_that_fit(kind, answer):
    assert fits(QUESTIONS[kind], answer)


def test_a_number_without_bounds_still_refuses_what_is_no_number():
    open_question = {"kind": "number", "prompt": "?", "unit": "euro"}
    assert fits(open_question, -1e9)
    assert not fits(open_question, math.nan)
    assert not fits(open_question, False)


def test_a_text_without_a_limit_has_that_of_the_sheet():
    question = {"kind": "text", "prompt": "?", "min_words": 1}
    assert fits(question, "a" * 20_000)
    assert not fits(question, "a" * 20_001)


def test_ids_are_in_order():
    assert ids(OPTIONS) == ["a", "b", "c"]
