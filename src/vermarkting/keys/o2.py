"""What is right in opdracht O2, and what a design of one's own must do there."""

from vermarkting.cases.o2 import CRITERIA, LEAST_CRITERIA, LEAST_KRACHTLIJNEN, Case
from vermarkting.cases.parts import Demand, Given, dutch, numbers
from vermarkting.models.tender import FORMULAS, Bid, Rules, score, winners
from vermarkting.text import t


def _scores(case: Case) -> dict[str, float]:
    """Give the totals as the question ``scores`` names them, such as ``min_max_a``."""
    return {
        f"{formula}_{entry.name.lower()}": entry.total
        for formula in FORMULAS
        for entry in score(case.bids, case.rules(formula))
    }


def _winners(case: Case) -> dict[str, str]:
    return {formula: winners(score(case.bids, case.rules(formula)))[0].lower() for formula in FORMULAS}


def _reversal(case: Case, given: Given) -> list[Demand]:
    """A fourth bid, between floor and ceiling, that loses and yet changes the winner; and both winners' totals."""
    reversal = right = False
    formula, fourth = given.get("omkering_formule"), numbers(given, "omkering", "prijs", "kwaliteit")
    if formula and fourth and case.floor <= fourth[0] <= case.ceiling:
        before = score(case.bids, case.rules(formula))
        after = score((*case.bids, Bid("D", *fourth)), case.rules(formula))
        first, second = winners(before), winners(after)
        reversal = len(first) == len(second) == 1 and first != second != ("D",)
        stated = numbers(given, "omkering", "zonder", "met")
        totals = [max(entry.total for entry in scores) for scores in (before, after)]
        right = bool(stated) and all(abs(x - y) <= 0.05 + 1e-9 for x, y in zip(stated, totals, strict=True))
    return [Demand(reversal, t("o2.demand_reversal")), Demand(reversal and right, t("o2.demand_totals"), 5)]


def _fixed(case: Case, given: Given) -> list[Demand]:
    """A floor and a ceiling of one's own: all prices between them, the best bid wins, and price keeps its weight."""
    inside = wins = steep = False
    chosen = numbers(given, "vast", "bodem", "plafond")
    if chosen and chosen[0] < chosen[1]:
        floor, ceiling = chosen
        inside = all(floor < bid.price < ceiling for bid in case.bids)
        rules = Rules(case.price_weight, "fixed", floor, ceiling)
        wins = inside and winners(score(case.bids, rules)) == (case.best.name,)
        steep = inside and 10 * case.price_weight / (ceiling - floor) >= case.steepness - 1e-9
    return [
        Demand(inside, t("o2.demand_inside")),
        Demand(wins and steep, t("o2.demand_best", best=case.best.name, points=dutch(case.steepness)), 7),
    ]


def _criteria(case: Case, given: Given) -> list[Demand]:
    """Weights that add up, the city's weight for price, enough criteria, each linked to a krachtlijn."""
    weights, links = given.get("gewichten", {}), given.get("krachtlijnen", {})
    used = [name for name in CRITERIA if weights.get(name, 0) > 0]
    linked = {links[name] for name in used if name in links}
    return [
        Demand(abs(sum(weights.values()) - 100) < 1e-9, t("o2.demand_sum")),
        Demand(weights.get("prijs") == case.price_weight, t("o2.demand_weight")),
        Demand(len(used) >= LEAST_CRITERIA, t("o2.demand_criteria", least=LEAST_CRITERIA)),
        Demand(bool(used) and all(name in links for name in used), t("o2.demand_linked")),
        Demand(len(linked) >= LEAST_KRACHTLIJNEN, t("o2.demand_krachtlijnen", least=LEAST_KRACHTLIJNEN)),
    ]


RIGHT = {"scores": _scores, "winnaars": _winners}
DESIGNS = {"omkering": _reversal, "vast": _fixed, "criteria": _criteria}
