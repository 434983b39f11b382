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


def by_practice(
    model: Any, name: str, practices: int, p: Parameters, place: int | None = None
) -> npt.NDArray[np.float64]:
    """One number, or one place of a list, of each practice (P,); the region's for practices that have opened since."""

    def value(of: Parameters) -> float:
        return of.number(name) if place is None else float(of.column(name)[place])

    out = np.full(practices, value(p))
    resolved = getattr(model, "resolved", None)
    if resolved is not None and resolved.region is p and len(resolved.variants) > 1:
        known = resolved.practice_variant[:practices]
        out[: known.size] = np.array([value(one) for one in resolved.variants])[known]
    return out
