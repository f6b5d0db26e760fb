"""Kialo: what the discussion platform exports as text. Only read: its trees cannot hold our graph.

A first line with the title, then a claim per line: ``1. Thesis: ...``, ``1.1. Pro: ...``, ``1.1.1. Con: ...``. A pro
supports the claim whose number is one part shorter, a con attacks it. ``-> See 1.4.`` in place of a text points at a
claim that stands elsewhere: then that claim supports or attacks here as well. At the end may stand ``Sources:`` with a
line ``[1] ...`` for each mark in a text.
"""

import re

from vermarkting.formats.argument_map import MOST_ARGUMENTS, Argument, ArgumentMap, is_id
from vermarkting.formats.text_file import FormatError, decoded, plain

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
    title, claims, sources = _lines(text)
    links = {number: found[1] for number, (_, said) in claims.items() if (found := LINK.fullmatch(said))}

    def claim(number: str) -> str:
        """Give the claim that stands under a number, following where it points."""
        passed = set()
        while number in links:
            if number in passed:
                raise FormatError("link_in_circle", number=number)
            passed.add(number)
            number = links[number]
        if number not in claims:
            raise FormatError("unknown_argument", id=number)
        return number

    arguments, attacks, supports = [], [], []
    for number, (stance, said) in claims.items():
        above = number.rpartition(".")[0]
        if above and above not in claims:
            raise FormatError("claim_of_nothing", number=number)
        if stance in ("Pro", "Con"):
            if not above:
                raise FormatError("claim_of_nothing", number=number)
            (supports if stance == "Pro" else attacks).append((claim(number), claim(above)))
        if number not in links:
            cited = tuple(sources[mark] for mark in dict.fromkeys(MARK.findall(said)) if mark in sources)
            said = MARK.sub(lambda mark: "" if mark[1] in sources else mark[0], said)
            arguments.append(Argument(number, plain(said) or number, {"sources": cited} if cited else {}))
    return ArgumentMap(title, tuple(arguments), tuple(attacks), tuple(supports))


def _lines(text: str) -> tuple[str, dict[str, tuple[str, str]], dict[str, str]]:
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
        elif found := CLAIM.match(line):
            number = found[1]
            if not is_id(number):
                raise FormatError("too_deep")
            if number in claims:
                raise FormatError("twice", id=number)
            if len(claims) >= 2 * MOST_ARGUMENTS:
                raise FormatError("too_many", limit=MOST_ARGUMENTS)
            claims[number] = (found[2] or "", found[3].strip())
        elif number:
            stance, said = claims[number]
            claims[number] = (stance, plain(f"{said} {line}"))
    return title, claims, sources
