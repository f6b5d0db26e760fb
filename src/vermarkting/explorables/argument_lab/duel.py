"""The duel: the chosen argument beside one that it meets, and what kind of difference parts them."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.desk import Desk
from vermarkting.explorables.argument_lab.graph import relations
from vermarkting.explorables.argument_lab.toulmin import card
from vermarkting.text import t
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.duel import Cards
from vermarkting.widgets.handout import Handout
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

_ROWS = 7  # of the card: what a duel compares


def difference(left: dict, right: dict) -> str:
    """Name the kind of clash by a rule of thumb.

    It is over a definition, over facts, over the way to a shared value, over values where at least one says what ought
    to be; else the two look at something else.
    """
    if "definitorisch" in (left["type"], right["type"]):
        return "definition"
    if left["type"] == right["type"] == "empirisch":
        return "fact"
    if set(left["values"]) & set(right["values"]):
        return "way"
    return "value" if "normatief" in (left["type"], right["type"]) else "angle"


def bond(left: dict, right: dict) -> str:
    """Say what kind of allies two arguments are of which one supports the other: for a shared value or for others."""
    return "bond_shared" if set(left["values"]) & set(right["values"]) else "bond_other"


def opponents(argument: str, arguments: table.Arguments | None = None) -> list[str]:
    """Give whom an argument meets: first in attacks, then in supports; whoever meets nobody meets the other side."""
    arguments = arguments or table.whole()
    met = dict.fromkeys(name for name, _ in relations(argument, arguments))
    if met:
        return list(met)
    position = arguments.rows[argument]["position"]
    return [name for name, row in arguments.rows.items() if row["core"] and row["position"] != position][:8]


class DuelView(Stack):
    """Two cards side by side under a list of possible opponents, over the sentence that names the difference."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._left, self._meets = "", []
        self.cards = Cards()
        self.verdict = Prose(tone="reveal", live=True)
        self.handout = Handout()
        super().__init__()
        self.show()

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now."""
        meets = opponents(self._desk.chosen, self._desk.table)
        if (self._left, self._meets) != (self._desk.chosen, meets):
            self._left, self._meets = self._desk.chosen, meets
            options = [{"id": name, "text": f"{name} · {table.short(self._desk.claim(name))}"} for name in meets]
            self.against = Choice(t("argument_lab.against", argument=self._left), options, compact=True)
            self.against.observe(self._set_beside, "value")
            note = Prose(t("argument_lab.duel_note"))
            self.children = [self.against, self.verdict, self.cards, note, self.handout]
        self._set_beside()

    def _set_beside(self, _change: object = None) -> None:
        rows = self._desk.table.rows
        left, right = rows[self._left], rows[self.against.value]
        cards = [card(self._desk, one["id"]) for one in (left, right)]
        shown = [{**one, "rows": one["rows"][:_ROWS]} for one in cards]
        shared = [table.value_names()[value] for value in left["values"] if value in right["values"]]
        meets = _meets(left, right)
        allies = meets and {"supports", "supported"}.issuperset(meets)
        kind = bond(left, right) if allies else difference(left, right)
        ids = {"left": left["id"], "right": right["id"]}
        under, over = (right, left) if "supported" in meets else (left, right)
        words = t(
            f"argument_lab.clash.{kind}",
            shared=", ".join(shared),
            under=under["id"],
            over=over["id"],
            values=", ".join(table.value_names()[value] for value in under["values"]),
        )
        verdict = " ".join([*(t(f"argument_lab.meets.{way}", **ids) for way in meets), words])
        self.cards.cards, self.verdict.text = shown, verdict
        self.handout.give(t("argument_lab.duel_title", **ids), verdict, shown)


def _meets(left: dict, right: dict) -> list[str]:
    ways = {
        "attacks": right["id"] in left["attacks"],
        "attacked": left["id"] in right["attacks"],
        "supports": right["id"] in left["supports"],
        "supported": left["id"] in right["supports"],
    }
    return [way for way, holds in ways.items() if holds]
