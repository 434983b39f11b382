"""Growth of demand: it comes year by year, and what has come stays."""

from __future__ import annotations

import pytest

from sim.world.growth import Growth
from tests.world.test_needs import tables


def lived(rates: list[float]) -> list[float]:
    """What has grown as each month begins, three months of run-in before."""
    growth = Growth()
    for since in (-3, -2, -1):
        assert growth.begin_month(since, rates[0]) == 0.0
    return [growth.begin_month(since, rate) for since, rate in enumerate(rates)]


def test_a_rate_that_never_changes_gives_rate_times_years_to_the_bit_and_ten_years_at_most() -> None:
    rate = tables().growth
    assert lived([rate] * 180) == [rate * min(since // 12, 10) for since in range(180)]


def test_a_rate_that_changes_acts_on_the_years_from_then_on() -> None:
    grown = lived([0.02] * 60 + [0.05] * 61)
    assert grown[60] == pytest.approx(5 * 0.02)
    assert grown[72] == pytest.approx(5 * 0.02 + 0.05)
    assert grown[120] == pytest.approx(5 * 0.02 + 5 * 0.05)


def test_a_rate_that_changes_within_a_year_counts_for_its_months() -> None:
    grown = lived([0.012] * 3 + [0.024] * 10)
    assert (grown[11], grown[12]) == (0.0, pytest.approx((3 * 0.012 + 9 * 0.024) / 12))
