"""Continuity: how long somebody has had the same GP, and out-of-hours use."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.reproductions.base import Answer, Published, reproduction
from experiments.reproductions.region import baseline
from sim.model import RegionModel
from sim.world.needs import age_band_of, set_rates

_NORWAY = (
    "Sandvik et al., BJGP 72:e84 (2022), 4.55 million people in Norway, row {}; `continuity.odds` is set to it, so "
    "this is arithmetic of what is put in"
)
_REMARK = (
    "The published odds are put in person by person. The crowd's are nearer to one, as always with odds ratios when "
    "people differ by something that is not adjusted for, here conditions, deprivation and frailty; the study adjusted "
    "for part of these. So the effect in the model is rather too small than too large, and it was not raised to hit "
    "the figure. Whether the association is an effect at all, the model cannot tell."
)
_SCALE = 0.1
_SEEDS = (1, 2)
_RUN_IN = {"care.run_in_months": 3.0}
_FIRST_YEAR = (0, 12)
_SOME_YEARS = (12, 36)
_MANY_YEARS = (180, 100_000)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class _Crowd(NamedTuple):
    """People of a part of Twente with a usual GP at the start."""

    months: Ints
    """With the GP."""
    stratum: Ints
    """Band of age, and sex."""
    chance: Floats
    """Of any out-of-hours need in a year."""


@cache
def _crowd(seed: int) -> _Crowd:
    ready = baseline()
    model = RegionModel(ready.region, ready.scenario, ready.parameters.replace(_RUN_IN), seed=seed, scale=_SCALE)
    people, month = model.people, model.first_month
    set_rates(people, model.needs_tables, model.norm, month)
    model.continuity.apply(people, month)
    rows = people.rows[people.usual[people.rows] >= 0]
    band = age_band_of(month - people.birth_month[rows].astype(np.int64))
    return _Crowd(
        month - people.usual_since[rows].astype(np.int64),
        2 * band + people.sex[rows],
        -np.expm1(-12.0 * people.rate_ooh[rows].astype(np.float64)),
    )


def _odds_ratio(crowd: _Crowd, months: tuple[int, int]) -> float:
    """Of any need in a year, against the first year with the GP: Mantel-Haenszel over bands of age, and sex."""
    above = below = 0.0
    for stratum in np.unique(crowd.stratum):
        here = crowd.stratum == stratum
        (a, b), (c, d) = (_expected(crowd, here, span) for span in (months, _FIRST_YEAR))
        if (size := a + b + c + d) > 0.0:
            above += a * d / size
            below += b * c / size
    return above / below


def _expected(crowd: _Crowd, here: npt.NDArray[np.bool_], months: tuple[int, int]) -> tuple[float, float]:
    """People who are expected to have a need, and not to."""
    chance = crowd.chance[here & (crowd.months >= months[0]) & (crowd.months < months[1])]
    return float(chance.sum()), float((1.0 - chance).sum())


@reproduction(
    "Out-of-hours use, two to three years with the same GP against one",
    [],
    Published(0.87, 0.86, 0.88, "odds ratio", _NORWAY.format("I36.1"), ()),
    expected="larger",
    remark=_REMARK,
)
def continuity_some_years() -> Answer:
    """As for more than 15 years, with people who have had the usual GP for one to three years."""
    return Answer.of(_odds_ratio(_crowd(seed), _SOME_YEARS) for seed in _SEEDS)


@reproduction(
    "Out-of-hours use, more than 15 years with the same GP against one",
    [],
    Published(0.70, 0.69, 0.71, "odds ratio", _NORWAY.format("I36.2"), ()),
    expected="larger",
    remark=_REMARK,
)
def continuity_many_years() -> Answer:
    """People of a tenth of Twente at the start, two seeds: chance of any out-of-hours need in a year by time with the
    usual GP, Mantel-Haenszel odds ratio over bands of age, and sex. A check of consistency, not of truth: the curve by
    years is put in; that it comes out of people who differ, at published rates by age, is what is seen. In the
    model whoever has to begin with another GP, since the own one leaves or the practice closes, has the odds of the
    first year again.
    """
    return Answer.of(_odds_ratio(_crowd(seed), _MANY_YEARS) for seed in _SEEDS)
