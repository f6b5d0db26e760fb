"""What is right in opdracht O4. Which vignette shows which tactic stands in the lecturer's notebook."""

from vermarkting.cases.o4 import YEARS, Case, clock, drift_with, least_floor, shortest_term
from vermarkting.models.network import Climate, path_success, trust


def _trust(case: Case) -> dict[str, float]:
    start = case.start / 100
    after = {
        "geen": trust(Climate(0, 0, YEARS, start))[-1],
        "samen": trust(Climate(case.joint / 100, case.cycle, YEARS, start))[-1],
        "alleen": trust(Climate(1, case.cycle, YEARS, start))[-1],
    }
    helped = {f"lukt_{name}": path_success(after[name], case.services) for name in ("samen", "alleen")}
    return {name: 100 * value for name, value in (after | helped).items()}


def _means(case: Case) -> dict[str, float]:
    return {
        "kort": clock(case.term, case),
        "lang": clock(case.long_term, case),
        "zittend": clock(case.term, case, case.wins / 100),
    }


def _mission(case: Case) -> dict[str, float]:
    run = drift_with(case.pressure, case.seed, 0)
    return {"zonder": 100 * run.means[-1], "selectie": 100 * run.selected}


RIGHT = {
    "vertrouwen": _trust,
    "klok": _means,
    "termijn": lambda case: float(shortest_term(case)),
    "missie": _mission,
    "vloer": lambda case: float(least_floor(case)),
}
DESIGNS = {}
