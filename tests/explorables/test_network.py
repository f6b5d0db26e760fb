"""The network on screen: what it draws is the model, and each goal can be reached as the lesson says."""

from itertools import pairwise
from random import Random

import pytest
from walk import parts, set_bets

from vermarkting.explorables import network
from vermarkting.explorables.network import follow
from vermarkting.models.network import SHAPES, Climate, degrees, path_success, run, trust


@pytest.fixture
def page():
    return network()


@pytest.fixture
def after_bets(page):
    set_bets(page)
    return page


def click(page, label):
    button = next(button for button in parts(page, "button") if button.label == label)
    button._handle_custom_msg("click", [])


def lay(page, one, other):
    first, second = parts(page, "choice")[:2]
    ids = {option["text"]: option["id"] for option in first.options}
    first.value, second.value = ids[one], ids[other]
    click(page, "Leg of knip deze band")


def goals(page):
    return [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]


def sandbox(page):
    """Give the last step's controls by name."""
    shape, hub = parts(page, "choice")[-2:]
    rivalry, cycle, upkeep = parts(page, "slider")[-3:]
    return {"shape": shape, "hub": hub, "rivalry": rivalry, "cycle": cycle, "upkeep": upkeep}


def put(page, **values):
    found = sandbox(page)
    for name, value in values.items():
        found[name].value = value


def drawn_ties(chart):
    return sum(mark["id"].startswith("tie-") for mark in chart.spec["marks"])


# Step 1, by hand


def test_the_ring_is_what_it_starts_with(page):
    chart = parts(page, "chart")[0]
    assert drawn_ties(chart) == 12
    chance = round(100 * run(SHAPES["ring"], upkeep=0.02, most=3).success[2])
    assert chart.sentence.startswith(f"12 banden: een cliënt die drie diensten nodig heeft, krijgt ze in {chance} van")


def test_laying_and_cutting_a_tie_says_what_it_does(page):
    lay(page, "CAW", "Huisvesting")
    assert drawn_ties(parts(page, "chart")[0]) == 13
    said = parts(page, "prose")[2].text
    assert "tussen CAW en Huisvesting" in said and "van 42 naar 45 op 100" in said
    lay(page, "Huisvesting", "CAW")
    assert "is weg" in parts(page, "prose")[2].text and "van 45 naar 42" in parts(page, "prose")[2].text
    assert drawn_ties(parts(page, "chart")[0]) == 12


def test_a_service_has_no_tie_with_itself(page):
    lay(page, "CAW", "CAW")
    assert "twee verschillende" in parts(page, "prose")[2].text
    assert drawn_ties(parts(page, "chart")[0]) == 12


def test_two_ties_across_reach_the_goal_and_many_lose_it(page):
    lay(page, "CAW", "Huisvesting")
    assert goals(page)[0].tone == "todo"
    lay(page, "Straathoek", "Rechtshulp")
    assert goals(page)[0].tone == "done"
    click(page, "Terug naar het begin")
    assert goals(page)[0].tone == "todo"
    assert drawn_ties(parts(page, "chart")[0]) == 12


def test_a_service_without_ties_is_named(page):
    lay(page, "CAW", "OCMW")
    lay(page, "CAW", "Ggz-team")
    chart = parts(page, "chart")[0]
    assert "CAW staat zonder band" in chart.sentence
    assert ["CAW", "0", "geen"] in chart.table["rows"]


def test_two_clicks_on_services_lay_a_tie(page):
    chart = parts(page, "chart")[0]
    for organisation in (0, 6):
        chart._handle_custom_msg({"pick": f"node-{organisation}"}, [])
    assert "tussen CAW en Huisvesting" in parts(page, "prose")[2].text
    assert drawn_ties(chart) == 13
    for _ in range(2):
        chart._handle_custom_msg({"pick": "node-3"}, [])
    chart._handle_custom_msg({"pick": "node-99"}, [])
    assert drawn_ties(chart) == 13 and parts(page, "prose")[2].text == ""


def test_a_client_is_followed_until_a_hand_over_fails(page):
    chart = parts(page, "chart")[0]
    region, lots = run(SHAPES["ring"], upkeep=0.02, most=3), Random(1)
    walks = [follow(region, lots) for _ in range(1500)]
    for walk in walks:
        assert [worked for *_, worked in walk.hops[:-1]] == [True] * (len(walk.hops) - 1)
        assert all(one[1] == other[0] for one, other in pairwise(walk.hops))
    assert sum(walk.is_helped for walk in walks) / len(walks) == pytest.approx(region.success[2], abs=0.04)
    for number in (1, 2, 3):
        click(page, "Volg een cliënt")
        assert f"Je volgde hier {number} cliënt" in chart.sentence
        says = [frame["say"] for frame in chart.spec["frames"]]
        assert chart.sentence == says[-1] and chart.spec["play"]
        assert "haakt af" in says[-1] or "kreeg alles" in says[-1]
    lay(page, "CAW", "Huisvesting")
    assert chart.spec["frames"] == [] and "Je volgde" not in chart.sentence


# Steps 2 to 4


@pytest.mark.parametrize("name", ["ring", "star", "moderate", "full"])
@pytest.mark.parametrize("upkeep", [0, 1, 2, 4])
def test_shape_and_upkeep_give_what_the_model_says(after_bets, name, upkeep):
    shape, slider = parts(after_bets, "choice")[2], parts(after_bets, "slider")[0]
    shape.value, slider.value = name, upkeep
    chart = parts(after_bets, "chart")[1]
    chance = round(100 * run(SHAPES[name], upkeep=upkeep / 100, most=3).success[2])
    assert f"in {chance} van de 100 gevallen" in chart.sentence
    assert drawn_ties(chart) == len(SHAPES[name])
    assert [int(row[1]) for row in chart.table["rows"]] == list(degrees(SHAPES[name]))


def test_the_portrait_says_whether_there_is_a_hub(after_bets):
    shape = parts(after_bets, "choice")[2]
    words = {}
    for name in ("ring", "star"):
        shape.value = name
        words[name] = next(p.text for p in parts(after_bets, "prose") if "dichtheid" in p.text)
    assert words["ring"].startswith("Alle diensten hebben evenveel banden: 2.")
    assert "De drukste dienst is CAW met 11 banden." in words["star"] and "nog 0 van de 100 paren" in words["star"]


def test_paying_the_hub(after_bets):
    hub, chart = parts(after_bets, "choice")[3], parts(after_bets, "chart")[2]
    assert "in 77 van de 100" in chart.sentence
    hub.value = "no"
    assert "in 29 van de 100" in chart.sentence


@pytest.mark.parametrize(("rivalry", "cycle"), [(100, 3), (15, 3), (0, 3), (100, 0), (100, 12), (50, 1)])
def test_tenders_give_what_the_model_says(after_bets, rivalry, cycle):
    first, second = parts(after_bets, "slider")[1:3]
    first.value, second.value = rivalry, cycle
    line, bars = parts(after_bets, "chart")[3:5]
    climate = Climate(rivalry=rivalry / 100, cycle=cycle)
    level = trust(climate)[-1]
    assert f"van 80 naar {100 * level:.0f} op 100" in line.sentence
    assert len(line.table["rows"]) == 13
    marks = [trace for trace in line.spec["data"] if trace["mode"] == "markers"]
    assert [x for trace in marks for x in trace["x"]] == list(climate.tenders)
    widths = [mark["w"] for mark in bars.spec["marks"] if mark.get("look") == "blue"]
    assert widths == pytest.approx([98 * path_success(level, k) for k in range(1, 6)], abs=0.06)


# Step 5


@pytest.mark.parametrize(
    ("goal", "setting"),
    [
        (0, {"shape": "closed", "rivalry": 15}),
        (1, {"shape": "full", "cycle": 0}),
        (2, {"shape": "star", "rivalry": 15, "hub": "yes"}),
    ],
)
def test_each_goal_can_be_reached(after_bets, goal, setting):
    assert goals(after_bets)[1 + goal].tone == "todo"
    put(after_bets, **setting)
    assert goals(after_bets)[1 + goal].tone == "done"


@pytest.mark.parametrize(
    ("goal", "setting"),
    [
        (0, {"shape": "closed", "rivalry": 100}),
        (0, {"shape": "closed", "rivalry": 15, "cycle": 0}),
        (0, {"shape": "moderate", "rivalry": 15}),
        (1, {"shape": "full", "cycle": 0, "upkeep": 0}),
        (1, {"shape": "full", "rivalry": 100}),
        (2, {"shape": "star", "rivalry": 0, "hub": "yes"}),
        (2, {"shape": "star", "rivalry": 15, "hub": "yes", "cycle": 0}),
        (2, {"shape": "star", "rivalry": 15, "hub": "yes", "upkeep": 1.5}),
        (2, {"shape": "star", "rivalry": 15, "hub": "no"}),
    ],
)
def test_a_goal_is_not_reached_by_going_round_it(after_bets, goal, setting):
    put(after_bets, **setting)
    assert goals(after_bets)[1 + goal].tone == "todo"


def test_the_third_goal_needs_a_paid_hub(after_bets):
    for shape in SHAPES:
        for rivalry in (15, 20, 50, 100):
            put(after_bets, shape=shape, rivalry=rivalry, cycle=3, upkeep=2, hub="no")
            assert goals(after_bets)[3].tone == "todo"


def test_a_goal_never_says_what_the_numbers_on_screen_deny(after_bets):
    for rivalry in range(0, 105, 5):
        put(after_bets, shape="closed", rivalry=rivalry, cycle=3)
        goal, chart = goals(after_bets)[1], parts(after_bets, "chart")[5]
        if goal.tone == "done":
            chance = chart.sentence.split("krijgt ze in ")[1].split()[0]
            assert f"Met tenders {chance} op 100, zonder 16" in goal.text
            assert int(chance) > 16


def test_reset_brings_the_opening_back(after_bets):
    before = after_bets.value
    put(after_bets, shape="closed", rivalry=0, cycle=6, upkeep=0, hub="yes")
    buttons = [b for b in parts(after_bets, "button") if b.label == "Terug naar het begin"]
    buttons[-1]._handle_custom_msg("click", [])
    assert {name: control.value for name, control in sandbox(after_bets).items()} == {
        "shape": "moderate",
        "hub": "no",
        "rivalry": 100,
        "cycle": 3,
        "upkeep": 2,
    }
    assert before is not after_bets.value
