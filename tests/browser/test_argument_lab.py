"""The argument lab in a real browser, by keyboard: filter, let an attack fail, rank, write, read, and open it again."""

import json
import time

import pytest
from axe import serious_findings
from playwright.sync_api import expect

from vermarkting import data

LESSON = "lessons/10_het_grote_gesprek.ipynb"
REASON = "Deze aanval mikt naast de bewering, want over kwaliteit zegt het argument zelf niets en over geld wel."
HOSTILE = '{"AIF": {"nodes": [{"nodeID": "1", "text": "<img src=x onerror=alert(1)>", "type": "I"}], "edges": "alles"}}'


@pytest.fixture(scope="module")
def page(at_home, lab):
    page = at_home.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    (lab.folder / "lessons" / "antwoorden.json").unlink(missing_ok=True)
    page.goto(lab.address(LESSON, f"lab{time.monotonic_ns()}"))
    yield page
    lab.leave(page)


@pytest.fixture
def desk(page):
    found = page.locator(".vm-explorable").filter(has=page.get_by_role("heading", name="Het argumentenlab"))
    expect(found.get_by_label("Overzicht", exact=True)).to_be_visible()
    return found


def answers(lab) -> dict:
    sheet = lab.folder / "lessons" / "antwoorden.json"
    saved = json.loads(sheet.read_text())["answers"] if sheet.is_file() else {}
    return {name: entry["value"] for name, entry in saved.items()}


def open_view(desk, name):
    desk.get_by_label(name, exact=True).check()
    expect(desk.get_by_label(name, exact=True)).to_be_checked()


def test_a_filter_and_a_choice_by_keyboard_show_one_argument(page, desk):
    open_view(desk, "Lijst")
    desk.get_by_label("Standpunt", exact=True).select_option("tegenstem")
    expect(desk.get_by_text("2 argumenten", exact=True)).to_be_visible()
    row = desk.locator(".vm-listing button[data-id=L21]")
    row.focus()
    page.keyboard.press("Enter")
    expect(desk.locator(".vm-card h3")).to_contain_text("L21 · tegenstem")
    expect(row).to_be_focused()
    assert serious_findings(page) == []


def test_an_empty_cell_of_the_matrix_says_so(page, desk):
    open_view(desk, "Matrix")
    expect(desk.locator(".vm-matrix td.vm-empty").first).to_have_text("leeg")
    rows = data.rows("arguments")
    count = sum("generalistisch" in row["krachtlijnen"] and row["position"] == "kritisch" for row in rows)
    desk.get_by_label(f"Generalistisch werken, kritisch: {count}").press("Enter")
    expect(desk.get_by_text(f"{count} argumenten", exact=True)).to_be_visible()
    assert serious_findings(page) == []


def test_the_map_is_walked_by_keyboard_from_all_themes_to_the_reason(page, desk):
    open_view(desk, "Kaart")
    expect(desk.locator(".vm-node")).to_have_count(128)
    desk.get_by_label("Zoek op woord of code").fill("REKENFORMULE")
    expect(desk.locator(".vm-hits button")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(desk.locator(".vm-card h3")).to_contain_text("L22")
    desk.get_by_label("Zoek op woord of code").fill("")
    desk.get_by_role("button", name="Betalen voor resultaat").press("Enter")
    expect(desk.locator(".vm-node")).to_have_count(18)
    node = desk.locator(".vm-node[tabindex='0']")
    node.focus()
    page.keyboard.press("ArrowDown")
    expect(desk.locator(".vm-pointed")).to_contain_text("voor de markt")
    page.keyboard.press("Enter")
    expect(desk.locator(".vm-node[aria-pressed=true]")).to_be_focused()
    desk.get_by_label("Wat zie je op de kaart?").select_option("near")
    expect(desk.locator(".vm-sentence")).to_contain_text("tellen bij jou mee op een totaal van")
    desk.get_by_role("button", name="En waarom? Toon de volgende stap").press("Enter")
    expect(desk.get_by_text("Hier stopt de ketting")).to_be_visible()
    assert serious_findings(page) == []


def test_steelman_first_then_an_attack_fails_with_a_reason(page, lab, desk):
    open_view(desk, "Weerleggen")
    expect(desk.get_by_text("Lees gerust welke aanvallen er zijn.")).to_be_visible()
    expect(desk.locator(".vm-notes textarea")).to_have_count(0)
    desk.get_by_label("Vermarkting schaadt sociaal werk").press("Space")
    desk.get_by_label("L02 · Inspraak en vertrouwen").press("Space")
    expect(desk.get_by_text("Vind je dat een aanval niet slaagt?")).to_be_visible()
    for _ in range(12):
        if desk.locator(".vm-listing button[data-id=A032]").count():
            break
        place = desk.locator(".vm-pages [role=status]").first.inner_text()
        desk.get_by_role("button", name="Volgende", exact=True).press("Enter")
        expect(desk.locator(".vm-pages [role=status]").first).not_to_have_text(place)
    desk.locator(".vm-listing button[data-id=A032]").press("Enter")
    attack = desk.locator("details[data-id='A035>A032']")
    attack.locator("summary").press("Enter")
    attack.locator("textarea").fill(REASON)
    attack.get_by_role("button", name="Bewaar", exact=True).press("Enter")
    expect(desk.get_by_text("kwamen overeind (1): A032")).to_be_visible()
    assert answers(lab)["10.lab_aanvallen"] == {"A035>A032": REASON}
    assert serious_findings(page) == []


def test_values_are_ranked_by_keyboard(page, lab, desk):
    open_view(desk, "Waarden")
    expect(desk.get_by_text("Je rangschikte nog niets.")).to_be_visible()
    for value in ("Democratie", "Keuzevrijheid"):
        desk.get_by_label(f"Zet in de rangorde: {value}").focus()
        page.keyboard.press("Enter")
    expect(desk.get_by_label("Omhoog: Keuzevrijheid")).to_be_focused()
    page.keyboard.press("Enter")
    expect(desk.get_by_text("Jouw rangorde: Keuzevrijheid › Democratie.")).to_be_visible()
    desk.get_by_label("Haal uit de rangorde: Democratie").press("Enter")
    expect(desk.get_by_text("Jouw rangorde: Keuzevrijheid.")).to_be_visible()
    expect(desk.get_by_text("Alle vensters volgen je rangorde (Keuzevrijheid).")).to_be_visible()
    assert answers(lab)["10.lab_rangorde"] == ["keuzevrijheid"]
    assert serious_findings(page) == []


def test_the_map_is_written_and_a_hostile_one_gets_a_sentence(page, lab, desk):
    open_view(desk, "Bestand")
    desk.get_by_role("button", name="Schrijf het bestand").press("Enter")
    expect(desk.get_by_text("Bewaard: argumentenkaart.argdown")).to_be_visible()
    written = (lab.folder / "lessons" / "argumentenkaart.argdown").read_text(encoding="utf-8")
    assert "<A006" in written
    upload = desk.locator(".vm-upload input")
    upload.set_input_files({"name": "kwaad.json", "mimeType": "application/json", "buffer": HOSTILE.encode()})
    expect(desk.locator(".vm-waiting p")).to_have_count(1)
    upload.set_input_files({"name": "groot.txt", "mimeType": "text/plain", "buffer": b"x" * 2_100_000})
    expect(desk.locator(".vm-waiting p")).to_contain_text("groter dan")
    kialo = b"Discussion Title: Markt\n\n1. Thesis: De markt helpt.\n1.1. Con: <b>Niet</b> altijd.\n"
    upload.set_input_files({"name": "debat.txt", "mimeType": "text/plain", "buffer": kialo})
    expect(desk.get_by_text("Gelezen: debat.txt")).to_be_visible()
    expect(desk.get_by_text("<b>Niet</b> altijd.")).to_be_visible()
    assert serious_findings(page) == []


def test_at_200_percent_zoom_no_view_is_cut_off(page, desk):
    page.set_viewport_size({"width": 683, "height": 384})
    for name in ("Overzicht", "Lijst", "Matrix", "Kaart", "Duel", "Weerleggen", "Zelf toevoegen", "Waarden", "Bestand"):
        open_view(desk, name)
        page.wait_for_timeout(500)
        too_wide = desk.evaluate(
            """root => [...root.querySelectorAll("*:not(svg *)")]
              .filter((node) => node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1)
              .filter((node) => !node.matches(".vm-hidden, select, textarea, input, .vm-scroll"))
              .map((node) => `${node.tagName} ${node.className}: ${node.scrollWidth} > ${node.clientWidth}`)"""
        )
        assert too_wide == [], name
    page.set_viewport_size({"width": 1366, "height": 768})


def test_a_reload_brings_the_desk_back(page, desk):
    page.reload()
    expect(desk.get_by_text("Aanvallen die niet tellen: 1.")).to_be_visible()
    expect(desk.get_by_text("Je hebt er nu 1.")).to_be_visible()
    open_view(desk, "Waarden")
    expect(desk.locator(".vm-order li").first).to_contain_text("Keuzevrijheid")
    open_view(desk, "Weerleggen")
    expect(desk.get_by_text("Vind je dat een aanval niet slaagt?")).to_be_visible()
