"""O2: three bids of one's own, a reversal, a formula without one, weights, and the specification itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from o2_answers import FORMULAS, PERFECT, PERFECT_POINTS, perfect, totals
from own_parts import ABSURD, NUMBERS, check_announced, check_goals, hand_in, points, solution, source

from vermarkting import cases, data
from vermarkting.grading import checks
from vermarkting.models.tender import Bid, Rules, score, winners

NOTHING = dict.fromkeys(PERFECT_POINTS, 0)
PROSE = {"o2-bestek": "Wie binnenkomt, hoeft geen naam te geven.", "o2-motivering": "Ik kies de vaste referentie."}
# What the student sees, and totals worked out with a calculator from the table in the assignment.
BY_HAND = {
    # Price 38 points, floor 280, ceiling 485. A: 290, 38. B: 310, 60. C: 380, 85.
    "r0123456": {
        "scores": {
            "rule_of_three_a": 61.56, "rule_of_three_b": 72.75, "rule_of_three_c": 81.70,
            "min_max_a": 61.56, "min_max_b": 66.76, "min_max_c": 52.70,
            "fixed_a": 59.71, "fixed_b": 69.64, "fixed_c": 72.16,
        },
        "winnaars": {"rule_of_three": "c", "min_max": "b", "fixed": "c"},
        # C passes B when 38 x 70 / (D - 290) < 15.5, so above 461.61: then 38 x 90/180 + 52.7 against 70.98.
        "omkering": {"prijs": 470, "kwaliteit": 10, "zonder": 66.76, "met": 71.70},
        # Between 38 x 70 / 15.5 = 171.61 and 380 / 2.06 = 184.47 wide.
        "vast": {"bodem": 285, "plafond": 465},
    },
    # Price 34 points, floor 235, ceiling 565. A: 345, 72. B: 395, 81. C: 260, 37.
    "s0987654": {
        "scores": {
            "rule_of_three_a": 73.14, "rule_of_three_b": 75.84, "rule_of_three_c": 58.42,
            "min_max_a": 60.11, "min_max_b": 53.46, "min_max_c": 58.42,
            "fixed_a": 70.19, "fixed_b": 70.98, "fixed_c": 55.84,
        },
        "winnaars": {"rule_of_three": "b", "min_max": "a", "fixed": "b"},
        # B passes A when 34 x 50 / (D - 260) < 5.94, so above 546.2: then 34 x 155/290 + 53.46 against 71.55.
        "omkering": {"prijs": 550, "kwaliteit": 10, "zonder": 60.11, "met": 71.63},
        # Between 34 x 50 / 5.94 = 286.2 and 340 / 1.14 = 298.2 wide.
        "vast": {"bodem": 250, "plafond": 540},
    },
}  # fmt: skip


def answers_by_hand(number):
    own = {f"O2.{name}": answer for name, answer in BY_HAND[number].items()}
    return PERFECT | own | {"O2.studentnummer": number, "O2.omkering_formule": "min_max"}


def earned(changed, number="r0123456"):
    return points("O2", perfect(number) | changed)


def test_the_model_answers_earn_everything():
    assert points("O2", PERFECT) == PERFECT_POINTS


@pytest.mark.parametrize("number", BY_HAND)
def test_two_students_worked_out_by_hand(number):
    found = points("O2", answers_by_hand(number))
    expected = PERFECT_POINTS if number == "r0123456" else PERFECT_POINTS | {"o2-criteria": 4}  # another price weight
    assert found == expected


def test_the_figures_worked_out_by_hand_are_those_that_the_student_sees():
    shown = [row for table in cases.tables("O2", "s0987654") for row in table.rows]
    assert ("A", "345 duizend euro", "72") in shown and ("C", "260 duizend euro", "37") in shown
    assert [figure for _, *figure in shown[3:]] == [
        ["34 punten"], ["66 punten"], ["235 duizend euro"], ["565 duizend euro"], ["minstens 1,14 punten"],
    ]  # fmt: skip


@pytest.mark.parametrize("off", [0.05, -0.05])
def test_the_tolerance_ends_where_the_question_says(off):
    assert "0,05 punt" in data.question("O2.scores")["prompt"] and "0,05 punt" in data.question("O2.omkering")["prompt"]
    exact = 38 * 290 / 310 + 37.2
    for extra, right in ((0, 18), (off / 1000, 16)):
        scores = BY_HAND["r0123456"]["scores"] | {"rule_of_three_b": exact + off + extra}
        assert earned({"O2.scores": scores})["o2-scores"] == right
    for extra, right in ((0, 12), (off / 1000, 2)):
        reversal = BY_HAND["r0123456"]["omkering"] | {"met": 71.7 + off + extra}
        assert earned({"O2.omkering": reversal})["o2-omkering"] == right


@pytest.mark.parametrize(
    ("changed", "got"),
    [
        ({"prijs": 462, "met": 70.82}, 12),  # C: 38 x 82/172 + 52.7; B: 38 x 152/172 + 37.2 = 70.78
        ({"prijs": 461, "met": 70.76}, 0),  # B still wins, 38 x 151/171 + 37.2; C: 70.70
        ({"prijs": 485, "met": 73.16}, 12),  # at the ceiling: 38 x 105/195 + 52.7
        ({"prijs": 485.01, "met": 73.16}, 0),  # refused, and its totals count for nothing
        ({"kwaliteit": 100}, 12),  # D has 62 points and still loses
        ({"zonder": 61.56}, 2),
        ({"met": 70.98}, 2),
    ],
)
def test_a_reversal_and_its_totals(changed, got):
    assert earned({"O2.omkering": BY_HAND["r0123456"]["omkering"] | changed})["o2-omkering"] == got


def test_a_reversal_needs_another_winner_that_was_there_before():
    strong = {"prijs": 290, "kwaliteit": 100}  # D itself wins
    assert earned({"O2.omkering": BY_HAND["r0123456"]["omkering"] | strong})["o2-omkering"] == 0
    assert earned({"O2.omkering_formule": "fixed"})["o2-omkering"] == 0
    assert earned({"O2.omkering": {"prijs": 470}})["o2-omkering"] == 0


@pytest.mark.parametrize(
    ("floor", "ceiling", "got"),
    [
        (285, 465, 8),
        (285, 456.62, 8),  # 171.62 wide: the best bid is just ahead
        (285, 456.6, 1),  # 171.60 wide: just behind
        (285, 469.46, 8),  # 184.46 wide: 10,000 euro costs just 2.06
        (285, 469.48, 1),
        (290, 470, 0),  # A lies on the floor
        (285, 380, 0),  # C lies on the ceiling
        (465, 285, 0),
        (300, 300, 0),
    ],
)
def test_a_fixed_formula(floor, ceiling, got):
    assert earned({"O2.vast": {"bodem": floor, "plafond": ceiling}})["o2-vast"] == got


def test_weights_and_krachtlijnen_each_earn_a_point():
    weights, links = PERFECT["O2.gewichten"], PERFECT["O2.krachtlijnen"]
    assert earned({"O2.gewichten": weights | {"toegang": 31}})["o2-criteria"] == 4
    assert earned({"O2.gewichten": weights | {"prijs": 37, "toegang": 31}})["o2-criteria"] == 4
    # two criteria are left, on two krachtlijnen
    two = weights | {"buurt": 0, "toegang": 30 + weights["buurt"]}
    assert earned({"O2.gewichten": two})["o2-criteria"] == 3
    assert earned({"O2.krachtlijnen": {**links, "buurt": "nabijheid"}})["o2-criteria"] == 4
    unlinked = {name: link for name, link in links.items() if name != "buurt"}
    assert earned({"O2.krachtlijnen": unlinked})["o2-criteria"] == 3
    assert earned({"O2.gewichten": {"prijs": 38}})["o2-criteria"] == 1


def test_answers_of_somebody_else_earn_little():
    total = sum(PERFECT_POINTS.values())
    shares = []
    for mine, other in zip(NUMBERS[:20], NUMBERS[20:], strict=True):
        copied = points("O2", perfect(other) | {"O2.studentnummer": mine})
        assert copied["o2-scores"] <= 6 and copied["o2-omkering"] <= 8
        shares.append(sum(copied.values()) / total)
    assert max(shares) < 0.6 and sum(shares) / len(shares) < 0.3


def test_without_a_number_there_is_nothing_to_check_with():
    for number in (None, "", "abc", "é" * 8, 7, ["r0123456"]):
        answers = {**PERFECT, "O2.studentnummer": number}
        assert points("O2", answers) == NOTHING
        assert cases.remarks(tuple(PERFECT), answers) == []
    told = checks.evaluate("own_numbers", {}, "O2.scores", 0.05, 0, points=18).message
    assert told == "Er is geen bruikbaar studentnummer, dus zijn er geen eigen cijfers om mee na te kijken."


def test_nothing_and_nonsense_earn_nothing():
    assert points("O2", {}) == points("O2", {"O2.studentnummer": "r0123456"}) == NOTHING
    for absurd in ABSURD:
        answers = dict.fromkeys(PERFECT, absurd) | {"O2.studentnummer": "r0123456"}
        assert points("O2", answers) == NOTHING
        assert cases.remarks(tuple(PERFECT), answers) == []


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ITEMS = ["rule_of_three_a", "prijs", "kwaliteit", "zonder", "bodem", "plafond", "toegang", "team", "x"]
within = st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 1000) | st.floats(0, 1000))


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(PERFECT)), values | within | st.dictionaries(st.sampled_from(ITEMS), values))
)
def test_no_sheet_breaks_a_check_or_a_remark(answers):
    answers |= {"O2.studentnummer": "r0123456"}
    answers.setdefault("O2.omkering_formule", "rule_of_three")
    assert all(0 <= found <= PERFECT_POINTS[name] for name, found in points("O2", answers).items())
    assert all(remark.endswith(".") for remark in cases.remarks(tuple(PERFECT), answers))


def test_every_student_has_a_task_that_can_be_solved_and_is_not_trivial():
    for place in range(400):
        number = f"s{place:07}"
        case = cases.case("O2", number)
        assert points("O2", perfect(number)) == PERFECT_POINTS, number
        bids = [(bid.name.lower(), bid.price, bid.quality) for bid in case.bids]
        rules = (case.price_weight, case.floor, case.ceiling)
        best = {}
        for formula in FORMULAS:
            found = totals(formula, bids, *rules)
            first, second, _ = sorted(found.values(), reverse=True)
            assert first - second >= 0.5
            best[formula] = max(found, key=found.get)
        assert best["min_max"] != best["fixed"]
        # A fourth bid as dear as the dearest changes nothing: the task asks for a search.
        dearest = max(bid.price for bid in case.bids)
        before = winners(score(case.bids, case.rules("min_max")))
        assert winners(score((*case.bids, Bid("D", dearest, 0)), case.rules("min_max"))) == before
        # The floor and ceiling that are given do not pass for a design of one's own.
        given_away = {"O2.vast": {"bodem": case.floor, "plafond": case.ceiling}}
        assert points("O2", perfect(number) | given_away)["o2-vast"] == 1


# Remarks say what cannot be, at once, and not what is right.


@pytest.mark.parametrize(
    ("question_id", "answer", "said"),
    [
        ("O2.scores", {"min_max_c": 52.6}, "offerte C bij de min-max"),
        ("O2.scores", {"fixed_b": 75.3}, "offerte B bij de vaste referentie"),
        ("O2.omkering", {"prijs": 486}, "tussen 280 en 485"),
        ("O2.vast", {"bodem": 400, "plafond": 300}, "lager zijn dan het plafond"),
        ("O2.vast", {"bodem": 290, "plafond": 500}, "Niet alle drie"),
        ("O2.gewichten", {"prijs": 38, "toegang": 57}, "95 en geen 100"),
        ("O2.gewichten", {"prijs": 40}, "niet het gewicht dat in je bestek staat"),
        ("O2.gewichten", {"prijs": 38, "team": 62}, "zonder krachtlijn: Vakbekwaam team"),
    ],
)
def test_what_cannot_be_right_is_said_at_once(question_id, answer, said):
    answers = {"O2.studentnummer": "r0123456", question_id: answer}
    assert any(said in remark for remark in cases.remarks((question_id,), answers))


@pytest.mark.parametrize(
    ("question_id", "answer"),
    [
        ("O2.scores", BY_HAND["r0123456"]["scores"]),
        ("O2.scores", dict.fromkeys(BY_HAND["r0123456"]["scores"], 55)),  # possible for each bid
        ("O2.omkering", {"prijs": 400, "kwaliteit": 3, "zonder": 1, "met": 2}),
        ("O2.vast", {"bodem": 1, "plafond": 4000}),
    ],
)
def test_a_wrong_answer_that_could_be_right_gets_no_remark(question_id, answer):
    assert cases.remarks((question_id,), {"O2.studentnummer": "r0123456", question_id: answer}) == []


# The assignment itself.


def test_the_worked_example_is_right():
    rules = {formula: Rules(40, formula, 120, 240) for formula in FORMULAS}
    bids = (Bid("P", 200, 90), Bid("Q", 160, 50))
    text = source("O2", "o2-uitleg-scores")
    for formula, told in (("rule_of_three", ("86", "70")), ("min_max", ("54", "70")), ("fixed", ("67,33", "56,67"))):
        found = [f"{round(entry.total, 2):g}".replace(".", ",") for entry in score(bids, rules[formula])]
        assert tuple(found) == told
        assert all(f"**{total}**" in text for total in told)
    after = score((*bids, Bid("R", 320, 20)), rules["min_max"])
    assert [round(entry.total, 2) for entry in after] == [84, 70, 12]
    assert "dus 84 punten, terwijl Q 70 houdt en R 12 haalt" in source("O2", "o2-uitleg-omkering")


def test_the_warning_stands_where_dividing_the_market_is_mentioned():
    for cell in solution("O2"):
        if "samenspanning" in cell["source"].lower() or "markt verdelen" in cell["source"]:
            assert "**Juridische waarschuwing.**" in cell["source"] or cell["id"] == "o2-bronnen"
    assert "B90, middel" in source("O2", "o2-uitleg-omkering")


def test_goals_parts_and_points_are_those_announced():
    check_goals("O2")
    parts = [
        ["o2-scores", "o2-winnaars"],
        ["o2-omkering"],
        ["o2-vast"],
        ["o2-criteria"],
        ["o2-bestek"],
        ["o2-motivering"],
    ]
    check_announced("O2", *parts)


def test_the_criteria_are_the_same_everywhere():
    from vermarkting.cases.o2 import CRITERIA
    from vermarkting.text import t

    weights = {item["id"]: item["text"] for item in data.question("O2.gewichten")["items"]}
    links = {item["id"]: item["text"] for item in data.question("O2.krachtlijnen")["items"]}
    assert weights == {"prijs": "Prijs"} | {name: t(f"o2.criteria.{name}") for name in CRITERIA}
    assert links == {name: t(f"o2.criteria.{name}") for name in CRITERIA}


# From hand-in to gradebook.


@pytest.fixture(scope="module")
def course(released):
    hand_in(released, "O2", "volledig", PERFECT, PROSE)
    hand_in(released, "O2", "overgenomen", perfect("r0000001") | {"O2.studentnummer": "r0123456"}, {})
    hand_in(released, "O2", "zonder-nummer", {k: v for k, v in PERFECT.items() if k != "O2.studentnummer"}, PROSE)
    released.nbgrader("autograde", "O2")
    released.nbgrader("generate_feedback", "O2")
    return released


def test_points_in_the_gradebook(course):
    waiting = dict.fromkeys(PROSE)
    assert course.points("volledig", "O2") == pytest.approx(PERFECT_POINTS | waiting)
    assert course.points("zonder-nummer", "O2") == pytest.approx(NOTHING | waiting)
    copied = course.points("overgenomen", "O2")
    assert copied["o2-scores"] <= 6


def test_feedback_names_the_number_and_not_the_key(course):
    text = (course.place / "feedback" / "volledig" / "O2" / "O2.html").read_text(encoding="utf-8")
    assert "voor studentnummer r0123456" in text
    assert "VERBORGEN" not in text and "own_design" not in text
    other = (course.place / "feedback" / "zonder-nummer" / "O2" / "O2.html").read_text(encoding="utf-8")
    assert "geen bruikbaar studentnummer" in other
