"""Parameters where a decision is about one practice or one municipality, which local modifiers may have changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters

__all__ = ["by_practice", "of_municipality", "of_practice"]


def of_practice(model: Any, number: int, p: Parameters) -> Parameters:
    """The parameters of a practice, where ``p`` are those of the region in this month; else ``p`` itself."""
    resolved = getattr(model, "resolved", None)
    return p if resolved is None or resolved.region is not p else resolved.practice(number)


def of_municipality(model: Any, number: int, p: Parameters) -> Parameters:
    """The parameters of a municipality; likewise."""
    resolved = getattr(model, "resolved", None)
    return p if resolved is None or resolved.region is not p else resolved.municipality(number)


def by_practice(model: Any, name: str, p: Parameters, practices: int) -> npt.NDArray[np.float64]:
    """A number by practice (P,) where practices differ in it, else the region's as an array without dimensions."""
    resolved = getattr(model, "resolved", None)
    usual = p.number(name)
    if resolved is None or resolved.region is not p or all(one.number(name) == usual for one in resolved.variants):
        return np.asarray(usual)
    return np.array([resolved.practice(number).number(name) for number in range(practices)])
