"""The register of interventions and events; they are found by themselves.

A file of ``sim.interventions`` (or ``sim.interventions.events``) declares one by decorating its mechanism, a function
from an ``Instance`` to modifiers and acts, whose docstring is the paragraph on the mechanism.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from typing import Any, Literal

from sim.interventions.base import Cost, Declaration, Keys, Text, Where, in_brackets
from sim.interventions.instance import Act, Instance
from sim.modifiers import Modifier
from sim.region.region import Region
from sim.scenario import Kinds

__all__ = ["declared", "event", "events", "intervention", "interventions", "kinds"]

Mechanism = Callable[[Instance], Iterable[Modifier | Act]]

DECLARED: dict[str, Declaration] = {}
"""All that has been imported, by id."""


def intervention(
    id: str,
    *,
    name: tuple[str, str],
    about: tuple[str, str],
    where: tuple[Where, ...] = ("region",),
    by: Literal["region", "practice"] = "region",
    adoption_months: int = 0,
    reach: float = 1.0,
    settings: Iterable[Keys] = (),
    costs: Iterable[Cost] = (),
    can_act: Callable[[Region], Text | None] = lambda _: None,
) -> Callable[[Mechanism], Mechanism]:
    """Declare the decorated function as the mechanism of an intervention; see ``Declaration`` for the arguments.

    Args:
        id: the kind that tables of scenario files name.
        name: in English and Dutch.
        about: a sentence or two on what it is, in English and Dutch.

    Raises:
        ValueError: the id is taken, or something is missing.
    """
    return _declare(
        id=id, event=False, name=name, about=about, where=where, by=by, adoption_months=adoption_months,
        reach=reach, settings=tuple(settings), costs=tuple(costs), can_act=can_act,
    )  # fmt: skip


def event(
    id: str,
    *,
    name: tuple[str, str],
    about: tuple[str, str],
    where: tuple[Where, ...] = ("region",),
    lasting: bool = False,
    settings: Iterable[Keys] = (),
    costs: Iterable[Cost] = (),
    can_act: Callable[[Region], Text | None] = lambda _: None,
) -> Callable[[Mechanism], Mechanism]:
    """Declare the decorated function as the mechanism of an event, which has a date instead of an adoption.

    Args:
        id, name, about, where: as of an intervention.
        lasting: whether it may end.

    Raises:
        ValueError: the id is taken, or something is missing.
    """
    return _declare(
        id=id, event=True, name=name, about=about, where=where, lasting=lasting,
        settings=tuple(settings), costs=tuple(costs), can_act=can_act,
    )  # fmt: skip


def _declare(
    *, id: str, name: tuple[str, str], about: tuple[str, str], **parts: Any
) -> Callable[[Mechanism], Mechanism]:
    if id in DECLARED:
        raise ValueError(f"there is an intervention or event {id!r} already")
    for key, pair in (("name", name), ("about", about)):
        if in_brackets(pair) != len(Text._fields):
            raise ValueError(f"{id}: {key} is a pair of texts, the first English and the second Dutch")

    def declare(function: Mechanism) -> Mechanism:
        mechanism = "\n\n".join(" ".join(part.split()) for part in (function.__doc__ or "").strip().split("\n\n"))
        DECLARED[id] = Declaration(
            id=id, name=Text(*name), about=Text(*about), function=function, mechanism=mechanism, **parts
        )
        return function

    return declare


def declared() -> dict[str, Declaration]:
    """All interventions and events by id, sorted, found in the files of the two folders."""
    for folder in ("sim.interventions", "sim.interventions.events"):
        package = importlib.import_module(folder)
        for found in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{folder}.{found.name}")
    return dict(sorted(DECLARED.items()))


def interventions() -> dict[str, Declaration]:
    """All interventions by id, sorted."""
    return {id: one for id, one in declared().items() if not one.event}


def events() -> dict[str, Declaration]:
    """All events by id, sorted."""
    return {id: one for id, one in declared().items() if one.event}


def kinds() -> Kinds:
    """All of them, as scenario files know them."""
    return Kinds(interventions(), events())
