"""The eight statements of lesson 00 asked again, and both answers side by side: for the reader alone."""

import traitlets

from vermarkting import data
from vermarkting.answers import AnswerSheet
from vermarkting.explorables.drawing.plots import BLUE, INK
from vermarkting.explorables.frame import Explorable, Row, Stage
from vermarkting.questions import fits
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question

AGAIN = (
    "10.poll_1",
    "10.poll_2",
    "10.poll_3",
    "10.poll_4",
    "10.poll_5",
    "10.poll_6",
    "10.poll_7",
    "10.poll_8",
)
FIRST = {again: again.replace("10.", "00.") for again in AGAIN}  # the same statements, as lesson 00 asked them


def poll_return() -> Explorable:
    """Ask the poll again; an earlier answer appears only beside a new one. Works without lesson 00 as well."""
    return Explorable("poll_return", _Poll(AnswerSheet()))


class _Poll(Stack):
    """Eight sliders, one at a time, beside a chart of what was answered before and now."""

    value = traitlets.Dict()

    def __init__(self, sheet: AnswerSheet) -> None:
        self._sheet, self._place = sheet, 0
        self.questions = {now: Question(now, data.question(now), sheet) for now in AGAIN}
        self.page = Stack()
        self.chart = Chart(t("poll_return.chart"))
        self.words = Prose(tone="reveal", live=True)
        turn = Row(
            Button(t("poll_return.on"), lambda: self._turn(1)), Button(t("poll_return.back"), lambda: self._turn(-1))
        )
        alone = Prose(t("poll_return.alone"))
        super().__init__([Stage([self.page, turn], [self.chart], [self.words]), alone])
        for question in self.questions.values():
            question.observe(self._show, "answer")
        self._turn(0)
        self._show()

    def _turn(self, by: int) -> None:
        self._place = (self._place + by) % len(AGAIN)
        place = Prose(t("poll_return.place", number=self._place + 1, total=len(AGAIN)), live=True)
        self.page.children = [place, self.questions[AGAIN[self._place]]]

    def _show(self, _change: object = None) -> None:
        saved = self._sheet.all()
        pairs = []
        for now, before in FIRST.items():
            old = saved[before].value if before in saved and fits(data.question(before), saved[before].value) else None
            new = self.questions[now].answer if self.questions[now].is_answered() else None
            pairs.append((old, new))
        names = [f"{t('poll_return.statement', number=number)} " for number in range(1, len(pairs) + 1)]
        seen = [(name, old, new) for name, (old, new) in zip(names, pairs, strict=True) if new is not None]
        traces = [
            _points("before", [(name, old) for name, old, _ in seen if old is not None], "diamond-open", INK),
            _points("now", [(name, new) for name, _, new in seen], "circle", BLUE),
        ]
        layout = {
            "height": 380,
            "margin": {"l": 90, "r": 20, "t": 60, "b": 50},
            "xaxis": {"range": [-0.5, 10.5], "dtick": 1, "title": {"text": t("poll_return.axis"), "standoff": 4}},
            "yaxis": {"type": "category", "categoryorder": "array", "categoryarray": names[::-1], "range": [-0.5, 7.5]},
        }
        both = [(old, new) for _, old, new in seen if old is not None]
        missing = sum(old is None for old, _ in pairs)
        key = "none" if not seen else "no_before" if not both else "sentence"
        moved = [abs(new - old) for old, new in both]
        sentence = t(
            f"poll_return.{key}",
            answered=len(seen),
            both=len(both),
            moved=sum(step >= 2 for step in moved),
            missing=missing,
        )
        columns = [t("poll_return.column"), t("poll_return.before"), t("poll_return.now")]
        rows = [
            [name.strip(), _number(old if new is not None else None), _number(new)]
            for name, (old, new) in zip(names, pairs, strict=True)
        ]
        self.chart.draw(traces, layout, sentence, columns, rows)
        self.words.text = self._largest(pairs)
        self.value = {"answered": len(seen), "compared": len(both)}

    def _largest(self, pairs: list[tuple]) -> str:
        """Name the statement on which the reader moved most, in a neutral tone."""
        steps = {place: abs(new - old) for place, (old, new) in enumerate(pairs) if old is not None and new is not None}
        place = max(steps, key=steps.get, default=None)
        if place is None:
            return t("poll_return.why_no_before")
        old, new = pairs[place]
        if steps[place] == 0:
            return t("poll_return.why_same")
        statement = data.question(AGAIN[place])["prompt"]
        return t("poll_return.why", statement=statement, old=_number(old), new=_number(new))


def _points(series: str, points: list[tuple], symbol: str, color: str) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": t(f"poll_return.{series}"),
        "x": [value for _, value in points],
        "y": [name for name, _ in points],
        "marker": {"symbol": symbol, "size": 14, "color": color, "line": {"width": 2}},
        "hovertemplate": "%{y}: %{x}<extra>" + t(f"poll_return.{series}") + "</extra>",
    }


def _number(answer: float | None) -> str:
    return "–" if answer is None else f"{answer:g}".replace(".", ",")
