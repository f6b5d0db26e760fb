"""Checks of lesson 06's claims about the network of Merelhof and the three tactics."""

from functools import cache

import pytest

from vermarkting.models.network import (
    SHAPES,
    Climate,
    Tie,
    degrees,
    groups,
    hub,
    path_success,
    resilience,
    run,
    time_left,
    toggle,
    trust,
)
from vermarkting.models.tactics import TACTICS, law, play

_NEVER = Climate(cycle=0)


@cache
def _three(ties: tuple[Tie, ...], upkeep: float = 2, hub_paid: bool = False) -> int:
    """The chance of three services at full trust, of 100, as the screen shows it."""
    return round(100 * run(ties, upkeep=upkeep / 100, hub_paid=hub_paid, most=3).success[2])


def _shape(name: str, upkeep: float = 2, hub_paid: bool = False) -> int:
    return _three(SHAPES[name], upkeep, hub_paid)


def _after(climate: Climate) -> float:
    return trust(climate)[-1]


def _path(climate: Climate, services: int) -> int:
    return round(100 * path_success(_after(climate), services))


def _closed(climate: Climate, upkeep: float = 2) -> int:
    return round(100 * run(SHAPES["closed"], climate, upkeep / 100, most=3).success[2])


def _sandbox(name: str, climate: Climate, hub_paid: bool = False) -> int:
    return round(100 * run(SHAPES[name], climate, 0.02, hub_paid, 3).success[2])


# Round 1


def shapes_at_two_points():
    assert [_shape(name) for name in ("ring", "moderate", "star", "full")] == [42, 44, 29, 26]


def full_has_three_times_the_ties():
    assert len(SHAPES["full"]) == 3 * len(SHAPES["moderate"])
    assert _shape("full") < _shape("moderate")


def free_ties_favour_the_full_network():
    free = {name: _shape(name, 0) for name in ("ring", "star", "moderate", "full")}
    assert free["full"] == max(free.values()) == 90


def free_star_equals_moderate():
    assert _shape("star", 0) == _shape("moderate", 0) == 83
    assert 2 * len(SHAPES["star"]) == len(SHAPES["moderate"])


def paid_hub():
    assert (_shape("star"), _shape("star", hub_paid=True)) == (29, 77)


def star_without_its_hub():
    assert resilience(SHAPES["star"]) == 0
    assert all(len(group) == 1 for group in groups(SHAPES["star"], without=0))


def ring_and_moderate_without_their_busiest():
    for name in ("ring", "moderate"):
        assert len(groups(SHAPES[name], without=hub(SHAPES[name]))) == 1


# Round 2


def trust_without_and_with_joint_bids():
    assert (round(100 * _after(_NEVER)), round(100 * _after(Climate(rivalry=0.15)))) == (94, 83)


def trust_at_full_rivalry():
    assert round(100 * _after(Climate(rivalry=1))) == 39


def five_services_fall():
    assert round(100 * path_success(0.8, 5)) == 41
    assert _path(Climate(rivalry=1), 5) == 2


def five_services_otherwise():
    assert (_path(Climate(rivalry=0.15), 5), _path(_NEVER, 5)) == (46, 79)


def one_service_notices_nothing():
    assert all(_path(Climate(rivalry=r / 10), 1) == 100 for r in range(11))


def six_years_between_tenders():
    six = Climate(rivalry=1, cycle=6)
    assert round(100 * _after(six)) == 52
    assert _path(six, 5) == 7


# The closed circle


def closed_without_tender():
    assert _closed(_NEVER) == 16
    assert run(SHAPES["closed"], _NEVER).outside == (9, 10, 11)


def closed_with_joint_bids():
    assert _closed(Climate(rivalry=0.15)) == 24


def closed_with_full_rivalry():
    assert _closed(Climate(rivalry=1)) == 3


def good_setting():
    assert (_closed(_NEVER), _closed(Climate(rivalry=0.15))) == (16, 24)


def bad_setting():
    assert _closed(Climate(rivalry=1)) == 3


def threshold_of_rivalry():
    without = run(SHAPES["closed"], _NEVER, 0.02, most=3).success[2]
    chances = {r: run(SHAPES["closed"], Climate(rivalry=r / 100), 0.02, most=3).success[2] for r in range(0, 101, 5)}
    assert chances[30] > without > chances[35]
    assert round(100 * chances[30]) == round(100 * without) == 16


def above_the_threshold():
    assert all(_closed(Climate(rivalry=r / 100)) < _closed(_NEVER) for r in range(32, 101))
    assert all(_closed(Climate(rivalry=r / 100)) > _closed(_NEVER) for r in range(5, 29))


# The tactics


def trust_of_the_tactics():
    assert [round(100 * play(tactic).trust) for tactic in ("divide", "merge", "create")] == [94, 83, 76]


def trust_alone():
    assert round(100 * play("compete").trust) == 39


def price_of_dividing():
    outcome = play("divide")
    assert (outcome.bids, outcome.price) == (1, 130)
    assert play("merge").price == 130


def price_of_creating():
    outcome = play("create")
    assert outcome.price == pytest.approx(110)
    assert (outcome.subcontracted, outcome.own) == (9, 0)


def most_trust_is_forbidden():
    best = max(TACTICS, key=lambda tactic: play(tactic).trust)
    assert best == "divide"
    assert law(best).status == "forbidden"


# Questions and texts of the explorables


def bet_full():
    assert set(degrees(SHAPES["full"])) == {11}
    assert _shape("full") == 26


def bet_full_when_free():
    assert _shape("full", 0) > max(_shape(name, 0) for name in ("ring", "star", "moderate"))


def bet_star():
    assert _shape("star") == 29


def bet_ring():
    assert _shape("ring") == 42


def bet_moderate():
    assert _shape("moderate") == 44


def bet_hub():
    assert (_shape("star"), _shape("star", hub_paid=True)) == (29, 77)
    assert _shape("star", hub_paid=True) > max(_shape(name, hub_paid=True) for name in ("ring", "moderate", "full"))


def bet_hub_falls_away():
    assert resilience(SHAPES["star"]) == 0


def bet_trust_halved():
    assert round(100 * _after(Climate(rivalry=1))) == 39


def bet_recovery():
    levels = trust(Climate(rivalry=1))
    assert levels[3] > levels[6] > levels[9] > levels[12]
    assert all(levels[year] < levels[year + 1] for year in (0, 1, 3, 4, 6, 7, 9, 10))


def bet_complex():
    assert _path(Climate(rivalry=1), 1) == 100
    assert (round(100 * path_success(0.8, 5)), _path(Climate(rivalry=1), 5)) == (41, 2)


def bet_tactic_create():
    assert (round(100 * play("create").trust), round(100 * play("divide").trust)) == (76, 94)


def bet_tactic_divide():
    assert round(100 * play("divide").trust) == 94
    assert [tactic for tactic in TACTICS if law(tactic).status == "forbidden"] == ["divide"]
    assert max(play(tactic).price for tactic in TACTICS) == play("divide").price


def bet_tactic_merge():
    assert round(100 * play("merge").trust) == 83


def path_of_five():
    assert round(100 * path_success(0.6, 5)) == 13


def weak_tie():
    assert {round(100 * left) for left in time_left(SHAPES["full"], 0.02)} == {51}


def nine_in_a_consortium():
    outcome = play("merge", 9)
    assert (outcome.price, round(100 * outcome.trust)) == (107.5, 70)
    assert (outcome.bids, outcome.own, outcome.without) == (4, 6, 3)


def dense_under_the_ring():
    assert _shape("full", 0) > _shape("ring", 0)
    assert _shape("full") < _shape("ring")


def dense_after_distrust():
    assert _sandbox("full", Climate(rivalry=1)) > _sandbox("ring", Climate(rivalry=1))


def ring_to_moderate():
    assert _shape("moderate") > _shape("ring")


def tie_of_two():
    assert time_left(((0, 1),), 0.02) == pytest.approx((0.91,))


def hand_goal():
    ring = SHAPES["ring"]
    assert _three(ring) == 42
    across = toggle(toggle(ring, 0, 6), 3, 9)
    assert len(across) <= 15
    assert _three(across) >= 47


def star_in_step_three():
    assert _shape("star") == 29


def best_tactic_on_screen():
    assert all(play("divide").trust > play(tactic).trust for tactic in ("compete", "merge", "create"))
    assert law("divide").status == "forbidden"


def held_with_a_paid_hub():
    climates = [Climate(rivalry=rivalry, cycle=cycle) for rivalry in (0.15, 0.2, 0.5, 1) for cycle in (1, 2, 3)]
    assert _sandbox("star", Climate(rivalry=0.15), hub_paid=True) >= 35
    assert all(_sandbox(name, climate) < 35 for name in SHAPES for climate in climates)
