"""Levers: what of interventions and events can be set on the screen, read off their declarations."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sim.interventions.base import PAYERS, Choice, Cost, Declaration, Name, Setting, Text
from sim.interventions.registry import declared
from sim.region import Region

__all__ = ["Control", "Lever", "levers", "round_step"]

_MAY_BE_ABSENT = {"practice", "gp"}
_NO_TEXT = Text("", "")


@dataclass(frozen=True)
class Control:
    """One thing to set.

    Attributes:
        key: in the scenario file.
        sort: a number to slide, one of some words, or a date.
        label: in both languages.
        unit: in both languages; empty where there is none.
        low, high, step: of a number; dates have years.
        default: plain data.
        grade, source: passport, the source in both languages; empty where there is none.
        options: of a choice, value and label.
        cost: whether it is an amount of money.
    """

    key: str
    sort: Literal["number", "choice", "date"]
    label: Text
    unit: Text
    default: Any
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    grade: str = ""
    source: Text = _NO_TEXT
    options: tuple[tuple[str, Text], ...] = ()
    cost: bool = False


@dataclass(frozen=True)
class Lever:
    """One intervention or event.

    Attributes:
        kind: of the declaration.
        event: whether it is an event.
        name, about: in both languages.
        main: the control that stands on its face, if there is one.
        controls: the others, costs last.
        delay: months until all who take part do.
        start: values that it begins with when it is switched on.
    """

    kind: str
    event: bool
    name: Text
    about: Text
    main: Control | None
    controls: tuple[Control, ...]
    delay: int
    start: Mapping[str, Any]


def round_step(low: float, high: float, whole: bool = False) -> float:
    """A step of 1, 2 or 5 times a power of ten that goes twenty to fifty times into the range."""
    if high <= low:
        return 1.0
    rough = (high - low) / 40.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough * 0.8)
    return max(1.0, float(round(step))) if whole else float(f"{step:.6g}")


def levers(region: Region, first_year: int, years: int) -> tuple[Lever, ...]:
    """All that can act in a region, interventions first, by name in the declarations' order of ids.

    Args:
        region: whose names can be chosen.
        first_year: in which runs begin.
        years: of the longest run.
    """
    found = []
    for one in sorted(declared().values(), key=lambda one: (one.event, one.id)):
        if one.can_act(region) is None and (lever := _lever(one, region, first_year, years)) is not None:
            found.append(lever)
    return tuple(found)


def _lever(one: Declaration, region: Region, first_year: int, years: int) -> Lever | None:
    controls: list[Control] = [_when(one, first_year, years)]
    if one.by == "practice":
        controls.append(_reach(one))
    if not one.event:
        controls.append(_adoption(one))
    for key in one.settings:
        if isinstance(key, Setting):
            controls.append(_number(key))
        elif isinstance(key, Choice):
            controls.append(_choice(key))
        elif key.of in _MAY_BE_ABSENT:
            if key.needed:
                return None  # a number of a practice or GP is no choice for a room
        else:
            controls.append(_name(key, region))
    controls += [_cost(cost) for cost in one.costs]
    main = _main(one, controls)
    start = {control.key: control.default for control in controls if control.key != "adoption_months"}
    return Lever(
        one.id, one.event, one.name, one.about, main, tuple(c for c in controls if c is not main),
        one.adoption_months, start,
    )  # fmt: skip


def _main(one: Declaration, controls: Sequence[Control]) -> Control | None:
    """What an intervention is about: its first setting that has an effect, else how many practices take part."""
    effects = [key.key for key in one.settings if isinstance(key, Setting) and key.effect]
    for key in (*effects, "reach"):
        for control in controls:
            if control.key == key:
                return control
    return next((control for control in controls if control.sort == "number" and not control.cost), None)


def _when(one: Declaration, first_year: int, years: int) -> Control:
    key, label = ("date", Text("From", "Vanaf")) if one.event else ("start", Text("Begins", "Begint"))
    at = f"{first_year + 1}-01-01"
    return Control(key, "date", label, _NO_TEXT, at, float(first_year), float(first_year + years - 1), 1.0)


def _reach(one: Declaration) -> Control:
    label = Text("Practices that take part in the end", "Praktijken die uiteindelijk meedoen")
    unit = Text("share of practices", "aandeel van de praktijken")
    return Control("reach", "number", label, unit, one.reach, 0.0, 1.0, 0.05)


def _adoption(one: Declaration) -> Control:
    label = Text("Time until all who take part do", "Tijd tot iedereen die meedoet meedoet")
    return Control(
        "adoption_months", "number", label, Text("months", "maanden"), one.adoption_months, 0.0, 120.0, 3.0
    )  # fmt: skip


def _number(one: Setting) -> Control:
    from experiments.units import unit_in

    low, high = one.bounds
    unit = Text(one.unit, unit_in(one.unit, "nl"))
    return Control(
        one.key, "number", Text(one.en, one.nl), unit, int(one.default) if one.whole else one.default, low, high,
        round_step(low, high, one.whole), one.grade, Text(one.source, one.source_nl),
    )  # fmt: skip


def _cost(one: Cost) -> Control:
    payer = Text(*PAYERS[one.payer])
    label = Text(f"{one.en} ({payer.en})", f"{one.nl} ({payer.nl})")
    unit = Text(one.unit("en"), one.unit("nl"))
    return Control(
        one.key, "number", label, unit, one.default, one.low, one.high, round_step(one.low, one.high), one.grade,
        Text(one.source, one.source_nl), cost=True,
    )  # fmt: skip


def _choice(one: Choice) -> Control:
    options = tuple((value, label) for value, label in one.options.items())
    return Control(one.key, "choice", Text(one.en, one.nl), _NO_TEXT, one.default, options=options)


def _name(one: Name, region: Region) -> Control:
    names = {
        "municipality": [town.name for town in region.municipalities],
        "post": list(region.post_name),
        "place": [place.name for place in region.places],
    }[one.of]
    return Control(
        one.key, "choice", Text(one.en, one.nl), _NO_TEXT, names[0] if one.needed else "",
        options=tuple((name, Text(name, name)) for name in ([] if one.needed else [""]) + names),
    )  # fmt: skip
