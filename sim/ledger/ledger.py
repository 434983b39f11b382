"""The ledger: counters that only grow, periods that are closed, and the log of events.

Care and workforce write the counters (``tallies``) and events; closing a week, month or year stores the difference of
two readings together with what the model reads off its stocks. Indicators and results read only the tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.ledger import counts as C

PERIODS = ("week", "month", "year")

__all__ = ["PERIODS", "Event", "Ledger", "Table"]

Ints = npt.NDArray[np.int64]
Column = npt.NDArray[Any]


class Table:
    """A growing table: blocks of equal columns, joined when asked for."""

    def __init__(self) -> None:
        self._blocks: list[dict[str, Column]] = []

    def append(self, **columns: npt.ArrayLike) -> None:
        """Add a block; scalars are repeated to the length of the longest column.

        Raises:
            ValueError: the column names differ from those of the first block.
        """
        arrays = {name: np.array(value, copy=None) for name, value in columns.items()}
        length = max((a.size for a in arrays.values() if a.ndim), default=1)  # none, when all columns are empty
        block = {name: a if a.ndim and a.size == length else np.repeat(a, length) for name, a in arrays.items()}
        if self._blocks and list(block) != list(self._blocks[0]):
            raise ValueError(f"columns differ: {list(block)} against {list(self._blocks[0])}")
        self._blocks.append(block)

    def columns(self) -> dict[str, Column]:
        """All blocks joined: name -> column."""
        if not self._blocks:
            return {}
        return {name: np.concatenate([b[name] for b in self._blocks]) for name in self._blocks[0]}


@dataclass(frozen=True)
class Event:
    """Something worth a line in the log: a list that closes, an owner who stops, people who change practice."""

    day: int
    kind: str
    practice: int
    value: float
    gp: int = -1
    other: int = -1
    cause: str = ""


@dataclass
class Ledger:
    """Counters, closed periods and events of one run.

    Attributes:
        practice: (P + 1, PRACTICE_COUNTERS); the last row is people without a practice in the region.
        group: (G, GROUP_COUNTERS).
        post: (posts, POST_COUNTERS).
        waits: (P + 1, WAIT_DAYS) waits of routine first requests in working days.
    """

    practice: Ints
    group: Ints
    post: Ints
    waits: Ints
    events: list[Event] = field(default_factory=list)
    _tables: dict[str, Table] = field(default_factory=dict)
    _last: dict[str, Ints] = field(default_factory=dict)

    @classmethod
    def empty(cls, practices: int, nodes: int, posts: int) -> Ledger:
        """A ledger with all counters at zero."""
        groups = nodes * C.AGE_BANDS * C.DEPRIVATION_GROUPS
        return cls(
            np.zeros((practices + 1, C.PRACTICE_COUNTERS), np.int64),
            np.zeros((groups, C.GROUP_COUNTERS), np.int64),
            np.zeros((posts, C.POST_COUNTERS), np.int64),
            np.zeros((practices + 1, C.WAIT_DAYS), np.int64),
        )

    def since_last(self, period: str, counter: str) -> Ints:
        """Difference of a counter array since the last call with the same period name."""
        now: Ints = getattr(self, counter)
        key = f"{period}:{counter}"
        before = self._last.get(key)
        self._last[key] = now.copy()
        return now.copy() if before is None else now - before

    def forget(self) -> None:
        """Drop what was closed and logged so far (the run-in); counters go on, periods begin anew."""
        self.events.clear()
        self._tables.clear()
        for key in [f"{period}:{counter}" for period in PERIODS for counter in ("practice", "group", "post", "waits")]:
            self._last[key] = getattr(self, key.split(":")[1]).copy()

    def add_practices(self, count: int) -> None:
        """Rows for practices that open; the last row stays that of people without a practice."""
        for counter in ("practice", "waits"):
            setattr(self, counter, _with_rows(getattr(self, counter), count))
            for period in PERIODS:
                if (key := f"{period}:{counter}") in self._last:
                    self._last[key] = _with_rows(self._last[key], count)

    def table(self, name: str) -> Table:
        """The table of that name, made on first use."""
        return self._tables.setdefault(name, Table())

    def log(
        self,
        day: int,
        kind: str,
        practice: int = -1,
        value: float = 0.0,
        *,
        gp: int = -1,
        other: int = -1,
        cause: str = "",
    ) -> None:
        """Write an event.

        Args:
            day: day of the run.
            kind: what happened, in a few words.
            practice: practice number, -1 none.
            value: a number that belongs to it (people, months, FTE).
            gp: GP number, -1 none.
            other: another practice that takes part, such as the one that people went to; -1 none.
            cause: why, empty where there is nothing to say.
        """
        self.events.append(Event(day, kind, practice, value, gp, other, cause))

    def tables(self) -> dict[str, dict[str, Column]]:
        """All tables of closed periods, and the events."""
        out = {name: table.columns() for name, table in self._tables.items()}
        out["events"] = {
            "day": np.array([e.day for e in self.events], np.int32),
            "kind": np.array([e.kind for e in self.events], dtype=np.str_),
            "practice": np.array([e.practice for e in self.events], np.int32),
            "value": np.array([e.value for e in self.events], np.float64),
            "gp": np.array([e.gp for e in self.events], np.int32),
            "other": np.array([e.other for e in self.events], np.int32),
            "cause": np.array([e.cause for e in self.events], dtype=np.str_),
        }
        return out

    def flow(self, counters: tuple[int, ...]) -> int:
        """Sum of some practice counters over all practices since the start."""
        return int(self.practice[:, list(counters)].sum())


def _with_rows(counts: Ints, count: int) -> Ints:
    """Zero rows before the last one."""
    return np.concatenate((counts[:-1], np.zeros((count, counts.shape[1]), counts.dtype), counts[-1:]))


def quantile_of_histogram(histogram: Ints, share: float) -> npt.NDArray[np.float64]:
    """Smallest place of each histogram (last axis) at which the cumulative share reaches ``share``; nan when empty."""
    reach = np.cumsum(histogram, axis=-1)
    total = reach[..., -1:]
    place = (reach >= share * total).argmax(axis=-1).astype(np.float64)
    return np.where(total[..., 0] > 0, place, np.nan)
