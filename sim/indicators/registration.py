"""People without a GP, people registered elsewhere, and people who want another GP."""

from __future__ import annotations

from sim.indicators.registry import Count, Ratio, indicator
from sim.indicators.year import Year

PEOPLE = ("municipality", "place", "age", "deprivation")
REKENKAMER = "Algemene Rekenkamer, Focus op het huisartsentekort (2025)"


@indicator(
    "without_gp",
    unit="persons",
    nl="Mensen zonder huisarts",
    en="People without a GP",
    better="lower",
    definition_nl="Inwoners die bij geen enkele praktijk staan ingeschreven, eind van het jaar.",
    source=REKENKAMER,
    by=PEOPLE,
    headline=True,
)
def without_gp(year: Year) -> Count:
    """Inhabitants who are registered with no practice, at the end of the year."""
    return Count(year.total("group_year", "without_gp"))


@indicator(
    "without_gp_share",
    unit="%",
    nl="Aandeel inwoners zonder huisarts",
    en="Share of inhabitants without a GP",
    better="lower",
    definition_nl="Inwoners zonder praktijk gedeeld door alle inwoners, eind van het jaar.",
    source=REKENKAMER,
    by=PEOPLE,
    headline=True,
)
def without_gp_share(year: Year) -> Ratio:
    """Inhabitants without a practice over all inhabitants, at the end of the year."""
    return Ratio(year.total("group_year", "without_gp"), year.inhabitants, 100.0)


@indicator(
    "without_gp_months",
    unit="months",
    nl="Hoe lang mensen zonder huisarts al zoeken",
    en="Time that people without a GP have been without",
    better="lower",
    definition_nl="Gemiddeld aantal maanden tot het eind van het jaar, over wie dan geen huisarts heeft.",
    by=PEOPLE,
)
def without_gp_months(year: Year) -> Ratio:
    """Mean months up to the end of the year, over those without a GP then (spells not ended)."""
    return Ratio(year.total("group_year", "months_without_gp"), year.total("group_year", "without_gp"))


@indicator(
    "registered_outside",
    unit="persons",
    nl="Ingeschreven bij een praktijk buiten de regio",
    en="Registered with a practice outside the region",
    better="lower",
    by=PEOPLE,
    definition_nl="Verhuisde inwoners die nog bij hun oude huisarts buiten de regio staan, eind van het jaar.",
)
def registered_outside(year: Year) -> Count:
    """Inhabitants who moved in and are still with their old GP outside the region, at the end of the year."""
    return Count(year.total("group_year", "registered_outside"))


@indicator(
    "wants_other_gp",
    unit="%",
    nl="Ingeschrevenen die een andere huisarts willen",
    en="Registered people who want another GP",
    better="lower",
    definition_nl=(
        "Inwoners die ergens staan ingeschreven maar een andere praktijk willen, over alle inwoners, eind van het jaar."
    ),
    source=REKENKAMER,
    by=PEOPLE,
    headline=True,
)
def wants_other_gp(year: Year) -> Ratio:
    """Inhabitants registered somewhere who want another practice, over all inhabitants, at the end of the year."""
    return Ratio(year.total("group_year", "wants_other_gp"), year.inhabitants, 100.0)


@indicator(
    "on_waiting_list",
    unit="persons",
    nl="Mensen op de wachtlijst van een praktijk",
    en="People on a practice's waiting list",
    better="lower",
    definition_nl="Mensen die een huisarts zoeken en op een wachtlijst staan, eind van het jaar.",
)
def on_waiting_list(year: Year) -> Count:
    """People who look for a GP and stand on a waiting list, at the end of the year."""
    return Count(float(year.last_month("people_month", "on_waiting_list").sum()))


@indicator(
    "with_mediation",
    unit="persons",
    nl="Mensen bij de zorgbemiddeling van de verzekeraar",
    en="People with the insurer's mediation",
    better="lower",
    definition_nl="Mensen die een huisarts zoeken via zorgbemiddeling, eind van het jaar.",
    source="NZa, Monitor toegankelijkheid van zorg",
)
def with_mediation(year: Year) -> Count:
    """People who look for a GP with the insurer's help, at the end of the year."""
    return Count(float(year.last_month("people_month", "with_mediation").sum()))


@indicator(
    "found_a_practice",
    unit="persons a year",
    nl="Mensen die een (andere) huisarts vonden",
    en="People who found a practice",
    better="higher",
    definition_nl="Zoekers die in het jaar door een praktijk zijn aangenomen, na bemiddeling of niet.",
)
def found_a_practice(year: Year) -> Count:
    """Searchers whom a practice accepted during the year, with mediation or without."""
    return Count(year.total("people_month", "joined"))


@indicator(
    "refusals",
    unit="persons a year",
    nl="Zoekmaanden zonder resultaat",
    en="Months of searching in vain",
    better="lower",
    definition_nl="Keren dat iemand in een maand overal waar hij vroeg werd geweigerd, opgeteld over het jaar.",
)
def refusals(year: Year) -> Count:
    """Times that somebody was refused wherever he asked in a month, added up over the year."""
    return Count(year.total("people_month", "refused"))
