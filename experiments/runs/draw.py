"""A draw: numbers of a scenario that are set anew, each within the bounds of its evidence.

A name is a parameter (``care.gp_minutes``), one place of a list (``care.follow_up[respiratory]``), or a number of an
intervention or event of the scenario (``interventions.link_workers.reach``). A scenario without that intervention is
left as it is by its setting, so that one design serves scenarios with and without it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from experiments.bilingual import BilingualError
from experiments.prepare import Prepared
from experiments.runs.faults import DRAW
from experiments.units import unit_in
from sim.interventions.registry import declared
from sim.parameters import Parameters
from sim.region import load_region
from sim.texts.faults import nearest

__all__ = ["PLAIN", "Bounds", "Draw", "DrawError", "apply", "bounds"]

PLAIN = "plain"
"""Id of the draw that sets nothing."""

_PLACE = re.compile(r"^(?P<name>[^\[\]]+)(\[(?P<place>[^\[\]]+)\])?$")
_TABLES = ("interventions", "events")


class DrawError(BilingualError, ValueError):
    """A name or value of a draw is wrong; the message is one line that says what would be right."""

    SENTENCES = DRAW


@dataclass(frozen=True)
class Bounds:
    """What is known of a number that may be drawn.

    Attributes:
        name: as in a draw.
        value: central value.
        low, high: range of the evidence, from which designs draw.
        least, most: what may be said at all; wider than the range where a setting has a neutral value outside it.
        unit, grade, nl, en: of the passport or declaration.
        whole: only whole numbers.
        evidenced: whether the range is one of evidence; that of a reach or an adoption is only what is possible.
    """

    name: str
    value: float
    low: float
    high: float
    least: float
    most: float
    unit: str
    grade: str
    nl: str
    en: str
    whole: bool = False
    evidenced: bool = True

    def check(self, value: float) -> None:
        """Raise DrawError when ``value`` is not possible."""
        if not self.least <= value <= self.most:
            raise DrawError.of(
                "outside", name=self.name, value=value, least=self.least, most=self.most, unit=self.unit,
                eenheid=unit_in(self.unit, "nl"),
            )  # fmt: skip


@dataclass(frozen=True)
class Draw:
    """A parameter set: values by full name. Without an id it is named after its values; without values ``plain``."""

    values: Mapping[str, float] = field(default_factory=dict)
    id: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", {name: float(self.values[name]) for name in sorted(self.values)})
        if not self.id:
            object.__setattr__(self, "id", self._named())

    def _named(self) -> str:
        if not self.values:
            return PLAIN
        return hashlib.sha256(json.dumps(dict(self.values), sort_keys=True).encode()).hexdigest()[:12]

    def without(self, parameters: Container[str]) -> Draw:
        """The draw without values of these parameters, places of lists included; itself when it has none of them."""
        left = {name: value for name, value in self.values.items() if name.partition("[")[0] not in parameters}
        return self if len(left) == len(self.values) else Draw(left)


def bounds(name: str, prepared: Prepared) -> Bounds:
    """What may be drawn under a name, for a prepared run.

    Of a setting the central value is that of the scenario where it has the intervention, else the declared one.

    Raises:
        DrawError: nothing is called so; names what comes near.
    """
    found = _PLACE.match(name)
    if found is None:
        raise DrawError.of("no_name", name=name)
    if name.split(".", 1)[0] in _TABLES:
        return _of_setting(name, prepared)
    return _of_parameter(name, found["name"], found["place"], prepared.parameters)


def _of_parameter(name: str, base: str, place: str | None, parameters: Parameters) -> Bounds:
    if base not in parameters.entries:
        raise DrawError.of("no_parameter", name=base, hint=nearest(base, parameters.entries))
    row = parameters[base]
    if isinstance(row.value, list):
        index = list(row.index or ())
        if place is None:
            raise DrawError.of("a_list", name=base, place=index[0])
        if place not in index:
            raise DrawError.of("no_place", name=base, place=place, hint=nearest(place, index), places=", ".join(index))
        k = index.index(place)
        low, high = (side[k] if isinstance(side, list) else side for side in (row.low, row.high))
        labels = f"{row.nl}: {place}", f"{row.en}: {place}"
        return Bounds(name, row.value[k], low, high, low, high, row.unit, row.grade, *labels)
    if place is not None:
        raise DrawError.of("no_places", name=base)
    assert not isinstance(row.low, list) and not isinstance(row.high, list)
    return Bounds(name, row.value, row.low, row.high, row.low, row.high, row.unit, row.grade, row.nl, row.en)


def _of_setting(name: str, prepared: Prepared) -> Bounds:
    parts = name.split(".")
    if len(parts) != 3:
        raise DrawError.of("no_setting_name", name=name, table=parts[0])
    table, id, key = parts
    kinds = {one.id: one for one in declared().values() if one.event == (table == "events")}
    entry: dict[str, Any] | None = next((one for one in getattr(prepared.scenario, table) if one["id"] == id), None)
    kind = kinds.get(entry["kind"] if entry is not None else id)
    if kind is None:
        raise DrawError.of(f"no_{table[:-1]}", id=id, hint=nearest(id, kinds))
    numbers = {one.key: one for one in kind.numbers}
    if key in numbers:
        one = numbers[key]
        known = Bounds(
            name, one.default, one.low, one.high, *one.bounds, one.unit, one.grade, one.nl, one.en, one.whole
        )
    else:
        known = _of_field(name, key, kind)
    return known if entry is None or entry.get(key) is None else dataclasses.replace(known, value=float(entry[key]))


def _of_field(name: str, key: str, kind: Any) -> Bounds:
    # reach and adoption_months belong to every intervention that is taken up, and have no evidence of their own
    about = kind.model.model_fields
    least = most = None
    for rule in about[key].metadata if key in about else ():
        least = getattr(rule, "ge", least)
        most = getattr(rule, "le", most)
    if least is None or most is None:
        drawable = [one.key for one in kind.numbers] + [k for k in ("reach", "adoption_months") if k in about]
        raise DrawError.of("no_number", id=kind.id, key=key, hint=nearest(key, drawable), known=", ".join(drawable))
    extra = about[key].json_schema_extra
    unit = str(extra.get("unit", "share")) if isinstance(extra, dict) else "share"
    text = str(about[key].description)
    whole = about[key].annotation is int
    span = (float(least), float(most)) * 2
    return Bounds(name, float(about[key].default), *span, unit, "C", text, text, whole, evidenced=False)


def apply(draw: Draw, prepared: Prepared) -> Prepared:
    """The prepared run with the values of a draw in force.

    Raises:
        DrawError: a name is unknown, or a value lies outside its range.
    """
    if not draw.values:
        return prepared
    changes: dict[str, float | list[float]] = {}
    tables: dict[str, list[dict[str, Any]]] = {}
    for name, value in draw.values.items():
        known = bounds(name, prepared)
        known.check(value)
        if name.split(".", 1)[0] in _TABLES:
            table, id, key = name.split(".")
            entries = tables.setdefault(table, [dict(one) for one in getattr(prepared.scenario, table)])
            for entry in entries:
                if entry["id"] == id:
                    entry[key] = round(value) if known.whole else value
        else:
            _change(changes, name, value, prepared.parameters)
    parameters = prepared.parameters.replace(changes)
    run = prepared.under(
        parameters={**prepared.scenario.parameters, **changes},
        **{table: tuple(entries) for table, entries in tables.items()},
    )
    region = prepared.region
    if any(name.startswith("region.") for name in changes):
        region = load_region(prepared.region_folder, parameters)
    return dataclasses.replace(run, region=region, parameters=parameters)


def _change(changes: dict[str, float | list[float]], name: str, value: float, parameters: Parameters) -> None:
    found = _PLACE.match(name)
    assert found is not None
    base, place = found["name"], found["place"]
    if place is None:
        changes[base] = value
        return
    row = parameters[base]
    before = changes.get(base, row.value)
    assert isinstance(before, list)
    after = list(before)
    after[list(row.index or ()).index(place)] = value
    changes[base] = after
