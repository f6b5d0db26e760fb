"""Where the module does the sums of an assignment: who works sets the figures, and says what comes out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import traitlets

from vermarkting.explorables.frame import decimal
from vermarkting.models.continuity import mean_trust
from vermarkting.models.creaming import Client, best_months
from vermarkting.models.network import Climate, path_success, trust
from vermarkting.text import t
from vermarkting.widgets.controls import SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

YEARS = 12

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Bench:
    """Sliders by name, and what their values come to, as the words of a sentence."""

    controls: dict[str, dict[str, float]]
    found: Callable[[Figures], dict[str, str]]


def _help(figures: Figures) -> dict[str, str]:
    client = Client(figures["chance"] / 100)
    months = best_months(client, figures["fee"], figures["cost"])
    return {"months": decimal(months, 2), "success": decimal(100 * client.success(months), 1)}


def _trust(figures: Figures) -> dict[str, str]:
    climate = Climate(figures["rivalry"] / 100, int(figures["cycle"]), YEARS, figures["start"] / 100)
    left = trust(climate)[-1]
    return {"trust": decimal(100 * left, 1), "found": decimal(100 * path_success(left, int(figures["services"])), 1)}


def _clock(figures: Figures) -> dict[str, str]:
    return {"mean": decimal(100 * mean_trust(figures["term"], figures["build_up"], figures["wins"] / 100), 1)}


BENCHES = {
    "maanden": _Bench(
        {
            "chance": {"min": 1, "max": 95, "value": 20},
            "fee": {"min": 2_000, "max": 5_000, "step": 100, "value": 2_000},
            "cost": {"min": 300, "max": 600, "step": 20, "value": 300},
        },
        _help,
    ),
    "vertrouwen": _Bench(
        {
            "start": {"min": 50, "max": 95, "step": 5, "value": 80},
            "cycle": {"min": 1, "max": 12, "value": 3},
            "rivalry": {"min": 0, "max": 100, "step": 5, "value": 100},
            "services": {"min": 2, "max": 6, "value": 3},
        },
        _trust,
    ),
    "klok": _Bench(
        {
            "build_up": {"min": 0.5, "max": 6, "step": 0.5, "value": 2},
            "term": {"min": 0.5, "max": 30, "step": 0.5, "value": 2.5},
            "wins": {"min": 0, "max": 95, "step": 5, "value": 0},
        },
        _clock,
    ),
}


def workbench(name: str) -> "Workbench":
    """Show the workbench of ``BENCHES`` with this name."""
    return Workbench(name)


class Workbench(Stack):
    """Sliders above one sentence with what comes out; ``value`` holds the figures and the words of that sentence."""

    value = traitlets.Dict()

    def __init__(self, name: str) -> None:
        self._name, self._bench = name, BENCHES[name]
        self.controls = {
            control: SentenceSlider(f"workbench.{name}.{control}", **limits)
            for control, limits in self._bench.controls.items()
        }
        self.sentence = Prose(live=True, tone="reveal")
        title = Prose(t(f"workbench.{name}.intro"), title=t(f"workbench.{name}.title"))
        super().__init__([title, *self.controls.values(), self.sentence], _dom_classes=("vm-explorable",))
        for control in self.controls.values():
            control.observe(self._show, "value")
        self._show()

    def _show(self, _change: object = None) -> None:
        figures = {control: slider.value for control, slider in self.controls.items()}
        found = self._bench.found(figures)
        self.sentence.text = t(f"workbench.{self._name}.found", **found)
        self.value = {**figures, **found}
