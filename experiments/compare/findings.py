"""From the runs' numbers to what a comparison tells: contrasts, groups, courses, spreads and costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from experiments.compare.comparison import Contrast, Costs, Course, Estimate, GroupContrast, Spread
from experiments.compare.samples import GroupSamples, Samples
from experiments.compare.statistics import contrast, estimate, quotient, spreads
from experiments.compare.wording import with_sentences
from sim.indicators.catalogue import INDICATORS

__all__ = ["REGISTERED", "contrasts", "costs", "courses", "gaps", "group_contrasts", "spreads_of"]

type Values = npt.NDArray[np.float64]
type Sets = npt.NDArray[np.int64]

REGISTERED = ("inhabitants", "without_gp")
"""Indicators whose difference is the number of people with a GP."""


def contrasts(samples: Samples, arms: Sequence[str], window: int, sets: Sets) -> list[Contrast]:
    """Every indicator of every scenario against the first.

    Args:
        samples: of the runs.
        arms: names of the scenarios, the base first.
        window: years at the end that are taken together.
        sets: number of the parameter set of each pair.
    """
    found = []
    for at, arm in enumerate(arms[1:], 1):
        for name in samples.names:
            values = samples.end(name, window)
            one = contrast(name, arm, values[0], values[at], sets, INDICATORS[name].better)
            found.append(with_sentences(one, arms[0], arm))
    return found


def group_contrasts(
    groups: GroupSamples, names: Mapping[int, tuple[str, str]], arms: Sequence[str], window: int, sets: Sets
) -> list[GroupContrast]:
    """The same in each group, where the indicator has a number there; ``names`` are Dutch and English by group."""
    found = []
    for key, samples in zip(groups.keys, groups.groups, strict=True):
        nl, en = names.get(key, (str(key), str(key)))
        for one in contrasts(samples, arms, window, sets):
            if one.difference.n:
                found.append(GroupContrast(groups.by, key, nl, en, one))
    return found


def courses(samples: Samples, arms: Sequence[str], sets: Sets) -> list[Course]:
    """Every indicator over the years in every scenario."""
    return [
        _course(name, arm, samples.years, runs, sets)
        for name, value in zip(samples.names, samples.value, strict=True)
        for arm, runs in zip(arms, value, strict=True)
    ]


def gaps(samples: Samples, arms: Sequence[str], sets: Sets) -> list[Course]:
    """Every indicator's difference from the base over the years, pair by pair, in every other scenario."""
    return [
        _course(name, arm, samples.years, runs - value[0], sets)
        for name, value in zip(samples.names, samples.value, strict=True)
        for arm, runs in zip(arms[1:], value[1:], strict=True)
    ]


def _course(name: str, arm: str, years: tuple[int, ...], runs: Values, sets: Sets) -> Course:
    by_year = [estimate(runs[:, year], sets) for year in range(len(years))]
    mean, low, high = (tuple(getattr(one, end) for one in by_year) for end in ("mean", "low", "high"))
    return Course(name, arm, years, mean, low, high)


def spreads_of(samples: Samples, arms: Sequence[str], window: int, sets: Sets) -> list[Spread]:
    """How far the worlds differ in their differences, by chance and by parameter set."""
    found = []
    for at, arm in enumerate(arms[1:], 1):
        for name in samples.names:
            values = samples.end(name, window)
            found.append(Spread(name, arm, *spreads(values[at] - values[0], sets)))
    return found


def costs(paid: Mapping[str, Values], care: Values, samples: Samples, arms: Sequence[str], sets: Sets) -> list[Costs]:
    """What each scenario's interventions cost more than the base's, and for what gain in people with a GP.

    Args:
        paid: euro over the period by payer, each (scenarios, pairs).
        care: euro over the period that insurers paid for GP care (scenarios, pairs).
        samples: of the runs, with the indicators ``REGISTERED``.
        arms: names of the scenarios, the base first.
        sets: number of the parameter set of each pair.
    """
    people, without = (samples.value[samples.names.index(name)] for name in REGISTERED)
    registered = people - without  # (scenarios, pairs, years)
    found = []
    for at, arm in enumerate(arms[1:], 1):
        more = {payer: euro[at] - euro[0] for payer, euro in sorted(paid.items())}
        total: Values = sum(more.values(), np.zeros(len(sets)))
        extra = registered[at] - registered[0]
        found.append(
            Costs(
                arm=arm,
                by_payer={payer: estimate(euro, sets) for payer, euro in more.items() if euro.any()},
                total=estimate(total, sets),
                extra_registered=estimate(extra.mean(axis=1), sets),
                per_extra_registered=_per_extra(total, extra.sum(axis=1), sets),
                care=estimate(care[at] - care[0], sets),
            )
        )
    return found


def _per_extra(total: Values, person_years: Values, sets: Sets) -> Estimate:
    known = ~np.isnan(person_years)
    return quotient(total[known], person_years[known], sets[known])
