"""Up to when two scenarios are the same: the date up to which one run serves both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sim.dates import date_of_month, month_of
from sim.scenario.schema import Scenario, first_month

__all__ = ["Difference", "differences", "first_difference"]

_FROM_THE_START = ("region", "start", "capacity_mode")
_DATES = {"start", "end", "date"}


@dataclass(frozen=True)
class Difference:
    """Something in which a scenario differs from another.

    Attributes:
        path: where it stands, such as ``interventions.housing.projects``.
        before, after: in the first and in the second; None where there is nothing.
        month: month index from which it can make a difference; None for the whole run, its run-in included.
    """

    path: str
    before: Any
    after: Any
    month: int | None

    @property
    def since(self) -> date | None:
        """First day on which it can make a difference; None for the whole run."""
        return None if self.month is None else date_of_month(self.month)


def differences(one: Scenario, other: Scenario) -> list[Difference]:
    """In what two scenarios differ, what makes a difference first in front.

    Names, labels, bases and the number of years do not count: none changes what happens on a day. A parameter acts from
    the start, also on who lives and works in the region. An intervention or event acts from its start; where only its
    end differs, from the earlier of the two ends.
    """
    found = [
        Difference(name, getattr(one, name), getattr(other, name), None)
        for name in _FROM_THE_START
        if getattr(one, name) != getattr(other, name)
    ]
    for name in sorted(one.parameters.keys() | other.parameters.keys()):
        before, after = one.parameters.get(name), other.parameters.get(name)
        if before != after:
            found.append(Difference(f"parameters.{name}", before, after, None))
    begin = max(month_of(one.start), month_of(other.start))
    for tables in ("interventions", "events"):
        left, right = ({str(table["id"]): table for table in getattr(side, tables)} for side in (one, other))
        for id in sorted(left.keys() | right.keys()):
            found.extend(_of_tables(f"{tables}.{id}", left.get(id), right.get(id), begin))
    return sorted(found, key=lambda difference: (difference.month is not None, difference.month or 0))


def _of_tables(
    path: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, begin: int
) -> Iterator[Difference]:
    if before is None or after is None:
        table = before or after
        assert table is not None
        kind = str(table["kind"])
        yield Difference(path, before and kind, after and kind, _start(table, begin))
        return
    start = min(_start(before, begin), _start(after, begin))
    for key in sorted(before.keys() | after.keys()):
        left, right = before.get(key), after.get(key)
        if key in _DATES:
            left, right = _month(left, begin, key), _month(right, begin, key)
        if left == right:
            continue
        month = start
        if key == "end":
            month = max(start, min(end for end in (left, right) if end is not None))
        yield Difference(f"{path}.{key}", before.get(key), after.get(key), month)


def _start(table: Mapping[str, Any], begin: int) -> int:
    month = _month(table.get("date", table.get("start")), begin, "start")
    assert month is not None
    return month


def _month(value: Any, begin: int, key: str) -> int | None:
    if value is None:
        return None if key == "end" else begin
    return first_month(value if isinstance(value, date) else date.fromisoformat(str(value)))


def first_difference(one: Scenario, other: Scenario) -> date | None:
    """The branching date: the last first of a month up to which two scenarios are the same.

    A run of either up to this day, saved before the day's decisions, goes on under both. On the first day of the run
    only building and run-in are shared. Two scenarios that never differ within the shorter of them branch in its last
    month. None when they differ from the very start, or before it.
    """
    begin = month_of(one.start)
    last = min(month_of(side.start) + 12 * side.years for side in (one, other)) - 1
    months = [difference.month for difference in differences(one, other)]
    if any(month is None or month < begin for month in months):
        return None
    return date_of_month(min([last, *(month for month in months if month is not None)]))
