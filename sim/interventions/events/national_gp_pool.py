"""More or fewer GPs are to be had in the rest of the country."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import event
from sim.modifiers import Modifier


@event(
    "national_gp_pool",
    name=("GPs in the rest of the country", "Huisartsen in de rest van het land"),
    about=(
        "More or fewer GPs elsewhere look for work, because other regions train, lose or keep more or fewer of them.",
        "Elders zoeken meer of minder huisartsen werk, doordat andere regio's er meer of minder opleiden, verliezen of "
        "houden.",
    ),
    lasting=True,
    settings=(
        Setting(
            "graduates", 0.8, 0.1, 3.0, "times today's inflow", "C",
            "Assumption: fewer newly trained GPs to be had; a run of the whole country works it out",
            "Aanname: minder pas opgeleide huisartsen beschikbaar; een run van heel Nederland rekent het uit",
            "Newly trained GPs", "Pas opgeleide huisartsen", effect=True, neutral=1.0,
        ),
        Setting(
            "experienced", 0.8, 0.1, 3.0, "times today's inflow", "C",
            "Assumption: fewer GPs elsewhere who change regions; a run of the whole country works it out",
            "Aanname: minder huisartsen elders die van regio wisselen; een run van heel Nederland rekent het uit",
            "GPs who change regions: settled GPs, locums, owners-to-be",
            "Huisartsen die van regio wisselen: gevestigden, waarnemers, aanstaande praktijkhouders",
            effect=True, neutral=1.0,
        ),
    ),
)  # fmt: skip
def national_gp_pool(it: Instance) -> Iterator[Modifier]:
    """Regions draw on one country's GPs: who settles in one cannot settle in another. From its date on the
    inflow that a region's load and campaigns would draw is multiplied by what is to be had elsewhere: of newly trained
    GPs, and of those who leave another region. Own trainees, and who is in the region already, are not touched.

    `deltaplan country` writes one such event for each year from the third on, so that any region of a country run can
    be run by itself and gives the same.
    """
    yield it.modify("careers.pool_supply[graduate]", it.number("graduates"))
    for origin in ("mover", "locum", "owner-to-be"):
        yield it.modify(f"careers.pool_supply[{origin}]", it.number("experienced"))
