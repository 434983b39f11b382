"""Growing columns: one numpy array a property, one row an individual.

Rows are given out, freed and given out again. A freed row rests for ``REST_DAYS`` before somebody else gets it, so
that whatever still holds the row number (an appointment, a queue) has had time to notice; rows are reused in the
order in which they were freed, then by number. Nothing here depends on chance or on the capacity.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

from sim.agents.uid_index import UidIndex

__all__ = ["REST_DAYS", "Column", "ColumnStore", "Rows"]

type Rows = npt.NDArray[np.int64]

REST_DAYS = 120
"""Days between freeing a row and giving it to somebody else; longer than any appointment book reaches ahead."""


@dataclass(frozen=True, slots=True)
class Column:
    """Declaration of one column.

    ``default`` is the value of a new row when none is given; None means that it must be given.
    """

    name: str
    dtype: np.dtype[Any]
    default: float | None
    meaning: str

    def cast(self, values: Any, n: int) -> npt.NDArray[Any]:
        """``values`` (a scalar or n of them) in the column's dtype, shape () or (n,).

        Raises ValueError for a wrong length or a value that does not fit, TypeError for fractions in a column of
        whole numbers.
        """
        whole = self.dtype.kind in "iu"
        if whole and isinstance(values, list | tuple):
            # Element by element: numpy would turn a list of small and very large integers into fractions.
            values = np.array(self._each(values, operator.index), dtype=object)
        array = np.asarray(values)
        if array.shape not in ((), (n,)):
            raise ValueError(f"column {self.name}: shape {array.shape} given, expected one value or ({n},)")
        if whole:
            return self._whole(array)
        if array.dtype.kind not in ("b" if self.dtype.kind == "b" else "fiub"):
            raise TypeError(f"column {self.name}: {array.dtype} given, expected {self.dtype}")
        with np.errstate(over="ignore"):
            cast = array.astype(self.dtype)
        if not np.isfinite(cast).all():
            raise ValueError(f"column {self.name}: a value is not a finite number of type {self.dtype}")
        return cast

    def _each(self, values: Sequence[Any], convert: Callable[[Any], int]) -> list[int]:
        try:
            return [convert(value) for value in values]
        except TypeError as error:
            raise TypeError(f"column {self.name}: whole numbers expected") from error

    def _whole(self, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
        if array.dtype.kind not in "iubO":
            raise TypeError(f"column {self.name}: {array.dtype} given, expected whole numbers ({self.dtype})")
        if array.dtype.kind == "O":
            self._each(array.ravel().tolist(), operator.index)
        limits = np.iinfo(self.dtype)
        if array.size and (int(array.min()) < limits.min or int(array.max()) > limits.max):
            raise ValueError(f"column {self.name}: a value lies outside {limits.min} to {limits.max}")
        return array.astype(self.dtype)


class ColumnStore:
    """Rows of individuals with a 64-bit id. A subclass declares ``SCHEMA``, which includes ``uid`` and ``alive``.

    ``store.name`` is the whole array of a column, ``capacity`` long; rows from ``n`` on are unused. ``add`` may
    replace the arrays by longer ones: fetch a column anew after it. ``day`` is the latest day that the store has heard
    of, ``changes`` the number of additions and removals so far, ``on_added(rows)`` and ``on_removed(rows)`` are called
    after each.
    """

    SCHEMA: ClassVar[tuple[Column, ...]] = ()

    uid: npt.NDArray[np.uint64]
    alive: npt.NDArray[np.bool_]
    n: int
    day: int
    changes: int
    on_added: Callable[[Rows], None] | None
    on_removed: Callable[[Rows], None] | None

    _STATE = ("n", "day", "changes", "_freed_rows", "_freed_days")
    _OTHER = ("_freed_in_order", "_index", "on_added", "on_removed")

    def __init__(self, capacity: int = 0) -> None:
        """Empty store with room for ``capacity`` rows."""
        self.n = 0
        self.day = 0
        self.changes = 0
        self._freed_rows: Rows = np.empty(0, np.int64)
        self._freed_days: npt.NDArray[np.int64] = np.empty(0, np.int64)
        for column in self.SCHEMA:
            self.__dict__[column.name] = np.zeros(capacity, column.dtype)
        self._reset()

    def _reset(self) -> None:
        self._freed_in_order = False
        self._index = UidIndex()
        self.on_added = None
        self.on_removed = None

    def __setattr__(self, name: str, value: Any) -> None:
        if any(name == column.name for column in self.SCHEMA):
            raise AttributeError(f"{name} is a column: write into it, {type(self).__name__.lower()}.{name}[rows] = ...")
        if name not in self._STATE and name not in self._OTHER:
            raise AttributeError(f"{type(self).__name__} has no column or setting {name!r}")
        self.__dict__[name] = value

    # Who there is

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Names of the columns, in the order of the schema."""
        return tuple(column.name for column in cls.SCHEMA)

    @classmethod
    def column(cls, name: str) -> Column:
        """Declaration of a column; KeyError if there is none of that name."""
        for column in cls.SCHEMA:
            if column.name == name:
                return column
        raise KeyError(f"{cls.__name__} has no column {name!r}")

    @property
    def capacity(self) -> int:
        """Rows that fit before the columns grow."""
        return self.alive.size

    @property
    def rows(self) -> Rows:
        """Rows of the living, ascending (int64)."""
        return np.flatnonzero(self.alive[: self.n])

    def __len__(self) -> int:
        """Number of living individuals."""
        return int(np.count_nonzero(self.alive[: self.n]))

    def find(self, uids: npt.ArrayLike) -> Rows:
        """Living row of each id (n,), -1 where nobody alive has it."""
        return self._index.find(np.asarray(uids).astype(np.uint64).ravel(), self.uid, self.alive)

    def row_of(self, uid: int) -> int:
        """Row of the living individual with this id; KeyError if there is none."""
        number = operator.index(uid)
        row = int(self.find(np.array([number], np.uint64))[0]) if 0 <= number < 1 << 64 else -1
        if row < 0:
            raise KeyError(f"nobody alive has the id {number}")
        return row

    @property
    def nbytes(self) -> int:
        """Bytes of all columns at full capacity, the index of ids and the list of freed rows."""
        columns = sum(int(self.__dict__[name].nbytes) for name in self.names())
        return columns + self._index.nbytes + self._freed_rows.nbytes + self._freed_days.nbytes

    @property
    def bytes_per_person(self) -> float:
        """``nbytes`` per living individual (NaN when there are none)."""
        return self.nbytes / len(self) if len(self) else float("nan")

    # Coming and going

    def add(self, n: int, *, day: int | None = None, **columns: Any) -> Rows:
        """Add ``n`` individuals and return their rows (n,), int64: element i of each column belongs to rows[i].

        Each column is one value or n of them; ``uid`` must be given. ``day`` is today (days since the start); without
        it the latest day that the store has heard of counts, so rows may rest longer than needed.
        Raises ValueError for an id that a living individual has, a wrong length or a value out of range, TypeError
        for an unknown or missing column. Nothing is changed when it raises.
        """
        n = operator.index(n)
        if n < 0:
            raise ValueError(f"cannot add {n} rows")
        given = self._checked(n, columns)
        uids = np.broadcast_to(given["uid"], (n,))
        self._assert_unique(uids)
        if day is not None:
            self.day = max(self.day, operator.index(day))
        used = self.n
        rows = self._take_rows(n)
        at = slice(used, self.n) if self.n - used == n else rows  # new rows only: written as one stretch
        for column in self.SCHEMA:
            self.__dict__[column.name][at] = given.get(column.name, column.default)
        self.alive[at] = True
        self.changes += 1
        self._index.note(uids, rows, self.uid, self.alive)
        if self.on_added is not None and n:
            self.on_added(rows)
        return rows

    def remove(self, rows: npt.ArrayLike, day: int) -> None:
        """Free the rows of living individuals on ``day``; their columns stay readable until somebody gets the row.

        Raises ValueError for a row that is unused, freed already or named twice; nothing is changed then.
        """
        gone = np.atleast_1d(np.asarray(rows))
        if gone.size == 0:
            return
        if gone.dtype.kind not in "iu" or gone.ndim != 1:
            raise TypeError("rows must be whole numbers, one-dimensional")
        gone = gone.astype(np.int64)
        if gone.min() < 0 or gone.max() >= self.n or not self.alive[gone].all():
            raise ValueError("a row to remove holds nobody alive")
        ordered = np.sort(gone)
        if (ordered[1:] == ordered[:-1]).any():
            raise ValueError("a row to remove is named twice")
        day = operator.index(day)
        self.day = max(self.day, day)
        self.alive[gone] = False
        self.changes += 1
        self._freed_rows = np.concatenate([self._freed_rows, gone])
        self._freed_days = np.concatenate([self._freed_days, np.full(gone.size, day, np.int64)])
        self._freed_in_order = False
        if self.on_removed is not None:
            self.on_removed(gone)

    def _checked(self, n: int, columns: dict[str, Any]) -> dict[str, npt.NDArray[Any]]:
        allowed = {column.name: column for column in self.SCHEMA if column.name != "alive"}
        for name in columns:
            if name not in allowed:
                raise TypeError(f"{type(self).__name__} has no column {name!r} to fill; it has {', '.join(allowed)}")
        for name, column in allowed.items():
            if column.default is None and name not in columns:
                raise TypeError(f"column {name} must be given: {column.meaning}")
        return {name: allowed[name].cast(values, n) for name, values in columns.items()}

    def _assert_unique(self, uids: npt.NDArray[np.uint64]) -> None:
        ordered = np.sort(uids)
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        if twice.size:
            raise ValueError(f"id {int(twice[0])} is given twice")
        taken = ordered[self._index.find(ordered, self.uid, self.alive) >= 0]
        if taken.size:
            raise ValueError(f"id {int(taken[0])} belongs to a living individual already")

    def _take_rows(self, n: int) -> Rows:
        if not self._freed_in_order:
            order = np.lexsort((self._freed_rows, self._freed_days))
            self._freed_rows, self._freed_days = self._freed_rows[order], self._freed_days[order]
            self._freed_in_order = True
        rested = int(np.searchsorted(self._freed_days, self.day - REST_DAYS, side="right"))
        reused = min(n, rested)
        rows = np.concatenate([self._freed_rows[:reused], np.arange(self.n, self.n + n - reused, dtype=np.int64)])
        self._freed_rows, self._freed_days = self._freed_rows[reused:], self._freed_days[reused:]
        self._grow(self.n + n - reused)
        self.n += n - reused
        return rows

    def _grow(self, needed: int) -> None:
        if needed <= self.capacity:
            return
        capacity = max(needed, self.capacity + (self.capacity + 1) // 2)
        for column in self.SCHEMA:
            longer = np.zeros(capacity, column.dtype)
            longer[: self.n] = self.__dict__[column.name][: self.n]
            self.__dict__[column.name] = longer

    # Saving and copying

    def __getstate__(self) -> dict[str, Any]:
        """Used rows only; the index is rebuilt, and listeners belong to whoever set them."""
        state = {name: self.__dict__[name] for name in self._STATE}
        state["columns"] = {name: self.__dict__[name][: self.n] for name in self.names()}
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        columns = state["columns"]
        if tuple(columns) != self.names():
            raise ValueError(f"saved {type(self).__name__} has other columns than this version of the code")
        for name in self._STATE:
            self.__dict__[name] = state[name]
        for column in self.SCHEMA:
            self.__dict__[column.name] = np.array(columns[column.name], column.dtype)
        self._reset()
        living = self.rows
        self._index.note(self.uid[living], living, self.uid, self.alive)

    def copy(self) -> Self:
        """Independent copy (its listeners are not copied)."""
        twin = type(self).__new__(type(self))
        twin.__setstate__(self.__getstate__())
        return twin

    __copy__ = copy
