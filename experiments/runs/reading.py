"""What is read off a finished run: all indicators by year, and by municipality, age band and deprivation group."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from sim.indicators.catalogue import INDICATORS
from sim.indicators.registry import Count, Ratio
from sim.indicators.year import TableError, Tables, Year, full_years

__all__ = ["COSTS", "GROUPED_BY", "GROUPS", "INDICATORS_SCHEMA", "cost_rows", "group_rows", "indicator_rows"]

GROUPED_BY = ("municipality", "age", "deprivation")

INDICATORS_SCHEMA = pa.schema(
    [("id", pa.string()), ("year", pa.int16())] + [(name, pa.float64()) for name in ("value", "top", "bottom")]
)
"""``value`` of an indicator in a full year. Of a ratio ``top / bottom`` is the value, so that groups and runs can be
pooled; of a number that adds up ``top`` is the value and ``bottom`` null; of anything else both are null."""

GROUPS = pa.schema(
    [("id", pa.string()), ("year", pa.int16()), ("dimension", pa.string()), ("member", pa.int32())]
    + [(name, pa.float64()) for name in ("value", "top", "bottom")]
)
"""The same by group: ``dimension`` is one of ``GROUPED_BY``, ``member`` the number of the
municipality, age band or deprivation group."""

COSTS = pa.schema([("year", pa.int16()), ("intervention", pa.string()), ("payer", pa.string()), ("euro", pa.float64())])
"""What interventions and events cost (prices of 2025); empty where there are none."""

Row = tuple[str, int, float | None, float | None, float | None]


def indicator_rows(tables: Tables) -> pa.Table:
    """Every indicator in every full year, in the order of the catalogue; see ``INDICATORS_SCHEMA``."""
    rows = [row for year in full_years(tables) for row in _read(Year(_cut(tables, year), year))]
    return _table(rows, INDICATORS_SCHEMA)


def group_rows(tables: Tables, by: Sequence[str] = GROUPED_BY) -> pa.Table:
    """Indicators by group in every full year; see ``GROUPS``."""
    rows = []
    for number in full_years(tables):
        whole = Year(_cut(tables, number), number)
        for grouping in by:
            for key in whole.keys(grouping):
                rows += [
                    (id, year, grouping, key, *values)
                    for id, year, *values in _read(whole.only(grouping, key), grouping)
                ]
    return _table(rows, GROUPS)


def cost_rows(tables: Tables) -> pa.Table:
    """Own costs of interventions and events by payer in every full year; see ``COSTS``."""
    paid = tables.get("intervention_cost")
    if not paid:
        return COSTS.empty_table()
    full = np.isin(paid["year"], full_years(tables))
    columns = {name: np.asarray(paid[name])[full].tolist() for name in ("year", "intervention", "payer")}
    return pa.table(columns | {"euro": (np.asarray(paid["cents"])[full] / 100.0).tolist()}, schema=COSTS)


def _cut(tables: Tables, year: int) -> Tables:
    """Only the year's rows of every table, cut once so that each group need not look through the whole run."""
    found = Year(tables, year)
    return {
        name: {column: np.asarray(values)[rows] for column, values in columns.items()}
        for name, columns in tables.items()
        if columns
        for rows in (found.rows(name),)
    }


def _read(year: Year, by: str | None = None) -> list[Row]:
    rows: list[Row] = []
    for one in INDICATORS.values():
        if by is not None and by not in one.by:
            continue
        try:
            outcome = one.outcome(year)
        except TableError:  # of channels and costs that the scenario has not
            continue
        if isinstance(outcome, Ratio):
            rows.append((one.id, year.year, _or_null(outcome.value), outcome.per * outcome.top, outcome.bottom))
        elif isinstance(outcome, Count):
            rows.append((one.id, year.year, _or_null(outcome.value), float(outcome.value), None))
        else:
            rows.append((one.id, year.year, _or_null(float(outcome)), None, None))
    return rows


def _or_null(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _table(rows: Sequence[Sequence[object]], schema: pa.Schema) -> pa.Table:
    columns: Mapping[str, list[object]] = {name: [row[k] for row in rows] for k, name in enumerate(schema.names)}
    return pa.table(columns, schema=schema)
