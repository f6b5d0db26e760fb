"""The parts to look through a table with: what they take from the browser, and what they say in words."""

import pytest

from vermarkting import data
from vermarkting.answers import AnswerError, AnswerSheet
from vermarkting.widgets.argument_map import MapPicks
from vermarkting.widgets.browse import Filters, Listing, Matrix, Notes, Upload
from vermarkting.widgets.question import Question

CHOICES = [
    {"id": "dier", "legend": "Dier", "options": [{"id": "", "text": "alles"}, {"id": "aap", "text": "aap (2)"}]},
    {"id": "kleur", "legend": "Kleur", "options": [{"id": "", "text": "alles"}, {"id": "rood", "text": "rood (1)"}]},
]
IDS = [f"A{number:03}" for number in range(1, 15)]


def send(widget, content, *buffers):
    widget._handle_custom_msg(content, list(buffers))


@pytest.fixture
def heard() -> list:
    return []


def row(name: str) -> dict:
    return {"text": f"tekst {name}", "note": "nota"}


def test_filters_take_only_what_they_offer():
    filters = Filters(legend="Zeef", choices=CHOICES)
    filters.chosen = {"dier": "aap", "kleur": "paars", "maat": "groot"}
    assert filters.chosen == {"dier": "aap"}
    assert filters.plain() == "Dier: aap (2)"


def test_a_listing_sends_one_page_and_turns_no_further_than_its_end(heard):
    listing = Listing(heard.append, per_page=6)
    listing.show("Alles", IDS, row, chosen="A002")
    assert [one["id"] for one in listing.rows] == IDS[:6]
    assert listing.place == "bladzijde 1 van 3"
    for _ in range(5):
        send(listing, {"turn": 1})
    assert [one["id"] for one in listing.rows] == IDS[12:]
    send(listing, {"turn": -7})
    send(listing, {"turn": "1"})
    assert listing.place == "bladzijde 3 van 3"
    assert listing.plain().splitlines() == ["Alles", *(f"{n} · tekst {n} (nota)" for n in IDS[12:]), listing.place]


def test_a_listing_stays_on_its_page_until_the_list_changes(heard):
    listing = Listing(heard.append, per_page=6)
    listing.show("Alles", IDS, row)
    send(listing, {"turn": 1})
    listing.show("Alles", IDS, row, chosen="A001")
    assert listing.rows[0]["id"] == "A007"
    listing.show("Minder", IDS[3:6], row)
    assert listing.rows[0]["id"] == "A004" and listing.place == ""
    listing.show("Niets", [], row)
    assert listing.rows == [] and listing.place == ""


def test_a_listing_hears_only_ids_of_its_own(heard):
    listing = Listing(heard.append)
    listing.show("Alles", IDS, row)
    for content in ({"choose": "A014"}, {"choose": "B001"}, {"choose": ["A001"]}, "A001", None, {}):
        send(listing, content)
    assert heard == ["A014"]


def test_a_matrix_hears_only_cells_of_its_own_and_says_its_counts(heard):
    matrix = Matrix(lambda *cell: heard.append(cell))
    columns = [{"id": "pro", "text": "voor"}, {"id": "con", "text": "tegen"}]
    rows = [{"id": "nab", "text": "Nabijheid", "counts": [0, 3]}]
    matrix.show("Telling", "Krachtlijn", columns, rows, ("", ""), "leeg")
    for content in ({"cell": ["nab", "con"]}, {"cell": ["nab", "weg"]}, {"cell": "nab"}, {"cell": None}, 3):
        send(matrix, content)
    assert heard == [("nab", "con")]
    assert matrix.plain() == "Telling\nNabijheid: voor leeg, tegen 3"


def test_notes_take_words_about_their_own_items_while_they_may(heard):
    told = []
    notes = Notes("Waarom?", lambda *note: not heard.append(note[:2]), "10.lab", AnswerSheet(), most=10)
    notes.send = told.append
    notes.items = [{"id": "A1>A2", "text": "A1", "note": "omdat"}, {"id": "A3>A2", "text": "A3", "note": ""}]
    assert notes.plain() == "A1: omdat\nA3"
    for content in (
        {"id": "A1>A2", "note": "x" * 50},
        {"id": "A9>A2", "note": "x"},
        {"id": "A1>A2", "note": 3},
        [],
        None,
    ):
        send(notes, {"keep": {"id": str(content), "value": content}})
    send(notes, {"keep": None})
    assert heard == [("A1>A2", "x" * 10)]
    assert [next(iter(message)) for message in told] == ["kept", "refused", "refused"]
    notes.writable = False
    send(notes, {"keep": {"id": "1", "value": {"id": "A1>A2", "note": "nu niet"}}})
    assert len(heard) == 1


def test_a_note_that_is_not_on_disk_is_not_called_kept():
    told = []
    notes = Notes("Waarom?", lambda *note: False, "10.lab", AnswerSheet())
    notes.items, notes.send, notes.status = [{"id": "a", "text": "A", "note": ""}], told.append, "De schijf is vol."
    send(notes, {"keep": {"id": "1", "value": {"id": "a", "note": "omdat"}}})
    assert told == [{"refused": "1", "why": "De schijf is vol.", "again": True}]


def test_an_argument_is_on_the_map_when_that_is_on_disk_and_not_before(monkeypatch):
    picks, told = MapPicks("O6.kaart"), []
    picks.place.send = told.append
    send(picks.place, {"keep": {"id": "1", "value": {"id": "A006", "on": True}}})
    assert told == [{"kept": "1"}]
    assert AnswerSheet().get("O6.kaart").value == picks.names == ["A006"]

    def full(*_: object, **__: object) -> None:
        raise AnswerError("De schijf is vol.")

    monkeypatch.setattr(AnswerSheet, "put", full)
    send(picks.place, {"keep": {"id": "2", "value": {"id": "A007", "on": True}}})
    assert told[1:] == [{"refused": "2", "why": "Niet bewaard. De schijf is vol.", "again": True}]
    assert picks.names == ["A006"]


def test_an_upload_hands_over_a_file_and_nothing_of_one_too_big(heard):
    upload = Upload("Kies", ".txt", 4, lambda *file: heard.append(file))
    send(upload, {"name": "klein.txt", "size": 3}, memoryview(b"abc"))
    send(upload, {"name": "groot.txt", "size": 99})
    send(upload, {"name": "gelogen.txt", "size": 1}, b"abcdefgh")
    send(upload, {"name": 3}, b"abc")
    send(upload, "klein.txt")
    assert heard == [("klein.txt", b"abc"), ("groot.txt", None), ("gelogen.txt", None)]


def test_an_open_ranking_takes_some_of_its_items_in_order():
    question = Question("10.lab_rangorde", data.question("10.lab_rangorde"))
    assert question.question["open"] and len(question.question["items"]) == 16
    question.answer = ["democratie", "kennis"]
    assert "1. Democratie; 2. Kennis en eerlijk oordeel" in question.plain()
    question.answer = []
    assert "niets aangeduid" in question.plain()
    for unfit in (["democratie", "democratie"], ["geluk"], {"democratie": 1}):
        question.answer = unfit
        assert "Niet bewaard" in question.status
