"""O6: a map around three arguments of one's own, missing premises, attacks overruled, and two texts."""

import pytest
from courses import graded
from hypothesis import given, settings
from hypothesis import strategies as st
from o6_answers import PERFECT, PERFECT_POINTS, ROWS, attacks, good_map, perfect, tied
from own_parts import ABSURD, NUMBERS, check_announced, check_goals, hand_in, points, solution, source

from vermarkting import cases, data
from vermarkting.cases import o6
from vermarkting.content import folder
from vermarkting.grading import rubrics
from vermarkting.grading.autograde.view import rows as shown
from vermarkting.personal import Draw

NOTHING = dict.fromkeys(PERFECT_POINTS, 0)
PROSE = ("o6-aannames", "o6-aanvallen", "o6-nota", "o6-verdediging")
# A map made by hand for r0000000, who must use L03, A069 and L13.
HAND = ["L03", "A069", "L13", "A006", "A026", "A053", "A045", "A067"]


def earned(names, number="r0000000"):
    return points("O6", {"O6.studentnummer": number, "O6.kaart": names})["o6-kaart"]


def test_the_model_answers_earn_everything():
    assert points("O6", PERFECT) == PERFECT_POINTS


def test_every_student_has_a_task_that_can_be_solved_in_full():
    for number in NUMBERS[:25]:
        assert points("O6", perfect(number)) == PERFECT_POINTS, number


# The map counts for 16 points over 14 parts: size 2, three given 3, pro 2, seeds 2, literature 2, linked 3.


def test_a_map_counted_by_hand():
    assert cases.case("O6", "r0000000").given == ("L03", "A069", "L13")
    # Eight; the given three; pro L03 A006 A026; literature L03 L13; S0 S1 S2 S3, but nobody speaks from S4.
    assert {source for name in HAND for source in ROWS[name]["source_ids"]} & set(o6.SEEDS) == {"S0", "S1", "S2", "S3"}
    assert not [name for name in HAND if not any(tied(name, other) for other in HAND if other != name)]
    assert earned(HAND) == pytest.approx(16 * 12 / 14, abs=0.01)
    # A098 speaks for S4 and supports A037 only: alone it hangs loose, together they complete the map.
    assert earned([*HAND, "A098"]) == pytest.approx(16 * 11 / 14, abs=0.01)
    assert earned([*HAND, "A098", "A037"]) == 16


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        ([], 0),
        (["A006", "A025"], 0),  # without the three that are given nothing counts
        (["L03", "A006", "L13"], 0),
        (["L03", "A069", "L13"], 3 + 2),  # the given three, two from literature; all hang loose
        (["L03", "A069", "L13", "A006", "A026"], 3 + 2 + 2 + 3),  # all but size and seeds
    ],
)
def test_each_demand_has_its_part(names, parts):
    assert earned(names) == pytest.approx(16 * parts / 14, abs=0.01)


def test_a_map_of_somebody_else_fails():
    for mine, other in zip(NUMBERS[:12], NUMBERS[12:24], strict=True):
        copied = perfect(other) | {"O6.studentnummer": mine}
        if not set(cases.case("O6", mine).given) <= set(copied["O6.kaart"]):
            assert points("O6", copied)["o6-kaart"] == pytest.approx(16 * 2 / 14, abs=0.01)


def test_the_own_three_beside_the_map_of_somebody_else_are_no_map():
    mine, other = "r0000000", next(n for n in NUMBERS if not set(good_map(n)) & {"L03", "A069", "L13"})
    theirs = [name for name in good_map(other) if not any(tied(name, own) for own in ("L03", "A069", "L13"))]
    names = ["L03", "A069", "L13", *theirs]
    assert o6.around(cases.case("O6", mine), names) == ["L03", "A069", "L13"]
    notes = {name: f"Hier moet je geloven wat {name} niet zegt." for name in names}
    earned_by_copying = points("O6", {"O6.studentnummer": mine, "O6.kaart": names, "O6.aannames": notes})
    assert earned_by_copying["o6-kaart"] <= 16 * 11 / 14 + 0.01


def test_everything_on_the_map_is_no_map():
    assert earned(list(ROWS)) == 0
    full = good_map("r0000000")
    more = [name for name in ROWS if name not in full]
    sixteen = [*full, *more[: 16 - len(full)]]
    assert earned(sixteen) >= 16 * 11 / 14 - 0.01, "at most the new ones hang loose"
    assert earned([*sixteen, more[-1]]) == 0
    assert [data.question(f"O6.{name}")["least"] for name in ("kaart", "aannames", "aanvallen")] == [8, 3, 3]


def test_names_that_do_not_exist_do_not_count():
    assert earned(["A999", "L99", *HAND]) == earned(HAND)
    assert earned(["A999"] * 1) == 0
    assert points("O6", {"O6.studentnummer": "r0000000", "O6.kaart": ["A006", "A006"]}) == NOTHING, "twice one argument"


def test_notes_are_for_oneself_and_words_alone_earn_nothing():
    """What the notes say is for a person to judge: "bla bla" on every argument and attack is worth no point."""
    blah = dict.fromkeys(ROWS, "bla bla bla bla bla bla") | dict.fromkeys(attacks(list(ROWS)), "bla " * 20)
    notes = {"O6.studentnummer": "r0000000", "O6.aannames": blah, "O6.aanvallen": blah}
    assert points("O6", notes) == NOTHING
    machine = {name for name, cell in graded(solution("O6")).items() if cell["cell_type"] == "code"}
    assert machine == {"o6-kaart"}


def test_remarks_count_notes_until_there_are_three():
    names, on_map = PERFECT["O6.kaart"], attacks(PERFECT["O6.kaart"])
    for name, keys in (("aannames", names), ("aanvallen", on_map)):
        for many in range(4):
            notes = {key: f"Hier staat wat {key} niet zegt." for key in keys[:many]}
            told = cases.remarks((f"O6.{name}",), PERFECT | {f"O6.{name}": notes})
            assert [f"{many} van de 3" in remark for remark in told] == ([True] if many < 3 else [])


def test_without_a_number_the_map_cannot_be_checked():
    answers = {**PERFECT, "O6.studentnummer": "abc"}
    assert points("O6", answers)["o6-kaart"] == 0


def test_nothing_and_nonsense_earn_nothing():
    assert points("O6", {}) == NOTHING
    for absurd in ABSURD:
        answers = dict.fromkeys(PERFECT, absurd) | {"O6.studentnummer": "r0123456"}
        assert points("O6", answers) == NOTHING
        cases.remarks(tuple(PERFECT), answers)


NESTED = st.recursive(
    st.none() | st.floats() | st.sampled_from(["A006", "L10", "A048>A006", "een " * 20]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["A006", "A048>A006", ""]), inner),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*PERFECT, "O6.kant"]), NESTED))
def test_no_sheet_breaks_a_check(answers):
    assert set(points("O6", answers)) == set(PERFECT_POINTS)
    cases.remarks(tuple(PERFECT), answers)


def test_the_arguments_that_are_given_have_neighbours_and_none_proposes_what_is_forbidden():
    seen = set()
    for number in [f"r{number:07}" for number in range(300)]:
        own = cases.case("O6", number).given
        assert [ROWS[name]["position"] for name in own] == ["pro-markt", "kritisch", "conditioneel"]
        assert not set(own) & set(ROWS["L16"]["attacks"])
        seen.add(own)
    assert len(seen) > 250
    ends = [end for link in o6.links() for end in link[:2]]
    assert all(ROWS[name]["core"] and ends.count(name) >= 3 for names in o6.STARTS for name in names)


def test_an_argument_that_is_added_later_changes_nobodys_starting_points(monkeypatch):
    before = [cases.case("O6", number).given for number in NUMBERS]
    monkeypatch.setattr(data, "rows", lambda table: pytest.fail("the draw looked at a table that changes"))
    assert [o6.draw(Draw("O6", number)).given for number in NUMBERS] == before


def test_remarks_tell_what_is_missing_and_are_silent_when_nothing_is():
    asked = ("O6.kaart", "O6.aannames", "O6.aanvallen")
    assert cases.remarks(asked, PERFECT) == []
    empty = {"O6.studentnummer": "r0000000"}
    assert len(cases.remarks(asked, empty)) == 4
    started = empty | {"O6.kaart": ["L03", "A011"]}
    told = " ".join(cases.remarks(asked, started))
    assert "nog niet op je kaart: A069, L13." in told
    assert "Hangt nog niet aan jouw drie vertrekpunten vast: L03, A011." in told
    assert "8 tot 16 argumenten" in told and "minstens 3 argumenten voor de markt" in told and "S0 tot S4" in told
    assert "Zet eerst je drie vertrekpunten op je kaart." in told


def test_the_graded_notebook_can_show_a_map():
    for name, answer in (("kaart", PERFECT["O6.kaart"]), ("aanvallen", PERFECT["O6.aanvallen"])):
        assert all(isinstance(text, str) for row in shown(data.question(f"O6.{name}"), answer) for text in row)


# What stands in the notebook


def test_goals_points_and_minutes_are_those_announced():
    check_goals("O6")
    check_announced("O6", ("o6-kaart",), ("o6-aannames",), ("o6-aanvallen",), ("o6-nota",), ("o6-verdediging",))


def test_the_demands_that_are_told_are_those_that_are_used():
    told = source("O6", "o6-uitleg-kaart")
    assert f"{o6.LEAST} tot {o6.MOST} argumenten" in told
    assert f"minstens {o6.LEAST_PRO} argumenten pleiten voor de markt" in told
    assert f"minstens {o6.LEAST_LITERATURE} argumenten komen uit de ruimere literatuur" in told
    assert o6.LEAST_PREMISES == 3 and "minstens drie argumenten" in source("O6", "o6-uitleg-aannames")
    assert o6.LEAST_OVERRULED == 3 and "drie aanvallen" in source("O6", "o6-uitleg-aanvallen")
    pro = [row for row in ROWS.values() if row["position"] == "pro-markt"]
    assert f"Van de {len(ROWS)} argumenten pleiten er {len(pro)} voor de markt" in source("O6", "o6-werkwijze")


def test_the_rubrics_reward_no_position():
    for rubric in rubrics.read(folder("assignments") / "O6" / rubrics.NAME).values():
        for criterion in rubric.criteria:
            for level in criterion.levels:
                assert not {"markt", "vermarkting", "tender", "kritisch"} & set(level.text.lower().rstrip(".").split())


@pytest.fixture(scope="module")
def course(released):
    prose = dict.fromkeys(PROSE, "Mijn stelling heeft een grens.")
    hand_in(released, "O6", "volledig", PERFECT, prose)
    hand_in(released, "O6", "leeg", {}, {})
    released.nbgrader("autograde", "O6")
    released.nbgrader("generate_feedback", "O6")
    return released


def test_a_hand_in_is_graded_from_its_sheet(course):
    assert course.points("volledig", "O6") == PERFECT_POINTS | dict.fromkeys(PROSE)
    assert course.points("leeg", "O6") == NOTHING | dict.fromkeys(PROSE, 0)


def test_feedback_shows_the_map_and_no_check(course):
    text = (course.place / "feedback" / "volledig" / "O6" / "O6.html").read_text(encoding="utf-8")
    assert PERFECT["O6.kaart"][0] in text
    assert "VERBORGEN" not in text and "own_design" not in text
