"""What of votes may be shown, and what can be asked at all."""

import pytest

from vermarkting.live import offers, tally

BET = "03.bet_omkering"
POLL = "00.poll_1"


def ballots(*votes: object) -> dict[str, object]:
    return {f"s{number}": vote for number, vote in enumerate(votes)}


@pytest.mark.parametrize("count", range(5))
@pytest.mark.parametrize("question", [BET, POLL, "03.scan", "09.namens_wie", "10.lab_rangorde", offers.ATTACKS])
def test_fewer_than_five_are_never_shown(question, count):
    assert tally.picture(offers.asked(question), ballots(*[None] * count)) is None


def test_a_bet_shows_each_option_and_what_it_was_before():
    before = ballots(*["blijft"] * 6, "lichtboei", "lichtboei")
    after = before | ballots(*["lichtboei"] * 5)
    drawn = tally.picture(offers.asked(BET), after, before)
    values = {row["text"].split()[1]: (row["value"], row["share"], row["before"]) for row in drawn["rows"]}
    assert values["nv"] == ("1", 1 / 8, 6 / 8) and values["De"] == ("7", 7 / 8, 2 / 8)
    assert "van de 8" in tally.moved(before, after).lower() and "5" in tally.moved(before, after)


def test_a_few_who_moved_stay_a_few():
    before = ballots(*["blijft"] * 9)
    assert "minder dan 5" in tally.moved(before, before | ballots("lichtboei"))
    assert "minder dan vijf" in tally.moved(before, {"later": "blijft"}).lower()
    assert " 0." in tally.moved(before, before)


def test_a_poll_is_counted_along_its_scale():
    drawn = tally.picture(offers.asked(POLL), ballots(0, 10, 10, 4, 4.4, 6))
    assert [int(row["value"]) for row in drawn["rows"]] == [1, 0, 0, 0, 2, 0, 1, 0, 0, 0, 2]
    assert drawn["left"] == "helemaal oneens" and "5,7" in drawn["said"]


def test_a_krachtlijn_that_few_scored_stays_hidden():
    votes = ballots(*[{"nabijheid": "-2", "verbindend": "1"}] * 5, {"nabijheid": "-1"}, *[{"politiserend": "2"}] * 3)
    rows = {row["text"]: row for row in tally.picture(offers.asked("03.scan"), votes)["rows"]}
    assert rows["Nabijheid"]["cells"] == [5, 1, 0, 0, 0] and rows["Nabijheid"]["mean"] == "−1,8"
    assert rows["Verbindend werken"]["cells"] == [0, 0, 0, 5, 0]
    assert rows["Politiserend werken"]["cells"] is None


def test_the_ranking_of_the_class_says_what_then_stands():
    votes = ballots(*[["democratie", "tegenspraak"]] * 4, ["keuzevrijheid"])
    drawn = tally.picture(offers.asked("10.lab_rangorde"), votes)
    assert [row["text"] for row in drawn["rows"][:3]] == ["Democratie", "Tegenspraak", "Keuzevrijheid"]
    assert "van de 128 argumenten" in drawn["said"]


def test_maps_are_merged_by_who_agrees():
    often, seldom = sorted(offers.attacks())[:2]
    drawn = tally.picture(offers.asked(offers.ATTACKS), ballots(*[[often]] * 6, [seldom, often], [seldom]))
    assert [row["value"] for row in drawn["rows"]] == ["7"], "an attack that two let fail is not shown"
    assert drawn["said"].startswith("Van 1 aanval ")


def test_what_is_shown_always_differs_by_five_people():
    shown = ballots(*["blijft"] * 5)
    assert tally.may_follow({}, shown) and not tally.may_follow({}, ballots(*["blijft"] * 4))
    assert not tally.may_follow(shown, shown | {"late": "blijft"})
    assert not tally.may_follow(shown, shown | {"s0": "lichtboei"})
    assert tally.may_follow(shown, shown | dict.fromkeys("vwxyz", "lichtboei"))


def test_only_what_gives_nothing_away_is_offered():
    every = [name for names in offers.offered().values() for name in names]
    assert len(every) > 60 and BET in every and "03.scan" in every and "10.lab_rangorde" in every
    for name in every:
        public = offers.asked(name)
        assert offers.label(name) and public["prompt"]
        assert not {"answer", "explanation", "tolerance"} & public.keys()
        assert all(option.keys() == {"id", "text"} for option in public.get("options", ()))
    with pytest.raises(KeyError):
        offers.asked("03.prijspunten")


@pytest.mark.parametrize(
    ("question", "vote"),
    [
        (BET, "nergens"), (BET, ["blijft"]), (BET, None), (BET, 1), (BET, {}),
        (POLL, 11), (POLL, True), (POLL, "5"), (POLL, -0.5), (POLL, float("nan")), (POLL, float("inf")), (POLL, [1]),
        ("03.scan", {}), ("03.scan", {"nabijheid": 2}), ("03.scan", {"nabijheid": "3"}), ("03.scan", {"x": "1"}),
        ("03.scan", {"nabijheid": ""}), ("03.scan", ["nabijheid"]), ("03.scan", {"nabijheid": {"score": "1"}}),
        ("09.namens_wie", ["bestuur"]), ("09.namens_wie", "bestuur"), ("09.namens_wie", ["bestuur"] * 5),
        ("10.lab_rangorde", []),
        ("10.lab_rangorde", ["democratie", "democratie"]), ("10.lab_rangorde", [["democratie"]]),
        (offers.ATTACKS, ["A001>E1"]), (offers.ATTACKS, {"A001>A002": "reden"}), (offers.ATTACKS, [1]),
    ],
)  # fmt: skip
def test_what_is_no_vote_is_refused(question, vote):
    assert offers.is_vote(question, vote) is False
