"""Rank the values and see who survives: for this audience, for every audience, for some, for none."""

from functools import lru_cache

from vermarkting import data
from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.browsing import row
from vermarkting.explorables.argument_lab.desk import RANKING, Desk
from vermarkting.models.argumentation import (
    Acceptability,
    Acceptance,
    Framework,
    Label,
    acceptability,
    accepted,
    defeats,
    facts_first,
    grounded,
)  # fmt: skip
from vermarkting.models.parameters import ParameterError
from vermarkting.text import t
from vermarkting.widgets.browse import Listing
from vermarkting.widgets.controls import Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question

GROUPS = ("gained", "lost", "mine", "every", "some", "none")


def ranking_question() -> dict:
    """Build the question that ranks the sixteen values: its prompt, and the values from the table."""
    items = [{"id": one["id"], "text": one["label"], "hint": one["definition"]} for one in data.rows("values")]
    return {**data.question(RANKING), "items": items}


@lru_cache(maxsize=8)
def for_every_audience(framework: Framework, facts: frozenset[str]) -> dict[str, Acceptability]:
    """Tell what all rankings of the values make of each argument; takes some 50 ms on the whole table."""
    return acceptability(*facts_first(framework, table.values(), facts))


def survivors(framework: Framework, ranking: list[str], facts: frozenset[str] | None = None) -> dict[str, list[str]]:
    """Give the arguments of each of ``GROUPS``. May raise ``ParameterError``.

    facts: the findings that come before every value; without it those of the table, with an empty set none.
    """
    facts = table.facts() if facts is None else facts
    judged_framework, judged_values = facts_first(framework, table.values(), facts)
    plain = {name for name, label in grounded(framework).items() if label is Label.IN}
    judged = accepted(judged_framework, judged_values, ranking)
    mine = {name for name, verdict in judged.items() if verdict is Acceptance.SCEPTICAL}
    over_all = for_every_audience(framework, facts)
    groups = {
        "gained": mine - plain,
        "lost": plain - mine,
        "mine": mine,
        "every": {name for name, verdict in over_all.items() if verdict is Acceptability.OBJECTIVE},
        "some": {name for name, verdict in over_all.items() if verdict is Acceptability.SUBJECTIVE},
        "none": {name for name, verdict in over_all.items() if verdict is Acceptability.INDEFENSIBLE},
    }
    return {group: [name for name in table.arguments() if name in members] for group, members in groups.items()}


class AudienceView(Stack):
    """The ranking, what it changes in words, and the arguments of the group that the reader wants to see."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.ranking = Question(RANKING, ranking_question(), desk.sheet)
        desk.ranking = list(self.ranking.answer or [])
        self.outcome = Prose(tone="reveal", live=True)
        options = [{"id": group, "text": t(f"argument_lab.groups.{group}")} for group in GROUPS]
        rules = [{"id": name, "text": t(f"argument_lab.facts.{name}")} for name in ("first", "values")]
        self.rule = Choice(t("argument_lab.facts_ask"), rules, compact=True, value="first")
        self.group = Choice(t("argument_lab.group_ask"), options, compact=True, value="none")
        self.why = Prose(live=True)
        self.listing = Listing(lambda name: desk.set_trait("chosen", name))
        super().__init__([self.ranking, self.rule, self.outcome, self.group, self.listing, self.why])
        self.ranking.observe(self._ranked, "answer")
        self.group.observe(self.show, "value")
        self.rule.observe(self.show, "value")
        self.show()

    def _ranked(self, _change: object) -> None:
        if self.ranking.is_answered():
            self._desk.ranking = list(self.ranking.answer)

    def _facts(self) -> frozenset[str]:
        return table.facts() if self.rule.value == "first" else frozenset()

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now."""
        desk = self._desk
        try:
            groups = survivors(desk.framework(), desk.ranking, self._facts())
        except ParameterError as error:
            self.outcome.text = str(error)
            return
        counts = {name: len(members) for name, members in groups.items()}
        key = "audience" if desk.ranking else "audience_unranked"
        top = ", ".join(table.value_names()[value] for value in desk.ranking[:3])
        everyone = t("argument_lab.audience_all", **counts)
        self.outcome.text = f"{t(f'argument_lab.{key}', top=top, **counts)}\n\n{everyone}"
        members = groups[self.group.value]
        title = t("argument_lab.group_title", group=t(f"argument_lab.groups.{self.group.value}"), count=len(members))
        self.listing.show(title, members, lambda name: row(desk, name, _values(name)), desk.chosen)
        self.why.text = _why(desk, self._facts()) if desk.chosen in desk.labels else ""


def _values(name: str) -> str:
    return ", ".join(table.value_names()[value] for value in table.values()[name])


def _ground(name: str, facts: frozenset[str]) -> str:
    return t("argument_lab.finding") if name in facts else _values(name)


def _why(desk: Desk, facts: frozenset[str]) -> str:
    """Say which attacks on the chosen argument this audience lets succeed."""
    chosen = desk.chosen
    all_attacks = {attacker for attacker, target in desk.framework().attacks if target == chosen}
    seen = defeats(*facts_first(desk.framework(), table.values(), facts), desk.ranking)
    succeeding = sorted(attacker for attacker, target in seen.attacks if target == chosen)
    values = _values(chosen)
    if not all_attacks:
        return t("argument_lab.why_none", argument=chosen)
    listed = "; ".join(f"{name} ({_ground(name, facts)})" for name in succeeding[:6])
    more = t("argument_lab.why_more", count=len(succeeding) - 6) if len(succeeding) > 6 else ""
    if not succeeding:
        return t("argument_lab.why_safe", argument=chosen, values=values, total=len(all_attacks))
    return t(
        "argument_lab.why",
        argument=chosen,
        values=values,
        total=len(all_attacks),
        count=len(succeeding),
        listed=listed,
        more=more,
    )
