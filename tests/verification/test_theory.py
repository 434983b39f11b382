"""The formulas themselves, against values known otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from tests.verification.theory import (
    ErlangA,
    ErlangC,
    assert_near,
    cobham,
    erlang_b,
    erlang_c,
    mean_backlog,
    spitzer_backlog,
    stationary_backlog,
)


def test_erlang_b_and_c_by_their_sums() -> None:
    for servers, offered in ((1, 0.3), (2, 1.0), (7, 5.5), (30, 27.0)):
        terms = poisson.pmf(np.arange(servers + 1), offered)
        assert erlang_b(offered, servers) == pytest.approx(terms[-1] / terms.sum(), rel=1e-12)
        last = terms[-1] * servers / (servers - offered)
        assert erlang_c(offered, servers) == pytest.approx(last / (terms[:-1].sum() + last), rel=1e-12)
    assert erlang_c(1.0, 2) == pytest.approx(1.0 / 3.0)


def test_one_server_is_the_textbook_queue() -> None:
    queue = ErlangC(rate=0.8, mu=1.0, servers=1)
    assert queue.mean_wait == pytest.approx(0.8 / (1.0 - 0.8))
    assert queue.mean_queue == pytest.approx(0.8 * queue.mean_wait)
    assert queue.waits_longer(0.0) == pytest.approx(0.8)


def test_erlang_a_where_patience_is_as_long_as_service() -> None:
    # Everybody then goes at the same rate, served or not: the number present is Poisson.
    queue = ErlangA(rate=6.0, mu=1.0, servers=5, theta=1.0)
    n = np.arange(200)
    assert queue.mean_queue == pytest.approx(poisson.pmf(n, 6.0) @ np.maximum(0, n - 5), rel=1e-10)


def test_erlang_a_becomes_erlang_c() -> None:
    assert ErlangA(3.0, 1.0, 4, 1e-9).mean_wait == pytest.approx(ErlangC(3.0, 1.0, 4).mean_wait, rel=1e-6)


def test_priority_moves_waits_but_not_work() -> None:
    rates = np.array([0.5, 1.0, 1.1])
    waits = cobham(rates, 1.0, 3)
    assert (np.diff(waits) > 0).all()
    assert rates @ waits / rates.sum() == pytest.approx(ErlangC(2.6, 1.0, 3).mean_wait)
    assert cobham([2.6], 1.0, 3)[0] == pytest.approx(ErlangC(2.6, 1.0, 3).mean_wait)


@pytest.mark.parametrize(("mean", "slots"), [(0.5, 1), (18.0, 20), (19.5, 20), (28.0, 30), (29.7, 30)])
def test_stationary_backlog(mean: float, slots: int) -> None:
    share = stationary_backlog(mean, slots)
    assert share.sum() == pytest.approx(1.0, abs=1e-12)
    # What leaves a day on average is what comes in: mean = slots less the mean of the slots that stay empty.
    empty = sum(share[b] * poisson.pmf(a, mean) * (slots - a - b) for b in range(slots) for a in range(slots - b))
    assert slots - empty == pytest.approx(mean, rel=1e-9)
    assert mean_backlog(mean, slots) == pytest.approx(spitzer_backlog(mean, slots), rel=1e-7)


def test_no_stationary_backlog_when_more_come_than_fit() -> None:
    with pytest.raises(ValueError, match="below 20 slots"):
        stationary_backlog(20.0, 20)


def test_the_bar_refuses_what_is_off_or_imprecise() -> None:
    values = 1.0 + 0.01 * np.sin(np.arange(40.0))
    assert_near(values, float(values.mean()), "same")
    with pytest.raises(AssertionError, match="in theory"):
        assert_near(values, 1.01, "off")
    with pytest.raises(AssertionError, match="too few"):
        assert_near(1.0 + 0.5 * np.sin(np.arange(40.0)), 1.0, "imprecise")
