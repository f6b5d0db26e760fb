"""Checks of lesson 04's claims about the payment machine."""

import pytest

from vermarkting.models.creaming import CLIENTS, Client, Contract, Outcome, break_even_fee, equal_split, run


def _run(**terms: object) -> Outcome:
    return run(Contract(**terms))


def _months(outcome: Outcome) -> dict[float, float]:
    return {x.client.chance: x.months for x in outcome.treatments}


def _refused(outcome: Outcome) -> list[float]:
    return [x.client.chance for x in outcome.treatments if not x.accepted]


def _percent(share: float) -> int:
    return round(100 * share)


def hill_hardest():
    assert _months(_run())[0.02] == pytest.approx(1.6, abs=0.05)


def hill_top():
    months = _months(_run())
    assert max(months, key=months.get) == 0.1
    assert months[0.1] == pytest.approx(2.3, abs=0.05)


def hill_easiest():
    assert _months(_run())[0.9] == 0


def deadweight():
    assert _percent(_run().deadweight) == 64


def price():
    assert _run().price_of_extra_success == pytest.approx(11_231, abs=1)


def parked_at_three_thousand():
    outcome = _run(fee=3_000)
    assert _months(outcome)[0.02] == 0 < _months(outcome)[0.1]
    assert outcome.refused == 0


def losses_of_the_hardest():
    assert [round(x.profit) for x in _run().treatments[:2]] == [-696, -123]
    assert _refused(_run(may_refuse=True)) == [0.02, 0.1]


def dashboard_up():
    assert _percent(_run().measured) == 70
    assert _percent(_run(may_refuse=True).measured) == 79


def effect_down():
    assert _percent(_run().true_effect) == 25
    assert _percent(_run(may_refuse=True).true_effect) == 19


def nothing_changes_inside():
    assert _run(may_refuse=True).treatments[2:] == _run().treatments[2:]


def better_than_equal():
    assert _percent(_run().hardest_effect) == 35
    assert _percent(equal_split(Contract()).hardest_effect) == 25


def worse_than_equal_at_a_low_fee():
    low = Contract(fee=2_000)
    assert (_percent(run(low).hardest_effect), _percent(equal_split(low).hardest_effect)) == (1, 3)


def ban_and_minimum():
    assert _percent(_run().true_effect) == 25
    assert _percent(_run(minimum_months=3).true_effect) == 36
    assert _run().refused == 0


def lump_of_seven_hundred():
    assert _run(lump_sum=700, may_refuse=True).refused == 0


def lump_alone():
    outcome = _run(fee=0, lump_sum=1_800, may_refuse=True)
    assert set(_months(outcome).values()) == {0}


def tailored_pays_less():
    outcome = _run(scheme="tailored", may_refuse=True)
    assert outcome.refused == 0
    assert outcome.payment < _run().payment / 2


def tailored_effect():
    outcome = _run(scheme="tailored", may_refuse=True)
    assert (_percent(outcome.hardest_effect), _percent(outcome.true_effect)) == (40, 16)


def tailored_highest_fee():
    assert break_even_fee(Client(0.02), Contract()) == pytest.approx(5_800, abs=50)


def lump_with_minimum():
    outcome = _run(fee=0, lump_sum=1_800, minimum_months=1.5, may_refuse=True)
    assert outcome.refused == 0
    assert outcome.price_of_extra_success == pytest.approx(7_394, abs=0.5)


def lump_without_demands():
    outcome = _run(fee=0, lump_sum=1_800, may_refuse=True)
    assert outcome.refused == 0
    assert outcome.true_effect == 0


def wrong_group():
    hardest = CLIENTS[0]
    assert not hardest.marked
    assert _refused(_run(scheme="groups", may_refuse=True)) == [hardest.chance]
    assert _refused(run(Contract(scheme="groups", may_refuse=True), (Client(0.02, marked=True),))) == []


def same_fee_other_door():
    assert _percent(_run().hardest_effect) == 35
    assert _percent(_run(may_refuse=True).hardest_effect) == 14


def summary_refusal():
    before, after = _run(), _run(may_refuse=True)
    assert after.measured > before.measured
    assert after.true_effect < before.true_effect
    assert _run(may_refuse=True, fixed_cost=0) == _run(fixed_cost=0)


def summary_ban():
    for fee in (2_600, 3_000, 4_000, 8_000):
        assert _run(fee=fee).hardest_effect > equal_split(Contract(fee=fee)).hardest_effect


def bet_a_easiest():
    assert _months(_run())[0.9] == 0


def bet_b_top():
    months = _months(_run())
    assert [months[0.1], months[0.2]] == pytest.approx([2.3, 2.3], abs=0.05)


def bet_c_slopes():
    assert _months(_run())[0.02] == pytest.approx(1.6, abs=0.05)
    assert _months(_run())[0.9] == 0


def bet_d_hardest():
    months = _months(_run())
    assert months[0.02] == pytest.approx(1.6, abs=0.05)
    assert months[0.02] < months[0.1]


def bet_refuse_outcome():
    dashboard_up()
    effect_down()


def bet_refuse_hours():
    before, after = _run(), _run(may_refuse=True)
    freed = sum(x.months for x in before.treatments[:2])
    assert sum(_months(before).values()) - sum(_months(after).values()) == pytest.approx(freed)


def bet_refuse_two():
    assert _run(may_refuse=True).refused == 2


def bet_equal_shares():
    better_than_equal()


def bet_equal_wastes():
    assert _months(equal_split(Contract()))[0.9] > 1 > _months(_run())[0.9]


def question_parking():
    parked_at_three_thousand()
    assert _months(_run(fee=3_100))[0.02] > 0


def question_dashboard():
    assert _run(may_refuse=True).treatments[2:] == _run().treatments[2:]


def question_fee():
    assert _run(fee=5_900, may_refuse=True).refused == 0
    assert _refused(_run(fee=5_800, may_refuse=True)) == [0.02]


def question_fee_cost():
    assert _run(fee=5_900, may_refuse=True).payment == pytest.approx(46_960, abs=1)
    assert _run().payment == pytest.approx(28_081, abs=1)


def question_low_fee():
    worse_than_equal_at_a_low_fee()


def question_turning_point():
    for fee, better in ((2_400, False), (2_600, True)):
        gains = _run(fee=fee).hardest_effect > equal_split(Contract(fee=fee)).hardest_effect
        assert gains is better


def question_groups_who():
    marked = {client.chance: client.marked for client in CLIENTS}
    assert marked[0.1] and not marked[0.02]
    assert _refused(_run(scheme="groups", may_refuse=True)) == [0.02]


def question_groups_effect():
    one, two = _run(may_refuse=True), _run(scheme="groups", may_refuse=True)
    assert one.refused - two.refused == 1
    assert (_percent(one.true_effect), _percent(two.true_effect)) == (19, 29)


def check_high_fee():
    better_than_equal()


def check_low_fee():
    assert _run(fee=2_000).hardest_effect < 0.015
    assert _refused(_run(may_refuse=True)) == [0.02, 0.1]


def check_rising_figure():
    dashboard_up()
    assert _refused(_run(may_refuse=True))
