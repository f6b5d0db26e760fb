"""``nbgrader autograde`` with our plug-ins: what ends up in the gradebook, again and again, whatever happens."""

import errno
import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import pytest
from courses import KERNELS, RELEASED
from kit import AT, ESSAY, snapshot
from nbgrader.api import Gradebook
from nbgrader.apps import api, autogradeapp
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import OperationalError

from vermarkting.answers import NAME
from vermarkting.files import only_one
from vermarkting.grading.autograde import plugin as autograde
from vermarkting.grading.autograde import report
from vermarkting.grading.autograde.handin import read_handin
from vermarkting.grading.autograde.plugin import AnswerAutograde, NeverRun
from vermarkting.grading.autograde.released import load
from vermarkting.grading.faults import LOCK, about_books


@pytest.fixture
def run(desk, monkeypatch):
    def grade(*arguments, code=0):
        return desk.autograde(*arguments, monkeypatch=monkeypatch, code=code)

    return grade


def gradebook(desk):
    return Gradebook(f"sqlite:///{desk.place / 'gradebook.db'}")


@pytest.mark.parametrize("assignment", RELEASED)
def test_right_answers_earn_every_point_in_every_assignment(desk, run, assignment):
    desk.hand_in("an", assignment)
    said = run(assignment)
    assert "Nagekeken: 1." in said
    earned = desk.points("an", assignment)
    assert [points for points in earned.values() if points is not None]
    shown = json.loads((desk.folder("an", "autograded", assignment) / f"{assignment}.ipynb").read_text("utf-8"))
    for cell in shown["cells"]:
        entry = cell["metadata"].get("nbgrader", {})
        if entry.get("grade") and cell["cell_type"] == "code":
            assert earned[entry["grade_id"]] == entry["points"]
            assert "niet ingevuld" not in cell["outputs"][0]["data"]["text/plain"]
        elif entry.get("grade"):
            assert earned[entry["grade_id"]] is None
            assert "Tweede alinea" in cell["source"]


def test_the_graded_notebook_is_the_released_one_with_the_answers(desk, run):
    desk.hand_in("an")
    run()
    graded = json.loads((desk.folder("an", "autograded") / desk.kit.file).read_text("utf-8"))["cells"]
    assert [cell["id"] for cell in graded] == [cell["id"] for cell in desk.kit.released["cells"]]
    for cell, released in zip(graded, desk.kit.released["cells"], strict=True):
        assert cell["metadata"] == released["metadata"]
        if cell["id"] in desk.kit.checked:
            assert cell["source"].startswith("".join(released["source"]).rstrip())
        elif cell["id"] not in desk.kit.prose:
            assert cell["source"] == "".join(released["source"])


def test_the_report_holds_what_others_work_on_with(desk, run):
    place = desk.hand_in("an")
    (place / "timestamp.txt").write_text("2026-03-12 11:30:00 Europe/Brussels")
    run()
    written = report.read(desk.folder("an", "autograded"))
    assert (written["assignment"], written["student"], written["status"]) == (desk.kit.assignment, "an", "graded")
    assert {key: answer["value"] for key, answer in written["answers"].items()} == desk.kit.answers
    assert written["prose"] == dict.fromkeys(desk.kit.prose, ESSAY)
    assert written["submitted_at"] == "2026-03-12T10:30:00"
    with gradebook(desk) as book:
        assert book.find_submission(desk.kit.assignment, "an").timestamp.isoformat() == "2026-03-12T10:30:00"


def test_a_new_version_is_graded_again_and_an_old_one_is_left_alone(desk, run):
    place = desk.hand_in("an")
    desk.hand_in("bo")
    run()
    before = snapshot(desk.folder("bo", "autograded"))
    (place / NAME).unlink()
    (place / desk.kit.file).write_text(json.dumps(desk.kit.released))
    said = run()
    assert "Nagekeken: 1. Ongewijzigd sinds vorige keer: 1." in said
    assert set(desk.points("an").values()) == {0}
    assert snapshot(desk.folder("bo", "autograded")) == before


def test_what_a_person_judged_stays_and_asks_for_a_new_look_only_if_the_text_changed(desk, run):
    place = desk.hand_in("an")
    run()
    (prose,) = desk.kit.prose[:1]

    def grade(book):
        return book.find_grade(prose, desk.kit.assignment, desk.kit.assignment, "an")

    with gradebook(desk) as book:
        grade(book).manual_score = 3
        grade(book).needs_manual_grade = False
        book.db.commit()
    run("--force")
    with gradebook(desk) as book:
        assert (grade(book).manual_score, grade(book).needs_manual_grade, grade(book).score) == (3, False, 3)
    notebook = desk.kit.notebook
    desk.kit.cell(notebook, prose)["source"] = "Een andere tekst."
    (place / desk.kit.file).write_text(json.dumps(notebook))
    run()
    with gradebook(desk) as book:
        assert (grade(book).manual_score, grade(book).needs_manual_grade) == (3, True)


def test_a_gradebook_that_was_made_anew_is_filled_again(desk, run, generated):
    desk.hand_in("an")
    run()
    (desk.place / "gradebook.db").write_bytes((generated.place / "gradebook.db").read_bytes())
    assert "Nagekeken: 1." in run()
    assert desk.points("an")


def test_a_damaged_report_or_graded_folder_is_made_again(desk, run):
    desk.hand_in("an")
    run()
    good = snapshot(desk.folder("an", "autograded"))
    path = desk.folder("an", "autograded") / report.NAME
    path.chmod(0o644)
    path.write_text("kapot")
    (path.parent / "vreemd.html").write_text("<script>")
    assert "Nagekeken: 1." in run()
    assert snapshot(desk.folder("an", "autograded")) == good


def test_a_check_that_breaks_gives_no_points_and_stops_nothing(desk, run, monkeypatch):
    desk.hand_in("an")
    desk.hand_in("bo")

    def broken(name, answers, *arguments, points):
        raise ZeroDivisionError("antwoord van een student")

    monkeypatch.setattr("vermarkting.grading.checks.evaluate", broken)
    said = run(code=1)
    assert "ZeroDivisionError" not in said and "antwoord van een student" not in said
    for student in ("an", "bo"):
        assert set(desk.points(student).values()) == {None}
        assert report.read(desk.folder(student, "autograded"))["status"] == "look"


@pytest.mark.parametrize("given", [-1.0, 1e9, float("nan")])
def test_points_outside_the_range_of_the_cell_go_to_a_person(desk, run, monkeypatch, given):
    from vermarkting.grading.checks import Result

    desk.hand_in("an")
    monkeypatch.setattr("vermarkting.grading.checks.evaluate", lambda *a, points: Result(given, points, "x"))
    run(code=1)
    assert set(desk.points("an").values()) == {None}


def test_an_error_of_our_own_names_the_hand_in_and_the_others_go_on(desk, run, monkeypatch):
    for student in ("an", "bo", "cleo"):
        desk.hand_in(student)
    real = autograde.judge

    def judge(handin, released):
        if handin.fingerprint == of_bo:
            raise RuntimeError("tekst van een student")
        return real(handin, released)

    place = desk.folder("bo")
    (place / "extra.txt").write_text("x")
    with gradebook(desk) as book:
        sources = {c.name: c.source for c in book.find_notebook(desk.kit.assignment, desk.kit.assignment).source_cells}
    of_bo = read_handin(
        place, load(desk.place / "assignments" / desk.kit.assignment, desk.kit.assignment, sources)
    ).fingerprint
    monkeypatch.setattr(autograde, "judge", judge)
    said = run(code=1)
    assert "Nagekeken: 2." in said and "Niet nagekeken: 1." in said
    assert said.count("bo: Er ging iets mis bij het nakijken (RuntimeError).") == 2
    assert "tekst van een student" not in said
    monkeypatch.setattr(autograde, "judge", real)
    assert "Nagekeken: 1. Ongewijzigd sinds vorige keer: 2." in run()


def test_odd_things_beside_the_folders_of_students_are_named(desk, run):
    desk.hand_in("an")
    (desk.place / "submitted" / f"{desk.kit.assignment}.zip").write_text("x")
    (desk.place / "submitted" / "bo" / desk.kit.assignment.lower()).mkdir(parents=True)
    (desk.place / "submitted" / "cleo" / "andere opdracht").mkdir(parents=True)
    said = run(code=1)
    assert f"{desk.kit.assignment}.zip: Dit is geen map van een student" in said
    assert f"bo: De map heet {desk.kit.assignment.lower()} in plaats van {desk.kit.assignment}." in said
    assert "cleo" not in said
    assert "Nagekeken: 1." in said and "Niet nagekeken: 2." in said


def test_one_student_can_be_chosen_and_another_left_out(desk, run):
    for student in ("an", "bo", "bob"):
        desk.hand_in(student)
    assert "Nagekeken: 1." in run("--student", "bo")
    assert "Nagekeken: 1. Ongewijzigd sinds vorige keer: 1." in run("--student", "b*")
    assert "Nagekeken: 0. Ongewijzigd sinds vorige keer: 2." in run("--CourseDirectory.student_id_exclude=an")


def test_an_unknown_student_is_named_where_none_may_be_made(desk, run):
    desk.hand_in("an")
    assert "an: Deze student staat niet in het puntenboek." in run("--Autograde.create_student=False", code=1)


def test_without_hand_ins_or_assignment_the_message_says_what_to_do(desk, run):
    assert f"Er zijn geen inzendingen voor {desk.kit.assignment}" in run(code=1)
    desk.hand_in("an")
    assert "nbgrader generate_assignment X9" in run("X9", code=1)
    (desk.place / "assignments" / desk.kit.assignment / desk.kit.file).unlink()
    assert "nbgrader generate_assignment" in run(code=1)


def test_a_release_that_is_not_the_gradebook_s_is_refused(desk, run):
    desk.hand_in("an")
    path = desk.place / "assignments" / desk.kit.assignment / desk.kit.file
    notebook = json.loads(path.read_text("utf-8"))
    desk.kit.cell(notebook, desk.kit.checked[0])["metadata"]["nbgrader"]["points"] = 99
    path.write_text(json.dumps(notebook), "utf-8")
    assert "zijn niet die van de uitgegeven versie" in run(code=1)


def test_lateness_costs_what_nbgrader_s_setting_says(desk, run):
    place = desk.hand_in("an")
    desk.hand_in("bo")
    (place / "timestamp.txt").write_text("2026-03-12 10:00:00 UTC")
    with gradebook(desk) as book:
        book.update_or_create_assignment(desk.kit.assignment, duedate="2026-03-11 10:00:00 UTC")
    run("--LateSubmissionPlugin.penalty_method=zero")
    with gradebook(desk) as book:
        late, in_time = (book.find_submission(desk.kit.assignment, student) for student in ("an", "bo"))
        assert late.score > 0 and late.late_submission_penalty == late.score
        assert not in_time.late_submission_penalty


# The gradebook held by another program.


def hold(path, seconds, held):
    connection = sqlite3.connect(path)
    connection.execute("BEGIN EXCLUSIVE")
    held.set()
    time.sleep(seconds)
    connection.rollback()
    connection.close()


@pytest.fixture
def holding(desk):
    threads = []

    def start(seconds):
        held = threading.Event()
        threads.append(threading.Thread(target=hold, args=(desk.place / "gradebook.db", seconds, held)))
        threads[-1].start()
        held.wait()

    yield start
    for thread in threads:
        thread.join()


def test_a_locked_gradebook_is_waited_for(desk, run, holding):
    desk.hand_in("an")
    holding(7)
    said = run()
    assert "Een ander programma houdt `gradebook.db` bezet" in said
    assert "Nagekeken: 1." in said and desk.points("an")


def test_a_gradebook_that_stays_locked_gives_a_message_and_loses_nothing(desk, run, holding):
    desk.hand_in("an")
    holding(8)
    said = run("--AnswerAutograde.lock_seconds=1", code=1)
    assert "`gradebook.db` langer dan 1 seconden bezet" in said
    assert not desk.folder("an", "autograded").exists()


def test_a_lock_half_way_names_every_hand_in_that_was_not_reached(desk, run, monkeypatch):
    from vermarkting.grading.autograde.books import Books, BooksError

    for student in ("an", "bo", "cleo"):
        desk.hand_in(student)
    real = Books.record

    def record(self, entry, then):
        if entry.student == "bo":
            raise BooksError("Bezet.")
        real(self, entry, then)
        self.flush()

    monkeypatch.setattr(Books, "record", record)
    said = run(code=1)
    assert "Bezet." in said and "Nagekeken: 1." in said and "Niet nagekeken: 2." in said
    assert "bo: De reeks stopte" in said and "cleo: De reeks stopte" in said
    monkeypatch.setattr(Books, "record", real)
    assert "Nagekeken: 2. Ongewijzigd sinds vorige keer: 1." in run()


@pytest.mark.skipif(os.name == "nt", reason="kills with a signal")
def test_a_batch_that_is_killed_half_way_goes_on_where_it_was(desk, run):
    students = [f"s{number:03}" for number in range(250)]
    for student in students:
        desk.hand_in(student)
    process = subprocess.Popen(**desk.course.command("autograde", desk.kit.assignment), stderr=subprocess.DEVNULL)
    reports = desk.place / "autograded"
    until = time.monotonic() + 120
    while time.monotonic() < until and not list(reports.glob(f"*/{desk.kit.assignment}/{report.NAME}")):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = len(list(reports.glob(f"*/{desk.kit.assignment}/{report.NAME}")))
    assert 0 < done < len(students), "killed half-way"
    said = run()
    assert f"Nagekeken: {len(students) - done}. Ongewijzigd sinds vorige keer: {done}." in said
    with gradebook(desk) as book:
        scores = {row.student.id: row.score for row in book.assignment_submissions(desk.kit.assignment)}
    assert set(scores) == set(students) and len(set(scores.values())) == 1
    assert not list(reports.glob("*/.*"))


# Where our classes stand in for nbgrader's.


def test_formgrader_s_button_uses_the_same_class(desk, run):
    desk.hand_in("an")
    run()
    assert api.Autograde is autogradeapp.Autograde is AnswerAutograde
    app = autogradeapp.AutogradeApp()
    app.initialize([])
    course = CourseDirectory(parent=app)
    result = NbGraderAPI(course, parent=app).autograde(desk.kit.assignment, "an")
    assert result["success"], result
    assert "Nagekeken: 1." in result["log"]


def test_a_course_that_does_not_ask_for_it_gets_nbgrader_s_own(monkeypatch):
    started = []
    monkeypatch.setattr(Autograde, "start", lambda self: started.append(type(self)))
    AnswerAutograde(coursedir=CourseDirectory()).start()
    assert started == [AnswerAutograde]


def test_nbgrader_s_own_class_refuses_with_our_configuration(desk, run, monkeypatch):
    """Should a later nbgrader look its class up elsewhere, then nothing is run either."""
    desk.hand_in("an", notebook=with_canary(desk))
    monkeypatch.setattr(autogradeapp, "Autograde", Autograde)
    monkeypatch.setattr("vermarkting.grading.plugins.install", lambda: None)
    run(code=1)
    assert not desk.kit.canary.exists()
    assert not (desk.folder("an", "autograded") / desk.kit.file).exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + "\nc.ScoreExport.weights = {",
        lambda text: text + "\n1 / 0\n",
        lambda text: "import een_module_die_er_niet_is\n" + text,
        lambda text: "",
    ],
    ids=["no Python", "fails at its end", "fails at its start", "empty"],
)
def test_a_mistake_in_the_settings_never_runs_a_student_s_code(desk, spoil):
    """nbgrader says that it cannot read its settings and goes on with its own: with a kernel for each hand-in."""
    desk.hand_in("an", notebook=with_canary(desk))
    settings = desk.place / "nbgrader_config.py"
    settings.write_text(spoil(settings.read_text("utf-8")), "utf-8")
    command = desk.course.command("autograde", desk.kit.assignment)
    command["env"]["JUPYTER_PATH"] = str(KERNELS)
    done = subprocess.run(**command, capture_output=True, timeout=300)
    assert done.returncode == 1
    assert not desk.kit.canary.exists()
    assert not (desk.folder("an", "autograded") / desk.kit.file).exists()
    with gradebook(desk) as book:
        scores = [
            grade.auto_score
            for row in book.assignment_submissions(desk.kit.assignment)
            for grade in row.notebooks[0].grades
        ]
    assert set(scores) <= {None}


def with_canary(desk):
    notebook = desk.kit.notebook
    notebook["cells"].insert(0, desk.kit.code(f"open({str(desk.kit.canary)!r}, 'w')"))
    return notebook


def test_never_run_is_what_the_course_configures(desk, monkeypatch):
    monkeypatch.chdir(desk.place)
    app = autogradeapp.AutogradeApp()
    app.initialize([])
    named = [f"{NeverRun.__module__}.{NeverRun.__name__}"]
    assert app.config.Autograde.autograde_preprocessors == named
    assert app.config.Autograde.sanitize_preprocessors == named
    spare = json.loads((desk.place / "nbgrader_config.json").read_text("utf-8"))["Autograde"]
    assert spare == {"sanitize_preprocessors": named, "autograde_preprocessors": named}


def test_answers_of_a_lone_notebook_and_the_newest_of_two_count(desk, run):
    first = desk.kit.answers
    wrong = {key: {"value": 1, "at": "2026-03-13T10:00:00.000+00:00"} for key in list(first)[:1]}
    desk.hand_in("an", sheet={"schema": 1, "answers": wrong})
    desk.hand_in("bo", sheet=False)
    run()
    assert report.read(desk.folder("an", "autograded"))["answers"][next(iter(first))]["value"] == 1
    assert {answer["at"] for answer in report.read(desk.folder("bo", "autograded"))["answers"].values()} == {
        AT.replace(".000", "")
    }


def test_two_hand_ins_with_one_sheet_are_named_together(desk, run):
    """Answers kept at the same milliseconds were given once: somebody handed in another's sheet."""
    desk.hand_in("an")
    desk.hand_in("bo", sheet=False)
    other = desk.kit.sheet
    for entry in other["answers"].values():
        entry["at"] = "2026-03-12T10:00:00.001+00:00"
    desk.hand_in("cleo", notebook=desk.kit.bare, sheet=other)
    said = run()
    assert "Hetzelfde antwoordblad, tot op de milliseconde, bij 2 inzendingen: an, bo." in said
    assert "Hetzelfde antwoordblad, tot op de milliseconde, bij 2 inzendingen: an, bo." in run()


def test_the_module_itself_stays_light():
    """A lesson's kernel imports ``vermarkting.grading`` for a rubric: nbgrader must not come along."""
    import sys

    code = "import sys; from vermarkting import grading; print('nbgrader' in sys.modules, 'sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parent)
    assert done.stdout.split() == ["False", "False"]


# Faults at the desk.


def test_one_grades_at_a_time_and_the_other_is_told(desk, monkeypatch):
    desk.hand_in("r0000001")
    with only_one(desk.place / LOCK):
        said = desk.autograde(monkeypatch=monkeypatch, code=1)
    assert "Iemand anders is op dit moment aan het nakijken" in said and "Traceback" not in said
    assert not desk.folder("r0000001", "autograded").exists()
    desk.autograde(monkeypatch=monkeypatch)


def test_what_a_killed_run_left_is_cleared(desk, monkeypatch):
    desk.hand_in("r0000001")
    left = desk.place / "autograded" / "r0000002" / f".{desk.kit.assignment}.nieuw"
    left.mkdir(parents=True)
    (left / "half.ipynb").write_text("{")
    desk.autograde(monkeypatch=monkeypatch)
    assert not left.exists()


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "De schijf is vol."), (errno.EROFS, "mag niets bewaard"), (errno.EACCES, "mag niets bewaard")],
)
def test_the_right_cause_is_named_and_the_next_run_grades_what_was_left(desk, monkeypatch, number, says):
    desk.hand_in("r0000001")
    with monkeypatch.context() as broken:
        broken.setattr(AnswerAutograde, "_written", lambda *_: (_ for _ in ()).throw(OSError(number, "no")))
        said = desk.autograde(monkeypatch=monkeypatch, code=1)
    assert says in said and "Traceback" not in said and "db upgrade" not in said
    assert not desk.folder("r0000001", "autograded").exists()
    desk.autograde(monkeypatch=monkeypatch)
    assert desk.folder("r0000001", "autograded").exists()


@pytest.mark.parametrize(
    ("cause", "says"),
    [("database or disk is full", "De schijf is vol."), ("attempt to write a readonly database", "mag niets bewaard")],
)
def test_a_full_disk_is_not_called_an_old_gradebook(cause, says):
    assert says in about_books(OperationalError("", {}, Exception(cause)))
