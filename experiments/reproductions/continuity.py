"""Continuity: how long somebody has had the same GP, and out-of-hours use."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.reproductions.base import Answer, Published, reproduction
from experiments.reproductions.region import baseline
from sim.model import RegionModel
from sim.world.need_draws import OUT_OF_HOURS
from sim.world.needs import age_band_of

_NORWAY = (
    "Sandvik et al., BJGP 72:e84 (2022), 4.55 million people in Norway ({}); the model's curve is set to it, so this is "
    "arithmetic of what is put in, a check that it comes out of the crowd"
)
_SCALE = 0.1
_SEEDS = (1, 2)
_RUN_IN = {"care.run_in_months": 1.0}
_MONTHS = 12
_FIRST = 12  # months with the GP that are the first year
_SOME = (12, 36)
_MANY = (180, 10_000)
_PLANNED = 62
"""Ordinals from here on are no out-of-hours needs."""

Ints = npt.NDArray[np.int64]


class _Crowd(NamedTuple):
    """People of a part of Twente with a usual GP as the year begins, one place each."""

    months: Ints
    stratum: Ints
    used: npt.NDArray[np.bool_]


@cache
def _crowd(seed: int) -> _Crowd:
    ready = baseline()
    model = RegionModel(ready.region, ready.scenario, ready.parameters.replace(_RUN_IN), seed=seed, scale=_SCALE)
    people, begin = model.people, model.first_month
    rows = people.rows[people.usual[people.rows] >= 0]
    uid = people.uid[rows]
    months = begin - people.usual_since[rows].astype(np.int64)
    stratum = 2 * age_band_of(begin - people.birth_month[rows].astype(np.int64)) + people.sex[rows]
    used = np.zeros(rows.size, bool)
    for _ in range(_MONTHS):
        model.advance(1)
        needs = model.needs
        called = needs.row[(needs.ordinal >= OUT_OF_HOURS) & (needs.ordinal < _PLANNED)]
        used |= np.isin(uid, model.people.uid[called])
        while model.today.day != 1:
            model.advance(1)
    return _Crowd(months, np.asarray(stratum, np.int64), used)


def _odds_ratio(crowd: _Crowd, low: int, high: int) -> float:
    """Of any need in the year, with ``low`` to ``high`` months against the first year; Mantel-Haenszel over age and sex."""
    exposed = (crowd.months >= low) & (crowd.months < high)
    first = crowd.months < _FIRST
    above = below = 0.0
    for stratum in np.unique(crowd.stratum):
        here = crowd.stratum == stratum
        a, b = _count(crowd.used, here & exposed)
        c, d = _count(crowd.used, here & first)
        if (size := a + b + c + d) > 0:
            above += a * d / size
            below += b * c / size
    return above / below


def _count(used: npt.NDArray[np.bool_], rows: npt.NDArray[np.bool_]) -> tuple[int, int]:
    yes = int(np.count_nonzero(used[rows]))
    return yes, int(np.count_nonzero(rows)) - yes


@reproduction(
    "Out-of-hours use, two to three years with the same GP against one",
    [],
    Published(0.87, 0.86, 0.88, "odds ratio", _NORWAY.format("I36.1"), ()),
)
def continuity_some_years() -> Answer:
    """A tenth of Twente for a year, two seeds: who has any need out of hours, by months with the usual GP as the year
    begins, Mantel-Haenszel odds ratio over bands of age and sex. A consistency check and no independent one: the
    model's curve is the published one. What could differ is the crowd: frailty that nobody adjusts for, GPs who leave
    and people who move within the year.
    """
    return Answer.of(_odds_ratio(_crowd(seed), *_SOME) for seed in _SEEDS)


@reproduction(
    "Out-of-hours use, more than 15 years with the same GP against one",
    [],
    Published(0.70, 0.69, 0.71, "odds ratio", _NORWAY.format("I36.2"), ()),
)
def continuity_many_years() -> Answer:
    """As above, with more than 15 years. What is still not in the model: whether the association is an effect, and what
    happens to the needs that do not come to the post; they are not asked by day instead.
    """
    return Answer.of(_odds_ratio(_crowd(seed), *_MANY) for seed in _SEEDS)
