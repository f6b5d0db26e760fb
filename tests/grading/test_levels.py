"""Rubric levels in a comment, as lecturers type them."""

import pytest

from vermarkting.grading.levels import read
from vermarkting.grading.rubrics import Criterion, Level, Rubric

RUBRIC = Rubric(
    "cel",
    "Titel",
    tuple(
        Criterion(name, tuple(Level(points, f"{name} {points}") for points in levels))
        for name, levels in (
            ("Bronnen wegen", (0, 7, 12, 16)),
            ("Zekerheid", (0, 5, 9, 12)),
            ("Één vraag", (0, 1, 2, 3)),
        )
    ),
)


@pytest.mark.parametrize(
    ("line", "criterion", "level"),
    [
        ("Bronnen wegen: 3", "Bronnen wegen", 3),
        ("Bronnen wegen: 3 (goed)", "Bronnen wegen", 3),
        ("  - bronnen WEGEN : 3", "Bronnen wegen", 3),
        ("* **Bronnen wegen**: 3", "Bronnen wegen", 3),
        ("bronnen: niveau 4", "Bronnen wegen", 4),
        ("Zekerheid = sterk", "Zekerheid", 4),
        ("Zekerheid: in ontwikkeling", "Zekerheid", 2),
        ("Zekerheid: 2/4", "Zekerheid", 2),
        ("Zekerheid: 1 op 4", "Zekerheid", 1),
        ("een vraag: 2", "Één vraag", 2),
        ("zek: 4.", "Zekerheid", 4),
    ],
)
def test_a_level_is_read(line, criterion, level):
    judged = read(f"Mooi.\n{line}\nWerk verder.", RUBRIC)
    assert judged.levels == {criterion: level}
    assert judged.remarks == "Mooi.\nWerk verder."


@pytest.mark.parametrize(
    "line",
    [
        "Zekerheid: 3 keer vergeten",
        "Zekerheid: 5",
        "Zekerheid: 0",
        "Zekerheid: 2,5",
        "Zekerheid: 12",
        "Zekerheid",
        "Stijl: 3",
        "z: 3",
        "Zekerheid: goede aanzet",
        "http://zekerheid.example: 3",
        "Over zekerheid: 3",
    ],
)
def test_what_is_no_level_stays_a_remark(line):
    assert read(line, RUBRIC) == read(line, None)
    assert read(line, RUBRIC).remarks == line


def test_a_remark_after_a_level_stays():
    judged = read("Zekerheid: 3, maar let op <b>", RUBRIC)
    assert judged.levels == {"Zekerheid": 3}
    assert judged.remarks == "Zekerheid: maar let op <b>"


def test_two_levels_for_one_criterion_are_none():
    judged = read("Zekerheid: 3\nZekerheid: 2\nBronnen: 1\nBronnen wegen: 1", RUBRIC)
    assert judged.levels == {"Bronnen wegen": 1}
    assert judged.doubts == ("Zekerheid",)


def test_points_need_every_criterion():
    # 12 + 5 + 3
    assert read("Bronnen: 3\nZekerheid: 2\nÉén: 4", RUBRIC).points(RUBRIC) == 20
    assert read("Bronnen: 3\nZekerheid: 2", RUBRIC).points(RUBRIC) is None


@pytest.mark.parametrize("comment", [None, "", "   "])
def test_no_comment_says_nothing(comment):
    assert read(comment, RUBRIC).levels == {} and read(comment, RUBRIC).remarks == ""


def test_a_long_line_takes_no_time():
    assert read("a" * 50_000 + " : " + "_" * 50_000, RUBRIC).levels == {}
