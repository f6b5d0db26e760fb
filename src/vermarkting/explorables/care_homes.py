"""A view on ``care_homes.csv``: one count of places, two definitions of what is commercial."""

import traitlets

from vermarkting import data
from vermarkting.explorables.drawing.plots import BLUE, GREY, ORANGE
from vermarkting.explorables.frame import AfterBet, Explorable, Stage, decimal
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

DEFINITIONS = {"broad": "share_broad_pct", "strict": "share_strict_pct"}
PLACES = {"broad": ("for_profit", "nonprofit_in_group"), "strict": ("for_profit",)}


def care_homes() -> Explorable:
    """Show the commercial share of care-home places, 2013-2022, under the definition the student picks (source B75)."""
    return Explorable("care_homes", AfterBet("02.bet_woonzorg", _Shares), Prose(t("care_homes.note")))


class _Shares(Stack):
    value = traitlets.Dict()

    def __init__(self) -> None:
        self._rows = data.rows("care_homes")
        options = [
            {"id": name, "text": t(f"care_homes.definitions.{name}"), "hint": t(f"care_homes.definition_help.{name}")}
            for name in DEFINITIONS
        ]
        self.definition = Choice(t("care_homes.toggle"), options)
        first, last = self._rows[0]["year"], self._rows[-1]["year"]
        self.chart = Chart(t("care_homes.chart_title", first_year=first, last_year=last))
        both = t("care_homes.both", **{name: decimal(self._growth(name), 1) for name in DEFINITIONS})
        self.places = Prose(live=True)
        stage = Stage([self.definition, self.places], [self.chart])
        super().__init__([stage, Prose(both), Prose(t("care_homes.source"))])
        self.definition.observe(self._show, "value")
        self._show()

    def _growth(self, definition: str) -> float:
        shares = [row[DEFINITIONS[definition]] for row in self._rows]
        return shares[-1] - shares[0]

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        chosen = self.definition.value
        other = next(name for name in DEFINITIONS if name != chosen)
        years = [row["year"] for row in self._rows]
        color = {"broad": BLUE, "strict": ORANGE}[chosen]
        traces = [self._line(other, years, GREY, "dot", 2), self._line(chosen, years, color, "solid", 4)]
        layout = {
            "xaxis": {"title": {"text": t("care_homes.axis_year")}, "dtick": 1},
            "yaxis": {"title": {"text": t("care_homes.axis_share")}, "range": [0, 32]},
            "height": 360,
        }
        shares = [row[DEFINITIONS[chosen]] for row in self._rows]
        sentence = t(
            "care_homes.sentence",
            definition=t(f"care_homes.definitions.{chosen}"),
            first=decimal(shares[0], 1),
            last=decimal(shares[-1], 1),
            first_year=years[0],
            last_year=years[-1],
            growth=decimal(self._growth(chosen), 1),
        )
        columns = [t("care_homes.table_year"), *(t(f"care_homes.definitions.{name}") for name in DEFINITIONS)]
        table = [[str(row["year"]), *(decimal(row[field], 1) for field in DEFINITIONS.values())] for row in self._rows]
        self.chart.draw(traces, layout, sentence, columns, table)
        added = {name: self._rows[-1][name] - self._rows[0][name] for name in ("total", *PLACES["broad"])}
        commercial = sum(added[name] for name in PLACES[chosen])
        self.places.text = t("care_homes.places", total=decimal(added["total"]), commercial=decimal(commercial))
        self.value = {"definition": chosen, "growth": round(self._growth(chosen), 1)}

    def _line(self, definition: str, years: list[int], color: str, dash: str, width: int) -> dict:
        return {
            "type": "scatter",
            "mode": "lines+markers",
            "name": t(f"care_homes.definitions.{definition}"),
            "x": years,
            "y": [row[DEFINITIONS[definition]] for row in self._rows],
            "line": {"color": color, "dash": dash, "width": width},
            "marker": {"symbol": {"broad": "circle", "strict": "square"}[definition], "size": 8},
            "hovertemplate": "%{x}: %{y:.1f} %<extra></extra>",
        }
