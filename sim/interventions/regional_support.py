"""A support team that lets a region act earlier."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_BASIS = Text(
    "Assumption: no evaluation found of the national support programme, which began with four of 28 regions",
    "Aanname: geen evaluatie gevonden van het landelijke ondersteuningsprogramma, dat in vier van de 28 regio's begon",
)
_FIRST = ("I29.1",)


@intervention(
    "regional_support",
    name=("Regional support team", "Regionale ondersteuning"),
    about=(
        "A small team that helps the regional organisation, insurer and municipalities to see trouble coming and to "
        "act sooner.",
        "Een klein team dat regionale organisatie, verzekeraar en gemeenten helpt problemen te zien aankomen en eerder "
        "te handelen.",
    ),
    adoption_months=12,
    settings=(
        Setting(
            "lead", 0.5, 0.0, 1.0, "times the lead time", "C", *_BASIS,
            "Lead time of temporary management", "Aanlooptijd van tijdelijk beheer", _FIRST, effect=True, neutral=1.0,
        ),
        Setting(
            "staff", 1.25, 1.0, 2.0, "times the practices run at a time", "C", *_BASIS,
            "Practices that can be run at a time", "Praktijken die tegelijk gedragen kunnen worden", _FIRST,
            effect=True, neutral=1.0,
        ),
        Setting(
            "budget", 1.25, 1.0, 2.0, "times the organisation's budget", "C", *_BASIS,
            "Budget for temporary management", "Budget voor tijdelijk beheer", _FIRST, effect=True, neutral=1.0,
        ),
        Setting(
            "division", 1.25, 1.0, 2.0, "times the people placed in a month", "C", *_BASIS,
            "People of closing lists who can be placed", "Mensen van sluitende praktijken die te plaatsen zijn",
            _FIRST, effect=True, neutral=1.0,
        ),
        Setting(
            "need", 0.6, 0.3, 1.0, "times the people without a GP at whom a municipality acts", "C", *_BASIS,
            "When a municipality acts", "Wanneer een gemeente begint", _FIRST, effect=True, neutral=1.0,
        ),
        Setting(
            "earlier", 6.0, 0.0, 12.0, "months", "C", *_BASIS,
            "Stops known earlier", "Stoppen eerder bekend", _FIRST, effect=True, neutral=0.0,
        ),
    ),
    costs=(
        Cost(
            "team", 150_000, 75_000, 300_000, "yearly", "region", "state", "C",
            "Assumption: one and a half FTE with overhead; no budget found",
            "Aanname: anderhalve fte met overhead; geen budget gevonden",
            "Support team", "Ondersteuningsteam",
        ),
    ),
)  # fmt: skip
def regional_support(it: Instance) -> Iterator[Modifier]:
    """The regional parties act earlier and with more hands: temporary management begins sooner and reaches more
    practices, closing lists are divided faster, municipalities begin to prepare premises while fewer people lack a
    GP, and some stops are known earlier.

    By itself it does nothing: where no practice is without an owner, no list closes and nobody stops, all stays as it
    is, and it makes no GP. Practices that are carried for longer take locum hours from others, and closing lists that
    are divided faster fill the neighbours' lists sooner.
    """
    yield it.modify("parties.takeover_lead", it.number("lead"))
    yield it.modify("parties.manager_fte", it.number("staff"))
    yield it.modify("parties.organisation_budget", it.number("budget"))
    yield it.modify("parties.division_places", it.number("division"))
    yield it.modify("parties.premises_need", it.number("need"))
    yield it.modify("careers.notice_extra", it.number("earlier"))
