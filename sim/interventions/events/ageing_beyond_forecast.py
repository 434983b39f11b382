"""The population ages beyond the forecast."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier

_YEARS = 30  # more than any run has


@event(
    "ageing_beyond_forecast",
    name=("Ageing beyond the forecast", "Meer vergrijzing dan voorspeld"),
    about=(
        "People live longer than forecast, and more older people settle in the region.",
        "Mensen leven langer dan voorspeld, en meer ouderen vestigen zich in de regio.",
    ),
    settings=(
        Setting(
            "mortality", 0.85, 0.7, 1.0, "times the death rates once it is at full strength", "C",
            "Assumption: about a year and a half of life expectancy within ten years; forecasts have erred by as much",
            "Aanname: ongeveer anderhalf jaar meer levensverwachting binnen tien jaar; prognoses zaten er zoveel naast",
            "Death rates", "Sterftekansen", effect=True, neutral=1.0,
        ),
        Setting(
            "years", 10, 1, 20, "years", "C", "Assumption: the fall is gradual",
            "Aanname: de daling gaat geleidelijk",
            "Years until the death rates have fallen", "Jaren tot de sterfte gedaald is", whole=True,
        ),
        Setting(
            "settlers", 100, 0, 2000, "households a year", "C",
            "Assumption: people of 60 to 80 who move to a cheaper and greener region; no forecast of it found",
            "Aanname: mensen van 60 tot 80 die naar een goedkopere en groenere regio verhuizen; geen prognose hiervan "
            "gevonden",
            "Older households that settle beyond the forecast", "Oudere huishoudens die zich extra vestigen",
            effect=True, neutral=0, whole=True,
        ),
    ),
)  # fmt: skip
def ageing_beyond_forecast(it: Instance) -> Iterator[Modifier | Act]:
    """Death rates of all ages fall year by year, so that there are more old people than forecast, and more who have a
    chronic condition; and every month some households of one or two people of 60 to 80 settle in the region, on top
    of those who move in anyway. The old ask two to three times as much care as the young, more of it at home and at
    night, and they come to chronic-care programmes.

    It is assumed that years won are lived with the conditions and contact rates of today's people of that age. If they
    are healthier years, the rise is smaller. GPs age as before: their own careers are not touched.
    """
    months = 12 * int(it.number("years")) - 1
    yield it.modify("demography.death_men", it.number("mortality"), ramp=months)
    yield it.modify("demography.death_women", it.number("mortality"), ramp=months)
    settlers = it.number("settlers")
    for part in range(12 * _YEARS if settlers else 0):
        yield it.act("older people settle", after=part, total=settlers * _YEARS, months=12 * _YEARS, part=part)
