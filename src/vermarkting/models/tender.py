"""De tenderkamer: how a tender turns price and quality into one winner.

Each bid gets price points out of the weight of price W and quality points out of the other 100 - W. Three formulas for
the price points are in use:

    rule of three    W * lowest price / price
    min-max          W * (highest price - price) / (highest price - lowest price)
    fixed            W * (ceiling - price) / (ceiling - floor), kept between 0 and W

The first two measure a bid against the other bids, so a bid that cannot win may still change who does. The fixed
formula measures against figures in the specification, so there it cannot.

Stylised: one price and one quality figure per bid, example bids around the size of De Vaart's contract, jurors whose
errors are normal and independent. Left out: thresholds, negotiation, abnormally low bids, strategic pricing.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from vermarkting.models.parameters import ParameterError, check_choice, check_range, check_whole
from vermarkting.text import t

FORMULAS = ("rule_of_three", "min_max", "fixed")
TIE = 1e-9  # points; smaller differences are rounding of the computer


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid: price in thousand euro a year (0.01 to 1,000,000) and the jury's quality score (0 to 100).

    Raises ``ParameterError`` outside these ranges.
    """

    name: str
    price: float
    quality: float

    def __post_init__(self) -> None:
        check_range("price", self.price, 0.01, 1_000_000)
        check_range("quality", self.quality, 0, 100)


EXAMPLE_BIDS = (Bid("A", 400, 88), Bid("B", 340, 70), Bid("C", 260, 30), Bid("D", 600, 60))


@dataclass(frozen=True, slots=True)
class Rules:
    """The award criteria.

    price_weight: points out of 100 for price, 0 to 100; quality gets the rest.
    formula: one of ``FORMULAS``.
    floor, ceiling: prices in thousand euro a year with all and with no price points; only the fixed formula uses them.

    Raises ``ParameterError`` outside these ranges, for an unknown formula, or unless floor < ceiling.
    """

    price_weight: float = 40.0
    formula: str = "rule_of_three"
    floor: float = 250.0
    ceiling: float = 600.0

    def __post_init__(self) -> None:
        check_range("price_weight", self.price_weight, 0, 100)
        check_choice("formula", self.formula, FORMULAS)
        check_range("floor", self.floor, 0, 1_000_000)
        check_range("ceiling", self.ceiling, 0, 1_000_000)
        if self.floor >= self.ceiling:
            raise ParameterError(t("parameters.floor_above_ceiling"))


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one bid (total 0 to 100) and its rank, 1 being best; bids that tie share the best rank."""

    name: str
    price_points: float
    quality_points: float
    total: float
    rank: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """A losing bid whose withdrawal changes the winner; two or more names in a tuple are a tie."""

    removed: str
    winner_with: tuple[str, ...]
    winner_without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """How often each bid won, by name, in a number of rounds; the wins add up to the rounds."""

    wins: dict[str, int]
    rounds: int


def score(bids: Sequence[Bid], rules: Rules) -> tuple[Score, ...]:
    """Score the bids and give the results in the order of the bids.

    Raises ``ParameterError`` without bids or with two bids of the same name.
    """
    _check(bids)
    price_points = _price_points([bid.price for bid in bids], rules)
    quality_points = [bid.quality * _quality_share(rules) for bid in bids]
    totals = [sum(points) for points in zip(price_points, quality_points, strict=True)]
    return tuple(
        Score(bid.name, price, quality, total, rank=1 + sum(other > total + TIE for other in totals))
        for bid, price, quality, total in zip(bids, price_points, quality_points, totals, strict=True)
    )


def winners(scores: Sequence[Score]) -> tuple[str, ...]:
    """Give the name of the winner, or of all bids that tie for first place."""
    return tuple(entry.name for entry in scores if entry.rank == 1)


def without(bids: Sequence[Bid], name: str) -> tuple[Bid, ...]:
    """Give the bids except the one with this name; a name that does not take part changes nothing."""
    return tuple(bid for bid in bids if bid.name != name)


def reversals(bids: Sequence[Bid], rules: Rules) -> tuple[Reversal, ...]:
    """Give every losing bid whose withdrawal would change the winner among the others."""
    first = winners(score(bids, rules))
    losers = [bid.name for bid in bids if bid.name not in first]
    outcomes = [Reversal(name, first, winners(score(without(bids, name), rules))) for name in losers]
    return tuple(outcome for outcome in outcomes if outcome.winner_without != first)


def voided_winner(bids: Sequence[Bid], rules: Rules) -> Reversal | None:
    """Give what happens when the winning bid turns out to be void and the points are worked out anew.

    ``winner_with`` is who stood second before, ``winner_without`` who stands first after. ``None`` when they are the
    same, or when there is no single winner or nobody else. This is what the city of Utrecht did; there the third came
    first.
    """
    scores = score(bids, rules)
    first = winners(scores)
    if len(first) > 1 or len(bids) < 2:
        return None
    best = min(entry.rank for entry in scores if entry.name not in first)
    second = tuple(entry.name for entry in scores if entry.rank == best)
    after = winners(score(without(bids, first[0]), rules))
    return Reversal(first[0], second, after) if set(after) != set(second) else None


def extra_quality_needed(cheap: Bid, dear: Bid, rules: Rules) -> float:
    """Give how many quality points (scale 0 to 100) more the dearer of two bids needs for a tie; their own are ignored.

    More than 100 means that no quality can make up for the price; infinite when price is all that counts.
    """
    cheap_points, dear_points = _price_points([cheap.price, dear.price], rules)
    gap = cheap_points - dear_points
    share = _quality_share(rules)
    if share > 0:
        return gap / share
    return math.copysign(math.inf, gap) if gap else 0.0


def better_bid_loses(lead: float, sd: float, jurors: int) -> float:
    """Give the exact probability (0 to 1) that the truly better of two equally priced bids loses.

    lead: its true lead in quality points, 0 to 100. jurors: 1 to 100, each scoring both bids; the mean counts.
    sd: the standard deviation of a juror's normal, independent error per bid in quality points, 0 to 100.
    A true tie gives 0.5. Raises ``ParameterError`` outside these ranges.
    """
    check_range("lead", lead, 0, 100)
    check_range("jury_spread", sd, 0, 100)
    check_whole("jurors", jurors, 1, 100)
    if lead == 0:
        return 0.5
    if sd == 0:
        return 0.0
    spread_of_difference = sd * math.sqrt(2 / jurors)
    return math.erfc(lead / spread_of_difference / math.sqrt(2)) / 2


def simulate(bids: Sequence[Bid], rules: Rules, sd: float, jurors: int, rounds: int = 200, seed: int = 1) -> Simulation:
    """Hold the same tender ``rounds`` times (1 to 10,000), each time with a new draw of the jury's errors.

    ``sd`` and ``jurors`` as in ``better_bid_loses``; the jury's mean score is kept between 0 and 100. Ties are settled
    by lot. The same seed gives the same errors under every rule, so that two runs differ only by the rule.
    """
    _check(bids)
    check_range("jury_spread", sd, 0, 100)
    check_whole("jurors", jurors, 1, 100)
    check_whole("rounds", rounds, 1, 10_000)
    jury, lots = random.Random(seed), random.Random(f"lots {seed}")
    sd_of_mean = sd / math.sqrt(jurors)
    share = _quality_share(rules)
    price_points = _price_points([bid.price for bid in bids], rules)
    wins = {bid.name: 0 for bid in bids}
    for _ in range(rounds):
        totals = {
            bid.name: points + share * min(100.0, max(0.0, bid.quality + jury.gauss(0, sd_of_mean)))
            for bid, points in zip(bids, price_points, strict=True)
        }
        best = max(totals.values())
        first = [name for name, total in totals.items() if total >= best - TIE]
        wins[first[0] if len(first) == 1 else lots.choice(first)] += 1
    return Simulation(wins, rounds)


def procedure_cost_share(bidders: int, cost_per_bid: float, cost_for_buyer: float, contract_value: float) -> float:
    """Give what holding the tender costs all parties together, as a share of the contract's value (0.06 is 6 %).

    bidders: 1 to 100. Costs and value in euro, over the whole contract: costs 0 to 10 million, value 1 to 1 billion.
    Raises ``ParameterError`` outside these ranges.
    """
    check_whole("bidders", bidders, 1, 100)
    check_range("cost_per_bid", cost_per_bid, 0, 10_000_000)
    check_range("cost_for_buyer", cost_for_buyer, 0, 10_000_000)
    check_range("contract_value", contract_value, 1, 1_000_000_000)
    return (bidders * cost_per_bid + cost_for_buyer) / contract_value


def _check(bids: Sequence[Bid]) -> None:
    if not bids:
        raise ParameterError(t("parameters.no_bids"))
    names = [bid.name for bid in bids]
    for name in names:
        if names.count(name) > 1:
            raise ParameterError(t("parameters.same_name", name=name))


def _quality_share(rules: Rules) -> float:
    return (100 - rules.price_weight) / 100


def _price_points(prices: Sequence[float], rules: Rules) -> list[float]:
    weight, lowest, highest = rules.price_weight, min(prices), max(prices)
    if rules.formula == "rule_of_three":
        return [weight * lowest / price for price in prices]
    if rules.formula == "fixed":
        span = rules.ceiling - rules.floor
        return [weight * min(1.0, max(0.0, (rules.ceiling - price) / span)) for price in prices]
    if lowest == highest:
        return [weight] * len(prices)
    return [weight * (highest - price) / (highest - lowest) for price in prices]
