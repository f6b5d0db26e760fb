"""De meetfabriek: what a stronger indicator does to work that the indicator does not see.

One worker divides a week over measured work (counted contacts), unmeasured work (trust, outreach, signalling) and other
work (meetings, routine). The worker chooses the division that is best in the worker's own eyes:

    (1 - w) * [ln(1 + measured) + ethos * ln(1 + unmeasured) + ROUTINE * ln(1 + other)]
        + w * (measured + coverage * unmeasured)

The first line is professional judgement: every kind of work matters, each further hour a little less than the one
before. The second line is the indicator: every hour it sees counts, and it never has enough.

Source: the multitasking argument of Holmström & Milgrom (1991), Multitask Principal-Agent Analyses, Journal of Law,
Economics, & Organization 7, 24-52. Theirs: effort flows to what is rewarded, away from what cannot be measured. Ours,
and stylised: the logarithms, the three kinds of work, ROUTINE, the two indices, one worker who weighs this exactly.
Left out: pay and risk (central in the article), colleagues, gaming the figures, quality that shows only after years.
"""

import math
from dataclasses import dataclass, replace

from vermarkting.models.parameters import check_range, check_whole

ROUTINE = 0.5  # meetings and forms matter half as much to the worker as contacts do


@dataclass(frozen=True, slots=True)
class Parameters:
    """The setting of one week.

    hours: working hours to divide, 1 to 80.
    indicator_weight: how much the indicator counts beside professional judgement, 0 (not) to 100 (nothing else).
    coverage: how well the indicator also sees the unmeasured work, 0 (not at all) to 1 (as well as the measured).
    ethos: how much the worker cares about the unmeasured work, 0 (not) to 3; 1 is as much as about the measured.

    Raises ``ParameterError`` outside these ranges.
    """

    hours: float = 38.0
    indicator_weight: float = 0.0
    coverage: float = 0.0
    ethos: float = 1.0

    def __post_init__(self) -> None:
        check_range("hours", self.hours, 1, 80)
        check_range("indicator_weight", self.indicator_weight, 0, 100)
        check_range("coverage", self.coverage, 0, 1)
        check_range("ethos", self.ethos, 0, 3)


@dataclass(frozen=True, slots=True)
class Week:
    """The week the worker chooses.

    measured, unmeasured, other: hours, together the hours of the week.
    dashboard: 0 to 100, the share of the week that the narrow indicator counts.
    client_value: 0 to 100, where 100 is a week split evenly between measured and unmeasured work.
    """

    measured: float
    unmeasured: float
    other: float
    dashboard: float
    client_value: float


def divide(parameters: Parameters) -> Week:
    """Give the week that is best for the worker, exact to 1e-9 hours.

    At the best division one more hour is worth the same in every kind of work that gets hours: ``price``, what an hour
    costs the worker. All hours follow from it, so the price is sought at which the hours asked for are the hours there
    are. At weight 100 the worker is indifferent between what counts equally; own judgement then still decides.
    """
    weight = parameters.indicator_weight / 100
    pull = weight / (1 - weight) if weight < 1 else math.inf
    missed = pull * (1 - parameters.coverage) if parameters.coverage < 1 else 0.0  # by an hour of unmeasured work
    kinds = ((1.0, 0.0), (parameters.ethos, missed), (ROUTINE, pull))  # how much it matters, how much pull it misses

    # Newton's steps from a price that is too low: the hours asked for are convex in the price, so no step overshoots.
    price = 1 / (1 + parameters.hours)
    while (excess := sum(_asked(price, kinds)) - parameters.hours) > 1e-12:
        price += excess / sum(care / (price + loss) ** 2 for care, loss in kinds if care > price + loss)

    measured, unmeasured, other = _asked(price, kinds)
    return _outcome(measured, unmeasured, other)


def divide_by_hand(measured: float, unmeasured: float, hours: float = 38.0) -> Week:
    """Give the week of somebody who chooses the hours; what is left goes to other work.

    measured, unmeasured: hours, 0 to ``hours``. Together they may not exceed it (``ParameterError``).
    """
    check_range("hours", hours, 1, 80)
    check_range("measured", measured, 0, hours)
    check_range("unmeasured", unmeasured, 0, hours - measured)
    return _outcome(measured, unmeasured, hours - measured - unmeasured)


def _outcome(measured: float, unmeasured: float, other: float) -> Week:
    hours = measured + unmeasured + other
    worth = math.log1p(measured) + math.log1p(unmeasured)
    return Week(measured, unmeasured, other, 100 * measured / hours, 100 * worth / (2 * math.log1p(hours / 2)))


def _asked(price: float, kinds: tuple[tuple[float, float], ...]) -> list[float]:
    """Give the hours at which one more hour is worth its price, for each kind of work."""
    return [max(0.0, care / (price + loss) - 1) for care, loss in kinds]


def crowding_out_weight(parameters: Parameters) -> float | None:
    """Give the smallest indicator weight (0 to 100) at which unmeasured work gets no hours; their own is ignored.

    ``None`` when that never happens, as with full coverage; 0 when even judgement alone gives it no hours.
    """

    def is_empty(weight: float) -> bool:
        return divide(replace(parameters, indicator_weight=weight)).unmeasured == 0

    if is_empty(0):
        return 0.0
    if not is_empty(100):
        return None
    low, high = 0.0, 100.0
    for _ in range(40):
        weight = (low + high) / 2
        if is_empty(weight):
            high = weight
        else:
            low = weight
    return high


def curve(parameters: Parameters, steps: int = 101) -> tuple[Week, ...]:
    """Give the weeks at ``steps`` (2 to 1001) evenly spaced weights from 0 to 100; the parameters' own is ignored."""
    check_whole("steps", steps, 2, 1001)
    return tuple(divide(replace(parameters, indicator_weight=100 * step / (steps - 1))) for step in range(steps))
