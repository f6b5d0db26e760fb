"""The bet that hides an outcome, the ghost of the previous run, numbers the Dutch way."""

import pytest
from walk import parts

from vermarkting.answers import AnswerSheet
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Stage, decimal, later
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button
from vermarkting.widgets.prose import Prose

BET = "03.bet_jury"


@pytest.fixture
def built():
    """The outcomes that were made."""
    return []


@pytest.fixture
def build(built):
    def make():
        built.append(Chart("uitkomst"))
        return built[-1]

    return make


def test_the_outcome_does_not_exist_before_the_bet(build, built):
    page = AfterBet(BET, build)
    assert built == [] and parts(page, "chart") == []
    assert "Zet eerst je voorspelling vast." in page._repr_mimebundle_()["text/plain"]


def test_the_bet_brings_the_outcome_and_its_own_explanation(build, built):
    page = AfterBet(BET, build)
    page.bet.answer = "vijftig"
    assert parts(page, "chart") == built and len(built) == 1
    [reveal] = parts(page, "prose")
    assert reveal.tone == "reveal" and reveal.live
    assert reveal.text.startswith("Bijna. Toch helpt de voorsprong een beetje")
    assert AnswerSheet().get(BET).value == "vijftig"


def test_a_saved_bet_shows_the_outcome_at_once(build, built):
    AnswerSheet().put(BET, "vijf")
    page = AfterBet(BET, build)
    assert parts(page, "chart") == built and len(built) == 1
    assert "Zo’n vertrouwen in de jury is gewoon" in page._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize("hostile", ["zes", ["vijf"], 5, {"a": 1}])
def test_what_is_no_bet_reveals_nothing(build, built, hostile):
    AnswerSheet().put(BET, hostile)
    page = AfterBet(BET, build)
    assert page.bet.answer is None
    page.bet.answer = hostile
    assert built == []


def test_betting_again_builds_nothing_twice(build, built):
    page = AfterBet(BET, build)
    page.bet.answer = "vijf"
    page.bet.answer = "twintig"
    assert len(built) == 1


def test_an_outcome_still_shows_when_the_sheet_cannot_be_written(tmp_path, build, built):
    (tmp_path / "antwoorden.json.lock").mkdir()
    page = AfterBet(BET, build)
    page.bet.answer = "vijf"
    assert len(built) == 1
    assert page.bet.status.startswith("Niet bewaard.")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_the_ghost_is_the_run_before_a_drag_not_a_step_within_it():
    clock = Clock()
    ghost = Ghost(clock)
    assert ghost.show("opening") is None
    clock.now = 10
    assert ghost.show("drag 1") == "opening"
    clock.now = 10.5
    assert ghost.show("drag 2") == "opening"
    clock.now = 11.4
    assert ghost.show("drag 3") == "opening"
    clock.now = 20
    assert ghost.show("another drag") == "drag 3"


def test_a_second_is_still_one_drag():
    clock = Clock()
    ghost = Ghost(clock)
    ghost.show(1)
    clock.now = 1
    assert ghost.show(2) is None
    clock.now = 2.01
    assert ghost.show(3) == 2


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        (0, 0, "0"),
        (1234.5, 1, "1.234,5"),
        (988287.5, 0, "988.288"),
        (-7.25, 1, "-7,2"),
        (0.05, 1, "0,1"),
        (66.666, 1, "66,7"),
    ],
)
def test_numbers_are_written_the_dutch_way(number, places, written):
    assert decimal(number, places) == written


@pytest.mark.parametrize("places", [0, 1])
def test_no_number_is_written_as_minus_zero(places):
    assert decimal(-0.01, places) == decimal(0, places)


def test_an_explorable_follows_the_step_that_changed_last():
    page = Explorable("timeline", AfterBet(BET, lambda: Prose("x")), first := AfterBet(BET, lambda: Prose("y")))
    first.value = {"place": 3}
    assert page.value == {"place": 3}


JURY, FOURTH = "03.bet_jury", "03.bet_omkering"


@pytest.fixture
def page(build):
    """Two bets, and a step that shows what both are about."""
    bets = AfterBet(JURY, build), AfterBet(FOURTH, build, "tender.jury")
    return Explorable("tender", *bets, later("tender.sandbox", build))


def press_show_all(page):
    [button] = [button for button in parts(page, "button") if button.label == "Toon alles"]
    button._handle_custom_msg("click", [])


def test_a_later_step_waits_for_every_bet_before_it(page, built):
    first, second, sandbox = page.children[1:]
    first.bet.answer = "vijf"
    assert len(built) == 1 and sandbox.is_waiting()
    second.bet.answer = "blijft"
    assert len(built) == 3 and sandbox.outcome is built[-1]


def test_a_step_that_waits_keeps_its_title_and_not_its_text(page):
    words = page._repr_mimebundle_()["text/plain"]
    assert "Stap 5. Zoek het zelf uit" in words and "Stap 4. De jury is ook maar een mens" in words
    assert "Verander alles: het gewicht" not in words
    press_show_all(page)
    assert "Verander alles: het gewicht" in page._repr_mimebundle_()["text/plain"]


def test_one_button_shows_all_and_goes_when_nothing_waits(page, built):
    press_show_all(page)
    assert len(built) == 3
    assert parts(page, "button") == []
    assert [question.answer for question in parts(page, "question")] == [None, None]


def test_a_bet_after_all_is_shown_still_gets_its_explanation(page, built):
    press_show_all(page)
    page.children[1].bet.answer = "vijf"
    assert [prose.tone for prose in parts(page.children[1], "prose")] == ["reveal"]
    assert parts(page.children[1], "chart") == built[:1]
    assert len(built) == 3


def test_the_button_goes_with_the_last_bet(page):
    for each in page.children[1:3]:
        assert len(parts(page, "button")) == 1
        each.bet.answer = each.bet.question["options"][0]["id"]
    assert parts(page, "button") == []


@pytest.mark.parametrize("below", [False, True])
def test_a_stage_holds_control_picture_and_task(below):
    button, chart, task = Button("knop", lambda: None), Chart("beeld"), Prose("opdracht", tone="todo")
    side, pictures = Stage([button], [chart], [task], tasks_below=below).children
    assert parts(side, "button") == [button] and parts(pictures, "chart") == [chart]
    assert parts(pictures if below else side, "prose") == [task]
