from dataclasses import asdict, replace
from itertools import product
from statistics import NormalDist

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vermarkting.models.parameters import ParameterError
from vermarkting.models.voice import (
    HEARD_FROM,
    Conditions,
    Group,
    cascade,
    fears,
    least_protection,
    least_support,
    meeting_and_survey,
    shares,
    thresholds,
)

EXACT = 1e-9

# Thresholds on a grid, so that many fall together and meet the share exactly.
small_groups = st.integers(1, 7).flatmap(
    lambda n: st.lists(st.integers(0, n).map(lambda t: t / n), min_size=n, max_size=n)
)
any_group = st.lists(st.floats(0, 1), min_size=1, max_size=60)


def speakers(found) -> set[int]:
    return {member for joined in found.rounds for member in joined}


# ---- published and hand-worked


def test_granovetters_hundred_people():
    crowd = [person / 100 for person in range(100)]
    assert cascade(crowd).share == 1
    assert cascade(crowd).rounds == tuple((person,) for person in range(100))
    crowd[1] = 0.02  # nobody is left who follows one other
    assert cascade(crowd).rounds == ((0,),)
    assert cascade(crowd).share == 0.01


def test_the_team_of_twenty_of_the_lesson():
    team = [place / 20 for place in range(20)]
    assert cascade(team).share == 1
    team[1] = 0.10
    assert cascade(team).share == 0.05


# By hand: 0 starts; one in five follows 0.2; then two in five reach 0.4 for both others; the last never speaks.
def test_a_cascade_by_hand():
    found = cascade([0.4, 0.2, 1.0, 0.0, 0.4])
    assert found.rounds == ((3,), (1,), (0, 4))
    assert found.share == 0.8
    assert found.speakers == 4
    assert found.is_heard and not found.is_stranded


@pytest.mark.parametrize(
    ("group", "rounds"),
    [
        ([0.0], ((0,),)),
        ([0.001], ()),
        ([0.0, 0.0, 0.0], ((0, 1, 2),)),
        ([1.0, 0.0], ((1,),)),
        ([1 / 3, 2 / 3, 0.0], ((2,), (0,), (1,))),
        ([0.5, 0.0], ((1,), (0,))),
        ([0.51, 0.0], ((1,),)),
    ],
)
def test_small_cascades_by_hand(group, rounds):
    assert cascade(group).rounds == rounds


@pytest.mark.parametrize(
    ("speaking", "heard", "stranded"), [(0, False, False), (1, False, True), (9, False, True), (10, True, False)]
)
def test_heard_from_half(speaking, heard, stranded):
    found = cascade([0.0] * speaking + [1.0] * (20 - speaking))
    assert (found.is_heard, found.is_stranded) == (heard, stranded)
    assert HEARD_FROM == 0.5


# Granovetter's second example: thresholds normal around 25 of 100. He finds that the outcome jumps from about 6 to
# nearly everybody when the standard deviation passes about 12. Here with the hundred quantiles instead of a draw.
def test_granovetters_jump_in_the_spread():
    def outcome(spread: float) -> float:
        curve = NormalDist(25, spread)
        crowd = [curve.inv_cdf((place + 0.5) / 100) for place in range(100)]
        return cascade([min(max(threshold / 100, 0), 1) for threshold in crowd]).share

    assert outcome(5) == 0
    assert outcome(11) < 0.08
    assert outcome(13) > 0.95


# ---- properties of a cascade


def simplest(group) -> set[int]:
    """As the rule is told: everybody looks around again and again until nobody joins."""
    speaking: set[int] = set()
    while True:
        share = len(speaking) / len(group)
        joined = {member for member, own in enumerate(group) if own <= share + EXACT} | speaking
        if joined == speaking:
            return speaking
        speaking = joined


@given(small_groups)
@example([0.0, 1.0])
def test_speakers_are_the_smallest_group_that_agrees_with_itself(group):
    size = len(group)
    settled = [
        set(chosen)
        for flags in product((False, True), repeat=size)
        for chosen in [[member for member, flag in enumerate(flags) if flag]]
        if all((own <= len(chosen) / size + EXACT) == (member in chosen) for member, own in enumerate(group))
    ]
    assert speakers(cascade(group)) == min(settled, key=len)


@given(any_group)
def test_it_is_the_rule_as_told(group):
    found = cascade(group)
    assert speakers(found) == simplest(group)
    assert found.share == len(speakers(found)) / len(group)
    assert all(found.rounds)
    before = 0
    for joined in found.rounds:
        assert all(group[member] <= before / len(group) + EXACT for member in joined)
        before += len(joined)


@given(any_group, st.randoms(use_true_random=False))
def test_the_order_of_the_members_does_not_matter(group, source):
    places = list(range(len(group)))
    source.shuffle(places)
    shuffled = cascade([group[place] for place in places])
    assert {places[member] for member in speakers(shuffled)} == speakers(cascade(group))
    assert list(map(len, shuffled.rounds)) == list(map(len, cascade(group).rounds))


@given(any_group, st.floats(0, 1), st.data())
def test_one_lower_threshold_never_silences_anybody(group, lower, data):
    member = data.draw(st.integers(0, len(group) - 1))
    braver = [*group]
    braver[member] = min(group[member], lower)
    assert speakers(cascade(group)) <= speakers(cascade(braver))


@pytest.mark.parametrize("group", [[], [1.1], [-0.1], [float("nan")], [True], ["0"], [0.0] * 1001])
def test_impossible_groups_are_refused(group):
    with pytest.raises(ParameterError):
        cascade(group)


# ---- fears, conditions and thresholds


def test_the_draw_is_seeded_and_keeps_its_members():
    assert fears(Group()) == fears(Group())
    assert fears(Group(seed=2)) != fears(Group(seed=3))
    assert fears(Group(spread=0)) == (0.35,) * 100
    assert len(fears(Group(size=7))) == 7
    # Twice the spread puts each member twice as far from the average.
    narrow, wide = (fears(Group(fear=0.5, spread=spread, size=5)) for spread in (0.05, 0.1))
    assert [own - 0.5 for own in wide] == pytest.approx([2 * (own - 0.5) for own in narrow])


def test_the_draw_is_normal():
    drawn = [own for seed in range(20) for own in fears(Group(fear=0.5, spread=0.1, seed=seed))]
    assert sum(drawn) / len(drawn) == pytest.approx(0.5, abs=0.01)
    assert sum(own < 0.4 for own in drawn) / len(drawn) == pytest.approx(NormalDist().cdf(-1), abs=0.02)


@given(st.builds(Group, fear=st.floats(0, 1), spread=st.floats(0, 0.5), size=st.integers(1, 50)))
def test_fears_are_sorted_and_on_their_scale(group):
    drawn = fears(group)
    assert list(drawn) == sorted(drawn)
    assert drawn[0] >= 0 and drawn[-1] <= 1


# By hand: 0.35 - 0.10 - 0.05 + 0.20 = 0.40, and so on; the least fearful one is protected.
def test_thresholds_by_hand():
    conditions = Conditions(support=0.10, coalition=0.05, dependence=0.20, protected=1)
    assert thresholds([0.9, 0.35, 1.0, 0.2], conditions) == pytest.approx((0.95, 0.40, 1.0, 0.0))
    assert thresholds([0.9, 0.1], Conditions(support=0.3)) == pytest.approx((0.6, 0.0))
    assert thresholds([0.9, 0.1], Conditions(dependence=-0.2)) == pytest.approx((0.7, 0.0))
    assert thresholds([0.9, 0.1], Conditions(protected=5)) == (0.0, 0.0)


@given(st.integers(1, 10**6), st.floats(0, 0.5), st.floats(0, 0.3), st.floats(0, 0.3), st.integers(0, 100))
def test_support_cover_and_protection_never_silence_and_dependence_never_helps(seed, spread, less, more, protected):
    drawn = fears(Group(spread=spread, seed=seed))
    share = {}
    for field in ("support", "coalition", "dependence"):
        share[field] = [
            cascade(thresholds(drawn, Conditions(**{field: amount}))).share for amount in (0, less, less + more)
        ]
    assert share["support"] == share["coalition"] == sorted(share["support"])
    assert share["dependence"] == sorted(share["dependence"], reverse=True)
    assert cascade(thresholds(drawn, Conditions(protected=protected))).share >= share["support"][0]


def test_support_and_dependence_cancel():
    drawn = fears(Group(fear=0.5))
    both = thresholds(drawn, Conditions(support=0.2, dependence=0.2))
    assert both == pytest.approx(drawn)


# The figures of the check that came before this package, there on 6 draws: a spread of .12 leaves a hundred people
# silent, .25 mostly not; at .15 support of .10 tips most groups and .15 all.
def test_the_checked_shares():
    def heard(spread: float, support: float = 0.0) -> int:
        return sum(share >= 0.5 for share in shares(Group(spread=spread), Conditions(support=support), 100))

    assert max(shares(Group(spread=0.12), Conditions(), 100)) < 0.1
    assert heard(0.25) > 70
    assert heard(0.15) < 5
    assert heard(0.15, 0.10) > 70
    assert heard(0.15, 0.15) == 100


def test_shares_are_those_of_the_seeds():
    found = shares(Group(spread=0.2, seed=9), Conditions(support=0.05), 4)
    one_by_one = [
        cascade(thresholds(fears(Group(spread=0.2, seed=seed)), Conditions(support=0.05))).share
        for seed in (1, 2, 3, 4)
    ]
    assert list(found) == one_by_one


# ---- what it takes


# By hand, four members: the places ask for 0, .25, .5 and .75, so .1 is missing, then 0, .2 and 0.
def test_what_it_takes_by_hand():
    group = [0.7, 0.1, 0.7, 0.2]
    assert least_support(group) == pytest.approx(0.2)
    assert least_protection(group) == pytest.approx({1: 0.1, 0: 0.2})


def test_the_broken_team_of_twenty_needs_one_colleague():
    team = [place / 20 for place in range(20)]
    team[1] = 0.10
    assert least_protection(team) == pytest.approx({1: 0.05})
    assert least_support(team) == pytest.approx(0.05)


@given(any_group)
def test_the_least_support_is_enough_and_a_little_less_is_not(group):
    least = least_support(group)
    assert cascade([max(own - least, 0) for own in group]).share == 1
    if least > 0.001:
        assert cascade([max(own - least + 0.001, 0) for own in group]).share < 1


@given(any_group)
def test_the_protection_is_enough_and_no_dearer_than_support_for_all(group):
    taken = least_protection(group)
    assert cascade([max(own - taken.get(member, 0), 0) for member, own in enumerate(group)]).share == 1
    assert sum(taken.values()) <= len(group) * least_support(group) + EXACT
    if taken:
        member = max(taken, key=taken.get)
        assert (
            cascade([own - (taken.get(place, 0) - (place == member) * 1e-6) for place, own in enumerate(group)]).share
            < 1
        )


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.integers(0, n), min_size=n, max_size=n)))
def test_no_other_protection_is_cheaper(steps):
    size = len(steps)
    cheapest = min(
        sum(taken)
        for taken in product(*(range(step + 1) for step in steps))
        if cascade([(step - less) / size for step, less in zip(steps, taken, strict=True)]).share == 1
    )
    found = least_protection([step / size for step in steps])
    assert sum(found.values()) * size == pytest.approx(cheapest)


# ---- silence in a meeting, and a survey


def test_the_same_silence_with_other_causes():
    team = [place / 20 for place in range(20)]
    team[1] = 0.10
    assert [meeting_and_survey(team, content) for content in (0, 7, 19, 20)] == [(1, 20), (1, 13), (1, 1), (0, 0)]


@given(any_group, st.data())
def test_a_meeting_never_brings_out_more_than_a_survey(group, data):
    content = data.draw(st.integers(0, len(group)))
    meeting, survey = meeting_and_survey(group, content)
    assert 0 <= meeting <= survey == len(group) - content
    assert meeting <= cascade(group).speakers


@pytest.mark.parametrize("content", [-1, 4, 1.0, True])
def test_impossible_numbers_of_content_members_are_refused(content):
    with pytest.raises(ParameterError):
        meeting_and_survey([0, 0.5, 0.7], content)


# ---- parameters


@pytest.mark.parametrize("kind", [Group, Conditions])
@pytest.mark.parametrize("value", [-2, 1e10, float("nan"), True, "1"])
def test_impossible_parameters_are_refused(kind, value):
    for field in asdict(kind()):
        with pytest.raises(ParameterError):
            replace(kind(), **{field: value})


@pytest.mark.parametrize("draws", [0, 1001, 2.5])
def test_impossible_numbers_of_draws_are_refused(draws):
    with pytest.raises(ParameterError):
        shares(Group(), Conditions(), draws)
