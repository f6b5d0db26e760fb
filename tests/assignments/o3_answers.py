"""Answers to O3 worked out apart from the checks: the rules as the assignment tells them, written out again."""

from math import comb, exp, log

from vermarkting import cases

NUMBER = "r0123456"
KINDS = ("moeilijk", "midden", "makkelijk")
TEN = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def worth_of_first_month(chance, fee, cost):
    return fee * (0.15 + 0.9 * chance) * (1 - chance) / cost


def months(chance, fee, cost):
    worth = worth_of_first_month(chance, fee, cost)
    return log(worth) / (0.15 + 0.9 * chance) if worth > 1 else 0.0


def with_help(chance, fee, cost):
    worth = worth_of_first_month(chance, fee, cost)
    return 1 - (1 - chance) / worth if worth > 1 else chance


def after(chance, given):
    """Give the chance of success after so many months of help."""
    return 1 - (1 - chance) * exp(-(0.15 + 0.9 * chance) * given)


def paid(rule, result, capital, years):
    """Give what the government pays, from the table in the assignment."""
    if rule == "iod":
        if result < 1:
            return 0.0
        rate = 0.0 if result < 50 else min(7.5, (result - 50) / 50 * 7.5)
    else:
        rate = next((rate for least, rate in ((70, 15), (65, 12), (60, 7.5), (55, 3)) if result >= least), 0)
    return capital * (1 + rate / 100) ** years


def false_success(participants, baseline):
    """Give the chance in percent that a group of which 30 on 100 succeed anyway is 10 percent above the baseline."""
    target = -(-participants * baseline * 110 // 10_000)
    ways = sum(comb(participants, k) * 3**k * 7 ** (participants - k) for k in range(target, participants + 1))
    return 100 * ways / 10**participants


def contract(case):
    """Give a fee and a lump sum a little above the least with which everybody is in and half depends on success."""
    given = 1.75
    cost = given * case.cost_per_month + case.fixed_cost
    chances = [after(chance, given) for chance in TEN]
    fee = 10 * cost / (sum(chances) + 10 * min(chances))
    return {"tarief": round(1.04 * fee), "vast": round(1.02 * (cost - fee * min(chances))), "maanden": given}


def perfect(number: str) -> dict[str, object]:
    """Give answers worth all points for the student with this number."""
    case = cases.case("O3", number)
    chances = [client.chance for client in case.clients]
    successes = [with_help(chance, case.fee, case.cost_per_month) for chance in chances]
    return {
        "O3.studentnummer": number,
        "O3.maanden": {
            kind: round(months(chance, case.fee, case.cost_per_month), 2)
            for kind, chance in zip(KINDS, chances, strict=True)
        },
        "O3.deadweight": round(100 * sum(chances) / sum(successes), 1),
        "O3.contract": contract(case),
        "O3.uitbetaling": {
            f"r{place}": round(paid(rule, result, case.capital, case.years), 2)
            for place, (rule, result) in enumerate(case.results, start=1)
        },
        "O3.vals_succes": round(false_success(case.participants, 30 - case.error), 1),
        "O3.kantelfout": round(case.chance - case.chance / (1 + case.margin / 100), 2),
    }


PERFECT = perfect(NUMBER)
PERFECT_POINTS = {
    "o3-maanden": 6,
    "o3-deadweight": 4,
    "o3-contract": 12,
    "o3-uitbetaling": 8,
    "o3-vals-succes": 5,
    "o3-kantelfout": 5,
}
