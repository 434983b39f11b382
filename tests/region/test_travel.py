"""Travel between points: rules at the edges, the exact nearest, and distances held against published ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.parameters import Parameters
from sim.region import Region, load_region
from sim.region.travel import (
    distance_report,
    journey,
    load_travel,
    nearest,
    node_table,
    save_travel,
    travel_minutes,
    travel_table,
)
from tests.region.islands import make_islands
from tests.region.scatter import inhabitants, practices


def at(region: Region, name: str, dx: float = 0.0, dy: float = 0.0) -> tuple[int, float, float]:
    node = region.node_name.index(name)
    return node, float(region.node_x[node] + dx), float(region.node_y[node] + dy)


def test_within_a_village_the_way_is_straight_times_detour(twente: Region) -> None:
    km, minutes = journey(twente, *at(twente, "Losser", 0.3, 0.4), *at(twente, "Losser"))
    assert km == pytest.approx(0.5 * 1.2)
    assert minutes == pytest.approx(2 + 0.6 / 35 * 60)
    assert minutes == pytest.approx(float(travel_minutes(twente, 0.6)))
    assert km.dtype == minutes.dtype == np.float32


def test_between_districts_of_a_town_the_way_is_straight_times_detour(twente: Region) -> None:
    a, b = at(twente, "Enschede 11"), at(twente, "Enschede 12")
    assert not twente.graph.has_edge(a[0], b[0])
    km, minutes = journey(twente, *a, *b)
    assert km == pytest.approx(1.2 * np.hypot(a[1] - b[1], a[2] - b[2]), rel=1e-5)
    assert minutes > float(travel_minutes(twente, km)) * 0.6


def test_far_away_the_way_follows_the_network(twente: Region) -> None:
    a, b = at(twente, "Den Ham"), at(twente, "Losser")
    km, minutes = journey(twente, *a, *b)
    assert km == pytest.approx(twente.road_km[a[0], b[0]], rel=1e-5)
    assert minutes == pytest.approx(twente.car_minutes[a[0], b[0]], rel=1e-5)
    nearer = at(twente, "Den Ham", 0.6, -0.5)  # a kilometre along the way
    shorter, _ = journey(twente, *nearer, *b)
    straight = [np.hypot(p[1] - b[1], p[2] - b[2]) for p in (a, nearer)]
    assert km - shorter == pytest.approx(1.2 * (straight[0] - straight[1]), rel=1e-3)


def test_no_road_is_shorter_than_straight(twente: Region) -> None:
    node, x, y = inhabitants(twente, one_in=2000)
    km, minutes = journey(twente, node[:, None], x[:, None], y[:, None], node, x, y)
    straight = np.hypot(x[:, None] - x, y[:, None] - y)
    assert np.all(km >= straight - 1e-4)
    assert np.allclose(km, km.T, atol=1e-4)
    assert np.all(minutes >= 2 + km / 75 * 60 - 1e-3)
    assert np.all(minutes <= 2 + km / 28 * 60 + 1e-3)


def test_sea_is_not_crossed_as_the_crow_flies(tmp_path: Path, shipped: Parameters) -> None:
    region = load_region(make_islands(tmp_path), shipped)
    km, minutes = journey(region, *at(region, "West"), *at(region, "Quay"))
    assert km == pytest.approx(17)
    assert minutes == pytest.approx(52)
    node, x, y = inhabitants(region, one_in=10)
    found = nearest(region, node, x, y, region.post_node, region.post_x, region.post_y, "minutes")
    assert found.max() < 40, "each island has its own post"


@pytest.mark.parametrize("by", ["km", "minutes"])
def test_nearest_is_exact(twente: Region, by: str) -> None:
    node, x, y = inhabitants(twente, one_in=211)
    where = practices(twente, 60)
    km, minutes = journey(twente, node[:, None], x[:, None], y[:, None], *where)
    expected = (km if by == "km" else minutes).min(axis=1)
    found = nearest(twente, node, x, y, *where, by="km" if by == "km" else "minutes")
    assert found.dtype == np.float32
    assert np.allclose(found, expected, rtol=1e-6)
    shuffled = np.random.default_rng(4).permutation(len(node))
    again = nearest(twente, node[shuffled], x[shuffled], y[shuffled], *where, by="km" if by == "km" else "minutes")
    assert np.array_equal(again, found[shuffled])


def test_nearest_of_nobody_and_of_nothing(twente: Region) -> None:
    none = np.empty(0, np.int16), np.empty(0), np.empty(0)
    assert nearest(twente, *none, *practices(twente, 3)).shape == (0,)
    with pytest.raises(ValueError, match="no facility"):
        nearest(twente, *inhabitants(twente, one_in=10_000), *none)


def test_distances_against_published_ones(twente: Region) -> None:
    """With 176 practices where people are. Nationally 1.1 km (2022) to a practice; Borne 1.1 and 6.0 km (2014)."""
    rows = distance_report(twente, *inhabitants(twente, one_in=5), *practices(twente, 176))
    km = {(row.facility, row.area): row.km for row in rows}
    assert 0.7 <= km["practice", "twente"] <= 1.4
    assert 0.5 <= km["practice", "Borne"] <= 1.7
    assert 5.0 <= km["post", "Borne"] <= 7.5
    assert km["practice", "Enschede"] < km["practice", "Tubbergen"], "nearer in the city than in the country"
    derived = [row for row in rows if row.published is not None and row.published.grade == "C"]
    assert len(derived) == 13
    inside = [
        row.published.low <= row.km <= row.published.high for row in derived if row.published and row.published.low
    ]
    assert sum(inside) >= 10
    assert all(row.km / row.published.km < 1.6 for row in derived if row.published)
    assert sum(row.people for row in rows if row.facility == "post" and row.area != "twente") >= 633_917 // 5
    national = [
        row.published.km for row in rows if row.facility == "practice" and row.area == "twente" and row.published
    ]
    assert national == [1.1, 1.0]


def test_nearly_everyone_is_within_half_an_hour_of_a_post(twente: Region) -> None:
    node, x, y = inhabitants(twente, one_in=20)
    minutes = nearest(twente, node, x, y, twente.post_node, twente.post_x, twente.post_y, "minutes")
    assert (minutes <= 30).mean() > 0.9, "the Dutch norm is 90 %"
    assert (minutes <= 10).mean() < 0.9


def test_tables_and_saved_matrices(twente: Region) -> None:
    n = len(twente.node_name)
    table = travel_table(twente)
    assert {len(column) for column in table.values()} == {n * n}
    k = 17 * n + 40
    assert (table["from_node"][k], table["to_node"][k]) == (17, 40)
    assert table["road_km"][k] == twente.road_km[17, 40]
    nodes = node_table(twente)
    assert {len(column) for column in nodes.values()} == {n}
    i = twente.node_name.index("Losser")
    assert (nodes["lat"][i], nodes["lon"][i]) == (pytest.approx(52.26083), pytest.approx(7.00417))
    saved = load_travel(save_travel(twente))
    for name in ("road_km", "car_minutes", "bicycle_minutes"):
        assert np.array_equal(saved[name], getattr(twente, name))
