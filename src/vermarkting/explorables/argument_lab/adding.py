"""Add an argument of one's own, say what it stands for, and tie it, or any other, to an argument on the table."""

from vermarkting.explorables.argument_lab import own, table
from vermarkting.explorables.argument_lab.desk import CLAIMS, TIES, Desk
from vermarkting.text import t
from vermarkting.widgets.browse import Notes
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

_SIGNS = {"attack": ">", "support": "+"}


class AddingView(Stack):
    """Notes for the claims, three choices about the chosen one of them, and notes for its ties."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._showing = desk, False
        self.claims = Notes(t("argument_lab.own.claim_ask"), desk.add_claim, CLAIMS, desk.sheet)
        options = {
            "position": {name: t(f"argument_lab.positions.{name}") for name in table.POSITIONS},
            "value": {"": t("argument_lab.own.no_value"), **table.value_names()},
            "role": {name: t(f"argument_lab.roles.{name}") for name in own.ROLES},
        }
        self.about = {
            part: Choice(
                t(f"argument_lab.own.{part}_ask"),
                [{"id": name, "text": text} for name, text in options[part].items()],
                compact=True,
            )
            for part in own.PARTS
        }
        self.heading = Prose(live=True)
        self.relation = Choice(
            t("argument_lab.own.relation_ask"),
            [{"id": name, "text": t(f"argument_lab.own.{name}")} for name in _SIGNS],
            compact=True,
        )
        self.target = self._target_choice()
        self.ties = Notes(t("argument_lab.own.reason_ask"), desk.tie, TIES, desk.sheet)
        super().__init__()
        for part, choice in self.about.items():
            choice.observe(lambda change, part=part: self._describe(part, change.new), "value")
        self.relation.observe(self.show, "value")
        self.show()

    def _target_choice(self) -> Choice:
        self._rows = self._desk.table.rows
        options = [{"id": name, "text": f"{name} · {table.short(row['claim'])}"} for name, row in self._rows.items()]
        choice = Choice(t("argument_lab.own.target_ask"), options, compact=True)
        choice.observe(self.show, "value")
        return choice

    def _describe(self, part: str, value: str) -> None:
        if not self._showing:
            self._desk.describe(self._desk.chosen, part, value)

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now."""
        desk, chosen = self._desk, self._desk.chosen
        if self._rows is not desk.table.rows:
            before = self.target.value
            self.target = self._target_choice()
            if before in self._rows:
                self.target.value = before
        mine = own.codes(desk.own)
        fresh = own.next_code(desk.own)
        items = [
            {"id": name, "text": f"{name} · {table.short(desk.own[name])}", "note": desk.own[name]} for name in mine
        ]
        if len(mine) < own.MOST:
            items.insert(0, {"id": fresh, "text": t("argument_lab.own.new", argument=fresh), "note": ""})
        pair = f"{chosen}{_SIGNS[self.relation.value]}{self.target.value}"
        ties = own.known_ties(desk.own, {pair: ""}) | desk.ties
        shown = [self._tie(tie, desk.ties) for tie in ties]
        for question_id, notes, listed in ((CLAIMS, self.claims, items), (TIES, self.ties, shown)):
            with notes.hold_sync():
                notes.items, notes.status = listed, desk.status_of(question_id)
        self.heading.title = t("argument_lab.own.tie_title", argument=chosen)
        self.heading.text = table.short(desk.claim(chosen))
        if chosen in mine:
            self._showing = True
            for part, choice in self.about.items():
                value = desk.own.get(f"{chosen}.{part}", own.DEFAULTS[part])
                known = value in [option["id"] for option in choice.options]
                choice.value = value if known else own.DEFAULTS[part]
            self._showing = False
        about = list(self.about.values()) if chosen in mine else []
        children = [self.claims, *about, self.heading, self.relation, self.target, self.ties]
        if list(self.children) != children:
            self.children = children

    def _tie(self, tie: str, kept: dict[str, str]) -> dict:
        sign = ">" if ">" in tie else "+"
        one, _, other = tie.partition(sign)
        key = "attacks" if sign == ">" else "supports"
        words = t(f"argument_lab.meets.{key}", left=one, right=other)
        return {
            "id": tie,
            "text": f"{words} {other}: {table.short(self._desk.claim(other))}",
            "note": kept.get(tie, ""),
        }
