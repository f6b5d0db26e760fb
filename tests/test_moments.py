"""Which answer counts is a matter of when it was entered: not of when it came, nor of what a clock showed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermarkting.answers import Answer, AnswerSheet, Made, changed, dump, store
from vermarkting.answers.moments import Clock, dated, entered_at, on_sheet

START = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
YEARS = timedelta(days=730)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


class Computer:
    """A clock that can be turned, over time that cannot."""

    def __init__(self) -> None:
        self.passed, self.turned = 1000.0, timedelta()
        self.clock = self.fresh()

    def shows(self) -> datetime:
        return START + seconds(self.passed) + self.turned

    def fresh(self) -> Clock:
        """The clock as a program sees it that starts now."""
        return Clock(self.shows, lambda: self.passed)

    def wait(self, number: float) -> None:
        self.passed += number
        self.clock.look()


@pytest.fixture
def computer(monkeypatch):
    computer = Computer()
    monkeypatch.setattr(store, "CLOCK", computer.clock)
    monkeypatch.setattr(store, "_written", lambda _path: computer.written)
    computer.written = None
    return computer


# Pages that do not see each other's changes at once, messages that come late, out of order and twice, and a clock that
# is turned meanwhile

PARTS, OPTIONS = ("a", "b"), ("x", "y", "z")
event = st.one_of(
    st.tuples(st.just("enter"), st.integers(0, 1), st.sampled_from(PARTS), st.sampled_from(OPTIONS)),
    st.tuples(st.just("see"), st.integers(0, 1)),
    st.tuples(st.just("bring"), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("turn"), st.sampled_from([-YEARS, timedelta(), seconds(3), YEARS])),
    st.tuples(st.just("wait"), st.integers(1, 90)),
)


@pytest.mark.parametrize("of_parts", [True, False])
@given(events=st.lists(event, max_size=40), started_ahead=st.booleans())
def test_what_was_entered_last_counts(of_parts, events, started_ahead):
    computer = Computer()
    start = dict.fromkeys(PARTS, "x") if of_parts else "x"
    kept = Answer(start, START + (YEARS if started_ahead else timedelta()), {} if of_parts else None)
    written = START  # put back since, if it started ahead
    pages = [kept, kept]
    on_its_way, last = [], dict.fromkeys(PARTS, "x") if of_parts else {"": "x"}

    def bring(change):
        nonlocal kept, written
        value, seen, when = change
        made = Made(seconds(computer.passed - when), seen.at)
        entered = entered_at(made, computer.clock, kept.at, written)
        moment = max(computer.clock.look(), kept.at + seconds(0.001))
        after = changed(kept, seen.value, value, moment, entered, seen=seen.at)
        date = dated(computer.clock.look(), kept.at, written, max(kept.at, after.at))
        written, kept = date or computer.shows(), after

    for name, *what in events:
        computer.wait(1)
        if name == "enter":
            page, part, option = what
            seen = pages[page]
            value = {**seen.value, part: option} if of_parts else option
            if value == seen.value:
                continue
            last[part if of_parts else ""] = option
            on_its_way.append((value, seen, computer.passed))
        elif name == "see":
            pages[what[0]] = kept
        elif name == "bring" and on_its_way:
            which, again = what
            bring(on_its_way[which % len(on_its_way)])
            if not again:
                on_its_way.pop(which % len(on_its_way))
        elif name == "turn":
            computer.turned = what[0]
            computer.clock.look()
        elif name == "wait":
            computer.wait(what[0])
    for change in on_its_way:
        bring(change)
    assert kept.value == (last if of_parts else last[""])


def test_an_old_choice_that_comes_again_does_not_take_the_place_of_the_same_as_before(tmp_path, computer):
    """a → b → a: that a stands there is not to say that nothing happened since the first a."""
    sheet = AnswerSheet(tmp_path / "antwoorden.json")
    first = sheet.put("00.q", "a")
    computer.wait(10)
    second = sheet.put("00.q", "b", base="a", made=Made(seen=first.at))
    computer.wait(10)
    sheet.put("00.q", "a", base="b", made=Made(seen=second.at))
    computer.wait(10)
    assert sheet.put("00.q", "b", base="a", made=Made(seconds(20), first.at)).value == "a"


@pytest.mark.parametrize("same_program", [True, False])
def test_after_the_clock_was_put_back_what_is_entered_last_still_counts(tmp_path, monkeypatch, computer, same_program):
    sheet = AnswerSheet(tmp_path / "antwoorden.json")
    computer.turned = YEARS
    first = sheet.put("00.q", "a", base=None, made=Made())
    assert first.at >= START + YEARS
    computer.written, computer.turned = computer.shows(), timedelta()
    if not same_program:
        monkeypatch.setattr(store, "CLOCK", computer.fresh())
    computer.wait(20)
    second = sheet.put("00.q", "b", base="a", made=Made(seen=first.at))
    computer.written = computer.shows()
    computer.wait(20)
    assert sheet.put("00.q", "c", base="a", made=Made(seconds(5), first.at)).value == "c"
    computer.written = computer.shows()
    assert sheet.put("00.q", "a", base="a", made=Made(seconds(30), first.at)).value == "c"
    assert second.at - first.at < seconds(60)


def test_a_sheet_from_a_computer_that_was_ahead_goes_on_at_the_pace_of_time(tmp_path, computer):
    sheet = AnswerSheet(tmp_path / "antwoorden.json")
    ahead = START + YEARS
    sheet.path.write_bytes(dump({"00.q": Answer("a", ahead), "00.r": Answer("a", START)}))
    computer.written = computer.shows()
    computer.wait(30)
    assert sheet.put("00.r", "b", base="a", made=Made(seen=START)).at == ahead + seconds(30)


def test_the_time_on_a_sheet():
    assert on_sheet(START, None, None) == START
    assert on_sheet(START, START - YEARS, START - YEARS) == START
    assert START < on_sheet(START, START + seconds(0.5), START) < START + seconds(1)
    assert on_sheet(START, START + YEARS, START - seconds(9)) == START + YEARS + seconds(9)
    assert on_sheet(START, START + YEARS, START + YEARS) > START + YEARS


def test_a_clock_that_has_only_a_name_is_done_without(monkeypatch):
    def missing(_clock: int) -> float:
        raise OSError(28, "Invalid argument")  # as Python in a browser says it

    monkeypatch.setattr("time.clock_gettime", missing, raising=False)
    assert abs(Clock().look() - datetime.now(UTC)) < seconds(60)
