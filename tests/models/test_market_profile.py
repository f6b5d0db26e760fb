import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermarkting.models.market_profile import FEATURES, LEVELS, Case, distance, nearest, shared_features
from vermarkting.models.parameters import ParameterError

HUISARTS = Case("huisarts", (0.5, 1, 0, 1, 0))
FPC_GENT = Case("fpc-gent", (0, 1, 1, 0, 0))

profiles = st.tuples(*[st.sampled_from(LEVELS)] * len(FEATURES))
cases = st.builds(Case, id=st.text(max_size=3), scores=profiles)


# |.5-0| + |1-1| + |0-1| + |1-0| + |0-0| = 2.5
def test_two_cases_called_market_lie_far_apart_and_share_one_feature():
    assert distance(HUISARTS, FPC_GENT) == 2.5
    assert shared_features(HUISARTS, FPC_GENT) == ("commercial_provider",)


def test_half_a_feature_counts_as_shared():
    half = Case("half", (0.5, 0, 0, 0, 0.5))
    assert shared_features(HUISARTS, half) == ("private_financier",)
    assert shared_features(half, half) == ("private_financier", "payment_by_result")


@given(cases, cases, cases)
def test_distance_is_a_metric(a, b, c):
    assert distance(a, b) == distance(b, a)
    assert (distance(a, b) == 0) == (a.scores == b.scores)
    assert distance(a, c) <= distance(a, b) + distance(b, c)
    assert distance(a, b) <= len(FEATURES)


@given(cases, cases)
def test_what_is_shared_does_not_depend_on_the_order(a, b):
    assert shared_features(a, b) == shared_features(b, a)


def test_nearest_skips_the_case_itself_and_gives_every_tie():
    near = Case("near", (0, 1, 0, 1, 0))
    as_near = Case("as-near", (1, 1, 0, 1, 0))
    assert nearest(HUISARTS, [HUISARTS, FPC_GENT, near, as_near]) == (near, as_near)
    assert nearest(FPC_GENT, [HUISARTS, FPC_GENT, near, as_near]) == (near,)
    assert nearest(HUISARTS, [HUISARTS]) == ()


@given(cases, st.lists(cases, max_size=6))
def test_no_other_case_is_nearer(case, others):
    found = nearest(case, others)
    others = [other for other in others if other.id != case.id]
    assert bool(found) == bool(others)
    assert all(distance(case, near) <= distance(case, other) for near in found for other in others)


@pytest.mark.parametrize("scores", [(), (0, 1, 0, 1), (0, 1, 0, 1, 0, 1)])
def test_every_feature_needs_a_score(scores):
    with pytest.raises(ParameterError, match=f"5 kenmerken nodig; je gaf er {len(scores)}"):
        Case("x", scores)


@pytest.mark.parametrize("score", [0.25, -1, 2, float("nan"), "1", None, True])
def test_a_score_is_none_half_or_full(score):
    with pytest.raises(ParameterError, match="een half of voor 1"):
        Case("x", (0, 1, 0, 1, score))
