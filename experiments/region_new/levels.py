"""Levels of a region at the start: what its practices tell, otherwise national densities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.parameters import Parameter, Parameters
from sim.region.tables import Row

__all__ = ["Density", "Level", "levels"]

_YEAR = 2022
_LABELS = {
    "practices": ("practices", "GP practices at the start", "Huisartsenpraktijken bij de start"),
    "gps_regular": ("persons", "Regular GPs at the start", "Regulier werkzame huisartsen bij de start"),
    "gps_changing_locum": ("persons", "Changing locums at the start", "Wisselend waarnemend huisartsen bij de start"),
    "gp_fte_owner_employed": (
        "FTE",
        "FTE of owners and employed GPs at the start",
        "Fte praktijkhouders en HIDHA's bij de start",
    ),
    "list_over_norm": (
        "list per FTE of owners and employed GPs over the norm list",
        "List per FTE of owners and employed GPs, relative to the norm list",
        "Praktijkgrootte per fte praktijkhouder en HIDHA ten opzichte van de normpraktijk",
    ),
}


@dataclass(frozen=True)
class Level:
    """A start level with its passport."""

    name: str
    value: float
    low: float
    high: float
    year: int
    grade: str
    source: str
    source_nl: str
    given: bool = False

    @property
    def unit(self) -> str:
        """Its unit."""
        return _LABELS[self.name][0]

    @property
    def en(self) -> str:
        """English label."""
        return _LABELS[self.name][1]

    @property
    def nl(self) -> str:
        """Dutch label."""
        return _LABELS[self.name][2]


@dataclass(frozen=True)
class Density:
    """Regular GPs per 10,000 inhabitants as published for a region, with its range."""

    value: float
    low: float
    high: float
    year: int
    source: str
    source_nl: str


def levels(
    people: int,
    practices: Sequence[Row],
    parameters: Parameters,
    source: str,
    source_nl: str,
    year: int,
    published: Density | None = None,
) -> list[Level]:
    """The five start levels of a region.

    Args:
        people: its inhabitants.
        practices: rows of practices.csv, which then holds all of them; empty when not given.
        source, source_nl, year: passport of what was given.
        published: GPs of the region, instead of the national density.
    """
    per = parameters["practices.inhabitants_per_practice"]
    density = parameters["practices.regular_gps_per_10000"]
    over = parameters["practices.list_over_norm"]
    norm = parameters.number("practices.norm_list")
    owner, employed, locum = parameters.column("practices.role_share")
    value, low, high = (_one(per.value), _one(per.low), _one(per.high))
    count = Level("practices", max(1, round(people / value)), people / high, people / low, _YEAR, "C", *_assumed(per))
    if practices:
        known = sum(row["practices"] for row in practices)
        count = Level("practices", known, known, known, year, "C", source, source_nl, given=True)
    heads = people / 10_000
    regular = Level(
        "gps_regular",
        max(count.value, round(heads * _one(density.value))),
        heads * _one(density.low),
        heads * _one(density.high),
        _YEAR,
        "C",
        *_assumed(density),
    )
    if published is not None:
        low, value, high = (heads * one for one in (published.low, published.value, published.high))
        regular = Level(
            "gps_regular", max(count.value, round(value)), low, high, published.year, "C",
            published.source, published.source_nl, given=True,
        )  # fmt: skip
    if practices and practices[0]["gps"] is not None:
        known = sum(row["gps"] for row in practices)
        regular = Level("gps_regular", known, known, known, year, "C", source, source_nl, given=True)
    share = locum / (owner + employed)
    locums = Level(
        "gps_changing_locum",
        max(1, round(regular.value * share)),
        regular.value * share * 0.75,
        regular.value * share * 1.25,
        _YEAR,
        "C",
        "Assumption: changing locums to regular GPs as in the Netherlands (Nivel 2022)",
        "Aanname: wisselend waarnemers op regulier werkzame huisartsen als in Nederland (Nivel 2022)",
    )
    over_value, over_low, over_high = _one(over.value), _one(over.low), _one(over.high)
    fte = Level(
        "gp_fte_owner_employed",
        round(people / (norm * over_value), 1),
        people / (norm * over_high),
        people / (norm * over_low),
        _YEAR,
        "C",
        "Assumption: inhabitants over the list per FTE of the Netherlands",
        "Aanname: inwoners gedeeld door de praktijkgrootte per fte van Nederland",
    )
    list_over = Level("list_over_norm", over_value, over_low, over_high, _YEAR, "C", *_assumed(over))
    return [_widened(level) for level in (count, regular, locums, fte, list_over)]


def _one(value: float | list[float]) -> float:
    assert not isinstance(value, list)
    return float(value)


def _assumed(row: Parameter) -> tuple[str, str]:
    return f"Assumption: as in the Netherlands ({row.source})", f"Aanname: als in Nederland ({row.source_nl})"


def _widened(level: Level) -> Level:
    """With bounds in two decimals that hold the value."""
    low, high = round(min(level.low, level.value), 2), round(max(level.high, level.value), 2)
    return replace(level, low=low, high=high)
