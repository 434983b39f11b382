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
def _due(n, alive, practice, conditions, uid, interval, month, open_days, rows, days):  # type: ignore[no-untyped-def]
    m = 0
    for i in range(n):
        c = int(conditions[i])
        if c == 0 or not alive[i] or practice[i] < 0:
            continue
        every = interval[c]
        if every == 0:
            continue
        # the phase and the day come from the id itself, which is a hash
        luck = int(uid[i] & np.uint64(0xFFFFFFF))
        if (luck + month) % every == 0:
            rows[m] = i
            days[m] = (luck // 97) % open_days
            m += 1
    return m


def planned_visits(
    people: People, interval: npt.NDArray[np.int64], month: int, open_days: int
) -> list[npt.NDArray[np.int64]]:
    """Rows due on each open day of the month (a list of ``open_days`` arrays)."""
    rows = np.empty(people.n, np.int64)
    days = np.empty(people.n, np.int64)
    m = int(
        _due(
            people.n,
            people.alive,
            people.practice,
            people.conditions,
            people.uid,
            interval,
            month,
            open_days,
            rows,
            days,
        )
    )
    order = np.argsort(days[:m], kind="stable")
    bounds = np.searchsorted(days[:m][order], np.arange(open_days + 1))
    return [rows[:m][order[bounds[k] : bounds[k + 1]]] for k in range(open_days)]
