"""What every model says of what goes in: its ranges, both ends included; its standard setting; else one sentence."""

import math
from dataclasses import FrozenInstanceError, fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules

import pytest

from vermarkting import models
from vermarkting.models import (
    argumentation,
    continuity,
    creaming,
    discretion,
    impact_bond,
    incentives,
    krachtlijnen,
    network,
    tactics,
    tender,
    voice,
)
from vermarkting.models.parameters import ParameterError

NAMES = sorted(module.name for module in iter_modules(models.__path__))
TWO_BIDS = tender.EXAMPLE_BIDS[:2]
TASK = krachtlijnen.Task("intake", 30, (0.5, 0.5, 0, 0, 0))
DIVIDED = krachtlijnen.Contract((1.0,))
RULE = (impact_bond.Step(0, 1, 0.02, 0.02),)


def step(**changes: float) -> impact_bond.Step:
    return impact_bond.Step(**{"result": 0, "capital_back": 1, "rate": 0.05, "rate_at_end": 0.05} | changes)


def effects(one: int) -> krachtlijnen.Option:
    return krachtlijnen.Option("a", (0, 0, one, 0, 0))


# For each model: what is varied, what is done with the value, the lowest and the highest that it accepts.
REAL = {
    "tender": [
        ("price", lambda x: tender.Bid("A", x, 50), 0.01, 1_000_000),
        ("quality", lambda x: tender.Bid("A", 100, x), 0, 100),
        ("price weight", lambda x: tender.Rules(price_weight=x), 0, 100),
        ("floor", lambda x: tender.Rules(floor=x, ceiling=1_000_000), 0, math.nextafter(1_000_000, 0)),
        ("ceiling", lambda x: tender.Rules(floor=0, ceiling=x), 5e-324, 1_000_000),
        ("lead", lambda x: tender.better_bid_loses(x, 5, 3), 0, 100),
        ("spread", lambda x: tender.better_bid_loses(5, x, 3), 0, 100),
        ("spread of a jury", lambda x: tender.simulate(TWO_BIDS, tender.Rules(), x, 3, 1), 0, 100),
        ("cost per bid", lambda x: tender.procedure_cost_share(3, x, 0, 100), 0, 10_000_000),
        ("cost for buyer", lambda x: tender.procedure_cost_share(3, 0, x, 100), 0, 10_000_000),
        ("value", lambda x: tender.procedure_cost_share(3, 0, 0, x), 1, 1_000_000_000),
    ],
    "impact_bond": [
        ("chance without", lambda x: impact_bond.Bond(chance_without=x), 0.01, 1),
        ("effect", lambda x: impact_bond.Bond(chance_without=0.5, effect=x), -0.5 - 1e-9, 0.5 + 0.9999999e-9),
        ("baseline", lambda x: impact_bond.Bond(baseline=x), 0.01, 1),
        ("margin", lambda x: impact_bond.Bond(margin=x), 0, 1),
        ("result of a step", lambda x: step(result=x), -1_000_000, 1_000_000),
        ("capital back", lambda x: step(capital_back=x), 0, 1),
        ("rate", lambda x: step(rate=x), 0, 1),
        ("rate at end", lambda x: step(rate_at_end=x), 0, 1),
        ("capital", lambda x: impact_bond.Deal(capital=x), 1, 1_000_000_000),
        ("management", lambda x: impact_bond.Deal(management=x), 0, 0.5),
        ("evaluation", lambda x: impact_bond.Deal(evaluation=x), 0, 0.5),
        ("public guarantee", lambda x: impact_bond.Deal(public_guarantee=x), 0, 1),
        ("foundation guarantee", lambda x: impact_bond.Deal(foundation_guarantee=x), 0, 1),
        ("chance", lambda x: impact_bond.probabilities(3, x), 0, 1),
        ("successes", lambda x: impact_bond.gain(impact_bond.Bond(), x), 0, 1_000_000),
        ("true chance", lambda x: impact_bond.tipping_error(x, 0.1), 0.01, 1),
        ("margin above it", lambda x: impact_bond.tipping_error(0.3, x), 0, 1),
        ("result", lambda x: impact_bond.pay_out(RULE, x, 100, 3), -1_000_000, 1_000_000),
        ("capital paid out", lambda x: impact_bond.pay_out(RULE, 5, x, 3), 1, 1_000_000_000),
        (
            "saving",
            lambda x: impact_bond.forecast(impact_bond.Bond(), impact_bond.Deal(), RULE, x),
            0,
            10_000_000,
        ),
    ],
    "voice": [
        ("fear", lambda x: voice.Group(fear=x), 0, 1),
        ("spread", lambda x: voice.Group(spread=x), 0, 0.5),
        ("support", lambda x: voice.Conditions(support=x), 0, 1),
        ("coalition", lambda x: voice.Conditions(coalition=x), 0, 1),
        ("dependence", lambda x: voice.Conditions(dependence=x), -1, 1),
        ("threshold", lambda x: voice.cascade([x, 0.5]), 0, 1),
    ],
    "creaming": [
        ("chance", creaming.Client, 0, 0.99),
        ("fee", lambda x: creaming.Contract(fee=x), 0, 40_000),
        ("lump sum", lambda x: creaming.Contract(lump_sum=x), 0, 10_000),
        ("minimum", lambda x: creaming.Contract(minimum_months=x), 0, 12),
        ("intake", lambda x: creaming.Contract(fixed_cost=x), 0, 10_000),
        ("month", lambda x: creaming.Contract(cost_per_month=x), 1, 10_000),
        ("months by hand", lambda x: creaming.run_by_hand([x] * 10), 0, 60),
        ("fee for the best months", lambda x: creaming.best_months(creaming.CLIENTS[0], x), 0, 1e6),
        ("month for the best months", lambda x: creaming.best_months(creaming.CLIENTS[0], 100, x), 1, 10_000),
        ("months", creaming.CLIENTS[0].success, 0, math.inf),
    ],
    "network": [
        ("rivalry", lambda x: network.Climate(rivalry=x), 0, 1),
        ("start", lambda x: network.Climate(start=x), 0, 1),
        ("strength of a path", lambda x: network.path_success(x, 3), 0, 1),
        ("upkeep", lambda x: network.time_left(((0, 1),), x), 0, 0.05),
        ("strength", lambda x: network.handovers(((0, 1),), (x,)), 0, 1),
    ],
    "continuity": [
        ("term", lambda x: continuity.Contract(term=x), 0.5, 40),
        ("build up", lambda x: continuity.Contract(build_up=x), 0.1, 20),
        ("good wins", lambda x: continuity.Contract(good_wins=x), 0, 1),
        ("weak wins", lambda x: continuity.Contract(weak_wins=x), 0, 1),
        ("good newcomers", lambda x: continuity.Contract(good_newcomers=x), 0, 1),
        ("weak quality", lambda x: continuity.Contract(weak_quality=x), 0, 1),
        ("years", lambda x: continuity.history(continuity.Contract(), x), 0.5, 10_000),
        ("years of trust", lambda x: continuity.trust_after(x, 2), 0, 10_000),
        ("time of trust", lambda x: continuity.trust_after(2, x), 0.1, 20),
        ("start of a spell", lambda x: continuity.Spell(x, 10_000, True), 0, math.nextafter(10_000, 0)),
        ("end of a spell", lambda x: continuity.Spell(0, x, True), 5e-324, 10_000),
        ("term of the mean", lambda x: continuity.mean_trust(x, 2, 0.5), 0.5, 40),
        ("winning again", lambda x: continuity.mean_trust(2, 2, x), 0, 1),
        ("mission", lambda x: continuity.Market(mission=x), 0, 1),
        ("spread", lambda x: continuity.Market(spread=x), 0, 1),
        ("pressure", lambda x: continuity.Market(pressure=x), 0, 40),
        ("giving up", lambda x: continuity.Market(giving_up=x), -0.1, 0.1),
        ("noise", lambda x: continuity.Market(noise=x), 0, 0.2),
        ("floor", lambda x: continuity.Market(floor=x), 0, 1),
        ("mission in a price", continuity.price, 0, 0.9),
        ("paid work", lambda x: continuity.price(0.5, x), 1, 1_000_000),
    ],
    "incentives": [
        ("hours", lambda x: incentives.Parameters(hours=x), 1, 80),
        ("weight", lambda x: incentives.Parameters(indicator_weight=x), 0, 100),
        ("coverage", lambda x: incentives.Parameters(coverage=x), 0, 1),
        ("ethos", lambda x: incentives.Parameters(ethos=x), 0, 3),
        ("hours by hand", lambda x: incentives.divide_by_hand(0, 0, x), 1, 80),
        ("measured", lambda x: incentives.divide_by_hand(x, 0, 40), 0, 40),
        ("unmeasured", lambda x: incentives.divide_by_hand(30, x, 40), 0, 10),
    ],
    "krachtlijnen": [
        ("wanted", lambda x: krachtlijnen.Task("intake", x, (0, 0, 0, 0, 0)), 1, 100),
        ("share", lambda x: krachtlijnen.Task("intake", 30, (0, 0, x, 0, 0)), 0, 1),
        ("procedure", lambda x: krachtlijnen.Contract((1,), x), 0, 20),
        ("paid", lambda x: krachtlijnen.Contract((x,)), 0, 1),
        ("strictness", lambda x: krachtlijnen.week((TASK,), DIVIDED, x), 0, 100),
        ("hours", lambda x: krachtlijnen.week((TASK,), DIVIDED, 50, x), 40, 100),
        ("cut of one", lambda x: krachtlijnen.cut((TASK, TASK), "intake", x), 0, 30),
        ("cut of all", lambda x: krachtlijnen.cut((TASK, TASK), None, x), 0, 60),
    ],
    "discretion": [
        (layer, lambda x, layer=layer: discretion.Layers(**{layer: x}), 0, 100)
        for layer in ("policy", "organisation", "worker", "colleague")
    ],
}
WHOLE = {
    "tender": [
        ("jurors", lambda n: tender.better_bid_loses(5, 5, n), 1, 100),
        ("jurors in a draw", lambda n: tender.simulate(TWO_BIDS, tender.Rules(), 5, n, 1), 1, 100),
        ("rounds", lambda n: tender.simulate(TWO_BIDS, tender.Rules(), 5, 3, n), 1, 10_000),
        ("bidders", lambda n: tender.procedure_cost_share(n, 1, 1, 100), 1, 100),
    ],
    "impact_bond": [
        ("participants", lambda n: impact_bond.Bond(participants=n), 1, 5_000),
        ("years", lambda n: impact_bond.Deal(years=n), 1, 10),
        ("years of a rule", lambda n: impact_bond.pay_out(RULE, 5, 100, n), 1, 10),
        ("group", lambda n: impact_bond.probabilities(n, 0.5), 0, 5_000),
        ("control", lambda n: impact_bond.success_against_control_group(impact_bond.Bond(10), n), 1, 5_000),
        ("successes", lambda n: impact_bond.at_least(n, 3, 0.5), -1_000_000, 1_000_000),
        ("rounds", lambda n: impact_bond.draw(impact_bond.Bond(10), n), 1, 10_000),
    ],
    "voice": [
        ("size", lambda n: voice.Group(size=n), 1, 1_000),
        ("seed", lambda n: voice.Group(seed=n), 0, 10**9),
        ("protected", lambda n: voice.Conditions(protected=n), 0, 1_000),
        ("draws", lambda n: voice.shares(voice.Group(size=1), voice.Conditions(), n), 1, 1_000),
        ("content", lambda n: voice.meeting_and_survey([0.5] * 4, n), 0, 4),
    ],
    "network": [
        ("cycle", lambda n: network.Climate(cycle=n), 0, 12),
        ("years", lambda n: network.Climate(years=n), 0, 40),
        ("services of a path", lambda n: network.path_success(0.5, n), 1, 12),
        ("organisations", lambda n: network.random_ties(1, 1, n), 2, 12),
        ("ties", lambda n: network.random_ties(n, 1, 4), 0, 6),
        ("newcomers", lambda n: network.let_in(((0, 1),), n), 0, 40),
        ("one", lambda n: network.toggle((), n, 6 if n != 6 else 5), 0, 11),
        ("other", lambda n: network.toggle((), 6 if n != 6 else 5, n), 0, 11),
        ("services", lambda n: network.run(((0, 1),), most=n), 1, 5),
        ("tied", lambda n: network.degrees(((0, n),)), 1, 11),
        ("tied to", lambda n: network.groups(((n, 11),)), 0, 10),
    ],
    "continuity": [
        ("organisations", lambda n: continuity.Market(organisations=n), 2, 10_000),
        ("rounds", lambda n: continuity.drift(continuity.Market(2), n), 1, 200),
        ("winner", lambda n: continuity.award((0.1, 0.2, 0.3), n, 1), 0, 2),
        ("loser", lambda n: continuity.award((0.1, 0.2, 0.3), 1, n), 0, 2),
    ],
    "incentives": [("steps", lambda n: incentives.curve(incentives.Parameters(), n), 2, 1_001)],
    "krachtlijnen": [("effect", effects, -2, 2)],
    "tactics": [("participants", lambda n: tactics.play("divide", n), 3, 12)],
}


def rows(table: dict) -> list:
    return [pytest.param(*row[1:], id=f"{model}-{row[0]}") for model in table for row in table[model]]


@pytest.mark.parametrize(("use", "low", "high"), rows(REAL))
def test_both_ends_of_a_range_are_in_it_and_the_next_numbers_are_not(use, low, high):
    use(low)
    use(high)
    for value in (math.nextafter(low, -math.inf), math.nextafter(high, math.inf) if high < math.inf else math.nan):
        if low == -0.5 - 1e-9:  # an effect is added up first, so that the next number is further off
            value += math.copysign(1e-9, value)
        with pytest.raises(ParameterError):
            use(value)
    for value in (math.nan, True, "5"):
        with pytest.raises(ParameterError):
            use(value)


@pytest.mark.parametrize(("use", "low", "high"), rows(WHOLE))
def test_both_ends_of_a_count_are_in_it_and_one_further_is_not(use, low, high):
    use(low)
    use(high)
    for value in (low - 1, high + 1, (low + high) / 2 + 0.25, math.nan):
        with pytest.raises(ParameterError):
            use(value)


# The setting with which each picture opens, as the lessons describe it.
STANDARD = {
    tender.Rules: (40.0, "rule_of_three", 250.0, 600.0),
    impact_bond.Bond: (133, 0.30, 0.0, 0.30, 0.10),
    impact_bond.Deal: (1_000_000.0, 3, 0.05, 0.05, 0.0, 0.0),
    voice.Group: (0.35, 0.15, 100, 1),
    voice.Conditions: (0.0, 0.0, 0.0, 0),
    creaming.Contract: (4_000.0, "flat", 0.0, False, 0.0, 900.0, 500.0),
    network.Climate: (1.0, 3, 12, 0.8),
    continuity.Contract: (2.5, 2.0, 0.0, 0.0, 1.0, 0.4),
    continuity.Market: (40, 0.35, 0.10, 8.0, 0.0, 0.01, 0.0),
    incentives.Parameters: (38.0, 0.0, 0.0, 1.0),
    discretion.Layers: (60.0, 20.0, 50.0, 50.0),
}


@pytest.mark.parametrize("kind", STANDARD, ids=lambda kind: f"{kind.__module__.rpartition('.')[2]}-{kind.__name__}")
def test_the_standard_setting(kind):
    setting = kind()
    assert tuple(getattr(setting, field.name) for field in fields(setting)) == STANDARD[kind]


@pytest.mark.parametrize("name", NAMES)
def test_what_goes_in_and_comes_out_cannot_be_changed(name):
    module = import_module(f"vermarkting.models.{name}")
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and is_dataclass(kind)]
    assert kinds or name == "parameters"
    for kind in kinds:  # what it imports from another model too
        thing = object.__new__(kind)
        with pytest.raises(FrozenInstanceError):
            setattr(thing, fields(kind)[0].name, 1)


FRAMEWORK = argumentation.Framework(frozenset("ab"), frozenset({("a", "b")}))
BAD = {
    "tender": [
        ("no bids", lambda: tender.score((), tender.Rules())),
        ("no bids to draw", lambda: tender.simulate((), tender.Rules(), 5, 3)),
        ("two of a name", lambda: tender.score(TWO_BIDS * 2, tender.Rules())),
        ("unknown formula", lambda: tender.Rules(formula="cheapest")),
        ("floor at ceiling", lambda: tender.Rules(floor=300, ceiling=300)),
        ("floor above ceiling", lambda: tender.Rules(floor=400, ceiling=300)),
    ],
    "impact_bond": [
        ("certain and more", lambda: impact_bond.Bond(chance_without=0.9, effect=0.2)),
        ("steps that fall", lambda: impact_bond.pay_out((step(result=5), step(result=1)), 6, 100, 3)),
        ("steps alike", lambda: impact_bond.pay_out((step(), step()), 6, 100, 3)),
        ("guarantees", lambda: impact_bond.Deal(public_guarantee=0.6, foundation_guarantee=0.5)),
        ("nothing invested", lambda: impact_bond.irr((0, 5))),
        ("no amounts", lambda: impact_bond.irr(())),
        ("no number", lambda: impact_bond.irr((-5, math.nan))),
        ("no end", lambda: impact_bond.irr((-5, math.inf))),
        ("paid twice", lambda: impact_bond.irr((-5, 5, -1))),
    ],
    "voice": [
        ("nobody", lambda: voice.cascade([])),
        ("a thousand and one", lambda: voice.cascade([0.5] * 1_001)),
        ("nobody has fears", lambda: voice.thresholds([], voice.Conditions())),
        ("nobody needs support", lambda: voice.least_support([])),
    ],
    "creaming": [
        ("no clients", lambda: creaming.run(creaming.Contract(), ())),
        ("no clients by hand", lambda: creaming.run_by_hand([], clients=())),
        ("no clients to share", lambda: creaming.equal_split(creaming.Contract(), ())),
        ("choices for others", lambda: creaming.run_by_hand([1] * 11)),
        ("unknown scheme", lambda: creaming.Contract(scheme="bonus")),
    ],
    "network": [
        ("unknown shape", lambda: network.shape("wheel")),
        ("itself", lambda: network.toggle((), 3, 3)),
        ("a tie to itself", lambda: network.handovers(((3, 3),), (0.5,))),
        ("a tie backwards", lambda: network.outsiders(((3, 1),))),
        ("too many strengths", lambda: network.handovers(((0, 1),), (0.5, 0.5))),
        ("a small table", lambda: network.client_success([[0.0] * 12] * 3)),
        ("a ragged table", lambda: network.client_success([[0.0] * 12] * 11 + [[0.0]])),
    ],
    "continuity": [
        ("no spells", lambda: continuity.mean_trust_of((), 2)),
        ("a spell of nothing", lambda: continuity.Spell(2, 2, True)),
        ("no chance", lambda: continuity.mean_trust(2.5, 2, 1.5)),
        ("before the start", lambda: continuity.trust_after(-1, 2)),
        ("no time at all", lambda: continuity.mean_trust(0, 2, 0)),
    ],
    "krachtlijnen": [
        ("unknown krachtlijn", lambda: krachtlijnen.follow(((effects(1),),), "winst")),
        ("nothing to choose", lambda: krachtlijnen.follow(((),), "nabijheid")),
        ("four krachtlijnen", lambda: krachtlijnen.Option("a", (0, 0, 0, 0))),
        ("four shares", lambda: krachtlijnen.Task("a", 30, (0, 0, 0, 0))),
        ("a contract for two", lambda: krachtlijnen.week((TASK,), krachtlijnen.Contract((1, 1)), 50)),
        ("hours for two", lambda: krachtlijnen.index((TASK,), (3, 4))),
        ("unknown task", lambda: krachtlijnen.cut((TASK,), "koffie", 1)),
        ("invented tasks", lambda: krachtlijnen.cut((krachtlijnen.Task("a", 9, (0,) * 5),), "b", 1)),
        ("no tasks", lambda: krachtlijnen.cut((), None, 0)),
    ],
    "tactics": [
        ("unknown tactic", lambda: tactics.play("wait")),
        ("law of an unknown tactic", lambda: tactics.law("wait")),
    ],
    "argumentation": [
        ("unknown target", lambda: argumentation.Framework(frozenset("a"), frozenset({("a", "b")}))),
        ("unknown attacker", lambda: argumentation.Framework(frozenset("b"), frozenset({("a", "b")}))),
        ("no such argument", lambda: argumentation.deciding_chain(FRAMEWORK, "c")),
        ("a value twice", lambda: argumentation.defeats(FRAMEWORK, {}, ("recht", "recht"))),
        ("a value twice in ties", lambda: argumentation.defeats(FRAMEWORK, {}, (("recht", "zorg"), ("zorg",)))),
    ],
}


@pytest.mark.parametrize("use", rows(BAD))
def test_what_cannot_be_is_said_in_one_dutch_sentence(use):
    with pytest.raises(ParameterError, match=r"^[A-Z][^\n]+[.]$"):
        use()
