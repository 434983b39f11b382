"""What interventions and events cost, by month and payer, in the table ``intervention_cost``.

Yearly amounts are paid by the month. What is paid once is paid for each one that is added to the most there has been.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.agents.gp import GPRole
from sim.agents.practice import Practice, PracticeState
from sim.agents.staffing import practices_of
from sim.agents.trainee import trainees_of
from sim.interventions.base import Cost
from sim.interventions.instance import Facts, Instance
from sim.modifiers import adopting
from sim.observation.people_counts import by_node

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["CostMeter", "facts_of"]

_CENTS, _MONTHS = 100, 12


def facts_of(model: RegionModel, one: Instance, month: int, people: npt.NDArray[np.int64]) -> Facts:
    """What is known of the region in a month, for the costs of an instance.

    Args:
        model: at the end of the month.
        one: intervention or event.
        month: month index.
        people: inhabitants by node (N,).
    """
    practices: list[Practice] = practices_of(model)
    town = np.array([practice.municipality for practice in practices], np.int64)
    uid = np.array([practice.uid for practice in practices], np.uint64)
    part = one.scope.holds_practices(town)
    part &= adopting(one.adoption, one.id, month - one.start, uid, model.seed)
    part &= np.array([practice.closed_since is None for practice in practices])
    numbers = np.flatnonzero(part)
    gps = [gp for number in numbers.tolist() for gp in practices[number].gps]
    towns = one.scope.municipalities
    registered = int(model.lists[numbers].sum())
    by_practice = one.scope.practices is not None
    inside = one.scope.holds_nodes(model.region.node_municipality)
    return Facts(
        month=month,
        practices=numbers,
        municipalities=len(model.region.municipalities) if towns is None else len(towns),
        inhabitants=registered if by_practice else int(people[inside].sum()),
        registered=registered,
        gps=len(gps),
        owners=sum(gp.role == GPRole.OWNER for gp in gps),
        trainees=len(trainees_of(model)),
        carried=sum(place.state in (PracticeState.TEMPORARY, PracticeState.SHELL) for place in practices),
        tiny=sum(place.premises.most_people > 0 and place.closed_since is None for place in practices),
        new_owners=sum(gp.role == GPRole.OWNER and gp.since >= one.start for place in practices for gp in place.gps),
    )


def _count(cost: Cost, one: Instance, facts: Facts) -> float:
    if cost.count is not None:
        return cost.count(one, facts)
    return float(
        {
            "region": 1,
            "municipality": facts.municipalities,
            "practice": facts.practices.size,
            "inhabitant": facts.inhabitants,
            "registered": facts.registered,
            "gp": facts.gps,
            "owner": facts.owners,
            "trainee": facts.trainees,
        }[cost.per]
    )


class CostMeter:
    """Adds up the costs of one model's interventions and events."""

    def __init__(self, model: RegionModel) -> None:
        self.model = model
        self._most: dict[tuple[str, str], float] = defaultdict(float)
        self._cents: dict[tuple[str, str], int] = defaultdict(int)

    def end_month(self, month: int) -> None:
        """Add a month's costs of what acts in it."""
        acting = [
            one
            for one in self.model.package.instances
            if one.declaration.costs and one.start <= month and (one.end is None or month < one.end)
        ]
        if not acting:
            return
        people, _ = by_node(self.model.people, len(self.model.region.node_name))
        for one in acting:
            facts = facts_of(self.model, one, month, people)
            for cost in one.declaration.costs:
                count = _count(cost, one, facts)
                if cost.when == "once":
                    key = one.id, cost.key
                    added = max(0.0, count - self._most[key])
                    self._most[key] = max(count, self._most[key])
                    euro = added * one.number(cost.key)
                else:
                    euro = count * one.number(cost.key) / _MONTHS
                self._cents[one.id, cost.payer] += round(euro * _CENTS)

    def end_year(self, year: int) -> None:
        """Write a line for each intervention and payer, and begin anew."""
        for (id, payer), cents in sorted(self._cents.items()):
            self.model.ledger.table("intervention_cost").append(
                year=year, intervention=np.array([id]), payer=np.array([payer]), cents=cents
            )
        self._cents.clear()
