"""Higher pay for out-of-hours duty, and one pool of GPs behind the roster."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_HOURS, _NORM_LIST = 189.0, 2095.0


def _dearer_hours(it: Instance, facts: Facts) -> float:
    """Hours on duty a year, times the rise: InEen (2021) has 189 hours a year per norm practice of 2,095 people."""
    return it.number("rise") * facts.inhabitants * _HOURS / _NORM_LIST


@intervention(
    "out_of_hours_pay",
    name=("Out-of-hours pay and pooled roster", "ANW-tarief en gezamenlijk rooster"),
    about=(
        "A higher hourly pay on out-of-hours duty, and one regional pool of GPs who step in when somebody falls out.",
        "Een hoger uurtarief voor diensten, en een regionale groep huisartsen die invalt wanneer iemand uitvalt.",
    ),
    settings=(
        Setting(
            "rise", 0.15, 0.0, 0.5, "share of the hourly pay", "A",
            "NZa (27 Sep 2022): from a flat 87.67 euro to 100.84 in the evening and 131.87 at night",
            "NZa (27 september 2022): van vast 87,67 euro naar 100,84 in de avond en 131,87 in de nacht",
            "Rise of the pay", "Verhoging van het tarief", ("I34.2",), effect=True, neutral=0.0,
        ),
        Setting(
            "response", 0.5, 0.1, 2.0, "percent more hours per percent of pay", "C",
            "Assumption: as the shift market has it (workforce.duty_price_elasticity); no Dutch figure found",
            "Aanname: zoals in de dienstenmarkt (workforce.duty_price_elasticity); geen Nederlands cijfer gevonden",
            "Duty hours that higher pay draws", "Diensturen die hoger tarief aantrekt", effect=True, neutral=0.0,
        ),
        Setting(
            "pool", 0.5, 0.3, 1.0, "times the chance that nobody steps in", "C",
            "Assumption: a pool finds somebody in half of the cases in which a post alone does not; no figure found",
            "Aanname: een invalgroep vindt iemand in de helft van de gevallen waarin een post alleen niemand vindt; "
            "geen cijfer gevonden",
            "Shifts left open in spite of a pool", "Diensten die ondanks de invalgroep open blijven",
            effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "hour", 118, 101, 137, "yearly", "region", "insurer", "A",
            "NZa hourly tariff of 2024 on a locum price list, mean of evening, night and weekend; low 2023, high 2026",
            "NZa-uurtarief 2024 in de tarievenlijst van een waarnemer, gemiddelde van avond, nacht en weekend; laag "
            "2023, hoog 2026",
            "An hour on duty", "Een uur dienst", ("C04.6", "C04.7", "C04.8"), count=_dearer_hours,
            per_text=Text("hour on duty, times the rise", "uur dienst, maal de verhoging"),
        ),
    ),
)  # fmt: skip
def out_of_hours_pay(it: Instance) -> Iterator[Modifier]:
    """Tariff and usual price of a shift rise together, for every hour of every roster. Employed GPs and locums, and
    they alone, are willing to take over more hours at the dearer price; how many more is the response. More hours
    on offer lower the price that owners have to pay above the tariff, and let them sell more of the shifts that
    they do not want: less duty for owners, whose strain falls, and more for others, who work fewer hours by day
    where duty takes them.

    A pool behind the roster leaves the chance that somebody falls out as it is, and makes it rarer that nobody
    steps in. It makes no GP.
    """
    dearer = 1.0 + it.number("rise")
    yield it.modify("workforce.duty_tariff", dearer)
    yield it.modify("workforce.duty_price", dearer)
    yield it.modify("money.duty_pay", dearer)
    yield it.modify("workforce.duty_willing", dearer ** it.number("response"))
    yield it.modify("workforce.shift_not_covered", it.number("pool"))
