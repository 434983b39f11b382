"""Spatial access by node: minutes to the own practice, open lists and posts within reach, floating catchments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.agents.practice import Practice
from sim.agents.staffing import posts_of, practices_of
from sim.care.registration import OPEN
from sim.compiled import kernel
from sim.region.travel import distance_report, travel_table

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["access_by_node", "practice_columns", "standing_tables", "two_step_floating_catchment"]

LIST_MINUTES = 15.0
POST_MINUTES = 30.0
NEVER_MINUTES = 999.0
"""Minutes to an open list where there is none."""

Floats = npt.NDArray[np.float64]


def two_step_floating_catchment(minutes: Floats, people: Floats, supply: Floats, reach: float = LIST_MINUTES) -> Floats:
    """Two-step floating catchment area: supply per person within reach of each place (N,).

    Step one divides each provider's supply by the people within ``reach``; step two adds these ratios up over the
    providers within ``reach`` of a place (Luo and Wang 2003, doi:10.1068/b29120). Weighted with people the result adds
    up to the supply of all providers that somebody can reach.

    Args:
        minutes: (N, P) travel from places to providers.
        people: (N,) people in each place.
        supply: (P,) supply of each provider, any unit.
        reach: minutes of the catchment.
    """
    near = minutes <= reach
    demand = near.T.astype(np.float64) @ people
    ratio = np.where(demand > 0.0, supply / np.maximum(demand, 1e-12), 0.0)
    return np.asarray(near.astype(np.float64) @ ratio)


@kernel(lean=True)
def _to_own_practice(alive, node, practice, minutes, count, registered, travel):  # type: ignore[no-untyped-def]
    """People, registered people and the sum of their minutes to their practice by node (N,)."""
    for i in range(alive.shape[0]):
        if not alive[i]:
            continue
        at = int(node[i])
        count[at] += 1
        if practice[i] >= 0:
            registered[at] += 1
            travel[at] += float(minutes[at, int(practice[i])])


def access_by_node(model: RegionModel) -> dict[str, npt.NDArray[np.generic]]:
    """Access of the people of each node as columns, one row a node."""
    people, n = model.people, model.people.n
    nodes = len(model.region.node_name)
    count, registered = np.zeros((2, nodes), np.int64)
    travel = np.zeros(nodes)
    _to_own_practice(people.alive[:n], people.node[:n], people.practice[:n], model.minutes, count, registered, travel)
    minutes = model.minutes.astype(np.float64)
    opened = model.room.state == OPEN
    nearest_open = np.where(opened[None, :], minutes, NEVER_MINUTES).min(axis=1)
    going = [post.closed_since is None for post in posts_of(model)]
    to_post = model.care.posts.node_minutes[:, going].min(axis=1)
    books = model.numbered
    own_books = books.role <= 0
    hours = np.bincount(books.practice[own_books], books.week_seconds[own_books].sum(axis=1) / 3600.0, model.lists.size)
    catchment = two_step_floating_catchment(minutes, count.astype(np.float64), hours)
    return {
        "node": np.arange(nodes),
        "municipality": model.region.node_municipality.astype(np.int64),
        "people": count,
        "registered": registered,
        "minutes_to_own_practice": travel / np.maximum(registered, 1),
        "minutes_to_open_list": nearest_open,
        "open_list_within_15": nearest_open <= LIST_MINUTES,
        "minutes_to_post": to_post,
        "post_within_30": to_post <= POST_MINUTES,
        "gp_hours_per_1000_2sfca": 1000.0 * catchment,
    }


def practice_columns(practices: Sequence[Practice]) -> dict[str, npt.NDArray[np.generic]]:
    """What does not change of practices, one row each; ``founded`` is -1 for those that were there at the start."""
    forms = {"solo": 0, "duo": 1, "group": 2, "none": 0}
    return {
        "practice": np.array([one.number for one in practices], np.int64),
        "node": np.array([one.node for one in practices], np.int64),
        "municipality": np.array([one.municipality for one in practices], np.int64),
        "x": np.array([one.x for one in practices], np.float64),
        "y": np.array([one.y for one in practices], np.float64),
        "form": np.array([forms[one.form] for one in practices], np.int64),
        "local_group": np.array([one.group for one in practices], np.int64),
        "founded": np.array([-1 if one.founded is None else one.founded for one in practices], np.int64),
    }


def standing_tables(model: RegionModel) -> dict[str, dict[str, npt.NDArray[np.generic]]]:
    """What does not change in a run: nodes, practices, travel, and distances at the start against published ones."""
    region, sites, people = model.region, model.plan.sites, model.people
    names = np.array([m.name for m in region.municipalities])
    rows = people.rows
    report = distance_report(region, people.node[rows], people.x[rows], people.y[rows], sites.node, sites.x, sites.y)
    number = [row.published for row in report]
    return {
        "nodes": {
            "node": np.arange(len(region.node_name)),
            "name": np.array(region.node_name),
            "municipality": region.node_municipality.astype(np.int64),
            "municipality_name": names[region.node_municipality],
            "x": np.asarray(region.node_x),
            "y": np.asarray(region.node_y),
            "population": region.node_population.astype(np.int64),
        },
        "practices": practice_columns(practices_of(model)),
        "travel": travel_table(region),
        "distance": {
            "facility": np.array([row.facility for row in report]),
            "area": np.array([row.area for row in report]),
            "people": np.array([row.people for row in report]),
            "km": np.array([row.km for row in report]),
            "published_km": np.array([np.nan if p is None else p.km for p in number]),
        },
    }
