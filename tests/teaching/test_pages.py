"""The lecturer's pages: every section, a plan of 90 minutes twice, and no code or question that does not exist."""

import json
import re
from pathlib import Path

import pytest
from language_rules import english, gendered, long_sentences, misspelled, other_terms
from spelling import word_checker

from vermarkting import data
from vermarkting.content import folder
from vermarkting.references import CODE
from vermarkting.teaching import minutes
from vermarkting.teaching.items import lessons
from vermarkting.teaching.pages import Page, pages, read

SECTIONS = [
    "Waar het om draait",
    "Doelen",
    "Beeld",
    "Plan met computers",
    "Plan zonder computers",
    "Wat vaak misloopt",
    "Nabespreking",
    "Groepsvorm",
    "Als je minder tijd hebt",
    "Naar het beroep",
]
LESSONS = [read(f"les_{lesson}") for lesson in lessons()]
ALL = [*LESSONS, *(page for page in pages() if page.lesson is None)]


def named(page: Page) -> str:
    return page.name


@pytest.mark.parametrize("page", LESSONS, ids=named)
def test_a_lessons_page_has_every_section_with_something_in_it(page):
    assert [section.title for section in page.sections] == SECTIONS
    assert all(len(section.text.split()) >= 15 for section in page.sections)


@pytest.mark.parametrize("page", LESSONS, ids=named)
@pytest.mark.parametrize("plan", ["Plan met computers", "Plan zonder computers"])
def test_a_plan_fills_ninety_minutes(page, plan):
    rows = page.rows(plan)
    assert sum(int(row[0]) for row in rows) == 90
    assert all(step and how for _, step, how in rows)


@pytest.mark.parametrize("page", LESSONS, ids=named)
def test_a_lessons_page_names_its_goals_and_only_those(page):
    goals = {row["id"] for row in data.rows("learning_goals") if row["lesson"] == page.lesson}
    assert set(re.findall(r"^- (\d\d\.\d):", page.section("Doelen").text, re.MULTILINE)) == goals


@pytest.mark.parametrize("page", LESSONS, ids=named)
def test_what_goes_wrong_is_answered_and_has_a_question_of_the_lesson(page):
    rows = page.rows("Wat vaak misloopt")
    assert len(rows) >= 4
    asked = set(data.questions(page.lesson))
    for said, answer, question in rows:
        assert said.startswith("‘") and len(answer.split()) >= 5
        lesson, _, name = question.strip("`").partition(".")
        assert lesson == page.lesson and name in asked, question


@pytest.mark.parametrize("page", LESSONS, ids=named)
def test_each_number_of_the_picture_stands_in_the_lesson(page):
    """What a lesson's text claims about a model or a table is tested there; the picture claims nothing else."""
    row = next(row for row in data.rows("pages") if row["id"] == page.lesson)
    notebook = json.loads((folder("lessons").parent / row["path"]).read_text(encoding="utf-8"))
    told = " ".join("".join(cell["source"]) for cell in notebook["cells"])
    for _, *numbers in page.rows("Beeld"):
        for number in numbers:
            assert re.search(rf"(?<![\d,.]){re.escape(number)}(?!\d|[,.]\d)", told), f"{number} is not in the lesson"


@pytest.mark.parametrize("page", ALL, ids=named)
def test_every_code_exists(page):
    known = {row["id"] for table in ("sources", "arguments") for row in data.rows(table)}
    assert set(CODE.findall(page.text)) <= known


@pytest.mark.parametrize("page", ALL, ids=named)
def test_a_tactic_that_divides_the_market_comes_with_the_warning(page):
    if re.search(r"samenspanning|wijken te verdelen|schijnofferte", page.text):
        assert "**Juridische waarschuwing.**" in page.text and "[L16; B90, middel]" in page.text


def test_the_pages_are_good_dutch():
    texts = [page.text for page in ALL]
    found = misspelled(texts, word_checker())
    found += [finding for rule in (english, long_sentences, gendered, other_terms) for finding in rule(texts)]
    assert not found, "\n".join(found)


ASSIGNMENT = re.compile(r"\bO\d\b")
PER_HOUR = 60
ROOM = 0.5  # an hour half more or less is no other programme


def _assignment_minutes(name: str) -> int:
    text = (folder("assignments") / name / f"{name}.ipynb").read_text(encoding="utf-8")
    return int(re.search(r"\*\*(\d+) minuten\*\*", text)[1])


@pytest.mark.parametrize(("programme", "title"), [(3, "Drie"), (6, "Zes"), (12, "Twaalf")])
def test_the_hours_of_a_programme_are_those_of_what_it_asks(programme, title):
    page = read("programma")
    rows = page.rows(f"{title} sessies")
    assert len(rows) == programme
    at_home = {f"{int(number):02}" for row in rows for number in re.findall(r"les (\d+)", row[2], re.IGNORECASE)}
    tasks = set(ASSIGNMENT.findall(" ".join(row[3] for row in rows)))
    told = next(row for row in page.rows("Uren en studiepunten") if row[0] == f"{programme} sessies")
    contact, at_lessons, at_tasks, together, points = (float(cell.replace(",", ".")) for cell in told[1:])
    assert contact == programme * 90 / PER_HOUR
    assert at_lessons == pytest.approx(sum(minutes.minutes(lesson) for lesson in at_home) / PER_HOUR, abs=ROOM)
    assert at_tasks == pytest.approx(sum(_assignment_minutes(name) for name in tasks) / PER_HOUR, abs=ROOM)
    assert together == pytest.approx(contact + at_lessons + at_tasks, abs=ROOM)
    assert together / 30 - 0.1 <= points <= together / 25 + 0.1


def test_every_file_of_the_folder_is_a_page_and_so_is_the_table_of_goals():
    assert {page.name for page in pages()} == {"doelen"} | {
        path.stem for path in Path(folder("data") / "teaching").glob("*.md")
    }
