from dataclasses import asdict
from fractions import Fraction
from itertools import pairwise
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermarkting import data
from vermarkting.models.impact_bond import (
    NOTHING,
    ROLES,
    Bond,
    Deal,
    Payout,
    Step,
    at_least,
    balance,
    cash_flows,
    draw,
    forecast,
    gain,
    irr,
    pay_out,
    probabilities,
    risk_shares,
    settle,
    success_against_control_group,
    success_probability,
    target,
    tipping_error,
)
from vermarkting.models.parameters import ParameterError


def rule(name: str) -> tuple[Step, ...]:
    rows = (row for row in data.rows("payout_rules") if row["rule"] == name)
    percent = ("capital_back_pct", "rate_pct", "rate_at_end_pct")
    return tuple(Step(row["from_result"], *(row[field] / 100 for field in percent)) for row in rows)


THRESHOLD = (Step(10, 1, 0.04, 0.04),)
MILLION = 1_000_000


def exactly(successes: int, participants: int, chance: Fraction) -> Fraction:
    ways = (comb(participants, k) * chance**k * (1 - chance) ** (participants - k) for k in range(participants + 1))
    return sum(list(ways)[successes:])


# Cumulative binomial probabilities P(X <= k) as printed to four decimals in the tables of statistics textbooks.
@pytest.mark.parametrize(
    ("participants", "chance", "at_most", "printed"),
    [
        (10, 0.5, 2, 0.0547),
        (15, 0.4, 5, 0.4032),
        (20, 0.3, 6, 0.6080),
        (20, 0.3, 8, 0.8867),
        (25, 0.25, 5, 0.3783),
        (20, 0.05, 0, 0.3585),
    ],
)
def test_the_tail_is_that_of_the_printed_tables(participants, chance, at_most, printed):
    assert 1 - at_least(at_most + 1, participants, chance) == pytest.approx(printed, abs=0.00006)


@pytest.mark.parametrize("participants", [1, 7, 30, 133, 270])
@pytest.mark.parametrize("chance", [Fraction(1, 100), Fraction(3, 10), Fraction(1, 2), Fraction(99, 100)])
def test_the_tail_is_that_of_exact_fractions(participants, chance):
    for successes in {0, 1, participants // 3, participants // 2, participants}:
        exact = float(exactly(successes, participants, chance))
        assert at_least(successes, participants, float(chance)) == pytest.approx(exact, rel=1e-9)


def test_the_largest_group_is_still_exact():
    numbers = probabilities(5000, 0.3)
    assert sum(numbers) == pytest.approx(1, abs=1e-9)
    # P(X = 1500) = C(5000, 1500) .3^1500 .7^3500, with whole numbers up to the last division.
    exact = Fraction(comb(5000, 1500) * 3**1500 * 7**3500, 10**5000)
    assert numbers[1500] == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize(("chance", "certain"), [(0, 0), (1, 9)])
def test_certain_chances(chance, certain):
    assert [k for k, number in enumerate(probabilities(9, chance)) if number] == [certain]
    assert at_least(certain, 9, chance) == 1
    assert at_least(certain + 1, 9, chance) == 0


@given(st.integers(1, 60), st.floats(0, 1))
def test_probabilities_add_up_with_the_right_mean(participants, chance):
    numbers = probabilities(participants, chance)
    assert sum(numbers) == pytest.approx(1)
    assert sum(k * number for k, number in enumerate(numbers)) == pytest.approx(participants * chance, abs=1e-9)
    assert at_least(0, participants, chance) == pytest.approx(1)


# By hand: 30 % of 133 is 39.9, 10 % better is 43.89: 44. Of 1000: 330 exactly. At 25 %: 133 * .275 = 36.575: 37.
@pytest.mark.parametrize(
    ("participants", "baseline", "needed"),
    [(30, 0.3, 10), (60, 0.3, 20), (133, 0.3, 44), (270, 0.3, 90), (1000, 0.3, 330), (133, 0.25, 37), (10, 1, 11)],
)
def test_target_by_hand(participants, baseline, needed):
    assert target(Bond(participants, baseline=baseline)) == needed


@given(st.integers(1, 400), st.integers(5, 95), st.integers(0, 60))
def test_the_target_is_the_first_number_that_the_rule_pays_for(participants, percent, margin):
    bond = Bond(participants, baseline=percent / 100, margin=margin / 100)
    needed = target(bond)
    least = Fraction(participants * percent * (100 + margin), 10_000)
    assert needed - 1 < least <= needed
    steps = (Step(margin, 1, 0.04, 0.04),)
    assert pay_out(steps, gain(bond, needed), 100, 3) != NOTHING
    assert pay_out(steps, gain(bond, needed - 1), 100, 3) == NOTHING


# Worked out apart, with whole fractions: the chance that a useless programme is called a success.
@pytest.mark.parametrize(
    ("participants", "right", "too_low"),
    [(30, 0.41, 0.57), (133, 0.25, 0.74), (270, 0.13, 0.81), (1000, 0.02, 0.96)],
)
def test_a_useless_programme_that_succeeds(participants, right, too_low):
    for baseline, needed_of, chance in ((Fraction(3, 10), "right", right), (Fraction(1, 4), "too low", too_low)):
        needed = -(-participants * baseline * Fraction(11, 10) // 1)
        exact = float(exactly(int(needed), participants, Fraction(3, 10)))
        found = success_probability(Bond(participants, baseline=float(baseline)))
        assert found == pytest.approx(exact, rel=1e-9), needed_of
        assert found == pytest.approx(chance, abs=0.005), needed_of


def test_an_effect_or_a_lower_baseline_never_makes_success_rarer():
    by_effect = [success_probability(Bond(effect=points / 100)) for points in range(0, 31, 5)]
    by_baseline = [success_probability(Bond(baseline=percent / 100)) for percent in range(40, 9, -5)]
    for chances in (by_effect, by_baseline):
        assert all(less <= more for less, more in pairwise(chances))


# By hand: (1 + .10) * (.30 - e) = .30 gives e = .03 / 1.1.
def test_beyond_the_tipping_error_size_makes_it_worse():
    error = tipping_error(0.3, 0.1)
    assert error == pytest.approx(0.03 / 1.1)
    sizes = (100, 400, 1600, 5000)
    low = [success_probability(Bond(size, baseline=0.3 - error + 0.01)) for size in sizes]
    high = [success_probability(Bond(size, baseline=0.3 - error - 0.01)) for size in sizes]
    assert low == sorted(low, reverse=True) and low[-1] < 0.1
    assert high == sorted(high) and high[-1] > 0.9


def test_draws_are_seeded_and_follow_the_probabilities():
    bond = Bond()
    assert draw(bond, 50, seed=3) == draw(bond, 50, seed=3) != draw(bond, 50, seed=4)
    drawn = draw(bond, 10_000, seed=1)
    share = sum(successes >= target(bond) for successes in drawn) / 10_000
    assert share == pytest.approx(success_probability(bond), abs=0.015)  # three standard errors are 0.013
    assert sum(drawn) / 10_000 == pytest.approx(39.9, abs=0.2)
    assert all(0 <= successes <= 133 for successes in drawn)


def test_the_same_luck_under_a_better_programme_is_never_worse():
    plain, better = (draw(Bond(effect=effect), 500, seed=7) for effect in (0, 0.1))
    assert all(a <= b for a, b in zip(plain, better, strict=True))


# Interventions sur les Offres et les Demandes (Brussels): lose all, capital back, premium up to 7.5 % a year.
@pytest.mark.parametrize(
    ("result", "back", "rate"),
    [(-5, 0, 0), (0, 0, 0), (1, 1, 0), (49.9, 1, 0), (50, 1, 0), (60, 1, 0.015), (75, 1, 0.0375), (100, 1, 0.075),
     (150, 1, 0.075)],
)  # fmt: skip
def test_iod(result, back, rate):
    paid = pay_out(rule("iod"), result, MILLION, 3)
    assert paid.capital_back == back * MILLION
    assert paid.rate == pytest.approx(rate)
    assert paid.premium == pytest.approx(MILLION * back * ((1 + rate) ** 3 - 1))


@pytest.mark.parametrize(
    ("result", "rate"),
    [(50, 0), (54.9, 0), (55, 0.03), (59.9, 0.03), (60, 0.075), (61, 0.075), (65, 0.12), (69.9, 0.12), (70, 0.15)],
)
def test_newpin(result, rate):
    assert pay_out(rule("newpin"), result, MILLION, 3).rate == pytest.approx(rate)


# By hand: 1.075^3 = 1.242296875 and 1.015^3 = 1.045678375.
def test_payouts_in_euro_by_hand():
    assert pay_out(rule("newpin"), 61, MILLION, 3).total == pytest.approx(1_242_296.875)
    assert pay_out(rule("iod"), 60, 2_200_000, 3).premium == pytest.approx(2_200_000 * 0.045678375)
    assert pay_out(rule("iod"), 30, 2_200_000, 3) == Payout(2_200_000, 0, 0)


# Known: nothing below 7.5 %, about 3 % a year at the 9 % that was reached, a cap of 13 %.
@pytest.mark.parametrize(("result", "rate"), [(7.5, 0), (9, 0.03), (14, 0.13), (30, 0.13)])
def test_peterborough(result, rate):
    assert pay_out(rule("peterborough"), 7.4, MILLION, 5) == NOTHING
    assert pay_out(rule("peterborough"), result, MILLION, 5).rate == pytest.approx(rate)


@pytest.mark.parametrize("name", ["iod", "newpin", "peterborough", "lindenrode"])
def test_a_better_result_never_pays_less(name):
    totals = [pay_out(rule(name), result / 4, MILLION, 3).total for result in range(-80, 480)]
    assert totals == sorted(totals)


@pytest.mark.parametrize(
    ("amounts", "rate"),
    [
        ([-100, 110], 0.10),
        ([-100, 10, 110], 0.10),
        ([-1000, 0, 0, 1124.864], 0.04),  # 1.04^3 = 1.124864
        ([-100, 60, 55], 0.10),  # 100 g^2 - 60 g - 55 = 0, g = 1.1
        ([-100, 0, 25], -0.5),
        ([-100, 50, 50], 0.0),
        ([-1, 0, 0], -1.0),
        ([-1, 5], 4.0),
    ],
)
def test_return_by_hand(amounts, rate):
    assert irr(amounts) == pytest.approx(rate, abs=1e-9)


@pytest.mark.parametrize("amounts", [[100, 110], [0, 5], [-100, -5, 200]])
def test_amounts_that_are_no_investment_are_refused(amounts):
    with pytest.raises(ParameterError):
        irr(amounts)


deals = st.builds(
    Deal,
    capital=st.floats(1000, 10_000_000),
    years=st.integers(1, 10),
    management=st.floats(0, 0.5),
    evaluation=st.floats(0, 0.5),
    public_guarantee=st.floats(0, 0.5),
    foundation_guarantee=st.floats(0, 0.5),
)
payouts = st.sampled_from(["iod", "newpin", "peterborough", "lindenrode"])


@given(deals, payouts, st.floats(-20, 120))
def test_no_euro_appears_or_disappears(deal, name, result):
    paid = pay_out(rule(name), result, deal.capital, deal.years)
    flows, settled = cash_flows(deal, paid), settle(deal, paid)
    total = {role: sum(balance(flows, role)) for role in ROLES}
    near = pytest.approx
    assert sum(total.values()) == near(0, abs=1e-3)
    assert total["intermediary"] == near(deal.capital * deal.management, abs=1e-3)
    assert total["evaluator"] == near(deal.capital * deal.evaluation, abs=1e-3)
    assert total["provider"] == near(deal.capital * (1 - deal.management - deal.evaluation), abs=1e-3)
    assert total["outcome_payer"] == near(-settled.public, abs=1e-3)
    assert total["foundation"] == near(-settled.foundation, abs=1e-3)
    assert total["investor"] == near(settled.investor, abs=1e-3)
    assert min(flow.amount for flow in flows) > 0


@given(deals, payouts, st.floats(-20, 120))
def test_the_investors_return_is_that_of_the_rule_unless_a_guarantee_adds_to_it(deal, name, result):
    paid = pay_out(rule(name), result, deal.capital, deal.years)
    found = irr(balance(cash_flows(deal, paid), "investor"))
    if paid.capital_back:
        assert found == pytest.approx(paid.rate, abs=1e-8)
    elif deal.public_guarantee + deal.foundation_guarantee < 1e-6:
        assert found < -0.5
    else:
        assert -1 <= found <= 1e-8


# Rikers Island: the bank lent 7.2 million dollar, a foundation stood surety for 6.0: 1.2 / 7.2 is one sixth.
def test_rikers_island():
    deal = Deal(capital=7_200_000, years=4, foundation_guarantee=6.0 / 7.2)
    settled = settle(deal, NOTHING)
    assert settled.investor == pytest.approx(-1_200_000)
    assert settled.foundation == pytest.approx(6_000_000)
    assert settled.public == 0
    assert risk_shares(deal)["investor"] == pytest.approx(1 / 6)
    assert round(100 * risk_shares(deal)["investor"]) == 17


@given(deals)
def test_someone_bears_the_whole_risk(deal):
    shares = risk_shares(deal)
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares.values()) >= -1e-9
    assert shares["public"] == pytest.approx(deal.public_guarantee)
    assert shares["foundation"] == pytest.approx(deal.foundation_guarantee)


def test_a_guarantee_is_not_paid_on_top_of_success():
    deal = Deal(public_guarantee=0.4, foundation_guarantee=0.5)
    settled = settle(deal, pay_out(THRESHOLD, 10, MILLION, 3))
    assert asdict(settled) == pytest.approx({"public": 1_124_864, "foundation": 0, "investor": 124_864})


# By hand, two participants with chance one half: 0, 1, 2 successes at .25, .5, .25. Baseline .5, 10 % better is 1.1: 2.
def test_forecast_by_hand():
    bond = Bond(2, chance_without=0.4, effect=0.1, baseline=0.5)
    deal = Deal(capital=1000, years=1, foundation_guarantee=0.5)
    found = forecast(bond, deal, (Step(10, 1, 0.04, 0.04),), saving=300)
    assert asdict(found) == pytest.approx(
        {
            "success": 0.25,
            "payment": 0.25 * 1040,
            "savings": 2 * 0.1 * 300,
            "public": 60 - 260,
            "foundation": -0.75 * 500,
            "investor": 0.25 * 40 - 0.75 * 500,
        }
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 300), st.floats(0, 0.5), st.floats(0.05, 0.9), deals)
def test_forecast_is_the_chance_of_success_times_the_rule(participants, effect, baseline, deal):
    bond = Bond(participants, effect=effect, baseline=baseline)
    found = forecast(bond, deal, THRESHOLD, saving=1000)
    assert found.success == pytest.approx(success_probability(bond))
    won, lost = settle(deal, pay_out(THRESHOLD, 10, deal.capital, deal.years)), settle(deal, NOTHING)
    expected = found.success * won.investor + (1 - found.success) * lost.investor
    assert found.investor == pytest.approx(expected, abs=1e-6 * deal.capital)
    assert found.payment - found.foundation == pytest.approx(deal.capital + found.investor, abs=1e-6 * deal.capital)


@pytest.mark.parametrize("field", asdict(Bond()))
@pytest.mark.parametrize("value", [-2, 5001, float("nan"), True, "1"])
def test_impossible_bonds_are_refused(field, value):
    with pytest.raises(ParameterError):
        Bond(**{field: value})


@pytest.mark.parametrize("field", asdict(Deal()))
@pytest.mark.parametrize("value", [-1, 2_000_000_000, float("nan"), True, "1"])
def test_impossible_deals_are_refused(field, value):
    with pytest.raises(ParameterError):
        Deal(**{field: value})


def test_a_chance_above_one_is_refused():
    assert Bond(chance_without=0.9, effect=0.1).chance_with == 1
    with pytest.raises(ParameterError):
        Bond(chance_without=0.9, effect=0.11)


def test_guarantees_above_the_capital_are_refused():
    with pytest.raises(ParameterError, match="samen"):
        Deal(public_guarantee=0.6, foundation_guarantee=0.5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: probabilities(5001, 0.5),
        lambda: probabilities(10, 1.5),
        lambda: draw(Bond(), 0),
        lambda: pay_out(THRESHOLD, 10, 0, 3),
        lambda: pay_out(THRESHOLD, 10, 100, 11),
        lambda: Step(0, 2, 0, 0),
        lambda: Step(0, 1, -0.1, 0),
        lambda: forecast(Bond(), Deal(), THRESHOLD, -1),
        lambda: tipping_error(0, 0.1),
    ],
)
def test_impossible_calls_are_refused(call):
    with pytest.raises(ParameterError):
        call()


# Worked out apart, with whole fractions over every pair of outcomes: both groups have 30 chances in 100.
@pytest.mark.parametrize(("size", "often"), [(1, 0.7), (2, None), (30, None)])
def test_a_control_group_brings_its_own_luck(size, often):
    chance, wanted = Fraction(3, 10), Fraction(11, 10)
    numbers = [comb(size, k) * chance**k * (1 - chance) ** (size - k) for k in range(size + 1)]
    exact = sum(numbers[helped] * numbers[other] for helped in range(size + 1) for other in range(size + 1)
                if helped >= wanted * other)  # fmt: skip
    found = success_against_control_group(Bond(size), size)
    assert found == pytest.approx(float(exact), rel=1e-9)
    assert often is None or found == pytest.approx(often)  # only 0 against 1 and 1 against 1 fail: 0.3 * 0.7 + 0.09


def test_a_control_group_makes_false_success_more_common_and_size_cures_it_slower():
    found = [100 * success_against_control_group(Bond(size), size) for size in (133, 270, 1000)]
    assert found == pytest.approx([31, 24, 8], abs=0.5)
    assert all(more > 100 * success_probability(Bond(size)) for more, size in zip(found, (133, 270, 1000), strict=True))
    assert success_against_control_group(Bond(133), 5000) == pytest.approx(success_probability(Bond(133)), abs=0.03)
