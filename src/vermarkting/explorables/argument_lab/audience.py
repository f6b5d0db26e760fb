"""Rank the values and see who survives: for this audience, for every audience, for some, for none."""

from vermarkting import data
from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.browsing import row
from vermarkting.explorables.argument_lab.desk import RANKING, Desk
from vermarkting.explorables.argument_lab.rules import GROUPS, survivors
from vermarkting.explorables.argument_lab.telling import change_in_words, named, ranking_in_words
from vermarkting.models.argumentation import Label
from vermarkting.models.parameters import ParameterError
from vermarkting.text import t
from vermarkting.widgets.browse import Listing
from vermarkting.widgets.controls import Button, Choice
from vermarkting.widgets.part import Stack
from vermarkting.widgets.prose import Prose
from vermarkting.widgets.question import Question

_ATTACKERS_NAMED = 6


def ranking_question() -> dict:
    """Build the question that ranks the sixteen values: its prompt, and the values from the table."""
    items = [{"id": one["id"], "text": one["label"], "hint": one["definition"]} for one in data.rows("values")]
    return {**data.question(RANKING), "items": items}


class AudienceView(Stack):
    """The ranking; beside it, once the reader ranked a value, what that changes and who is in the chosen group."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.ranking = Question(RANKING, ranking_question(), desk.sheet)
        self.clear = Button(t("argument_lab.clear_ranking"), lambda: self.ranking.set_trait("answer", []))
        self.outcome = Prose(tone="reveal", live=True)
        options = [{"id": group, "text": t(f"argument_lab.groups.{group}")} for group in GROUPS]
        rules = [{"id": name, "text": t(f"argument_lab.facts.{name}")} for name in ("first", "values")]
        self.rule = Choice(
            t("argument_lab.facts_ask"), rules, compact=True, value="first" if desk.facts_first else "values"
        )
        self.group = Choice(t("argument_lab.group_ask"), options, compact=True, value="gained")
        self.why = Prose(live=True)
        self.listing = Listing(lambda name: desk.set_trait("chosen", name), per_page=4)
        self._left, self._right = Stack([self.ranking]), Stack([self.outcome])
        two = Stack([self._left, self._right])
        two.add_class("vm-two")
        super().__init__([two])
        self.group.observe(self.show, "value")
        self.rule.observe(lambda change: desk.set_trait("facts_first", change.new == "first"), "value")
        self.show()

    def show(self, _change: object = None) -> None:
        """Show what the desk holds now; nothing is claimed of a ranking that the reader did not make."""
        desk = self._desk
        try:
            groups = survivors(desk.framework(), desk.ranking, desk.facts(), desk.table)
        except ParameterError as error:
            self.outcome.text = str(error)
            return
        self.outcome.text = outcome(desk, groups)
        if not desk.ranking:
            self._left.children, self._right.children = [self.ranking], [self.outcome]
            return
        members = groups[self.group.value]
        title = t("argument_lab.group_title", group=t(f"argument_lab.groups.{self.group.value}"), count=len(members))
        self.listing.show(title, members, lambda name: row(desk, name, _values(desk, name)), desk.chosen)
        self.why.text = _why(desk) if desk.chosen in desk.labels else ""
        self._left.children = [self.ranking, self.clear, self.rule]
        self._right.children = [self.outcome, self.group, self.listing, self.why]


def outcome(desk: Desk, groups: dict[str, list[str]]) -> str:
    """Say what the ranking does: the last move, then against an audience without a ranking, then over all audiences."""
    if not desk.ranking:
        return t("argument_lab.audience_unranked", mine=len(groups["mine"]))
    told = [t("argument_lab.audience", top=ranking_in_words(desk), mine=len(groups["mine"]))]
    for key, names in (("audience_gained", groups["gained"]), ("audience_lost", groups["lost"])):
        none = {"audience_gained": "audience_gained_none", "audience_lost": "audience_lost_none"}[key]
        told.append(t(f"argument_lab.{key if names else none}", count=len(names), names=named(names)))
    counts = {name: len(groups[name]) for name in ("every", "some", "none")}
    return "\n\n".join(filter(None, [change_in_words(desk), " ".join(told), t("argument_lab.audience_all", **counts)]))


def _values(desk: Desk, name: str) -> str:
    return ", ".join(table.value_names()[value] for value in desk.table.values[name])


def _ground(desk: Desk, name: str) -> str:
    return t("argument_lab.finding") if name in desk.facts() else _values(desk, name)


def _why(desk: Desk) -> str:
    """Say which attacks on the chosen argument this audience lets succeed."""
    chosen = desk.chosen
    all_attacks = {attacker for attacker, target in desk.framework().attacks if target == chosen}
    succeeding = sorted(attacker for attacker, target in desk.judged().attacks if target == chosen)
    succeeding.sort(key=lambda name: desk.labels[name] is not Label.IN)
    values = _values(desk, chosen)
    if not all_attacks:
        return t("argument_lab.why_none", argument=chosen)
    listed = "; ".join(f"{name} ({_ground(desk, name)})" for name in succeeding[:_ATTACKERS_NAMED])
    rest = len(succeeding) - _ATTACKERS_NAMED
    more = t("argument_lab.why_more", count=rest) if rest > 0 else ""
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
