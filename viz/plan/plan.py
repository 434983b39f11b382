"""A plan: a shipped baseline, and the interventions, events and parameters that the room has set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from experiments.prepare import Prepared
from experiments.texts import Language

__all__ = ["Plan", "Tables", "plan_of"]

type Tables = Mapping[str, Mapping[str, Any]]
"""Values by table (its id) and key, as plain data; ``kind`` stands in a table whose id is not its kind."""


@dataclass(frozen=True)
class Plan:
    """What is tried: immutable, so that it can be kept, compared and undone.

    Attributes:
        name: what the room calls it.
        base: shipped scenario that it differs from.
        years: years to simulate.
        interventions, events: those that are on.
        parameters: values set anew, by full name.
    """

    name: str
    base: str
    years: int
    interventions: Tables = field(default_factory=dict)
    events: Tables = field(default_factory=dict)
    parameters: Mapping[str, float | list[float]] = field(default_factory=dict)

    @property
    def is_baseline(self) -> bool:
        """Whether nothing differs from the base."""
        return not (self.interventions or self.events or self.parameters)

    def same_content(self, other: Plan) -> bool:
        """Whether both assume the same, whatever they are called."""
        return replace(self, name="") == replace(other, name="")

    def with_table(self, sort: Literal["interventions", "events"], id: str, values: Mapping[str, Any] | None) -> Plan:
        """The plan with a table set, or without it.

        Args:
            sort: ``interventions`` or ``events``.
            id: of the table.
            values: all that is set; None takes it away.
        """
        tables = {name: dict(table) for name, table in getattr(self, sort).items()}
        if values is None:
            tables.pop(id, None)
        else:
            tables[id] = dict(values)
        ordered = dict(sorted(tables.items()))
        return replace(self, interventions=ordered) if sort == "interventions" else replace(self, events=ordered)

    def with_parameter(self, name: str, value: float | list[float] | None) -> Plan:
        """The plan with a parameter set, or as shipped again."""
        values = {key: one for key, one in self.parameters.items() if key != name}
        if value is not None:
            values[name] = value
        return replace(self, parameters=dict(sorted(values.items())))


def plan_of(prepared: Prepared, base: str, lang: Language) -> Plan:
    """The plan that a prepared scenario is, as differences from the baseline ``base``.

    Args:
        prepared: a scenario of the baseline's region.
        base: name of the baseline.
        lang: language of its name.
    """
    scenario = prepared.scenario.model_dump(mode="json")
    return Plan(
        name=str(scenario["label"][lang]),
        base=base,
        years=int(scenario["years"]),
        interventions=_tables(scenario["interventions"]),
        events=_tables(scenario["events"]),
        parameters=dict(sorted(scenario["parameters"].items())),
    )


def _tables(resolved: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = {}
    for one in sorted(resolved, key=lambda one: str(one["id"])):
        own = {key: value for key, value in one.items() if key != "id" and value is not None}
        if own.get("kind") == one["id"]:
            del own["kind"]
        found[str(one["id"])] = own
    return found
