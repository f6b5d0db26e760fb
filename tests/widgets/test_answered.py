"""The sentence that follows how much of a graded part is filled in."""

import pytest

from vermarkting import data, widgets
from vermarkting.answers import AnswerSheet
from vermarkting.questions import progress

MATCH = {"kind": "match", "items": [{"id": "a"}, {"id": "b"}], "categories": [{"id": "x"}]}
MULTIPLE = {"kind": "multiple", "options": [{"id": "u1"}, {"id": "u2"}]}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("question", "answer", "counted"),
    [
        (MATCH, None, (0, 2)),
        (MATCH, {"a": "x"}, (1, 2)),
        (MATCH, {"elsewhere": "x"}, (0, 2)),
        (MULTIPLE, [], (0, 1)),
        (MULTIPLE, ["u2"], (1, 1)),
        ({"kind": "number"}, 0, (1, 1)),
        ({"kind": "text"}, "", (0, 1)),
    ],
)
def test_progress_counts_items_of_a_match_and_one_for_any_other_question(question, answer, counted):
    assert progress(question, answer) == counted


def test_it_follows_the_answers_while_the_student_works():
    question, sentence = widgets.question("O1.termen"), widgets.answered("O1.termen")
    assert (sentence.text, sentence.tone) == ("Je vulde 0 van de 12 in.", "todo")
    question.answer = {"t1": "npm"}
    assert sentence.text == "Je vulde 1 van de 12 in."
    terms = [one["id"] for one in data.question("O1.termen")["categories"]]
    question.answer = {f"t{number}": term for number, term in enumerate(terms, start=1)}
    assert (sentence.text, sentence.tone) == ("Alles is ingevuld en bewaard.", "done")


def test_a_term_that_is_used_twice_is_named():
    question, sentence = widgets.question("O1.termen"), widgets.answered("O1.termen")
    question.answer = {"t1": "npm", "t2": "npm", "t3": "sib"}
    assert "hoort maar één keer: New Public Management." in sentence.text and "Social Impact" not in sentence.text
    widgets.question("O1.keuze").answer = {"a": "ja", "b": "ja"}
    assert "één keer" not in widgets.answered("O1.keuze").text


def test_it_counts_what_was_kept_before_and_leaves_other_questions_alone():
    AnswerSheet().put("O1.volgorde", ["g6", "g5", "g4", "g3", "g2", "g1"])
    assert widgets.answered("O1.volgorde").text == "Alles is ingevuld en bewaard."
    sentence = widgets.answered("O1.welk_cijfer")
    widgets.question("O1.termen").answer = {"t1": "npm"}
    assert sentence.text == "Hier is nog geen antwoord bewaard."


def test_a_damaged_sheet_is_said(tmp_path):
    (tmp_path / "antwoorden.json").write_text("kapot")
    assert "beschadigd" in widgets.answered("O1.termen").text
