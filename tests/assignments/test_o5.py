"""O5: a chain of voices and ten statements of one's own, a scan with grounds, and two texts."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from o5_answers import KINDS, NUMBER, PERFECT, PERFECT_POINTS, kind_of, perfect, speaking
from own_parts import ABSURD, NUMBERS, check_announced, check_goals, hand_in, points, solution, source

from vermarkting import cases, data
from vermarkting.answers import NAME, AnswerSheet
from vermarkting.cases import o5
from vermarkting.scans import scan_question
from vermarkting.widgets.keeping import kept
from vermarkting.widgets.own_question import OwnScan

NOTHING = dict.fromkeys(PERFECT_POINTS, 0)
ROWS = {row["id"]: row for row in data.rows("arguments")}


def test_the_model_answers_earn_everything():
    assert points("O5", PERFECT) == PERFECT_POINTS


def test_every_student_has_a_task_that_can_be_solved_in_full():
    for number in NUMBERS:
        assert points("O5", perfect(number)) == PERFECT_POINTS, number


# Counted on paper.
BY_HAND = {
    # 0 1 1 2 2 2 6 8 10 11 11 11, an 11 becomes a 6, nine are content. Seven speak and wait for an eighth. Above the
    # number of colleagues before them the thresholds lie 0 0 0 0 0 0 0 1 2 2 1 0: at most 2, and 6 together.
    "r0000000": {"nu": 7, "na": 9, "steun": 2, "samen": 6, "vergadering": 3, "enquete": 3},
    # 0 1 2 2 4 5 7 8 11 11 11 11, an 11 becomes a 4, four are content. Above: 0 0 0 0 0 0 1 1 3 2 1 0.
    "r0000001": {"nu": 6, "na": 9, "steun": 3, "samen": 8, "vergadering": 6, "enquete": 8},
}


@pytest.mark.parametrize("number", BY_HAND)
def test_two_students_counted_by_hand(number):
    assert points("O5", {"O5.studentnummer": number, "O5.keten": BY_HAND[number]})["o5-keten"] == 18


def test_the_example_of_the_assignment():
    own = [0, 1, 1, 4]
    assert speaking(own) == 3
    assert [speaking([max(0, one - less) for one in own]) for less in (0, 1)] == [3, 4]
    assert sum(max(0, one - place) for place, one in enumerate(own)) == 1


def test_answers_of_somebody_else_earn_little():
    total, pairs = 0, list(zip(NUMBERS[:20], NUMBERS[20:], strict=True))
    for mine, other in pairs:
        copied = points("O5", perfect(other) | {"O5.studentnummer": mine})
        assert copied["o5-keten"] < 18
        total += copied["o5-keten"] + copied["o5-houding"] + copied["o5-niveau"]
    assert total / len(pairs) < 0.3 * 36
    # Of r0000001's counts one happens to be the same: b.
    copied = points("O5", perfect("r0000001") | {"O5.studentnummer": "r0000000"})
    assert copied["o5-keten"] == 3 and copied["o5-houding"] < 9 and copied["o5-niveau"] < 9


def test_without_a_number_nothing_counts():
    for number in (None, "", "abc", 7):
        assert points("O5", {**PERFECT, "O5.studentnummer": number}) == NOTHING


def test_nothing_and_nonsense_earn_nothing():
    assert points("O5", {}) == NOTHING
    for absurd in ABSURD:
        answers = dict.fromkeys(PERFECT, absurd) | {"O5.studentnummer": "r0123456"}
        assert points("O5", answers) == NOTHING
        cases.remarks(tuple(PERFECT), answers)


NESTED = st.recursive(
    st.none() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["nu", "u1", "nabijheid", "score", "ground"]), inner)
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*PERFECT]), NESTED))
def test_no_sheet_breaks_a_check(answers):
    assert set(points("O5", answers)) == set(PERFECT_POINTS)
    cases.remarks(tuple(PERFECT), answers)


def test_a_count_is_exact():
    for item, right in PERFECT["O5.keten"].items():
        answers = PERFECT | {"O5.keten": PERFECT["O5.keten"] | {item: right + 1}}
        assert points("O5", answers)["o5-keten"] == 15


def with_wrong(question, many):
    """Put the first ``many`` statements in a category where they do not belong."""
    other = {"offensief": "defensief", "defensief": "offensief", "micro": "macro", "meso": "macro", "macro": "micro"}
    answer = PERFECT[f"O5.{question}"]
    return PERFECT | {
        f"O5.{question}": {u: other[tag] if place < many else tag for place, (u, tag) in enumerate(answer.items())}
    }


@pytest.mark.parametrize(
    ("question", "earned"),
    [
        # six of ten are offensive: 9 is enough, 6 earns nothing, in between a third of the points for each
        ("houding", [9, 9, 6, 3, 0, 0]),
        # four of ten are meso: 8 is enough, 4 earns nothing, in between a quarter of the points for each
        ("niveau", [9, 9, 9, 6.75, 4.5, 2.25, 0]),
    ],
)
def test_not_all_ten_need_be_right_and_no_single_one_decides(question, earned):
    for wrong, expected in enumerate(earned):
        assert points("O5", with_wrong(question, wrong))[f"o5-{question}"] == expected


@pytest.mark.parametrize(("question", "category"), [("houding", "offensief"), ("niveau", "meso")])
def test_putting_all_in_one_place_earns_nothing(question, category):
    for number in NUMBERS:
        answers = {"O5.studentnummer": number, f"O5.{question}": dict.fromkeys(o5.PLACES, category)}
        assert points("O5", answers)[f"o5-{question}"] == 0


def test_every_draw_mixes_all_kinds_and_no_argument_of_the_lessons_tells_them():
    claims = {row["claim"] for row in ROWS.values()}
    seen = set()
    for number in NUMBERS:
        texts = o5.TEXTS["houding"](cases.case("O5", number))
        kinds = [kind_of(text) for text in texts.values()]
        assert len(set(texts.values())) == 10 and len(set(kinds)) == 6
        assert [strategy for strategy, _ in kinds].count("defensief") == 4
        assert [[level for _, level in kinds].count(level) for level in ("micro", "meso", "macro")] == [3, 4, 3]
        assert not any(claim in text for claim in claims for text in texts.values())
        assert not any(re.search(r"[AL]\d{2}", text) for text in texts.values())
        seen |= {text.partition(". ")[2] for text in texts.values()}
    assert len(seen) == len(KINDS) == 28


def test_a_scan_needs_grounds_that_exist_and_fit():
    scan = PERFECT["O5.scan"]

    def earned(**changed):
        return points("O5", PERFECT | {"O5.scan": scan | changed})["o5-scan"]

    assert earned() == 10
    assert earned(nabijheid={"score": "2", "ground": "A999"}) == 8
    assert earned(nabijheid={"score": "2"}) == 8
    assert earned(nabijheid={"ground": scan["nabijheid"]["ground"]}) == 8
    other = next(name for name, row in ROWS.items() if "nabijheid" not in row["krachtlijnen"])
    assert earned(nabijheid={"score": "2", "ground": other}) == 8
    for score in ("-2", "-1", "0", "1", "2"):
        assert earned(nabijheid={**scan["nabijheid"], "score": score}) == 10, "the score itself is an opinion"
    assert points("O5", PERFECT | {"O5.scan": {}})["o5-scan"] == 0


def test_the_widget_offers_only_grounds_that_count(tmp_path):
    sheet = AnswerSheet(tmp_path / NAME)
    page = OwnScan("O5", sheet)
    assert "studentnummer" in page.children[0].text
    sheet.put("O5.studentnummer", NUMBER)
    kept("O5.studentnummer")
    items = page.children[0].question["items"]
    assert [item["id"] for item in items] == [item["id"] for item in data.question("O5.scan")["items"]]
    everything = {item["id"]: {ground["id"] for ground in item["grounds"]} for item in scan_question("O5")["items"]}
    for item in items:
        assert 2 <= len(item["grounds"]) < len(everything[item["id"]]) / 2
        for ground in item["grounds"]:
            answer = {"O5.studentnummer": NUMBER, "O5.scan": {item["id"]: {"score": "0", "ground": ground["id"]}}}
            assert points("O5", answer)["o5-scan"] == 2
        other = min(everything[item["id"]] - {ground["id"] for ground in item["grounds"]})
        answer = {"O5.studentnummer": NUMBER, "O5.scan": {item["id"]: {"score": "0", "ground": other}}}
        assert points("O5", answer)["o5-scan"] == 0


def test_remarks_say_what_cannot_be_and_never_what_is_right():
    asked = tuple(PERFECT)
    wrong = PERFECT | {
        "O5.keten": {"nu": 3.5, "steun": 9, "samen": 2, "vergadering": 11, "enquete": 4},
        "O5.houding": dict.fromkeys(o5.PLACES, "offensief"),
        "O5.niveau": dict.fromkeys(o5.PLACES, "macro"),
    }
    remarks = cases.remarks(asked, wrong)
    assert len(remarks) == 5
    assert not any(re.search(r"\d", remark) for remark in remarks)
    for number in NUMBERS:
        assert cases.remarks(asked, perfect(number)) == []


# What stands in the notebook


def test_goals_points_and_minutes_are_those_announced():
    check_goals("O5")
    check_announced("O5", ("o5-keten",), ("o5-houding", "o5-niveau"), ("o5-scan",), ("o5-analyse",), ("o5-vragen",))


def test_the_counts_in_the_model_answer_are_those_of_its_student_number():
    text = next(cell["source"] for cell in solution("O5") if cell["id"] == "o5-analyse")
    assert "(studentnummer r0000000) spraken er 7 van de 12. Bij één andere drempel werden het er 9." in text
    assert [BY_HAND["r0000000"][name] for name in ("nu", "na")] == [7, 9]


def test_the_dissenting_voice_and_anonymity_are_asked_for():
    assert "[L21]" in source("O5", "o5-uitleg-analyse")
    assert "wie er niet meespreekt" in source("O5", "o5-uitleg-vragen")
    assert "geen namen" in source("O5", "o5-werkwijze")


@pytest.fixture(scope="module")
def course(released):
    prose = {"o5-analyse": "De organisatie liet ruimte open.", "o5-vragen": "Mag de nachtdienst meestemmen?"}
    hand_in(released, "O5", "volledig", PERFECT, prose)
    hand_in(released, "O5", "leeg", {}, {})
    released.nbgrader("autograde", "O5")
    released.nbgrader("generate_feedback", "O5")
    return released


def test_a_hand_in_is_graded_from_its_sheet(course):
    assert course.points("volledig", "O5") == PERFECT_POINTS | {"o5-analyse": None, "o5-vragen": None}
    assert course.points("leeg", "O5") == NOTHING | {"o5-analyse": 0, "o5-vragen": 0}


def test_feedback_holds_no_key(course):
    text = (course.place / "feedback" / "leeg" / "O5" / "O5.html").read_text(encoding="utf-8")
    assert "VERBORGEN" not in text and "own_tags" not in text
