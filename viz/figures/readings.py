"""From the glances of an answer to lines, spots and towns: means and bands over pairs, in the months that all know."""

from __future__ import annotations

import math

import numpy as np

from experiments.glance import SERIES, Glance
from experiments.glance.bands import band
from experiments.texts import Language
from sim.region import Region
from viz.desk import Answer
from viz.figures.map import Spot, Town, spots_apart
from viz.figures.texts import say
from viz.figures.trend import Line

__all__ = ["STATES", "lines_of", "months_of", "place_of", "spots_of", "towns_of"]

STATES = ("open", "conditional", "closed")
"""States of a list by their code."""


def months_of(answer: Answer) -> tuple[str, ...]:
    """Months that every run of the answer has simulated."""
    return min((one.months for arm in answer.glances for one in arm), key=len, default=())


def lines_of(answer: Answer, series: str, names: tuple[str, ...]) -> list[Line]:
    """The course of a series in every arm.

    Args:
        answer: with the runs.
        series: id, see ``experiments.glance.SERIES``.
        names: of the arms for people, the baseline first.
    """
    months = len(months_of(answer))
    scale = 1.0 / answer.share if SERIES[series].adds_up else 1.0  # a sample stands for the whole region
    found = []
    for place, (name, arm) in enumerate(zip(names, answer.glances, strict=True)):
        values = np.array([one.region[series][:months] for one in arm], np.float64) * scale
        mean, low, high = band(values)
        found.append(Line(name, place, mean, np.maximum(low, _floor(series)), np.minimum(high, _ceiling(series))))
    return found


def _floor(series: str) -> float:
    """Below which nothing can lie, nor a band be drawn; strain is counted from a norm."""
    return -math.inf if series == "strain" else 0.0


def _ceiling(series: str) -> float:
    return 100.0 if SERIES[series].unit == "%" else math.inf


def place_of(glance: Glance, row: int, region: Region) -> str:
    """Name of the place where a practice lies."""
    return str(region.nodes.name[int(glance.practices.node[row])])


def spots_of(glance: Glance, month: int, region: Region, lang: Language) -> list[Spot]:
    """The practices of one run that are there in a month."""
    facts, tables = glance.practices, glance.practice
    spots = spots_apart(facts.lat.tolist(), facts.lon.tolist())
    found = []
    for row in np.flatnonzero(np.isfinite(tables["list_size"][month])).tolist():
        number = int(facts.number[row])
        code = tables["state"][month, row]
        found.append(
            Spot(
                number,
                say("practice", lang, number=number, place=place_of(glance, row, region)),
                *spots[row],
                float(tables["list_size"][month, row]),
                float(tables["load"][month, row]),
                float(tables["wait"][month, row]),
                STATES[int(code)] if math.isfinite(code) else "unknown",
            )
        )
    return found


def towns_of(glance: Glance, month: int, region: Region) -> list[Town]:
    """Municipalities in the year of a month, or the newest year before it that is known."""
    if not glance.years:
        return [Town(town.name, math.nan, math.nan) for town in region.municipalities]
    year = int(glance.months[month][:4])
    at = max(0, min(len(glance.years) - 1, year - glance.years[0]))
    people, without = glance.municipality["people"][at], glance.municipality["without_gp"][at]
    return [Town(town.name, float(people[k]), float(without[k])) for k, town in enumerate(region.municipalities)]
