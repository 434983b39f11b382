"""The index and the order that follows from it, with what is not known of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from experiments.student import t_quantile

__all__ = ["DRAWS", "Order", "order_of"]

DRAWS = 4000
"""Random draws behind an interval."""
_BAND = (5.0, 95.0)

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Order:
    """Regions by urgency; arrays are by region as given.

    Attributes:
        index: (R,) weighted mean of the standardised components: 0 is the mean of the regions, higher is more urgent.
        half: (R,) half-width of its 90 % interval by chance; NaN with one seed.
        parts: (R, C) what each component adds to the index.
        rank: (R,) 1 is the most urgent.
        by_chance: (R, 2) 90 % interval of the rank over other worlds; NaN with one seed.
        by_weights: (R, 2) the rank when nobody knows the weights: 90 % over all weights that add up to 1.
        first: (R,) chance of being the most urgent, over other worlds; NaN with one seed.
    """

    index: Array
    half: Array
    parts: Array
    rank: npt.NDArray[np.int64]
    by_chance: Array
    by_weights: Array
    first: Array


def order_of(values: Array, weights: Sequence[float], seed: int = 1) -> Order:
    """Put regions in order.

    Components are standardised over the regions: the difference from their mean, in standard deviations of the regions'
    means; one in which all regions are equal adds nothing. The interval by chance takes seeds as independent worlds and
    the spread between worlds as the same in all regions (pooled, Student's t).

    Args:
        values: (R, S, C) components by region and seed; higher is more urgent.
        weights: (C,) adding up to 1.
        seed: of the draws.
    """
    regions, seeds, components = values.shape
    w = np.asarray(weights, np.float64)
    means = values.mean(axis=1)
    spread = means.std(axis=0, ddof=1) if regions > 1 else np.zeros(components)
    known = spread > 1e-12 * np.maximum(1.0, np.abs(means).max(axis=0))
    scale = np.where(known, spread, np.inf)
    z = (values - means.mean(axis=0)) / scale
    parts = z.mean(axis=1) * w
    index = parts.sum(axis=1)
    rank = _ranks(index[None, :])[0]
    nothing = np.full((regions, 2), np.nan)
    half, by_chance, first = np.full(regions, np.nan), nothing, np.full(regions, np.nan)
    if seeds > 1:
        each = z @ w
        freedom = regions * (seeds - 1)
        error = np.sqrt(((each - each.mean(axis=1, keepdims=True)) ** 2).sum() / freedom / seeds)
        half = np.full(regions, t_quantile(freedom, 0.9) * error)
        drawn = index + error * stats.t.rvs(freedom, size=(DRAWS, regions), random_state=seed)
        ranks = _ranks(drawn)
        by_chance = np.percentile(ranks, _BAND, axis=0, method="nearest").T
        first = (ranks == 1).mean(axis=0)
    other = stats.dirichlet.rvs(np.ones(components), size=DRAWS, random_state=seed)
    by_weights = np.percentile(_ranks(other @ z.mean(axis=1).T), _BAND, axis=0, method="nearest").T
    return Order(index, half, parts, rank, by_chance, by_weights, first)


def _ranks(index: Array) -> npt.NDArray[np.int64]:
    """Ranks in each row, 1 for the highest; equal ones in the order given."""
    order = np.argsort(-index, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, index.shape[1] + 1)[None, :].repeat(index.shape[0], axis=0), axis=1)
    return ranks.astype(np.int64)
