"""The mission model says what its model computes, and its goals can be reached and missed."""

import pytest
from walk import parts, set_bets

from vermarkting.explorables import mission_drift
from vermarkting.models.continuity import Market, drift

NAMES = {"De prijs weegt": "pressure", "Het bestek vraagt": "floor", "Elke organisatie": "giving_up"}


@pytest.fixture
def page():
    found = mission_drift()
    set_bets(found)
    return found


def controls(page) -> list[dict]:
    """Give the sliders of each run of the model, by name."""
    runs = []
    for slider in parts(page, "slider"):
        name = next(n for start, n in NAMES.items() if slider.sentence.startswith(start))
        if name == "pressure":
            runs.append({})
        runs[-1][name] = slider
    return runs


def press(page, label: str, which: int = 0) -> None:
    [button for button in parts(page, "button") if button.label == label][which]._handle_custom_msg("click", [])


def goals(page) -> list[bool]:
    found = [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]
    assert len(found) == 3
    assert all(("is gelukt" in prose.text) is (prose.tone == "done") for prose in found)
    return [prose.tone == "done" for prose in found]


def test_one_new_control_per_step(page):
    assert [list(run) for run in controls(page)] == [
        ["pressure"],
        ["pressure", "floor"],
        ["pressure", "floor", "giving_up"],
    ]


# By hand: the teams do 10, 20, 35, 50 and 60 hours; work of 200 costs 200 / 0.9 = 222 up to 200 / 0.4 = 500.
def test_the_five_teams_at_the_start(page):
    chart = parts(page, "chart")[0]
    assert [row[1:] for row in chart.table["rows"]] == [
        ["10", "222"], ["20", "250"], ["35", "308"], ["50", "400"], ["60", "500"]
    ]  # fmt: skip
    assert "Na 0 van de 5 gunningen gaan gemiddeld 35 van de 100 uur" in chart.sentence


@pytest.mark.parametrize(("rule", "hours"), [("cheapest", 10), ("middle", 35), ("dearest", 60)])
def test_who_always_wins_spreads(page, rule, hours):
    parts(page, "choice")[0].value = rule
    chart = parts(page, "chart")[0]
    for awards in range(1, 6):
        press(page, "Gun de opdracht")
        assert f"Na {awards} van de 5" in chart.sentence
        assert sum(row[1] == str(hours) for row in chart.table["rows"]) >= min(awards, 2)
    assert sum(row[1] == str(hours) for row in chart.table["rows"]) >= 4
    assert len({row[0] for row in chart.table["rows"]}) == 5
    assert "Dat was de laatste ronde" in _story(page)
    before = chart.sentence
    press(page, "Gun de opdracht")
    assert chart.sentence == before
    press(page, "Terug naar het begin")
    assert "Na 0 van de 5" in chart.sentence


def _story(page) -> str:
    return next(prose.text for prose in parts(page, "prose") if prose.live and prose.tone == "text")


def test_the_story_adds_up_what_was_spent(page):
    parts(page, "choice")[0].value = "dearest"
    press(page, "Gun de opdracht")
    assert "Je gaf tot nu 500 duizend euro uit; met telkens de goedkoopste was het 222." in _story(page)
    press(page, "Gun de opdracht")
    assert "Je gaf tot nu 1.000 duizend euro uit" in _story(page)


@pytest.mark.parametrize(("pressure", "floor"), [(0, 0), (8, 0), (8, 25), (10, 40)])
def test_the_sentences_are_the_model(page, pressure, floor):
    run = controls(page)[1]
    run["pressure"].value, run["floor"].value = pressure, floor
    found = drift(Market(pressure=pressure, floor=floor / 100))
    chart, causes = parts(page, "chart")[3:5]
    start, end = (f"{100 * mean:.0f}" for mean in (found.means[0], found.means[-1]))
    assert f"gemiddeld van {start} naar {end} van de 100 uur." in chart.sentence
    assert ("De stippellijn is die ondergrens." in chart.sentence) is (floor > 0)
    assert len(chart.spec["frames"]) == 12
    assert [len(mark["points"]) for mark in chart.spec["marks"] if mark["shape"] == "pile"] == [40]
    assert ("floor" in [mark["id"] for mark in chart.spec["marks"]]) == bool(floor)
    means = [mark["x"] for frame in chart.spec["frames"] for mark in frame["marks"] if mark["id"] == "mean"]
    assert means == pytest.approx([1.8 + 96 * mean / 0.7 for mean in found.means[1:]], abs=0.02)
    told = [mark["text"] for mark in causes.spec["marks"] if mark["shape"] == "text"]
    hours = [f"{100 * cause:z.1f} uur".replace(".", ",") for cause in (found.selected, found.changed)]
    assert [words.split(": ")[1] for words in told] == hours


def test_what_came_before_stays_as_a_ghost(page):
    chart, causes = parts(page, "chart")[1:3]
    clock = iter(range(0, 1000, 10))
    runs = [found for found in _stacks(page) if hasattr(found, "causes")]
    runs[0]._ghost._clock = lambda: next(clock)
    run = controls(page)[0]
    run["pressure"].value = 2
    run["pressure"].value = 0
    before = drift(Market(pressure=2))
    [ghost] = [mark for mark in chart.spec["marks"] if mark["id"] == "before"]
    assert ghost["x"] == pytest.approx(1.5 + 96 * before.means[-1] / 0.7, abs=0.02)
    outlines = [mark["w"] for mark in causes.spec["marks"] if mark.get("look") == "ghost"]
    assert outlines == pytest.approx([98 * 100 * abs(x) / 90 for x in (before.selected, before.changed)], abs=0.31)


def _stacks(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _stacks(child)


def test_a_new_draw_changes_the_course_and_reset_brings_it_back(page):
    chart = parts(page, "chart")[1]
    before = chart.sentence
    press(page, "Nieuwe toevalstrekking")
    assert chart.sentence.startswith("Trekking 6") and chart.sentence != before
    press(page, "Terug naar het begin", 1)
    assert chart.sentence == before


def test_no_goal_is_reached_at_the_start(page):
    assert goals(page) == [False, False, False]


def _goals_at(page, setting) -> list[bool]:
    for slider, value in zip(controls(page)[2].values(), setting, strict=True):
        slider.value = value
    return goals(page)


@pytest.mark.parametrize(("goal", "setting"), [(0, (8, 28, 0)), (0, (10, 35, 0)), (1, (0, 0, 2)), (1, (0, 0, 4))])
def test_each_goal_can_be_reached(page, goal, setting):
    assert _goals_at(page, setting)[goal]


@pytest.mark.parametrize(
    ("goal", "setting"),
    [(0, (8, 25, 0)), (0, (7, 35, 0)), (1, (0, 0, 1)), (1, (1, 0, 4)), (1, (0, 5, 4)), (2, (0, 0, 0))],
)
def test_a_near_miss_reaches_nothing(page, goal, setting):
    assert not _goals_at(page, setting)[goal]


def test_luck_is_found_within_a_few_draws(page):
    _goals_at(page, (0, 0, 0))
    found = []
    for _ in range(4):
        press(page, "Nieuwe toevalstrekking", -1)
        found.append(goals(page))
    assert [False, False, True] in found
