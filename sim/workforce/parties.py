"""What the regional parties decide by the month: temporary management, finance, places for people, premises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.agents.gp import GPRole
from sim.agents.parties import Insurer, Municipality, RegionalOrganisation
from sim.agents.practice import Practice, PracticeState
from sim.parameters import Parameters
from sim.region.region import Region
from sim.workforce.local import of_municipality
from sim.workforce.outlook import Outlook
from sim.workforce.premises import new_premises
from sim.workforce.vacancies import Month

__all__ = [
    "Parties",
    "build_parties",
    "carry_in_shell",
    "carry_ownerless",
    "locums_can_carry",
    "parties_month",
    "parties_of",
    "renew_parties",
]

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
    RegionalOrganisation(model, budget=0, places=1, lead=0)
    Insurer(model, budget=0, share=0.0)
    for number, town in enumerate(region.municipalities):
        Municipality(model, budget=0, number=number, name=town.name, most_projects=0)
    renew_parties(model, region, p)
    parties = parties_of(model)
    parties.organisation.begin_month()
    return parties


def renew_parties(model: Any, region: Region, p: Parameters) -> None:
    """Set the parties' means to those of the parameters; what is spent, run and under way stays."""
    parties = parties_of(model)
    size = region.population / p.number("parties.region_size")
    staff = p.number("parties.manager_fte") * size
    organisation, insurer = parties.organisation, parties.insurer
    organisation.budget = round(p.number("parties.organisation_budget") * size * _CENTS)
    organisation.places = max(1, int(staff / p.number("parties.manager_fte_practice") + 1e-9))
    organisation.lead = round(p.number("parties.takeover_lead"))
    organisation.shells = round(p.number("parties.shell_places"))
    organisation.division_places = round(p.number("parties.division_places") * size)
    insurer.budget = round(p.number("parties.insurer_budget") * size * _CENTS)
    insurer.share = p.number("parties.insurer_share")
    for town in parties.municipalities:
        own = of_municipality(model, town.number, p)
        town.budget = round(own.number("parties.municipality_budget") * _CENTS)
        town.most_projects = round(own.number("parties.premises_projects"))


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
            if organisation.free_shells and _lost_suddenly(month, practice) and locums_can_carry(month, practice):
                carry_in_shell(month, practice)
                continue
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


def carry_in_shell(month: Month, practice: Practice) -> None:
    """Carry a practice without an owner in a shell practice from now on.

    Raises:
        ValueError: no shell practice is free.
    """
    parties_of(month.model).organisation.move_to_shell(practice.number)
    practice.run_by_organisation(shell=True)
    month.log("temporary management begins", practice.number, cause="shell practice")


def _lost_suddenly(month: Month, practice: Practice) -> bool:
    """Nobody runs it, and an owner fell out without an announcement."""
    return practice.state == PracticeState.RUNNING and any(
        one.cause == "sudden" for one in month.state.of(practice.number)
    )


def locums_can_carry(month: Month, practice: Practice) -> bool:
    """Whether the region's changing locums have the hours for another practice that is carried for a time.

    Their patient hours after leave and what is kept back for sickness, less what carried practices take already.
    """
    p = month.p
    cover = float(p.column("workforce.locum_cover")[0])
    hours = sum(gp.direct_seconds for gp in month.gps if gp.role == GPRole.CHANGING_LOCUM and not gp.is_away)
    usable = hours * (1.0 - p.number("workforce.staff_leave")) * (1.0 - p.number("workforce.locum_kept_back"))
    carried = [one for one in month.practices if one.state in (PracticeState.TEMPORARY, PracticeState.SHELL)]
    taken = sum(sum(one.vacant_week_seconds) for one in (*carried, practice))
    return taken * cover <= usable


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
    for town in parties.municipalities:
        own = of_municipality(model, town.number, p)
        done = town.finish_premises(outlook.month, new_premises(outlook.norm_list, own))
        if done:
            model.ledger.log(outlook.day, "premises ready", value=float(done), cause=town.name)
        needed = without[town.number] >= own.number("parties.premises_need")
        cost = round(own.number("parties.premises_budget") * _CENTS)
        if needed and not town.free and town.can_prepare(cost):
            town.prepare_premises(outlook.month + round(own.number("parties.premises_lead")), cost)
