"""The country from its regions: what adds up added up, ratios over all, other numbers by inhabitants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.country.drive import Run, Year
from experiments.country.exchange import Pool
from experiments.prepare import Prepared

__all__ = ["Country", "Series", "answer"]

type Series = Mapping[str, Mapping[int, float]]
"""Value by indicator and year; what has no value is not in it."""


@dataclass(frozen=True)
class Country:
    """What a run of the country gave.

    Attributes:
        regions: baselines, in the order in which they were asked.
        whole: of all regions together.
        parts: of each region, scaled up from the share that was simulated.
        years: of the exchange; none where nothing was settled.
        pools: factors on the inflow by year, from the third year on.
        span: first and last year simulated in full.
    """

    regions: tuple[Prepared, ...]
    whole: Series
    parts: tuple[Series, ...]
    years: tuple[Year, ...]
    pools: Mapping[int, Pool]
    span: tuple[int, int]


def answer(regions: Sequence[Prepared], run: Run) -> Country:
    """Read a run of the country off its store.

    Raises:
        StoreError: the store has no such tables.
    """
    keys, store = [task.key for task in run.tasks], run.store
    listed = ", ".join(f"'{key}'" for key in keys)
    rows = store.query(
        f"select key, id, year, value, top, bottom, share from indicators join runs using (key) where key in ({listed})"
    ).to_pylist()
    people = {(row["key"], row["year"]): row["value"] for row in rows if row["id"] == "inhabitants"}
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}  # numerators and denominators
    parts: list[dict[str, dict[int, float]]] = [{} for _ in keys]
    sums: set[str] = set()
    for row in rows:
        id, year, value = row["id"], row["year"], row["value"]
        adds_up = row["top"] is not None and row["bottom"] is None
        if row["bottom"] is not None:
            found.setdefault((id, year), []).append((row["top"], row["bottom"]))
        elif adds_up and value is not None:
            sums.add(id)
            value /= row["share"]
            found.setdefault((id, year), []).append((value, 1.0))
        elif value is not None:
            weight = people[row["key"], year]
            found.setdefault((id, year), []).append((value * weight, weight))
        if value is not None:
            parts[keys.index(row["key"])].setdefault(id, {})[year] = value
    whole: dict[str, dict[int, float]] = {}
    for (id, year), pairs in sorted(found.items()):
        top, bottom = np.array(pairs).sum(axis=0)
        value = float(top) if id in sums else float(top / bottom) if bottom else float("nan")
        if np.isfinite(value):
            whole.setdefault(id, {})[year] = value
    full = sorted({year for _, year in people})
    return Country(tuple(regions), whole, tuple(parts), tuple(run.years), run.pools, (full[0], full[-1]))
