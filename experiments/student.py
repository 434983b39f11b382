"""Student's t, by which intervals over runs are made."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

__all__ = ["CONFIDENCE", "mean_interval", "t_quantile"]

CONFIDENCE = 0.95
"""Of the intervals."""


def t_quantile(freedom: int, confidence: float = CONFIDENCE) -> float:
    """The t within which, on both sides of zero, Student's distribution holds ``confidence``.

    Args:
        freedom: degrees of freedom, 1 or more.
        confidence: between 0 and 1.

    Raises:
        ValueError: no degrees of freedom.
    """
    if freedom < 1:
        raise ValueError(f"Student's t has one degree of freedom or more, not {freedom}")
    from scipy.special import stdtrit  # takes half a second, and most of what imports this draws no interval

    return float(stdtrit(freedom, 0.5 + confidence / 2.0))


def mean_interval(values: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    """Mean of independent values (n,) with the ends of its interval of 95 %; no ends (NaN) from one value."""
    mean = float(values.mean())
    if values.size < 2:
        return mean, math.nan, math.nan
    half = t_quantile(values.size - 1) * float(values.std(ddof=1)) / math.sqrt(values.size)
    return mean, mean - half, mean + half
