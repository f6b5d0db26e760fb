"""The picture of mission drift in :mod:`vermarkting.models.continuity`: who wins, and what becomes of unpaid work."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from statistics import fmean

import traitlets

from vermarkting.explorables.drawing.bars import ROW, Bar, bars, before_legend
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Row, Stage, decimal, later, step
from vermarkting.models.continuity import Drift, Market, award, drift, price
from vermarkting.text import t
from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, block, line, pile, words

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
        self.chart, self.story = Scene(t("mission_drift.chart_teams")), Prose(live=True)
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
        labels = _numbered(self._names)
        hours = [100 * mission for mission in self._missions]
        prices = [decimal(price(mission)) for mission in self._missions]
        told = zip(labels, hours, prices, strict=True)
        drawn = [
            Bar(t("mission_drift.team_line", team=label, hours=decimal(h), price=p), [(h, "blue")])
            for label, h, p in told
        ]
        sentence = t(
            "mission_drift.hand_sentence",
            awards=self._awards,
            total=AWARDS,
            mean=decimal(100 * fmean(self._missions)),
            start=decimal(100 * fmean(TEAMS)),
        )
        columns = [t("mission_drift.team"), t("mission_drift.axis_hours"), t("mission_drift.price")]
        rows = [[label, decimal(h), p] for label, h, p in zip(labels, hours, prices, strict=True)]
        self.chart.draw(bars(drawn, 0, 100), ROW * len(drawn), sentence, columns, rows)
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
        self.chart, self.causes = Scene(t("mission_drift.chart_rounds")), Scene(t("mission_drift.chart_causes"))
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
        sentence = t(
            "mission_drift.sentence_floor" if market.floor else "mission_drift.sentence",
            seed=self.seed,
            rounds=ROUNDS,
            start=decimal(100 * run.means[0]),
            end=decimal(100 * run.means[-1]),
            floor=decimal(100 * market.floor),
        )
        still = [
            words("axis", 50, GROUND + 36, t("mission_drift.axis_hours"), "middle"),
            line("ground", 1, GROUND + 1, 99, GROUND + 1, "grey"),
            *(words(f"hours-{n}", _at(n / 100), GROUND + 18, str(n), "middle") for n in range(0, MOST + 1, 10)),
        ]
        if market.floor:
            still.append(line("floor", _at(market.floor), 30, _at(market.floor), GROUND, "fair"))
        if previous:
            before = _at(previous.means[-1])
            still.append(block("before", before - 0.5, 30, 1, GROUND - 30, "ghost"))
        rise = _rise(run)
        moving = [_round(number, run, rise) for number in range(ROUNDS + 1)]
        frames = [
            {"marks": moving[number], "say": _round_told(number, run) if number < ROUNDS else sentence}
            for number in range(1, ROUNDS + 1)
        ]
        legend = [
            {"shape": "dot", "look": "blue", "text": t("mission_drift.organisation")},
            {"shape": "block", "look": "ink", "text": t("mission_drift.mean")},
            *([{"shape": "line", "look": "fair", "text": t("mission_drift.floor_line")}] if market.floor else []),
            *([{"shape": "block", "look": "ghost", "text": t("mission_drift.previous_mean")}] if previous else []),
        ]
        columns = [t("mission_drift.round"), *(t(f"mission_drift.{name}") for name in ("lowest", "mean", "highest"))]
        spread = [(min(missions), fmean(missions), max(missions)) for missions in run.rounds]
        rows = [[str(number), *(decimal(100 * mission, 1) for mission in three)] for number, three in enumerate(spread)]
        self.chart.draw(
            [*still, *moving[-1]], GROUND + 44, sentence, columns, rows, [*still, *moving[0]], frames, legend
        )

    def _draw_causes(self, run: Drift, previous: Drift | None) -> None:
        causes = ("selected", "changed")
        names = [t(f"mission_drift.{cause}") for cause in causes]
        text = [decimal(100 * getattr(run, cause), 1) for cause in causes]
        rows = [
            Bar(
                t("mission_drift.cause_line", cause=name, hours=told),
                [(100 * getattr(run, cause), "blue")],
                100 * getattr(previous, cause) if previous else None,
            )
            for cause, name, told in zip(causes, names, text, strict=True)
        ]
        sentence = t("mission_drift.causes_sentence", selected=text[0], changed=text[1])
        table = [list(row) for row in zip(names, text, strict=True)]
        columns = [t("mission_drift.cause"), t("mission_drift.axis_change")]
        legend = before_legend(previous)
        self.causes.draw(bars(rows, -45, 45), 2 * ROW, sentence, columns, table, legend=legend)


GROUND, MOST = 176, 70  # where the lowest organisations lie, in pixels; the most hours on the axis


def _at(mission: float) -> float:
    return 2 + 96 * min(100 * mission / MOST, 1)


def _lane(mission: float) -> int:
    return round(50 * mission)  # organisations within two hours of each other are heaped


def _rise(run: Drift) -> float:
    """Give how far above each other organisations lie, so that the highest heap of all rounds fits."""
    highest = max(max(Counter(map(_lane, missions)).values()) for missions in run.rounds)
    return min(11.0, (GROUND - 50) / max(1, highest))


def _round(number: int, run: Drift, rise: float) -> list[Mark]:
    """Draw all organisations after a round, and their mean."""
    heaps: Counter[int] = Counter()
    points = []
    for mission in run.rounds[number]:
        lane = _lane(mission)
        points.append((_at(lane / 50), GROUND - 5 - rise * heaps[lane], 0))
        heaps[lane] += 1
    mean = run.means[number]
    told = t("mission_drift.mean_is", number=number, hours=decimal(100 * mean))
    return [
        block("mean", _at(mean) - 0.2, 22, 0.4, GROUND - 22, "ink"),
        words("mean-is", _at(mean), 14, told, "start" if _at(mean) < 30 else "middle", "bold"),
        pile("organisation", 5, ("blue",), points),
    ]


def _round_told(number: int, run: Drift) -> str:
    return t("mission_drift.round_sentence", number=number, mean=decimal(100 * run.means[number]))


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
