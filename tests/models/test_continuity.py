import random
from dataclasses import replace
from itertools import pairwise
from math import exp, log
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermarkting.models.continuity import (
    Contract,
    Market,
    Spell,
    award,
    drift,
    history,
    long_run,
    mean_trust,
    mean_trust_of,
    price,
    trust_after,
    without_awards,
)
from vermarkting.models.parameters import ParameterError
from vermarkting.models.tender import procedure_cost_share

terms, build_ups, chances = st.floats(0.5, 40), st.floats(0.1, 20), st.floats(0, 1)


# By hand: after tau ln 2 years half of the trust is there, after tau years 1 - 1/e, which is 63 %.
@pytest.mark.parametrize(("years", "build_up", "trust"), [(0, 2, 0), (2 * log(2), 2, 0.5), (3, 3, 1 - exp(-1))])
def test_trust_grows_from_nothing(years, build_up, trust):
    assert trust_after(years, build_up) == pytest.approx(trust)


# The checked numbers of the lesson's proposal: tau = 2, a new provider after every contract.
@pytest.mark.parametrize(("term", "trust"), [(1, 0.21), (2.5, 0.43), (5, 0.63), (10, 0.80)])
def test_published_means_of_the_clock(term, trust):
    assert mean_trust(term, 2, 0) == pytest.approx(trust, abs=0.005)


def test_mean_without_incumbents_is_the_area_under_one_term():
    years = [2.5 * (part + 0.5) / 100_000 for part in range(100_000)]
    assert mean_trust(2.5, 2, 0) == pytest.approx(fmean(1 - exp(-year / 2) for year in years), abs=1e-9)


# By hand, L = tau ln 2 so that q = 1/2, and p = 1/2: 1 - (1 / ln 2) * 1/2 * 1/2 / (3/4) = 1 - 1 / (3 ln 2).
def test_mean_with_half_a_chance_by_hand():
    assert mean_trust(2 * log(2), 2, 0.5) == pytest.approx(1 - 1 / (3 * log(2)))


def test_an_incumbent_that_always_wins_is_trusted_in_the_end():
    assert mean_trust(2.5, 2, 1) == 1
    assert mean_trust(2.5, 2, 1 - 1e-9) == pytest.approx(1, abs=1e-8)


@given(terms, build_ups, st.floats(0, 0.95))
@settings(max_examples=60)
def test_mean_is_the_sum_over_spells_of_every_number_of_terms(term, build_up, wins):
    years = trust = 0.0
    for count in range(1, 1000):
        chance = (1 - wins) * wins ** (count - 1)
        length = count * term
        years += chance * length
        trust += chance * (length - build_up * (1 - exp(-length / build_up)))
    assert mean_trust(term, build_up, wins) == pytest.approx(trust / years, abs=1e-9)


@pytest.mark.parametrize("wins", [0, 0.3, 0.75, 0.9])
def test_mean_is_what_a_long_simulation_finds(wins):
    rng, years, trust, age, part = random.Random(7), 0.0, 0.0, 0.0, 0.05
    for _ in range(20_000):  # contracts of 2.5 years in small steps, so no formula is shared with the model
        for _ in range(50):
            trust += part * (1 - exp(-(age + part / 2) / 2))
            age += part
            years += part
        if rng.random() >= wins:
            age = 0.0
    assert mean_trust(2.5, 2, wins) == pytest.approx(trust / years, abs=0.01)


@given(terms, build_ups, chances, st.floats(0.001, 0.2))
def test_more_winning_longer_terms_and_quicker_building_never_lower_trust(term, build_up, wins, more):
    mean = mean_trust(term, build_up, wins)
    assert 0 <= mean <= 1
    assert mean_trust(term, build_up, min(1, wins + more)) >= mean - 1e-12
    assert mean_trust(min(40, term + more), build_up, wins) >= mean - 1e-12
    assert mean_trust(term, min(20, build_up + more), wins) <= mean + 1e-12


def test_with_good_providers_only_help_is_trust():
    found = long_run(Contract(good_wins=0.4))
    assert found.good == 1
    assert found.help == found.trust == mean_trust(2.5, 2, 0.4)


# By hand: half of the newcomers are good. Good ones stay 1 / (1 - 0.9) = 10 terms, weak ones 1 / (1 - 0.1) = 10/9
# terms, so that a good one is at work in 10 / (10 + 10/9) = 90 % of the time.
def test_a_discerning_award_keeps_the_good():
    found = long_run(Contract(good_wins=0.9, weak_wins=0.1, good_newcomers=0.5))
    assert found.good == pytest.approx(0.9)
    good, weak = mean_trust(2.5, 2, 0.9), mean_trust(2.5, 2, 0.1)
    assert found.trust == pytest.approx(0.9 * good + 0.1 * weak)
    assert found.help == pytest.approx(0.9 * good + 0.1 * 0.4 * weak)


def test_awards_can_beat_a_provider_that_stays_and_can_lose_to_it():
    discerning = Contract(good_wins=0.9, weak_wins=0.1, good_newcomers=0.5)
    blind = Contract(good_wins=0.5, weak_wins=0.5, good_newcomers=0.5)
    assert without_awards(discerning) == without_awards(blind) == pytest.approx(0.7)
    assert long_run(discerning).help > 0.7 > long_run(blind).help


@given(st.builds(Contract, terms, build_ups, chances, chances, chances, chances))
def test_means_over_time_stay_on_their_scale(contract):
    found = long_run(contract)
    assert -1e-12 <= found.help <= found.trust + 1e-12 <= 1 + 2e-12
    assert 0 <= found.good <= 1


@given(terms, build_ups, chances, st.floats(0, 1, exclude_max=True), chances)
def test_a_blind_award_never_beats_a_provider_that_stays(term, build_up, share, wins, quality):
    contract = Contract(term, build_up, wins, wins, share, quality)
    assert long_run(contract).help <= without_awards(contract) + 1e-12


@pytest.mark.parametrize(
    ("good_wins", "weak_wins", "share", "good"),
    [(1, 1, 0.3, 0.3), (1, 0.5, 0.3, 1), (0.5, 1, 0.3, 0), (0.5, 1, 1, 1), (1, 0.5, 0, 0), (0.2, 0.2, 0.3, 0.3)],
)
def test_who_is_at_work_in_the_end(good_wins, weak_wins, share, good):
    contract = Contract(good_wins=good_wins, weak_wins=weak_wins, good_newcomers=share)
    assert long_run(contract).good == pytest.approx(good)


def test_history_without_incumbents_is_one_spell_a_term():
    assert history(Contract(term=6), 20) == (
        Spell(0, 6, True),
        Spell(6, 12, True),
        Spell(12, 18, True),
        Spell(18, 20, True),
    )
    assert history(Contract(term=5), 20)[-1] == Spell(15, 20, True)
    assert history(Contract(term=2.5, good_wins=1), 20) == (Spell(0, 20, True),)


# By hand, tau = 2: two spells of 2 ln 2 years have a mean of 1 - 2 * (1/2 + 1/2) / (4 ln 2).
def test_mean_of_drawn_spells_by_hand():
    half = 2 * log(2)
    spells = (Spell(0, half, True), Spell(half, 2 * half, True))
    assert mean_trust_of(spells, 2) == pytest.approx(1 - 1 / (2 * log(2)))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_long_history_comes_near_the_long_run(seed):
    contract = Contract(good_wins=0.7, weak_wins=0.2, good_newcomers=0.4)
    spells = history(contract, 10_000, seed)
    found = long_run(contract)
    assert mean_trust_of(spells, 2) == pytest.approx(found.trust, abs=0.03)
    years = sum(spell.end - spell.start for spell in spells if spell.good)
    assert years / 10_000 == pytest.approx(found.good, abs=0.05)


@given(st.builds(Contract, terms, build_ups, chances, chances, chances, chances), st.integers(0, 99))
def test_spells_fill_the_years_and_repeat_with_the_seed(contract, seed):
    spells = history(contract, 20, seed)
    assert (spells[0].start, spells[-1].end) == (0, 20)
    assert all(before.end == after.start for before, after in pairwise(spells))
    assert all(spell.start < spell.end for spell in spells)
    assert spells == history(contract, 20, seed)


def test_the_same_luck_under_another_contract():
    fewer = history(Contract(good_wins=0.3), 200, 4)
    more = history(Contract(good_wins=0.6), 200, 4)
    assert {spell.start for spell in more} < {spell.start for spell in fewer}


# The checked numbers of the lesson's proposal.
def test_published_courses_of_mission_drift():
    assert drift(Market()).means[0] == pytest.approx(0.35, abs=0.005)
    assert drift(Market()).means[-1] == pytest.approx(0.09, abs=0.005)
    assert drift(Market(pressure=0)).means[-1] == pytest.approx(0.30, abs=0.005)
    ends = [drift(Market(pressure=0), seed=seed).means[-1] for seed in (1, 2, 3, 4)]
    assert (min(ends), max(ends)) == pytest.approx((0.27, 0.48), abs=0.005)
    assert drift(Market(floor=0.25)).means[-1] == pytest.approx(0.27, abs=0.005)


# By hand: weighing a normal distribution with exp(-s m) shifts its mean by s times its variance: 8 * 0.05^2 = 0.02.
def test_first_round_of_a_large_region_by_hand():
    run = drift(Market(organisations=10_000, mission=0.5, spread=0.05, noise=0), rounds=1, seed=3)
    assert run.means[0] - run.means[1] == pytest.approx(0.02, abs=0.002)


def test_without_differences_there_is_nothing_to_select():
    run = drift(Market(spread=0, noise=0))
    assert run.rounds == ((0.35,) * 40,) * 13


def test_without_noise_every_mission_is_one_of_those_at_the_start():
    run = drift(Market(noise=0))
    assert set(run.rounds[-1]) <= set(run.rounds[0])
    assert run.changed == 0
    assert run.means[-1] < 0.6 * run.means[0]


def test_giving_up_alone_is_change_by_organisations():
    run = drift(Market(organisations=500, pressure=0, giving_up=0.02, noise=0, spread=0.05), rounds=5)
    assert run.changed == pytest.approx(-0.10)
    assert abs(run.selected) < 0.02


markets = st.builds(
    Market,
    organisations=st.integers(2, 30),
    mission=chances,
    spread=st.floats(0, 0.3),
    pressure=st.floats(0, 40),
    giving_up=st.floats(-0.1, 0.1),
    noise=st.floats(0, 0.2),
    floor=st.floats(0, 0.6),
)


@given(markets, st.integers(1, 8), st.integers(0, 99))
@settings(max_examples=60)
def test_causes_add_up_and_missions_stay_on_their_scale(market, rounds, seed):
    run = drift(market, rounds, seed)
    assert len(run.rounds) == rounds + 1
    assert run.selected + run.changed == pytest.approx(run.means[-1] - run.means[0], abs=1e-12)
    assert all(market.floor <= mission <= 1 for missions in run.rounds for mission in missions)
    assert run == drift(market, rounds, seed)


def test_on_average_only_pressure_shrinks_the_mission():
    def ends(**changes):
        return [drift(replace(Market(), **changes), seed=seed).means[-1] for seed in range(100)]

    free, light, heavy = ends(pressure=0), ends(pressure=2), ends(pressure=8)
    error = stdev(free) / 10
    assert fmean(free) == pytest.approx(0.35, abs=3 * error)
    assert fmean(free) > fmean(light) + 0.1 > fmean(heavy) + 0.1


def test_award_by_hand():
    assert award((0.1, 0.2, 0.3), 0, 2) == (0.1, 0.2, 0.1)
    assert award((0.1, 0.2, 0.3), 2, 0) == (0.3, 0.2, 0.3)
    with pytest.raises(ParameterError):
        award((0.1, 0.2), 0, 2)
    with pytest.raises(ParameterError):
        award((0.1, 0.2), -1, 0)


# By hand: work of 200 that is three fifths (half) of all the work costs 333 (400) in all.
def test_price_by_hand():
    assert price(0) == 200
    assert price(0.5) == pytest.approx(400)
    assert price(0.4) == pytest.approx(1000 / 3)


# The checked shares of the lesson's proposal: De Vaart's 395,315 euro a year for 2.5 years, stylised costs.
@pytest.mark.parametrize(
    ("bidders", "per_bid", "buyer", "percent"),
    [(2, 15_000, 30_000, 6), (6, 15_000, 30_000, 12), (14, 8_000, 15_000, 13)],
)
def test_published_shares_of_procedure_costs(bidders, per_bid, buyer, percent):
    share = procedure_cost_share(bidders, per_bid, buyer, 395_315 * 2.5)
    assert 100 * share == pytest.approx(percent, abs=0.5)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Contract(term=0),
        lambda: Contract(build_up=0),
        lambda: Contract(good_wins=1.1),
        lambda: Contract(weak_wins=-0.1),
        lambda: Contract(good_newcomers=float("nan")),
        lambda: Contract(weak_quality="0.4"),
        lambda: Market(organisations=1),
        lambda: Market(organisations=40.0),
        lambda: Market(mission=2),
        lambda: Market(spread=-1),
        lambda: Market(pressure=True),
        lambda: Market(giving_up=0.5),
        lambda: Market(noise=1),
        lambda: Market(floor=1.5),
        lambda: history(Contract(), 0),
        lambda: drift(Market(), rounds=0),
        lambda: price(1),
    ],
)
def test_what_a_model_cannot_work_with_is_said_in_one_sentence(make):
    with pytest.raises(ParameterError) as told:
        make()
    assert str(told.value).endswith(".")
