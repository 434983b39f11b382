"""One practice of the product against Ciw on the same input: who gets through by telephone, and when he is seen.

The practice's day is the product's own, from call to visit. Ciw gets the same callers with the same lengths of calls
and the same patience, one queue with as many servers as there are lines; then who got through as the queue of a second
simulation, in which a day is as long as a GP's visits and there are as many servers as GPs.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.care.arrays import Requests
from sim.care.books import GP
from sim.care.lineup import episode_words
from sim.care.telephone import Telephone
from sim.ledger import counts as C
from sim.randomness.streams import Stream
from sim.world.needs import MonthNeeds
from tests.care.clinic import ROUTINE, make_clinic
from tests.verification.ciw_queue import LEFT, Ints, simulate

DAYS, DAY = 90, 86_400
SEED = 5
COUNTERS = (C.CALLS, C.CALL_WAIT, C.CALLS_IN_2_MINUTES, C.CALLS_ABANDONED)


def lengths(telephone: Telephone, uid: np.ndarray, born: Ints) -> tuple[Ints, Ints]:
    """Seconds of each caller's call and of his patience, by the formula (see ``docs/model.md``)."""
    n = uid.size
    zeros = np.zeros(n, np.int32)
    requests = Requests(zeros, born.astype(np.int32), zeros, zeros, zeros, zeros, zeros, zeros)
    u = episode_words(SEED, int(Stream.EPISODE), uid, requests) / 2.0**32
    call = [1 + min(telephone.longest, int(-telephone.call_seconds * math.log(1.0 - x))) for x in u[9]]
    patience = [int(-telephone.patience_seconds * math.log(1.0 - x)) for x in u[8]]
    return np.array(call), np.array(patience)


@pytest.mark.parametrize(("lines", "gps", "slots", "calls"), [(1, 1, 9, 12.0), (2, 2, 8, 19.0)])
def test_one_practice(lines: int, gps: int, slots: int, calls: float) -> None:
    rng = np.random.default_rng(lines)
    number = rng.poisson(calls, DAYS)
    n = int(number.sum())
    clinic = make_clinic(
        staff=((GP,) * gps,),
        patients=[(0, k % gps) for k in range(n)],  # everybody calls once
        slots=slots,
        lines=lines,
        seed=SEED,
        any_gp=1.0,
    )
    telephone = clinic.care.telephone
    telephone.call_seconds, telephone.patience_seconds = 240.0, 420.0
    telephone.failed = np.array([0.0, 0.0, 1.0])  # who hangs up calls the post, and is gone
    # All call within a short time, no two in the same second.
    seconds = [np.sort(rng.choice(3000, m, replace=False)) + 9 * 3600 for m in number]
    first = np.concatenate(([0], np.cumsum(number)))
    born, working, told = np.empty(n, np.int64), np.empty(n, np.int64), []
    for k in range(DAYS):
        here = slice(int(first[k]), int(first[k + 1]))
        born[here], working[here] = clinic.day, clinic.now
        m = int(number[k])
        before = clinic.ledger.practice[0, COUNTERS].copy()
        clinic.live_needs(
            MonthNeeds(
                clinic.day, np.array([0, m, m], np.int64), np.arange(here.start, here.stop, dtype=np.int32),
                np.zeros(m, np.uint8), seconds[k].astype(np.int32), np.zeros(m, np.uint8),
                np.full(m, ROUTINE, np.uint8),
            )
        )  # fmt: skip
        told.append(clinic.ledger.practice[0, COUNTERS] - before)
    last_call = clinic.now
    while clinic.balance() or clinic.care.books.bookings.sum():
        clinic.live()

    # The telephone.
    arrival = born * DAY + np.concatenate(seconds)
    call, patience = lengths(telephone, clinic.people.uid[:n], born)
    start = simulate(arrival, call, patience, np.zeros(n, np.int64), lines)
    answered = start != LEFT
    wait = np.where(answered, start - arrival, 0)
    of_day = np.repeat(np.arange(DAYS), number)
    prompt = answered & (wait <= 120)
    expected = [np.bincount(of_day, weight, DAYS) for weight in (np.ones(n), wait, prompt, ~answered)]
    assert np.array(told).T.tolist() == [column.tolist() for column in expected]
    assert 0.05 * n < np.count_nonzero(~answered) < 0.6 * n and wait.sum() > 20 * n

    # The book. A day is `slots` visits of 1000 units long; who calls first comes first.
    through = np.flatnonzero(answered)
    rank = through - first[of_day[through]]
    since = working[through] - working[0]
    length = slots * 1000
    seen = simulate(
        since * length + rank, np.full(through.size, 1000), np.full(through.size, 1 << 50),
        np.zeros(through.size, np.int64), gps,
    )  # fmt: skip
    expected_day = working[0] + seen // length
    seen_on = clinic.people.last_seen[:n].astype(np.int64)
    assert (seen_on[~answered] == -1).all()
    day_number = clinic.calendar.working_day_number
    assert day_number[seen_on[through]].tolist() == expected_day.tolist()
    assert clinic.told(C.ROUTINE_WAIT) == int((expected_day - working[through]).sum()) > through.size / 2
    assert clinic.now > last_call
