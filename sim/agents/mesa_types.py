"""What we use of Mesa, with types.

Mesa ships no type information. While types are checked, ``mesa_bridge`` takes these declarations for Mesa's classes;
when the program runs they are not used. ``mesa_bridge.contract`` compares them with the installed Mesa: a public
method named here must exist there with the same parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableSet, Sequence
from typing import Any, Self

import numpy as np

__all__ = ["AbstractAgentSet", "Agent", "AgentSet", "DataCollector", "GroupBy", "Model"]


class Agent:
    """An agent: knows its model, has a number that is unique in it."""

    model: Any
    unique_id: Any
    pos: Any

    def __init__(self, model: Any, *args: Any, **kwargs: Any) -> None: ...

    def remove(self) -> None:
        """Leave the model."""

    def step(self) -> None:
        """Do what is done in a step."""

    @classmethod
    def create_agents(cls, model: Any, n: int, *args: Any, **kwargs: Any) -> Any:
        """Create n agents."""

    @classmethod
    def from_dataframe(cls, model: Any, df: Any, **kwargs: Any) -> Any:
        """Create an agent for each row."""

    @property
    def rng(self) -> np.random.Generator:  # noqa: TID251 - a type; never drawn from
        """The model's numpy generator."""
        raise NotImplementedError


class AbstractAgentSet[A: Agent](MutableSet[A]):
    """An ordered set of agents."""

    random: Any

    def __len__(self) -> int:
        raise NotImplementedError

    def __iter__(self) -> Iterator[A]:
        raise NotImplementedError

    def __contains__(self, agent: object) -> bool:
        raise NotImplementedError

    def select(
        self,
        filter_func: Callable[[A], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type[Any] | None = None,
    ) -> AbstractAgentSet[A]:
        """Those that pass, at most so many."""
        raise NotImplementedError

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """Function of the values of an attribute."""

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> Any:
        """Values of one attribute, or of several."""

    def set(self, attr_name: str, value: Any) -> Self:
        """Give all the same value."""
        raise NotImplementedError

    def to_list(self) -> list[A]:
        """All as a list."""
        raise NotImplementedError

    def add(self, agent: A) -> None:
        """Add one."""

    def discard(self, agent: A) -> None:
        """Take one out if it is in."""

    def remove(self, agent: A) -> None:
        """Take one out; KeyError if it is not in."""

    def groupby(self, by: Callable[[A], Any] | str, result_type: str = "agentset") -> GroupBy:
        """Sets by value."""
        raise NotImplementedError

    def shuffle(self, inplace: bool = False) -> AbstractAgentSet[A]:
        """In random order."""
        raise NotImplementedError

    def sort(
        self, key: Callable[[A], Any] | str, ascending: bool = False, inplace: bool = False
    ) -> AbstractAgentSet[A]:
        """In order of an attribute, largest first."""
        raise NotImplementedError

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method of each."""
        raise NotImplementedError

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method of each, in random order."""
        raise NotImplementedError

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """What a method of each returns."""
        raise NotImplementedError


class AgentSet[A: Agent](AbstractAgentSet[A], Sequence[A]):
    """Mesa's set of weak references."""

    def __init__(self, agents: Iterable[A], random: Any = None) -> None: ...

    def __getitem__(self, item: Any) -> Any: ...


class GroupBy:
    """Sets (or lists) by value."""

    groups: dict[Any, Any]

    def __init__(self, groups: dict[Any, Any]) -> None: ...

    def agg(self, attr_name: str, func: Callable[..., Any]) -> dict[Any, Any]:
        """Function of an attribute for each group."""
        raise NotImplementedError

    def count(self) -> dict[Any, int]:
        """Members of each group."""
        raise NotImplementedError

    def map(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """What a function returns for each group."""
        raise NotImplementedError

    def do(self, method: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> Self:
        """Call a function with each group."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


class Model:
    """A model: agents, time, events."""

    time: float
    steps: int
    running: bool
    random: Any
    scenario: Any
    agent_id_counter: int
    data_registry: Any

    def __init__(
        self, *args: Any, seed: float | None = None, rng: Any = None, scenario: Any = None, **kwargs: Any
    ) -> None: ...

    @property
    def agents(self) -> Any:
        """All agents."""

    @property
    def agent_types(self) -> list[type[Agent]]:
        """Types of agents."""
        raise NotImplementedError

    @property
    def agents_by_type(self) -> dict[type[Agent], Any]:
        """A set for each type."""
        raise NotImplementedError

    def step(self) -> None:
        """One step; Mesa advances ``time`` by one around it."""

    def run_for(self, duration: float) -> None:
        """Go on for so long."""

    def run_until(self, end_time: float) -> None:
        """Go on until then."""

    def deregister_agent(self, agent: Any) -> None:
        """Take an agent out; called by ``agent.remove()``."""

    def remove_all_agents(self) -> None:
        """Remove every agent."""

    def schedule_event(
        self,
        function: Callable[..., Any],
        *,
        at: float | None = None,
        after: float | None = None,
        priority: Any = None,
    ) -> Any:
        """Call a function once, later."""

    def schedule_recurring(self, function: Callable[..., Any], schedule: Any, priority: Any = None) -> Any:
        """Call a function again and again."""

    def observe(self, observable_name: Any, signal_type: Any, handler: Callable[..., Any]) -> None:
        """Have a function called at each signal."""

    def notify(self, observable: str, signal_type: Any, **kwargs: Any) -> None:
        """Send a signal."""


class DataCollector:
    """Mesa's collector of model, agent and agent-type variables."""

    model_vars: dict[str, list[Any]]
    agenttype_reporters: dict[type[Agent], dict[str, Any]]

    def __init__(
        self,
        model_reporters: Any = None,
        agent_reporters: Any = None,
        agenttype_reporters: Any = None,
        tables: Any = None,
    ) -> None: ...

    def collect(self, model: Any) -> None:
        """Record the present."""

    def get_model_vars_dataframe(self) -> Any:
        """Model variables by collection."""

    def get_agent_vars_dataframe(self) -> Any:
        """Agent variables by time and agent."""

    def get_agenttype_vars_dataframe(self, agent_type: type[Agent]) -> Any:
        """Variables of one type of agent by time and agent."""
