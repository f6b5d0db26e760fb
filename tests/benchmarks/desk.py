"""The desk on a big class, and against formgrader's own way on the same work.

Run with ``uv run --group test python tests/benchmarks/desk.py [hand-ins]``, by default 500 of O6 with four texts each.
Everything is measured in one run, in one JupyterLab and one browser:

- open: from the start of navigation until the list of questions, and until the first answer with its rubric, is shown;
- next: from the key until the next answer is painted, as the median and the 95th percentile of a hundred, without and
  with a decision on the answer before it;
- marking: the same essays marked on all criteria, in the desk with keys, in formgrader by clicking rubric levels:
  keys and clicks per essay, and marks per minute without the time for reading;
- alike: seconds until the page that compares all answers to one question is shown.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
sys.path.insert(0, str(Path(__file__).parents[1] / "assignments"))
sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))

from courses import Course
from kit import Kit
from lecturer import lab_of
from measuring import running_browser
from playwright.sync_api import Page

ASSIGNMENT, CELL = "O6", "o6-nota"
TOKEN = "meten"
ESSAYS, TIMES = 20, 100
WORDS = 250
# Presses a key and waits until the answer shown is another one and painted; gives milliseconds.
NEXT = """(key) => new Promise((done) => {
  const text = document.getElementById("text");
  const began = performance.now();
  const changed = new MutationObserver(() => {
    changed.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  });
  changed.observe(text, { childList: true, characterData: true, subtree: true });
  document.dispatchEvent(new KeyboardEvent("keydown", { key, code: `Key${key.toUpperCase()}`, bubbles: true }));
})"""


def classroom(course: Course, size: int) -> None:
    """Hand in for a class, and let the machine grade it."""
    course.nbgrader("generate_assignment", ASSIGNMENT)
    kit = Kit(ASSIGNMENT, course.place / "canary")
    for number in range(size):
        student = f"r{number:07d}"
        handed_in = kit.of(student)
        notebook = handed_in.notebook
        for place, cell in enumerate(kit.prose):
            own = " ".join(f"woord{(number * 4 + place) * WORDS + step}" for step in range(WORDS))
            kit.cell(notebook, cell)["source"] = own
        handed_in.write(course.place / "submitted" / student / ASSIGNMENT, notebook=notebook)
    course.nbgrader("autograde", ASSIGNMENT)


def opened(page: Page, address: str, sign: str) -> float:
    began = time.perf_counter()
    page.goto(address)
    page.locator(sign).first.wait_for()
    return time.perf_counter() - began


def next_times(page: Page, decide: bool) -> list[float]:
    found = []
    for _ in range(TIMES):
        if decide:
            page.keyboard.press("3")
        found.append(page.evaluate(NEXT, "s"))
    return found


def by_desk(page: Page) -> tuple[float, float]:
    """Give keys per essay and marks per minute."""
    criteria = page.locator(".criterion").count()
    began = time.perf_counter()
    for _ in range(ESSAYS):
        before = page.locator("#text").inner_text()
        for _ in range(criteria):
            page.keyboard.press("3")
        page.keyboard.press("n")
        page.wait_for_function("before => document.getElementById('text').innerText !== before", arg=before)
    page.get_by_text("Bewaard", exact=True).wait_for()
    return criteria + 1, 60 * ESSAYS / (time.perf_counter() - began)


def by_formgrader(page: Page, base: str) -> tuple[float, float]:
    """Give clicks per essay and marks per minute, from its own list of submissions on."""
    page.goto(f"{base}/formgrader/gradebook/{ASSIGNMENT}/{ASSIGNMENT}")
    page.locator("tbody a").first.click()
    clicks, began = 1, time.perf_counter()
    for _ in range(ESSAYS):
        rubric = page.locator(".nbgrader_cell", has=page.locator(f"#{CELL}")).locator(".rubric")
        rubric.locator("fieldset:not([disabled])").first.wait_for()
        for criterion in rubric.locator("fieldset").all():
            criterion.locator("label").nth(2).click()
            clicks += 1
        address = page.url
        page.locator("li.next a").click()
        clicks += 1
        page.wait_for_url(lambda now, was=address: now != was)
    return clicks / ESSAYS, 60 * ESSAYS / (time.perf_counter() - began)


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        course = Course(Path(temporary) / "cursus")
        classroom(course, size)
        with lab_of(course, TOKEN) as base, running_browser() as browser:
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            top = f"{base}/vermarkting/nakijken"
            page.goto(f"{base}/vermarkting/nakijken/lesmateriaal?token={TOKEN}")
            question = f"{top}/vraag/{ASSIGNMENT}/{CELL}"
            found = {
                "hand-ins": size,
                "load": os.getloadavg()[0],
                "open the list, s": opened(page, top, ".questions tbody tr"),
                "open a question, s": opened(page, f"{question}?wie=An&geijkt=1", "#text p"),
            }
            for name, decide in (("next", False), ("next after a decision", True)):
                times = next_times(page, decide)
                found |= {f"{name}, median, ms": median(times), f"{name}, p95, ms": p95(times)}
            keys, marks = by_desk(page)
            found |= {"desk: keys per essay": keys, "desk: marks per minute": marks}
            found["alike, s"] = opened(page, f"{question}/gelijkenis?wie=An", "[role=status]")
            clicks, marks = by_formgrader(page, base)
            found |= {"formgrader: clicks per essay": clicks, "formgrader: marks per minute": marks}
    print(json.dumps({key: round(value, 2) for key, value in found.items()}, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
