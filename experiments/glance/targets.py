"""The first simulated year of some runs beside published figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from sim.indicators.targets import load_targets

__all__ = ["FirstYear", "first_year_fits"]


@dataclass(frozen=True)
class FirstYear:
    """A headline target and what runs give for it in their first full year, on average."""

    indicator: str
    value: float
    low: float
    high: float
    simulated: float
    source: str
    source_nl: str

    @property
    def inside(self) -> bool:
        """Whether it lies in the published range."""
        return self.low <= self.simulated <= self.high


def first_year_fits(runs: Sequence[pa.Table]) -> list[FirstYear]:
    """Headline targets over everybody, with the mean of runs.

    Args:
        runs: tables ``indicators``, one a run.
    """
    firsts: dict[str, list[float]] = {}
    for run in runs:
        rows = run.to_pylist()
        year = min((row["year"] for row in rows), default=0)
        for row in rows:
            if row["year"] == year and row["value"] is not None:
                firsts.setdefault(str(row["id"]), []).append(float(row["value"]))
    found = []
    for one in load_targets().values():
        values = firsts.get(one.indicator, [])
        if one.headline and one.age is None and values:
            mean = math.fsum(values) / len(values)
            found.append(FirstYear(one.indicator, one.value, one.low, one.high, mean, one.source, one.source_nl))
    return found
