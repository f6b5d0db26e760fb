"""Scores out: who gets which points in which file, what stays empty, and files that a spreadsheet can open safely."""

import csv
import io
import json
import os
import re
import shutil
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from courses import ROOT
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.apps.exportapp import ExportApp
from running import run

from vermarkting.grading import plugins
from vermarkting.grading.autograde import report
from vermarkting.grading.export import forms, scores
from vermarkting.grading.export.scores import Score, Sheet

ASSIGNMENTS = {"O1": (60, 40), "O2": (30, 20)}


class Office:
    """A course with a gradebook made by hand; runs ``nbgrader export`` in this process."""

    def __init__(self, place, empty, monkeypatch):
        self.place = place
        self.monkeypatch = monkeypatch
        place.mkdir()
        config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
        (place / "nbgrader_config.py").write_text(config, encoding="utf-8")
        self.said = ""
        shutil.copy(empty, place / "gradebook.db")
        self.gradebook = Gradebook(f"sqlite:///{place / 'gradebook.db'}", "vermarkting")

    def student(self, student, first=None, last=None):
        self.gradebook.add_student(student, first_name=first, last_name=last)

    def graded(self, student, assignment, machine, prose, pending=False, penalty=None, at=None):
        submission = self.gradebook.add_submission(assignment, student)
        submission.timestamp = at
        [notebook] = submission.notebooks
        notebook.late_submission_penalty = penalty
        for grade in notebook.grades:
            if grade.name == "vragen":
                grade.auto_score, grade.needs_manual_grade = machine, False
            else:
                grade.manual_score, grade.needs_manual_grade = prose, pending
        self.gradebook.db.commit()

    def folder(self, student, assignment, step="submitted"):
        place = self.place / step / student / assignment
        place.mkdir(parents=True, exist_ok=True)
        return place

    def export(self, *arguments, code=0):
        self.monkeypatch.chdir(self.place)
        self.said = run(ExportApp, *arguments, code=code)
        return {path.stem: path.read_bytes() for path in (self.place / "cijfers").glob("*.csv")}

    def config(self, line):
        with (self.place / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")


def rows(content, delimiter=","):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A gradebook with two assignments and nobody in it."""
    plugins.install()
    path = tmp_path_factory.mktemp("puntenboek") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}", "vermarkting") as gradebook:
        for name, (machine, prose) in ASSIGNMENTS.items():
            gradebook.add_assignment(name)
            gradebook.add_notebook(name, name)
            gradebook.add_grade_cell("vragen", name, name, max_score=machine, cell_type="code")
            gradebook.add_grade_cell("tekst", name, name, max_score=prose, cell_type="markdown")
    return path


@pytest.fixture
def office(tmp_path, empty, monkeypatch):
    made = Office(tmp_path / "cursus", empty, monkeypatch)
    yield made
    made.gradebook.close()


@pytest.fixture
def filled(office):
    """Five students: all graded, one to judge, one without a second hand-in, one not graded, one with nothing."""
    office.student("r0000001", "An", "Appel")
    office.graded("r0000001", "O1", 45.5, 30)
    office.graded("r0000001", "O2", 25, 12.5)
    office.student("r0000002")
    office.graded("r0000002", "O1", 60, 40)
    office.graded("r0000002", "O2", 30, None, pending=True)
    office.student("r0000003")
    office.graded("r0000003", "O1", 20, 10)
    office.student("r0000004")
    office.folder("r0000004", "O1")
    office.student("r0000005")
    return office


def test_the_plain_file_by_hand(filled):
    files = filled.export()
    content = files["gewoon"]
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    found = {row["Student"]: row for row in rows(content, ";")}
    first = found["r0000001"]
    assert (first["Naam"], first["O1 (op 100)"], first["O2 (op 50)"]) == ("Appel, An", "75,5", "37,5")
    # 20 x (10 x 75.5/100 + 15 x 37.5/50) / 25 = 20 x (7.55 + 11.25) / 25 = 15.04
    assert first["Tussentijds totaal (op 20)"] == "15,04"
    second = found["r0000002"]
    assert (second["O1 (op 100)"], second["O2 (op 50)"], second["Tussentijds totaal (op 20)"]) == ("100", "", "")
    assert second["Opmerking"] == "O2: nog te bekijken of te beoordelen"
    assert found["r0000003"]["Opmerking"] == "O2: niets ingeleverd"
    assert found["r0000004"]["Opmerking"] == "O1: nog niet nagekeken; O2: niets ingeleverd"
    assert all(value != "0" for row in found.values() for value in row.values())
    assert "Leeg gelaten (nog te bekijken of te beoordelen): r0000002 (O2)." in filled.said
    assert "Leeg gelaten (nog niet nagekeken): r0000004 (O1)." in filled.said
    assert "r0000005 (O1), r0000005 (O2)" in filled.said


def test_nothing_handed_in_counts_as_zero_only_when_asked(filled):
    filled.config("c.ScoreExport.missing_is_zero = True")
    found = {row["Student"]: row for row in rows(filled.export()["gewoon"], ";")}
    # 20 x (10 x 30/100 + 0) / 25
    assert found["r0000003"]["Tussentijds totaal (op 20)"] == "2,4"
    assert found["r0000003"]["O2 (op 50)"] == ""
    # Somebody who still waits for a person gets no total all the same.
    assert found["r0000002"]["Tussentijds totaal (op 20)"] == ""
    assert found["r0000004"]["Tussentijds totaal (op 20)"] == ""


def test_settings_that_cannot_be_read_give_no_file_of_nbgraders_own(filled):
    shutil.copy(ROOT / "nbgrader_config.json", filled.place)
    path = filled.place / "nbgrader_config.py"
    path.write_text(path.read_text(encoding="utf-8").replace('"O1": 10, "O2"', '"O1": 10 "O2"'), encoding="utf-8")
    filled.export(code=1)
    assert not (filled.place / "grades.csv").exists() and not (filled.place / "cijfers").exists()


def test_everybody_on_the_class_list_is_in_every_file_with_a_state_and_a_reason(filled):
    listed = [f"r000000{n};Naam{n};Voornaam{n}" for n in range(1, 9)]
    (filled.place / "klaslijst.csv").write_text("\n".join(["Studentnummer;Naam;Voornaam", *listed]), encoding="utf-8")
    (filled.place / "downloaded" / "O1").mkdir(parents=True)
    (filled.place / "downloaded" / "O1" / "niet_opgehaald.json").write_text('{"r0000007": "De zip is stuk."}')
    files = filled.export()
    for name, content in files.items():
        text = content.decode("utf-8-sig")
        assert all(f"r000000{n}" in text for n in range(1, 9)), name
    found = {(row["Student"], row["Opdracht"]): row for row in rows(files["toestand"], ";")}
    assert len(found) == 16
    assert found["r0000001", "O1"]["Toestand"] == "nagekeken" and found["r0000001", "O1"]["Punten"] == "75,5"
    assert found["r0000002", "O2"]["Toestand"] == "te bekijken"
    missed = found["r0000007", "O1"]
    assert (missed["Toestand"], missed["Reden"]) == (
        "niet opgehaald",
        "wel ingeleverd, maar niet opgehaald: De zip is stuk.",
    )
    assert found["r0000008", "O1"]["Toestand"] == "niet ingeleverd"
    assert found["r0000008", "O1"]["Naam"] == "Voornaam8 Naam8"


def test_points_per_question(filled):
    first = rows(filled.export()["vragen"], ";")[0]
    assert (first["O1 vragen (op 60)"], first["O1 tekst (op 40)"], first["O2 tekst (op 20)"]) == ("45,5", "30", "12,5")


@pytest.mark.parametrize("due", [None, datetime(2999, 1, 1)])
def test_an_assignment_that_is_not_due_neither_blanks_the_total_nor_counts_as_zero(office, due):
    office.student("r0000001")
    office.graded("r0000001", "O1", 45.5, 30)
    office.gradebook.find_assignment("O2").duedate = due
    office.gradebook.db.commit()
    office.config("c.ScoreExport.missing_is_zero = True")
    [row] = rows(office.export()["gewoon"], ";")
    assert row["Tussentijds totaal (op 20)"] == "15,1"
    assert row["Opmerking"] == "O2: nog niet aan de beurt"


def test_weights_are_the_lecturers(filled):
    filled.config("c.ScoreExport.weights = {'O1': 1, 'O2': 1}")
    found = {row["Student"]: row for row in rows(filled.export()["gewoon"], ";")}
    # All assignments with a weight are there, so this is the total: 20 x (0.755 + 0.75) / 2 = 15.05
    assert found["r0000001"]["Totaal (op 20)"] == "15,05"


def test_a_penalty_is_taken_off_and_never_below_zero(office):
    office.student("r1")
    office.graded("r1", "O1", 10, 5, penalty=4)
    office.student("r2")
    office.graded("r2", "O1", 2, 1, penalty=50)
    found = {row["Student"]: row["O1 (op 100)"] for row in rows(office.export()["gewoon"], ";")}
    assert found == {"r1": "11", "r2": "0"}


def test_a_hand_in_that_needs_a_look_has_no_score_until_a_person_judged(office):
    for student, prose in (("r1", None), ("r2", 30)):
        office.student(student)
        office.graded(student, "O1", 60, prose)
        document = {"schema": report.SCHEMA, "status": "look", "fingerprint": "x", "notices": []}
        (office.folder(student, "O1", "autograded") / report.NAME).write_text(json.dumps(document))
    # The first has no text at all: nothing was judged by a person, so its prose earned 0 by machine.
    grade = office.gradebook.find_submission("O1", "r1").notebooks[0].grades
    next(g for g in grade if g.name == "tekst").auto_score = 0
    office.gradebook.db.commit()
    found = {row["Student"]: row["O1 (op 100)"] for row in rows(office.export()["gewoon"], ";")}
    assert found == {"r1": "", "r2": "90"}
    office.config("c.ScoreExport.accepted = ['r1/O1']")
    found = {row["Student"]: row["O1 (op 100)"] for row in rows(office.export()["gewoon"], ";")}
    assert found == {"r1": "60", "r2": "90"}


def test_a_newer_hand_in_that_was_not_graded_yet_has_no_score(office):
    office.student("r1")
    office.graded("r1", "O1", 60, 40, at=datetime(2026, 3, 12, 13, 5, 33))
    (office.folder("r1", "O1") / "timestamp.txt").write_text("2026-03-12 13:05:33 UTC")
    assert rows(office.export()["gewoon"], ";")[0]["O1 (op 100)"] == "100"
    (office.folder("r1", "O1") / "timestamp.txt").write_text("2026-03-13 13:05:33 UTC")
    row = rows(office.export()["gewoon"], ";")[0]
    assert (row["O1 (op 100)"], "opnieuw ingeleverd" in row["Opmerking"]) == ("", True)


def test_somebody_who_handed_in_but_is_in_no_gradebook_is_named(office):
    office.folder("r0000009", "O2")
    assert [row["Student"] for row in rows(office.export()["gewoon"], ";")] == ["r0000009"]
    assert "Leeg gelaten (nog niet nagekeken): r0000009 (O2)." in office.said


def test_the_form_of_each_platform(filled):
    files = filled.export()
    canvas = list(csv.reader(io.StringIO(files["canvas"].decode(), newline="")))
    total = "Tussentijds totaal (op 20)"
    assert canvas[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "O1", "O2", total]
    assert canvas[1] == ["    Points Possible", "", "", "", "", "100", "50", "20"]
    assert canvas[2] == ["Appel, An", "", "", "r0000001", "", "75.5", "37.5", "15.04"]
    brightspace = rows(files["brightspace"])
    heads = ["OrgDefinedId", "Username", "O1 Points Grade", "O2 Points Grade"]
    assert list(brightspace[0]) == [*heads, f"{total} Points Grade", "End-of-Line Indicator"]
    assert list(brightspace[0].values()) == ["", "r0000001", "75.5", "37.5", "15.04", "#"]
    blackboard = rows(files["blackboard"])
    assert files["blackboard"].startswith(b'\xef\xbb\xbf"Username","O1","O2"')
    assert list(blackboard[1].values()) == ["r0000002", "100", "", ""]
    moodle = rows(files["moodle"])
    assert list(moodle[0].values()) == ["r0000001", "", "", "75.5", "37.5", "15.04"]


def test_the_class_list_of_a_platform_gives_its_own_keys_and_headings(filled):
    (filled.place / "klaslijst.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,O1 bronnenpaspoort (991)\n"
        '    Points Possible,,,,,100\n"Appel, An",77,0001,r0000001,1A,\n',
        encoding="utf-8",
    )
    canvas = list(csv.reader(io.StringIO(filled.export()["canvas"].decode(), newline="")))
    assert canvas[0][5:7] == ["O1 (991)", "O2"]
    assert canvas[2][:5] == ["Appel, An", "77", "0001", "r0000001", "1A"]
    (filled.place / "klaslijst.csv").write_text(
        '"Last Name"\t"First Name"\t"Username"\t"O1 [Total Pts: 100 Score] |12345"\n"Appel"\t"An"\t"r0000001"\t""\n',
        encoding="utf-16",
    )
    assert b'"O1 [total pts: 100 score] |12345"' in filled.export()["blackboard"]
    (filled.place / "klaslijst.csv").write_text(
        "OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator\n#0001,#r0000001,Appel,An,#\n",
        encoding="utf-8",
    )
    row = rows(filled.export()["brightspace"])[0]
    assert (row["OrgDefinedId"], row["Username"]) == ("0001", "r0000001")


def test_a_chosen_assignment_and_student(filled):
    files = filled.export("--assignment", "['O1']", "--student", "['r0000001']")
    assert len(rows(files["gewoon"], ";")) == 1
    assert "O2" not in files["gewoon"].decode("utf-8-sig").splitlines()[0]


def test_one_file_when_a_file_is_asked(filled):
    assert filled.export("--to=punten.csv") == {}
    whole = filled.export()["gewoon"]
    assert (filled.place / "punten.csv").read_bytes() == whole
    every = {"gewoon", "toestand", "vragen", "canvas", "brightspace", "blackboard", "moodle"}
    assert set(filled.export("--to=cijfers")) == every


def test_an_export_is_the_same_every_time(filled):
    assert filled.export() == filled.export()


# For research.


def test_the_research_form_has_codes_and_points_and_nothing_of_a_person(filled):
    filled.config("c.ScoreExport.forms = ['onderzoek']")
    first = filled.export()
    assert set(first) == {"onderzoek"}
    text = first["onderzoek"].decode()
    assert not re.search(r"r000000|Appel|An\b", text)
    found = rows(first["onderzoek"])
    assert [row["code"] for row in found] == sorted(row["code"] for row in found)
    assert len({row["code"] for row in found}) == 5
    graded = next(row for row in found if row["O1.score"] == "75.5")
    assert (graded["O1.vragen"], graded["O1.tekst"], graded["O1.max"], graded["O1.status"]) == (
        "45.5",
        "30",
        "100",
        "graded",
    )
    assert sorted(row["O2.status"] for row in found) == ["graded", "look", "none", "none", "none"]
    secret = filled.place / "onderzoek.geheim"
    if os.name == "posix":
        assert secret.stat().st_mode & 0o777 == 0o600
    assert filled.export() == first
    secret.unlink()
    assert filled.export()["onderzoek"] != first["onderzoek"]


def test_a_damaged_secret_is_not_replaced(filled):
    filled.config("c.ScoreExport.forms = ['onderzoek']")
    (filled.place / "onderzoek.geheim").write_text("oeps")
    with pytest.raises(ValueError, match="geen bruikbare sleutel"):
        filled.export()
    assert (filled.place / "onderzoek.geheim").read_text() == "oeps"


def test_the_code_is_the_published_hmac():
    # RFC 4231, test case 2.
    assert (
        forms.pseudonym("what do ya want for nothing?", b"Jefe")
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"[:20]
    )


# Safe to open.

NASTY = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1",
    '"=1',
    "Jan;=1",
    "Jan, =1",
    'Jan;"=1',
    "Jan\n=1",
    "Jan\t@x",
    "\uff1d1+1",
    "\u200b=1",
    "\x00=1",
]


def safe_everywhere(content):
    """Whatever sign a spreadsheet parts lines at, no cell begins like a formula."""
    text = content.decode("utf-8-sig")
    for delimiter in ",;\t|":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert cell.lstrip(" '\"\t\r\n")[:1] not in set("=+-@＝＋－＠") or cell.lstrip(' "')[:1] == "'", (
                    delimiter,
                    cell,
                )
    for part in re.split("[,;|\t\r\n]", text):
        bare = part.strip(' "')
        assert bare[:1] not in tuple("=+-@＝＋－＠"), part


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_never_a_formula(office, name):
    office.student("r1", name, name)
    office.student(f"{name}x")
    office.graded("r1", "O1", 60, 40)
    for content in office.export().values():
        safe_everywhere(content)


@given(st.lists(st.lists(st.text(max_size=30), min_size=3, max_size=3), max_size=5), st.sampled_from(",;"))
def test_no_text_is_ever_a_formula_and_lines_stay_lines(texts, delimiter):
    content = forms.written(texts, delimiter=delimiter)
    safe_everywhere(content)
    back = list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter))
    assert [len(row) for row in back] == [3] * len(texts)


@given(st.text(alphabet="=+-@;,|\t\r\n\"' ab", max_size=12))
def test_no_mix_of_signs_gets_through(text):
    safe_everywhere(forms.written([["x", text, "y"]]))


@given(st.text(alphabet=st.characters(categories=("L", "Nd")), min_size=1, max_size=30))
def test_an_ordinary_name_stays_as_it_is(name):
    assert forms.harmless(f"{name} De Bruyne-Peeters, O'Neill") == f"{name} De Bruyne-Peeters, O'Neill"


# Numbers.


def sheet(points, most):
    assignments = tuple(points)
    return Sheet(
        assignments,
        {name: Decimal(most[name]) for name in assignments},
        {},
        ("r1",),
        {},
        {("r1", name): Score(Decimal(value)) for name, value in points.items()},
    )


def test_halves_are_rounded_up_as_on_paper():
    assert scores.rounded(Decimal("12.345")) == Decimal("12.35")
    assert scores.rounded(Decimal("2.675")) == Decimal("2.68")
    assert [forms.number(Decimal(text), ",") for text in ("7", "7.10", "0", "0.005")] == ["7", "7,1", "0", "0,01"]


@given(
    st.dictionaries(st.sampled_from(["O1", "O2", "O3", "O4", "O5", "O6"]), st.integers(0, 100), min_size=1),
    st.dictionaries(st.sampled_from(["O1", "O2", "O3", "O4", "O5", "O6"]), st.integers(1, 50), min_size=6),
)
def test_a_total_lies_between_the_lowest_and_the_highest_part(points, weights):
    found, reason = scores.total(sheet(points, dict.fromkeys(points, 100)), "r1", weights, False)
    shares = [Decimal(value) / 5 for value in points.values()]
    assert reason == "" and min(shares) - Decimal("0.01") <= found <= max(shares) + Decimal("0.01")


def test_the_total_of_the_whole_course_by_hand():
    points = {"O1": "50", "O2": "60", "O3": "70", "O4": "80", "O5": "90", "O6": "100"}
    weights = {"O1": 10, "O2": 15, "O3": 20, "O4": 20, "O5": 15, "O6": 20}
    # (5 + 9 + 14 + 16 + 13.5 + 20) / 100 x 20 = 15.5
    assert scores.total(sheet(points, dict.fromkeys(points, "100")), "r1", weights, False) == (Decimal("15.50"), "")


def test_points_are_nbgraders_own(filled):
    filled.export()
    for submission in filled.gradebook.assignment_submissions("O1"):
        own = submission.score
        filed = scores.read(
            filled.gradebook, scores.Folders(lambda s, a: Path("x"), lambda s, a: Path("x"), lambda a: ())
        )
        assert float(filed.scores[submission.student.id, "O1"].points) == own
