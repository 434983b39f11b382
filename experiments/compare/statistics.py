"""Estimates over replications: intervals by Student's t, chances, and how much of the noise pairing took away.

Pairs that share a parameter set are not independent, so with more than one set the sets' means are the units.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import numpy.typing as npt

from experiments.compare.comparison import Contrast, Estimate, Verdict
from experiments.student import mean_interval, t_quantile

__all__ = ["NEAR", "QUARTER", "contrast", "estimate", "quotient", "spreads", "unit_means"]

type Values = npt.NDArray[np.float64]
type Better = Literal["lower", "higher", "none"]

NEAR = 0.05
"""A difference is precise when the half-width of its interval is at most this share of the base ..."""
QUARTER = 0.25
"""... or this share of the difference itself."""


def unit_means(values: Values, sets: npt.NDArray[np.int64]) -> Values:
    """Independent units: the values themselves when all have one parameter set, else the mean of each set.

    Args:
        values: (n,).
        sets: number of the parameter set of each (n,).
    """
    known = np.unique(sets)
    return values if known.size <= 1 else np.array([values[sets == one].mean() for one in known])


def estimate(values: Values, sets: npt.NDArray[np.int64]) -> Estimate:
    """Mean with its interval over the values that are numbers.

    Args:
        values: one a run (n,), NaN where a run has none.
        sets: number of the parameter set of each (n,).
    """
    known = ~np.isnan(values)
    n = int(known.sum())
    if not n:
        return Estimate(math.nan, math.nan, math.nan, 0)
    return Estimate(*mean_interval(unit_means(values[known], sets[known])), n)


def contrast(
    indicator: str, other: str, base: Values, arm: Values, sets: npt.NDArray[np.int64], better: Better
) -> Contrast:
    """One indicator in two scenarios over pairs.

    Args:
        indicator: id.
        other: name of the second scenario.
        base: values of the first (n,), NaN where a run has none.
        arm: values of the second, in the same order.
        sets: number of the parameter set of each pair (n,).
        better: the better way.
    """
    change = arm - base
    known = ~np.isnan(change)
    difference = estimate(change, sets)
    seen = change[known]
    sign = {"lower": -1.0, "higher": 1.0, "none": 0.0}[better]
    units = unit_means(seen, sets[known]) if seen.size else seen
    return Contrast(
        indicator=indicator,
        other=other,
        base=estimate(np.where(known, base, np.nan), sets),
        arm=estimate(np.where(known, arm, np.nan), sets),
        difference=difference,
        chance_better=_chance(units * sign) if sign and seen.any() else math.nan,
        pairs_better=int((seen * sign > 0.0).sum()) if sign else -1,
        verdict=_verdict(seen, difference, sign),
        reduction=_reduction(base[known], arm[known]),
        precise=_precise(difference, float(np.mean(base[known])) if seen.size else math.nan),
    )


def _chance(gains: Values) -> float:
    """Probability that the mean gain is above zero given the units (flat prior); NaN with fewer than two."""
    from scipy.special import stdtr  # late, as in experiments.student

    if gains.size < 2:
        return math.nan
    error = float(gains.std(ddof=1)) / math.sqrt(gains.size)
    mean = float(gains.mean())
    if error == 0.0:
        return 0.5 if mean == 0.0 else float(mean > 0.0)
    return float(stdtr(gains.size - 1, mean / error))


def _verdict(seen: Values, difference: Estimate, sign: float) -> Verdict:
    if seen.size and not seen.any():
        return "same"
    if math.isnan(difference.low):
        return "unknown"
    if not difference.excludes_zero:
        return "noise"
    if not sign:
        return "different"
    return "better" if difference.mean * sign > 0.0 else "worse"


def _reduction(base: Values, arm: Values) -> float:
    """Variance of the difference with independent seeds over that of the pairs; infinite when all pairs agree."""
    if base.size < 2:
        return math.nan
    apart = float(base.var(ddof=1) + arm.var(ddof=1))
    paired = float((arm - base).var(ddof=1))
    if apart == 0.0:
        return math.nan
    return apart / paired if paired > 0.0 else math.inf


def _precise(difference: Estimate, base: float) -> bool:
    half = difference.half_width
    if math.isnan(half):
        return False
    return half <= NEAR * abs(base) or half <= QUARTER * abs(difference.mean)


def spreads(change: Values, sets: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Standard deviations of a difference between worlds: by seed, and by parameter set.

    One-way analysis of variance with the sets as groups: the seeds' variance is that within sets, the sets' is what
    the variance between them holds more (Searle, Casella and McCulloch, Variance Components, 1992, chapter 3). NaN
    where there is nothing to tell it by.

    Args:
        change: differences (n,).
        sets: number of the parameter set of each (n,).
    """
    known = ~np.isnan(change)
    change, sets = change[known], sets[known]
    groups = [change[sets == one] for one in np.unique(sets)]
    n, k = change.size, len(groups)
    if n - k < 1:
        return math.nan, math.nan
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups) / (n - k)
    if k < 2:
        return math.sqrt(within), math.nan
    mean = float(change.mean())
    between = sum(group.size * (float(group.mean()) - mean) ** 2 for group in groups) / (k - 1)
    size = (n - sum(group.size**2 for group in groups) / n) / (k - 1)
    return math.sqrt(within), math.sqrt(max(0.0, (between - within) / size))


def quotient(top: Values, bottom: Values, sets: npt.NDArray[np.int64]) -> Estimate:
    """Mean of ``top`` over mean of ``bottom`` with Fieller's interval; NaN unless ``bottom`` is surely above zero.

    Args:
        top: one a pair (n,).
        bottom: one a pair (n,).
        sets: number of the parameter set of each pair (n,).

    Source: Fieller, Some problems in interval estimation, Journal of the Royal Statistical Society B 16 (1954).
    """
    a, b = unit_means(top, sets), unit_means(bottom, sets)
    n = a.size
    unknown = Estimate(math.nan, math.nan, math.nan, int(top.size))
    if n < 2:
        return unknown
    covariance = np.cov(np.stack((a, b))) / n
    t2 = t_quantile(n - 1) ** 2
    mean_a, mean_b = float(a.mean()), float(b.mean())
    square = mean_b**2 - t2 * float(covariance[1, 1])
    if square <= 0.0 or mean_b <= 0.0:
        return unknown
    middle = mean_a * mean_b - t2 * float(covariance[0, 1])
    root = math.sqrt(max(0.0, middle**2 - square * (mean_a**2 - t2 * float(covariance[0, 0]))))
    return Estimate(mean_a / mean_b, (middle - root) / square, (middle + root) / square, int(top.size))
