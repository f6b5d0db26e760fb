"""A map of arguments, as every format is read into and written from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vermarkting.formats.text_file import FormatError
from vermarkting.models.argumentation import Framework

MOST_ARGUMENTS = 2_000
MOST_RELATIONS = 10_000
ID = re.compile(r"[A-Z]{0,3}[0-9]+(?:\.[0-9]+)*")  # A001, L22, 7, 1.4.2
LONGEST_ID = 200

Detail = str | bool | None | tuple[str, ...]


@dataclass(frozen=True)
class Argument:
    """One argument.

    id: short code such as A001 or 1.4.2. text: the claim, one line of plain text, never markup.
    details: further fields by their name in the table ``arguments``, such as key, values, position or premises; beside
    those, ``tags`` and ``sources`` hold what a file says that the table has no field for.
    """

    id: str
    text: str
    details: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True)
class ArgumentMap:
    """Arguments in order, and their relations as pairs of ids: (attacker, target) and (supporter, supported).

    Raises ``FormatError`` for two arguments of one id, for an id of another form, for a relation with an argument that
    is not there, and for more than can be worked with. Relations come in the order of their first argument, each once;
    circles are allowed. ``left_out`` names in Dutch what the file held that a map cannot show.
    """

    title: str
    arguments: tuple[Argument, ...]
    attacks: tuple[tuple[str, str], ...] = ()
    supports: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.arguments:
            raise FormatError("no_arguments")
        if len(self.arguments) > MOST_ARGUMENTS:
            raise FormatError("too_many", limit=MOST_ARGUMENTS)
        if len(self.attacks) + len(self.supports) > MOST_RELATIONS:
            raise FormatError("too_many_relations", limit=MOST_RELATIONS)
        known = set()
        for argument in self.arguments:
            if not is_id(argument.id):
                raise FormatError("bad_id", id=argument.id)
            if argument.id in known:
                raise FormatError("twice", id=argument.id)
            known.add(argument.id)
        for relation in (*self.attacks, *self.supports):
            for one in relation:
                if one not in known:
                    raise FormatError("unknown_argument", id=one)
        place = {argument.id: number for number, argument in enumerate(self.arguments)}
        for name in ("attacks", "supports"):
            pairs = sorted(dict.fromkeys(getattr(self, name)), key=lambda pair: place[pair[0]])
            object.__setattr__(self, name, tuple(pairs))

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping], title: str) -> "ArgumentMap":
        """Give the map of rows of the table ``arguments``; relations with arguments outside these rows are left out."""
        rows = list(rows)
        known = {row["id"] for row in rows}
        arguments = [
            Argument(
                row["id"],
                row["claim"],
                {
                    name: tuple(cell) if isinstance(cell, list) else cell
                    for name, cell in row.items()
                    if name not in ("id", "claim", "attacks", "supports")
                },
            )
            for row in rows
        ]
        attacks, supports = (
            tuple((row["id"], target) for row in rows for target in row[name] if target in known)
            for name in ("attacks", "supports")
        )
        return cls(title, tuple(arguments), attacks, supports)

    def rows(self) -> list[dict]:
        """Give the arguments as rows with the names of the table ``arguments``: of each field what the map holds."""
        targets = {argument.id: {"attacks": [], "supports": []} for argument in self.arguments}
        for name in ("attacks", "supports"):
            for one, other in getattr(self, name):
                targets[one][name].append(other)
        return [
            {"id": argument.id, "claim": argument.text, **targets[argument.id]}
            | {name: list(cell) if isinstance(cell, tuple) else cell for name, cell in argument.details.items()}
            for argument in self.arguments
        ]

    def framework(self) -> Framework:
        """Give the arguments and attacks for the model."""
        return Framework(frozenset(argument.id for argument in self.arguments), frozenset(self.attacks))

    def values(self) -> dict[str, tuple[str, ...]]:
        """Give the values that each argument promotes, as far as the map tells."""
        return {argument.id: argument.details.get("values", ()) for argument in self.arguments}


def is_id(text: str) -> bool:
    """Tell whether a text has the form of an argument's code."""
    return len(text) <= LONGEST_ID and ID.fullmatch(text) is not None


def fresh_ids(taken: set[str]) -> Iterable[str]:
    """Give codes T1, T2 ... that are not taken, for arguments that have a name only."""
    number = 0
    while True:
        number += 1
        if f"T{number}" not in taken:
            yield f"T{number}"
