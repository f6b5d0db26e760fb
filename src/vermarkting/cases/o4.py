"""Opdracht O4: trust under tenders, the clock of contracts, the floor under the mission, and six own vignettes.

The settings are those that the sliders of lessons 06 and 07 can take, so that a student can look as well as calculate.
All figures are made up. Which vignette shows which tactic is told to the check, not here: students get this file.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from vermarkting.cases.parts import Given, Table, dutch
from vermarkting.models.continuity import Drift, Market, drift, mean_trust
from vermarkting.personal import Draw
from vermarkting.text import t

YEARS = 12
ROUNDS = 12
VIGNETTES = {
    "a": ("v03", "v05", "v08", "v10", "v12", "v15"),
    "b": ("v02", "v07", "v13"),
    "c": ("v04", "v09", "v14"),
    "d": ("v01", "v06", "v11"),
}
PLACES = ("g1", "g2", "g3", "g4", "g5", "g6")
DOUBT = 0.3  # on 100: a mean so near to its target could be rounded to the wrong side
LEAST_BELOW = 2  # hours between the floor and the goal
DOUBT_FLOOR = 0.1  # the table of lesson 07 has one decimal


@dataclass(frozen=True, slots=True)
class Case:
    """One student's region.

    start: trust at the start, on 100. cycle: years between two tenders. joint: the rivalry on 100 of those
    who bid together. services: how many a client needs.
    build_up, term: years. wins: the chance on 100 that the sitting provider wins again. target: mean trust on 100.
    pressure, seed: the settings of mission drift; goal: the mean mission asked for, in hours on 100.
    vignettes: six of ``VIGNETTES``, in the order of ``PLACES``.
    """

    start: int
    cycle: int
    joint: int
    services: int
    build_up: float
    term: float
    wins: int
    target: int
    pressure: int
    seed: int
    goal: int
    vignettes: tuple[str, ...]

    @property
    def long_term(self) -> float:
        return 2 * self.term


def draw(figures: Draw) -> Case:
    """Draw cases until one has answers that no rounding can change."""
    vignettes = _vignettes(figures)
    while True:
        case = Case(
            start=figures.whole(55, 90, 5),
            cycle=figures.whole(2, 5),
            joint=figures.whole(10, 40, 5),
            services=figures.whole(3, 5),
            build_up=figures.whole(2, 8) / 2,
            term=figures.whole(4, 12) / 2,
            wins=figures.whole(30, 80, 10),
            target=figures.whole(60, 80, 2),
            pressure=figures.whole(1, 6),
            seed=figures.whole(5, 10),
            goal=figures.whole(18, 33),
            vignettes=vignettes,
        )
        if 3 <= shortest_term(case) <= 15 and _clear_term(case) and _clear_floor(case):
            return case


def _vignettes(figures: Draw) -> tuple[str, ...]:
    """Two or three of the first kind and one or two of each other, six in all, in an order of one's own."""
    pool = {kind: list(names) for kind, names in VIGNETTES.items()}
    kinds = ["a", "a", "b", "c", "d", figures.pick("abcd")]
    drawn = []
    for kind in kinds:
        drawn.append(figures.pick(pool[kind]))
        pool[kind].remove(drawn[-1])
    mixed = []
    while drawn:
        mixed.append(figures.pick(drawn))
        drawn.remove(mixed[-1])
    return tuple(mixed)


def shortest_term(case: Case) -> int:
    """Give the least whole number of years with which the mean trust reaches the target, nobody winning again."""
    return next(years for years in count(1) if clock(years, case) >= case.target)


def _clear_term(case: Case) -> bool:
    years = shortest_term(case)
    return all(abs(clock(term, case) - case.target) >= DOUBT for term in (years - 1, years) if term)


def clock(term: float, case: Case, wins: float = 0.0) -> float:
    return 100 * mean_trust(term, case.build_up, wins)


@lru_cache(maxsize=4_000)
def drift_with(pressure: int, seed: int, floor: int) -> Drift:
    return drift(Market(pressure=pressure, floor=floor / 100), ROUNDS, seed)


def mission(case: Case, floor: int) -> float:
    """Give the mean mission after all rounds, in hours on 100, with a floor in per cent."""
    return 100 * drift_with(case.pressure, case.seed, floor).means[-1]


def least_floor(case: Case) -> int:
    """Give the least floor, in whole per cents, with which the mean mission reaches the goal.

    Nobody falls below the floor, so a floor as high as the goal is always enough.
    """
    floor = case.goal
    while floor and mission(case, floor - 1) >= case.goal:
        floor -= 1
    return floor


def _clear_floor(case: Case) -> bool:
    """Say whether the floor cannot be guessed from the goal, no lower one is enough, and no rounding decides."""
    floor = least_floor(case)
    lower = [mission(case, one) for one in range(floor)]
    near = [abs(found - case.goal) for found in (*lower, mission(case, floor))]
    return 0 < floor <= case.goal - LEAST_BELOW and max(lower) < case.goal and min(near) >= DOUBT_FLOOR


def tables(case: Case) -> list[Table]:
    figures = {
        "start": dutch(case.start),
        "cycle": t("o4.years", years=case.cycle),
        "joint": dutch(case.joint),
        "services": dutch(case.services),
        "build_up": t("o4.years", years=dutch(case.build_up)),
        "term": t("o4.years", years=dutch(case.term)),
        "long_term": t("o4.years", years=dutch(case.long_term)),
        "wins": t("o4.chance", chance=case.wins),
        "target": dutch(case.target),
        "pressure": t("o4.of_ten", value=case.pressure),
        "seed": dutch(case.seed),
        "goal": t("o4.hours", hours=case.goal),
    }
    parts = [("1", name) for name in ("start", "cycle", "joint", "services")]
    parts += [("2", name) for name in ("build_up", "term", "long_term", "wins", "target")]
    parts += [("3", name) for name in ("pressure", "seed", "goal")]
    rows = tuple((t(f"o4.figures.{name}"), t("o4.in_part", part=part), figures[name]) for part, name in parts)
    columns = tuple(t(f"o4.{name}") for name in ("figure", "part", "yours"))
    return [Table(t("o4.region"), columns, rows)]


def _vignette_texts(case: Case) -> dict[str, str]:
    return {
        place: t("o4.case", number=number, text=t(f"o4.vignettes.{name}"))
        for number, (place, name) in enumerate(zip(PLACES, case.vignettes, strict=True), start=1)
    }


def _remarks_on_trust(case: Case, given: Given) -> list[str]:
    answer = given.get("vertrouwen", {})
    found = []
    for less, more in (("samen", "geen"), ("alleen", "samen"), ("lukt_alleen", "lukt_samen")):
        if less in answer and more in answer and answer[less] > answer[more]:
            found.append(t(f"o4.remark_{less}"))
    for name in ("samen", "alleen"):
        if name in answer and answer.get(f"lukt_{name}", 0) > answer[name]:
            found.append(t("o4.remark_chain"))
            break
    return found


def _remarks_on_clock(case: Case, given: Given) -> list[str]:
    answer = given.get("klok", {})
    return [
        t(f"o4.remark_{more}")
        for more in ("lang", "zittend")
        if "kort" in answer and more in answer and answer[more] < answer["kort"]
    ]


def _remarks_on_mission(case: Case, given: Given) -> list[str]:
    return [t("o4.remark_selection")] if given.get("missie", {}).get("selectie", 0) > 0 else []


def _remarks_on_floor(case: Case, given: Given) -> list[str]:
    return [t("o4.remark_floor")] if given.get("vloer", 0) > case.goal else []


def _remarks_on_cases(case: Case, given: Given) -> list[str]:
    answer = given.get("gevallen", {})
    none = len(answer) == len(PLACES) and "verboden" not in answer.values()
    return [t("o4.remark_cases")] if none else []


TEXTS = {"gevallen": _vignette_texts}
REMARKS = {
    "vertrouwen": _remarks_on_trust,
    "klok": _remarks_on_clock,
    "missie": _remarks_on_mission,
    "vloer": _remarks_on_floor,
    "gevallen": _remarks_on_cases,
}
