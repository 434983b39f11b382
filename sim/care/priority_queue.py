"""Posts and call queues with urgency: several servers, priority classes, nobody is interrupted, callers may leave.

A server who comes free takes from the most urgent class that has somebody waiting, within the class whoever came
first. A queue runs on from one period [begin, end) to the next, across midnight: who has not started before ``end``
stays waiting. Cutting a run into periods at any times changes no start by a single unit.

At one and the same time: first the timetable changes and services end, then customers arrive, then services start.
A customer leaves when his wait exceeds his patience; exactly at its end he can still be taken.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.care.servers import NEVER, check_timetable, earliest_start, occupy
from sim.compiled import kernel

__all__ = [
    "ARRIVAL", "CUSTOMER", "END", "LEFT", "START",
    "Outcomes", "PriorityQueues", "priority_queue", "priority_queues", "room_needed",
]  # fmt: skip

Ints = npt.NDArray[np.int64]

LEFT = -1
"""Start time of a customer who left before his turn."""

CUSTOMER, ARRIVAL, SERVICE, DEADLINE = range(4)
START, END = 2, 3


@kernel(inline=True)
def _write(out, at, customer, arrival, start, end):  # type: ignore[no-untyped-def]
    out[at, CUSTOMER] = customer
    out[at, ARRIVAL] = arrival
    out[at, START] = start
    out[at, END] = end


@kernel(inline=True)
def _join(waiting, head, size, rank, customer, arrival, service, patience):  # type: ignore[no-untyped-def]
    at = int(head[rank]) + int(size[rank])
    if at >= waiting.shape[1]:
        at -= waiting.shape[1]
    waiting[rank, at, CUSTOMER] = customer
    waiting[rank, at, ARRIVAL] = arrival
    waiting[rank, at, SERVICE] = service
    waiting[rank, at, DEADLINE] = NEVER if patience >= NEVER - arrival else arrival + patience
    size[rank] += 1


@kernel(inline=True)
def _sweep(waiting, head, size, end, out, count):  # type: ignore[no-untyped-def]
    """Record those whose patience ran out before ``end`` and close the gaps."""
    ring = waiting.shape[1]
    for p in range(size.shape[0]):
        origin = int(head[p])
        kept = 0
        for k in range(int(size[p])):
            source = (origin + k) % ring
            deadline = int(waiting[p, source, DEADLINE])
            if deadline < end:
                _write(out, count, waiting[p, source, CUSTOMER], waiting[p, source, ARRIVAL], LEFT, deadline)
                count += 1
                continue
            target = (origin + kept) % ring
            if target != source:
                for field in range(4):
                    waiting[p, target, field] = waiting[p, source, field]
            kept += 1
        size[p] = kept
    return count


@kernel(inline=True)
def _check(first, last, begin, end, arrival, rank, size, ring):  # type: ignore[no-untyped-def]
    """Refuse bad input before anything is changed."""
    before = begin
    for i in range(first, last):
        now = int(arrival[i])
        if now < before or now >= end:
            raise ValueError("customers must come in the order of arrival, within [begin, end)")
        before = now
        if rank[i] < 0 or rank[i] >= size.shape[0]:
            raise ValueError("a rank must lie between 0 and the number of classes less one")
    # Enough even if nobody were served; counted by class only when the plain bound does not do.
    for p in range(size.shape[0]):
        need = int(size[p]) + last - first
        if need > ring:
            need = int(size[p])
            for i in range(first, last):
                if rank[i] == p:
                    need += 1
            if need > ring:
                raise ValueError("the waiting room is too small: see room_needed")


@kernel(inner=True, lean=True)
def _queue(  # type: ignore[no-untyped-def]
    begin, end, first, last, arrival, service, patience, rank, customer, boundary, servers,
    free_at, waiting, head, size, out, count,
):  # fmt: skip
    check_timetable(boundary, servers, free_at)
    _check(first, last, begin, end, arrival, rank, size, waiting.shape[1])
    present = 0
    for p in range(size.shape[0]):
        present += int(size[p])
    if count + present + last - first > out.shape[0]:
        raise ValueError("the output is too short for all who wait or arrive")
    for p in range(size.shape[0]):
        if size[p] == 0:
            head[p] = 0  # a ring that does not wander stays in the cache
    now = begin
    period = 0
    i = first
    top = 0  # no class before this one has anybody waiting
    while True:
        if present == 0:
            if i == last:
                return count
            now = max(now, int(arrival[i]))
        time, period = earliest_start(now, period, boundary, servers, free_at)
        if present == 0 and time == arrival[i] and (i + 1 == last or time < arrival[i + 1]):
            # Alone and served at once: no need to pass through the waiting room.
            done = time + int(service[i])
            _write(out, count, customer[i], time, time, done)
            occupy(free_at, done)
            count += 1
            i += 1
            continue
        while i < last and arrival[i] <= time:
            p = int(rank[i])
            _join(waiting, head, size, p, int(customer[i]), int(arrival[i]), int(service[i]), int(patience[i]))
            top = min(top, p)
            present += 1
            i += 1
        if time >= end:
            return _sweep(waiting, head, size, end, out, count)
        now = time
        while size[top] == 0:
            top += 1
        at = int(head[top])
        head[top] = at + 1 if at + 1 < waiting.shape[1] else 0
        size[top] -= 1
        present -= 1
        deadline = int(waiting[top, at, DEADLINE])
        if deadline < now:
            _write(out, count, waiting[top, at, CUSTOMER], waiting[top, at, ARRIVAL], LEFT, deadline)
        else:
            done = now + int(waiting[top, at, SERVICE])
            _write(out, count, waiting[top, at, CUSTOMER], waiting[top, at, ARRIVAL], now, done)
            occupy(free_at, done)
        count += 1


@kernel(lean=True)
def priority_queue(  # type: ignore[no-untyped-def]
    begin, end, arrival, service, patience, rank, customer, boundary, servers, free_at, waiting, head, size, out
):
    """Advance one queue from ``begin`` to ``end``; may be called from other kernels.

    Args:
        begin, end: integer times; this period follows directly on the one before.
        arrival: (n,) integer times in [begin, end), ascending; equal times keep the order given.
        service: (n,) integer durations, at least 0.
        patience: (n,) int64, longest wait borne, at least 0; NEVER = for ever.
        rank: (n,) integers, class 0 (most urgent) to P - 1.
        customer: (n,) int64, any number the caller knows the customer by.
        boundary: (K,) int64, timetable as described in ``sim.care.servers``; only what lies before ``end`` matters.
        servers: (K,) integers, number on duty from ``boundary[k]`` on.
        free_at: (S,) int64, ascending; state, changed in place. Starts as zeros.
        waiting: (P, R, 4) int64, rings of those who wait: customer, arrival, service, deadline; state.
        head: (P,) int64, place of the first in each ring; state. Starts as zeros.
        size: (P,) int64, number waiting in each class; state. Starts as zeros.
        out: (M, 4) int64, output: customer, arrival, start of service (or LEFT), end of service (or when he left), in
            the order of these decisions. M at least the number waiting plus n.

    Returns:
        Number of rows written to ``out``. Everybody who is not in them is waiting still.

    Raises:
        ValueError: customers out of order or outside the period, an unknown class, a faulty timetable, ``out`` too
            short, or R smaller than the number waiting plus arriving in one class (see ``room_needed``). Nothing has
            been changed then.
    """
    return _queue(
        begin, end, 0, arrival.shape[0], arrival, service, patience, rank, customer, boundary, servers,
        free_at, waiting, head, size, out, 0,
    )  # fmt: skip


@kernel(lean=True)
def priority_queues(  # type: ignore[no-untyped-def]
    begin, end, first, arrival, service, patience, rank, customer, boundary, servers,
    free_at, waiting, head, size, out, out_first,
):  # fmt: skip
    """Advance Q separate queues in one call: customers of queue q are ``first[q]`` up to ``first[q + 1]``.

    Arguments as for ``priority_queue`` with Q in front of the state and of ``servers`` (Q, K); ``boundary`` (K,) is
    shared. ``out_first`` (Q + 1,) int64, output: rows ``out_first[q]`` up to ``out_first[q + 1]`` are of queue q.

    Raises:
        ValueError: as ``priority_queue``; queues before the faulty one have been advanced then.
    """
    out_first[0] = 0
    for q in range(first.shape[0] - 1):
        out_first[q + 1] = _queue(
            begin, end, first[q], first[q + 1], arrival, service, patience, rank, customer, boundary, servers[q],
            free_at[q], waiting[q], head[q], size[q], out, out_first[q],
        )  # fmt: skip


@kernel
def room_needed(first, rank, size):  # type: ignore[no-untyped-def]
    """Ring length R with which these customers surely fit: most waiting plus arriving in one class of one queue."""
    most = 0
    arriving = np.zeros(size.shape[1], np.int64)
    for q in range(first.shape[0] - 1):
        arriving[:] = 0
        for i in range(first[q], first[q + 1]):
            if rank[i] >= 0 and rank[i] < size.shape[1]:
                arriving[int(rank[i])] += 1
        for p in range(size.shape[1]):
            most = max(most, int(size[q, p]) + arriving[p])
    return most


@kernel(lean=True)
def _most(size, servers):  # type: ignore[no-untyped-def]
    """Largest number in each of two tables: numpy's reductions take longer than the queues of a quiet night."""
    present = 0
    for q in range(size.shape[0]):
        for p in range(size.shape[1]):
            present = max(present, int(size[q, p]))
    most = 0
    for q in range(servers.shape[0]):
        for k in range(servers.shape[1]):
            most = max(most, int(servers[q, k]))
    return present, most


class Outcomes(NamedTuple):
    """Customers who started or left in one period, grouped by queue, in the order of these decisions."""

    first: Ints  # (Q + 1,) rows first[q] up to first[q + 1] belong to queue q
    customer: Ints  # (m,)
    arrival: Ints  # (m,)
    start: Ints  # (m,) start of service, or LEFT
    end: Ints  # (m,) end of service, or when the customer left


class PriorityQueues:
    """State of Q queues with P classes and at most S servers each; waiting rooms grow when they must.

    Attributes:
        free_at, waiting, head, size: the arrays of ``priority_queues``; plain numpy, so the object can be copied,
            compared and pickled.
    """

    def __init__(self, queues: int, classes: int, servers: int, room: int = 256) -> None:
        self.free_at: Ints = np.zeros((queues, servers), np.int64)
        self.waiting: Ints = np.zeros((queues, classes, room, 4), np.int64)
        self.head: Ints = np.zeros((queues, classes), np.int64)
        self.size: Ints = np.zeros((queues, classes), np.int64)

    def advance(
        self,
        begin: int,
        end: int,
        first: Ints,
        arrival: Ints,
        service: Ints,
        patience: Ints,
        rank: Ints,
        customer: Ints,
        boundary: Ints,
        servers: Ints,
    ) -> Outcomes:
        """Take the arrivals of [begin, end), advance to ``end`` and tell who started or left.

        Arguments and errors as for ``priority_queues``; all arrays int64 (other integer types compile anew).
        """
        need = int(room_needed(first, rank, self.size))
        if need > self.waiting.shape[2]:
            self._grow(2 * need)
        out = np.empty((int(self.size.sum()) + arrival.size, 4), np.int64)
        out_first = np.zeros(first.size, np.int64)
        priority_queues(
            begin, end, first, arrival, service, patience, rank, customer, boundary, servers,
            self.free_at, self.waiting, self.head, self.size, out, out_first,
        )  # fmt: skip
        done = out[: int(out_first[-1])]
        return Outcomes(out_first, *(done[:, k].copy() for k in range(4)))

    def ready(self, arrivals: int, servers: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """The state as the kernels take it, with room for ``arrivals`` more customers and for ``servers`` (Q, K)."""
        present, most = _most(self.size, servers)
        self.fit_servers(most)
        need = present + arrivals
        if need > self.waiting.shape[2]:
            self._grow(2 * need)
        return self.free_at, self.waiting, self.head, self.size

    def fit_servers(self, servers: int) -> None:
        """Make sure that up to ``servers`` can be on duty at once; never takes any away."""
        more = servers - self.free_at.shape[1]
        if more > 0:
            # In front, to keep the order: a place that was never busy. No time lies before -NEVER.
            unused = np.full((self.free_at.shape[0], more), -NEVER, np.int64)
            self.free_at = np.concatenate([unused, self.free_at], axis=1)

    def who_waits(self, queue: int) -> Ints:
        """Those waiting in one queue: (w, 4) customer, arrival, service, deadline; by class, then order of arrival."""
        rows = [self._line(queue, p) for p in range(self.size.shape[1])]
        return np.concatenate(rows)

    def _line(self, queue: int, p: int) -> Ints:
        at = (self.head[queue, p] + np.arange(self.size[queue, p])) % self.waiting.shape[2]
        line: Ints = self.waiting[queue, p, at]
        return line

    def _grow(self, room: int) -> None:
        waiting = np.zeros((*self.waiting.shape[:2], room, 4), np.int64)
        for q in range(self.size.shape[0]):
            for p in range(self.size.shape[1]):
                waiting[q, p, : self.size[q, p]] = self._line(q, p)
        self.waiting = waiting
        self.head[:] = 0
