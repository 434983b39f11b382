"""The same small population twice: as columns, and as plain Mesa agents."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from sim.agents.column_model import ColumnModel
from sim.agents.patient import Patient, over_columns

SIZE = 40
COLUMNS: dict[str, list[Any]] = {
    "birth_month": [300 + (37 * i) % 1190 for i in range(SIZE)],
    "sex": [i % 2 for i in range(SIZE)],
    "practice": [(7 * i) % 5 - 1 for i in range(SIZE)],
    "conditions": [(3 * i) % 16 for i in range(SIZE)],
    "frailty": [0.25 * ((11 * i) % 9) for i in range(SIZE)],
    "search_since": [-1] * SIZE,
}


class Citizen(Patient):
    """A patient with a few methods: one by one, and over columns."""

    __slots__ = ()

    @property
    def old(self) -> bool:
        return self.age >= 65

    def visit(self, day: int, more: int = 0) -> int:
        self.last_seen = day + more
        return self.age + day

    @over_columns
    def visit_all(model: Any, rows: Any, day: int, more: int = 0) -> Any:
        model.people.last_seen[rows] = day + more
        model.calls.append(rows.size)
        return (1500 - model.people.birth_month[rows]) // 12 + day

    @over_columns
    def cure(model: Any, rows: Any) -> None:
        model.people.conditions[rows] = 0

    def push(self) -> None:
        """Remove who comes two places later, so that later turns fall away."""
        for other in type_set(self.model, Citizen).to_list():
            if other.unique_id == self.unique_id + 2:
                other.remove()
                break
        self.last_seen = 7


class ColumnTown(ColumnModel):
    """Town of patients in columns."""

    patient_class = Citizen

    def __init__(self, n: int = SIZE) -> None:
        super().__init__(rng=3)
        self.calls: list[int] = []
        Citizen.create_agents(self, n, **{name: values[:n] for name, values in COLUMNS.items()})

    def step(self) -> None:
        self.people.frailty[self.people.rows] += np.float32(0.25)


class Plain(mesa.Agent[Any]):
    """A patient as a plain Mesa agent."""

    def __init__(self, model: Any, **columns: Any) -> None:
        super().__init__(model)
        self.last_seen = -1
        self.digital = 0.0
        self.__dict__.update(columns)

    @property
    def age(self) -> int:
        return (1500 - self.birth_month) // 12

    @property
    def registered(self) -> bool:
        return self.practice != -1

    old = Citizen.old
    visit = visit_all = Citizen.visit
    push = Citizen.push

    def cure(self) -> None:
        self.conditions = 0


class PlainTown(mesa.Model[Any, Any]):
    """Town of plain Mesa agents."""

    def __init__(self, n: int = SIZE) -> None:
        super().__init__(rng=3)
        Plain.create_agents(self, n, **{name: values[:n] for name, values in COLUMNS.items()})


def type_set(model: Any, kind: type) -> Any:
    """Set of all patients of a model, of either sort."""
    return model.agents_by_type[kind if kind in model.agents_by_type else Plain]


def neutral(value: Any) -> Any:
    """Compare sets by the numbers of their members, arrays by their values."""
    if isinstance(value, mesa.Agent):
        return value.unique_id
    if isinstance(value, mesa.agentset.AbstractAgentSet | list | tuple):
        return [neutral(each) for each in value]
    if isinstance(value, mesa.agentset.GroupBy):
        return [(key, neutral(group)) for key, group in value]
    if isinstance(value, dict):
        return [(key, neutral(each)) for key, each in value.items()]
    return value
