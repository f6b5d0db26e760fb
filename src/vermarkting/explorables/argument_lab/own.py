"""What readers add themselves: arguments, and attacks and supports between any two, kept as two answers of notes.

``claims`` maps E1, E2 ... to a claim, and ``E1.position``, ``E1.value`` and ``E1.role`` to what stands with it.
``ties`` maps ``E1>A006`` (an attack) or ``E1+A006`` (a support) to the reason.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from vermarkting.explorables.argument_lab import table
from vermarkting.formats import ArgumentMap
from vermarkting.text import t

MOST = 60
PARTS = ("position", "value", "role")
DEFAULTS = {"position": "conditioneel", "value": "", "role": "student"}
ROLES = ("student", "worker", "client", "neighbour", "manager", "politician")
_CODE = re.compile(r"E[1-9][0-9]{0,2}")
_TIE = re.compile(r"([ALE][0-9]{1,3})([>+])([ALE][0-9]{1,3})")
_COLUMNS = {">": "attacks", "+": "supports"}
_LONGEST = 600


def codes(claims: Mapping[str, str]) -> list[str]:
    """Give the codes of the added arguments, in order."""
    return sorted((name for name in claims if _CODE.fullmatch(name)), key=lambda name: int(name[1:]))


def next_code(claims: Mapping[str, str]) -> str:
    """Give the code that a new argument gets."""
    return f"E{max((int(name[1:]) for name in codes(claims)), default=0) + 1}"


def known_ties(claims: Mapping[str, str], ties: Mapping[str, str]) -> dict[str, str]:
    """Give the ties between arguments that there are; the table's own are no ties of a reader."""
    there = {*table.arguments(), *codes(claims)}
    found = {}
    for tie, reason in ties.items():
        one, sign, other = _TIE.fullmatch(tie).groups()
        own = table.arguments().get(one, {})
        if one != other and {one, other} <= there and other not in own.get(_COLUMNS[sign], ()):
            found[tie] = reason
    return found


def with_own(claims: Mapping[str, str], ties: Mapping[str, str]) -> table.Arguments:
    """Give the whole table together with what was added."""
    return (
        _with_own(tuple(sorted(claims.items())), tuple(sorted(known_ties(claims, ties))))
        if claims or ties
        else (table.whole())
    )


@lru_cache(maxsize=4)
def _with_own(claims: tuple[tuple[str, str], ...], ties: tuple[str, ...]) -> table.Arguments:
    told = dict(claims)
    rows = {name: {**row} for name, row in table.arguments().items()}
    rows |= {name: _row(name, told) for name in codes(told)}
    for tie in ties:
        one, sign, other = _TIE.fullmatch(tie).groups()
        column = _COLUMNS[sign]
        rows[one][column] = [*rows[one][column], other]
    return table.Arguments(rows.values())


def _row(name: str, claims: Mapping[str, str]) -> dict:
    position, value, role = (claims.get(f"{name}.{part}", DEFAULTS[part]) for part in PARTS)
    words = t(f"argument_lab.roles.{role}") if role in ROLES else role
    text = dict.fromkeys(("key", "premises", "evidence", "critical_question", "sureness", "caveat"), "")
    lists = {column: [] for column in ("source_ids", "values_original", "krachtlijnen", "attacks", "supports")}
    return {
        **text,
        **lists,
        "id": name,
        "claim": claims[name],
        "core": False,
        "origin": table.OWN,
        "position": position if position in table.POSITIONS else DEFAULTS["position"],
        "speaker": words,
        "speaker_role": words,
        "values": [value] if value in table.value_names() else [],
        **{column: t(f"argument_lab.own.{column}") for column in ("logic", "type", "level", "strategy")},
    }


def merged(
    claims: Mapping[str, str], ties: Mapping[str, str], brought: ArgumentMap
) -> tuple[dict[str, str], dict[str, str]]:
    """Add to what a reader has what somebody else's map has more: new arguments under free codes, and new ties.

    An argument of the table keeps its code where its claim is the table's; an added one with the same claim is the same
    one. Merging a map again adds nothing; what would be more than ``MOST`` arguments is left out.
    """
    claims, ties = dict(claims), dict(ties)
    by_claim = {claims[name]: name for name in codes(claims)}
    places: dict[str, str] = {}
    for argument in brought.arguments:
        same = table.arguments().get(argument.id)
        if same and same["claim"] == argument.text:
            places[argument.id] = argument.id
        elif argument.text in by_claim:
            places[argument.id] = by_claim[argument.text]
        elif len(by_claim) < MOST and len(argument.text) <= _LONGEST:
            code = places[argument.id] = by_claim[argument.text] = next_code(claims)
            claims |= {code: argument.text, **_parts(code, argument.details)}
    reasons = {
        tie.partition(": ")[0]: tie.partition(": ")[2]
        for argument in brought.arguments
        for tie in _texts(argument.details.get("reasons"))
    }
    for sign, pairs in ((">", brought.attacks), ("+", brought.supports)):
        for one, other in pairs:
            if one in places and other in places:
                reason = reasons.get(f"{one}{sign}{other}", t("argument_lab.own.brought"))
                ties.setdefault(f"{places[one]}{sign}{places[other]}", reason[:_LONGEST])
    return claims, known_ties(claims, ties)


def _parts(code: str, details: Mapping[str, object]) -> dict[str, str]:
    told = {
        "position": details.get("position"),
        "value": next(iter(_texts(details.get("values"))), ""),
        "role": details.get("speaker_role"),
    }
    return {f"{code}.{part}": words[:60] for part, words in told.items() if isinstance(words, str) and words}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, tuple | list) else ()


def reasons(ties: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Give for each argument the reasons of the ties that go out from it, as a file carries them."""
    found: dict[str, tuple[str, ...]] = {}
    for tie, reason in ties.items():
        one = _TIE.fullmatch(tie)[1]
        found[one] = (*found.get(one, ()), f"{tie}: {reason}")
    return found
