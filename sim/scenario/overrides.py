"""Parameter values of a scenario file: flattened to full names, each known, of the right shape and within its range."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from sim.parameters import Parameters
from sim.scenario.schema import ScenarioError
from sim.texts.faults import nearest, show

__all__ = ["flatten", "override_faults"]


def flatten(parameters: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Parameters by full name, whether written as ``"topic.key" = 1`` or as a table ``[parameters.topic]``."""
    flat: dict[str, Any] = {}
    for key, value in parameters.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = [_number(item) for item in value] if isinstance(value, list) else _number(value)
    return flat


def override_faults(flat: Mapping[str, Any], name: str, parameters: Parameters) -> Iterator[tuple[str, ScenarioError]]:
    """What is wrong with the values of one file, each with the parameter that it is about.

    Args:
        flat: as of :func:`flatten`.
        name: of the file.
        parameters: those that may be overridden.
    """
    for key, value in flat.items():
        for fault in _faults(key, value, name, parameters):
            yield key, fault


def _faults(key: str, value: Any, name: str, parameters: Parameters) -> Iterator[ScenarioError]:
    place = f"parameters.{key}"
    if key not in parameters.entries:
        yield ScenarioError("unknown_parameter", name, place, hint=nearest(key, parameters))
        return
    passport = parameters[key]
    size = len(passport.value) if isinstance(passport.value, list) else None
    values = value if isinstance(value, list) else [value]
    if (size is None) == isinstance(value, list) or not all(map(_is_number, values)) or len(values) != (size or 1):
        expected = "one number" if size is None else f"a list of {size} numbers"
        yield ScenarioError("parameter_shape", name, place, value=show(value), expected=expected)
        return
    for k, number in enumerate(values):
        low = passport.low[k] if isinstance(passport.low, list) else passport.low
        high = passport.high[k] if isinstance(passport.high, list) else passport.high
        if not low <= number <= high:
            spot = place if size is None else f"{place}[{k + 1}]"
            yield ScenarioError(
                "parameter_range", name, spot, value=f"{number:g}", low=f"{low:g}", high=f"{high:g}", unit=passport.unit
            )


def _number(value: Any) -> Any:
    """A whole number as a float, so that 1 and 1.0 are the same scenario; anything else as it is."""
    if not _is_number(value):
        return value
    try:
        return float(value)
    except OverflowError:  # more digits than a float can hold
        return math.inf if value > 0 else -math.inf


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
