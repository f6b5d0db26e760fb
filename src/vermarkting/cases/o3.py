"""Opdracht O3: three clients, a contract with refusing allowed, four pay-outs, luck and a wrong baseline of one's own.

The contract is for the ten clients of lesson 4. Its budget lies a little above what it costs to keep everybody in, with
enough months for the effect asked for and half of the money depending on success. All figures are made up, except for
the pay-out rules, which come from ``payout_rules.csv``.
"""

import math
from dataclasses import dataclass

from vermarkting import data
from vermarkting.cases.parts import Given, Table, dutch, numbers
from vermarkting.models.creaming import CLIENTS, Client, Contract, Outcome, best_months, run
from vermarkting.models.impact_bond import Bond, Step, success_probability
from vermarkting.personal import Draw
from vermarkting.text import t

KINDS = ("moeilijk", "midden", "makkelijk")
EFFECT_ASKED = 0.25
MONTHS = 1.75  # of help for each of the ten clients: enough for the effect asked for
ROOM = 1.08  # the budget, in times what that costs
HALF = 0.5  # of what the city pays must depend on success
ANYWAY, MARGIN = 0.30, 0.10  # as in lesson 5


@dataclass(frozen=True, slots=True)
class Case:
    """One student's figures.

    clients: three, from the hardest to the easiest. fee, cost_per_month, fixed_cost, budget: euro.
    capital: euro. results: the four results to pay for, ``(rule, result)``, in the unit of the rule.
    participants, error: the group, and how many points the baseline lies too low, for the chance of a false success.
    chance, margin: percent, for the error at which the target is no more than what happens anyway.
    """

    clients: tuple[Client, ...]
    fee: int
    cost_per_month: int
    fixed_cost: int
    budget: int
    capital: int
    years: int
    results: tuple[tuple[str, int], ...]
    participants: int
    error: int
    chance: int
    margin: int


def draw(figures: Draw) -> Case:
    """Draw cases until one gives a task that can be solved and is not trivial."""
    while True:
        chances = (figures.whole(4, 12), figures.whole(24, 36), figures.whole(70, 86))
        cost_per_month, fixed_cost = figures.whole(400, 600, 20), figures.whole(700, 1300, 20)
        case = Case(
            clients=tuple(Client(chance / 100) for chance in chances),
            fee=figures.whole(3_000, 5_000, 100),
            cost_per_month=cost_per_month,
            fixed_cost=fixed_cost,
            budget=_budget(cost_per_month, fixed_cost),
            capital=figures.whole(600_000, 1_500_000, 20_000),
            years=figures.whole(3, 6),
            results=(
                ("iod", _first_result(figures)),
                ("iod", figures.whole(55, 95)),
                ("newpin", figures.pick((figures.whole(56, 59), figures.whole(61, 64)))),
                ("newpin", figures.pick((figures.whole(66, 69), figures.whole(71, 78)))),
            ),
            participants=figures.whole(40, 800),
            error=figures.whole(0, 5),
            chance=figures.whole(24, 60),
            margin=figures.whole(5, 25),
        )
        hard, middle, easy = (best_months(client, case.fee, case.cost_per_month) for client in case.clients)
        luck = success_probability(Bond(case.participants, ANYWAY, 0.0, ANYWAY - case.error / 100, MARGIN))
        if hard > 0.3 and middle > 0.3 and not 0 < easy < 0.4 and 0.05 <= luck <= 0.95:
            return case


def _first_result(figures: Draw) -> int:
    """Give a result that pays nothing for one student in five: more often, and nothing is what one guesses."""
    worse, better = figures.whole(-20, -2), figures.whole(5, 45)
    return figures.pick((worse, better, better, better, better))


def _budget(cost_per_month: int, fixed_cost: int) -> int:
    """Give the budget in euro: ``ROOM`` times the least for which nobody is refused and half depends on success.

    The lump sum L and the fee F follow from two equations: the hardest client brings no loss, L + F p = the costs of
    one client; and half of the money is for successes, F times all successes = 10 L.
    """
    cost = cost_per_month * MONTHS + fixed_cost
    chances = [client.success(MONTHS) for client in CLIENTS]
    fee = len(CLIENTS) * cost / (sum(chances) + len(CLIENTS) * min(chances))
    return math.ceil(ROOM * 2 * fee * sum(chances) / 100) * 100


def contract_of(case: Case, fee: float, lump_sum: float, minimum_months: float) -> Contract:
    """Give a contract under which the provider may refuse, with the costs of the case."""
    return Contract(
        fee=fee,
        lump_sum=lump_sum,
        may_refuse=True,
        minimum_months=minimum_months,
        fixed_cost=case.fixed_cost,
        cost_per_month=case.cost_per_month,
    )


def rule(name: str) -> tuple[Step, ...]:
    """Give a pay-out rule of ``payout_rules.csv`` as the model wants it."""
    percent = ("capital_back_pct", "rate_pct", "rate_at_end_pct")
    rows = [row for row in data.rows("payout_rules") if row["rule"] == name]
    return tuple(Step(row["from_result"], *(row[field] / 100 for field in percent)) for row in rows)


def tables(case: Case) -> list[Table]:
    clients = {
        t(f"o3.kinds.{kind}"): t("o3.in_hundred", number=round(100 * client.chance))
        for kind, client in zip(KINDS, case.clients, strict=True)
    }
    pay = {t("o3.fee"): _euro(case.fee), t("o3.cost_per_month"): _euro(case.cost_per_month)}
    costs = {
        t("o3.cost_per_month"): _euro(case.cost_per_month),
        t("o3.fixed_cost"): _euro(case.fixed_cost),
        t("o3.budget"): _euro(case.budget),
    }
    results = {
        t("o3.result", number=number): _result(name, result)
        for number, (name, result) in enumerate(case.results, start=1)
    }
    bond = {t("o3.capital"): _euro(case.capital), t("o3.term"): t("o3.years", years=case.years), **results}
    luck = {
        t("o3.participants"): t("o3.people", number=case.participants),
        t("o3.baseline"): t("o3.in_hundred", number=round(100 * ANYWAY) - case.error),
    }
    tipping = {
        t("o3.chance"): t("o3.in_hundred", number=case.chance),
        t("o3.margin"): t("o3.better", number=case.margin),
    }
    return [
        _table("deel1", "clients", clients),
        _table("deel1", "pay", pay),
        _table("deel2", "costs", costs),
        _table("deel3", "bond", bond),
        _table("deel4", "luck", luck),
        _table("deel5", "tipping", tipping),
    ]


def _table(part: str, name: str, rows: dict[str, str]) -> Table:
    columns = (t("o3.client"), t("o3.chance_without")) if name == "clients" else (t("o3.what"), t("o3.figure"))
    return Table(t(f"o3.captions.{name}"), columns, tuple(rows.items()), part)


def _result(name: str, result: int) -> str:
    return t(f"o3.results.{name}_worse" if result < 0 else f"o3.results.{name}", result=abs(result))


def _euro(amount: float) -> str:
    return t("o3.euro", amount=dutch(amount))


def outcome_of(case: Case, given: Given) -> tuple[Outcome, float] | None:
    """Give what the student's contract leads to and the share of the money that depends on success."""
    chosen = numbers(given, "contract", "tarief", "vast", "maanden")
    if not chosen:
        return None
    outcome = run(contract_of(case, *chosen))
    certain = chosen[1] * (len(CLIENTS) - outcome.refused)
    return outcome, 1 - certain / outcome.payment if outcome.payment else 0.0


def _remarks_on_months(case: Case, given: Given) -> list[str]:
    most = case.fee / case.cost_per_month
    return [
        t("o3.remark_months", client=t(f"o3.kinds.{kind}"))
        for kind, months in given.get("maanden", {}).items()
        if months > most
    ]


def _remarks_on_deadweight(case: Case, given: Given) -> list[str]:
    # Nobody can succeed more than once, so the share is at least the mean chance.
    least = 100 * sum(client.chance for client in case.clients) / len(case.clients)
    return [t("o3.remark_deadweight")] if given.get("deadweight", 100) < least - 1 else []


def _remarks_on_payouts(case: Case, given: Given) -> list[str]:
    found = []
    for number, (name, _) in enumerate(case.results, start=1):
        best = case.capital * (1 + max(step.rate for step in rule(name))) ** case.years
        if given.get("uitbetaling", {}).get(f"r{number}", 0) > 1.01 * best:
            found.append(t("o3.remark_payout", number=number))
    return found


def _remarks_on_tipping(case: Case, given: Given) -> list[str]:
    return [t("o3.remark_tipping")] if given.get("kantelfout", 0) >= case.chance else []


def _remarks_on_contract(case: Case, given: Given) -> list[str]:
    """Say what the model makes of the contract. The student compares that with what is asked."""
    found = outcome_of(case, given)
    if not found:
        return []
    outcome, share = found
    words = {
        "accepted": len(CLIENTS) - outcome.refused,
        "effect": dutch(100 * outcome.true_effect, 1),
        "payment": dutch(outcome.payment, 0),
        "share": dutch(100 * share, 1),
    }
    return [t("o3.remark_contract", **words)]


REMARKS = {
    "maanden": _remarks_on_months,
    "deadweight": _remarks_on_deadweight,
    "uitbetaling": _remarks_on_payouts,
    "kantelfout": _remarks_on_tipping,
    "contract": _remarks_on_contract,
}
