"""The trust clock says what its model computes, and its goals can be reached and missed."""

from itertools import pairwise

import pytest
from walk import parts, set_bets

from vermarkting.explorables import trust_clock
from vermarkting.models.continuity import Contract, long_run, mean_trust

NAMES = {
    "Een contract duurt": "term",
    "Het zittende team": "wins",
    "Een sterk team": "good_wins",
    "Een zwak team": "weak_wins",
    "Vertrouwen heeft": "build_up",
}


@pytest.fixture
def page():
    found = trust_clock()
    set_bets(found)
    return found


def controls(page) -> list[dict]:
    """Give the sliders of the hand step, the incumbent step, the quality step and the sandbox, by name."""
    named = [(next(n for s, n in NAMES.items() if x.sentence.startswith(s)), x) for x in parts(page, "slider")]
    sizes = (1, 2, 2, 4)
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    assert len(named) == sum(sizes)
    return [dict(named[start : start + size]) for start, size in zip(starts, sizes, strict=True)]


def press(page, number: int) -> None:
    parts(page, "button")[number]._handle_custom_msg("click", [])


def goals(page) -> list[bool]:
    found = [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]
    assert len(found) == 3
    assert all(("is gelukt" in prose.text) is (prose.tone == "done") for prose in found)
    return [prose.tone == "done" for prose in found]


def test_at_most_two_controls_before_the_sandbox(page):
    assert [list(step) for step in controls(page)] == [
        ["term"],
        ["term", "wins"],
        ["good_wins", "weak_wins"],
        ["term", "good_wins", "weak_wins", "build_up"],
    ]


# By hand: twenty years hold 20, 8, 4 and 1 contracts; the checked means are 21, 43, 63 and 90 of 100.
@pytest.mark.parametrize(("term", "teams", "trust"), [(1, 20, 21), (2.5, 8, 43), (5, 4, 63)])
def test_the_hand_step_counts_teams_and_trust(page, term, teams, trust):
    controls(page)[0]["term"].value = term
    chart = parts(page, "chart")[0]
    assert f"gemiddeld op {trust} van de 100" in chart.sentence
    assert f"{teams} teams en kon je {teams - 1} keer opnieuw kiezen" in chart.sentence
    assert len(chart.table["rows"]) == teams
    names = [mark["id"] for mark in chart.spec["marks"]]
    assert sum(name.startswith("team-") for name in names) == teams - 1
    high = [mark["h"] for mark in chart.spec["marks"] if mark["id"].startswith("part-")]
    falls = sum(after < before for before, after in pairwise(high))
    assert falls == (teams - 1 if term > 1 else 20 - 1)  # trust begins anew with each team
    assert [len(frame["marks"]) for frame in chart.spec["frames"]] == [3] * 20
    assert chart.spec["frames"][-1]["say"] == chart.sentence


def test_one_contract_for_all_years_has_words_of_its_own(page):
    controls(page)[0]["term"].value = 20
    assert "één team en kon je niet opnieuw kiezen" in parts(page, "chart")[0].sentence


@pytest.mark.parametrize(("term", "wins"), [(1, 0), (2.5, 75), (10, 0), (15, 95)])
def test_the_incumbent_step_is_the_model(page, term, wins):
    step = controls(page)[1]
    step["term"].value, step["wins"].value = term, wins
    chart, curve = parts(page, "chart")[1:3]
    trust = f"{100 * mean_trust(term, 2, wins / 100):.0f}"
    assert chart.sentence.endswith(f"gemiddeld op {trust} van de 100.")
    stay = f"{term / (1 - wins / 100):.1f}".removesuffix(".0").replace(".", ",")
    assert f"blijft een team gemiddeld {stay} jaar" in chart.sentence
    assert f"op {trust} als het zittende team kan winnen" in curve.sentence
    assert curve.spec["layout"]["shapes"][0]["x0"] == term
    line = curve.spec["data"][1]
    at_term = line["y"][line["x"].index(term)]
    assert at_term == pytest.approx(100 * mean_trust(term, 2, wins / 100), abs=0.06)


def test_a_new_draw_changes_the_history_and_not_the_mean(page):
    chart = parts(page, "chart")[1]
    before, rows = chart.sentence, chart.table["rows"]
    drawn = [rows]
    for _ in range(5):
        press(page, 0)
        drawn.append(chart.table["rows"])
    assert "Trekking 6" in chart.sentence
    assert chart.sentence.split("Bij contracten")[1] == before.split("Bij contracten")[1]
    assert len({str(rows) for rows in drawn}) > 2
    press(page, 1)
    assert chart.sentence == before


@pytest.mark.parametrize(
    ("good", "weak", "verdict", "worth"), [(90, 10, "beter", 85), (50, 50, "slechter", 47), (0, 0, "slechter", 30)]
)
def test_the_quality_step_compares_with_a_team_that_stays(page, good, weak, verdict, worth):
    step = controls(page)[2]
    step["good_wins"].value, step["weak_wins"].value = good, weak
    chart = parts(page, "chart")[3]
    assert f"gemiddeld {worth} van de 100 aan hulp. Blijft het eerste team altijd, dan is het 70." in chart.sentence
    assert f"doet het hier {verdict}" in chart.sentence
    widths = [mark["w"] for mark in chart.spec["marks"] if mark["id"] in ("bar-0-0", "bar-1-0")]
    assert widths == pytest.approx([0.98 * worth, 0.98 * 70], abs=0.5)


def test_a_weak_team_is_drawn_lower_and_striped(page):
    chart = parts(page, "chart")[4]
    columns = [mark for mark in chart.spec["marks"] if mark["id"].startswith("part-")]
    assert max(mark["h"] for mark in columns if mark["look"] == "orange") <= 0.4 * 140
    assert max(mark["h"] for mark in columns if mark["look"] == "blue") > 0.8 * 140
    weak = sum(row[3] == "zwak team" for row in chart.table["rows"])
    assert f"{len(chart.table['rows'])} teams na elkaar, waarvan {weak} zwak" in chart.sentence


def test_reset_brings_the_opening_of_the_sandbox_back(page):
    box = controls(page)[3]
    opening = {name: slider.value for name, slider in box.items()}
    assert opening == {"term": 2.5, "good_wins": 50, "weak_wins": 50, "build_up": 2}
    for slider in box.values():
        slider.value = slider.max
    press(page, -1)
    assert {name: slider.value for name, slider in box.items()} == opening


def test_the_sandbox_tells_what_procedures_cost(page):
    cost = next(prose for prose in parts(page, "prose") if "procedure met twee inschrijvers" in prose.text)
    assert "6,1 %" in cost.text
    controls(page)[3]["term"].value = 10
    assert "1,5 %" in cost.text


def test_no_goal_is_reached_at_the_start(page):
    assert goals(page) == [False, False, False]


@pytest.mark.parametrize(
    ("goal", "setting"),
    [
        (0, (2.5, 75, 75, 2)),
        (0, (3, 90, 90, 3)),
        (1, (2.5, 80, 30, 2)),
        (1, (6, 70, 30, 2)),
        (2, (5.5, 90, 10, 2)),
        (2, (10, 70, 30, 2)),
    ],
)
def test_each_goal_can_be_reached(page, goal, setting):
    assert _goals_at(page, setting)[goal]


@pytest.mark.parametrize(
    ("goal", "setting"),
    [
        (0, (3.5, 90, 90, 2)),
        (0, (2.5, 70, 70, 2)),
        (0, (2.5, 75, 75, 1.5)),
        (1, (2.5, 80, 25, 2)),
        (1, (2.5, 75, 30, 2)),
        (1, (15, 95, 95, 0.5)),
        (2, (5, 90, 10, 2)),
        (2, (10, 50, 50, 2)),
    ],
)
def test_a_near_miss_reaches_nothing(page, goal, setting):
    assert not _goals_at(page, setting)[goal]


def _goals_at(page, setting) -> list[bool]:
    for slider, value in zip(controls(page)[3].values(), setting, strict=True):
        slider.value = value
    return goals(page)


def test_its_value_is_plain_data_of_the_last_step(page):
    controls(page)[3]["good_wins"].value = 90
    mean = long_run(Contract(good_wins=0.9, weak_wins=0.5, good_newcomers=0.5))
    assert page.value["help"] == mean.help
    assert page.value["goals"] == ["short", "doubt"]
