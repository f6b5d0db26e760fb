"""A view on ``devaart_timeline.csv`` and ``devaart_conflicts.csv``: what happened, who says so, where they differ."""

from datetime import date

import traitlets

from vermarkting import data
from vermarkting.explorables.frame import Explorable, Stage
from vermarkting.text import t
from vermarkting.widgets.controls import Choice, SentenceSlider
from vermarkting.widgets.duel import Cards
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.scene import Mark, Scene, dot, line, words


def timeline() -> Explorable:
    """Show the events around De Vaart one by one, then where the sources contradict each other."""
    return Explorable("timeline", _Events(), _Conflicts(), Prose(t("timeline.note")))


def _sources(ids: list[str]) -> str:
    known = {row["id"]: row for row in data.rows("sources")}
    return "; ".join(f"{known[name]['publisher']} ({name})" for name in ids)


class _Events(Stack):
    """A slider, or a click on the line, walks through the events; one-source events have an open marker."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._rows = data.rows("devaart_timeline")
        self.place = SentenceSlider("timeline.place", min=1, max=len(self._rows), value=1)
        first, last = self._rows[0]["date_label"], self._rows[-1]["date_label"]
        self.chart = Scene(t("timeline.chart_title", first=first, last=last), self._pick)
        self.event = Prose(live=True)
        super().__init__([Stage([self.place, self.event], [self.chart])])
        self.place.observe(self._show, "value")
        self._show()

    def _pick(self, mark: str) -> None:
        ids = [row["id"] for row in self._rows]
        self.place.value = ids.index(mark.split("-")[0]) + 1

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        place = int(self.place.value) - 1
        row = self._rows[place]
        lines = [
            row["event"],
            t("timeline.figure", figure=row["figure"]) if row["figure"] else "",
            t(
                "timeline.told_by",
                sources=_sources(row["source_ids"]),
                sureness=row["sureness"],
                reading=row["reading"],
            ),
            t("timeline.caveat", caveat=row["caveat"]) if row["caveat"] else "",
        ]
        with self.event.hold_sync():
            self.event.title = row["date_label"]
            self.event.text = "\n\n".join(filter(None, lines))
        self._draw(place)
        self.value = {"event": row["id"]}

    def _draw(self, place: int) -> None:
        marks = [line("axis", AXIS, ROW / 2, AXIS, ROW * (len(self._rows) - 0.5), "ink")]
        first, last = (date.fromisoformat(self._rows[end]["date"]) for end in (0, -1))
        for number, row in enumerate(self._rows):
            share = (date.fromisoformat(row["date"]) - first) / (last - first)
            marks += _event(number, row, ROW * (0.5 + share * (len(self._rows) - 1)), number == place)
        single = sum(len(row["source_ids"]) == 1 for row in self._rows)
        sentence = t("timeline.chart_sentence", total=len(self._rows), single=single)
        columns = [t(f"timeline.{name}") for name in ("date", "event", "certainty", "reading", "source")]
        rows = [
            [r["date_label"], r["event"], r["sureness"], r["reading"], ", ".join(r["source_ids"])] for r in self._rows
        ]
        legend = [
            {"shape": "dot", "look": look, "text": t(f"timeline.{name}")}
            for look, name in (("open", "one_source"), ("blue", "more_sources"), ("ghost", "here"))
        ]
        self.chart.draw(marks, ROW * len(self._rows), sentence, columns, rows, legend=legend)


AXIS, ROW = 8, 27  # percent from the left, pixels from one event's words to the next


def _event(number: int, row: dict, y: float, here: bool) -> list[Mark]:
    """Draw an event on the line at its date, and lead to its words, which stand at equal distances."""
    name, beside = row["id"], ROW * (number + 0.5)
    told = t("timeline.row", number=number + 1, date=row["date_label"])
    look = "open" if len(row["source_ids"]) == 1 else "blue"
    marks = [
        line(f"{name}-lead", AXIS, y, 22, beside, "grey"),
        dot(f"{name}-dot", AXIS, y, 7, look, pick=True),
        words(f"{name}-words", 23, beside + 5, told, weight="bold" if here else "normal", pick=True),
    ]
    return [*marks, dot("here", AXIS, y, 12, "ghost")] if here else marks


class _Conflicts(Stack):
    """Pick a theme; the Canon's sentence and the other sources stand side by side."""

    def __init__(self) -> None:
        self._rows = {row["id"]: row for row in data.rows("devaart_conflicts")}
        heading = Prose(t("timeline.conflicts_intro"), title=t("timeline.conflicts_title"))
        options = [{"id": name, "text": row["theme"]} for name, row in self._rows.items()]
        self.pick = Choice(t("timeline.conflict_pick"), options, compact=True)
        self.cards, self.difference = Cards(), Prose(tone="reveal", live=True)
        super().__init__([heading, self.pick, self.cards, self.difference])
        self.pick.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        row = self._rows[self.pick.value]
        sides = (
            ("timeline.conflict_canon", row["seed_says"], [row["seed_source_id"]]),
            ("timeline.conflict_others", row["others_say"], row["source_ids"]),
        )
        self.cards.cards = [
            {"title": t(title), "claim": says, "speaker": t("timeline.from", sources=_sources(ids)), "rows": []}
            for title, says, ids in sides
        ]
        self.difference.text = f"{t('timeline.conflict_difference')}: {row['difference']}"
