"""Options stand in an order of the reader's own, the same every time, whatever is kept or shown elsewhere."""

from collections import Counter

import pytest

from vermarkting.answers import AnswerSheet
from vermarkting.widgets.mixing import READER, mixed, reader
from vermarkting.widgets.question import Question

OPTIONS = [{"id": letter, "text": letter, "correct": letter == "c", "explanation": letter} for letter in "abcd"]
ASKED = {"kind": "single", "prompt": "Wat?", "options": OPTIONS}


def order(question: dict) -> str:
    return "".join(option["id"] for option in question["options"])


def test_every_order_is_as_likely_for_one_question_and_one_order_tells_nothing_of_the_next():
    orders = Counter(order(mixed("01.q", ASKED, f"reader {number}")) for number in range(4_800))
    assert len(orders) == 24 and min(orders.values()) > 140
    pairs = Counter(
        (order(mixed("01.q", ASKED, f"{n}"))[0], order(mixed("01.r", ASKED, f"{n}"))[0]) for n in range(1_600)
    )
    assert len(pairs) == 16 and min(pairs.values()) > 60


def test_one_reader_sees_one_order_and_readers_differ(tmp_path, monkeypatch):
    def shown(folder: str) -> str:
        return order(Question("99.q", ASKED, AnswerSheet(tmp_path / folder / "antwoorden.json")).question)

    folders = [f"student {number}" for number in range(20)]
    first = [shown(folder) for folder in folders]
    assert [shown(folder) for folder in folders] == first
    assert len(set(first)) > 5
    monkeypatch.setenv("JUPYTERHUB_USER", "an")  # where the folders of all have one name
    an = [shown(folder) for folder in folders]
    monkeypatch.setenv("JUPYTERHUB_USER", "bo")
    assert [shown(folder) for folder in folders] != an
    monkeypatch.setenv(READER, "1234")
    assert reader("here").endswith("bo 1234")


def test_an_answer_and_its_explanation_stay_with_the_option(tmp_path):
    for number in range(10):
        asked = Question("99.q", ASKED, AnswerSheet(tmp_path / str(number) / "antwoorden.json"))
        asked._sheet.path.parent.mkdir()
        asked.answer = "c"
        assert asked._sheet.get("99.q").value == "c"
        assert asked.feedback["why"] == {"c": "✓ Dat klopt. c"}


@pytest.mark.parametrize("question", [{**ASKED, "in_order": True}, {"kind": "order", "items": OPTIONS}])
def test_a_scale_and_what_has_no_options_stay_as_written(question):
    assert mixed("01.q", question, "reader") == question
