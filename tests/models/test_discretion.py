from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermarkting.models.discretion import Layers, room
from vermarkting.models.parameters import ParameterError

percent = st.floats(0, 100)
layers = st.builds(Layers, policy=percent, organisation=percent, worker=percent, colleague=percent)


# By hand: of 100 decisions policy leaves 60, the organisation a fifth of those (12), the worker uses half of that.
def test_room_by_hand():
    assert asdict(room(Layers(60, 20, 50, 75))) == pytest.approx(
        {"closed_by_policy": 40, "closed_by_organisation": 48, "unused": 6, "used": 6, "by_colleague": 3}
    )
    assert asdict(room(Layers(80, 50, 100, 0))) == pytest.approx(
        {"closed_by_policy": 20, "closed_by_organisation": 40, "unused": 0, "used": 40, "by_colleague": 40}
    )


def test_a_bold_worker_stops_at_the_ceiling_of_the_organisation():
    assert room(Layers(60, 20, 100)).used == pytest.approx(12)
    assert room(Layers(60, 60, 50)).used == pytest.approx(18)


# Brute force: lay out 10 x 10 x 10 decisions and count them.
@given(st.integers(0, 10), st.integers(0, 10), st.integers(0, 10), st.integers(0, 10))
def test_room_is_what_counting_gives(policy, organisation, worker, colleague):
    every = [(a, b, c) for a in range(10) for b in range(10) for c in range(10)]
    open_ = [d for d in every if d[0] < policy]
    left = [d for d in open_ if d[1] < organisation]
    used, theirs = ({d for d in left if d[2] < own} for own in (worker, colleague))
    counted = {
        "closed_by_policy": len(every) - len(open_),
        "closed_by_organisation": len(open_) - len(left),
        "unused": len(left) - len(used),
        "used": len(used),
        "by_colleague": len(used ^ theirs),
    }
    found = asdict(room(Layers(10 * policy, 10 * organisation, 10 * worker, 10 * colleague)))
    assert found == pytest.approx({name: count / 10 for name, count in counted.items()})


@given(layers)
def test_decisions_add_up_and_are_never_negative(p):
    found = room(p)
    parts = (found.closed_by_policy, found.closed_by_organisation, found.unused, found.used)
    assert sum(parts) == pytest.approx(100)
    assert min(parts) >= -1e-9
    assert -1e-9 <= found.by_colleague <= 100


@given(percent, percent, percent, percent)
def test_no_worker_gets_past_a_layer_above(policy, organisation, worker, colleague):
    used = room(Layers(policy, organisation, worker, colleague)).used
    assert used <= min(policy, organisation, worker) + 1e-9


@given(percent, percent, percent)
def test_colleagues_who_use_as_much_decide_alike(policy, organisation, worker):
    assert room(Layers(policy, organisation, worker, worker)).by_colleague == 0


@pytest.mark.parametrize("field", asdict(Layers()))
@pytest.mark.parametrize("value", [-1, 101, float("nan"), True, "1"])
def test_impossible_layers_are_refused(field, value):
    with pytest.raises(ParameterError):
        Layers(**{field: value})
