"""The network model against figures by hand, properties, and a brute-force oracle that walks every order and path."""

from itertools import combinations, pairwise, permutations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vermarkting.models.network import (
    BEST_TIE,
    ORGANISATIONS,
    SHAPES,
    Climate,
    centralisation,
    client_success,
    degrees,
    density,
    groups,
    handovers,
    hub,
    let_in,
    outsiders,
    path_success,
    random_ties,
    resilience,
    run,
    shape,
    time_left,
    toggle,
    trust,
)
from vermarkting.models.parameters import ParameterError

RING, STAR, MODERATE, FULL, CLOSED = (SHAPES[name] for name in ("ring", "star", "moderate", "full", "closed"))
PAIRS = list(combinations(range(ORGANISATIONS), 2))

networks = st.sets(st.sampled_from(PAIRS)).map(lambda ties: tuple(sorted(ties)))
climates = st.builds(
    Climate, rivalry=st.floats(0, 1), cycle=st.integers(0, 12), years=st.integers(0, 40), start=st.floats(0, 1)
)


# Trust


def test_trust_without_tenders_closes_a_tenth_of_the_gap_each_year():
    # By hand: the gap 1 - t shrinks by a tenth, so 1 - 0.2 * 0.9^12 after twelve years.
    found = trust(Climate(cycle=0))
    assert len(found) == 13
    assert found[0] == 0.8
    assert found[1] == pytest.approx(0.82)
    assert found[12] == pytest.approx(1 - 0.2 * 0.9**12)


def test_trust_in_the_first_tender_year_by_hand():
    # t1 = .82, t2 = .838, then t3 = .838 + .1 * .162 - .35 * .838 = .5609
    assert trust(Climate(rivalry=1, years=3))[3] == pytest.approx(0.5609)


@pytest.mark.parametrize(("rivalry", "after"), [(0, 0.94), (0.15, 0.83), (1, 0.39)])
def test_twelve_years_as_worked_out_beforehand(rivalry, after):
    assert trust(Climate(rivalry=rivalry))[-1] == pytest.approx(after, abs=0.006)


@given(climates)
@example(Climate(rivalry=1, cycle=1, years=40, start=1))
def test_trust_stays_between_0_and_1(climate):
    assert all(0 <= level <= 1 for level in trust(climate))


@given(climates, st.floats(0, 1))
def test_more_rivalry_never_gives_more_trust(climate, other):
    low, high = sorted([climate.rivalry, other])
    settings_ = {"cycle": climate.cycle, "years": climate.years, "start": climate.start}
    gentle, hard = trust(Climate(rivalry=low, **settings_)), trust(Climate(rivalry=high, **settings_))
    assert all(g >= h - 1e-12 for g, h in zip(gentle, hard, strict=True))


def test_tender_years():
    assert Climate(cycle=3, years=12).tenders == (3, 6, 9, 12)
    assert Climate(cycle=5, years=12).tenders == (5, 10)
    assert Climate(cycle=0).tenders == ()
    assert Climate(cycle=4, years=3).tenders == ()


# One path


@pytest.mark.parametrize(("strength", "services", "chance"), [(0.6, 5, 0.1296), (0.6, 1, 1), (0, 1, 1), (0.9, 3, 0.81)])
def test_one_path(strength, services, chance):
    assert path_success(strength, services) == pytest.approx(chance)


# Measures, by hand and against slower ways of working them out


def test_shapes_are_what_they_are_called():
    assert [len(SHAPES[name]) for name in SHAPES] == [12, 11, 22, 66, 18]
    assert set(degrees(RING)) == {2}
    assert degrees(STAR) == (11, *[1] * 11)
    assert set(degrees(FULL)) == {11}
    assert outsiders(CLOSED) == (9, 10, 11)
    assert [outsiders(SHAPES[name]) for name in ("ring", "star", "moderate", "full")] == [()] * 4
    for ties in SHAPES.values():
        assert list(ties) == sorted(set(ties)) and all(a < b for a, b in ties)
        assert shape(next(name for name in SHAPES if SHAPES[name] == ties)) == ties


def test_measures_of_known_shapes():
    assert centralisation(STAR) == 1
    assert centralisation(RING) == centralisation(FULL) == 0
    # One tie: two organisations have 1, ten have 0, so (10 * 1) / (11 * 10).
    assert centralisation(((0, 1),)) == pytest.approx(10 / 110)
    assert density(FULL) == 1
    assert density(RING) == pytest.approx(12 / 66)
    assert resilience(STAR) == 0
    assert resilience(RING) == resilience(FULL) == 1
    # Two rings that share organisation 0: without it, chains of five and six keep 5 * 4 + 6 * 5 of 11 * 10 pairs.
    two = toggle(toggle(toggle((), 0, 1), 0, 6), 0, 11)
    for one in (*range(1, 5), *range(6, 11)):
        two = toggle(two, one, one + 1)
    assert hub(two) == 0
    assert resilience(two) == pytest.approx((5 * 4 + 6 * 5) / (11 * 10))


def reachable_by_powers(ties, without=None):
    """Find who reaches whom by joining reach with reach until nothing changes (Warshall, on sets of pairs)."""
    near = {(a, b) for a, b in ties if without not in (a, b)}
    near |= {(b, a) for a, b in near}
    while True:
        more = near | {(a, d) for a, b in near for c, d in near if b == c and a != d}
        if more == near:
            return near
        near = more


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(PAIRS), max_size=14).map(lambda ties: tuple(sorted(ties))))
def test_groups_and_resilience_against_pairs_that_reach_each_other(ties):
    for without in (None, hub(ties)):
        pairs = {(a, b) for group in groups(ties, without) for a in group for b in group if a != b}
        assert pairs == reachable_by_powers(ties, without)
    assert resilience(ties) == pytest.approx(len(reachable_by_powers(ties, hub(ties))) / 110)


@given(networks)
def test_each_tie_counts_at_both_ends(ties):
    assert sum(degrees(ties)) == 2 * len(ties)
    assert max(degrees(ties)) == degrees(ties)[hub(ties)]
    assert 0 <= centralisation(ties) <= 1
    assert 0 <= resilience(ties) <= 1


# Moves


@given(networks, st.sampled_from(PAIRS))
def test_a_tie_laid_twice_is_cut_again(ties, tie):
    once = toggle(ties, *tie)
    assert abs(len(once) - len(ties)) == 1
    assert toggle(once, *reversed(tie)) == ties


def test_newcomers_get_three_ties_with_the_least_busy():
    degree = degrees(CLOSED)
    found = let_in(CLOSED, 1)
    new = set(found) - set(CLOSED)
    assert {far for _, far in new} == {9} and len(new) == 3
    chosen = [degree[near] for near, _ in new]
    assert sorted(chosen) == sorted(degree[:9])[:3]
    assert outsiders(let_in(CLOSED, 2)) == (11,)
    assert outsiders(let_in(CLOSED, 40)) == ()
    assert let_in(RING, 4) == RING


# What a client meets


def brute_force(ties, strengths, most):
    """Try every order of services; hand over along the best of all paths, found by trying every path."""
    strength = dict(zip(ties, strengths, strict=True))

    def best(start, end):
        chances = [0.0]
        others = [i for i in range(ORGANISATIONS) if i not in (start, end) and degrees(ties)[i]]
        for length in range(len(others) + 1):
            for between in permutations(others, length):
                path = [start, *between, end]
                chance = 1.0
                for a, b in pairwise(path):
                    chance *= strength.get((min(a, b), max(a, b)), 0.0)
                chances.append(chance)
        return max(chances)

    table = {(a, b): best(a, b) for a, b in permutations(range(ORGANISATIONS), 2)}
    found = []
    for services in range(1, most + 1):
        orders = list(permutations(range(ORGANISATIONS), services))
        total = 0.0
        for order in orders:
            chance = 1.0
            for step in pairwise(order):
                chance *= table[step]
            total += chance
        found.append(total / len(orders))
    return table, found


small = st.sets(st.sampled_from(list(combinations(range(5), 2)))).map(lambda ties: tuple(sorted(ties)))


@settings(max_examples=12, deadline=None)
@given(small, st.data())
def test_chances_against_brute_force_on_small_networks(ties, draw):
    strengths = tuple(draw.draw(st.floats(0.05, 1)) for _ in ties)
    table, expected = brute_force(ties, strengths, 4)
    chances = handovers(ties, strengths)
    for (a, b), chance in table.items():
        assert chances[a][b] == pytest.approx(chance, abs=1e-12)
    assert client_success(chances, 4) == pytest.approx(expected)


@settings(max_examples=25, deadline=None)
@given(networks, st.floats(0.1, 1))
def test_three_services_over_all_orders(ties, strength):
    chances = handovers(ties, (strength,) * len(ties))
    total = sum(chances[a][b] * chances[b][c] for a, b, c in permutations(range(ORGANISATIONS), 3))
    assert client_success(chances, 3)[2] == pytest.approx(total / (12 * 11 * 10))


def test_full_network_of_equal_ties_is_the_single_path():
    # A direct tie always beats a detour, so every order of k services succeeds with t^(k-1).
    chances = handovers(FULL, (0.6,) * 66)
    assert client_success(chances) == pytest.approx([path_success(0.6, k) for k in range(1, 6)])


def test_star_by_hand():
    # Two services: 22 of the 132 ordered pairs contain the hub (t), the others go by the hub (t^2).
    t = 0.9
    assert client_success(handovers(STAR, (t,) * 11), 2)[1] == pytest.approx((22 * t + 110 * t**2) / 132)


def test_figures_worked_out_beforehand():
    def three(name, upkeep=0.02, hub_paid=False):
        return run(SHAPES[name], upkeep=upkeep, hub_paid=hub_paid, most=3).success[2]

    assert three("moderate") == pytest.approx(0.44, abs=0.006)
    assert three("full") == pytest.approx(0.26, abs=0.006)
    assert three("star") == pytest.approx(0.29, abs=0.006)
    assert three("star", upkeep=0) == pytest.approx(three("moderate", upkeep=0), abs=0.006)
    assert len(STAR) * 2 == len(MODERATE)
    assert three("star", hub_paid=True) > three("moderate")


def test_the_moderate_network_is_no_lucky_draw():
    chances = [run(random_ties(22, seed), upkeep=0.02, most=3).success[2] for seed in range(20)]
    beats_full = sum(chance > 0.26 for chance in chances)
    assert beats_full >= 19


def test_time_left_by_hand():
    assert time_left(STAR, 0.02) == pytest.approx([0.95 - 0.02 * 12] * 11)
    assert time_left(STAR, 0.02, hub_paid=True) == pytest.approx([0.95 - 0.02 * 1] * 11)
    assert time_left(FULL, 0.05) == (0.0,) * 66
    assert set(time_left(RING, 0)) == {BEST_TIE}


@settings(max_examples=40, deadline=None)
@given(networks, st.floats(0, 0.05), climates)
def test_more_services_are_never_easier_and_one_always_works(ties, upkeep, climate):
    success = run(ties, climate, upkeep, most=4).success
    assert success[0] == 1
    assert all(a >= b - 1e-12 for a, b in pairwise(success))
    assert all(0 <= chance <= 1 for chance in success)


@settings(max_examples=40, deadline=None)
@given(networks, st.floats(0, 0.05))
def test_paying_the_hub_never_harms(ties, upkeep):
    without, paid = (run(ties, upkeep=upkeep, hub_paid=is_paid, most=3).success for is_paid in (False, True))
    assert all(p >= w - 1e-12 for p, w in zip(paid, without, strict=True))


@settings(max_examples=40, deadline=None)
@given(networks, st.sampled_from(PAIRS))
def test_without_upkeep_one_more_tie_never_harms(ties, tie):
    if tie not in ties:
        before, after = run(ties, most=3).success, run(toggle(ties, *tie), most=3).success
        assert all(a >= b - 1e-12 for a, b in zip(after, before, strict=True))


def test_a_gentle_tender_helps_a_closed_network_and_a_hard_one_harms_it():
    def three(**climate):
        return run(CLOSED, Climate(**climate), upkeep=0.02, most=3).success[2]

    without = three(cycle=0)
    assert three(rivalry=0.15) > without > three(rivalry=1)
    assert run(CLOSED, Climate(cycle=0)).outside == (9, 10, 11)
    assert run(CLOSED, Climate(rivalry=1)).outside == ()


def test_region_tells_the_end():
    region = run(RING, Climate(rivalry=1, years=3), upkeep=0.02)
    assert region.trust[-1] == pytest.approx(0.5609)
    assert region.strengths == pytest.approx([0.5609 * 0.87] * 12)
    assert len(region.success) == 5


# Refusals


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Climate(rivalry=1.1),
        lambda: Climate(rivalry=float("nan")),
        lambda: Climate(cycle=2.5),
        lambda: Climate(cycle=13),
        lambda: Climate(years=-1),
        lambda: Climate(start="veel"),
        lambda: path_success(1.2, 2),
        lambda: path_success(0.5, 0),
        lambda: time_left(RING, 0.06),
        lambda: client_success(handovers(RING, (1,) * 12), 6),
        lambda: shape("web"),
        lambda: toggle(RING, 3, 3),
        lambda: toggle(RING, 0, 12),
        lambda: random_ties(67, seed=1),
        lambda: let_in(RING, -1),
    ],
)
def test_impossible_settings_are_refused_in_one_dutch_sentence(wrong):
    with pytest.raises(ParameterError) as refusal:
        wrong()
    assert str(refusal.value).endswith(".") and "{" not in str(refusal.value)


def test_every_shape_and_time_together_stays_a_chance():
    for ties, upkeep, paid in product(SHAPES.values(), (0, 0.02, 0.05), (False, True)):
        assert all(0 <= left <= BEST_TIE for left in time_left(ties, upkeep, paid))
