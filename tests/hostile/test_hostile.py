"""The whole corpus in one batch with honest hand-ins: each ends as it should, and none touches another."""

import json
import os
import subprocess
from collections import Counter
from html.parser import HTMLParser

import pytest
from corpus import CASES
from corpus import MARKUP as ATTACKS
from courses import KERNELS, RELEASED, ROOT, Course
from kit import Kit, snapshot
from model_answers import answerable
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from vermarkting.grading.autograde import report
from vermarkting.grading.autograde.handin import shown
from vermarkting.text import t

HONEST = ("eerlijk-1", "eerlijk-2", "zz-eerlijk-3")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the corpus holds pipes, links and names that Windows forbids")

# The graded notebooks of the others hold nothing of a student but the essay of an honest one.
MARKUP = [case for case in CASES if case.name.startswith("markup_")]


class Batch:
    """The corpus handed in for one assignment and graded once, with what came of it."""

    def __init__(self, place, assignment):
        self.assignment = assignment
        self.course = Course(place)
        self.course.nbgrader("generate_assignment", assignment)
        self.kit = Kit(assignment, place / "canary")
        for case in CASES:
            case.make(self.kit, self.folder(case.student))
        for student in HONEST:
            self.kit.write(self.folder(student))
        self.before = snapshot(place / "submitted")
        self.said = self.course.nbgrader("autograde", assignment, code=1)
        self.grades = self._grades()

    def folder(self, student, step="submitted"):
        return self.course.place / step / student / self.assignment

    def _grades(self):
        with Gradebook(f"sqlite:///{self.course.place / 'gradebook.db'}") as gradebook:
            return {
                submission.student.id: {
                    grade.name: (grade.auto_score, grade.needs_manual_grade)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in gradebook.assignment_submissions(self.assignment)
            }


# Most of the corpus is about files and metadata, the same for every assignment: one run, of the largest, is enough.
LARGEST = max(answerable(RELEASED), key=lambda name: (ROOT / "solutions" / name / f"{name}.ipynb").stat().st_size)


@pytest.fixture(scope="module", params=[LARGEST])
def batch(request, tmp_path_factory):
    return Batch(tmp_path_factory.mktemp("vijandig"), request.param)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hand_in_ends_as_it_should(batch, case):
    if case.outcome == "failed":
        assert case.student not in batch.grades
        assert not batch.folder(case.student, "autograded").exists()
        return
    found = batch.grades[case.student]
    assert set(found) == set(batch.kit.points)
    expected = case.expected(batch.kit)
    assert {name: found[name] for name in expected} == expected
    for name, (points, _) in found.items():
        assert points is None or 0 <= points <= batch.kit.points[name]
    written = report.read(batch.folder(case.student, "autograded"))
    assert written["status"] == case.outcome, written["notices"]
    keys = {notice["key"] for notice in written["notices"]}
    assert case.notices <= keys
    if not case.notices and case.outcome == "graded":
        assert not keys, "an honest hand-in gets no remarks"


@pytest.mark.parametrize("case", [case for case in CASES if case.outcome != "graded"], ids=lambda case: case.name)
def test_what_needs_a_look_is_named_with_one_dutch_sentence(batch, case):
    start = f" {shown(case.student)}: "
    before, summary = batch.said.split("Nagekeken: ")
    assert any(start in line for line in before.splitlines()), "a problem is named as it comes"
    (line,) = [line for line in summary.splitlines() if start in line]
    assert line.rstrip().endswith(".")


def test_the_summary_counts_every_hand_in(batch):
    outcomes = Counter(case.outcome for case in CASES)
    graded = outcomes["graded"] + outcomes["look"] + len(HONEST)
    counts = t("grading.summary.counts", graded=graded, unchanged=0, look=outcomes["look"], failed=outcomes["failed"])
    assert counts in batch.said


@pytest.mark.parametrize("student", HONEST)
def test_honest_hand_ins_are_unharmed(batch, student):
    assert batch.grades[student] == {
        name: (batch.kit.points[name], False) for name in batch.kit.checked
    } | dict.fromkeys(batch.kit.prose, (None, True))
    assert report.read(batch.folder(student, "autograded"))["notices"] == []


def test_nothing_of_a_student_ran_and_every_original_is_kept(batch):
    assert not batch.kit.canary.exists()
    assert snapshot(batch.course.place / "submitted") == batch.before


def test_only_three_files_come_into_the_graded_folder(batch):
    names = {path.name for path in (batch.course.place / "autograded").rglob("*") if not path.is_dir()}
    assert names == {f"{batch.assignment}.ipynb", "timestamp.txt", report.NAME}
    assert not any(path.is_symlink() for path in (batch.course.place / "autograded").rglob("*"))


def test_the_log_holds_nothing_that_a_student_wrote(batch):
    for secret in ("alert(1)</script>", "Tweede alinea", "Nog een gedachte", "touch ", "Traceback"):
        assert secret not in batch.said


def test_a_second_run_changes_nothing_and_says_the_same(batch):
    graded = snapshot(batch.course.place / "autograded")
    said = batch.course.nbgrader("autograde", batch.assignment, code=1)
    assert snapshot(batch.course.place / "autograded") == graded
    assert batch._grades() == batch.grades
    assert "Nagekeken: 0." in said
    tail = "Niet nagekeken:\n"
    assert said[said.index(tail) :].splitlines()[1:] == batch.said[batch.said.rindex(tail) :].splitlines()[1:]


# Pages.


TAGS = {"script", "iframe", "object", "embed", "svg", "style", "form", "base", "meta", "link", "img", "math"}


class Dangers(HTMLParser):
    """Counts in a page what could run, fetch or steer."""

    def __init__(self, page):
        super().__init__()
        self.found = Counter()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag in (
            "script",
            "iframe",
            "object",
            "embed",
            "svg",
            "style",
            "form",
            "base",
            "meta",
            "link",
            "img",
            "math",
        ):
            self.found[tag] += 1
        for name, value in attributes:
            scheme = (value or "").strip().lower().partition(":")[0]
            if name.startswith("on") or scheme in ("javascript", "data", "vbscript", "attachment", "#harmful-link"):
                self.found[f"{tag} {name}"] += 1


def formgrader_page(path):
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = dict.fromkeys(
        ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "last_name", "first_name"), "x"
    )
    resources |= {"index": 0, "total": 1, "notebook_path": "x"}
    page, _ = HTMLExporter(config=config).from_filename(str(path), resources=resources)
    return page


def test_nothing_runs_in_formgrader_s_page_of_any_hand_in(batch):
    honest = Dangers(formgrader_page(batch.folder(HONEST[0], "autograded") / batch.kit.file)).found
    assert honest["script"] > 5
    for case in MARKUP:
        page = formgrader_page(batch.folder(case.student, "autograded") / batch.kit.file)
        assert Dangers(page).found == honest, case.name


def test_nothing_runs_in_the_feedback_page_of_any_hand_in(batch):
    batch.course.nbgrader("generate_feedback", batch.assignment, "--student", "*-3")
    batch.course.nbgrader("generate_feedback", batch.assignment, "--student", "markup_*")

    def page(student):
        return (batch.folder(student, "feedback") / f"{batch.assignment}.html").read_text(encoding="utf-8")

    honest = Dangers(page(HONEST[2])).found
    for case in MARKUP:
        assert Dangers(page(case.student)).found == honest, case.name
        assert "VERBORGEN" not in page(case.student) and t("grading.about") not in page(case.student)


def test_formgrader_lists_every_hand_in(batch, monkeypatch):
    """A forged moment, a pipe in its place and odd folders: stock nbgrader's list breaks on these."""
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    from vermarkting.grading import plugins

    plugins.install()
    monkeypatch.chdir(batch.course.place)
    course = CourseDirectory(root=str(batch.course.place))
    listed = {row["student"]: row for row in NbGraderAPI(course).get_submissions(batch.assignment)}
    for case in CASES:
        if case.outcome != "failed":
            assert listed[case.student]["autograded"], case.name
            assert listed[case.student]["needs_manual_grade"] == (case.prose != "zero" or case.points == "none")


def test_the_graded_notebook_is_a_valid_notebook(batch):
    import nbformat

    for case in CASES:
        if case.outcome != "failed":
            path = batch.folder(case.student, "autograded") / batch.kit.file
            nbformat.validate(json.loads(path.read_text(encoding="utf-8")))


# Are these tests able to fail?


def test_the_canary_sings_under_nbgrader_s_own_steps(batch, tmp_path):
    """The same hand-in, graded by nbgrader itself: its code runs, and a forged number is worth points."""
    course = Course(tmp_path / "eigen")
    course.nbgrader("generate_assignment", batch.assignment)
    kit = Kit(batch.assignment, tmp_path / "canary")
    notebook = kit.released
    notebook["cells"].insert(0, kit.code(f"open({str(kit.canary)!r}, 'w').close()"))
    kit.write(course.place / "submitted" / "an" / batch.assignment, notebook)
    (course.place / "nbgrader_config.json").unlink()
    (course.place / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.source_directory = 'solutions'\n"
        "c.CourseDirectory.release_directory = 'assignments'\n"
    )
    command = course.command("autograde", batch.assignment)
    command["env"] |= {"JUPYTER_PATH": str(KERNELS), "IPYTHONDIR": str(tmp_path / "ipython")}
    subprocess.run(**command, capture_output=True, timeout=300)
    assert kit.canary.exists()


@pytest.mark.parametrize("kind", ["script", "handler", "link", "data"])
def test_markup_that_is_not_made_inert_is_found(batch, tmp_path, kind):
    place = batch.folder(HONEST[0], "autograded") / batch.kit.file
    notebook = json.loads(place.read_text(encoding="utf-8"))
    batch.kit.cell(notebook, batch.kit.prose[0])["source"] = ATTACKS[kind]
    spoilt = tmp_path / batch.kit.file
    spoilt.write_text(json.dumps(notebook), encoding="utf-8")
    assert Dangers(formgrader_page(spoilt)).found != Dangers(formgrader_page(place)).found
