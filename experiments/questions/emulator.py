"""A quick stand-in for the model between sets that were run: where should the next wave look?

Each target is a Gaussian process over the free parameters (scikit-learn), with a length scale for each of them and
noise for chance between seeds. It knows how unsure it is, and that counts in the implausibility: what it does not know
is not ruled out (Vernon, Goldstein and Bower 2010; Andrianakis et al., PLoS Computational Biology 11, 2015).
"""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt

from experiments.questions.fit import CUTOFF, chance_of, distance
from experiments.questions.sobol import latin_hypercube

__all__ = ["CANDIDATES", "apart", "emulated", "next_points"]

CANDIDATES = 20_000
"""Sets that are looked at with the emulator before some are run."""
_SPARE = 10
"""So many times as many candidates as are run are kept before those that lie far apart are taken."""

type Array = npt.NDArray[np.float64]


def emulated(points: Array, values: Array, wanted: Array) -> tuple[Array, Array]:
    """What a target is expected to be at other points, and the standard deviation of that expectation.

    Args:
        points: positions that were run, (sets, factors), in the unit cube.
        values: mean over the seeds, (sets,); NaN where a run gave nothing: such sets are left out.
        wanted: positions to know it at, (n, factors).
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    known = ~np.isnan(values)
    points, values = points[known], values[known]
    spread = float(values.std())
    if len(values) < 2 or spread == 0.0:
        return np.full(len(wanted), values.mean() if len(values) else np.nan), np.zeros(len(wanted))
    smooth = ConstantKernel(1.0, (1e-2, 1e2)) * RBF(np.full(points.shape[1], 1.0), (0.2, 100.0))
    model = GaussianProcessRegressor(smooth + WhiteKernel(0.1, (1e-4, 2.0)), normalize_y=True, random_state=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a scale at its bound: the parameter does not matter
        model.fit(points, values)
    mean, error = model.predict(wanted, return_std=True)
    noise = float(model.kernel_.k2.noise_level) * spread**2
    return np.asarray(mean, np.float64), np.sqrt(np.maximum(np.asarray(error, np.float64) ** 2 - noise, 0.0))


def next_points(points: Array, simulated: Array, low: Array, high: Array, samples: int, seed: int) -> Array:
    """Where to run next: the candidates that miss fewest targets by the emulator, spread out among themselves.

    Args:
        points: positions that were run, (sets, factors).
        simulated: what they gave, (sets, seeds, targets), of targets within reach.
        low, high: published range, (targets,).
        samples: points wanted.
        seed: of the candidates.

    Returns:
        (samples, factors) in the unit cube.
    """
    candidates = latin_hypercube(points.shape[1], max(CANDIDATES, samples), seed)
    chance = chance_of(simulated)
    missed = np.zeros(len(candidates), np.int64)
    total = np.zeros(len(candidates))
    for k in range(len(low)):
        mean, error = emulated(points, simulated[:, :, k].mean(axis=1), candidates)
        far = distance(mean, low[k], high[k], chance[k] + error**2)
        missed += far > CUTOFF
        total += np.minimum(far, CUTOFF) ** 2
    kept = np.lexsort((total, missed))[: _SPARE * samples]
    return candidates[kept][apart(candidates[kept], samples)]


def apart(points: Array, count: int) -> list[int]:
    """Numbers of some points: the first, and then time and again the one that lies farthest from all that were taken.

    Args:
        points: positions, (n, factors).
        count: points wanted, n at most.
    """
    taken = [0]
    near = np.full(len(points), np.inf)
    while len(taken) < min(count, len(points)):
        near = np.minimum(near, ((points - points[taken[-1]]) ** 2).sum(axis=1))
        taken.append(int(np.argmax(near)))
    return taken
