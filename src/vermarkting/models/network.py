"""A service network under tenders: what trust, time and shape do to a client who needs several services.

Twelve organisations, ties between some of them. A client who needs k services is handed over k - 1 times, and is helped
when every hand-over works. Along one path of equal ties with strength t that chance is t^(k-1) (``path_success``).
Two things make the strength of a tie, and the strength is their product:

- trust, the same for all ties. Each year it grows by GROWTH * (1 - trust); in a year with a tender it also loses
  DAMAGE * rivalry * trust. Rivalry is 0 without a struggle, CONSORTIUM_RIVALRY for a joint bid, 1 for everybody alone.
- time: BEST_TIE - upkeep * (the ties of both organisations together), never below 0. A hub that is paid for its work as
  a hub has people for it: its own ties then cost it no time.

Between organisations without a tie the client goes by others, over the chain of ties that works best.

Sources: of four American networks the densest was not the best, but one with a strong, funded core (Provan & Milward
1995; Milward & Provan 1998, JPART 8(2), 203-221). Raeymaeckers (2016) argues that tenders turn partners into rivals.
Degree centralisation is Freeman's (1978), Centrality in social networks, Social Networks 1(3), 215-239.
Ours, and stylised: every other formula and number here, twelve organisations, services drawn with equal chance, one
trust for all, and that a tender lets in a newcomer who is trusted at once.
Left out: what services themselves are worth, power within the network, conflicts, people who leave, money.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import perm
from random import Random

from vermarkting.models.parameters import ParameterError, check_choice, check_range, check_whole
from vermarkting.text import t

Tie = tuple[int, int]  # two organisations, the lower number first

ORGANISATIONS = 12
GROWTH = 0.10  # of the trust still missing, a year
DAMAGE = 0.35  # of the trust there is, in a tender year at full rivalry
CONSORTIUM_RIVALRY = 0.15
TRUST_AT_START = 0.8
BEST_TIE = 0.95  # with full trust and all the time in the world one in twenty hand-overs still goes wrong
MOST_SERVICES = 5
TIES_OF_NEWCOMER = 3


@dataclass(frozen=True, slots=True)
class Climate:
    """What happens to trust over the years.

    rivalry: how hard organisations fight for a tender, 0 (not) to 1 (everybody alone against everybody).
    cycle: years between two tenders, 1 to 12; 0 means that there is never one.
    years: years that pass, 0 to 40.
    start: trust at the start, 0 to 1.

    Raises ``ParameterError`` outside these ranges.
    """

    rivalry: float = 1.0
    cycle: int = 3
    years: int = 12
    start: float = TRUST_AT_START

    def __post_init__(self) -> None:
        check_range("rivalry", self.rivalry, 0, 1)
        check_whole("cycle", self.cycle, 0, 12)
        check_whole("years", self.years, 0, 40)
        check_range("trust", self.start, 0, 1)

    @property
    def tenders(self) -> tuple[int, ...]:
        """The years, counted from 1, in which there is a tender."""
        return tuple(range(self.cycle, self.years + 1, self.cycle)) if self.cycle else ()


def trust(climate: Climate) -> tuple[float, ...]:
    """Give trust (0 to 1) at the start and after each year."""
    tenders = set(climate.tenders)
    found = [climate.start]
    for year in range(1, climate.years + 1):
        now = found[-1]
        lost = DAMAGE * climate.rivalry * now if year in tenders else 0
        found.append(now + GROWTH * (1 - now) - lost)
    return tuple(found)


def path_success(strength: float, services: int) -> float:
    """Give the chance of getting all of ``services`` (1 to 12) over ties that all have one ``strength`` (0 to 1)."""
    check_range("trust", strength, 0, 1)
    check_whole("services", services, 1, ORGANISATIONS)
    return strength ** (services - 1)


# Shapes and moves: a network is a sorted tuple of ties.


def _checked(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Give the ties; raise ``ParameterError`` unless each joins two different organisations of 0 to 11, lower first."""
    ties = tuple(ties)
    for one, other in ties:
        check_whole("organisation", one, 0, ORGANISATIONS - 1)
        check_whole("organisation", other, 0, ORGANISATIONS - 1)
        if one >= other:
            raise ParameterError(t("parameters.same_organisation"))
    return ties


def _pairs(organisations: int) -> list[Tie]:
    return list(combinations(range(organisations), 2))


def random_ties(count: int, seed: int, organisations: int = ORGANISATIONS) -> tuple[Tie, ...]:
    """Give ``count`` different ties between the first ``organisations`` (2 to 12), drawn with a seed."""
    check_whole("organisations", organisations, 2, ORGANISATIONS)
    check_whole("ties", count, 0, len(_pairs(organisations)))
    return tuple(sorted(Random(seed).sample(_pairs(organisations), count)))


SHAPES: dict[str, tuple[Tie, ...]] = {
    "ring": tuple(sorted((min(i, j), max(i, j)) for i in range(ORGANISATIONS) for j in [(i + 1) % ORGANISATIONS])),
    "star": tuple((0, i) for i in range(1, ORGANISATIONS)),
    "moderate": random_ties(22, seed=7),
    "full": tuple(_pairs(ORGANISATIONS)),
    "closed": random_ties(18, seed=7, organisations=9),  # the last three stand outside
}


def shape(name: str) -> tuple[Tie, ...]:
    """Give the ties of a known shape. Raises ``ParameterError`` for another name."""
    check_choice("shape", name, SHAPES)
    return SHAPES[name]


def toggle(ties: Iterable[Tie], one: int, other: int) -> tuple[Tie, ...]:
    """Cut the tie between two organisations (0 to 11), or lay it where there is none."""
    for organisation in (one, other):
        check_whole("organisation", organisation, 0, ORGANISATIONS - 1)
    if one == other:
        raise ParameterError(t("parameters.same_organisation"))
    return tuple(sorted(set(ties) ^ {(min(one, other), max(one, other))}))


def outsiders(ties: Iterable[Tie]) -> tuple[int, ...]:
    """Give the organisations without any tie. Raises ``ParameterError`` for a tie that is none."""
    ties = _checked(ties)
    tied = {organisation for tie in ties for organisation in tie}
    return tuple(sorted(set(range(ORGANISATIONS)) - tied))


def let_in(ties: Iterable[Tie], newcomers: int) -> tuple[Tie, ...]:
    """Let the first ``newcomers`` (0 to 40) outsiders in, each tied to the TIES_OF_NEWCOMER least busy insiders."""
    check_whole("tenders", newcomers, 0, 40)
    found = list(_checked(ties))
    for newcomer in outsiders(found)[:newcomers]:
        degree = degrees(found)
        inside = sorted((i for i in range(ORGANISATIONS) if degree[i]), key=lambda i: (degree[i], i))
        found += [(min(i, newcomer), max(i, newcomer)) for i in inside[:TIES_OF_NEWCOMER]]
    return tuple(sorted(found))


# Measures of a network


def degrees(ties: Iterable[Tie]) -> tuple[int, ...]:
    """Give the number of ties of each organisation."""
    found = [0] * ORGANISATIONS
    for one, other in _checked(ties):
        found[one] += 1
        found[other] += 1
    return tuple(found)


def density(ties: tuple[Tie, ...]) -> float:
    """Give the share (0 to 1) of all possible ties that are there."""
    return len(ties) / len(_pairs(ORGANISATIONS))


def centralisation(ties: tuple[Tie, ...]) -> float:
    """Give Freeman's degree centralisation: 0 where all have as many ties, 1 in a star."""
    degree = degrees(ties)
    return sum(max(degree) - d for d in degree) / ((ORGANISATIONS - 1) * (ORGANISATIONS - 2))


def hub(ties: tuple[Tie, ...]) -> int:
    """Give the organisation with the most ties; of equals the first."""
    degree = degrees(ties)
    return degree.index(max(degree))


def groups(ties: Iterable[Tie], without: int | None = None) -> tuple[frozenset[int], ...]:
    """Give the groups within which everybody can reach everybody, one organisation left out if so asked."""
    left = set(range(ORGANISATIONS)) - {without}
    neighbours: dict[int, set[int]] = {i: set() for i in left}
    for one, other in _checked(ties):
        if without not in (one, other):
            neighbours[one].add(other)
            neighbours[other].add(one)
    found = []
    while left:
        group, edge = set(), {min(left)}
        while edge:
            group |= edge
            edge = {far for near in edge for far in neighbours[near]} - group
        found.append(frozenset(group))
        left -= group
    return tuple(found)


def resilience(ties: tuple[Tie, ...]) -> float:
    """Give the share (0 to 1) of pairs that still reach each other when the busiest organisation falls away."""
    rest = ORGANISATIONS - 1
    reached = sum(len(group) * (len(group) - 1) for group in groups(ties, without=hub(ties)))
    return reached / (rest * (rest - 1))


# What a client meets


def time_left(ties: tuple[Tie, ...], upkeep: float, hub_paid: bool = False) -> tuple[float, ...]:
    """Give for each tie what limited time leaves of it, 0 to BEST_TIE.

    upkeep: what every tie of either side takes off, 0 to 0.05.
    hub_paid: the organisation with the most ties is paid for them, so that they cost it no time.
    """
    check_range("upkeep", upkeep, 0, 0.05)
    load = list(degrees(ties))
    if hub_paid:
        load[hub(ties)] = 0
    return tuple(max(0.0, BEST_TIE - upkeep * (load[one] + load[other])) for one, other in ties)


def handovers(ties: tuple[Tie, ...], strengths: tuple[float, ...]) -> list[list[float]]:
    """Give the chance that a client gets from each organisation to each other, by the chain that works best.

    ``strengths`` has one number from 0 to 1 for each tie; the diagonal of the answer is 0 and means nothing.
    Raises ``ParameterError`` for other numbers, another count, or a tie that is none.
    """
    ties = _checked(ties)
    check_whole("strengths", len(strengths), len(ties), len(ties))
    for strength in strengths:
        check_range("strength", strength, 0, 1)
    found = [[0.0] * ORGANISATIONS for _ in range(ORGANISATIONS)]
    for (one, other), strength in zip(ties, strengths, strict=True):
        found[one][other] = found[other][one] = strength
    for between in range(ORGANISATIONS):
        onward = found[between]
        for start in range(ORGANISATIONS):
            first = found[start][between]
            if first and start != between:
                row = found[start]
                for end in range(ORGANISATIONS):
                    if end != start and first * onward[end] > row[end]:
                        row[end] = first * onward[end]
    return found


def client_success(chances: list[list[float]], most: int = MOST_SERVICES) -> tuple[float, ...]:
    """Give the chance of getting all of 1, 2 … ``most`` (1 to 5) services, over all orders of different services.

    ``chances`` is what ``handovers`` gives: a row of 12 chances for each organisation (else ``ParameterError``). Exact:
    no draw is made, each order of services is counted once.
    """
    for row in (chances, *chances):
        check_whole("organisations", len(row), ORGANISATIONS, ORGANISATIONS)
    check_whole("services", most, 1, MOST_SERVICES)
    found = [1.0]
    ends = {(1 << last) * ORGANISATIONS + last: 1.0 for last in range(ORGANISATIONS)}  # visited and last, in one key
    for services in range(2, most + 1):
        total, longer = 0.0, {}
        for key, chance in ends.items():
            visited, last = divmod(key, ORGANISATIONS)
            for after, onward in enumerate(chances[last]):
                bit = 1 << after
                if onward and not visited & bit:
                    total += chance * onward
                    if services < most:
                        new = (visited | bit) * ORGANISATIONS + after
                        longer[new] = longer.get(new, 0.0) + chance * onward
        ends = longer
        found.append(total / perm(ORGANISATIONS, services))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Region:
    """A network after some years.

    ties, strengths: the ties at the end and the strength (0 to 1) of each.
    trust: at the start and after each year.
    success: the chance of getting all services for a client who needs 1, 2, … of them.
    outside: organisations without any tie at the end.
    """

    ties: tuple[Tie, ...]
    strengths: tuple[float, ...]
    trust: tuple[float, ...]
    success: tuple[float, ...]
    outside: tuple[int, ...]


FULL_TRUST = Climate(rivalry=0, cycle=0, years=0, start=1)


def run(
    ties: tuple[Tie, ...],
    climate: Climate = FULL_TRUST,
    upkeep: float = 0.0,
    hub_paid: bool = False,
    most: int = MOST_SERVICES,
) -> Region:
    """Let the years pass: trust rises and falls, each tender lets one outsider in, and clients look for services.

    The other parameters are those of ``time_left`` and ``client_success``. Raises ``ParameterError`` as they do.
    """
    found = trust(climate)
    ties = let_in(ties, len(climate.tenders))
    strengths = tuple(found[-1] * left for left in time_left(ties, upkeep, hub_paid))
    success = client_success(handovers(ties, strengths), most)
    return Region(ties, strengths, found, success, outsiders(ties))
