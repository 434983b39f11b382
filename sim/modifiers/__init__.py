"""Timed modifiers on named quantities: how an intervention or event acts on the model.

A ``Modifier`` multiplies or raises one parameter (or one place of a list) from one month to another, in the whole
region, in some municipalities or in some practices. A ``Resolver`` lays all modifiers of a run over the shipped
parameters and says what holds in a month: ``Resolved``. Modifiers know nothing of each other, and their order never
matters.
"""

from sim.modifiers.modifier import Adoption, Modifier, Scope, adopting, instance_number
from sim.modifiers.quantities import NEUTRAL, Effect, Quantity, find_quantity, modified
from sim.modifiers.resolve import Resolved, Resolver

__all__ = [
    "NEUTRAL",
    "Adoption",
    "Effect",
    "Modifier",
    "Quantity",
    "Resolved",
    "Resolver",
    "Scope",
    "adopting",
    "find_quantity",
    "instance_number",
    "modified",
]
