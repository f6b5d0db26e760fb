"""The argument duel and the krachtlijnenscan are built from the data package."""

import pytest

from vermarkting import data
from vermarkting.answers import AnswerSheet
from vermarkting.questions import fits
from vermarkting.scans import KRACHTLIJNEN, scan_question
from vermarkting.text import t
from vermarkting.widgets import duel, krachtlijnenscan

LESSONS = ("01", "02", "03")


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_duel_shows_both_arguments_row_by_row(lesson):
    asked = data.question(f"{lesson}.duel")
    arguments = {row["id"]: row for row in data.rows("arguments")}
    cards, _, _ = duel(f"{lesson}.duel").children
    left, right = cards.cards
    assert left["claim"] == arguments[asked["left"]]["claim"]
    assert right["claim"] == arguments[asked["right"]]["claim"]
    assert asked["left"] in left["title"] and asked["right"] in right["title"]
    assert [name for name, _ in left["rows"]] == [name for name, _ in right["rows"]]
    assert all(value for card in cards.cards for _, value in card["rows"])
    assert left["claim"] in cards.plain() and right["claim"] in cards.plain()


def test_a_card_says_where_an_argument_comes_from():
    cards = {
        card["title"].split(" · ")[1]: card for lesson in LESSONS for card in duel(f"{lesson}.duel").children[0].cards
    }
    for name, card in cards.items():
        origin = "uit de ruimere literatuur" if name.startswith("L") else "uit de basisteksten"
        assert card["speaker"].endswith(f"({origin})")


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_steelman_comes_first_and_hides_its_hints(lesson):
    _, steelman, clash = duel(f"{lesson}.duel").children
    assert steelman.question["kind"] == "text"
    written = [data.question(f"{lesson}.duel")[f"steelman_{side}"] for side in ("left", "right")]
    assert not any(text in str(steelman.question) for text in written)
    steelman.answer = "woord " * 30
    steelman._handle_custom_msg("check", [])
    assert all(text in str(steelman.feedback) for text in written)
    assert clash.answer is None


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_steelman_is_written_by_hand_and_as_long_for_either_side(lesson):
    question = data.question(f"{lesson}.duel")
    sides = [question["steelman_left"], question["steelman_right"]]
    assert all(45 <= len(side.split()) <= 90 for side in sides)
    assert max(len(side) for side in sides) < 1.3 * min(len(side) for side in sides)
    assert not any(row["claim"] in side for row in data.rows("arguments") for side in sides)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_kind_of_clash_is_explained_and_one_is_right(lesson):
    asked = data.question(f"{lesson}.duel")
    _, _, clash = duel(f"{lesson}.duel").children
    found = {}
    for option in clash.question["options"]:
        clash.answer = option["id"]
        found[option["id"]] = clash.feedback["why"][option["id"]]
    assert set(found) == {"value", "fact", "definition"}
    assert asked["explanation"] in found[asked["difference"]]
    assert [name for name, why in found.items() if why.startswith("✓")] == [asked["difference"]]
    assert len(set(found.values())) == 3


def test_a_duel_keeps_both_answers_apart(tmp_path):
    _, steelman, clash = duel("01.duel").children
    steelman.answer = "Het sterkste argument"
    clash.answer = "fact"
    saved = {name: answer.value for name, answer in AnswerSheet().all().items()}
    assert saved == {"01.duel_steelman": "Het sterkste argument", "01.duel": "fact"}
    _, steelman, clash = duel("01.duel").children
    assert (steelman.answer, clash.answer) == ("Het sterkste argument", "fact")


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_scan_asks_all_five_with_core_arguments_of_that_krachtlijn(lesson):
    built = scan_question(lesson)
    assert built["prompt"] == data.question(f"{lesson}.scan")["prompt"]
    assert [item["id"] for item in built["items"]] == list(KRACHTLIJNEN)
    arguments = {row["id"]: row for row in data.rows("arguments")}
    for item in built["items"]:
        assert item["text"] and item["hint"]
        assert item["grounds"], f"no argument for {item['id']}"
        for ground in item["grounds"]:
            row = arguments[ground["id"]]
            assert row["core"] and item["id"] in row["krachtlijnen"]
            assert ground["text"] == row["claim"], "whole, before and after choosing"


def test_a_full_scan_is_kept():
    built = scan_question("02")
    answer = {item["id"]: {"score": "0", "ground": item["grounds"][0]["id"]} for item in built["items"]}
    assert fits(built, answer)
    scan = krachtlijnenscan("02")
    scan.answer = answer
    assert scan.feedback == {"verdict": [t("question.scanned", scored=5, grounded=5)], "why": {}}
    again = krachtlijnenscan("02")
    assert again.answer == answer
    assert "Nabijheid: 0 (" in again.plain()


def test_a_ground_that_says_the_opposite_is_answered_and_not_counted():
    scan = krachtlijnenscan("02")
    scan.answer = {"verbindend": {"score": "2", "ground": "A012"}, "nabijheid": {"score": "-1", "ground": "A048"}}
    assert scan.feedback["verdict"] == [t("question.scanned", scored=2, grounded=1)]
    assert list(scan.feedback["why"]) == ["verbindend"]
    assert "A012" in scan.feedback["why"]["verbindend"] and "+2" in scan.feedback["why"]["verbindend"]
    for score in ("-2", "-1", "0"):
        scan.answer = {"verbindend": {"score": score, "ground": "A012"}}
        assert scan.feedback == {"verdict": [t("question.scanned", scored=1, grounded=1)], "why": {}}
    scan.answer = {"nabijheid": {"score": "-1", "ground": "A027"}}
    assert list(scan.feedback["why"]) == ["nabijheid"]


def test_every_direction_is_about_an_argument_that_may_ground_that_krachtlijn():
    offered = {(ground["id"], item["id"]) for item in scan_question("01")["items"] for ground in item["grounds"]}
    assert {(row["argument_id"], row["krachtlijn"]) for row in data.rows("scan_directions")} <= offered


def test_a_scan_stands_beside_those_of_earlier_lessons():
    first, second = krachtlijnenscan("01"), krachtlijnenscan("02")
    assert (first.earlier, second.earlier) == ([], [])
    first.answer = {"nabijheid": {"score": "-2"}, "verbindend": {}}
    assert (first.earlier, second.earlier) == ([], [{"name": "Les 1", "scores": {"nabijheid": "-2"}}])
    assert krachtlijnenscan("02").earlier == second.earlier
    assert second.here == "Les 2"
