"""The lab itself: one desk, and the views on it of which one is open at a time."""

from collections.abc import Callable

import ipywidgets
import traitlets

from vermarkting.explorables.argument_lab.adding import AddingView
from vermarkting.explorables.argument_lab.audience import AudienceView
from vermarkting.explorables.argument_lab.browsing import ListView, MatrixView
from vermarkting.explorables.argument_lab.desk import Desk, enough
from vermarkting.explorables.argument_lab.duel import DuelView
from vermarkting.explorables.argument_lab.exchange import ExchangeView
from vermarkting.explorables.argument_lab.graph import GraphView
from vermarkting.explorables.argument_lab.marking import MarkingView
from vermarkting.explorables.argument_lab.overview import LabelChart
from vermarkting.explorables.argument_lab.rules import survivors
from vermarkting.explorables.argument_lab.table import ORIGINS, OWN, Arguments, arguments, everything, whole
from vermarkting.explorables.argument_lab.telling import change_in_words, named, ranking_in_words
from vermarkting.explorables.argument_lab.toulmin import Card
from vermarkting.models.argumentation import Label, grounded
from vermarkting.text import t
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose


class Overview(Stack):
    """Who stands, by position and origin, and how one-sided the table is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.chart = LabelChart()
        super().__init__([self.chart, Prose(t("argument_lab.one_sided"), title=t("argument_lab.one_sided_title"))])
        self.show()

    def show(self) -> None:
        """Show what the desk holds now."""
        desk = self._desk
        origins = (*ORIGINS, OWN) if desk.own else ORIGINS
        self.chart.show(desk.labels, desk.previous, origins, sentence(desk.labels, desk.table), desk.table)


def sentence(labels: dict[str, Label], among: Arguments | None = None) -> str:
    """Say how many arguments stand, and how many of those speak for the market or against it."""
    standing = [name for name, label in labels.items() if label is Label.IN]
    positions = [(among or whole()).rows[name]["position"] for name in standing]
    pro, critical = positions.count("pro-markt"), positions.count("kritisch")
    return t(
        "argument_lab.sentence",
        standing=len(standing),
        total=len(labels),
        pro=pro,
        critical=critical,
        other=len(standing) - pro - critical,
    )


class Lab(Stack):
    """The choice of a view, what changed in words, and the goals; beside them that view, made when it is first seen."""

    value = traitlets.Dict()

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        card = Card(desk)
        self._makers: dict[str, Callable[[], ipywidgets.Widget]] = {
            "overview": lambda: Overview(desk),
            "list": lambda: ListView(desk, card),
            "matrix": lambda: MatrixView(desk, card),
            "graph": lambda: GraphView(desk, card),
            "duel": lambda: DuelView(desk),
            "marking": lambda: MarkingView(desk),
            "audience": lambda: AudienceView(desk),
            "adding": lambda: AddingView(desk),
            "exchange": lambda: ExchangeView(desk),
        }
        self._card = card
        self._views: dict[str, ipywidgets.Widget] = {}
        self.tabs = Choice(
            t("argument_lab.view"), [{"id": name, "text": t(f"argument_lab.views.{name}")} for name in self._makers]
        )
        self.tabs.add_class("vm-tabs")
        self.state = Prose(live=True)
        self.about = Prose()
        self.body = Stack()
        super().__init__([self.tabs, self.about, self.state, self.body, Goals(desk)], _dom_classes=("vm-bench",))
        self.tabs.observe(self._show, "value")
        seen = [
            "chosen",
            "filters",
            "own",
            "ties",
            "off",
            "failing",
            "labels",
            "premises",
            "ranking",
            "steelman",
            "status",
        ]
        desk.observe(self._show, seen)
        self._show()

    def _show(self, _change: object = None) -> None:
        name = self.tabs.value
        fresh = name not in self._views
        if fresh:
            self._views[name] = self._makers[name]()
        view = self._views[name]
        if not fresh:
            view.show()
        if name in ("list", "matrix", "graph"):
            self._card.show()
        self.body.children = [view]
        self.about.text = t(f"argument_lab.about.{name}")
        off, failing = len(self._desk.off), len(self._desk.failing)
        work = t("argument_lab.work", off=off, failing=failing) if off or failing else t("argument_lab.work_none")
        chosen = t("argument_lab.chosen", argument=self._desk.chosen, label=self._desk.label_words(self._desk.chosen))
        ranked = t("argument_lab.ranked", top=ranking_in_words(self._desk)) if self._desk.ranking else ""
        now = " ".join(filter(None, [work, ranked, change_in_words(self._desk), chosen]))
        if now != self.state.text:
            self.state.text = now
        self.value = {
            "standing": [name for name, label in self._desk.labels.items() if label is Label.IN],
            "off": list(self._desk.off),
            "failing": dict(self._desk.failing),
            "ranking": list(self._desk.ranking),
        }


class Goals(Stack):
    """Three goals that say themselves when they are reached."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.goals = {name: Prose(live=True) for name in ("reasons", "rescue", "audience")}
        super().__init__([Prose(title=t("argument_lab.goals_title")), *self.goals.values()])
        desk.observe(self._show, ["labels", "failing"])
        self._show()

    def _show(self, _change: object = None) -> None:
        desk = self._desk
        reasons = sum(map(enough, desk.failing.values()))
        stood = {name for name, label in grounded(everything()).items() if label is Label.IN}
        pro = [name for name, row in arguments().items() if row["position"] == "pro-markt" and name not in stood]
        reasoned = [tuple(attack.split(">")) for attack, reason in desk.failing.items() if enough(reason)]
        with_reasons = grounded(everything().without(attacks=reasoned))
        rescued = [name for name in pro if with_reasons[name] is Label.IN]
        groups = survivors(desk.framework(), desk.ranking, desk.facts(), desk.table) if desk.ranking else {"gained": []}
        rows = desk.table.rows
        gained = [name for name in groups["gained"] if rows[name]["position"] in ("pro-markt", "kritisch")]
        both = {rows[name]["position"] for name in gained} == {"pro-markt", "kritisch"}
        reached = {"reasons": reasons >= 3, "rescue": bool(rescued), "audience": both}
        values = {"reasons": reasons, "rescued": named(rescued), "gained": named(gained)}
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"argument_lab.goal_{name}_{tone}", **values)
