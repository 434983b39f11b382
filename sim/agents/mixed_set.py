"""Sets that hold patients and ordinary agents together, ``model.agents`` among them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, Self

from sim.agents.mesa_bridge import AbstractAgentSet, Agent, BridgedWideSet, GroupBy
from sim.agents.patient import Patient
from sim.agents.patient_set import PatientSet

__all__ = ["AllAgents", "MixedSet"]


class _Owner(Protocol):
    """What a set of all agents asks of its model."""

    random: Any
    patients: PatientSet

    @property
    def ordinary_agents(self) -> AbstractAgentSet[Any]:
        """Agents that are objects, in order of creation."""
        raise NotImplementedError


def _present(agent: Agent) -> bool:
    """True while an agent is in its model."""
    if isinstance(agent, Patient):
        return agent.alive
    return agent in agent.model.agents_by_type.get(type(agent), ())


class MixedSet(BridgedWideSet):
    """Fixed, ordered set of agents of any types. Who leaves the model drops out of it.

    It keeps its members itself: Mesa's own subsets hold weak references, in which views of patients would not last.
    """

    def __init__(self, agents: Iterable[Agent], random: Any) -> None:
        self._members = dict.fromkeys(agents)
        self.random = random

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Any]:
        return (agent for agent in list(self._members) if _present(agent))

    def __contains__(self, agent: object) -> bool:
        return isinstance(agent, Agent) and agent in self._members and _present(agent)

    def __getitem__(self, item: Any) -> Any:
        return self.to_list()[item]

    def replace(self, agents: Iterable[Agent]) -> Self:
        """Make the members exactly these, in this order."""
        self._members = dict.fromkeys(agents)
        return self

    def add(self, agent: Agent) -> None:
        """Add an agent at the end."""
        self._members[agent] = None

    def discard(self, agent: Agent) -> None:
        """Take an agent out of the set (not out of the model), if it is in."""
        self._members.pop(agent, None)

    def remove(self, agent: Agent) -> None:
        """Take an agent out of the set (not out of the model); KeyError if it is not in."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def copy(self) -> MixedSet:
        """Set of the present members."""
        return MixedSet(self, self.random)

    __copy__ = copy

    def shuffle(self, inplace: bool = False) -> MixedSet:
        """In an order drawn from ``model.random``."""
        agents = list(self)
        self.random.shuffle(agents)
        return self.replace(agents) if inplace else MixedSet(agents, self.random)

    def sort(self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False) -> MixedSet:
        """In order of an attribute or function, largest first unless ``ascending``."""
        agents = sorted(self, key=operator.attrgetter(key) if isinstance(key, str) else key, reverse=not ascending)
        return self.replace(agents) if inplace else MixedSet(agents, self.random)

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method (by name) or function for each member; who leaves before the turn came is passed over."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """As ``do``, in an order drawn from ``model.random``."""
        MixedSet.shuffle(self).map(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """What a method (by name) or function returns for each member."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)}>"


class AllAgents(MixedSet):
    """Everybody in a model: the ordinary agents in order of creation, then the patients in order of row.

    Verbs that need no order among the two are done for each of them, so for patients on whole columns. As in Mesa it
    is not to be changed directly: agents join by being made and leave by ``agent.remove()``.
    """

    def __init__(self, model: _Owner) -> None:
        self.model = model
        self.random = model.random

    @property
    def parts(self) -> tuple[AbstractAgentSet[Any], PatientSet]:
        """The ordinary agents and the patients."""
        return self.model.ordinary_agents, self.model.patients

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __iter__(self) -> Iterator[Any]:
        for part in self.parts:
            yield from part

    def __contains__(self, agent: object) -> bool:
        return any(agent in part for part in self.parts)

    def replace(self, agents: Iterable[Agent]) -> Self:
        """Refused."""
        raise TypeError("model.agents is always everybody in the model; change a copy() of it")

    def add(self, agent: Agent) -> None:
        """Refused, unless the agent is in the model anyway."""
        if agent not in self:
            self.replace([agent])

    def discard(self, agent: Agent) -> None:
        """Refused, unless the agent is not in the model anyway."""
        if agent in self:
            self.replace([])

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type[Any] | None = None,
    ) -> AbstractAgentSet[Any]:
        """As in Mesa; the result is a ``PatientSet`` if only patients are asked for, else a ``MixedSet``."""
        if inplace:
            self.replace([])
        if agent_type is not None and issubclass(agent_type, Patient):
            if at_most <= 1.0 and isinstance(at_most, float):
                at_most = int(len(self) * at_most)
            return self.model.patients.select(filter_func, at_most, agent_type=agent_type)
        return self.copy().select(filter_func, at_most, agent_type=agent_type)

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """As in Mesa."""
        ordinary, patients = self.parts
        values: list[Any] = ordinary.get(attr_names, handle_missing, default_value)
        return values + patients.get(attr_names, handle_missing, default_value)  # type: ignore[no-any-return]

    def set(self, attr_name: str, value: Any) -> Self:
        """As in Mesa; an attribute that patients have no column for is refused."""
        for part in self.parts:
            part.set(attr_name, value)
        return self

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """As in Mesa."""
        for part in self.parts:
            part.do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As in Mesa."""
        return [result for part in self.parts for result in part.map(method, *args, **kwargs)]

    def groupby(self, by: Callable[[Any], Any] | str, result_type: str = "agentset") -> GroupBy:
        """As in Mesa: each group an ``AgentSet``, a ``PatientSet`` or, where both occur, a ``MixedSet``."""
        ordinary, patients = (part.groupby(by, result_type).groups for part in self.parts)
        joined: dict[Any, Any] = dict(ordinary)
        for value, group in patients.items():
            both = [*joined[value], *group] if value in joined else None
            joined[value] = group if both is None else both if result_type == "list" else MixedSet(both, self.random)
        return GroupBy(joined)
