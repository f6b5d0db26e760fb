"""The desk without its page: what a marker is shown, and what becomes of each decision."""

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Timer

import pytest
from kit import ESSAY, Kit
from marked import ASSIGNMENT, CELL, FIRST, LAST, STUDENTS, decide, held

from vermarkting.grading import levels
from vermarkting.grading.desk.ledger import Ledger
from vermarkting.grading.desk.marking import Marking, Refused, overview
from vermarkting.grading.desk.prose import masked, rendered


def test_nothing_that_a_marker_is_shown_tells_whose_it_is(desk):
    marking = desk.marking()
    shown = [marking.asked(), marking.listed(), overview(desk.place, desk.ledger)]
    shown += [marking.shown(answer) for answer in desk.ids.values()]
    said = json.dumps(shown, ensure_ascii=False).casefold()
    assert "groeten" in said and "jouw drie mensen" in said
    assert [name for name in (*STUDENTS, "10053", FIRST.casefold(), LAST.casefold()) if name.casefold() in said] == []


def test_an_answer_is_shown_as_markdown_that_does_nothing(desk):
    shown = desk.marking().shown(desk.ids[STUDENTS[0]])
    assert "<em>nadruk</em>" in shown["text"] and "$20 of $30" in shown["text"]
    assert "<br" in shown["text"] and "<b" not in shown["text"].replace("<br", "")
    assert shown["words"] == len(f"{ESSAY} Groeten, {FIRST} {LAST} (R) regel twee <b onclick=alert(1)>".split())
    assert any("kloppen voor studentnummer ▒▒▒" in part["sentence"] for part in shown["checked"])
    assert {table["caption"] for table in shown["figures"]} >= {"Jouw drie mensen"}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "![x](https://elders.example/x.png)",
        "<https://elders.example>",
        '| a |\n|---|\n| <svg onload="alert(1)"> |',
    ],
)
def test_markup_stays_text(text):
    page = rendered(text)
    assert not any(sign in page for sign in ("<script", "<img", "<svg", "<a "))


def test_a_name_is_covered_as_a_whole_and_whatever_its_capitals():
    assert masked("Van AN  PEETERS. Peeters (2019) zegt", ["an peeters"]) == "Van ▒▒▒. Peeters (2019) zegt"
    assert masked("5 van 10", ["5"]) == "5 van 10"


def test_the_order_is_each_marker_s_own_and_stays(desk):
    def order(marker):
        return [found["id"] for found in desk.marking(marker).listed()["answers"]]

    assert order("an") == order("an") and sorted(order("an")) == sorted(desk.ids.values())
    assert len({tuple(order(marker)) for marker in ("an", "bo", "cis", "dirk")}) > 1
    before = order("an")
    kit = Kit(ASSIGNMENT, desk.course.place / "canary").of("r1005399")
    kit.write(desk.course.place / "submitted" / "r1005399" / ASSIGNMENT)
    desk.course.nbgrader("autograde", ASSIGNMENT)
    assert [answer for answer in order("an") if answer in before] == before


def test_a_decision_stands_in_nbgrader_s_gradebook_and_a_level_can_be_unset(desk):
    student = STUDENTS[0]
    assert held(desk, student)[:2] == (None, True)
    assert decide(desk, student, [3, None, None])["done"] is False
    assert held(desk, student) == (None, True, "Mechanisme: 3 (goed)")
    mark = decide(desk, student, [3, 2, 4], "Let op **de bron**.")
    assert (mark["points"], mark["levels"], mark["remarks"]) == (31, [3, 2, 4], "Let op **de bron**.")
    points, look, comment = held(desk, student)
    assert (points, look) == (31, False)
    rubric = desk.place.rubrics(ASSIGNMENT)[CELL]
    assert levels.read(comment, rubric).points(rubric) == 31
    assert decide(desk, student, [3, None, 4])["done"] is False
    assert held(desk, student)[:2] == (None, True)


def test_points_beside_other_levels_are_said(desk):
    assert not decide(desk, STUDENTS[0], [3, 2, 4])["differs"]
    mark = decide(desk, STUDENTS[0], [3, 2, 4], points=40)
    assert (mark["points"], mark["differs"]) == (40, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": 46},
        {"points": -1},
        {"points": True},
        {"levels": [5, 1, 1]},
        {"levels": [1]},
        {"remarks": "x" * 20_001},
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(desk, wrong):
    before = held(desk, STUDENTS[0])
    wanted = {"levels": [1, 1, 1], "remarks": "", "points": None} | wrong
    with pytest.raises(Refused, match=r"\.$"):
        decide(desk, STUDENTS[0], wanted["levels"], wanted["remarks"], wanted["points"])
    assert held(desk, STUDENTS[0]) == before


def test_a_mark_that_another_changed_is_announced_and_not_overwritten(desk):
    was = desk.marking().shown(desk.ids[STUDENTS[0]])["mark"]["version"]
    decide(desk, STUDENTS[0], [4, 4, 4], marker="bo")
    mark = decide(desk, STUDENTS[0], [1, 1, 1], was=was)
    assert mark["other"] and mark["levels"] == [4, 4, 4]
    assert held(desk, STUDENTS[0])[0] == 45


def test_undo_goes_back_step_by_step_and_never_over_another_s_mark(desk):
    decide(desk, STUDENTS[0], [3, 2, 4])
    for text in ("L", "Let", "Let op"):
        decide(desk, STUDENTS[0], [3, 2, 4], text, typed=True)
    decide(desk, STUDENTS[1], [1, 1, 1])
    marking = desk.marking()
    assert marking.undo()["id"] == desk.ids[STUDENTS[1]] and held(desk, STUDENTS[1])[:2] == (None, True)
    back = marking.undo()
    assert back["mark"]["remarks"] == "" and back["mark"]["levels"] == [3, 2, 4]
    decide(desk, STUDENTS[0], [4, 4, 4], marker="bo")
    assert marking.undo()["other"] and held(desk, STUDENTS[0])[0] == 45
    assert desk.marking("cis").undo() is None


def test_an_answer_without_text_needs_no_marker_and_can_get_one(desk):
    (entry,) = [found for found in desk.marking().listed()["answers"] if found["id"] == desk.ids[STUDENTS[-1]]]
    assert entry["done"] and entry["empty"]
    decide(desk, STUDENTS[-1], [1, 1, 1])
    assert held(desk, STUDENTS[-1])[:2] == (0, False)


def test_a_rubric_that_changed_says_which_marks_it_touches(desk):
    for student in STUDENTS[:2]:
        decide(desk, student, [3, 2, 4])
    path = desk.place.released(ASSIGNMENT) / "rubriek.toml"
    path.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8").replace("points = 11", "points = 12"), encoding="utf-8")
    decide(desk, STUDENTS[1], [3, 2, 4])
    touched = {found["id"] for found in desk.marking().listed()["answers"] if found["outdated"]}
    assert touched == {desk.ids[STUDENTS[0]]}
    assert desk.marking().shown(desk.ids[STUDENTS[0]])["mark"]["differs"]


def test_remarks_are_kept_counted_changed_and_taken_away(desk):
    ledger, question = desk.ledger, desk.marking().question
    for text in ("Bron?", "Sterk.", "Bron?"):
        ledger.keep_remark(question, text)
    first, second = ledger.remarks(question)
    ledger.use_remark(question, second["id"])
    ledger.keep_remark(question, "Heel sterk.", second["id"])
    ledger.keep_remark(question, "", first["id"])
    assert [(found["text"], found["used"]) for found in ledger.remarks(question)] == [("Heel sterk.", 1)]


def test_the_time_left_is_that_of_this_marker(desk):
    assert desk.marking().listed()["seconds"] is None
    for student in STUDENTS[:3]:
        decide(desk, student, [3, 2, 4])
    with sqlite3.connect(desk.course.place / "gradebook.db") as book:
        for number, (row,) in enumerate(book.execute("select id from desk_decision order by id").fetchall()):
            book.execute(
                "update desk_decision set at = ? where id = ?", (f"2026-03-12 10:0{2 * number}:00.000000", row)
            )
    assert desk.marking().listed()["seconds"] == 120
    assert desk.marking("bo").listed()["seconds"] is None


KILLED = """
import os, signal
from vermarkting.grading.desk.ledger import By, Ledger, Mark
ledger = Ledger({url!r})
question = ledger.questions()[{assignment!r}, {cell!r}]
(answer,) = ledger.answers(question, {answer!r})
ledger.decide(question, answer.id, answer.mark.version, Mark(30.0, "bewaard", False), By("an", "x"))
os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


def test_a_decision_survives_a_kill(desk):
    code = KILLED.format(url=desk.url, assignment=ASSIGNMENT, cell=CELL, answer=desk.ids[STUDENTS[2]])
    assert subprocess.run([sys.executable, "-c", code]).returncode != 0
    assert held(desk, STUDENTS[2]) == (30, False, "bewaard")
    assert desk.marking().undo()["id"] == desk.ids[STUDENTS[2]]


def test_a_gradebook_that_is_busy_is_waited_for(desk):
    desk.marking().listed()
    other = sqlite3.connect(desk.course.place / "gradebook.db", isolation_level=None, check_same_thread=False)
    other.execute("begin exclusive")
    Timer(0.5, lambda: other.execute("rollback")).start()
    decide(desk, STUDENTS[0], [3, 2, 4])
    assert held(desk, STUDENTS[0])[0] == 31


def test_markers_at_the_same_time_lose_nothing(desk):
    """Four markers, each on the same five answers; who is told of another's mark looks again and decides again."""
    students, ledgers = STUDENTS[:5], [Ledger(desk.url, seconds=30) for _ in range(4)]
    question = desk.marking().question

    def mark_all(number):
        marking = Marking(desk.place, ledgers[number], question, f"m{number}")
        for student in students:
            mark = marking.shown(desk.ids[student])["mark"]
            for _ in count():
                remarks = f"{mark['remarks']} m{number}".strip()
                wanted = {"levels": [1, 2, 3], "remarks": remarks, "points": None, "was": mark["version"]}
                mark = marking.decide(desk.ids[student], wanted)
                if not mark.get("other"):
                    break

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(mark_all, range(4)))
    for student in students:
        assert sorted(held(desk, student)[2].splitlines()[-1].split()) == ["m0", "m1", "m2", "m3"]
    for ledger in ledgers:
        ledger.close()
