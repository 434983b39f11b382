"""Dividing the list of a practice that ends: over practices nearby by slack, full ones included.

The regional GP organisation and the insurer place whole households, so many people in a month. Who comes too late for
this month stays with their mediation; for whom there is no slack has no GP and searches alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.agents.people import NO_PRACTICE, People, Search
from sim.compiled import kernel
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream

__all__ = ["Division", "divide_list", "move_list"]

_TOO_LATE = -2

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Division:
    """Where the people of a list went."""

    rows: Ints
    """Rows of the people (n,)."""
    to: Ints
    """Practice of each (n,), -1 for who has none."""

    def counts(self, practices: int) -> tuple[Ints, int]:
        """People by practice that took them (P,), and people left without."""
        placed = self.to[self.to >= 0]
        return np.bincount(placed, minlength=practices), int(self.to.size - placed.size)


@kernel
def _place(node, size, luck, minutes, reach, slack, at_most, to):  # type: ignore[no-untyped-def]
    """Households in their order: a practice within reach drawn by the slack it has left; -1 when none has room, -2 when
    the month's places are gone.
    """
    left = at_most
    for h in range(node.shape[0]):
        to[h] = -1
        need = int(size[h])
        if need > left:
            to[h] = _TOO_LATE
            continue
        at = int(node[h])
        total = 0.0
        for q in range(slack.shape[0]):
            if minutes[at, q] <= reach and slack[q] >= need:
                total += slack[q]
        if total <= 0.0:
            continue
        point = luck[h] * total
        best = -1
        for q in range(slack.shape[0]):
            if minutes[at, q] <= reach and slack[q] >= need:
                best = q
                point -= slack[q]
                if point < 0.0:
                    break
        to[h] = best
        slack[best] -= need
        left -= need


def divide_list(
    people: People,
    practice: int,
    month: int,
    seed: int,
    minutes: npt.NDArray[np.float32],
    slack: Floats,
    reach: float,
    at_most: int,
) -> Division:
    """Place the people of a list elsewhere. Writes ``practice``, ``usual``, ``search``, ``search_since`` and
    ``wants_other`` of all of them.

    Keyed by household and month, so nobody's chance depends on the order of rows; who comes first is a keyed draw too.

    Args:
        people: the population.
        practice: the practice that ends.
        month: month index.
        seed: the run's seed.
        minutes: (N, P) car minutes from nodes to practices.
        slack: (P,) people that each practice can be asked to take; used up in place.
        reach: car minutes within which households are placed.
        at_most: people that can be placed this month; the others are with the insurer's mediation then.
    """
    n = people.n
    rows = np.flatnonzero(people.alive[:n] & (people.practice[:n] == practice))
    if not rows.size:
        return Division(rows, np.zeros(0, np.int64))
    household = people.household[rows]
    u = uniforms(seed, int(Stream.CLOSING), household, month)
    order = np.lexsort((people.uid[rows], household, u[:, 0]))
    rows, household, u = rows[order], household[order], u[order]
    start = np.flatnonzero(np.r_[True, household[1:] != household[:-1]])
    size = np.diff(np.r_[start, rows.size])
    taken = np.where(np.arange(slack.size) == practice, 0.0, slack)
    to = np.empty(start.size, np.int64)
    _place(
        people.node[rows[start]].astype(np.int64), size.astype(np.int64), u[start, 1], minutes, float(reach), taken,
        int(at_most), to,
    )  # fmt: skip
    slack[:] = np.where(np.arange(slack.size) == practice, slack, taken)
    return _settle(people, rows, np.repeat(to, size), month)


def move_list(people: People, practice: int, to: int, month: int) -> Division:
    """Move a whole list to another practice, as in a merger; see :func:`divide_list` for what it writes."""
    n = people.n
    rows = np.flatnonzero(people.alive[:n] & (people.practice[:n] == practice))
    return _settle(people, rows, np.full(rows.size, to, np.int64), month)


def _settle(people: People, rows: Ints, to: Ints, month: int) -> Division:
    people.practice[rows] = to.astype(np.int16)
    people.usual[rows] = -1
    placed, left = rows[to >= 0], rows[to < 0]
    people.search[placed] = Search.NOT_LOOKING
    people.search[left] = np.where(to[to < 0] == _TOO_LATE, Search.MEDIATION, Search.LOOKING)
    people.search_since[left] = month
    people.wants_other[rows] = 0
    people.practice[left] = NO_PRACTICE
    return Division(rows, np.maximum(to, -1))
