"""Morris' screening: which of many factors matter at all, for few runs. Design and statistics are SALib's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["LEVELS", "Screened", "morris_design", "screen"]

LEVELS = 4
"""Levels of the grid; a step is two thirds of a range."""
RESAMPLES = 1000

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Screened:
    """One factor, or one group of factors that move together.

    Attributes:
        name: of the factor or group.
        effect: mean absolute effect of its whole range (Morris' mu*), in the unit of the outcome.
        low, high: 95 % interval of ``effect`` over the trajectories (bootstrap).
        direction: mean effect with its sign (mu); NaN for a group, whose members go their own ways.
        spread: standard deviation of the effect (sigma): large against ``effect`` means that it depends on others.
        chance: the ``effect`` that chance alone would give, from how the seeds differ; NaN with one seed.
    """

    name: str
    effect: float
    low: float
    high: float
    direction: float
    spread: float
    chance: float

    @property
    def told(self) -> bool | None:
        """Whether it is told apart from chance: its interval lies above it; None with one seed."""
        return None if math.isnan(self.chance) else self.low > self.chance


def _problem(names: Sequence[str], groups: Sequence[str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    if groups is not None:
        found["groups"] = list(groups)
    return found


def morris_design(names: Sequence[str], groups: Sequence[str] | None, trajectories: int, seed: int) -> Array:
    """Points of the unit cube, (trajectories x (groups + 1), factors).

    Args:
        names: of the factors.
        groups: the group of each; None for every factor on its own.
        trajectories: how often each is moved, each time from elsewhere.
        seed: of the design.
    """
    from SALib.sample import morris

    points: Array = morris.sample(_problem(names, groups), trajectories, num_levels=LEVELS, seed=seed)
    return points


def screen(
    names: Sequence[str], groups: Sequence[str] | None, points: Array, outcomes: Array, seed: int = 1
) -> list[Screened]:
    """Effects, largest first.

    Args:
        names, groups: as given to the design.
        points: the design, (n, factors).
        outcomes: (n, seeds), the same seeds at every point.
        seed: of the bootstrap.
    """
    from SALib.analyze import morris

    mean = outcomes.mean(axis=1)
    found = morris.analyze(_problem(names, groups), points, mean, num_levels=LEVELS, num_resamples=RESAMPLES, seed=seed)
    labels = list(dict.fromkeys(groups)) if groups is not None else list(names)
    chance = _chance(list(groups) if groups is not None else list(names), labels, points, outcomes)
    rows = []
    for place, name in enumerate(found["names"]):
        effect, half = float(found["mu_star"][place]), float(found["mu_star_conf"][place])
        rows.append(
            Screened(
                name=str(name),
                effect=effect,
                low=max(0.0, effect - half),
                high=effect + half,
                direction=math.nan if groups is not None else float(found["mu"][place]),
                spread=float(found["sigma"][place]) if groups is None else math.nan,
                chance=chance[str(name)],
            )
        )
    return sorted(rows, key=lambda row: (-row.effect, row.name))


def _chance(members: list[str], labels: list[str], points: Array, outcomes: Array) -> dict[str, float]:
    """Mean absolute effect if the seeds' mean differences were pure chance: sqrt(2 / pi) times their standard error."""
    seeds = outcomes.shape[1]
    if seeds < 2:
        return dict.fromkeys(labels, math.nan)
    length = len(labels) + 1
    step = LEVELS / (2.0 * (LEVELS - 1))
    owner = np.array([labels.index(name) for name in members])
    variances: list[list[float]] = [[] for _ in labels]
    for first in range(0, len(points), length):
        block, values = points[first : first + length], outcomes[first : first + length]
        for k in range(length - 1):
            moved = np.flatnonzero(block[k + 1] != block[k])
            difference = (values[k + 1] - values[k]) / step
            variances[owner[moved[0]]].append(float(difference.var(ddof=1)) / seeds)
    return {name: math.sqrt(2.0 / math.pi * float(np.mean(own))) for name, own in zip(labels, variances, strict=True)}
