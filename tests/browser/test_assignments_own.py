"""Assignments with figures of one's own, from the student number to a graded score, by mouse and keyboard."""

import json
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from vermarkting import cases, data

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "assignments"))

from axe import serious_findings
from courses import Course

ESSAY = "Ik weeg twee wegen af, en ik kies de tweede."  # ten words


def asked(page: Page, question_id: str) -> Locator:
    """The group of controls of one question."""
    return page.get_by_role("group", name=data.question(question_id)["prompt"][:60])


def fill_in(page: Page, question_id: str, answer) -> None:
    group, question = asked(page, question_id), data.question(question_id)
    texts = {entry["id"]: entry["text"] for part in ("items", "options") for entry in question.get(part, [])}
    if question["kind"] == "match":
        for item, category in answer.items():
            group.get_by_label(texts[item]).select_option(category)
    elif question["kind"] == "numbers":
        for item, number in answer.items():
            group.get_by_label(texts[item], exact=True).fill(str(number))
            group.get_by_label(texts[item], exact=True).press("Tab")
    elif question["kind"] == "single":
        group.get_by_label(texts[answer]).check()
    elif question["kind"] == "number":
        group.get_by_role("spinbutton").fill(str(answer))
        group.get_by_role("spinbutton").press("Tab")
    else:
        group.get_by_role("textbox").fill(answer)
        group.get_by_role("textbox").press("Enter")
    expect(group.get_by_text("Bewaard om")).to_be_visible()


def write(page: Page, cell: Locator, text: str) -> None:
    """Write an essay in an answer cell; the count of words below it follows each key."""
    count = cell.locator(".vermarkting-words")
    expect(count).to_contain_text("0 van ongeveer")
    cell.get_by_role("emphasis").click()
    cell.get_by_role("textbox").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Ik weeg twee")
    expect(count).to_contain_text("3 van ongeveer")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    expect(count).to_contain_text("10 van ongeveer")
    page.keyboard.press("Shift+Enter")
    expect(cell.locator("p", has_text=text)).to_be_visible()


@pytest.mark.parametrize("assignment", ["O2", "O3"])
def test_from_the_student_number_to_a_graded_score(open_notebook, lab, tmp_path, assignment):
    expected = import_module(f"{assignment.lower()}_answers")
    page = open_notebook(f"assignments/{assignment}/{assignment}.ipynb")
    first = page.get_by_text("Vul eerst je studentnummer in.").first
    expect(first).to_be_visible()
    fill_in(page, f"{assignment}.studentnummer", expected.NUMBER)
    table = cases.tables(assignment, expected.NUMBER)[0]
    expect(page.get_by_role("table", name=table.caption).first.get_by_role("row")).to_have_count(len(table.rows) + 1)
    expect(page.get_by_text("Vul eerst je studentnummer in.")).to_have_count(0)
    for question_id, answer in expected.PERFECT.items():
        if not question_id.endswith(".studentnummer"):
            fill_in(page, question_id, answer)
    for cell in page.locator(".vermarkting-answer").all():
        write(page, cell, ESSAY)
    assert serious_findings(page) == []
    page.keyboard.press("Control+s")

    saved = lab.folder / "assignments" / assignment / f"{assignment}.ipynb"
    carried = {}
    for _ in range(60):
        notebook = json.loads(saved.read_text(encoding="utf-8"))
        carried = notebook["metadata"]["vermarkting"].get("answers", {}).get("answers", {})
        if set(carried) == set(expected.PERFECT) and json.dumps(notebook).count(ESSAY) == 2:
            break
        page.wait_for_timeout(500)
    assert {question_id: entry["value"] for question_id, entry in carried.items()} == expected.PERFECT

    # The student uploads the notebook alone.
    course = Course(tmp_path)
    course.nbgrader("generate_assignment", assignment)
    handed_in = tmp_path / "submitted" / "student" / assignment
    handed_in.mkdir(parents=True)
    shutil.copy(saved, handed_in)
    course.nbgrader("autograde", assignment)
    found = course.points("student", assignment)
    assert {name: found[name] for name in expected.PERFECT_POINTS} == pytest.approx(expected.PERFECT_POINTS)
    assert [points for name, points in found.items() if name not in expected.PERFECT_POINTS] == [None, None]
