"""Checks of lesson 08's claims about the dilemmas and about the week of a team."""

from dataclasses import replace
from functools import cache

import pytest

from vermarkting.explorables.krachtlijnen import vignettes
from vermarkting.explorables.team_budget import contracts, tasks
from vermarkting.models.krachtlijnen import KRACHTLIJNEN, balance, cut, every_team, follow, week

MAIN = ("subsidy", "tender", "sib")


@cache
def _models() -> tuple:
    return tuple(tuple(option["model"] for option in options.values()) for options in vignettes().values())


def _followed(krachtlijn: str) -> dict[str, int]:
    return dict(zip(KRACHTLIJNEN, balance(follow(_models(), krachtlijn)), strict=True))


@cache
def _totals() -> tuple[tuple[int, ...], ...]:
    return tuple(balance(team) for team in every_team(_models()))


def _week(name: str, strictness: float = 60, extra: str | None = None) -> dict[str, float]:
    contract = contracts()[name]
    paid = tuple(1.0 if task.id == extra else share for task, share in zip(tasks(), contract.paid, strict=True))
    found = week(tasks(), replace(contract, paid=paid), strictness)
    return dict(zip(KRACHTLIJNEN, found.krachtlijnen, strict=True))


def _order(name: str, strictness: float = 60) -> list[str]:
    found = _week(name, strictness)
    return sorted(found, key=found.__getitem__)


def nabijheid_first():
    assert _followed("nabijheid")["nabijheid"] == 10
    assert _followed("nabijheid")["politiserend"] == -7


def nabijheid_costs_in_four():
    costs = [option.effects[2] < 0 for option in follow(_models(), "nabijheid")]
    assert sum(costs) == 4


def politicising_first():
    assert _followed("politiserend")["politiserend"] == 8
    assert min(_followed("politiserend").values()) == _followed("politiserend")["generalistisch"] == -5


def number_of_teams():
    assert len(_totals()) == 2187


def teams_that_hold():
    assert sum(min(total) >= 0 for total in _totals()) == 48


def one_team_above_zero():
    assert sum(min(total) > 0 for total in _totals()) == 1


def bet_volgen_a():
    found = _followed("nabijheid")
    assert (found["nabijheid"], found["politiserend"], found["verbindend"]) == (10, -7, -3)


def bet_volgen_b():
    assert _followed("nabijheid")["generalistisch"] == 1


def bet_volgen_c():
    assert _followed("nabijheid")["procesmatig"] == 3


def bet_volgen_d():
    found = _followed("nabijheid")
    assert found["politiserend"] == -7 < found["verbindend"] == -3 < 0
    assert sum(total < 0 for total in found.values()) == 2


def goal_voice_not_by_always_politicising():
    assert _followed("politiserend")["nabijheid"] == -1


def goal_voice_by_alternating():
    """Whoever gets there takes an option that is good for the one and costs the other, and elsewhere the reverse."""
    place = KRACHTLIJNEN.index("politiserend")
    there = [team for team in every_team(_models()) if balance(team)[place] >= 4 and balance(team)[0] >= 0]
    assert there
    for team in there:
        assert any(option.effects[place] > max(0, option.effects[0]) for option in team)
        assert any(option.effects[0] > max(0, option.effects[place]) for option in team)
    for krachtlijn in KRACHTLIJNEN:
        assert follow(_models(), krachtlijn) not in there


def goal_voice_not_by_always_near():
    assert _followed("nabijheid")["politiserend"] == -7


def another_one_each_time():
    assert [_order(name)[0] for name in MAIN] == ["verbindend", "nabijheid", "generalistisch"]
    assert _week("subsidy")["verbindend"] == pytest.approx(78, abs=0.5)


def tender_lets_nabijheid_fall():
    assert _week("tender")["nabijheid"] == pytest.approx(68, abs=0.5)


def sib_lets_generalist_work_fall():
    assert _order("sib")[0] == "generalistisch"


def politicising_is_second_lowest_everywhere():
    assert [_order(name)[1] for name in MAIN] == ["politiserend"] * 3


def canon_holds_for_the_tender_only():
    named = {"nabijheid", "politiserend"}
    assert set(_order("tender")[:2]) == named
    assert set(_order("sib")[:2]) != named


def tender_grows():
    assert _week("tender")["generalistisch"] == pytest.approx(122, abs=0.5)


def sib_grows():
    assert _week("sib")["procesmatig"] == pytest.approx(124, abs=0.5)


def subsidy_grows():
    assert _week("subsidy")["nabijheid"] == pytest.approx(110, abs=0.5)


def one_sentence_helps():
    assert _week("tender")["nabijheid"] == pytest.approx(68, abs=0.5)
    assert _week("tender_near")["nabijheid"] == pytest.approx(109, abs=0.5)


def one_sentence_costs():
    assert _week("tender")["politiserend"] == pytest.approx(74, abs=0.5)
    assert _week("tender_near")["politiserend"] == pytest.approx(60, abs=0.5)


def trust_makes_all_equal():
    for name in contracts():
        assert list(_week(name, 0).values()) == pytest.approx([100] * 5)


def saving_alone_hits_all_alike():
    for contract in contracts().values():
        assert list(week(tasks(), contract, 0, 80).krachtlijnen) == pytest.approx([79] * 5, abs=0.5)


def saving_and_tender_together():
    near = KRACHTLIJNEN.index("nabijheid")
    cut = {hours: week(tasks(), contracts()["tender"], 60, hours).krachtlijnen[near] for hours in (100, 80)}
    assert cut == pytest.approx({100: 68, 80: 52}, abs=0.5)


def bet_eerst_second_lowest():
    politicising_is_second_lowest_everywhere()


def bet_eerst_subsidy_pays_the_room():
    assert _week("subsidy")["nabijheid"] == pytest.approx(110, abs=0.5)


def bet_eerst_each_forgets_another():
    assert len({_order(name)[0] for name in MAIN}) == 3


def bet_eerst_subsidy_forgets_too():
    assert _week("subsidy")["verbindend"] == pytest.approx(78, abs=0.5)


def bet_bestek_falls():
    assert _week("tender")["politiserend"] == pytest.approx(74, abs=0.5)
    assert _week("tender_near")["politiserend"] == pytest.approx(60, abs=0.5)


def search_open_paths():
    found = _week("tender_near", extra="open_paths")
    assert found["procesmatig"] > 100 and found["politiserend"] < 55


def search_network():
    found = _week("tender_near", extra="network")
    assert found["verbindend"] > 100
    assert min(found.values()) == found["politiserend"] == pytest.approx(67, abs=0.5)


def search_signalling():
    assert min(_week("tender_near", extra="signalling").values()) == pytest.approx(77, abs=0.5)
    others = [task.id for task in tasks() if task.id != "signalling"]
    assert all(min(_week("tender_near", extra=task).values()) < 75 for task in others)


def search_intake():
    without, found = _week("tender_near"), _week("tender_near", extra="intake")
    assert found["politiserend"] < without["politiserend"]
    assert contracts()["tender_near"].paid[[task.id for task in tasks()].index("intake")] == 0.8


def strict_procedure():
    hours = [week(tasks(), contracts()["sib"], strictness).registration for strictness in (0, 100)]
    assert hours == [6, 18]


def strict_spread():
    for name in MAIN:
        spread = [max(found) - min(found) for found in ([*_week(name, s).values()] for s in range(0, 101, 10))]
        assert spread == sorted(spread) and spread[0] == pytest.approx(0)


def strict_order_stays():
    for name in MAIN:
        assert len({_order(name, strictness)[0] for strictness in range(5, 101, 5)}) == 1


def good_setting():
    assert sum(value > 100 for value in _week("sib_flexible").values()) == 3


def bad_setting():
    found = _week("subsidy_routine", 80)
    assert min(found.values()) == found["politiserend"] == pytest.approx(43, abs=0.5)


def check_both_sides():
    assert _order("subsidy_routine")[0] == "politiserend"
    assert sum(value > 100 for value in _week("sib_flexible").values()) == 3


def check_free_week():
    trust_makes_all_equal()


def summary_each_another():
    bet_eerst_each_forgets_another()


def goal_sentence_needs_two():
    """Of the two tenders only the one that already pays for presence can be saved by one sentence more."""
    ids = [task.id for task in tasks()]
    assert [task for task in ids if min(_week("tender_near", extra=task).values()) >= 75] == ["signalling"]
    assert not any(min(_week("tender", extra=task).values()) >= 75 for task in ids)


def cut_fixed_steps_moves_nothing():
    assert list(cut(tasks(), "fixed_steps", 10).krachtlijnen) == pytest.approx([100] * 5)
