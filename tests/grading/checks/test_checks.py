"""The checks of graded cells, against points computed by hand. The questions are those of assignment O1."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermarkting.grading.checks import evaluate, plain

TERMS = [f"t{number}" for number in range(1, 13)]
CATEGORIES = [
    "inbesteding", "responsiviteit", "sib", "vermarkting", "pvb", "bureaucratie",
    "monopolie", "tender", "output", "projectoproep", "npm", "keuzevrijheid",
]  # fmt: skip
MATCH = dict(zip(TERMS, CATEGORIES, strict=True))
FEATURES = ["O1.financier", "O1.uitvoerder", "O1.concurrentie", "O1.keuze", "O1.resultaat"]
WORD = {0: "nee", 0.5: "deels", 1: "ja"}
CASES = {"a": [0.5, 1, 0, 1, 0], "b": [0, 1, 1, 0, 0.5]}


def profile_answers(cases):
    return {name: {case: WORD[scores[i]] for case, scores in cases.items()} for i, name in enumerate(FEATURES)}


@pytest.mark.parametrize(("wrong", "points"), [(0, 12), (2, 10), (12, 0)])
def test_match_pays_per_right_pair(wrong, points):
    answer = MATCH | {item: "output" if MATCH[item] != "output" else "npm" for item in TERMS[:wrong]}
    result = evaluate("match", {"O1.termen": answer}, "O1.termen", MATCH, points=12)
    assert result.points == points
    assert f"{12 - wrong} van de 12" in result.message


def test_match_counts_what_is_left_open_as_not_right():
    result = evaluate("match", {"O1.termen": {"t1": "inbesteding"}}, "O1.termen", MATCH, points=12)
    assert result.points == 1


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (["g1", "g2", "g3", "g4", "g5", "g6"], 6),
        (["g2", "g1", "g3", "g4", "g5", "g6"], 5.2),  # 14 of 15 pairs: (14 - 1) / 15 x 6
        (["g6", "g1", "g2", "g3", "g4", "g5"], 2),  # 10 of 15 pairs: (10 - 5) / 15 x 6
        (["g6", "g5", "g4", "g3", "g2", "g1"], 0),
    ],
)
def test_order_pays_right_pairs_minus_wrong_pairs(answer, points):
    key = ["g1", "g2", "g3", "g4", "g5", "g6"]
    assert evaluate("order", {"O1.volgorde": answer}, "O1.volgorde", key, points=6).points == points


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (["u1", "u2", "u3"], 12),
        (["u1", "u2"], 8),
        (["u1", "u2", "u8"], 4),
        (["u1", "u7", "u8"], 0),
        ([f"u{number}" for number in range(1, 9)], 0),
        ([], 0),
    ],
)
def test_multiple_takes_off_as_much_for_a_wrong_choice(answer, points):
    key = ["u1", "u2", "u3"]
    assert evaluate("multiple", {"O1.tegenspraak": answer}, "O1.tegenspraak", key, points=12).points == points


def test_numbers_within_tolerance():
    key = {"O1.ruim_2016": [20.8, 0.1], "O1.strikt_2016": [13.2, 0.1]}
    answers = {"O1.ruim_2016": 20.9, "O1.strikt_2016": 13.1}
    assert evaluate("numbers", answers, key, points=4).points == 4
    assert evaluate("numbers", answers | {"O1.ruim_2016": 20.91}, key, points=4).points == 2
    assert evaluate("numbers", {"O1.ruim_2016": 20.8}, key, points=4).points == 2


@pytest.mark.parametrize(
    ("profile_of_a", "points"),
    [
        ([0.5, 1, 0, 1, 0], 20),
        ([1, 1, 0, 1, 0], 20),  # one doubt, 0.5 away
        ([1, 1, 0, 0.5, 0], 15),  # 1 away: half of case a
        ([1, 1, 0, 0.5, 0.5], 10),  # 1.5 away: nothing for case a
    ],
)
def test_profiles_accept_half_a_step(profile_of_a, points):
    answers = profile_answers(CASES | {"a": profile_of_a})
    assert evaluate("profiles", answers, FEATURES, CASES, points=20).points == points


def test_an_incomplete_profile_earns_nothing_and_spoils_no_other():
    answers = profile_answers(CASES)
    del answers["O1.keuze"]["a"]
    assert evaluate("profiles", answers, FEATURES, CASES, points=20).points == 10
    del answers["O1.keuze"]
    assert evaluate("profiles", answers, FEATURES, CASES, points=20).points == 0


@pytest.mark.parametrize("level", [0, 0.5, 1])
def test_the_same_answer_everywhere_is_no_way_to_pass(level):
    cases = {
        "a": [0.5, 1, 0, 1, 0], "b": [0, 1, 1, 0, 0.5], "c": [0, 0, 0, 0, 0], "d": [1, 0, 1, 0, 1],
        "e": [0, 0.5, 0, 1, 0], "f": [0.5, 0, 0, 0, 0], "g": [0, 0.5, 1, 0, 0.5], "h": [0.5, 1, 0, 0.5, 0],
    }  # fmt: skip
    answers = profile_answers({case: [level] * 5 for case in cases})
    assert evaluate("profiles", answers, FEATURES, cases, points=20).points <= 5


def test_written_asks_for_words_and_does_not_judge_them():
    enough = "woord " * 20
    assert evaluate("written", {"O1.welk_cijfer": enough}, "O1.welk_cijfer", 20, points=2).points == 2
    assert evaluate("written", {"O1.welk_cijfer": enough[6:]}, "O1.welk_cijfer", 20, points=2).points == 0


CALLS = {
    "match": ("O1.termen", MATCH),
    "order": ("O1.volgorde", ["g1", "g2", "g3", "g4", "g5", "g6"]),
    "multiple": ("O1.tegenspraak", ["u1", "u2", "u3"]),
    "numbers": ({"O1.ruim_2016": [20.8, 0.1]},),
    "profiles": (FEATURES, CASES),
    "written": ("O1.welk_cijfer", 20),
}
QUESTIONS = ["O1.termen", "O1.volgorde", "O1.tegenspraak", "O1.ruim_2016", *FEATURES, "O1.welk_cijfer"]


def test_every_check_is_tested_here():
    assert set(CALLS) == set(plain.CHECKS)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    "answer", ["x", 7, True, ["t1"], ["u1", "u1"], {"t1": "onbekend"}, {"zz": "npm"}, {"a": "misschien"}, None, 1e9, -1]
)
def test_an_answer_that_does_not_fit_earns_nothing(name, answer):
    result = evaluate(name, dict.fromkeys(QUESTIONS, answer), *CALLS[name], points=10)
    assert result.points == 0
    assert result.message.endswith(".")


@pytest.mark.parametrize("name", CALLS)
def test_no_answer_earns_nothing(name):
    result = evaluate(name, {}, *CALLS[name], points=10)
    assert (result.points, result.of, result.message) == (0, 10, "Er is geen antwoord gevonden.")


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from([*TERMS, *CATEGORIES, "u1", "g1", "ja"]),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.sampled_from([*TERMS, "a", "b"]), inner, max_size=6),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(QUESTIONS), values), st.sampled_from(list(CALLS)))
@settings(max_examples=300, deadline=None)
def test_points_stay_between_nothing_and_all_whatever_the_answers(answers, name):
    result = evaluate(name, answers, *CALLS[name], points=7)
    assert 0 <= result.points <= 7 and math.isfinite(result.points)
