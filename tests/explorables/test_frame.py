"""The bet that hides an outcome, the ghost of the previous run, numbers the Dutch way."""

import pytest
from walk import parts

from vermarkting.answers import AnswerSheet
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, decimal
from vermarkting.widgets.chart import Chart
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
