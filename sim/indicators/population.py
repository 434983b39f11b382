"""The population itself, so that a table of results says for whom it holds."""

from __future__ import annotations

from sim.indicators.registration import PEOPLE
from sim.indicators.registry import Count, Ratio, indicator
from sim.indicators.year import MONTHS, Year


@indicator(
    "inhabitants",
    unit="persons",
    nl="Inwoners",
    en="Inhabitants",
    better="none",
    definition_nl="Inwoners van de regio, eind van het jaar.",
    by=PEOPLE,
    headline=True,
)
def inhabitants(year: Year) -> Count:
    """Inhabitants of the region, at the end of the year."""
    return Count(year.inhabitants)


def _rate(id: str, column: str, nl: str, en: str) -> None:
    """Declare a yearly number of demographic events per 1,000 inhabitants."""

    @indicator(
        id,
        unit="per 1,000 a year",
        nl=nl,
        en=en,
        better="none",
        definition_nl=f"{nl} per 1.000 inwoners (gemiddeld over het jaar).",
        definition_en=f"{en} per 1,000 inhabitants (mean over the year).",
        source="CBS StatLine",
    )
    def rate(year: Year) -> Ratio:
        return Ratio(year.total("people_month", column), year.total("people_month", "people") / MONTHS, 1000.0)


_rate("births", "born", "Geboorten", "Births")
_rate("deaths", "died", "Sterfte", "Deaths")
_rate("moves_in", "arrived", "Verhuisd naar de regio", "Moves into the region")
_rate("moves_out", "left", "Verhuisd uit de regio", "Moves out of the region")
_rate("moves_within", "moved", "Verhuisd binnen de regio", "Moves within the region")
