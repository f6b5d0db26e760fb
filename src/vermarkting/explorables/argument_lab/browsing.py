"""Two views that choose an argument: a list to filter, and the matrix of krachtlijn by position."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.desk import Desk
from vermarkting.explorables.argument_lab.toulmin import Card
from vermarkting.text import t
from vermarkting.widgets.browse import Filters, Listing, Matrix
from vermarkting.widgets.part import Stack

FORBIDS = "L16"  # the competition authority: what it attacks is unlawful, and says so wherever it is listed


def row(desk: Desk, argument: str, words: str = "") -> dict:
    """Give an argument as a row of a list: its claim, and in words where it stands and what else there is to say."""
    found = desk.table.rows[argument]
    warning = t("argument_lab.forbidden") if argument in desk.table.rows[FORBIDS]["attacks"] else ""
    position = t(f"argument_lab.positions.{found['position']}")
    note = " · ".join(filter(None, [words, position, desk.label_words(argument), warning]))
    return {"text": table.short(found["claim"]), "note": note}


class ListView(Stack):
    """Filters over a list, with the card of the chosen argument beside it."""

    def __init__(self, desk: Desk, card: Card) -> None:
        self._desk = desk
        self.filters = Filters(
            legend=t("argument_lab.filters_legend"), search=t("argument_lab.search"), choices=table.filter_choices()
        )
        self.filters.chosen = desk.filters
        self.listing = Listing(lambda name: desk.set_trait("chosen", name))
        two = Stack([self.listing, card])
        two.add_class("vm-two")
        super().__init__([self.filters, two])
        self.filters.observe(lambda change: desk.set_trait("filters", change.new), "chosen")
        self.show()

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now."""
        self.filters.chosen = self._desk.filters
        found = self._desk.table.matching(self._desk.filters)
        key = {0: "found_none", 1: "found_one"}.get(len(found), "found")
        title = t(f"argument_lab.{key}", count=len(found))
        self.listing.show(title, found, lambda name: row(self._desk, name), self._desk.chosen)


class MatrixView(Stack):
    """Krachtlijn by position; a cell sets both filters and lists its arguments."""

    def __init__(self, desk: Desk, card: Card) -> None:
        self._desk = desk
        self.matrix = Matrix(self._choose)
        self.listing = Listing(lambda name: desk.set_trait("chosen", name))
        two = Stack([self.listing, card])
        two.add_class("vm-two")
        super().__init__([self.matrix, two])
        self.show()

    def _choose(self, krachtlijn: str, position: str) -> None:
        self._desk.filters = {**self._desk.filters, "krachtlijn": krachtlijn, "position": position}

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now."""
        filters = self._desk.filters
        others = {name: value for name, value in filters.items() if name not in ("krachtlijn", "position")}
        found = [self._desk.table.rows[name] for name in self._desk.table.matching(others)]
        columns = [{"id": name, "text": t(f"argument_lab.positions.{name}")} for name in table.POSITIONS]
        rows = []
        for krachtlijn in (*table.KRACHTLIJNEN, table.NO_KRACHTLIJN):
            held = [one["position"] for one in found if krachtlijn in table.entries(one, "krachtlijn")]
            name = table.entry_name("krachtlijn", krachtlijn)
            rows.append({"id": krachtlijn, "text": name, "counts": [held.count(p) for p in table.POSITIONS]})
        empty = sum(count == 0 for one in rows for count in one["counts"])
        self.matrix.show(
            t("argument_lab.matrix", total=len(found), empty=empty),
            t("argument_lab.filters.krachtlijn"),
            columns,
            rows,
            (filters.get("krachtlijn", ""), filters.get("position", "")),
            t("argument_lab.empty"),
        )
        names = self._desk.table.matching(filters)
        key = {0: "found_none", 1: "found_one"}.get(len(names), "found")
        title = t(f"argument_lab.{key}", count=len(names))
        self.listing.show(title, names, lambda name: row(self._desk, name), self._desk.chosen)
