"""What reproductions share: parameters while an intervention is in force, and small runs of Twente with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from experiments.prepare import Prepared, prepare
from sim.dates import month_of
from sim.interventions.package import Package
from sim.interventions.registry import declared
from sim.model import RegionModel
from sim.modifiers import Resolver
from sim.parameters import Parameters

__all__ = ["baseline", "in_force", "run", "table"]

_MONTHS = 600  # everything has been taken up


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


def run(
    tables: Sequence[Mapping[str, Any]],
    days: int,
    *,
    seed: int = 1,
    scale: float = 0.02,
    changes: Mapping[str, Any] | None = None,
) -> RegionModel:
    """A part of Twente after some days, with the interventions of ``tables`` and other parameters where wanted."""
    ready = baseline()
    scenario = ready.scenario.model_copy(update={"interventions": tuple(dict(one) for one in tables)})
    parameters = ready.parameters.replace(dict(changes or {}))
    model = RegionModel(ready.region, scenario, parameters, seed=seed, scale=scale)
    model.advance(days)
    return model
