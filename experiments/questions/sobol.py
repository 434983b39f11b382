"""Shares of the variance of an outcome by factor: Sobol's indices from their own design, or from any sample.

Both are SALib's. Sobol's design takes N x (factors + 2) points and gives first-order and total shares; the given-data
methods (RBD-FAST for first-order shares, PAWN for any influence) take a Latin hypercube of any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["LEAST", "Share", "given_data", "latin_hypercube", "sobol_design", "sobol_shares"]

LEAST = 32
"""Points that a given-data analysis needs."""

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Share:
    """One factor.

    Attributes:
        name: of the factor.
        first: share of the variance by this factor alone (estimates may stray outside 0 to 1), and its 95 % half-width.
        total: share in which it has a part, and its half-width (Sobol); or PAWN's distance, without one (given data).
    """

    name: str
    first: float
    first_half: float
    total: float
    total_half: float


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def latin_hypercube(factors: int, samples: int, seed: int) -> Array:
    """Points of the unit cube, (samples, factors), each factor spread evenly."""
    from scipy.stats import qmc

    points: Array = qmc.LatinHypercube(factors, rng=seed).random(samples)
    return points


def sobol_design(names: Sequence[str], samples: int, seed: int) -> Array:
    """Points of the unit cube, (samples x (factors + 2), factors).

    Args:
        names: of the factors.
        samples: base samples, a power of two.
        seed: of the scrambling.
    """
    from SALib.sample import sobol

    points: Array = sobol.sample(_problem(names), samples, calc_second_order=False, seed=seed)
    return points


def sobol_shares(names: Sequence[str], outcomes: Array, seed: int = 1) -> list[Share]:
    """First-order and total shares, largest total first.

    Args:
        names: as given to the design.
        outcomes: (n,) in the order of the design.
        seed: of the bootstrap.
    """
    from SALib.analyze import sobol

    found = sobol.analyze(_problem(names), outcomes, calc_second_order=False, seed=seed)
    return _sorted(
        Share(
            name,
            float(found["S1"][k]),
            float(found["S1_conf"][k]),
            float(found["ST"][k]),
            float(found["ST_conf"][k]),
        )
        for k, name in enumerate(names)
    )


def given_data(names: Sequence[str], points: Array, outcomes: Array, seed: int = 1) -> tuple[list[Share], float]:
    """First-order shares (RBD-FAST) and PAWN's distance from any sample of independent factors, largest distance first.

    The distance (median Kolmogorov-Smirnov, 0 to 1) tells how far fixing a factor moves the outcome's distribution. It
    is never zero in a finite sample: the second result is the distance of a dummy factor, which is what chance gives.

    Args:
        names: of the columns.
        points: (n, factors).
        outcomes: (n,), n at least ``LEAST``.
        seed: of the bootstrap, and of the dummy.
    """
    from SALib.analyze import pawn, rbd_fast

    dummy = latin_hypercube(1, len(points), seed + 1)
    widened, problem = np.column_stack([points, dummy]), _problem([*names, "-"])
    slices = min(10, len(points) // 8)
    first = rbd_fast.analyze(problem, widened, outcomes, M=min(10, len(points) // 12), seed=seed)
    moved = pawn.analyze(problem, widened, outcomes, S=slices, seed=seed)
    rows = _sorted(
        Share(name, float(first["S1"][k]), float(first["S1_conf"][k]), float(moved["median"][k]), float("nan"))
        for k, name in enumerate(names)
    )
    return rows, float(moved["median"][-1])


def _sorted(rows: Any) -> list[Share]:
    return sorted(rows, key=lambda row: (-row.total, row.name))
