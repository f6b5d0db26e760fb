"""Tijd en missie: what a change of provider does to trust, and what winning does to work that nobody pays for.

Trust clock. Trust in a provider grows as 1 - exp(-t / build_up) from 0, and starts at 0 again with a new provider. A
contract lasts ``term`` years; then the provider wins again with a fixed chance, so the years with one provider are a
geometric number of terms. A provider is good or weak; help is trust times quality. Means over time are exact.

Mission drift. Organisations differ in the share of their work that nobody pays for. In each round as many places are
won as there are organisations, each with a chance in proportion to exp(-pressure * mission): who does more unpaid work
asks a higher price. Who wins keeps its mission, but for a little noise; who wins twice counts twice in the next round.

Stylised: all of it. The form of the clock, two kinds of provider, the strength of the pressure, the number of rounds.
The direction of the first is Van der Lans's argument, of the second Raeymaeckers's after Aiken & Bode (2009).
Left out: staff taken over by the next provider, trust between organisations, clients who leave, learning on purpose.
"""

import math
import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import fmean

from vermarkting.models.parameters import ParameterError, check_range, check_whole
from vermarkting.text import t


@dataclass(frozen=True, slots=True)
class Contract:
    """How a neighbourhood's provider is chosen, again and again.

    term: years between two awards, 0.5 to 40.
    build_up: years in which trust grows to 63 %, 0.1 to 20.
    good_wins, weak_wins: the chance (0 to 1) that a good and that a weak provider wins again.
    good_newcomers: the chance (0 to 1) that a new provider is a good one.
    weak_quality: what the help of a weak provider is worth at equal trust, 0 to 1; that of a good one is worth 1.

    Raises ``ParameterError`` outside these ranges.
    """

    term: float = 2.5
    build_up: float = 2.0
    good_wins: float = 0.0
    weak_wins: float = 0.0
    good_newcomers: float = 1.0
    weak_quality: float = 0.4

    def __post_init__(self) -> None:
        check_range("term", self.term, 0.5, 40)
        check_range("build_up", self.build_up, 0.1, 20)
        for name in ("good_wins", "weak_wins", "good_newcomers", "weak_quality"):
            check_range(name, getattr(self, name), 0, 1)


@dataclass(frozen=True, slots=True)
class LongRun:
    """Means over time, each 0 to 1.

    trust: the mean trust in the provider at work. good: the share of time in which that is a good one.
    help: the mean of trust times quality.
    """

    trust: float
    good: float
    help: float


@dataclass(frozen=True, slots=True)
class Spell:
    """One provider's years, from ``start`` to ``end`` (years since the beginning), and whether it is a good one.

    Raises ``ParameterError`` unless 0 <= start < end <= 10,000.
    """

    start: float
    end: float
    good: bool

    def __post_init__(self) -> None:
        check_range("years", self.start, 0, 10_000)
        check_range("years", self.end, 0, 10_000)
        if self.start >= self.end:
            raise ParameterError(t("parameters.spell_without_time"))


def trust_after(years: float, build_up: float) -> float:
    """Give the trust (0 to 1) in a provider that has been at work for ``years`` (0 to 10,000).

    build_up as in ``Contract``. Raises ``ParameterError`` outside these ranges.
    """
    check_range("years", years, 0, 10_000)
    check_range("build_up", build_up, 0.1, 20)
    return -math.expm1(-years / build_up)


def mean_trust(term: float, build_up: float, wins_again: float) -> float:
    """Give the exact mean over time of the trust in providers that win again with the chance ``wins_again``.

    A spell of k terms has the chance (1 - p) p^(k-1). By the renewal-reward theorem the mean over time is the expected
    trust summed over a spell by the expected spell, L / (1 - p); with q = exp(-L / tau) and E[q^k] = (1-p) q / (1-pq)
    that is 1 - (tau / L) (1-p) (1-q) / (1-pq). At p = 0 that is one term's mean, at p = 1 it is 1.

    term, build_up: as in ``Contract``. wins_again: 0 to 1. Raises ``ParameterError`` outside these ranges.
    """
    check_range("term", term, 0.5, 40)
    check_range("wins_again", wins_again, 0, 1)
    loss = trust_after(term, build_up)  # 1 - q
    stops = 1 - wins_again
    return 1 - build_up / term * stops * loss / (stops + wins_again * loss) if stops else 1.0


def long_run(contract: Contract) -> LongRun:
    """Give the exact means over a very long time, every new provider being good or weak by the same chance.

    If no provider ever leaves, they are the expected means with the first one.
    """
    in_good = contract.good_newcomers * (1 - contract.weak_wins)
    in_weak = (1 - contract.good_newcomers) * (1 - contract.good_wins)
    good = in_good / (in_good + in_weak) if in_good + in_weak else contract.good_newcomers
    trust_in_good = mean_trust(contract.term, contract.build_up, contract.good_wins)
    trust_in_weak = mean_trust(contract.term, contract.build_up, contract.weak_wins)
    return LongRun(
        trust=good * trust_in_good + (1 - good) * trust_in_weak,
        good=good,
        help=good * trust_in_good + (1 - good) * contract.weak_quality * trust_in_weak,
    )


def without_awards(contract: Contract) -> float:
    """Give the mean help (0 to 1) if the first provider simply stays for ever, good or weak."""
    return contract.good_newcomers + (1 - contract.good_newcomers) * contract.weak_quality


def history(contract: Contract, years: float = 20.0, seed: int = 1) -> tuple[Spell, ...]:
    """Draw the providers of the first ``years`` (0.5 to 10,000); the last one's spell is cut off there.

    The same seed gives the same luck at every award, so that two histories differ only by the contract.
    """
    check_range("years", years, 0.5, 10_000)
    rng = random.Random(seed)
    spells: list[Spell] = []
    start, good = 0.0, rng.random() < contract.good_newcomers
    for award in range(1, math.ceil(years / contract.term)):
        stay, newcomer = rng.random(), rng.random()
        if stay >= (contract.good_wins if good else contract.weak_wins):
            spells.append(Spell(start, award * contract.term, good))
            start, good = award * contract.term, newcomer < contract.good_newcomers
    return (*spells, Spell(start, years, good))


def mean_trust_of(spells: Sequence[Spell], build_up: float) -> float:
    """Give the mean trust (0 to 1) over the years of these spells, exactly.

    build_up as in ``Contract``. Raises ``ParameterError`` outside that range or without any spell.
    """
    if not spells:
        raise ParameterError(t("parameters.no_spells"))
    lengths = [spell.end - spell.start for spell in spells]
    return 1 - build_up * sum(trust_after(length, build_up) for length in lengths) / sum(lengths)


@dataclass(frozen=True, slots=True)
class Market:
    """The organisations of a region and how they win work.

    organisations: 2 to 10,000.
    mission, spread: mean and standard deviation of the share of unpaid mission work at the start, 0 to 1.
    pressure: how strongly a low price wins, 0 (by lot) to 40.
    giving_up: share of all work by which each organisation itself cuts its mission in every round, -0.1 to 0.1.
    noise: standard deviation of chance changes in an organisation's share per round, 0 to 0.2.
    floor: the least share that the specification demands of everybody, 0 to 1.

    Raises ``ParameterError`` outside these ranges.
    """

    organisations: int = 40
    mission: float = 0.35
    spread: float = 0.10
    pressure: float = 8.0
    giving_up: float = 0.0
    noise: float = 0.01
    floor: float = 0.0

    def __post_init__(self) -> None:
        check_whole("organisations", self.organisations, 2, 10_000)
        check_range("mission", self.mission, 0, 1)
        check_range("mission_spread", self.spread, 0, 1)
        check_range("pressure", self.pressure, 0, 40)
        check_range("giving_up", self.giving_up, -0.1, 0.1)
        check_range("noise", self.noise, 0, 0.2)
        check_range("mission_floor", self.floor, 0, 1)


@dataclass(frozen=True, slots=True)
class Drift:
    """What became of the missions.

    rounds: the missions (0 to 1) of all organisations at the start and after each round.
    selected: the change in the mean because of who won, summed over the rounds.
    changed: the change in the mean because organisations changed themselves. The two add up to the whole change.
    """

    rounds: tuple[tuple[float, ...], ...]
    selected: float
    changed: float

    @property
    def means(self) -> tuple[float, ...]:
        """The mean mission at the start and after each round."""
        return tuple(map(fmean, self.rounds))


def drift(market: Market, rounds: int = 12, seed: int = 5) -> Drift:
    """Let the organisations compete for ``rounds`` (1 to 200), and part the change in two as in Price (1970)."""
    check_whole("rounds", rounds, 1, 200)
    rng = random.Random(seed)
    missions = [_within(rng.gauss(market.mission, market.spread), market) for _ in range(market.organisations)]
    history = [tuple(missions)]
    selected = changed = 0.0
    for _ in range(rounds):
        chances = list(accumulate(math.exp(-market.pressure * mission) for mission in missions))
        winners, successors = [], []
        for _ in missions:
            winner = missions[bisect(chances, rng.random() * chances[-1], 0, len(missions) - 1)]
            winners.append(winner)
            successors.append(_within(winner - market.giving_up + rng.gauss(0, market.noise), market))
        selected += fmean(winners) - fmean(missions)
        changed += fmean(successors) - fmean(winners)
        missions = successors
        history.append(tuple(missions))
    return Drift(tuple(history), selected, changed)


def _within(mission: float, market: Market) -> float:
    return max(market.floor, min(1.0, mission))


def award(missions: Sequence[float], winner: int, loser: int) -> tuple[float, ...]:
    """Give the missions after one award by hand: the winner opens a second team in the place of the loser.

    winner, loser: places in ``missions``, from 0. Raises ``ParameterError`` for a place that does not exist.
    """
    for place in (winner, loser):
        check_whole("organisation", place, 0, len(missions) - 1)
    after = list(missions)
    after[loser] = missions[winner]
    return tuple(after)


def price(mission: float, paid_work: float = 200.0) -> float:
    """Give what an organisation asks, in thousand euro a year, to cover its paid work and its unpaid mission.

    mission: the share of all its work that nobody pays for, 0 to 0.9. paid_work: the cost of the work asked for, same
    for all, in thousand euro a year, 1 to 1,000,000. Raises ``ParameterError`` outside these ranges.
    """
    check_range("mission", mission, 0, 0.9)
    check_range("paid_work", paid_work, 1, 1_000_000)
    return paid_work / (1 - mission)
