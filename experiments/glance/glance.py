"""One run, or what of it is simulated so far, as a screen shows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from experiments.glance.series import Tables, region_series
from experiments.runs.reading import GROUPS, cost_rows, group_rows, indicator_rows
from sim.indicators.catalogue import INDICATORS
from sim.indicators.year import full_years
from sim.ledger.ledger import Event
from sim.region import Region

__all__ = ["Glance", "Happening", "PracticeFacts", "events_of", "glance"]

type F32 = npt.NDArray[np.float32]

_TOLD = {
    "GP leaves due to strain", "chain fails", "list closed", "list conditional", "list open", "owner announces stop",
    "people move to practice", "post closes", "practice closes", "practice handed over", "practice merges",
    "practice opens", "search fails", "successor signs", "temporary management begins", "temporary management ends",
    "vacancy opens", "GP leaves", "GP falls ill", "GP comes back", "GP reduces hours",
}  # fmt: skip
"""Kinds of events that belong to a practice's story."""


@dataclass(frozen=True)
class Happening:
    """An event of the log, with its date (ISO)."""

    date: str
    kind: str
    practice: int
    value: float
    other: int
    cause: str


@dataclass(frozen=True)
class PracticeFacts:
    """What does not change of the P practices that ever are in the run, each (P,).

    Attributes:
        number, municipality, node: where it is in the region.
        lat, lon: degrees.
    """

    number: npt.NDArray[np.int32]
    municipality: npt.NDArray[np.int32]
    node: npt.NDArray[np.int32]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Glance:
    """A run on a screen; M months, P practices, Y full years, K municipalities.

    Attributes:
        months: ``2025-01`` and so on, those that are closed.
        years: those simulated in full.
        finished: whether the run is at its end.
        region: series by id (M,), see ``SERIES``.
        practices: where they lie.
        practice: list_size, load, wait (third next available), state (code of the list's state), fte, each (M, P);
            NaN where the practice is not there.
        municipality: people and without_gp, each (Y, K).
        events: of practices, by day.
        indicators, groups, costs: as ``experiments.runs.reading`` makes them, for contrasts; groups hold the headline
            indicators of the last year of a finished run.
    """

    months: tuple[str, ...]
    years: tuple[int, ...]
    finished: bool
    region: Mapping[str, F32]
    practices: PracticeFacts
    practice: Mapping[str, F32]
    municipality: Mapping[str, F32]
    events: tuple[Happening, ...]
    indicators: pa.Table
    groups: pa.Table
    costs: pa.Table


def glance(
    tables: Tables,
    region: Region,
    start: datetime.date,
    *,
    finished: bool,
    derived: Mapping[str, pa.Table] | None = None,
) -> Glance:
    """What a screen shows of a run's tables, which may end half way.

    Args:
        tables: of the ledger, as numpy columns.
        region: for the places of practices.
        start: first day of the run, to which events refer.
        finished: whether the run is at its end.
        derived: indicators, groups and costs as a store kept them; read off the tables for None.
    """
    months = tuple(str(one) for one in tables["people_month"]["month"]) if "people_month" in tables else ()
    years = tuple(full_years(tables))
    facts = _facts(tables, region)
    return Glance(
        months, years, finished,
        region_series(tables) if months else {},
        facts,
        _practices(tables, facts.number, len(months)),
        _municipalities(tables, years, len(region.municipalities)),
        _events(tables, start),
        indicator_rows(tables) if derived is None else derived["indicators"],
        _groups(tables, years, derived) if finished and years else GROUPS.empty_table(),
        cost_rows(tables) if derived is None else derived["costs"],
    )  # fmt: skip


def _groups(tables: Tables, years: tuple[int, ...], derived: Mapping[str, pa.Table] | None) -> pa.Table:
    """Headline indicators by group in the last year."""
    if derived is not None:
        rows = derived["groups"]
    else:
        rows = group_rows(
            {
                name: {column: values[columns["year"] == years[-1]] for column, values in columns.items()}
                if "year" in columns
                else columns
                for name, columns in tables.items()
            }
        )
    headline = pa.array([id for id, one in INDICATORS.items() if one.headline])
    kept = pc.and_(pc.is_in(rows["id"], value_set=headline), pc.equal(rows["year"], years[-1]))
    return rows.filter(kept)


def _facts(tables: Tables, region: Region) -> PracticeFacts:
    rows = tables["practices"]
    lat, lon = region.plane.lat_lon(np.asarray(rows["x"], np.float64), np.asarray(rows["y"], np.float64))
    number, municipality, node = (np.asarray(rows[name], np.int32) for name in ("practice", "municipality", "node"))
    return PracticeFacts(number, municipality, node, np.round(lat, 4), np.round(lon, 4))


def _practices(tables: Tables, numbers: npt.NDArray[np.int32], months: int) -> dict[str, F32]:
    names = ("list_size", "load", "wait", "state", "fte")
    found = {name: np.full((months, numbers.size), np.nan, np.float32) for name in names}
    if not months:
        return found
    rows = tables["practice_month"]
    _, at = np.unique(rows["month"], return_inverse=True)
    order = np.argsort(numbers)
    place = order[np.searchsorted(numbers, rows["practice"], sorter=order)]
    available = np.asarray(rows["gp_available_seconds"], np.float64)
    asked = np.asarray(rows["gp_asked_seconds"], np.float64)
    load = np.divide(asked, available, out=np.full(asked.size, np.nan), where=available > 0)
    values = (rows["list_size"], load, rows["third_next_available"], rows["list_state"], rows["fte_owner_employed"])
    for name, column in zip(names, values, strict=True):
        found[name][at, place] = column
    return found


def _municipalities(tables: Tables, years: tuple[int, ...], count: int) -> dict[str, F32]:
    found = {name: np.zeros((len(years), count), np.float32) for name in ("people", "without_gp")}
    if years:
        rows = tables["group_year"]
        known = np.isin(rows["year"], years)
        year = np.searchsorted(years, rows["year"][known])
        for name, values in found.items():
            np.add.at(values, (year, rows["municipality"][known]), rows[name][known])
    return found


def _events(tables: Tables, start: datetime.date) -> tuple[Happening, ...]:
    rows: Mapping[str, npt.NDArray[Any]] = tables["events"]
    names = ("day", "kind", "practice", "value", "gp", "other", "cause")
    return events_of((Event(*one) for one in zip(*(rows[name].tolist() for name in names), strict=True)), start)


def events_of(log: Iterable[Event], start: datetime.date) -> tuple[Happening, ...]:
    """The events of practices' stories in a log, with their dates.

    Args:
        log: of the ledger.
        start: first day of the run.
    """
    return tuple(
        Happening(
            (start + datetime.timedelta(days=one.day)).isoformat(), one.kind, one.practice, one.value, one.other,
            one.cause,
        )
        for one in log
        if one.kind in _TOLD and (one.practice >= 0 or one.other >= 0)
    )  # fmt: skip
