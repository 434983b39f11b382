"""Mean and interval of a series over pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.student import t_quantile

__all__ = ["band"]

type Floats = npt.NDArray[np.float64]


def band(values: npt.NDArray[np.floating[Any]]) -> tuple[Floats, Floats, Floats]:
    """Mean and ends of the 95 % interval of the mean (Student's t), by month.

    Args:
        values: (runs, M).

    Returns:
        Three arrays (M,); the ends are NaN for fewer than three runs, of which an interval would say nothing.
    """
    runs = values.shape[0]
    mean = np.asarray(values.mean(axis=0), np.float64)
    if runs < 3:
        unknown = np.full(mean.shape, np.nan)
        return mean, unknown, unknown.copy()
    half = t_quantile(runs - 1) * values.std(axis=0, ddof=1) / np.sqrt(runs)
    return mean, np.asarray(mean - half, np.float64), np.asarray(mean + half, np.float64)
