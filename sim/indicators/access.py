"""Waiting for an appointment, being seen in time, and what happens to those who are not."""

from __future__ import annotations

import math

import numpy as np

from sim.indicators.lists import PRACTICES
from sim.indicators.registration import PEOPLE
from sim.indicators.registry import Ratio, indicator
from sim.indicators.year import Year

ROUTINE_NL = "eerste, niet-spoedeisende bezoeken bij de huisarts van de eigen praktijk"
TREEKNORM = "Treeknorm for general practice: 80 % within 2, all within 3 working days"
TREEKNORM_NL = "Treeknorm voor de huisartsenzorg: 80 % binnen 2, iedereen binnen 3 werkdagen"


def wait_quantile(year: Year, share: float) -> float:
    """Working days within which a share of routine requests was seen; nan when nobody was."""
    days, requests = year.column("wait_year", "working_days"), year.column("wait_year", "requests")
    order = np.argsort(days, kind="stable")
    reached = np.cumsum(requests[order])
    if not reached.size or reached[-1] == 0:
        return math.nan
    return float(days[order][np.searchsorted(reached, share * reached[-1])])


@indicator(
    "wait_mean",
    unit="working days",
    nl="Wachttijd voor een gewone afspraak, gemiddeld",
    en="Wait for a routine appointment, mean",
    better="lower",
    definition_nl=f"Werkdagen van vraag tot bezoek, over {ROUTINE_NL}.",
    by=PEOPLE,
    headline=True,
)
def wait_mean(year: Year) -> Ratio:
    """Working days from request to visit, over first routine visits to a GP of the own practice."""
    return Ratio(year.total("group_year", "routine_wait_days"), year.total("group_year", "routine_seen"))


@indicator(
    "wait_median",
    unit="working days",
    nl="Wachttijd voor een gewone afspraak, mediaan",
    en="Wait for a routine appointment, median",
    better="lower",
    definition_nl=f"Werkdagen waarbinnen de helft gezien is, over {ROUTINE_NL}.",
)
def wait_median(year: Year) -> float:
    """Working days within which half were seen, over first routine visits to a GP of the own practice."""
    return wait_quantile(year, 0.5)


@indicator(
    "wait_p90",
    unit="working days",
    nl="Wachttijd voor een gewone afspraak, 90e percentiel",
    en="Wait for a routine appointment, 90th percentile",
    better="lower",
    definition_nl=f"Werkdagen waarbinnen negen op de tien gezien zijn, over {ROUTINE_NL}.",
    headline=True,
)
def wait_p90(year: Year) -> float:
    """Working days within which nine in ten were seen, over first routine visits to a GP of the own practice."""
    return wait_quantile(year, 0.9)


@indicator(
    "third_next_available",
    unit="working days",
    nl="Derde vrije afspraak",
    en="Third-next-available appointment",
    better="lower",
    definition_nl=(
        "Werkdagen tot de derde vrije gewone plek, per huisarts, gewogen naar ingeschrevenen, aan elk maandeinde."
    ),
    source="Third-next-available appointment (Murray and Berwick 2003, doi:10.1001/jama.289.8.1035)",
    source_nl="Derde vrije plek (Murray en Berwick 2003, doi:10.1001/jama.289.8.1035)",
    by=PRACTICES,
    headline=True,
)
def third_next_available(year: Year) -> Ratio:
    """Working days to the third free routine slot, mean over a practice's GPs, weighted by list, at month's ends."""
    size = year.column("practice_month", "list_size")
    days = year.column("practice_month", "third_next_available")
    return Ratio(float(size @ days), float(size.sum()))


@indicator(
    "seen_in_3_days",
    unit="%",
    nl="Gezien binnen drie werkdagen",
    en="Seen within three working days",
    better="higher",
    definition_nl=f"Aandeel met een wachttijd van ten hoogste drie werkdagen, over {ROUTINE_NL}.",
    source=TREEKNORM,
    source_nl=TREEKNORM_NL,
    by=PEOPLE,
    headline=True,
)
def seen_in_3_days(year: Year) -> Ratio:
    """Share that waited three working days at most, over first routine visits to a GP of the own practice."""
    return Ratio(year.total("group_year", "routine_in_3_days"), year.total("group_year", "routine_seen"), 100.0)


@indicator(
    "urgent_seen_today",
    unit="%",
    nl="Spoedvragen dezelfde dag gezien",
    en="Urgent requests seen the same day",
    better="higher",
    definition_nl=(
        "Aandeel spoedvragen (U1-U3) dat dezelfde dag in de eigen praktijk of bij een buurpraktijk terechtkon."
    ),
    by=PRACTICES,
)
def urgent_seen_today(year: Year) -> Ratio:
    """Share of urgent requests (U1-U3) given a place the same day, in the own practice or a neighbour's."""
    return Ratio(year.total("practice_month", "urgent_today"), year.total("practice_month", "urgent_requests"), 100.0)


def _rate(id: str, column: str, nl: str, en: str, definition_nl: str, definition_en: str, headline: bool) -> None:
    """Declare a yearly rate per 1,000 inhabitants of something counted by group."""

    @indicator(
        id,
        unit="per 1,000 a year",
        nl=nl,
        en=en,
        better="lower",
        definition_nl=definition_nl,
        definition_en=definition_en,
        by=PEOPLE,
        headline=headline,
    )
    def per_thousand(year: Year) -> Ratio:
        return Ratio(year.total("group_year", column), year.inhabitants, 1000.0)


_rate(
    "forgone",
    "forgone",
    "Zorgvragen waarvan is afgezien",
    "Forgone requests",
    "Vragen die niet zijn gesteld of opgegeven omdat het te lang duurde of geen praktijk plek had, per 1.000 inwoners.",
    "Requests given up because the wait was too long or no practice had room, per 1,000 inhabitants.",
    True,
)
_rate(
    "day_to_post",
    "to_post",
    "Overdag niet gezien, naar de huisartsenpost",
    "Daytime requests that went to the out-of-hours post",
    "Vragen aan de dagpraktijk die 's avonds op de post terechtkwamen, per 1.000 inwoners.",
    "Requests to practices that ended at the out-of-hours post the same evening, per 1,000 inhabitants.",
    False,
)
_rate(
    "day_to_emergency",
    "to_emergency",
    "Overdag niet gezien, naar de spoedeisende hulp",
    "Daytime requests that went to the emergency department",
    "Vragen aan de dagpraktijk die op de spoedeisende hulp terechtkwamen, per 1.000 inwoners.",
    "Requests to practices that ended at the emergency department, per 1,000 inhabitants.",
    True,
)


@indicator(
    "missed_appointments",
    unit="%",
    nl="Niet verschenen op afspraak",
    en="Booked visits missed",
    better="lower",
    definition_nl="Gemiste afspraken over gemiste en gehouden bezoeken in de praktijk.",
    by=PRACTICES,
)
def missed_appointments(year: Year) -> Ratio:
    """Visits not kept over visits kept or not, all roles."""
    missed = year.total("practice_month", "no_shows")
    roles = ("gp", "assistant", "poh_somatic", "poh_mental", "advanced")
    kept = year.total("practice_month", *(f"handled_{role}" for role in roles))
    return Ratio(missed, missed + kept, 100.0)


@indicator(
    "moved_appointments",
    unit="per 1,000 a year",
    nl="Door de praktijk verzette afspraken",
    en="Appointments moved by the practice",
    better="lower",
    definition_nl="Afspraken die verzet werden omdat er minder tijd was dan gepland, per 1.000 ingeschrevenen.",
    by=PRACTICES,
)
def moved_appointments(year: Year) -> Ratio:
    """Bookings moved because less time was left than planned, per 1,000 registered."""
    return Ratio(year.total("practice_month", "moved_bookings"), year.registered, 1000.0)


@indicator(
    "phone_instead_of_visit",
    unit="%",
    nl="Telefonisch afgedaan omdat een consult te lang zou duren",
    en="Consults turned into calls because of the wait",
    better="none",
    definition_nl="Consulten die om de wachttijd telefonisch zijn gedaan, over alle huisartscontacten.",
    by=PRACTICES,
)
def phone_instead_of_visit(year: Year) -> Ratio:
    """Consults done by telephone because of the wait, over all GP contacts."""
    return Ratio(
        year.total("practice_month", "phone_instead_of_visit"), year.total("practice_month", "gp_contacts"), 100.0
    )
