"""What the runs of a comparison gave: indicators by scenario, pair and year, as arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["GroupSamples", "Samples", "at_the_end", "group_samples", "samples"]

type Values = npt.NDArray[np.float64]
type Where = Mapping[str, tuple[int, int]]
"""Scenario (0 is the base) and pair by key of the run."""


@dataclass(frozen=True)
class Samples:
    """Indicators by run and year; NaN where a run has none.

    Attributes:
        names: ids of the indicators (I).
        years: full years, ascending (Y).
        value: (I, scenarios, pairs, Y).
        weight: denominators of ratios, NaN for what is no ratio; the shape of ``value``.
    """

    names: tuple[str, ...]
    years: tuple[int, ...]
    value: Values
    weight: Values

    def end(self, name: str, window: int) -> Values:
        """An indicator over the last ``window`` years (scenarios, pairs)."""
        at = self.names.index(name)
        return at_the_end(self.value[at], self.weight[at], window)


@dataclass(frozen=True)
class GroupSamples:
    """Indicators by run and year in each group of one grouping.

    Attributes:
        by: grouping.
        keys: groups, ascending.
        groups: the samples of each, in that order.
    """

    by: str
    keys: tuple[int, ...]
    groups: tuple[Samples, ...]


def at_the_end(value: Values, weight: Values, window: int) -> Values:
    """Mean over the last ``window`` years, ratios by their denominators; NaN where a year has no number.

    Args:
        value: (..., years).
        weight: denominators, NaN for what is no ratio (..., years).
        window: number of years.
    """
    value, weight = value[..., -window:], weight[..., -window:]
    heavy = np.where(np.isnan(weight).any(axis=-1, keepdims=True), 1.0, weight)
    total = heavy.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((value * heavy).sum(axis=-1) / total, np.float64)


def samples(table: pa.Table, where: Where, names: Sequence[str], shape: tuple[int, int]) -> Samples:
    """Arrays from the store's table ``indicators``.

    Args:
        table: columns key, id, year, value, bottom; rows of other runs and indicators are left out.
        where: place of each run.
        names: indicators wanted.
        shape: number of scenarios and of pairs.
    """
    rows = _rows(table, where, names)
    return _fill(rows, tuple(names), tuple(sorted({row[2] for row in rows})), shape)


def group_samples(table: pa.Table, where: Where, names: Sequence[str], shape: tuple[int, int], by: str) -> GroupSamples:
    """Arrays from the store's table ``groups``, which has ``dimension`` and ``member`` besides, for one grouping."""
    rows = _rows(table.filter(pc.equal(table["dimension"], by)), where, names, "member")
    years = tuple(sorted({row[2] for row in rows}))
    apart: dict[int, list[_Row]] = {}
    for row in rows:
        apart.setdefault(row[5], []).append(row)
    keys = tuple(sorted(apart))
    return GroupSamples(by, keys, tuple(_fill(apart[key], tuple(names), years, shape) for key in keys))


type _Row = tuple[tuple[int, int], str, int, float, float, int]
"""Place of the run, indicator, year, value, denominator, group."""


def _rows(table: pa.Table, where: Where, names: Sequence[str], group: str | None = None) -> list[_Row]:
    mine = pc.and_(
        pc.is_in(table["key"], value_set=pa.array(list(where), pa.string())),
        pc.is_in(table["id"], value_set=pa.array(list(names), pa.string())),
    )
    kept = table.filter(mine)
    columns = [kept[name].to_pylist() for name in ("key", "id", "year", "value", "bottom")]
    groups = kept[group].to_pylist() if group else [0] * kept.num_rows
    return [
        (where[key], id, int(year), _number(value), _number(bottom), int(one))
        for key, id, year, value, bottom, one in zip(*columns, groups, strict=True)
    ]


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _fill(rows: Sequence[_Row], names: tuple[str, ...], years: tuple[int, ...], shape: tuple[int, int]) -> Samples:
    at = {name: k for k, name in enumerate(names)}
    value = np.full((len(names), *shape, len(years)), np.nan)
    weight = value.copy()
    for (arm, pair), id, year, number, bottom, _ in rows:
        place = at[id], arm, pair, years.index(year)
        value[place], weight[place] = number, bottom
    return Samples(names, years, value, weight)
