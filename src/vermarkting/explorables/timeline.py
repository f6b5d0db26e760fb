"""A view on ``devaart_timeline.csv`` and ``devaart_conflicts.csv``: what happened, who says so, where they differ."""

import traitlets

from vermarkting import data
from vermarkting.explorables.drawing.plots import BLUE, INK, ORANGE
from vermarkting.explorables.frame import Explorable, Stage
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Choice, SentenceSlider
from vermarkting.widgets.duel import Cards
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose


def timeline() -> Explorable:
    """Show the events around De Vaart one by one, then where the sources contradict each other."""
    return Explorable("timeline", _Events(), _Conflicts(), Prose(t("timeline.note")))


def _sources(ids: list[str]) -> str:
    known = {row["id"]: row for row in data.rows("sources")}
    return "; ".join(f"{known[name]['publisher']} ({name})" for name in ids)


class _Events(Stack):
    """A slider walks through the events; one-source events have an open marker."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._rows = data.rows("devaart_timeline")
        self.place = SentenceSlider("timeline.place", min=1, max=len(self._rows), value=1)
        first, last = self._rows[0]["date_label"], self._rows[-1]["date_label"]
        self.chart = Chart(t("timeline.chart_title", first=first, last=last))
        self.event = Prose(live=True)
        super().__init__([Stage([self.place, self.event], [self.chart])])
        self.place.observe(self._show, "value")
        self._show()

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
        single = [len(row["source_ids"]) == 1 for row in self._rows]
        dates = [row["date"] for row in self._rows]
        everything = {
            "type": "scatter",
            "mode": "lines+markers",
            "x": dates,
            "y": [0] * len(dates),
            "line": {"color": INK, "width": 1},
            "marker": {"size": 14, "symbol": ["circle-open" if one else "circle" for one in single], "color": BLUE},
            "text": [row["date_label"] for row in self._rows],
            "hovertemplate": "%{text}<extra></extra>",
        }
        here = {
            "type": "scatter",
            "mode": "markers+text",
            "x": [dates[place]],
            "y": [0],
            "marker": {"size": 22, "symbol": "diamond", "color": ORANGE},
            "text": [str(place + 1)],
            "textposition": "top center",
            "hoverinfo": "skip",
        }
        layout = {
            "height": 150,
            "showlegend": False,
            "margin": {"l": 20, "r": 20, "t": 25, "b": 35},
            "yaxis": {"visible": False, "range": [-1, 1.4]},
            "xaxis": {"tickformat": "%m/%Y", "range": ["2016-02-15", "2017-07-31"]},
        }
        sentence = t("timeline.chart_sentence", total=len(dates), single=sum(single))
        columns = [
            t("timeline.date"),
            t("timeline.event"),
            t("timeline.certainty"),
            t("timeline.reading"),
            t("timeline.source"),
        ]
        rows = [
            [r["date_label"], r["event"], r["sureness"], r["reading"], ", ".join(r["source_ids"])] for r in self._rows
        ]
        self.chart.draw([everything, here], layout, sentence, columns, rows)


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
