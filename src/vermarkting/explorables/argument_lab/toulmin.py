"""The Toulmin card: one argument taken apart, and a place to write down the premise that is missing."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.desk import OFF, PREMISES, Desk, as_words
from vermarkting.explorables.argument_lab.why import Why
from vermarkting.text import t
from vermarkting.widgets.browse import Notes
from vermarkting.widgets.duel import Cards
from vermarkting.widgets.part import Stack
from vermarkting.widgets.switch import Switch


def card(desk: Desk, argument: str) -> dict:
    """Give an argument as a card: claim, who says it, and the parts that Toulmin tells apart."""
    row = desk.table.rows[argument]
    krachtlijnen = [t(f"krachtlijnen.{name}.name") for name in row["krachtlijnen"]]
    kind = t("argument_lab.kind", type=row["type"], logic=row["logic"], level=row["level"], strategy=row["strategy"])
    evidence = " ".join(filter(None, [f"{row['evidence']}.", row["caveat"]]))
    rows = {
        "premises": row["premises"],
        "evidence": evidence,
        **_grades(row),
        "critical_question": row["critical_question"],
        "values": ", ".join(table.value_names()[value] for value in row["values"]),
        "krachtlijnen": ", ".join(krachtlijnen),
        "kind": kind,
        "attacked_by": as_words(list(desk.attackers_of(argument))),
        "attacks": as_words(row["attacks"]),
        "supports": as_words(row["supports"]),
    }
    origin = t(f"argument_lab.origins.{row['origin']}")
    position = t(f"argument_lab.positions.{row['position']}")
    return {
        "title": f"{argument} · {position} · {desk.label_words(argument)}",
        "claim": row["claim"],
        "speaker": t("argument_lab.speaker", speaker=row["speaker"], role=row["speaker_role"], origin=origin),
        "rows": [[t(f"argument_lab.card.{name}"), words or t("duel.none")] for name, words in rows.items()],
    }


def _grades(row: dict) -> dict[str, str]:
    if not row["sureness"]:  # an argument of the student's own
        return {}
    sure = t(f"references.sure.{row['sureness']}")
    return {
        "sureness": t("argument_lab.sureness", sureness=sure, sources=", ".join(row["source_ids"]) or "–"),
        "reading": t(f"references.read.{row['reading']}"),
    }


class Card(Stack):
    """The chosen argument: why it stands or falls, its card, whether it takes part, and the note on what is missing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.why, self.cards = Why(desk), Cards()
        options = {name: t(f"argument_lab.{name}") for name in ("on", "off")}
        self.part = Switch(options, desk.switch, OFF, desk.sheet, legend=t("argument_lab.takes_part"))
        self.notes = Notes(t("argument_lab.premise_ask"), desk.note_premise, PREMISES, desk.sheet)
        super().__init__([self.why, self.cards, self.part, self.notes])
        self.show()

    def show(self, _change: object = None) -> None:
        """Show the desk's chosen argument."""
        chosen = self._desk.chosen
        self.why.show()
        self.cards.cards = [card(self._desk, chosen)]
        with self.part.hold_sync():
            self.part.about, self.part.on = chosen, chosen not in self._desk.off
            self.part.status = self._desk.status_of(OFF)
        note = self._desk.premises.get(chosen, "")
        self.notes.items = [{"id": chosen, "text": t("argument_lab.premise", argument=chosen), "note": note}]
        self.notes.status = self._desk.status_of(PREMISES)
