"""Checks of lesson 05's claims about impact bonds: the model, the pay-out rules and the table of real bonds."""

import pytest

from vermarkting import data
from vermarkting.explorables.impact_bond import DEAL, SAVING_PER_COST, rule_steps
from vermarkting.models.impact_bond import (
    NOTHING,
    Bond,
    Deal,
    Forecast,
    balance,
    cash_flows,
    forecast,
    gain,
    pay_out,
    risk_shares,
    success_against_control_group,
    success_probability,
    target,
    tipping_error,
)


def _false_success(size: int, error: float = 0) -> float:
    """How often of 100 a programme without effect succeeds, the baseline ``error`` points too low."""
    return 100 * success_probability(Bond(size, baseline=0.30 - error / 100))


def _near(number: float):
    return pytest.approx(number, abs=0.5)


def _per_hundred(effect: float, size: int, error: float) -> Forecast:
    bond = Bond(size, effect=effect / 100, baseline=0.30 - error / 100)
    return forecast(bond, Deal(100, DEAL.years), rule_steps("lindenrode"), SAVING_PER_COST * 100 / size)


def target_of_lindenrode():
    assert target(Bond()) == 44


def intermediary_keeps():
    assert sum(balance(cash_flows(DEAL, NOTHING), "intermediary")) == pytest.approx(50_000)


def error_before_the_bet():
    assert _false_success(133, 5) == _near(74)


def luck_at_30():
    assert _false_success(30) == _near(41)


def luck_at_133():
    assert _false_success(133) == _near(25)


def luck_at_270():
    assert _false_success(270) == _near(13)


def luck_of_a_control_group():
    found = [100 * success_against_control_group(Bond(size), size) for size in (133, 270, 1000)]
    assert found == [_near(31), _near(24), _near(8)]


def luck_at_1000():
    assert _false_success(1000) == _near(2)


def four_lucky_youngsters():
    bond = Bond()
    assert target(bond) - round(133 * 0.30) == 4
    paid = pay_out(rule_steps("lindenrode"), gain(bond, 44), DEAL.capital, DEAL.years)
    assert 1_000_000 < paid.total < 1_200_000


def good_programme_is_recognised():
    assert 100 * success_probability(Bond(effect=0.10)) == _near(96)


def error_at_30():
    assert _false_success(30, 5) == _near(57)


def error_in_larger_groups():
    assert [_false_success(size, 5) for size in (133, 270, 1000)] == [_near(74), _near(81), _near(96)]


def bet_luck_quarter():
    assert _false_success(133) == _near(25)


def bet_luck_four_more():
    assert round(133 * 0.30) == 40
    assert target(Bond()) == 44


def bet_error_rises():
    assert _false_success(1000, 5) == _near(96)
    assert _false_success(1000, 5) > _false_success(133, 5)


def bet_error_target():
    assert target(Bond(1000, baseline=0.25)) == 275
    assert 1000 * Bond().chance_without == pytest.approx(300)


def bet_table_five():
    known = [row["outcome"] for row in data.rows("sib_labels") if row["outcome"] != "no_trace"]
    assert len(known) == 15
    assert [known.count(outcome) for outcome in ("met", "partly", "not_met")] == [3, 1, 1]


def newpin_three_years():
    assert pay_out(rule_steps("newpin"), 61, 100, 3).total == pytest.approx(124.2, abs=0.05)


def newpin_below_the_step():
    assert pay_out(rule_steps("newpin"), 59, 100, 3).total == pytest.approx(109.3, abs=0.05)


def newpin_jump():
    rule = rule_steps("newpin")
    assert [pay_out(rule, result, 100, 3).rate for result in (59.5, 60)] == pytest.approx([0.03, 0.075])


def group_that_is_large_enough():
    too_often = [size for size in range(20, 1001) if _false_success(size) > 5]
    first_enough = next(size for size in range(20, 1001) if _false_success(size) <= 5)
    assert 600 <= first_enough <= max(too_often) <= 700


def belgian_groups_are_smaller():
    belgian = [row for row in data.rows("sibs") if row["country"] == "België" and row["participants"]]
    started = [row["participants"] for row in belgian if not row["status"].startswith("oproep")]
    assert len(started) == 3
    assert max(started) < 650


def tipping_point():
    assert 100 * tipping_error(0.30, 0.10) == pytest.approx(2.7, abs=0.05)


def worse_from_three():
    assert all(_false_success(1000, error) < _false_success(30, error) for error in (0, 1, 2))
    assert all(_false_success(1000, error) > _false_success(30, error) for error in range(3, 11))


def baseline_too_high():
    assert 100 * success_probability(Bond(1000, effect=0.05, baseline=0.35)) == _near(1)


def rikers_seventeen():
    assert 100 * risk_shares(Deal(7_200_000, foundation_guarantee=6.0 / 7.2))["investor"] == _near(17)


def check_size_cures_luck():
    assert [_false_success(133), _false_success(1000)] == [_near(25), _near(2)]


def check_size_does_not_cure_error():
    bond = Bond(1000, baseline=0.25)
    assert 100 * bond.baseline * (1 + bond.margin) == pytest.approx(27.5)
    assert _false_success(1000, 5) > _false_success(133, 5)


def check_iod_capital():
    rule = rule_steps("iod")
    assert all(pay_out(rule, result, 100, 3).total == 100 for result in (1, 30, 49.9, 50))
    assert pay_out(rule, -1, 100, 3) == NOTHING


def good_setting():
    assert _per_hundred(20, 800, 0).public == pytest.approx(47.5, abs=0.05)


def good_setting_without_effect():
    assert _false_success(800) == _near(4)


def bad_setting():
    assert _per_hundred(0, 1000, 6).investor == pytest.approx(11.9, abs=0.05)


def luck_goes_error_stays():
    assert _false_success(1000) < 3
    assert _false_success(1000, 5) > 95


def higher_baseline_punishes():
    assert (
        success_probability(Bond(1000, effect=0.05, baseline=0.35))
        < 0.02
        < 0.9
        < success_probability(Bond(1000, effect=0.05))
    )
