from dataclasses import asdict, replace
from itertools import pairwise
from math import exp

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vermarkting.models.creaming import (
    CLIENTS,
    GROUP_FACTOR,
    MARKED,
    SCHEMES,
    Client,
    Contract,
    best_months,
    break_even_fee,
    equal_split,
    run,
    run_by_hand,
)
from vermarkting.models.parameters import ParameterError

EXACT = 1e-9

clients = st.builds(Client, chance=st.floats(0, 0.99), marked=st.booleans())
contracts = st.builds(
    Contract,
    fee=st.floats(0, 20_000),
    scheme=st.sampled_from(SCHEMES),
    lump_sum=st.floats(0, 3_000),
    may_refuse=st.booleans(),
    minimum_months=st.floats(0, 6),
    fixed_cost=st.floats(0, 3_000),
    cost_per_month=st.floats(50, 3_000),
)


def profit_of(client: Client, contract: Contract, months: float) -> float:
    success = 1 - (1 - client.chance) * exp(-client.response * months)
    fee = contract.fee * (GROUP_FACTOR if contract.scheme == "groups" and client.marked else 1)
    return fee * success + contract.lump_sum - contract.cost_per_month * months - contract.fixed_cost


# By hand, fee 4000 and 500 a month, a = 0.15 + 0.9 b:
#   b = .02: a = .168, ln(8 * .168 * .98) / .168 = ln 1.31712 / .168 = .27545 / .168 = 1.640
#   b = .10: a = .240, ln(8 * .24 * .9) / .24    = ln 1.728 / .24    = .54696 / .24  = 2.279
#   b = .20: a = .330, ln(8 * .33 * .8) / .33    = ln 2.112 / .33    = .74764 / .33  = 2.266
#   b = .50: a = .600, ln(8 * .6 * .5) / .6      = ln 2.4 / .6       = .87547 / .6   = 1.459
#   b = .80: a = .870, ln(8 * .87 * .2) / .87    = ln 1.392 / .87    = .33074 / .87  = .380
#   b = .90: 8 * .96 * .1 = .768 < 1: the first day costs more than it brings
@pytest.mark.parametrize(
    ("chance", "months"), [(0.02, 1.640), (0.1, 2.279), (0.2, 2.266), (0.5, 1.459), (0.8, 0.380), (0.9, 0)]
)
def test_best_months_by_hand(chance, months):
    assert best_months(Client(chance), 4_000, 500) == pytest.approx(months, abs=0.0006)


# At the best months exp(-a e) = c / (F a (1 - b)), so p = 1 - c / (F a): for b = .2 that is 1 - .125 / .33 = .6212.
def test_success_by_hand():
    for chance in (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        client = Client(chance)
        months = best_months(client, 4_000, 500)
        assert client.success(months) == pytest.approx(1 - 0.125 / (0.15 + 0.9 * chance))
    assert Client(0.5).success(2) == pytest.approx(1 - 0.5 * exp(-1.2))


@given(clients)
def test_no_help_changes_nothing(client):
    assert client.success(0) == client.chance


# By hand p = 1 - .125 / a for nine clients and .9 for the tenth:
# .2560 .4792 .6212 .7024 .7549 .7917 .8188 .8397 .8563 .9 together 7.0201; the chances together 4.52.
def test_a_flat_fee_without_refusal():
    outcome = run(Contract())
    assert outcome.refused == 0
    assert outcome.measured == pytest.approx(0.70201, abs=5e-5)
    assert outcome.true_effect == pytest.approx((7.0201 - 4.52) / 10, abs=5e-5)
    assert outcome.deadweight == pytest.approx(4.52 / 7.0201, abs=5e-5)  # 64 %
    assert outcome.payment == pytest.approx(4_000 * 7.0201, abs=1)
    assert outcome.price_of_extra_success == pytest.approx(4_000 * 7.0201 / 2.5001, abs=1)
    assert outcome.hardest_effect == pytest.approx((0.2560 + 0.4792 + 0.6212 - 0.32) / 3, abs=5e-5)


# By hand, with 900 for an intake: b = .02 brings 4000 * .2560 - 500 * 1.6396 - 900 = -696 and b = .1 brings
# 1916.7 - 1139.5 - 900 = -122.8; b = .2 brings 2484.8 - 1132.8 - 900 = +452. Eight are left, with 6.2849 successes.
def test_selection_raises_what_is_measured_and_lowers_what_is_true():
    before, after = run(Contract()), run(Contract(may_refuse=True))
    assert [x.client.chance for x in after.treatments if not x.accepted] == [0.02, 0.1]
    assert [round(x.profit) for x in before.treatments][:3] == [-696, -123, 452]
    assert after.measured == pytest.approx(6.2849 / 8, abs=5e-5)
    assert after.true_effect == pytest.approx((6.2849 - 4.4) / 10, abs=5e-5)
    assert (round(before.measured, 2), round(after.measured, 2)) == (0.7, 0.79)
    assert (round(before.true_effect, 2), round(after.true_effect, 2)) == (0.25, 0.19)
    assert after.treatments[2:] == before.treatments[2:]


# By hand: 1.6396 + 2.2790 + 2.2656 + 2.0364 + 1.7554 + 1.4591 + 1.1480 + .8039 + .3802 = 13.767 months, so 1.3767 for
# each; the three hardest then gain .98 (1 - exp(-.2313)) = .2024, .9 (1 - exp(-.3304)) = .2532 and
# .8 (1 - exp(-.4543)) = .2921.
def test_the_hardest_gain_more_than_from_an_equal_split():
    by_result, equal = run(Contract()), equal_split(Contract())
    months = sum(x.months for x in by_result.treatments)
    assert [x.months for x in equal.treatments] == pytest.approx([months / 10] * 10)
    assert months == pytest.approx(13.767, abs=0.001)
    assert equal.hardest_effect == pytest.approx((0.2024 + 0.2532 + 0.2921) / 3, abs=1e-4)
    assert by_result.hardest_effect == pytest.approx(0.345, abs=0.001)
    assert equal.true_effect < by_result.true_effect


@settings(max_examples=200, deadline=None)
@given(clients, contracts.filter(lambda contract: contract.scheme != "tailored"))
@example(Client(0), Contract(fee=20_000))
def test_no_number_of_months_on_a_grid_brings_more(client, contract):
    (chosen,) = run(replace(contract, may_refuse=False), (client,)).treatments
    best = max(profit_of(client, contract, contract.minimum_months + step / 20) for step in range(20 * 40))
    assert chosen.profit == pytest.approx(profit_of(client, contract, chosen.months), abs=1e-6)
    assert chosen.profit >= best - 1e-6
    assert chosen.months >= contract.minimum_months


@given(clients, contracts)
def test_only_losses_are_refused(client, contract):
    (free,) = run(replace(contract, may_refuse=True), (client,)).treatments
    (bound,) = run(replace(contract, may_refuse=False), (client,)).treatments
    assert bound.accepted
    assert free.accepted == (bound.profit >= 0)
    assert free.profit == max(0, bound.profit)


@given(contracts)
def test_the_outcome_adds_up_and_nothing_is_negative(contract):
    outcome = run(contract)
    accepted = [x for x in outcome.treatments if x.accepted]
    assert outcome.refused + len(accepted) == 10
    assert 0 <= outcome.true_effect <= 1 and 0 <= outcome.measured <= 1 and 0 <= outcome.deadweight <= 1
    assert all(x.months >= 0 and x.effect >= 0 and x.payment >= 0 for x in outcome.treatments)
    assert all((x.months, x.effect, x.payment, x.profit) == (0, 0, 0, 0) for x in outcome.treatments if not x.accepted)
    costs = sum(contract.cost_per_month * x.months + contract.fixed_cost for x in accepted)
    assert outcome.profit == pytest.approx(outcome.payment - costs, abs=1e-6)
    if accepted:
        assert outcome.measured * len(accepted) == pytest.approx(sum(x.success for x in accepted))
        anyway = sum(x.client.chance for x in accepted)
        extra = outcome.true_effect * 10
        assert outcome.measured * len(accepted) * outcome.deadweight == pytest.approx(anyway)
        assert anyway + extra == pytest.approx(outcome.measured * len(accepted))


@given(contracts.filter(lambda contract: contract.scheme != "tailored"), st.floats(0, 20_000))
def test_a_higher_fee_never_takes_help_or_a_place_away(contract, other):
    lower, higher = (run(replace(contract, fee=fee)) for fee in sorted((contract.fee, other)))
    for less, more in zip(lower.treatments, higher.treatments, strict=True):
        assert more.months >= less.months - EXACT
        assert more.accepted >= less.accepted


@given(contracts, st.floats(0, 3_000))
def test_a_higher_lump_sum_refuses_nobody_more_and_leaves_the_help_as_it_is(contract, other):
    if contract.scheme == "tailored":
        contract = replace(contract, scheme="flat")
    lower, higher = (run(replace(contract, lump_sum=amount)) for amount in sorted((contract.lump_sum, other)))
    assert higher.refused <= lower.refused
    for less, more in zip(lower.treatments, higher.treatments, strict=True):
        assert not less.accepted or more.months == less.months


@given(st.floats(3_200, 20_000))
def test_help_is_hump_shaped_in_the_chance(fee):
    months = [best_months(Client(chance / 100), fee) for chance in range(100)]
    top = months.index(max(months))
    assert all(a <= b + EXACT for a, b in pairwise(months[: top + 1]))
    assert all(a >= b - EXACT for a, b in pairwise(months[top:]))
    assert best_months(Client(0.99), 4_000) == 0


def test_a_low_fee_parks_the_hardest_client_first():
    # By hand: 500 / (.168 * .98) = 3036.9 is the fee at which the first day of help just pays.
    assert best_months(Client(0.02), 3_036) == 0
    assert best_months(Client(0.02), 3_038) > 0
    parked = [x.client.chance for x in run(Contract(fee=3_000)).treatments if x.months == 0]
    assert parked == [0.02, 0.9]


# By hand: without help a fee of 900 / .9 covers the intake of the easiest client, and help does not pay. At
# 5804 the hardest brings 5804 - 500 / .168 = 2827.8 at e = ln(1.91115) / .168 = 3.8556 months, which cost 1927.8 + 900.
def test_break_even_fee_is_the_lowest_without_a_loss():
    contract = Contract(fixed_cost=900)
    assert break_even_fee(Client(0.9), contract) == pytest.approx(1_000, abs=0.01)  # 900 / .9, without help
    assert break_even_fee(Client(0.02), contract) == pytest.approx(5_804, abs=1)
    for client in CLIENTS:
        fee = break_even_fee(client, contract)
        for amount, accepted in ((fee, True), (fee - 0.02, False)):
            assert run(Contract(fee=amount, may_refuse=True), (client,)).treatments[0].accepted is accepted
    assert break_even_fee(Client(0.5), Contract(lump_sum=900)) == 0


def test_a_tailored_fee_refuses_nobody_and_leaves_no_profit():
    outcome = run(Contract(scheme="tailored", may_refuse=True))
    assert outcome.refused == 0
    assert outcome.profit == pytest.approx(0, abs=0.1)
    fees = [x.payment / x.success for x in outcome.treatments]
    assert fees == sorted(fees, reverse=True)
    assert outcome.payment < run(Contract()).payment / 2


def test_groups_pay_more_for_marked_clients_only():
    flat, groups = run(Contract()), run(Contract(scheme="groups"))
    for one, other in zip(flat.treatments, groups.treatments, strict=True):
        marked = one.client.chance in MARKED
        assert other.payment / other.success == pytest.approx(6_600 if marked else 4_000)
        assert (other.months > one.months) is marked
    left_out = run(Contract(scheme="groups", may_refuse=True))
    assert [x.client.chance for x in left_out.treatments if not x.accepted] == [0.02]


def test_a_lump_sum_alone_lets_everybody_in_and_parks_them():
    outcome = run(Contract(fee=0, lump_sum=1_800, may_refuse=True))
    assert outcome.refused == 0
    assert outcome.true_effect == 0
    assert outcome.deadweight == 1
    assert outcome.price_of_extra_success is None


def test_nobody_is_accepted_without_money():
    outcome = run(Contract(fee=0, may_refuse=True))
    assert (outcome.refused, outcome.measured, outcome.deadweight, outcome.payment) == (10, 0, 0, 0)
    assert outcome.price_of_extra_success is None


@given(contracts.filter(lambda contract: contract.scheme != "tailored"))
def test_the_same_choice_counts_the_same_by_hand(contract):
    outcome = run(contract)
    by_hand = run_by_hand([x.months if x.accepted else None for x in outcome.treatments], contract)
    assert asdict(by_hand) == asdict(outcome)


# By hand, 900 an intake: Robin refused; Alex two months: p = 1 - .8 exp(-.66) = .5865, 2346 - 1900 = 446;
# Charlie one month: 1 - .5 exp(-.6) = .7256, 2902 - 1400 = 1502; Dominique none: 3600 - 900 = 2700.
def test_four_people_by_hand():
    four = (Client(0.02), Client(0.2), Client(0.5), Client(0.9))
    outcome = run_by_hand([None, 2, 1, 0], Contract(), four)
    assert [round(x.profit) for x in outcome.treatments] == [0, 446, 1502, 2700]
    assert outcome.measured == pytest.approx((0.5865 + 0.7256 + 0.9) / 3, abs=5e-5)
    assert outcome.true_effect == pytest.approx((0.3865 + 0.2256) / 4, abs=5e-5)


@pytest.mark.parametrize("field", ["fee", "lump_sum", "minimum_months", "fixed_cost", "cost_per_month"])
@pytest.mark.parametrize("value", [-1, 50_000, float("nan"), True, "1"])
def test_impossible_contracts_are_refused(field, value):
    with pytest.raises(ParameterError):
        Contract(**{field: value})


@pytest.mark.parametrize("chance", [-0.1, 1, "0"])
def test_impossible_clients_are_refused(chance):
    with pytest.raises(ParameterError):
        Client(chance)


def test_an_unknown_scheme_is_refused():
    with pytest.raises(ParameterError, match="één tarief"):
        Contract(scheme="bonus")


def test_impossible_choices_are_refused():
    with pytest.raises(ParameterError):
        run_by_hand([-1] * 10)
    with pytest.raises(ParameterError):
        run_by_hand([1])


def test_five_of_the_ten_are_marked_and_not_simply_the_hardest():
    assert [client.chance for client in CLIENTS if client.marked] == [0.1, 0.2, 0.3, 0.5, 0.7]
