"""What is right in opdracht O3, and what a contract of one's own must do there."""

from vermarkting.cases.o3 import ANYWAY, EFFECT_ASKED, HALF, KINDS, MARGIN, Case, outcome_of, rule
from vermarkting.cases.parts import Demand, Given, dutch
from vermarkting.models.creaming import best_months
from vermarkting.models.impact_bond import Bond, pay_out, success_probability, tipping_error
from vermarkting.text import t


def _months(case: Case) -> dict[str, float]:
    months = (best_months(client, case.fee, case.cost_per_month) for client in case.clients)
    return dict(zip(KINDS, months, strict=True))


def _deadweight(case: Case) -> float:
    """Give the share of successes, in percent, that would have come anyway, when all three are accepted."""
    successes = sum(client.success(months) for client, months in zip(case.clients, _months(case).values(), strict=True))
    return 100 * sum(client.chance for client in case.clients) / successes


def _payouts(case: Case) -> dict[str, float]:
    """Give what the outcome payer owes for each result, in euro."""
    return {
        f"r{number}": pay_out(rule(name), result, case.capital, case.years).total
        for number, (name, result) in enumerate(case.results, start=1)
    }


def _false_success(case: Case) -> float:
    baseline = ANYWAY - case.error / 100
    return 100 * success_probability(Bond(case.participants, ANYWAY, 0.0, baseline, MARGIN))


def _tipping_error(case: Case) -> float:
    return 100 * tipping_error(case.chance / 100, case.margin / 100)


def _contract(case: Case, given: Given) -> list[Demand]:
    """A true effect above a quarter; with it nobody refused, half depending on success, all within the budget."""
    found = outcome_of(case, given)
    effect = found is not None and found[0].true_effect > EFFECT_ASKED
    rest = effect and found[0].refused == 0 and found[1] >= HALF - 1e-9 and found[0].payment <= case.budget + 1e-6
    return [
        Demand(effect, t("o3.demand_effect")),
        Demand(rest, t("o3.demand_rest", budget=dutch(case.budget)), 5),
    ]


RIGHT = {
    "maanden": _months,
    "deadweight": _deadweight,
    "uitbetaling": _payouts,
    "vals_succes": _false_success,
    "kantelfout": _tipping_error,
}
DESIGNS = {"contract": _contract}
