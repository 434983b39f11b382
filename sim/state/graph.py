"""Objects as nodes: a graph of Python objects to JSON and back, references, cycles and shared objects included.

Every object but plain values is a node, told apart by identity. A value is written as itself (None, truth, whole
numbers, text, finite floats), as ``[n]`` for node n, or as ``["nan"]`` and its like. Nodes are lists that begin with
their kind: ``list``, ``tuple``, ``set``, ``dict`` and their like, ``array`` (a place on the array shelf), ``scalar`` of
numpy, ``bytes``, ``name`` (a type or function), ``method``, and objects in the form in which the copy protocol
(``__reduce_ex__``) gives them: ``make`` a type, or ``call`` something, with arguments, then state, items and keys.
"""

from __future__ import annotations

import copyreg
import math
import types
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from sim.state.allowed import NotAllowed, callable_named, name_of_callable, name_of_value, value_named
from sim.state.arrays import ArrayReader, ArrayShelf

__all__ = ["GraphWriter", "read_graph"]

_PLAIN = {type(None), bool, int, str}
_UNUSUAL = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
_SEQUENCES: dict[type, str] = {list: "list", tuple: "tuple", set: "set", frozenset: "frozenset"}
_PROTOCOL = 4


class GraphWriter:
    """Walks the objects that can be reached from a root.

    Attributes:
        nodes: a description of each.
        order: numbers of the nodes, each after those that it needs, as far as there are no circles.
        shelf: the arrays.
    """

    def __init__(self, root: Any) -> None:
        """Walk.

        Raises:
            NotAllowed: something that a state may not hold.
        """
        self.nodes: list[list[Any]] = []
        self.shelf = ArrayShelf()
        self._number: dict[int, int] = {}
        self._keep: list[Any] = []  # a number stands for an address: what has one must stay
        self._new: list[tuple[int, Any, str]] = []
        self._needs: list[list[int]] = []
        self.root = self._value(root, "model")
        while self._new:
            number, thing, name = self._new.pop()
            self.nodes[number] = self._describe(thing, name, self._needs[number])
        self.order = _after_needs(self._needs)

    def _value(self, thing: Any, name: str, needs: list[int] | None = None) -> Any:
        kind = type(thing)
        if kind in _PLAIN:
            return thing
        if kind is float:
            return thing if math.isfinite(thing) else ["nan" if thing != thing else "inf" if thing > 0 else "-inf"]
        number = self._number.get(id(thing))
        if number is None:
            number = self._number[id(thing)] = len(self.nodes)
            self._keep.append(thing)
            self.nodes.append([])
            self._needs.append([])
            self._new.append((number, thing, name))
        if needs is not None:
            needs.append(number)
        return [number]

    def _values(self, things: Iterable[Any], name: str, needs: list[int]) -> list[Any]:
        return [self._value(thing, name, needs) for thing in things]

    def _pairs(self, pairs: Iterable[tuple[Any, Any]], name: str, needs: list[int]) -> list[Any]:
        out: list[Any] = []
        for key, thing in pairs:
            out.append(self._value(key, name, needs))
            out.append(self._value(thing, key if type(key) is str else name, needs))
        return out

    def _describe(self, thing: Any, name: str, needs: list[int]) -> list[Any]:
        kind = type(thing)
        if (word := _SEQUENCES.get(kind)) is not None:
            things = thing if kind in {list, tuple} else _sorted(thing)
            return [word, self._values(things, name, needs)]
        if kind is dict:
            return ["dict", self._pairs(thing.items(), name, needs)]
        if isinstance(thing, np.ndarray):
            return ["array", self.shelf.take(thing, name)]
        if isinstance(thing, np.generic):
            if thing.dtype.hasobject:
                raise NotAllowed(f"a numpy scalar of {thing.dtype}")
            return ["scalar", thing.dtype.str, thing.tobytes().hex()]
        if kind is bytes:
            return ["bytes", thing.hex()]
        if isinstance(thing, type | types.FunctionType):
            return ["name", name_of_value(thing)]
        if kind is types.MethodType:
            return ["method", self._value(thing.__self__, name, needs), thing.__func__.__name__]
        return self._object(thing, name, needs)

    def _object(self, thing: Any, name: str, needs: list[int]) -> list[Any]:
        kind = type(thing)
        try:
            reduced = thing.__reduce_ex__(_PROTOCOL)
        except (TypeError, AttributeError):
            raise NotAllowed(f"a {kind.__module__}.{kind.__qualname__}, which cannot be copied") from None
        if not isinstance(reduced, tuple):
            raise NotAllowed(f"{kind.__qualname__} {reduced}")
        function, arguments, state, items, pairs, setter = _padded(list(reduced), 6)
        if setter is not None:
            raise NotAllowed(f"a {kind.__module__}.{kind.__qualname__} with a way of its own to be restored")
        made = function is copyreg.__newobj__  # type: ignore[attr-defined]
        if made:
            function, *arguments = arguments
        self._keep.append(reduced)
        names = getattr(kind, "_fields", None) or [name] * len(arguments)  # a named tuple's arguments are its fields
        out = [
            "make" if made else "call",
            name_of_callable(function, made=made),
            [self._value(each, of, needs) for of, each in zip(names, arguments, strict=True)],
        ]
        rest: list[Any] = [None, None, None]
        if type(state) is dict:
            rest[0] = ["fields", self._pairs(state.items(), name, needs)]
        elif state is not None:
            rest[0] = ["state", self._value(state, name, needs)]
        if items is not None:
            rest[1] = self._values(items, name, needs)
        if pairs is not None:
            rest[2] = self._pairs(pairs, name, needs)
        while rest and rest[-1] is None:
            rest.pop()
        return out + rest


def _padded(things: list[Any], length: int) -> list[Any]:
    return things + [None] * (length - len(things))


def _sorted(things: Iterable[Any]) -> list[Any]:
    """Members of a set in a fixed order where they have one, so that equal states are equal files."""
    things = list(things)
    try:
        return sorted(things)
    except TypeError:
        return things


def _after_needs(needs: list[list[int]]) -> list[int]:
    """Depth first from node 0, each after what it needs: the order in which a pickle is restored."""
    order: list[int] = []
    seen = [False] * len(needs)
    for root in range(len(needs)):
        if seen[root]:
            continue
        seen[root] = True
        stack = [(root, iter(needs[root]))]
        while stack:
            number, following = stack[-1]
            for need in following:
                if not seen[need]:
                    seen[need] = True
                    stack.append((need, iter(needs[need])))
                    break
            else:
                order.append(number)
                stack.pop()
    return order


class _Reader:
    """Makes the nodes in their order; one that is needed before its turn is made empty and filled when it comes."""

    def __init__(self, nodes: list[list[Any]], arrays: ArrayReader) -> None:
        self.nodes, self.arrays = nodes, arrays
        self.made: dict[int, Any] = {}
        self._makers: dict[tuple[str, bool], Callable[..., Any]] = {}

    def value(self, written: Any) -> Any:
        if type(written) is not list:
            return written
        (what,) = written
        if type(what) is str:
            return _UNUSUAL[what]
        return self.made[what] if what in self.made else self.make(what)

    def values(self, written: list[Any]) -> list[Any]:
        return [self.value(each) for each in written]

    def pairs(self, written: list[Any]) -> Iterable[tuple[Any, Any]]:
        return zip(self.values(written[::2]), self.values(written[1::2]), strict=True)

    def make(self, number: int) -> Any:
        """The object of a node, still without what may lead back to it."""
        kind, *rest = self.nodes[number]
        out: Any
        match kind:
            case "list":
                out = []
            case "dict":
                out = {}
            case "set":
                out = set()
            case "tuple":
                out = tuple(self.values(rest[0]))
            case "frozenset":
                out = frozenset(self.values(rest[0]))
            case "array":
                out = self.arrays.array(rest[0])
            case "scalar":
                out = np.frombuffer(bytes.fromhex(rest[1]), np.dtype(rest[0]))[0]
            case "bytes":
                out = bytes.fromhex(rest[0])
            case "name":
                out = value_named(rest[0])
            case "method":
                out = self._method(rest[0], rest[1])
            case "make" | "call":
                out = self._maker(rest[0], kind == "make")(*self.values(rest[1]))
            case _:
                raise ValueError(f"a node of kind {kind!r}")
        return self.made.setdefault(number, out)

    def _method(self, owner: Any, name: str) -> Any:
        thing = self.value(owner)
        found = getattr(type(thing), name)
        if not isinstance(found, types.FunctionType):
            raise NotAllowed(f"{type(thing).__qualname__}.{name}")
        return types.MethodType(found, thing)

    def _maker(self, name: str, made: bool) -> Callable[..., Any]:
        if (name, made) not in self._makers:
            found = callable_named(name, made=made)
            self._makers[name, made] = _new_of(found) if made else found
        return self._makers[name, made]

    def fill(self, number: int) -> None:
        """What a node holds, once all that it needs is there."""
        out = self.made[number] if number in self.made else self.make(number)
        kind, *rest = self.nodes[number]
        match kind:
            case "list":
                out.extend(self.values(rest[0]))
            case "dict":
                out.update(self.pairs(rest[0]))
            case "set":
                out.update(self.values(rest[0]))
            case "make" | "call":
                state, items, pairs = _padded(rest[2:], 3)
                if items is not None:
                    for thing in self.values(items):
                        out.append(thing)
                if pairs is not None:
                    for key, thing in self.pairs(pairs):
                        out[key] = thing
                if state is not None:
                    how, written = state
                    _restore(out, dict(self.pairs(written)) if how == "fields" else self.value(written))


def _new_of(kind: type) -> Callable[..., Any]:
    def new(*arguments: Any) -> Any:
        return kind.__new__(kind, *arguments)

    return new


def _restore(thing: Any, state: Any) -> None:
    """As a pickle does: the type's own way, or the fields, past whatever guards them."""
    if (own := getattr(thing, "__setstate__", None)) is not None:
        own(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state:
        thing.__dict__.update(state)
    for name, value in (slots or {}).items():
        setattr(thing, name, value)


def read_graph(root: Any, nodes: list[list[Any]], order: list[int], arrays: ArrayReader) -> Any:
    """The object that ``GraphWriter`` wrote.

    Raises:
        NotAllowed: a node names what a state may not hold.
        KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError: the nodes make no sense.
    """
    if sorted(order) != list(range(len(nodes))):
        raise ValueError("the order does not name every node once")
    reader = _Reader(nodes, arrays)
    for number in order:
        reader.fill(number)
    arrays.finish()
    return reader.value(root)
