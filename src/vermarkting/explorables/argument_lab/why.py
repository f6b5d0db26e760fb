"""Why an argument stands or falls: the chain of attacks that decides it, one step at a time, in plain words."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.desk import Desk, as_words
from vermarkting.models.argumentation import Label, deciding_chain
from vermarkting.text import t
from vermarkting.widgets.controls import Button
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose

_NAMED = 5


def steps(desk: Desk, argument: str) -> list[str]:
    """Give the sentences that explain an argument's label, from the argument itself back to where nothing attacks."""
    if argument not in desk.labels:
        return [t("argument_lab.chain.off", argument=argument)]
    return [_step(desk, *step) for step in deciding_chain(desk.judged(), argument)]


def _step(desk: Desk, argument: str, attackers: tuple[str, ...], next_: str | None) -> str:
    claim = table.short(desk.claim(argument))
    label = desk.labels[argument]
    told = [_unconvincing(desk, argument)]
    rest = len(attackers) - _NAMED
    names = (
        as_words(list(attackers))
        if rest <= 0
        else t("argument_lab.and_more", names=", ".join(attackers[:_NAMED]), count=rest)
    )
    if label is Label.OUT:
        told.insert(0, t("argument_lab.chain.out", argument=argument, claim=claim, next=next_))
    elif label is Label.IN and attackers:
        told.insert(0, t("argument_lab.chain.in", argument=argument, claim=claim, count=len(attackers), names=names))
    elif label is Label.IN:
        key = "safe" if desk.attackers_of(argument) else "unattacked"
        told.insert(0, t(f"argument_lab.chain.{key}", argument=argument, claim=claim))
    else:
        told.insert(0, t("argument_lab.chain.undecided", argument=argument, claim=claim, names=names))
    return " ".join(filter(None, told))


def _unconvincing(desk: Desk, argument: str) -> str:
    """Name the attacks on an argument that do not count for the reader, by own reason or by the ranking."""
    count = desk.judged().attacks
    there = [one for one in desk.attackers_of(argument) if one in desk.labels and (one, argument) not in count]
    failing = [one for one in there if f"{one}>{argument}" in desk.failing]
    others = [one for one in there if one not in failing]
    told = [("failing", failing), ("unconvincing", others)]
    return " ".join(t(f"argument_lab.chain.{key}", names=as_words(names)) for key, names in told if names)


class Why(Stack):
    """The first step of the chain, and a button for each next one; choosing another argument begins again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._shown: tuple[str, list[str]] = ("", [])
        self._count = 1
        self.told = Prose(live=True)
        self.on = Button(t("argument_lab.chain.on"), self._step)
        super().__init__([self.told])
        self.show()

    def show(self) -> None:
        """Show what the desk holds now; the steps that were taken stay, as long as they are the same."""
        chosen = self._desk.chosen
        now = (chosen, steps(self._desk, chosen))
        if now != self._shown:
            self._shown, self._count = now, 1
            self._tell()

    def _step(self) -> None:
        self._count = min(self._count + 1, len(self._shown[1]))
        self._tell()

    def _tell(self) -> None:
        chosen, told = self._shown
        label = self._desk.labels.get(chosen, "off")
        shown = [f"{number}. {step}" for number, step in enumerate(told[: self._count], start=1)]
        with self.told.hold_sync():
            self.told.title = t(f"argument_lab.chain.title_{label}", argument=chosen)
            self.told.text = "\n\n".join(shown)
        self.children = [self.told, self.on] if self._count < len(told) else [self.told]
