"""The out-of-hours posts: contacts, urgency, waits, shifts and the GPs' duty hours."""

from __future__ import annotations

import numpy as np

from sim.indicators.lists import norm_list
from sim.indicators.registration import PEOPLE
from sim.indicators.registry import Ratio, indicator
from sim.indicators.workload import FIXED_LOCUM, HOUR, OWNER
from sim.indicators.year import Year

POST = ("post",)
INEEN = "InEen, Benchmark Huisartsenspoedposten"
NTS = "Nederlandse Triage Standaard: U1 15 minutes, U2 1 hour, U3 3 hours, U4 1 day"
NTS_NL = "Nederlandse Triage Standaard: U1 15 minuten, U2 1 uur, U3 3 uur, U4 1 dag"
URGENCIES = (1, 2, 3, 4, 5)


def contacts(year: Year) -> float:
    """Calls to the posts that were answered and given an urgency."""
    return year.total("post_month", *(f"contacts_u{u}" for u in URGENCIES))


@indicator(
    "post_contacts",
    unit="per 1,000 a year",
    nl="Contacten met de huisartsenpost",
    en="Out-of-hours contacts",
    better="none",
    definition_nl="Beantwoorde vragen aan de post (advies, consult, visite of doorverwijzing), per 1.000 inwoners.",
    source=INEEN,
    by=PEOPLE,
    headline=True,
)
def post_contacts(year: Year) -> Ratio:
    """Calls to the post that were answered (advice, consult, visit or passed on), per 1,000 inhabitants."""
    return Ratio(year.total("group_year", "post_contacts"), year.inhabitants, 1000.0)


def _urgency(u: int) -> None:
    """Declare contacts of one urgency per 1,000, as a share, and for U1-U4 how many were seen within the norm."""

    @indicator(
        f"post_contacts_u{u}",
        unit="per 1,000 a year",
        nl=f"Contacten met de post, urgentie U{u}",
        en=f"Out-of-hours contacts of urgency U{u}",
        better="none",
        definition_nl=f"Vragen aan de post met urgentie U{u}, per 1.000 inwoners.",
        definition_en=f"Calls to the post triaged as U{u}, per 1,000 inhabitants.",
        source=INEEN,
    )
    def rate(year: Year) -> Ratio:
        return Ratio(year.total("post_month", f"contacts_u{u}"), year.inhabitants, 1000.0)

    @indicator(
        f"post_share_u{u}",
        unit="%",
        nl=f"Aandeel urgentie U{u} op de post",
        en=f"Share of urgency U{u} at the posts",
        better="none",
        definition_nl=f"Vragen met urgentie U{u} over alle vragen aan de post.",
        definition_en=f"Calls triaged as U{u} over all calls to the posts.",
        source=INEEN,
        by=POST,
    )
    def share(year: Year) -> Ratio:
        return Ratio(year.total("post_month", f"contacts_u{u}"), contacts(year), 100.0)

    if u == 5:  # no time limit
        return

    @indicator(
        f"post_in_norm_u{u}",
        unit="%",
        nl=f"Op tijd gezien op de post, urgentie U{u}",
        en=f"Seen in time by the posts, urgency U{u}",
        better="higher",
        definition_nl=(
            f"Consulten en visites met urgentie U{u} die begonnen binnen de norm, vanaf het eind van het gesprek."
        ),
        definition_en=f"Consults and visits of urgency U{u} begun within the norm, from the end of the call.",
        source=NTS,
        source_nl=NTS_NL,
        by=POST,
    )
    def in_norm(year: Year) -> Ratio:
        return Ratio(year.total("post_month", f"seen_in_norm_u{u}"), year.total("post_month", f"seen_u{u}"), 100.0)


for _u in URGENCIES:
    _urgency(_u)


@indicator(
    "post_in_norm",
    unit="%",
    nl="Op tijd gezien op de post",
    en="Seen in time by the posts",
    better="higher",
    definition_nl=(
        "Consulten en visites (U1-U4) die begonnen binnen de norm van hun urgentie, vanaf het eind van het gesprek."
    ),
    source=NTS,
    source_nl=NTS_NL,
    by=POST,
    headline=True,
)
def post_in_norm(year: Year) -> Ratio:
    """Consults and visits (U1-U4) begun within the norm of their urgency, from the end of the call."""
    timed = URGENCIES[:-1]
    seen = year.total("post_month", *(f"seen_u{u}" for u in timed))
    return Ratio(year.total("post_month", *(f"seen_in_norm_u{u}" for u in timed)), seen, 100.0)


def _outcome(name: str, counter: str, nl: str, en: str) -> None:
    """Declare the share of one outcome among advice, consults and visits."""

    @indicator(
        f"post_{name}_share",
        unit="%",
        nl=f"Aandeel {nl} op de post",
        en=f"Share of {en} at the posts",
        better="none",
        definition_nl=f"Deel {nl} van adviezen, consulten en visites samen.",
        definition_en=f"Share of {en} among advice, consults and visits together.",
        source=INEEN,
        by=POST,
    )
    def share(year: Year) -> Ratio:
        total = year.total("post_month", "advice", "consults", "visits")
        return Ratio(year.total("post_month", counter), total, 100.0)


_outcome("advice", "advice", "telefonisch advies", "telephone advice")
_outcome("consult", "consults", "consulten", "consults")
_outcome("visit", "visits", "visites", "home visits")


@indicator(
    "post_call_wait",
    unit="minutes",
    nl="Wachttijd aan de telefoon van de post",
    en="Wait on the posts' telephone",
    better="lower",
    definition_nl="Gemiddelde wachttijd van beantwoorde telefoontjes, de spoedlijn meegeteld.",
    source=INEEN,
    by=POST,
    headline=True,
)
def post_call_wait(year: Year) -> Ratio:
    """Mean wait of calls that were answered, the emergency line included."""
    return Ratio(year.total("post_month", "call_wait_seconds") / 60.0, contacts(year))


@indicator(
    "post_calls_in_2_minutes",
    unit="%",
    nl="Telefoontjes naar de post binnen twee minuten beantwoord",
    en="Calls to the posts answered within two minutes",
    better="higher",
    definition_nl="Binnen twee minuten beantwoord, over alle telefoontjes, ook de opgegeven.",
    source="Consumentenbond 2016, quoting sector targets",
    source_nl="Consumentenbond 2016, met de streefwaarden van de sector",
    by=POST,
)
def post_calls_in_2_minutes(year: Year) -> Ratio:
    """Answered within two minutes, over all calls, those given up included."""
    return Ratio(year.total("post_month", "calls_in_2_minutes"), year.total("post_month", "calls"), 100.0)


@indicator(
    "post_calls_given_up",
    unit="%",
    nl="Bij de post opgehangen voordat iemand opnam",
    en="Calls to the posts given up",
    better="lower",
    definition_nl="Bellers die ophangen voordat er wordt opgenomen, over alle telefoontjes naar de post.",
    by=POST,
)
def post_calls_given_up(year: Year) -> Ratio:
    """Callers who hang up before somebody answers, over all calls to the posts."""
    return Ratio(year.total("post_month", "calls_abandoned"), year.total("post_month", "calls"), 100.0)


@indicator(
    "post_self_care_share",
    unit="%",
    nl="Vragen aan de post die met zelfzorg konden",
    en="Calls to the posts that self-care would do for",
    better="lower",
    definition_nl="Vragen die met zelfzorgadvies hadden gekund, over alle vragen aan de post.",
    source="Zilveren Kruis, Huisartsentekort? Wat doen we eraan? (2023)",
    by=POST,
)
def post_self_care_share(year: Year) -> Ratio:
    """Calls that self-care advice would have done for, over all calls to the posts."""
    return Ratio(year.total("post_month", "self_care_eligible"), contacts(year), 100.0)


@indicator(
    "post_to_emergency",
    unit="per 1,000 a year",
    nl="Van de post naar de spoedeisende hulp",
    en="From the posts to the emergency department",
    better="lower",
    definition_nl="Vragen die de post direct naar de spoedeisende hulp of ambulance stuurt, per 1.000 inwoners.",
)
def post_to_emergency(year: Year) -> Ratio:
    """Calls that the posts pass on to the emergency department or ambulance at once, per 1,000 inhabitants."""
    return Ratio(year.total("post_month", "to_emergency"), year.inhabitants, 1000.0)


@indicator(
    "shifts_unfilled",
    unit="%",
    nl="Onbezette diensten op de post",
    en="Out-of-hours shifts unfilled",
    better="lower",
    definition_nl="Diensten zonder huisarts over alle diensten in het rooster.",
    by=POST,
    headline=True,
)
def shifts_unfilled(year: Year) -> Ratio:
    """Shifts without a GP over all shifts of the staffing table."""
    return Ratio(year.total("post_month", "shifts_unfilled"), year.total("post_month", "shifts"), 100.0)


def _duty(year: Year, *roles: int) -> float:
    """Hours of duty worked in the year by GPs of some roles, or by all."""
    seconds, role = year.column("gp_year", "duty_seconds"), year.column("gp_year", "role")
    return float(seconds[np.isin(role, roles)].sum() if roles else seconds.sum()) / HOUR


@indicator(
    "duty_per_norm_practice",
    unit="hours a year",
    nl="Diensturen per normpraktijk",
    en="Duty hours per norm practice",
    better="lower",
    definition_nl="Alle gewerkte diensturen, per 2.095 ingeschrevenen.",
    source="Published as 189 hours per GP (2021), which is what the posts ask of a norm practice",
    source_nl="Gepubliceerd als 189 uur per huisarts (2021), wat de huisartsenposten van een normpraktijk vragen",
    headline=True,
)
def duty_per_norm_practice(year: Year) -> Ratio:
    """All duty hours worked, per 2,095 people registered."""
    return Ratio(_duty(year), year.registered / norm_list())


@indicator(
    "duty_per_owner",
    unit="hours a year",
    nl="Diensturen per praktijkhouder",
    en="Duty hours per owner",
    better="lower",
    definition_nl="Diensturen die praktijkhouders zelf werken, per praktijkhouder.",
    source="Nivel, De werkweek van de Nederlandse huisarts in 2024 (2025)",
)
def duty_per_owner(year: Year) -> Ratio:
    """Duty hours that owners work themselves, per owner."""
    return Ratio(_duty(year, OWNER), float(np.count_nonzero(year.column("gp_year", "role") == OWNER)))


@indicator(
    "duty_per_regular_gp",
    unit="hours a year",
    nl="Diensturen per praktijkhouder, HIDHA of vaste waarnemer",
    en="Duty hours per regular GP",
    better="lower",
    definition_nl="Alle gewerkte diensturen, ook die van wisselende waarnemers, gedeeld door de vaste huisartsen.",
    source="Scand J Prim Health Care 2012 (PMC3520414): 4 hours a week per GP",
    source_nl="Scand J Prim Health Care 2012 (PMC3520414): 4 uur per week per huisarts",
)
def duty_per_regular_gp(year: Year) -> Ratio:
    """All duty hours worked, those of changing locums included, over owners, employed GPs and fixed locums."""
    return Ratio(_duty(year), float(np.count_nonzero(year.column("gp_year", "role") <= FIXED_LOCUM)))


def _block(name: str, hours: tuple[str, ...], nl: str, en: str) -> None:
    """Declare the share of the week's calls that fall in a block of hours."""

    @indicator(
        f"post_hours_{name}",
        unit="%",
        nl=f"Vragen aan de post {nl}",
        en=f"Calls to the posts {en}",
        better="none",
        definition_nl=f"Telefoontjes naar de post {nl}, over alle telefoontjes; feestdagen tellen als weekend.",
        definition_en=f"Calls to the posts {en}, over all calls; public holidays count as weekend.",
        source=INEEN,
        by=POST,
    )
    def share(year: Year) -> Ratio:
        return Ratio(year.total("post_month", *hours), year.total("post_month", "arrivals"), 100.0)


_block(
    "weekday_18_20",
    ("weekday_hour_18", "weekday_hour_19"),
    "op werkdagen van 18 tot 20 uur",
    "on weekdays from 18 to 20 h",
)
_block(
    "weekend_10_12",
    ("weekend_hour_10", "weekend_hour_11"),
    "in het weekend van 10 tot 12 uur",
    "at weekends from 10 to 12 h",
)
_block(
    "weekend_04_06",
    ("weekend_hour_04", "weekend_hour_05"),
    "in het weekend van 4 tot 6 uur",
    "at weekends from 4 to 6 h",
)
