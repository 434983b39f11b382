"""The floor: the least that any model could cost which draws for every inhabitant on every day and reads its columns.

Two parts, both measured on the model's own people. *Draws*: one keyed uniform an inhabitant-day, held against that
person's chance of a need. A Philox block gives four words, so one block serves four days: the cheapest way that still
gives every inhabitant-day its own keyed number. *Streaming*: the columns on which a day's needs depend (who lives here
and at which rates, 9 bytes a person) are read once a day, as whole 64-bit words folded together by exclusive or, which
is as fast as memory allows. Nothing is written. Reading *all* columns once a day is measured too, but kept out of the
floor: no model needs to.

The model itself draws the needs of a month at once, so it may cost less than this floor in places; the floor is a
yardstick with a fixed definition, not a bound on cleverness.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.compiled import kernel
from sim.randomness.philox import MASK32, SHIFT32, philox4x32
from sim.randomness.streams import Stream

__all__ = ["measure_floor"]

DAYS_A_BLOCK = 4
DAYS_A_MONTH = 365.25 / 12
DAILY = ("alive", "rate_day", "rate_ooh")


@kernel
def _four_days(seed, stream, time, uid, limit):  # type: ignore[no-untyped-def]
    """Number of inhabitant-days, of four days, whose keyed word lies below the person's limit (n,) uint64."""
    k0 = np.uint64(seed) & MASK32
    k1 = np.uint64(stream) & MASK32
    t = np.uint64(time) & MASK32
    zero = np.uint64(0)
    hits = 0
    for i in range(uid.shape[0]):
        e = uid[i]
        w0, w1, w2, w3 = philox4x32(e & MASK32, e >> SHIFT32, t, zero, k0, k1)
        below = limit[i]
        hits += int(w0 < below) + int(w1 < below) + int(w2 < below) + int(w3 < below)
    return hits


@kernel
def _fold(column):  # type: ignore[no-untyped-def]
    folded = np.uint64(0)
    for i in range(column.shape[0]):
        folded ^= column[i]
    return folded


def _read_once(columns: list[npt.NDArray[np.uint64]]) -> int:
    folded = 0
    for column in columns:
        folded ^= int(_fold(column))
    return folded


def _seconds_to_read(people: People, names: Iterable[str], days: int) -> float:
    whole = people.n - people.n % 8  # so that every column ends on a 64-bit word
    columns = [getattr(people, name)[:whole].view(np.uint64) for name in names]
    _read_once(columns)
    taken = []
    for _ in range(3):  # the least of three: Python may look for garbage in between
        started = time.process_time()
        for _ in range(days):
            _read_once(columns)
        taken.append(time.process_time() - started)
    return min(taken)


def measure_floor(people: People, days: int, seed: int = 1) -> dict[str, Any]:
    """CPU nanoseconds an inhabitant-day of drawing and of streaming, measured over ``days`` days (a multiple of 4)."""
    n = people.n
    chance = (people.rate_day[:n].astype(np.float64) + people.rate_ooh[:n]) / DAYS_A_MONTH
    limit = (-np.expm1(-chance) * 2.0**32).astype(np.uint64)
    uid = people.uid[:n]
    _four_days(seed, int(Stream.NEED), 0, uid, limit)
    started = time.process_time()
    hits = sum(int(_four_days(seed, int(Stream.NEED), block, uid, limit)) for block in range(days // DAYS_A_BLOCK))
    drawing = time.process_time() - started
    scale = 1e9 / (n * days)
    return {
        "inhabitants": n,
        "days": days,
        "needs": hits,
        "needs_expected": float(-np.expm1(-chance).sum() * days),
        "draws_ns": drawing * scale,
        "streaming_ns": _seconds_to_read(people, DAILY, days) * scale,
        "all_columns_ns": _seconds_to_read(people, people.names(), days) * scale,
    }
