"""Where people live: the regional plane, and places split into nodes (a place, or a district of a larger town)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["EARTH_RADIUS_KM", "Density", "Nodes", "Plane", "Town", "built_up_radius", "great_circle_km", "make_nodes"]

Floats = npt.NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth."""

_GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))


@dataclass(frozen=True)
class Plane:
    """The regional plane: kilometres east (x) and north (y) of an origin, by local equirectangular projection.

    Over a region of 100 km the distances differ from great circles by less than 0.5 %.
    """

    lat: float
    lon: float

    def x(self, lon: Floats | float) -> Floats:
        """Kilometres east of the origin."""
        return np.asarray(EARTH_RADIUS_KM * math.cos(math.radians(self.lat)) * np.radians(np.asarray(lon) - self.lon))

    def y(self, lat: Floats | float) -> Floats:
        """Kilometres north of the origin."""
        return np.asarray(EARTH_RADIUS_KM * np.radians(np.asarray(lat) - self.lat))

    def lat_lon(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Latitude and longitude in degrees of points of the plane (for maps)."""
        lat = self.lat + np.degrees(np.asarray(y) / EARTH_RADIUS_KM)
        lon = self.lon + np.degrees(np.asarray(x) / (EARTH_RADIUS_KM * math.cos(math.radians(self.lat))))
        return lat, lon


def great_circle_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance between two points in degrees (haversine)."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True)
class Town:
    """What the layout needs to know of a place: centre on the plane (km), inhabitants, number of its municipality."""

    name: str
    municipality: int
    x: float
    y: float
    population: int


@dataclass(frozen=True)
class Nodes:
    """Nodes in the order of their places; arrays of length N.

    Attributes:
        name: a place's name, or name and number of a district ("Enschede 3").
        place, municipality: int16 row of the place and of the municipality.
        population: int32 inhabitants; they add up to the places' exactly.
        x, y: float64 centre on the plane in km.
        radius: float64 km, radius of the disc over which inhabitants are scattered.
    """

    name: list[str]
    place: npt.NDArray[np.int16]
    municipality: npt.NDArray[np.int16]
    population: npt.NDArray[np.int32]
    x: Floats
    y: Floats
    radius: Floats


@dataclass(frozen=True)
class Density:
    """Built-up density (inhabitants per km2): `village` up to a size, `town` from a size on, in between by log size."""

    village: float
    village_up_to: float
    town: float
    town_from: float

    def of(self, population: float) -> float:
        """Density of a place with `population` inhabitants."""
        if self.village_up_to >= self.town_from:
            return self.town if population > self.town_from else self.village
        part = math.log(population / self.village_up_to) / math.log(self.town_from / self.village_up_to)
        part = min(1.0, max(0.0, part))
        return self.village * math.exp(part * math.log(self.town / self.village))


def built_up_radius(population: float, density: float) -> float:
    """Radius in km of a disc that holds `population` at `density` inhabitants per km2."""
    return math.sqrt(population / (density * math.pi))


def make_nodes(
    towns: Sequence[Town],
    *,
    split_from: float,
    district_size: float,
    density: Density,
) -> Nodes:
    """Split places over `split_from` inhabitants into districts of about `district_size`; others are one node.

    Districts lie in a sunflower pattern inside the built-up disc of the town, which gives each the same area without
    gaps and needs no draw; inhabitants are divided evenly, the remainder going to the inner districts.
    """
    name: list[str] = []
    place, municipality, population = [], [], []
    xs, ys, radii = [], [], []
    for row, town in enumerate(towns):
        split = town.population > split_from
        count = max(2, round(town.population / district_size)) if split else 1
        radius = built_up_radius(town.population, density.of(town.population))
        share, rest = divmod(town.population, count)
        for k in range(count):
            out = radius * math.sqrt((k + 0.5) / count) if split else 0.0
            name.append(f"{town.name} {k + 1}" if split else town.name)
            place.append(row)
            municipality.append(town.municipality)
            population.append(share + (k < rest))
            xs.append(town.x + out * math.cos(k * _GOLDEN_ANGLE))
            ys.append(town.y + out * math.sin(k * _GOLDEN_ANGLE))
            radii.append(radius / math.sqrt(count))
    return Nodes(
        name,
        np.array(place, np.int16),
        np.array(municipality, np.int16),
        np.array(population, np.int32),
        np.array(xs, np.float64),
        np.array(ys, np.float64),
        np.array(radii, np.float64),
    )
