"""The feedback page in a real browser: anyone can read it, it runs nothing, and it fits a small screen and paper."""

from itertools import pairwise

import pytest
from axe import serious_findings
from corpus import CASES
from courses import Course
from kit import Kit
from nbgrader.api import Gradebook

MARKUP = [case for case in CASES if case.name.startswith("markup") and case.outcome != "failed"]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1))"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of one batch by student: ``an`` is judged, ``bo`` waits, the others are hostile."""
    course = Course(tmp_path_factory.mktemp("docent"))
    course.nbgrader("generate_assignment", "O1")
    kit = Kit("O1", course.place / "canary")
    for student in ("an", "bo"):
        kit.write(course.place / "submitted" / student / "O1")
    for case in MARKUP:
        case.make(kit, course.place / "submitted" / case.student / "O1")
    course.nbgrader("autograde", "O1")
    with Gradebook(f"sqlite:///{course.place / 'gradebook.db'}") as books:
        for student in ("an", *(case.student for case in MARKUP)):
            books.update_or_create_student(student, first_name=HOSTILE, last_name=HOSTILE)
            grade = books.find_grade("o1-bespreking", "O1", "O1", student)
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 9, 1, False
            comment = books.find_comment("o1-bespreking", "O1", "O1", student)
            comment.manual_comment = f"Zekerheid: 3\n{HOSTILE}"
        books.db.commit()
    course.nbgrader("generate_feedback", "O1")
    return {path.parts[-3]: path for path in (course.place / "feedback").rglob("*.html")}


@pytest.fixture
def page(chromium):
    """A page that fails the test when it runs anything, or asks for anything but itself."""
    context = chromium.new_context(viewport={"width": 683, "height": 384}, device_scale_factor=2, locale="nl-BE")
    page = context.new_page()
    ran, asked = [], []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert ran == []
    assert [address for address in asked if not address.endswith(".html")] == []


def opened(page, path):
    page.goto(path.as_uri())


@pytest.mark.parametrize("student", ["an", "bo"])
def test_anyone_can_read_it(page, pages, student):
    opened(page, pages[student])
    assert serious_findings(page, ["html"]) == []
    assert page.evaluate("document.documentElement.lang") == "nl"
    levels = [
        int(tag[1]) for tag in page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5')].map(h => h.tagName)")
    ]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))


def test_it_fits_a_small_screen_and_paper(page, pages):
    opened(page, pages["an"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 683
    page.get_by_role("link", name="Deel 6. Bespreking").click()
    assert page.url.endswith("#deel-7")
    page.emulate_media(media="print", color_scheme="dark")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF")


def test_nothing_of_a_hand_in_runs(page, pages):
    for case in MARKUP:
        opened(page, pages[case.student])
        assert (
            page.evaluate(
                "document.scripts.length + document.images.length + document.querySelectorAll('iframe').length"
            )
            == 0
        )


def test_no_script_would_run_even_if_markup_got_through(page, pages, tmp_path):
    """The page's own policy is a second wall: here the markup stands unescaped."""
    spoilt = tmp_path / "O1.html"
    text = pages["an"].read_text(encoding="utf-8")
    spoilt.write_text(
        text.replace(
            "</main>", "<script>document.title = 'mis'</script><b onclick=\"document.title='mis'\">x</b></main>"
        )
    )
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    opened(page, spoilt)
    page.get_by_text("x", exact=True).click()
    assert page.title().startswith("Feedback bij")
    assert "Content Security Policy" in " ".join(refused)
