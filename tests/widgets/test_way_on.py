"""The end of a lesson: progress, where to go next, and every code that the lesson uses in full."""

import json
import re

import pytest

from vermarkting import data, references, widgets
from vermarkting.answers import AnswerSheet
from vermarkting.content import folder
from vermarkting.widgets.keeping import kept

LESSONS = [row["id"] for row in data.rows("pages") if row["kind"] == "lesson"]
CODE = re.compile(r"\[([ABHLS]\d{1,3}[^\]]*)\]")


def cells(path: str) -> list[str]:
    notebook = json.loads((folder("lessons").parent / path).read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"]]


def test_every_page_stands_in_the_table_once_with_its_first_heading():
    for row in data.rows("pages"):
        assert cells(row["path"])[0].splitlines()[0] == f"# {row['title']}"
    there = {
        path.relative_to(folder("lessons").parent).as_posix()
        for path in (*folder("lessons").glob("*.ipynb"), *folder("assignments").glob("*/*.ipynb"))
    }
    assert {row["path"] for row in data.rows("pages")} == there


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_last_cell_gives_each_code_of_the_lesson_in_full(lesson):
    rows = {row["id"]: row for table in ("arguments", "sources") for row in data.rows(table)}
    text = "\n".join(cells(references.page(lesson)["path"]))
    used = {code for group in CODE.findall(text) for code in re.findall(r"[ABHLS]\d{1,3}", group)}
    told = widgets.way_on(lesson).plain()
    missing = [code for code in used if (rows[code].get("claim") or rows[code]["title"]) not in told]
    assert used
    assert missing == []


def test_a_card_tells_who_says_it_where_and_how_sure():
    card = references.cards("06")["L15"]
    words = " ".join(words for _, words in card["rows"])
    row = next(row for row in data.rows("arguments") if row["id"] == "L15")
    assert card["text"] == row["claim"]
    assert card["link"] == row["url"]
    assert row["speaker"] in words
    assert row["speaker_role"] in words
    assert "B98, B99" in words
    assert row["caveat"] in words


def test_what_a_card_names_has_a_card_too():
    cards = references.cards("06")
    named = {code for card in cards.values() for code in references.CODE.findall(str(card["rows"]))}
    assert {"B98", "B99"} <= named <= set(cards)


def test_progress_follows_an_answer_that_is_kept():
    end = widgets.way_on("03")
    name, question = next((n, q) for n, q in data.questions("03").items() if q["kind"] == "bet")
    before = int(re.search(r"\d+", end.done).group())
    AnswerSheet().put(f"03.{name}", question["options"][0]["id"])
    kept(f"03.{name}")
    assert int(re.search(r"\d+", end.done).group()) == before + 1
    assert question["prompt"] not in end.still_open
    assert [row["state"] for row in end.lessons].count("begun") == 1


@pytest.mark.parametrize(
    ("lesson", "next_pages"),
    [
        ("02", ["../assignments/O1/O1.ipynb", "03_de_tenderkamer.ipynb", "begrippen.ipynb"]),
        ("06", ["07_tijd_vertrouwen_en_missie.ipynb", "begrippen.ipynb"]),
        ("10", ["../assignments/O6/O6.ipynb", "herhaling.ipynb", "begrippen.ipynb"]),
    ],
)
def test_it_tells_where_to_go_next(lesson, next_pages):
    assert [step["path"] for step in widgets.way_on(lesson).steps] == next_pages


def test_what_one_said_at_the_start_is_in_view_at_the_end():
    end = widgets.way_on("01")
    assert end.said == []
    sheet = AnswerSheet()
    sheet.put("01.bet_meetfabriek", data.question("01.bet_meetfabriek")["options"][0]["id"])
    sheet.put("01.wat_is_erger", 7)
    sheet.put("01.bet_indicator", "does not fit")
    kept("01.wat_is_erger")
    first, bet = end.said
    assert first["prompt"] == data.question("01.wat_is_erger")["prompt"]
    assert "7 van de 10" in first["answer"] and "‘niet meten is erger’" in first["answer"]
    assert bet["answer"] == data.question("01.bet_meetfabriek")["options"][0]["text"]
    assert first["answer"] in end.plain()


def test_a_lesson_that_sends_back_to_the_first_answer_has_one():
    for path in folder("lessons").glob("*.ipynb"):
        if "Kijk nog eens naar je eerste" in path.read_text(encoding="utf-8"):
            openings = [question for question in data.questions(path.stem[:2]).values() if question.get("opening")]
            assert len(openings) == 1, path.name
