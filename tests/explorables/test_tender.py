"""The tender room says what its model computes, and both goals of its sandbox can be reached."""

import pytest
from walk import parts, set_bets

from vermarkting.answers import AnswerSheet
from vermarkting.explorables import tender
from vermarkting.models.tender import EXAMPLE_BIDS, FORMULAS, Rules, better_bid_loses, reversals, score, simulate

NAMES = {"A": "vzw De Lichtboei", "B": "Domuzo nv", "C": "vzw Samenwacht", "D": "Groep Vestalon"}
FORMULA_NAMES = {"rule_of_three": "regel van drie", "min_max": "min-max", "fixed": "vaste referentie"}


@pytest.fixture
def page():
    found = tender()
    set_bets(found)
    return found


@pytest.fixture
def rules_step(page):
    """Step 3: its weight, formula, chart and the sentence on reversals."""
    step = page.children[3].outcome
    return step.weight, step.formula, step.chart, step.reversal


@pytest.fixture
def sandbox(page):
    return page.children[-1].outcome


def dutch(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def test_before_the_bet_there_are_three_bids_and_no_word_of_the_outcome():
    page = tender()
    [first, *_] = parts(page, "chart")
    assert [row[0] for row in first.table["rows"]] == [NAMES[name] for name in "ABC"]
    assert "Domuzo nv wint met 59,1 punten" in page._repr_mimebundle_()["text/plain"]
    step = page.children[2]._repr_mimebundle_()["text/plain"]
    assert "omkering" not in step and "76,3" not in step


def test_the_bet_shows_the_reversal():
    AnswerSheet().put("03.bet_omkering", "blijft")
    step = tender().children[2]
    [four] = parts(step, "chart")
    assert [row[0] for row in four.table["rows"]] == [NAMES[name] for name in "ABCD"]
    assert "wint vzw De Lichtboei met 76,3 punten; Domuzo nv volgt met 72,6" in four.sentence
    # The scale is seen to stretch: from the third price to the fourth, before the winner changes.
    start = {mark["id"]: mark for mark in four.spec["start"]}
    [stretch, _] = ({mark["id"]: mark for mark in frame["marks"]} for frame in four.spec["frames"])
    assert start["scale"]["w"] == pytest.approx(96 * (400 - 260) / 500, abs=0.01)
    assert stretch["scale"]["w"] == pytest.approx(96 * (600 - 260) / 500, abs=0.01)
    assert start["bar-1-text"]["text"].startswith("★") and start["bar-3-text"]["text"] == ""
    assert "bar-1-text" not in stretch and four.spec["play"]
    words = step._repr_mimebundle_()["text/plain"]
    assert "Zonder Groep Vestalon zou Domuzo nv winnen, met Groep Vestalon wint vzw De Lichtboei." in words


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("weight", [0, 1, 20, 40, 50, 60, 99, 100])
def test_the_sentence_is_the_model(rules_step, weight, formula):
    slider, choice, chart, _ = rules_step
    slider.value, choice.value = weight, formula
    first, second, *_ = sorted(score(EXAMPLE_BIDS, Rules(weight, formula)), key=lambda s: -s.total)
    sentence = chart.sentence
    noun = "punt" if weight == 1 else "punten"
    assert sentence.startswith(f"Bij {weight} {noun} voor de prijs en de formule ‘{FORMULA_NAMES[formula]}’")
    assert NAMES[first.name] in sentence and dutch(first.total) in sentence
    assert NAMES[second.name] in sentence and dutch(second.total) in sentence
    marks = {mark["id"]: mark for mark in chart.spec["marks"]}
    totals = [(marks[f"bar-{n}-0"]["w"] + marks[f"bar-{n}-1"]["w"]) / 0.98 for n in range(len(EXAMPLE_BIDS))]
    assert totals == pytest.approx([s.total for s in score(EXAMPLE_BIDS, Rules(weight, formula))], abs=0.03)
    starred = [marks[f"bar-{n}-text"]["text"].startswith("★") for n in range(len(EXAMPLE_BIDS))]
    assert starred == [s.rank == 1 for s in score(EXAMPLE_BIDS, Rules(weight, formula))]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("weight", range(0, 101, 5))
def test_a_reversal_is_told_when_there_is_one(rules_step, weight, formula):
    slider, choice, _, told = rules_step
    slider.value, choice.value = weight, formula
    there = reversals(EXAMPLE_BIDS, Rules(weight, formula))
    assert told.text.startswith("Geen omkering") is (not there)
    if there:
        assert NAMES[there[0].removed] in told.text or len(there) > 1


@pytest.mark.parametrize(
    ("award", "said"),
    [
        ("a", "Jij koos vzw De Lichtboei."),
        ("b", "Jij koos Domuzo nv."),
        ("niemand", "Jij gaf de opdracht aan niemand."),
    ],
)
def test_the_students_own_award_stands_beside_the_rules(award, said):
    page = tender()
    set_bets(page)
    assert said not in page._repr_mimebundle_()["text/plain"]
    [own] = [q for q in parts(page, "question") if q.question["prompt"] == "Aan wie geef jij de opdracht?"]
    own.answer = award
    words = page._repr_mimebundle_()["text/plain"]
    assert said in words


def test_an_award_that_does_not_fit_is_passed_over():
    page = tender()
    [own] = [q for q in parts(page, "question") if q.question["prompt"] == "Aan wie geef jij de opdracht?"]
    own.answer = ["a"]
    assert "Jij koos" not in page._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize(("jurors", "percent"), [(1, 38), (5, 26), (9, 19)])
def test_the_jury_of_the_lesson(page, jurors, percent):
    [slider] = [s for s in parts(page, "slider") if s.sentence.startswith("Aantal juryleden")]
    slider.value = jurors
    assert round(100 * better_bid_loses(5, 12, jurors)) == percent
    assert f"in {percent} van de 100 gevallen" in page.children[4]._repr_mimebundle_()["text/plain"]


def test_a_new_draw_changes_the_draw_visibly_and_can_be_repeated(page):
    step = page.children[4]
    [chart] = parts(step, "chart")
    [again] = parts(step, "button")
    seen = []
    for _ in range(6):
        losses = int(chart.table["rows"][1][1])
        assert int(chart.table["rows"][0][1]) + losses == 200
        assert f"verloor de betere offerte {losses} keer" in chart.sentence
        seen.append(losses)
        again._handle_custom_msg("click", [])
    assert len(set(seen)) > 1
    [other] = parts(tender().children[4], "chart")
    assert other.sentence and int(other.table["rows"][1][1]) == seen[0]


def test_the_draw_is_the_models(page):
    from vermarkting.models.tender import Bid

    wins = simulate((Bid("A", 400, 75), Bid("B", 400, 70)), Rules(), 12, 1, 200, 1).wins
    [chart] = parts(page.children[4], "chart")
    assert [row[1] for row in chart.table["rows"]] == [str(wins["A"]), str(wins["B"])]


@pytest.mark.parametrize(
    # 15,000 euro a bid and 30,000 for the buyer, of 395,315 * 2.5 = 988,287.5 euro.
    ("bidders", "cost", "share"),
    [(1, "45.000", "4,6"), (2, "60.000", "6,1"), (14, "240.000", "24,3")],
)
def test_what_the_procedure_costs(page, bidders, cost, share):
    [slider] = [s for s in parts(page, "slider") if "offerte schrijven" in s.sentence]
    slider.value = bidders
    [chart] = parts(page.children[5], "chart")
    assert f"kost in dit model {cost} euro. Dat is {share} % van" in chart.sentence
    assert max(chart.spec["layout"]["xaxis"]["range"]) >= 240_000


def test_no_goal_is_reached_at_the_start(sandbox):
    assert [goal.tone for goal in sandbox.goals] == ["todo", "todo"]


def test_the_first_goal_is_a_true_reversal(sandbox):
    sandbox.formula.value = "min_max"
    assert sandbox.goals[0].tone == "done"
    assert "Zonder Groep Vestalon wint Domuzo nv, met Groep Vestalon wint vzw De Lichtboei." in sandbox.goals[0].text
    assert sandbox.value["reversal"]
    sandbox.formula.value = "fixed"
    assert [goal.tone for goal in sandbox.goals] == ["todo", "done"]


def test_the_second_goal_holds_whatever_else_changes(sandbox):
    sandbox.formula.value = "fixed"
    for name in "ABCD":
        sandbox.bidder.value = name
        for price in (200, 450, 700):
            for quality in (0, 55, 100):
                sandbox.price.value, sandbox.quality.value = price, quality
                assert not sandbox.value["reversal"]
                assert sandbox.goals[1].tone == "done"


def test_sliders_follow_the_chosen_bid_and_change_only_that_one(sandbox):
    sandbox.bidder.value = "C"
    assert (sandbox.price.value, sandbox.quality.value) == (260, 30)
    sandbox.price.value = 300
    bids = {bid["name"]: (bid["price"], bid["quality"]) for bid in sandbox.value["bids"]}
    assert bids == {"A": (400, 88), "B": (340, 70), "C": (300, 30), "D": (600, 60)}
    sandbox.bidder.value = "A"
    assert (sandbox.price.value, sandbox.quality.value) == (400, 88)
    sandbox.bidder.value = "C"
    assert sandbox.price.value == 300


def test_reset_brings_bids_and_rules_back(sandbox):
    opening = sandbox.value
    sandbox.bidder.value = "D"
    sandbox.price.value, sandbox.quality.value, sandbox.weight.value, sandbox.formula.value = 200, 100, 90, "fixed"
    parts(sandbox, "button")[0]._handle_custom_msg("click", [])
    assert sandbox.value == opening
    assert (sandbox.price.value, sandbox.quality.value) == (600, 60)


def test_a_tie_is_called_a_tie(sandbox):
    sandbox.weight.value = 100
    for name in "AB":
        sandbox.bidder.value = name
        sandbox.price.value = 200
    assert "eindigen vzw De Lichtboei en Domuzo nv gelijk met 100,0 punten" in sandbox.chart.sentence
