"""Which municipality each place of the gazetteer belongs to, where only centres and totals are known.

A place goes to the nearest centre of its province, where a centre is the middle of the municipality or the place of its
name, with a head start for municipalities that would otherwise have too few inhabitants (a power diagram, Aurenhammer
1987, with the head starts found step by step). Held against the 453 places of five regions whose municipality is known:
83 % of the places and 94 % of their inhabitants are put where they belong; by plain distance 84 and 90 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from experiments.region_new.gazetteer import Found

__all__ = ["Town", "towns_of"]

_KM_PER_DEGREE = (111.3, 68.2)
"""Of latitude, and of longitude at 52 degrees."""
_FAR = 1e6
_STEPS, _STEP, _FADE, _MOST = 300, 0.3, 0.99, 6.0
"""Steps to the head starts: their number, the first one and how it fades, and the largest head start, in km."""
_SMALL = 500.0
"""Persons below which a gap counts for little."""

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Town:
    """A municipality: name, province, middle in degrees (WGS 84), inhabitants."""

    name: str
    province: str
    lat: float
    lon: float
    population: int


def towns_of(places: Sequence[Found], towns: Sequence[Town]) -> list[int]:
    """Number of the municipality of each place, -1 where its province has none."""
    where = np.array([[one.lat, one.lon] for one in places])
    people = np.array([one.population for one in places], np.float64)
    wanted = np.array([one.population for one in towns], np.float64)
    km = _distances(places, towns, where)
    start = np.zeros(len(towns))
    for step in range(_STEPS):
        got = np.bincount((km - start).argmin(axis=1), people, len(towns))
        lack = np.clip(np.log((wanted + _SMALL) / (got + _SMALL)), -1.0, 1.0)
        start = np.clip(start + _STEP * _FADE**step * lack, -_MOST, _MOST)
    found = (km - start).argmin(axis=1)
    out = km[np.arange(len(places)), found] >= _FAR
    return [int(k) for k in np.where(out, -1, found)]


def _distances(places: Sequence[Found], towns: Sequence[Town], where: Array) -> Array:
    """Kilometres from each place to each municipality, (places, towns)."""
    middle = np.array([[one.lat, one.lon] for one in towns])
    km = _kilometres(where, middle)
    other = np.array([one.province for one in places])[:, None] != np.array([one.province for one in towns])[None, :]
    number = {(one.name.lower(), one.province): k for k, one in enumerate(towns)}
    named: dict[int, int] = {}
    for i, place in enumerate(places):
        k = number.get((place.name.lower(), place.province))
        if k is not None and (k not in named or km[i, k] < km[named[k], k]):
            named[k] = i
    for k, i in named.items():
        km[:, k] = np.minimum(km[:, k], _kilometres(where, where[i : i + 1])[:, 0])
    for k, i in named.items():
        km[i] = _FAR
        km[i, k] = 0.0
    return np.where(other, _FAR, km)


def _kilometres(one: Array, other: Array) -> Array:
    apart = (one[:, None, :] - other[None, :, :]) * np.array(_KM_PER_DEGREE)
    return np.asarray(np.hypot(apart[:, :, 0], apart[:, :, 1]), np.float64)
