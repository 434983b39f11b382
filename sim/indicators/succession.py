"""Owners and practices that change: searches for successors, temporary management, closings, starts, new owners."""

from __future__ import annotations

import math

import numpy as np

from sim.indicators.registry import Better, Count, Ratio, indicator
from sim.indicators.year import MONTHS, Year

SURVEY = "Nivel, De arbeidsmarkt van de Nederlandse huisartsenzorg (2022)"
PRACTICES_NL = "Nivel, Cijfers uit de registratie van huisartsenpraktijken"
LONG = 12
"""Months after which a search counts as long."""


def unfilled_after(year: Year, months: int) -> float:
    """Share (%) of searches that would still be unfilled after so many months; nan if no search was that young.

    A life table of the period: the chance to be filled in each month of a search, over all searches of that age that
    were open in the year, multiplied through. Searches that were given up leave the table. So searches that were open
    before the year count, and long ones are not over-represented.
    """
    age = year.column("search_year", "months")
    order = np.argsort(age, kind="stable")
    within = order[age[order] < months]
    open_ = year.column("search_year", "searches")[within]
    if open_.size == 0 or open_.sum() == 0:
        return math.nan
    filled = year.column("search_year", "filled")[within]
    return float(100.0 * np.prod(1.0 - filled / np.maximum(open_, 1)))


@indicator(
    "vacancies_open",
    unit="searches",
    nl="Lopende zoektochten naar een opvolger",
    en="Open searches for a successor",
    better="lower",
    definition_nl="Plekken van praktijkhouders waarvoor een opvolger wordt gezocht, gemiddeld over de maanden.",
    source=SURVEY,
)
def vacancies_open(year: Year) -> Count:
    """Owners' seats for which a successor is sought, mean over the months."""
    return Count(year.total("workforce_month", "vacancies_open") / MONTHS)


@indicator(
    "vacancies_filled",
    unit="persons a year",
    nl="Gevonden opvolgers",
    en="Successors found",
    better="higher",
    definition_nl="Opvolgers die in het jaar tekenden.",
)
def vacancies_filled(year: Year) -> Count:
    """Successors who signed during the year."""
    return Count(year.total("workforce_month", "vacancies_filled"))


@indicator(
    "months_to_fill",
    unit="months",
    nl="Duur van geslaagde zoektochten naar een opvolger",
    en="Length of searches that found a successor",
    better="lower",
    definition_nl="Maanden van begin van het zoeken tot tekenen, gemiddeld over wie in het jaar tekende.",
    source="Regional cases; no mean is published",
    source_nl="Regionale gevallen; geen gemiddelde gepubliceerd",
)
def months_to_fill(year: Year) -> Ratio:
    """Months from the beginning of the search to the signature, mean over those who signed during the year."""
    return Ratio(year.total("workforce_month", "vacancy_months"), year.total("workforce_month", "vacancies_filled"))


@indicator(
    "not_filled_12_months",
    unit="%",
    nl="Zoektochten zonder opvolger na twaalf maanden",
    en="Searches without a successor after twelve months",
    better="lower",
    definition_nl=(
        "Kans dat een zoektocht na twaalf maanden niets heeft opgeleverd, uit de slaagkans per zoekmaand in dat jaar."
    ),
    source=SURVEY,
    headline=True,
)
def not_filled_12_months(year: Year) -> float:
    """Chance that a search has found nobody after twelve months, from the year's chance of success by search month."""
    return unfilled_after(year, LONG)


@indicator(
    "never_filled",
    unit="%",
    nl="Zoektochten die worden opgegeven",
    en="Searches that are given up",
    better="lower",
    definition_nl="Zoektochten die in het jaar zonder opvolger eindigden, over alle die eindigden.",
)
def never_filled(year: Year) -> Ratio:
    """Searches that ended without a successor during the year, over all that ended."""
    failed = year.total("workforce_month", "vacancies_failed")
    return Ratio(failed, failed + year.total("workforce_month", "vacancies_filled"), 100.0)


@indicator(
    "practices_open",
    unit="practices",
    nl="Aantal praktijken",
    en="Number of practices",
    better="none",
    definition_nl="Praktijken die niet gesloten zijn, eind van het jaar.",
    source=PRACTICES_NL,
)
def practices_open(year: Year) -> Count:
    """Practices that have not closed, at the end of the year."""
    return Count(float(year.last_month("workforce_month", "practices_open").sum()))


def _share_of_practices(id: str, column: str, nl: str, en: str, definition_nl: str, definition_en: str) -> None:
    """Declare a share of the open practices, mean over the months."""

    @indicator(
        id, unit="%", nl=nl, en=en, better="lower", definition_nl=definition_nl, definition_en=definition_en,
        source=SURVEY,
    )  # fmt: skip
    def share(year: Year) -> Ratio:
        return Ratio(year.total("workforce_month", column), year.total("workforce_month", "practices_open"), 100.0)


_share_of_practices(
    "practices_searching",
    "practices_searching",
    "Praktijken zonder opvolger",
    "Practices without a successor",
    "Praktijken die een opvolger zoeken, over alle praktijken, gemiddeld over de maanden.",
    "Practices that look for a successor over all practices, mean over the months.",
)
_share_of_practices(
    "practices_temporary",
    "practices_temporary",
    "Tijdelijk beheerde praktijken",
    "Practices under temporary management",
    "Praktijken die de regionale organisatie tijdelijk beheert, over alle praktijken, gemiddeld over de maanden.",
    "Practices that the regional organisation runs for the time being, over all practices, mean over the months.",
)


def _practices_a_year(column: str, better: Better, nl: str, en: str, definition_nl: str, definition_en: str) -> None:
    """Declare a yearly number of practices."""

    @indicator(
        f"practice_{column}",
        unit="practices a year",
        nl=nl,
        en=en,
        better=better,
        definition_nl=definition_nl,
        definition_en=definition_en,
        source=PRACTICES_NL,
    )
    def number(year: Year) -> Count:
        return Count(year.total("workforce_month", column))


_practices_a_year(
    "closures",
    "lower",
    "Gesloten praktijken",
    "Practices closed",
    "Praktijken die in het jaar ophielden en waarvan de lijst werd verdeeld.",
    "Practices that ended during the year and whose list was divided.",
)
_practices_a_year(
    "merges",
    "none",
    "Gefuseerde praktijken",
    "Practices merged",
    "Praktijken die in het jaar in een andere opgingen.",
    "Practices that went up in another during the year.",
)
_practices_a_year(
    "starts",
    "higher",
    "Nieuwe praktijken",
    "New practices",
    "Praktijken die in het jaar begonnen.",
    "Practices that began during the year.",
)


@indicator(
    "new_owners",
    unit="persons a year",
    nl="Nieuwe praktijkhouders",
    en="New owners",
    better="higher",
    definition_nl=(
        "Huisartsen die in het jaar praktijkhouder werden: door overname, als mede-eigenaar of met een nieuwe praktijk."
    ),
)
def new_owners(year: Year) -> Count:
    """GPs who became owner during the year, by taking over, as co-owner or with a new practice."""
    return Count(year.total("workforce_month", "new_owners"))


@indicator(
    "years_to_ownership",
    unit="years",
    nl="Jaren van diploma tot eigen praktijk",
    en="Years from diploma to ownership",
    better="none",
    definition_nl="Jaren sinds het diploma, gemiddeld over wie in het jaar praktijkhouder werd.",
    source="RTV Drenthe (2021): 5-7 years now, 2-3 formerly",
    source_nl="RTV Drenthe (2021): nu 5-7 jaar, vroeger 2-3",
)
def years_to_ownership(year: Year) -> Ratio:
    """Years since the diploma, mean over those who became owner during the year."""
    return Ratio(year.total("workforce_month", "years_to_ownership"), year.total("workforce_month", "new_owners"))
