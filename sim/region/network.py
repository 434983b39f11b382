"""The road network between nodes, and shortest travel over it.

Neighbouring nodes are joined: two nodes with no third one in a disc around the midpoint between them, together with a
minimum spanning tree so that equal distances cannot break the network apart. With a radius of half their distance that
is the Gabriel graph; a smaller disc joins more nodes. The Gabriel graph itself makes long ways zigzag: shortest paths
over Twente come out 12 % longer than straight before any detour, with the smaller disc 5 %. Road kilometres are
kilometres on the plane times a detour factor; the speed depends on the kind of link. Links from a region's
``links.csv`` add to this or take away from it (a ferry, a bridge, a river without one).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import networkx as nx
import numpy as np
import numpy.typing as npt

__all__ = [
    "ROAD_KINDS",
    "Link",
    "Matrix",
    "Roads",
    "apply_link",
    "build_graph",
    "disc_pairs",
    "edge_rows",
    "neighbour_pairs",
    "shortest",
]

Floats = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float32]

ROAD_KINDS = ("street", "rural", "main")
"""Kinds of ordinary road: within a place, between places, between places that both lie on a main road."""


@dataclass(frozen=True)
class Roads:
    """How far and how fast.

    Attributes:
        disc: two nodes are neighbours when no third one lies within this share of their distance of the midpoint.
        detour: road km per straight km.
        car_access: minutes of a car trip besides driving.
        car_speed: driving speed in km/h by kind of link.
        bicycle_speed: km/h door to door.
    """

    disc: float
    detour: float
    car_access: float
    car_speed: Mapping[str, float]
    bicycle_speed: float

    @property
    def street_pace(self) -> float:
        """Minutes by car per km within a town."""
        return 60.0 / self.car_speed["street"]


@dataclass(frozen=True)
class Link:
    """A link given by hand between two places, each with the numbers of its nodes.

    `kind` None removes every link between the two; otherwise their nearest two nodes are joined. Kilometres that are
    None follow from the straight line, minutes from the kilometres and the kind's speed.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    kind: str | None
    km: float | None = None
    car_minutes: float | None = None
    bicycle_minutes: float | None = None


def disc_pairs(x: Floats, y: Floats, disc: float = 0.5) -> list[tuple[int, int]]:
    """Pairs (i < j) with no third point strictly within `disc` times their distance of the midpoint of i-j.

    0.5 gives the Gabriel graph. O(n^2) memory, O(n^3) time (a second for a thousand points).
    """
    square = (x[:, None] - x[None, :]) ** 2 + (y[:, None] - y[None, :]) ** 2
    # Apollonius: |ik|^2 + |kj|^2 = 2 |km|^2 + |ij|^2 / 2 for the midpoint m.
    bound = 2.0 * disc**2 + 0.5
    pairs = []
    for i in range(len(x)):
        around = square[i][:, None] + square  # around[k, j] = |ik|^2 + |kj|^2
        around[i, :] = np.inf
        np.fill_diagonal(around, np.inf)
        pairs += [(i, int(j)) for j in np.flatnonzero(around.min(axis=0) >= bound * square[i]) if j > i]
    return pairs


def neighbour_pairs(x: Floats, y: Floats, disc: float = 0.5) -> list[tuple[int, int]]:
    """Disc pairs and those of a minimum spanning tree, sorted: every point can be reached from every other."""
    if len(x) < 2:
        return []
    full = nx.Graph()
    for i in range(len(x)):
        for j in range(i):
            full.add_edge(j, i, km=float(np.hypot(x[i] - x[j], y[i] - y[j])))
    tree = {(min(i, j), max(i, j)) for i, j in nx.minimum_spanning_edges(full, weight="km", data=False)}
    return sorted(tree | set(disc_pairs(x, y, disc)))


def build_graph(
    x: Floats,
    y: Floats,
    place: npt.NDArray[np.int16],
    main_road: npt.NDArray[np.bool_],
    island: Sequence[str],
    roads: Roads,
) -> nx.Graph:
    """Graph over nodes 0..N-1; edges carry km, kind, car_minutes and bicycle_minutes (floats).

    Args:
        x, y: centres of the nodes on the plane in km.
        place: row of the place of each node; two nodes of one place are joined by a street.
        main_road: whether each node's place lies on a main road.
        island: name of the island of each node ("" for the mainland); neighbours are joined within one island only.
    """
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(range(len(x)))
    for name in dict.fromkeys(island):
        members = np.array([i for i, other in enumerate(island) if other == name])
        for a, b in neighbour_pairs(x[members], y[members], roads.disc):
            i, j = int(members[a]), int(members[b])
            kind = "street" if place[i] == place[j] else "main" if main_road[i] and main_road[j] else "rural"
            _join(graph, i, j, kind, float(np.hypot(x[i] - x[j], y[i] - y[j])) * roads.detour, roads)
    return graph


def apply_link(graph: nx.Graph, link: Link, x: Floats, y: Floats, roads: Roads) -> None:
    """Add a link to the graph or remove it.

    Raises:
        KeyError: the link to remove does not exist.
    """
    if link.kind is None:
        edges = [(i, j) for i in link.a for j in link.b if graph.has_edge(i, j)]
        if not edges:
            raise KeyError((link.a, link.b))
        graph.remove_edges_from(edges)
        return
    straight, i, j = min((float(np.hypot(x[i] - x[j], y[i] - y[j])), i, j) for i in link.a for j in link.b)
    km = straight * roads.detour if link.km is None else link.km
    _join(graph, i, j, link.kind, km, roads, link.car_minutes, link.bicycle_minutes)


def _join(
    graph: nx.Graph,
    a: int,
    b: int,
    kind: str,
    km: float,
    roads: Roads,
    car_minutes: float | None = None,
    bicycle_minutes: float | None = None,
) -> None:
    if kind == "foot_ferry":  # no way for a car, nor a road of any length
        km = car_minutes = math.inf
    if car_minutes is None:
        car_minutes = km / roads.car_speed[kind] * 60.0
    if bicycle_minutes is None:
        # Who crosses by ferry with a bicycle is as long on board as a car.
        bicycle_minutes = km / roads.bicycle_speed * 60.0 if kind in ROAD_KINDS else car_minutes
    graph.add_edge(a, b, kind=kind, km=km, car_minutes=car_minutes, bicycle_minutes=bicycle_minutes)


def shortest(graph: nx.Graph, weight: str) -> Matrix:
    """Length of the shortest path between every two nodes by edge attribute `weight`: float32 (N, N).

    Zero on the diagonal; nodes that cannot reach each other are at infinity.
    """
    n = graph.number_of_nodes()
    full = nx.floyd_warshall_numpy(graph, nodelist=range(n), weight=weight)
    full = np.minimum(full, full.T)  # both directions are sums of the same lengths in another order
    return cast("Matrix", np.asarray(full, np.float32))


def edge_rows(graph: nx.Graph) -> list[dict[str, Any]]:
    """Edges as rows (a, b, kind, km, car_minutes, bicycle_minutes), sorted by nodes: for tables and maps."""
    return [{"a": a, "b": b, **graph.edges[a, b]} for a, b in sorted(tuple(sorted(edge)) for edge in graph.edges)]
