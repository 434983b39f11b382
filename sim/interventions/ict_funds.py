"""Funds for ICT: records and data exchange."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.gp_hours import mean_of_roles
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_LEARNING = 12  # months until a practice has learnt


@intervention(
    "ict_funds",
    name=("ICT funds", "ICT-fondsen"),
    about=(
        "Money for records, data exchange and digital tools of practices and their regional organisation.",
        "Geld voor dossiers, gegevensuitwisseling en digitale hulpmiddelen van praktijken en hun regionale "
        "organisatie.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=36,
    reach=0.8,
    settings=(
        Setting(
            "saved", 0.01, 0.0, 0.03, "share of GP hours", "C",
            "Assumption: no measured effect found; 5 % of the indirect part of GP hours would be about 1 %",
            "Aanname: geen gemeten effect gevonden; 5 % van het indirecte deel van de huisartsuren zou ongeveer 1 % "
            "zijn",
            "GP time saved", "Bespaarde tijd van huisartsen", ("I11.2",), effect=True, neutral=0.0,
        ),
        Setting(
            "to_patients", 0.5, 0.0, 1.0, "share of the time saved", "C",
            "Assumption: between none and all; no figure found",
            "Aanname: tussen niets en alles; geen cijfer gevonden",
            "Part that goes to patients", "Deel dat naar patiënten gaat",
        ),
        Setting(
            "learning", 0.5, 0.0, 2.0, "hours a week per FTE", "C",
            "Assumption: a new system takes more time before it takes less; no figure found",
            "Aanname: een nieuw systeem kost eerst meer tijd voordat het tijd scheelt; geen cijfer gevonden",
            "Extra work in the first year", "Extra werk in het eerste jaar", effect=True, neutral=0.0,
        ),
    ),
    costs=(
        Cost(
            "system", 5_000, 1_000, 20_000, "yearly", "practice", "insurer", "C",
            "Assumption: no budget per practice is published; 17 regional organisations were given funds (2022)",
            "Aanname: geen budget per praktijk gepubliceerd; 17 regionale organisaties kregen geld (2022)",
            "Systems and support", "Systemen en ondersteuning", ("I11.1",),
        ),
    ),
)  # fmt: skip
def ict_funds(it: Instance) -> Iterator[Modifier]:
    """In the first year a new system costs every GP of the practice some hours a week; from then on it saves a small
    share of them. One part of what is saved becomes patient time, the other makes the week shorter; the first lets
    the practice see and carry somewhat more people, the second lowers strain.

    No effect has been measured anywhere. Better records are a condition for digital first contacts, co-consultation
    and regional work, which have their own settings here: an effect that only comes with these lies in them. While
    practices learn, strain is up and nothing else has changed.
    """
    p = it.parameters
    week = mean_of_roles(p, "practices.week_hours")
    direct = mean_of_roles(p, "practices.direct_hours")
    saved, share, learning = it.number("saved") * week, it.number("to_patients"), it.number("learning")
    yield it.modify("careers.spared_hours", -learning)
    yield it.modify("careers.spared_hours", learning + saved * (1.0 - share), after=_LEARNING)
    yield it.modify("practices.patient_time", 1.0 + saved * share / direct, after=_LEARNING)
