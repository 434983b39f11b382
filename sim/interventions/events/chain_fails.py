"""A commercial chain fails and releases its patients."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Setting
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import event


@event(
    "chain_fails",
    name=("A commercial chain fails", "Een commerciële keten valt om"),
    about=(
        "The contracts of a commercial chain end within days: its digital patients have no GP, and practices that it "
        "owns in the region close.",
        "De contracten van een commerciële keten eindigen binnen enkele dagen: haar digitale patiënten hebben geen "
        "huisarts en haar praktijken in de regio sluiten.",
    ),
    settings=(
        Setting(
            "closing", 2, 0, 12, "practices", "C",
            "Assumption: ten to thirteen practices with 50,000 patients in the country at the failure of 2024",
            "Aanname: tien tot dertien praktijken met landelijk 50.000 patiënten bij het faillissement van 2024",
            "Practices of the chain in the region", "Praktijken van de keten in de regio", ("I05.5",),
            effect=True, neutral=0, whole=True,
        ),
        Setting(
            "members", 1.0, 0.0, 1.0, "share of digital members", "C",
            "Assumption: five days from suspension to the end of the contracts, so nobody has another GP by then",
            "Aanname: vijf dagen van opschorting tot het einde van de contracten, dus dan heeft nog niemand een "
            "andere huisarts",
            "Digital members who lose their GP", "Digitale deelnemers die hun huisarts verliezen", ("I05.6",),
            effect=True, neutral=0.0,
        ),
        Setting(
            "fallback", 0.2, 0.0, 0.8, "share of those members", "C",
            "Assumption: another digital provider takes some over at the insurer's request; no figure found",
            "Aanname: een andere digitale aanbieder neemt op verzoek van de verzekeraar een deel over; geen cijfer "
            "gevonden",
            "Taken over by another digital provider", "Overgenomen door een andere digitale aanbieder",
        ),
    ),
)  # fmt: skip
def chain_fails(it: Instance) -> Iterator[Act]:
    """On the first of the month of its date the chain's own practices in the region, drawn by lot, close at once. The
    regional organisation and the insurer divide their lists over practices near by within what they can place in a
    month; the others are left to mediation. Their GPs are locums from then on, so hours are not lost to the region,
    but continuity is.

    Where an intervention `commercial_chain` runs, its digital members are without a GP the same day, but for those
    whom another provider takes over, and it takes nobody on any more.
    """
    yield it.act(
        "chain fails", practices=int(it.number("closing")), members=it.number("members"),
        fallback=it.number("fallback"),
    )  # fmt: skip
