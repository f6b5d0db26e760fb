"""``nbgrader generate_feedback`` with our plug-in: what a student reads, and what a batch says and leaves behind."""

import hashlib
import json
import os
import re
import sqlite3
import threading
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser

import pytest
from corpus import CASES
from courses import RELEASED
from kit import ESSAY, Kit, snapshot
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.apps.generatefeedbackapp import GenerateFeedbackApp
from nbgrader.apps.releasefeedbackapp import ReleaseFeedbackApp
from nbgrader.coursedir import CourseDirectory
from o1_answers import PARTIAL, PARTIAL_POINTS
from running import run

from vermarkting import cases, keys
from vermarkting.grading import feedback
from vermarkting.grading.autograde import report
from vermarkting.text import sentences

O1 = "O1"
PROSE = "o1-bespreking"
LEVELS = "Bronnen wegen: 3\nZekerheid: goed\nBegrippen: 2\n\nMooi opgebouwd."
# What the page of a hand-in may be made of: text, headings, tables, lists and links within the page.
WORDS = """html head meta title style body header main section footer h1 h2 h3 h4 h5 dl dt dd p ul ol li table caption
thead tbody tr th td a strong em code pre hr del br blockquote div"""
TAGS = set(WORDS.split())


class Read(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = Counter(), Counter(), ""
        self.links = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        self.attributes.update(name for name, _ in attributes)
        self.links += [value for name, value in attributes if name in ("href", "src")]
        self.text += " "

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def course(desk, monkeypatch):
    """The desk, with ``nbgrader generate_feedback`` in this process."""
    monkeypatch.chdir(desk.place)
    desk.grade = lambda *arguments, code=0: desk.autograde(*arguments, monkeypatch=monkeypatch, code=code)
    desk.feedback = lambda *arguments, code=0: run(GenerateFeedbackApp, O1, *arguments, code=code)
    desk.release = lambda *arguments, code=0: run(ReleaseFeedbackApp, O1, *arguments, code=code)
    desk.page = lambda student: (desk.folder(student, "feedback") / "O1.html").read_text(encoding="utf-8")
    return desk


def hand_in(course, student, answers=None, **parts):
    kit = Kit(O1, course.place / "canary")
    if answers is not None:
        kit.answers = answers
    kit.write(course.folder(student), **({"notebook": kit.notebook, "sheet": kit.sheet} | parts))


def judge(course, student, score=None, comment=None, extra=None):
    with gradebook(course) as books:
        grade = books.find_grade(PROSE, O1, O1, student)
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, extra, score is None
        books.find_comment(PROSE, O1, O1, student).manual_comment = comment
        books.db.commit()


def gradebook(course):
    return Gradebook(f"sqlite:///{course.place / 'gradebook.db'}")


def text(course, student):
    return " ".join(Read(course.page(student)).text.split())


def test_a_page_tells_what_was_asked_answered_and_earned(course):
    hand_in(course, "an", PARTIAL)
    course.grade()
    judge(course, "an", 30, LEVELS, 1.5)
    course.feedback()
    shown = text(course, "an")
    assert "Feedback bij Opdracht O1. Bronnenpaspoort De Vaart" in shown
    # 9 + 13.75 + 1.73 + 5.33 + 6 + 0 by machine (o1_answers.py), 30 by hand, 1.5 extra
    assert "Totaal: 67,31 op 100" in shown
    for points, of in zip(PARTIAL_POINTS.values(), (12, 20, 2, 16, 8, 2), strict=True):
        assert f"{points:g}".replace(".", ",") + f" op {of}" in shown
    assert "30 op 40 (en 1,5 extra)" in shown
    assert "Je kreeg 13,75 van de 20 punten. 5,5 van de 8 profielen kloppen." in shown
    assert "elk juist paar is 1 punt waard." in shown
    assert "Een cijfer dat telt wat een dienst levert, zoals het aantal gesprekken. outputindicator" in shown
    assert "27,3 procent" in shown
    assert " ".join(ESSAY.replace("*", "").split()) in shown


def test_a_wrong_number_is_named_with_the_right_value_how_to_get_there_and_ones_own_figures(course):
    kit = Kit("O3", course.place / "canary")
    right = kit.answers["O3.maanden"]
    kit.answers = kit.answers | {"O3.maanden": right | {"midden": 59}, "O3.kantelfout": 1}
    kit.write(course.folder("r0123456", assignment="O3"))
    course.grade("O3")
    run(GenerateFeedbackApp, "O3")
    made = (course.folder("r0123456", "feedback", "O3") / "O3.html").read_text(encoding="utf-8")
    shown = " ".join(Read(made).text.split())
    value = keys.file("O3").RIGHT["maanden"](cases.case("O3", "r0123456"))["midden"]
    assert f"Midden 59 maanden moest zijn: {value:.2f}".replace(".", ",") in shown
    assert re.search(r"Moeilijk [\d,]+ maanden juist", shown)
    assert re.search(r"1 punten op 100 moest zijn: [\d,]+ punten op 100", shown)
    assert "Hoe je eraan komt" in shown and "Deel de echte kans door 1 plus" in shown
    assert "Ze horen bij studentnummer r0123456." in shown
    assert all(row[1] in shown for table in cases.tables("O3", "r0123456") for row in table.rows)


def test_a_key_that_is_the_same_for_everybody_is_not_told(course):
    hand_in(course, "an", PARTIAL)
    course.grade()
    course.feedback()
    shown = text(course, "an")
    assert "moest zijn" not in shown and "Jouw cijfers" not in shown
    assert shown.count("niet juist") == 4, "three terms and one number"


def test_markdown_is_shown_as_such_in_a_comment_and_an_answer_and_does_nothing(course):
    hand_in(course, "an", PARTIAL)
    course.grade()
    judge(
        course,
        "an",
        30,
        f"{LEVELS}\n\n**Let op** [klik](https://x.example) ![](https://x.example/a.png)\n<script>1</script>",
    )
    course.feedback()
    made = course.page("an")
    assert "<strong>Let op</strong>" in made and "<em>nadruk</em>" in made and "*nadruk*" not in made
    page = Read(made)
    assert not page.tags["script"] and not page.tags["img"]
    assert all(link.startswith("#") for link in page.links)


@pytest.mark.parametrize("assignment", RELEASED)
def test_every_assignment_has_a_page_with_a_heading_and_answers_for_each_part(course, assignment):
    kit = Kit(assignment, course.place / "canary")
    kit.write(course.folder("an", assignment=assignment))
    course.grade(assignment)
    run(GenerateFeedbackApp, assignment)
    made = (course.folder("an", "feedback", assignment) / f"{assignment}.html").read_text(encoding="utf-8")
    page = Read(made)
    headings = re.findall(r'<h2 id="deel-\d+">(.+?)</h2>', made)
    assert len(headings) == len(kit.points) and not set(headings) & set(kit.points)
    assert page.tags["blockquote"] >= len(kit.prose) and "nog niet ingevuld" not in page.text
    assert set(page.tags) <= TAGS


def test_a_page_shows_the_level_of_each_criterion_the_next_one_and_the_comment(course):
    hand_in(course, "an")
    course.grade()
    judge(course, "an", 26, LEVELS)
    course.feedback()
    shown = text(course, "an")
    for row in (
        "Bronnen wegen 3. goed Je weegt het belang van een bron en hoe dicht ze bij de feiten staat. 12 op 16 "
        "Je vergelijkt belangen en je zegt ook welke bron ontbreekt.",
        "Zekerheid 3. goed Je onderscheidt wat zeker is en wat niet. 9 op 12 "
        "Je koppelt de zekerheid aan het soort bron.",
        "Begrippen 2. in ontwikkeling Je gebruikt de begrippen juist. 5 op 12 "
        "Je legt uit wat de procedure tot gevolg had.",
        "Wat je docent erbij schrijft Mooi opgebouwd.",
    ):
        assert row in shown
    assert "Je noemt geen bron." not in shown


def test_a_score_alone_comes_with_the_whole_rubric(course):
    hand_in(course, "an")
    course.grade()
    judge(course, "an", 26)
    course.feedback()
    assert "26 op 40" in text(course, "an") and "Je noemt geen bron." in text(course, "an")


def test_the_key_is_nowhere_on_the_page(course):
    hand_in(course, "an", PARTIAL)
    course.grade()
    judge(course, "an", 30, LEVELS)
    course.feedback()
    page = course.page("an")
    for secret in ("VERBORGEN", "g.match", "grading", "nakijkverslag", "o1-termen"):
        assert secret not in page
    # The right term for t1, which this student did not choose, and the numbers right within the tolerance.
    assert "inbesteding" not in page and "20,8" not in page and "27 procent" not in page


def test_what_waits_for_a_person_has_no_score_and_no_total(course):
    hand_in(course, "an")
    course.grade()
    said = course.feedback()
    shown = text(course, "an")
    assert "Totaal:" not in shown and "op 40" not in shown and "op 100" not in shown
    assert "Nog geen totaal. Van wat al beoordeeld is, heb je 60 op 60." in shown
    assert "Deel 6. Bespreking nog niet beoordeeld" in shown
    assert f"{PROSE}: an" in said


def test_a_hand_in_that_needs_a_look_has_no_total_though_every_part_has_points(course):
    kit = Kit(O1, course.place)
    hand_in(course, "an", notebook=kit.released)
    kit.write(course.folder("an"), notebook=kit.released, sheet=False, name="O1-Copy1.ipynb")
    course.grade(code=1)
    assert "de inzending zelf: an" in course.feedback()
    assert "Totaal:" not in text(course, "an") and "Dit bekijkt je docent nog zelf" in text(course, "an")
    judge(course, "an", 0)
    course.feedback()
    assert "Totaal: 60 op 100" in text(course, "an") and "Dit bekeek je docent zelf" in text(course, "an")


def test_lost_answers_are_no_zero(course):
    hand_in(course, "an", sheet=b"{", notebook=Kit(O1, course.place).bare)
    course.grade(code=1)
    course.feedback()
    shown = text(course, "an")
    assert "maar ook geen nul" in shown and " 0 op " not in shown
    assert "Het bestand met je antwoorden was niet bruikbaar." in shown
    assert "Vraag de student" not in shown and "Vergelijk met de student" not in shown


def test_a_late_hand_in_says_what_it_costs(course):
    hand_in(course, "an")
    course.grade()
    judge(course, "an", 26)
    with gradebook(course) as books:
        books.find_assignment(O1).duedate = datetime(2026, 3, 10, 22, 59)
        books.find_submission(O1, "an").timestamp = datetime(2026, 7, 1, 10, 5)
        books.find_submission_notebook(O1, O1, "an").late_submission_penalty = 6.5
        books.db.commit()
    course.feedback()
    shown = text(course, "an")
    # 60 + 26 - 6.5; winter and summer time in Brussels
    assert "Totaal: 79,5 op 100" in shown
    assert "het kon tot 10 maart 2026 om 23.59 uur. Daarom gaan er 6,5 punten af van de 86" in shown
    assert "Ingeleverd 1 juli 2026 om 12.05 uur" in shown


def test_what_was_set_aside_is_named_in_words_for_the_student(course):
    kit = Kit(O1, course.place)
    notebook = kit.notebook
    notebook["cells"] += [kit.code("print(1)"), kit.text("Nog een gedachte.")]
    hand_in(course, "an", notebook=notebook)
    course.grade()
    course.feedback()
    shown = text(course, "an")
    assert "Je eigen codecellen zijn niet uitgevoerd en tellen niet mee." in shown
    assert "Tekst buiten de antwoordcellen telt niet mee." in shown


def test_every_notice_of_grading_has_words_for_the_student():
    # These are said about hand-ins that do not get as far as feedback.
    never = {"loose_file", "bad_name", "other_capitals", "unknown_student", "broke"}
    assert set(sentences("grading")["notice"]) - never == set(sentences("feedback_page")["notices"])


def test_a_page_stands_alone_and_can_do_nothing(course):
    """Everyone of the corpus in one batch, with hostile names and comments on top."""
    for case in CASES:
        if case.outcome != "failed" and "gb" not in case.name:
            case.make(Kit(O1, course.place / "canary"), course.folder(case.student))
    course.grade(code=1)
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1))\n{{ 7*7 }} </td></table>"
    students = sorted(path.parent.name for path in (course.place / "autograded").glob("*/O1"))
    with gradebook(course) as books:
        for student in students:
            books.update_or_create_student(student, first_name=hostile, last_name='"><svg onload=alert(1)>')
            books.find_comment(PROSE, O1, O1, student).manual_comment = f"Zekerheid: 3; {hostile}"
            grade = books.find_grade(PROSE, O1, O1, student)
            grade.manual_score, grade.needs_manual_grade = 9, False
        books.db.commit()
    course.feedback()
    assert len(students) > 100
    for student in students:
        page = Read(course.page(student))
        assert set(page.tags) <= TAGS, student
        assert page.tags["meta"] == 4 and page.tags["style"] == 1 and page.tags["table"] >= 2
        assert not [name for name in page.attributes if name.startswith("on") or name == "style"], student
        assert all(link.startswith("#deel-") for link in page.links), student
        assert "<script>alert(1)</script>" in page.text and "{{ 7*7 }}" in page.text
        assert "default-src 'none'" in course.page(student)


def test_a_page_holds_nothing_of_another_student(course):
    hand_in(course, "an")
    hand_in(course, "bo", sheet=False)
    course.grade()
    judge(course, "bo", 3, "Enkel voor Bo.")
    course.feedback()
    assert "Enkel voor Bo." in course.page("bo")
    assert "Enkel voor" not in course.page("an") and "<dd>bo</dd>" not in course.page("an")


def test_a_second_run_changes_nothing_and_a_changed_comment_one_page(course):
    for student in ("an", "bo", "cis"):
        hand_in(course, student)
    course.grade()
    assert "Feedback gemaakt: 3. Al in orde: 0." in course.feedback()
    before = snapshot(course.place / "feedback")
    times = {path: path.stat().st_mtime_ns for path in (course.place / "feedback").rglob("*.html")}
    assert "Feedback gemaakt: 0. Al in orde: 3." in course.feedback("--force")
    assert snapshot(course.place / "feedback") == before
    assert times == {path: path.stat().st_mtime_ns for path in times}
    judge(course, "bo", 20, "Beter.")
    assert "Feedback gemaakt: 1. Al in orde: 2." in course.feedback()
    assert "20 op 40" in text(course, "bo")


def test_one_bad_hand_in_is_named_and_the_others_get_their_page(course):
    for student in ("an", "bo", "cis", "dirk", "eva", "zoe"):
        hand_in(course, student)
    course.grade()
    hand_in(course, "fay")
    (course.folder("an", "autograded") / report.NAME).chmod(0o644)
    (course.folder("an", "autograded") / report.NAME).write_text("{")
    broken = course.folder("bo", "autograded") / report.NAME
    broken.chmod(0o644)
    broken.write_text(json.dumps(json.loads(broken.read_text()) | {"prose": 7}))
    for path in course.folder("cis", "autograded").iterdir():
        path.unlink()
    course.folder("cis", "autograded").rmdir()
    course.folder("dirk", "feedback").mkdir(parents=True)
    (course.folder("dirk", "feedback") / "O1.html").mkdir()
    said = course.feedback(code=1)
    assert "Feedback gemaakt: 2. Al in orde: 0. Zonder feedback: 5." in said
    for student in ("an", "bo", "cis", "dirk", "fay"):
        assert f"\n{student}: " in said[said.index("Zonder feedback:\n") :]
    assert "Traceback" not in said and "Tweede alinea" not in said
    assert text(course, "eva") and text(course, "zoe")


def test_a_page_is_there_whole_or_not_at_all(course, monkeypatch):
    hand_in(course, "an")
    course.grade()
    course.feedback()
    before = course.page("an")
    judge(course, "an", 20)

    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "De schijf is vol" in course.feedback(code=1)
    assert course.page("an") == before
    monkeypatch.undo()
    monkeypatch.chdir(course.place)
    course.feedback()
    assert "20 op 40" in text(course, "an")
    assert [path.name for path in course.folder("an", "feedback").iterdir()] == ["O1.html"]


def test_levels_that_do_not_agree_with_the_score_are_named(course):
    for student in ("an", "bo", "cis", "dirk"):
        hand_in(course, student)
    course.grade()
    judge(course, "an", 30, LEVELS)
    judge(course, "bo", 26, LEVELS)
    judge(course, "cis", 26, "Zekerheid: 3")
    judge(course, "dirk", 26, "Zekerheid: 3\nZekerheid: 4")
    said = course.feedback()
    assert "an: De niveaus in de opmerking zijn samen 26 punten, maar de score is 30." in said
    assert f"cis: In de opmerking bij {PROSE} heeft niet elk criterium een niveau." in said
    assert "dirk: Bij 'Zekerheid' staan twee verschillende niveaus in de opmerking." in said
    assert "bo:" not in said


def test_a_student_can_be_chosen(course):
    for student in ("an", "anna", "bo"):
        hand_in(course, student)
    course.grade()
    course.feedback("--student", "an")
    assert [path.name for path in (course.place / "feedback").iterdir()] == ["an"]
    course.feedback("--student", "a*")
    assert sorted(path.name for path in (course.place / "feedback").iterdir()) == ["an", "anna"]


def test_formgrader_s_button_makes_the_same_page(course):
    hand_in(course, "an")
    course.grade()
    course.feedback()
    before = course.page("an")
    (course.folder("an", "feedback") / "O1.html").unlink()
    from vermarkting.grading import plugins

    plugins.install()
    feedback.install()
    api = NbGraderAPI(CourseDirectory(root=str(course.place)))
    api.coursedir.source_directory, api.coursedir.release_directory = "solutions", "assignments"
    assert api.generate_feedback(O1, "an")["success"]
    assert course.page("an") == before


def test_without_hand_ins_or_gradebook_there_is_one_sentence(course):
    assert "Er zijn geen inzendingen voor O1" in course.feedback(code=1)
    (course.place / "gradebook.db").unlink()
    assert "staat niet in het puntenboek" in course.feedback(code=1)
    assert not (course.place / "gradebook.db").exists()


def test_a_gradebook_held_by_another_program_is_waited_for(course):
    hand_in(course, "an")
    course.grade()
    other = sqlite3.connect(course.place / "gradebook.db", check_same_thread=False)
    other.execute("begin exclusive")
    said = course.feedback("--AnswerFeedback.lock_seconds=0", code=1)
    assert "hield `gradebook.db` langer dan" in said
    threading.Timer(1, other.rollback).start()
    assert "Feedback gemaakt: 1." in course.feedback()
    other.close()


def test_feedback_goes_back_through_the_exchange_to_those_who_came_that_way(course, tmp_path):
    secret = "0a" * 32
    for student in ("an", "bo"):
        hand_in(course, student)
    (course.folder("an") / "timestamp.txt").write_text("2026-03-12 10:00:00.000000 UTC")
    (course.folder("an") / "submission_secret.txt").write_text(secret)
    (course.folder("bo") / "submission_secret.txt").symlink_to("/etc/hostname")
    course.grade()
    course.feedback()
    assert not (course.folder("bo", "feedback") / "submission_secret.txt").exists()
    for page in course.folder("an", "feedback").glob("*.html"):
        page.chmod(0o600)  # as it is on a school's server
    exchange = tmp_path / "uitwisselmap"
    exchange.mkdir()
    exchange.chmod(0o777)
    said = course.release(f"--Exchange.root={exchange}")
    assert "geef de feedback zelf door: bo." in said
    given = {path.name: path.read_text(encoding="utf-8") for path in exchange.rglob("*.html")}
    assert {path.stat().st_mode & 0o777 for path in exchange.rglob("*.html")} == {0o644}
    # How nbgrader's fetch_feedback looks for it.
    assert given == {hashlib.md5((secret + O1).encode()).hexdigest() + ".html": course.page("an")}


def test_a_lone_notebook_gives_the_same_page(course):
    hand_in(course, "an")
    hand_in(course, "bo", sheet=False)
    course.grade()
    course.feedback()
    assert course.page("bo").replace("<dd>bo</dd>", "<dd>an</dd>") == course.page("an")
