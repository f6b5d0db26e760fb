"""The page with all terms and all sources: to search by keyboard, for everybody."""

import pytest
from axe import serious_findings
from playwright.sync_api import expect

from vermarkting import data


@pytest.fixture
def page(open_notebook):
    page = open_notebook("lessons/begrippen.ipynb")
    expect(page.locator(".vm-lookup")).to_have_count(3)
    return page


def test_words_and_kinds_filter_the_list(page):
    glossary = page.locator(".vm-lookup").first
    shown = glossary.locator(".vm-entry:visible")
    expect(shown).to_have_count(len(data.rows("concepts")))
    search = glossary.get_by_label("Zoek een begrip")
    search.focus()
    for code, words in (("a006", "A006 · voor de markt"), ("B75", "B75 · ")):
        page.keyboard.type(code)
        expect(shown).to_have_count(1)
        expect(shown).to_contain_text(words)
        expect(glossary.locator("[role=status]")).to_have_text("Bij de argumenten en bronnen: 1 gevonden.")
        page.keyboard.press("Control+a")
    page.keyboard.type("Sociale INNOVATIE")
    expect(shown.filter(has_text="Sociale innovatie")).not_to_have_count(0)
    expect(glossary.locator("[role=status]")).to_have_text(f"1 van de {len(data.rows('concepts'))} begrippen.")
    page.keyboard.press("Tab")
    page.keyboard.type("persoon")
    expect(glossary.locator("[role=status]")).to_have_text("Niets gevonden. Probeer een korter woord.")
    assert serious_findings(page) == []

    arguments = page.locator(".vm-lookup").nth(1)
    arguments.get_by_label("Zoek een argument").fill("a006")
    expect(arguments.locator(".vm-entry:visible")).to_have_count(1)

    sources = page.locator(".vm-lookup").last
    sources.get_by_label("Zoek een bron").fill("b75")
    expect(sources.locator(".vm-entry:visible")).to_have_count(1)
    page.set_viewport_size({"width": 683, "height": 384})
    assert page.evaluate("[...document.querySelectorAll('.vm-lookup')].every(n => n.scrollWidth <= n.clientWidth + 1)")
