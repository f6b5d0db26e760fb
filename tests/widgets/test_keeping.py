"""An answer on its way from a page: called kept when it is on disk and not before, and followed where others write."""

import asyncio
import errno
import os

import pytest

from vermarkting import files
from vermarkting.answers import AnswerSheet
from vermarkting.widgets import keeping
from vermarkting.widgets.question import Question

MATCH = {
    "kind": "match",
    "prompt": "Wat?",
    "items": [{"id": "x", "text": "IJs"}, {"id": "y", "text": "Thee"}],
    "categories": [{"id": "w", "text": "warm"}, {"id": "k", "text": "koud"}],
}
TEXT = {"kind": "text", "prompt": "Wat?", "min_words": 1, "max_chars": 500}


class View:
    """A question as one page has it: what the page sends, and what it is told."""

    def __init__(self, question=MATCH, sheet=None):
        self.part = Question("99.q", question, sheet)
        self.told = []
        self.part.send = lambda message, buffers=None: self.told.append(message)

    def give(self, change, value, base=None, age=0, follows=None):
        content = {"keep": {"id": change, "value": value, "base": base, "age": age, "follows": follows}}
        self.part._handle_custom_msg(content, [])
        return self.told[-1]


def test_a_change_is_confirmed_once_it_is_on_disk():
    view = View()
    assert view.give("1", {"x": "k"}) == {"kept": "1"}
    assert AnswerSheet().get("99.q").value == view.part.answer == {"x": "k"}


def test_a_change_offered_twice_counts_once():
    view = View()
    view.give("1", {"x": "k"})
    assert view.give("1", {"x": "k"}) == {"kept": "1"}
    assert view.part.answer == {"x": "k"}


def test_an_open_view_shows_what_another_wrote_and_both_stay():
    one, other = View(), View()
    one.give("1", {"x": "k"})
    assert other.part.answer == {"x": "k"}
    other.give("2", {"y": "w"}, base=None)
    assert one.part.answer == other.part.answer == {"x": "k", "y": "w"}
    assert one.part.status == other.part.status


def test_what_waited_gives_way_to_what_came_later():
    view = View()
    view.give("1", {"x": "k"})
    view.give("2", {"x": "w", "y": "w"}, base=None, age=60_000)
    assert view.part.answer == {"x": "k", "y": "w"}


def test_a_page_that_missed_what_came_later_is_told():
    """The kernel has it already, so that it would not tell by itself."""
    view, told = View(), []
    view.give("1", {"x": "k"})
    view.part.send_state = told.append
    view.give("2", {"x": "w"}, base=None, age=60_000)
    assert view.part.answer == {"x": "k"} and "answer" in told


@pytest.fixture(autouse=True)
def fresh_kernel(monkeypatch):
    """One that heard of no change yet."""
    monkeypatch.setattr(keeping, "_heard", {})


@pytest.mark.parametrize("age", [None, True, "60000", -5, 1e300, float("nan"), [1]])
def test_an_age_that_is_none_is_no_reason_to_lose_a_change(age):
    view = View()
    view.give("1", {"x": "k"})
    assert view.give("2", {"x": "w"}, base={"x": "k"}, age=age) == {"kept": "2"}
    assert view.part.answer == {"x": "w"}


def test_a_message_that_was_long_on_its_way_is_as_old_as_it_is(monkeypatch):
    """A page sends what it heard of the kernel's clock: a message that stalls in the network is not young."""
    view = View()
    view.give("1", {"x": "k"})
    clock = keeping.clock()
    monkeypatch.setattr(keeping.time, "monotonic", lambda: clock[1] / 1000 + 90)  # 90 s later, of which the page saw 5
    stalled = {"id": "2", "value": {"x": "w", "y": "w"}, "base": None, "age": 1, "clock": clock, "since": 5_000}
    view.part._handle_custom_msg({"keep": stalled}, [])
    assert view.part.answer == {"x": "k", "y": "w"}
    view.part._handle_custom_msg({"keep": {**stalled, "id": "3", "base": {"x": "k"}, "since": 90_000}}, [])
    assert view.part.answer == {"x": "w", "y": "w"}


@pytest.mark.parametrize(
    "clock", [None, 3, ["other", 0], [keeping.clock()[0], "0"], [keeping.clock()[0], float("nan")]]
)
@pytest.mark.parametrize("since", [0, None, "0", -1, True])
def test_a_clock_that_makes_no_sense_is_no_reason_to_lose_a_change(clock, since):
    view = View()
    view.give("1", {"x": "k"})
    change = {"id": "2", "value": {"x": "w"}, "base": {"x": "k"}, "age": 1, "clock": clock, "since": since}
    view.part._handle_custom_msg({"keep": change}, [])
    assert view.told[-1] == {"kept": "2"} and view.part.answer == {"x": "w"}


@pytest.mark.parametrize("base", ["no", 3, ["x"], {"x": ["no"]}, {"a": {"b": {}}}, None])
def test_a_base_that_makes_no_sense_does_no_harm(base):
    view = View()
    assert view.give("1", {"x": "k"}, base=base) == {"kept": "1"}
    assert view.part.answer == {"x": "k"}


@pytest.mark.parametrize("value", [None, {"x": "no"}, {"z": "k"}, ["x"], "x"])
def test_what_does_not_fit_is_refused_for_good(value):
    view = View()
    told = view.give("1", value)
    assert (told["refused"], told["again"]) == ("1", False)
    assert AnswerSheet().get("99.q") is None


@pytest.mark.parametrize(
    ("number", "cause"),
    [(errno.ENOSPC, "schijf is vol"), (errno.EROFS, "niet schrijven"), (errno.EACCES, "niet schrijven")],
)
def test_what_is_not_on_disk_is_refused_with_its_cause_and_kept_when_there_is_room(monkeypatch, number, cause):
    view = View()
    view.give("1", {"x": "k"})
    with monkeypatch.context() as full:
        full.setattr(files.os, "fsync", lambda _handle: (_ for _ in ()).throw(OSError(number, os.strerror(number))))
        told = view.give("2", {"x": "k", "y": "w"}, base={"x": "k"})
    assert (told["refused"], told["again"]) == ("2", True)
    assert cause in told["why"] and view.part.status == told["why"]
    assert AnswerSheet().get("99.q").value == {"x": "k"}
    assert view.give("2", {"x": "k", "y": "w"}, base={"x": "k"}) == {"kept": "2"}
    assert view.part.status.startswith("Bewaard om")


def test_two_texts_are_both_there_until_the_reader_settles_it():
    one, other = View(TEXT), View(TEXT)
    one.give("1", "Begin.")
    one.give("2", "Begin. EEN", base="Begin.")
    other.give("3", "Begin. TWEE", base="Begin.")
    for view in (one, other):
        assert (view.part.answer, view.part.also) == ("Begin. TWEE", ["Begin. EEN"])
    other.part._handle_custom_msg({"settle": ["Begin. EEN"]}, [])
    assert one.part.also == other.part.also == []
    assert AnswerSheet().get("99.q").also == ()


def test_a_text_that_waited_stays_beside_the_newer_one():
    view = View(TEXT)
    view.give("0", "Zin 14.")
    view.give("2", "Zin 16.", base="Zin 14.")
    for _ in range(2):  # a browser offers it until it hears that it is kept
        assert view.give("1", "Zin 15.", base="Zin 14.", age=60_000) == {"kept": "1"}
        assert (view.part.answer, view.part.also) == ("Zin 16.", ["Zin 15."])


def test_the_other_text_stays_until_it_is_taken_up_on_disk():
    one, other = View(TEXT), View({**TEXT, "max_chars": 30})
    one.give("1", "Begin. EEN en nog wat")
    other.give("2", "Begin. TWEE", base="Begin.")
    joined = "Begin. TWEE\n\nBegin. EEN en nog wat"
    assert "refused" in other.give("3", joined, base="Begin. TWEE")
    assert other.part.also == ["Begin. EEN en nog wat"]
    assert one.give("4", joined, base="Begin. TWEE") == {"kept": "4"}
    assert (one.part.answer, one.part.also) == (joined, [])


@pytest.mark.parametrize("seen", [["Begin. EEN"], ["Begin. EEN", 3, {}]])
def test_settling_leaves_what_the_reader_did_not_see(seen):
    view = View(TEXT)
    for text in ("Begin. EEN", "Begin. TWEE", "Begin. DRIE"):
        view.give(text, text, base="Begin.")
    view.part._handle_custom_msg({"settle": seen}, [])
    assert view.part.also == ["Begin. TWEE"]


@pytest.mark.parametrize("first", [None, {}, {"x": "w"}])
def test_a_choice_taken_back_before_it_was_confirmed_is_taken_back(first):
    view = View()
    if first:
        view.give("0", first)
    view.give("1", {"x": "k"}, base=first)
    assert view.give("2", first or {}, base={"x": "k"}, follows="1") == {"kept": "2"}
    assert AnswerSheet().get("99.q").value == (first or {})


def test_going_on_with_one_row_leaves_the_other_to_who_changed_it_meanwhile():
    """A page went on before it knew that its first change was kept, and that another view had taken that back."""
    one, other = View(), View()
    one.give("1", {"x": "k"})
    other.give("2", {}, base={"x": "k"})
    one.give("1", {"x": "k"})
    one.give("3", {"x": "k", "y": "w"}, base={"x": "k"}, follows="1")
    assert AnswerSheet().get("99.q").value == {"y": "w"}


def test_going_on_with_a_text_before_it_was_confirmed_is_no_clash():
    one, other = View(TEXT), View(TEXT)
    one.give("1", "Begin. EEN TWEE", base="Begin.")
    for _ in range(2):  # a browser offers both until it hears that they are kept
        one.give("1", "Begin. EEN TWEE", base="Begin.")
        one.give("2", "Begin. EEN", base="Begin. EEN TWEE", follows="1")
    assert (one.part.answer, one.part.also) == ("Begin. EEN", [])
    other.give("3", "Begin. DRIE", base="Begin.")
    assert one.part.also == ["Begin. EEN"]


def test_what_another_program_writes_is_followed(tmp_path, monkeypatch):
    """Also when another part of the page fails on it."""
    monkeypatch.setattr(keeping, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(keeping, "_when_kept", [])

    async def kernel():
        view = View()
        await asyncio.sleep(0.05)
        told = len(view.told)
        sheet = AnswerSheet(tmp_path / "antwoorden.json")
        keeping.when_kept(lambda question_id: {}[question_id])
        sheet.put("99.ander", "x")
        await asyncio.sleep(0.2)
        # Another kernel has a sheet of its own, and nobody here hears of what it keeps.
        AnswerSheet(tmp_path / "antwoorden.json").put("99.q", {"y": "w"})
        for _ in range(200):
            await asyncio.sleep(0.01)
            if view.part.answer:
                break
        for task in keeping._followed.values():
            task.cancel()
        keeping._followed.clear()
        return view, told

    view, told = asyncio.run(kernel())
    assert view.part.answer == {"y": "w"}
    assert view.part.status.startswith("Bewaard om")
    assert len(view.told) == told
