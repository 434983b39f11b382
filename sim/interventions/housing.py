"""Help with premises: a housing team of municipality and insurer, and room kept free in new districts."""

from __future__ import annotations

from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_TEAM_SERVES = 650_000.0  # inhabitants of a city with one team


def _teams(it: Instance, facts: Facts) -> float:
    """Teams at work: one for a city of 650,000."""
    return facts.inhabitants / _TEAM_SERVES


@intervention(
    "housing",
    name=("Premises", "Huisvesting"),
    about=(
        "A housing team of municipality and insurer that finds and prepares premises, grants, and room kept free for "
        "practices in new districts.",
        "Een huisvestingsteam van gemeente en verzekeraar dat praktijkruimte zoekt en voorbereidt, subsidie, en ruimte "
        "voor praktijken in nieuwe wijken.",
    ),
    where=("region", "municipalities"),
    adoption_months=48,
    settings=(
        Setting(
            "projects", 3.0, 1.0, 6.0, "times the premises prepared at a time", "C",
            "Assumption: teams place about four practices a year in a city of 650,000 (1 to 10); no counts published",
            "Aanname: teams plaatsen ongeveer vier praktijken per jaar in een stad van 650.000 (1 tot 10); geen "
            "aantallen gepubliceerd",
            "Premises prepared at a time", "Praktijkruimten tegelijk in voorbereiding", ("I10.7",),
            effect=True, neutral=1.0,
        ),
        Setting(
            "grant", 3.0, 1.0, 6.0, "times the municipal budget for premises", "C",
            "Assumption: as many grants of up to 50,000 euro (Friesland 2019-20) as there are projects",
            "Aanname: evenveel subsidies tot 50.000 euro (Friesland 2019-20) als er projecten zijn",
            "Budget for premises", "Budget voor praktijkruimte", ("I10.8",), effect=True, neutral=1.0,
        ),
        Setting(
            "lead", 0.75, 0.5, 1.0, "times the lead time", "C",
            "Assumption: one case read, two years (12 to 48 months); a team takes a part of the preparation away",
            "Aanname: één geval gelezen, twee jaar (12 tot 48 maanden); een team neemt een deel van de voorbereiding "
            "weg",
            "Lead time of premises", "Aanlooptijd van praktijkruimte", ("I10.9",), effect=True, neutral=1.0,
        ),
        Setting(
            "need", 0.5, 0.2, 1.0, "times the people without a GP at whom a municipality acts", "C",
            "Assumption: room kept free in a new district stands ready before people lack a GP",
            "Aanname: vrijgehouden ruimte in een nieuwe wijk staat klaar voordat mensen zonder huisarts zitten",
            "When a municipality acts", "Wanneer een gemeente begint", effect=True, neutral=1.0,
        ),
        Setting(
            "market", 1.25, 1.0, 1.6, "times the chance of finding premises", "C",
            "Assumption: no placements of housing teams are published; five cities have one",
            "Aanname: er zijn geen plaatsingen door huisvestingsteams gepubliceerd; vijf steden hebben zo'n team",
            "Chance of finding premises on the market", "Kans op praktijkruimte op de markt", ("I10.4",),
            effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "team", 180_000, 90_000, 300_000, "yearly", "region", "municipality", "C",
            "Assumption: a coordinator and a planner, two FTE; no budget found",
            "Aanname: een coördinator en een planoloog, twee fte; geen budget gevonden",
            "A housing team for 650,000 inhabitants", "Een huisvestingsteam voor 650.000 inwoners", ("C10.12",),
            count=_teams, per_text=Text("team", "team"),
        ),
        Cost(
            "extra_grant", 100_000, 5_000, 250_000, "yearly", "municipality", "municipality", "C",
            "Assumption: the budget beyond today's 50,000 euro a municipality, all of it used",
            "Aanname: het budget boven de huidige 50.000 euro per gemeente, geheel besteed",
            "Grants beyond today's", "Subsidie boven de huidige", ("C08.7",),
        ),
    ),
)  # fmt: skip
def housing(it: Instance) -> Iterator[Modifier]:
    """Where people lack a GP, a municipality can prepare more premises at a time, has the money for it, begins
    earlier and is ready sooner; and whoever wants to start a practice finds premises on the market more often. The
    team takes years to work as one, so all of this grows slowly.

    Premises make no GP: they act only through would-be owners who wait for room, and stand empty where nobody
    comes. New premises are dearer than the old ones of the neighbours.
    """
    yield it.modify("parties.premises_projects", it.number("projects"))
    yield it.modify("parties.municipality_budget", it.number("grant"))
    yield it.modify("parties.premises_lead", it.number("lead"))
    yield it.modify("parties.premises_need", it.number("need"))
    yield it.modify("parties.market_premises", it.number("market"))
