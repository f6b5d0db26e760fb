"""What a reader did with the arguments: switched some off, let attacks fail with a reason, ranked the values.

It is kept on the answer sheet, so that the lab opens as it was left. Views look at the desk and are told of changes.
"""

import re

import traitlets

from vermarkting import data
from vermarkting.answers import AnswerSheet, Made
from vermarkting.explorables.argument_lab import own, table
from vermarkting.explorables.argument_lab.rules import seen_by
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
CLAIMS = "10.lab_eigen"
TIES = "10.lab_banden"
_TRAITS = {CLAIMS: "own", TIES: "ties", OFF: "off", FAILING: "failing", PREMISES: "premises", RANKING: "ranking"}

Labels = dict[str, Label]


def enough(reason: str) -> bool:
    """Tell whether a reason is long enough to count in the assignment."""
    return len(reason.split()) >= ENOUGH_WORDS


class Desk(traitlets.HasTraits):
    """``off``: switched-off arguments. ``failing``: attack as ``"A048>A006"`` to the reason why it fails.

    ``own`` and ``ties``: what the reader added, see ``own.py``.
    ``premises``: argument to the premise that the reader misses. ``ranking``: value ids from high to low, empty before
    the reader ranked; the values that it leaves out share the last place. ``facts_first``: whether findings go before
    values. ``labels`` holds what stands for that audience among the arguments that take part, ``previous`` what stood
    before the last change. ``status`` says whether the last change was saved.
    """

    chosen = traitlets.Unicode("A006")
    filters = traitlets.Dict()
    own = traitlets.Dict()
    ties = traitlets.Dict()
    off = traitlets.List(traitlets.Unicode())
    failing = traitlets.Dict()
    premises = traitlets.Dict()
    ranking = traitlets.List(traitlets.Unicode())
    facts_first = traitlets.Bool(True)
    steelman = traitlets.Unicode()
    labels = traitlets.Dict()
    status = traitlets.Unicode()

    def __init__(self, sheet: AnswerSheet | None = None) -> None:
        super().__init__()
        self.sheet = sheet or AnswerSheet()
        empty = {CLAIMS: {}, TIES: {}, OFF: [], FAILING: {}, PREMISES: {}, RANKING: []}
        self._kept = {name: Kept(name, data.question(name), self.sheet, none) for name, none in empty.items()}
        for question_id, name in _TRAITS.items():
            setattr(self, name, self._saved(question_id))
        self.previous: Labels | None = None
        self.labels = grounded(self.judged())
        self.observe(self._relabel, ["own", "ties", "off", "failing", "ranking", "facts_first"])
        when_kept(self._follow)

    @property
    def table(self) -> table.Arguments:
        """Give the arguments of the table and those that the reader added."""
        return own.with_own(self.own, self.ties)

    def framework(self) -> Framework:
        """Give the arguments that take part and the attacks that the reader lets count."""
        return self.table.framework.without(self.off, [tuple(attack.split(">")) for attack in self.failing])

    def judged(self) -> Framework:
        """Give what the reader's audience sees of it: without a ranking every attack counts, else those that convince.

        Every view takes its labels from here.
        """
        return seen_by(self.framework(), self.ranking, self.facts(), self.table)

    def facts(self) -> frozenset[str]:
        """Give the findings that go before the values, if they do."""
        return self.table.facts if self.facts_first else frozenset()

    def switch(self, argument: str, on: bool, made: Made | None = None) -> bool:
        """Let an argument take part or not, and keep that. Says whether it is kept."""
        if argument not in self.table.rows:
            return True
        on_it = [name for name in self.off if name != argument]
        both = sorted([*on_it, argument]), on_it
        return self._keep(OFF, both[on], both[not on], made)

    def status_of(self, question_id: str) -> str:
        """Say how the last change to one of the answers went."""
        return self._kept[question_id].status

    def let_fail(self, attack: str, reason: str, made: Made | None = None) -> bool:
        """Let an attack fail for a reason; without a reason it counts again. Says whether that is kept."""
        return self._keep(FAILING, _with(self.failing, attack, reason), self.failing, made)

    def note_premise(self, argument: str, note: str, made: Made | None = None) -> bool:
        """Keep the premise that a reader misses in an argument; an empty note takes it back. True if kept."""
        return self._keep(PREMISES, _with(self.premises, argument, note), self.premises, made)

    def add_claim(self, name: str, claim: str, made: Made | None = None) -> bool:
        """Add an argument of the reader's own or change what it says; empty takes it away. True if kept."""
        parts = {f"{name}.{part}" for part in own.PARTS}
        others = {key: words for key, words in self.own.items() if key != name and key not in parts}
        described = {key: words for key, words in self.own.items() if key in parts}
        claims = {**others, **described, name: claim.strip()} if claim.strip() else others
        if name not in claims and self.chosen == name:
            self.chosen = self.traits()["chosen"].default_value
        done = self._keep(CLAIMS, claims, self.own, made)
        if done and name in self.own:
            self.chosen = name
        return done

    def describe(self, name: str, part: str, value: str) -> bool:
        """Say of an own argument where it stands, for which value or in which role it is said. True if kept."""
        return self._keep(CLAIMS, _with(self.own, f"{name}.{part}", value), self.own)

    def tie(self, tie: str, reason: str, made: Made | None = None) -> bool:
        """Add an attack or a support for a reason, or take it away with an empty one. True if kept."""
        return self._keep(TIES, _with(self.ties, tie, reason), self.ties, made)

    def merge(self, claims: dict[str, str], ties: dict[str, str]) -> bool:
        """Take over what a map brought. True if kept."""
        return self._keep(CLAIMS, claims, self.own) and self._keep(TIES, ties, self.ties)

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

    def beaten_by(self, argument: str) -> list[str]:
        """Give the standing arguments whose attack on this one counts, in the table's order."""
        attacks = self.judged().attacks
        there = self.attackers_of(argument)
        return [one for one in there if (one, argument) in attacks and self.labels.get(one) is Label.IN]

    def attackers_of(self, argument: str) -> tuple[str, ...]:
        """Give who attacks an argument, in the table's order."""
        return self.table.attackers[argument]

    def claim(self, argument: str) -> str:
        """Give what an argument says."""
        return self.table.rows[argument]["claim"]

    def label_words(self, argument: str) -> str:
        """Say with a sign and in words what the labelling makes of an argument."""
        return t(f"argument_lab.labels.{self.labels.get(argument, 'off')}")

    def _relabel(self, _change: traitlets.Bunch) -> None:
        labels = grounded(self.judged())
        self.previous, self.labels = self.labels, labels

    def _saved(self, question_id: str) -> list | dict:
        """Give what is kept, as far as the table of arguments still knows it."""
        value = self._kept[question_id].value()
        if question_id == CLAIMS:
            mine = set(own.codes(value)[: own.MOST])
            return {key: words for key, words in value.items() if key.partition(".")[0] in mine}
        if question_id == TIES:
            return own.known_ties(self.own, value)
        known = {f"{one}>{other}" for one, other in self.table.framework.attacks} | self.table.rows.keys()
        known |= table.value_names().keys()
        if isinstance(value, dict):
            return {name: words for name, words in value.items() if name in known}
        return [name for name in value if name in known]

    def _keep(self, question_id: str, value: list | dict, base: list | dict, made: Made | None = None) -> bool:
        done = self._kept[question_id].keep(value, base, made)
        self.status = self._kept[question_id].status
        return done

    def _follow(self, question_id: str) -> None:
        """Take over what was kept, here or by another program."""
        if question_id == CLAIMS:
            with self.hold_trait_notifications():
                self.own = self._saved(CLAIMS)
                self.ties = self._saved(TIES)
            if self.chosen not in self.table.rows:
                self.chosen = self.traits()["chosen"].default_value
        elif question_id in self._kept:
            setattr(self, _TRAITS[question_id], self._saved(question_id))


def _with(notes: dict[str, str], name: str, words: str) -> dict[str, str]:
    others = {other: text for other, text in notes.items() if other != name}
    return {**others, name: words.strip()} if words.strip() else others


def as_words(names: list[str]) -> str:
    """List argument ids as words."""
    return re.sub(r", ([^,]+)$", f" {t('argument_lab.and')} \\1", ", ".join(names))
