"""What the regional parties decide by the month: temporary management, finance, places for people, premises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.agents.parties import Insurer, Municipality, RegionalOrganisation
from sim.agents.practice import PracticeState
from sim.parameters import Parameters
from sim.region.region import Region
from sim.workforce.outlook import Outlook
from sim.workforce.premises import new_premises
from sim.workforce.vacancies import Month

__all__ = ["Parties", "build_parties", "carry_ownerless", "parties_month", "parties_of"]

_CENTS = 100


@dataclass(frozen=True)
class Parties:
    """The regional parties of a model."""

    organisation: RegionalOrganisation
    insurer: Insurer
    municipalities: list[Municipality]
    """By number."""


def build_parties(model: Any, region: Region, p: Parameters) -> Parties:
    """Make the regional parties, with a budget and staff in proportion to the inhabitants where that is said."""
    size = region.population / p.number("parties.region_size")
    staff = p.number("parties.manager_fte") * size
    RegionalOrganisation(
        model,
        budget=round(p.number("parties.organisation_budget") * size * _CENTS),
        places=max(1, int(staff / p.number("parties.manager_fte_practice") + 1e-9)),
        lead=round(p.number("parties.takeover_lead")),
        shells=round(p.number("parties.shell_places")),
        division_places=round(p.number("parties.division_places") * size),
    )
    Insurer(
        model,
        budget=round(p.number("parties.insurer_budget") * size * _CENTS),
        share=p.number("parties.insurer_share"),
    )
    for number, town in enumerate(region.municipalities):
        Municipality(
            model,
            budget=round(p.number("parties.municipality_budget") * _CENTS),
            number=number,
            name=town.name,
            most_projects=round(p.number("parties.premises_projects")),
        )
    return parties_of(model)


def parties_of(model: Any) -> Parties:
    """The regional parties of a model.

    Raises:
        ValueError: it has none.
    """
    kinds = model.agents_by_type
    organisations, insurers = kinds.get(RegionalOrganisation, ()), kinds.get(Insurer, ())
    if not len(organisations) or not len(insurers):
        raise ValueError("the model has no regional parties; build_parties makes them")
    towns = sorted(kinds.get(Municipality, ()), key=lambda one: one.number)
    return Parties(next(iter(organisations)), next(iter(insurers)), towns)


def carry_ownerless(month: Month) -> None:
    """Let the regional organisation take practices without an owner on, as far as staff, money and lead time go."""
    parties, now = parties_of(month.model), month.now
    organisation = parties.organisation
    for practice in month.practices:
        if practice.ownerless:
            organisation.ask(practice.number, now)
        elif organisation.end(practice.number) and practice.closed_since is None:
            practice.state = PracticeState.RUNNING
            month.log("temporary management ends", practice.number)
    own_part = month.p.number("parties.takeover_loss") * _CENTS * (1.0 - parties.insurer.share)
    rest_of_year = 12 - now % 12
    for number in organisation.ready_to_run(now):
        if own_part * rest_of_year * (len(organisation.running) + 1) > organisation.left:
            break
        organisation.begin(number, now)
        month.practices[number].run_by_organisation()
        month.outcome.temporary.append(number)
        month.log("temporary management begins", number)


def parties_month(model: Any, region: Region, outlook: Outlook, p: Parameters) -> None:
    """The parties' month: budgets begin anew in January, losses are paid, premises are prepared and become ready."""
    parties = parties_of(model)
    if outlook.month % 12 == 0:
        for party in (parties.organisation, parties.insurer, *parties.municipalities):
            party.begin_year()
    parties.organisation.begin_month()
    loss = round(p.number("parties.takeover_loss") * _CENTS)
    for _ in range(len(parties.organisation.running) + len(parties.organisation.in_shell)):
        parties.organisation.pay(loss - parties.insurer.finance(loss))
    towns = region.node_municipality.astype(np.int64)
    without = np.bincount(towns, weights=outlook.without_gp, minlength=len(parties.municipalities))
    cost = round(p.number("parties.premises_budget") * _CENTS)
    fresh = new_premises(outlook.norm_list, p)
    for town in parties.municipalities:
        done = town.finish_premises(outlook.month, fresh)
        if done:
            model.ledger.log(outlook.day, "premises ready", value=float(done), cause=town.name)
        needed = without[town.number] >= p.number("parties.premises_need")
        if needed and not town.free and town.can_prepare(cost):
            town.prepare_premises(outlook.month + round(p.number("parties.premises_lead")), cost)
