"""Each kind of question by keyboard only, and charts where the server's extension is absent."""

import json
import time

import pytest
from playwright.sync_api import expect

from vermarkting import data
from vermarkting.text import t

KINDS = {
    "number": "00.raad_het_aantal",
    "single": "00.geen_idee",
    "multiple": "00.wat_bewaart",
    "order": "00.zo_loopt_een_les",
    "slider": "00.voorkennis",
    "text": "00.jouw_vraag",
    "match": "00.herken_krachtlijn",
    "ranking": "00.mijn_rangorde",
}
NUMBERS = "O3.contract"
FOCUSED = "document.activeElement"


def cell(cell_id: str, source: str) -> dict:
    hidden = {"jupyter": {"source_hidden": True}}
    return {"cell_type": "code", "id": cell_id, "metadata": hidden, "execution_count": None, "outputs": [],
            "source": source}  # fmt: skip


def write(lab, name: str, *cells: dict) -> str:
    """Write a lesson in a folder of its own in the student's folder, and give its path."""
    metadata = {
        "kernelspec": {"display_name": "Vermarkting", "language": "python", "name": "vermarkting"},
        "vermarkting": {"id": "00", "kind": "lesson", "minutes": 5},
    }
    path = lab.folder / name / "les.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps({"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    return f"{name}/les.ipynb"


class Page:
    """One lesson with every kind of question, moved by keys alone."""

    def __init__(self, page, folder):
        self.page, self.folder = page, folder

    def question(self, kind: str):
        return self.page.locator(f".vm-kind-{kind}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self, attribute: str) -> str:
        return self.page.evaluate(f"{FOCUSED}.getAttribute('{attribute}') ?? {FOCUSED}[{attribute!r}]")

    def saved(self, question_id: str) -> object:
        sheet = self.folder / "antwoorden.json"
        answers = json.loads(sheet.read_text())["answers"] if sheet.is_file() else {}
        return answers.get(question_id, {}).get("value")

    def expect_saved(self, kind: str, value: object) -> None:
        deadline = time.monotonic() + 10
        while self.saved(KINDS[kind]) != value and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)
        assert self.saved(KINDS[kind]) == value
        expect(self.question(kind).locator(".vm-status")).to_contain_text("Bewaard om ")


@pytest.fixture(scope="module")
def sheet(at_home, lab):
    page = at_home.new_page()
    source = "from vermarkting import widgets as w; w.question({!r})"
    cells = [cell(kind, source.format(name)) for kind, name in KINDS.items()]
    cells.append(cell("numbers", source.format(NUMBERS)))
    path = write(lab, "kinds", *cells, cell("scan", 'from vermarkting import widgets as w; w.krachtlijnenscan("01")'))
    page.goto(lab.address(path, "kinds"))
    expect(page.locator(".vm-question")).to_have_count(len(KINDS) + 2, timeout=60_000)
    yield Page(page, lab.folder / "kinds")
    lab.leave(page)


def test_number(sheet):
    asked = sheet.question("number")
    asked.locator("input").focus()
    sheet.press("1", "2", "Tab")
    sheet.expect_saved("number", 12)
    expect(asked.get_by_role("button", name="Kijk na")).to_be_focused()
    sheet.press("Enter")
    expect(asked.locator(".vm-verdict")).to_contain_text("✓ Dat klopt.")
    # What can be two numbers is asked; what is no number or does not fit is said, and the kept answer stays.
    field, beside = asked.locator("input"), asked.locator(".vm-understood")
    field.fill("twaalf")
    field.press("Enter")
    expect(beside).to_have_text(t("question.labels.no_number"))
    field.fill("1.420")
    expect(beside.get_by_role("button")).to_have_text("1,42 argumenten")
    field.fill("107")
    field.press("Tab")
    expect(beside).to_have_text(t("question.labels.range", min=0, max=106))
    expect(asked.locator(".vm-status")).to_have_text(t("life.unsettled"))
    assert sheet.saved(KINDS["number"]) == 12
    field.fill("13,0")
    expect(beside).to_have_text("= 13 argumenten")
    field.press("Enter")
    sheet.expect_saved("number", 13)
    field.fill("")
    field.press("Tab")
    expect(field).to_have_value("13")  # what is kept is what the field shows


def test_a_number_that_can_be_two_is_asked(sheet):
    page = sheet.page
    asked = page.locator(".vm-kind-numbers")
    field = asked.get_by_role("textbox").first
    field.fill("2.000")
    asked.get_by_role("button", name="2000 euro").click()
    expect(asked.locator(".vm-understood").first).to_have_text("= 2.000 euro")
    expect(asked.get_by_text("Bewaard")).to_be_visible()
    assert list(sheet.saved(NUMBERS).values()) == [2000]


def test_single(sheet):
    asked = sheet.question("single")
    asked.locator("input[value=a]").focus()
    sheet.press("Space")
    sheet.expect_saved("single", "a")
    expect(asked.locator(".vm-why:visible")).to_contain_text("→ Kijk nog eens.")
    while not asked.locator("input[value=b]").is_checked():  # options stand in an order of the reader's own
        sheet.press("ArrowDown")
    sheet.expect_saved("single", "b")
    expect(asked.locator(".vm-why:visible")).to_contain_text("✓ Dat klopt.")
    expect(asked.locator(".vm-why:visible")).to_have_count(1)


def test_multiple(sheet):
    asked = sheet.question("multiple")
    order = [box.get_attribute("value") for box in asked.locator("input").all()]
    for option in "ac":
        asked.locator(f"input[value={option}]").focus()
        sheet.press("Space")
    sheet.expect_saved("multiple", [option for option in order if option in "ac"])
    asked.locator("input").last.focus()
    sheet.press("Tab")
    expect(asked.get_by_role("button", name="Kijk na")).to_be_focused()
    sheet.press("Enter")
    expect(asked.locator(".vm-verdict")).to_have_text("4 van de 4 kloppen.")
    asked.locator("input[value=c]").focus()
    sheet.press("Space")
    sheet.expect_saved("multiple", ["a"])
    expect(asked.locator(".vm-verdict")).to_be_empty()
    asked.get_by_role("button", name="Kijk na").press("Enter")
    expect(asked.locator(".vm-verdict")).to_contain_text("Probeer het nog een keer")
    expect(asked.locator(".vm-why:visible")).to_have_count(0)


@pytest.mark.parametrize("kind", ["order", "ranking"])
def test_an_order_can_be_kept_as_it_is(sheet, kind):
    asked = sheet.question(kind)
    keep = asked.get_by_role("button", name="Deze volgorde houden")
    keep.focus()
    sheet.press("Enter")
    expect(keep).to_be_hidden()
    sheet.expect_saved(kind, [item["id"] for item in data.question(KINDS[kind])["items"]])


@pytest.mark.parametrize("kind", ["order", "ranking"])
def test_moves_keep_the_focus_on_the_item(sheet, kind):
    asked = sheet.question(kind)
    items = [item.strip() for item in asked.locator("li").all_inner_texts()]
    first = items[0].split("\n")[-1]
    asked.locator(".vm-down").first.focus()
    sheet.press("Enter")
    assert sheet.focused("aria-label") == f"Omlaag: {first}"
    expect(asked.locator("[role=status].vm-hidden")).to_have_text(f"{first} staat nu op plaats 2.")
    sheet.press("Enter")
    assert sheet.focused("aria-label") == f"Omlaag: {first}"
    assert asked.locator("li").nth(2).inner_text().endswith(first)
    for _ in range(5):
        sheet.press("Enter")
    assert asked.locator("li").last.inner_text().endswith(first)
    assert sheet.focused("aria-label") == f"Omlaag: {first}"
    sheet.press("Shift+Tab", "Enter")
    assert sheet.focused("aria-label") == f"Omhoog: {first}"
    ids = sheet.saved(KINDS[kind])
    assert len(ids) == 5
    sheet.expect_saved(kind, ids)


def test_slider(sheet):
    asked = sheet.question("slider")
    expect(asked.locator(".vm-untouched")).to_be_visible()
    asked.locator("input").focus()
    sheet.press("Enter")
    sheet.expect_saved("slider", 5)
    expect(asked.locator(".vm-untouched")).to_be_hidden()
    sheet.press("End")
    sheet.expect_saved("slider", 10)
    assert sheet.focused("aria-valuetext") == "Ik geef mijn voorkennis 10 op 10."
    sheet.press("ArrowLeft")
    sheet.expect_saved("slider", 9)
    sheet.press("Home", "ArrowRight")
    sheet.expect_saved("slider", 1)


def test_text_takes_every_key_and_shows_its_example_after_enough_words(sheet):
    asked = sheet.question("text")
    asked.locator("textarea").focus()
    words = "dd xx aa bb mm 00 yy"
    sheet.page.keyboard.type(words)
    sheet.expect_saved("text", words)
    expect(asked.locator(".vm-count")).to_contain_text("7 woorden")
    sheet.press("Tab", "Enter")
    expect(asked.locator(".vm-verdict")).to_contain_text("Schrijf eerst minstens 8 woorden.")
    sheet.press("Shift+Tab", "End")
    sheet.page.keyboard.type(" zz")
    sheet.press("Tab")
    sheet.expect_saved("text", f"{words} zz")
    sheet.press("Enter")
    expect(asked.locator(".vm-verdict")).to_contain_text("Een voorbeeld van hoe het kan:")
    # Who wipes a text finds no old one back.
    asked.locator("textarea").fill("")
    sheet.press("Tab")
    sheet.expect_saved("text", "")
    asked.locator("textarea").fill(words)
    sheet.press("Tab")
    sheet.expect_saved("text", words)
    assert sheet.page.locator(".jp-Cell").count() == len(KINDS) + 2


def test_match(sheet):
    asked = sheet.question("match")
    for number, select in enumerate(asked.locator("select").all()):
        select.focus()
        sheet.press(*["ArrowDown"] * (number + 1))
    chosen = [select.input_value() for select in asked.locator("select").all()]
    sheet.expect_saved("match", dict(zip(["bank", "raad", "doel", "gids", "tafel"], chosen, strict=True)))
    sheet.press("Tab", "Enter")
    expect(asked.locator(".vm-verdict")).to_contain_text("van de 5 k")
    expect(asked.locator(".vm-why:visible")).to_have_count(5)


def test_scan(sheet):
    """By keyboard: a score, then a ground out of whole arguments; the chosen one stays in view, the scan is drawn."""
    asked = sheet.question("scan")
    krachtlijn = asked.get_by_role("group").filter(has=sheet.page.locator("select")).last
    krachtlijn.locator("select").focus()
    sheet.press("End", "Tab")
    expect(krachtlijn.locator(".vm-grounds summary")).to_be_focused()
    sheet.press("Enter", "Tab", "Space")
    claim = {row["id"]: row["claim"] for row in data.rows("arguments")}["A012"]
    krachtlijn.get_by_label(claim).click()
    expect(krachtlijn.locator(".vm-ground")).to_contain_text(claim)
    expect(krachtlijn.get_by_label(claim)).not_to_be_visible()
    expect(krachtlijn.locator(".vm-why")).to_contain_text("A012 telt hier niet mee")
    assert sheet.saved("01.scan")["verbindend"] == {"score": "2", "ground": "A012"}
    expect(asked.locator(".vm-verdict")).to_contain_text(
        "1 van de 5 krachtlijnen een score, waarvan 0 met een argument"
    )
    expect(asked.locator(".vm-scans dd").last).to_contain_text("+2")


def test_the_notebook_carries_the_answers_along(sheet):
    def carried():
        try:
            notebook = json.loads((sheet.folder / "les.ipynb").read_text())
        except ValueError:  # read in the middle of a save
            return set()
        return set(notebook["metadata"]["vermarkting"].get("answers", {}).get("answers", {}))

    deadline = time.monotonic() + 15
    while carried() != set(KINDS.values()) and time.monotonic() < deadline:
        sheet.page.wait_for_timeout(200)
    assert carried() == set(KINDS.values())


def test_a_reload_keeps_every_answer(sheet):
    def shown():
        return sheet.page.locator(".vm-question :is(input, select, textarea), .vm-question li span").evaluate_all(
            "parts => parts.map((n) => ['radio', 'checkbox'].includes(n.type) ? n.checked : n.value ?? n.innerText)"
        )

    before = shown()
    sheet.page.reload()
    expect(sheet.page.locator(".vm-question")).to_have_count(len(KINDS) + 2, timeout=60_000)
    assert shown() == before
    assert True in before and "10" not in before
    expect(
        sheet.question("match").locator(".vm-verdict")
    ).not_to_be_empty()  # feedback that was asked for is there again
    expect(sheet.question("match").locator(".vm-why:visible")).to_have_count(5)
    expect(sheet.page.locator(".vm-status", has_text="Bewaard om ")).to_have_count(len(KINDS) + 2)


CHART = cell("t", "from vermarkting import explorables as e; e.discretion()")  # drawn by Plotly, with a slider


def used_room(page):
    """The bar that grows with the first slider."""
    return page.locator(".vm-picture .barlayer .trace").last.locator("path").first


def test_without_the_servers_plotly_the_kernel_sends_it(lab, chromium):
    path = write(lab, "kernel-plotly", CHART)
    context = chromium.new_context(locale="nl-BE")
    page = context.new_page()
    blocked = []
    page.route("**/vermarkting/plotly.min.js*", lambda route: (blocked.append(route.request.url), route.abort()))
    page.goto(lab.address(path, "kernel-plotly"))
    expect(page.locator(".vm-picture svg.main-svg").first).to_be_visible(timeout=60_000)
    assert blocked
    before = used_room(page).get_attribute("d")
    page.locator(".vm-explorable input[type=range]").first.press("End")
    expect(used_room(page)).not_to_have_attribute("d", before)
    lab.leave(page)
    context.close()


SLOW = """(() => {
  const { createObjectURL } = URL;
  let once = true;
  URL.createObjectURL = (blob) => {
    if (once && blob.type === "text/javascript") {
      once = false;
      setTimeout(() => { for (const end = performance.now() + 3000; performance.now() < end; ); });
    }
    return createObjectURL.call(URL, blob);
  };
})();"""


def test_on_a_slow_computer_charts_still_follow_their_slider(lab, chromium):
    """Where a widget needs more than two seconds to load, anywidget would no longer pass on what the kernel says."""
    path = write(lab, "traag", CHART)
    context = chromium.new_context(locale="nl-BE")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.add_init_script(SLOW)
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(lab.address(path, f"traag{time.monotonic_ns()}"))
    before = used_room(page).get_attribute("d")
    page.locator(".vm-range input").first.press("End")
    expect(used_room(page)).not_to_have_attribute("d", before, timeout=10_000)
    assert wrong == []
    lab.leave(page)
    context.close()
