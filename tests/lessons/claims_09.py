"""Checks of lesson 09's claims about the room for judgement and the chain of voices."""

from functools import cache

import pytest

from vermarkting.models.discretion import Layers, room
from vermarkting.models.voice import (
    Cascade,
    Conditions,
    Group,
    cascade,
    fears,
    least_support,
    meeting_and_survey,
    shares,
    thresholds,
)


def _team(second: float) -> list[float]:
    """Thresholds of the team of twenty: 0, ``second``, 2, 3 … 19 colleagues."""
    return [(second if place == 1 else place) / 20 for place in range(20)]


def _crowd(spread: float = 0.15, seed: int = 1, **conditions: float) -> Cascade:
    return cascade(thresholds(fears(Group(0.35, spread, 100, seed)), Conditions(**conditions)))


@cache
def _heard(spread: float = 0.15, **conditions: float) -> int:
    """In how many of the twenty groups that the explorable plays at least half speaks."""
    return sum(share >= 0.5 for share in shares(Group(0.35, spread), Conditions(**conditions), 20))


# ---- room


def room_start():
    assert room(Layers(60, 20, 50)).used == pytest.approx(6)
    assert room(Layers(60, 20, 100)).used == pytest.approx(12)


def room_organisation():
    assert room(Layers(60, 60, 50)).used == pytest.approx(18)


def room_colleague():
    assert room(Layers(100, 100, 100, 0)).by_colleague == 100


def room_half():
    used = [room(Layers(60, organisation, 100)).used for organisation in (45, 50)]
    assert used[0] < 30 <= used[1]


def bet_training():
    room_start()
    room_organisation()


def bet_agreements():
    assert room(Layers(60, 60, 50)).used == pytest.approx(18)
    assert room(Layers(60, 20, 100)).used == pytest.approx(12)


def bet_factor():
    assert room(Layers(60, 20, 100)).used / room(Layers(60, 20, 50)).used == pytest.approx(2)
    assert room(Layers(60, 60, 50)).used / room(Layers(60, 20, 50)).used == pytest.approx(3)


# ---- one threshold


def chain_all():
    assert cascade(_team(1)).speakers == 20


def chain_one():
    assert cascade(_team(2)).speakers == 1


def bet_one():
    assert cascade(_team(2)).speakers == 1
    changed = sum(a != b for a, b in zip(_team(1), _team(2), strict=True))
    assert 20 - 1 - changed == 18


def protect_two():
    healing = []
    for member in range(20):
        team = _team(2)
        team[member] = max(team[member] - 1 / 20, 0)
        if cascade(team).share == 1:
            healing.append(member)
    assert [20 * _team(2)[member] for member in healing] == [2, 2]


def protect_through():
    for member in (1, 2):
        team = _team(2)
        team[member] = 1 / 20
        assert cascade(team).speakers == 20


def protect_one_enough():
    team = _team(2)
    team[1] = 0
    assert cascade(team).share == 1


def check_chain():
    assert cascade(_team(2)).speakers == 1


# ---- a hundred people


def spread_narrow():
    assert _heard(0.12) == 0


def spread_wide():
    assert _heard(0.25) > 10


def bet_wide():
    assert _heard(0.12) == 0 and _heard(0.25) > 10
    assert all(sum(fear < 0.1 for fear in fears(Group(0.35, 0.12, 100, seed))) < 10 for seed in range(1, 21))


def bet_narrow_silent():
    assert max(shares(Group(0.35, 0.12), Conditions(), 20)) < 0.05
    assert sum(share > 0.9 for share in shares(Group(0.35, 0.25), Conditions(), 20)) > 10


def bet_some_at_zero():
    assert fears(Group(0.35, 0.25)).count(0.0) > 2


def support_ten():
    assert _heard(support=0.10) > 10


def support_fifteen():
    assert _heard(support=0.15) == 20


def support_five():
    assert _heard(support=0.05) < 10


def support_jump():
    assert _crowd(support=0.07).share < 0.05
    assert _crowd(support=0.08).share == 1
    assert 0.07 < least_support(fears(Group(0.35, 0.15, 100, 1))) < 0.08


def protect_two_of_hundred():
    assert _heard(protected=2) == 0


def protect_five():
    found = _crowd(protected=5)
    assert found.speakers == 5 and found.is_stranded


def good_setting():
    assert _crowd(support=0.15).share == 1


def bad_setting():
    protect_five()


# ---- silence


def silence():
    assert {meeting_and_survey(_team(2), content)[0] for content in range(20)} == {1}


def silence_content():
    assert meeting_and_survey(_team(2), 19) == (1, 1)


def silence_afraid():
    assert meeting_and_survey(_team(2), 0) == (1, 20)
