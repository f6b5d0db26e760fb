"""Finds the parts of an explorable, and moves its controls as a reader could."""

import itertools
from collections.abc import Iterator

import ipywidgets

from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.picture import Picture
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question
from vermarkting.widgets.switch import Switch

KINDS = {"chart": Picture, "slider": SentenceSlider, "choice": Choice, "button": Button, "prose": Prose,
         "question": Question, "switch": Switch}  # fmt: skip


def parts(widget: ipywidgets.Widget, kind: str) -> list:
    """Give all parts of a kind that are on the page now, from top to bottom."""
    return [found for found in everything(widget) if isinstance(found, KINDS[kind])]


def everything(widget: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    """Give a widget and all that it holds, from top to bottom."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything(child)


def set_bets(widget: ipywidgets.Widget) -> None:
    """Bet on the first option everywhere, also on the bets that a first one brings."""
    while open_bets := [q for q in parts(widget, "question") if q.question["kind"] == "bet" and q.answer is None]:
        open_bets[0].answer = open_bets[0].question["options"][0]["id"]


def settings(control: ipywidgets.Widget) -> list:
    """Give the values to try: all options; of a slider both ends, its opening and two steps in between."""
    if isinstance(control, Choice):
        return [option["id"] for option in control.options]
    steps = round((control.max - control.min) / control.step)
    places = {0, 1, steps // 3, 2 * steps // 3, steps}
    return sorted({control.value, *(control.min + place * control.step for place in places)})


def groups(widget: ipywidgets.Widget) -> list[list]:
    """Give the controls that stand in one step together."""
    stacks = [found for found in everything(widget) if isinstance(found, ipywidgets.Box)]
    found = [[c for c in stack.children if isinstance(c, SentenceSlider | Choice)] for stack in stacks]
    return [group for group in found if group]


def combinations(group: list, most: int = 120) -> Iterator[None]:
    """Put the controls of one step in every combination of their settings, spread out to at most ``most``."""
    every = list(itertools.product(*map(settings, group)))
    for chosen in every[:: -(-len(every) // most)]:
        for control, value in zip(group, chosen, strict=True):
            control.value = value
        yield
