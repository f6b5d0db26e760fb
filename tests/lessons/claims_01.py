"""Checks of lesson 01's claims about the measuring factory."""

from functools import cache
from itertools import pairwise

import pytest

from vermarkting.models.incentives import Parameters, Week, crowding_out_weight, curve, divide, divide_by_hand


def _week(weight: float, coverage: float = 0.0, ethos: float = 1.0) -> Week:
    return divide(Parameters(indicator_weight=weight, coverage=coverage, ethos=ethos))


@cache
def _narrow() -> tuple[Week, ...]:
    """The weeks at weight 0.0, 0.1 … 100.0 under the indicator that counts contacts only."""
    return curve(Parameters(), 1001)


def start():
    week = _week(0)
    assert week.measured == pytest.approx(15.4, abs=0.05)
    assert week.unmeasured == pytest.approx(15.4, abs=0.05)


def start_in_the_step():
    assert _week(0).unmeasured == pytest.approx(15.4, abs=0.05)


def ten():
    assert _week(10).unmeasured == pytest.approx(6, abs=0.05)


def twenty():
    assert 2 < _week(20).unmeasured < 3


def threshold():
    assert crowding_out_weight(Parameters()) == pytest.approx(49, abs=0.5)
    assert 0 < _week(49).unmeasured < 0.1


def dashboard_climbs():
    assert _week(0).dashboard == pytest.approx(41, abs=0.6)
    assert _week(100).dashboard == 100


def dashboard_never_falls():
    shown = [week.dashboard for week in _narrow()]
    assert shown == sorted(shown)


def clients_rise_briefly():
    values = [week.client_value for week in _narrow()]
    assert values[0] == pytest.approx(93.4, abs=0.05)
    assert max(values) == pytest.approx(94.1, abs=0.05)
    assert values.index(max(values)) < 50


def clients_below_start():
    values = [week.client_value for week in _narrow()]
    assert all(value < values[0] for value in values[50:])


def clients_at_the_end():
    assert _week(100).client_value == pytest.approx(61, abs=0.5)


def most_is_lost_early():
    assert _week(0).unmeasured - _week(10).unmeasured > 0.6 * _week(0).unmeasured
    assert _week(20).unmeasured < 0.2 * _week(0).unmeasured


def full_indicator_hours():
    week = _week(60, coverage=1)
    assert week.measured == pytest.approx(19)
    assert week.unmeasured == pytest.approx(19)


def full_indicator_clients():
    assert _week(0).client_value == pytest.approx(93, abs=0.5)
    assert _week(60, coverage=1).client_value == pytest.approx(100)


def full_indicator_never_harms():
    values = [week.client_value for week in curve(Parameters(coverage=1), 1001)]
    assert min(values) == values[0]


def old_dashboard_stops():
    assert _week(60, coverage=1).dashboard == pytest.approx(50)


def good_setting():
    assert _week(60, coverage=1).client_value == pytest.approx(100)


def bad_setting():
    assert _week(60).client_value == pytest.approx(61, abs=0.5)


def half_with_a_heavy_weight():
    assert _week(60, coverage=0.5).client_value < _week(0).client_value - 20


def bet_a_first_ten():
    assert _week(0).unmeasured - _week(10).unmeasured > 9
    assert _week(0).unmeasured == pytest.approx(15, abs=0.5)


def bet_a_after_fifty():
    assert _week(50).unmeasured == 0


def bet_b_nothing_left():
    assert _week(60).unmeasured == 0


def bet_c_first_points():
    assert _week(10).unmeasured == pytest.approx(6, abs=0.05)
    assert _week(50).unmeasured == 0


def bet_d_counted_work_wins():
    assert _week(60).measured == pytest.approx(38)


def bet_indicator_rises():
    assert _week(0).client_value == pytest.approx(93, abs=0.5)
    assert _week(60, coverage=1).client_value == pytest.approx(100)


def bet_indicator_source_of_hours():
    before, after = _week(0), _week(60, coverage=1)
    assert after.other == 0
    assert after.measured - before.measured == pytest.approx(after.unmeasured - before.unmeasured)
    assert after.measured + after.unmeasured - before.measured - before.unmeasured == pytest.approx(before.other)


def goal_threshold():
    assert crowding_out_weight(Parameters()) == pytest.approx(49, abs=0.5)


def goal_pride_from_two():
    assert _week(60, ethos=1.5).unmeasured == 0
    assert 0 < _week(60, ethos=2).unmeasured < 1


def goal_pride_at_three():
    assert _week(60, ethos=3).unmeasured == pytest.approx(1, abs=0.1)


def goal_pride_returns_little():
    assert 0 < _week(60, ethos=2).unmeasured < _week(60, ethos=3).unmeasured < 1.1


def goal_coverage():
    assert _week(50, 0.91).client_value < _week(0).client_value <= _week(50, 0.92).client_value


def goal_coverage_light_weight():
    assert _week(5, 0.1).client_value > _week(0).client_value
    assert _week(50, 0.9).client_value < _week(0).client_value


def green_dashboard_least():
    values = [week.client_value for week in _narrow()]
    green = next(week for week in _narrow() if week.dashboard == 100)
    assert green.client_value == pytest.approx(min(values))


def rise_comes_from_routine():
    assert _week(0).other == pytest.approx(7.2, abs=0.05)
    assert _week(2).other == pytest.approx(6.1, abs=0.05)
    assert _week(2).client_value > _week(0).client_value
    gained = _week(2).measured - _week(0).measured
    without_routine = divide_by_hand(_week(0).measured + gained, _week(0).unmeasured - gained)
    assert without_routine.client_value < _week(0).client_value


def silent_work_falls_from_the_first_point():
    hours = [week.unmeasured for week in _narrow() if week.unmeasured > 0]
    assert hours == sorted(hours, reverse=True)
    assert hours[0] > hours[1]


def half_indicator_half_an_hour():
    assert 0 < _week(60, coverage=0.5).unmeasured < 0.5


def half_indicator_light_weight():
    assert _week(5, coverage=0.5).client_value > _week(0).client_value


def colleagues_dashboards():
    shown = [_week(0, ethos=ethos).dashboard for ethos in (0.5, 1, 1.5)]
    assert shown == pytest.approx([51, 41, 33], abs=0.6)


def colleagues_clients():
    values = [_week(0, ethos=ethos).client_value for ethos in (0.5, 1, 1.5)]
    assert values == pytest.approx([89, 93, 94], abs=0.5)
    assert values == sorted(values)


def check_falls_fastest_first():
    hours = [_week(weight).unmeasured for weight in range(0, 50, 7)]
    steps = [before - after for before, after in pairwise(hours)]
    assert steps == sorted(steps, reverse=True)


def check_half_indicator():
    assert 0 < _week(60, coverage=0.5).unmeasured < 0.5
