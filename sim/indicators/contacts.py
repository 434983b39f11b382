"""Contacts with practices: how many, by route and length, who is seen at all, referrals, continuity."""

from __future__ import annotations

from sim.indicators.lists import PRACTICES
from sim.indicators.registration import PEOPLE
from sim.indicators.registry import Ratio, indicator
from sim.indicators.year import Year

NIVEL = "Nivel, Cijfers huisartsen (Zorgregistraties Eerste Lijn)"

ROUTES: dict[str, tuple[str, str, str]] = {
    "gp_phone": ("mode_phone", "telefonisch of kort contact met de huisarts", "telephone or short contact with the GP"),
    "gp_consult": ("mode_consult", "gewoon consult bij de huisarts", "regular GP consult"),
    "gp_long": ("mode_long", "lang consult bij de huisarts", "long GP consult"),
    "gp_visit": ("mode_visit", "visite van de huisarts", "home visit by the GP"),
    "poh_mental": ("handled_poh_mental", "consult bij de POH-GGZ", "consult with the mental-health nurse"),
    "poh_somatic": ("handled_poh_somatic", "gepland consult bij de POH-somatiek", "planned visit to the somatic nurse"),
    "advanced": (
        "handled_advanced",
        "consult bij PA of verpleegkundig specialist",
        "consult with PA or nurse practitioner",
    ),
    "assistant_visit": ("handled_assistant", "bezoek aan de assistent", "visit to the assistant"),
    "assistant_advice": ("assistant_advice", "telefonisch advies van de assistent", "advice by the assistant"),
}
"""Routes within the own practice: counter, and label in Dutch and English."""


@indicator(
    "contacts_per_person",
    unit="contacts a year",
    nl="Contacten per ingeschrevene",
    en="Contacts per registered person",
    better="none",
    definition_nl=(
        "Contacten met huisarts, POH-GGZ, PA of verpleegkundig specialist (zonder ketenzorg, assistent en "
        "post), per ingeschrevene aan het eind van het jaar."
    ),
    source=NIVEL,
    by=PEOPLE,
    headline=True,
)
def contacts_per_person(year: Year) -> Ratio:
    """Contacts with GP, mental-health nurse, PA or nurse practitioner (chronic-care programme, assistant and post left
    out), per person registered at the end of the year.
    """
    return Ratio(year.total("group_year", "contacts"), year.total("group_year", "registered"))


@indicator(
    "contacts_with_chronic_care",
    unit="contacts a year",
    nl="Contacten per ingeschrevene, met ketenzorg",
    en="Contacts per registered person, chronic care included",
    better="none",
    definition_nl="Contacten met huisarts, POH-GGZ, POH-somatiek, PA of verpleegkundig specialist, per ingeschrevene.",
    source=NIVEL,
    by=PRACTICES,
)
def contacts_with_chronic_care(year: Year) -> Ratio:
    """Contacts with GP, mental-health nurse, somatic nurse, PA or nurse practitioner, per registered person."""
    roles = ("gp", "poh_mental", "poh_somatic", "advanced")
    return Ratio(year.total("practice_month", *(f"handled_{role}" for role in roles)), year.registered)


def _route(name: str, counter: str, nl: str, en: str) -> None:
    """Declare contacts per registered person along one route."""

    @indicator(
        f"route_{name}",
        unit="contacts a year",
        nl=f"Route: {nl}",
        en=f"Route: {en}",
        better="none",
        definition_nl=(
            f"Contacten langs deze route ({nl}) in de eigen praktijk of bij een buurpraktijk, per ingeschrevene."
        ),
        definition_en=(
            f"Contacts along this route ({en}) in the own practice or at a neighbour's, per registered person."
        ),
        by=PRACTICES,
    )
    def route(year: Year) -> Ratio:
        return Ratio(year.total("practice_month", counter), year.registered)


for _name, _words in ROUTES.items():
    _route(_name, *_words)


def _sent(name: str, counter: str, nl: str, en: str) -> None:
    """Declare how many are sent to other help than the practice's own, which only measures bring about."""

    @indicator(
        name,
        unit="per 1,000 a year",
        nl=nl,
        en=en,
        better="none",
        definition_nl=f"{nl}, per 1.000 ingeschrevenen; nul zonder maatregelen.",
        definition_en=f"{en}, per 1,000 registered people; zero without interventions.",
        by=PRACTICES,
    )
    def sent(year: Year) -> Ratio:
        return Ratio(year.total("practice_month", counter), year.registered, 1000.0)


_sent("direct_access", "direct_access", "Rechtstreeks naar een andere zorgverlener", "Straight to another provider")
_sent("link_worker", "link_worker", "Mensen naar de welzijnscoach", "People sent to a link worker")
_sent("asked_specialist", "asked_specialist", "Vragen aan een specialist", "Questions to a specialist")


@indicator(
    "route_passant",
    unit="per 1,000 a year",
    nl="Route: als passant bij een huisarts in de regio",
    en="Route: as a passant with a GP in the region",
    better="none",
    definition_nl="Bezoeken van inwoners zonder praktijk in de regio aan een huisarts in de regio, per 1.000 inwoners.",
)
def route_passant(year: Year) -> Ratio:
    """Visits of inhabitants without a practice in the region to a GP in the region, per 1,000 inhabitants."""
    return Ratio(year.total("people_month", "elsewhere_handled_gp"), year.inhabitants, 1000.0)


@indicator(
    "route_outside",
    unit="per 1,000 a year",
    nl="Route: bij de oude huisarts buiten de regio",
    en="Route: with the old GP outside the region",
    better="none",
    definition_nl="Vragen van verhuisde inwoners die hun oude praktijk op afstand afdoet, per 1.000 inwoners.",
)
def route_outside(year: Year) -> Ratio:
    """Requests of people who moved in that their old practice deals with at a distance, per 1,000 inhabitants."""
    return Ratio(year.total("people_month", "elsewhere_handled_outside"), year.inhabitants, 1000.0)


def _length(name: str, counters: tuple[str, ...], nl: str, en: str) -> None:
    """Declare a class of length as a share of all GP contacts."""

    @indicator(
        f"contacts_{name}_share",
        unit="%",
        nl=f"Aandeel {nl}",
        en=f"Share of {en}",
        better="none",
        definition_nl=f"Deel {nl} van de contacten van huisartsen met mensen van de lijst.",
        definition_en=f"Share of {en} among GPs' contacts with people on the lists.",
        source="NZa tariff classes: below 5, 5-20, 20 minutes and over",
        source_nl="Tariefklassen van de NZa: korter dan 5, 5-20, 20 minuten en langer",
        by=PRACTICES,
    )
    def length(year: Year) -> Ratio:
        modes = ("mode_phone", "mode_consult", "mode_long", "mode_visit")
        return Ratio(year.total("practice_month", *counters), year.total("practice_month", *modes), 100.0)


_length("short", ("mode_phone",), "korte en telefonische contacten", "short contacts and calls")
_length("regular", ("mode_consult",), "gewone consulten", "regular consults")
_length("long", ("mode_long", "mode_visit"), "lange consulten en visites", "long consults and visits")


@indicator(
    "seen_in_year",
    unit="%",
    nl="Inwoners met ten minste een contact",
    en="Inhabitants with at least one contact",
    better="none",
    definition_nl=(
        "Inwoners die in de twaalf maanden tot het eind van het jaar iemand in een praktijk zagen of spraken."
    ),
    source="RIVM VZinfo on Nivel, huisartsenzorg: gebruik",
    source_nl="RIVM VZinfo over Nivel, huisartsenzorg: gebruik",
    by=PEOPLE,
)
def seen_in_year(year: Year) -> Ratio:
    """Inhabitants who had a visit or call with somebody in a practice in the twelve months up to the year's end."""
    return Ratio(year.total("group_year", "seen_in_year"), year.inhabitants, 100.0)


@indicator(
    "referrals",
    unit="per 1,000 a year",
    nl="Verwijzingen naar de medisch specialist",
    en="Referrals to medical specialists",
    better="none",
    definition_nl="Verwijzingen vanuit de dagpraktijk, per 1.000 ingeschrevenen.",
    source="Nivel, Verwijzingen naar de tweede lijn",
    by=PEOPLE,
)
def referrals(year: Year) -> Ratio:
    """Referrals from daytime practice, per 1,000 people registered at the end of the year."""
    return Ratio(year.total("group_year", "referrals"), year.total("group_year", "registered"), 1000.0)


@indicator(
    "usual_gp_share",
    unit="%",
    nl="Continuïteit: contacten met de vaste huisarts",
    en="Continuity: contacts with the usual GP",
    better="higher",
    definition_nl="Contacten met de eigen vaste huisarts over alle contacten met een huisarts overdag.",
    source="Usual provider of care index (Breslau and Reeb 1975)",
    source_nl="Usual provider of care index (Breslau en Reeb 1975)",
    by=PEOPLE,
    headline=True,
)
def usual_gp_share(year: Year) -> Ratio:
    """Contacts with one's usual GP over all daytime contacts with a GP (usual provider index, over contacts)."""
    return Ratio(year.total("group_year", "usual_gp_contacts"), year.total("group_year", "gp_contacts"), 100.0)
