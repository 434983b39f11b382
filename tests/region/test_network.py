"""The network: neighbours by their definition, shortest ways against Dijkstra, a proper metric, plausible roads."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest

from sim.region import Region
from sim.region.network import ROAD_KINDS, disc_pairs, edge_rows, neighbour_pairs


@pytest.mark.parametrize("disc", [0.2, 0.35, 0.5])
def test_neighbours_have_an_empty_disc_between_them(disc: float) -> None:
    rng = np.random.default_rng(5)
    x, y = rng.random(40), rng.random(40)
    found = set(disc_pairs(x, y, disc))
    for i, j in itertools.combinations(range(40), 2):
        radius = disc * np.hypot(x[i] - x[j], y[i] - y[j])
        to_middle = np.hypot(x - (x[i] + x[j]) / 2, y - (y[i] + y[j]) / 2)
        to_middle[[i, j]] = np.inf
        assert ((i, j) in found) == bool(to_middle.min() >= radius)


def test_smaller_discs_join_more_and_keep_the_rest() -> None:
    rng = np.random.default_rng(6)
    x, y = rng.random(60), rng.random(60)
    pairs = [set(neighbour_pairs(x, y, disc)) for disc in (0.2, 0.35, 0.5)]
    assert pairs[0] > pairs[1] > pairs[2]


def test_points_on_a_grid_stay_connected() -> None:
    """Many equal distances and right angles: the worst case for ties."""
    x, y = (side.ravel().astype(float) for side in np.meshgrid(np.arange(6), np.arange(6)))
    graph = nx.Graph(neighbour_pairs(x, y))
    assert graph.number_of_nodes() == 36
    assert nx.is_connected(graph)


@pytest.mark.parametrize(("count", "pairs"), [(0, []), (1, []), (2, [(0, 1)])])
def test_few_points(count: int, pairs: list[tuple[int, int]]) -> None:
    at = np.arange(count, dtype=float)
    assert neighbour_pairs(at, at) == pairs


def test_network_is_connected_and_edges_are_complete(twente: Region) -> None:
    assert sorted(twente.graph.nodes) == list(range(len(twente.node_name)))
    assert nx.is_connected(twente.graph)
    roads = twente.roads
    for row in edge_rows(twente.graph):
        a, b = row["a"], row["b"]
        straight = np.hypot(twente.node_x[a] - twente.node_x[b], twente.node_y[a] - twente.node_y[b])
        assert row["km"] == pytest.approx(straight * roads.detour)
        assert row["car_minutes"] == pytest.approx(row["km"] / roads.car_speed[row["kind"]] * 60)
        assert row["bicycle_minutes"] == pytest.approx(row["km"] / roads.bicycle_speed * 60)
        same = twente.node_place[a] == twente.node_place[b]
        both_main = all(twente.places[twente.node_place[k]].main_road for k in (a, b))
        assert row["kind"] == ("street" if same else "main" if both_main else "rural")
    assert {row["kind"] for row in edge_rows(twente.graph)} == set(ROAD_KINDS)


@pytest.mark.parametrize(
    ("matrix", "weight"), [("road_km", "km"), ("car_minutes", "car_minutes"), ("bicycle_minutes", "bicycle_minutes")]
)
def test_matrices_hold_the_shortest_ways(twente: Region, matrix: str, weight: str) -> None:
    found = getattr(twente, matrix)
    n = len(twente.node_name)
    assert found.dtype == np.float32
    assert found.shape == (n, n)
    access = twente.roads.car_access if matrix == "car_minutes" else 0.0
    for source in range(0, n, 7):
        lengths = nx.single_source_dijkstra_path_length(twente.graph, source, weight=weight)
        for target, length in lengths.items():
            expected = length + access if source != target else 0.0
            assert found[source, target] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("matrix", ["road_km", "car_minutes", "bicycle_minutes"])
def test_matrices_are_metrics(twente: Region, matrix: str) -> None:
    d = getattr(twente, matrix)
    assert np.array_equal(d, d.T)
    assert np.all(np.diag(d) == 0)
    assert d[~np.eye(len(d), dtype=bool)].min() > 0
    for k in range(len(d)):
        assert np.all(d <= d[:, [k]] + d[[k], :] + 1e-3)


def test_roads_are_neither_straight_nor_crooked(twente: Region) -> None:
    """Published detours: 1.2 (four Dutch municipalities), 1.34 (300 European cities)."""
    straight = np.hypot(twente.node_x[:, None] - twente.node_x, twente.node_y[:, None] - twente.node_y)
    far = (straight > 5) & (straight < 30)
    detour = twente.road_km[far] / straight[far]
    assert 1.2 <= detour.mean() <= 1.34
    assert detour.max() < 2.0
    assert detour.min() >= 1.2 - 1e-4


def test_car_minutes_are_believable(twente: Region) -> None:
    """Centre to centre. The bounds are general knowledge (grade C), not looked up: they catch errors of a third."""
    name = twente.node_name.index
    for a, b, low, high in (
        ("Enschede 1", "Hengelo 1", 12, 22),
        ("Enschede 1", "Almelo 1", 24, 38),
        ("Oldenzaal 1", "Hengelo 1", 13, 23),
        ("Den Ham", "Losser", 45, 70),
    ):
        assert low <= twente.car_minutes[name(a), name(b)] <= high, (a, b)
