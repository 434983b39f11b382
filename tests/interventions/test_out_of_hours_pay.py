"""Dearer duty: more hours on offer, a smaller mark-up for owners, no new GP."""

from __future__ import annotations

import numpy as np
import pytest

from sim.workforce.duty_market import DutyMarket, clear_market, willing_hours
from tests.interventions.tables import parameters_with

ROLES = np.repeat(np.arange(4, dtype=np.int8), 25)


def market(offered: float, **settings: float) -> DutyMarket:
    """A month's market with 100 GPs."""
    p = parameters_with("out_of_hours_pay", **settings)
    return clear_market(offered, float(willing_hours(ROLES, np.zeros(100, bool), p).sum()), 30, p)


def test_more_hours_are_on_offer_and_owners_pay_less_above_the_tariff() -> None:
    now, dear = market(500.0, rise=0.0), market(500.0, rise=0.3)
    assert dear.willing > now.willing
    assert dear.level < now.level
    tariff = [parameters_with("out_of_hours_pay", rise=rise).column("workforce.duty_tariff") for rise in (0.0, 0.3)]
    assert (dear.price - tariff[1] < now.price - tariff[0]).all()


def test_where_the_market_is_short_more_shifts_find_a_taker() -> None:
    now, dear = market(1200.0, rise=0.0), market(1200.0, rise=0.3)
    assert now.accepted < dear.accepted < 1.0


def test_without_a_response_nobody_works_more() -> None:
    assert market(500.0, rise=0.3, response=0.0).willing == market(500.0, rise=0.0).willing


def test_a_pool_leaves_fewer_shifts_open_and_keeps_nobody_healthy() -> None:
    now, pool = parameters_with("out_of_hours_pay", pool=1.0), parameters_with("out_of_hours_pay", pool=0.4)
    open_now, open_then = (p.number("workforce.shift_not_covered") for p in (now, pool))
    assert open_then == pytest.approx(0.4 * open_now)
    assert now.number("workforce.shift_falls_out") == pool.number("workforce.shift_falls_out")
