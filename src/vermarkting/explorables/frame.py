"""What every explorable shares: a heading, steps of one screen, an outcome that waits for a bet, and a ghost."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

import ipywidgets
import traitlets

from vermarkting import data
from vermarkting.text import t
from vermarkting.widgets.controls import Button
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question

Run = TypeVar("Run")
Found = TypeVar("Found")


class Explorable(Stack):
    """The picture of one model. ``value`` holds the setting and the outcome now on screen, as plain data.

    A step given as a function is made when every bet before it is set: it would show what they are about. Who only
    wants to look around has one button that shows all of it.
    """

    value = traitlets.Dict()

    def __init__(self, section: str, *steps: ipywidgets.Widget | Callable[[], "Later"]) -> None:
        made: list[ipywidgets.Widget] = []
        for each in steps:
            made.append(each(_all(AfterBet, made)) if callable(each) else each)
        self._waiting = _all(Waiting, made)
        self._words = Prose(t(f"{section}.intro"), title=t(f"{section}.title"), level=3)
        self._heading = Stack([self._words])
        super().__init__([self._heading, *made], _dom_classes=("vm-explorable",))
        if any(each.is_waiting() for each in self._waiting):
            self._heading.children = [self._words, Button(t("explorable.show_all"), self._show_all)]
        for each in self._waiting:
            each.when_shown(self._take_button_away)
        for each in made:
            if each.has_trait("value"):
                each.observe(self._take_value, "value")

    def _show_all(self) -> None:
        for each in self._waiting:
            each.show()

    def _take_button_away(self) -> None:
        if not any(each.is_waiting() for each in self._waiting):
            self._heading.children = [self._words]

    def _take_value(self, change: traitlets.Bunch) -> None:
        self.value = change.new


def _all(kind: type[Found], widgets: Sequence[ipywidgets.Widget]) -> list[Found]:
    """Give those of a kind among widgets and what they hold, from top to bottom."""
    found = []
    for widget in widgets:
        found += [widget] if isinstance(widget, kind) else []
        found += _all(kind, getattr(widget, "children", ()))
    return found


class Waiting(Stack):
    """What is made only when it may be seen, as ``outcome``; until then its heading says what it waits for."""

    value = traitlets.Dict()

    def __init__(self, before: list[ipywidgets.Widget], build: Callable[[], ipywidgets.Widget], heading: str) -> None:
        self._before, self._build, self._tell = before, build, []
        self.outcome: ipywidgets.Widget | None = None
        self._title = t(f"{heading}_title") if heading else ""
        self._text = t(f"{heading}_text") if heading else ""
        super().__init__([*before, Prose(self._why(), title=self._title, tone="waiting")])

    def _why(self) -> str:
        return t("explorable.waiting")

    def when_shown(self, tell: Callable[[], None]) -> None:
        """Ask to be told when the outcome is there."""
        self._tell.append(tell)

    def is_waiting(self) -> bool:
        return self._build is not None

    def show(self) -> None:
        """Make the outcome, once; ``value`` follows that of its widget."""
        if self._build is None:
            return
        build, self._build = self._build, None
        self.outcome = outcome = build()
        heading = [Prose(self._text, title=self._title)] if self._title else []
        self.children = [*self._before, *heading, outcome]
        if outcome.has_trait("value"):
            traitlets.dlink((outcome, "value"), (self, "value"))
        for tell in self._tell:
            tell()


class AfterBet(Waiting):
    """A bet, and the outcome that stays hidden until the bet is set; a saved bet shows it at once.

    ``build`` makes the outcome's widget when it is needed. ``heading`` names the outcome's own step in ``text/nl``,
    such as ``"voice.chain"``: its title stands there beforehand, so that steps are numbered without gaps.
    """

    def __init__(self, bet_id: str, build: Callable[[], ipywidgets.Widget], heading: str = "") -> None:
        self.bet = Question(bet_id, data.question(bet_id))
        super().__init__([self.bet], build, heading)
        if self.bet.is_answered():
            self._reveal()
        else:
            self.bet.observe(self._reveal, "answer")

    def is_set(self) -> bool:
        return self.bet.is_answered()

    def _reveal(self, _change: traitlets.Bunch | None = None) -> None:
        if len(self._before) > 1 or not self.bet.is_answered():
            return
        self._before = [self.bet, Prose(self.bet.explanation_of(self.bet.answer), tone="reveal", live=True)]
        if self.is_waiting():
            self.show()
        else:
            self.children = [*self._before, *self.children[1:]]
            for tell in self._tell:
                tell()


class Later(Waiting):
    """A step that shows what the bets before it are about: it waits until all of them are set."""

    def __init__(self, bets: list[AfterBet], build: Callable[[], ipywidgets.Widget], heading: str) -> None:
        self._bets = bets
        super().__init__([], build, heading)
        for bet in bets:
            bet.when_shown(self._look)
        self._look()

    def _why(self) -> str:
        return t("explorable.waiting_all")

    def _look(self) -> None:
        if all(bet.is_set() for bet in self._bets):
            self.show()


def later(heading: str, build: Callable[[], ipywidgets.Widget]) -> Callable[[list[AfterBet]], Later]:
    """Give a step of an explorable that waits for the bets before it; ``heading`` as for :class:`AfterBet`."""
    return lambda bets: Later(bets, build, heading)


class Stage(Stack):
    """One step on one screen: controls and tasks beside the picture that they change.

    Where there is no room beside each other, as on a phone, the first picture stays in view above the controls.
    """

    def __init__(
        self,
        controls: Sequence[ipywidgets.Widget],
        pictures: Sequence[ipywidgets.Widget],
        tasks: Iterable[ipywidgets.Widget] = (),
        tasks_below: bool = False,
    ) -> None:
        """Lay out a step; ``tasks_below`` puts the tasks under the picture, where there are many controls."""
        beside = [Stack(list(controls), _dom_classes=("vm-stage-controls",))]
        below = []
        if tasks := list(tasks):
            (below if tasks_below else beside).append(Stack(tasks, _dom_classes=("vm-stage-tasks",)))
        super().__init__(
            [
                Stack(beside, _dom_classes=("vm-stage-side",)),
                Stack([*pictures, *below], _dom_classes=("vm-stage-pictures",)),
            ],
            _dom_classes=("vm-stage",),
        )


class Row(Stack):
    """Buttons beside each other."""

    def __init__(self, *buttons: ipywidgets.Widget) -> None:
        super().__init__(list(buttons), _dom_classes=("vm-row",))


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
