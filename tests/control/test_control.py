"""``vermarkting controle``: each mistake is one Dutch sentence with its file and place, never a traceback."""

import json
import random
import re
import shutil
from pathlib import Path

import pytest

from vermarkting import cli
from vermarkting.control import look, tables

ROOT = Path(__file__).parents[2]
PARTS = ("data", "lessons", "solutions")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    place = tmp_path_factory.mktemp("cursus")
    for part in PARTS:
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns(".*"))
    for name in ("nbgrader_config.py", "nbgrader_config.json"):
        shutil.copy(ROOT / name, place)
    return place


@pytest.fixture
def course(untouched):
    """Change a file of the course by hand; it is put back after the test."""
    kept: dict[Path, bytes] = {}

    def change(name, old, new, encoding="utf-8"):
        path = untouched / name
        kept.setdefault(path, path.read_bytes())
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} stands not in {name}"
        path.write_bytes(text.replace(old, new, 1).encode(encoding))
        return [str(finding) for finding in look(untouched)]

    change.root = untouched
    change.kept = kept
    yield change
    for path, content in kept.items():
        path.write_bytes(content)


def test_the_course_as_it_stands_is_in_order(untouched, capsys):
    assert look(untouched) == []
    assert cli.main(["controle", str(untouched)]) == 0
    assert capsys.readouterr().out.startswith("Alles in orde")


MISTAKES = {
    "rubric of 42 for a cell of 40": (
        "solutions/O1/rubriek.toml",
        "points = 16",
        "points = 18",
        "solutions/O1/rubriek.toml, rubriek o1-bespreking: De hoogste punten van de rubriek zijn samen "
        "42, maar de cel telt voor 40.",
    ),
    "unreadable rubric": (
        "solutions/O1/rubriek.toml",
        "levels = [",
        "levels = ",
        "solutions/O1/rubriek.toml, regel ",
    ),
    "rubric of another cell": (
        "solutions/O1/rubriek.toml",
        "[o1-bespreking]",
        "[o1-besprekng]",
        "rubriek",
    ),
    "three levels": (
        "solutions/O1/rubriek.toml",
        '  { points = 0, text = "Je noemt geen bron." },\n',
        "",
        "Bij 'Bronnen wegen' horen vier niveaus",
    ),
    "a typing error in a key": (
        "solutions/O1/O1.ipynb",
        '\\"inbesteding\\"',
        '\\"inbestedng\\"',
        "'inbestedng' bestaat niet. Kies een bestaande naam, zoals: inbesteding,",
    ),
    "a question that is not there": (
        "solutions/O1/O1.ipynb",
        'g.multiple(\\"O1.tegenspraak\\"',
        'g.multiple(\\"O1.tegenspaak\\"',
        "De vraag 'O1.tegenspaak' bestaat niet.",
    ),
    "an item left out of a key": (
        "solutions/O1/O1.ipynb",
        '[\\"g4\\", \\"g6\\", ',
        '[\\"g6\\", ',
        "In de sleutel ontbreekt: g4.",
    ),
    "a stray quote in the questions": (
        "data/questions/O1.toml",
        'kind = "match"',
        'kind = "match',
        "data/questions/O1.toml, regel 4: Hier klopt de schrijfwijze niet.",
    ),
    "a kind that is not there": (
        "data/questions/O1.toml",
        'kind = "match"',
        'kind = "mach"',
        "regel 3, vraag termen: De soort 'mach' bestaat niet. Kies een van deze: match,",
    ),
    "a missing comma in the weights": (
        "nbgrader_config.py",
        '"O1": 10, "O2"',
        '"O1": 10 "O2"',
        "nbgrader_config.py, regel ",
    ),
    "a weight for no assignment": (
        "nbgrader_config.py",
        '"O1": 10',
        '"01": 10',
        "'01' weegt mee, maar is geen opdracht.",
    ),
    "a weight that is text": (
        "nbgrader_config.py",
        '"O1": 10',
        '"O1": "10"',
        "De gewichten zijn niet bruikbaar.",
    ),
    "an argument that is not there": (
        "data/questions/02.toml",
        'left = "A027"',
        'left = "A927"',
        "'A927' bestaat niet.",
    ),
    "an argument that is not there in a table": (
        "data/arguments.csv",
        ";A0",
        ";X0",
        "data/arguments.csv, regel ",
    ),
    "semicolons": (
        "data/figures.csv",
        "id,",
        "id;",
        "data/figures.csv, regel 1: ",
    ),
    "a question in a lesson": (
        "lessons/03_de_tenderkamer.ipynb",
        "03.begrippen",
        "03.begripen",
        "De vraag '03.begripen' bestaat niet. Kies een bestaande, zoals: 03.begrippen",
    ),
    "a lesson cut short": (
        "lessons/03_de_tenderkamer.ipynb",
        '"cells"',
        '"cels"',
        "Dit is geen volledig notebook.",
    ),
    "a source that is not there": (
        "lessons/03_de_tenderkamer.ipynb",
        "[B",
        "[B999] [B",
        "'B999' bestaat niet.",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_sentence_with_its_file_and_place(course, name):
    file, old, new, says = MISTAKES[name]
    found = course(file, old, new)
    assert any(says in sentence for sentence in found), found
    assert all(sentence.startswith(file) for sentence in found), found
    assert len(found) <= 2, found


def test_a_table_saved_by_a_spreadsheet_in_windows_signs(course):
    path = course.root / "data" / "concepts.csv"
    course.kept[path] = path.read_bytes()
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252", "replace"))
    [found] = [str(finding) for finding in look(course.root)]
    assert re.match(r"data/concepts\.csv, regel \d+: Hier staat een teken dat niet in `UTF-8` bewaard is\.", found)


FILES = [
    "data/datapackage.json",
    "data/arguments.csv",
    "data/figures.csv",
    "data/questions/01.toml",
    "data/questions/O1.toml",
    "solutions/O1/rubriek.toml",
    "solutions/O2/O2.ipynb",
    "lessons/01_new_public_management.ipynb",
    "nbgrader_config.py",
    "nbgrader_config.json",
]


def _mutations(text: str, chance: random.Random):
    """Give the text as clumsy hands leave it: cut short, emptied, a sign lost or doubled, bytes that are no text."""
    lines = text.splitlines(keepends=True)
    yield b""
    yield text[: chance.randrange(len(text))].encode()
    yield text.encode("utf-16")
    yield text.encode()[:50] + b"\xff\xfe\x00" + text.encode()[50:]
    for sign in "\"'[]{}=,:":
        places = [m.start() for m in re.finditer(re.escape(sign), text)]
        if places:
            at = chance.choice(places)
            yield (text[:at] + chance.choice(["", sign * 2]) + text[at + 1 :]).encode()
    at = chance.randrange(len(lines))
    yield "".join(lines[:at] + lines[at + 1 :]).encode()
    yield "".join([*lines[:at], lines[at], *lines[at:]]).encode()


@pytest.mark.parametrize("name", FILES)
def test_no_mutation_of_a_file_gives_a_traceback_or_english(course, name, monkeypatch):
    path = course.root / name
    if path.suffix != ".csv" and path.name != "datapackage.json":
        read = tables.look(course.root)  # the slowest part, and not what is changed here
        monkeypatch.setattr(tables, "look", lambda root: read)
    course.kept[path] = path.read_bytes()
    original = path.read_text(encoding="utf-8")
    for number, content in enumerate(_mutations(original, random.Random(name))):
        path.write_bytes(content)
        found = look(course.root)
        for finding in found:
            assert re.search(r"[.!]$", finding.sentence), (number, finding)
            assert "Error" not in finding.sentence and "Traceback" not in finding.sentence
            assert (course.root / finding.file).parent.exists()
        if number < 4:
            assert any(finding.file == name for finding in found), (number, content[:80])


def test_the_command_counts_and_fails(course, capsys):
    course("nbgrader_config.py", '"O1": 10, "O2"', '"O1": 10 "O2"')
    assert cli.main(["controle", str(course.root)]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[-1] == "Te verbeteren: 1. Er wordt niets uitgegeven voor het in orde is."


def test_a_folder_that_is_no_course_is_said_to_be_none(tmp_path, capsys):
    assert cli.main(["controle", str(tmp_path)]) == 2
    assert "staat geen cursus" in capsys.readouterr().err


def test_a_notebook_that_only_looks_like_one_is_named(course):
    path = course.root / "solutions" / "O1" / "O1.ipynb"
    course.kept[path] = path.read_bytes()
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": ["x"], "metadata": {"nbgrader": [1]}}]}))
    assert [str(finding) for finding in look(course.root)]
