"""Planned visits of the chronic-care programmes: at intervals by condition, spread over a month's open days."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.compiled import kernel
from sim.parameters import Parameters

__all__ = ["planned_visits", "visit_intervals"]


def visit_intervals(p: Parameters) -> npt.NDArray[np.int64]:
    """Months between planned visits by bit mask of conditions (16,): a person's shortest programme, 0 = none."""
    single = p.column("care.chronic_interval").astype(np.int64)
    out = np.zeros(16, np.int64)
    for mask in range(1, 16):
        own = [int(single[k]) for k in range(4) if mask >> k & 1 and single[k] > 0]
        out[mask] = min(own) if own else 0
    return out


@kernel
def _due(alive, practice, conditions, uid, interval, month, found, rows, days, start):  # type: ignore[no-untyped-def]
    """Who is due: ``rows`` in the order of days (within a day of rows); day d begins at ``start[d]``."""
    open_days = start.shape[0] - 1
    kept = 0
    for i in range(alive.shape[0]):
        found[kept] = i
        kept += int(interval[int(conditions[i])] > 0) & int(alive[i]) & int(practice[i] >= 0)
    m = 0
    for k in range(kept):
        i = int(found[k])
        # the phase and the day come from the id itself, which is a hash
        luck = int(uid[i] & np.uint64(0xFFFFFFF))
        found[m] = i
        if (luck + month) % interval[int(conditions[i])] == 0:
            day = (luck // 97) % open_days
            days[m] = day
            start[day + 1] += 1
            m += 1
    for d in range(open_days):
        start[d + 1] += start[d]
    fill = start.copy()
    for k in range(m):
        day = int(days[k])
        rows[fill[day]] = found[k]
        fill[day] += 1


def planned_visits(
    people: People, interval: npt.NDArray[np.int64], month: int, open_days: int
) -> list[npt.NDArray[np.int64]]:
    """Rows due on each open day of the month (a list of ``open_days`` arrays)."""
    n = people.n
    found, rows, days = np.empty(n + 1, np.int64), np.empty(n, np.int64), np.empty(n, np.uint8)
    start = np.zeros(open_days + 1, np.int64)
    _due(
        people.alive[:n], people.practice[:n], people.conditions[:n], people.uid[:n], interval, month,
        found, rows, days, start,
    )  # fmt: skip
    return [rows[start[k] : start[k + 1]].copy() for k in range(open_days)]
