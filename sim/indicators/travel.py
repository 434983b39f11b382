"""Distance: to the own practice, to a practice with room, to a post; spatial access to GP hours."""

from __future__ import annotations

import numpy as np

from sim.indicators.registry import Ratio, indicator
from sim.indicators.year import Year

PLACES = ("municipality", "place")


def _weighted(year: Year, column: str, weight: str, per: float = 1.0) -> Ratio:
    """Mean of a column of ``access_year`` over people."""
    people = year.column("access_year", weight).astype(np.float64)
    values = year.column("access_year", column).astype(np.float64)
    return Ratio(float(people @ values), float(people.sum()), per)


@indicator(
    "minutes_to_practice",
    unit="minutes",
    nl="Reistijd naar de eigen praktijk",
    en="Travel to the own practice",
    better="lower",
    definition_nl="Minuten met de auto, gemiddeld over ingeschrevenen, eind van het jaar.",
    by=PLACES,
)
def minutes_to_practice(year: Year) -> Ratio:
    """Minutes by car, mean over people registered in the region, at the end of the year."""
    return _weighted(year, "minutes_to_own_practice", "registered")


@indicator(
    "open_list_in_15_minutes",
    unit="%",
    nl="Inwoners met een open praktijk binnen 15 minuten",
    en="Inhabitants with an open list within 15 minutes",
    better="higher",
    definition_nl=(
        "Aandeel inwoners dat binnen 15 minuten met de auto bij een praktijk zonder patiëntenstop is, eind "
        "van het jaar."
    ),
    by=PLACES,
    headline=True,
)
def open_list_in_15_minutes(year: Year) -> Ratio:
    """Share of inhabitants within 15 minutes by car of a practice that takes anybody, at the end of the year."""
    return _weighted(year, "open_list_within_15", "people", 100.0)


@indicator(
    "post_in_30_minutes",
    unit="%",
    nl="Inwoners met een huisartsenpost binnen 30 minuten",
    en="Inhabitants with a post within 30 minutes",
    better="higher",
    definition_nl="Aandeel inwoners dat binnen 30 minuten met de auto bij een huisartsenpost is.",
    source="Field norm for out-of-hours care: 90 % within 30 minutes",
    source_nl="Veldnorm voor spoedzorg buiten kantoortijd: 90 % binnen 30 minuten",
    by=PLACES,
)
def post_in_30_minutes(year: Year) -> Ratio:
    """Share of inhabitants within 30 minutes by car of an out-of-hours post."""
    return _weighted(year, "post_within_30", "people", 100.0)


@indicator(
    "minutes_to_post",
    unit="minutes",
    nl="Reistijd naar de dichtstbijzijnde huisartsenpost",
    en="Travel to the nearest post",
    better="lower",
    definition_nl="Minuten met de auto, gemiddeld over inwoners.",
    by=PLACES,
)
def minutes_to_post(year: Year) -> Ratio:
    """Minutes by car, mean over inhabitants."""
    return _weighted(year, "minutes_to_post", "people")


@indicator(
    "gp_hours_in_reach",
    unit="GP hours a week per 1,000",
    nl="Huisartsuren in de buurt (2SFCA)",
    en="GP hours within reach (2SFCA)",
    better="higher",
    definition_nl="Spreekuururen per week per 1.000 inwoners binnen 15 minuten, verdeeld over wie ze kan bereiken.",
    source="Two-step floating catchment area (Luo and Wang 2003, doi:10.1068/b29120)",
    source_nl="Two-step floating catchment area (Luo en Wang 2003, doi:10.1068/b29120)",
    by=PLACES,
)
def gp_hours_in_reach(year: Year) -> Ratio:
    """Patient hours a week per 1,000 inhabitants within 15 minutes, shared among those who can reach them."""
    return _weighted(year, "gp_hours_per_1000_2sfca", "people")


def _kilometres(year: Year, facility: str) -> Ratio:
    """Mean road distance of inhabitants to the nearest facility of a kind."""
    own = year.column("distance", "facility").astype(np.str_) == facility
    people = year.column("distance", "people")[own].astype(np.float64)
    return Ratio(float(people @ year.column("distance", "km")[own].astype(np.float64)), float(people.sum()))


@indicator(
    "km_to_practice",
    unit="km",
    nl="Afstand tot de dichtstbijzijnde huisartsenpraktijk",
    en="Distance to the nearest practice",
    better="lower",
    definition_nl="Kilometers over de weg, gemiddeld over inwoners, bij de start.",
    source="CBS Nabijheid voorzieningen",
)
def km_to_practice(year: Year) -> Ratio:
    """Kilometres by road, mean over inhabitants, at the start."""
    return _kilometres(year, "practice")


@indicator(
    "km_to_post",
    unit="km",
    nl="Afstand tot de dichtstbijzijnde huisartsenpost",
    en="Distance to the nearest post",
    better="lower",
    definition_nl="Kilometers over de weg, gemiddeld over inwoners, bij de start.",
    source="CBS Nabijheid voorzieningen",
)
def km_to_post(year: Year) -> Ratio:
    """Kilometres by road, mean over inhabitants, at the start."""
    return _kilometres(year, "post")
