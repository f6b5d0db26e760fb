"""Two who wrote the same answer: per part the newest counts, and of two texts both stay."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vermarkting.answers import Answer, AnswerError, AnswerSheet, Made, changed, dump, merge, parse, saved_at

START = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.fixture
def sheet(tmp_path):
    return AnswerSheet(tmp_path / "antwoorden.json")


# One change after another, by writers who did not see each other's


@pytest.mark.parametrize(
    ("base", "one", "other", "together"),
    [
        ({}, {"t1": "npm"}, {"t3": "sib"}, {"t1": "npm", "t3": "sib"}),
        (None, {"t1": "npm"}, {"t3": "sib"}, {"t1": "npm", "t3": "sib"}),
        ({"a": 1, "b": 2}, {"a": 1}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "c": 3}),
        ({"a": 1}, {"a": 2}, {"a": 3}, {"a": 3}),
        ({"v": {}}, {"v": {"score": "1"}}, {"v": {"ground": "A001"}}, {"v": {"score": "1", "ground": "A001"}}),
        (["x", "y"], ["x", "y", "z"], ["y"], ["y", "z"]),
        (["x", "y"], [], ["x", "y", "w"], ["w"]),
        (["x", "y", "z"], ["z", "y", "x"], ["y", "x", "z"], ["y", "x", "z"]),
        ({"a/b": 1}, {"a/b": 1, "a": 2}, {"a/b": 4}, {"a/b": 4, "a": 2}),
        ("eerst", "een", "twee", "twee"),
        (1, 2, 3, 3),
    ],
)
def test_two_who_saw_the_same(sheet, base, one, other, together):
    if base is not None:
        sheet.put("O1.v", base)
    sheet.put("O1.v", one, base=base)
    assert sheet.put("O1.v", other, base=base).value == together
    assert AnswerSheet(sheet.path).get("O1.v").value == together


def test_without_a_base_the_new_value_takes_the_place_of_the_old(sheet):
    sheet.put("O1.v", {"a": 1, "b": 2})
    assert sheet.put("O1.v", {"c": 3}).value == {"c": 3}


def test_two_texts_both_stay_until_it_is_settled(sheet):
    sheet.put("01.t", "Begin.", base=None, keep_both=True)
    sheet.put("01.t", "Begin. EEN", base="Begin.", keep_both=True)
    clash = sheet.put("01.t", "Begin. TWEE", base="Begin.", keep_both=True)
    assert (clash.value, clash.also) == ("Begin. TWEE", ("Begin. EEN",))
    on = sheet.put("01.t", "Begin. TWEE en meer", base="Begin. TWEE", keep_both=True)
    assert on.also == ("Begin. EEN",)
    assert AnswerSheet(sheet.path).get("01.t") == on
    assert sheet.settle("01.t", on.also).also == ()
    assert AnswerSheet(sheet.path).get("01.t").value == "Begin. TWEE en meer"


def test_a_text_that_holds_the_other_is_no_clash(sheet):
    sheet.put("01.t", "Begin.", keep_both=True)
    sheet.put("01.t", "Begin. EEN", base="Begin.", keep_both=True)
    assert sheet.put("01.t", "Begin. EEN en TWEE", base="Begin.", keep_both=True).also == ()


def test_of_many_clashes_no_text_is_lost(sheet):
    texts = [f"versie {number}." for number in range(30)]
    for text in texts:
        answer = sheet.put("01.t", text, base="", keep_both=True)
    everything = " ".join([answer.value, *answer.also])
    assert all(text in everything for text in texts)
    assert AnswerSheet(sheet.path).get("01.t") == answer


def test_a_change_that_waited_gives_way_to_a_newer_one_per_part():
    kept = changed(None, None, {"a": "oud", "b": "oud"}, at(0))
    kept = changed(kept, kept.value, {"a": "nieuw", "b": "oud"}, at(60))
    late = changed(kept, {"a": "oud", "b": "oud"}, {"a": "laat", "b": "laat"}, at(90), entered=at(30))
    assert late.value == {"a": "nieuw", "b": "laat"}
    choice = changed(Answer("x", at(60)), "w", "y", at(90), entered=at(30))
    assert choice.value == "x"


def test_a_change_to_what_was_seen_does_not_give_way():
    """Its age may be told too high: it comes after what it was made to."""
    first = changed(None, {}, {"a": 1}, at(10))
    again = changed(first, {"a": 1}, {"a": 2}, at(12), entered=at(5))
    assert again.value == {"a": 2}


def test_what_waited_beats_a_moment_that_lies_ahead(sheet):
    ahead = {"O1.v": Answer({"a": "oud"}, datetime.now(UTC).replace(microsecond=0) + timedelta(days=730), {})}
    sheet.path.write_bytes(dump(ahead))
    answer = sheet.put("O1.v", {"a": "nieuw"}, base={"a": "oud"}, made=Made(timedelta(minutes=5)))
    assert answer.value == {"a": "nieuw"}
    assert saved_at(answer) == "Bewaard."


def test_a_merged_answer_stays_within_the_limits(sheet):
    sheet.put("O1.v", [f"a{n}" for n in range(150)], base=[])
    before = sheet.path.read_bytes()
    with pytest.raises(AnswerError):
        sheet.put("O1.v", [f"b{n}" for n in range(150)], base=[])
    assert sheet.path.read_bytes() == before


# Joining sheets

moments = st.integers(0, 6).map(at)
leaves = st.sampled_from(["x", "y", 1, 2.5, True])
keys = st.sampled_from(["a", "b", "c"])
KINDS = {  # the answers to one question are always of one kind
    "match": st.dictionaries(keys, leaves, max_size=3),
    "scan": st.dictionaries(keys, st.dictionaries(keys, leaves, min_size=1, max_size=2), max_size=3),
    "list": st.lists(keys, unique=True, max_size=3),
    "one part": leaves,
}


@st.composite
def three_sheets(draw):
    """The answer on three sheets, as a few writers left it who each saw only a part of the others' work.

    The first edition of the module may have begun it, which kept one moment per answer.
    """
    values = KINDS[draw(st.sampled_from(sorted(KINDS)))]

    def sheet():
        answer, seen, start, least = None, [None], 0, 1
        if draw(st.booleans()):
            start, least = draw(st.integers(1, 4)), 0
            answer = Answer(draw(values), at(4 * start - 1))
            seen.append(answer.value)
        for number in range(start, start + draw(st.integers(least, 4))):
            base = draw(st.sampled_from(seen))
            answer = changed(answer, base, draw(values), at(draw(st.integers(0, 3)) + 4 * number))
            seen.append(answer.value)
        return {"O1.v": answer}

    return sheet(), sheet(), sheet()


def unordered(sheet):
    """The sheet, without the order in which a choice of several stands: that means nothing."""
    answer = sheet["O1.v"]
    return replace(answer, value=sorted(answer.value)) if isinstance(answer.value, list) else answer


FIRST_VERSION_BETWEEN = (
    {"O1.v": Answer({"a": 1}, at(7))},
    {"O1.v": changed(None, None, {"x": 1}, at(5))},
    {"O1.v": changed(None, None, {"y": 1}, at(10))},
)


@example(FIRST_VERSION_BETWEEN)
@given(three_sheets())
def test_joining_sheets_does_not_depend_on_their_order(sheets):
    one, other, third = sheets
    joined = unordered(merge(one, other, third))
    for again in (
        merge(third, other, one),
        merge(other, third, one),
        merge(merge(one, other), third),
        merge(one, merge(other, third)),
        merge(one, other, third, one),
        merge(merge(*sheets), merge(*sheets)),
    ):
        assert unordered(again) == joined


@given(three_sheets())
def test_a_joined_sheet_is_a_sheet(sheets):
    joined = merge(*sheets)
    assert parse(dump(joined)) == joined


def test_parts_of_two_sheets_are_joined():
    one = {"O1.v": changed(None, None, {"a": 1, "b": 1}, at(0))}
    here = {"O1.v": changed(one["O1.v"], {"a": 1, "b": 1}, {"a": 2, "b": 1}, at(5))}
    there = {"O1.v": changed(one["O1.v"], {"a": 1, "b": 1}, {"a": 1, "c": 3}, at(4))}
    assert merge(here, there)["O1.v"].value == {"a": 2, "c": 3}


def test_answers_of_the_first_version_count_as_a_whole():
    old, new = Answer({"a": 1, "b": 2}, at(0)), Answer({"a": 3}, at(1))
    assert merge({"O1.v": old}, {"O1.v": new})["O1.v"] == new
    assert merge(*FIRST_VERSION_BETWEEN)["O1.v"].value == {"a": 1, "y": 1}
