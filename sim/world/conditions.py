"""Chronic conditions begin and end so that the share of people who have them stays the same at each age."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.randomness.philox import UNIT32
from sim.region.curves import AGES
from sim.region.traits import CONDITIONS
from sim.world.tables import MonthTables

__all__ = ["change_conditions"]

Rows = npt.NDArray[np.int64]


def change_conditions(
    people: People, rows: Rows, words: npt.NDArray[np.uint32], tables: MonthTables, month: int
) -> tuple[Rows, Rows]:
    """Let at most one condition of each of ``rows`` begin or end; returns the rows of onsets and of recoveries.

    Args:
        rows: people whose word fell below ``tables.change``, which bounds the chance of any change from above.
        words: their random words (same length).
    """
    u = words * UNIT32
    sex, group = people.sex[rows], people.deprivation[rows]
    year = np.clip((month - people.birth_month[rows].astype(np.int64)) // 12, 0, AGES - 1)
    bits = people.conditions[rows].copy()
    onset = np.zeros(rows.size, np.bool_)
    done = np.zeros(rows.size, np.bool_)
    upto = np.zeros(rows.size)
    for c in range(len(CONDITIONS)):
        has = bits >> c & 1 == 1
        upto = upto + np.where(has, tables.recovery[c, sex, group, year], tables.onset[c, sex, group, year])
        now = ~done & (u < upto)
        bits[now] ^= np.uint8(1 << c)
        onset |= now & ~has
        done |= now
    people.conditions[rows] = bits
    return rows[onset], rows[done & ~onset]
