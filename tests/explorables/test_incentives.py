"""The measuring factory says what its model computes, and its three goals can be reached as the lesson says."""

import pytest
from walk import parts, set_bets

from vermarkting.explorables import incentives
from vermarkting.models.incentives import Parameters, crowding_out_weight, curve, divide


def controls(page) -> list[dict]:
    """Give the sliders of each run of the model, by the first words of their sentence."""
    names = {"De indicator telt": "weight", "Een uur stil werk": "coverage", "Noor vindt": "ethos"}
    runs = []
    for slider in parts(page, "slider")[2:]:
        name = next(name for start, name in names.items() if slider.sentence.startswith(start))
        if name == "weight":
            runs.append({})
        runs[-1][name] = slider
    return runs


@pytest.fixture
def page():
    found = incentives()
    set_bets(found)
    return found


def goals(page) -> dict[int, bool]:
    """Which of the three goals say that they are reached."""
    found = [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]
    assert len(found) == 3
    assert all(("is gelukt" in prose.text) is (prose.tone == "done") for prose in found)
    return {number: prose.tone == "done" for number, prose in enumerate(found, start=1)}


def test_one_new_control_per_step(page):
    assert [list(run) for run in controls(page)] == [
        ["weight"],
        ["weight", "coverage"],
        ["weight", "coverage", "ethos"],
    ]


@pytest.mark.parametrize(("measured", "unmeasured"), [(0, 0), (38, 0), (0, 38), (19, 19), (10, 5)])
def test_the_week_by_hand_always_has_38_hours(page, measured, unmeasured):
    first, second = parts(page, "slider")[:2]
    first.value, second.value = measured, unmeasured
    assert (first.value, second.value) == (measured, unmeasured)
    sentence = parts(page, "chart")[0].sentence
    other = 38 - measured - unmeasured
    assert f"{measured} uur geteld werk, {unmeasured} uur stil werk en {other} uur ander werk" in sentence
    assert f"het dashboard op {round(100 * measured / 38)} van de 100" in sentence


def test_the_best_week_for_clients_is_the_even_one(page):
    first, second = parts(page, "slider")[:2]
    first.value = second.value = 19
    assert parts(page, "chart")[0].sentence.endswith("Wat cliënten krijgen, staat op 100 van de 100.")


def test_one_slider_makes_room_for_the_other(page):
    first, second = parts(page, "slider")[:2]
    first.value = 38
    assert second.value == 0
    second.value = 30
    assert first.value == 8


def dutch(number: float) -> str:
    return f"{number:.0f}"


@pytest.mark.parametrize("weight", [0, 5, 10, 20, 49, 60, 100])
@pytest.mark.parametrize("coverage", [0, 50, 100])
def test_the_sentence_is_the_model(page, weight, coverage):
    run = controls(page)[1]
    run["weight"].value, run["coverage"].value = weight, coverage
    week = divide(Parameters(indicator_weight=weight, coverage=coverage / 100))
    chart, line = parts(page, "chart")[3:5]
    hours = f"{dutch(week.measured)} uur naar geteld werk en {dutch(week.unmeasured)} uur naar stil werk"
    if week.unmeasured < 0.05:
        hours = "gaat er geen uur meer naar stil werk"
    assert chart.sentence.startswith(f"Bij {weight} van de 100 punten")
    assert hours in chart.sentence
    assert (
        f"op {dutch(week.dashboard)}, wat cliënten krijgen op {dutch(week.client_value)} van de 100" in chart.sentence
    )
    looks = [mark["look"] for mark in chart.spec["marks"] if mark["id"].startswith("hour-")]
    assert len(looks) == 38
    assert abs(looks.count("blue") - week.measured) <= 1 and abs(looks.count("orange") - week.unmeasured) <= 1
    assert line.spec["layout"]["shapes"][0]["x0"] == weight


def test_the_line_names_the_best_weight(page):
    controls(page)[0]["weight"].value = 30
    line = parts(page, "chart")[2]
    weeks = curve(Parameters(), 101)
    best = max(range(101), key=lambda weight: weeks[weight].client_value)
    assert best == 2
    assert f"bij een gewicht van {best}: {dutch(weeks[best].client_value)} van de 100" in line.sentence
    assert [len(trace["x"]) for trace in line.spec["data"]] == [len(trace["y"]) for trace in line.spec["data"]]


def test_what_came_before_stays_as_a_ghost(page, monkeypatch):
    chart = parts(page, "chart")[1]
    clock = iter(range(0, 1000, 10))
    chart._ghost._clock = lambda: next(clock)
    run = controls(page)[0]
    run["weight"].value = 10
    run["weight"].value = 60
    assert [row[0] for row in chart.table["rows"]] == ["nu", "vorige stand"]
    before = divide(Parameters(indicator_weight=10))
    assert chart.table["rows"][1][1] == f"{before.measured:.1f}".replace(".", ",")


def test_reset_brings_the_opening_back(page):
    run = controls(page)[2]
    opening = {name: slider.value for name, slider in run.items()}
    run["weight"].value, run["coverage"].value, run["ethos"].value = 80, 40, 2.5
    parts(page, "button")[-1]._handle_custom_msg("click", [])
    assert {name: slider.value for name, slider in run.items()} == opening


def test_no_goal_is_reached_at_the_start(page):
    assert goals(page) == {1: False, 2: False, 3: False}


@pytest.mark.parametrize(
    ("goal", "weight", "coverage", "ethos"),
    [(1, 100, 0, 1), (2, 60, 0, 3), (2, 60, 0, 2), (3, 50, 93, 1), (3, 60, 100, 1)],
)
def test_each_goal_can_be_reached(page, goal, weight, coverage, ethos):
    run = controls(page)[2]
    run["weight"].value, run["coverage"].value, run["ethos"].value = weight, coverage, ethos
    assert goals(page)[goal]


@pytest.mark.parametrize(
    ("goal", "weight", "coverage", "ethos"),
    [(1, 30, 0, 1), (2, 60, 0, 1), (2, 59, 0, 3), (2, 60, 10, 3), (3, 50, 91, 1), (3, 49, 100, 1)],
)
def test_a_near_miss_reaches_nothing(page, goal, weight, coverage, ethos):
    run = controls(page)[2]
    run["weight"].value, run["coverage"].value, run["ethos"].value = weight, coverage, ethos
    assert not goals(page)[goal]


def test_goals_say_only_what_is_so(page):
    run = controls(page)[2]
    for weight in (50, 60, 70, 80, 90, 95, 98, 99, 100):
        for coverage in (0, 10, 60, 92, 100):
            for ethos in (0, 1, 1.75, 2, 2.25, 3):
                run["weight"].value, run["coverage"].value, run["ethos"].value = weight, coverage, ethos
                week = divide(Parameters(indicator_weight=weight, coverage=coverage / 100, ethos=ethos))
                reached = goals(page)
                if reached[1]:
                    assert week.unmeasured < 0.05 and round(week.dashboard) == 100
                if reached[2]:
                    assert round(week.unmeasured, 1) > 0


def test_the_threshold_of_the_lesson(page):
    assert 48 < crowding_out_weight(Parameters()) < 50
    run = controls(page)[0]
    run["weight"].value = 49
    assert "geen uur meer naar stil werk" in parts(page, "chart")[1].sentence
