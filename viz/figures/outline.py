"""Sketched outlines of municipalities: the land nearer to one of their places than to another's.

No borders are known without a file of them; the cells are a sketch and are called one on the screen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.region import Region

if TYPE_CHECKING:
    from scipy.spatial import Voronoi  # takes more than half a second

__all__ = ["OutlineError", "outlines_from", "sketched", "spiral"]

_AROUND = 4.5  # km: how far the sketch goes beyond its outermost places
_GRID = 1.5  # km between the points that hold it in


class OutlineError(ValueError):
    """A file of outlines cannot be used; the message is one line."""


def sketched(region: Region) -> dict[str, Any]:
    """GeoJSON with one feature a municipality, by name, in degrees.

    Args:
        region: with the coordinates of its places.
    """
    from scipy.spatial import Voronoi

    places = np.array([(place.x, place.y) for place in region.places])
    owner = np.array([place.municipality for place in region.places])
    places, owner = _apart(places, owner)
    around = _around(places)
    cells = Voronoi(np.vstack((places, around)))
    features = []
    for number, town in enumerate(region.municipalities):
        rings = _rings(cells, np.flatnonzero(owner == number))
        shapes = [[[_degrees(region, *cells.vertices[at]) for at in (*ring, ring[0])]] for ring in rings]
        features.append(
            {
                "type": "Feature",
                "properties": {"name": town.name},
                "geometry": {"type": "MultiPolygon", "coordinates": shapes},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _apart(places: npt.NDArray[Any], owner: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Each spot once: two places on one spot have no cell each."""
    _, first = np.unique(np.round(places, 3), axis=0, return_index=True)
    kept = np.sort(first)
    return places[kept], owner[kept]


def _around(places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Points all around, so that every cell of a place ends."""
    from scipy.spatial import cKDTree

    low, high = places.min(axis=0) - 3 * _AROUND, places.max(axis=0) + 3 * _AROUND
    xs, ys = np.arange(low[0], high[0], _GRID), np.arange(low[1], high[1], _GRID)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    far = cKDTree(places).query(grid)[0]
    inside = _within(grid, places)
    return np.asarray(grid[(far > _AROUND) & ~inside])


def _within(points: npt.NDArray[Any], places: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Which points lie between the places: land without a village is not outside the region."""
    from scipy.spatial import Delaunay

    hull = Delaunay(places)
    corner = places[hull.simplices]
    longest = np.sqrt(((corner - np.roll(corner, 1, axis=1)) ** 2).sum(axis=2)).max(axis=1)
    found = hull.find_simplex(points)
    return np.asarray((found >= 0) & (longest[found] < 16.0))


def _rings(cells: Voronoi, points: npt.NDArray[Any]) -> list[list[int]]:
    """Borders of cells together: an edge between two of them is none."""
    seen: set[tuple[int, int]] = set()
    for point in points:
        corner = _turned(cells, cells.regions[cells.point_region[point]])
        seen.update(zip(corner, corner[1:] + corner[:1], strict=True))
    loose = [(a, b) for a, b in seen if (b, a) not in seen]
    follow: dict[int, list[int]] = {}
    for a, b in loose:
        follow.setdefault(a, []).append(b)
    rings = []
    while follow:
        begin = next(iter(follow))
        ring, at = [begin], begin
        while True:
            onward = follow[at].pop()
            if not follow[at]:
                del follow[at]
            if onward == begin:
                break
            ring.append(onward)
            at = onward
        rings.append(ring)
    return rings


def _turned(cells: Voronoi, corner: Sequence[int]) -> list[int]:
    """Corners of a cell, counter-clockwise."""
    xy = cells.vertices[list(corner)]
    middle = xy.mean(axis=0)
    order = np.argsort(np.arctan2(xy[:, 1] - middle[1], xy[:, 0] - middle[0]))
    return [int(corner[k]) for k in order]


def _degrees(region: Region, x: float, y: float) -> list[float]:
    lat, lon = region.plane.lat_lon(np.asarray(x), np.asarray(y))
    return [round(float(lon), 4), round(float(lat), 4)]


def outlines_from(file: Path, names: Sequence[str]) -> dict[str, Any]:
    """Outlines of municipalities from a GeoJSON file of the user's.

    Args:
        file: a FeatureCollection whose features have a property that names the municipality.
        names: those that are needed.

    Raises:
        OutlineError: it cannot be read, or a municipality is missing.
    """
    found = {}
    try:
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            said = {value for value in (feature.get("properties") or {}).values() if isinstance(value, str)}
            for name in said & set(names):
                found[name] = {"type": "Feature", "properties": {"name": name}, "geometry": feature["geometry"]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise OutlineError(f"{file}: no GeoJSON with features ({error})") from None
    if missing := sorted(set(names) - set(found)):
        raise OutlineError(f"{file}: no outline is called {', '.join(missing[:3])}")
    return {"type": "FeatureCollection", "features": [found[name] for name in names]}


def spiral(count: int, lat: float, lon: float, km: float = 0.45) -> list[tuple[float, float]]:
    """Spots around a place for things that lie there: (lon, lat), the first in the middle."""
    spots = []
    for k in range(count):
        far, turn = km * math.sqrt(k), k * 2.399963
        spots.append(
            (lon + far * math.cos(turn) / (111.3 * math.cos(math.radians(lat))), lat + far * math.sin(turn) / 111.3)
        )
    return spots
