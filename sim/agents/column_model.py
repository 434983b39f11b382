"""A Mesa model whose patients are rows of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import repeat
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from sim.agents.columns import Rows
from sim.agents.mesa_bridge import Agent, BridgedCollector, BridgedModel, check_callback
from sim.agents.mixed_set import AllAgents
from sim.agents.patient import Patient, views
from sim.agents.patient_set import PatientSet
from sim.agents.people import People
from sim.dates import month_of

__all__ = ["ColumnModel", "PatientCollector"]


class ColumnModel(BridgedModel):
    """Base of the model: Mesa's clock, events and ordinary agents, and the inhabitants as columns.

    ``people`` is the store of all inhabitants, ``patients`` the live set of them, which is also
    ``agents_by_type[Patient]``. One unit of ``time`` is a day. A subclass defines ``step``; it may set
    ``patient_class`` to a subclass of ``Patient`` with more methods.
    """

    patient_class: ClassVar[type[Patient]] = Patient
    start_date: ClassVar[date] = date(2025, 1, 1)

    people: People
    patients: PatientSet

    def __init__(self, *, rng: int = 1, people: People | None = None) -> None:
        """Model with these people (none if left out); ``rng`` seeds Mesa's own generators only."""
        super().__init__(rng=rng)
        self.people = People() if people is None else people
        self.patients = PatientSet(self)
        self._everybody = AllAgents(self)
        self.hold_type(self.patient_class, self.patients)
        self._listen()

    def _listen(self) -> None:
        self.people.on_added = partial(self._tell, True)
        self.people.on_removed = partial(self._tell, False)

    def _tell(self, added: bool, rows: Rows) -> None:
        # Who has just left is no longer alive, so views() would leave them out.
        seen = views if added else _all_views
        self.announce(added, lambda: seen(self.patient_class, self, rows))

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self._listen()

    # The date

    @property
    def day(self) -> int:
        """Days since the start date."""
        return int(self.time)

    @property
    def month(self) -> int:
        """Month index of today, (year - 1900) * 12 + month - 1."""
        return _month_at(self.start_date, self.day)

    # Agents

    @property
    def agents(self) -> AllAgents:
        """Everybody: ordinary agents first, then patients."""
        return self._everybody

    @agents.setter
    def agents(self, agents: Any) -> None:
        raise AttributeError("model.agents is kept by the model: choose another name for a set of your own")

    def patient_set(self, rows: npt.ArrayLike) -> PatientSet:
        """Fixed set of the people in these rows, in this order."""
        return PatientSet(self, rows)

    def patient(self, uid: int) -> Patient:
        """View on the living person with this id; KeyError if there is none."""
        return self.patient_class.view(self, self.people.row_of(uid))

    def number_ids(self, n: int) -> npt.NDArray[np.uint64]:
        """Ids for n people made by hand: Mesa's next numbers, which no keyed id can equal (its top byte is not 0)."""
        first = self.agent_id_counter
        self.agent_id_counter += n
        return np.arange(first, first + n, dtype=np.uint64)

    def deregister_agent(self, agent: Agent) -> None:
        """Take an agent out of the model (Mesa calls this from ``agent.remove()``)."""
        if isinstance(agent, Patient):
            agent.remove()
        else:
            super().deregister_agent(agent)

    def remove_all_agents(self) -> None:
        """Remove every agent and every inhabitant."""
        self.people.remove(self.people.rows, self.day)
        super().remove_all_agents()

    # Events

    def schedule_event(self, function: Callable[..., Any], **when: Any) -> Any:
        """As in Mesa, but ValueError for a callback that Mesa would silently lose (see ``check_callback``)."""
        self._check(function)
        return super().schedule_event(function, **when)

    def schedule_recurring(self, function: Callable[..., Any], schedule: Any, *args: Any, **kwargs: Any) -> Any:
        """As in Mesa, but ValueError for a callback that Mesa would silently lose (see ``check_callback``)."""
        self._check(function)
        return super().schedule_recurring(function, schedule, *args, **kwargs)

    @staticmethod
    def _check(function: Callable[..., Any]) -> None:
        check_callback(function)
        if isinstance(getattr(function, "__self__", None), Patient):
            raise ValueError("a view of a patient does not last until the event: schedule a method of the model")


@lru_cache(maxsize=64)
def _month_at(start: date, day: int) -> int:
    return month_of(start + timedelta(days=day))


def _all_views(kind: type[Patient], model: ColumnModel, rows: Rows) -> Iterable[Patient]:
    return [kind.view(model, row) for row in rows.tolist()]


class PatientCollector(BridgedCollector):
    """Mesa's DataCollector with patients read from columns, and if wished only some of them.

    Reporters for ``Patient`` that are names of columns cost a hundredth of what views cost, and can be saved.
    ``patients`` is the fixed set to report on (a panel; who leaves drops out), everybody alive if left out.
    """

    def __init__(
        self,
        model_reporters: dict[str, Any] | None = None,
        agent_reporters: dict[str, Any] | None = None,
        agenttype_reporters: dict[type[Agent], dict[str, Any]] | None = None,
        tables: dict[str, list[str]] | None = None,
        *,
        patients: PatientSet | None = None,
    ) -> None:
        self.patients = patients
        super().__init__(model_reporters, agent_reporters, agenttype_reporters, tables)

    def answers_for(self, agent_type: type[Agent]) -> bool:
        """True for patients."""
        return issubclass(agent_type, Patient)

    def records(self, model: Any, agent_type: type[Agent], reporters: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
        """Model time, id and reported values, one tuple a patient."""
        panel: PatientSet = model.patients if self.patients is None else self.patients
        panel = panel.select(agent_type=agent_type)
        columns = [panel.get(each) if isinstance(each, str) else panel.map(each) for each in reporters.values()]
        return zip(repeat(model.time), panel.get("unique_id"), *columns)
