"""What a ranking of values makes of the arguments: one rule for the lab, for its lesson and for what they say of it."""

from collections.abc import Sequence
from functools import lru_cache

from vermarkting.explorables.argument_lab import table
from vermarkting.models.argumentation import (
    Acceptability,
    Framework,
    Label,
    acceptability,
    defeats,
    facts_first,
    grounded,
)  # fmt: skip

GROUPS = ("gained", "lost", "mine", "every", "some", "none")


def seen_by(
    framework: Framework, ranking: Sequence[str], facts: frozenset[str], arguments: table.Arguments | None = None
) -> Framework:
    """Give the attacks that convince an audience; without a ranking nobody weighs, and every attack counts.

    ranking: values from high to low; those that are left out share the last place. facts: findings that go before
    every value; with an empty set only values count. arguments: where the values stand, else the whole table.
    """
    values = (arguments or table.whole()).values
    return defeats(*facts_first(framework, values, facts), ranking) if ranking else framework


def standing(framework: Framework) -> set[str]:
    """Give the arguments that stand."""
    return {name for name, label in grounded(framework).items() if label is Label.IN}


@lru_cache(maxsize=8)
def for_every_audience(
    framework: Framework, facts: frozenset[str], arguments: table.Arguments
) -> dict[str, Acceptability]:
    """Tell what all rankings of the values make of each argument; takes some 50 ms on the whole table."""
    return acceptability(*facts_first(framework, arguments.values, facts))


def survivors(
    framework: Framework,
    ranking: Sequence[str],
    facts: frozenset[str] | None = None,
    arguments: table.Arguments | None = None,
) -> dict[str, list[str]]:
    """Give the arguments of each of ``GROUPS``, as the labels of ``seen_by`` have it. May raise ``ParameterError``.

    facts: the findings that come before every value; without it those of the table, with an empty set none.
    """
    arguments = arguments or table.whole()
    facts = arguments.facts if facts is None else facts
    plain, mine = standing(framework), standing(seen_by(framework, ranking, facts, arguments))
    over_all = for_every_audience(framework, facts, arguments)
    groups = {
        "gained": mine - plain,
        "lost": plain - mine,
        "mine": mine,
        "every": {name for name, verdict in over_all.items() if verdict is Acceptability.OBJECTIVE},
        "some": {name for name, verdict in over_all.items() if verdict is Acceptability.SUBJECTIVE},
        "none": {name for name, verdict in over_all.items() if verdict is Acceptability.INDEFENSIBLE},
    }
    return {group: [name for name in arguments.rows if name in members] for group, members in groups.items()}
