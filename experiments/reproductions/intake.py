"""Training intake: what a doubling of the places comes to, and when."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import mesa
import numpy as np

from experiments.reproductions.base import Answer, Published, reproduction
from experiments.reproductions.region import baseline, in_force
from sim.agents.trainee import Trainee
from sim.dates import month_of
from sim.parameters import Parameters
from sim.workforce.training import begin_training, drops_out, settling_chance

_YEARS = 12
_STEADY = slice(6, 12)
_SEEDS = range(1, 6)
_PREMISES = {"training.fill_extra": 1.0, "training.settle": 0.6, "training.settle_causal": 1.0}
_SOURCE = "14 places (1Twente, about 2019), .922 complete (SBOH 2021), .48 to .70 stay (UK, 2013), .62 FTE (Nivel 2009)"


def _with(p: Parameters, values: Mapping[str, Any]) -> Parameters:
    """A copy in which the premises of a published calculation hold, even beyond what the evidence allows."""
    return Parameters({**p.entries, **{k: p[k].model_copy(update={"value": v}) for k, v in values.items()}})


def _fte_by_year(p: Parameters, seed: int) -> np.ndarray:
    """FTE of graduates who settle in each year after the first intake, at load 1 (12,)."""
    region = baseline().region
    people = region.node_population.astype(np.int64)
    model, start = mesa.Model(rng=1), month_of(baseline().scenario.start)
    level = p.column("careers.entry_fte")
    present: list[Trainee] = []
    fte = np.zeros(_YEARS)
    for month in range(start, start + 12 * _YEARS):
        stop = drops_out(present, month, seed, p) if present else np.zeros(0, bool)
        present = [one for one, drops in zip(present, stop, strict=True) if not drops]
        done = [one for one in present if one.diploma_month <= month]
        for one in done:
            chance = float(settling_chance([one.tie], 1.0, p)[0])
            fte[(month - start) // 12] += chance * (level[0] - level[1] * one.sex)
        present = [one for one in present if one.diploma_month > month]
        present += begin_training(model, region, month, people, seed, p)
    return fte


@cache
def _extra(premises: bool) -> tuple[np.ndarray, ...]:
    """Extra FTE by year of a doubled intake, one row a seed."""
    values = _PREMISES if premises else {}
    today, double = (_with(p, values) for p in (baseline().parameters, in_force("training_intake")))
    return tuple(_fte_by_year(double, seed) - _fte_by_year(today, seed) for seed in _SEEDS)


@reproduction(
    "Doubled training intake in Twente, if all places fill and 60 % stay",
    ["training_intake"],
    Published(4.8, 3.8, 5.6, "extra FTE of new GPs a year", f"Derived: {_SOURCE}", ("I15.10", "I16.2")),
)
def intake_if_filled() -> Answer:
    """Twelve years of training in Twente with twice the places, less the same with today's: FTE of those who settle,
    a year, from year seven on, over five seeds. The premises of the published arithmetic are put in (all extra places
    filled, 60 % stay for whatever reason); length, part time, drop-out and hours are the model's. A check of the
    pipeline's arithmetic, not of its premises.
    """
    return Answer.of(float(each[_STEADY].mean()) for each in _extra(premises=True))


@reproduction(
    "Doubled training intake in Twente, with the model's assumptions on applicants and on who stays",
    ["training_intake"],
    Published(4.8, 3.8, 5.6, "extra FTE of new GPs a year", f"Derived: {_SOURCE}", ("I15.10", "I16.2")),
    expected="smaller",
    remark="Of the extra places 40 % fill, since applicants are short, and of those on them 25 % stay: only the causal "
    "part of the effect of the training region holds for those who did not choose it. The published arithmetic is "
    "what would come of the plan if neither were so.",
)
def intake_as_assumed() -> Answer:
    """As in the case where all places fill, with the shipped settings of `training_intake` and nothing put in."""
    return Answer.of(float(each[_STEADY].mean()) for each in _extra(premises=False))


@reproduction(
    "First year in which a doubled intake adds an independent GP",
    ["training_intake"],
    Published(4.0, 4.0, 5.0, "year after the first intake", "Three years of training (RTV Drenthe 2021)", ("I15.2",)),
)
def intake_first_year() -> Answer:
    """The first year with any extra FTE in the case where all places fill. Follows from the length of the training in
    the model, 36 months and 40 in part time.
    """
    return Answer.of(float(np.flatnonzero(np.abs(each) > 1e-9)[0] + 1) for each in _extra(premises=True))
