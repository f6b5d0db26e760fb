"""De stemketen: when does a group that is silent start to speak?

Each member speaks as soon as the share of the group that already speaks reaches the member's own threshold. What one
member does thus hangs on the others, and a whole group can turn on one threshold.

    threshold = fear - director's support - coalition cover + funding dependence, kept between 0 and 1

Source: Granovetter (1978), Threshold Models of Collective Behavior, American Journal of Sociology 83(6), 1420-1443.
His: the rule, the example of one hundred people with thresholds 0 to 99, and that the spread of thresholds can weigh
more than their average. Ours, and stylised: that fear, support, cover and dependence add up, the normal draw of fears,
and ``HEARD_FROM``. That dependence on public money silences is an assumption, and a contested one: Chaves, Stephens &
Galaskiewicz (2004) found no such effect. It may therefore be negative here.
Left out: who hears whom, time and fatigue, falling silent again, punishment, and whether what is said is right.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vermarkting.models.parameters import check_range, check_whole

HEARD_FROM = 0.5  # stylised: from this share on a voice is heard; below it, speakers stand alone
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Group:
    """Who there is: fears drawn from a normal distribution and kept between 0 and 1.

    fear: the average share of others that a member wants to hear first, 0 to 1.
    spread: standard deviation of the draw, 0 (all alike) to 0.5.
    size: members, 1 to 1000.
    seed: which draw, 0 or more; the same seed gives the same members, whatever the fear and the spread.

    Raises ``ParameterError`` outside these ranges.
    """

    fear: float = 0.35
    spread: float = 0.15
    size: int = 100
    seed: int = 1

    def __post_init__(self) -> None:
        check_range("fear", self.fear, 0, 1)
        check_range("spread", self.spread, 0, 0.5)
        check_whole("group_size", self.size, 1, 1000)
        check_whole("seed", self.seed, 0, 10**9)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What surrounds the group; each moves every threshold by that much.

    support: what the director's support takes off, 0 to 1.
    coalition: what the cover of a coalition takes off, 0 to 1.
    dependence: what depending on one funder adds, -1 to 1; negative where funding brings access and confidence.
    protected: how many of the least fearful members get so much cover that they dare to be the first, 0 to 1000.

    Raises ``ParameterError`` outside these ranges.
    """

    support: float = 0.0
    coalition: float = 0.0
    dependence: float = 0.0
    protected: int = 0

    def __post_init__(self) -> None:
        check_range("support", self.support, 0, 1)
        check_range("coalition", self.coalition, 0, 1)
        check_range("dependence", self.dependence, -1, 1)
        check_whole("protected", self.protected, 0, 1000)


@dataclass(frozen=True, slots=True)
class Cascade:
    """How it went.

    rounds: who starts to speak in each round, by place in the list of thresholds; no round is empty.
    share: the share of the group that speaks in the end, 0 to 1.
    """

    rounds: tuple[tuple[int, ...], ...]
    share: float

    @property
    def speakers(self) -> int:
        return sum(map(len, self.rounds))

    @property
    def is_heard(self) -> bool:
        return self.share >= HEARD_FROM

    @property
    def is_stranded(self) -> bool:
        """Somebody took the risk to speak, and stayed alone."""
        return 0 < self.share < HEARD_FROM


def cascade(thresholds: Sequence[float]) -> Cascade:
    """Let a group speak, round by round, until nobody joins.

    thresholds: for each member the share of the whole group that must already speak, 0 to 1. A member with threshold 1
    never speaks: the group is never complete without that member. Shares are compared to 1e-9.
    Raises ``ParameterError`` on an empty group or a threshold outside 0 to 1.
    """
    _check(thresholds)
    size = len(thresholds)
    waiting = sorted(range(size), key=lambda member: thresholds[member])
    rounds, speaking = [], 0
    while True:
        reached = speaking / size + _ROUNDING
        joining = speaking
        while joining < size and thresholds[waiting[joining]] <= reached:
            joining += 1
        if joining == speaking:
            return Cascade(tuple(rounds), speaking / size)
        rounds.append(tuple(sorted(waiting[speaking:joining])))
        speaking = joining


def fears(group: Group) -> tuple[float, ...]:
    """Give each member's fear, the least fearful first."""
    return tuple(min(max(group.fear + group.spread * draw, 0.0), 1.0) for draw in _draws(group.size, group.seed))


@lru_cache(maxsize=64)
def _draws(size: int, seed: int) -> tuple[float, ...]:
    source = random.Random(seed)
    return tuple(sorted(source.gauss(0, 1) for _ in range(size)))


def thresholds(fears: Sequence[float], conditions: Conditions) -> tuple[float, ...]:
    """Give each member's threshold under the conditions, in the order of the fears (each 0 to 1)."""
    _check(fears)
    shift = conditions.dependence - conditions.support - conditions.coalition
    order = sorted(range(len(fears)), key=lambda member: fears[member])
    protected = frozenset(order[: conditions.protected])
    return tuple(0.0 if member in protected else min(max(fear + shift, 0.0), 1.0) for member, fear in enumerate(fears))


def least_support(thresholds: Sequence[float]) -> float:
    """Give the smallest support, the same for everybody, with which the whole group speaks (0 to 1, exact to 1e-9).

    In order of threshold the first member must dare with nobody before, the next with one before, and so on.
    """
    return max(gap for _, gap in _gaps(thresholds))


def least_protection(thresholds: Sequence[float]) -> dict[int, float]:
    """Give the cheapest protection with which the whole group speaks: per member who needs it, what to take off.

    No other protection of single members adds up to less. It asks for what nobody has: everybody's true threshold.
    """
    return {member: gap for member, gap in _gaps(thresholds) if gap > _ROUNDING}


def _gaps(thresholds: Sequence[float]) -> list[tuple[int, float]]:
    """Give for each member, in order of threshold, how far the threshold lies above the share speaking before."""
    _check(thresholds)
    size = len(thresholds)
    order = sorted(range(size), key=lambda member: thresholds[member])
    return [(member, max(thresholds[member] - place / size, 0.0)) for place, member in enumerate(order)]


def shares(group: Group, conditions: Conditions, draws: int) -> tuple[float, ...]:
    """Give the final shares of ``draws`` (1 to 1000) groups of that kind; the seeds are 1, 2, 3 and so on."""
    check_whole("draws", draws, 1, 1000)
    return tuple(
        cascade(thresholds(fears(replace(group, seed=seed)), conditions)).share for seed in range(1, draws + 1)
    )


def meeting_and_survey(thresholds: Sequence[float], content: int) -> tuple[int, int]:
    """Give how many object in an open meeting, and how many in a survey where nobody sees who says what.

    content: how many members have nothing to object, the most hesitant ones, 0 to all. They never speak. In the survey
    everybody else does: without others to wait for there is no threshold.
    """
    _check(thresholds)
    size = len(thresholds)
    check_whole("content", content, 0, size)
    satisfied = frozenset(sorted(range(size), key=lambda member: thresholds[member])[size - content :])
    spoken = cascade([1.0 if member in satisfied else own for member, own in enumerate(thresholds)])
    return spoken.speakers, size - content


def _check(values: Sequence[float]) -> None:
    check_whole("group_size", len(values), 1, 1000)
    for value in values:
        if type(value) is not float or not 0 <= value <= 1:  # a look first: this runs behind every slider
            check_range("threshold", value, 0, 1)
