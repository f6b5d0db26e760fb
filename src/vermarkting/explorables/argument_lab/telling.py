"""What the lab says in words about arguments by name: those that a step raised or brought down, and lists of them."""

from vermarkting.explorables.argument_lab import table
from vermarkting.explorables.argument_lab.desk import Desk, as_words
from vermarkting.text import t

_NAMED = 8  # arguments named in a sentence; the rest is counted


def named(names: list[str]) -> str:
    """List arguments as words: the first ones by name, and how many more there are."""
    rest = len(names) - _NAMED
    return as_words(names) if rest <= 0 else t("argument_lab.and_more", names=", ".join(names[:_NAMED]), count=rest)


def change_in_words(desk: Desk) -> str:
    """Say which arguments the last change raised and which it brought down."""
    if desk.previous is None:
        return ""
    risen, fallen = desk.moved()
    if not risen and not fallen:
        return t("argument_lab.unchanged")
    told = [(key, names) for key, names in (("risen", risen), ("fallen", fallen)) if names]
    return " ".join(t(f"argument_lab.{key}", names=named(names), count=len(names)) for key, names in told)


def ranking_in_words(desk: Desk) -> str:
    """Name the values that the reader ranked, from high to low."""
    names = [table.value_names()[value] for value in desk.ranking]
    return " › ".join(names[:3]) + (" › …" if len(names) > 3 else "")
