import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermarkting.models.parameters import ParameterError
from vermarkting.models.tender import (
    EXAMPLE_BIDS,
    FORMULAS,
    Bid,
    Reversal,
    Rules,
    better_bid_loses,
    extra_quality_needed,
    procedure_cost_share,
    reversals,
    score,
    simulate,
    voided_winner,
    winners,
    without,
)

A, B, C, D = EXAMPLE_BIDS
RELATIVE = ("rule_of_three", "min_max")

some_bids = st.lists(
    st.builds(Bid, st.sampled_from("ABCDEFGH"), st.floats(1, 10_000), st.floats(0, 100)),
    min_size=1,
    max_size=6,
    unique_by=lambda bid: bid.name,
)
some_rules = st.builds(Rules, st.floats(0, 100), st.sampled_from(FORMULAS))


def totals(bids, rules) -> list[float]:
    return [entry.total for entry in score(bids, rules)]


@pytest.mark.parametrize(
    ("formula", "weight", "bids", "expected", "winner"),
    [
        # Quality points at W 40: A 88 * .6 = 52.8, B 42, C 18, D 36.
        # Two bids: the dearest gets 0 and the cheapest 40 price points.
        ("min_max", 40, (A, B), (0 + 52.8, 40 + 42), "B"),
        # With D the price points are 40 (600 - p) / 260: A 40 * 200 / 260 = 30.769, B 40, D 0.
        ("min_max", 40, (A, B, D), (40 * 200 / 260 + 52.8, 40 + 42, 0 + 36), "A"),
        # With C they are 40 (400 - p) / 140: A 0, B 40 * 60 / 140 = 17.143, C 40.
        ("min_max", 40, (A, B, C), (52.8, 40 * 60 / 140 + 42, 40 + 18), "B"),
        # All four: 40 (600 - p) / 340: A 23.529, B 30.588, C 40, D 0.
        ("min_max", 40, (A, B, C, D), (40 * 200 / 340 + 52.8, 40 * 260 / 340 + 42, 58, 36), "A"),
        # Quality points at W 60: A 35.2, B 28, C 12. Price points 60 * 340 / 400 = 51 and 60.
        ("rule_of_three", 60, (A, B), (51 + 35.2, 60 + 28), "B"),
        # With C: 60 * 260 / 400 = 39 and 60 * 260 / 340 = 45.882.
        ("rule_of_three", 60, (A, B, C), (39 + 35.2, 60 * 260 / 340 + 28, 60 + 12), "A"),
        # Quality points at W 50: A 44, B 35, C 15. Price points 0, 50 * 60 / 140 = 21.429, 50.
        ("min_max", 50, (A, B, C), (44, 50 * 60 / 140 + 35, 50 + 15), "C"),
        # Fixed: 40 (600 - p) / 350: A 22.857, B 29.714, C 38.857, D 0.
        ("fixed", 40, (A, B, C, D), (40 * 200 / 350 + 52.8, 40 * 260 / 350 + 42, 40 * 340 / 350 + 18, 36), "A"),
    ],
)
def test_totals_by_hand(formula, weight, bids, expected, winner):
    scores = score(bids, Rules(weight, formula))
    assert [entry.total for entry in scores] == pytest.approx(expected)
    assert winners(scores) == (winner,)


def test_published_totals():
    assert totals((A, B), Rules(40, "min_max")) == pytest.approx([52.8, 82.0])
    assert totals((A, B, D), Rules(40, "min_max"))[:2] == pytest.approx([83.6, 82.0], abs=0.05)
    assert totals((A, B), Rules(60)) == pytest.approx([86.2, 88.0])
    assert totals((A, B, C), Rules(60))[:2] == pytest.approx([74.2, 73.9], abs=0.05)


def test_scores_keep_the_order_of_the_bids():
    scores = score(EXAMPLE_BIDS, Rules(40))
    assert [(entry.name, entry.rank) for entry in scores] == [("A", 1), ("B", 2), ("C", 3), ("D", 4)]
    assert scores[0].price_points == pytest.approx(40 * 260 / 400)
    assert scores[0].quality_points == pytest.approx(0.6 * 88)


def test_ties_share_the_best_rank():
    twins = (Bid("a", 300, 60), Bid("b", 300, 60), Bid("c", 300, 50))
    for formula in FORMULAS:
        scores = score(twins, Rules(40, formula))
        assert [entry.rank for entry in scores] == [1, 1, 3]
        assert winners(scores) == ("a", "b")


def test_a_tie_survives_rounding():
    # Rule of three, W 50: 50 * 300/300 + .5 * 60 = 80 and 50 * 300/500 + .5 * 100 = 80.
    assert winners(score((Bid("a", 300, 60), Bid("b", 500, 100)), Rules(50))) == ("a", "b")
    # 10 * 100/300 + .9 * 70 = 66.33... and 10 * 100/100 + .9 * (70 - 20/2.7) is the same number.
    near = (Bid("a", 300, 70), Bid("b", 100, 70 - 20 / 2.7))
    assert winners(score(near, Rules(10))) == ("a", "b")


def test_equal_prices_all_get_the_full_price_points():
    bids = (Bid("a", 300, 60), Bid("b", 300, 80))
    for formula in RELATIVE:
        assert [entry.price_points for entry in score(bids, Rules(40, formula))] == [40, 40]


def test_fixed_price_points_stop_at_floor_and_ceiling():
    bids = (Bid("a", 100, 0), Bid("b", 250, 0), Bid("c", 425, 0), Bid("d", 600, 0), Bid("e", 900, 0))
    assert totals(bids, Rules(40, "fixed")) == pytest.approx([40, 40, 20, 0, 0])


@given(some_bids, some_rules)
def test_points_stay_on_their_scale(bids, rules):
    for entry in score(bids, rules):
        assert -1e-9 <= entry.price_points <= rules.price_weight + 1e-9
        assert -1e-9 <= entry.quality_points <= 100 - rules.price_weight + 1e-9
        assert entry.total == pytest.approx(entry.price_points + entry.quality_points)
        assert -1e-9 <= entry.total <= 100 + 1e-9


@given(some_bids, some_rules)
def test_there_is_a_winner_and_no_total_is_higher(bids, rules):
    scores = score(bids, rules)
    best = max(entry.total for entry in scores)
    assert winners(scores)
    assert all(entry.total == pytest.approx(best, abs=2e-9) for entry in scores if entry.rank == 1)
    assert all(1 <= entry.rank <= len(bids) for entry in scores)


@given(some_bids, st.floats(0, 100), st.sampled_from(RELATIVE), st.floats(0.02, 100))
def test_the_unit_of_price_does_not_matter_to_relative_formulas(bids, weight, formula, factor):
    if formula == "min_max":  # prices a rounding error apart are not comparable after rescaling
        bids = [Bid(bid.name, float(round(bid.price)), bid.quality) for bid in bids]
    scaled = [Bid(bid.name, bid.price * factor, bid.quality) for bid in bids]
    rules = Rules(weight, formula)
    assert totals(scaled, rules) == pytest.approx(totals(bids, rules), abs=1e-6)


@given(some_bids, st.floats(0, 100), st.floats(0, 5_000), st.floats(5_001, 10_000))
def test_a_fixed_reference_never_reverses(bids, weight, floor, ceiling):
    assert reversals(bids, Rules(weight, "fixed", floor, ceiling)) == ()


@given(some_bids, some_rules)
def test_only_losing_bids_are_named_in_reversals(bids, rules):
    first = winners(score(bids, rules))
    for reversal in reversals(bids, rules):
        assert reversal.removed not in first
        assert reversal.winner_with == first != reversal.winner_without
        assert winners(score(without(bids, reversal.removed), rules)) == reversal.winner_without


def test_a_hopeless_bid_changes_the_winner():
    assert reversals((A, B, D), Rules(40, "min_max")) == (Reversal("D", ("A",), ("B",)),)
    assert reversals(EXAMPLE_BIDS, Rules(40, "min_max")) == (Reversal("D", ("A",), ("B",)),)
    assert reversals((A, B, C), Rules(60)) == (Reversal("C", ("A",), ("B",)),)
    assert reversals(EXAMPLE_BIDS, Rules(40)) == ()
    z, y = Bid("Z", 400, 88), Bid("Y", 340, 70)  # by other names, in the other order of the alphabet
    assert reversals((z, y, D), Rules(40, "min_max")) == (Reversal("D", ("Z",), ("Y",)),)


def test_one_set_of_bids_can_have_three_winners():
    # Min-max, W 50, four bids: A 50*200/340 + 44 = 73.41, B 50*260/340 + 35 = 73.24, C 65, D 30.
    # Without C (260 between dearest and cheapest): A 50*200/260 + 44 = 82.46, B 50 + 35 = 85. Without D: C, see above.
    assert reversals(EXAMPLE_BIDS, Rules(50, "min_max")) == (
        Reversal("C", ("A",), ("B",)),
        Reversal("D", ("A",), ("C",)),
    )


def test_without_leaves_the_others_in_order():
    assert without(EXAMPLE_BIDS, "B") == (A, C, D)
    assert without(EXAMPLE_BIDS, "Z") == EXAMPLE_BIDS


def test_extra_quality_the_dearer_bid_needs():
    cheap, dear = Bid("cheap", 29.75, 70), Bid("dear", 33.25, 70)
    # 40 * (1 - 29.75/33.25) = 40 * 3.5/33.25 = 4.2105 price points; / .6 = 7.0175
    assert extra_quality_needed(cheap, dear, Rules(40)) == pytest.approx(140 / 33.25 / 0.6)
    assert extra_quality_needed(cheap, dear, Rules(40)) == pytest.approx(7.0, abs=0.05)
    # 40 / .6, however small the difference in price
    assert extra_quality_needed(cheap, dear, Rules(40, "min_max")) == pytest.approx(66.7, abs=0.05)
    assert extra_quality_needed(cheap, Bid("cent more", 29.76, 0), Rules(40, "min_max")) == pytest.approx(40 / 0.6)
    # 40 * 3.5 / (40 - 20) = 7 price points; / .6
    assert extra_quality_needed(cheap, dear, Rules(40, "fixed", 20, 40)) == pytest.approx(7 / 0.6)


def test_no_quality_makes_up_for_price_when_only_price_counts():
    assert extra_quality_needed(B, A, Rules(100)) == math.inf
    assert extra_quality_needed(A, B, Rules(100)) == -math.inf
    assert extra_quality_needed(A, A, Rules(100)) == 0


@given(st.floats(1, 1000), st.floats(1, 1000), st.floats(0, 90), st.sampled_from(FORMULAS))
def test_with_the_extra_quality_the_two_tie(price, other_price, weight, formula):
    rules = Rules(weight, formula)
    cheap, dear = sorted((Bid("a", price, 0), Bid("b", other_price, 0)), key=lambda bid: bid.price)
    needed = extra_quality_needed(cheap, dear, rules)
    assert needed >= 0
    if needed <= 100:
        first, second = totals((cheap, Bid("dear", dear.price, needed)), rules)
        assert first == pytest.approx(second)


@pytest.mark.parametrize(("jurors", "simulated"), [(1, 0.385), (5, 0.258)])
def test_chance_that_the_better_bid_loses(jurors, simulated):
    exact = better_bid_loses(5, 12, jurors)
    assert exact == pytest.approx(NormalDist().cdf(-5 / (12 * math.sqrt(2 / jurors))))
    assert exact == pytest.approx(simulated, abs=0.01)


def test_a_jury_without_errors_or_a_true_tie():
    assert better_bid_loses(5, 0, 1) == 0
    assert better_bid_loses(0, 0, 1) == 0.5
    assert better_bid_loses(0, 12, 5) == 0.5


@given(st.floats(0.1, 99), st.floats(0.1, 99), st.integers(1, 99))
def test_more_jurors_and_a_longer_lead_help_and_noise_harms(lead, sd, jurors):
    chance = better_bid_loses(lead, sd, jurors)
    assert 0 <= chance <= 0.5
    assert better_bid_loses(lead, sd, jurors + 1) <= chance
    assert better_bid_loses(lead + 1, sd, jurors) <= chance
    assert better_bid_loses(lead, sd + 1, jurors) >= chance


@pytest.mark.parametrize("jurors", [1, 5])
def test_simulation_agrees_with_the_exact_chance(jurors):
    better, worse = Bid("better", 300, 55), Bid("worse", 300, 50)
    rounds = 10_000
    lost = simulate((better, worse), Rules(0), sd=12, jurors=jurors, rounds=rounds).wins["worse"] / rounds
    assert lost == pytest.approx(better_bid_loses(5, 12, jurors), abs=4 * 0.5 / math.sqrt(rounds))


@given(some_bids, some_rules, st.floats(0, 30), st.integers(1, 9), st.integers(0, 99))
def test_every_round_has_one_winner_and_a_seed_repeats_itself(bids, rules, sd, jurors, seed):
    first = simulate(bids, rules, sd, jurors, rounds=20, seed=seed)
    assert sum(first.wins.values()) == first.rounds == 20
    assert list(first.wins) == [bid.name for bid in bids]
    assert simulate(bids, rules, sd, jurors, rounds=20, seed=seed) == first


def test_another_seed_is_another_draw():
    assert len({tuple(simulate(EXAMPLE_BIDS, Rules(), 12, 1, seed=seed).wins.values()) for seed in range(5)}) > 1


def test_without_a_seed_it_is_the_first():
    runs = [simulate(EXAMPLE_BIDS, Rules(), 12, 1, rounds=200, seed=seed) for seed in range(3)]
    assert simulate(EXAMPLE_BIDS, Rules(), 12, 1) == runs[1] and runs[1] not in (runs[0], runs[2])


@pytest.mark.parametrize("quality", [(100, 99.5), (0.5, 0)])
def test_a_jury_that_agrees_tells_the_best_apart_at_either_end_of_the_scale(quality):
    bids = tuple(Bid(name, 100, points) for name, points in zip("ab", quality, strict=True))
    assert simulate(bids, Rules(0), sd=0, jurors=1).wins == {"a": 200, "b": 0}


def test_without_jury_errors_the_winner_always_wins():
    assert simulate(EXAMPLE_BIDS, Rules(40), sd=0, jurors=3).wins == {"A": 200, "B": 0, "C": 0, "D": 0}


def test_ties_are_settled_by_lot():
    twins = (Bid("a", 300, 60), Bid("b", 300, 60))
    wins = simulate(twins, Rules(40), sd=0, jurors=1, rounds=1000).wins
    assert wins["a"] == pytest.approx(500, abs=4 * math.sqrt(250))
    # 10 * 100/300 + .9 * 70 and 10 + .9 * (70 - 20/2.7) are the same number, but not to a computer.
    near = (Bid("a", 300, 70), Bid("b", 100, 70 - 20 / 2.7))
    assert min(simulate(near, Rules(10), sd=0, jurors=1).wins.values()) > 50


def test_the_same_seed_gives_the_same_errors_under_every_rule():
    # Only quality decides at W 0, and the price points are equal at equal prices: the outcome must be the same.
    bids = (Bid("a", 300, 60), Bid("b", 300, 55))
    assert len({simulate(bids, Rules(40, formula), 12, 3).wins["a"] for formula in FORMULAS}) == 1
    assert simulate(bids, Rules(0), 12, 3) == simulate(bids, Rules(90), 12, 3)


def test_jury_scores_stay_between_nought_and_hundred():
    # Min-max, W 51, two bids: the cheap one has at least 51 + 0 points, the dear one at most 0 + 49.
    bids = (Bid("cheap", 300, 0), Bid("dear", 400, 100))
    assert simulate(bids, Rules(51, "min_max"), sd=100, jurors=1).wins == {"cheap": 200, "dear": 0}


def test_procedure_costs_as_a_share_of_de_vaart():
    value = 395_315 * 2.5  # 988,287.50 euro
    assert procedure_cost_share(2, 15_000, 30_000, value) == pytest.approx(60_000 / 988_287.5)
    assert procedure_cost_share(2, 15_000, 30_000, value) == pytest.approx(0.061, abs=0.0005)
    assert procedure_cost_share(6, 15_000, 30_000, value) == pytest.approx(0.121, abs=0.0005)
    assert procedure_cost_share(14, 8_000, 15_000, value) == pytest.approx(0.129, abs=0.0005)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Bid("x", 0, 50),
        lambda: Bid("x", -1, 50),
        lambda: Bid("x", float("nan"), 50),
        lambda: Bid("x", 300, 101),
        lambda: Bid("x", 300, -1),
        lambda: Bid("x", True, 50),
        lambda: Rules(price_weight=120),
        lambda: Rules(formula="cheapest"),
        lambda: Rules(floor=-1),
        lambda: Rules(ceiling=float("inf")),
        lambda: Rules(floor=600, ceiling=600),
        lambda: score((), Rules()),
        lambda: score((A, A), Rules()),
        lambda: simulate((), Rules(), 12, 1),
        lambda: simulate((A, B), Rules(), -1, 1),
        lambda: simulate((A, B), Rules(), 12, 0),
        lambda: simulate((A, B), Rules(), 12, 1, rounds=0),
        lambda: better_bid_loses(-1, 12, 1),
        lambda: better_bid_loses(5, -1, 1),
        lambda: better_bid_loses(5, 12, 1.5),
        lambda: procedure_cost_share(0, 1, 1, 1),
        lambda: procedure_cost_share(2, -1, 1, 1),
        lambda: procedure_cost_share(2, 1, -1, 1),
        lambda: procedure_cost_share(2, 1, 1, 0),
    ],
)
def test_impossible_parameters_are_refused_in_dutch(refused):
    with pytest.raises(ParameterError, match=r"\.$"):
        refused()


def test_the_third_may_win_when_the_winner_is_void():
    # By hand, W 60: A 60 + 32 = 92, B 60 * 100/190 + 36 = 67.6, C 60 * 100/150 + 26 = 66. Without A the cheapest asks
    # 150: B 60 * 150/190 + 36 = 83.4, C 60 + 26 = 86.
    bids = Bid("A", 100, 80), Bid("B", 190, 90), Bid("C", 150, 65)
    assert voided_winner(bids, Rules(60)) == Reversal("A", ("B",), ("C",))
    assert voided_winner(bids, Rules(60, "fixed", 100, 200)) is None, "each price is measured by itself"
    assert voided_winner(bids[:1], Rules(60)) is None, "nobody is left"
    assert voided_winner((Bid("A", 100, 80), Bid("B", 100, 80)), Rules(60)) is None, "no single winner"


def test_the_rules_of_the_lesson_are_those_without_a_word():
    assert Rules() == Rules(price_weight=40, formula="rule_of_three", floor=250, ceiling=600)
