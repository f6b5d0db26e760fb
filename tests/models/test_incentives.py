from dataclasses import asdict, replace
from itertools import pairwise
from math import log, log1p

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vermarkting.models.incentives import ROUTINE, Parameters, crowding_out_weight, curve, divide, divide_by_hand
from vermarkting.models.parameters import ParameterError

EXACT = 1e-9

settings_of_a_week = st.builds(
    Parameters,
    hours=st.floats(1, 80),
    indicator_weight=st.floats(0, 100),
    coverage=st.floats(0, 1),
    ethos=st.floats(0, 3),
)


def worth_to_worker(p: Parameters, measured: float, unmeasured: float, other: float) -> float:
    w = p.indicator_weight / 100
    judgement = log1p(measured) + p.ethos * log1p(unmeasured) + ROUTINE * log1p(other)
    return (1 - w) * judgement + w * (measured + p.coverage * unmeasured)


def hours_of(week) -> tuple[float, float, float]:
    return week.measured, week.unmeasured, week.other


# By hand: without an indicator an hour is worth 1/(1+m) = 1/(1+u) = .5/(1+o), so 1+m = 1+u = x and 1+o = x/2;
# 2.5 x = 38 + 3, x = 16.4.
def test_week_without_indicator():
    week = divide(Parameters())
    assert hours_of(week) == pytest.approx((15.4, 15.4, 7.2), abs=EXACT)
    assert week.dashboard == pytest.approx(100 * 15.4 / 38)
    assert week.client_value == pytest.approx(100 * 2 * log(16.4) / (2 * log(20)))


# By hand, at weight 20 (r = 1/4) with v the worker's price of an hour: 1/v + 1.5/(v + 1/4) = 41,
# so 41 v^2 + 7.75 v - 0.25 = 0 and v = (-7.75 + sqrt(60.0625 + 41)) / 82 = 0.02808498.
def test_week_at_weight_twenty():
    v = (-7.75 + 101.0625**0.5) / 82
    week = divide(Parameters(indicator_weight=20))
    assert hours_of(week) == pytest.approx((1 / v - 1, 1 / (v + 0.25) - 1, 0.5 / (v + 0.25) - 1), abs=EXACT)
    assert week.unmeasured == pytest.approx(2.596, abs=0.001)


def test_weight_hundred_leaves_only_what_the_indicator_sees():
    week = divide(Parameters(indicator_weight=100, coverage=0.99))
    assert hours_of(week) == pytest.approx((38, 0, 0), abs=EXACT)
    assert week.dashboard == pytest.approx(100)


@pytest.mark.parametrize(
    ("ethos", "measured", "unmeasured"),
    # The indicator is indifferent; judgement wants (1 + u) = ethos * (1 + m), with m + u = 38.
    [(1, 19, 19), (3, 9, 29), (0.25, 31, 7), (0, 38, 0)],
)
def test_judgement_settles_the_tie_at_full_weight_and_full_coverage(ethos, measured, unmeasured):
    week = divide(Parameters(indicator_weight=100, coverage=1, ethos=ethos))
    assert hours_of(week) == pytest.approx((measured, unmeasured, 0), abs=EXACT)


def test_an_even_split_is_best_for_clients():
    assert divide(Parameters(indicator_weight=100, coverage=1)).client_value == pytest.approx(100)


@given(settings_of_a_week)
@example(Parameters(hours=1, ethos=3))
@example(Parameters(indicator_weight=100 - 1e-12))
def test_hours_add_up_and_are_never_negative(p):
    hours = hours_of(divide(p))
    assert sum(hours) == pytest.approx(p.hours, abs=EXACT)
    assert min(hours) >= 0


@given(settings_of_a_week)
@example(Parameters(hours=1, ethos=3))
@example(Parameters(indicator_weight=100, coverage=0.5))
def test_one_more_hour_is_worth_the_same_wherever_hours_go(p):
    week, w = divide(p), p.indicator_weight / 100
    worth = (
        (1 - w) / (1 + week.measured) + w,
        (1 - w) * p.ethos / (1 + week.unmeasured) + w * p.coverage,
        (1 - w) * ROUTINE / (1 + week.other),
    )
    for hours, value in zip(hours_of(week), worth, strict=True):
        assert value <= max(worth) + EXACT
        if hours > 0:
            assert value == pytest.approx(max(worth), abs=EXACT)


@settings(max_examples=40, deadline=None)
@given(settings_of_a_week)
def test_no_week_on_a_grid_is_better_for_the_worker(p):
    parts = 60
    best = max(
        worth_to_worker(p, m * p.hours / parts, u * p.hours / parts, (parts - m - u) * p.hours / parts)
        for m in range(parts + 1)
        for u in range(parts + 1 - m)
    )
    assert worth_to_worker(p, *hours_of(divide(p))) >= best - EXACT


@given(settings_of_a_week, st.floats(0, 100))
def test_more_weight_never_lowers_measured_work_nor_raises_routine(p, other_weight):
    weights = sorted((p.indicator_weight, other_weight))
    less, more = (divide(replace(p, indicator_weight=weight)) for weight in weights)
    assert more.measured >= less.measured - EXACT
    assert more.dashboard >= less.dashboard - EXACT
    assert more.other <= less.other + EXACT


@given(settings_of_a_week)
def test_indices_stay_on_their_scale(p):
    week = divide(p)
    assert 0 <= week.dashboard <= 100 + EXACT
    assert 0 <= week.client_value <= 100 + EXACT


# By hand: with 1+m = x and 1+u = y, so 1+o = y/2, the value for clients is highest where x = 1.5 y.
# x + 1.5 y = 41 gives x = 20.5 and y = 41/3; r = 1/y - 1/x = 1/41, so w = 1/42.
def test_client_value_rises_to_a_small_peak_and_then_falls():
    peak = divide(Parameters(indicator_weight=100 / 42))
    assert hours_of(peak) == pytest.approx((19.5, 41 / 3 - 1, 41 / 6 - 1), abs=EXACT)
    assert peak.client_value == pytest.approx(100 * (log(20.5) + log(41 / 3)) / (2 * log(20)))

    values = [week.client_value for week in curve(Parameters(), steps=421)]
    top = 10  # of 420 steps: 100/42
    assert all(a < b for a, b in pairwise(values[: top + 1]))
    assert all(a >= b - EXACT for a, b in pairwise(values[top:]))
    assert values[-1] == pytest.approx(100 * log(39) / (2 * log(20)))


def test_client_value_drops_below_its_start_long_before_the_threshold():
    start = divide(Parameters()).client_value
    assert divide(Parameters(indicator_weight=4.8)).client_value > start
    assert divide(Parameters(indicator_weight=4.9)).client_value < start
    assert divide(Parameters(indicator_weight=4.9)).unmeasured > 9


def test_half_coverage_helps_longer():
    start = divide(Parameters(coverage=0.5)).client_value
    assert divide(Parameters(coverage=0.5, indicator_weight=12.7)).client_value > start
    assert divide(Parameters(coverage=0.5, indicator_weight=12.8)).client_value < start


# By hand, at weight 0: the value for clients rises if (1 - coverage)(ethos - 1 - ROUTINE) + 2 ROUTINE > 0.
@pytest.mark.parametrize(
    ("coverage", "ethos", "rises"), [(0, 0.51, True), (0, 0.49, False), (0.5, 0.2, True), (0.2, 0.2, False)]
)
def test_a_little_steering_helps_unless_the_worker_cares_too_little(coverage, ethos, rises):
    none, little = (divide(Parameters(indicator_weight=w, coverage=coverage, ethos=ethos)) for w in (0, 0.01))
    assert (little.client_value > none.client_value) == rises


# By hand, at weight 0: unmeasured hours rise if (1.5 - coverage) / 2.5 > 1 - coverage, so if coverage > 2/3.
@pytest.mark.parametrize(("coverage", "rises"), [(0, False), (0.5, False), (0.66, False), (0.67, True), (1, True)])
def test_unmeasured_work_grows_at_first_only_with_good_coverage(coverage, rises):
    none, little = (divide(Parameters(indicator_weight=weight, coverage=coverage)) for weight in (0, 0.01))
    assert (little.unmeasured > none.unmeasured) == rises


@given(st.floats(1, 80), st.floats(0, 3))
def test_with_full_coverage_more_weight_never_harms_clients(hours, ethos):
    values = [week.client_value for week in curve(Parameters(hours=hours, coverage=1, ethos=ethos), steps=51)]
    assert all(b >= a - EXACT for a, b in pairwise(values))


@pytest.mark.parametrize(
    ("coverage", "ethos", "weight"),
    [
        # Nothing else gets hours, so m = 38 and r (1 - coverage) = ethos - 1/39, with w = r / (1 + r).
        (0, 1, 100 * 38 / 77),
        (0.5, 1, 100 * 76 / 115),
        (0, 2, 100 * 77 / 116),
        # Here routine keeps hours: 1+o = .5/.3, so m = 38 - 2/3, 1+m = 115/3, r = .3 - 3/115 = 63/230.
        (0, 0.3, 100 * 63 / 293),
        (0, 0, 0),
        (1, 0, 0),
    ],
)
def test_threshold_by_hand(coverage, ethos, weight):
    assert crowding_out_weight(Parameters(coverage=coverage, ethos=ethos)) == pytest.approx(weight, abs=1e-8)


def test_full_coverage_has_no_threshold():
    assert crowding_out_weight(Parameters(coverage=1)) is None


def test_the_threshold_does_not_depend_on_the_weight_set():
    assert crowding_out_weight(Parameters(indicator_weight=80)) == crowding_out_weight(Parameters())


@given(st.floats(5, 80), st.floats(0, 0.95), st.floats(0.5, 3))
def test_unmeasured_work_is_empty_from_the_threshold_on(hours, coverage, ethos):
    p = Parameters(hours=hours, coverage=coverage, ethos=ethos)
    threshold = crowding_out_weight(p)
    assert divide(replace(p, indicator_weight=threshold * 0.999)).unmeasured > 0
    for step in range(11):
        weight = threshold + (100 - threshold) * step / 10
        assert divide(replace(p, indicator_weight=weight)).unmeasured == 0


@pytest.mark.parametrize(("hours", "coverage", "ethos", "low", "high"), [(80, 0, 0.02, 0, 1), (38, 0.999, 3, 99, 100)])
def test_a_threshold_near_either_end_is_found(hours, coverage, ethos, low, high):
    p = Parameters(hours=hours, coverage=coverage, ethos=ethos)
    threshold = crowding_out_weight(p)
    assert low < threshold < high
    assert divide(replace(p, indicator_weight=threshold)).unmeasured == 0
    assert divide(replace(p, indicator_weight=threshold - 1e-6)).unmeasured > 0


@given(st.floats(5, 80), st.floats(0, 0.95), st.floats(0.5, 2.9))
def test_ethos_raises_the_threshold(hours, coverage, ethos):
    weaker = crowding_out_weight(Parameters(hours=hours, coverage=coverage, ethos=ethos))
    assert crowding_out_weight(Parameters(hours=hours, coverage=coverage, ethos=ethos + 0.1)) > weaker


# By hand: an even split without routine is best for clients; all hours on contacts give ln(39) / (2 ln 20).
def test_a_week_divided_by_hand():
    assert asdict(divide_by_hand(19, 19)) == pytest.approx(
        {"measured": 19, "unmeasured": 19, "other": 0, "dashboard": 50, "client_value": 100}
    )
    assert asdict(divide_by_hand(10, 5, hours=20)) == pytest.approx(
        {"measured": 10, "unmeasured": 5, "other": 5, "dashboard": 50, "client_value": 100 * log(66) / (2 * log(11))}
    )
    assert divide_by_hand(38, 0).client_value == pytest.approx(100 * log(39) / (2 * log(20)))
    assert divide_by_hand(0, 0).other == 38


@given(settings_of_a_week)
def test_the_same_hours_count_the_same_by_hand(p):
    week = divide(p)
    hours = min(week.measured, p.hours)
    by_hand = divide_by_hand(hours, min(week.unmeasured, p.hours - hours), p.hours)
    assert asdict(by_hand) == pytest.approx(asdict(week), abs=EXACT)


@pytest.mark.parametrize(("measured", "unmeasured"), [(-1, 5), (39, 0), (0, -1), (20, 18.1), (True, 5)])
def test_impossible_hours_by_hand_are_refused(measured, unmeasured):
    with pytest.raises(ParameterError):
        divide_by_hand(measured, unmeasured)


def test_curve_runs_from_weight_zero_to_hundred():
    p = Parameters(indicator_weight=70)
    weeks = curve(p)
    assert len(weeks) == 101
    assert weeks[0] == divide(Parameters())
    assert weeks[25] == divide(Parameters(indicator_weight=25))
    assert weeks[100] == divide(Parameters(indicator_weight=100))


@pytest.mark.parametrize("field", asdict(Parameters()))
@pytest.mark.parametrize("value", [-1, 101, float("nan"), True, "1"])
def test_impossible_parameters_are_refused(field, value):
    with pytest.raises(ParameterError):
        Parameters(**{field: value})


@pytest.mark.parametrize("steps", [1, 1002, 10.5])
def test_impossible_curves_are_refused(steps):
    with pytest.raises(ParameterError):
        curve(Parameters(), steps)
