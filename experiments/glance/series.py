"""Monthly series of a region, read off the tables of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

__all__ = ["SERIES", "Series", "Tables", "region_series"]

type Tables = Mapping[str, Mapping[str, npt.NDArray[Any]]]
type Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Series:
    """A course by month.

    Attributes:
        id: name.
        nl, en: label.
        unit, unit_nl: unit.
        better: the good direction.
        indicator: id of the yearly indicator that it is the course of.
        read: from the tables, (M,).
        adds_up: whether it grows with the part of the region that is simulated.
    """

    id: str
    nl: str
    en: str
    unit: str
    unit_nl: str
    better: Literal["lower", "higher", "none"]
    indicator: str
    read: Callable[[Tables], Floats]
    adds_up: bool = False


def _of(table: str, column: str) -> Callable[[Tables], Floats]:
    return lambda tables: np.asarray(tables[table][column], np.float64)


def _by_month(tables: Tables, table: str, column: str) -> Floats:
    """Sum over the rows of each month, in the order of months."""
    rows = tables[table]
    _, place = np.unique(rows["month"], return_inverse=True)
    return np.asarray(np.bincount(place, np.asarray(rows[column], np.float64)), np.float64)


def _ratio(table: str, top: str, bottom: str) -> Callable[[Tables], Floats]:
    def read(tables: Tables) -> Floats:
        above, below = _by_month(tables, table, top), _by_month(tables, table, bottom)
        return np.asarray(np.divide(above, below, out=np.full(above.size, np.nan), where=below > 0), np.float64)

    return read


def _closed(tables: Tables) -> Floats:
    rows = tables["practice_month"]
    _, place = np.unique(rows["month"], return_inverse=True)
    closed = np.asarray(rows["list_state"] == 2, np.float64)
    return np.asarray(100.0 * np.bincount(place, closed) / np.bincount(place), np.float64)


def _fte(tables: Tables) -> Floats:
    rows = tables["workforce_month"]
    return np.asarray(rows["fte_owner"] + rows["fte_employed"] + rows["fte_locum"], np.float64)


def _yearly_rate(table: str, column: str) -> Callable[[Tables], Floats]:
    """Per 1,000 inhabitants a year, from a count by month."""

    def read(tables: Tables) -> Floats:
        counts, people = _by_month(tables, table, column), _of("people_month", "people")(tables)
        return 12_000.0 * counts / np.maximum(people, 1.0)

    return read


def _post_contacts(tables: Tables) -> Floats:
    names = ("advice", "consults", "visits")
    counts = sum(_by_month(tables, "post_month", name) for name in names)
    return np.asarray(12_000.0 * counts / np.maximum(_of("people_month", "people")(tables), 1.0))


SERIES: Mapping[str, Series] = {
    one.id: one
    for one in (
        Series(
            "without_gp", "Mensen zonder huisarts", "People without a GP", "persons", "personen", "lower", "without_gp",
            _of("people_month", "without_gp"), adds_up=True,
        ),
        Series(
            "wait", "Wachttijd voor een gewone afspraak", "Wait for a routine appointment", "working days", "werkdagen",
            "lower", "wait_mean", _ratio("practice_month", "routine_wait_days", "routine_seen"),
        ),
        Series(
            "lists_closed", "Praktijken met een patiëntenstop", "Practices with a closed list", "%", "%", "lower",
            "lists_full", _closed,
        ),
        Series(
            "gp_load", "Belasting van huisartsen", "Load of GPs", "supply = 1", "aanbod = 1", "lower", "gp_load",
            _ratio("practice_month", "gp_asked_seconds", "gp_available_seconds"),
        ),
        Series("gp_fte", "Huisartsen", "GPs", "FTE", "fte", "higher", "fte_all", _fte, adds_up=True),
        Series(
            "post_contacts", "Contacten met de huisartsenpost", "Contacts with out-of-hours posts", "per 1,000 a year",
            "per 1.000 per jaar", "none", "post_contacts", _post_contacts,
        ),
        Series(
            "forgone", "Zorgvragen waarvan is afgezien", "Requests forgone", "per 1,000 a year", "per 1.000 per jaar",
            "lower", "forgone", _yearly_rate("practice_month", "forgone"),
        ),
        Series(
            "strain", "Werkdruk van huisartsen boven de norm", "Strain of GPs", "strain (norm = 0)",
            "werkdruk (norm = 0)", "lower", "strain_mean", _of("workforce_month", "strain_mean"),
        ),
    )
}  # fmt: skip
"""All series, in the order in which they are shown."""


def region_series(tables: Tables) -> dict[str, npt.NDArray[np.float32]]:
    """Every series (M,), as small floats."""
    return {one.id: np.asarray(one.read(tables), np.float32) for one in SERIES.values()}
