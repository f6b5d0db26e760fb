"""The picture of the week in :mod:`vermarkting.models.krachtlijnen`: one team's hours under six contracts."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

import traitlets

from vermarkting import data
from vermarkting.explorables.drawing.plots import BLUE, GREY, INK, ORANGE, bar, ghost
from vermarkting.explorables.frame import AfterBet, Explorable, Ghost, Stage, decimal, later, step
from vermarkting.explorables.krachtlijnen import name_of
from vermarkting.models.krachtlijnen import KRACHTLIJNEN, REGISTRATION, Contract, Task, Week, cut, week
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice, SentenceSlider
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, block, pile, words

CUT = 10  # hours, as many as the smallest task has
STRICTNESS = 60  # stylised: where the runs open
FORMS = ("subsidy", "tender", "sib")
LOOKS = (("circle", BLUE), ("square", ORANGE), ("triangle-up", INK))
FORM_LOOKS = ("blue", "orange", "grey")
LEFT, HOUR = 28.5, 1.42  # percent: where the hours start, and how wide one is
OFFSETS = {1: (0.0,), 3: (-0.24, 0.0, 0.24)}  # so that equal values stay visible


def team_budget() -> Explorable:
    """Cut ten hours by hand, bet on three forms of financing and on one sentence in a tender, then change all."""
    return Explorable(
        "team_budget",
        _ByHand(),
        step("team_budget", "bet"),
        AfterBet("08.bet_eerst", _Forms, "team_budget.forms"),
        step("team_budget", "sentence"),
        AfterBet("08.bet_bestek", _Near, "team_budget.near"),
        later("team_budget.sandbox", _Sandbox),
        Prose(t("team_budget.model_note")),
    )


def tasks() -> tuple[Task, ...]:
    """Give the tasks of the team from ``team_tasks.csv``."""
    rows = data.rows("team_tasks")
    return tuple(Task(row["id"], row["wanted_hours"], tuple(row[k] / 100 for k in KRACHTLIJNEN)) for row in rows)


def contracts() -> dict[str, Contract]:
    """Give the contracts of ``contracts.csv`` by their id."""
    ids = [row["id"] for row in data.rows("team_tasks")]
    return {
        row["id"]: Contract(tuple(row[task] / 100 for task in ids), row["procedure_hours"])
        for row in data.rows("contracts")
    }


def _names(table: str) -> dict[str, str]:
    return {row["id"]: row["name"] for row in data.rows(table)}


def _lowest(found: Week) -> int:
    return min(range(len(KRACHTLIJNEN)), key=lambda place: found.krachtlijnen[place])


class Dots(Chart):
    """Rows with one mark per contract, the previous state as small open marks, and a line at what was wanted."""

    def show(
        self,
        rows: list[str],
        series: list[tuple[str, tuple[float, ...]]],
        previous: list[tuple[float, ...]],
        axis: dict,
        wanted: list[float],
        sentence: str,
        corner: str,
    ) -> None:
        offsets = OFFSETS[len(series)]
        traces = []
        for (name, values), (symbol, color), offset in zip(series, LOOKS, offsets, strict=False):
            places = [number + offset for number in range(len(rows))]
            traces.append(_marks(name, list(values), places, rows, {"symbol": symbol, "size": 13, "color": color}))
        if previous:
            x = [round(value, 2) for values in previous for value in values]
            y = [number + offset for offset in offsets for number in range(len(rows))]
            symbols = [f"{symbol}-open" for (symbol, _), _ in zip(LOOKS, offsets, strict=False) for _ in rows]
            look = {"symbol": symbols, "size": 9, "color": GREY, "line": {"width": 2}}
            traces.append(_marks(t("team_budget.previous"), x, y, rows * len(offsets), look))
        dotted = {"color": INK, "width": 2, "dash": "dot"}
        layout = {
            "height": 75 + (28 if len(series) > 1 else 24) * len(rows),
            "margin": {"l": 190, "r": 20, "t": 30, "b": 42},
            "xaxis": axis,
            "yaxis": {
                "tickvals": list(range(len(rows))),
                "ticktext": [f"{row} " for row in rows],
                "range": [len(rows) - 0.5, -0.5],
                "zeroline": False,
            },
            "shapes": [
                {"type": "line", "x0": x, "x1": x, "y0": place - 0.42, "y1": place + 0.42, "line": dotted}
                for place, x in enumerate(wanted)
            ],
        }
        columns = [corner, *(name for name, _ in series)]
        cells = [[row, *(decimal(values[n], 1) for _, values in series)] for n, row in enumerate(rows)]
        self.draw(traces, layout, sentence, columns, cells)


def _marks(name: str, x: list[float], y: list[float], rows: list[str], look: dict) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [round(value, 2) for value in x],
        "y": y,
        "customdata": rows,
        "marker": look,
        "hovertemplate": "%{customdata}: %{x:.0f}<extra>" + name + "</extra>",
    }


class HoursScene(Scene):
    """The team's hours as blocks, a row per task; the blocks that a task wanted stand as an outline."""

    def __init__(self) -> None:
        super().__init__(t("team_budget.chart_hours"))

    def show(
        self, rows: list[str], series: list[tuple[str, tuple[float, ...]]], wanted: list[float], sentence: str
    ) -> None:
        thin = len(series) > 1
        high, rise = (9, 32) if thin else (18, 26)
        marks, first = [], 58 if thin else 6
        for place, (name, _) in enumerate(series if thin else ()):
            y = 4 + 18 * place
            marks += [
                block(f"key-{place}", LEFT, y, 3, 10, FORM_LOOKS[place]),
                words(f"form-{place}", 33, y + 10, name),
            ]
        for number, (row, hours) in enumerate(zip(rows, wanted, strict=True)):
            top = first + rise * number
            marks += [
                words(f"row-{number}", 27, top + (19 if thin else 14), row, "end"),
                block(f"wanted-{number}", LEFT, top - 1, HOUR * hours, len(series) * high + 2, "ghost"),
            ]
        for place, (_, values) in enumerate(series):
            places = [
                (LEFT + HOUR * hour, first + rise * number + high * place, FORM_LOOKS[place])
                for number, count in enumerate(_whole(values))
                for hour in range(count)
            ]
            marks.append(hours_of(f"hour-{place}", HOUR - 0.3, high - 2, places))
        columns = [t("team_budget.task"), *(name for name, _ in series)]
        cells = [[row, *(decimal(values[n], 1) for _, values in series)] for n, row in enumerate(rows)]
        self.draw(marks, first + rise * len(rows) + 2, sentence, columns, cells)


def _whole(values: Sequence[float]) -> list[int]:
    """Round hours to blocks so that together they are as many as the hours together."""
    ends = [round(end) for end in accumulate(values)]
    return [end - start for start, end in pairwise([0, *ends])]


def hours_of(name: str, w: float, h: float, places: list[tuple[float, float, str]]) -> Mark:
    return pile(name, 0, FORM_LOOKS, [(x, y, FORM_LOOKS.index(look)) for x, y, look in places], w=w, h=h)


class WeekCharts(Stack):
    """What contracts leave of the five krachtlijnen, and of the hours."""

    def __init__(self) -> None:
        self.krachtlijnen, self.hours = Dots(t("team_budget.chart_krachtlijnen")), HoursScene()
        self._ghost: Ghost[list[Week]] = Ghost()
        super().__init__([self.krachtlijnen, self.hours])

    def show(self, found: list[tuple[str, Week]], sentence: str) -> None:
        weeks = [each for _, each in found]
        before = self._ghost.show(weeks)
        before = before if before and before != weeks else []
        axis = {"range": [0, 200], "title": {"text": t("team_budget.axis_krachtlijnen")}}
        series = [(name, each.krachtlijnen) for name, each in found]
        previous = [each.krachtlijnen for each in before]
        names = [name_of(krachtlijn) for krachtlijn in KRACHTLIJNEN]
        self.krachtlijnen.show(names, series, previous, axis, [100] * 5, sentence, t("team_budget.krachtlijn"))
        self._show_hours(found)

    def _show_hours(self, found: list[tuple[str, Week]]) -> None:
        rows = [t(f"team_budget.short.{task.id}") for task in tasks()] + [t("team_budget.registration")]
        series = [(name, (*each.hours, each.registration)) for name, each in found]
        wanted = [*(task.wanted for task in tasks()), REGISTRATION]
        self.hours.show(rows, series, wanted, self._shrunk(rows, series, wanted))

    def _shrunk(self, rows: list[str], series: list[tuple[str, tuple[float, ...]]], wanted: list[float]) -> str:
        """Name for each contract the task that lost the largest part of its wanted hours."""
        found = []
        for name, values in series:
            place = min(range(len(rows) - 1), key=lambda n, values=values: values[n] / wanted[n])
            if values[place] < wanted[place] - 0.05:
                hours = {"hours": decimal(values[place], 1), "wanted": decimal(wanted[place])}
                found.append(t("team_budget.shrunk", name=name, task=rows[place].lower(), **hours))
        return t("team_budget.hours_sentence", shrunk="; ".join(found)) if found else t("team_budget.hours_whole")


class _ByHand(Stack):
    """Step 1: ten hours disappear; the student says where."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        names = _names("team_tasks")
        hints = {row["id"]: row for row in data.rows("team_tasks")}
        options = [{"id": "even", "text": t("team_budget.even")}]
        options += [
            {
                "id": name,
                "text": text,
                "hint": t(
                    "team_budget.task_hint", meaning=hints[name]["meaning"], hours=decimal(hints[name]["wanted_hours"])
                ),
            }
            for name, text in names.items()
        ]
        self.where = Choice(t("team_budget.where", hours=CUT), options)
        self.chart = Chart(t("team_budget.chart_cut"))
        self._ghost: Ghost[Week] = Ghost()
        super().__init__([step("team_budget", "hand"), Stage([self.where], [self.chart])])
        self.where.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        task = None if self.where.value == "even" else self.where.value
        found = cut(tasks(), task, CUT)
        previous = self._ghost.show(found)
        labels = [f"{name_of(krachtlijn)} " for krachtlijn in KRACHTLIJNEN]
        text = [decimal(value) for value in found.krachtlijnen]
        trace = bar(t("team_budget.now"), list(found.krachtlijnen), labels, BLUE, "", text=text, textposition="auto")
        traces = [trace]
        if previous and previous != found:
            traces.append(ghost(t("team_budget.previous"), list(previous.krachtlijnen), labels))
        layout = {
            "height": 300,
            "margin": {"l": 170, "r": 20, "t": 45, "b": 45},
            "xaxis": {"range": [0, 110], "title": {"text": t("team_budget.axis_krachtlijnen")}},
            "yaxis": {"autorange": "reversed"},
        }
        if task is None:
            sentence = t("team_budget.cut_even", hours=CUT, index=text[0])
        elif min(found.krachtlijnen) == 100:
            sentence = t("team_budget.cut_none", hours=CUT, task=t(f"parameters.choices.{task}"))
        else:
            lowest = _lowest(found)
            words = {"lowest": name_of(KRACHTLIJNEN[lowest]).lower(), "index": text[lowest]}
            sentence = t("team_budget.cut_task", hours=CUT, task=t(f"parameters.choices.{task}"), **words)
        rows = [[label.strip(), value] for label, value in zip(labels, text, strict=True)]
        columns = [t("team_budget.krachtlijn"), t("team_budget.axis_krachtlijnen")]
        self.chart.draw(traces, layout, sentence, columns, rows)
        self.value = {"where": self.where.value, "krachtlijnen": list(found.krachtlijnen)}


def _strictness(value: float = STRICTNESS) -> SentenceSlider:
    return SentenceSlider("team_budget.strictness", max=100, step=1, value=value)


class _Forms(Stack):
    """Step 2: the same team under a subsidy, a tender and a SIB."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self.strictness, self.charts = _strictness(), WeekCharts()
        reset = Button(t("team_budget.reset"), self._reset)
        super().__init__([Stage([self.strictness, reset], [self.charts])])
        self.strictness.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        self.strictness.value = STRICTNESS

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        names = _names("contracts")
        every = contracts()
        found = {form: week(tasks(), every[form], self.strictness.value) for form in FORMS}
        self.charts.show([(names[form], each) for form, each in found.items()], self._sentence(found))
        self.value = {
            "strictness": self.strictness.value,
            "lowest": {form: KRACHTLIJNEN[_lowest(each)] for form, each in found.items()},
        }

    def _sentence(self, found: dict[str, Week]) -> str:
        if not self.strictness.value:
            return t("team_budget.forms_free")
        words = {"strictness": decimal(self.strictness.value)}
        for form, each in found.items():
            place = _lowest(each)
            words[form] = name_of(KRACHTLIJNEN[place]).lower()
            words[f"{form}_index"] = decimal(each.krachtlijnen[place])
        return t("team_budget.forms_sentence", **words)


class _Near(Stack):
    """Step 4: one sentence more in the specification of the tender."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        options = [
            {"id": row["id"], "text": row["name"], "hint": row["description"]}
            for row in data.rows("contracts")
            if row["form"] == "tender"
        ]
        self.contract, self.strictness = (
            Choice(t("team_budget.specification"), options, value="tender_near"),
            _strictness(),
        )
        self.charts = WeekCharts()
        reset = Button(t("team_budget.reset"), self._reset)
        super().__init__([Stage([self.contract, self.strictness, reset], [self.charts])])
        for control in (self.contract, self.strictness):
            control.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        self.contract.value, self.strictness.value = "tender_near", STRICTNESS

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        found = week(tasks(), contracts()[self.contract.value], self.strictness.value)
        self.charts.show([(_names("contracts")[self.contract.value], found)], _one(found, self.strictness.value))
        self.value = {"contract": self.contract.value, "krachtlijnen": list(found.krachtlijnen)}


def _one(found: Week, strictness: float) -> str:
    """Say how the five krachtlijnen stand in one week."""
    indices = ", ".join(
        f"{name_of(k).lower()} {decimal(value)}" for k, value in zip(KRACHTLIJNEN, found.krachtlijnen, strict=True)
    )
    return t("team_budget.one_sentence", strictness=decimal(strictness), indices=indices)


class _Sandbox(Stack):
    """Step 5: any contract, one sentence more, a stricter payer, fewer hours; three goals."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        options = [{"id": name, "text": text} for name, text in _names("contracts").items()]
        extra = [{"id": "none", "text": t("team_budget.no_extra")}]
        extra += [{"id": name, "text": text} for name, text in _names("team_tasks").items()]
        self.contract = Choice(t("team_budget.contract"), options, compact=True)
        self.extra = Choice(t("team_budget.extra"), extra, compact=True)
        self.strictness = _strictness(30)
        self.hours = SentenceSlider("team_budget.hours", min=60, max=100, step=1, value=100)
        self.about, self.charts = Prose(live=True), WeekCharts()
        self.goals = {name: Prose(live=True) for name in ("market", "subsidy", "sentence")}
        self._controls = (self.contract, self.extra, self.strictness, self.hours)
        reset = Button(t("team_budget.reset"), self._reset)
        super().__init__([Stage([*self._controls, reset, self.about], [self.charts], self.goals.values())])
        for control in self._controls:
            control.observe(self._show, "value")
        self._show()

    def _reset(self) -> None:
        self.contract.value, self.extra.value = "subsidy", "none"
        self.strictness.value, self.hours.value = 30, 100

    def _chosen(self) -> Contract:
        contract = contracts()[self.contract.value]
        paid = tuple(
            1.0 if task.id == self.extra.value else share for task, share in zip(tasks(), contract.paid, strict=True)
        )
        return replace(contract, paid=paid)

    def _saving(self) -> list[str]:
        """Tell what the cut alone does, apart from the contract: nothing where the payer asks nothing of the team."""
        if self.hours.value == 100:
            return []
        alone = week(tasks(), self._chosen(), 0, self.hours.value)
        return [t("team_budget.saving", index=decimal(alone.krachtlijnen[0]))]

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        row = next(row for row in data.rows("contracts") if row["id"] == self.contract.value)
        found = week(tasks(), self._chosen(), self.strictness.value, self.hours.value)
        self.about.text = " ".join(
            [t("team_budget.about", description=row["description"], reason=row["reason"]), *self._saving()]
        )
        self.charts.show([(row["name"], found)], _one(found, self.strictness.value))
        strict, whole = self.strictness.value >= STRICTNESS, sum(value >= 100 for value in found.krachtlijnen)
        place = _lowest(found)
        low = found.krachtlijnen[place]
        reached = {
            "market": strict and row["form"] != "subsidy" and self.extra.value == "none" and whole >= 3,
            "subsidy": row["form"] == "subsidy" and low < 50,
            "sentence": strict and row["form"] == "tender" and self.extra.value != "none" and low >= 75,
        }
        words = {
            "contract": row["name"],
            "whole": whole,
            "lowest": name_of(KRACHTLIJNEN[place]).lower(),
            "index": decimal(low),
        }
        for name, goal in self.goals.items():
            tone = "done" if reached[name] else "todo"
            with goal.hold_sync():
                goal.tone, goal.text = tone, t(f"team_budget.goal_{name}_{tone}", **words)
        self.value = {
            "contract": self.contract.value,
            "extra": self.extra.value,
            "krachtlijnen": list(found.krachtlijnen),
            "goals": [name for name, done in reached.items() if done],
        }
