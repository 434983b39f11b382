"""Published rates by age band as curves over single years, and inverse distribution functions as tables.

Used wherever an age enters: at the start (sim/region) and every month (sim/world).
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters

__all__ = ["AGES", "by_year", "gamma", "knots", "normal", "smooth_rate", "through_middles"]

Floats = npt.NDArray[np.float64]

AGES = 111
"""Single years of age 0-110; whoever is older counts as 110."""

_YEARS = np.arange(AGES)


def knots(parameters: Parameters, name: str) -> tuple[Floats, Floats]:
    """First age and middle of each band in a parameter's index ("40-44", "85+" or a single age "30").

    An open band's middle lies four years above its start.
    """
    starts, middles = [], []
    for label in parameters[name].index or []:
        if label.endswith("+"):
            start = float(label[:-1])
            middle = start + 4.0
        elif "-" in label:
            start, last = (float(part) for part in label.split("-"))
            middle = (start + last + 1.0) / 2.0
        else:
            start = middle = float(label)
        starts.append(start)
        middles.append(middle)
    return np.array(starts), np.array(middles)


def by_year(parameters: Parameters, name: str) -> Floats:
    """A parameter by age band as steps over single years (AGES,); ages below the first band get zero."""
    starts, _ = knots(parameters, name)
    band = np.searchsorted(starts, _YEARS, side="right") - 1
    return np.where(band >= 0, parameters.column(name)[band], 0.0)


def through_middles(parameters: Parameters, name: str, ages: npt.ArrayLike) -> Floats:
    """A parameter by age band as straight lines between the middles of the bands, at ``ages`` in years."""
    _, middles = knots(parameters, name)
    return np.interp(np.asarray(ages, np.float64), middles, parameters.column(name))


def smooth_rate(parameters: Parameters, name: str) -> Floats:
    """A rate by age band as a curve over single years (AGES,) whose mean within each band is the published rate.

    Straight lines in the logarithm between the middles of the bands (rates of death and birth grow by factors), then
    each band scaled back. The open last band stays flat, ages below the first band get zero.
    """
    starts, middles = knots(parameters, name)
    column = parameters.column(name)
    curve = np.exp(np.interp(_YEARS + 0.5, middles, np.log(column)))
    band = np.searchsorted(starts, _YEARS, side="right") - 1
    for k in range(column.size - 1):
        inside = band == k
        curve[inside] *= column[k] / curve[inside].mean()
    curve[band == column.size - 1] = column[-1]
    if not (parameters[name].index or [""])[-1].endswith("+"):
        width = starts[-1] - starts[-2]
        curve[starts[-1] + width <= _YEARS] = 0.0
    curve[band < 0] = 0.0
    return np.asarray(curve, np.float64)


@lru_cache(maxsize=1)
def _normal_table() -> tuple[Floats, Floats]:
    # even in the middle, by powers of a quarter root of two in the tails
    tail = 2.0 ** -np.arange(6.0, 34.0, 0.25)
    grid = np.unique(np.concatenate([np.arange(16, 1009) / 1024.0, tail, 1.0 - tail]))
    return grid, np.array([NormalDist().inv_cdf(float(u)) for u in grid])


def normal(u: Floats, mean: Floats | float, spread: float) -> Floats:
    """Normal values from uniforms of the same shape, by a table of the inverse distribution function."""
    grid, z = _normal_table()
    return np.asarray(mean + spread * np.interp(u, grid, z))


@lru_cache(maxsize=8)
def _gamma_table(shape: float) -> tuple[Floats, Floats]:
    """Uniforms and the values below which that share of a gamma distribution (mean 1) lies, for interpolation."""
    # x in units of scale 1/shape: dense near zero (where a small shape piles up) and far into the tail
    x = np.concatenate([np.geomspace(1e-15, 0.5, 3000), np.linspace(0.5, 12.0 + 6.0 * shape, 6000)[1:]])
    x = np.concatenate([x, np.linspace(x[-1], 60.0 + 12.0 * shape, 1200)[1:]])
    log_front = shape * np.log(x) - x - math.lgamma(shape + 1.0)
    total, term = np.ones_like(x), np.ones_like(x)
    for k in range(1, 600):
        term = term * x / (shape + k)
        total += term
    below = np.minimum(np.exp(log_front) * total, 1.0)
    rising = np.concatenate([[True], np.diff(below) > 0.0])
    return np.concatenate([[0.0], below[rising]]), np.concatenate([[0.0], x[rising] / shape])


def gamma(u: Floats, shape: float) -> Floats:
    """Gamma values with mean 1 and the given shape from uniforms, by a table of the inverse distribution function."""
    return np.asarray(np.interp(u, *_gamma_table(shape)))
