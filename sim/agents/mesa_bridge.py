# ruff: noqa: SLF001
"""The one place that knows Mesa from inside.

Mesa keeps agents as objects in dictionaries; our patients are rows of columns. Where Mesa offers no public way to tell
it so, its private names are used, all of them here, and everything else in ``sim`` imports Mesa's classes from here.
``contract`` says in words what a newer Mesa has changed; a test runs it, and the version is pinned.
"""

from __future__ import annotations

import inspect
import itertools
import types
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from sim.agents.mesa_types import AbstractAgentSet, Agent, AgentSet, DataCollector, GroupBy, Model
else:
    from mesa import Agent, DataCollector, Model
    from mesa.agentset import AbstractAgentSet, AgentSet, GroupBy

__all__ = [
    "MESA",
    "AbstractAgentSet",
    "Agent",
    "AgentSet",
    "BridgedCollector",
    "BridgedModel",
    "BridgedSet",
    "BridgedWideSet",
    "DataCollector",
    "GroupBy",
    "Model",
    "check_callback",
    "contract",
]

MESA = "3.5.1"
"""The version of Mesa that this file was written for."""


class BridgedSet[A: Agent](AgentSet[A]):
    """Base of a set whose members are not kept as objects: what Mesa's own code reads of a set is made on demand.

    A subclass does not call ``AgentSet.__init__`` (it would keep weak references, and views would vanish from it); it
    sets ``random`` and defines ``replace``.
    """

    @property
    def _agents(self) -> dict[A, None]:
        return dict.fromkeys(self)

    def _update(self, agents: Iterable[A]) -> Self:
        return self.replace(agents)

    def replace(self, agents: Iterable[A]) -> Self:
        """Make the members exactly these, in this order."""
        raise NotImplementedError


class BridgedWideSet(AbstractAgentSet[Any]):
    """Like ``BridgedSet`` for sets that hold agents of several types."""

    @property
    def _agents(self) -> dict[Any, None]:
        return dict.fromkeys(self)

    def _update(self, agents: Iterable[Any]) -> Self:
        return self.replace(agents)

    def replace(self, agents: Iterable[Any]) -> Self:
        """Make the members exactly these, in this order."""
        raise NotImplementedError


class BridgedModel(Model):
    """A Mesa model that can hold a type of agent as a set of its own making."""

    @property
    def ordinary_agents(self) -> AbstractAgentSet[Any]:
        """Mesa's own set of the agents that are objects, in order of creation (strong references)."""
        agents: AbstractAgentSet[Any] = self._all_agents  # type: ignore[attr-defined] # Mesa's
        return agents

    def hold_type(self, agent_type: type[Agent], members: AbstractAgentSet[Any]) -> None:
        """Let ``members`` be what ``agents_by_type[agent_type]`` gives."""
        self._agents_by_type[agent_type] = members  # type: ignore[attr-defined] # Mesa's

    def announce(self, added: bool, agents: Callable[[], Iterable[Agent]]) -> None:
        """Send Mesa's AGENT_ADDED or AGENT_REMOVED for each agent, if anybody listens (else none is made)."""
        from mesa.experimental.mesa_signals import ModelSignals

        signal = ModelSignals.AGENT_ADDED if added else ModelSignals.AGENT_REMOVED
        if self._has_subscribers("agents", signal):  # type: ignore[attr-defined] # Mesa's
            for agent in agents():
                self.notify("agents", signal, args=(agent,))

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore, and number new events after the restored ones: equal times are served in order of number.

        Mesa counts events for the whole process, so without this a loaded run would serve them in another order.
        """
        from mesa.time import Event

        self.__dict__.update(state)
        numbers = [getattr(event, "unique_id", -1) for event in state["_event_list"]._events]
        Event._ids = itertools.count(max(next(Event._ids), *numbers, 0) + 1)


class BridgedCollector(DataCollector):
    """A Mesa data collector that lets a subclass answer for agent types of its choice."""

    def answers_for(self, agent_type: type[Agent]) -> bool:
        """True if ``records`` is to be asked for this type."""
        raise NotImplementedError

    def records(self, model: Any, agent_type: type[Agent], reporters: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
        """One tuple an agent: model time, unique id, then a value for each reporter (a name or a function)."""
        raise NotImplementedError

    def _new_agenttype_reporter(self, agent_type: type[Agent], name: str, reporter: Any) -> None:
        if isinstance(reporter, str) and self.answers_for(agent_type):
            # Kept as a name: Mesa would wrap it in a closure, which cannot be pickled.
            self.agenttype_reporters.setdefault(agent_type, {})[name] = reporter
        else:
            super()._new_agenttype_reporter(agent_type, name, reporter)  # type: ignore[misc] # Mesa's

    def _record_agenttype(self, model: Any, agent_type: type[Agent]) -> Iterable[tuple[Any, ...]]:
        if self.answers_for(agent_type):
            return self.records(model, agent_type, self.agenttype_reporters[agent_type])
        records: Iterable[tuple[Any, ...]] = super()._record_agenttype(model, agent_type)  # type: ignore[misc] # Mesa's
        return records


def check_callback(function: Callable[..., Any]) -> None:
    """Raise ValueError for a callback that Mesa's event list would refuse or silently lose.

    Mesa keeps weak references, so a closure or partial that nobody else holds is gone before its time, without a word.
    Accepted are bound methods and functions of a module: they last, and they can be saved.
    """
    if isinstance(function, types.MethodType):
        return
    if isinstance(function, types.FunctionType) and "<" not in function.__qualname__:
        return
    name = getattr(function, "__qualname__", type(function).__qualname__)
    raise ValueError(f"{name} cannot be scheduled: use a method of the model or an agent, or a function of a module")


def contract() -> list[str]:
    """What the installed Mesa does otherwise than this file expects, one sentence each; empty when all is well."""
    import mesa
    from mesa.agentset import _HardKeyAgentSet
    from mesa.experimental.mesa_signals import ModelSignals
    from mesa.time import Event

    from sim.agents import mesa_types

    class Plain(Agent):
        pass

    class Probe(Model):
        pass

    found: list[str] = []

    def expect(holds: bool, sentence: str) -> None:
        if not holds:
            found.append(sentence)

    expect(mesa.__version__ == MESA, f"Mesa {mesa.__version__} is installed, this code was written for {MESA}")
    _compare_signatures(mesa_types, expect)
    for name in ("AGENT_ADDED", "AGENT_REMOVED"):
        expect(hasattr(ModelSignals, name), f"ModelSignals.{name} is gone")
    for owner, name, parameters in (
        (DataCollector, "_new_agenttype_reporter", ["self", "agent_type", "name", "reporter"]),
        (DataCollector, "_record_agenttype", ["self", "model", "agent_type"]),
        (Model, "_has_subscribers", ["self", "name", "signal_type"]),
        (AgentSet, "_update", ["self", "agents"]),
        (_HardKeyAgentSet, "_update", ["self", "agents"]),
    ):
        method = getattr(owner, name, None)
        expect(
            callable(method) and list(inspect.signature(method).parameters) == parameters,
            f"{owner.__name__}.{name} is gone or takes other parameters",
        )
    expect(isinstance(getattr(Event, "_ids", None), itertools.count), "Event._ids no longer numbers the events")
    if found:
        return found  # a model may not even start

    model = Probe(rng=1)
    agent = Plain(model)
    state = vars(model)
    expect(isinstance(state.get("_all_agents"), _HardKeyAgentSet), "Model._all_agents is no longer the strong set")
    expect(isinstance(state.get("_agents_by_type"), dict), "Model._agents_by_type is no longer a dictionary")
    expect(
        model.agents_by_type is state.get("_agents_by_type"), "Model.agents_by_type no longer returns _agents_by_type"
    )
    expect(model.agents is state.get("_all_agents"), "Model.agents no longer returns _all_agents")
    expect(list(model.agents) == [agent], "Agent.__init__ no longer registers the agent")
    expect(agent.unique_id == 1 and model.agent_id_counter == 2, "Agents are no longer numbered by agent_id_counter")
    for listing in (AgentSet([agent]), _HardKeyAgentSet([agent])):
        kind = type(listing).__name__
        expect(list(getattr(listing, "_agents", ())) == [agent], f"{kind}._agents no longer holds the members")
    expect("agents" in getattr(model, "observables", ()), "Adding an agent no longer signals on 'agents'")
    events = getattr(state.get("_event_list"), "_events", None)
    expect(isinstance(events, list) and len(events) == 1, "EventList._events no longer lists the events")
    return found


def _compare_signatures(declared: types.ModuleType, expect: Callable[[bool, str], None]) -> None:
    """Every public method declared in ``mesa_types`` exists in Mesa with the same parameters, in the same order."""
    for name in declared.__all__:
        real, described = globals()[name], getattr(declared, name)
        members = {
            member: declaration
            for part in reversed(described.__mro__)
            if part.__module__ == declared.__name__
            for member, declaration in vars(part).items()
            if not member.startswith("_") or member == "__init__"
        }
        for member, declaration in members.items():
            found = getattr(real, member, None)
            if isinstance(declaration, property):
                expect(isinstance(found, property), f"{name}.{member} is no longer a property")
            elif callable(found):
                ours = list(inspect.signature(getattr(described, member)).parameters)
                theirs = list(inspect.signature(found).parameters)
                expect(ours == theirs, f"{name}.{member} takes {theirs}, no longer {ours}")
            else:
                expect(False, f"{name}.{member} is gone")
