"""Self-checks reach back, each question once; a review takes first what was missed, and mixes the lessons."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermarkting import data, pages, reviewing
from vermarkting.answers import NAME, Answer, AnswerSheet
from vermarkting.widgets import self_check
from vermarkting.widgets.review import CheckQuestion, Review
from vermarkting.widgets.way_on import WayOn

LESSONS = [f"{number:02}" for number in range(1, 11)]
CHECKS = {name: data.question(name) for name in pages.checks()}


def lesson_of(question_id: str) -> str:
    return question_id.partition(".")[0]


def right_answer(question: dict) -> object:
    kind = question["kind"]
    if kind == "single":
        return next(option["id"] for option in question["options"] if option["correct"])
    if kind == "multiple":
        return [option["id"] for option in question["options"] if option["correct"]]
    if kind == "match":
        return {item["id"]: item["answer"] for item in question["items"]}
    return question["solution"] if kind == "order" else question["answer"]


def wrong_answer(question: dict) -> object:
    kind = question["kind"]
    if kind == "single":
        return next(option["id"] for option in question["options"] if not option["correct"])
    if kind in ("multiple", "match"):
        return right_answer(question).__class__()
    return question["solution"][::-1] if kind == "order" else question["max"]


def half_answer(question: dict) -> object:
    right = right_answer(question)
    if question["kind"] == "match":
        return dict(list(right.items())[:1])
    return right[:1] if question["kind"] == "multiple" else right[::-1]


@pytest.mark.parametrize("lesson", LESSONS)
def test_two_of_the_five_questions_of_a_self_check_are_of_earlier_lessons(lesson, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = [question.name for question in self_check(lesson).children]
    earlier = [name for name in asked if lesson_of(name) != lesson]
    assert len(asked) == 5 and len(earlier) == 2
    assert all(lesson_of(name) < lesson for name in earlier)
    assert [lesson_of(name) == lesson for name in asked] == [True, False, True, False, True]
    for question in self_check(lesson).children:
        assert question.question["prompt"].startswith("Terugblik op les ") is (question.name in earlier)


def test_the_distance_grows_and_no_question_is_asked_twice():
    asked = {lesson: [name for name in pages.asked(lesson) if name in CHECKS] for lesson in LESSONS}
    distances = {
        lesson: sorted(int(lesson) - int(lesson_of(name)) for name in asked[lesson] if lesson_of(name) != lesson)
        for lesson in LESSONS
    }
    assert all(distances[lesson] == [1, 3] for lesson in LESSONS[3:])
    times = Counter(name for names in asked.values() for name in names)
    assert set(times.values()) == {1}
    later = {name for name, question in CHECKS.items() if question.get("asked_in") == reviewing.PAGE}
    assert set(times) | later == set(CHECKS) and len(later) == 4


def test_progress_counts_a_question_where_it_is_asked():
    name, question = next((name, one) for name, one in CHECKS.items() if one.get("asked_in") == "05")
    filled = {lesson: pages.of_lesson(lesson, {name: right_answer(question)}).filled for lesson in (name[:2], "05")}
    assert filled == {name[:2]: 0, "05": 1}


@pytest.mark.parametrize("name", CHECKS)
def test_right_and_wrong_are_told_apart(name):
    assert reviewing.is_right(CHECKS[name], right_answer(CHECKS[name]))
    assert not reviewing.is_right(CHECKS[name], wrong_answer(CHECKS[name]))
    assert not reviewing.is_right(CHECKS[name], {"x": "y"})


def keep(sheet: AnswerSheet, name: str, right: bool) -> None:
    question = CHECKS[reviewing.original(name)]
    sheet.put(name, right_answer(question) if right else wrong_answer(question))
    if not right:
        sheet.put(reviewing.FIRST, reviewing.checked(sheet.all(), reviewing.original(name), True))


def test_what_was_missed_comes_first_and_four_at_most(tmp_path):
    sheet = AnswerSheet(tmp_path / NAME)
    for name in CHECKS:
        keep(sheet, name, right=lesson_of(name) not in ("02", "05"))
    chosen = [reviewing.original(name) for name in reviewing.next_round(sheet.all())]
    assert len(chosen) == len(set(chosen)) == 6
    assert sum(lesson_of(name) in ("02", "05") for name in chosen) == 4
    assert all(lesson_of(one) != lesson_of(other) for one, other in pairwise(chosen))


def test_one_who_missed_everything_gets_six_of_it(tmp_path):
    sheet = AnswerSheet(tmp_path / NAME)
    for name in CHECKS:
        if lesson_of(name) in ("01", "02"):
            keep(sheet, name, right=False)
    assert len(reviewing.next_round(sheet.all())) == 6


def test_a_review_keeps_to_the_lessons_that_were_begun(tmp_path):
    sheet = AnswerSheet(tmp_path / NAME)
    assert len(reviewing.next_round(sheet.all())) == 6
    sheet.put("03.prijspunten", 30)
    assert {lesson_of(reviewing.original(name)) for name in reviewing.next_round(sheet.all())} == {"03"}


@given(st.sets(st.sampled_from(sorted(CHECKS))), st.sets(st.sampled_from(sorted(CHECKS))), st.integers(0, 9))
def test_no_round_asks_a_question_twice_or_without_a_turn_of_its_own(answered, missed, turns):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    answers = {name: Answer(right_answer(CHECKS[name]), now) for name in answered}
    answers |= {reviewing.asked_as(name, turn + 1): answers[name] for name in answered for turn in range(turns)}
    answers[reviewing.FIRST] = Answer(dict.fromkeys(missed, 1), now)
    found = reviewing.next_round(answers)
    originals = [reviewing.original(name) for name in found]
    assert len(originals) == len(set(originals)) <= 6
    assert not set(found) & set(answers)


def test_the_first_check_counts_as_a_miss_and_a_review_wins_it_back(tmp_path):
    sheet = AnswerSheet(tmp_path / NAME)
    name, question = next((name, one) for name, one in CHECKS.items() if one["kind"] == "single")
    asked = CheckQuestion(name, question, sheet)
    asked.answer = wrong_answer(question)
    assert reviewing.missed(sheet.all()) == [name]
    asked.answer = right_answer(question)
    assert reviewing.missed(sheet.all()) == [name]

    page = Review(sheet)
    assert "1 vraag terug te winnen, uit les" in page.children[0].text
    page._begin()
    again = next(child for child in page.children if getattr(child, "name", "").startswith(f"herhaling.{name}"))
    assert again.answer is None and again.question["prompt"].startswith("Terugblik op les")
    again.answer = right_answer(question)
    assert reviewing.missed(sheet.all()) == []
    assert "geen enkele vraag meer" in page.children[0].text


@pytest.mark.parametrize("kind", ["match", "multiple", "order"])
def test_what_was_filled_in_before_a_reload_and_checked_after_it_counts(tmp_path, kind):
    """A first part is kept at once, long before the check: after a reload that check is still the first."""
    sheet = AnswerSheet(tmp_path / NAME)
    ours = ((name, one) for name, one in CHECKS.items() if one["kind"] == kind)
    name, question = next(found for found in ours if half_answer(found[1]) != right_answer(found[1]))
    CheckQuestion(name, question, sheet).answer = half_answer(question)
    assert reviewing.missed(sheet.all()) == []
    again = CheckQuestion(name, question, sheet)
    again._handle_custom_msg("check", [])
    assert reviewing.missed(sheet.all()) == [name]
    once_more = CheckQuestion(name, question, sheet)
    once_more.answer = right_answer(question)
    once_more._handle_custom_msg("check", [])
    assert reviewing.missed(sheet.all()) == [name]


def test_right_at_once_stays_so_whatever_is_chosen_later(tmp_path):
    sheet = AnswerSheet(tmp_path / NAME)
    name, question = next((name, one) for name, one in CHECKS.items() if one["kind"] == "single")
    CheckQuestion(name, question, sheet).answer = right_answer(question)
    CheckQuestion(name, question, sheet).answer = wrong_answer(question)
    assert reviewing.missed(sheet.all()) == []


def test_a_miss_in_a_review_stays_to_be_won_back_and_comes_again(tmp_path):
    sheet = AnswerSheet(tmp_path / NAME)
    name = next(name for name, one in CHECKS.items() if one["kind"] == "multiple")
    keep(sheet, name, right=False)
    page = Review(sheet)
    page._begin()
    again = next(child for child in page.children if getattr(child, "name", "").startswith(f"herhaling.{name}"))
    again.answer = wrong_answer(CHECKS[name])
    again._handle_custom_msg("check", [])
    again.answer = right_answer(CHECKS[name])
    again._handle_custom_msg("check", [])
    assert reviewing.missed(sheet.all()) == [name]
    assert reviewing.asked_as(name, 2) in reviewing.next_round(sheet.all())


def test_a_round_stays_until_the_next_is_asked_for(tmp_path):
    sheet = AnswerSheet(tmp_path / NAME)
    page = Review(sheet)
    assert len(page.children) == 2
    page._begin()
    asked = [child.name for child in page.children if isinstance(child, CheckQuestion)]
    assert [child.name for child in Review(sheet).children if isinstance(child, CheckQuestion)] == asked
    assert page.lessons[0]["text"].endswith("0 van de 6 vragen") and page.lessons[0]["state"] == "open"
    for child in page.children[1:-2]:
        child.answer = right_answer(data.question(reviewing.original(child.name)))
    assert page.children[-2].tone == "done" and "6 van de 6 staan nu juist" in page.children[-2].text
    assert page.lessons == [row for row in WayOn("02", sheet).lessons if row["path"] == "herhaling.ipynb"]
    assert page.lessons[0]["text"].endswith("6 van de 6 vragen") and page.lessons[0]["state"] == "done"
    page._begin()
    assert [child.name for child in page.children if isinstance(child, CheckQuestion)] != asked


@pytest.mark.parametrize("value", [5, ["x"], "herhaling.99.weg.1 onzin", {"a": "b"}, ""])
def test_a_sheet_with_nonsense_is_no_trouble(tmp_path, value):
    sheet = AnswerSheet(tmp_path / NAME)
    sheet.put(reviewing.ROUND, value)
    sheet.put(reviewing.FIRST, value)
    page = Review(sheet)
    page._begin()
    assert len(reviewing.round_of(sheet.all())) == 6
