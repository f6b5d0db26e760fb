"""What every explorable shares: a heading, steps, an outcome that waits for a bet, and the previous run as a ghost."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

import ipywidgets
import traitlets

from vermarkting import data
from vermarkting.text import t
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question

Run = TypeVar("Run")


class Explorable(Stack):
    """The picture of one model. ``value`` holds the setting and the outcome now on screen, as plain data."""

    value = traitlets.Dict()

    def __init__(self, section: str, *steps: ipywidgets.Widget) -> None:
        heading = Prose(t(f"{section}.intro"), title=t(f"{section}.title"), level=3)
        super().__init__([heading, *steps])
        self.add_class("vm-explorable")
        for step in steps:
            if step.has_trait("value"):
                step.observe(self._take_value, "value")

    def _take_value(self, change: traitlets.Bunch) -> None:
        self.value = change.new


class AfterBet(Stack):
    """A bet, and the outcome that stays hidden until the bet is set; a saved bet shows it at once.

    ``build`` makes the outcome's widget when it is needed; ``value`` follows that widget's.
    """

    value = traitlets.Dict()

    def __init__(self, bet_id: str, build: Callable[[], ipywidgets.Widget]) -> None:
        self.bet = Question(bet_id, data.question(bet_id))
        self._build = build
        super().__init__([self.bet, Prose(t("explorable.waiting"), tone="waiting")])
        if self.bet.is_answered():
            self._reveal()
        else:
            self.bet.observe(self._reveal, "answer")

    def _reveal(self, _change: traitlets.Bunch | None = None) -> None:
        if len(self.children) > 2 or not self.bet.is_answered():
            return
        reason = self.bet.explanation_of(self.bet.answer)
        outcome = self._build()
        self.children = [self.bet, outcome, Prose(reason, tone="reveal", live=True)]
        if outcome.has_trait("value"):
            traitlets.dlink((outcome, "value"), (self, "value"))


class Ghost(Generic[Run]):
    """The run before this one. Runs that follow each other within a second are one drag of a slider."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: tuple[float, Run] | None = None
        self.previous: Run | None = None

    def show(self, run: Run) -> Run | None:
        """Take the run now on screen and give the one to show behind it, or ``None`` at the first."""
        now = self._clock()
        if self._last and now - self._last[0] > 1:
            self.previous = self._last[1]
        self._last = (now, run)
        return self.previous


def step(section: str, name: str) -> Prose:
    """Give the heading and introduction of a step: ``<name>_title`` and ``<name>_text`` in ``text/nl``."""
    return Prose(t(f"{section}.{name}_text"), title=t(f"{section}.{name}_title"))


def decimal(number: float, places: int = 0) -> str:
    """Write a number the Dutch way: 1 234,5 becomes ``1.234,5``."""
    return f"{number:z,.{places}f}".translate(str.maketrans(",.", ".,"))
