"""What the interventions and events of a scenario come to: instances, modifiers, and acts by month."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.dates import month_of
from sim.interventions.base import Declaration
from sim.interventions.instance import Act, Instance
from sim.interventions.registry import declared
from sim.modifiers import Adoption, Modifier, Scope
from sim.parameters import Parameters
from sim.region.region import Region
from sim.scenario import Scenario, first_month

__all__ = ["Package", "instance_of"]


@dataclass(frozen=True)
class Package:
    """The interventions and events of one run, sorted by id."""

    instances: tuple[Instance, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    acts: tuple[Act, ...] = ()
    """In the order in which they are done."""

    @classmethod
    def of(cls, scenario: Scenario, region: Region, parameters: Parameters) -> Package:
        """Resolve the tables of a scenario, which has been checked.

        Raises:
            KeyError: a kind does not exist.
            ParameterError: a mechanism names a quantity that does not exist.
            TypeError: a mechanism gives back something else than modifiers and acts.
        """
        tables = [*scenario.interventions, *scenario.events]
        if not tables:
            return cls()
        kinds = declared()
        begin = month_of(scenario.start)
        instances = [instance_of(kinds[str(one["kind"])], one, region, parameters, begin) for one in tables]
        instances.sort(key=lambda one: one.id)
        modifiers: list[Modifier] = []
        acts: list[Act] = []
        for one in instances:
            parts = one.declaration.function(one)
            if not isinstance(parts, Iterable):
                raise TypeError(
                    f"the mechanism of {one.declaration.id} gives back {type(parts).__name__}, not modifiers and acts; "
                    f"write `yield it.modify(...)` for each"
                )
            for part in parts:
                if isinstance(part, Modifier):
                    modifiers.append(part)
                else:
                    acts.append(part)
        acts.sort(key=lambda act: (act.month, act.source))  # stable: an instance's own order stays
        return cls(tuple(instances), tuple(modifiers), tuple(acts))

    def acts_of(self, month: int) -> list[Act]:
        """What is done before the first day of a month."""
        return [act for act in self.acts if act.month == month]


def instance_of(
    declaration: Declaration, table: Mapping[str, Any], region: Region, parameters: Parameters, begin: int
) -> Instance:
    """The instance that a checked table describes.

    Args:
        declaration: its kind.
        table: ``id`` and the keys of the kind; what is left out takes its default. Dates as dates or in ISO form.
        region, parameters: of the run.
        begin: first month of the run.
    """
    known = declaration.model.model_fields
    values = {key: field.get_default() for key, field in known.items() if not field.is_required()}
    values |= {key: value for key, value in table.items() if key in known}
    when = values["date"] if declaration.event else values["start"]
    towns = values.get("municipalities")
    rows = [town.name for town in region.municipalities]
    numbers = values.get("practices")
    return Instance(
        id=str(table["id"]),
        declaration=declaration,
        values=values,
        start=begin if when is None else first_month(_date(when)),
        end=None if values.get("end") is None else first_month(_date(values["end"])),
        scope=Scope(
            None if towns is None else frozenset(rows.index(name) for name in towns),
            None if numbers is None else frozenset(numbers),
        ),
        adoption=Adoption(
            declaration.by, int(values.get("adoption_months", 0)), float(values.get("reach", declaration.reach))
        ),
        region=region,
        parameters=parameters,
    )


def _date(value: Any) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
