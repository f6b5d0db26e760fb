"""A view on ``sibs.csv`` and ``sib_labels.csv``: real Social Impact Bonds to filter, and two of them side by side.

Works on ``data.rows``: pandas would cost a kernel two seconds and 80 MB for seventeen rows.
"""

import traitlets

from vermarkting import data
from vermarkting.explorables.drawing.plots import BLUE, GREY, INK, ORANGE
from vermarkting.explorables.frame import AfterBet, Explorable, Stage, decimal
from vermarkting.text import t
from vermarkting.widgets.chart import Chart
from vermarkting.widgets.controls import Button, Choice
from vermarkting.widgets.duel import Cards
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

FILTERS = {
    "region": ("belgium", "netherlands", "uk", "us", "elsewhere"),
    "theme_group": ("work", "prison", "housing", "family", "health"),
    "outcome": ("met", "partly", "not_met", "interim", "none_found", "no_trace"),
    "comparison": ("group", "weaker", "none", "unknown"),
    "sureness": ("hoog", "middel", "laag"),
}
ALL = "all"
OPENING = ("peterborough", "utah")
FIELDS = {
    "result": ("outcome_measure", "target", "result", "comparison_group", "critical_note", "caveat"),
    "parties": ("target_group", "provider", "investors", "payer", "max_return"),
}
LOOKS = {  # the marker of each value in the picture; the word stands beside it
    "met": ("circle", BLUE),
    "partly": ("circle-open", BLUE),
    "not_met": ("x", ORANGE),
    "interim": ("diamond-open", INK),
    "none_found": ("line-ew-open", GREY),
    "no_trace": ("line-ew-open", GREY),
    "group": ("circle", BLUE),
    "weaker": ("diamond-open", INK),
    "none": ("x", ORANGE),
    "unknown": ("line-ew-open", GREY),
    "hoog": ("star", BLUE),
    "middel": ("star-open", INK),
    "laag": ("line-ew-open", GREY),
}
SHOWN = {"outcome": 0.0, "comparison": 1.2, "sureness": 2.3}  # and where each column stands


def impact_bonds_table() -> Explorable:
    """Show what could be found about seventeen real bonds after a bet on how many have a final figure."""
    return Explorable(
        "impact_bonds_table",
        AfterBet("05.bet_tabel", _Filtered),
        _Compared(),
        Prose(t("impact_bonds_table.questions"), title=t("impact_bonds_table.questions_title")),
        Prose(t("impact_bonds_table.note")),
    )


def bonds() -> list[dict]:
    """Give the bonds with their labels, the oldest first; those without a year last."""
    labels = {row["id"]: row for row in data.rows("sib_labels")}
    joined = [{**row, **labels[row["id"]]} for row in data.rows("sibs")]
    return sorted(joined, key=lambda row: (row["start_year"] or 9999, row["short_name"]))


def _word(field: str, value: str) -> str:
    return t(f"impact_bonds_table.{field}_words.{value}")


class _Filtered(Stack):
    """Five drop-down lists, a picture with one line per bond, and the same as a table."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._bonds = bonds()
        self.filters = {
            name: Choice(t(f"impact_bonds_table.{name}"), self._options(name), compact=True) for name in FILTERS
        }
        self.chart = Chart(t("impact_bonds_table.chart"))
        heading = Prose(t("impact_bonds_table.filter_text"), title=t("impact_bonds_table.filter_title"))
        reset = Button(t("impact_bonds_table.reset"), self._reset)
        super().__init__([heading, Stage([*self.filters.values(), reset], [self.chart])])
        for choice in self.filters.values():
            choice.observe(self._show, "value")
        self._show()

    def _options(self, name: str) -> list[dict]:
        everything = {"id": ALL, "text": t("impact_bonds_table.all")}
        return [everything, *({"id": value, "text": _word(name, value)} for value in FILTERS[name])]

    def _reset(self) -> None:
        for choice in self.filters.values():
            choice.value = ALL

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        wanted = {name: choice.value for name, choice in self.filters.items() if choice.value != ALL}
        shown = [bond for bond in self._bonds if all(bond[name] == value for name, value in wanted.items())]
        names = [f"{bond['short_name']} " for bond in shown]
        traces = [_column(place, field, shown, names) for field, place in SHOWN.items()]
        layout = {
            "height": 70 + 26 * max(1, len(shown)),
            "showlegend": False,
            "margin": {"l": 175, "r": 10, "t": 45, "b": 10},
            "xaxis": {
                "range": [-0.1, 3.1],
                "side": "top",
                "tickvals": [place + 0.35 for place in SHOWN.values()],
                "ticktext": [f"<b>{t(f'impact_bonds_table.{field}').lower()}</b>" for field in SHOWN],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
            },
            "yaxis": {"autorange": "reversed", "fixedrange": True, "type": "category"},
        }
        self.chart.draw(traces, layout, _sentence(shown), *_table(shown))
        self.value = {"shown": [bond["id"] for bond in shown]}


def _column(place: float, field: str, shown: list[dict], names: list[str]) -> dict:
    looks = [LOOKS[bond[field]] for bond in shown]
    marker = {
        "symbol": [symbol for symbol, _ in looks],
        "color": [color for _, color in looks],
        "size": 13,
        "line": {"width": 2},
    }
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": t(f"impact_bonds_table.{field}"),
        "showlegend": False,
        "x": [place + 0.05] * len(shown),
        "y": names,
        "text": [f"  {_word(field, bond[field])}" for bond in shown],
        "textposition": "middle right",
        "marker": marker,
        "hoverinfo": "skip",
    }


def _sentence(shown: list[dict]) -> str:
    if not shown:
        return t("impact_bonds_table.sentence_none")
    if len(shown) == 1:
        [bond] = shown
        words = {field: _word(field, bond[field]) for field in ("outcome", "comparison")}
        return t("impact_bonds_table.sentence_one", name=bond["short_name"], **words)
    counts = {outcome: sum(bond["outcome"] == outcome for bond in shown) for outcome in ("met", "partly", "not_met")}
    group = sum(bond["comparison"] == "group" for bond in shown)
    final = sum(counts.values())
    return t("impact_bonds_table.sentence", shown=len(shown), final=final, group=group, **counts)


def _table(shown: list[dict]) -> tuple[list[str], list[list[str]]]:
    columns = [t(f"impact_bonds_table.{name}").lower() for name in ("name", "capital", *SHOWN)]
    rows = [[_name(bond), _capital(bond), *(_word(field, bond[field]) for field in SHOWN)] for bond in shown]
    return columns, rows or [[t("impact_bonds_table.sentence_none"), *["–"] * (len(columns) - 1)]]


def _name(bond: dict) -> str:
    start = bond["start_year"]
    return t("impact_bonds_table.name_value", name=bond["short_name"], start=start) if start else bond["short_name"]


def _unknown() -> str:
    return t("impact_bonds_table.unknown")


def _capital(bond: dict) -> str:
    if not bond["capital"]:
        return _unknown()
    return t("impact_bonds_table.capital_value", amount=decimal(bond["capital"]), currency=bond["currency"])


class _Compared(Stack):
    """Two bonds as cards, the critical note after the result, and whether their results may be compared at all."""

    value = traitlets.Dict()

    def __init__(self) -> None:
        self._bonds = {bond["id"]: bond for bond in bonds()}
        options = [{"id": name, "text": bond["short_name"]} for name, bond in self._bonds.items()]
        heading = Prose(t("impact_bonds_table.compare_text"), title=t("impact_bonds_table.compare_title"))
        self.left = Choice(t("impact_bonds_table.left"), options, compact=True, value=OPENING[0])
        self.right = Choice(t("impact_bonds_table.right"), options, compact=True, value=OPENING[1])
        about = [{"id": name, "text": t(f"impact_bonds_table.about.{name}")} for name in FIELDS]
        self.about = Choice(t("impact_bonds_table.about_ask"), about)
        self.cards, self.verdict = Cards(), Prose(tone="reveal", live=True)
        super().__init__([heading, Stage([self.left, self.right, self.about, self.verdict], [self.cards])])
        for pick in (self.left, self.right, self.about):
            pick.observe(self._show, "value")
        self._show()

    def _show(self, _change: traitlets.Bunch | None = None) -> None:
        pair = [self._bonds[pick.value] for pick in (self.left, self.right)]
        self.cards.cards = [_card(bond, self.about.value) for bond in pair]
        self.verdict.text = _verdict(*pair)
        self.value = {"left": pair[0]["id"], "right": pair[1]["id"]}


def _card(bond: dict, about: str) -> dict:
    return {
        "title": bond["name"],
        "claim": bond["reason"],
        "speaker": t(
            "impact_bonds_table.speaker",
            place=bond["place"] or bond["country"],
            start=bond["start_year"] or _unknown(),
            sureness=bond["sureness"],
            reading=bond["reading"],
            sources=", ".join(bond["source_ids"]) or t("impact_bonds_table.no_sources"),
        ),
        "rows": [
            *([[t("impact_bonds_table.capital").capitalize(), _capital(bond)]] if about == "parties" else []),
            *([t(f"impact_bonds_table.rows.{field}"), bond[field] or _unknown()] for field in FIELDS[about]),
        ],
    }


def _verdict(left: dict, right: dict) -> str:
    if left is right:
        return t("impact_bonds_table.same")
    grouped = [bond for bond in (left, right) if bond["comparison"] == "group"]
    if len(grouped) == 1:
        return t("impact_bonds_table.one_group", name=grouped[0]["short_name"])
    return t("impact_bonds_table.both_group" if grouped else "impact_bonds_table.no_group")
