"""A term at the desk, with its buttons and keys alone, in a real browser: from a slip in a key to what goes back.

Sixty people hand in, three of them with the same text. Three hand in nothing, and what one sent cannot be read. Nobody
hands in as a group: O4, which was for three, is made alone. Two lecturers mark, one blind to the other. Every mark is
found again in nbgrader's own export and in formgrader.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe import serious_findings
from courses import ROOT, Course
from downloads import moodle, zipped
from kit import AT, Kit
from lecturer import lab_of
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect

from vermarkting.answers import NAME as SHEET
from vermarkting.grading import rubrics
from vermarkting.handing_in import zip_name
from vermarkting.text import t

ASSIGNMENT, CELL = "O1", "o1-bespreking"
TOKEN = "semester"
SECONDS_FOR_A_COMMAND = 240
FIRST = ("An", "Bilal", "Chloë", "Dries", "Elif", "Femke", "Gust", "Hanne")
LAST = ("Peeters", "De Smet", "Maes", "Öztürk", "Van den Broeck", "Claes", "Willems", "Ndiaye")
PEOPLE = [
    (f"r04{number:05d}", FIRST[number % 8], LAST[number // 8], 7000 + number)
    for number in range(len(FIRST) * len(LAST))
]
HANDED_IN, UNREADABLE, ABSENT = PEOPLE[:60], PEOPLE[60], PEOPLE[61:]
CLASS_LIST = "sep=;\r\nStudentnummer;Naam;Voornaam\r\n" + "".join(
    f"{user};{last};{first}\r\n" for user, first, last, _ in PEOPLE
)
MACHINE = 60  # everybody has all of it right
SHARED = range(3)
SLIP = ("inbesteding", "inbestedng")
CRITERIA = 3


def essay(number: int) -> str:
    """Give a text that tells the test, and nobody else, whose it is; some have a paragraph in common."""
    whose = 0 if number in SHARED else number
    own = " ".join(f"woord{whose * 50 + place}" for place in range(50))
    return f"Dossier {number}. {own}\n\n**Besluit:** we kiezen twee sporen."


def first_levels(number: int) -> list[int]:
    return [1 + (number + 3 * criterion) % 4 for criterion in range(CRITERIA)]


def second_levels(number: int) -> list[int]:
    """The second marker sees the first criterion one level higher in every other text."""
    levels = first_levels(number)
    return [min(4, levels[0] + 1) if number % 2 else levels[0], *levels[1:]]


def hand_ins() -> dict[str, bytes]:
    """Give the entries of Moodle's download."""
    kit, entries = Kit(ASSIGNMENT, None), {}
    for number, student in enumerate(HANDED_IN):
        notebook = kit.bare
        kit.cell(notebook, CELL)["source"] = essay(number)
        sheet = json.dumps(kit.sheet).replace(AT, AT.replace("10:00:00", f"10:{number:02d}:00"))
        parts = {kit.file: json.dumps(notebook).encode(), SHEET: sheet.encode()}
        entries[moodle(student, zip_name(ASSIGNMENT))] = zipped(parts)
    return entries | {moodle(UNREADABLE, zip_name(ASSIGNMENT)): b"PK\x03\x04 half"}


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("bureau") / "cursus")
    with lab_of(course, TOKEN) as base:
        yield SimpleNamespace(course=course, base=base, top=f"{base}/vermarkting/nakijken")


@pytest.fixture(scope="module")
def lecturers(chromium, term):
    """Two lecturers, each in a browser of one's own."""
    contexts = [chromium.new_context(viewport={"width": 1366, "height": 768}, locale="nl-BE") for _ in range(2)]
    pages = [context.new_page() for context in contexts]
    wrong = []
    for page in pages:
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{term.top}?token={TOKEN}")
    yield pages
    for context in contexts:
        context.close()
    assert wrong == []


def press(page: Page, button: str, tone: str = "good") -> str:
    """Press a button of the desk and wait for what it says in the end."""
    return outcome(page, tone, lambda: page.get_by_role("button", name=button, exact=True).click())


def outcome(page: Page, tone: str, start: Callable[[], None]) -> str:
    """Start a command and give what it said; what an earlier one said is put away first."""
    page.locator(".result").evaluate_all("boxes => boxes.forEach((box) => (box.hidden = true))")
    start()
    result = page.locator(".result:visible").filter(has_not=page.locator("progress"))
    expect(result).to_be_visible(timeout=SECONDS_FOR_A_COMMAND * 1000)
    expect(result).to_have_class(f"result {tone}", timeout=5_000)
    expect(page.locator("[data-verb]:disabled")).to_have_count(0)
    assert serious_findings(page, ["main"]) == []
    return result.inner_text()


def begin(page: Page, term: SimpleNamespace, who: str, link: str | None = None) -> None:
    """Open the question as this lecturer, past the anchors; with ``link`` for marking a second time."""
    page.goto(f"{term.top}/opdracht/{ASSIGNMENT}?wie={who}")
    if link is None:
        page.locator(".questions button").click()
    else:
        page.get_by_role("link", name=t("desk.second.link")).click()
        page.get_by_label(t("desk.who")).fill(who)
        page.get_by_role("button", name=link, exact=True).click()
    skip = page.get_by_role("link", name=t("desk.calibration.skip"))
    expect(skip.or_(page.locator("#text p").first)).to_be_visible()
    with suppress(AssertionError):
        expect(skip).to_be_visible(timeout=1)
        skip.click()
    expect(page.locator("#text p").first).to_be_visible()


def mark_all(page: Page, levels_of) -> list[int]:
    """Mark what is left with keys alone; gives the numbers of the texts."""
    done = []
    while page.locator("#state").inner_text() == t("desk.page.pending"):
        number = int(re.search(r"Dossier (\d+)", page.locator("#text").inner_text())[1])
        assert page.locator("#rubric [aria-pressed=true]").count() == 0
        for level in levels_of(number):
            page.keyboard.press(f"Digit{level}")
        expect(page.locator("#state")).to_have_text(t("desk.page.marked"))
        done.append(number)
        page.keyboard.press("n")
        if len(done) < int(page.locator("#place").inner_text().split()[-1]):
            expect(page.locator("#state")).to_have_text(t("desk.page.pending"))
    expect(page.locator("#saved")).to_have_text(t("desk.page.saved"))
    assert serious_findings(page, ["main", "header"]) == []
    return done


def points(levels: list[int]) -> int:
    """Give what these levels come to with the machine's points."""
    criteria = rubrics.read(ROOT / "solutions" / ASSIGNMENT / rubrics.NAME)[CELL].criteria
    return MACHINE + sum(int(one.levels[level - 1].points) for one, level in zip(criteria, levels, strict=True))


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(found.value.path()).read_bytes()


def test_a_term_goes_from_a_slip_in_a_key_to_scores_with_buttons_and_keys_alone(term, lecturers):
    an, bo = lecturers
    the_class_list_and_a_slip_in_a_key(term, an)
    hand_ins_are_collected_and_graded(term, an)
    both_mark(term, an, bo)
    settled = they_settle(term, an)
    final = {student[0]: points(settled.get(number, first_levels(number))) for number, student in enumerate(HANDED_IN)}
    feedback_goes_back(term, an, final)
    everybody_is_in_the_scores(term, an, final)
    every_mark_is_found_again(term, an, final)


def the_class_list_and_a_slip_in_a_key(term, page):
    expect(page.locator("#people")).to_have_text(t("desk.class_list.none"))
    list_ = {"name": "klas.csv", "mimeType": "text/csv", "buffer": CLASS_LIST.encode("cp1252")}
    page.locator("#class-list").set_input_files(list_)
    expect(page.locator("#people")).to_have_text(t("desk.class_list.there", count=len(PEOPLE)))
    assert serious_findings(page, ["main", "nav"]) == []

    own = term.course.place / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    right = own.read_text(encoding="utf-8")
    wrong = right.replace(*(f'\\"{part}\\"' for part in SLIP))
    assert wrong != right
    own.write_text(wrong, encoding="utf-8")
    page.locator(".questions").get_by_role("link", name=re.compile(f"^{ASSIGNMENT} ")).click()
    said = press(page, t("desk.step.make_now"), tone="bad")
    assert f"{ASSIGNMENT}.ipynb" in said and all(part in said for part in SLIP)
    assert not (term.course.place / "assignments" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").exists()
    own.write_text(right, encoding="utf-8")
    press(page, t("desk.step.make_now"))
    expect(page.get_by_text(t("desk.step.made"))).to_be_visible()


def hand_ins_are_collected_and_graded(term, page):
    download = {"name": "moodle.zip", "mimeType": "application/zip", "buffer": zipped(hand_ins())}
    said = outcome(page, "look", lambda: page.locator("#download").set_input_files(download))
    assert t("collect.counts", new=60, renewed=0, same=0, refused=1) in said
    expect(page.get_by_text(t("desk.step.submitted", count=60))).to_be_visible()
    said = press(page, t("desk.step.grade_now"))
    assert t("grading.summary.counts", graded=60, unchanged=0, look=0, failed=0) in said


def both_mark(term, an, bo):
    """An marks all; Bo looks on at one, may not change it unseen, and marks a fifth without seeing An's levels."""
    begin(bo, term, "Bo")
    bo.route(re.compile(r"/lijst\?"), lambda route: route.abort())  # no news but what a decision brings
    same = bo.url.partition("#")[2]
    begin(an, term, "An")
    assert sorted(mark_all(an, first_levels)) == list(range(60))
    bo.keyboard.press("Digit1")
    expect(bo.locator("#notice")).to_have_text(t("desk.page.changed"))
    bo.unroute_all()
    an.goto(f"{term.top}/vraag/{ASSIGNMENT}/{CELL}?wie=An#{same}")
    an.reload()
    expect(an.locator("#rubric [aria-pressed=true]")).to_have_count(CRITERIA)

    begin(bo, term, "Bo", link=t("desk.second.share", share=20))
    assert len(mark_all(bo, second_levels)) == 12

    an.goto(f"{term.top}/opdracht/{ASSIGNMENT}?wie=An")
    an.get_by_role("link", name=t("desk.similar.link")).click()
    expect(an.locator("section.card")).to_have_count(len(SHARED) * (len(SHARED) - 1) // 2)
    assert serious_findings(an, ["body"]) == []


def they_settle(term, page) -> dict[int, list[int]]:
    """Where both differ the higher level counts; gives the levels of what was settled, by number."""
    settled = {}
    page.goto(f"{term.top}/opdracht/{ASSIGNMENT}?wie=An")
    page.get_by_role("link", name=t("desk.second.link")).click()
    assert serious_findings(page, ["main"]) == []
    for left in range(page.locator(".settle").count(), 0, -1):
        form = page.locator(".settle").first
        number = int(re.search(r"Dossier (\d+)", form.locator(".prose").text_content())[1])
        levels = settled[number] = second_levels(number)
        assert levels != first_levels(number)
        for choice, level in zip(form.locator("select").all(), levels, strict=True):
            choice.select_option(str(level))
        form.get_by_role("button", name=t("desk.second.settle")).click()
        expect(page.locator(".settle")).to_have_count(left - 1)
    assert settled
    expect(page.get_by_text(t("desk.second.settled", count=len(settled)))).to_be_visible()
    return settled


def feedback_goes_back(term, page, final):
    page.goto(f"{term.top}/opdracht/{ASSIGNMENT}")
    press(page, t("desk.step.feedback_now"))
    with zipfile.ZipFile(io.BytesIO(downloaded(page, f"{ASSIGNMENT}-moodle.zip"))) as back:
        pages = {name: back.read(name).decode() for name in back.namelist()}
    for number, student in enumerate(HANDED_IN):
        (name,) = [name for name in pages if f"_{student[3]}_assignsubmission_file_" in name]
        assert name.startswith(f"{student[1]} {student[2]}_")
        text = re.sub(r"<[^>]+>", "", pages[name])
        assert f"Dossier {number}." in text and f"Totaal: {final[student[0]]} op 100" in text
    assert len(pages) == 60


def everybody_is_in_the_scores(term, page, final):
    press(page, t("desk.scores.make"))
    page.goto(term.top)
    own = {row["Student"]: row for row in rows(downloaded(page, "gewoon.csv"))}
    assert set(own) == {student[0] for student in PEOPLE}
    assert {name: Decimal(own[name][f"{ASSIGNMENT} (op 100)"]) for name in final} == final
    states = {row["Student"]: row for row in rows(downloaded(page, "toestand.csv")) if row["Opdracht"] == ASSIGNMENT}
    wanted = dict.fromkeys(final, "marked") | {UNREADABLE[0]: "missed"} | {student[0]: "none" for student in ABSENT}
    assert {name: row["Toestand"] for name, row in states.items()} == {
        name: t(f"export.states.{state}") for name, state in wanted.items()
    }
    page.get_by_role("link", name=t("desk.places.klas"), exact=True).click()
    expect(page.locator(".figure .main-svg").first).to_be_visible()
    assert serious_findings(page, ["main"]) == []


def every_mark_is_found_again(term, page, final):
    """nbgrader's own export, its gradebook, and formgrader's list say the same."""
    place = term.course.place
    term.course.nbgrader("export", "--exporter=nbgrader.plugins.CsvExportPlugin", f"--to={place / 'nbgrader.csv'}")
    with (place / "nbgrader.csv").open(encoding="utf-8") as file:
        stock = {row["student_id"]: Decimal(row["score"]) for row in csv.DictReader(file)}
    assert {name: stock[name] for name in final} == final
    with Gradebook(f"sqlite:///{place / 'gradebook.db'}") as gradebook:
        for student, whole in final.items():
            grade = gradebook.find_grade(CELL, ASSIGNMENT, ASSIGNMENT, student)
            assert (MACHINE + Decimal(str(grade.manual_score)), grade.needs_manual_grade) == (whole, False)
    page.goto(f"{term.base}/formgrader/manage_submissions/{ASSIGNMENT}")
    expect(page.locator("#main-table .score").first).to_have_text(re.compile(r"\d+ / 100"))
    shown = dict(
        page.locator("#main-table tr").evaluate_all(
            "rows => rows.map(row => ['.student-id', '.score'].map(cell => row.querySelector(cell).textContent))"
        )
    )
    assert {name: Decimal(shown[name].split(" / ")[0]) for name in final} == final


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
