"""The krachtlijnen model: sums and weeks worked out by hand, and what must hold for its tables."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermarkting import data
from vermarkting.models.krachtlijnen import (
    KRACHTLIJNEN,
    REGISTRATION,
    Contract,
    Option,
    Task,
    balance,
    cut,
    every_team,
    follow,
    index,
    week,
)
from vermarkting.models.parameters import ParameterError

EXACT = 1e-9

# Two tasks and simple shares, to be worked out by hand: nabijheid rests on the first, verbindend on both.
DOOR = Task("presence", 40, (1, 0, 0, 0, 0.25))
TALK = Task("network", 54, (0, 1, 1, 1, 0.75))
TWO = (DOOR, TALK)


def tasks() -> tuple[Task, ...]:
    rows = data.rows("team_tasks")
    return tuple(Task(row["id"], row["wanted_hours"], tuple(row[k] / 100 for k in KRACHTLIJNEN)) for row in rows)


def contracts() -> dict[str, Contract]:
    ids = [task.id for task in tasks()]
    return {
        row["id"]: Contract(tuple(row[task] / 100 for task in ids), row["procedure_hours"])
        for row in data.rows("contracts")
    }


def vignettes() -> list[tuple[Option, ...]]:
    found: dict[str, list[Option]] = {row["id"]: [] for row in data.rows("vignettes")}
    for row in data.rows("vignette_options"):
        found[row["vignette"]].append(Option(row["id"], tuple(row[k] for k in KRACHTLIJNEN)))
    return [tuple(options) for options in found.values()]


paid_shares = st.lists(st.floats(0, 1), min_size=6, max_size=6)
any_contract = st.builds(Contract, paid=paid_shares.map(tuple), procedure=st.floats(0, 20))


# Dilemmas


def test_nothing_chosen_is_all_zeros():
    assert balance([]) == (0, 0, 0, 0, 0)


def test_a_balance_is_the_plain_sum():
    one, two = Option("x", (2, 0, -1, 0, 1)), Option("y", (-1, 0, -1, 2, 1))
    assert balance([one, two]) == (1, 0, -2, 2, 2)


def test_every_team_takes_one_option_of_each():
    a, b, c = (Option(name, (0, 0, 0, 0, 0)) for name in "abc")
    assert every_team([(a, b), (c,)]) == [(a, c), (b, c)]


def test_following_one_krachtlijn_breaks_a_tie_by_the_sum_and_then_by_the_order():
    worse, better = Option("worse", (2, 0, -2, 0, 0)), Option("better", (2, 0, 0, 0, -1))
    same = Option("same", (2, 0, -1, 0, 0))
    assert follow([(worse, better, same)], "nabijheid") == (better,)
    assert follow([(same, better)], "nabijheid") == (same,)
    assert follow([(worse, same, better)], "verbindend") == (same,)


@pytest.mark.parametrize("effects", [(3, 0, 0, 0, 0), (0, 0, 0, 0, -3), (0.5, 0, 0, 0, 0), (0,) * 4, (0,) * 6])
def test_impossible_effects_are_refused(effects):
    with pytest.raises(ParameterError):
        Option("x", effects)


def test_an_unknown_krachtlijn_and_an_empty_dilemma_are_refused():
    with pytest.raises(ParameterError):
        follow(vignettes(), "gezelligheid")
    with pytest.raises(ParameterError):
        follow([vignettes()[0], ()], "nabijheid")  # nothing to choose from in one of them


def test_there_are_six_to_eight_vignettes_with_three_explained_options():
    assert 6 <= len(vignettes()) <= 8
    assert all(len(options) == 3 for options in vignettes())
    assert all(len(row["explanation"].split()) >= 15 for row in data.rows("vignette_options"))


def test_every_option_costs_something_and_brings_something():
    for option in (option for options in vignettes() for option in options):
        assert min(option.effects) < 0 < max(option.effects), option.id


def test_no_option_is_at_least_as_good_as_another_on_all_five():
    for options in vignettes():
        for one in options:
            for other in options:
                if one is not other:
                    assert any(a < b for a, b in zip(one.effects, other.effects, strict=True)), (one.id, other.id)


def test_no_option_has_a_much_greater_sum_than_its_rivals():
    for options in vignettes():
        sums = [sum(option.effects) for option in options]
        assert max(sums) - min(sums) <= 2


def test_every_krachtlijn_wins_and_loses_in_at_least_three_vignettes():
    for place in range(5):
        gains = [any(option.effects[place] > 0 for option in options) for options in vignettes()]
        losses = [any(option.effects[place] < 0 for option in options) for options in vignettes()]
        assert sum(gains) >= 3 and sum(losses) >= 3, KRACHTLIJNEN[place]


def test_each_letter_is_somewhere_the_best_for_some_krachtlijn():
    best = {follow(vignettes(), k)[n].id[-1] for k in KRACHTLIJNEN for n in range(len(vignettes()))}
    assert best == {"a", "b", "c"}


# By hand, from the table: nabijheid is best served by a, a, c, a, a, a and (sum 1 against 1) a.
def test_who_always_follows_nabijheid():
    chosen = follow(vignettes(), "nabijheid")
    assert [option.id[-1] for option in chosen] == ["a", "a", "c", "a", "a", "a", "a"]
    # nabijheid 2+2+2+0+2+1+1; procesmatig 1+2; politiserend -2-1-2-2; generalistisch -1-2+2+2; verbindend -1-1+1-2
    assert balance(chosen) == (10, 3, -7, 1, -3)


# A week


def test_a_payer_who_leaves_the_team_alone_changes_nothing():
    for contract in contracts().values():
        found = week(tasks(), contract, 0)
        assert found.hours == pytest.approx([task.wanted for task in tasks()])
        assert found.krachtlijnen == pytest.approx((100,) * 5)
        assert found.registration == REGISTRATION


# By hand, strictness 50, presence unpaid and network half paid, 10 hours of procedure:
# asked 40 * .5 = 20 and 54 * .75 = 40.5; 100 - 6 - 5 = 89 hours to give; 89 / 60.5 an asked hour.
def test_a_week_by_hand():
    found = week(TWO, Contract((0, 0.5), 10), 50)
    presence, network = 20 * 89 / 60.5, 40.5 * 89 / 60.5
    assert found.registration == 11
    assert found.hours == pytest.approx((presence, network))
    near, other = 100 * presence / 40, 100 * network / 54
    assert found.krachtlijnen == pytest.approx((near, other, other, other, 0.25 * near + 0.75 * other))


def test_the_strictest_payer_leaves_nothing_of_what_is_unpaid():
    found = week(TWO, Contract((0, 1), 14), 100, hours=80)
    assert found.hours == pytest.approx((0, 60))
    assert found.krachtlijnen[0] == 0


def test_a_contract_that_pays_nothing_at_full_strictness_gives_no_hours():
    assert week(TWO, Contract((0, 0)), 100).hours == (0, 0)


@given(any_contract, st.floats(0, 99), st.floats(40, 100))
def test_all_hours_are_given(contract, strictness, hours):
    found = week(tasks(), contract, strictness, hours)
    assert sum(found.hours) + found.registration == pytest.approx(hours)
    assert min(found.hours) >= 0


@given(any_contract, st.floats(1, 99))
def test_krachtlijnen_keep_the_order_of_what_is_paid_for_them(contract, strictness):
    """In one contract the order depends on the paid shares alone, not on how strict the payer is."""
    paid = [sum(t.shares[k] * p for t, p in zip(tasks(), contract.paid, strict=True)) for k in range(5)]
    found = week(tasks(), contract, strictness).krachtlijnen
    for one in range(5):
        for other in range(5):
            if paid[one] < paid[other]:
                assert found[one] <= found[other] + EXACT


@given(any_contract, st.floats(1, 99), st.integers(0, 5))
def test_paying_for_a_task_takes_hours_from_all_others(contract, strictness, place):
    paid = tuple(1.0 if n == place else share for n, share in enumerate(contract.paid))
    before = week(tasks(), contract, strictness).hours
    after = week(tasks(), replace(contract, paid=paid), strictness).hours
    assert after[place] >= before[place] - EXACT
    assert all(after[n] <= before[n] + EXACT for n in range(6) if n != place)


@given(any_contract, st.floats(0, 99), st.floats(40, 100))
def test_fewer_hours_hit_every_krachtlijn(contract, strictness, hours):
    less, more = (week(tasks(), contract, strictness, h).krachtlijnen for h in (hours, 100))
    assert all(a <= b + EXACT for a, b in zip(less, more, strict=True))


def test_a_saving_alone_takes_the_same_part_of_everything_and_the_contract_chooses_the_rest():
    """By hand: 94 hours after registration become 74. Under the tender at 60 it is 88 and 68 (6 + 0.6 * 10 hours)."""
    tender, plenty = contracts()["tender"], contracts()["subsidy"]
    for contract in (tender, plenty):
        assert week(tasks(), contract, 0, 80).krachtlijnen == pytest.approx([100 * 74 / 94] * 5)
    whole, saved = week(tasks(), tender, 60, 100), week(tasks(), tender, 60, 80)
    assert saved.krachtlijnen == pytest.approx([68 / 88 * value for value in whole.krachtlijnen])
    # asked: 24*.4 + 20*.58 + 10 + 10*.46 + 16*.88 + 14*.58 = 58; presence 9.6/58, open paths 11.6/58, each of 68 hours
    assert saved.krachtlijnen[0] == pytest.approx(75 * (68 * 9.6 / 58) / 24 + 25 * (68 * 11.6 / 58) / 20)


def test_the_indices_rise_and_fall_with_the_hours():
    assert index(TWO, (40, 54)) == pytest.approx((100,) * 5)
    assert index(TWO, (20, 54)) == pytest.approx((50, 100, 100, 100, 0.25 * 50 + 75))


# By hand: 10 of the 24 hours of presence gone leaves 14/24 of it; a quarter of procesmatig and verbindend rests on it.
def test_a_cut_in_one_task_by_hand():
    found = cut(tasks(), "presence", 10)
    lost = 10 / 24
    expected = (100 - 75 * lost, 100 - 25 * lost, 100, 100, 100 - 25 * lost)
    assert found.krachtlijnen == pytest.approx(expected)


def test_an_even_cut_hits_all_alike():
    assert cut(tasks(), None, 9.4).krachtlijnen == pytest.approx((90,) * 5)


@pytest.mark.parametrize(("task", "hours"), [("signalling", 11), ("presence", -1), (None, 95), ("holiday", 1)])
def test_impossible_cuts_are_refused(task, hours):
    with pytest.raises(ParameterError):
        cut(tasks(), task, hours)


@pytest.mark.parametrize(
    ("contract", "strictness", "hours"),
    [((1, 1), 101, 100), ((1, 1), -1, 100), ((1, 1), 50, 39), ((1, 1), 50, 101), ((1,), 50, 100), ((1, 1, 1), 50, 100)],
)
def test_impossible_weeks_are_refused(contract, strictness, hours):
    with pytest.raises(ParameterError):
        week(TWO, Contract(contract), strictness, hours)


@pytest.mark.parametrize(("paid", "procedure"), [((1.1, 0), 0), ((-0.1, 0), 0), ((1, 1), 21), ((1, 1), -1)])
def test_impossible_contracts_are_refused(paid, procedure):
    with pytest.raises(ParameterError):
        Contract(paid, procedure)


@pytest.mark.parametrize(
    ("wanted", "shares"), [(0, (1, 0, 0, 0, 0)), (5, (2, 0, 0, 0, 0)), (5, (1, 0, 0, 0)), (5, (1, 0, 0, 0, 0, 0))]
)
def test_impossible_tasks_are_refused(wanted, shares):
    with pytest.raises(ParameterError):
        Task("x", wanted, shares)


# The tables


def test_the_balanced_week_has_a_hundred_hours_and_whole_krachtlijnen():
    assert sum(task.wanted for task in tasks()) + REGISTRATION == 100
    for place in range(5):
        shares = sorted((task.shares[place] for task in tasks()), reverse=True)
        assert shares[:2] == [0.75, 0.25] and not any(shares[2:])


def test_each_krachtlijn_rests_first_on_a_task_of_its_own():
    main = [max(tasks(), key=lambda task: task.shares[place]).id for place in range(5)]
    assert main == ["presence", "open_paths", "signalling", "intake", "network"]


# By hand from the paid shares, 0.75 and 0.25 of them per krachtlijn:
# subsidy .95 .85 .60 .95 .475; tender .075 .225 .15 .675 .225; SIB .40 .80 .35 .25 .65.
@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("subsidy", ["verbindend", "politiserend", "procesmatig"]),
        ("tender", ["nabijheid", "politiserend"]),
        ("sib", ["generalistisch", "politiserend", "nabijheid", "verbindend", "procesmatig"]),
    ],
)
def test_another_krachtlijn_disappears_first_under_each_form(name, order):
    found = week(tasks(), contracts()[name], 60).krachtlijnen
    assert [KRACHTLIJNEN[n] for n in sorted(range(5), key=lambda n: found[n])][: len(order)] == order


def test_each_form_has_a_better_and_a_worse_contract():
    forms = [row["form"] for row in data.rows("contracts")]
    assert {form: forms.count(form) for form in forms} == {"subsidy": 2, "tender": 2, "sib": 2}
    found = {name: week(tasks(), contract, 60).krachtlijnen for name, contract in contracts().items()}
    lowest = {name: min(each) for name, each in found.items()}
    assert lowest["subsidy_routine"] < lowest["sib_flexible"]
    assert found["tender_near"][0] > found["subsidy_routine"][0] > 100 > found["tender"][0]
    assert sum(value > 100 for value in found["sib_flexible"]) == 3


def test_stricter_never_helps_what_is_paid_least():
    for contract in contracts().values():
        found = [min(week(tasks(), contract, strictness).krachtlijnen) for strictness in range(0, 101, 5)]
        assert all(later <= earlier + EXACT for earlier, later in pairwise(found))
