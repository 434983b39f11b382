"""How many men and women of each age live in each municipality at the start.

The municipal age bands (1 January of the region's population date) are carried to the day that the region describes,
1 January 2025 for most, by the national change of each band; the inhabitants' number stays that of the region's files.
Within a band the five-year table of the whole region gives the shape: below 45 as it is (students keep coming), from 45
on aged to that day with the survivors of each cohort. Only people of 15-19 follow the number of children of their
municipality, so that the surplus of a student town lies at 20-24. Women's share by age is the national one. Everything
is rounded so that municipal totals are exact.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.region.curves import AGES, by_year
from sim.region.region import AGE_BAND_STARTS, Region

__all__ = ["age_targets", "largest_remainder", "municipal_bands"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_CHANGE_YEARS = 3.0  # the parameter age_change runs from 2022 to 2025
_AGED_FROM = 45
_TEENS, _STUDENTS = 15, 20


def largest_remainder(targets: Floats, total: int) -> Ints:
    """Whole numbers near ``targets`` (k,), adding up to ``total``; the largest remainders are rounded up."""
    scaled = targets * (total / targets.sum())
    whole = np.floor(scaled).astype(np.int64)
    rest = total - int(whole.sum())
    order = np.argsort(-(scaled - whole), kind="stable")
    whole[order[:rest]] += 1
    return whole


def municipal_bands(region: Region, parameters: Parameters) -> Floats:
    """Share of each of the seven age bands in each municipality (M, 7) on the day of the start; rows add to one."""
    shares = np.array([municipality.ages for municipality in region.municipalities], np.float64)
    years = (region.describes - region.population_date).days / 365.25
    shares = shares * parameters.column("demography.age_change") ** (years / _CHANGE_YEARS)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _aged_table(region: Region, parameters: Parameters) -> Floats:
    """The region's five-year table with the cohorts from 45 on moved to the start, less their deaths on the way."""
    start = region.ages.start.astype(np.int64)
    persons = region.ages.persons.astype(np.float64)
    table_year = next((s.year for s in region.sources if s.file == "ages.csv"), region.population_date.year)
    survival = (
        1.0 - (by_year(parameters, "demography.death_men") + by_year(parameters, "demography.death_women")) / 2000.0
    )
    single = np.zeros(AGES)
    for k in range(start.size):
        last = start[k + 1] if k + 1 < start.size else AGES
        weight = np.cumprod(survival[start[k] : last])
        single[start[k] : last] = persons[k] * weight / weight.sum()
    for _ in range(max(0, region.describes.year - table_year)):
        older = single * survival
        single[1:] = older[:-1]
        single[-1] += older[-1]
    aged = np.add.reduceat(single, start)
    return np.where(start >= _AGED_FROM, aged, persons)


def _split_youth(start: Ints, part: Floats, teens: float) -> Floats:
    """Shares within the band 15-24 with ``teens`` of it below 20 (between a third and two thirds)."""
    young = start < _STUDENTS
    teens = min(max(teens, 1.0 / 3.0), 2.0 / 3.0)
    return np.where(young, part * teens / part[young].sum(), part * (1.0 - teens) / part[~young].sum())


def age_targets(region: Region, parameters: Parameters, population: Ints) -> Ints:
    """Persons by municipality, row of ``region.ages`` and sex (M, A, 2), adding up to ``population`` (M,)."""
    start = region.ages.start.astype(np.int64)
    shape = _aged_table(region, parameters)
    edges = np.searchsorted(start, AGE_BAND_STARTS)
    if not np.array_equal(start[edges], AGE_BAND_STARTS):
        raise ValueError(f"the five-year ages of region {region.id!r} do not nest in the bands of its municipalities")
    women = by_year(parameters, "demography.women_share")[start]
    within = shape / np.repeat(np.add.reduceat(shape, edges), np.diff(np.append(edges, start.size)))
    bands = municipal_bands(region, parameters)
    children = float(shape[start < _TEENS].sum())
    per_child = float(shape[(start >= _TEENS) & (start < _STUDENTS)].sum()) / children
    out = np.zeros((population.size, start.size, 2), np.int64)
    for m in range(population.size):
        if population[m] == 0:
            continue
        # two steps keep the published bands exact to one person, whatever the rounding within them
        counts = largest_remainder(bands[m], int(population[m]))
        for k, first in enumerate(edges):
            last = edges[k + 1] if k + 1 < edges.size else start.size
            if counts[k] == 0:
                continue
            part = within[first:last]
            if AGE_BAND_STARTS[k] == _TEENS:
                part = _split_youth(start[first:last], part, counts[0] * per_child / counts[k])
            cells = np.stack([part * (1.0 - women[first:last]), part * women[first:last]])
            out[m, first:last] = largest_remainder(cells.ravel(), int(counts[k])).reshape(cells.shape).T
    return out
