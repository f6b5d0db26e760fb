"""The whole way: the zip that a student made, uploaded, downloaded, collected, graded, and out as scores."""

import csv
import io
from datetime import datetime

from downloads import ASSIGNMENT, JAN, NOW, OWN_NAME, RENEE, blackboard, encrypted, receipt, zipped
from nbgrader.api import Gradebook

from vermarkting.handing_in import make

GONE = ("r0345678", "Alex", "Claes", 3)


def test_from_download_to_scores(desk):
    place = desk.place / "student"
    desk.kit.write(place)
    honest = make(ASSIGNMENT, place).content
    archive = desk.place / "downloaded" / ASSIGNMENT / "archive"
    archive.mkdir(parents=True)
    files = {blackboard(JAN, OWN_NAME, NOW): honest, blackboard(RENEE, f"{ASSIGNMENT} (1).ipynb", NOW): b"{"}
    files |= receipt(JAN, NOW, [OWN_NAME]) | receipt(RENEE, NOW, ["x"])
    files |= {blackboard(GONE, "O1.zip", NOW): encrypted()}
    (archive / "gradebook_O1.zip").write_bytes(zipped(files))

    said = desk.course.nbgrader("zip_collect", ASSIGNMENT, code=1)
    assert "r0345678, O1.zip: De zip is beveiligd met een wachtwoord." in said and "Nieuw opgehaald: 2." in said
    said = desk.course.nbgrader("autograde", ASSIGNMENT, code=1)
    assert "r0234567: Het notebook is beschadigd" in said
    assert "Andere bestanden" not in said
    points = desk.points("r0123456")
    assert {name: points[name] for name in desk.kit.checked} == {
        name: desk.kit.points[name] for name in desk.kit.checked
    }

    def scores():
        said = desk.course.nbgrader("export")
        content = (desk.place / "cijfers" / "gewoon.csv").read_text(encoding="utf-8-sig")
        return said, {row["Student"]: row for row in csv.DictReader(io.StringIO(content), delimiter=";")}

    said, found = scores()
    assert "Leeg gelaten (nog te bekijken of te beoordelen): r0123456 (O1), r0234567 (O1)." in said
    assert [found[student][f"{ASSIGNMENT} (op 100)"] for student in ("r0123456", "r0234567")] == ["", ""]

    # The lecturer judges the text.
    with Gradebook(f"sqlite:///{desk.place / 'gradebook.db'}", "vermarkting") as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, "r0123456")
        assert submission.timestamp == datetime(2026, 3, 12, 13, 5, 33)
        for grade in submission.notebooks[0].grades:
            if grade.name in desk.kit.prose:
                grade.manual_score, grade.needs_manual_grade = 31.5, False
        gradebook.db.commit()
    said, found = scores()
    machine = sum(desk.kit.points[name] for name in desk.kit.checked)
    assert found["r0123456"][f"{ASSIGNMENT} (op 100)"] == f"{machine + 31.5}".replace(".", ",")
    assert "r0234567 (O1)" in said and found["r0234567"][f"{ASSIGNMENT} (op 100)"] == ""
