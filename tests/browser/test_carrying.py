"""Two buttons below the list of pages: all answers out of this folder as one file, and into it."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from vermarkting import data
from vermarkting.answers import NAME, Answer, dump

O3 = "assignments/O3/O3.ipynb"
ESSAY = ".vermarkting-answer"
NUMBER = "O3.studentnummer"


@pytest.fixture
def as_it_was(lab, tmp_path):
    """Other tests find the assignment as it was."""
    place, kept = (lab.folder / O3).parent, tmp_path / "O3"
    shutil.copytree(place, kept)
    yield
    shutil.rmtree(place)
    shutil.move(kept, place)


def _asked(page: Page):
    return page.get_by_role("group", name=data.question(NUMBER)["prompt"][:60])


@pytest.mark.usefixtures("as_it_was")
def test_answers_leave_and_come_back_while_the_assignment_is_open(open_notebook, lab, tmp_path):
    page = open_notebook(O3)
    number = _asked(page).get_by_role("textbox")
    number.fill("r0123456")
    number.press("Enter")
    expect(_asked(page).get_by_text("Bewaard om")).to_be_visible()
    cell = page.locator(ESSAY).first
    cell.get_by_role("emphasis").click()
    cell.get_by_role("textbox").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Hier geschreven.")

    page.get_by_role("button", name="Lessen en opdrachten").click()
    own = page.locator("#vermarkting-pages")
    with page.expect_download() as download:
        own.get_by_role("button", name="Bewaar al mijn antwoorden").click()
    carried = json.loads(download.value.path().read_bytes())
    sheets = {path: json.loads(text)["answers"] for path, text in carried["files"].items()}
    assert sheets[f"assignments/O3/{NAME}"][NUMBER]["value"] == "r0123456"
    [(essay, written)] = sheets["assignments/O3/teksten.json"].items()
    assert written["value"] == "Hier geschreven."  # it was not on disk before

    wrong = {"name": "fout.json", "mimeType": "application/json", "buffer": b"<script>"}
    own.locator("input[type=file]").set_input_files(wrong)
    expect(own.get_by_role("status")).to_contain_text("bevat geen antwoorden")

    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    files = {
        f"assignments/O3/{NAME}": dump({NUMBER: Answer("r0999999", moment)}).decode(),
        "assignments/O3/teksten.json": dump({essay: Answer("Elders geschreven.", moment)}).decode(),
    }
    brought = {
        "name": "mee.json",
        "mimeType": "application/json",
        "buffer": json.dumps({**carried, "files": files}).encode(),
    }
    own.locator("input[type=file]").set_input_files(brought)
    expect(own.get_by_role("status")).to_contain_text("Toegevoegd: 2 antwoorden")
    expect(number).to_have_value("r0999999")
    expect(cell).to_contain_text("Hier geschreven.")
    expect(cell).to_contain_text("Elders geschreven.")
    assert {"Hier geschreven.", "Elders geschreven."} <= {
        line.strip()
        for one in json.loads((lab.folder / O3).read_text(encoding="utf-8"))["cells"]
        for line in "".join(one["source"]).splitlines()
    }
