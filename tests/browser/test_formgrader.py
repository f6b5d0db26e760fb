"""Formgrader in a real browser: nothing of a student runs in it, and a rubric level takes one click."""

import json
import re
import shutil
from dataclasses import dataclass

import pytest
from corpus import CASES
from courses import Course
from kit import Kit
from lecturer import lab_of
from nbgrader.api import Gradebook
from playwright.sync_api import expect

from vermarkting.grading import rubrics
from vermarkting.text import sentences

# A third of them: tests/hostile reads the page of each.
MARKUP = [case for case in CASES if case.name.startswith("markup") and case.outcome != "failed"][::3]
SCRIPT = "</script><script>alert('naam')</script><img src=x onerror=alert('naam')>"
TOKEN = "toets"

# What a graded notebook would hold if grading had let it through.
HOSTILE = """<script>alert('script')</script><img src=x onerror="alert('img')"><svg onload="alert('svg')"></svg>
<iframe srcdoc="<script>parent.alert('frame')</script>"></iframe><iframe src="javascript:parent.alert('src')"></iframe>
<a class="lure" href="javascript:alert('link')">x</a><span class="lure" onclick="alert('click')">x</span>
<object data="javascript:alert('object')"></object><link rel="stylesheet" href="http://elsewhere.invalid/a.css">

$$\\href{javascript:alert('tex')}{x}$$

```mermaid
graph TD; A["<img src=x onerror=alert('mermaid')>"]
```
"""


@dataclass(frozen=True)
class Desk:
    """A lecturer's course with JupyterLab started in its folder, as the lecturers' page says."""

    course: Course
    base: str

    @property
    def submissions(self) -> dict[str, str]:
        with Gradebook(f"sqlite:///{self.course.place / 'gradebook.db'}") as gradebook:
            return {found.student.id: found.id for found in gradebook.notebook_submissions("O1", "O1")}


def hand_in(course: Course) -> None:
    kit = Kit("O1", course.place / "canary")
    for student in ("an", "bo"):
        kit.write(course.place / "submitted" / student / "O1")
    for case in MARKUP:
        case.make(kit, course.place / "submitted" / case.student / "O1")


def spoil(course: Course, student: str) -> None:
    """Put markup in a graded notebook, behind the back of grading."""
    path = course.place / "autograded" / student / "O1" / "O1.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = HOSTILE
        else:
            data = {"text/html": HOSTILE, "application/javascript": "alert('output')"}
            cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
    path.chmod(0o644)
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("docent"))
    course.nbgrader("generate_assignment", "O1")
    hand_in(course)
    course.nbgrader("autograde", "O1")
    with Gradebook(f"sqlite:///{course.place / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("bo", first_name=SCRIPT, last_name=SCRIPT)
    with lab_of(course, TOKEN) as base:
        yield Desk(course, base)


@pytest.fixture
def page(chromium, desk):
    """A page that fails the test when anything of a student runs, or anything comes from elsewhere."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE")
    page = context.new_page()
    ran, elsewhere = [], []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: elsewhere.append(request.url))
    # What the page's own policy stops is announced all the same, and then fails with this word.
    page.on("requestfailed", lambda request: request.failure == "csp" and elsewhere.remove(request.url))
    page.goto(f"{desk.base}/formgrader/gradebook?token={TOKEN}")
    yield page
    context.close()
    assert ran == []
    assert [address for address in elsewhere if not address.startswith((desk.base, "data:", "about:"))] == []


def open_submission(page, desk, student):
    page.goto(f"{desk.base}/formgrader/submissions/{desk.submissions[student]}/?index=0")
    # The points of the gradebook are in the page once nbgrader's scripts ran.
    expect(page.locator("#o1-termen")).to_have_attribute("placeholder", re.compile(r"\d|^$"))


def test_nothing_of_a_hand_in_runs(page, desk):
    broken = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    for case in MARKUP:
        open_submission(page, desk, case.student)
        for lure in page.locator("main a[href], main [onclick]").all():
            assert not (lure.get_attribute("href") or "").lower().startswith(("javascript:", "data:"))
    assert broken == []


def test_no_script_runs_even_if_markup_got_through(page, desk):
    spoil(desk.course, MARKUP[0].student)
    page.goto(f"{desk.base}/formgrader/submissions/{desk.submissions[MARKUP[0].student]}/?index=0")
    expect(page.locator(".lure").first).to_be_attached()
    page.wait_for_timeout(500)
    page.evaluate("document.querySelectorAll('.lure').forEach((lure) => lure.click())")
    page.wait_for_timeout(500)


@pytest.mark.parametrize(
    "list_of", ["manage_submissions/O1", "gradebook/O1/O1", "manage_students", "manage_students/bo"]
)
def test_names_run_nothing_in_the_lists(page, desk, list_of):
    page.goto(f"{desk.base}/formgrader/{list_of}")
    expect(page.get_by_text("alert('naam')").or_(page.get_by_role("link", name="O1")).first).to_be_attached()
    page.wait_for_timeout(300)


LISTS = ["manage_assignments", "manage_submissions/O1", "gradebook", "gradebook/O1/O1", "manage_students"]


def test_the_lists_speak_dutch(page, desk):
    """Of nbgrader's words none is left but its name, which is in the path of the exchange."""
    words = {**sentences("formgrader")["pages"], **sentences("formgrader")["scripts"]}
    english = "|".join(re.escape(word.strip()) for word in words if len(word) > 3 and word != "nbgrader")
    for list_of in LISTS:
        page.goto(f"{desk.base}/formgrader/{list_of}")
        expect(page.get_by_label("Zoek:")).to_be_visible()
        shown = page.locator("body").inner_text()
        assert re.findall(rf"(?<!\w)(?:{english})(?!\w)", shown) == [], list_of
        assert page.locator("html").get_attribute("lang") == "nl"
    page.goto(f"{desk.base}/formgrader/manage_submissions/O1")
    page.locator("tr", has=page.get_by_text("bo", exact=True)).locator(".autograde a").click()
    expect(page.locator(".modal-title")).to_have_text("Gelukt")
    log = page.locator(".modal-body pre").inner_text()
    assert "Nagekeken: 1." in log or "Ongewijzigd sinds vorige keer: 1." in log
    assert [line for line in log.splitlines() if "nbgrader" in line or " | " in line] == []


@pytest.mark.parametrize("list_of", ["manage_submissions", "gradebook", "manage_students"])
def test_an_address_sent_by_mail_runs_nothing(page, desk, list_of):
    page.goto(f"{desk.base}/formgrader/{list_of}/%3C%2Fscript%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.wait_for_timeout(300)


def test_a_name_shows_on_request_only(page, desk):
    open_submission(page, desk, "bo")
    expect(page.get_by_text("alert('naam')").first).to_be_hidden()
    page.get_by_role("button", name="Naam tonen of verbergen").click()
    expect(page.get_by_text("alert('naam')").first).to_be_visible()


def test_choosing_levels_gives_points_and_feedback(page, desk):
    """Three levels by keyboard, then formgrader's own button: the student reads the levels."""
    criteria = rubrics.read(desk.course.place / "assignments" / "O1" / rubrics.NAME)["o1-bespreking"].criteria
    # Slow as on a far server: the answer to the first click comes after the second.
    slow = {"offline": False, "latency": 700, "downloadThroughput": -1, "uploadThroughput": -1}
    open_submission(page, desk, "an")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", slow)
    for criterion in criteria:
        radio = page.get_by_role("group", name=criterion.name).get_by_role("radio", name="3. goed")
        expect(radio).to_be_enabled()
        radio.press("Space")
        expect(radio).to_be_checked()
    page.get_by_label("Opmerking voor de student").press("End")
    page.get_by_label("Opmerking voor de student").press_sequentially("\nMooi <b>werk</b>.")
    page.get_by_label("Opmerking voor de student").blur()
    expect(page.locator("#o1-bespreking")).to_have_value("30")
    page.wait_for_timeout(4_000)
    network.send("Network.emulateNetworkConditions", slow | {"latency": 0})
    page.reload()
    for criterion in criteria:
        group = page.get_by_role("group", name=criterion.name)
        expect(group.get_by_role("radio", name="3. goed")).to_be_checked()
    page.goto(f"{desk.base}/formgrader/manage_submissions/O1")
    page.locator("tr", has=page.get_by_text("an", exact=True)).locator(".generate-feedback a").click()
    expect(page.locator(".modal-title").first).to_be_visible()
    made = (desk.course.place / "feedback" / "an" / "O1" / "O1.html").read_text(encoding="utf-8")
    for criterion in criteria:
        assert criterion.levels[2].text in made and criterion.levels[0].text not in made
    assert "Totaal: 90 op 100" in made and "Mooi &lt;b&gt;werk&lt;/b&gt;." in made
    shutil.rmtree(desk.course.place / "feedback")
