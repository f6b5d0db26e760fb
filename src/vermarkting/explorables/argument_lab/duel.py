"""The duel: the chosen argument beside one that it meets, and what kind of difference parts them."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.desk import Desk
from vermarkting.explorables.argument_lab.graph import relations
from vermarkting.explorables.argument_lab.toulmin import card
from vermarkting.text import t
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.duel import Cards
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

_ROWS = 7  # of the card: what a duel compares


def difference(left: dict, right: dict) -> str:
    """Name the kind of clash by a rule of thumb: over a definition, facts, values, or the way to a shared value."""
    if "definitorisch" in (left["type"], right["type"]):
        return "definition"
    if left["type"] == right["type"] == "empirisch":
        return "fact"
    return "way" if set(left["values"]) & set(right["values"]) else "value"


def opponents(argument: str) -> list[str]:
    """Give whom an argument meets: first in attacks, then in supports; whoever meets nobody meets the other side."""
    met = dict.fromkeys(name for name, _ in relations(argument))
    if met:
        return list(met)
    position = table.arguments()[argument]["position"]
    return [name for name, row in table.arguments().items() if row["core"] and row["position"] != position][:8]


class DuelView(Stack):
    """Two cards side by side under a list of possible opponents, over the sentence that names the difference."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._left = ""
        self.cards = Cards()
        self.verdict = Prose(tone="reveal", live=True)
        super().__init__()
        self.show()

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now."""
        if self._left != self._desk.chosen:
            self._left = self._desk.chosen
            options = [
                {"id": name, "text": f"{name} · {table.short(table.arguments()[name]['claim'])}"}
                for name in opponents(self._left)
            ]
            self.against = Choice(t("argument_lab.against", argument=self._left), options, compact=True)
            self.against.observe(self._set_beside, "value")
            self.children = [self.against, self.cards, self.verdict, Prose(t("argument_lab.duel_note"))]
        self._set_beside()

    def _set_beside(self, _change: object = None) -> None:
        left, right = table.arguments()[self._left], table.arguments()[self.against.value]
        cards = [card(self._desk, one["id"]) for one in (left, right)]
        self.cards.cards = [{**one, "rows": one["rows"][:_ROWS]} for one in cards]
        shared = [table.value_names()[value] for value in left["values"] if value in right["values"]]
        kind = difference(left, right)
        words = t(f"argument_lab.clash.{kind}", left=left["id"], right=right["id"], shared=", ".join(shared))
        between = [
            t(f"argument_lab.meets.{kind_}", left=left["id"], right=right["id"]) for kind_ in _meets(left, right)
        ]
        self.verdict.text = " ".join([*between, words])


def _meets(left: dict, right: dict) -> list[str]:
    ways = {
        "attacks": right["id"] in left["attacks"],
        "attacked": left["id"] in right["attacks"],
        "supports": right["id"] in left["supports"],
        "supported": left["id"] in right["supports"],
    }
    return [way for way, holds in ways.items() if holds]
