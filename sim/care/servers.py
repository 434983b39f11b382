"""Servers of a queue whose number changes during the day: the rule that every queue of the product shares.

Time is an integer in any unit (the product uses seconds since the start, the theory tests something finer), so that
sums of waits are exact. A timetable is ``boundary`` (K,), increasing, and ``servers`` (K,): ``servers[k]`` are on duty
from ``boundary[k]`` until the next boundary, the last number for ever, and nobody before ``boundary[0]``.

*The rule*: a customer can start at time t when fewer than c(t) services are running at t. Hence a server who comes on
duty takes the next customer at the boundary itself; when the number falls, idle servers go first and then whoever
finishes first, nobody is interrupted, and a service that runs on past the end of a shift keeps its place occupied. A
service that ends at t and a change of the timetable at t both count before a start at t.

Servers of one queue are interchangeable, so their state is no more than when running services end: ``free_at`` (S,)
int64, ascending, S at least the largest number ever on duty; start with zeros. It carries over between calls.
"""

from __future__ import annotations

from sim.compiled import kernel

__all__ = ["NEVER", "check_timetable", "earliest_start", "occupy"]

NEVER = 1 << 62
"""A time that never comes; as a patience: waits for ever. Real times stay below half of it."""


@kernel(inline=True)
def check_timetable(boundary, servers, free_at):  # type: ignore[no-untyped-def]
    """Refuse a timetable that is empty, does not increase, or puts more servers on duty than ``free_at`` holds."""
    if boundary.shape[0] == 0 or boundary.shape[0] != servers.shape[0]:
        raise ValueError("a timetable needs one number of servers for each boundary")
    for k in range(boundary.shape[0]):
        if servers[k] < 0 or servers[k] > free_at.shape[0]:
            raise ValueError("the number of servers must lie between 0 and the length of free_at")
        if k > 0 and boundary[k] <= boundary[k - 1]:
            raise ValueError("the boundaries of a timetable must increase")


@kernel(inline=True)
def earliest_start(now, period, boundary, servers, free_at):  # type: ignore[no-untyped-def]
    """Earliest time from ``now`` on at which a service can start, and its period in the timetable.

    ``period`` is where the search begins: a period in which, or before which, ``now`` lies. NEVER if no server comes.
    """
    last = boundary.shape[0] - 1
    while True:
        on_duty = int(servers[period])
        start = NEVER
        if on_duty > 0:
            # Fewer than c services run once the c-th latest of them has ended.
            start = max(now, int(boundary[period]), int(free_at[free_at.shape[0] - on_duty]))
        if period == last or start < boundary[period + 1]:
            return start, period
        period += 1


@kernel(inline=True)
def occupy(free_at, end):  # type: ignore[no-untyped-def]
    """One server is busy until ``end``: the entry that was free longest gives way, and the order is kept."""
    # without a branch: where it falls is as good as random
    last = free_at.shape[0] - 1
    for j in range(last):
        then = free_at[j + 1]
        free_at[j] = min(then, end)
        end = max(then, end)
    free_at[last] = end
