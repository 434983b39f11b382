"""All indicators: importing this module declares them."""

from __future__ import annotations

import difflib

from sim.indicators import (
    access,
    channels,
    contacts,
    lists,
    loop,
    money,
    out_of_hours,
    population,
    registration,
    succession,
    telephone,
    travel,
    workforce,
    workload,
)
from sim.indicators.registry import INDICATORS as DECLARED
from sim.indicators.registry import Indicator

__all__ = ["INDICATORS", "THEMES", "find_indicator"]

THEMES = (
    population,
    lists,
    registration,
    access,
    telephone,
    workload,
    contacts,
    channels,
    out_of_hours,
    travel,
    workforce,
    succession,
    loop,
    money,
)
"""The modules that declare indicators, in the order in which they are shown."""

_PLACE = {theme.__name__: place for place, theme in enumerate(THEMES)}

INDICATORS: dict[str, Indicator] = dict(
    sorted(DECLARED.items(), key=lambda item: _PLACE.get(item[1].function.__module__, len(_PLACE)))
)
"""All indicators by id, by theme."""


def find_indicator(id: str) -> Indicator:
    """The indicator of that id.

    Raises:
        KeyError: there is none; the message names what comes near.
    """
    if id in INDICATORS:
        return INDICATORS[id]
    near = difflib.get_close_matches(id, INDICATORS, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise KeyError(f"no indicator is called {id!r}{hint}")
