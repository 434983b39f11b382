"""Practices' lists: size, per FTE, against the norm, and whether they take new patients."""

from __future__ import annotations

from functools import cache

import numpy as np

from sim.indicators.registry import Ratio, indicator
from sim.indicators.year import Year
from sim.parameters import load_parameters

PRACTICES = ("municipality", "practice")
NZA = "NZa, Verantwoordingsdocument tarieven huisartsenzorg"
FULL = 2  # value of list_state: no new patients


@cache
def norm_list() -> float:
    """Registered patients per full-time GP in the norm (normpraktijk)."""
    return load_parameters().number("practices.norm_list")


@indicator(
    "list_size",
    unit="persons",
    nl="Ingeschrevenen per praktijk",
    en="List size per practice",
    better="lower",
    definition_nl="Ingeschrevenen gedeeld door praktijken, gemiddeld over de maanden.",
    source=NZA,
    by=PRACTICES,
)
def list_size(year: Year) -> Ratio:
    """People registered over practices, mean over the months."""
    sizes = year.column("practice_month", "list_size")
    return Ratio(float(sizes.sum()), float(sizes.size))


@indicator(
    "list_per_fte",
    unit="persons",
    nl="Ingeschrevenen per fte praktijkhouder en HIDHA",
    en="List size per FTE of owners and employed GPs",
    better="lower",
    definition_nl="Ingeschrevenen gedeeld door fte van praktijkhouders en huisartsen in dienst (zonder waarnemers).",
    source=NZA,
    by=PRACTICES,
    headline=True,
)
def list_per_fte(year: Year) -> Ratio:
    """People registered over FTE of owners and employed GPs (locums left out); the one to hold against the norm."""
    return Ratio(year.total("practice_month", "list_size"), year.total("practice_month", "fte_owner_employed"))


@indicator(
    "list_over_norm",
    unit="%",
    nl="Praktijkgrootte ten opzichte van de norm",
    en="List size against the norm",
    better="lower",
    definition_nl="Ingeschrevenen per fte praktijkhouder en HIDHA, als percentage van de normpraktijk (2.095).",
    source="NZa calculation norm since 2018",
    source_nl="Rekennorm van de NZa sinds 2018",
    by=PRACTICES,
)
def list_over_norm(year: Year) -> Ratio:
    """People registered per FTE of owners and employed GPs, as a percentage of the norm list (2,095)."""
    room = norm_list() * year.total("practice_month", "fte_owner_employed")
    return Ratio(year.total("practice_month", "list_size"), room, 100.0)


@indicator(
    "list_per_fte_owner",
    unit="persons",
    nl="Ingeschrevenen per fte praktijkhouder",
    en="List size per FTE of owners",
    better="lower",
    definition_nl="Ingeschrevenen gedeeld door fte van praktijkhouders alleen, eind van het jaar.",
    source=NZA,
    by=("practice",),
)
def list_per_fte_owner(year: Year) -> Ratio:
    """People registered over FTE of owners alone, at the end of the year."""
    owner = year.column("gp_year", "role") == 0
    fte = year.column("gp_year", "fte")[owner]
    return Ratio(float(year.last_month("practice_month", "list_size").sum()), float(fte.sum()))


@indicator(
    "list_per_fte_all",
    unit="persons",
    nl="Ingeschrevenen per fte huisarts, alle functies",
    en="List size per FTE of all GPs",
    better="lower",
    definition_nl=(
        "Ingeschrevenen gedeeld door fte van alle huisartsen, ook vaste en wisselende waarnemers, eind van het jaar."
    ),
    source="Derived: 17.50 million registered over 14,347 GPs at 0.7506 FTE (Capaciteitsorgaan 2025)",
    source_nl="Afgeleid: 17,50 miljoen ingeschrevenen, 14.347 huisartsen van 0,7506 fte (Capaciteitsorgaan 2025)",
)
def list_per_fte_all(year: Year) -> Ratio:
    """People registered over FTE of all GPs, fixed and changing locums included, at the end of the year."""
    return Ratio(float(year.last_month("practice_month", "list_size").sum()), year.total("gp_year", "fte"))


@indicator(
    "lists_full",
    unit="%",
    nl="Praktijken met een volledige patiëntenstop",
    en="Practices that take no new patients",
    better="lower",
    definition_nl="Aandeel praktijken dat niemand aanneemt (behalve pasgeborenen), gemiddeld over de maanden.",
    source="Survey of practices' websites (Independer)",
    source_nl="Onderzoek van websites van praktijken (Independer)",
    by=PRACTICES,
    headline=True,
)
def lists_full(year: Year) -> Ratio:
    """Share of practices that take nobody (newborns aside), mean over the months."""
    state = year.column("practice_month", "list_state")
    return Ratio(float(np.count_nonzero(state == FULL)), float(state.size), 100.0)


@indicator(
    "lists_any_stop",
    unit="%",
    nl="Praktijken met een volledige of gedeeltelijke patiëntenstop",
    en="Practices with a full or conditional stop",
    better="lower",
    definition_nl="Aandeel praktijken dat niemand of alleen onder voorwaarden aanneemt, gemiddeld over de maanden.",
    source="Survey of practices' websites (Independer)",
    source_nl="Onderzoek van websites van praktijken (Independer)",
    by=PRACTICES,
)
def lists_any_stop(year: Year) -> Ratio:
    """Share of practices that take nobody, or only on conditions, mean over the months."""
    state = year.column("practice_month", "list_state")
    return Ratio(float(np.count_nonzero(state > 0)), float(state.size), 100.0)


@indicator(
    "lists_stop_12_months",
    unit="%",
    nl="Praktijken met een patiëntenstop in de laatste twaalf maanden",
    en="Practices with any stop in the last twelve months",
    better="lower",
    definition_nl="Aandeel praktijken dat in de twaalf maanden tot het eind van het jaar enige tijd niet open stond.",
    source="Nivel, De arbeidsmarkt van de Nederlandse huisartsenzorg",
    by=PRACTICES,
    headline=True,
)
def lists_stop_12_months(year: Year) -> Ratio:
    """Share of practices that were not open at some time in the twelve months up to the end of the year."""
    stopped = year.last_month("practice_month", "stopped_12_months")
    return Ratio(float(np.count_nonzero(stopped)), float(stopped.size), 100.0)
