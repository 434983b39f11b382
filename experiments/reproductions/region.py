"""What reproductions share: parameters while an intervention is in force, and small runs of Twente."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.prepare import Prepared, prepare
from sim.care.arrays import pack_persons
from sim.dates import month_of
from sim.interventions.package import Package
from sim.interventions.registry import declared
from sim.model import RegionModel
from sim.modifiers import Resolver
from sim.parameters import Parameters

__all__ = ["Counted", "Table", "baseline", "counted", "in_force", "table"]

Table = tuple[str, tuple[tuple[str, float], ...]]

_MONTHS = 600  # everything has been taken up
_SCALE = 0.02
_RUN_IN = {"care.run_in_months": 3.0}


@cache
def baseline() -> Prepared:
    """Twente as things are."""
    return prepare("twente", seed=1, years=2)


def table(kind: str, **settings: Any) -> dict[str, Any]:
    """An intervention from the first day on, in force at once and everywhere, with these settings."""
    one = declared()[kind]
    everywhere = {"reach": 1.0} if one.by == "practice" else {}
    return {"id": kind, "kind": kind, "adoption_months": 0, **everywhere, **settings}


def in_force(kind: str, p: Parameters | None = None, **settings: Any) -> Parameters:
    """The parameters of a practice in the region when an intervention has been taken up; over ``p`` where given."""
    ready = baseline()
    values = ready.parameters if p is None else p
    scenario = ready.scenario.model_copy(update={"interventions": (table(kind, **settings),)})
    package = Package.of(scenario, ready.region, values)
    uid = np.zeros(1, np.uint64)
    place = np.zeros(1, np.int64)
    month = month_of(scenario.start) + _MONTHS
    found = Resolver(values, package.modifiers, 1).resolve(month, uid, place, ready.region.node_municipality)
    return found.practice(0)


class Counted(NamedTuple):
    """What was counted in some days: practices' and posts' counters, by the numbers of ``sim.ledger.counts``."""

    practice: npt.NDArray[np.int64]
    post: npt.NDArray[np.int64]


@cache
def counted(tables: tuple[Table, ...], days: int, seed: int = 1, everybody: bool = False) -> Counted:
    """The first days of the year in a part of Twente, with interventions, all care given.

    Runs are in elastic mode: GPs work until everything is done, so that what the work comes to is seen and not what
    fits into the hours that there are. Runs with one seed are of the same people with the same needs.

    Args:
        tables: interventions, each as ``(kind, ((setting, value), ...))``.
        days: from 1 January 2025 on.
        seed: of the world.
        everybody: everybody is able to use a channel, as with a telephone.
    """
    ready = baseline()
    interventions = tuple(table(kind, **dict(settings)) for kind, settings in tables)
    scenario = ready.scenario.model_copy(update={"interventions": interventions, "capacity_mode": "elastic"})
    model = RegionModel(ready.region, scenario, ready.parameters.replace(_RUN_IN), seed=seed, scale=_SCALE)
    if everybody:
        model.people.digital[: model.people.n] = 1.0
        model.care.persons, _ = pack_persons(model.people, model.first_month, model.lists.size)
    before = model.ledger.practice.sum(axis=0), model.ledger.post.sum(axis=0)
    model.advance(days)
    return Counted(model.ledger.practice.sum(axis=0) - before[0], model.ledger.post.sum(axis=0) - before[1])
