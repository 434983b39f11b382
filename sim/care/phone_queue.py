"""Telephone lines: first come, first served, several servers, callers who hang up.

Exact by virtual waiting time: callers come in the order of arrival, and each caller's wait follows from the services
that earlier callers have been promised; one whose wait would exceed his patience hangs up and takes no service.
Urgent calls cannot jump this line, for then a wait would depend on later callers: see ``priority_queue`` for that.
"""

from __future__ import annotations

from sim.care.servers import NEVER, check_timetable, earliest_start, occupy
from sim.compiled import kernel

__all__ = ["HUNG_UP", "UNSERVED", "answer", "fifo_queue", "fifo_queues"]

HUNG_UP = -1
"""Start time of a caller who hung up, at arrival + patience."""
UNSERVED = -2
"""Start time of a caller of endless patience (NEVER) for whom no server ever comes."""


@kernel(inline=True)
def answer(now, service, patience, period, boundary, servers, free_at):  # type: ignore[no-untyped-def]
    """One caller, the next in the order of arrival; the rule of every line, whoever holds the columns.

    ``period`` is what the caller before him returned (at first 0): waits never shrink below an earlier caller's start,
    so the search need not go back. Other arguments as for :func:`fifo_queue`. A caller who hangs up changes nothing:
    he may be asked again with more patience.

    Returns:
        Start of service, HUNG_UP or UNSERVED; and the period.
    """
    time, period = earliest_start(now, period, boundary, servers, free_at)
    if time == NEVER:
        return UNSERVED if patience >= NEVER else HUNG_UP, period
    if time - now > patience:
        return HUNG_UP, period
    occupy(free_at, time + service)
    return time, period


@kernel(inner=True, lean=True)
def _line(begin, stop, arrival, service, patience, boundary, servers, free_at, start):  # type: ignore[no-untyped-def]
    check_timetable(boundary, servers, free_at)
    period = 0
    before = -NEVER
    served = 0
    for i in range(begin, stop):
        now = int(arrival[i])
        if now < before:
            raise ValueError("callers must come in the order of arrival")
        before = now
        start[i], period = answer(now, int(service[i]), int(patience[i]), period, boundary, servers, free_at)
        served += 1 if start[i] >= 0 else 0
    return served


@kernel(lean=True)
def fifo_queue(arrival, service, patience, boundary, servers, free_at, start):  # type: ignore[no-untyped-def]
    """One line, its callers in the order of arrival; may be called from other kernels.

    Args:
        arrival: (n,) integer times, ascending; callers of the same moment keep the order they are given in.
        service: (n,) integer durations, at least 0.
        patience: (n,) int64, longest wait the caller bears (a wait equal to it is borne), at least 0; NEVER = for ever.
        boundary: (K,) int64, timetable as described in ``sim.care.servers``.
        servers: (K,) integers, number on duty from ``boundary[k]`` on; a last 0 closes the line.
        free_at: (S,) int64, ascending, changed in place. A following call that begins with these goes on where this
            one stopped; starts lie in the future, so the timetable must already hold the changes to come.
        start: (n,) int64, output: start of service, HUNG_UP or UNSERVED.

    Returns:
        Number of callers served.

    Raises:
        ValueError: callers out of order, or a faulty timetable.
    """
    return _line(0, arrival.shape[0], arrival, service, patience, boundary, servers, free_at, start)


@kernel(lean=True)
def fifo_queues(first, arrival, service, patience, boundary, servers, free_at, start, served):  # type: ignore[no-untyped-def]
    """Many separate lines in one call: callers of line q are ``first[q]`` up to ``first[q + 1]``.

    Args:
        first: (Q + 1,) int64.
        arrival, service, patience, start: (n,) as in ``fifo_queue``, n at least ``first[Q]``; callers outside any line
            are not touched.
        boundary: (K,) int64, the boundaries that all lines share.
        servers: (Q, K) integers.
        free_at: (Q, S) int64, each row ascending, changed in place.
        served: (Q,) int64, output: callers served.

    Raises:
        ValueError: callers of a line out of order, or a faulty timetable.
    """
    for q in range(first.shape[0] - 1):
        served[q] = _line(first[q], first[q + 1], arrival, service, patience, boundary, servers[q], free_at[q], start)
