"""How many arguments stand on each side, wherever a text says it: lessons, questions, texts, assignments, kit."""

import json
import re
from collections import Counter

import pytest

from vermarkting import data, text
from vermarkting.content import folder

ROWS = data.rows("arguments")
COUNTS = {
    origin: Counter(row["position"] for row in ROWS if origin in (row["origin"], "all"))
    for origin in ("seed", "literature", "all")
}
SIDES = {
    "pro-markt": r"(\d+) (?:argumenten|pleidooien)(?: in de vijf basisteksten)? v[óo]{2}r de markt"
    r"|(\d+) pleidooien\b|pleiten (?:er )?(\d+) (?:argumenten )?v[óo]{2}r|(\d+) daarvan pleiten"
    r"|\| voor de markt \| (\d+)",
    "kritisch": r"(\d+) (?:ertegen|kritische)\b|\| kritisch \| (\d+)|Tegen de markt zijn er (\d+)",
    "conditioneel": r"(\d+) hangen af|\| hangt ervan af \| (\d+)",
}
RETOLD = sum("weergegeven door" in row["speaker"] for row in ROWS if row["position"] == "pro-markt")


def texts() -> dict[str, str]:
    """Give what a reader sees, by where it stands: a cell, a file of questions or of sentences, a page of the kit."""
    found = {}
    for room in ("lessons", "assignments"):
        for path in folder(room).rglob("*.ipynb"):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                found[cell["id"]] = "".join(cell["source"])
    for path in (*(folder("data") / "questions").glob("*.toml"), *(folder("data") / "teaching").iterdir()):
        found[f"{path.parent.name}/{path.name}"] = path.read_text(encoding="utf-8")
    return found | {f"text:{part}": json.dumps(text.sentences(part), ensure_ascii=False) for part in text.parts()}


def told(side: str, words: str) -> list[int]:
    return [int(next(filter(None, found))) for found in re.findall(SIDES[side], words)]


@pytest.mark.parametrize("side", SIDES)
def test_a_number_of_arguments_is_that_of_the_table(side):
    right = {count[side] for count in COUNTS.values()} | ({RETOLD} if side == "pro-markt" else set())
    wrong = {(where, number) for where, words in texts().items() for number in told(side, words) if number not in right}
    assert wrong == set()


def test_numbers_are_found_where_they_stand():
    assert told("pro-markt", "Er zijn 15 argumenten vóór de markt en 60 ertegen.") == [15]
    assert told("kritisch", "Er zijn 15 argumenten vóór de markt en 60 ertegen.") == [60]
    assert told("pro-markt", "Van de 128 argumenten pleiten er 22 voor de markt") == [22]
    places = {where for where, words in texts().items() for side in SIDES if told(side, words)}
    assert {"00-eerlijk", "02-motieven", "10-tafel", "o6-werkwijze", "teaching/les_00.md"} <= places
    assert {"questions/00.toml", "questions/10.toml", "text:argument_lab"} <= places


def test_who_defends_the_instrument_counts_as_such():
    """Of the eleven arguments of one researcher three clear tendering of a reproach; the form as a side issue clears
    it of its merit too."""
    own = {row["id"]: row["position"] for row in ROWS if row["speaker"] == "Floris Lazrak"}
    assert len(own) == 11 and set(own.values()) == {"pro-markt", "conditioneel"}
    assert {name for name, position in own.items() if position == "pro-markt"} == {"A072", "A075", "A082"}
