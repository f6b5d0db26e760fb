"""The layers of room say what their model computes, and their three goals can be reached."""

import pytest
from walk import groups, parts, set_bets

from vermarkting.explorables import discretion
from vermarkting.models.discretion import Layers, room


@pytest.fixture
def page():
    found = discretion()
    set_bets(found)
    return found


def goals(page) -> dict[int, bool]:
    found = [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]
    assert len(found) == 3
    assert all(("is gelukt" in prose.text) is (prose.tone == "done") for prose in found)
    return {number: prose.tone == "done" for number, prose in enumerate(found, start=1)}


def put(page, policy: float, organisation: float, worker: float, colleague: float) -> None:
    for slider, value in zip(groups(page)[-1], (policy, organisation, worker, colleague), strict=True):
        slider.value = value


def test_new_controls_come_step_by_step(page):
    assert list(map(len, groups(page))) == [1, 2, 4]


# By hand: policy leaves 60, the organisation 12 of those, of which the worker uses a share.
@pytest.mark.parametrize(("worker", "used"), [(0, "0"), (50, "6"), (75, "9"), (100, "12")])
def test_courage_alone_stops_at_twelve(page, worker, used):
    parts(page, "slider")[0].value = worker
    chart = parts(page, "chart")[0]
    assert chart.sentence == (
        "Het beleid legt 40 van de 100 beslissingen vast en de organisatie 48. "
        f"Van de 12 die open liggen, gebruikt de sociaal werker er {used}."
    )
    assert sum(trace["x"][0] for trace in chart.spec["data"]) == pytest.approx(100)


@pytest.mark.parametrize("organisation", [0, 20, 60, 100])
@pytest.mark.parametrize("worker", [0, 50, 100])
def test_the_sentence_is_the_model(page, organisation, worker):
    first, second = groups(page)[1]
    first.value, second.value = organisation, worker
    found = room(Layers(60, organisation, worker))
    assert parts(page, "chart")[1].sentence.endswith(f"gebruikt de sociaal werker er {found.used:.0f}.")


def test_no_goal_is_reached_at_the_start(page):
    assert goals(page) == {1: False, 2: False, 3: False}


@pytest.mark.parametrize(
    ("goal", "layers"),
    [
        (1, (100, 40, 100, 50)),
        (1, (80, 80, 65, 0)),
        (2, (60, 5, 100, 50)),
        (3, (60, 50, 80, 75)),
        (3, (100, 20, 100, 85)),
    ],
)
def test_each_goal_can_be_reached(page, goal, layers):
    put(page, *layers)
    assert goals(page)[goal]


@pytest.mark.parametrize(
    ("goal", "layers"), [(1, (100, 35, 100, 50)), (2, (60, 5, 95, 50)), (2, (60, 10, 100, 50)), (3, (60, 50, 80, 65))]
)
def test_a_near_miss_reaches_nothing(page, goal, layers):
    put(page, *layers)
    assert not goals(page)[goal]


def test_the_colleague_is_told(page):
    put(page, 60, 50, 80, 30)
    assert "Bij 15 van de 100 beslissingen hangt het af van wie" in parts(page, "chart")[2].sentence


def test_what_came_before_stays_as_a_ghost(page):
    chart = parts(page, "chart")[1]
    clock = iter(range(0, 1000, 10))
    chart._ghost._clock = lambda: next(clock)
    first, _ = groups(page)[1]
    first.value = 40
    first.value = 80
    assert [row[0] for row in chart.table["rows"]] == ["nu", "vorige stand"]
    assert chart.table["rows"][1][-1] == "12,0"


def test_reset_brings_the_opening_back(page):
    opening = [slider.value for slider in groups(page)[-1]]
    put(page, 10, 20, 30, 40)
    parts(page, "button")[-1]._handle_custom_msg("click", [])
    assert [slider.value for slider in groups(page)[-1]] == opening


# By hand: 30 decisions lie open; the worker uses 24 of them, the colleague 9.
def test_the_colleague_has_a_bar_too(page):
    put(page, 60, 50, 80, 30)
    rows = parts(page, "chart")[2].table["rows"]
    assert [row[0] for row in rows][:2] == ["nu", "collega"]
    assert [row[-1] for row in rows][:2] == ["24,0", "9,0"]
