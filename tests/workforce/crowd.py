"""Twente with a stand-in crowd: households scattered over the nodes, made fast and without demography."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.parameters import Parameters, load_parameters
from sim.randomness.ids import Kind, identify
from sim.region import Region, load_region
from sim.region.practices import PracticePlan, make_practices

SEED = 7


@cache
def shipped() -> Parameters:
    return load_parameters()


@cache
def twente() -> Region:
    return load_region(Path(__file__).parents[2] / "scenarios" / "regions" / "twente", shipped())


def columns(region: Region, scale: float = 1.0, order: npt.NDArray[np.int64] | None = None) -> dict[str, Any]:
    """Columns of the crowd; households of one to four, the same people in another order of rows if wanted."""
    rng = np.random.default_rng(1)
    people = np.maximum(np.rint(region.node_population * scale).astype(np.int64), 4)
    node = np.repeat(np.arange(people.size), people)
    size = rng.integers(1, 5, node.size)
    house = np.repeat(np.arange(node.size), size)[: node.size]
    first = np.searchsorted(house, house)
    node = node[first]  # nobody lives apart from the household
    reach, angle = np.sqrt(rng.random(node.size))[first], 2 * np.pi * rng.random(node.size)[first]
    made = {
        "uid": identify(Kind.RESIDENT, 1, 0, np.arange(node.size)),
        "birth_month": (500 + rng.integers(0, 1000, node.size)).astype(np.int16),
        "node": node.astype(np.int16),
        "x": (region.node_x[node] + region.node_radius[node] * reach * np.cos(angle)).astype(np.float32),
        "y": (region.node_y[node] + region.node_radius[node] * reach * np.sin(angle)).astype(np.float32),
        "household": identify(Kind.HOUSEHOLD, 1, 0, house),
    }
    return made if order is None else {name: column[order] for name, column in made.items()}


def crowd(made: dict[str, Any]) -> People:
    people = People(made["uid"].size + 3)
    people.add(made["uid"].size, **made)
    return people


def expected(people: People) -> npt.NDArray[np.float64]:
    """GP minutes a year that somebody asks: more with age, different from person to person."""
    age = (1500 - people.birth_month[: people.n]) / 12.0
    return np.asarray(20.0 + 0.6 * age + (people.uid[: people.n] % np.uint64(17)).astype(np.float64))


def plan_for(people: People, region: Region, seed: int = SEED) -> PracticePlan:
    return make_practices(region, people, shipped(), seed, expected(people))


@cache
def whole() -> tuple[Region, People, PracticePlan]:
    """Twente at full size with its practices; read only."""
    region = twente()
    people = crowd(columns(region))
    return region, people, plan_for(people, region)


@cache
def small() -> tuple[Region, People, PracticePlan]:
    """A twentieth of Twente; read only."""
    region = twente()
    people = crowd(columns(region, 0.05))
    return region, people, plan_for(people, region)
