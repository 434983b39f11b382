"""The register of handlers, and who calls them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sim.interventions.instance import Act

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["HANDLERS", "check_acts", "handler", "perform"]

Handler = Callable[["RegionModel", Act, int], None]

HANDLERS: dict[str, Handler] = {}
"""What does an act, by kind."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function for a kind of act.

    Raises:
        ValueError: the kind has a handler already.
    """
    if kind in HANDLERS:
        raise ValueError(f"there is a handler for {kind!r} already")

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return register


def check_acts(acts: Iterable[Act]) -> None:
    """See that all acts can be done.

    Raises:
        ValueError: there is no handler for one; names those there are.
    """
    acts = list(acts)
    if not acts:
        return
    package = importlib.import_module("sim.acts")
    for found in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"sim.acts.{found.name}")
    for act in acts:
        if act.kind not in HANDLERS:
            raise ValueError(f"{act.source}: no handler for {act.kind!r}; there are {', '.join(sorted(HANDLERS))}")


def perform(model: RegionModel, acts: Iterable[Act], day: int) -> None:
    """Do acts in their order, before the first day of a month.

    Args:
        model: on which.
        acts: of the month.
        day: day of the calendar that begins.
    """
    for act in acts:
        HANDLERS[act.kind](model, act, day)
