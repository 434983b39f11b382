"""Gathering a day's requests: today's needs, planned visits and those who try again, in the order of their calls."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Ints, Requests, is_alive, practice_of
from sim.compiled import kernel, prefetch
from sim.ledger import counts as C
from sim.randomness.philox import MASK32, SHIFT32, philox4x32
from sim.world.needs import PLANNED_ORDINAL, MonthNeeds

__all__ = ["arrange", "episode_words", "fill_words_by_counter", "gather", "line_up", "place"]

_SECOND_BITS = 17

_AHEAD = 16
"""Requests ahead of which persons are fetched."""


@kernel(inner=True, lean=True)
def fill_words_by_counter(key0, key1, entity, counter, out):  # type: ignore[no-untyped-def]
    """Four keyed words an entity, each at a time and draw number of its own.

    Args:
        key0, key1: seed and number of the stream, ``uint64`` below 2**32.
        entity: (n,) uint64 ids.
        counter: (n,) uint64, time << 32 | draw number.
        out: (4, n) uint32, output.
    """
    o0, o1, o2, o3 = out[0], out[1], out[2], out[3]
    for j in range(entity.shape[0]):
        e = entity[j]
        c = counter[j]
        w0, w1, w2, w3 = philox4x32(e & MASK32, e >> SHIFT32, c >> SHIFT32, c & MASK32, key0, key1)
        o0[j] = w0
        o1[j] = w1
        o2[j] = w2
        o3[j] = w3


@kernel(lean=True)
def _episode_words(key0, key1, entity, born, ordinal, step, counter, out):  # type: ignore[no-untyped-def]
    for part in range(3):
        for j in range(entity.shape[0]):
            time = int(born[j]) * 64 + int(ordinal[j])
            counter[j] = np.uint64((time << 32) | (int(step[j]) * 3 + part))
        fill_words_by_counter(key0, key1, entity, counter, out[4 * part : 4 * part + 4])


def episode_words(seed: int, stream: int, entity: npt.NDArray[np.uint64], requests: Requests) -> npt.NDArray[np.uint32]:
    """Twelve keyed words a request, shape (12, m), keyed by the day the need arose, its ordinal and the step.

    Args:
        seed: the run's seed.
        stream: number of the stream.
        entity: (m,) uids of the people who ask.
        requests: the requests.
    """
    out = np.empty((12, entity.size), np.uint32)
    key0, key1 = np.uint64(seed & 0xFFFFFFFF), np.uint64(stream)
    counter = np.empty(entity.size, np.uint64)
    _episode_words(key0, key1, entity, requests.born, requests.ordinal, requests.step, counter, out)
    return out


@kernel(lean=True)
def _place(row, ordinal, step, record, practices, entity, packed, where, tally):  # type: ignore[no-untyped-def]
    # first all looks at the persons, which do not wait for each other
    last = row.shape[0] - 1
    for j in range(row.shape[0]):
        prefetch(record, 2 * int(row[min(j + _AHEAD, last)]))
        i = row[j]
        entity[j] = np.uint64(record[i, 0])
        packed[j] = record[i, 1]
    for j in range(row.shape[0]):
        q = practice_of(int(packed[j]))
        if q < 0:
            q = practices - 1 - q
        if is_alive(int(packed[j])) == 0:
            q = practices + 2
            tally[practices, C.VOID] += 1
        where[j] = q
        if step[j] == 0:
            tally[min(q, practices), C.PLANNED if ordinal[j] == PLANNED_ORDINAL else C.NEEDS] += 1


def place(requests: Requests, record: Ints, practices: int, tally: Ints) -> tuple[npt.NDArray[np.uint64], Ints, Ints]:
    """Who asks, and where; first requests are counted as needs or planned visits, those of the dead as void.

    Args:
        requests: the requests.
        record: (n, 2) records of the persons (see ``Persons``).
        practices: number of practices.
        tally: counters by practice, changed in place.

    Returns:
        ``entity`` (m,) uids; ``packed`` (m,) second columns of the records; ``where`` (m,) practice number, or
        ``practices`` = without a practice, + 1 = with one outside the region, + 2 = dead.
    """
    m = requests.row.size
    entity, packed, where = np.empty(m, np.uint64), np.empty(m, np.int64), np.empty(m, np.int64)
    _place(requests.row, requests.ordinal, requests.step, record, practices, entity, packed, where, tally)
    return entity, packed, where


@kernel(lean=True)
def _keys(second, entity, where, spare, bits, key, start):  # type: ignore[no-untyped-def]
    mask = (1 << spare) - 1
    for j in range(key.shape[0]):
        q = int(where[j])
        tie = np.int64(entity[j] >> np.uint64(3)) & mask
        key[j] = ((((q << _SECOND_BITS) | int(second[j])) << spare | tie) << bits) | j
        if q + 1 < start.shape[0]:
            start[q + 1] += 1
    for q in range(start.shape[0] - 1):
        start[q + 1] += start[q]


def line_up(requests: Requests, entity: npt.NDArray[np.uint64], where: Ints, practices: int) -> tuple[Ints, Ints]:
    """Order requests by practice, then second, then a hash of the person: never by storage.

    Args:
        requests: the requests.
        entity: (m,) uids.
        where: (m,) as :func:`place` returns it.
        practices: number of practices.

    Returns:
        ``order`` (m,) request numbers in their order, and ``start`` (practices + 3,): place q's begin at ``start[q]``.
    """
    m = requests.row.size
    bits = max(1, m.bit_length())
    spare = 63 - _SECOND_BITS - bits - int(practices + 3).bit_length()
    key, start = np.empty(m, np.int64), np.zeros(practices + 3, np.int64)
    _keys(requests.second, entity, where, spare, bits, key, start)
    key.sort()
    return key & ((1 << bits) - 1), start


@kernel(lean=True)
def _arrange(order, source, entity, packed, target, entity_out, packed_out):  # type: ignore[no-untyped-def]
    row, born, ordinal, step, second, what, urgency, asked = source
    row_, born_, ordinal_, step_, second_, what_, urgency_, asked_ = target
    for j in range(order.shape[0]):
        e = np.uint64(order[j])  # unsigned: no place counted from the end
        row_[j] = row[e]
        born_[j] = born[e]
        ordinal_[j] = ordinal[e]
        step_[j] = step[e]
        second_[j] = second[e]
        what_[j] = what[e]
        urgency_[j] = urgency[e]
        asked_[j] = asked[e]
        entity_out[j] = entity[e]
        packed_out[j] = packed[e]


def arrange(
    order: Ints, requests: Requests, entity: npt.NDArray[np.uint64], packed: Ints
) -> tuple[Requests, npt.NDArray[np.uint64], Ints]:
    """Requests and who asks (see :func:`place`), put in ``order`` (m,)."""
    out = Requests(*np.empty((8, order.size), np.int32))
    entity_out, packed_out = np.empty(order.size, np.uint64), np.empty(order.size, np.int64)
    _arrange(order, requests, entity, packed, out, entity_out, packed_out)
    return out, entity_out, packed_out


def gather(needs: MonthNeeds, day: int, now: int, planned: Ints, *again: Requests | None) -> Requests:
    """Requests of a working day: needs of today, planned chronic-care visits due today, and who asks again."""
    part = needs.slice_day(day)
    parts = [box for box in again if box is not None]
    n = part.stop - part.start
    own = n + planned.size
    out = Requests(*np.empty((8, own + sum(box.row.size for box in parts)), np.int32))
    out.born[:own], out.step[:own], out.asked[:own] = day, 0, now
    out.row[:n], out.row[n:own] = needs.row[part], planned
    out.ordinal[:n], out.ordinal[n:own] = needs.ordinal[part], PLANNED_ORDINAL
    out.second[:n], out.second[n:own] = needs.second[part], 8 * 3600
    out.what[:n], out.what[n:own] = needs.what[part], 6
    out.urgency[:n], out.urgency[n:own] = needs.urgency[part], 5
    at = own
    for box in parts:
        for column, values in zip(out, box, strict=True):
            column[at : at + values.size] = values
        at += box.row.size
    return out
