"""O3: three clients, a contract, four pay-outs, luck and a wrong baseline of one's own, and the advice."""

from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from o3_answers import PERFECT, PERFECT_POINTS, TEN, after, months, paid, perfect, with_help
from own_parts import ABSURD, NUMBERS, check_announced, check_goals, hand_in, points, solution, source

from vermarkting import cases, data, keys
from vermarkting.cases import o3
from vermarkting.models.creaming import CLIENTS
from vermarkting.models.impact_bond import pay_out

NOTHING = dict.fromkeys(PERFECT_POINTS, 0)
PROSE = {"o3-steelman": "Wie betaalt voor uren, krijgt uren.", "o3-advies": "Nee, tenzij niemand geweigerd wordt."}
# Worked out with a calculator from the tables in the assignment.
BY_HAND = {
    # Chances 7, 26 and 77; fee 4,800, month 440. x = 2.16098, 3.09993 and 2.11515.
    # 1.10 / (0.56964 + 0.76129 + 0.89126) = 49.5 %. Capital 1,420,000 for 5 years: 15 better, 92 better (6.3 %), 59
    # and 69. 600 people, baseline 29, so 192 of them. Tipping: 57 x 22/122.
    "r0123456": {
        "O3.maanden": {"moeilijk": 3.62, "midden": 2.95, "makkelijk": 0.89},
        "O3.deadweight": 49.5,
        "O3.contract": {"tarief": 1980, "vast": 1400, "maanden": 1.75},
        "O3.uitbetaling": {"r1": 1_420_000, "r2": 1_927_324, "r3": 1_646_169, "r4": 2_502_525},
        "O3.vals_succes": 15,
        "O3.kantelfout": 10.28,
    },
    # Chances 11, 25 and 84; fee 3,300, month 540. x = 1.35438 and 1.71875, and 0.886 for the last, who is parked.
    # 1.20 / (0.34287 + 0.56364 + 0.84) = 68.7 %. Capital 1,020,000 for 3 years: 10 better, 91 better (6.15 %), 59, 67.
    # 748 people, baseline 28, so 231 of them. Tipping: 54 x 21/121.
    "s0987654": {
        "O3.maanden": {"moeilijk": 1.22, "midden": 1.44, "makkelijk": 0},
        "O3.deadweight": 68.7,
        "O3.contract": {"tarief": 2450, "vast": 1600, "maanden": 1.75},
        "O3.uitbetaling": {"r1": 1_020_000, "r2": 1_220_001, "r3": 1_114_582, "r4": 1_433_027},
        "O3.vals_succes": 31,
        "O3.kantelfout": 9.37,
    },
}


def earned(changed, number="r0123456"):
    return points("O3", BY_HAND[number] | {"O3.studentnummer": number} | changed)


def test_the_model_answers_earn_everything():
    assert points("O3", PERFECT) == PERFECT_POINTS


@pytest.mark.parametrize("number", BY_HAND)
def test_two_students_worked_out_by_hand(number):
    assert earned({}, number) == PERFECT_POINTS


def test_the_figures_worked_out_by_hand_are_those_that_the_student_sees():
    shown = {table.caption: dict(row for row in table.rows) for table in cases.tables("O3", "s0987654")}
    assert shown == {
        "Jouw drie mensen": {"Moeilijk": "11 op 100", "Midden": "25 op 100", "Makkelijk": "84 op 100"},
        "Jouw betaling per succes": {"Tarief per succes": "3.300 euro", "Kost van een maand hulp": "540 euro"},
        "Jouw contract": {
            "Kost van een maand hulp": "540 euro",
            "Kost van een intake": "1.240 euro",
            "De stad betaalt hoogstens": "34.400 euro",
        },
        "Jouw SIB": {
            "Kapitaal": "1.020.000 euro",
            "Looptijd": "3 jaar",
            "Resultaat 1": "IOD: 10 procent beter dan de controlegroep",
            "Resultaat 2": "IOD: 91 procent beter dan de controlegroep",
            "Resultaat 3": "Newpin: 59 procent van de gezinnen woont weer samen",
            "Resultaat 4": "Newpin: 67 procent van de gezinnen woont weer samen",
        },
        "Jouw groep": {"Mensen in de groep": "748 mensen", "Nulmeting in het contract": "28 op 100"},
        "Jouw referentiewaarde": {
            "Echte kans zonder programma": "54 op 100",
            "Wat het contract vraagt": "21 procent beter dan de referentiewaarde",
        },
    }
    assert [table.part for table in cases.tables("O3", "s0987654", "deel1")] == ["deel1", "deel1"]


@pytest.mark.parametrize(("participants", "baseline", "chance"), [(600, 29, 15), (748, 28, 31)])
def test_the_chance_of_a_false_success_is_near_the_normal_curve(participants, baseline, chance):
    target = -(-participants * baseline * 11 // 1000)
    curve = NormalDist(0.3 * participants, (0.21 * participants) ** 0.5)
    assert 100 * (1 - curve.cdf(target - 0.5)) == pytest.approx(chance, abs=1)


@pytest.mark.parametrize("side", [1, -1])
def test_the_tolerances_end_where_the_questions_say(side):
    told = {"maanden": "0,05 maand", "deadweight": "1 procentpunt", "uitbetaling": "1 procent ",
            "vals_succes": "een half procentpunt", "kantelfout": "0,05 punt"}  # fmt: skip
    assert all(words in data.question(f"O3.{name}")["prompt"] for name, words in told.items())
    exact = {
        "O3.deadweight": (
            110
            / (
                3
                - 0.93 / (4800 * 0.213 * 0.93 / 440)
                - 0.74 / (4800 * 0.384 * 0.74 / 440)
                - 0.23 / (4800 * 0.843 * 0.23 / 440)
            ),
            1,
            "o3-deadweight",
        ),
        "O3.kantelfout": (57 * 22 / 122, 0.05, "o3-kantelfout"),
    }
    for question_id, (right, off, cell) in exact.items():
        assert earned({question_id: right + side * off})[cell] == PERFECT_POINTS[cell]
        assert earned({question_id: right + side * off * 1.001})[cell] == 0
    exact_months = months(0.26, 4800, 440)
    for off, got in ((0.05, 6), (0.05005, 4)):
        answer = BY_HAND["r0123456"]["O3.maanden"] | {"midden": exact_months + side * off}
        assert earned({"O3.maanden": answer})["o3-maanden"] == got
    for share, got in ((0.01, 8), (0.01001, 6)):
        answer = BY_HAND["r0123456"]["O3.uitbetaling"] | {"r1": 1_420_000 * (1 + side * share)}
        assert earned({"O3.uitbetaling": answer})["o3-uitbetaling"] == got


def judged(case, fee, lump_sum, given):
    """Give what a contract does to the ten clients, written out again: refused, effect, payment, what depends."""
    refused, effect, payment, depends = 0, 0.0, 0.0, 0.0
    for chance in TEN:
        best = max(given, months(chance, fee, case.cost_per_month)) if fee else given
        success = after(chance, best)
        if fee * success + lump_sum - case.cost_per_month * best - case.fixed_cost < 0:
            refused += 1
            continue
        effect += (success - chance) / 10
        payment += fee * success + lump_sum
        depends += fee * success
    return refused, effect, payment, depends


@pytest.mark.parametrize(
    ("fee", "lump_sum", "given", "got"),
    [
        (1980, 1400, 1.75, 12),
        (1980, 1250, 1.75, 0),  # the hardest are refused, so the effect is too small as well
        (1980, 1400, 1.5, 0),  # too few months: 24 on 100
        (2700, 1400, 1.75, 2),  # above the budget
        (1750, 1550, 1.75, 2),  # less than half depends on success
        (0, 2600, 2, 2),  # a subsidy with a minimum: everybody is in, nothing depends on success
        (0, 0, 0, 0),
        (0, 0, 12, 0),
        (20_000, 10_000, 12, 2),
    ],
)
def test_a_contract(fee, lump_sum, given, got):
    case = cases.case("O3", "r0123456")
    refused, effect, payment, depends = judged(case, fee, lump_sum, given)
    by_hand = 0 if effect <= 0.25 else 12 if not refused and payment <= case.budget and 2 * depends >= payment else 2
    assert by_hand == got
    answer = {"tarief": fee, "vast": lump_sum, "maanden": given}
    assert earned({"O3.contract": answer})["o3-contract"] == got


def test_what_the_model_says_about_a_contract_is_what_is_checked():
    case = cases.case("O3", "r0123456")
    for fee, lump_sum, duration in ((1980, 1400, 1.75), (3000, 700, 1), (0, 0, 0)):
        answer = {"tarief": fee, "vast": lump_sum, "maanden": duration}
        told = cases.remarks(("O3.contract",), {"O3.studentnummer": "r0123456", "O3.contract": answer})
        refused, effect, payment, depends = judged(case, fee, lump_sum, duration)
        share = 100 * depends / payment if payment else 0
        numbers = (str(10 - refused), f"{100 * effect:.1f}", f"{payment:,.0f}", f"{share:.1f}")
        assert len(told) == 1
        for number in numbers:
            assert f" {number.translate(str.maketrans(',.', '.,'))} " in told[0]
    assert cases.remarks(("O3.contract",), {"O3.studentnummer": "r0123456", "O3.contract": {"tarief": 1}}) == []


def test_answers_of_somebody_else_earn_little():
    total = sum(PERFECT_POINTS.values())
    shares = []
    for mine, other in zip(NUMBERS[:20], NUMBERS[20:], strict=True):
        copied = points("O3", perfect(other) | {"O3.studentnummer": mine})
        shares.append(sum(copied.values()) / total)
    assert max(shares) < 0.6 and sum(shares) / len(shares) < 0.25


def test_without_a_number_there_is_nothing_to_check_with():
    for number in (None, "", "abc", "é" * 8, 7, ["r0123456"]):
        answers = {**PERFECT, "O3.studentnummer": number}
        assert points("O3", answers) == NOTHING
        assert cases.remarks(tuple(PERFECT), answers) == []


def test_nothing_and_nonsense_earn_nothing():
    assert points("O3", {}) == points("O3", {"O3.studentnummer": "r0123456"}) == NOTHING
    for absurd in ABSURD:
        answers = dict.fromkeys(PERFECT, absurd) | {"O3.studentnummer": "r0123456"}
        assert points("O3", answers) == NOTHING
        assert cases.remarks(tuple(PERFECT), answers) == []


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ITEMS = ["moeilijk", "midden", "tarief", "vast", "maanden", "r1", "r4", "x"]
within = st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 20_000) | st.floats(0, 12))
contracts = st.fixed_dictionaries(
    {"tarief": st.floats(0, 20_000), "vast": st.integers(0, 10_000), "maanden": st.floats(0, 12)}
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(PERFECT)), values | within | contracts))
def test_no_sheet_breaks_a_check_or_a_remark(answers):
    answers |= {"O3.studentnummer": "r0123456"}
    assert all(0 <= found <= PERFECT_POINTS[name] for name, found in points("O3", answers).items())
    assert all(remark.endswith(".") for remark in cases.remarks(tuple(PERFECT), answers))


def test_every_student_has_a_task_that_can_be_solved_and_is_not_trivial():
    for place in range(400):
        number = f"s{place:07}"
        case = cases.case("O3", number)
        assert points("O3", perfect(number)) == PERFECT_POINTS, number
        hard, middle, easy = keys.file("O3").RIGHT["maanden"](case).values()
        assert hard > 0.3 and middle > 0.3 and (easy == 0 or easy > 0.4)
        assert 5 <= keys.file("O3").RIGHT["vals_succes"](case) <= 95
        assert len(set(case.results)) == 4
        # Neither nothing, nor success alone, nor a lump sum alone will do for the contract.
        for simple in ((0, 0, 0), (4000, 0, 0), (4000, 0, 1.75), (0, 2000, 1.75), (0, 3000, 2)):
            answer = dict(zip(("tarief", "vast", "maanden"), simple, strict=True))
            assert points("O3", {"O3.studentnummer": number, "O3.contract": answer})["o3-contract"] <= 2
        # There is room: all contracts around the one that was found work too.
        found = perfect(number)["O3.contract"]
        near = [found | {"tarief": found["tarief"] + step} for step in (-20, 20)]
        near.append(found | {"vast": found["vast"] + 15})
        assert all(points("O3", {"O3.studentnummer": number, "O3.contract": x})["o3-contract"] == 12 for x in near)


@pytest.mark.parametrize(
    ("question_id", "answer", "said"),
    [
        ("O3.maanden", {"midden": 11}, "Midden: zoveel maanden kan niet"),
        ("O3.deadweight", 30, "nooit meer dan drie successen"),
        ("O3.uitbetaling", {"r2": 2_100_000}, "Resultaat 2: zoveel betaalt deze regel nooit"),
        ("O3.uitbetaling", {"r4": 2_900_000}, "Resultaat 4"),
        ("O3.kantelfout", 57, "kleiner dan nul"),
    ],
)
def test_what_cannot_be_right_is_said_at_once(question_id, answer, said):
    answers = {"O3.studentnummer": "r0123456", question_id: answer}
    assert any(said in remark for remark in cases.remarks((question_id,), answers))


@pytest.mark.parametrize(
    ("question_id", "answer"),
    [
        ("O3.maanden", {"moeilijk": 8, "midden": 8, "makkelijk": 8}),
        ("O3.deadweight", 50),
        ("O3.uitbetaling", {"r1": 2_000_000, "r2": 2_000_000, "r3": 2_800_000, "r4": 2_800_000}),
        ("O3.vals_succes", 3),
        ("O3.kantelfout", 30),
    ],
)
def test_a_wrong_answer_that_could_be_right_gets_no_remark(question_id, answer):
    assert cases.remarks((question_id,), {"O3.studentnummer": "r0123456", question_id: answer}) == []


# The assignment itself.


def test_the_table_of_rules_is_that_of_the_data_package():
    """Pay out every result by the words of the table (``paid``) and by the rules of the data package."""
    text = source("O3", "o3-uitleg-uitbetaling")
    for words in ("| IOD | 100 procent beter of meer | ja | 7,5 % |", "| Newpin | 70 procent of meer | ja | 15 % |"):
        assert words in text
    for name in ("iod", "newpin"):
        for result in range(-30 if name == "iod" else 0, 130):
            found = pay_out(o3.rule(name), result, 100_000, 2).total
            assert found == pytest.approx(paid(name, result, 100_000, 2)), (name, result)
    assert paid("newpin", 66, 100_000, 2) == pytest.approx(100_000 * 1.12**2)


def test_the_worked_examples_are_right():
    text = source("O3", "o3-uitleg-maanden")
    assert f"**{months(0.2, 2000, 300):.2f}**".replace(".", ",") in text
    share = 100 * 0.2 / with_help(0.2, 2000, 300)
    assert f"**{share:.1f} procent**".replace(".", ",") in text
    assert paid("iod", 80, 1, 1) == pytest.approx(1.045)
    assert pytest.approx(1.21) == 1.1 * 1.1
    assert 22 * 1.5 == 33


def test_the_ten_people_are_those_of_lesson_4():
    assert tuple(client.chance for client in CLIENTS) == TEN


def test_goals_parts_and_points_are_those_announced():
    check_goals("O3")
    parts = [
        ["o3-maanden", "o3-deadweight"],
        ["o3-contract"],
        ["o3-uitbetaling"],
        ["o3-vals-succes"],
        ["o3-kantelfout"],
    ]
    check_announced("O3", *parts, ["o3-steelman"], ["o3-advies"])


def test_each_question_is_shown_next_to_the_figures_it_needs():
    ids = [cell["id"] for cell in solution("O3")]
    order = ["maanden", "contract", "sib", "vals-succes", "kantelfout"]
    places = [ids.index(f"o3-cijfers-{name}") for name in order]
    assert places == sorted(places)


# From hand-in to gradebook.


@pytest.fixture(scope="module")
def course(released):
    hand_in(released, "O3", "volledig", PERFECT, PROSE)
    hand_in(released, "O3", "half", {"O3.studentnummer": "R 0123456", "O3.deadweight": 49.5}, {})
    released.nbgrader("autograde", "O3")
    released.nbgrader("generate_feedback", "O3")
    return released


def test_points_in_the_gradebook(course):
    assert course.points("volledig", "O3") == pytest.approx(PERFECT_POINTS | dict.fromkeys(PROSE))
    assert course.points("half", "O3") == pytest.approx(NOTHING | {"o3-deadweight": 4} | dict.fromkeys(PROSE, 0))


def test_feedback_names_the_demand_that_is_not_met_and_no_key(course):
    text = (course.place / "feedback" / "half" / "O3" / "O3.html").read_text(encoding="utf-8")
    assert "Voor studentnummer r0123456 is aan 0 van de 2 eisen voldaan" in text
    assert "VERBORGEN" not in text and "own_design" not in text and "own_numbers" not in text
