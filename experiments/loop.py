"""The loop test: the same region with strain that changes nothing and with strain that changes behaviour.

What is measured is what strain does: GPs who leave, move and cut hours because of load, and with them the load of the
others. In both scenarios strain is reckoned; ``careers.strain_on`` says whether behaviour follows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.indicators.year import MONTHS
from sim.parameters import Parameters
from sim.workforce.gain import gain_table

__all__ = ["BUSY", "MEASURES", "OFF", "ON", "WITHOUT_GP", "Measure", "gain_columns", "measure_names", "read_measures"]

type Tables = Mapping[str, Mapping[str, npt.NDArray[Any]]]
type Columns = dict[str, npt.NDArray[Any]]

OFF: Mapping[str, float] = {"careers.strain_on": 0.0}
"""Parameters of the first scenario."""
ON: Mapping[str, float] = {"careers.strain_on": 1.0}
BUSY = 1.1
"""Load (minutes asked over minutes supplied) from which people count as being in a busy practice."""
LATE_MONTHS = 36
"""Last months over which people without a GP are averaged: their number swings from year to year."""
WITHOUT_GP = "without_gp"

_HEADS = ("heads_owner", "heads_employed", "heads_locum")
_FTE = ("fte_owner", "fte_employed", "fte_locum")
_GONE = ("out_retired", "out_profession", "out_moved", "out_sudden")


@dataclass(frozen=True)
class Measure:
    """What is compared: names and units in both languages."""

    name: str
    en: str
    nl: str
    unit_en: str
    unit_nl: str


MEASURES = (
    Measure("fte", "FTE of GPs", "Fte huisartsen", "FTE, at the end", "fte, aan het eind"),
    Measure("heads", "GPs", "Huisartsen", "persons, at the end", "personen, aan het eind"),
    Measure("owners", "Practice owners", "Praktijkhouders", "persons, at the end", "personen, aan het eind"),
    Measure("load", "Load: minutes asked over supplied", "Belasting: gevraagde over beschikbare minuten",
            "ratio, last year", "verhouding, laatste jaar"),
    Measure(WITHOUT_GP, "People without a GP", "Mensen zonder huisarts",
            "persons, last 3 years at most", "personen, hooguit laatste 3 jaar"),
    Measure("in_busy_practices", "People in practices with load above 1.1", "Mensen in praktijken belast boven 1,1",
            "persons, last year", "personen, laatste jaar"),
    Measure("departures", "GPs who left", "Vertrokken huisartsen", "persons, whole run", "personen, hele run"),
    Measure("due_to_strain", "of them due to strain", "waarvan door overbelasting",
            "persons, whole run", "personen, hele run"),
    Measure("due_to_strain_share", "Departures due to strain", "Vertrek door overbelasting",
            "% of departures", "% van vertrek"),
    Measure("practices_open", "Practices open", "Open praktijken", "practices, at the end", "praktijken, aan het eind"),
)  # fmt: skip


def measure_names() -> list[str]:
    """Names of the measures in their order."""
    return [measure.name for measure in MEASURES]


def read_measures(tables: Tables) -> dict[str, float]:
    """The measures of one finished run, under the names of ``MEASURES``; NaN where there is nothing to divide by."""
    workforce = tables["workforce_month"]
    gone = sum(float(np.sum(workforce[column])) for column in _GONE)
    due = float(np.sum(workforce["out_due_to_strain"]))
    load, busy = _load(tables["practice_month"])
    return {
        "fte": _last(workforce, _FTE),
        "heads": _last(workforce, _HEADS),
        "owners": _last(workforce, ("heads_owner",)),
        "load": load,
        WITHOUT_GP: float(np.mean(tables["people_month"]["without_gp"][-LATE_MONTHS:])),
        "in_busy_practices": busy,
        "departures": gone,
        "due_to_strain": due,
        "due_to_strain_share": 100.0 * due / gone if gone else float("nan"),
        "practices_open": _last(workforce, ("practices_open",)),
    }


def _last(table: Mapping[str, npt.NDArray[Any]], columns: Sequence[str]) -> float:
    """Sum of some columns in the last month."""
    return float(sum(table[column][-1] for column in columns))


def _load(table: Mapping[str, npt.NDArray[Any]]) -> tuple[float, float]:
    """Load of the region in the last twelve months, and people on lists at the end whose practice is busy."""
    month = np.asarray(table["month"]).astype("U7")
    months = np.unique(month)
    year = month >= months[-MONTHS:][0]
    practice = np.asarray(table["practice"])[year].astype(np.int64)
    asked = np.bincount(practice, np.asarray(table["gp_asked_seconds"])[year].astype(np.float64))
    supplied = np.bincount(practice, np.asarray(table["gp_available_seconds"])[year].astype(np.float64))
    end = month == months[-1]
    lists = np.bincount(
        np.asarray(table["practice"])[end].astype(np.int64),
        np.asarray(table["list_size"])[end].astype(np.float64),
        asked.size,
    )
    total = float(supplied.sum())
    return float(asked.sum()) / total if total else float("nan"), float(lists[asked > BUSY * supplied].sum())


def gain_columns(p: Parameters) -> Columns:
    """The loop gain by strength of strain and response of newcomers as columns (see ``sim.workforce.gain``)."""
    rows = gain_table(p)
    names = ("level", "pull", "exits", "hours", "moves", "inflow", "strain", "total")
    return {name: np.array([getattr(row, name) for row in rows]) for name in names}
