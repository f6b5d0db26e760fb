"""The picture of :mod:`vermarkting.models.incentives`: 38 hours, an indicator that sees some of them, and clients."""

from dataclasses import asdict, replace

import traitlets

from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, decimal, step
from vermarkting.explorables.style import BLUE, GREY, INK, ORANGE, bar
from vermarkting.models.incentives import Parameters, Week, curve, divide, divide_by_hand
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

HOURS = 38
STEPS = 51


def incentives() -> Explorable:
    """Show the measuring factory: divide a week by hand, then bet on what a heavier and a better indicator do."""
    return Explorable(
        "incentives",
        _ByHand(),
        step("incentives", "bet"),
        AfterBet("01.bet_meetfabriek", lambda: Stack([step("incentives", "weight"), _Run("weight")])),
        step("incentives", "indicator"),
        AfterBet("01.bet_indicator", lambda: _Run("weight", "coverage")),
        step("incentives", "sandbox"),
        _Sandbox("weight", "coverage", "ethos"),
        Prose(t("incentives.model_note")),
    )


class WeekChart(Chart):
    """The hours of a week as one bar, with the previous week behind it, over what dashboard and clients see."""

    def __init__(self) -> None:
        super().__init__(t("incentives.chart_hours"))
        self._ghost: Ghost[Week] = Ghost()

    def show(self, week: Week, sentence: str) -> None:
        previous = self._ghost.show(week)
        weeks = [(t("incentives.now"), week), *([(t("incentives.previous"), previous)] if previous else [])]
        labels = [f"{name} " for name, _ in weeks]
        traces = [
            bar(t("incentives.measured"), [w.measured for _, w in weeks], labels, BLUE, ""),
            bar(t("incentives.unmeasured"), [w.unmeasured for _, w in weeks], labels, ORANGE, "/"),
            bar(t("incentives.other"), [w.other for _, w in weeks], labels, GREY, "."),
        ]
        scores = [f"{t('incentives.dashboard')} ", f"{t('incentives.client_value')} "]
        for (name, w), color, pattern in zip(weeks, (INK, GREY), ("", "x"), strict=False):
            values = [w.dashboard, w.client_value]
            text = [decimal(value) for value in values]
            below = {"xaxis": "x2", "yaxis": "y2", "text": text, "textposition": "auto", "showlegend": False}
            traces.append(bar(name, values, scores, color, pattern, offsetgroup=name, **below))
        layout = {
            "barmode": "relative",
            "height": 400,
            "margin": {"l": 150, "r": 20, "t": 50, "b": 45},
            "xaxis": {"range": [0, HOURS], "title": {"text": t("incentives.axis_hours"), "standoff": 4}, "anchor": "y"},
            "yaxis": {"domain": [0.62, 1], "autorange": "reversed"},
            "xaxis2": {"range": [0, 100], "title": {"text": t("incentives.axis_score"), "standoff": 4}, "anchor": "y2"},
            "yaxis2": {"domain": [0, 0.38], "autorange": "reversed"},
        }
        self.draw(traces, layout, sentence, *_table(weeks))


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
        super().__init__(
            [step("incentives", "hand"), self.measured, self.unmeasured, self.chart, Prose(t("incentives.index_note"))]
        )
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

    def __init__(self, *controls: str) -> None:
        ranges = {
            "weight": {"max": 100, "step": 1, "value": 0},
            "coverage": {"max": 100, "step": 1, "value": 0},
            "ethos": {"max": 3, "step": 0.25, "value": 1},
        }
        self.controls = {name: SentenceSlider(f"incentives.{name}", **ranges[name]) for name in controls}
        self._opening = {name: control.value for name, control in self.controls.items()}
        self.chart, self.line = WeekChart(), Chart(t("incentives.chart_value"))
        reset = Button(t("incentives.reset"), self._reset)
        super().__init__([*self.controls.values(), reset, self.chart, self.line])
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
            "height": 300,
            "xaxis": {"range": [0, 100], "title": {"text": t("incentives.axis_weight")}},
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
        super().__init__(*controls)
        self.children = [*self.children, *self.goals.values()]

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
