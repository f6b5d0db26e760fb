"""The bond of Lindenrode says what its model computes, and its three goals can be reached as the lesson says."""

import json
import re

import pytest
from walk import parts, set_bets

from vermarkting import data
from vermarkting.explorables import impact_bond
from vermarkting.models.impact_bond import Bond, draw, success_probability, target

WORDS = {
    "Na drie jaar": "outcome",
    "Het resultaat ligt": "result",
    "Van de kinderen": "result",
    "Er is": "result",
    "Er doen": "size",
    "De referentiewaarde": "error",
    "Het programma helpt": "effect",
    "Een stichting": "foundation_guarantee",
    "De stad betaalt": "public_guarantee",
}


@pytest.fixture
def page():
    found = impact_bond()
    set_bets(found)
    return found


def steps(page) -> list[dict]:
    """Give the sliders of each step, by name."""
    found = [{}]
    for slider in parts(page, "slider"):
        name = next(name for start, name in WORDS.items() if slider.sentence.startswith(start))
        if name in ("result", "size", "effect") and not (name == "size" and "effect" in found[-1]):
            found.append({})
        found[-1][name] = slider
    return found


def chart(page, label: str, place: int = 0):
    return [found for found in parts(page, "chart") if found.label.startswith(label)][place]


def goals(page) -> list[str]:
    found = [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]
    assert len(found) == 3
    assert all(("is gelukt" in prose.text) is (prose.tone == "done") for prose in found)
    names = ("luck", "newyork", "fair")
    return [name for name, prose in zip(names, found, strict=True) if prose.tone == "done"]


def test_one_new_control_per_step(page):
    assert [list(step) for step in steps(page)] == [
        ["outcome"],
        ["result"],
        ["size"],
        ["size", "error"],
        ["effect", "size", "error", "foundation_guarantee", "public_guarantee"],
    ]


# By hand: 1.04^3 = 1.124864 of a million; 44 / 133 / .3 is 10.3 % above the baseline, 43 is 7.8 % and 0 is 100 % below.
@pytest.mark.parametrize(
    ("successes", "told"),
    [
        (44, "10,3 procent beter dan de referentiewaarde. Het doel (44) is gehaald. De stad betaalt 1.124.864 euro."),
        (133, "233,3 procent beter"),
        (43, "7,8 procent beter dan de referentiewaarde. Het doel (44) is niet gehaald. De stad betaalt niets."),
        (0, "100,0 procent slechter"),
    ],
)
def test_one_bond_by_hand(page, successes, told):
    steps(page)[0]["outcome"].value = successes
    assert told in chart(page, "Wie betaalt wie").sentence


def test_the_picture_shows_the_amounts_of_the_table(page):
    for successes, paid in ((43, "0"), (44, "1.124.864")):
        steps(page)[0]["outcome"].value = successes
        found = chart(page, "Wie betaalt wie")
        amounts = [row[3] for row in found.table["rows"]]
        assert amounts == ["1.000.000", "900.000", "50.000", paid, paid]
        labels = [mark["text"] for mark in found.spec["marks"] if mark["id"].startswith("amount-")]
        assert [label.split(": ")[1] for label in labels] == [f"{amount} euro" for amount in amounts]


def test_chance_draws_a_useless_programme_that_sometimes_pays(page):
    button = parts(page, "button")[0]
    seen = []
    for _ in range(60):
        button._handle_custom_msg("click", [])
        seen.append(int(steps(page)[0]["outcome"].value))
    assert f"Trekking 60: {seen[-1]} jongeren." in page._repr_mimebundle_()["text/plain"]
    assert 36 < sum(seen) / 60 < 44
    assert 5 <= sum(successes >= 44 for successes in seen) <= 26


@pytest.mark.parametrize(
    ("rule", "result", "told"),
    [
        ("iod", 0, "krijgen beleggers niets terug"),
        ("iod", 30, "krijgen beleggers hun inleg terug"),
        ("iod", 120, "124,2 euro terug per 100 euro. Dat is de inleg plus 7,5 procent per jaar"),
        ("newpin", 54, "hun inleg terug"),
        ("newpin", 61, "124,2 euro"),
        ("newpin", 70, "152,1 euro terug per 100 euro. Dat is de inleg plus 15 procent per jaar"),
        ("peterborough", 7, "niets terug"),
        ("peterborough", 9, "109,3 euro terug per 100 euro. Dat is de inleg plus 3 procent per jaar"),
        ("peterborough", 20, "plus 13 procent per jaar"),
    ],
)
def test_real_rules(page, rule, result, told):
    parts(page, "choice")[0].value = rule
    [slider] = [s for s in parts(page, "slider") if s is steps(page)[1]["result"]]
    slider.value = result
    found = chart(page, "Wat beleggers")
    assert told in found.sentence
    line, mark = found.spec["data"]
    assert mark["x"] == [result]
    near = min(range(len(line["x"])), key=lambda place: abs(line["x"][place] - result))
    assert line["y"] == sorted(line["y"])
    assert abs(line["y"][near] - mark["y"][0]) < 3 or rule == "newpin"


def test_a_rule_tells_what_is_not_in_its_source(page):
    for rule in ("iod", "newpin", "peterborough"):
        parts(page, "choice")[0].value = rule
        words = page._repr_mimebundle_()["text/plain"]
        rows = [row for row in data.rows("payout_rules") if row["rule"] == rule]
        assert all(row["caveat"] in words for row in rows if row["caveat"])
        assert all(source in words for row in rows for source in row["source_ids"])


@pytest.mark.parametrize("size", [20, 30, 133, 270, 1000])
@pytest.mark.parametrize("error", [0, 5, 10])
def test_luck_is_told_as_the_model_computes_it(page, size, error):
    step = steps(page)[3]
    step["size"].value, step["error"].value = size, error
    bond = Bond(size, baseline=0.3 - error / 100)
    found = chart(page, "Wat kan er uitkomen", 1)
    chance = 100 * success_probability(bond)
    assert f"is het doel {target(bond)}." in found.sentence
    assert f"haalt dat in {chance:.0f} van de 100 gevallen" in found.sentence
    drawn = draw(bond, 200, 1)
    marks = {mark["id"]: mark for mark in found.spec["marks"]}
    points = marks["programme"]["points"]
    assert [look == 1 for _, _, look in points] == [successes >= target(bond) for successes in drawn]
    assert all((x > marks["target"]["x"]) is (look == 1) for x, _, look in points)
    assert all(0 <= x <= 100 and 20 <= y <= 200 for x, y, _ in points)
    assert len({(x, y) for x, y, _ in points}) == 200


def test_a_new_draw_changes_the_draw_and_nothing_else(page):
    found = chart(page, "Wat kan er uitkomen")
    again = parts(page, "button")[1]
    assert again.label == "Nieuwe toevalstrekking"
    sentences = [found.sentence]
    for _ in range(5):
        again._handle_custom_msg("click", [])
        sentences.append(found.sentence)
    assert len(set(sentences)) == 6
    assert len({sentence.split("In trekking")[0] for sentence in sentences}) == 1
    hits = [int(re.search(r"bij (\d+) van de 200", sentence)[1]) for sentence in sentences]
    assert 33 <= sum(hits) / len(hits) <= 65  # 49 of 200 on average


def test_a_larger_group_cures_luck_and_not_the_baseline(page):
    step = steps(page)[3]
    line = chart(page, "Hoe vaak", 1)
    step["error"].value = 0
    assert "daalt de kans op vals succes van 41 op 100 bij 30 jongeren naar 2 op 100" in line.sentence
    step["error"].value = 5
    assert "stijgt de kans op vals succes van 57 op 100 bij 30 jongeren naar 96 op 100" in line.sentence


@pytest.mark.parametrize(
    ("goal", "setting"),
    [
        ("luck", {"effect": 0, "size": 1000, "error": 6}),
        ("luck", {"effect": 0, "public_guarantee": 100}),
        ("newyork", {"foundation_guarantee": 83}),
        ("fair", {"effect": 20, "size": 800}),
        ("fair", {"effect": 15, "size": 700, "foundation_guarantee": 50}),
    ],
)
def test_a_goal_can_be_reached(page, goal, setting):
    for name, value in setting.items():
        steps(page)[4][name].value = value
    assert goal in goals(page)


@pytest.mark.parametrize(
    "setting",
    [
        {},
        {"effect": 0, "size": 133, "error": 5},
        {"foundation_guarantee": 82},
        {"foundation_guarantee": 90, "public_guarantee": 10},
        {"effect": 20, "size": 600},
        {"effect": 13, "size": 800},
        {"effect": 20, "size": 800, "error": 3},
        {"effect": 20, "size": 800, "public_guarantee": 51},
    ],
)
def test_a_near_miss_reaches_nothing(page, setting):
    for name, value in setting.items():
        steps(page)[4][name].value = value
    assert goals(page) == []


def test_guarantees_make_room_for_each_other(page):
    step = steps(page)[4]
    step["foundation_guarantee"].value = 70
    step["public_guarantee"].value = 60
    assert step["foundation_guarantee"].value == 40
    sentence = chart(page, "Wie verliest wat").sentence
    assert "verliest de bank 0 van elke 100 euro, de stichting 40 en de stad 60" in sentence
    shares = [trace["x"][0] for trace in chart(page, "Wie verliest wat").spec["data"][:3]]
    assert shares == [pytest.approx(share, abs=0.01) for share in (0, 40, 60)]


def test_reset_restores_the_opening(page):
    step = steps(page)[4]
    opening = {name: slider.value for name, slider in step.items()}
    for slider in step.values():
        slider.value = slider.max
    parts(page, "button")[-1]._handle_custom_msg("click", [])
    assert {name: slider.value for name, slider in step.items()} == opening


def test_a_redraw_is_small(page):
    steps(page)[3]["size"].value = 1000
    assert all(len(json.dumps(found.spec)) < 12_000 for found in parts(page, "chart"))
