"""Tables for declared interventions and events, and small runs with them."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.dates import month_of
from sim.interventions.base import Declaration, Name
from sim.interventions.package import instance_of
from sim.interventions.registry import declared
from sim.model import RegionModel
from sim.modifiers import Modifier, Resolver
from sim.parameters import Parameters
from sim.region import Region
from tests.model.digest import RUN_IN, prepared, state

DAYS = 62


def table(one: Declaration, *, neutral: bool = False, start: str = "2025-01-01", **keys: Any) -> dict[str, Any]:
    """A table of a kind with its defaults, or with nothing that acts, and the names it needs."""
    region: Region = prepared().region
    names = {
        "municipality": region.municipalities[0].name,
        "post": region.post_name[-1],
        "place": region.places[0].name,
        "practice": 0,
        "gp": 0,
    }
    found: dict[str, Any] = {"id": one.id, "kind": one.id, ("date" if one.event else "start"): start}
    found |= {item.key: names[item.of] for item in one.settings if isinstance(item, Name) and item.needed}
    if not one.event:
        found["adoption_months"] = 0
    return found | (one.neutral() if neutral else {}) | keys


def parameters_with(id: str, months: int = 0, **keys: Any) -> Parameters:
    """The region's parameters some months after the start of one intervention or event."""
    ready = prepared()
    begin = month_of(ready.scenario.start)
    one = instance_of(declared()[id], table(declared()[id], **keys), ready.region, ready.parameters, begin)
    modifiers = [part for part in one.declaration.function(one) if isinstance(part, Modifier)]
    resolver = Resolver(ready.parameters, modifiers, 1)
    nobody = np.zeros(0, np.int64)
    return resolver.resolve(begin + months, nobody.astype(np.uint64), nobody, ready.region.node_municipality).region


def model_of(tables: list[dict[str, Any]], scale: float = 0.01) -> RegionModel:
    """A part of Twente with these tables, on its first day."""
    ready = prepared()
    kinds = {one["kind"] for one in tables}
    events = {id for id, one in declared().items() if one.event} & kinds
    scenario = ready.scenario.model_copy(
        update={
            "interventions": tuple(one for one in tables if one["kind"] not in events),
            "events": tuple(one for one in tables if one["kind"] in events),
        }
    )
    return RegionModel(ready.region, scenario, ready.parameters.replace(RUN_IN), seed=1, scale=scale)


def run(tables: list[dict[str, Any]], days: int = DAYS) -> RegionModel:
    """The same after some days."""
    model = model_of(tables)
    model.advance(days)
    return model


def outcome(model: RegionModel) -> dict[str, bytes]:
    """All that has come out, but the interventions' own costs."""
    return {name: array.tobytes() for name, array in state(model).items() if "intervention_cost" not in name}
