"""The list of lessons and assignments: titles, and how far a student is, from what is on disk."""

import json
import shutil

import pytest

from vermarkting import answers, data, reviewing
from vermarkting.content import folder
from vermarkting.lab.listing import listing
from vermarkting.overview import overview


@pytest.fixture
def student(tmp_path):
    for page in data.rows("pages"):
        (tmp_path / page["path"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder(page["path"].partition("/")[0]).parent / page["path"], tmp_path / page["path"])
    return tmp_path


def test_every_page_has_its_title_and_nothing_is_begun(student):
    rows = listing(student)
    assert [(row["path"], row["title"]) for row in rows] == [(row["path"], row["title"]) for row in data.rows("pages")]
    assert {row["state"] for row in rows if row["kind"] != "reference"} == {"open"}
    assert all(row["progress"].startswith("0 van de ") for row in rows if row["kind"] != "reference")


def test_answers_and_prose_count(student):
    answers.AnswerSheet(student / "lessons" / answers.NAME).put("01.q_drempel", 40)
    path = student / "assignments" / "O1" / "O1.ipynb"
    before = {row["path"]: row for row in listing(student)}
    notebook = json.loads(path.read_text(encoding="utf-8"))
    prose = next(
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown" and cell["metadata"].get("nbgrader", {}).get("solution")
    )
    prose["source"] = ["Mijn eigen tekst."]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    after = {row["path"]: row for row in listing(student)}
    lesson = next(row["path"] for row in data.rows("pages") if row["id"] == "01")
    assert (before[lesson]["state"], before[lesson]["progress"].split()[0]) == ("begun", "1")
    count = [int(rows["assignments/O1/O1.ipynb"]["progress"].split()[0]) for rows in (before, after)]
    assert count[1] == count[0] + 1


def test_a_page_that_is_not_there_or_cannot_be_read_breaks_nothing(student):
    (student / "assignments" / "O1" / "O1.ipynb").write_text("{", encoding="utf-8")
    (student / "assignments" / "O2" / "O2.ipynb").unlink()
    rows = {row["path"]: row for row in listing(student)}
    assert rows["assignments/O1/O1.ipynb"]["progress"] == ""
    assert "assignments/O2/O2.ipynb" not in rows
    assert overview(student / "lessons") == []


def test_a_review_shows_how_far_its_round_is(student):
    sheet = answers.AnswerSheet(student / "lessons" / answers.NAME)

    def shown() -> tuple[str, str]:
        (row,) = [row for row in listing(student) if row["path"] == "lessons/herhaling.ipynb"]
        return row["progress"], row["state"]

    assert shown() == ("", "")
    asked = reviewing.next_round(sheet.all())
    sheet.put(reviewing.ROUND, " ".join(asked))
    assert shown() == ("0 van de 6 ingevuld", "open")
    sheet.put(asked[0], "een antwoord")
    assert shown() == ("1 van de 6 ingevuld", "begun")
