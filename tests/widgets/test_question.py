"""A question saves each answer at once, finds it again, and never shows its key before the answer."""

import json
from datetime import datetime

import pytest
from ipywidgets import Widget

from vermarkting import data
from vermarkting.answers import AnswerError, AnswerSheet
from vermarkting.widgets import krachtlijnenscan
from vermarkting.widgets.question import Question

SECRET = "GEHEIM"
OPTIONS = [
    {"id": "a", "text": "Aap", "correct": True, "explanation": f"{SECRET} a"},
    {"id": "b", "text": "Beer", "correct": False, "explanation": f"{SECRET} b"},
]
ITEMS = [
    {"id": "x", "text": "IJs", "answer": "k", "explanation": f"{SECRET} x"},
    {"id": "y", "text": "Thee", "answer": "w", "explanation": f"{SECRET} y"},
]
FIGURES = [{"id": "x", "text": "IJs"}, {"id": "y", "text": "Thee", "unit": "euro"}]
CATEGORIES = [{"id": "w", "text": "warm"}, {"id": "k", "text": "koud"}]
GROUNDS = [{"id": "A1", "text": "A1 · Een grond"}]
KRACHTLIJNEN = [{"id": "nabijheid", "text": "Nabijheid", "hint": "Dichtbij.", "grounds": GROUNDS}]
NOTE = {"prompt": "Wat?", "explanation": f"{SECRET} noot"}
QUESTIONS = {
    "single": ({"kind": "single", "options": OPTIONS, **NOTE}, "b", "Beer"),
    "bet": ({"kind": "bet", "options": OPTIONS, **NOTE}, "a", "Aap"),
    "multiple": ({"kind": "multiple", "options": OPTIONS, **NOTE}, ["a", "b"], "Aap; Beer"),
    "order": ({"kind": "order", "items": ITEMS, "solution": ["y", "x"], **NOTE}, ["x", "y"], "1. IJs; 2. Thee"),
    "ranking": (
        {"kind": "ranking", "items": [{"id": "x", "text": "IJs"}, {"id": "y", "text": "Thee"}], "prompt": "Wat?"},
        ["y", "x"],
        "1. Thee; 2. IJs",
    ),
    "match": ({"kind": "match", "items": ITEMS, "categories": CATEGORIES, **NOTE}, {"x": "w"}, "IJs: warm"),
    "number": ({"kind": "number", "unit": "euro", "answer": 77, "tolerance": 33, **NOTE}, 12.5, "12,5 euro"),
    "numbers": ({"kind": "numbers", "items": FIGURES, **NOTE}, {"y": 2.5}, "Thee: 2,5 euro"),
    "code": ({"kind": "code", "keys": "[a-z0-9]+", "label": "Nummer:", "hint": "kort", **NOTE}, "r0123456", "r0123456"),
    "slider": (
        {"kind": "slider", "min": 0, "max": 10, "step": 1, "left": "nee", "right": "ja", "sentence": "Ik zeg {value}.",
         "answer": 7, "tolerance": 3, **NOTE},
        3,
        "Ik zeg 3.",
    ),
    "text": (
        {"kind": "text", "min_words": 2, "max_chars": 99, "example": f"{SECRET} voorbeeld", **NOTE},
        "Mijn eigen woorden",
        "Mijn eigen woorden",
    ),
    "scan": (
        {"kind": "scan", "items": KRACHTLIJNEN, **NOTE},
        {"nabijheid": {"score": "-1", "ground": "A1"}},
        "Nabijheid: -1 (A1)",
    ),
}  # fmt: skip
BY_KIND = pytest.mark.parametrize("kind", QUESTIONS)


def synced(widget: Widget) -> dict:
    return {name: getattr(widget, name) for name in widget.keys if name not in ("layout", "style")}


@pytest.fixture
def sheet(tmp_path):
    return AnswerSheet(tmp_path / "antwoorden.json")


@BY_KIND
def test_an_answer_is_saved_at_once(kind, sheet, tmp_path):
    entry, answer, _ = QUESTIONS[kind]
    asked = Question("99.q", entry, sheet)
    assert asked.status == ""
    asked.answer = answer
    on_disk = json.loads((tmp_path / "antwoorden.json").read_text())["answers"]["99.q"]
    assert on_disk["value"] == answer
    saved = datetime.fromisoformat(on_disk["at"]).astimezone()
    assert asked.status == f"Bewaard om {saved:%H:%M}."


@BY_KIND
def test_an_answer_is_there_again_after_a_restart(kind, sheet):
    entry, answer, words = QUESTIONS[kind]
    Question("99.q", entry, sheet).answer = answer
    again = Question("99.q", entry, AnswerSheet(sheet.path))
    assert again.answer == answer
    assert again.status.startswith("Bewaard om ")
    assert words in again.plain()


@BY_KIND
def test_the_key_does_not_travel_before_the_answer(kind, sheet):
    asked = Question("99.q", QUESTIONS[kind][0], sheet)
    state = json.dumps(synced(asked), ensure_ascii=False)
    assert SECRET not in state
    shown = asked.question
    parts = [shown, *shown.get("options", []), *shown.get("items", [])]
    names = {name for part in parts for name in part}
    assert names.isdisjoint({"correct", "explanation", "answer", "solution", "tolerance", "example", "check"})
    asked._handle_custom_msg("check", [])
    assert SECRET not in json.dumps(synced(asked), ensure_ascii=False)


AT_ONCE = ("single", "bet", "scan")
TWICE = {"multiple": ["b"], "order": None, "match": {"x": "w", "y": "w"}, "number": 13, "slider": 2}
RIGHT = {"multiple": ["a"], "order": ["y", "x"], "match": {"x": "k", "y": "w"}, "number": 77, "slider": 7}


@BY_KIND
def test_feedback_comes_at_once_or_when_asked(kind, sheet):
    entry, answer, _ = QUESTIONS[kind]
    asked = Question("99.q", entry, sheet)
    asked.answer = answer
    assert bool(asked.feedback) is (kind in AT_ONCE)
    assert asked.checkable is (kind not in (*AT_ONCE, "ranking"))
    asked._handle_custom_msg("check", [])
    assert (SECRET in str(asked.feedback)) is (kind != "ranking" and kind not in TWICE)


@pytest.mark.parametrize("kind", TWICE)
def test_the_answer_comes_at_the_second_miss_and_not_for_asking_twice(kind, sheet):
    entry, answer, _ = QUESTIONS[kind]
    asked = Question("99.q", entry, sheet)
    asked.answer = answer
    for _ in range(3):
        asked._handle_custom_msg("check", [])
        assert "Probeer het nog een keer" in str(asked.feedback) and SECRET not in str(asked.feedback)
    if TWICE[kind] is None:  # an order of two has one wrong answer
        return
    asked.answer = TWICE[kind]
    assert asked.feedback == {}
    for shown in (TWICE[kind], answer):
        asked.answer = shown
        asked._handle_custom_msg("check", [])
        assert "Probeer" not in str(asked.feedback) and SECRET in str(asked.feedback)


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_right_at_once_is_explained_at_once(kind, sheet):
    asked = Question("99.q", QUESTIONS[kind][0], sheet)
    asked.answer = RIGHT[kind]
    asked._handle_custom_msg("check", [])
    assert "Probeer" not in str(asked.feedback) and SECRET in str(asked.feedback)


@BY_KIND
def test_checking_before_answering_asks_for_an_answer(kind, sheet):
    asked = Question("99.q", QUESTIONS[kind][0], sheet)
    asked._handle_custom_msg("check", [])
    assert asked.feedback == {"verdict": ["Geef eerst een antwoord. Daarna kun je nakijken."]}
    asked._handle_custom_msg({"anything": "else"}, [])


def test_another_answer_puts_old_feedback_away(sheet):
    asked = Question("99.q", QUESTIONS["multiple"][0], sheet)
    asked.answer = ["a"]
    asked._handle_custom_msg("check", [])
    assert asked.feedback["verdict"][0] == "2 van de 2 kloppen."
    asked.answer = ["b"]
    assert asked.feedback == {}
    asked._handle_custom_msg("check", [])
    assert asked.feedback["verdict"][0] == "0 van de 2 kloppen."


@BY_KIND
def test_a_saved_answer_that_does_not_fit_is_as_none(kind, sheet):
    sheet.put("99.q", {"no": ["fit"]})
    asked = Question("99.q", QUESTIONS[kind][0], sheet)
    assert asked.answer is None
    assert asked.status == ""
    assert asked.feedback == {}
    assert "nog niet ingevuld" in asked.plain()
    assert sheet.get("99.q").value == {"no": ["fit"]}


@BY_KIND
def test_an_answer_that_does_not_fit_is_refused_and_the_saved_one_stays(kind, sheet):
    entry, answer, _ = QUESTIONS[kind]
    asked = Question("99.q", entry, sheet)
    asked.answer = answer
    asked.answer = {"no": ["fit"]}
    assert asked.status == "Niet bewaard. Dit antwoord past niet bij de vraag. Kies opnieuw."
    assert sheet.get("99.q").value == answer
    asked._handle_custom_msg("check", [])
    assert asked.feedback == {"verdict": ["Geef eerst een antwoord. Daarna kun je nakijken."]}
    assert "nog niet ingevuld" in asked.plain()


class FullSheet(AnswerSheet):
    """A sheet on a disk that has no room left."""

    def put(self, question_id, value, **_change):
        raise AnswerError("De schijf is vol.")


def test_what_cannot_be_saved_is_said_and_not_lost(sheet):
    entry, answer, words = QUESTIONS["text"]
    sheet.put("99.q", "Het vorige antwoord")
    asked = Question("99.q", entry, FullSheet(sheet.path))
    asked.answer = answer
    assert asked.status == "Niet bewaard. De schijf is vol."
    assert asked.answer == answer
    assert words in asked.plain() and "Niet bewaard" in asked.plain()
    assert sheet.get("99.q").value == "Het vorige antwoord"


def test_a_folder_that_cannot_be_written_to_gets_one_dutch_sentence(tmp_path):
    (tmp_path / "antwoorden.json.lock").mkdir()
    asked = Question("99.q", QUESTIONS["single"][0], AnswerSheet(tmp_path / "antwoorden.json"))
    asked.answer = "a"
    assert asked.status == "Niet bewaard. Je antwoord is niet bewaard, want in deze map mag of kan je niet schrijven."
    assert asked.answer == "a"


def test_a_damaged_sheet_is_said_at_the_question(tmp_path):
    (tmp_path / "antwoorden.json").write_text("{ kapot")
    asked = Question("99.q", QUESTIONS["single"][0])
    assert asked.status.startswith("Je antwoordblad was beschadigd")
    asked.answer = "a"
    assert asked.status.startswith("Bewaard om ")
    assert AnswerSheet().get("99.q").value == "a"


def test_two_questions_on_one_sheet_do_not_touch_each_other(sheet):
    first = Question("99.one", QUESTIONS["single"][0], sheet)
    second = Question("99.two", QUESTIONS["multiple"][0], AnswerSheet(sheet.path))
    first.answer, second.answer = "a", ["b"]
    first.answer = "b"
    assert {name: found.value for name, found in sheet.all().items()} == {"99.one": "b", "99.two": ["b"]}


def test_the_same_question_in_two_tabs_keeps_the_last_answer(sheet):
    here = Question("99.q", QUESTIONS["single"][0], sheet)
    there = Question("99.q", QUESTIONS["single"][0], AnswerSheet(sheet.path))
    here.answer = "a"
    there.answer = "b"
    assert Question("99.q", QUESTIONS["single"][0], AnswerSheet(sheet.path)).answer == "b"


@BY_KIND
def test_plain_text_says_question_answer_and_moment(kind, sheet):
    entry, answer, words = QUESTIONS[kind]
    asked = Question("99.q", entry, sheet)
    bundle, _ = asked._repr_mimebundle_()
    assert bundle["text/plain"] == "Wat?\nJouw antwoord: nog niet ingevuld"
    asked.answer = answer
    bundle, _ = asked._repr_mimebundle_()
    assert bundle["text/plain"] == f"Wat?\nJouw antwoord: {words}\n{asked.status}"
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_the_questions_of_every_lesson_open(sheet):
    for lesson in ("00", "01", "02", "03", "O1"):
        for name, entry in data.questions(lesson).items():
            if entry["kind"] not in ("duel", "scan"):
                asked = Question(f"{lesson}.{name}", entry, sheet)
                assert asked.plain().startswith(entry["prompt"])
                assert all(isinstance(label, str | dict) and label for label in asked.labels.values())
        if any(entry["kind"] == "scan" for entry in data.questions(lesson).values()):
            assert krachtlijnenscan(lesson).answer is None


def test_an_assignment_has_nothing_to_check():
    for name, entry in data.questions("O1").items():
        assert not Question(f"O1.{name}", entry).checkable, name
