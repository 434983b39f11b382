"""The tables of one calendar year, whole or narrowed to one group: all that an indicator sees."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["GROUPINGS", "MONTHS", "TableError", "Tables", "Year", "full_years", "years_of"]

Column = npt.NDArray[Any]
Tables = Mapping[str, Mapping[str, Column]]
"""Tables of closed periods as ``Ledger.tables`` gives them, or as read again from files: name -> column -> values."""

GROUPINGS: dict[str, str] = {
    "municipality": "municipality",
    "place": "node",
    "age": "age_band",
    "deprivation": "deprivation",
    "practice": "practice",
    "post": "post",
}
"""Groupings and the column by which tables are narrowed to a group."""

MONTHS = 12


class TableError(LookupError):
    """A table or column that an indicator reads is not there."""


class Year:
    """The rows of one year of all tables, whole or of one group.

    A table with a column ``year`` or ``month`` ("2025-01") is cut to the year; any other holds for the whole run.
    """

    def __init__(self, tables: Tables, year: int, group: tuple[str, int] | None = None) -> None:
        self.tables, self.year, self.group = tables, year, group
        self._rows: dict[str, npt.NDArray[np.intp]] = {}

    def rows(self, name: str) -> npt.NDArray[np.intp]:
        """Row numbers of a table that belong to the year and the group.

        Raises:
            TableError: there is no such table, or it cannot be narrowed to the group.
        """
        if name not in self._rows:
            self._rows[name] = self._find(name)
        return self._rows[name]

    def _find(self, name: str) -> npt.NDArray[np.intp]:
        table = self.tables.get(name)
        if not table:
            raise TableError(f"there is no table {name!r}")
        if "year" in table:
            mask = np.asarray(table["year"]) == self.year
        elif "month" in table:
            mask = np.asarray(table["month"]).astype("U4") == str(self.year)
        else:
            mask = np.ones(next(iter(table.values())).size, bool)
        if self.group is not None:
            column, key = GROUPINGS[self.group[0]], self.group[1]
            if column not in table:
                raise TableError(f"table {name!r} is not by {self.group[0]}")
            mask &= np.asarray(table[column]) == key
        return np.flatnonzero(mask)

    def column(self, table: str, column: str) -> Column:
        """One column of the year.

        Raises:
            TableError: the table or column is not there.
        """
        rows = self.rows(table)
        if column not in self.tables[table]:
            raise TableError(f"table {table!r} has no column {column!r}")
        return np.asarray(self.tables[table][column])[rows]

    def total(self, table: str, *columns: str) -> float:
        """Sum of one or more columns over the year's rows."""
        return float(sum(self.column(table, column).sum(dtype=np.float64) for column in columns))

    def last_month(self, table: str, column: str) -> Column:
        """A column in the last month of the year."""
        month = self.column(table, "month").astype("U7")
        values = self.column(table, column)
        return values[month == np.sort(month)[-1]] if month.size else values

    @property
    def registered(self) -> float:
        """Person-years on the practices' lists: the denominator of every rate per registered person."""
        return self.total("practice_month", "list_size") / MONTHS

    @cached_property
    def inhabitants(self) -> float:
        """Inhabitants at the end of the year: the denominator of every rate per inhabitant."""
        return self.total("group_year", "people")

    # groups

    def only(self, by: str, key: int) -> Year:
        """The same year narrowed to one group."""
        return Year(self.tables, self.year, (by, key))

    def keys(self, by: str) -> list[int]:
        """Keys of the groups that occur in this year's tables, in order."""
        column = GROUPINGS[by]
        found = [
            np.unique(self.column(name, column))
            for name, table in self.tables.items()
            if column in table and name != "events"
        ]
        return [int(key) for key in np.unique(np.concatenate(found)) if key >= 0] if found else []


def years_of(tables: Tables) -> list[int]:
    """Calendar years that the tables hold, complete or not, in order."""
    return sorted({int(str(month)[:4]) for month in tables.get("people_month", {}).get("month", ())})


def full_years(tables: Tables) -> list[int]:
    """Calendar years of which all twelve months were simulated, in order."""
    months = [str(month)[:4] for month in tables.get("people_month", {}).get("month", ())]
    return [year for year in years_of(tables) if months.count(str(year)) == MONTHS]
