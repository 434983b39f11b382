"""The parameters of a month in which an intervention acts in full, in the whole region."""

from __future__ import annotations

from typing import Any

from sim.interventions.package import instance_of
from sim.interventions.registry import declared
from sim.modifiers import Effect, Modifier, find_quantity, modified
from sim.parameters import Parameters
from tests.interventions.tables import table
from tests.model.digest import prepared


def acting(id: str, **keys: Any) -> Parameters:
    """The shipped parameters with the intervention's modifiers at full strength."""
    ready, one = prepared(), declared()[id]
    instance = instance_of(one, table(one, **keys), ready.region, ready.parameters, 1500)
    effects = [
        Effect(part.quantity, part.source, find_quantity(ready.parameters, part.quantity), part.value)
        for part in one.function(instance)
        if isinstance(part, Modifier)
    ]
    return modified(ready.parameters, effects)
