"""Every verb of AgentSet, done on patients in columns and on plain Mesa agents side by side."""

from __future__ import annotations

import copy
import pickle
import statistics
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.agents.patient import Patient, PatientGoneError
from sim.agents.patient_set import PatientGroups, PatientSet
from tests.agents.twins import SIZE, Citizen, ColumnTown, Plain, PlainTown, neutral

READS: dict[str, Callable[[Any], Any]] = {
    "len": len,
    "iter": list,
    "to_list": lambda s: s.to_list(),
    "bool": bool,
    "get column": lambda s: s.get("birth_month"),
    "get fraction": lambda s: s.get("frailty"),
    "get derived": lambda s: s.get("age"),
    "get truth": lambda s: s.get("registered"),
    "get property": lambda s: s.get("old"),
    "get id": lambda s: s.get("unique_id"),
    "get many": lambda s: s.get(["age", "sex", "old"]),
    "get none": lambda s: s.get([]),
    "get missing": lambda s: s.get("shoe_size", handle_missing="default", default_value=42),
    "get many missing": lambda s: s.get(["sex", "shoe_size"], "default", 42),
    "agg sum": lambda s: s.agg("conditions", sum),
    "agg mean": lambda s: s.agg("frailty", np.mean),
    "agg several": lambda s: s.agg("age", [min, max, len, np.median, statistics.mean]),
    "agg property": lambda s: s.agg("old", sum),
    "agg own": lambda s: s.agg("sex", lambda values: [type(values), values[:3]]),
    "agg index": lambda s: s.agg("age", lambda values: values.index(max(values))),
    "select all": lambda s: s.select(),
    "select function": lambda s: s.select(lambda a: a.age > 40),
    "select number": lambda s: s.select(at_most=5),
    "select fraction": lambda s: s.select(at_most=0.33),
    "select one": lambda s: s.select(at_most=1.0),
    "select none": lambda s: s.select(at_most=0),
    "select more": lambda s: s.select(at_most=1000),
    "select both": lambda s: s.select(lambda a: a.sex == 1, at_most=7),
    "select type": lambda s: s.select(agent_type=mesa.Agent),
    "select other type": lambda s: s.select(agent_type=str),
    "sort": lambda s: s.sort("conditions"),
    "sort upwards": lambda s: s.sort("conditions", ascending=True),
    "sort derived": lambda s: s.sort("age"),
    "sort truth": lambda s: s.sort("registered"),
    "sort property": lambda s: s.sort("old", ascending=True),
    "sort function": lambda s: s.sort(lambda a: (a.sex, -a.age)),
    "groupby column": lambda s: s.groupby("practice"),
    "groupby derived": lambda s: s.groupby("registered"),
    "groupby property": lambda s: s.groupby("old"),
    "groupby function": lambda s: s.groupby(lambda a: a.age // 10),
    "groupby list": lambda s: s.groupby("practice", result_type="list"),
    "groupby count": lambda s: s.groupby("practice").count(),
    "groupby agg": lambda s: s.groupby("practice").agg("conditions", sum),
    "groupby list agg": lambda s: s.groupby("sex", result_type="list").agg("age", max),
    "groupby map": lambda s: s.groupby("sex").map(lambda group: [a.unique_id for a in group]),
    "groupby map name": lambda s: s.groupby("sex").map("get", "age"),
    "groupby len": lambda s: len(s.groupby("practice")),
    "map name": lambda s: s.map("visit", 3, more=2),
    "map over columns": lambda s: s.map("visit_all", 3, more=2),
    "map without result": lambda s: s.map("cure"),
    "map function": lambda s: s.map(lambda a, extra: a.age + extra, 4),
    "shuffle": lambda s: s.shuffle(),
    "shuffle twice": lambda s: s.shuffle().shuffle(),
    "copy": copy.copy,
    "set column": lambda s: s.set("practice", 3).get("practice"),
    "set returns": lambda s: s.set("frailty", 1.5),
    "do name": lambda s: s.do("visit", 5),
    "do over columns": lambda s: s.do("visit_all", 5, more=1),
    "do cure": lambda s: s.do("cure").get("conditions"),
    "do function": lambda s: s.do(lambda a: setattr(a, "digital", a.sex / 2)),
    "shuffle_do": lambda s: s.shuffle_do("visit", 9),
    "shuffle_do columns": lambda s: s.shuffle_do("visit_all", 9),
    "shuffle_do order": lambda s: (seen := [], s.shuffle_do(lambda a: seen.append(a.unique_id)))[0],
    "remove during do": lambda s: s.do("push"),
    "remove during shuffle_do": lambda s: s.shuffle_do("push"),
    "remove all": lambda s: s.do("remove"),
    "remove half": lambda s: (s.select(lambda a: a.sex == 0).do(lambda a: a.remove()), list(s))[1],
}

NEEDS_SOMEBODY = ("agg mean", "agg several", "agg index")
"""Mean and extremes of nobody raise or warn, in Mesa and here."""


def state(town: Any, kind: type) -> Any:
    """Everything that the verbs can change, by number."""
    people = town.agents_by_type[kind]
    return sorted(people.get(["unique_id", "practice", "conditions", "frailty", "digital", "last_seen"]))


@pytest.mark.parametrize("fixed", [False, True], ids=["live", "fixed"])
@pytest.mark.parametrize(
    ("verb", "n"),
    [(verb, n) for verb in READS for n in (SIZE, 1, 0) if n or verb not in NEEDS_SOMEBODY],
    ids=lambda value: str(value).replace(" ", "-"),
)
def test_verb_agrees_with_mesa(verb: str, fixed: bool, n: int) -> None:
    results = []
    for town, kind in ((ColumnTown(max(n, 1)), Citizen), (PlainTown(max(n, 1)), Plain)):
        people = town.agents_by_type[kind]
        if n == 0:
            people.do("remove")
        if fixed:
            people = people.select(lambda a: a.unique_id % 3 != 0).shuffle(inplace=True)
        results.append((neutral(READS[verb](people)), neutral(list(people)), state(town, kind)))
    assert results[0] == results[1]


def in_place(name: str) -> Callable[[Any], Any]:
    return {
        "select": lambda s: s.select(lambda a: a.sex == 0, inplace=True),
        "select number": lambda s: s.select(at_most=3, inplace=True),
        "sort": lambda s: s.sort("age", inplace=True),
        "sort function": lambda s: s.sort(lambda a: a.conditions, ascending=True, inplace=True),
        "shuffle": lambda s: s.shuffle(inplace=True),
    }[name]


@pytest.mark.parametrize("verb", ["select", "select number", "sort", "sort function", "shuffle"])
def test_in_place_agrees_with_mesa(verb: str) -> None:
    results = []
    for town, kind in ((ColumnTown(), Citizen), (PlainTown(), Plain)):
        people = town.agents_by_type[kind].copy()
        assert in_place(verb)(people) is people
        results.append(neutral(people))
    assert results[0] == results[1]


@pytest.mark.parametrize("verb", ["select", "sort", "shuffle"])
def test_live_set_is_not_changed_in_place(verb: str) -> None:
    people = ColumnTown().patients
    with pytest.raises(TypeError, match="change a copy"):
        in_place(verb)(people)
    assert len(people) == SIZE


@pytest.mark.filterwarnings("ignore:No Agents specified:UserWarning")  # Mesa's, about an empty result
@pytest.mark.parametrize("operation", ["__and__", "__or__", "__sub__", "__xor__", "__le__", "__eq__", "isdisjoint"])
def test_set_algebra_agrees_with_mesa(operation: str) -> None:
    results = []
    for town, kind in ((ColumnTown(), Citizen), (PlainTown(), Plain)):
        people = town.agents_by_type[kind].copy()
        left = people.select(lambda a: a.sex == 0).sort("age")
        outcomes = []
        for other in (people.select(lambda a: a.conditions > 7), copy.copy(left), people.select(at_most=0)):
            outcomes.append(getattr(left, operation)(other))
        results.append(neutral(outcomes))
    assert results[0] == results[1]


def test_set_algebra_with_other_iterables() -> None:
    town = ColumnTown()
    people = town.patients
    two = people[:2]
    assert (people & [*two, "somebody else"]).to_list() == two
    assert len(people - two) == SIZE - 2
    assert (people.select(at_most=1) | two).to_list() == two
    with pytest.raises(TypeError, match="no Citizen of this model"):
        people.copy() | ColumnTown().patients


def test_adding_and_taking_out() -> None:
    town = ColumnTown()
    some = town.patients.select(at_most=3)
    first, other = town.patients[0], town.patients[9]
    some.add(other)
    some.add(first)
    assert [a.unique_id for a in some] == [1, 2, 3, 10]
    some.remove(first)
    some.discard(first)
    assert first not in some
    assert first in town.patients
    with pytest.raises(KeyError):
        some.remove(first)
    with pytest.raises(TypeError, match="change a copy"):
        town.patients.remove(first)
    town.patients.add(first)  # is in already
    first.remove()
    with pytest.raises(ValueError, match="has left"):
        some.add(first)
    with pytest.raises(TypeError, match="no Citizen of this model"):
        some.add(ColumnTown().patients[0])
    some.clear()
    assert not some
    assert len(town.patients) == SIZE - 1


def test_sequence_access() -> None:
    people = ColumnTown().patients
    every = people.to_list()
    assert people[0] == every[0]
    assert people[-1] == every[-1]
    assert people[2:9:3] == every[2:9:3]
    assert list(reversed(people)) == every[::-1]
    assert people.index(every[7]) == people.index(every[7], 2, 9) == 7
    assert people.count(every[7]) == 1
    assert people.count("nobody") == 0
    some = people.sort("age")
    assert [some.index(a) for a in some] == list(range(SIZE))
    with pytest.raises(IndexError):
        people[SIZE]
    with pytest.raises(ValueError, match="is not in the set"):
        people.index(every[7], 8)
    assert isinstance(people, mesa.agentset.AgentSet)


def test_columns_at_once() -> None:
    town = ColumnTown()
    people = town.patients
    ages = people.get("age", array=True)
    assert isinstance(ages, np.ndarray)
    assert ages.tolist() == people.get("age") == people.columns.age.tolist()
    assert people.get("uid", array=True).dtype == np.uint64
    assert people.get("frailty", array=True).dtype == np.float32
    assert [column.tolist() for column in people.get(["sex", "old"], array=True)] == [
        people.get("sex"),
        people.get("old"),
    ]
    old = people.select(where=lambda c: (c.age >= 65) & ~c.registered)
    assert old.to_list() == [a for a in people if a.old and not a.registered]
    assert old == people.select(where=(ages >= 65) & (people.columns.practice == -1))
    few = people.select(lambda a: a.sex == 1, at_most=2, where=ages < 65)
    assert few.to_list() == [a for a in people if a.sex == 1 and a.age < 65][:2]
    people.sort("age").set("practice", np.arange(SIZE))
    assert [a.practice for a in people.sort("age")] == list(range(SIZE))


@pytest.mark.parametrize(
    ("where", "words"),
    [(np.ones(3, bool), "expected bool"), (np.arange(SIZE), "expected bool"), (lambda c: c.age, "expected bool")],
)
def test_wrong_masks_are_refused(where: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ColumnTown().patients.select(where=where)


def test_unknown_names_are_refused() -> None:
    people = ColumnTown().patients
    with pytest.raises(AttributeError, match="no column 'shoe_size'"):
        people.select(where=lambda c: c.shoe_size > 40)
    with pytest.raises(AttributeError, match="shoe_size"):
        people.get("shoe_size")
    with pytest.raises(ValueError, match="Unknown handle_missing"):
        people.get("age", handle_missing="ignore")
    with pytest.raises(AttributeError, match="only columns"):
        people.set("shoe_size", 40)
    for name in ("age", "uid"):
        with pytest.raises(AttributeError):
            people.set(name, 40)
    with pytest.raises(ValueError, match="lies outside"):
        people.set("sex", 256)
    with pytest.raises(AttributeError, match="dance"):
        people.do("dance")


def test_methods_over_columns_are_called_once() -> None:
    town = ColumnTown()
    town.patients.do("visit_all", 4)
    town.patients.select(at_most=3).map("visit_all", 4)
    town.patients.select(at_most=2).do(Citizen.visit_all, 4)
    town.patients.groupby("sex").do("do", "visit_all", 4)
    assert town.calls == [SIZE, 3, 2, SIZE // 2, SIZE // 2]
    assert town.patients[3].visit_all(8) == town.patients[3].age + 8
    assert town.patients[3].last_seen == 8


def test_sums_do_not_overflow_narrow_columns() -> None:
    town = ColumnTown()
    town.patients.set("deprivation", 200)
    town.patients.set("frailty", 0.1)
    assert town.patients.agg("deprivation", sum) == 200 * SIZE
    assert town.patients.agg("deprivation", np.sum) == 200 * SIZE
    assert town.patients.agg("frailty", np.sum) == pytest.approx(float(np.float32(0.1)) * SIZE, rel=1e-15)


def test_fixed_set_forgets_who_leaves_also_when_the_row_is_reused() -> None:
    town = ColumnTown()
    some = town.patients.select(at_most=4)
    some[1].remove()
    assert some.get("unique_id") == [1, 3, 4]
    town.run_for(200)
    born = Citizen(town, birth_month=1506)
    assert born.row == 1
    assert some.get("unique_id") == [1, 3, 4]
    assert born not in some
    assert born in town.patients
    assert town.patients.get("unique_id")[:3] == [1, SIZE + 1, 3]


def test_groups_are_patient_sets() -> None:
    groups = ColumnTown().patients.groupby("practice")
    assert isinstance(groups, PatientGroups)
    assert all(isinstance(group, PatientSet) for _, group in groups)
    assert all(type(key) is int for key, _ in groups)


def test_shuffle_draws_from_the_models_generator_only() -> None:
    first, second = ColumnTown(), ColumnTown()
    before = first.rng.bit_generator.state
    assert first.patients.shuffle().get("uid") == second.patients.shuffle().get("uid")
    assert first.patients.shuffle().get("uid") != first.patients.get("uid")
    assert first.rng.bit_generator.state == before


@pytest.mark.parametrize("twin_of", [copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))])
def test_sets_are_copied_with_their_model(twin_of: Any) -> None:
    people = ColumnTown().patients.sort("age").select(at_most=7)
    twin = twin_of(people)
    assert twin == people
    assert twin.model is not people.model
    twin.set("frailty", 9)
    assert 9 not in people.get("frailty")
    assert twin.model.patients.live


def test_views_of_sets_are_stale_when_gone() -> None:
    town = ColumnTown()
    people = town.patients.to_list()
    town.patients.do("remove")
    assert len(town.patients) == 0
    assert not any(person.alive for person in people)
    town.people.add(SIZE, day=300, uid=np.arange(1000, 1000 + SIZE), birth_month=5)
    with pytest.raises(PatientGoneError):
        people[3].age  # noqa: B018


VERBS = st.sampled_from(
    ["select", "where", "number", "fraction", "sort", "sort up", "shuffle", "group", "copy", "remove", "set"]
)


@given(st.lists(st.tuples(VERBS, st.integers(0, 9)), max_size=8))
@settings(max_examples=40, deadline=None)
def test_chains_of_verbs_agree_with_mesa(chain: list[tuple[str, int]]) -> None:
    results = []
    for town, kind in ((ColumnTown(24), Citizen), (PlainTown(24), Plain)):
        people = town.agents_by_type[kind].copy()
        for verb, number in chain:
            match verb:
                case "select" | "where":
                    people = (
                        people.select(where=lambda c, number=number: c.conditions != number)
                        if verb == "where" and kind is Citizen
                        else people.select(lambda a, number=number: a.conditions != number)
                    )
                case "number":
                    people = people.select(at_most=24 - number)
                case "fraction":
                    people = people.select(at_most=1 - number / 10)
                case "sort" | "sort up":
                    people = people.sort("frailty", ascending=verb == "sort up")
                case "shuffle":
                    people = people.shuffle()
                case "group":
                    groups = [group for _, group in people.groupby("practice")]
                    people = groups[number % len(groups)] if groups else people
                case "copy":
                    people = copy.copy(people)
                case "remove":
                    people.select(at_most=number // 3).do("remove")
                case "set":
                    people.set("frailty", number)
        results.append((neutral(people), state(town, kind)))
    assert results[0] == results[1]


def test_patient_set_of_patients_without_subclass() -> None:
    assert PatientSet(ColumnTown()).kind is Citizen
    assert issubclass(Citizen, Patient)
