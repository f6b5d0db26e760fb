"""The picture of :mod:`vermarkting.models.incentives`: 38 hours, an indicator that sees some of them, and clients."""

from collections.abc import Iterable
from dataclasses import asdict, replace

import traitlets

from vermarkting.explorables.drawing.plots import BLUE, INK, ORANGE
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Stage, decimal, later, step
from vermarkting.models.incentives import Parameters, Week, curve, divide, divide_by_hand
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, block, line, person, words

HOURS = 38
STEPS = 51


def incentives() -> Explorable:
    """Show the measuring factory: divide a week by hand, then bet on what a heavier and a better indicator do."""
    return Explorable(
        "incentives",
        _ByHand(),
        step("incentives", "bet"),
        AfterBet("01.bet_meetfabriek", lambda: _Run("weight"), "incentives.weight"),
        step("incentives", "indicator"),
        AfterBet("01.bet_indicator", lambda: _Run("weight", "coverage")),
        later("incentives.sandbox", lambda: _Sandbox("weight", "coverage", "ethos")),
        Prose(t("incentives.model_note")),
    )


BINS = {"measured": (1, "blue"), "unmeasured": (35, "orange"), "other": (69, "grey")}  # where each starts, in percent
PER_ROW, FLOOR, ROW = 6, 214, 20
METERS = {"dashboard": (248, "blue"), "client_value": (290, "orange")}


class WeekChart(Scene):
    """Noor's hours as blocks that move between three kinds of work, over what the dashboard and clients see."""

    def __init__(self) -> None:
        super().__init__(t("incentives.chart_hours"))
        self._ghost: Ghost[Week] = Ghost()

    def show(self, week: Week, sentence: str) -> None:
        previous = self._ghost.show(week)
        weeks = [(t("incentives.now"), week), *([(t("incentives.previous"), previous)] if previous else [])]
        marks = [
            person("noor", 3, 20, 30, "blue"),
            words("whose", 9, 24, t("incentives.whose", hours=HOURS), weight="bold"),
            *_bins(week, previous),
            *_hours(week),
            *_meters(week, previous),
        ]
        self.draw(marks, 304, sentence, *_table(weeks))


def whole_hours(week: Week) -> dict[str, int]:
    """Give how many of the hours are drawn as a block of each kind; together they are all of the week."""
    measured = round(week.measured)
    unmeasured = round(week.measured + week.unmeasured) - measured
    return {"measured": measured, "unmeasured": unmeasured, "other": HOURS - measured - unmeasured}


def _hours(week: Week) -> list[Mark]:
    """Draw each hour as a block; one that changes its kind of work moves to the other pile."""
    counts, marks, hour = whole_hours(week), [], 0
    for kind, (left, look) in BINS.items():
        for place in range(counts[kind]):
            row, column = divmod(place, PER_ROW)
            marks.append(block(f"hour-{hour}", left + 5 * column, FLOOR - ROW * (row + 1), 4.5, ROW - 3, look))
            hour += 1
    return marks


def _bins(week: Week, previous: Week | None) -> list[Mark]:
    marks = []
    for kind, (left, _) in BINS.items():
        hours = t("incentives.hours_of", hours=decimal(getattr(week, kind), 1))
        marks += [
            words(f"{kind}-name", left, 56, t(f"incentives.{kind}"), weight="bold"),
            words(f"{kind}-hours", left, 74, hours),
            line(f"{kind}-floor", left, FLOOR + 1, left + 29.5, FLOOR + 1),
        ]
        if previous:
            rows = max(0, round(getattr(previous, kind)) - 1) // PER_ROW + 1 if round(getattr(previous, kind)) else 0
            top = FLOOR - ROW * rows - 2
            marks.append(block(f"{kind}-before", left - 0.6, top, 30.7, FLOOR - top, "ghost"))
    return marks


def _meters(week: Week, previous: Week | None) -> list[Mark]:
    marks = []
    for field, (top, look) in METERS.items():
        value = decimal(getattr(week, field))
        marks += [
            words(f"{field}-name", 1, top - 5, t("incentives.meter", name=t(f"incentives.{field}"), value=value)),
            block(f"{field}-all", 1, top, 98, 15, "pale"),
            block(f"{field}-now", 1, top, 0.98 * getattr(week, field), 15, look),
        ]
        if previous:
            marks.append(block(f"{field}-before", 1, top - 2, 0.98 * getattr(previous, field), 19, "ghost"))
    return marks


def _table(weeks: list[tuple[str, Week]]) -> tuple[list[str], list[list[str]]]:
    fields = ("measured", "unmeasured", "other", "dashboard", "client_value")
    columns = [t("incentives.week"), *(t(f"incentives.{field}") for field in fields)]
    return columns, [[name, *(decimal(getattr(week, field), 1) for field in fields)] for name, week in weeks]


class _ByHand(Stack):
    """The student divides the week; what is left over goes to other work."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.measured = SentenceSlider("incentives.hand_measured", max=HOURS, value=18)
        self.unmeasured = SentenceSlider("incentives.hand_unmeasured", max=HOURS, value=10)
        self.chart = WeekChart()
        controls = [self.measured, self.unmeasured, Prose(t("incentives.index_note"))]
        super().__init__([step("incentives", "hand"), Stage(controls, [self.chart])])
        self.measured.observe(self._make_room, "value")
        self.unmeasured.observe(self._make_room, "value")
        self._show()

    def _make_room(self, change: traitlets.Bunch) -> None:
        other = self.unmeasured if change.owner is self.measured else self.measured
        other.value = min(other.value, HOURS - change.new)
        self._show()

    def _show(self) -> None:
        week = divide_by_hand(self.measured.value, self.unmeasured.value, HOURS)
        sentence = t("incentives.hand_result", **_rounded(week))
        self.chart.show(week, sentence)
        self.value = asdict(week)


class _Run(Stack):
    """The worker of the model divides the week under the chosen settings."""

    value = traitlets.Dict()

    def __init__(self, *controls: str, tasks: Iterable[Prose] = ()) -> None:
        ranges = {
            "weight": {"max": 100, "step": 1, "value": 0},
            "coverage": {"max": 100, "step": 1, "value": 0},
            "ethos": {"max": 3, "step": 0.25, "value": 1},
        }
        self.controls = {name: SentenceSlider(f"incentives.{name}", **ranges[name]) for name in controls}
        self._opening = {name: control.value for name, control in self.controls.items()}
        self.chart, self.line = WeekChart(), Chart(t("incentives.chart_value"))
        reset = Button(t("incentives.reset"), self._reset)
        super().__init__([Stage([*self.controls.values(), reset], [self.chart, self.line], tasks)])
        for control in self.controls.values():
            control.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        for name, control in self.controls.items():
            control.value = self._opening[name]

    def _parameters(self) -> Parameters:
        chosen = {name: control.value for name, control in self.controls.items()}
        return Parameters(
            hours=HOURS,
            indicator_weight=chosen["weight"],
            coverage=chosen.get("coverage", 0) / 100,
            ethos=chosen.get("ethos", 1),
        )

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        parameters = self._parameters()
        week = divide(parameters)
        key = "incentives.sentence" if week.unmeasured > 0.05 else "incentives.sentence_empty"
        self.chart.show(week, t(key, weight=decimal(parameters.indicator_weight), **_rounded(week)))
        self._draw_line(parameters, week)
        self.value = {**asdict(parameters), **asdict(week)}

    def _draw_line(self, parameters: Parameters, week: Week) -> None:
        weeks = curve(parameters, STEPS)
        weights = [100 * place / (STEPS - 1) for place in range(STEPS)]
        series = (("dashboard", BLUE, "dash"), ("client_value", ORANGE, "solid"))
        traces = [
            {
                "type": "scatter",
                "mode": "lines",
                "name": t(f"incentives.{field}"),
                "x": weights,
                "y": [round(getattr(w, field), 2) for w in weeks],
                "line": {"color": color, "dash": dash, "width": 3},
                "hovertemplate": "%{y:.0f}<extra>" + t(f"incentives.{field}") + "</extra>",
            }
            for field, color, dash in series
        ]
        here = {
            "type": "line",
            "x0": parameters.indicator_weight,
            "x1": parameters.indicator_weight,
            "y0": 0,
            "y1": 105,
        }
        layout = {
            "height": 190,
            "margin": {"l": 55, "r": 15, "t": 28, "b": 42},
            "xaxis": {"range": [0, 100], "title": {"text": t("incentives.axis_weight"), "standoff": 4}},
            "yaxis": {"range": [0, 105], "title": {"text": t("incentives.axis_score")}},
            "shapes": [{**here, "line": {"color": INK, "width": 2, "dash": "dot"}}],
        }
        best = max(range(STEPS), key=lambda place: weeks[place].client_value)
        sentence = t("incentives.line_sentence", best=decimal(weights[best]), value=decimal(weeks[best].client_value))
        rows = [
            [decimal(weights[place]), decimal(weeks[place].dashboard), decimal(weeks[place].client_value)]
            for place in range(0, STEPS, 5)
        ]
        columns = [t("incentives.axis_weight"), t("incentives.dashboard"), t("incentives.client_value")]
        self.line.draw(traces, layout, sentence, columns, rows)


class _Sandbox(_Run):
    """All three controls, and three goals that say themselves when they are reached."""

    def __init__(self, *controls: str) -> None:
        self.goals = {name: Prose(live=True) for name in ("empty", "pride", "good")}
        super().__init__(*controls, tasks=self.goals.values())

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        super()._show()
        setting = self._parameters()
        week, without = divide(setting), divide(replace(setting, indicator_weight=0))
        reached = {
            "empty": week.dashboard > 99.5 and week.unmeasured < 0.05,
            "pride": setting.indicator_weight >= 60 and setting.coverage == 0 and week.unmeasured > 0,
            "good": setting.indicator_weight >= 50 and week.client_value > without.client_value,
        }
        values = {**_rounded(week), "before": decimal(without.client_value), "unmeasured": decimal(week.unmeasured, 1)}
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"incentives.goal_{name}_{tone}", **values)
        self.value = {**self.value, "goals": [name for name, done in reached.items() if done]}


def _rounded(week: Week) -> dict[str, str]:
    return {field: decimal(number) for field, number in asdict(week).items()}
