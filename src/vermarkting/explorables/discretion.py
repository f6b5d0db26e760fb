"""The picture of :mod:`vermarkting.models.discretion`: a hundred decisions, and who left them open."""

from collections.abc import Iterable
from dataclasses import asdict, replace

import traitlets

from vermarkting.explorables.drawing.plots import BLUE, GREY, INK, ORANGE, bar
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Stage, decimal, later, step
from vermarkting.models.discretion import Layers, Room, room
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

LOOKS = {
    "closed_by_policy": (INK, "-"),
    "closed_by_organisation": (GREY, "."),
    "unused": (ORANGE, "/"),
    "used": (BLUE, ""),
}


def discretion() -> Explorable:
    """Show the layers of room: be bold by hand, bet on training or agreements, then turn every layer."""
    return Explorable(
        "discretion",
        step("discretion", "hand"),
        _Run("worker"),
        step("discretion", "bet"),
        AfterBet("09.bet_ruimte", lambda: _Run("organisation", "worker"), "discretion.layers"),
        later("discretion.sandbox", lambda: _Sandbox("policy", "organisation", "worker", "colleague")),
        Prose(t("discretion.model_note")),
    )


class RoomChart(Chart):
    """A hundred decisions as one bar; a colleague's and the previous setting's below it."""

    def __init__(self) -> None:
        super().__init__(t("discretion.chart"))
        self._ghost: Ghost[Room] = Ghost()

    def show(self, found: Room, sentence: str, colleague: Room | None = None) -> None:
        shown = {"now": found, "colleague_row": colleague, "previous": self._ghost.show(found)}
        rows = [(t(f"discretion.{name}"), one) for name, one in shown.items() if one]
        labels = [f"{name} " for name, _ in rows]
        traces = [
            bar(t(f"discretion.{part}"), [getattr(r, part) for _, r in rows], labels, color, pattern)
            for part, (color, pattern) in LOOKS.items()
        ]
        layout = {
            "barmode": "stack",
            "height": 180 + 50 * len(rows),
            "margin": {"l": 110, "r": 20, "t": 70, "b": 45},
            "xaxis": {"range": [0, 100], "title": {"text": t("discretion.axis")}},
            "yaxis": {"autorange": "reversed"},
        }
        columns = [t("discretion.row"), *(t(f"discretion.{part}") for part in LOOKS)]
        table = [[name, *(decimal(getattr(r, part), 1) for part in LOOKS)] for name, r in rows]
        self.draw(traces, layout, sentence, columns, table)


class _Run(Stack):
    """Some of the layers as sliders, the others as they stand at the opening."""

    value = traitlets.Dict()

    def __init__(self, *controls: str, tasks: Iterable[Prose] = ()) -> None:
        self._opening = asdict(Layers())
        self.controls = {
            name: SentenceSlider(f"discretion.{name}", step=5, value=self._opening[name]) for name in controls
        }
        self.chart = RoomChart()
        reset = Button(t("discretion.reset"), self._reset)
        super().__init__([Stage([*self.controls.values(), reset], [self.chart], tasks)])
        for control in self.controls.values():
            control.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        for name, control in self.controls.items():
            control.value = self._opening[name]

    def _layers(self) -> Layers:
        return Layers(**{**self._opening, **{name: control.value for name, control in self.controls.items()}})

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        layers = self._layers()
        found = room(layers)
        colleague = room(replace(layers, worker=layers.colleague)) if "colleague" in self.controls else None
        self.chart.show(found, self._sentence(found), colleague)
        self.value = {**asdict(layers), **asdict(found)}

    def _sentence(self, found: Room) -> str:
        return t("discretion.sentence", **_rounded(found), open=_short(found.unused + found.used))


class _Sandbox(_Run):
    """Every layer and a colleague, and three goals that say themselves when they are reached."""

    def __init__(self, *controls: str) -> None:
        self.goals = {name: Prose(live=True) for name in ("room", "alone", "alike")}
        super().__init__(*controls, tasks=self.goals.values())

    def _sentence(self, found: Room) -> str:
        return f"{super()._sentence(found)} {t('discretion.colleague_sentence', **_rounded(found))}"

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        super()._show()
        layers = self._layers()
        found = room(layers)
        reached = {
            "room": found.used >= 40,
            "alone": layers.worker == 100 and found.used < 5,
            "alike": found.used >= 20 and found.by_colleague <= 3,
        }
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"discretion.goal_{name}_{tone}", **_rounded(found))
        self.value = {**self.value, "goals": [name for name, done in reached.items() if done]}


def _rounded(found: Room) -> dict[str, str]:
    return {part: _short(number) for part, number in asdict(found).items()}


def _short(number: float) -> str:
    return decimal(number, 1).removesuffix(",0")
