"""The practices' telephone."""

from __future__ import annotations

from sim.indicators.lists import PRACTICES
from sim.indicators.registry import Ratio, indicator
from sim.indicators.year import Year

IGJ = "IGJ norm for general practice: the normal line within two minutes"
IGJ_NL = "IGJ-norm voor huisartsenpraktijken: de gewone lijn binnen twee minuten"


def answered(year: Year) -> float:
    """Calls that somebody answered."""
    return year.total("practice_month", "calls") - year.total("practice_month", "calls_abandoned")


@indicator(
    "phone_wait",
    unit="minutes",
    nl="Wachttijd aan de telefoon van de praktijk",
    en="Wait on the practice's telephone",
    better="lower",
    definition_nl="Gemiddelde wachttijd van beantwoorde telefoontjes.",
    by=PRACTICES,
    headline=True,
)
def phone_wait(year: Year) -> Ratio:
    """Mean wait of calls that were answered."""
    return Ratio(year.total("practice_month", "call_wait_seconds") / 60.0, answered(year))


@indicator(
    "calls_in_2_minutes",
    unit="%",
    nl="Telefoontjes binnen twee minuten beantwoord",
    en="Calls answered within two minutes",
    better="higher",
    definition_nl="Binnen twee minuten beantwoord, over alle telefoontjes, ook de opgegeven.",
    source=IGJ,
    source_nl=IGJ_NL,
    by=PRACTICES,
    headline=True,
)
def calls_in_2_minutes(year: Year) -> Ratio:
    """Answered within two minutes, over all calls, those given up included."""
    return Ratio(year.total("practice_month", "calls_in_2_minutes"), year.total("practice_month", "calls"), 100.0)


@indicator(
    "calls_given_up",
    unit="%",
    nl="Opgehangen voordat iemand opnam",
    en="Calls given up",
    better="lower",
    definition_nl="Bellers die ophangen voordat er wordt opgenomen, over alle telefoontjes.",
    by=PRACTICES,
)
def calls_given_up(year: Year) -> Ratio:
    """Callers who hang up before somebody answers, over all calls."""
    return Ratio(year.total("practice_month", "calls_abandoned"), year.total("practice_month", "calls"), 100.0)


@indicator(
    "calls_per_person",
    unit="calls a year",
    nl="Telefoontjes naar de praktijk per ingeschrevene",
    en="Calls to the practice per registered person",
    better="none",
    definition_nl="Alle telefoontjes, ook herhaalde en die over recepten en uitslagen, per ingeschrevene.",
    by=PRACTICES,
)
def calls_per_person(year: Year) -> Ratio:
    """All calls, repeats and those about prescriptions and results included, per registered person."""
    return Ratio(year.total("practice_month", "calls"), year.registered)
