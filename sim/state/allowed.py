"""What a state may name: the types that are constructed and the functions that are called when it is read.

A foreign file could otherwise make the reader run what it likes, as a pickle can. Names are looked up in installed
modules only, and what is found must be known there by that very name, so ``sim.source:os.system`` leads nowhere.
"""

from __future__ import annotations

import enum
import importlib
import types
from typing import Any

__all__ = ["NotAllowed", "callable_named", "name_of_callable", "name_of_value", "value_named"]

CALLED = {
    "collections:OrderedDict",
    "collections:defaultdict",
    "collections:deque",
    "datetime:date",
    "datetime:datetime",
    "datetime:timedelta",
    "numpy.random._pickle:__bit_generator_ctor",
    "numpy.random._pickle:__generator_ctor",
    "numpy.random.bit_generator:__pyx_unpickle_SeedSequence",
    "random:Random",
    "sim.agents.patient:_restored",
    "sim.interventions.base:_declared",
}
"""Called with what the file says; each only makes a value. Enumerations and types of sim are made besides."""

MADE = {
    "mesa.agentset:AgentSet",
    "mesa.agentset:_HardKeyAgentSet",
    "mesa.experimental.data_collection.dataset:DataRegistry",
    "mesa.experimental.scenarios.scenario:Scenario",
    "mesa.time.events:Event",
    "mesa.time.events:EventGenerator",
    "mesa.time.events:EventList",
    "mesa.time.events:Priority",
    "mesa.time.events:Schedule",
    "networkx.classes.graph:Graph",
    "networkx.classes.reportviews:DegreeView",
    "networkx.classes.reportviews:EdgeView",
    "networkx.classes.reportviews:NodeView",
}
"""Types outside sim that are made without being called (``__new__``) and then given their state."""

NAMED = {
    "builtins:bool",
    "builtins:dict",
    "builtins:float",
    "builtins:int",
    "builtins:list",
    "builtins:set",
    "builtins:str",
    "builtins:tuple",
    "numpy.random._pcg64:PCG64",
    "numpy.random.bit_generator:SeedSequence",
}
"""Types that may stand as values: the default of a dictionary, the kind of a generator."""

_OURS = "sim"


class NotAllowed(Exception):
    """Something that a state may not hold; the message names it."""


def _name(thing: Any) -> str:
    return f"{getattr(thing, '__module__', '?')}:{getattr(thing, '__qualname__', type(thing).__qualname__)}"


def _is_ours(name: str) -> bool:
    module = name.partition(":")[0]
    return module == _OURS or module.startswith(f"{_OURS}.")


def _find(name: str) -> Any:
    """What is known by this name in its own module."""
    module, _, path = name.partition(":")
    if "<" in path or not path:
        raise NotAllowed(name)
    try:
        found: Any = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError, ValueError):
        raise NotAllowed(name) from None
    return found


def _checked(name: str, listed: set[str]) -> Any:
    if name in listed:
        return _find(name)
    if not _is_ours(name):
        raise NotAllowed(name)
    found = _find(name)
    if not isinstance(found, type | types.FunctionType) or _name(found) != name:
        raise NotAllowed(name)
    return found


def name_of_value(thing: type | types.FunctionType) -> str:
    """Name of a type or function that is held as a value.

    Raises:
        NotAllowed: a state may not hold it.
    """
    name = _name(thing)
    if _checked(name, NAMED | MADE) is not thing:
        raise NotAllowed(name)
    return name


def value_named(name: str) -> Any:
    """The type or function of that name (see ``name_of_value``)."""
    return _checked(name, NAMED | MADE)


def name_of_callable(thing: Any, *, made: bool) -> str:
    """Name of a type that is made (``made``), or of what is called with arguments.

    Raises:
        NotAllowed: a state may not name it.
    """
    name = _name(thing)
    if callable_named(name, made=made) is not thing:
        raise NotAllowed(name)
    return name


def callable_named(name: str, *, made: bool) -> Any:
    """The type or function of that name (see ``name_of_callable``)."""
    if made:
        found = _checked(name, MADE)
        if not isinstance(found, type):
            raise NotAllowed(name)
        return found
    if name in CALLED:
        return _find(name)
    found = _checked(name, MADE)
    if not (isinstance(found, type) and issubclass(found, enum.Enum)):
        raise NotAllowed(name)
    return found
