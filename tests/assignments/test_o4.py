"""O4: figures of one's own, six vignettes, and the dossier on Beekland."""

import re
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from o4_answers import KINDS, PERFECT, PERFECT_POINTS, kind_of, mean_trust, mission, perfect, trust_after_twelve
from own_parts import ABSURD, NUMBERS, check_announced, check_goals, hand_in, points, solution, source

from vermarkting import cases, data, keys
from vermarkting.cases import o4
from vermarkting.explorables import workbench
from vermarkting.text import t

NOTHING = dict.fromkeys(PERFECT_POINTS, 0)


def case(number):
    return cases.case("O4", number)


def test_the_model_answers_earn_everything():
    assert points("O4", PERFECT) == PERFECT_POINTS


def test_every_student_has_a_task_that_can_be_solved_in_full():
    for number in NUMBERS:
        assert points("O4", perfect(number)) == PERFECT_POINTS, number


# Worked out with a calculator from the rules as the assignment tells them.
BY_HAND = {
    # Start 75, a tender every 4 years with rivalry 0.30, 3 services; T = 1, L = 3, p = 0.8, target 72.
    "r0000000": {
        "O4.vertrouwen": {"geen": 92.9, "samen": 75.0, "alleen": 43.7, "lukt_samen": 56.3, "lukt_alleen": 19.1},
        "O4.klok": {"kort": 68.3, "lang": 83.4, "zittend": 93.4},
        "O4.termijn": 4,  # 68.3 with three years, 75.5 with four
    },
    # Start 60, a tender every 3 years with rivalry 0.30, 4 services; T = 1.5, L = 5, p = 0.8, target 66.
    "r0000001": {
        "O4.vertrouwen": {"geen": 88.7, "samen": 68.7, "alleen": 37.8, "lukt_samen": 32.4, "lukt_alleen": 5.4},
        "O4.klok": {"kort": 71.1, "lang": 85.0, "zittend": 94.0},
        "O4.termijn": 5,  # 65.1 with four years, 71.1 with five
    },
}


@pytest.mark.parametrize("number", BY_HAND)
def test_two_students_worked_out_by_hand(number):
    earned = points("O4", BY_HAND[number] | {"O4.studentnummer": number})
    assert (earned["o4-vertrouwen"], earned["o4-klok"], earned["o4-termijn"]) == (15, 12, 3)


def test_answers_of_somebody_else_earn_little():
    for mine, other in zip(NUMBERS[:20], NUMBERS[20:], strict=True):
        copied = perfect(other) | {"O4.studentnummer": mine}
        assert sum(points("O4", copied).values()) <= 0.6 * sum(PERFECT_POINTS.values())
    # One vignette happens to be of the same kind in the same place.
    copied = perfect("r0000001") | {"O4.studentnummer": "r0000000"}
    assert points("O4", copied) == NOTHING | {"o4-gevallen": 0}


def test_without_a_number_there_is_nothing_to_check_with():
    for number in (None, "", "abc", "é" * 8, 7, ["r0123456"]):
        answers = {**PERFECT, "O4.studentnummer": number}
        assert points("O4", answers) == NOTHING


def test_nothing_and_nonsense_earn_nothing():
    assert points("O4", {}) == NOTHING
    for absurd in ABSURD:
        answers = dict.fromkeys(PERFECT, absurd) | {"O4.studentnummer": "r0123456"}
        assert points("O4", answers) == NOTHING
        assert cases.remarks(tuple(PERFECT), answers) == []


ANYTHING = st.recursive(
    st.none() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["geen", "kort", "g1"]), inner),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*PERFECT, "O4.x"]), ANYTHING))
def test_no_sheet_breaks_a_check(answers):
    assert set(points("O4", answers)) == set(PERFECT_POINTS)
    cases.remarks(tuple(PERFECT), answers)


@pytest.mark.parametrize(
    ("question", "item", "grade_id", "part"),
    [
        ("vertrouwen", "samen", "o4-vertrouwen", 3),
        ("klok", "lang", "o4-klok", 4),
        ("missie", "selectie", "o4-missie", 3),
    ],
)
def test_the_tolerance_that_is_told_is_the_one_that_is_used(question, item, grade_id, part):
    right = keys.file("O4").RIGHT[question](case("r0123456"))[item]
    for off, lost in ((0.299, 0), (-0.299, 0), (0.301, part), (-0.301, part)):
        answers = PERFECT | {f"O4.{question}": PERFECT[f"O4.{question}"] | {item: right + off}}
        assert points("O4", answers)[grade_id] == PERFECT_POINTS[grade_id] - lost
    assert re.search("afwijking van 0,3 (is )?toegestaan", source("O4", f"o4-uitleg-{question}"))


@pytest.mark.parametrize(("question", "grade_id"), [("termijn", "o4-termijn"), ("vloer", "o4-vloer")])
def test_a_whole_number_is_exact(question, grade_id):
    for off in (-1, 1):
        answers = PERFECT | {f"O4.{question}": PERFECT[f"O4.{question}"] + off}
        assert points("O4", answers)[grade_id] == 0


# The figures


def test_the_sliders_of_the_lesson_can_be_set_to_the_figures():
    lesson = import_module("vermarkting.explorables.mission_drift")  # the package has a function of that name
    for number in NUMBERS:
        own = case(number)
        for name, value in (("pressure", own.pressure), ("floor", perfect(number)["O4.vloer"])):
            assert value <= lesson.CONTROLS[name]["max"] and value % lesson.CONTROLS[name]["step"] == 0
        assert own.seed - lesson.FIRST_DRAW in range(6), "a few clicks on a new draw"
        assert lesson.ROUNDS == o4.ROUNDS


def test_a_lower_floor_is_never_enough_and_no_rounding_decides():
    for number in NUMBERS[:15]:
        own, least = case(number), perfect(number)["O4.vloer"]
        ends = {floor: round(100 * mission(own, floor).means[-1], 1) for floor in range(least + 1)}
        assert [floor for floor, end in ends.items() if end >= own.goal] == [least]


def test_every_draw_has_two_or_three_forbidden_vignettes_and_each_lawful_kind():
    seen = set()
    for number in NUMBERS:
        kinds = [kind_of(t(f"o4.vignettes.{name}")) for name in case(number).vignettes]
        assert len(set(case(number).vignettes)) == 6
        assert kinds.count("verboden") in (2, 3) and set(kinds) == {"verboden", "samen", "door", "gewoon"}
        seen |= set(case(number).vignettes)
    assert len(seen) == len(KINDS) == 15


def test_remarks_say_what_cannot_be_and_never_what_is_right():
    asked = tuple(PERFECT)
    assert cases.remarks(asked, PERFECT) == []
    wrong = PERFECT | {
        "O4.vertrouwen": {"geen": 50, "samen": 60, "alleen": 70, "lukt_samen": 71, "lukt_alleen": 72},
        "O4.klok": {"kort": 50, "lang": 40, "zittend": 30},
        "O4.missie": {"selectie": 3},
        "O4.vloer": 90,
        "O4.gevallen": dict.fromkeys(o4.PLACES, "gewoon"),
    }
    remarks = cases.remarks(asked, wrong)
    assert len(remarks) == 9
    assert not any(re.search(r"\d", remark) for remark in remarks)
    for number in NUMBERS:
        assert cases.remarks(asked, perfect(number)) == []


# What stands in the notebook


def test_goals_points_and_minutes_are_those_announced():
    check_goals("O4")
    check_announced(
        "O4",
        ("o4-vertrouwen",),
        ("o4-klok", "o4-termijn"),
        ("o4-missie", "o4-vloer"),
        ("o4-gevallen",),
        ("o4-dossier",),
    )


def test_the_tactic_of_dividing_never_stands_without_its_warning():
    for cell_id in ("o4-uitleg-gevallen", "o4-beekland"):
        assert "⚠" in source("O4", cell_id) and "verboden samenspanning" in source("O4", cell_id)
    assert "⚠" in data.question("O4.gevallen")["prompt"]


def test_the_examples_of_the_assignment_are_those_of_the_rules_and_of_the_workbench():
    bench = workbench("vertrouwen")
    assert round(100 * trust_after_twelve(0.8, 1, 3), 1) == 38.6 and bench.value["trust"] == "38,6"
    assert "38,6" in source("O4", "o4-uitleg-vertrouwen")
    clock = workbench("klok")
    assert round(mean_trust(2, 2.5), 1) == 42.9 and clock.value["mean"] == "42,9"
    clock.controls["wins"].value = 50
    assert clock.value["mean"] == "66,7"
    assert all(words in source("O4", "o4-uitleg-klok") for words in ("42,9", "66,7"))


def test_the_workbench_can_be_set_to_everybodys_figures_and_gives_what_is_right():
    benches = {name: workbench(name) for name in ("vertrouwen", "klok")}

    def out(name, word, **figures):
        for control, value in figures.items():
            slider = benches[name].controls[control]
            assert slider.min <= value <= slider.max and (value - slider.min) % slider.step == 0, (control, value)
            slider.value = value
        return float(benches[name].value[word].replace(".", "").replace(",", "."))

    for number in NUMBERS:
        own, right = case(number), perfect(number)
        region = {"start": own.start, "cycle": own.cycle, "services": own.services}
        for name, rivalry in (("geen", 0), ("samen", own.joint), ("alleen", 100)):
            assert out("vertrouwen", "trust", rivalry=rivalry, **region) == pytest.approx(
                right["O4.vertrouwen"][name], abs=0.11
            )
        clock = {"build_up": own.build_up, "wins": 0}
        assert out("klok", "mean", term=own.long_term, **clock) == pytest.approx(right["O4.klok"]["lang"], abs=0.11)
        assert out("klok", "mean", term=right["O4.termijn"], **clock) >= own.target
        kept = out("klok", "mean", term=own.term, build_up=own.build_up, wins=own.wins)
        assert kept == pytest.approx(right["O4.klok"]["zittend"], abs=0.11)


def test_it_is_made_alone():
    told = " ".join(cell["source"] for cell in solution("O4") if cell["id"] != "o4-dossier")
    assert "alleen te maken" in told and "jullie" not in told.casefold()


def test_the_figures_in_the_model_answer_are_those_of_its_student_number():
    text = next(cell["source"] for cell in solution("O4") if cell["id"] == "o4-dossier")
    answers = perfect("r0000000")
    own = case("r0000000")
    told = {
        "een termijn van drie jaar": own.term == 3,
        "vertrouwen van 68 op 100, en zes jaar haalt 83": [answers["O4.klok"][n] for n in ("kort", "lang")]
        == [68.3, 83.4],
        "ondergrens van 15 van de 100 uur": answers["O4.vloer"] == 15,
        "nog 20 uur over": own.goal == 20,
        "blijft er in het model 12 uur over": round(answers["O4.missie"]["zonder"]) == 12,
        "44 op 100": round(answers["O4.vertrouwen"]["alleen"]) == 44,
        "ongeveer 8 van de 100": round(100 * after(own, 1) ** 3) == 8,
        "ongeveer 42": round(100 * after(own, 0.30) ** 3) == 42,
        "van 75 naar ongeveer 65": [round(100 * after(own, one)) for one in (0.30, 0.50)] == [75, 65],
        "ongeveer 27 van de 100": round(100 * after(own, 0.50) ** 3) == 27,
        "van drie jaar al 83": round(mean_trust(0.5, 3)) == 83,
        "drie jaar naar 48": round(mean_trust(2, 3)) == 48,
    }
    assert own.build_up == 1 and own.joint == 30
    for words, holds in told.items():
        assert words in text and holds, words


def after(own, rivalry):
    return trust_after_twelve(own.start / 100, rivalry, own.cycle)


@pytest.fixture(scope="module")
def course(released):
    hand_in(released, "O4", "groep", PERFECT, {"o4-dossier": "Wij kiezen twee sporen en zeggen waar ze wringen."})
    hand_in(released, "O4", "leeg", {}, {})
    released.nbgrader("autograde", "O4")
    released.nbgrader("generate_feedback", "O4")
    return released


def test_a_hand_in_is_graded_from_its_sheet(course):
    assert course.points("groep", "O4") == PERFECT_POINTS | {"o4-dossier": None}
    assert course.points("leeg", "O4") == NOTHING | {"o4-dossier": 0}


def test_feedback_holds_no_key(course):
    text = (course.place / "feedback" / "leeg" / "O4" / "O4.html").read_text(encoding="utf-8")
    assert "VERBORGEN" not in text and "own_vignettes" not in text and "&quot;v03&quot;" not in text
