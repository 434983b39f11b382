"""History matching: which parameter sets are not ruled out by what is published.

A published range is read as two standard deviations either side. How far a set is from a target is its distance in
standard deviations of range and chance together (implausibility); beyond three it is ruled out, whatever the
distribution is, as long as it has one peak (Pukelsheim 1994; Vernon, Goldstein and Bower 2010). What is left is many
sets, not one best.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["CUTOFF", "Match", "chance_of", "distance", "implausibility", "match"]

CUTOFF = 3.0
"""Beyond so many standard deviations a set is ruled out."""

LEAST_SHARE, LEAST_LEFT = 0.05, 3
"""Sets that are left when the number of targets that may be missed is not given."""

type Array = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Match:
    """What is left of some sets.

    Attributes:
        accepted: (sets,) not ruled out.
        allowed: targets that a set may miss.
        misses: (sets,) targets within reach that the set misses by more than the cutoff.
        reachable: (targets,) some set comes within the cutoff; the others say nothing about these parameters.
        worst: (sets,) largest implausibility over the targets within reach.
        implausibility: (sets, targets).
    """

    accepted: Flags
    allowed: int
    misses: npt.NDArray[np.int64]
    reachable: Flags
    worst: Array
    implausibility: Array


def implausibility(simulated: Array, low: Array, high: Array) -> Array:
    """Distance of every set to every target, in standard deviations.

    Args:
        simulated: (sets, seeds, targets); NaN where a run has no value, which counts as far as can be.
        low, high: (targets,) published range.
    """
    return distance(simulated.mean(axis=1), low, high, chance_of(simulated))


def chance_of(simulated: Array) -> Array:
    """Variance of the mean over the seeds, (targets,): alike for all sets, for of one set few seeds tell nothing."""
    seeds = simulated.shape[1]
    if seeds < 2:
        return np.zeros(simulated.shape[2])
    found: Array = np.nanmean(simulated.var(axis=1, ddof=1), axis=0) / seeds
    return found


def distance(mean: Array, low: Array | float, high: Array | float, variance: Array | float) -> Array:
    """From the middle of a published range in standard deviations of range and ``variance``; infinite where unknown."""
    half = (high - low) / 4.0
    found: Array = np.abs(mean - (low + high) / 2.0) / np.sqrt(half**2 + variance)
    return np.where(np.isnan(found), np.inf, found)


def match(simulated: Array, low: Array, high: Array, misses: int | None = None) -> Match:
    """Rule sets out.

    Args:
        simulated, low, high: as for ``implausibility``.
        misses: so many targets within reach may be missed; None for the fewest that leave a twentieth of the sets, and
            three at least (a model that is no perfect one misses some targets whatever its parameters are).
    """
    found = implausibility(simulated, low, high)
    reachable: Flags = (found <= CUTOFF).any(axis=0)
    held = np.where(reachable, found, 0.0)
    missed = (held > CUTOFF).sum(axis=1)
    if misses is None:
        misses = int(np.sort(missed)[min(len(missed), max(LEAST_LEFT, math.ceil(LEAST_SHARE * len(missed)))) - 1])
    return Match(missed <= misses, misses, missed, reachable, held.max(axis=1), found)
