"""The runs behind a validation, and what is read off them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from experiments.prepare import Prepared
from experiments.questions.asking import Grid, QuestionError, Way, ask, grid_of
from experiments.questions.calibrate import target_values
from experiments.runs.draw import Draw
from experiments.runs.store import Store
from experiments.validate.rivals import Score, score
from experiments.validate.series import Point, Series
from sim.indicators.targets import Target, load_targets
from sim.ledger.counts import AGE_NAMES
from sim.region.ages import municipal_bands
from sim.region.region import AGE_BANDS

__all__ = ["KIND", "Backcast", "Fitted", "Validation", "answered"]

KIND = "validate"
_FIT_TABLES = ("groups", "indicators")
_PAST_TABLES = ("group_year", "indicators", "workforce_month")
_MONTHLY = {"practices_open": ("practices_open", ""), "heads_all": ("heads", ""), "fte_per_gp": ("fte", "heads")}
"""Indicators whose value at the start is that of the first month: column, and what it is divided by."""
_ROLES = ("owner", "employed", "locum")

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """A target and what the seeds give for it.

    Attributes:
        name: of the target.
        target: published.
        values: (S,); NaN where a run gives nothing.
    """

    name: str
    target: Target
    values: Array

    @property
    def mean(self) -> float:
        """Over seeds; NaN where a seed gives nothing."""
        return float(self.values.mean())

    @property
    def known(self) -> bool:
        """Whether every seed gives something."""
        return not bool(np.isnan(self.values).any())

    @property
    def inside(self) -> bool:
        """Whether the mean lies in the published range."""
        return self.known and self.target.low <= self.mean <= self.target.high

    @property
    def distance(self) -> float:
        """From the middle of the range in half-widths of it, negative below: beyond 1 it does not fit."""
        low, high = self.target.low, self.target.high
        half = (high - low) / 2.0
        gap = self.mean - (low + high) / 2.0
        if half > 0.0:
            return gap / half
        return 0.0 if gap == 0.0 else float(np.copysign(np.inf, gap))


@dataclass(frozen=True)
class Backcast:
    """The run from an earlier year.

    Attributes:
        prepared: scenario of then.
        scores: of the series that can be scored, in order.
        left_out: series that cannot.
    """

    prepared: Prepared
    scores: tuple[Score, ...]
    left_out: tuple[Series, ...]

    @property
    def start(self) -> int:
        """First year."""
        return self.prepared.scenario.start.year


@dataclass(frozen=True)
class Validation:
    """The answer: fit of the first full year, and the back-cast where there is one."""

    prepared: Prepared
    seeds: tuple[int, ...]
    year: int
    fits: tuple[Fitted, ...]
    backcast: Backcast | None


def answered(prepared: Prepared, past: Prepared | None, series: Sequence[Series], way: Way) -> Validation:
    """Run the baseline and the back-cast, and hold both against what is published.

    Args:
        prepared: the baseline; its first full year counts.
        past: the scenario of the back-cast; None for none.
        series: published series for it.
        way: how it is asked.

    Raises:
        QuestionError: no full year, or runs failed.
        StoreError, Stopped: as for any question.
    """
    scenario = prepared.scenario
    year = prepared.first_year_end.year - 1
    if year >= scenario.start.year + scenario.years:
        raise QuestionError("no full calendar year is simulated, so there is nothing to hold against the targets")
    now = grid_of(prepared, [Draw()], way.seeds, _FIT_TABLES)
    then = [] if past is None else grid_of(past, [Draw()], way.seeds, _PAST_TABLES)
    store = ask(KIND, way, now + then)  # together, so that all processes have work to the end
    return Validation(
        prepared, way.seeds, year, _fits(store, now, prepared.region.id),
        None if past is None else _backcast(store, then, past, series),
    )  # fmt: skip


def _fits(store: Store, grid: Grid, region: str) -> tuple[Fitted, ...]:
    targets = {name: one for name, one in load_targets().items() if one.region in (None, region)}
    values = target_values(store, grid, targets)[0]
    return tuple(Fitted(name, one, values[:, k]) for k, (name, one) in enumerate(targets.items()))


def _backcast(store: Store, grid: Grid, past: Prepared, series: Sequence[Series]) -> Backcast:
    start, keys = past.scenario.start.year, [task.key for task in grid[0]]
    scored = [one for one in series if not one.lacks(start)]
    scores = []
    for one in scored:
        points, known = one.after(start), one.base(start)
        base = None if known is None else _values(store, keys, past, one, [known])[:, 0]
        scores.append(score(one, start, base, _values(store, keys, past, one, points)))
    return Backcast(past, tuple(scores), tuple(one for one in series if one.lacks(start)))


def _values(store: Store, keys: Sequence[str], past: Prepared, series: Series, points: Sequence[Point]) -> Array:
    """What the runs give at some points of a series, (S, K).

    Raises:
        QuestionError: a run gives nothing.
    """
    first = past.scenario.start.year
    by_year = _shares(store, series) if series.ages else _years(store, series.indicator)
    at_start = _start(store, past, series)
    found = np.array(
        [
            [at_start.get(key, np.nan) if one.year < first else by_year.get((key, one.year), np.nan) for one in points]
            for key in keys
        ],
        np.float64,
    ).reshape(len(keys), len(points))
    if np.isnan(found).any():
        missing = points[int(np.argwhere(np.isnan(found))[0, 1])].label
        raise QuestionError(
            f"{series.indicator} has no value at {missing} in a run from {first}, so it cannot be held against "
            f"'{series.en}'; leave the point out, or take a larger --share"
        )
    return found


def _years(store: Store, id: str) -> dict[tuple[str, int], float]:
    rows = store.query(
        f"select key, year, case when bottom is null and top is not null then value / share else value end as value "
        f"from indicators join runs using (key) where id = '{id}' and value is not null"
    )
    return {(row["key"], row["year"]): row["value"] for row in rows.to_pylist()}


def _shares(store: Store, series: Series) -> dict[tuple[str, int], float]:
    """Percentage of the inhabitants in some age bands at the end of a year, by run and year."""
    members = ", ".join(str(AGE_NAMES.index(age)) for age in series.ages)
    rows = store.query(
        f"select key, year, 100.0 * sum(case when age_band in ({members}) then people else 0 end) / sum(people) "
        f"as value from group_year group by key, year"
    )
    return {(row["key"], row["year"]): row["value"] for row in rows.to_pylist()}


def _start(store: Store, past: Prepared, series: Series) -> dict[str, float]:
    """The model's value of a stock at the start, by run."""
    if series.start == "region":
        value = float(past.region.population)
        if series.ages:
            people = np.array([one.population for one in past.region.municipalities], np.float64)
            old = [AGE_BANDS.index(age) for age in series.ages]
            value = float(100.0 * people @ municipal_bands(past.region, past.parameters)[:, old].sum(axis=1) / value)
        return dict.fromkeys(store.finished_keys(), value)
    if series.start == "month":
        top, bottom = (_sum(column) for column in _MONTHLY[series.indicator])
        rows = store.query(
            f"select key, first({top} order by month) / first({bottom or 'share'} order by month) as value "
            f"from workforce_month join runs using (key) where start = DATE '{past.scenario.start}' group by key"
        )
        return {row["key"]: row["value"] for row in rows.to_pylist()}
    return {}


def _sum(column: str) -> str:
    return " + ".join(f"{column}_{role}" for role in _ROLES) if column in {"heads", "fte"} else column
