"""Travel between people and facilities: within a town as the crow flies, farther over the network.

Both ends of a journey have a node and a point on the plane. Between points of one node, of one place or of nodes that
an ordinary road joins, the road is the straight line times the detour factor. Elsewhere it is the shortest road between
the two nodes, longer or shorter by how much the two points lie farther apart than the centres of their nodes (times
the detour factor), and never shorter than the straight line. Minutes by car are the access time of a trip plus the
kilometres at the pace of the quickest way between the two nodes, within a node at the pace of a street.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.region.network import Matrix
from sim.region.region import PublishedDistance, Region

__all__ = [
    "DistanceRow",
    "distance_report",
    "journey",
    "load_travel",
    "nearest",
    "node_table",
    "save_travel",
    "travel_minutes",
    "travel_table",
]

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.integer]
Result = npt.NDArray[np.float32]


def travel_minutes(region: Region, distance_km: Floats | float) -> npt.NDArray[np.float64]:
    """Minutes by car door to door over `distance_km` of road within one town."""
    return np.asarray(region.roads.car_access + np.asarray(distance_km, np.float64) * region.roads.street_pace)


def journey(
    region: Region,
    node: Ints,
    x: Floats,
    y: Floats,
    facility_node: Ints,
    facility_x: Floats,
    facility_y: Floats,
    scale: float = 1.0,
) -> tuple[Result, Result]:
    """Road kilometres and car minutes (door to door) from points to facilities; all arguments broadcast.

    Give arrays of length n twice for n pairs, or points as (n, 1) and facilities as (m,) for all n x m journeys.

    Args:
        scale: of the region's inhabitants and practices, for journeys to practices. Ways are shorter by its root: as
            many practices lie within reach as in the whole region. Otherwise people of a thinned region would lack the
            practices that were left out, and lose their GP far more often.
    """
    km, pace = _road(region, _paces(region), node, x, y, facility_node, facility_x, facility_y)
    km = km * np.sqrt(scale)
    return km.astype(np.float32), (region.roads.car_access + km * pace).astype(np.float32)


def _road(
    region: Region,
    paces: npt.NDArray[np.float64],
    node: Ints | int,
    x: Floats,
    y: Floats,
    facility_node: Ints,
    facility_x: Floats,
    facility_y: Floats,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Road km and minutes per km by car; ``paces`` of :func:`_paces`."""
    detour = region.roads.detour
    straight = np.hypot(
        np.asarray(x, np.float64) - np.asarray(facility_x, np.float64),
        np.asarray(y, np.float64) - np.asarray(facility_y, np.float64),
    )
    centres = np.hypot(
        region.node_x[node] - region.node_x[facility_node], region.node_y[node] - region.node_y[facility_node]
    )
    over_network = np.maximum(region.road_km[node, facility_node] + (straight - centres) * detour, straight)
    km = np.where(region.joined[node, facility_node], straight * detour, over_network)
    return km, paces[node, facility_node]


def _paces(region: Region) -> npt.NDArray[np.float64]:
    """Minutes by car per road km between nodes, (N, N); the pace of a street within a node."""
    driving = region.car_minutes.astype(np.float64) - region.roads.car_access
    paces = np.divide(driving, region.road_km, out=np.zeros_like(driving), where=region.road_km > 0)
    np.fill_diagonal(paces, region.roads.street_pace)
    return paces


def nearest(
    region: Region,
    node: Ints,
    x: Floats,
    y: Floats,
    facility_node: Ints,
    facility_x: Floats,
    facility_y: Floats,
    by: Literal["km", "minutes"] = "km",
) -> Result:
    """Road km (or car minutes) from each of n points to the nearest of m facilities, float32 (n,).

    Exact: for each node only facilities are left out that cannot be the nearest for any of its points. Time grows with
    n times the facilities near a node, so all inhabitants of a region are a matter of a second.

    Raises:
        ValueError: there is no facility.
    """
    if len(facility_node) == 0:
        raise ValueError("there is no facility to travel to")
    result = np.empty(len(node), np.float32)
    order = np.argsort(node, kind="stable")
    sorted_node = np.asarray(node)[order]
    starts = np.flatnonzero(np.r_[True, sorted_node[1:] != sorted_node[:-1]]) if len(node) else np.empty(0, np.int64)
    access, paces = region.roads.car_access, _paces(region)
    for rows in np.split(order, starts[1:]):
        if len(rows) == 0:
            continue
        here = int(node[rows[0]])
        px, py = np.asarray(x)[rows], np.asarray(y)[rows]
        new = np.r_[True, (px[1:] != px[:-1]) | (py[1:] != py[:-1])]  # people of one household share an address
        px, py = px[new], py[new]
        centre = region.node_x[here], region.node_y[here]
        km, pace = _road(region, paces, here, *centre, facility_node, facility_x, facility_y)
        # A point r km from the centre is at most r x detour road km nearer to or farther from anything.
        slack = float(np.hypot(px - centre[0], py - centre[1]).max()) * region.roads.detour
        value, spread = (km, np.full_like(km, slack)) if by == "km" else (access + km * pace, slack * pace)
        near = np.flatnonzero(value - spread <= np.min(value + spread) + 1e-6)
        least = np.empty(len(px), np.float32)
        for part in np.array_split(np.arange(len(px)), max(1, len(px) * len(near) // 2_000_000)):
            all_km, all_pace = _road(
                region,
                paces,
                here,
                px[part, None],
                py[part, None],
                facility_node[near],
                facility_x[near],
                facility_y[near],
            )
            values = all_km if by == "km" else access + all_km * all_pace
            least[part] = values.min(axis=1)
        result[rows] = least[np.cumsum(new) - 1]
    return result


@dataclass(frozen=True)
class DistanceRow:
    """Mean road km to the nearest facility in the model, and what is published for it (None where nothing is).

    `area` is a municipality or the region's id; national figures stand with the region, for want of its own.
    """

    facility: Literal["practice", "post"]
    area: str
    people: int
    km: float
    published: PublishedDistance | None


def distance_report(
    region: Region,
    node: Ints,
    x: Floats,
    y: Floats,
    practice_node: Ints,
    practice_x: Floats,
    practice_y: Floats,
) -> list[DistanceRow]:
    """Mean road km from people (n points) to the nearest practice and the nearest post, by municipality and in all.

    Several published figures for one area give several rows. People anywhere in the region count alike. Posts of other
    regions near the border count, as they do in what is published.
    """
    home = region.node_municipality[node]
    names = [municipality.name for municipality in region.municipalities]
    open_ = region.post_open
    rows: list[DistanceRow] = []
    facilities: list[tuple[Literal["practice", "post"], Ints, Floats, Floats]] = [
        ("practice", practice_node, practice_x, practice_y),
        ("post", region.post_node[open_], region.post_x[open_], region.post_y[open_]),
    ]
    for facility, facility_node, facility_x, facility_y in facilities:
        km = nearest(region, node, x, y, facility_node, facility_x, facility_y).astype(np.float64)
        if facility == "post" and region.outside_post_x.size:
            km = _or_outside(region, node, x, y, km)
        people = np.bincount(home, minlength=len(names))
        total = np.bincount(home, weights=km, minlength=len(names))
        areas = [(region.id, "national", len(km), float(km.sum()))]
        areas += [(name, name, int(people[k]), float(total[k])) for k, name in enumerate(names)]
        for area, key, count, sum_km in areas:
            if count == 0:
                continue
            found = [item for item in region.published if (item.facility, item.area) == (facility, key)]
            for published in found or (None,):
                rows.append(DistanceRow(facility, area, count, sum_km / count, published))
    return rows


def _or_outside(
    region: Region, node: Ints, x: Floats, y: Floats, km: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Road km, or those to a post of another region where they are fewer: straight times detour, not over the sea."""
    mainland = np.argmax(np.bincount(region.shore, weights=region.node_population))
    straight = np.full(len(node), np.inf)
    for px, py in zip(region.outside_post_x, region.outside_post_y, strict=True):
        straight = np.minimum(straight, np.hypot(np.asarray(x) - px, np.asarray(y) - py))
    return np.where(region.shore[node] == mainland, np.minimum(km, straight * region.roads.detour), km)


def travel_table(region: Region) -> dict[str, npt.NDArray[np.generic]]:
    """Travel between all nodes as columns: from_node and to_node (int16), road_km, car_minutes, bicycle_minutes."""
    n = len(region.node_name)
    a, b = np.divmod(np.arange(n * n), n)
    return {
        "from_node": a.astype(np.int16),
        "to_node": b.astype(np.int16),
        "road_km": region.road_km.ravel(),
        "car_minutes": region.car_minutes.ravel(),
        "bicycle_minutes": region.bicycle_minutes.ravel(),
    }


def node_table(region: Region) -> dict[str, list[str] | npt.NDArray[np.generic]]:
    """Nodes as columns: number, name, place, municipality, lat, lon (degrees), x, y, radius (km), population, post."""
    lat, lon = region.plane.lat_lon(region.node_x, region.node_y)
    return {
        "node": np.arange(len(region.node_name), dtype=np.int16),
        "name": region.node_name,
        "place": [region.places[k].name for k in region.node_place],
        "municipality": [region.municipalities[k].name for k in region.node_municipality],
        "lat": lat,
        "lon": lon,
        "x": region.node_x,
        "y": region.node_y,
        "radius": region.node_radius,
        "population": region.node_population,
        "post": [region.post_name[k] for k in region.node_post],
    }


def save_travel(region: Region) -> bytes:
    """The three matrices as the bytes of a compressed .npz file, to be kept with results."""
    file = io.BytesIO()
    np.savez_compressed(
        file, road_km=region.road_km, car_minutes=region.car_minutes, bicycle_minutes=region.bicycle_minutes
    )
    return file.getvalue()


def load_travel(data: bytes) -> dict[str, Matrix]:
    """Matrices by name (road_km, car_minutes, bicycle_minutes) from the bytes of `save_travel`."""
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return {name: file[name] for name in ("road_km", "car_minutes", "bicycle_minutes")}
