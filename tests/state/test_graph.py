"""Objects through nodes and back: values, sharing, circles, arrays that share memory, and what is refused."""

from __future__ import annotations

import datetime
import json
import math
from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.agents.practice import ListState
from sim.care.arrays import Requests
from sim.ledger.ledger import Event, Table
from sim.modifiers import Scope
from sim.state.allowed import NotAllowed, callable_named, value_named
from sim.state.arrays import ArrayReader
from sim.state.graph import GraphWriter, read_graph


def through(thing: Any) -> Any:
    """What becomes of a thing that is written to text and files, and read."""
    graph = GraphWriter(thing)
    arrays, files = graph.shelf.pack()
    text = json.dumps([graph.root, graph.nodes, graph.order, arrays], allow_nan=False)
    root, nodes, order, described = json.loads(text)
    return read_graph(root, nodes, order, ArrayReader(described, files))


def test_values_keep_value_and_type() -> None:
    things = [
        None, True, False, 0, 1, -(2**63) - 1, 2**64 - 1, 10**40, 0.1, -0.0, 5e-324, "", "é\ud800\x00", b"\x00\xff",
        (), (1, (2.0, "3")), [], {}, {(1, 2): "a", 3: None, "z": [1], True: 0}, {3, 1, 2}, set(), frozenset({(1, 2)}),
        datetime.date(2028, 2, 29), datetime.timedelta(days=1.5), deque([1, 2], 5), OrderedDict(b=1, a=2),
        ListState.FULL if hasattr(ListState, "FULL") else next(iter(ListState)), Scope(frozenset({3, 1})),
        Event(3, "list closed", 4, 0.5), int, Table, Requests,
    ]  # fmt: skip
    back = through(things)
    for thing, same in zip(things, back, strict=True):
        assert type(same) is type(thing) and same == thing and repr(same) == repr(thing)


def test_floats_that_are_no_numbers() -> None:
    nan, high, low = through([math.nan, math.inf, -math.inf])
    assert math.isnan(nan) and high == math.inf and low == -math.inf


def test_numpy_scalars() -> None:
    things = [np.float32(0.1), np.uint64(2**64 - 1), np.bool_(True), np.str_("é"), np.float64("nan"), np.int8(-3)]
    for thing, same in zip(things, through(things), strict=True):
        assert type(same) is type(thing) and same.tobytes() == thing.tobytes()


def test_order_and_default_of_dictionaries() -> None:
    counts: defaultdict[str, int] = defaultdict(int, {"b": 1, "a": 2})
    same = through({"z": 1, "a": 2, "counts": counts})
    assert list(same) == ["z", "a", "counts"] and list(same["counts"]) == ["b", "a"]
    assert same["counts"]["new"] == 0


def test_what_is_shared_stays_shared_and_circles_close() -> None:
    one: list[Any] = [1]
    table = Table()
    table._blocks = [{"x": np.arange(3)}]
    thing: dict[str, Any] = {"a": one, "b": one, "pair": (one, table), "table": table}
    one.append(thing)
    table.owner = (thing, one)  # type: ignore[attr-defined]
    same = through(thing)
    assert same["a"] is same["b"] is same["pair"][0] and same["a"][1] is same
    assert same["table"] is same["pair"][1] and same["table"].owner == (same, same["a"])


def test_bound_methods_belong_to_the_new_object() -> None:
    table = Table()
    same, method = through([table, table.append])
    assert method.__self__ is same and method.__func__ is Table.append


def test_a_long_chain_needs_no_recursion() -> None:
    thing: list[Any] = []
    for _ in range(20_000):
        thing = [thing]
    same, depth = through(thing), 0
    while same:
        same, depth = same[0], depth + 1
    assert depth == 20_000


# Arrays ---------------------------------------------------------------------------------------------------------------

LARGE = 20_000
ARRAYS = {
    "none": np.empty((0, 3), np.int16),
    "single": np.array(7, np.uint64),
    "ids": np.array([2**64 - 1, 2**53 + 1], np.uint64),
    "fractions": np.array([np.nan, np.inf, -0.0, 5e-324], np.float32),
    "words": np.array(["list closed", "é"]),
    "days": np.array(["2028-01-01"], "datetime64[D]"),
    "pairs": np.array([(1, 2.5)], dtype=[("a", "i2"), ("b", "f8")]),
    "big-endian": np.arange(5, dtype=">i4"),
    "columns first": np.asfortranarray(np.arange(12.0).reshape(3, 4)),
    "large": np.arange(LARGE),
    "large, columns first": np.asfortranarray(np.arange(LARGE).reshape(-1, 4)),
    "every other": np.arange(20)[::2],
    "backwards": np.arange(20)[::-3],
    "repeated": np.broadcast_to(np.arange(3), (4, 3)),
    "turned": np.copy(np.arange(24).reshape(2, 3, 4).transpose(1, 0, 2), order="K"),
    "large, turned": np.arange(LARGE * 2).reshape(20, -1, 4).transpose(2, 0, 1),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays(name: str) -> None:
    array = ARRAYS[name]
    same = through({"x": array})["x"]
    assert (same.dtype, same.shape, same.strides) == (array.dtype, array.shape, array.strides)
    assert same.tobytes() == array.tobytes()
    assert same.flags.writeable == array.flags.writeable and same.flags.aligned


def test_arrays_of_many_kinds_do_not_get_mixed_up() -> None:
    thing = {f"{name} {k}": array for k in range(3) for name, array in ARRAYS.items()}
    for name, same in through(thing).items():
        assert same.tobytes() == thing[name].tobytes(), name


@pytest.mark.parametrize("size", [40, LARGE])
def test_looks_into_one_memory_stay_looks(size: int) -> None:
    whole = np.arange(size).reshape(-1, 4)
    first, part = whole[:, 0], whole[2:6, 1:3]
    same = through({"part": part, "first": first, "whole": whole, "again": part})
    same["whole"][2, 1], same["first"][0] = -5, -6
    assert same["part"][0, 0] == -5 and same["whole"][0, 0] == -6 and same["again"] is same["part"]
    assert whole[2, 1] == 9  # its own memory, not that of the original


def test_looks_stay_looks_when_the_whole_is_not_saved() -> None:
    whole = np.arange(10)
    one, other = through([whole[:6], whole[4:]])
    one[5] = -1
    assert other.tolist() == [4, -1, 6, 7, 8, 9]


def test_a_part_alone_is_saved_alone() -> None:
    graph = GraphWriter([np.arange(10 * LARGE)[:10]])
    _, files = graph.shelf.pack()
    assert sum(map(len, files.values())) < 1000


def test_a_closed_array_and_a_look_into_it() -> None:
    whole = np.arange(10)
    look = whole[2:4]
    whole.flags.writeable = False
    one, other = through([whole, look])
    assert not one.flags.writeable and other.flags.writeable
    other[0] = -1
    assert one[2] == -1


# What is refused ------------------------------------------------------------------------------------------------------


@dataclass
class Foreign:
    """A type of no module of sim."""

    x: int = 1


def outside() -> None:
    """A function of no module of sim."""


@pytest.mark.parametrize(
    ("thing", "named"),
    [
        (Foreign(), "tests.state.test_graph:Foreign"),
        (Foreign, "Foreign"),
        (outside, "outside"),
        (lambda: None, "<lambda>"),
        (json.dumps, "dumps"),
        (print, "print"),
        (np.array([object()]), "array of object"),
        (np.ma.masked_array([1]), "array of"),
        (SimpleNamespace(x=1), "SimpleNamespace"),
        (iter([1]), "iter"),
        (open, "open"),
    ],
)
def test_what_cannot_be_saved_is_named(thing: Any, named: str) -> None:
    with pytest.raises(NotAllowed, match=named.replace("[", r"\[")):
        GraphWriter({"inside": [thing]}).shelf.pack()


@pytest.mark.parametrize(
    "name",
    [
        "os:system",
        "builtins:eval",
        "builtins:getattr",
        "subprocess:Popen",
        "posix:system",
        "sim.source:os.system",
        "sim.source:Path",
        "sim.source:source_hash.__globals__",
        "sim.model:RegionModel.__init__.__globals__",
        "sim.nowhere:Thing",
        "sim.model:",
        "simulated:Thing",
        "tests.state.test_graph:Foreign",
        "numpy:load",
        "importlib:import_module",
    ],
)
def test_a_foreign_file_cannot_name_what_it_likes(name: str) -> None:
    for look in (
        value_named,
        lambda name: callable_named(name, made=True),
        lambda name: callable_named(name, made=False),
    ):
        with pytest.raises(NotAllowed):
            look(name)


def test_functions_of_the_model_are_not_called_from_a_file() -> None:
    with pytest.raises(NotAllowed):
        callable_named("sim.source:source_hash", made=False)
    with pytest.raises(NotAllowed):
        callable_named("sim.source:source_hash", made=True)
    with pytest.raises(NotAllowed):
        callable_named("sim.model:RegionModel", made=False)  # its __init__ would build a region


@pytest.mark.parametrize(
    "nodes", [[["tuple", [[0]]]], [["list", [[5]]]], [["nothing"]], [["array", 3]], [[]], [["list"]]]
)
def test_nodes_that_make_no_sense(nodes: list[Any]) -> None:
    with pytest.raises((KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError)):
        read_graph([0], nodes, list(range(len(nodes))), ArrayReader([], {}))
