"""Scores worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.validate.rivals import score, trend
from experiments.validate.series import Point, Series

START = 2018


def made(values: dict[int, float]) -> Series:
    points = tuple(Point(year, value, False, value, value) for year, value in sorted(values.items()))
    return Series("s", "deaths", points, "somebody", "S", "S", index=True)


STEADY = made({2016: 40.0, 2017: 45.0, 2018: 50.0, 2019: 55.0, 2020: 90.0, 2022: 60.0})


def test_errors_over_the_points_that_count() -> None:
    # at the start the runs say 10 and 20, so each is its own 100; the covid year is far off and does not count
    base = np.array([10.0, 20.0])
    simulated = np.array([[11.0, 50.0, 13.0], [22.0, 10.0, 24.0]])
    found = score(STEADY, START, base, simulated)
    assert found.published == pytest.approx([110.0, 180.0, 120.0])
    assert found.mean == pytest.approx([110.0, 275.0, 125.0])
    assert found.counts.tolist() == [True, False, True]
    assert found.model_error == pytest.approx((0.0 + 5.0) / 2)
    assert found.no_change_error == pytest.approx((10.0 + 20.0) / 2)
    assert found.trend == pytest.approx([110.0, 120.0, 140.0])
    assert found.trend_error == pytest.approx((0.0 + 20.0) / 2)
    assert found.skill(found.no_change_error) == pytest.approx(1.0 - 2.5 / 15.0)
    # by seed the errors are 0 and 10, and 0 and 0
    assert found.sure(15.0) and found.sure(5.1) and not found.sure(4.9) and not found.sure(1.0)


def test_the_trend_goes_through_the_base() -> None:
    bent = made({2014: 10.0, 2016: 10.0, 2018: 16.0, 2019: 0.0})
    assert trend(bent, START, np.array([2018.5, 2022.5])) == pytest.approx([16.0, 22.0])  # slope 6 * 2 / 8 = 1.5


def test_points_long_before_make_no_trend() -> None:
    old = made({2010: 1.0, 2018: 2.0, 2019: 3.0})
    assert np.isnan(trend(old, START, np.array([2019.5]))).all()
    found = score(old, START, np.array([1.0]), np.array([[1.0]]))
    assert math.isnan(found.trend_error) and math.isnan(found.skill(found.trend_error))


def test_a_series_without_a_base_is_held_as_it_is() -> None:
    level = made({2019: 10.0, 2022: 12.0, 2023: 14.0})
    found = score(level, START, None, np.array([[11.0, 13.0, 15.0]]))
    assert not found.indexed and found.model_error == pytest.approx(1.0)
    assert math.isnan(found.no_change_error) and math.isnan(found.trend_error)
