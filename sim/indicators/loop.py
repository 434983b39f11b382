"""The loop: strain, who leaves or falls ill, the market for duty and locum hours, risk and benefit of practices."""

from __future__ import annotations

import numpy as np

from sim.indicators.lists import PRACTICES
from sim.indicators.registry import Better, Count, Ratio, indicator
from sim.indicators.workforce import OUTFLOWS
from sim.indicators.year import Year

HEADS = ("heads_owner", "heads_employed", "heads_locum")
AUSTRIA = "After the two scores of Nature Communications 13:4259 (2022)"
AUSTRIA_NL = "Naar de twee scores van Nature Communications 13:4259 (2022)"


def gp_months(year: Year) -> float:
    """GP-months of the year."""
    return year.total("workforce_month", *HEADS)


@indicator(
    "strain_mean",
    unit="strain (norm = 0)",
    nl="Werkdruk van huisartsen boven de norm",
    en="Strain of GPs",
    better="lower",
    definition_nl=(
        "Gemiddelde over huisartsen en maanden van een index uit uren boven wens of contract, lijst boven de norm en "
        "dienst; 0 op de norm, 1 bij 30 % erboven."
    ),
    headline=True,
)
def strain_mean(year: Year) -> Ratio:
    """Mean over GPs and months of an index of hours over wish or contract, list over norm and duty; 0 at the norm, 1
    at 30 % above it.
    """
    heads = sum(year.column("workforce_month", column).astype(np.float64) for column in HEADS)
    return Ratio(float(np.sum(year.column("workforce_month", "strain_mean") * heads)), gp_months(year))


@indicator(
    "departures_due_to_strain",
    unit="persons a year",
    nl="Vertrek door werkdruk",
    en="Departures due to strain",
    better="lower",
    definition_nl=(
        "Huisartsen die in het jaar vertrokken en dat zonder werkdruk niet hadden gedaan: hun loting lag tussen beide "
        "kansen."
    ),
)
def departures_due_to_strain(year: Year) -> Count:
    """GPs who left during the year and would not have without strain: their draw lies between the two hazards."""
    return Count(year.total("workforce_month", "out_due_to_strain"))


@indicator(
    "departures_due_to_strain_share",
    unit="%",
    nl="Aandeel vertrek door werkdruk",
    en="Share of departures due to strain",
    better="lower",
    definition_nl="Vertrek door werkdruk over alle vertrek van huisartsen in het jaar.",
)
def departures_due_to_strain_share(year: Year) -> Ratio:
    """Departures due to strain over all departures of GPs during the year."""
    everyone = year.total("workforce_month", *(f"out_{cause}" for cause in OUTFLOWS))
    return Ratio(year.total("workforce_month", "out_due_to_strain"), everyone, 100.0)


@indicator(
    "long_illness",
    unit="%",
    nl="Langdurig zieke huisartsen",
    en="GPs away with long illness",
    better="lower",
    definition_nl="Huisartsen die langdurig ziek of uitgevallen zijn, over alle huisartsen, gemiddeld over de maanden.",
)
def long_illness(year: Year) -> Ratio:
    """GPs away with long illness or burn-out over all GPs, mean over the months."""
    return Ratio(year.total("workforce_month", "ill"), gp_months(year), 100.0)


@indicator(
    "duty_price",
    unit="euro an hour",
    nl="Prijs van een verkocht dienstuur",
    en="Price of a sold hour of duty",
    better="lower",
    definition_nl="Wat voor overgenomen diensten per uur wordt betaald, gemiddeld over verkochte diensten.",
    source="Locum price lists; NZa hourly tariff as the floor",
    source_nl="Tarievenlijsten van waarnemers; NZa-uurtarief als ondergrens",
)
def duty_price(year: Year) -> Ratio:
    """What is paid an hour for shifts taken over, mean over sold shifts."""
    sold = year.column("workforce_month", "shifts_sold").astype(np.float64)
    return Ratio(float(sold @ year.column("workforce_month", "duty_price")) / 100.0, float(sold.sum()))


@indicator(
    "shifts_sold",
    unit="%",
    nl="Verkochte diensten",
    en="Out-of-hours shifts sold",
    better="none",
    definition_nl="Diensten die een ander tegen betaling overnam, over alle diensten in het rooster.",
    source="Nivel, De werkweek van de Nederlandse huisarts in 2024 (2025)",
)
def shifts_sold(year: Year) -> Ratio:
    """Shifts that another GP took over for pay, over all shifts of the staffing table."""
    return Ratio(year.total("workforce_month", "shifts_sold"), year.total("post_month", "shifts"), 100.0)


@indicator(
    "locum_hours_met",
    unit="%",
    nl="Gevraagde waarneemuren die worden gevuld",
    en="Locum hours asked that are found",
    better="higher",
    definition_nl="Uren van wisselende waarnemers in dagpraktijken over de uren die praktijken vroegen.",
)
def locum_hours_met(year: Year) -> Ratio:
    """Hours of changing locums in day practices over the hours that practices asked for."""
    asked = year.total("workforce_month", "locum_hours_asked")
    return Ratio(year.total("workforce_month", "locum_hours_given"), asked, 100.0)


def _score(name: str, better: Better, nl: str, en: str, definition_nl: str, definition_en: str) -> None:
    """Declare a score of practices, mean over those with a list."""

    @indicator(
        f"practice_{name}",
        unit="persons",
        nl=nl,
        en=en,
        better=better,
        definition_nl=definition_nl,
        definition_en=definition_en,
        source=AUSTRIA,
        source_nl=AUSTRIA_NL,
        by=PRACTICES,
    )
    def score(year: Year) -> Ratio:
        with_list = np.count_nonzero(year.column("practice_year", "list") > 0)
        return Ratio(year.total("practice_year", name), float(with_list))


_score(
    "risk",
    "lower",
    "Risico: wie geen plek heeft als de praktijk sluit",
    "Risk: people without a place if the practice closes",
    "Mensen van de lijst voor wie binnen 15 minuten nergens plek is als alleen deze praktijk sluit, per praktijk.",
    "People of the list for whom no practice within 15 minutes has room if this one alone closes, per practice.",
)
_score(
    "benefit",
    "higher",
    "Opvang: wie de praktijk kan overnemen",
    "Benefit: displaced people the practice can absorb",
    "Plek boven de lijst, ten hoogste de mensen van andere lijsten binnen 15 minuten, per praktijk, eind van het jaar.",
    "Room above the list, at most the people of other lists within 15 minutes, per practice, at the end of the year.",
)
