"""The five krachtlijnen: what choices on the floor do to them, and what a contract leaves of them.

Two small models share one vocabulary.

Dilemmas. Each option of a vignette moves the five krachtlijnen by -2 to +2. A team is one option per vignette; its
balance is the plain sum. The vignettes are data (``vignettes.csv``, ``vignette_options.csv``), invented by us.

A week. A team would like to divide its week over tasks in a balanced way. A contract pays for each task wholly, partly
or not at all, and ``strictness`` says how far the payer holds the team to that. What is left of the week after
registration and procedure is divided in proportion to

    wanted hours * (1 - strictness * (1 - share that is paid))

so an unpaid task shrinks as the payer grows stricter, and its hours flow to what is paid. Each krachtlijn lives on two
tasks; 100 is what it gets in the balanced week.

Source of the direction: effort flows to what is rewarded (Holmström & Milgrom 1991), and quality outside the contract
is saved on (Hart, Shleifer & Vishny 1997). Stylised: tasks, hours, shares, contracts, the proportional rule, and that a
krachtlijn is hours at all. Left out: unpaid overtime, skill, workers who leave, what clients think of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from vermarkting.models.parameters import ParameterError, check_choice, check_range, check_whole
from vermarkting.text import t

KRACHTLIJNEN = ("nabijheid", "procesmatig", "politiserend", "generalistisch", "verbindend")
REGISTRATION = 6.0  # hours a week that every payer asks for; stylised

PerKrachtlijn = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Option:
    """One way out of a dilemma. ``effects``: whole numbers from -2 to +2, in the order of ``KRACHTLIJNEN``."""

    id: str
    effects: tuple[int, int, int, int, int]

    def __post_init__(self) -> None:
        check_whole("krachtlijnen", len(self.effects), 5, 5)
        for effect in self.effects:
            check_whole("krachtlijn_effect", effect, -2, 2)


Vignette = tuple[Option, ...]


def balance(chosen: Iterable[Option]) -> tuple[int, ...]:
    """Give the sum of the effects per krachtlijn; zeros when nothing is chosen."""
    return tuple(map(sum, zip((0,) * 5, *(option.effects for option in chosen), strict=True)))


def every_team(vignettes: Sequence[Vignette]) -> list[tuple[Option, ...]]:
    """Give every team: each way to choose one option per vignette. With 7 vignettes of 3 options that is 2,187."""
    return list(product(*vignettes))


def follow(vignettes: Sequence[Vignette], krachtlijn: str) -> tuple[Option, ...]:
    """Give the team that always takes the option best for one krachtlijn; of equals the greatest sum, then the first.

    Raises ``ParameterError`` for an unknown krachtlijn or a vignette without options.
    """
    check_choice("krachtlijn", krachtlijn, KRACHTLIJNEN)
    if not all(vignettes):
        raise ParameterError(t("parameters.no_options"))
    place = KRACHTLIJNEN.index(krachtlijn)
    return tuple(max(options, key=lambda option: (option.effects[place], sum(option.effects))) for options in vignettes)


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of work.

    wanted: hours in the balanced week, 1 to 100.
    shares: per krachtlijn the part of it that rests on this task, 0 to 1; over all tasks they add up to 1.
    """

    id: str
    wanted: float
    shares: PerKrachtlijn

    def __post_init__(self) -> None:
        check_range("wanted", self.wanted, 1, 100)
        check_whole("krachtlijnen", len(self.shares), 5, 5)
        for share in self.shares:
            check_range("krachtlijn_share", share, 0, 1)


@dataclass(frozen=True, slots=True)
class Contract:
    """What a payer pays for.

    paid: per task the share of its wanted hours that the contract pays, 0 to 1, in the order of the tasks.
    procedure: hours a week that its procedure takes from a team at full strictness, 0 to 20.
    """

    paid: tuple[float, ...]
    procedure: float = 0.0

    def __post_init__(self) -> None:
        check_range("procedure", self.procedure, 0, 20)
        for share in self.paid:
            check_range("paid", share, 0, 1)


@dataclass(frozen=True, slots=True)
class Week:
    """A week: hours per task, hours of registration and procedure, and an index per krachtlijn (balanced is 100)."""

    hours: tuple[float, ...]
    registration: float
    krachtlijnen: PerKrachtlijn


def week(tasks: Sequence[Task], contract: Contract, strictness: float, hours: float = 100.0) -> Week:
    """Give the week of a team under a contract.

    strictness: 0 (the payer leaves the division to the team) to 100 (only what is paid gets hours).
    hours: what the whole team has, 40 to 100.
    Raises ``ParameterError`` outside these ranges, or when the contract does not name as many tasks as there are.
    """
    check_range("strictness", strictness, 0, 100)
    check_range("hours", hours, 40, 100)
    check_whole("tasks", len(contract.paid), len(tasks), len(tasks))
    held = strictness / 100
    registration = REGISTRATION + held * contract.procedure
    asked = [task.wanted * (1 - held * (1 - paid)) for task, paid in zip(tasks, contract.paid, strict=True)]
    whole = sum(asked)
    given = tuple((hours - registration) * part / whole if whole else 0.0 for part in asked)
    return Week(given, registration, index(tasks, given))


def index(tasks: Sequence[Task], hours: Sequence[float]) -> PerKrachtlijn:
    """Give per krachtlijn what the hours are worth: its tasks' hours over their wanted hours, 100 when balanced.

    Raises ``ParameterError`` when there are not as many hours as tasks.
    """
    check_whole("tasks", len(hours), len(tasks), len(tasks))
    return tuple(
        sum(100 * task.shares[place] * given / task.wanted for task, given in zip(tasks, hours, strict=True))
        for place in range(len(KRACHTLIJNEN))
    )


def cut(tasks: Sequence[Task], task: str | None, hours: float) -> Week:
    """Give the balanced week after ``hours`` are taken from one task, or evenly from all tasks (``None``).

    hours: 0 to the wanted hours of that task. Raises ``ParameterError`` outside them, for an unknown task or without
    any.
    """
    if not tasks:
        raise ParameterError(t("parameters.no_tasks"))
    wanted = sum(each.wanted for each in tasks)
    if task is None:
        check_range("cut", hours, 0, wanted)
        given = tuple(each.wanted * (1 - hours / wanted) for each in tasks)
    else:
        check_choice("task", task, [each.id for each in tasks])
        check_range("cut", hours, 0, next(each.wanted for each in tasks if each.id == task))
        given = tuple(each.wanted - hours * (each.id == task) for each in tasks)
    return Week(given, REGISTRATION, index(tasks, given))
