"""What a reader did with the arguments: switched some off, let attacks fail with a reason, ranked the values.

It is kept on the answer sheet, so that the lab opens as it was left. Views look at the desk and are told of changes.
"""

import re

import traitlets

from vermarkting import data
from vermarkting.answers import AnswerError, AnswerSheet, saved_at
from vermarkting.explorables.argument_lab import table
from vermarkting.models.argumentation import Framework, Label, grounded
from vermarkting.questions import fits
from vermarkting.text import t
from vermarkting.widgets.question import kept

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
    saves = traitlets.Int(0)

    def __init__(self, sheet: AnswerSheet | None = None) -> None:
        super().__init__()
        self.sheet = sheet or AnswerSheet()
        self.off = [name for name in self._saved(OFF, []) if name in table.arguments()]
        attacks = {f"{attacker}>{target}" for attacker, target in table.everything().attacks}
        self.failing = {attack: why for attack, why in self._saved(FAILING, {}).items() if attack in attacks}
        self.premises = {name: note for name, note in self._saved(PREMISES, {}).items() if name in table.arguments()}
        self.previous: Labels | None = None
        self.labels = grounded(self.framework())
        self.observe(self._relabel, ["off", "failing"])

    def framework(self) -> Framework:
        """Give the arguments that take part and the attacks that the reader lets count."""
        return table.everything().without(self.off, [tuple(attack.split(">")) for attack in self.failing])

    def switch(self, argument: str, on: bool) -> None:
        """Let an argument take part or not, and keep that."""
        without = [name for name in self.off if name != argument]
        off = without if on else sorted([*without, argument])
        if off != self.off and self._keep(OFF, off):
            self.off = off

    def let_fail(self, attack: str, reason: str) -> None:
        """Let an attack fail for a reason; without a reason it counts again. Kept."""
        failing = {name: why for name, why in self.failing.items() if name != attack}
        if reason.strip():
            failing[attack] = reason.strip()
        if self._keep(FAILING, failing):
            self.failing = failing

    def note_premise(self, argument: str, note: str) -> None:
        """Keep the premise that a reader misses in an argument; an empty note takes it back."""
        premises = {name: text for name, text in self.premises.items() if name != argument}
        if note.strip():
            premises[argument] = note.strip()
        if self._keep(PREMISES, premises):
            self.premises = premises

    def start_again(self) -> None:
        """Switch everything on and let every attack count again; the ranking and the premises stay."""
        if self.off and self._keep(OFF, []):
            self.off = []
        if self.failing and self._keep(FAILING, {}):
            self.failing = {}

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

    def _saved(self, question_id: str, otherwise: list | dict) -> list | dict:
        answer = self.sheet.get(question_id)
        return answer.value if answer and fits(data.question(question_id), answer.value) else otherwise

    def _keep(self, question_id: str, value: list | dict) -> bool:
        if not fits(data.question(question_id), value):
            self.status = t("question.not_saved", reason=t("question.unfit"))
            return False
        try:
            answer = self.sheet.put(question_id, value)
        except AnswerError as error:
            self.status = t("question.not_saved", reason=error)
            return False
        kept(question_id)
        with self.hold_trait_notifications():
            self.status = " ".join(filter(None, [saved_at(answer), self.sheet.notice]))
            self.saves += 1
        return True


def as_words(names: list[str]) -> str:
    """List argument ids as words."""
    return re.sub(r", ([^,]+)$", f" {t('argument_lab.and')} \\1", ", ".join(names))
