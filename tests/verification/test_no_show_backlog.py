"""A book whose visitors stay away and in part ask again next day, from an empty and from a full book.

X is who asks or is booked on a day. Of them min(X, slots) have the day's visits, whoever stays away has used his; those
who ask again are Binomial(min(X, slots), share). So X' = X - min(X, slots) + who asks again + Poisson: a chain that
can be solved (Green and Savin 2008 have its cousin in continuous time), from any start, day by day.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import binom, poisson

from sim.ledger import counts as C
from sim.source import COMPILED
from tests.care.clinic import Clinic
from tests.verification.panel import Ints, live, make_panels, told
from tests.verification.theory import assert_near

Floats = npt.NDArray[np.float64]

SLOTS, MEAN = 8, 5.0
NO_SHOW, REBOOKS = 0.25, 0.6
AGAIN = NO_SHOW * REBOOKS
BOOKS, PATIENTS = 210, 130
FULL = 100
"""Visits that a full book begins with: twelve days of work."""
SIZE = 400
"""States of the chain; the share beyond is below 1e-12."""

large = pytest.mark.skipif(not COMPILED, reason="hundreds of thousands of visits need compiled kernels")


@cache
def chain() -> Floats:
    """Row to column: who asks or is booked on a day, and on the next."""
    step = np.zeros((SIZE, SIZE))
    arrivals = poisson.pmf(np.arange(SIZE), MEAN)
    for x in range(SIZE):
        served = min(x, SLOTS)
        come = np.convolve(binom.pmf(np.arange(served + 1), served, AGAIN), arrivals)[: SIZE - (x - served)]
        step[x, x - served : x - served + come.size] = come
    return step / step.sum(axis=1, keepdims=True)


@cache
def law() -> Floats:
    """Stationary distribution of X."""
    system = chain().T - np.eye(SIZE)
    system[0] = 1.0
    return np.asarray(np.linalg.solve(system, np.eye(SIZE)[0]))


def course(begin: int, days: int) -> Floats:
    """Expected backlog at the end of each day, when on the first day ``begin`` people ask besides the usual ones."""
    share = np.zeros(SIZE)
    share[begin : begin + 60] = poisson.pmf(np.arange(60), MEAN)
    over = np.maximum(0, np.arange(SIZE) - SLOTS)
    mean = []
    for _ in range(days):
        mean.append(float(share @ over))
        share = share @ chain()
    return np.array(mean)


def watch(clinic: Clinic, begin: int, days: int, seed: int) -> Ints:
    """(days, books) visits still booked at each day's end."""
    rng = np.random.default_rng(seed)
    backlog = np.zeros((days, BOOKS), np.int64)
    for day in range(days):
        live(clinic, rng.poisson(MEAN, BOOKS) + (begin if day == 0 else 0))
        backlog[day] = clinic.care.books.bookings.sum(axis=1)
    return backlog


def clinic(seed: int) -> Clinic:
    return make_panels(BOOKS, PATIENTS, SLOTS, seed=seed, no_show=NO_SHOW, rebooks=REBOOKS)


def test_the_chain_is_one() -> None:
    assert law().sum() == pytest.approx(1.0) and law().min() > -1e-15 and law()[-1] < 1e-12
    # What is used on a mean day is what comes in, first and again.
    used = float(law() @ np.minimum(np.arange(SIZE), SLOTS))
    assert used == pytest.approx(MEAN / (1.0 - AGAIN), rel=1e-9)
    assert course(0, 400)[-1] == pytest.approx(course(FULL, 400)[-1], rel=1e-6)


@large
def test_from_an_empty_and_from_a_full_book() -> None:
    days, settled = 1_200, 130
    over = np.maximum(0, np.arange(SIZE) - SLOTS)
    backlogs, no_shows, seen, lost = {}, [], [], []
    for begin, seed in ((0, 1), (FULL, 2)):
        one = clinic(seed)
        backlogs[begin] = watch(one, begin, days, seed)
        assert told(one, C.FORGONE).sum() == 0 and one.balance() == 0
        no_shows.append(told(one, C.NO_SHOWS))
        seen.append(told(one, C.HANDLED_GP))
        lost.append(told(one, C.NO_SHOW_LOST))
    # The way there. So little lies in a book that fills that its standard error may be larger than the bar's.
    assert_near(backlogs[FULL][:40].sum(axis=0), course(FULL, 40).sum(), "visits booked while a full book drains")
    assert_near(backlogs[0][:20].sum(axis=0), course(0, 20).sum(), "visits booked while an empty book fills", 0.15)
    # Where both end is one law, and it is the chain's.
    ends = [backlogs[begin][settled:].mean(axis=0) for begin in (0, FULL)]
    assert_near(np.concatenate(ends), float(law() @ over), "mean backlog")
    for begin, end in zip((0, FULL), ends, strict=True):
        assert_near(end, float(law() @ over), f"mean backlog from {begin}", 0.02)
        full = (backlogs[begin][settled:] > 0).mean(axis=0)
        assert_near(full, float(law()[SLOTS + 1 :].sum()), f"days with overflow from {begin}")
    away = np.concatenate(no_shows)
    assert_near(away / (away + np.concatenate(seen)), NO_SHOW, "share who stay away")
    assert_near(np.concatenate(lost) / away, 1.0 - REBOOKS, "share of them who do not ask again")


@large
def test_too_much_work_fills_the_book_from_either_side() -> None:
    """More comes in than can be done: both starts end with a full book, and what does not fit is turned away."""
    mean, horizon, days, settled = 9.0, 12, 400, 150
    for begin in (0, 100):
        one = make_panels(BOOKS, PATIENTS, SLOTS, seed=3 + begin, no_show=NO_SHOW, rebooks=REBOOKS, horizon=horizon)
        rng = np.random.default_rng(begin)
        for day in range(days):
            if day == settled:
                before = told(one, C.FORGONE)
            live(one, rng.poisson(mean, BOOKS) + (begin if day == 0 else 0))
            if day > settled:
                assert one.care.books.bookings.sum(axis=1).min() > (horizon - 3) * SLOTS
        turned_away = (told(one, C.FORGONE) - before) / (days - settled)
        assert_near(turned_away, mean - SLOTS * (1.0 - AGAIN), "turned away a day")
