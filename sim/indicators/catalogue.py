"""All indicators: importing this module declares them."""

from __future__ import annotations

from sim.indicators import (
    access,
    contacts,
    lists,
    out_of_hours,
    population,
    registration,
    telephone,
    travel,
    workload,
)
from sim.indicators.registry import INDICATORS, Indicator

__all__ = ["INDICATORS", "THEMES", "find_indicator"]

THEMES = (lists, registration, access, telephone, workload, contacts, out_of_hours, travel, population)
"""Modules that declare indicators."""


def find_indicator(id: str) -> Indicator:
    """The indicator of that name.

    Raises:
        KeyError: there is none.
    """
    return INDICATORS[id]
