"""The tactics on screen: dividing the market is never shown without its legal warning."""

import pytest
from walk import combinations, groups, parts, set_bets

from vermarkting.explorables import tactics
from vermarkting.models.tactics import TACTICS, TIES, play

WARNING = "⚠ Juridische waarschuwing"


@pytest.fixture
def page():
    found = tactics()
    set_bets(found)
    return found


def controls(page):
    return parts(page, "choice")[-1], parts(page, "slider")[-1]


def law_notes(page):
    return [prose for prose in parts(page, "prose") if prose.title in (WARNING, "Wat zegt de wet?")]


def goals(page):
    return [prose for prose in parts(page, "prose") if prose.tone in ("todo", "done")]


def test_dividing_always_shows_the_warning_and_lawful_ways():
    page = tactics()
    choice = parts(page, "choice")[0]
    for tactic in TACTICS:
        choice.value = tactic
        [note] = law_notes(page)
        assert (note.title == WARNING) is (tactic == "divide")
        assert play(tactic).law.sentence in note.text
    choice.value = "divide"
    [note] = law_notes(page)
    assert "samenspanning" in note.text and "10 % van de omzet" in note.text
    assert "de markt samenvoegen" in note.text and "L16" in note.text


def test_the_warning_stays_at_every_number_of_participants(page):
    for group in groups(page):
        for _ in combinations(group):
            choice, _slider = controls(page)
            note = law_notes(page)[-1]
            assert (note.title == WARNING) is (choice.value == "divide")
            region, effects = parts(page, "chart")
            assert ("Verboden: samenspanning." in region.sentence) is (choice.value == "divide")
            assert ["⚠ verboden" in row for row in effects.table["rows"]] == [tactic == "divide" for tactic in TACTICS]


def test_where_dividing_is_drawn_or_named_it_is_marked(page):
    _, effects = parts(page, "chart")
    labels = effects.spec["data"][0]["y"]
    assert ["verboden" in label for label in labels] == [tactic == "divide" for tactic in TACTICS]
    for choice in parts(page, "choice"):
        hints = {option["id"]: option["hint"] for option in choice.options}
        assert "Verboden" in hints["divide"]


@pytest.mark.parametrize("tactic", TACTICS)
@pytest.mark.parametrize("participants", [3, 7, 12])
def test_what_is_shown_is_the_model(page, tactic, participants):
    choice, slider = controls(page)
    choice.value, slider.value = tactic, participants
    outcome = play(tactic, participants)
    region, effects = parts(page, "chart")
    assert f"het vertrouwen op {100 * outcome.trust:.0f} van de 100" in region.sentence
    assert f"in {100 * outcome.success:.0f} van de 100 gevallen" in region.sentence
    assert sum(mark["id"].startswith("tie-") for mark in region.spec["marks"]) == len(TIES)
    assert f"{outcome.without} hebben geen werk" in effects.sentence
    price = f"{outcome.price:.1f}".replace(".", ",").removesuffix(",0")
    assert f"betaalt {price}, als 100 de kostprijs is" in effects.sentence
    work = [row[1] for row in region.table["rows"]]
    assert work.count("kleine, zonder werk") == outcome.without
    assert work.count("kleine, in onderaanneming") == outcome.subcontracted


@pytest.mark.parametrize(
    ("goal", "tactic", "participants"), [(0, "divide", 12), (1, "create", 12), (2, "merge", 9), (2, "merge", 6)]
)
def test_each_goal_can_be_reached(page, goal, tactic, participants):
    assert goals(page)[goal].tone == "todo"
    choice, slider = controls(page)
    choice.value, slider.value = tactic, participants
    assert goals(page)[goal].tone == "done"


@pytest.mark.parametrize("participants", range(3, 13))
def test_dividing_never_counts_as_a_lawful_way(page, participants):
    choice, slider = controls(page)
    choice.value, slider.value = "divide", participants
    assert goals(page)[1].tone == goals(page)[2].tone == "todo"


def test_the_goal_with_the_most_trust_points_to_the_warning(page):
    choice, _ = controls(page)
    choice.value = "divide"
    assert "verboden" in goals(page)[0].text and law_notes(page)[-1].title == WARNING
    assert all(play("divide").trust > play(other).trust for other in TACTICS if other != "divide")


def test_reset(page):
    choice, slider = controls(page)
    choice.value, slider.value = "merge", 5
    parts(page, "button")[-1]._handle_custom_msg("click", [])
    assert (choice.value, slider.value) == ("compete", 12)
