"""Digital consults: a first contact by message, telephone or video with the own GP instead of a visit."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.practice_channel import induced, practice_channel
from sim.modifiers import Modifier

_CONSULTS = 0.35  # share of all requests that are routine consults with a GP in the baseline, about


@practice_channel(
    "digital_consult",
    name=("Digital consults with the own GP", "Digitaal consult bij de eigen huisarts"),
    about=(
        "Part of the routine consults begin by chat, e-consult, telephone or video with the own GP, and become a visit "
        "only where that does not suffice.",
        "Een deel van de gewone consulten begint per chat, e-consult, telefoon of video bij de eigen huisarts, en "
        "wordt alleen een bezoek als dat niet volstaat.",
    ),
    settings=(
        Setting(
            "share", 0.3, 0.02, 0.95, "share of routine consults, times digital ability", "C",
            "Assumption: two e-consults per 1,000 patients a month where they are only offered, most requests where "
            "they are the main door",
            "Aanname: twee e-consulten per 1.000 patiënten per maand waar ze alleen worden aangeboden, de meeste "
            "zorgvragen waar dit de hoofdingang is",
            "Consults that begin digitally", "Consulten die digitaal beginnen", ("I04.4", "I04.13"),
            effect=True, neutral=0.0,
        ),
        Setting(
            "minutes", 5.0, 2.0, 8.0, "minutes of direct GP time", "C",
            "Derived: a call takes 58 % of a visit in England (5.3 of 9.2 minutes) and half in the Dutch norm; a "
            "message is thought shorter",
            "Afgeleid: een telefoongesprek kost in Engeland 58 % van een bezoek (5,3 van 9,2 minuten) en in de "
            "Nederlandse norm de helft; een bericht wordt korter geacht",
            "GP minutes of the first contact", "Huisartsminuten van het eerste contact", ("I04.11", "I04.12"),
            effect=True, neutral=0.0,
        ),
        Setting(
            "to_visit", 0.38, 0.2, 0.7, "share of digital first contacts", "A",
            "Edwards et al., BMJ Open 7:e016901 (2017): e-consults of 36 English practices",
            "Edwards et al., BMJ Open 7:e016901 (2017): e-consulten van 36 Engelse praktijken",
            "Followed by a visit", "Gevolgd door een bezoek", ("I04.5",), effect=True, neutral=0.0,
        ),
        Setting(
            "to_call", 0.32, 0.0, 0.45, "share of digital first contacts", "A",
            "Edwards et al., BMJ Open 7:e016901 (2017): e-consults of 36 English practices",
            "Edwards et al., BMJ Open 7:e016901 (2017): e-consulten van 36 Engelse praktijken",
            "Followed by a call", "Gevolgd door een telefoongesprek", ("I04.6",), effect=True, neutral=0.0,
        ),
        induced(
            0.1, 0.4, "new requests per digital first contact",
            "Assumption: an easier channel brings questions that would not have come; how many is published for no "
            "Dutch practice",
            "Aanname: een makkelijker kanaal brengt vragen die anders niet waren gesteld; hoeveel is voor geen "
            "Nederlandse praktijk gepubliceerd",
        ),
    ),
    costs=(
        Cost(
            "licence", 3_000, 1_000, 8_000, "yearly", "practice", "practice", "C",
            "Assumption: about one euro a patient a year; no price list found",
            "Aanname: ongeveer één euro per patiënt per jaar; geen prijslijst gevonden",
            "Licence and support", "Licentie en ondersteuning",
        ),
    ),
)  # fmt: skip
def digital_consult(it: Instance) -> Iterator[Modifier]:
    """In practices that take part, part of the routine consults begin with a shorter contact by message, telephone
    or video, in the book of the own GP; the more so the greater a person's digital ability. Some end there. What is
    left open comes back within days as a visit or as a call, with its full minutes: the first contact was then an
    extra step.

    So it saves a GP time only when it resolves more than its minutes as a share of a visit's; and the easier channel
    brings questions that would not have come, which take time as well. Long consults, home visits and whatever must
    be seen today stay as they are. Contacts rise, visits fall; what becomes of GP time is an outcome.
    """
    yield it.modify("digital.consult", it.number("share"))
    yield it.modify("digital.consult_minutes", it.number("minutes"))
    yield it.modify("digital.consult_to_visit", it.number("to_visit"))
    yield it.modify("digital.consult_to_call", it.number("to_call"))
    yield it.modify("digital.induced", it.number("share") * _CONSULTS * it.number("induced"))
