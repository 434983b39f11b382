"""Digital triage: a front door on the screen for the practice's daytime requests."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting
from sim.interventions.instance import Instance
from sim.interventions.practice_channel import induced, practice_channel
from sim.modifiers import Modifier


@practice_channel(
    "digital_triage",
    name=("Digital triage in the practice", "Digitale triage in de praktijk"),
    about=(
        "A digital front door of the practice: people describe their question on a screen instead of calling, part of "
        "them get advice, and an assistant handles the rest.",
        "Een digitale voordeur van de praktijk: mensen beschrijven hun vraag op een scherm in plaats van te bellen, "
        "een deel krijgt advies en een assistent handelt de rest af.",
    ),
    settings=(
        Setting(
            "share", 0.5, 0.1, 0.95, "share of requests, times digital ability", "C",
            "Assumption: 72 % of requests in English practices where it is the main door, 30 % of patients in one "
            "Dutch practice with a form beside the telephone",
            "Aanname: 72 % van de zorgvragen in Engelse praktijken waar dit de hoofdingang is, 30 % van de patiënten "
            "in één Nederlandse praktijk met een formulier naast de telefoon",
            "Requests through the digital door", "Zorgvragen via de digitale voordeur", ("I04.13", "I04.16"),
            effect=True, neutral=0.0,
        ),
        Setting(
            "advice", 0.6, 0.2, 0.8, "share of requests suitable for self-care", "C",
            "Derived: 74 % of those who need no contact are told so, and 65 to 94 % follow; self-triage apps, not "
            "practices",
            "Afgeleid: 74 % van wie geen contact nodig heeft krijgt dat te horen, en 65 tot 94 % volgt het op; apps "
            "voor zelftriage, geen praktijken",
            "Suitable requests that end with advice", "Geschikte vragen die met advies eindigen",
            ("I02.5", "I02.6", "I02.8"), effect=True, neutral=0.0,
        ),
        Setting(
            "minutes", 3.0, 1.0, 8.0, "minutes of an assistant", "C",
            "Assumption: reading, asking back and answering takes about as long as a call; no Dutch time study found",
            "Aanname: lezen, terugvragen en beantwoorden kost ongeveer evenveel tijd als een telefoongesprek; geen "
            "Nederlands tijdonderzoek gevonden",
            "An assistant's minutes for each request", "Assistentminuten per vraag", effect=True, neutral=0.0,
        ),
        Setting(
            "gp_minutes", 0.5, 0.0, 3.0, "minutes of a GP", "C",
            "Assumption: a GP looks at one request in six for three minutes; no Dutch time study found",
            "Aanname: een huisarts kijkt drie minuten naar een op de zes vragen; geen Nederlands tijdonderzoek "
            "gevonden",
            "A GP's minutes for each request", "Huisartsminuten per vraag", effect=True, neutral=0.0,
        ),
        induced(
            0.05, 0.25, "new requests per request through the door",
            "Assumption: an easier door brings questions that would not have come; trials of triage by telephone "
            "count a third to a half more contacts, follow-ups included",
            "Aanname: een makkelijker ingang brengt vragen die anders niet waren gesteld; in trials van telefonische "
            "triage een derde tot de helft meer contacten, vervolgcontacten inbegrepen",
        ),
    ),
    costs=(
        Cost(
            "licence", 4_000, 1_500, 9_000, "yearly", "practice", "practice", "C",
            "Assumption: about one to two euro a patient a year; no price list found",
            "Aanname: ongeveer één tot twee euro per patiënt per jaar; geen prijslijst gevonden",
            "Licence and support", "Licentie en ondersteuning",
        ),
        Cost(
            "set_up", 3_000, 1_000, 8_000, "once", "practice", "gp_organisation", "C",
            "Assumption: some days of training and linking; no figure found",
            "Aanname: enkele dagen scholing en koppelen; geen cijfer gevonden",
            "Set-up and training", "Invoering en scholing",
        ),
    ),
)  # fmt: skip
def digital_triage(it: Instance) -> Iterator[Modifier]:
    """Practices take it up one by one. There, people put part of their questions on a screen, each in proportion to
    their own digital ability, which falls with age and deprivation. These make no call, so the line is shorter for
    those who still call. Whatever is urgent beyond today still calls.

    Each such request takes minutes at an assistant's desk, and of a GP. Assistants work on them between calls, in the
    time of the calls that were not made; what takes longer, and requests that would not have come, take the time of
    their visits; what they have no room for lands with the GPs. A GP's minutes come out of the same book as visits. A
    part of the questions that suit self-care ends with advice. These are the questions that an assistant on the
    telephone would have ended first, so that only what goes beyond her advice is gained; all others are triaged and
    booked as after a call. An easier door also brings questions that would not have come.
    """
    yield it.modify("digital.door", it.number("share"))
    yield it.modify("digital.door_resolved", it.number("advice"))
    yield it.modify("digital.door_minutes", it.number("minutes"))
    yield it.modify("digital.door_gp_minutes", it.number("gp_minutes"))
    yield it.modify("digital.induced", it.number("share") * it.number("induced"))
