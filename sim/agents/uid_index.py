"""From 64-bit ids to rows: two sorted columns, a long one and a short one of recent additions.

The index is a cache: it may hold ids whose person has gone, so every hit is checked against the store's columns, and
it is never saved. Looking up or adding 3,000 ids among 600,000 takes about a millisecond.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["UidIndex"]

_SHORT = 4096


class _Level:
    """Ids in ascending order, each once, and a row for each."""

    def __init__(self) -> None:
        self.uids = np.empty(0, np.uint64)
        self.rows = np.empty(0, np.int64)

    def at(self, wanted: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Positions of the ids of ``wanted``, and where it really is that id."""
        if not self.uids.size:
            return np.zeros(wanted.size, np.int64), np.zeros(wanted.size, np.bool_)
        position = np.minimum(np.searchsorted(self.uids, wanted), self.uids.size - 1)
        return position, self.uids[position] == wanted

    def insert(self, uids: npt.NDArray[np.uint64], rows: npt.NDArray[np.int64]) -> None:
        """Add ids, ascending and not yet here."""
        if not self.uids.size:
            self.uids, self.rows = uids, rows
            return
        position = np.searchsorted(self.uids, uids)
        self.uids = np.insert(self.uids, position, uids)
        self.rows = np.insert(self.rows, position, rows)

    def keep(self, kept: npt.NDArray[np.bool_]) -> None:
        self.uids, self.rows = self.uids[kept], self.rows[kept]


class UidIndex:
    """Finds the living row of an id. The columns that it is checked against are passed in, as they may be replaced."""

    def __init__(self) -> None:
        self._long = _Level()
        self._short = _Level()

    @property
    def nbytes(self) -> int:
        """Bytes of the index."""
        return sum(level.uids.nbytes + level.rows.nbytes for level in (self._long, self._short))

    def find(
        self, wanted: npt.NDArray[np.uint64], uid: npt.NDArray[np.uint64], alive: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.int64]:
        """Living row of each id of ``wanted`` (n,), -1 where nobody alive has it."""
        found = np.full(wanted.size, -1, np.int64)
        for level in (self._long, self._short):
            position, here = level.at(wanted)
            if here.any():
                rows = level.rows[position[here]]
                found[here] = np.where(alive[rows] & (uid[rows] == wanted[here]), rows, -1)
        return found

    def note(
        self,
        added: npt.NDArray[np.uint64],
        rows: npt.NDArray[np.int64],
        uid: npt.NDArray[np.uint64],
        alive: npt.NDArray[np.bool_],
    ) -> None:
        """Remember that ``added`` (n,) now live in ``rows`` (n,); the columns already hold them."""
        order = np.argsort(added)
        added, rows = added[order], rows[order]
        for level in (self._long, self._short):
            # Somebody who comes back: the id is here already, with the row that it had then.
            position, here = level.at(added)
            if here.any():
                level.rows[position[here]] = rows[here]
                added, rows = added[~here], rows[~here]
        self._short.insert(added, rows)
        if self._short.uids.size > max(_SHORT, self._long.uids.size // 32):
            self._long.insert(self._short.uids, self._short.rows)
            self._short = _Level()
            if self._long.uids.size > _SHORT + np.count_nonzero(alive) * 5 // 4:
                self._long.keep(alive[self._long.rows] & (uid[self._long.rows] == self._long.uids))
