"""The picture of mission drift in :mod:`vermarkting.models.continuity`: who wins, and what becomes of unpaid work."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from statistics import fmean

import traitlets

from vermarkting.explorables.drawing.plots import BLUE, GREY, INK, ORANGE, bar, ghost
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Row, Stage, decimal, later, step
from vermarkting.models.continuity import Drift, Market, award, drift, price
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

TEAMS = (0.10, 0.20, 0.35, 0.50, 0.60)  # stylised: the unpaid share of the five teams to choose from
AWARDS = 5
ROUNDS = 12
FIRST_DRAW = 5
LOTS = 3  # the seed of the lots by which losers stop
CONTROLS = {
    "pressure": {"max": 10, "step": 1, "value": 8},
    "floor": {"max": 40, "step": 1, "value": 25},
    "giving_up": {"max": 4, "step": 0.5, "value": 0},
}


def mission_drift() -> Explorable:
    """Show mission drift: award five rounds by hand, then bet on twelve rounds and on a floor in the specification."""
    return Explorable(
        "mission_drift",
        _ByHand(),
        step("mission_drift", "bet"),
        AfterBet("07.bet_missie", lambda: _Run("pressure"), "mission_drift.pressure"),
        step("mission_drift", "floor"),
        AfterBet("07.bet_vloer", lambda: _Run("pressure", "floor")),
        later("mission_drift.sandbox", lambda: _Sandbox("pressure", "floor", "giving_up")),
        Prose(t("mission_drift.model_note")),
    )


class _ByHand(Stack):
    """The student awards five rounds; each winner opens a second team where a loser, drawn by lot, stops."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        options = [
            {"id": name, "text": t(f"mission_drift.rules.{name}"), "hint": t(f"mission_drift.rule_hints.{name}")}
            for name in ("cheapest", "middle", "dearest")
        ]
        self.rule = Choice(t("mission_drift.rule"), options, value="middle")
        self.chart, self.story = Chart(t("mission_drift.chart_teams")), Prose(live=True)
        buttons = [Button(t("mission_drift.award"), self._award), Button(t("mission_drift.reset"), self._reset)]
        stage = Stage([self.rule, Row(*buttons), self.story], [self.chart])
        super().__init__([step("mission_drift", "hand"), stage])
        self._reset()

    def _reset(self) -> None:
        self._missions = TEAMS
        self._names = tuple(t(f"mission_drift.teams.{place}") for place in range(len(TEAMS)))
        self._lots = random.Random(LOTS)
        self._awards, self._spent, self._least = 0, 0.0, 0.0
        self.story.text = t("mission_drift.hand_story_start")
        self._show()

    def _award(self) -> None:
        if self._awards == AWARDS:
            return
        ranked = sorted(range(len(TEAMS)), key=lambda place: self._missions[place])
        winner = ranked[{"cheapest": 0, "middle": len(TEAMS) // 2, "dearest": -1}[self.rule.value]]
        loser = self._lots.choice([place for place in range(len(TEAMS)) if place != winner])
        self._spent += price(self._missions[winner])
        self._least += price(min(self._missions))
        self._awards += 1
        names = {"winner": self._names[winner], "loser": self._names[loser]}
        key = "hand_story_same" if names["winner"] == names["loser"] else "hand_story"
        self._missions = award(self._missions, winner, loser)
        self._names = award(self._names, winner, loser)
        costs = {"spent": decimal(self._spent), "least": decimal(self._least)}
        last = " " + t("mission_drift.hand_story_end") if self._awards == AWARDS else ""
        self.story.text = t(f"mission_drift.{key}", number=self._awards, **names, **costs) + last
        self._show()

    def _show(self) -> None:
        labels = [f"{label} " for label in _numbered(self._names)]
        hours = [100 * mission for mission in self._missions]
        prices = [decimal(price(mission)) for mission in self._missions]
        text = [t("mission_drift.bar_text", hours=decimal(h), price=p) for h, p in zip(hours, prices, strict=True)]
        layout = {
            "height": 290,
            "showlegend": False,
            "margin": {"l": 130, "r": 20, "t": 15, "b": 45},
            "xaxis": {"range": [0, 100], "title": {"text": t("mission_drift.axis_hours")}},
            "yaxis": {"autorange": "reversed"},
        }
        sentence = t(
            "mission_drift.hand_sentence",
            awards=self._awards,
            total=AWARDS,
            mean=decimal(100 * fmean(self._missions)),
            start=decimal(100 * fmean(TEAMS)),
        )
        columns = [t("mission_drift.team"), t("mission_drift.axis_hours"), t("mission_drift.price")]
        rows = [[label.strip(), decimal(h), p] for label, h, p in zip(labels, hours, prices, strict=True)]
        trace = bar(t("mission_drift.axis_hours"), hours, labels, BLUE, "", text=text, textposition="outside")
        self.chart.draw([trace], layout, sentence, columns, rows)
        self.value = {"missions": list(self._missions), "awards": self._awards, "spent": self._spent}


def _numbered(names: tuple[str, ...]) -> list[str]:
    """Tell a team from its own second and third team."""
    seen: Counter[str] = Counter()
    labels = []
    for name in names:
        seen[name] += 1
        labels.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return labels


class _Run(Stack):
    """Forty organisations compete for twelve rounds; the change of the mean is parted by its cause."""

    value = traitlets.Dict()

    def __init__(self, *controls: str, tasks: Iterable[Prose] = ()) -> None:
        self.seed = FIRST_DRAW
        self.controls = {name: SentenceSlider(f"mission_drift.{name}", **self._range(name)) for name in controls}
        self._opening = {name: control.value for name, control in self.controls.items()}
        self.chart, self.causes = Chart(t("mission_drift.chart_rounds")), Chart(t("mission_drift.chart_causes"))
        self._ghost: Ghost[Drift] = Ghost()
        buttons = [Button(t("mission_drift.new_draw"), self._new_draw), Button(t("mission_drift.reset"), self._reset)]
        stage = Stage([*self.controls.values(), Row(*buttons)], [self.chart, self.causes], tasks)
        super().__init__([stage])
        for control in self.controls.values():
            control.observe(self._show, "value")
        self._show()

    def _range(self, name: str) -> dict:
        return CONTROLS[name]

    def _new_draw(self) -> None:
        self.seed += 1
        self._show()

    def _reset(self) -> None:
        self.seed = FIRST_DRAW
        for name, control in self.controls.items():
            control.value = self._opening[name]
        self._show()

    def _market(self) -> Market:
        chosen = {name: control.value for name, control in self.controls.items()}
        return Market(
            pressure=chosen["pressure"],
            floor=chosen.get("floor", 0) / 100,
            giving_up=chosen.get("giving_up", 0) / 100,
        )

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        market = self._market()
        run = drift(market, ROUNDS, self.seed)
        previous = self._ghost.show(run)
        self._draw_rounds(market, run, previous)
        self._draw_causes(run, previous)
        end = run.means[-1]
        self.value = {**asdict(market), "end": end, "selected": run.selected, "changed": run.changed, "seed": self.seed}

    def _draw_rounds(self, market: Market, run: Drift, previous: Drift | None) -> None:
        spread = [(min(missions), fmean(missions), max(missions)) for missions in run.rounds]
        series = [("highest", 2, GREY, "dot", 2), ("mean", 1, BLUE, "solid", 4), ("lowest", 0, GREY, "dash", 2)]
        traces = [
            _line(t(f"mission_drift.{name}"), [three[place] for three in spread], color, dash, width)
            for name, place, color, dash, width in series
        ]
        if previous:
            traces.append(_line(t("mission_drift.previous"), previous.means, INK, "longdashdot", 2))
        at_floor = {"type": "line", "x0": 0, "x1": ROUNDS, "y0": 100 * market.floor, "y1": 100 * market.floor}
        layout = {
            "height": 240,
            "margin": {"l": 60, "r": 20, "t": 30, "b": 42},
            "xaxis": {"range": [0, ROUNDS], "title": {"text": t("mission_drift.axis_rounds")}},
            "yaxis": {"range": [0, 70], "title": {"text": t("mission_drift.axis_hours")}},
            "shapes": [{**at_floor, "line": {"color": ORANGE, "width": 2, "dash": "dot"}}] if market.floor else [],
        }
        sentence = t(
            "mission_drift.sentence_floor" if market.floor else "mission_drift.sentence",
            seed=self.seed,
            rounds=ROUNDS,
            start=decimal(100 * run.means[0]),
            end=decimal(100 * run.means[-1]),
            floor=decimal(100 * market.floor),
        )
        columns = [t("mission_drift.round"), *(t(f"mission_drift.{name}") for name in ("lowest", "mean", "highest"))]
        rows = [[str(number), *(decimal(100 * mission, 1) for mission in three)] for number, three in enumerate(spread)]
        self.chart.draw(traces, layout, sentence, columns, rows)

    def _draw_causes(self, run: Drift, previous: Drift | None) -> None:
        causes = ("selected", "changed")
        names = [t(f"mission_drift.{cause}") for cause in causes]
        hours = [100 * getattr(run, cause) for cause in causes]
        text = [decimal(value, 1) for value in hours]
        labels = [f"{name}: {value} " for name, value in zip(names, text, strict=True)]  # a diamond may hide a number
        traces = [bar(t("mission_drift.now"), hours, labels, BLUE, "")]
        if previous:
            before = [100 * getattr(previous, cause) for cause in causes]
            traces.append(ghost(t("mission_drift.previous"), before, labels))
        layout = {
            "height": 165,
            "margin": {"l": 205, "r": 20, "t": 40, "b": 45},
            "xaxis": {"range": [-45, 45], "title": {"text": t("mission_drift.axis_change")}, "zerolinewidth": 2},
            "yaxis": {"autorange": "reversed"},
        }
        sentence = t("mission_drift.causes_sentence", selected=text[0], changed=text[1])
        rows = [list(row) for row in zip(names, text, strict=True)]
        self.causes.draw(traces, layout, sentence, [t("mission_drift.cause"), t("mission_drift.axis_change")], rows)


def _line(name: str, missions: tuple[float, ...] | list[float], color: str, dash: str, width: int) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(range(len(missions))),
        "y": [round(100 * mission, 1) for mission in missions],
        "line": {"color": color, "dash": dash, "width": width},
        "hovertemplate": "%{y:.0f}<extra>" + name + "</extra>",
    }


class _Sandbox(_Run):
    """All three controls, and three goals that say themselves when they are reached."""

    def __init__(self, *controls: str) -> None:
        self.goals = {name: Prose(live=True) for name in ("hold", "same", "luck")}
        super().__init__(*controls, tasks=self.goals.values())

    def _range(self, name: str) -> dict:
        return {**CONTROLS[name], "value": 0} if name == "floor" else CONTROLS[name]

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        super()._show()
        market, end = self._market(), self.value["end"]
        by_lot = market.pressure == 0 and market.floor == 0
        reached = {
            "hold": market.pressure >= 8 and end >= 0.3,
            "same": by_lot and market.giving_up > 0 and end <= 0.12,
            "luck": by_lot and market.giving_up == 0 and end >= 0.33,
        }
        words = {
            "end": decimal(100 * end),
            "changed": decimal(100 * self.value["changed"], 1),
            "selected": decimal(100 * self.value["selected"], 1),
            "seed": self.seed,
        }
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"mission_drift.goal_{name}_{tone}", **words)
        self.value = {**self.value, "goals": [name for name, done in reached.items() if done]}
