"""Let an attack fail, with a reason: open once the reader has looked for the strongest case against themselves."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.desk import FAILING, Desk, enough
from vermarkting.models.argumentation import Label
from vermarkting.text import t
from vermarkting.widgets.browse import Listing, Notes
from vermarkting.widgets.controls import Button
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

_AT_ONCE = 8


class MarkingView(Stack):
    """A list of defeated arguments, and the attacks on the chosen one: those from standing arguments first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.listing = Listing(lambda name: desk.set_trait("chosen", name), per_page=4)
        self.lock = Prose(live=True)
        self.about = Prose(live=True)
        self.notes = Notes(t("argument_lab.reason_ask"), desk.let_fail, FAILING, desk.sheet)
        again = Button(t("argument_lab.start_again"), desk.start_again)
        super().__init__([self.lock, self.listing, self.about, self.notes, again])
        self.show()

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now."""
        desk, chosen = self._desk, self._desk.chosen
        open_ = bool(desk.steelman)
        key = "marking_open" if open_ else "marking_closed"
        with self.lock.hold_sync():
            self.lock.tone, self.lock.text = ("text" if open_ else "todo"), t(f"argument_lab.{key}")
        defeated = [name for name in desk.table.rows if desk.labels.get(name) is Label.OUT]
        title = t("argument_lab.defeated", count=len(defeated))
        self.listing.show(title, defeated, lambda name: _row(desk, name), chosen)
        attacks = [name for name in desk.attackers_of(chosen) if name not in desk.off]
        attacks.sort(key=lambda name: (f"{name}>{chosen}" not in desk.failing, desk.labels.get(name) is not Label.IN))
        claim = desk.claim(chosen)
        self.about.title = t("argument_lab.attacks_on", argument=chosen)
        rest = t("argument_lab.attacks_rest", count=len(attacks) - _AT_ONCE) if len(attacks) > _AT_ONCE else ""
        key = {0: "attacks_none", 1: "attacks_one"}.get(len(attacks), "attacks_some")
        count = t(f"argument_lab.{key}", count=len(attacks), label=desk.label_words(chosen))
        self.about.text = "\n\n".join([claim, " ".join(filter(None, [count, rest]))])
        with self.notes.hold_sync():
            self.notes.writable = open_
            self.notes.items = [_item(desk, name, chosen) for name in attacks[:_AT_ONCE]]
            self.notes.status = desk.status_of(FAILING)


def _row(desk: Desk, name: str) -> dict:
    found = desk.table.rows[name]
    standing = len(desk.beaten_by(name))
    position = t(f"argument_lab.positions.{found['position']}")
    return {"text": table.short(found["claim"]), "note": t("argument_lab.beaten_by", position=position, count=standing)}


def _item(desk: Desk, attacker: str, target: str) -> dict:
    attack = f"{attacker}>{target}"
    claim = desk.claim(attacker)
    reason = desk.failing.get(attack, "")
    key = "effective" if enough(reason) else "too_short" if reason else "counts"
    if key == "counts" and desk.ranking and (attacker, target) not in desk.judged().attacks:
        key = "unconvincing"
    state = t(f"argument_lab.attack_{key}", label=desk.label_words(attacker))
    return {"id": attack, "text": f"{attacker} · {claim} ({state})", "note": reason}
