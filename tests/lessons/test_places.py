"""Every term and every argument has its place: the cell or question of a lesson where a reader meets it."""

import re

from places import text_at

from vermarkting import data, widgets

CONCEPTS, ARGUMENTS = data.rows("concept_places"), data.rows("argument_places")
GLOSSARY = "begrippen"


def test_no_term_is_an_orphan():
    assert {place["concept_id"] for place in CONCEPTS} == {row["id"] for row in data.rows("concepts")}


def test_no_argument_is_an_orphan():
    """The 106 arguments of the five texts, and those from literature, each in a lesson."""
    assert {place["argument_id"] for place in ARGUMENTS} == {row["id"] for row in data.rows("arguments")}
    assert all(place["notebook"].isdecimal() for place in ARGUMENTS)


def test_a_lesson_treats_each_term_where_the_table_says():
    in_lessons = [place for place in CONCEPTS if place["notebook"] != GLOSSARY]
    assert [place for place in in_lessons if not _treats(place)] == []
    assert not _treats(in_lessons[0] | {"words": "een woord dat nergens staat"})


def _treats(place: dict) -> bool:
    text = re.sub(r"[\s*_]+", " ", text_at(place["notebook"], place["cell"]))
    return place["words"].casefold() in text.casefold()


def test_the_glossary_has_the_terms_that_no_lesson_treats():
    shown = widgets.glossary().plain()
    only = [place["words"] for place in CONCEPTS if place["notebook"] == GLOSSARY]
    assert all(words in shown for words in only)
    assert "glossary()" in text_at(GLOSSARY, "begrippen-zoek")


def test_most_terms_stand_in_a_lesson():
    in_lessons = {place["concept_id"] for place in CONCEPTS if place["notebook"] != GLOSSARY}
    terms = {row["id"] for row in data.rows("concepts") if row["category"] == "begrip"}
    assert terms <= in_lessons


def test_a_lesson_cites_each_argument_where_the_table_says():
    def cites(place: dict) -> bool:
        return bool(re.search(rf"\b{place['argument_id']}\b", text_at(place["notebook"], place["cell"])))

    assert [place for place in ARGUMENTS if not cites(place)] == []
    assert not cites(ARGUMENTS[0] | {"argument_id": "A999"})


def test_a_place_treats_an_argument_and_does_not_just_name_its_code():
    """The sentence with the code and the one before it have words for it; a duel shows its two arguments in full."""
    assert [place for place in ARGUMENTS if _words_per_code(place) < 5] == []
    just_named = {"argument_id": "A041", "notebook": "02", "cell": "02-scan"}
    in_a_hint = {"argument_id": "A067", "notebook": "02", "cell": "02.duel"}
    assert _words_per_code(just_named) < 5 and _words_per_code(in_a_hint) < 5


def _words_per_code(place: dict) -> float:
    code, text = place["argument_id"], text_at(place["notebook"], place["cell"])
    if place["cell"].endswith("duel") and "." in place["cell"]:
        question = data.question(place["cell"])
        return 5.0 if code in (question["left"], question["right"]) else 0.0
    most = 0.0
    for block in re.split(r"\n|\|", text):
        parts = re.split(r"(?<=[.!?\]])\s+(?=[^\W\d_a-z]|[*‘’'(])", block)
        for number, part in enumerate(parts):
            codes = re.findall(r"\b[AL]\d{2,3}\b", part)
            if code in codes:
                words = re.findall(r"[^\W\d_]{2,}", " ".join(parts[max(0, number - 1) : number + 1]))
                most = max(most, len(words) / len(set(codes)))
    return most
