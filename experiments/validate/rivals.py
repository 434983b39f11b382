"""Scores of the back-cast, and of two dull rivals that know no more than the model: no change, and the trend so far."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from experiments.validate.series import Point, Series

__all__ = ["TREND_FROM", "Score", "score", "trend"]

TREND_FROM = 2013
"""First year of the points that make the trend: five years before the start."""

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """A series held against the model and its rivals, in the unit of the series or as an index (start = 100).

    Attributes:
        series: the published one.
        points: after the start, in order; those in the covid years too.
        published: (K,).
        simulated: (S, K) by seed.
        indexed: whether all is an index.
        no_change: value that the first rival says; NaN where the series has no base.
        trend: (K,) what the second says; NaN where nothing before the start makes a trend.
        model_error, no_change_error, trend_error: mean absolute error over the points that count.
    """

    series: Series
    points: tuple[Point, ...]
    published: Array
    simulated: Array
    indexed: bool
    no_change: float
    trend: Array
    model_error: float
    no_change_error: float
    trend_error: float

    @property
    def counts(self) -> npt.NDArray[np.bool_]:
        """(K,) points that are scored."""
        return np.array([not one.in_covid for one in self.points])

    @property
    def mean(self) -> Array:
        """(K,) over seeds."""
        return np.asarray(self.simulated.mean(axis=0))

    def sure(self, rival: float) -> bool:
        """Whether the runs of all seeds stand on the side of a rival's error on which their mean stands."""
        each = np.abs(self.simulated - self.published)[:, self.counts].mean(axis=1)
        return bool((each < rival).all() if self.model_error < rival else (each > rival).all())

    def skill(self, rival: float) -> float:
        """1 is perfect, 0 as good as the rival, negative is worse; NaN without a rival or where it makes no error."""
        return math.nan if not rival > 0.0 else 1.0 - self.model_error / rival


def trend(series: Series, start: int, at: Array) -> Array:
    """The linear trend of the points up to the start, carried on from the base (K,); NaN where there is none.

    The slope is that of the least squares line; the line goes through the base, which both rivals know.
    """
    base = series.base(start)
    known = [one for one in series.before(start) if one.when >= TREND_FROM]
    if base is None or len(known) < 2:
        return np.full(at.size, math.nan)
    slope = stats.linregress([one.when for one in known], [one.value for one in known]).slope
    return np.asarray(base.value + slope * (at - base.when))


def score(series: Series, start: int, base: Array | None, simulated: Array) -> Score:
    """Score a series.

    Args:
        series: published.
        start: first year of the run.
        base: (S,) the model's value at the base of the series; None where the series has no base.
        simulated: (S, K) the model's values at the points after the start.
    """
    points = series.after(start)
    published = np.array([one.value for one in points])
    at = np.array([one.when for one in points])
    line, level = trend(series, start, at), math.nan
    known = series.base(start)
    if known is not None:
        level = known.value
        if base is not None:  # both begin at 100, so that a wrong level is not counted as a wrong change
            scale = 100.0 / known.value
            published, line, level = published * scale, line * scale, 100.0
            simulated = 100.0 * simulated / base[:, None]
    counts = np.array([not one.in_covid for one in points])

    def error(said: Array | float) -> float:
        return float(np.abs(np.asarray(said) - published)[counts].mean()) if counts.any() else math.nan

    return Score(
        series, points, published, simulated, known is not None and base is not None, float(level), line,
        error(simulated.mean(axis=0)), error(level), error(line),
    )  # fmt: skip
