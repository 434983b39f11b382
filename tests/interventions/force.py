"""The parameters of the region while one intervention is in force."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.dates import month_of
from sim.interventions.package import Package
from sim.interventions.registry import declared
from sim.modifiers import Resolver
from sim.parameters import Parameters
from tests.interventions.tables import table
from tests.model.digest import prepared


def in_force(id: str, months: int = 0, **keys: Any) -> Parameters:
    """What holds in the whole region some months after the start of an intervention with these keys."""
    ready = prepared()
    tables = (table(declared()[id], **keys),)
    scenario = ready.scenario.model_copy(update={"interventions": tables})
    package = Package.of(scenario, ready.region, ready.parameters)
    resolver = Resolver(ready.parameters, package.modifiers, seed=1)
    month = month_of(scenario.start) + months
    nowhere = np.zeros(0, np.int64)
    return resolver.resolve(month, nowhere.astype(np.uint64), nowhere, ready.region.node_municipality).region
