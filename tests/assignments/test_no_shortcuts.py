"""Over thousands of student numbers: nobody earns much by one constant answer, rounding as shown costs nothing, and
a wrong method earns nothing."""

from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from math import exp, log, log10

import pytest
from courses import graded, hidden_check
from o6_answers import perfect as o6_perfect
from own_parts import solution

from vermarkting import cases, keys
from vermarkting.cases import o3, o4
from vermarkting.grading import checks
from vermarkting.models.krachtlijnen import KRACHTLIJNEN

NUMBERS = [f"r{1_000_000 + 37 * place}" for place in range(3_000)]
MANY = {"O2": NUMBERS[::3], "O3": NUMBERS, "O4": NUMBERS[::12], "O5": NUMBERS[::6]}  # drawing takes O4 and O5 longer
SOME = NUMBERS[::24]
MOST = 0.2  # of the points of a part
KEYED = [(assignment, name) for assignment in cases.ASSIGNMENTS for name in keys.file(assignment).RIGHT]
SORTED = {"O2.winnaars": "o2-winnaars", "O5.houding": "o5-houding", "O5.niveau": "o5-niveau"}
DESIGNS = {
    "o2-omkering": {"O2.omkering_formule": "min_max", "O2.omkering": {"kwaliteit": 0, "zonder": 70, "met": 70}},
    "o2-vast": {"O2.vast": {"bodem": 1, "plafond": 5_000}},
    "o3-contract": {"O3.contract": {"tarief": 20_000, "vast": 10_000, "maanden": 12}},
}


@cache
def check_of(cell: str) -> tuple[str, tuple, dict]:
    """Give the hidden check of a cell such as ``o2-vast``."""
    return hidden_check(graded(solution(cell[:2].upper()))[cell]["source"])


def earned(cell: str, answers: dict) -> float:
    """Give the share of the points of one cell."""
    name, arguments, keywords = check_of(cell)
    found = checks.evaluate(name, answers, *arguments, **keywords)
    return found.points / found.of


@cache
def right(assignment: str, name: str, number: str) -> dict[str, object]:
    found = keys.file(assignment).RIGHT[name](cases.case(assignment, number))
    return found if isinstance(found, dict) else {"": found}


def constants(assignment: str, name: str) -> list[dict[str, object]]:
    """Give what is worth trying: per item what is right most often, and one and the same for all."""
    by_item: dict[str, Counter] = defaultdict(Counter)
    for key in (right(assignment, name, number) for number in MANY[assignment]):
        for item, value in key.items():
            by_item[item][value] += 1
    best = {item: counts.most_common(1)[0][0] for item, counts in by_item.items()}
    every = sum(by_item.values(), Counter()).most_common(3)
    return [best, *(dict.fromkeys(best, value) for value, _ in every)]


@pytest.mark.parametrize(("assignment", "name"), [one for one in KEYED if ".".join(one) not in SORTED])
def test_no_constant_number_earns_much_for_most(assignment, name):
    for constant in constants(assignment, name):
        shares = []
        for number in MANY[assignment]:
            key = right(assignment, name, number)
            shares.append(sum(constant[item] == value for item, value in key.items()) / len(key))
        assert sum(share > MOST for share in shares) < len(shares) / 2
        assert sum(shares) / len(shares) <= MOST + 0.05


@pytest.mark.parametrize("question_id", SORTED)
def test_no_constant_sorting_earns_much_for_most(question_id):
    assignment, _, name = question_id.partition(".")
    cell = SORTED[question_id]
    numbers = MANY[assignment][::4]
    for constant in constants(assignment, name):
        answers = [{f"{assignment}.studentnummer": number, question_id: constant} for number in numbers]
        shares = [earned(cell, answer) for answer in answers]
        assert sum(share > MOST for share in shares) < len(shares) / 2
        assert sum(shares) / len(shares) <= MOST


def test_who_is_best_and_who_is_second_wins_nothing_without_the_totals():
    """For every student the best bid wins twice and the second once: that can be seen without calculating."""
    for number in SOME:
        best, second = cases.case("O2", number).best.name.lower(), cases.case("O2", number).middle.name.lower()
        seen = {"O2.winnaars": {"rule_of_three": best, "min_max": second, "fixed": best}}
        answers = {"O2.studentnummer": number, **seen}
        assert earned("o2-winnaars", answers) == 0
        right_totals = right("O2", "scores", number)
        assert earned("o2-winnaars", answers | {"O2.scores": right_totals}) == 1
        guessed = {name: round(total) + 1 for name, total in right_totals.items()}
        assert earned("o2-winnaars", answers | {"O2.scores": guessed}) == 0


def test_one_scan_for_all_earns_little_for_most():
    """The best list there is: for each krachtlijn the argument that most students may choose."""
    scans = [cases.case("O5", number).grounds for number in MANY["O5"]]
    best = [Counter(name for scan in scans for name in scan[place]).most_common(1)[0][0] for place in range(5)]
    shared = {name: {"score": "-1", "ground": ground} for name, ground in zip(KRACHTLIJNEN, best, strict=True)}
    answers = [{"O5.studentnummer": number, "O5.scan": shared} for number in MANY["O5"][::4]]
    shares = [earned("o5-scan", answer) for answer in answers]
    assert sum(share > MOST for share in shares) < len(shares) / 2
    assert sum(shares) / len(shares) <= 0.3


def test_one_map_for_all_earns_little():
    """The whole of another's map; premises and reasons are for a person to judge."""
    shared = o6_perfect(NUMBERS[0])
    earned_here = [earned("o6-kaart", shared | {"O6.studentnummer": number}) for number in SOME[1:]]
    assert all(share <= MOST for share in earned_here if share < 1)
    assert sum(share < 1 for share in earned_here) >= 0.95 * len(earned_here)


@pytest.mark.parametrize("category", ["verboden", "samen", "door", "gewoon"])
def test_one_category_for_all_vignettes_earns_nothing(category):
    for number in SOME:
        answers = {"O4.studentnummer": number, "O4.gevallen": dict.fromkeys(o4.PLACES, category)}
        assert earned("o4-gevallen", answers) == 0


@pytest.mark.parametrize("cell", DESIGNS)
def test_a_design_without_calculating_earns_little(cell):
    assignment = cell[:2].upper()
    for number in SOME:
        answers = {f"{assignment}.studentnummer": number, **DESIGNS[cell]}
        if cell == "o2-omkering":
            case = cases.case("O2", number)
            answers["O2.omkering"] = {**answers["O2.omkering"], "prijs": case.ceiling}
        assert earned(cell, answers) <= MOST


@pytest.mark.parametrize("name", ["houding", "niveau"])
def test_one_statement_more_right_is_never_worth_more_than_a_third(name):
    key = right("O5", name, SOME[0])
    other = {"offensief": "defensief", "defensief": "offensief", "micro": "macro", "meso": "macro", "macro": "meso"}
    shares = []
    for wrong in range(len(key) + 1):
        answer = {u: other[tag] if place < wrong else tag for place, (u, tag) in enumerate(key.items())}
        shares.append(earned(f"o5-{name}", {"O5.studentnummer": SOME[0], f"O5.{name}": answer}))
    assert max(more - less for more, less in pairwise(shares)) <= 1 / 3 + 0.01


def test_no_item_says_the_same_for_nearly_everybody():
    for assignment, name in KEYED:
        if f"{assignment}.{name}" in SORTED:
            continue
        for item in right(assignment, name, NUMBERS[0]):
            counts = Counter(right(assignment, name, number)[item] for number in MANY[assignment])
            assert counts.most_common(1)[0][1] <= 0.55 * len(MANY[assignment]), (assignment, name, item)
    chain = [right("O5", "keten", number) for number in MANY["O5"]]
    for one, other in (("vergadering", "nu"), ("vergadering", "enquete")):
        assert sum(key[one] == key[other] for key in chain) < 0.8 * len(chain)


# Tolerances


def months(chance: float, case: o3.Case, decimals: int | None = None) -> float:
    """Work out the months as the assignment does, every step rounded."""
    effect = 0.15 + 0.9 * chance
    worth = case.fee * effect * (1 - chance) / case.cost_per_month
    if decimals is not None:
        effect, worth = round(effect, decimals), round(worth, decimals)
    return log(worth) / effect if worth > 1 else 0.0


WRONG_MONTHS = {
    "the other logarithm": lambda b, w: log10(w * (0.15 + 0.9 * b) * (1 - b)) / (0.15 + 0.9 * b),
    "not divided by a": lambda b, w: log(w * (0.15 + 0.9 * b) * (1 - b)),
    "without 1 - b": lambda b, w: log(w * (0.15 + 0.9 * b)) / (0.15 + 0.9 * b),
    "without a": lambda b, w: log(w * (1 - b)) / (0.15 + 0.9 * b),
    "without 0.15": lambda b, w: log(w * 0.9 * b * (1 - b)) / (0.9 * b),
    "no logarithm": lambda b, w: w * (0.15 + 0.9 * b) * (1 - b),
    "1 - b for b": lambda b, w: log(w * (1.05 - 0.9 * b) * (1 - b)) / (1.05 - 0.9 * b),
}


def test_months_accept_three_decimals_on_the_way_and_refuse_a_wrong_method():
    accepted, clients = Counter(), 0
    for number in NUMBERS:
        case = cases.case("O3", number)
        for client, exact in zip(case.clients, right("O3", "maanden", number).values(), strict=True):
            assert abs(round(months(client.chance, case, 3), 2) - exact) <= 0.05
            clients += 1
            for name, work_out in WRONG_MONTHS.items():
                found = max(0.0, work_out(client.chance, case.fee / case.cost_per_month))
                accepted[name] += exact > 0 and abs(round(found, 2) - exact) <= 0.05
    assert max(accepted.values()) <= 0.07 * clients, accepted


def test_a_false_success_read_off_is_accepted_and_that_of_another_baseline_is_not():
    accepted = 0
    for number in SOME:
        case = cases.case("O3", number)
        exact = right("O3", "vals_succes", number)[""]
        for shown in (round(exact), round(exact, 1)):
            assert earned("o3-vals-succes", {"O3.studentnummer": number, "O3.vals_succes": shown}) == 1
        lower = o3.Bond(case.participants, o3.ANYWAY, 0.0, o3.ANYWAY - (case.error + 1) / 100, o3.MARGIN)
        other = round(100 * o3.success_probability(lower))
        accepted += earned("o3-vals-succes", {"O3.studentnummer": number, "O3.vals_succes": other}) > 0
    assert accepted <= 0.05 * len(SOME)


def test_trust_accepts_four_decimals_a_year_and_one_at_the_end():
    for number in SOME:
        case, exact = cases.case("O4", number), right("O4", "vertrouwen", number)
        found = {}
        for name, rivalry in (("geen", 0.0), ("samen", case.joint / 100), ("alleen", 1.0)):
            trust = case.start / 100
            for year in range(1, 13):
                lost = 0.35 * rivalry * trust if year % case.cycle == 0 else 0.0
                trust = round(trust + round(0.1 * (1 - trust), 4) - round(lost, 4), 4)
            found[name] = trust
        found |= {f"lukt_{name}": found[name] ** (case.services - 1) for name in ("samen", "alleen")}
        assert all(abs(round(100 * found[name], 1) - value) <= 0.3 for name, value in exact.items())


def test_the_clock_accepts_three_decimals_and_refuses_a_term_that_is_not_divided():
    refused = 0
    for number in SOME:
        case = cases.case("O4", number)
        exact = right("O4", "klok", number)["kort"]
        ratio = round(case.build_up / case.term, 3)
        assert abs(round(100 * (1 - ratio * round(1 - exp(-1 / ratio), 3)), 1) - exact) <= 0.3
        refused += abs(100 * (1 - exp(-1 / ratio)) - exact) > 0.3
    assert refused > 0.95 * len(SOME)
