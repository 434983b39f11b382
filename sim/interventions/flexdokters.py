"""A cooperative of locums (Flexdokters) that helps its members to own a practice."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


def _helped(it: Instance, facts: Facts) -> float:
    """New owners who were members: the members' share of all since the start, members being likelier to own."""
    share, more = it.number("members"), it.number("looks")
    return facts.new_owners * share * more / (1.0 + share * (more - 1.0))


@intervention(
    "flexdokters",
    name=("Flexdokters cooperative", "Coöperatie Flexdokters"),
    about=(
        "A cooperative in which locums work for practices without a successor and are helped to start or take over "
        "one: guidance, hours, premises and temporary finance.",
        "Een coöperatie waarin waarnemers werken voor praktijken zonder opvolger en hulp krijgen om er een te starten "
        "of over te nemen: begeleiding, uren, ruimte en tijdelijke financiering.",
    ),
    adoption_months=24,
    settings=(
        Setting(
            "members", 0.4, 0.1, 0.8, "share of changing locums", "C",
            "Assumption: about 200 contacts for 20 new owners in three years; no membership published",
            "Aanname: ongeveer 200 contacten voor 20 nieuwe praktijkhouders in drie jaar; geen ledental gepubliceerd",
            "Locums who join", "Waarnemers die meedoen", ("I08.2",), effect=True, neutral=0.0,
        ),
        Setting(
            "looks", 1.5, 1.1, 2.5, "times the hazard of looking for a seat", "C",
            "Assumption: no controlled estimate of how much more often supported locums come to own",
            "Aanname: geen gecontroleerde schatting van hoeveel vaker ondersteunde waarnemers praktijkhouder worden",
            "Members look round more often", "Leden kijken vaker rond", ("I09.10",), effect=True, neutral=1.0,
        ),
        Setting(
            "support", 0.4, 0.0, 1.0, "units of utility", "C",
            "Assumption: help with hours, administration and temporary finance is worth about as much as a family tie "
            "to the region; no figure found",
            "Aanname: hulp bij uren, administratie en tijdelijke financiering is ongeveer evenveel waard als een "
            "familieband met de regio; geen cijfer gevonden",
            "Worth of the help to a member", "Waarde van de hulp voor een lid", effect=True, neutral=0.0,
        ),
        Setting(
            "starts", 1.25, 1.0, 2.0, "times the attempts to start a practice", "C",
            "Assumption: 18 practices came about in three years in several regions, most of them takeovers",
            "Aanname: in drie jaar kwamen er in verschillende regio's 18 praktijken tot stand, de meeste door overname",
            "Attempts to start a practice", "Pogingen om een praktijk te beginnen", ("I08.1", "I08.5"),
            effect=True, neutral=1.0,
        ),
        Setting(
            "premises", 1.15, 1.0, 1.5, "times the chance of finding premises", "C",
            "Assumption: help with premises, no counts published",
            "Aanname: hulp bij praktijkruimte, geen aantallen gepubliceerd",
            "Premises found for a start", "Praktijkruimte gevonden voor een start", effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "owner", 110_000, 100_000, 140_000, "once", "owner", "insurer", "C",
            "Assumption: 2.0 million euro of innovation money over 18 practices and 20 new owners; whether they would "
            "have owned otherwise is unknown",
            "Aanname: 2,0 miljoen euro innovatiegeld voor 18 praktijken en 20 nieuwe praktijkhouders; of zij het "
            "anders ook waren geworden is onbekend",
            "A new owner who was a member", "Een nieuwe praktijkhouder die lid was", ("C10.1", "I08.3", "I08.4"),
            count=_helped, per_text=Text("new owner who was a member", "nieuwe praktijkhouder die lid was"),
        ),
    ),
)  # fmt: skip
def flexdokters(it: Instance) -> Iterator[Modifier]:
    """Locums who are ready to own and belong to the cooperative look round more often, and a seat is worth more to
    them by the help that comes with it; more of them try to start a practice, and find premises sooner. A takeover
    begins at once; a new practice has to find people and premises, and fills over a year or longer. As ready locums
    are taken up, the effect levels off.

    It moves owners and practices, and makes hardly any GP hours: who becomes an owner was a locum before. The locum
    hours are missing at other practices, for leave, sickness and temporary management, and members get seats that
    others would have taken later. All who own after joining are paid for, also those who would have owned anyhow.
    """
    yield it.modify("succession.cooperative_share", it.number("members"))
    yield it.modify("succession.cooperative_looks", it.number("looks"), ramp=0)
    yield it.modify("succession.cooperative_support", it.number("support"), ramp=0)
    yield it.modify("succession.founding_attempts", it.number("starts"))
    yield it.modify("parties.market_premises", it.number("premises"))
