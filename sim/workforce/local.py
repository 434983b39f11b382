"""Parameters where a decision is about one practice or one municipality, which local modifiers may have changed."""

from __future__ import annotations

from typing import Any

from sim.parameters import Parameters

__all__ = ["of_municipality", "of_practice"]


def of_practice(model: Any, number: int, p: Parameters) -> Parameters:
    """The parameters of a practice, where ``p`` are those of the region in this month; else ``p`` itself."""
    resolved = getattr(model, "resolved", None)
    return p if resolved is None or resolved.region is not p else resolved.practice(number)


def of_municipality(model: Any, number: int, p: Parameters) -> Parameters:
    """The parameters of a municipality; likewise."""
    resolved = getattr(model, "resolved", None)
    return p if resolved is None or resolved.region is not p else resolved.municipality(number)
