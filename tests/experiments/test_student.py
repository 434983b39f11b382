"""Student's t against the tables and the whole distribution."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.student import mean_interval, t_quantile


def test_t_is_that_of_the_tables() -> None:
    assert t_quantile(4) == pytest.approx(2.7764, abs=1e-4)
    assert t_quantile(19) == pytest.approx(2.0930, abs=1e-4)
    assert t_quantile(1, 0.5) == pytest.approx(1.0)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 11, 24, 99, 999])
@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.99])
def test_t_quantile(freedom: int, confidence: float) -> None:
    from scipy import stats

    assert t_quantile(freedom, confidence) == pytest.approx(stats.t.ppf(0.5 + confidence / 2.0, freedom), rel=1e-9)


def test_t_quantile_needs_freedom() -> None:
    with pytest.raises(ValueError, match="not 0"):
        t_quantile(0)


def test_the_interval_of_a_mean() -> None:
    mean, low, high = mean_interval(np.array([1.0, 2.0, 3.0]))
    assert mean == 2.0 and high - mean == pytest.approx(4.302653 / math.sqrt(3.0), rel=1e-6) and low == 4.0 - high
    assert mean_interval(np.array([1.0]))[0] == 1.0 and np.isnan(mean_interval(np.array([1.0]))[1:]).all()
