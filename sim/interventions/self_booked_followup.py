"""Follow-ups of twenty minutes that patients book themselves."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


@intervention(
    "self_booked_followup",
    name=("Follow-ups that patients book", "Zelf geboekt vervolgconsult"),
    about=(
        "Patients book their own follow-up, of twenty minutes.",
        "Patiënten boeken zelf hun vervolgconsult, van twintig minuten.",
    ),
    where=("region", "municipalities", "practices"),
    by="practice",
    adoption_months=24,
    reach=0.4,
    settings=(
        Setting(
            "share", 0.5, 0.1, 0.9, "share of follow-ups with a GP", "C",
            "Assumption: not all want or are able to; no figure of use found",
            "Aanname: niet iedereen wil of kan dit; geen gebruikscijfer gevonden",
            "Follow-ups that patients book", "Vervolgconsulten die patiënten boeken", effect=True, neutral=0.0,
        ),
        Setting(
            "minutes", 20.0, 15.0, 25.0, "minutes", "A",
            "Zilveren Kruis, digital practice concept (about 2019-20): 20 minutes",
            "Zilveren Kruis, digitaal praktijkconcept (ongeveer 2019-20): 20 minuten",
            "Length of the follow-up", "Duur van het vervolgconsult", ("I06.1",),
        ),
        Setting(
            "repeat", 1.0, 0.8, 1.05, "times the chance of another follow-up", "C",
            "Assumption after five trials with very low certainty: no clear effect of length (Wilson and Childs, "
            "Cochrane 2016)",
            "Aanname op grond van vijf trials met zeer lage bewijskracht: geen duidelijk effect van de consultduur "
            "(Wilson en Childs, Cochrane 2016)",
            "Another contact after a long follow-up", "Nog een contact na een lang vervolgconsult", ("I06.2",),
            effect=True, neutral=1.0,
        ),
        Setting(
            "extra", 1.05, 1.0, 1.2, "times the chance of a follow-up", "C",
            "Assumption: what can be booked without asking is booked more often; no figure found",
            "Aanname: wat zonder vragen te boeken is wordt vaker geboekt; geen cijfer gevonden",
            "Follow-ups that come on top", "Vervolgconsulten die erbij komen", effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "software", 1_500, 500, 4_000, "yearly", "practice", "practice", "C",
            "Assumption: online booking by type of consult; no price found",
            "Aanname: online boeken per soort consult; geen prijs gevonden",
            "Booking software", "Boekingssoftware",
        ),
    ),
)  # fmt: skip
def self_booked_followup(it: Instance) -> Iterator[Modifier]:
    """A share of the follow-ups with a GP takes twenty minutes instead of those of a usual consult, on the first day
    with that much room after the day agreed. Whether fewer contacts follow on a long one is a setting of its own,
    with no effect as default, for trials show none.

    The unwelcome direction is the plain one: the same follow-ups ask up to twice the GP's minutes and fill the book, so
    that first requests wait longer, and easy booking adds some follow-ups. It pays only where longer visits save a
    third or more of later contacts, or where many other contacts are made short at the same time (`digital_consult`).
    """
    yield it.modify("care.self_booked_share", it.number("share"))
    if it.number("share") > 0.0:
        yield it.modify(
            "care.self_booked_minutes", it.number("minutes") / it.parameters.number("care.self_booked_minutes")
        )
    yield it.modify("care.self_booked_repeat", it.number("repeat"))
    yield it.modify("care.follow_up", it.number("extra"))
