"""Kialo: what the discussion platform exports as text. Only read: its trees cannot hold our graph.

A first line with the title, then a claim per line: ``1. Thesis: ...``, ``1.1. Pro: ...``, ``1.1.1. Con: ...``. A pro
supports the claim whose number is one part shorter, a con attacks it. ``-> See 1.4.`` in place of a text points at a
claim that stands elsewhere: then that claim supports or attacks here as well. At the end may stand ``Sources:`` with a
line ``[1] ...`` for each mark in a text. A claim may run on over lines that start with a number.
What points nowhere, and a second claim under one number, are left out and named.
"""

import re
from collections import Counter

from vermarkting.formats.argument_map import MOST_ARGUMENTS, Argument, ArgumentMap, is_id
from vermarkting.formats.text_file import FormatError, decoded, plain
from vermarkting.text import t

TITLE = re.compile(r"\s*Discussion (?:Title|Name):[ \t]*(.*)")
CLAIM = re.compile(r"\s*([0-9]+(?:\.[0-9]+)*)\.\s+(?:(Thesis|Pro|Con):\s*)?(.*)")
LINK = re.compile(r"->\s*See\s+([0-9]+(?:\.[0-9]+)*)\.?\s*")
SOURCE = re.compile(r"\s*\[([0-9]{1,5})\]\s*(.*)")
MARK = re.compile(r"\s*\[([0-9]{1,5})\]")


def is_kialo(text: str) -> bool:
    """Tell whether a text starts as an export of Kialo does."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    claim = CLAIM.match(first)
    return bool(TITLE.match(first) or (claim and claim[2] == "Thesis"))


def read(file: bytes) -> ArgumentMap:
    """Give the map in a text that Kialo exported. Raises ``FormatError``."""
    return parse(decoded(file))


def parse(text: str) -> ArgumentMap:
    """Give the map in a document that Kialo exported. Raises ``FormatError``."""
    left_out: Counter[str] = Counter()
    title, claims, sources = _lines(text, left_out)
    links = {number: found[1] for number, (_, said) in claims.items() if (found := LINK.fullmatch(said))}

    def claim(number: str) -> str | None:
        """Give the claim that stands under a number, following where it points; ``None`` where that is nowhere."""
        passed = set()
        while number in links and number not in passed:
            passed.add(number)
            number = links[number]
        return number if number in claims and number not in passed else None

    arguments, attacks, supports = [], [], []
    for number, (stance, said) in claims.items():
        above = number.rpartition(".")[0]
        if stance in ("Pro", "Con"):
            pair = claim(number), claim(above)
            if None in pair:
                left_out["relations_of_nothing"] += 1
            else:
                (supports if stance == "Pro" else attacks).append(pair)
        if number not in links:
            cited = tuple(sources[mark] for mark in dict.fromkeys(MARK.findall(said)) if mark in sources)
            said = MARK.sub(lambda mark: "" if mark[1] in sources else mark[0], said)
            arguments.append(Argument(number, plain(said) or number, {"sources": cited} if cited else {}))
    named = tuple(t(f"formats.left_out.{what}", count=count) for what, count in left_out.items())
    return ArgumentMap(title, tuple(arguments), tuple(attacks), tuple(supports), named)


def _lines(text: str, left_out: Counter[str]) -> tuple[str, dict[str, tuple[str, str]], dict[str, str]]:
    """Give the title, the stance and the text of each claim by its number, and the sources by their mark."""
    title, claims, sources = "", {}, {}
    number, in_sources = "", False
    for line in text.splitlines():
        if not line.strip():
            continue
        if in_sources:
            if found := SOURCE.match(line):
                sources[found[1]] = plain(found[2])
        elif not claims and (found := TITLE.match(line)):
            title = plain(found[1])
        elif line.strip() == "Sources:":
            in_sources = True
        elif (found := CLAIM.match(line)) and _is_claim(found, claims):
            number = found[1]
            if not is_id(number):
                raise FormatError("too_deep")
            if number in claims:
                left_out["second_claims"] += 1
                number = ""
                continue
            if len(claims) >= 2 * MOST_ARGUMENTS:
                raise FormatError("too_many", limit=MOST_ARGUMENTS)
            claims[number] = (found[2] or "", found[3].strip())
        elif number:
            stance, said = claims[number]
            claims[number] = (stance, plain(f"{said} {line}"))
    return title, claims, sources


def _is_claim(found: re.Match, claims: dict[str, tuple[str, str]]) -> bool:
    """Tell a claim from a line of one that starts with a number, such as a year or a list: those have no stance."""
    number, stance = found[1], found[2]
    return bool(stance) or not claims or (number not in claims and number.rpartition(".")[0] in claims)
