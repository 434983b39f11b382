"""The appointment book against the exact stationary law of max(0, backlog + Poisson - slots), and Little's law."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest

from sim.care.books import GP, RING, make_books, take_day
from sim.source import COMPILED
from tests.verification.theory import assert_near, mean_backlog, stationary_backlog

Ints = npt.NDArray[np.int64]

BATCHES = 40
WARM_UP = 2_000  # days

large = pytest.mark.skipif(not COMPILED, reason="millions of visits need compiled kernels")


@dataclass
class Book:
    """What happened to one book: visits still booked at each day's end, and how long each visit waited."""

    backlog: Ints  # (days,)
    waits: Ints  # (64,) requests by wait in days
    refused: int


def keep(arrivals: Ints, slots: int, share: float = 1.0) -> Book:
    """Book these arrivals day by day with the product's kernels."""
    backlog, waits = np.zeros(arrivals.size, np.int64), np.zeros(RING, np.int64)
    book = make_books([0], [GP])
    book.need[:] = 1
    book.share[:] = share
    refused = take_day(book, backlog, arrivals, slots, waits)
    return Book(backlog, waits, int(refused))


def poisson_days(mean: float, days: int, seed: int) -> Ints:
    return np.random.default_rng(seed).poisson(mean, days).astype(np.int64)


def by_hand(arrivals: Ints, slots: int) -> list[int]:
    """Lindley's recursion, day by day."""
    backlog, out = 0, []
    for a in arrivals.tolist():
        backlog = max(0, backlog + a - slots)
        out.append(backlog)
    return out


def test_by_hand() -> None:
    book = keep(np.array([5, 0, 7, 3, 0, 0], np.int64), 3)
    # Day 0: three seen, two wait a day. Day 2: three seen, three wait 1, one waits 2; day 3: its three fill up behind.
    assert book.backlog.tolist() == [2, 0, 4, 4, 1, 0]
    assert book.waits[:4].tolist() == [3 + 3, 2 + 3 + 2, 1 + 1, 0]
    assert book.waits.sum() == 15 and book.refused == 0


@pytest.mark.parametrize(("mean", "slots"), [(2.5, 3), (18.0, 20), (29.5, 30)])
def test_day_by_day_it_is_the_recursion(mean: float, slots: int) -> None:
    arrivals = poisson_days(mean, 3_000, slots)
    book = keep(arrivals, slots)
    assert book.refused == 0
    assert book.backlog.tolist() == by_hand(arrivals, slots)


@large
@pytest.mark.parametrize(("mean", "slots", "days"), [(4.0, 5, 1_000_000), (18.0, 20, 1_000_000), (27.0, 30, 800_000)])
def test_stationary_law(mean: float, slots: int, days: int) -> None:
    book = keep(poisson_days(mean, days + WARM_UP, 11), slots)
    batches = book.backlog[WARM_UP:].reshape(BATCHES, -1)
    assert book.refused == 0
    assert_near(batches.mean(axis=1), mean_backlog(mean, slots), f"mean backlog of {mean} on {slots}")
    law = stationary_backlog(mean, slots)
    assert_near((batches == 0).mean(axis=1), float(law[0]), "days that end with an empty book")
    tail = int(np.searchsorted(np.cumsum(law), 0.7))
    beyond = float(law[tail + 1 :].sum())
    assert_near((batches > tail).mean(axis=1), beyond, f"days that end with more than {tail}")


@large
def test_mean_wait_by_littles_law_and_theory() -> None:
    mean, slots, days = 18.0, 20, 800_000
    # Waits in batches, each begun with an empty book that is given time to fill.
    waits = []
    for seed in range(BATCHES):
        arrivals = poisson_days(mean, days // BATCHES + WARM_UP // 10, 100 + seed)
        both, first = keep(arrivals, slots).waits, keep(arrivals[: WARM_UP // 10], slots).waits
        own = both - first
        waits.append(own @ np.arange(RING) / own.sum())
    assert_near(waits, mean_backlog(mean, slots) / mean, "mean wait in days")


@pytest.mark.parametrize(("mean", "slots"), [(4.7, 5), (19.0, 20)])
def test_littles_law_holds_to_the_visit(mean: float, slots: int) -> None:
    """Every day that somebody waits is a day's end at which the book holds him: the sums are equal, not just near."""
    arrivals = np.append(poisson_days(mean, 5_000, 2), np.zeros(60, np.int64))
    book = keep(arrivals, slots)
    assert book.refused == 0 and book.backlog[-1] == 0
    assert int(book.backlog.sum()) == int(book.waits @ np.arange(RING))
    assert int(book.waits.sum()) == int(arrivals.sum())


def test_a_share_of_the_day_held_back_is_so_many_slots_less() -> None:
    arrivals = poisson_days(18.0, 2_000, 3)
    held, plain = keep(arrivals, 25, 0.8), keep(arrivals, 20)
    np.testing.assert_array_equal(held.backlog, plain.backlog)
    np.testing.assert_array_equal(held.waits, plain.waits)


def test_who_finds_no_room_within_the_book_is_refused() -> None:
    arrivals = np.zeros(RING, np.int64)
    arrivals[0] = 3 * RING
    book = keep(arrivals, 2)
    # Days 0 to 62 can be booked: the last column of the ring is yesterday's.
    assert book.waits.tolist() == [2] * (RING - 1) + [0]
    assert book.refused == 3 * RING - 2 * (RING - 1)
    assert book.backlog[:3].tolist() == [124, 122, 120]
