"""Answers to O2 worked out apart from the checks: the three formulas written out again."""

from vermarkting import cases

NUMBER = "r0123456"
FORMULAS = ("rule_of_three", "min_max", "fixed")


def totals(formula, bids, weight, floor, ceiling):
    """Give the total of each ``(name, price, quality)``, by name."""
    prices = [price for _, price, _ in bids]
    low, high = min(prices), max(prices)
    share = {
        "rule_of_three": lambda price: low / price,
        "min_max": lambda price: (high - price) / (high - low),
        "fixed": lambda price: (ceiling - price) / (ceiling - floor),
    }[formula]
    return {name: weight * share(price) + quality * (100 - weight) / 100 for name, price, quality in bids}


def perfect(number: str) -> dict[str, object]:
    """Give answers worth all points for the student with this number."""
    case = cases.case("O2", number)
    bids = [(bid.name.lower(), bid.price, bid.quality) for bid in case.bids]
    rules = (case.price_weight, case.floor, case.ceiling)
    found = {formula: totals(formula, bids, *rules) for formula in FORMULAS}
    best = {formula: max(points, key=points.get) for formula, points in found.items()}
    after = totals("min_max", [*bids, ("d", case.ceiling, 5)], *rules)
    # Between the narrowest range of prices by which the best bid wins and the widest that is steep enough.
    widest = 10 * case.price_weight / case.steepness
    low = min(price for _, price, _ in bids) - 2
    return {
        "O2.studentnummer": number,
        "O2.scores": {
            f"{formula}_{name}": round(points, 2) for formula in FORMULAS for name, points in found[formula].items()
        },
        "O2.winnaars": best,
        "O2.omkering_formule": "min_max",
        "O2.omkering": {
            "prijs": case.ceiling,
            "kwaliteit": 5,
            "zonder": round(max(found["min_max"].values()), 2),
            "met": round(max(after.values()), 2),
        },
        "O2.vast": {"bodem": low, "plafond": round(low + widest - 1, 2)},
        "O2.gewichten": {
            "prijs": case.price_weight,
            "toegang": 30,
            "werkwijze": 10,
            "buurt": 60 - case.price_weight,
            "inspraak": 0,
            "signalen": 0,
            "team": 0,
        },
        "O2.krachtlijnen": {
            "toegang": "nabijheid",
            "werkwijze": "procesmatig",
            "buurt": "verbindend",
            "inspraak": "procesmatig",
            "signalen": "politiserend",
            "team": "generalistisch",
        },
    }


PERFECT = perfect(NUMBER)
PERFECT_POINTS = {"o2-scores": 18, "o2-winnaars": 3, "o2-omkering": 12, "o2-vast": 8, "o2-criteria": 5}
