"""The payment machine says what its model computes, and its goals can be reached as the lesson says."""

from itertools import product

import pytest
from traitlets import TraitError
from walk import everything, parts, set_bets

from vermarkting.explorables import creaming
from vermarkting.models.creaming import Client, Contract, equal_split, run, run_by_hand
from vermarkting.widgets.dealing import Dealing

FOUR = (Client(0.02), Client(0.2), Client(0.5), Client(0.9))  # Robin, Alex, Charlie, Dominique


@pytest.fixture
def page():
    found = creaming()
    set_bets(found)
    return found


def by_hand(page, *months: int | None) -> None:
    (dealt,) = (part for part in everything(page) if isinstance(part, Dealing))
    dealt.value = dict(zip(dealt.value, months, strict=True))


def marks(chart) -> dict[str, dict]:
    return {mark["id"]: mark for mark in chart.spec["marks"]}


def sandbox(page, **setting: object) -> dict:
    """Set the last step's controls."""
    refuse, scheme = parts(page, "choice")[-2:]
    fee, lump_sum, minimum_months = parts(page, "slider")[-3:]
    controls = {"refuse": refuse, "scheme": scheme, "fee": fee, "lump_sum": lump_sum, "minimum_months": minimum_months}
    for name, value in setting.items():
        controls[name].value = value
    return controls


def goals(page) -> dict[str, bool]:
    """Which goals say that they are reached."""
    found = [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]
    names = ["A", "B", "1", "2", "3"]
    assert [prose.text.split(maxsplit=2)[1].rstrip(".") for prose in found] == names
    assert all(("is gelukt" in prose.text) is (prose.tone == "done") for prose in found)
    return {name: prose.tone == "done" for name, prose in zip(names, found, strict=True)}


def test_one_new_control_per_step(page):
    names = {"De stad betaalt {value} euro per succes": "fee", "De stad betaalt {value} euro per aan": "lump_sum"}
    sliders = [next((n for start, n in names.items() if s.sentence.startswith(start)), "minimum_months")
               for s in parts(page, "slider")]  # fmt: skip
    assert sliders == ["fee", "fee", "fee", "fee", "lump_sum", "minimum_months"]
    assert len(parts(page, "choice")) == 1 + 2


# By hand in tests/models/test_creaming.py: 446 + 1502 + 2700 = 4648 euro; (.3865 + .2256) / 4 = 15 of 100.
def test_the_four_people_by_hand(page):
    by_hand(page, None, 2, 1, 0)
    sentence = parts(page, "chart")[0].sentence
    assert "Je deelde 3 van de 6 maanden uit en weigerde 1 van de 4 mensen." in sentence
    assert "Je winst is 4.648 euro." in sentence
    assert "Het dashboard toont 74 op 100, het echte effect op de hele groep is 15 op 100." in sentence
    assert goals(page)["A"]


def test_no_other_choice_by_hand_brings_more(page):
    every = [m for m in product((None, 0, 1, 2, 3), repeat=4) if sum(filter(None, m)) <= 6]
    most_profit = max(every, key=lambda months: run_by_hand(months, Contract(), FOUR).profit)
    most_effect = max(every, key=lambda months: run_by_hand(months, Contract(), FOUR).true_effect)
    assert most_profit == (None, 2, 1, 0)
    assert most_effect[:3] == (2, 2, 2)  # whether Dominique is refused makes no difference to the effect
    by_hand(page, 2, 2, 2, 0)
    assert goals(page) == {"A": False, "B": True, "1": False, "2": False, "3": False}


def test_more_months_than_there_are_cannot_be_dealt(page):
    for months in ((3, 3, 3, 3), (4, 0, 0, 0), (-1, 0, 0, 0), (True, 0, 0, 0), (1.5, 0, 0, 0)):
        with pytest.raises(TraitError):
            by_hand(page, *months)
    assert "Je deelde 0 van de 6 maanden uit" in parts(page, "chart")[0].sentence


def percent(share: float) -> str:
    return f"{100 * share:z.0f}"


@pytest.mark.parametrize("fee", [0, 500, 2_500, 3_000, 4_000, 8_000])
def test_the_sentences_are_the_model(page, fee):
    parts(page, "slider")[0].value = fee
    outcome = run(Contract(fee=fee))
    clients, scores = parts(page, "chart")[1:3]
    parked = sum(x.months == 0 for x in outcome.treatments)
    assert f"Binnen zonder begeleiding: {parked} van de 10." in clients.sentence
    assert f"Het dashboard toont {percent(outcome.measured)} successen op 100" in scores.sentence
    assert f"effect is {percent(outcome.true_effect)} op 100 in de hele groep" in scores.sentence
    assert f"en {percent(outcome.hardest_effect)} op 100 bij de drie moeilijkste" in scores.sentence
    assert ("geen enkel extra succes" in scores.sentence) is (outcome.true_effect == 0)
    shares = (outcome.measured, outcome.true_effect, outcome.hardest_effect)
    told = [marks(scores)[f"bar-{place}-text"]["text"].split(": ")[1] for place in range(3)]
    assert told == [f"{percent(share)} op 100" for share in shares]
    high = [marks(clients)[f"months-{place}"]["h"] for place in range(10)]
    assert high == pytest.approx([11 * min(x.months, 4) for x in outcome.treatments], abs=0.01)


def test_a_loss_is_said(page):
    said = [prose for prose in parts(page, "prose") if "schrijft niet in" in prose.text]
    assert said == []
    parts(page, "slider")[0].value = 1_000
    (said,) = (prose for prose in parts(page, "prose") if "schrijft niet in" in prose.text)
    assert "4.480 euro" in said.text  # by hand: ten intakes of 900, 4.52 successes of 1,000


def test_refusing_is_seen(page):
    clients, scores = parts(page, "chart")[3:5]
    assert "Geweigerd: 2." in clients.sentence
    assert "79 successen op 100" in scores.sentence and "effect is 19 op 100" in scores.sentence
    looks = [marks(clients)[f"client-{place}"]["look"] for place in range(10)]
    assert looks == ["open"] * 2 + ["blue"] * 8
    avoided = [marks(clients)[f"profit-{place}"]["text"] for place in range(2)]
    assert avoided == ["−0,7", "−0,1"]  # 696 and 123 euro
    parts(page, "choice")[0].value = "no"
    assert "Geweigerd: 0." in clients.sentence
    assert "70 successen op 100" in scores.sentence and "effect is 25 op 100" in scores.sentence


def test_nobody_is_let_in_without_money_and_each_step_is_seen(page):
    slider, clients, scores = parts(page, "slider")[1], *parts(page, "chart")[3:5]
    slider.value = 0
    assert scores.sentence.startswith("Niemand is binnen")
    drawn = clients.spec["marks"]
    slider.value = 100
    assert scores.sentence.startswith("Niemand is binnen")
    assert clients.spec["marks"] != drawn


@pytest.mark.parametrize("fee", [2_000, 2_400, 4_000, 6_000])
def test_the_equal_split_is_the_model(page, fee):
    parts(page, "slider")[2].value = fee
    by_result, equal = run(Contract(fee=fee)), equal_split(Contract(fee=fee))
    chart = parts(page, "chart")[5]
    assert f"de drie mensen met de laagste kans met {percent(by_result.hardest_effect)} procentpunt." in chart.sentence
    assert f"evenveel maanden, dan met {percent(equal.hardest_effect)}." in chart.sentence
    assert [len(trace["y"]) for trace in chart.spec["data"]] == [10, 10]


def test_what_came_before_stays_as_a_ghost(page):
    for chart in parts(page, "chart")[1:3]:
        chart._ghost._clock = iter(range(0, 1_000, 10)).__next__
    slider = parts(page, "slider")[0]
    slider.value = 3_000
    slider.value = 6_000
    clients, scores = parts(page, "chart")[1:3]
    before = run(Contract(fee=3_000))
    assert [row[0] for row in scores.table["rows"]] == ["nu", "vorige stand"]
    ghosts = [marks(clients)[f"before-{place}"]["h"] for place in range(10)]
    assert ghosts == pytest.approx([84 * x.success for x in before.treatments], abs=0.01)


def test_reset_brings_the_opening_back(page):
    controls = sandbox(page)
    opening = {name: control.value for name, control in controls.items()}
    sandbox(page, refuse="no", scheme="groups", fee=1_000, lump_sum=500, minimum_months=2)
    parts(page, "button")[-1]._handle_custom_msg("click", [])
    assert {name: control.value for name, control in controls.items()} == opening


def test_a_tailored_fee_leaves_the_slider_aside(page):
    controls = sandbox(page, scheme="tailored")
    assert controls["fee"].disabled
    sandbox(page, scheme="flat")
    assert not controls["fee"].disabled


def test_no_goal_is_reached_at_the_start(page):
    assert not any(goals(page).values())


@pytest.mark.parametrize(
    ("goal", "setting"),
    [
        ("1", {"fee": 1_200}),
        ("1", {"fee": 1_500}),
        ("2", {"refuse": "no", "fee": 5_000}),
        ("2", {"fee": 6_000}),
        ("2", {"refuse": "no", "minimum_months": 3}),
        ("3", {"fee": 0, "lump_sum": 1_800, "minimum_months": 1.5}),
        ("3", {"fee": 1_500, "lump_sum": 1_500, "minimum_months": 2}),
        ("3", {"scheme": "tailored", "minimum_months": 1.5}),
    ],
)
def test_each_goal_can_be_reached(page, goal, setting):
    sandbox(page, **setting)
    assert goals(page)[goal]


@pytest.mark.parametrize(
    ("goal", "setting"),
    [
        ("1", {"refuse": "no", "fee": 1_200}),
        ("1", {"fee": 2_500}),
        ("2", {"refuse": "no", "fee": 4_900}),
        ("2", {"fee": 5_800}),
        ("2", {"fee": 6_000, "lump_sum": 50}),
        ("3", {"refuse": "no", "fee": 0, "lump_sum": 1_800, "minimum_months": 1.5}),
        ("3", {"fee": 0, "lump_sum": 1_600, "minimum_months": 1.5}),
        ("3", {"fee": 4_000, "lump_sum": 700}),
        ("3", {"scheme": "tailored"}),
    ],
)
def test_a_near_miss_reaches_nothing(page, goal, setting):
    sandbox(page, **setting)
    assert not goals(page)[goal]
