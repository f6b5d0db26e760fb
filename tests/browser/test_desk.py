"""The desk in a real browser: a question is marked with keys alone, and what is on screen is in the gradebook."""

from types import SimpleNamespace

import pytest
from axe import serious_findings
from courses import Course
from kit import Kit
from lecturer import lab_of
from nbgrader.api import Gradebook
from playwright.sync_api import expect

ASSIGNMENT, CELL = "O3", "o3-advies"
STUDENTS = ("r1005301", "r1005302", "r1005303")
HOSTILE = """Een **sterke** tekst van {student}.
<script>alert("script")</script><img src=x onerror="alert('img')"> [lok](javascript:alert('link'))"""
TOKEN = "toets"
PARTS = "#task, #answer, #rubric .criterion, #figures, #model, #comment, #bank"
BELOW = """parts => [...document.querySelectorAll(parts)]
    .filter((part) => part.getBoundingClientRect().bottom > innerHeight + 1).map((part) => part.id || part.className)"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("nakijken"))
    course.nbgrader("generate_assignment", ASSIGNMENT)
    kit = Kit(ASSIGNMENT, course.place / "canary")
    for student in STUDENTS:
        own = kit.of(student)
        notebook = own.notebook
        kit.cell(notebook, CELL)["source"] = HOSTILE.replace("{student}", student)
        own.write(course.place / "submitted" / student / ASSIGNMENT, notebook=notebook)
    course.nbgrader("autograde", ASSIGNMENT)
    with lab_of(course, TOKEN) as base:
        yield SimpleNamespace(course=course, base=base)


@pytest.fixture
def page(chromium, desk):
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE")
    page = context.new_page()
    wrong = []
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: request.url.startswith(desk.base) or wrong.append(request.url))
    page.goto(f"{desk.base}/vermarkting/nakijken?token={TOKEN}")
    yield page
    context.close()
    assert wrong == []


def marks(desk):
    """Give the points and comments in nbgrader's own gradebook."""
    with Gradebook(f"sqlite:///{desk.course.place / 'gradebook.db'}") as gradebook:
        found = gradebook.notebook_submissions(ASSIGNMENT, ASSIGNMENT)
        comments = {submission.student.id: submission.comments for submission in found}
        grades = {submission.student.id: submission.grades for submission in found}
        return sorted(
            (
                next(grade.manual_score for grade in grades[student] if grade.name == CELL),
                next(comment.manual_comment for comment in comments[student] if comment.name == CELL),
            )
            for student in STUDENTS
            if any(grade.name == CELL and grade.manual_score is not None for grade in grades[student])
        )


def test_a_question_is_marked_with_keys_alone(page, desk):
    assert serious_findings(page, ["main"]) == []
    page.get_by_label("Je naam of initialen").fill("An")
    page.get_by_role("button", name="O3 Advies aan de minister").press("Enter")
    for anchor in page.locator(".anchor").all():
        anchor.get_by_role("radio").first.check()
    page.get_by_role("button", name="Toon wat bedoeld is").click()
    expect(page.locator(".anchor .result")).to_have_count(3)
    assert serious_findings(page, ["main"]) == []
    page.get_by_role("link", name="Begin met nakijken").click()
    saved, progress = page.locator("#saved"), page.locator("#progress")
    expect(progress).to_contain_text("0 van 3 nagekeken")
    expect(page.locator("#text strong")).to_have_text("sterke")
    expect(page.locator("#text")).to_contain_text("▒▒▒")
    assert page.evaluate(BELOW, PARTS) == []
    assert serious_findings(page, ["main", "header"]) == []

    for key in ("Digit3", "Shift+Digit2", "Numpad4"):  # a Belgian keyboard has its digits with Shift
        page.keyboard.press(key)
    page.keyboard.press("o")
    page.keyboard.type("Let op de bron.")
    page.keyboard.press("Control+Enter")
    expect(progress).to_contain_text("1 van 3 nagekeken")
    expect(page.locator("#state")).to_have_text("nog niet nagekeken")
    expect(saved).to_have_text("Bewaard")
    levels = "Mechanisme: 3 (goed)\nBewijs: 2 (in ontwikkeling)\nKwetsbare groep: 4 (sterk)"
    assert marks(desk) == [(31, f"{levels}\nLet op de bron.")]

    second = page.url
    page.keyboard.press("s")
    expect(page).not_to_have_url(second)
    page.keyboard.press("f")
    expect(page.locator("#flag")).to_have_attribute("aria-pressed", "true")
    for key in "111":
        page.keyboard.press(key)
    expect(progress).to_contain_text("2 van 3 nagekeken")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("0")
    expect(progress).to_contain_text("1 van 3 nagekeken")
    expect(saved).to_have_text("Bewaard")
    page.keyboard.press("u")
    expect(progress).to_contain_text("2 van 3 nagekeken")
    assert [points for points, _ in marks(desk)] == [0, 31]

    page.keyboard.press("n")
    expect(page).to_have_url(second)
    page.reload()
    expect(progress).to_contain_text("2 van 3 nagekeken")
    expect(page).to_have_url(second)


def test_a_server_that_does_not_answer_loses_nothing(page, desk):
    page.goto(f"{desk.base}/vermarkting/nakijken/vraag/{ASSIGNMENT}/{CELL}?wie=Bo&geijkt=1")
    expect(page.locator("#text strong")).to_have_text("sterke")
    page.keyboard.press("p")
    for key in "111":  # at once: for the answer that is on its way, not for the one on screen
        page.keyboard.press(key)
    expect(page.locator("#saved")).to_have_text("Bewaard")
    expect(page.locator("#state")).to_have_text("nagekeken")
    assert len(marks(desk)) == 2
    page.context.set_offline(True)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    for key in "444":
        page.keyboard.press(key)
    expect(page.locator("#saved")).to_contain_text("Nog niet bewaard: De server antwoordt niet.")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_have_text("Bewaard")
    assert 45 in [points for points, _ in marks(desk)]
