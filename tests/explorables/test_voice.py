"""The chain of voices says what its model computes, and its three goals can be reached as the lesson says."""

import re

import pytest
from walk import parts, set_bets

from vermarkting.explorables import voice
from vermarkting.models.voice import Conditions, Group, cascade, fears, least_protection, least_support, thresholds

NAMES = ("Robin", "Alex", "Sam", "Charlie", "Yael", "jij")
STARTS = {
    "De spreiding": "spread",
    "De steun": "support",
    "De dekking": "coalition",
    "Afhankelijk": "dependence",
    "De eerste": "protected",
}


@pytest.fixture
def page():
    found = voice()
    set_bets(found)
    return found


def press(page, label: str, place: int = -1) -> None:
    [*found] = [button for button in parts(page, "button") if button.label == label]
    found[place]._handle_custom_msg("click", [])


def controls(page) -> dict[str, object]:
    """Give the sliders of the sandbox by what they set."""
    found = {}
    for slider in parts(page, "slider"):
        for start, name in STARTS.items():
            if slider.sentence.startswith(start):
                found[name] = slider
    return found


def put(page, **values: float) -> None:
    for name, value in values.items():
        controls(page)[name].value = value


def goals(page) -> dict[int, bool]:
    found = [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]
    assert len(found) == 3
    assert all(("is gelukt" in prose.text) is (prose.tone == "done") for prose in found)
    return {number: prose.tone == "done" for number, prose in enumerate(found, start=1)}


# ---- step 1


# By hand, thresholds 0, 1, 1, 3, 3 and your own: 1 speaks, then 3, then 5; you join as soon as that many others speak.
@pytest.mark.parametrize(
    ("own", "counts"),
    [(0, [2, 4, 6]), (1, [1, 4, 6]), (2, [1, 3, 6]), (3, [1, 3, 6]), (4, [1, 3, 5, 6]), (5, [1, 3, 5, 6])],
)
def test_the_meeting_goes_round_by_round(own, counts):
    page = voice()
    parts(page, "slider")[0].value = own
    chart = parts(page, "chart")[0]
    assert chart.sentence.startswith("Nog niemand spreekt.")
    for round_, count in enumerate(counts, start=1):
        press(page, "Volgende ronde")
        assert chart.sentence.startswith(f"Ronde {round_}: ")
        assert chart.sentence.endswith(f"Nu spreken er {count} van de 6.")
        assert sum(row[2] == "spreekt" for row in chart.table["rows"]) == count
    for _ in range(3):
        press(page, "Volgende ronde")
        assert chart.sentence == f"Niemand sluit nog aan. Het blijft bij {counts[-1]} van de 6."
    press(page, "Begin opnieuw")
    assert chart.sentence.startswith("Nog niemand spreekt.")


@pytest.mark.parametrize(
    ("own", "sentences"),
    [
        (0, ["Robin en jij beginnen te spreken", "Alex en Sam beginnen te spreken"]),
        (4, ["Robin begint te spreken", "Alex en Sam beginnen", "Charlie en Yael beginnen", "jij begint te spreken"]),
        (2, ["Robin begint te spreken", "Alex en Sam beginnen", "Charlie, Yael en jij beginnen"]),
    ],
)
def test_the_meeting_names_who_starts(own, sentences):
    page = voice()
    parts(page, "slider")[0].value = own
    for words in sentences:
        press(page, "Volgende ronde")
        assert words in parts(page, "chart")[0].sentence


def test_another_threshold_starts_the_meeting_again():
    page = voice()
    press(page, "Volgende ronde")
    parts(page, "slider")[0].value = 5
    chart = parts(page, "chart")[0]
    assert chart.sentence.startswith("Nog niemand")
    assert [row[:2] for row in chart.table["rows"]] == [
        [n, str(o)] for n, o in zip(NAMES, (0, 1, 1, 3, 3, 5), strict=True)
    ]
    looks = [mark["look"] for mark in chart.spec["marks"] if mark["shape"] == "person"]
    assert looks == ["open"] * 6


# ---- steps 3 to 7


def test_before_the_bets_nothing_is_told():
    words = voice()._repr_mimebundle_()["text/plain"]
    assert "De keten breekt bij persoon 2:" not in words
    assert "Over 20 nagespeelde groepen" not in words


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (0, "Iedereen spreekt: 20 van de 20, in 19 rondes."),
        (1, "Iedereen spreekt: 20 van de 20, in 20 rondes."),
        (2, "Sprekers: 1 van de 20. De keten breekt bij persoon 2: die spreekt pas vanaf 2 van de 20."),
        (19, "Sprekers: 1 van de 20. De keten breekt bij persoon 2: die spreekt pas vanaf 2 van de 20."),
    ],
)
def test_the_chain_of_twenty(page, second, sentence):
    slider = next(s for s in parts(page, "slider") if s.sentence.startswith("De tweede collega"))
    slider.value = second
    chart = parts(page, "chart")[1]
    assert chart.sentence == sentence
    speaks = [mark["speaks"] for mark in chart.spec["marks"] if mark["shape"] == "person"]
    assert len(speaks) == 20 and sum(speaks) == int(re.search(r": (\d+) van", sentence)[1])
    assert speaks == sorted(speaks, reverse=True)
    assert not any(mark.get("speaks") for mark in chart.spec["start"])
    assert len(chart.spec["frames"]) == min(sum(speaks) + 1, 20)
    for place, frame in enumerate(chart.spec["frames"]):
        wanted = int(chart.table["rows"][place][1])
        assert frame["say"].startswith(f"Persoon {place + 1} wil er {wanted} horen en hoort er ")
        assert ("Die spreekt." in frame["say"]) is (wanted <= place)
    press(page, "Terug naar het begin", 0)
    assert slider.value == 2


def test_what_came_before_stays_as_a_ghost(page):
    slider = next(s for s in parts(page, "slider") if s.sentence.startswith("De tweede collega"))
    chart = parts(page, "chart")[1]
    clock = iter(range(0, 1000, 10))
    chart._ghost._clock = lambda: next(clock)
    slider.value = 1
    slider.value = 5
    [before] = [mark["text"] for mark in chart.spec["marks"] if mark["id"] == "before"]
    assert before == "vorige stand: 20"


@pytest.mark.parametrize("spread", [0, 12, 15, 25, 35])
def test_the_crowd_is_the_model(page, spread):
    slider = next(s for s in parts(page, "slider") if s.sentence.startswith("De spreiding"))
    slider.value = spread
    chart = parts(page, "chart")[2]
    found = cascade(fears(Group(0.35, spread / 100, 100, 1)))
    assert len(chart.spec["data"][0]["x"]) == found.speakers
    if found.speakers:
        assert f"{found.speakers} van de 100" in chart.sentence
    else:
        assert chart.sentence.startswith("Niemand van de 100 spreekt.")


def test_a_new_draw_changes_the_people_and_reset_brings_them_back(page):
    chart = parts(page, "chart")[2]
    first = chart.spec["data"]
    press(page, "Nieuwe toevalstrekking", 0)
    second = chart.spec["data"]
    assert first != second
    press(page, "Terug naar het begin", 1)
    assert chart.spec["data"][:3] == first[:3]


@pytest.mark.parametrize("content", [0, 1, 10, 19])
def test_the_meeting_never_changes_and_the_survey_does(page, content):
    slider = next(s for s in parts(page, "slider") if "echt tevreden" in s.sentence)
    slider.value = content
    chart = parts(page, "chart")[3]
    assert [row[1] for row in chart.table["rows"]] == ["1", str(20 - content)]
    assert (
        f"zegt 1 van de 20 dat het anders moet. In de anonieme bevraging zijn het er {20 - content}." in chart.sentence
    )


# ---- the sandbox


def test_no_goal_is_reached_at_the_start(page):
    assert goals(page) == {1: False, 2: False, 3: False}


@pytest.mark.parametrize(
    ("goal", "setting"),
    [
        (1, {"dependence": 10, "coalition": 30}),
        (1, {"dependence": 15, "coalition": 28}),
        (2, {"protected": 5}),
        (2, {"protected": 12, "dependence": 5}),
        (3, {"spread": 25}),
        (3, {"spread": 35}),
    ],
)
def test_each_goal_can_be_reached(page, goal, setting):
    put(page, **setting)
    assert goals(page)[goal]


@pytest.mark.parametrize(
    ("goal", "setting"),
    [
        (1, {"dependence": 9, "coalition": 30}),
        (1, {"dependence": 10, "coalition": 30, "support": 1}),
        (1, {"dependence": 10}),
        (2, {"protected": 4}),
        (2, {"support": 15}),
        (3, {"spread": 25, "coalition": 1}),
        (3, {"spread": 25, "dependence": -1}),
        (3, {"spread": 12}),
    ],
)
def test_a_near_miss_reaches_nothing(page, goal, setting):
    put(page, **setting)
    assert not goals(page)[goal]


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_goals_can_be_reached_in_other_draws_too(page, seed):
    for _ in range(seed):
        press(page, "Nieuwe toevalstrekking")
    put(page, dependence=10, coalition=30)
    assert goals(page)[1]
    put(page, dependence=15, coalition=0, protected=6)
    assert goals(page)[2]
    put(page, dependence=0, protected=0, spread=35)
    assert goals(page)[3]


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({}, "Wie sprak, staat alleen"),
        ({"support": 15}, "De stem wordt gehoord"),
        ({"spread": 5}, "Niemand loopt risico"),
    ],
)
def test_the_outcome_is_named(page, setting, words):
    put(page, **setting)
    assert any(words in prose.text for prose in parts(page, "prose"))


@pytest.mark.parametrize("support", [0, 5, 8])
def test_what_it_takes_is_the_model(page, support):
    put(page, support=support)
    members = thresholds(fears(Group(0.35, 0.15, 100, 1)), Conditions(support=support / 100))
    told = next(
        prose.text for prose in parts(page, "prose") if "nagespeelde groepen" in prose.text and "steun" in prose.text
    )
    each = least_support(members)
    if each == 0:
        assert "Er is geen extra steun nodig." in told
    else:
        one, total = f"{100 * each:.1f}".replace(".", ","), f"{10000 * each:.0f}"
        single = least_protection(members)
        assert f"{one} punten steun voor iedereen (samen {total})" in told
        assert f"samen {100 * sum(single.values()):.0f} punten voor {len(single)} mensen" in told


def test_reset_brings_the_opening_back(page):
    put(page, spread=30, support=9, coalition=3, dependence=-4, protected=7)
    press(page, "Terug naar het begin")
    assert {name: slider.value for name, slider in controls(page).items()} == {
        "spread": 15, "support": 0, "coalition": 0, "dependence": 0, "protected": 0
    }  # fmt: skip


@pytest.mark.parametrize("protected", [0, 1, 40])
def test_who_is_protected_is_marked(page, protected):
    put(page, protected=protected)
    marked = [trace for trace in parts(page, "chart")[-1].spec["data"] if trace["name"] == "beschermd"]
    assert [trace["x"] for trace in marked] == ([list(range(1, protected + 1))] if protected else [])
