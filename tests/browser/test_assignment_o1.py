"""O1 from opening to a graded score: a student fills it in by mouse and keyboard, hands in one file, and is graded."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from vermarkting import data

sys.path.insert(0, str(Path(__file__).parents[1] / "assignments"))

from courses import Course
from o1_answers import PERFECT, PERFECT_POINTS

O1 = "assignments/O1/O1.ipynb"
ESSAY = "Zeker is dat De Vaart bij het CAW bleef. Waarom G4S Care afviel, vertelt elke bron anders."


def asked(page: Page, question_id: str) -> Locator:
    """The group of controls of one question."""
    return page.get_by_role("group", name=data.question(question_id)["prompt"][:60])


def texts(question_id: str) -> dict[str, str]:
    question = data.question(question_id)
    return {entry["id"]: entry["text"] for part in ("items", "options") for entry in question.get(part, [])}


def fill_in(page: Page, question_id: str, answer) -> None:
    group, text = asked(page, question_id), texts(question_id)
    kind = data.question(question_id)["kind"]
    if kind == "match":
        for item, category in answer.items():
            group.get_by_label(text[item]).select_option(category)
    elif kind == "order":
        for place, item in enumerate(answer):
            while text[item] not in group.get_by_role("listitem").nth(place).inner_text():
                group.get_by_role("button", name=f"Omhoog: {text[item]}").press("Enter")
    elif kind == "multiple":
        for option in answer:
            group.get_by_label(text[option]).check()
    elif kind == "number":
        group.get_by_role("spinbutton").fill(str(answer))
        group.get_by_role("spinbutton").press("Tab")
    else:
        group.get_by_role("textbox").fill(answer)
        group.get_by_role("textbox").blur()
    expect(group.get_by_text("Bewaard om")).to_be_visible()


def shows(page: Page, question_id: str, answer) -> None:
    group, text = asked(page, question_id), texts(question_id)
    kind = data.question(question_id)["kind"]
    expect(group.get_by_text("Bewaard om")).to_be_visible()
    if kind == "match":
        for item, category in answer.items():
            expect(group.get_by_label(text[item])).to_have_value(category)
    elif kind == "order":
        expect(group.get_by_role("listitem")).to_contain_text([text[item] for item in answer])
    elif kind == "multiple":
        for option in text:
            expect(group.get_by_label(text[option])).to_be_checked(checked=option in answer)
    elif kind == "number":
        assert float(group.get_by_role("spinbutton").input_value()) == answer
    else:
        expect(group.get_by_role("textbox")).to_have_value(answer)


def write_essay(page: Page) -> None:
    place = page.locator(".jp-MarkdownCell", has_text="Schrijf hier je antwoord.")
    place.get_by_role("emphasis").dblclick()
    place.get_by_role("textbox").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(ESSAY)
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-MarkdownCell p", has_text=ESSAY)).to_be_visible()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = Course(tmp_path_factory.mktemp("docent"))
    made.nbgrader("generate_assignment", "O1")
    return made


def test_o1_from_opening_to_a_graded_score(open_notebook, lab, course):
    page = open_notebook(O1)
    expect(page.get_by_role("group", name="Welke term hoort")).to_be_visible()
    expect(page.get_by_role("table", name="Rubriek: Waarom viel G4S Care af? (40 punten)")).to_be_attached()
    expect(page.get_by_text("Je vulde 0 van de 12 in.")).to_be_attached()
    for question_id, answer in PERFECT.items():
        fill_in(page, question_id, answer)
    write_essay(page)
    page.keyboard.press("Control+s")

    saved = lab.folder / O1
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    for _ in range(60):
        notebook = json.loads(saved.read_text(encoding="utf-8"))
        carried = notebook["metadata"]["vermarkting"].get("answers", {}).get("answers", {})
        if set(carried) == set(PERFECT) and ESSAY in json.dumps(notebook):
            break
        page.wait_for_timeout(500)
    assert {question_id: entry["value"] for question_id, entry in carried.items()} == PERFECT

    page.reload()
    for question_id, answer in PERFECT.items():
        shows(page, question_id, answer)
    expect(page.get_by_text("Alles is ingevuld en bewaard.")).to_have_count(len(PERFECT_POINTS))
    expect(page.locator(".jp-MarkdownCell p", has_text=ESSAY)).to_be_attached()

    # The student uploads the notebook alone.
    handed_in = course.place / "submitted" / "student" / "O1"
    handed_in.mkdir(parents=True)
    shutil.copy(saved, handed_in)
    course.nbgrader("autograde", "O1")
    assert course.points("student", "O1") == pytest.approx(PERFECT_POINTS | {"o1-bespreking": None})
