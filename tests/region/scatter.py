"""Points spread over a region's nodes, and practices placed where people are, for the tests of distance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.region import Region

__all__ = ["inhabitants", "practices"]

Points = tuple[npt.NDArray[np.int16], npt.NDArray[np.float64], npt.NDArray[np.float64]]


def _scatter(region: Region, node: npt.NDArray[np.int16], rng: np.random.Generator) -> Points:
    out = region.node_radius[node] * np.sqrt(rng.random(len(node)))
    angle = 2 * np.pi * rng.random(len(node))
    return node, region.node_x[node] + out * np.cos(angle), region.node_y[node] + out * np.sin(angle)


def inhabitants(region: Region, one_in: int = 1, seed: int = 1) -> Points:
    """Node, x and y of one in so many inhabitants, spread evenly over each node's disc."""
    node = np.repeat(np.arange(len(region.node_name), dtype=np.int16), region.node_population)[::one_in]
    return _scatter(region, node, np.random.default_rng(seed))


def practices(region: Region, count: int, seed: int = 2) -> Points:
    """Practices drawn in proportion to inhabitants, none in places under 1,500."""
    rng = np.random.default_rng(seed)
    size = np.array([region.places[k].population for k in region.node_place])
    weight = np.where(size >= 1500, region.node_population, 0).astype(float)
    node = rng.choice(len(size), count, p=weight / weight.sum()).astype(np.int16)
    return _scatter(region, node, rng)
