"""What a reader did with the arguments: switched some off, let attacks fail with a reason, ranked the values.

It is kept on the answer sheet, so that the lab opens as it was left. Views look at the desk and are told of changes.
"""

import re
from datetime import datetime

import traitlets

from vermarkting import data
from vermarkting.answers import AnswerSheet
from vermarkting.explorables.argument_lab import table
from vermarkting.models.argumentation import Framework, Label, grounded
from vermarkting.text import t
from vermarkting.widgets.keeping import Kept, when_kept

OFF = "10.lab_uit"
FAILING = "10.lab_aanvallen"
RANKING = "10.lab_rangorde"
PREMISES = "10.lab_aannames"
POSITION = "10.lab_positie"
STEELMAN = "10.lab_steelman"
ENOUGH_WORDS = 15

Labels = dict[str, Label]


def enough(reason: str) -> bool:
    """Tell whether a reason is long enough to count in the assignment."""
    return len(reason.split()) >= ENOUGH_WORDS


class Desk(traitlets.HasTraits):
    """``off``: switched-off arguments. ``failing``: attack as ``"A048>A006"`` to the reason why it fails.

    ``premises``: argument to the premise that the reader misses. ``ranking``: value ids from high to low, empty before
    the reader ranked. ``labels`` holds what stands among the arguments that take part, ``previous`` what stood before
    the last change. ``status`` says whether the last change was saved.
    """

    chosen = traitlets.Unicode("A006")
    filters = traitlets.Dict()
    off = traitlets.List(traitlets.Unicode())
    failing = traitlets.Dict()
    premises = traitlets.Dict()
    ranking = traitlets.List(traitlets.Unicode())
    steelman = traitlets.Unicode()
    labels = traitlets.Dict()
    status = traitlets.Unicode()

    def __init__(self, sheet: AnswerSheet | None = None) -> None:
        super().__init__()
        self.sheet = sheet or AnswerSheet()
        empty = {OFF: [], FAILING: {}, PREMISES: {}}
        self._kept = {name: Kept(name, data.question(name), self.sheet, none) for name, none in empty.items()}
        self.off, self.failing, self.premises = self._saved(OFF), self._saved(FAILING), self._saved(PREMISES)
        self.previous: Labels | None = None
        self.labels = grounded(self.framework())
        self.observe(self._relabel, ["off", "failing"])
        when_kept(self._follow)

    def framework(self) -> Framework:
        """Give the arguments that take part and the attacks that the reader lets count."""
        return table.everything().without(self.off, [tuple(attack.split(">")) for attack in self.failing])

    def switch(self, argument: str, on: bool, entered: datetime | None = None) -> bool:
        """Let an argument take part or not, and keep that. Says whether it is kept."""
        if on == (argument not in self.off) or argument not in table.arguments():
            return True
        without = [name for name in self.off if name != argument]
        return self._keep(OFF, without if on else sorted([*without, argument]), self.off, entered)

    def status_of(self, question_id: str) -> str:
        """Say how the last change to one of the answers went."""
        return self._kept[question_id].status

    def let_fail(self, attack: str, reason: str, entered: datetime | None = None) -> bool:
        """Let an attack fail for a reason; without a reason it counts again. Says whether that is kept."""
        return self._keep(FAILING, _with(self.failing, attack, reason), self.failing, entered)

    def note_premise(self, argument: str, note: str, entered: datetime | None = None) -> bool:
        """Keep the premise that a reader misses in an argument; an empty note takes it back. True if kept."""
        return self._keep(PREMISES, _with(self.premises, argument, note), self.premises, entered)

    def start_again(self) -> None:
        """Switch everything on and let every attack count again; the ranking and the premises stay."""
        if self.off:
            self._keep(OFF, [], self.off)
        if self.failing:
            self._keep(FAILING, {}, self.failing)

    def moved(self) -> tuple[list[str], list[str]]:
        """Give the arguments that came to stand with the last change, and those that fell; not those switched off."""
        if self.previous is None:
            return [], []
        before = {name for name, label in self.previous.items() if label is Label.IN}
        now = {name for name, label in self.labels.items() if label is Label.IN}
        return sorted(now - before), sorted(name for name in before - now if name in self.labels)

    def label_words(self, argument: str) -> str:
        """Say with a sign and in words what the labelling makes of an argument."""
        return t(f"argument_lab.labels.{self.labels.get(argument, 'off')}")

    def _relabel(self, _change: traitlets.Bunch) -> None:
        labels = grounded(self.framework())
        self.previous, self.labels = self.labels, labels

    def _saved(self, question_id: str) -> list | dict:
        """Give what is kept, as far as the table of arguments still knows it."""
        value = self._kept[question_id].value()
        known = {f"{one}>{other}" for one, other in table.everything().attacks} | table.arguments().keys()
        if isinstance(value, dict):
            return {name: words for name, words in value.items() if name in known}
        return [name for name in value if name in known]

    def _keep(self, question_id: str, value: list | dict, base: list | dict, entered: datetime | None = None) -> bool:
        done = self._kept[question_id].keep(value, base, entered)
        self.status = self._kept[question_id].status
        return done

    def _follow(self, question_id: str) -> None:
        """Take over what was kept, here or by another program."""
        if question_id in self._kept:
            setattr(self, {OFF: "off", FAILING: "failing", PREMISES: "premises"}[question_id], self._saved(question_id))


def _with(notes: dict[str, str], name: str, words: str) -> dict[str, str]:
    others = {other: text for other, text in notes.items() if other != name}
    return {**others, name: words.strip()} if words.strip() else others


def as_words(names: list[str]) -> str:
    """List argument ids as words."""
    return re.sub(r", ([^,]+)$", f" {t('argument_lab.and')} \\1", ", ".join(names))
