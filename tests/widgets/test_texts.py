"""Every sentence that a widget asks for is in text/nl, and no sentence there has lost its widget."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path
from string import Formatter

import pytest

import vermarkting
from vermarkting import data, text
from vermarkting.text import t

PACKAGE = Path(vermarkting.__file__).parent
SECTIONS = (
    "question",
    "duel",
    "chart",
    "explorable",
    "tender",
    "incentives",
    "market_profile",
    "timeline",
    "care_homes",
    "listing",
    "notes",
    "argument_lab",
    "argumentation",
    "poll_return",
    "hand_in",
    "collect",
    "export",
)
SENTENCES = {part: text.sentences(part) for part in text.parts()}
SOURCES = {file: list(ast.walk(ast.parse(file.read_text(encoding="utf-8")))) for file in PACKAGE.rglob("*.py")}
NODES = [node for nodes in SOURCES.values() for node in nodes]
FROM_DATA = {str(value) for row in data.rows("arguments") for value in (row["origin"], row["type"])}
FROM_DATA |= {row["id"] for row in data.rows("market_profiles")}


def sentence(key: str) -> str:
    entry = SENTENCES
    for part in key.split("."):
        entry = entry[part]
    return entry


def every_key() -> list[str]:
    def flat(table: dict, prefix: str):
        for name, entry in table.items():
            if isinstance(entry, dict):
                yield from flat(entry, f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}"

    return [key for section in SECTIONS for key in flat(SENTENCES[section], f"{section}.")]


def constants(nodes: Iterable[ast.AST]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def patterns() -> list[tuple[re.Pattern, set[str]]]:
    """Give the f-strings that may name a key, a group for each part that is filled in, and what may fill it in.

    That comes from the same file, the models or the data; in the frame of all explorables also from any of these.
    """
    everywhere = FROM_DATA.union(*(constants(nodes) for file, nodes in SOURCES.items() if file.parent.name == "models"))
    explorables = set().union(*(constants(ns) for file, ns in SOURCES.items() if "explorables" in file.parts))
    found = []
    for file, nodes in SOURCES.items():
        fillings = everywhere | (explorables if file.name == "frame.py" else constants(nodes))
        for node in nodes:
            if isinstance(node, ast.JoinedStr):
                parts = (re.escape(part.value) if isinstance(part, ast.Constant) else "(.+)" for part in node.values)
                found.append((re.compile("".join(parts)), fillings))
    return found


CONSTANTS = constants(NODES)
PATTERNS = patterns()


def is_used(key: str) -> bool:
    if key in CONSTANTS:
        return True
    matches = ((pattern.fullmatch(key), fillings) for pattern, fillings in PATTERNS)
    return any(match and all(part in fillings for part in match.groups()) for match, fillings in matches)


def test_no_sentence_has_lost_its_widget():
    assert [key for key in every_key() if not is_used(key)] == []


def test_a_sentence_that_nobody_asks_for_is_found():
    assert not is_used("tender.nobody_asks_for_this")
    assert is_used("tender.weight") and is_used("tender.formulas.min_max") and is_used("incentives.goal_pride_done")


def calls() -> list[str]:
    """Give the keys that are asked for in full."""
    found = []
    for node in NODES:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        if node.func.id in ("t", "SentenceSlider") and words:
            found.append(words[0])
        elif node.func.id == "step":
            found += [f"{words[0]}.{words[1]}_title", f"{words[0]}.{words[1]}_text"]
        elif node.func.id == "Explorable" and words:
            found += [f"{words[0]}.title", f"{words[0]}.intro"]
    return sorted(set(found))


def test_there_are_calls():
    assert len(calls()) > 100


def test_every_sentence_that_is_asked_for_exists():
    def exists(key: str) -> bool:
        try:
            placeholders = {name for _, name, _, _ in Formatter().parse(sentence(key)) if name}
        except KeyError:
            return False
        return bool(t(key, **dict.fromkeys(placeholders, "1")))

    assert [key for key in calls() if not exists(key)] == []
    assert not exists("tender.nobody_wrote_this")


# A number that can be one needs the noun that fits it; these are totals, limits and the like, which are never one.
NEVER_ONE = {
    "all", "asked", "each", "fewest", "least", "limit", "min", "minutes", "most", "number", "of", "pairs", "rounds",
    "seconds", "size", "there", "total", "value", "words",
}  # fmt: skip
NOUNS = (
    "punten|mensen|offertes|banden|krachtlijnen|argumenten|aanvallen|maanden|antwoorden|woorden|bestanden|uren|jongeren"
    "|cellen|rondes|studenten|minuten|plaatsen|vakken|getallen"
)
BARE = re.compile(rf"(?<!van de )(?<!meer dan )\{{([a-z_]+)\}} (?:{NOUNS})\b")


def bare_plurals(words: str) -> list[str]:
    return [found.group() for found in BARE.finditer(words) if found[1] not in NEVER_ONE]


@pytest.mark.parametrize("part", sorted(SENTENCES))
def test_a_count_takes_the_noun_that_fits_it(part):
    path = PACKAGE / "text" / "nl" / f"{part}.toml"
    assert bare_plurals(path.read_text(encoding="utf-8")) == []
    assert bare_plurals("Bij {strictness} punten.") == ["{strictness} punten"]
    assert bare_plurals("{value} punten en {right} van de {total} punten, {strictness:|punt|punten}") == []
