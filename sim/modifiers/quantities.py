"""Named quantities: a parameter by its full name, or one place of a list (``care.follow_up[respiratory]``)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple

from sim.parameters import Parameter, ParameterError, Parameters

__all__ = ["NEUTRAL", "Effect", "Known", "Quantity", "find_quantity", "modified"]

NEUTRAL = {"multiply": 1.0, "add": 0.0}
"""The value of a modifier that changes nothing, by combination."""


class Quantity(NamedTuple):
    """A parameter, and the number of its place where one place of a list is meant."""

    parameter: str
    place: int | None = None


class Effect(NamedTuple):
    """What one modifier does in one month: ``value`` is a factor or a term, as the quantity combines."""

    name: str
    """As written: the first key of the order in which effects are applied."""
    source: str
    """Id of the intervention or event: the second key."""
    quantity: Quantity
    value: float


def find_quantity(parameters: Parameters, name: str) -> Quantity:
    """The quantity of that name.

    Raises:
        ParameterError: there is no such parameter or place; names what comes near.
    """
    parameter, bracket, rest = name.partition("[")
    passport = parameters[parameter]
    if not bracket:
        return Quantity(parameter)
    place = rest.removesuffix("]")
    known = passport.index
    if known is None or not rest.endswith("]"):
        raise ParameterError(f"quantity {name!r}: {parameter} is one number; write it without brackets")
    if place not in known:
        near = difflib.get_close_matches(place, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"its places are {', '.join(known)}"
        raise ParameterError(f"quantity {name!r}: {parameter} has no place {place!r}; {hint}")
    return Quantity(parameter, known.index(place))


Known = dict[tuple[str, tuple[tuple[int | None, float], ...]], Parameter]
"""Parameters that effects have changed, by name and by places and values of the effects in their order."""


def modified(base: Parameters, effects: Iterable[Effect], known: Known | None = None) -> Parameters:
    """The parameters with effects laid over them, sorted by quantity and source so that their order does not matter.

    Neutral effects are left out; a parameter that has no others keeps its passport itself, and without any effect the
    very same ``Parameters`` is returned. A changed value is clipped to the limits of its passport.

    Args:
        base: what they are laid over.
        effects: in any order.
        known: of the same base; parameters that the same effects have changed before are taken from it, others added.
    """
    known = {} if known is None else known
    by_parameter: dict[str, list[Effect]] = {}
    for effect in sorted(effects):
        if effect.value != NEUTRAL[base[effect.quantity.parameter].combine]:
            by_parameter.setdefault(effect.quantity.parameter, []).append(effect)
    if not by_parameter:
        return base
    changed = {}
    for name, own in by_parameter.items():
        key = (name, tuple((one.quantity.place, one.value) for one in own))
        if key not in known:
            known[key] = _changed(base[name], own)
        changed[name] = known[key]
    return Parameters({**base.entries, **changed})


def _changed(passport: Parameter, effects: list[Effect]) -> Parameter:
    whole = isinstance(passport.value, list)
    values = [float(v) for v in passport.value] if isinstance(passport.value, list) else [float(passport.value)]
    least, most = passport.limits
    touched: set[int] = set()
    for effect in effects:
        places = range(len(values)) if effect.quantity.place is None else (effect.quantity.place,)
        for k in places:
            values[k] = values[k] + effect.value if passport.combine == "add" else values[k] * effect.value
            touched.add(k)
    for k in touched:
        if least is not None:
            values[k] = max(values[k], least)
        if most is not None:
            values[k] = min(values[k], most)
    return passport.model_copy(update={"value": values if whole else values[0]})
