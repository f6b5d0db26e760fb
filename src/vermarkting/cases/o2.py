"""Opdracht O2: three bids of one's own in the tenderkamer, with the rules of one's own specification.

Each case has a *better* bid (dear, high quality), a *cheaper* one and a *cheapest* one, in an order of its own. By
min-max the cheaper one wins, until a fourth bid that is dear enough but not above the ceiling hands the contract to the
better one. By the fixed formula of the case the better one wins. All figures are made up.
"""

import math
from dataclasses import dataclass

from vermarkting.cases.parts import Given, Table, dutch, numbers
from vermarkting.models.tender import FORMULAS, Bid, Rules, score
from vermarkting.personal import Draw
from vermarkting.text import t

LEAD = 0.5  # points: so far the winner of each formula is ahead at least
DEAREST = 620  # thousand euro: where the fourth bid tips the balance at the latest
CRITERIA = ("toegang", "werkwijze", "buurt", "inspraak", "signalen", "team")
LEAST_CRITERIA, LEAST_KRACHTLIJNEN = 3, 3


@dataclass(frozen=True, slots=True)
class Case:
    """One student's tender. Prices in thousand euro a year, quality 0 to 100, the weight of price out of 100 points.

    floor, ceiling: what the fixed formula measures with; the city refuses bids outside them.
    steepness: how many points a price difference of 10,000 euro must cost at least in the student's own formula.
    """

    bids: tuple[Bid, ...]
    price_weight: int
    floor: int
    ceiling: int
    steepness: float

    @property
    def best(self) -> Bid:
        return max(self.bids, key=lambda bid: bid.quality)

    @property
    def middle(self) -> Bid:
        return sorted(self.bids, key=lambda bid: bid.quality)[1]

    def rules(self, formula: str) -> Rules:
        return Rules(self.price_weight, formula, self.floor, self.ceiling)


def draw(figures: Draw) -> Case:
    """Draw cases until one gives a task that can be solved and is not trivial."""
    while True:
        better = Bid("", figures.whole(380, 460, 5), figures.whole(78, 92))
        cheaper = Bid("", figures.whole(300, 360, 5), figures.whole(60, 76))
        cheapest = Bid("", figures.whole(255, 290, 5), figures.whole(30, 50))
        weight = figures.whole(34, 50, 2)
        # As wide as the range of prices must be before the better bid is ahead of the cheaper one.
        width = 100 * weight * (better.price - cheaper.price) / ((better.quality - cheaper.quality) * (100 - weight))
        floor = int(cheapest.price) - figures.whole(10, 30, 5)
        ceiling = math.ceil((cheapest.price + width + figures.whole(12, 24)) / 5) * 5
        steepness = math.floor(100 * 10 * weight / (width + 12)) / 100
        order = [figures.pick((better, cheaper, cheapest))]
        order += [figures.pick([bid for bid in (better, cheaper, cheapest) if bid not in order])]
        order += [bid for bid in (better, cheaper, cheapest) if bid not in order]
        bids = tuple(Bid(name, bid.price, bid.quality) for name, bid in zip("ABC", order, strict=True))
        case = Case(bids, weight, floor, ceiling, steepness)
        if better.price + 15 <= cheapest.price + width <= DEAREST and _clear(case):
            return case


def _clear(case: Case) -> bool:
    """Say whether each formula has a clear winner: the best bid by the fixed formula, the middle one by min-max."""
    found = {}
    for formula in FORMULAS:
        scores = sorted(score(case.bids, case.rules(formula)), key=lambda entry: entry.rank)
        if scores[0].total - scores[1].total < LEAD:
            return False
        found[formula] = scores[0].name
    return found["fixed"] == case.best.name and found["min_max"] == case.middle.name


def tables(case: Case) -> list[Table]:
    bids = Table(
        t("o2.bids"),
        tuple(t(f"o2.{name}") for name in ("bid", "price", "quality")),
        tuple((bid.name, t("o2.thousand", price=dutch(bid.price)), dutch(bid.quality)) for bid in case.bids),
        "tender",
    )
    rules = Table(
        t("o2.rules"),
        (t("o2.rule"), t("o2.figure")),
        (
            (t("o2.price_weight"), t("o2.points", points=case.price_weight)),
            (t("o2.quality_weight"), t("o2.points", points=100 - case.price_weight)),
            (t("o2.floor"), t("o2.thousand", price=case.floor)),
            (t("o2.ceiling"), t("o2.thousand", price=case.ceiling)),
            (t("o2.steepness"), t("o2.at_least", points=dutch(case.steepness))),
        ),
        "tender",
    )
    return [bids, rules]


def _remarks_on_scores(case: Case, given: Given) -> list[str]:
    """Say which totals cannot be, whatever the formula: outside quality points up to quality and price points."""
    share = (100 - case.price_weight) / 100
    lowest = {bid.name.lower(): bid.quality * share for bid in case.bids}
    return [
        t("o2.remark_total", formula=t(f"tender.formulas.{item[:-2]}"), bid=item[-1].upper())
        for item, total in given.get("scores", {}).items()
        if not lowest[item[-1]] - 0.05 <= total <= lowest[item[-1]] + case.price_weight + 0.05
    ]


def _remarks_on_reversal(case: Case, given: Given) -> list[str]:
    price = numbers(given, "omkering", "prijs")
    if price and not case.floor <= price[0] <= case.ceiling:
        return [t("o2.remark_refused", floor=case.floor, ceiling=case.ceiling)]
    return []


def _remarks_on_fixed(case: Case, given: Given) -> list[str]:
    chosen = numbers(given, "vast", "bodem", "plafond")
    if chosen and chosen[0] >= chosen[1]:
        return [t("o2.remark_upside_down")]
    if chosen and not all(chosen[0] < bid.price < chosen[1] for bid in case.bids):
        return [t("o2.remark_inside")]
    return []


def _remarks_on_weights(case: Case, given: Given) -> list[str]:
    weights = given.get("gewichten", {})
    found = []
    total = sum(weights.values())
    if weights and abs(total - 100) > 1e-9:
        found.append(t("o2.remark_sum", total=dutch(total)))
    if "prijs" in weights and weights["prijs"] != case.price_weight:
        found.append(t("o2.remark_weight"))
    unlinked = [
        t(f"o2.criteria.{name}")
        for name in CRITERIA
        if weights.get(name, 0) > 0 and name not in given.get("krachtlijnen", {})
    ]
    if unlinked:
        found.append(t("o2.remark_unlinked", criteria=", ".join(unlinked)))
    return found


REMARKS = {
    "scores": _remarks_on_scores,
    "omkering": _remarks_on_reversal,
    "vast": _remarks_on_fixed,
    "gewichten": _remarks_on_weights,
}
