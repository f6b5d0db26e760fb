"""A student's own figures in an assignment, and what is said at once about answers that go with them."""

import json

import pytest

from vermarkting import cases, widgets
from vermarkting.answers import AnswerSheet

FIRST = "Vul eerst je studentnummer in. Dan verschijnen hier je eigen cijfers."


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_it_asks_for_the_number_first_and_then_follows_it():
    number, shown = widgets.question("O2.studentnummer"), widgets.my_case("O2")
    assert (shown.sentence, shown.tables) == (FIRST, [])
    number.answer = "R 012.345-6"
    assert "studentnummer r0123456" in shown.sentence
    assert ["A", "290 duizend euro", "38"] in [list(row) for row in shown.tables[0]["rows"]]
    number.answer = "s0987654"
    assert ["A", "345 duizend euro", "72"] in [list(row) for row in shown.tables[0]["rows"]]
    json.dumps(shown.tables)


def test_a_number_that_does_not_fit_is_not_kept():
    number, shown = widgets.question("O2.studentnummer"), widgets.my_case("O2")
    for typed in ("abc", "abcdef", "r0123456\n", "<b>0123</b>", "1" * 21):
        number.answer = typed
        assert number.status.startswith("Niet bewaard")
        assert shown.sentence == FIRST


def test_every_number_that_the_question_takes_is_usable():
    for assignment in cases.FILES:
        for typed in ("a1b2", "R 012.345-6", "2023-01-234", "1" * 20, "r0123456"):
            widgets.question(f"{assignment}.studentnummer").answer = typed
            answers = {question_id: answer.value for question_id, answer in AnswerSheet().all().items()}
            assert cases.student_number(assignment, answers)
            assert widgets.my_case(assignment).tables


def test_one_part_of_the_figures():
    AnswerSheet().put("O3.studentnummer", "s0987654")
    shown = widgets.my_case("O3", "deel4")
    assert shown.sentence == "De cijfers van studentnummer s0987654."
    assert [table["caption"] for table in shown.tables] == ["Jouw groep"]
    assert len(widgets.my_case("O3").tables) == 6


def test_it_reads_as_plain_text_without_a_front_end():
    assert widgets.my_case("O3", "deel4").plain() == FIRST
    AnswerSheet().put("O3.studentnummer", "s0987654")
    lines = widgets.my_case("O3", "deel4").plain().splitlines()
    assert lines[2:] == ["Jouw groep", "Wat; Jouw cijfer", "Mensen in de groep; 748 mensen",
                         "Nulmeting in het contract; 28 op 100"]  # fmt: skip


def test_a_number_in_one_assignment_does_not_count_in_another():
    AnswerSheet().put("O2.studentnummer", "r0123456")
    assert widgets.my_case("O3").sentence == FIRST


def test_a_damaged_sheet_is_said(tmp_path):
    (tmp_path / "antwoorden.json").write_text("kapot")
    assert "beschadigd" in widgets.my_case("O2").sentence


# What is filled in, and what cannot be right.


def test_what_cannot_be_right_stands_below_how_much_is_filled_in():
    number, weights = widgets.question("O2.studentnummer"), widgets.question("O2.gewichten")
    below = widgets.answered("O2.gewichten")
    weights.answer = {"prijs": 40, "team": 30}
    assert below.text == "Je vulde 2 van de 7 in."
    number.answer = "r0123456"
    assert below.text.split("\n\n") == [
        "Je vulde 2 van de 7 in.",
        "Samen zijn de gewichten 70 en geen 100.",
        "De prijs heeft niet het gewicht dat in je bestek staat.",
        "Nog zonder krachtlijn: Vakbekwaam team.",
    ]
    widgets.question("O2.krachtlijnen").answer = {"team": "generalistisch"}
    assert "krachtlijn" not in below.text
    weights.answer = {"prijs": 38, "team": 62}
    assert below.text == "Je vulde 2 van de 7 in."


def test_a_part_with_a_remark_is_not_done():
    AnswerSheet().put("O2.studentnummer", "r0123456")
    widgets.question("O2.vast").answer = {"bodem": 300, "plafond": 200}
    below = widgets.answered("O2.vast")
    assert (below.tone, below.text.split("\n\n")[0]) == ("todo", "Alles is ingevuld en bewaard.")
    widgets.question("O2.vast").answer = {"bodem": 200, "plafond": 500}
    assert (below.tone, below.text) == ("done", "Alles is ingevuld en bewaard.")
