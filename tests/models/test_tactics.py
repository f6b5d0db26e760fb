"""The three tactics: what they do by hand, and that the law is never missing from an outcome."""

from dataclasses import fields
from itertools import permutations
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermarkting import data
from vermarkting.models.network import ORGANISATIONS, Climate, groups, handovers, trust
from vermarkting.models.parameters import ParameterError
from vermarkting.models.tactics import BEST_TIE, TACTICS, TIES, Law, Outcome, law, play

everything = st.tuples(st.sampled_from(TACTICS), st.integers(3, 12))
AFTER = {rivalry: trust(Climate(rivalry=rivalry))[-1] for rivalry in (0, 0.15, 1)}


def test_the_region_has_three_districts_of_four_and_hangs_together():
    assert len(TIES) == 3 + 3 * 6
    assert len(groups(TIES)) == 1
    for large in range(3):
        small = range(3 + 3 * large, 6 + 3 * large)
        assert all((large, s) in TIES for s in small)


@pytest.mark.parametrize(
    ("tactic", "mean"),
    [
        ("compete", AFTER[1]),
        ("divide", AFTER[0]),
        ("merge", AFTER[0.15]),
        ("create", (3 * AFTER[1] + 18 * AFTER[0.15]) / 21),  # the three large ones still bid against each other
    ],
)
def test_trust_when_all_take_part(tactic, mean):
    assert play(tactic).trust == pytest.approx(mean)


# The three large ones are tied to each other; with the first small ones come the ties inside the first district.
@pytest.mark.parametrize(("participants", "at_peace"), [(3, 3), (4, 4), (5, 6), (6, 9)])
def test_only_who_takes_part_stops_fighting(participants, at_peace):
    assert play("divide", participants).trust == pytest.approx((at_peace * AFTER[0] + (21 - at_peace) * AFTER[1]) / 21)


@pytest.mark.parametrize(("tactic", "in_a_hundred"), [("compete", 3), ("divide", 64), ("merge", 38), ("create", 16)])
def test_success_is_that_of_a_client_who_needs_three_services(tactic, in_a_hundred):
    found = play(tactic)
    chances = handovers(TIES, tuple(BEST_TIE * strength for strength in found.strengths))
    ways = [chances[one][two] * chances[two][three] for one, two, three in permutations(range(ORGANISATIONS), 3)]
    assert found.success == pytest.approx(fmean(ways))
    assert round(100 * found.success) == in_a_hundred


@pytest.mark.parametrize(
    ("tactic", "participants", "bids", "price", "own", "subcontracted", "without"),
    [
        ("compete", 12, 12, 102.5, 0, 0, 9),
        ("divide", 12, 1, 130, 9, 0, 0),
        ("merge", 12, 1, 130, 9, 0, 0),
        ("merge", 9, 4, 107.5, 6, 0, 3),
        ("create", 12, 3, 110, 0, 9, 0),
        ("create", 3, 12, 102.5, 0, 0, 9),
        ("divide", 6, 7, 100 + 30 / 7, 3, 0, 6),
    ],
)
def test_bids_price_and_small_ones_by_hand(tactic, participants, bids, price, own, subcontracted, without):
    found = play(tactic, participants)
    assert (found.bids, found.own, found.subcontracted, found.without) == (bids, own, subcontracted, without)
    assert found.price == pytest.approx(price)


@given(everything)
def test_small_ones_add_up_and_chances_are_chances(setting):
    found = play(*setting)
    assert found.own + found.subcontracted + found.without == 9
    assert len(found.strengths) == len(TIES)
    assert 0 <= found.success <= found.trust <= 1
    assert found.price > 100


@given(st.sampled_from(TACTICS[1:]), st.integers(3, 11))
def test_with_more_participants_there_is_more_trust_and_less_competition(tactic, participants):
    less, more = play(tactic, participants), play(tactic, participants + 1)
    assert more.trust >= less.trust
    assert more.bids < less.bids
    assert more.price > less.price


def test_competing_does_not_depend_on_participants():
    assert play("compete", 3) == play("compete", 12)


# The law


@given(everything)
def test_every_outcome_says_what_the_law_says(setting):
    found = play(*setting)
    assert found.law == law(setting[0])
    assert found.law.status in ("forbidden", "usually_allowed", "allowed_if_disclosed", "allowed")
    assert len(found.law.sentence) > 40


@given(st.integers(3, 12))
def test_dividing_the_market_is_always_a_warning_with_lawful_alternatives(participants):
    found = play("divide", participants).law
    assert found.status == "forbidden"
    assert "samenspanning" in found.sentence and "10 %" in found.sentence and "jurist" in found.sentence
    assert {"B90", "L16"} <= set(found.sources)
    assert found.alternatives
    assert all(law(name).status != "forbidden" for name in found.alternatives)


def test_only_dividing_is_forbidden():
    assert [name for name in TACTICS if law(name).status == "forbidden"] == ["divide"]
    assert law("merge").status == "usually_allowed"
    assert law("create").status == "allowed_if_disclosed"


def test_no_outcome_can_be_made_without_the_law():
    assert "law" in {field.name for field in fields(Outcome)}
    with pytest.raises(TypeError):
        Outcome("divide", (), 0.9, 0.9, 1, 130, 9, 0, 0)
    with pytest.raises(TypeError):
        Law("forbidden")


def test_the_law_refers_to_sources_that_exist():
    known = {row["id"] for table in ("sources", "arguments") for row in data.rows(table)}
    assert {source for name in TACTICS for source in law(name).sources} <= known


@pytest.mark.parametrize(("tactic", "participants"), [("cheat", 12), ("divide", 2), ("merge", 13), ("merge", 4.5)])
def test_impossible_settings_are_refused(tactic, participants):
    with pytest.raises(ParameterError):
        play(tactic, participants)


def test_an_unknown_tactic_has_no_law():
    with pytest.raises(ParameterError):
        law("cheat")
