"""Gathering a day's requests: today's needs, planned visits and those who try again, in the order of their calls."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Ints, Requests
from sim.compiled import kernel
from sim.randomness.philox import MASK32, SHIFT32, philox4x32
from sim.world.needs import PLANNED_ORDINAL, MonthNeeds

__all__ = ["episode_words", "gather", "line_up"]


@kernel
def _words(k0, k1, entity, counter, out):  # type: ignore[no-untyped-def]
    o0, o1, o2, o3 = out[0], out[1], out[2], out[3]
    for j in range(entity.shape[0]):
        e = entity[j]
        c = counter[j]
        w0, w1, w2, w3 = philox4x32(e & MASK32, e >> SHIFT32, c >> SHIFT32, c & MASK32, k0, k1)
        o0[j] = w0
        o1[j] = w1
        o2[j] = w2
        o3[j] = w3


def episode_words(seed: int, stream: int, entity: npt.NDArray[np.uint64], requests: Requests) -> npt.NDArray[np.uint32]:
    """Twelve keyed words a request, shape (12, m), keyed by the day the need arose, its ordinal and the step.

    Args:
        seed: the run's seed.
        stream: number of the stream.
        entity: (m,) uids of the people who ask.
        requests: the requests.
    """
    out = np.empty((12, entity.size), np.uint32)
    time = requests.born.astype(np.int64) * 64 + requests.ordinal
    counter = (time << 32 | requests.step * 3).astype(np.uint64)
    for part in range(3):
        key0, key1 = np.uint64(seed & 0xFFFFFFFF), np.uint64(stream)
        _words(key0, key1, entity, counter + np.uint64(part), out[4 * part : 4 * part + 4])
    return out


def line_up(requests: Requests, entity: npt.NDArray[np.uint64], where: Ints, practices: int) -> tuple[Ints, Ints]:
    """Order requests by practice, then second, then a hash of the person: never by storage.

    Args:
        requests: the requests.
        entity: (m,) uids.
        where: (m,) practice number; ``practices`` = without a practice, + 1 = with one outside the region, + 2 = dead.
        practices: number of practices.

    Returns:
        ``order`` (m,) request numbers in their order, and ``start`` (practices + 3,): place q's begin at ``start[q]``.
    """
    bits = max(1, int(requests.row.size).bit_length())
    spare = 63 - 17 - bits - int(practices + 3).bit_length()
    tie = (entity >> np.uint64(3)).astype(np.int64) & ((1 << spare) - 1)
    key = ((where << 17 | requests.second.astype(np.int64)) << spare | tie) << bits | np.arange(requests.row.size)
    key.sort()
    start = np.searchsorted(key >> (17 + spare + bits), np.arange(practices + 3))
    return key & ((1 << bits) - 1), start


def gather(needs: MonthNeeds, day: int, now: int, planned: Ints, again: Requests | None) -> Requests:
    """Requests of a working day: needs of today, planned chronic-care visits due today, and who asks again."""
    part = needs.slice_day(day)
    n, k = part.stop - part.start, planned.size
    zeros, today = np.zeros(n + k, np.int32), np.full(n + k, day, np.int32)
    own = Requests(
        row=np.concatenate((needs.row[part], planned.astype(np.int32))),
        born=today,
        ordinal=np.concatenate((needs.ordinal[part].astype(np.int32), np.full(k, PLANNED_ORDINAL, np.int32))),
        step=zeros,
        second=np.concatenate((needs.second[part], np.full(k, 8 * 3600, np.int32))),
        what=np.concatenate((needs.what[part].astype(np.int32), np.full(k, 6, np.int32))),
        urgency=np.concatenate((needs.urgency[part].astype(np.int32), np.full(k, 5, np.int32))),
        asked=np.full(n + k, now, np.int32),
    )
    if again is None or again.row.size == 0:
        return own
    return Requests(*(np.concatenate((a, b)) for a, b in zip(own, again, strict=True)))
