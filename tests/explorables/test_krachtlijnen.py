"""The dilemmas and the team's budget say what their model computes, and their goals can be reached as told."""

import re
from itertools import product

import pytest
from walk import parts, set_bets

from vermarkting import data
from vermarkting.explorables import krachtlijnen, team_budget
from vermarkting.explorables.krachtlijnen import signed, vignettes
from vermarkting.explorables.team_budget import contracts, tasks
from vermarkting.models.krachtlijnen import KRACHTLIJNEN, balance, follow, week

NAMES = ("nabijheid", "procesmatig werken", "politiserend werken", "generalistisch werken", "verbindend werken")


def press(button) -> None:
    button._handle_custom_msg("click", [])


def goals(page) -> list[bool]:
    found = [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]
    assert [prose.text.split(maxsplit=2)[1].rstrip(".") for prose in found] == [str(n + 1) for n in range(len(found))]
    assert all(("is gelukt" in prose.text) is (prose.tone == "done") for prose in found)
    return [prose.tone == "done" for prose in found]


# The dilemmas


@pytest.fixture
def floor():
    found = krachtlijnen()
    set_bets(found)
    return found


def on_the_floor(page) -> list:
    """Give the sandbox's seven choices, of which one is open at a time."""
    return list(page.children[-2].outcome.choices.values())


def test_nothing_moves_before_a_choice(floor):
    chart = parts(floor, "chart")[0]
    assert "alle vijf krachtlijnen staan op nul" in chart.sentence
    assert [row[1] for row in chart.table["rows"]] == ["0"] * 5


def test_choosing_by_hand_moves_the_bars_and_says_why(floor):
    on = parts(floor, "button")[0]
    for number, (name, options) in enumerate(vignettes().items(), start=1):
        title = next(prose.title for prose in parts(floor, "prose") if prose.title.startswith("Dilemma"))
        assert title.startswith(f"Dilemma {number} van 7.")
        choice = parts(floor, "choice")[0]
        assert [option["text"] for option in choice.options[1:]] == [row["text"] for row in options.values()]
        choice.value = "b"
        why = next(prose for prose in parts(floor, "prose") if prose.tone == "reveal")
        assert why.text.startswith(options["b"]["explanation"]), name
        sentence = parts(floor, "chart")[0].sentence
        assert f"Je koos in {number} van de 7 dilemma's." in sentence
        press(on)
    # by hand: the b of each vignette; nabijheid -1-2+0+0-1-1+1, procesmatig -1-2+1, politiserend 2-1+2+2,
    # generalistisch 1+2+1-1-2, verbindend 1+2+1
    expected = (-4, -2, 5, 1, 4)
    shown = parts(floor, "chart")[0]
    assert [row[1] for row in shown.table["rows"]] == [signed(total) for total in expected]
    assert "jouw profiel" in shown.sentence


def test_going_back_keeps_the_choice_and_reset_forgets_it(floor):
    on, back, reset = parts(floor, "button")[:3]
    parts(floor, "choice")[0].value = "a"
    press(on)
    press(back)
    assert parts(floor, "choice")[0].value == "a"
    press(reset)
    assert parts(floor, "choice")[0].value == "open"
    assert "nog niets gekozen" in parts(floor, "chart")[0].sentence


def test_each_explanation_ends_with_what_moved(floor):
    for letter, option in next(iter(vignettes().values())).items():
        parts(floor, "choice")[0].value = letter
        why = next(prose for prose in parts(floor, "prose") if prose.tone == "reveal").text
        told = dict(re.findall(r"([a-z ]+?) ([+−]\d)", why.partition("In punten:")[2].replace(", ", ",").strip()))
        moved = {name: signed(n) for name, n in zip(NAMES, option["model"].effects, strict=True) if n}
        assert {name.strip(" ,"): n for name, n in told.items()} == moved


@pytest.mark.parametrize("krachtlijn", KRACHTLIJNEN)
def test_a_team_that_follows_one_krachtlijn(floor, krachtlijn):
    choice = next(c for c in parts(floor, "choice") if c.value in KRACHTLIJNEN)
    choice.value = krachtlijn
    models = [tuple(option["model"] for option in options.values()) for options in vignettes().values()]
    totals = balance(follow(models, krachtlijn))
    chart = parts(floor, "chart")[1]
    assert [row[1] for row in chart.table["rows"]] == [signed(total) for total in totals]
    assert f"eindigt daar op {signed(totals[KRACHTLIJNEN.index(krachtlijn)])}." in chart.sentence
    assert f"op {signed(min(totals))}. Onder nul staan er {sum(n < 0 for n in totals)} van de vijf." in chart.sentence


def test_the_count_of_teams(floor):
    assert any("Er zijn 2.187 manieren" in prose.text and "In 48 daarvan" in prose.text and "In 1 ervan" in prose.text
               for prose in parts(floor, "prose"))  # fmt: skip


def test_no_floor_goal_is_reached_at_the_start_and_each_can_be(floor):
    assert goals(floor) == [False, False]
    for choice, letter in zip(on_the_floor(floor), "ccaacba", strict=True):
        choice.value = letter
    assert goals(floor)[0]
    assert [row[1] for row in parts(floor, "chart")[-1].table["rows"]] == ["+1", "+1", "+1", "+1", "+3"]


def test_a_click_on_a_day_opens_it(floor):
    chart, day = parts(floor, "chart")[-1], parts(floor, "choice")[-2]
    for name, options in vignettes().items():
        chart._handle_custom_msg({"pick": f"day-{name}-number"}, [])
        assert day.value == name
        assert [option["text"] for option in parts(floor, "choice")[-1].options] == [
            o["name"] for o in options.values()
        ]


def test_the_goals_of_the_floor_say_only_what_is_so(floor):
    choices = on_the_floor(floor)
    for letters in list(product("abc", repeat=7))[::37]:
        for choice, letter in zip(choices, letters, strict=True):
            choice.value = letter
        totals = floor.children[-2].value["balance"]
        assert goals(floor) == [min(totals) >= 0, totals[2] >= 4 and totals[0] >= 0]


# The budget


@pytest.fixture
def budget():
    found = team_budget()
    set_bets(found)
    return found


def test_one_or_two_controls_before_the_sandbox(budget):
    assert len(parts(budget, "slider")) == 1 + 1 + 2
    assert len(parts(budget, "choice")) == 1 + 1 + 2


# By hand: 84/94 of every task is left, 89.4; signalling gone leaves the quarter of politiserend that rests on network.
@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("even", "Elke krachtlijn zakt naar 89."),
        ("signalling", "Het diepst zakt politiserend werken, naar 25."),
        ("presence", "Het diepst zakt nabijheid, naar 69."),
        ("fixed_steps", "Geen enkele krachtlijn beweegt"),
    ],
)
def test_ten_hours_by_hand(budget, where, words):
    parts(budget, "choice")[0].value = where
    assert words in parts(budget, "chart")[0].sentence


@pytest.mark.parametrize("strictness", [1, 30, 60, 100])
def test_the_three_forms_say_their_lowest(budget, strictness):
    parts(budget, "slider")[0].value = strictness
    sentence = parts(budget, "chart")[1].sentence
    assert sentence.startswith(f"Bij {strictness} {'punt' if strictness == 1 else 'punten'} ")
    for form, name, lowest in (("subsidy", "brede subsidie", 4), ("tender", "tender op aantallen", 0),
                               ("sib", "SIB op één resultaat", 3)):  # fmt: skip
        index = week(tasks(), contracts()[form], strictness).krachtlijnen[lowest]
        assert f"bij de {name} {NAMES[lowest]} ({index:.0f})" in sentence


def test_a_payer_who_trusts_makes_all_equal(budget):
    parts(budget, "slider")[0].value = 0
    krachtlijn, hours = parts(budget, "chart")[1:3]
    assert "precies dezelfde week" in krachtlijn.sentence
    assert {cell for row in krachtlijn.table["rows"] for cell in row[1:]} == {"100,0"}
    assert hours.sentence.startswith("Elke taak krijgt minstens de uren")


def test_the_hours_in_the_table_add_up(budget):
    for strictness in (0, 45, 100):
        parts(budget, "slider")[0].value = strictness
        rows = parts(budget, "chart")[2].table["rows"]
        for column in (1, 2, 3):
            assert sum(float(row[column].replace(",", ".")) for row in rows) == pytest.approx(100, abs=0.4)


def test_one_sentence_raises_one_and_lowers_another(budget):
    choice = parts(budget, "choice")[1]
    shown = {}
    for choice.value in ("tender", "tender_near"):
        shown[choice.value] = [float(row[1].replace(",", ".")) for row in parts(budget, "chart")[3].table["rows"]]
    before, after = shown["tender"], shown["tender_near"]
    assert after[0] > 100 > before[0]
    assert after[2] < before[2] - 10


def test_what_came_before_stays_as_small_open_marks(budget):
    charts = budget.children[3].outcome.charts
    clock = iter(range(0, 1000, 10))
    charts._ghost._clock = lambda: next(clock)
    slider = parts(budget, "slider")[0]
    slider.value = 20
    slider.value = 80
    ghosts = charts.krachtlijnen.spec["data"][-1]
    assert ghosts["name"] == "vorige stand"
    before = [v for form in ("subsidy", "tender", "sib") for v in week(tasks(), contracts()[form], 20).krachtlijnen]
    assert ghosts["x"] == pytest.approx(before, abs=0.01)


def sandbox(page, contract: str, extra: str, strictness: float, hours: float) -> list[bool]:
    for control, value in zip(parts(page, "choice")[-2:], (contract, extra), strict=True):
        control.value = value
    for control, value in zip(parts(page, "slider")[-2:], (strictness, hours), strict=True):
        control.value = value
    return goals(page)


def test_no_budget_goal_is_reached_at_the_start(budget):
    assert goals(budget) == [False, False, False]


@pytest.mark.parametrize(
    ("setting", "reached"),
    [
        (("sib_flexible", "none", 60, 100), [True, False, False]),
        (("sib_flexible", "none", 59, 100), [False, False, False]),
        (("sib_flexible", "signalling", 60, 100), [False, False, False]),
        (("subsidy_routine", "none", 80, 100), [False, True, False]),
        (("subsidy_routine", "none", 70, 100), [False, False, False]),
        (("tender_near", "signalling", 60, 100), [False, False, True]),
        (("tender_near", "open_paths", 60, 100), [False, False, False]),
        (("tender", "presence", 60, 100), [False, False, False]),
        (("tender_near", "signalling", 60, 90), [False, False, False]),
    ],
)
def test_each_budget_goal_and_its_near_misses(budget, setting, reached):
    assert sandbox(budget, *setting) == reached


def test_reset_brings_the_opening_back(budget):
    sandbox(budget, "sib", "intake", 90, 70)
    press(parts(budget, "button")[-1])
    assert [control.value for control in parts(budget, "choice")[-2:]] == ["subsidy", "none"]
    assert [control.value for control in parts(budget, "slider")[-2:]] == [30, 100]


def test_the_sandbox_says_what_its_contract_pays_and_why(budget):
    for row in data.rows("contracts"):
        parts(budget, "choice")[-2].value = row["id"]
        assert any(row["description"] in prose.text and row["reason"] in prose.text for prose in parts(budget, "prose"))
