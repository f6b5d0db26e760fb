"""Every explorable driven to its surprise, by mouse and by keyboard: all on one page, which a student opens once."""

import json
import time

import pytest
from axe import serious_findings
from playwright.sync_api import expect

from vermarkting import data
from vermarkting.answers import AnswerSheet
from vermarkting.text import t

NAMES = ("one_sided", "incentives", "market_profile", "tender", "creaming", "impact_bond", "network", "trust_clock",
         "mission_drift", "krachtlijnen", "voice", "care_homes", "timeline", "impact_bonds_table", "tactics",
         "team_budget", "discretion", "argumentation", "poll_return", "argument_lab")  # fmt: skip


@pytest.fixture(scope="module")
def page(at_home, lab):
    """All explorables with scenes, every bet set beforehand."""
    folder = lab.folder / "verrassingen"
    folder.mkdir()
    sheet = AnswerSheet(folder / "antwoorden.json")
    sheet.put("00.poll_1", 2)
    for lesson in ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10"):
        for name, question in data.questions(lesson).items():
            if question["kind"] == "bet":
                sheet.put(f"{lesson}.{name}", question["options"][0]["id"])
    cells = [
        {"cell_type": "code", "id": name.replace("_", "-"), "metadata": {"jupyter": {"source_hidden": True}},
         "execution_count": None, "outputs": [], "source": f"from vermarkting import explorables as e; e.{name}()"}
        for name in NAMES
    ]  # fmt: skip
    metadata = {
        "kernelspec": {"display_name": "Vermarkting", "language": "python", "name": "vermarkting"},
        "vermarkting": {"id": "00", "kind": "lesson", "minutes": 5},
    }
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (folder / "les.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    page = at_home.new_page()
    page.goto(lab.address("verrassingen/les.ipynb", f"verrassing{time.monotonic_ns()}"))
    expect(page.locator(".vm-explorable")).to_have_count(len(NAMES))
    yield page
    lab.leave(page)


class Shown:
    """One explorable on the page: its pictures with their sentence and their player."""

    def __init__(self, page, name: str) -> None:
        self.page, self.root = page, page.locator(".vm-explorable").nth(NAMES.index(name))

    def picture(self, label: str):
        return self.root.locator(".vm-chart").filter(has=self.page.locator(f".vm-picture[aria-label^='{label}']")).first

    def play_by_keyboard(self, chart, steps: int) -> list[str]:
        """Put a picture back to its start and step through it, by keys alone; give what it says each time."""
        chart.get_by_role("button", name=t("scene.restart")).press("Enter")
        said = [chart.locator(".vm-sentence").inner_text()]
        for _ in range(steps):
            chart.get_by_role("button", name=t("scene.step")).press("Enter")
            said.append(chart.locator(".vm-sentence").inner_text())
        return said


def test_00_the_arguments_fall_and_few_are_for_the_market(page):
    shown = Shown(page, "one_sided")
    field = shown.root.get_by_role("textbox")
    field.fill("40")
    field.press("Enter")
    sentence = shown.root.locator(".vm-sentence")
    pro = sum(row["origin"] == "seed" and row["position"] == "pro-markt" for row in data.rows("arguments"))
    expect(sentence).to_contain_text(f"Jij dacht 40. Van de 106 argumenten pleiten er {pro} vóór de markt")
    expect(shown.root.locator(".vm-mark.vm-dot.vm-look-blue")).to_have_count(pro)


def test_01_the_unmeasured_hours_empty_while_the_weight_rises(page):
    shown = Shown(page, "incentives")
    stage = shown.root.locator(".vm-stage").filter(has=page.get_by_label("De indicator telt voor")).first
    slider, picture = stage.get_by_label("De indicator telt voor"), stage.locator(".vm-chart").first
    slider.press("Home")
    expect(picture.locator(".vm-block.vm-look-orange").nth(5)).to_be_attached()
    slider.press("End")
    expect(picture.locator(".vm-sentence")).to_contain_text("geen uur meer naar stil werk")


def test_02_a_click_puts_a_case_on_top(page):
    shown = Shown(page, "market_profile")
    shown.root.locator(".vm-scene text", has_text="FPC Gent").click()
    expect(shown.root.get_by_label(t("market_profile.pick_left"))).to_have_value("fpc_gent")
    expect(shown.root.locator(".vm-sentence").first).to_contain_text("Forensisch Psychiatrisch Centrum (FPC) Gent en")


def test_03_the_fourth_bid_stretches_the_scale_before_the_winner_changes(page):
    shown = Shown(page, "tender")
    chart = shown.root.locator(".vm-chart").filter(has=page.get_by_role("button", name=t("scene.step"))).first
    chart.get_by_role("button", name=t("scene.restart")).press("Enter")
    scale = chart.locator(".vm-block.vm-look-pale").first
    before = scale.evaluate("rect => parseFloat(rect.style.width)")
    chart.get_by_role("button", name=t("scene.step")).press("Enter")
    assert scale.evaluate("rect => parseFloat(rect.style.width)") > 2 * before
    expect(chart.locator("text", has_text="★")).to_contain_text("Domuzo")
    chart.get_by_role("button", name=t("scene.step")).press("Enter")
    expect(chart.locator("text", has_text="★")).to_contain_text("Lichtboei")


def test_04_months_are_dealt_by_dragging_and_by_keyboard(page):
    shown = Shown(page, "creaming")
    robin, alex = (shown.root.get_by_role("group", name=name, exact=True) for name in ("Robin", "Alex"))
    shown.root.locator(".vm-stock .vm-thing").first.drag_to(alex)
    expect(alex.locator(".vm-dealt")).to_have_text("1")
    alex.get_by_role("button", name="Een maand meer").press("Enter")
    expect(alex.locator(".vm-thing")).to_have_count(2)
    robin.get_by_role("checkbox").press("Space")
    shown.root.get_by_role("group", name="Charlie", exact=True).get_by_role("button", name="meer").press("Enter")
    expect(shown.root.get_by_text("Opdracht A is gelukt")).to_be_visible()
    alex.locator(".vm-thing").first.drag_to(shown.root.locator(".vm-stock"))
    expect(alex.locator(".vm-dealt")).to_have_text("1")


def test_05_programmes_without_effect_fall_on_both_sides_of_the_target(page):
    shown = Shown(page, "impact_bond")
    chart = shown.picture("Wat kan er uitkomen")
    said = shown.play_by_keyboard(chart, 3)
    assert [words.split()[0] for words in said] == ["0", "1", "2", "3"] or len(set(said)) == 4
    chart.get_by_role("button", name=t("scene.restart")).press("Enter")
    expect(chart.locator(".vm-dot")).to_have_count(0)


def test_06_a_tie_is_laid_by_clicking_and_a_client_falls_out(page):
    shown = Shown(page, "network")
    chart = shown.root.locator(".vm-chart").first
    chart.locator(".vm-pick").nth(0).click()
    expect(shown.root.get_by_text("Je koos CAW.")).to_be_visible()
    chart.locator(".vm-pick").nth(6).click()
    expect(shown.root.get_by_text("Er ligt nu een band tussen CAW en Huisvesting.")).to_be_visible()
    follow = shown.root.get_by_role("button", name=t("network.follow")).first
    for _ in range(12):
        follow.press("Enter")
        expect(chart.get_by_role("button", name=t("scene.step"))).to_be_visible()
        if chart.locator("text", has_text=t("network.walk_lost")).count():
            break
    chart.get_by_role("button", name=t("scene.restart")).press("Enter")
    expect(chart.locator(".vm-sentence")).to_contain_text("banden tussen twaalf diensten")


def test_07_the_clock_runs_and_the_mission_shrinks_step_by_step(page):
    clock = Shown(page, "trust_clock")
    said = clock.play_by_keyboard(clock.picture("Vertrouwen in Seringenwijk"), 5)
    assert said[1].startswith("Jaar 1. Team 1") and said[5].startswith("Jaar 5. Team 2")
    drift = Shown(page, "mission_drift")
    said = drift.play_by_keyboard(drift.picture("Missiewerk van 40 organisaties"), 12)
    assert said[1].startswith("Na ronde 1 ") and said[-1].startswith("Trekking 5")


def test_08_each_choice_changes_the_star(page):
    shown = Shown(page, "krachtlijnen")
    star = shown.root.locator(".vm-look-star").first
    before = star.get_attribute("points")
    shown.root.get_by_role("radio").nth(1).press("Space")
    expect(star).not_to_have_attribute("points", before)


def test_09_the_room_falls_silent_or_speaks_person_by_person(page):
    shown = Shown(page, "voice")
    chart = shown.root.locator(".vm-chart").filter(has=page.get_by_role("button", name=t("scene.step"))).first
    said = shown.play_by_keyboard(chart, 2)
    assert len(set(said)) == 3


def test_02_one_count_grows_only_as_fast_as_its_definition_lets_it(page):
    shown = Shown(page, "care_homes")
    shown.root.get_by_role("radio", name=t("care_homes.definitions.strict")).press("Space")
    expect(shown.root.locator(".vm-sentence")).to_contain_text("Strikte definitie: van")


def test_02_the_line_of_time_is_walked_by_a_click_and_by_keyboard(page):
    shown = Shown(page, "timeline")
    slider = shown.root.get_by_role("slider")
    shown.root.locator(".vm-scene text", has_text="9 juni 2017").click()
    expect(shown.root.get_by_text("Het OCMW vraagt G4S Care om zich terug te trekken")).to_be_visible()
    expect(slider).to_have_value("10")
    slider.press("End")
    expect(shown.root.get_by_role("heading", name="28 juni 2017")).to_be_visible()


def test_05_one_bond_met_its_target_without_a_group_to_compare_with(page):
    shown = Shown(page, "impact_bonds_table")
    shown.root.get_by_label(t("impact_bonds_table.outcome")).first.select_option("met")
    shown.root.get_by_label(t("impact_bonds_table.comparison")).select_option("none")
    expect(shown.root.locator(".vm-sentence").first).to_contain_text("Je ziet 1 van de 17 namen: Utah")
    shown.root.get_by_label(t("impact_bonds_table.right")).select_option("rikers")
    expect(shown.root.get_by_text(t("impact_bonds_table.both_group"))).to_be_visible()


def test_08_what_a_contract_does_not_pay_for_disappears_first(page):
    shown = Shown(page, "team_budget")
    shown.root.get_by_role("slider").first.press("End")
    expect(shown.root.locator(".vm-sentence", has_text="Bij 100 punten staat het laagst")).to_be_visible()
    expect(shown.root.locator(".vm-sentence", has_text="De taak die het sterkst krimpt").first).to_be_visible()


def test_08_a_click_on_a_day_opens_what_can_be_changed_there(page):
    shown = Shown(page, "krachtlijnen")
    shown.root.locator(".vm-scene text.vm-pick", has_text="7").click()
    expect(shown.root.get_by_label(t("dilemmas.day_ask"))).to_have_value("loket")
    star = shown.root.locator(".vm-look-star").last
    before = star.get_attribute("points")
    shown.root.get_by_role("radio", name="Samen terug naar de stad").press("Space")
    expect(star).not_to_have_attribute("points", before)


def test_09_courage_alone_does_not_open_what_others_closed(page):
    shown = Shown(page, "discretion")
    shown.root.get_by_role("slider").first.press("End")
    expect(shown.root.locator(".vm-sentence").first).to_contain_text("Van de 12 die open liggen")
    expect(shown.root.locator(".vm-sentence").first).to_contain_text("gebruikt de sociaal werker er 12.")


def test_10_one_study_brings_back_an_argument_that_it_does_not_speak_of(page):
    shown = Shown(page, "argumentation")
    sentence = shown.root.locator(".vm-sentence").first
    expect(sentence).to_have_text("Overeind: L22 en A067. Verslagen: A080 en A006.")
    shown.root.get_by_role("radio", name="A080, A067 en A006").press("Space")
    expect(sentence).to_have_text("Overeind: A080 en A006. Verslagen: A067.")


def test_10_then_and_now_stand_side_by_side_once_one_answered_again(page):
    shown = Shown(page, "poll_return")
    expect(shown.root.locator(".vm-sentence")).to_contain_text("Je gaf nog geen nieuw antwoord")
    shown.root.get_by_role("slider").press("End")
    expect(shown.root.locator(".vm-sentence")).to_contain_text("waarvan 1 ook in les 0. Bij 1 daarvan verschoof je")
    shown.root.get_by_role("button", name=t("poll_return.on")).press("Enter")
    expect(shown.root.get_by_text("Stelling 2 van de 8")).to_be_visible()


def test_10_a_value_in_front_lets_both_sides_rise(page):
    shown = Shown(page, "argument_lab")
    shown.root.get_by_label("Waarden", exact=True).press("Space")
    shown.root.get_by_label("Zet in de rangorde: Zekerheid en bescherming").press("Enter")
    expect(shown.root.locator(".vm-ranked li")).to_have_count(1)
    expect(shown.root.get_by_text("Opdracht 3 is gelukt")).to_be_visible()


def test_it_shuts_nobody_out(page):
    assert serious_findings(page) == []
