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
    model: Any, name: str, practices: npt.NDArray[np.integer], p: Parameters, index: int | None = None
) -> npt.NDArray[np.float64]:
    """Value of a parameter for practices given by number (n,), the region's for -1; see ``Resolved.by_practice``.

    It is that of ``p`` for all where ``p`` are not the parameters of the region in this month.
    """
    resolved = getattr(model, "resolved", None)
    if resolved is None or resolved.region is not p:
        return np.full(practices.size, p.number(name) if index is None else p.column(name)[index])
    found: npt.NDArray[np.float64] = resolved.by_practice(name, practices, index)
    return found
