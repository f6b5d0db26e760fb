"""Goals, activities and assessments belong together: each place that a goal names exists, and fits the goal's level."""

import re

import pytest

from vermarkting import data, pages
from vermarkting.teaching import goals

ROWS = data.rows("learning_goals")
LESSON_GOALS = [row for row in ROWS if row["lesson"].isdecimal()]
MAKING = {"evalueren", "creëren"}
EXPLAINED = ("single", "multiple", "match", "order", "number", "slider", "bet", "duel")


def named(row: dict) -> str:
    return row["id"]


def question_of(place: str) -> dict | None:
    return data.question(place) if re.fullmatch(r"\d\d\.\w+", place) else None


def page_of(place: str) -> str:
    return re.match(r"(\d\d|o\d)", place)[1].upper()


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_every_place_of_a_goal_exists(row):
    assert row["activity_in"] and row["assessed_by"]
    assert not [place for place in row["activity_in"] + row["assessed_by"] if place not in goals.places()]


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_goal_is_practised_on_its_own_page(row):
    assert {page_of(place) for place in row["activity_in"]} == {row["lesson"]}


@pytest.mark.parametrize("row", LESSON_GOALS, ids=named)
def test_what_assesses_a_goal_of_a_lesson_tells_the_reader_how_it_went(row):
    asked = [place for place in row["assessed_by"] if question_of(place)]
    assert asked, "no question of a lesson assesses it"
    for place in asked:
        question = question_of(place)
        explained = question["kind"] in EXPLAINED or question.get("example")
        assert explained, place
    assert all(page_of(place) == row["lesson"] for place in asked)


@pytest.mark.parametrize("row", [row for row in ROWS if row["bloom"] == "creëren"], ids=named)
def test_making_is_assessed_by_something_made(row):
    kinds = [question["kind"] if (question := question_of(place)) else "part" for place in row["assessed_by"]]
    assert "text" in kinds or "part" in kinds


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_words_name_the_assignments_and_criteria_that_the_places_are_in(row):
    said = set(re.findall(r"\bO\d\b", row["assessment"]))
    there = {page_of(place) for place in row["assessed_by"] if place.startswith("o")}
    if row["lesson"].isdecimal():
        assert said == there
    criteria = [place.partition(":")[2].lower() for place in row["assessed_by"] if ":" in place]
    words = row["assessment"].lower()
    if "criteri" in words:
        assert all(criterion in words for criterion in criteria), criteria
    looks_back = {
        str(int(question["asked_in"]))
        for place in row["assessed_by"]
        if (question := question_of(place)) and question.get("asked_in", "herhaling") != "herhaling"
    }
    assert all(re.search(rf"\bles(?:ten van les)? (?:\d+ en )?{lesson}\b", words) for lesson in looks_back), looks_back


def test_every_graded_part_and_every_criterion_assesses_a_goal():
    used = {place for row in ROWS for place in row["assessed_by"]}
    criteria = {place for place in goals.places() if ":" in place}
    assert not criteria - used
    assert set(pages.checks()) <= goals.places()


def test_the_lecturers_page_shows_every_goal_with_its_places():
    text = goals.text()
    for row in ROWS:
        [line] = [line for line in text.splitlines() if line.startswith(f"| {row['id']} |")]
        assert all(f"`{place}`" in line for place in row["activity_in"] + row["assessed_by"])
