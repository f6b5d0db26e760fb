"""Every lesson in a real browser: alive, in Dutch, by keyboard, for everybody, also at 200 % zoom and after a reload.

A page takes some ten seconds to open, so that each lesson is opened once and its tests follow each other.
"""

import json
import re
import time
import zlib

import pytest
from axe import serious_findings
from playwright.sync_api import Page, expect

from vermarkting import data
from vermarkting.content import folder

LESSONS = {path.stem[:2]: path.name for path in sorted(folder("lessons").glob("[0-9]*.ipynb"))}
BROKEN = re.compile(r"\b(undefined|null|NaN|the|and|loading|error|click|show|submit|object)\b|\{\w", re.IGNORECASE)
PARTS = ".jp-OutputArea-output :is(.vm-question, .vm-prose, .vm-chart, .vm-range, .vm-choice, .vm-cards, .vm-way-on)"
OPEN_BET = ".vm-kind-bet:has(.vm-button:not([hidden]))"
COUNT_DRAWINGS = "document.addEventListener('vermarkting:drawn', () => { window.drawn = (window.drawn ?? 0) + 1; })"
CLIPPED = """parts => [...document.querySelectorAll(parts + ", " + parts + " :not(svg *)")]
  .filter((node) => node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1)
  .filter((node) => !node.matches(".vm-hidden, select, textarea, input"))
  .map((node) => `${node.tagName} ${node.className}: ${node.scrollWidth} > ${node.clientWidth}`)"""

COUNT_FOLDS = """addEventListener("beforeprint", () => {
  window.folded = document.querySelectorAll("details:not([open], .vm-grounds)").length;
})"""
LOOSE_CODES = """(nodes, code) => nodes.flatMap((node) => {
  const copy = node.cloneNode(true);
  for (const inner of copy.querySelectorAll("button, code, a")) inner.remove();
  return copy.textContent.match(new RegExp(code, "g")) ?? [];
})"""


STAGE_HEIGHTS = """stages => stages.map((stage) => {
  for (const open of stage.querySelectorAll("details[open]")) open.open = false;
  return { height: stage.getBoundingClientRect().height, holds: stage.innerText.slice(0, 80) };
})"""


PAPER = {"width": 680, "height": 1009}  # what A4 has room for within our margins, in pixels


def drawn_on(pdf: bytes) -> list[bytes]:
    """Give what is drawn on each page of a file that Chromium printed."""
    objects = dict(re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL))
    pages = [told for told in objects.values() if re.search(rb"/Type /Page\b", told)]
    contents = [objects[re.search(rb"/Contents (\d+) 0 R", told)[1]] for told in pages]
    return [zlib.decompress(re.search(rb"stream\r?\n(.*)\nendstream", told, re.DOTALL)[1]) for told in contents]


def as_one_page(page: Page) -> float:
    """Give how high the page would be on paper without an end."""
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    return height


class Lesson:
    """One lesson on screen, and the sheet that its answers go to."""

    def __init__(self, page: Page, sheet, bets: int):
        self.page, self.sheet, self.bets = page, sheet, bets

    def wait_until_alive(self) -> None:
        """Wait until no cell of the lesson is without its output and each chart in it is drawn."""
        cells = self.page.locator(".jp-CodeCell")
        expect(cells.filter(has=self.page.locator(PARTS))).to_have_count(cells.count())
        self.page.wait_for_function("[...document.querySelectorAll('.vm-picture')].every(n => n.querySelector('svg'))")

    def answers(self) -> dict:
        saved = json.loads(self.sheet.read_text())["answers"] if self.sheet.is_file() else {}
        return {name: entry["value"] for name, entry in saved.items()}

    def set_bets(self) -> None:
        for _ in range(self.bets):
            bet = self.page.locator(OPEN_BET).first
            if not bet.count():
                return
            charts = self.page.locator(".vm-picture").count()
            bet.locator("input").first.focus()
            self.page.keyboard.press("Space")
            button = bet.get_by_role("button", name="Mijn voorspelling staat vast")
            expect(button).to_be_enabled()
            for _ in range(12):  # codes in the options are stops of the Tab key too
                self.page.keyboard.press("Tab")
                if button.evaluate("node => node === document.activeElement"):
                    break
            expect(button).to_be_focused()
            self.page.keyboard.press("Enter")
            self.page.wait_for_function(f"document.querySelectorAll('.vm-picture').length > {charts}")
        self.wait_until_alive()


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request, at_home, lab):
    bets = sum(question["kind"] == "bet" for question in data.questions(request.param).values())
    page = at_home.new_page()
    page.add_init_script(COUNT_DRAWINGS)
    (lab.folder / "lessons" / "antwoorden.json").unlink(missing_ok=True)
    page.goto(lab.address(f"lessons/{LESSONS[request.param]}", f"lesson{time.monotonic_ns()}"))
    opened = Lesson(page, lab.folder / "lessons" / "antwoorden.json", bets)
    expect(page.locator(PARTS).first).to_be_visible()
    yield opened
    lab.leave(page)


def test_it_is_alive_without_a_click_and_without_an_error(lesson):
    lesson.wait_until_alive()
    wrong = lesson.page.locator(".jp-OutputArea-output.jp-mod-error, [data-mime-type*=stderr], .jupyter-widgets-error")
    assert wrong.count() == 0
    assert lesson.answers() == {}
    assert lesson.page.locator(OPEN_BET).count() == lesson.bets


def test_it_shuts_nobody_out_on_opening(lesson):
    assert serious_findings(lesson.page) == []


def test_a_code_opens_a_card_by_keyboard_and_by_mouse(lesson):
    page = lesson.page
    codes = page.locator(".jp-RenderedMarkdown .vm-code:not(.vm-term)")
    sentence = r"\b(?:A\d{3}|B\d+|S\d)\b"
    loose = page.locator(".jp-RenderedMarkdown :is(p, li, td)").evaluate_all(LOOSE_CODES, sentence)
    assert loose == []
    code = codes.first
    name = code.inner_text()
    rows = {row["id"]: row for table in ("arguments", "sources") for row in data.rows(table)}
    for act in (lambda: code.press("Enter"), code.click):
        act()
        card = page.get_by_role("dialog", name=name)
        expect(card).to_contain_text(rows[name].get("claim") or rows[name]["title"])
        assert serious_findings(page, [".vm-code-card"]) == []
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)
        expect(code).to_be_focused()


def test_bets_by_keyboard_bring_the_outcome(lesson):
    lesson.set_bets()
    assert lesson.page.locator(OPEN_BET).count() == 0
    lesson.page.wait_for_function(f"document.querySelectorAll('.vm-reveal').length >= {lesson.bets}")
    assert len([name for name in lesson.answers() if ".bet_" in name]) == lesson.bets
    expect(lesson.page.locator(".vm-waiting")).to_have_count(0)


def test_what_it_shows_is_dutch_and_filled_in(lesson):
    for words in lesson.page.locator(PARTS).all_inner_texts():
        assert BROKEN.findall(words) == [], words


def test_sliders_by_keyboard_redraw_the_chart_and_its_sentence(lesson):
    page = lesson.page
    for slider in page.locator(".vm-explorable .vm-range input:enabled").all():
        opening = slider.input_value()
        slider.focus()
        words, values = [], []
        for key in ("Home", "End"):
            before = page.evaluate("window.drawn")
            value = slider.input_value()
            page.keyboard.press(key)
            if slider.input_value() != value:
                page.wait_for_function(f"window.drawn > {before}")
            words.append(page.locator(".vm-explorable").all_inner_texts())
            values.append(slider.input_value())
        assert values == [slider.get_attribute("min"), slider.get_attribute("max")]
        assert words[0] != words[1]
        assert page.evaluate("node => node === document.activeElement", slider.element_handle())
        slider.fill(opening)  # at a weight of 100 for the price, the slider of the quality would change nothing


def test_it_shuts_nobody_out_after_all_this(lesson):
    for details in lesson.page.locator(".vm-numbers summary").all():
        details.press("Enter")
    assert serious_findings(lesson.page) == []


def test_each_steps_control_picture_and_task_stand_on_one_screen(lesson):
    high = lesson.page.locator(".vm-stage").evaluate_all(STAGE_HEIGHTS)
    assert [stage for stage in high if stage["height"] > 700] == []


def test_at_200_percent_zoom_nothing_is_cut_off(lesson):
    lesson.wait_until_alive()
    lesson.page.set_viewport_size({"width": 683, "height": 384})
    for _second in range(20):  # the charts take their new width, on a busy machine one after the other
        lesson.page.wait_for_timeout(1000)
        if lesson.page.evaluate(CLIPPED, PARTS) == []:
            break
    assert lesson.page.evaluate(CLIPPED, PARTS) == []
    widths = lesson.page.locator(".vm-picture").evaluate_all(
        "pictures => pictures.map((n) => [n.querySelector('svg').getBoundingClientRect().width, n.clientWidth])"
    )
    assert all(svg <= room + 1 for svg, room in widths), widths
    lesson.page.set_viewport_size({"width": 1366, "height": 768})


def test_a_reload_keeps_bets_and_outcomes(lesson):
    before = lesson.answers()
    lesson.page.reload()
    expect(lesson.page.locator(PARTS).first).to_be_visible()
    lesson.wait_until_alive()
    assert lesson.answers() == before
    assert lesson.page.locator(OPEN_BET).count() == 0
    assert lesson.page.locator(".vm-kind-bet :checked").count() == lesson.bets
    assert lesson.page.get_by_text("Error displaying widget").count() == 0


def test_on_paper_nothing_is_folded_or_wider_than_the_page_and_no_page_stays_empty(lesson):
    page = lesson.page
    page.set_viewport_size({"width": 1366, "height": 768})
    lesson.wait_until_alive()
    page.evaluate(COUNT_FOLDS)
    folds = page.locator("details:not([open])").count()
    pages = drawn_on(page.pdf(prefer_css_page_size=True))
    assert page.evaluate("window.folded") == 0
    assert [number for number, drawn in enumerate(pages, start=1) if drawn.count(b"Tj") < 2] == []
    assert len(pages) <= 1.18 * as_one_page(page) / PAPER["height"] + 1
    expect(page.locator("details:not([open])")).to_have_count(folds)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 970})  # A4 within its margins
    whole = "cells => cells.filter((cell) => getComputedStyle(cell).breakInside === 'avoid-page').length"
    assert page.locator(".jp-Notebook-cell").evaluate_all(whole) == 0  # a cell longer than a page would leave one blank
    wide = "pictures => pictures.filter((node) => node.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.locator(".vm-picture svg").evaluate_all(wide) == 0
    page.emulate_media(media="screen")
