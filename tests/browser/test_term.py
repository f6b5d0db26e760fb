"""A term: six assignments from a student's first click to the scores, with the commands of the lecturers' page.

For each assignment a student answers everything in the browser and hands in the file that the notebook makes. Others
hand in a lone notebook or somebody else's answers, and a sixth of the hostile corpus comes along. The hand-ins arrive
by five platforms and by nbgrader's own exchange.
"""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from axe import serious_findings
from corpus import CASES, Case
from courses import ROOT, Course
from downloads import blackboard, brightspace, canvas, chamilo, moodle, zipped
from kit import Kit
from nbgrader.api import Gradebook
from o1_answers import PARTIAL
from own_parts import points as machine_points
from playwright.sync_api import expect
from student import Student, carried

from vermarkting import cases
from vermarkting.answers import NAME as SHEET
from vermarkting.grading.autograde import report
from vermarkting.handing_in import MANIFEST, zip_name
from vermarkting.text import t

ASSIGNMENTS = ("O1", "O2", "O3", "O4", "O5", "O6")
ESSAY = "Ik weeg twee wegen af, en ik kies de tweede."
HANDED_IN = datetime(2027, 3, 12, 14, 5, 33)
# User name, first name, last name, number on the platform.
JAN = ("r0123456", "Jan", "Peeters", 1234)
RENEE = ("r0234567", "Renée", "De Bruyne", 1235)
ALEX = ("r0345678", "Alex", "Claes", 1236)
CLASS_LIST = "Gebruikersnaam;Achternaam;Voornaam;ID\n" + "".join(
    f"{user};{last};{first};{number}\n" for user, first, last, number in (JAN, RENEE, ALEX)
)
NAMED = {
    "O1": canvas,
    "O2": brightspace,
    "O3": lambda *parts: blackboard(*parts, assignment="O3"),
    "O4": moodle,
    "O5": chamilo,
}
EXCHANGE = "O6"
UNSAVED = "O3"  # the button that makes the file saves what was written a moment ago
COMMANDS = re.findall(r"^ *(uv run .+)$", (ROOT / "solutions" / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
# A text earns three quarters of its points. By hand, machine + 0.75 x text, and the whole on 20:
# (10 x 90 + 15 x 86.5 + 20 x 85 + 20 x 90 + 15 x 86.5 + 20 x 79) / 100 / 5
JUDGED = {"O1": "90", "O2": "86,5", "O3": "85", "O4": "90", "O5": "86,5", "O6": "79"}
TOTAL = "17,15"
# These go as from a shell: nothing imported before, no environment activated. The first makes the gradebook.
COLD = (("generate_assignment", "O1"), ("export", "O1"))


@dataclass
class Outcome:
    """What came of one assignment: what nbgrader said, and the hostile hand-ins that were among them."""

    kit: Kit
    hostile: list[Case]
    collected: str = ""
    graded: str = ""
    feedback: str = ""
    before: dict[str, dict] = field(default_factory=dict)


class Term:
    """A lecturer's course, and the students who hand in for it."""

    def __init__(self, place: Path, open_page: Callable, student_folder: Path) -> None:
        self.course = Course(place)
        self.open_page, self.student_folder = open_page, student_folder
        (place / "klaslijst.csv").write_text(CLASS_LIST, encoding="utf-8")
        exchange = place.parent / "uitwisselmap"
        exchange.mkdir(mode=0o777)
        exchange.chmod(0o777)
        with (place / "nbgrader_config.py").open("a", encoding="utf-8") as config:
            config.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
            config.write("c.ExchangeCollect.check_owner = False\n")  # here one account hands in for all

    def command(self, verb: str, assignment: str, code: int = 0) -> str:
        """Run the command that the lecturers' page has for this verb, for this assignment."""
        (found,) = {line for line in COMMANDS if re.fullmatch(rf"uv run nbgrader {verb}( O1)?( --force)?", line)} - {
            "uv run nbgrader autograde O1 --force"
        }
        arguments = [assignment if word == "O1" else word for word in found.split()[4:]]
        if (verb, assignment) not in COLD:
            return self.course.nbgrader(verb, *arguments, code=code)
        done = subprocess.run(**self.course.command(verb, *arguments), capture_output=True, timeout=300)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    @cache  # noqa: B019 - one term per run of the tests
    def outcome(self, assignment: str) -> Outcome:
        """Go the whole way of one assignment, once."""
        kit = Kit(assignment, self.course.place / "canary")
        outcome = Outcome(kit, CASES[ASSIGNMENTS.index(assignment) :: len(ASSIGNMENTS)])
        self.command("generate_assignment", assignment)
        if assignment == EXCHANGE:
            self.command("release_assignment", assignment)
        files = self._hand_ins(kit)
        for case in outcome.hostile:
            case.make(kit, self.folder(case.student, assignment))
        if assignment == EXCHANGE:
            self._submit(assignment, files)
            self.command("collect", assignment)
        else:
            entries = {
                NAMED[assignment](student, name, HANDED_IN): content for student, (name, content) in files.items()
            }
            archive = self.course.place / "downloaded" / assignment / "archive"
            archive.mkdir(parents=True)
            (archive / "download.zip").write_bytes(zipped(entries))
            outcome.collected = self.command("zip_collect", assignment)
        outcome.graded = self.command("autograde", assignment, code=1)
        outcome.before = self.grades(assignment)
        self._judge(assignment, kit)
        outcome.feedback = self.command("generate_feedback", assignment, code=1)
        return outcome

    def folder(self, student: str, assignment: str, step: str = "submitted") -> Path:
        return self.course.place / step / student / assignment

    def grades(self, assignment: str) -> dict[str, dict[str, tuple[float | None, bool]]]:
        """Give what the gradebook holds: per student and grade_id the points, and whether a person must look."""
        with Gradebook(f"sqlite:///{self.course.place / 'gradebook.db'}") as gradebook:
            return {
                submission.student.id: {
                    grade.name: (grade.auto_score, grade.needs_manual_grade)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in gradebook.assignment_submissions(assignment)
            }

    def _hand_ins(self, kit: Kit) -> dict[tuple, tuple[str, bytes]]:
        """Jan works in the browser, Renée hands in a lone notebook, Alex has somebody else's answers."""
        own = Kit(kit.assignment, kit.canary)
        if kit.assignment in cases.FILES:  # the figures that count are those of who hands in
            own.answers = import_module(f"{kit.assignment.lower()}_answers").perfect(RENEE[0])
        alone = own.notebook
        copied = PARTIAL if kit.assignment == "O1" else kit.answers | {f"{kit.assignment}.studentnummer": ALEX[0]}
        others = kit.bare
        sheet = {"schema": 1, "answers": {key: {**kit.sheet["answers"][key], "value": copied[key]} for key in copied}}
        parts = {kit.file: json.dumps(others).encode(), SHEET: json.dumps(sheet).encode()}
        return {
            JAN: self._in_browser(kit),
            RENEE: (kit.file, json.dumps(alone).encode()),
            ALEX: (zip_name(kit.assignment), zipped(parts)),
        }

    def _in_browser(self, kit: Kit) -> tuple[str, bytes]:
        name = kit.assignment
        expected = import_module(f"{name.lower()}_answers").PERFECT
        page = self.open_page(f"assignments/{name}/{kit.file}")
        student = Student(page, name, JAN[0])
        if name in cases.FILES:
            expect(page.get_by_text(t("personal.number_first")).first).to_be_visible()
            student.fill_in(f"{name}.studentnummer", JAN[0])
            table = cases.tables(name, JAN[0])[0]
            rows = page.get_by_role("table", name=table.caption).first.get_by_role("row")
            expect(rows).to_have_count(len(table.rows) + 1)
            expect(page.get_by_text(t("personal.number_first"))).to_have_count(0)
        if name == "O6":
            student.fill_in("O6.kant", "mits")
            expected = expected | {"O6.kant": "mits"}
        for question_id, answer in expected.items():
            if question_id not in (f"{name}.studentnummer", "O6.kant"):
                student.fill_in(question_id, answer)
        for cell in page.locator(".vermarkting-answer").all():
            student.write(cell, ESSAY)
        folder = self.student_folder / "assignments" / name
        if name != UNSAVED:
            page.keyboard.press("Control+s")
            assert carried(page, folder / kit.file, expected) == expected
        if name == "O1":
            page.reload()
            for question_id, answer in expected.items():
                student.sees(question_id, answer)
            expect(page.locator(".jp-MarkdownCell p", has_text=ESSAY)).to_be_attached()
        file, content = student.make_file()
        assert content == (folder / file).read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as made:
            assert made.read(kit.file).decode().count(ESSAY) == len(kit.prose)
            assert set(json.loads(made.read(SHEET))["answers"]) == set(expected)
        assert serious_findings(page) == []
        return file, content

    def _submit(self, assignment: str, files: dict[tuple, tuple[str, bytes]]) -> None:
        """Fetch and submit with nbgrader's own commands, each student in a folder of one's own."""
        for student, (name, content) in files.items():
            desk = Course.at(self.course.place.parent / student[0])
            desk.place.mkdir()
            shutil.copy(self.course.place / "nbgrader_config.py", desk.place)
            desk.nbgrader("fetch_assignment", assignment)
            place = desk.place / assignment
            if name.endswith(".zip"):
                with zipfile.ZipFile(io.BytesIO(content)) as made:
                    made.extractall(place, [member for member in made.namelist() if member != MANIFEST])
            else:
                (place / name).write_bytes(content)
            desk.nbgrader("submit", assignment, f"--student={student[0]}")

    def _judge(self, assignment: str, kit: Kit) -> None:
        """Three quarters for each text of the three; the click that does this is tested with formgrader."""
        with Gradebook(f"sqlite:///{self.course.place / 'gradebook.db'}") as gradebook:
            for student in (JAN, RENEE, ALEX):
                for name in kit.prose:
                    grade = gradebook.find_grade(name, assignment, assignment, student[0])
                    grade.manual_score, grade.needs_manual_grade = 0.75 * kit.points[name], False
            gradebook.db.commit()


@pytest.fixture(scope="module")
def term(at_home, lab, tmp_path_factory):
    pages = []

    def open_page(path):
        page = at_home.new_page()
        pages.append(page)
        page.goto(lab.address(path, f"semester{len(pages)}"))
        page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook").wait_for()
        return page

    yield Term(tmp_path_factory.mktemp("semester") / "cursus", open_page, lab.folder)
    lab.leave(*pages)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_machine_gives_every_hand_in_its_points(term, assignment):
    outcome, found = term.outcome(assignment), term.outcome(assignment).before
    kit = outcome.kit
    whole = {name: (kit.points[name], False) for name in kit.checked} | dict.fromkeys(kit.prose, (None, True))
    assert found[JAN[0]] == whole
    assert found[RENEE[0]] == whole
    copied = PARTIAL if assignment == "O1" else kit.answers | {f"{assignment}.studentnummer": ALEX[0]}
    earned = {name: found[ALEX[0]][name][0] for name in kit.checked}
    assert earned == pytest.approx(machine_points(assignment, copied))
    assert sum(earned.values()) < sum(kit.points[name] for name in kit.checked)
    for case in outcome.hostile:
        if case.outcome == "failed":
            assert case.student not in found
        else:
            expected = case.expected(kit)
            assert {name: found[case.student][name] for name in expected} == expected, case.name
            assert report.read(term.folder(case.student, assignment, "autograded"))["status"] == case.outcome
    assert set(found) == {JAN[0], RENEE[0], ALEX[0]} | {c.student for c in outcome.hostile if c.outcome != "failed"}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_what_nbgrader_says_counts_and_names_every_hand_in(term, assignment):
    outcome = term.outcome(assignment)
    ends = Counter(case.outcome for case in outcome.hostile)
    graded = ends["graded"] + ends["look"] + 3
    assert (
        t("grading.summary.counts", graded=graded, unchanged=0, look=ends["look"], failed=ends["failed"])
        in outcome.graded
    )
    if assignment != EXCHANGE:
        assert t("collect.counts", new=3, renewed=0, same=0, refused=0) in outcome.collected


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_each_graded_hand_in_has_a_page_of_feedback(term, assignment):
    outcome = term.outcome(assignment)
    pages = {path.parts[-3]: path for path in (term.course.place / "feedback").glob(f"*/{assignment}/*.html")}
    assert set(pages) == set(outcome.before)
    page = pages[JAN[0]].read_text(encoding="utf-8")
    assert ESSAY in page and "VERBORGEN" not in page
    assert f"Totaal: {JUDGED[assignment]} op 100" in page


def test_the_term_ends_with_scores(term):
    for assignment in ASSIGNMENTS:
        term.outcome(assignment)
    said = term.command("export", "O1")
    content = (term.course.place / "cijfers" / "gewoon.csv").read_text(encoding="utf-8-sig")
    rows = {row["Student"]: row for row in csv.DictReader(io.StringIO(content), delimiter=";")}
    for student in (JAN[0], RENEE[0]):
        assert {name: rows[student][f"{name} (op 100)"] for name in ASSIGNMENTS} == JUDGED
        assert rows[student]["Totaal (op 20)"] == TOTAL
    copied, own = (float(total.replace(",", ".")) for total in (rows[ALEX[0]]["Totaal (op 20)"], TOTAL))
    assert copied < own
    graded = set().union(*(term.outcome(assignment).before for assignment in ASSIGNMENTS))
    assert set(rows) >= graded and len(graded) > 60
    for student in graded - {JAN[0], RENEE[0], ALEX[0]}:
        assert rows[student]["Totaal (op 20)"] == ""
    assert t("export.reasons.look") in said
    for platform in ("canvas", "brightspace", "blackboard", "moodle"):
        assert (term.course.place / "cijfers" / f"{platform}.csv").stat().st_size > 100


def test_nothing_of_a_student_ran(term):
    for assignment in ASSIGNMENTS:
        assert not term.outcome(assignment).kit.canary.exists()


def test_the_page_has_no_command_that_was_not_tried(term):
    """Each command of the page is run here, in the tests of the desk, or in those of the plug-in it belongs to."""
    elsewhere = {
        "uv run vermarkting controle",
        'uv run vermarkting nieuw opdracht O7 "Een eigen titel" --gewicht 10',
        'uv run vermarkting nieuw les 11 "Een eigen titel"',
        "uv run nbgrader autograde O1 --force",
        "uv run jupyter lab --LabApp.default_url=/vermarkting/nakijken",
        "uv run nbgrader release_feedback O1",
        "uv run nbgrader export --ScoreExport.accepted=r0123456/O1",
        "uv run nbgrader export --ScoreExport.forms=onderzoek",
        'uv run nbgrader db assignment add O1 --duedate="2027-03-12 23:59 CET"',
    }
    here = {"generate_assignment", "release_assignment", "zip_collect", "collect", "autograde", "generate_feedback"}
    rest = [line for line in COMMANDS if line not in elsewhere]
    assert {line.split()[3] for line in rest} == here | {"export"}
