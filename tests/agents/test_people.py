from __future__ import annotations

import copy
import pickle
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.agents.columns import REST_DAYS
from sim.agents.people import Condition, People, Search, Sex
from sim.randomness.ids import Kind, identify


def uids(n: int, time: int = 0) -> Any:
    return identify(Kind.RESIDENT, 1, time, np.arange(n))


def some(n: int = 10) -> People:
    people = People()
    people.add(n, uid=uids(n), birth_month=np.arange(n) + 900, sex=np.arange(n) % 2)
    return people


def test_add_fills_columns_and_defaults() -> None:
    people = People()
    rows = people.add(3, uid=[5, 2**63 + 7, 6], birth_month=[1, 2, 3], practice=4, frailty=[0.5, 1.5, 1.0])
    assert rows.dtype == np.int64
    assert rows.tolist() == [0, 1, 2] == people.rows.tolist()
    assert people.n == len(people) == 3
    assert people.uid[rows].tolist() == [5, 2**63 + 7, 6]
    assert people.practice[rows].tolist() == [4, 4, 4]
    assert people.frailty[rows].tolist() == [0.5, 1.5, 1.0]
    assert people.usual[rows].tolist() == [-1] * 3
    assert people.last_seen[rows].tolist() == [-1] * 3
    assert people.household_birth[rows].tolist() == [1, 2, 3]
    assert people.alive[:3].all()
    assert not people.alive[3:].any()


def test_schema_is_the_agreed_one() -> None:
    agreed = {
        "uid": "uint64", "alive": "bool", "birth_month": "int16", "sex": "uint8", "node": "int16", "x": "float32",
        "y": "float32", "household": "uint64", "household_birth": "int16", "deprivation": "uint8",
        "conditions": "uint8", "frailty": "float32", "digital": "float32", "practice": "int16", "usual": "int16",
        "usual_since": "int16", "search": "uint8", "wants_other": "uint8", "search_since": "int16",
        "rate_day": "float32", "rate_ooh": "float32", "last_seen": "int16", "linked": "int16",
    }  # fmt: skip
    people = People(4)
    assert {name: getattr(people, name).dtype.name for name in people.names()} == agreed
    assert list(Sex) == [0, 1]
    assert list(Search) == [0, 1, 2, 3, 4, 5, 6]
    assert list(Condition) == [1, 2, 4, 8]
    assert set(People.__annotations__) | {"uid", "alive", "SCHEMA"} == {*agreed, "SCHEMA"}


@pytest.mark.parametrize(
    ("columns", "error", "words"),
    [
        ({"birth_month": 1}, TypeError, "uid must be given"),
        ({"uid": [1, 2]}, TypeError, "birth_month must be given"),
        ({"uid": [1, 1], "birth_month": 1}, ValueError, "id 1 is given twice"),
        ({"uid": [1, 77], "birth_month": 1}, ValueError, "id 77 belongs to a living"),
        ({"uid": [1, 2, 3], "birth_month": 1}, ValueError, "uid: shape"),
        ({"uid": [1, -2], "birth_month": 1}, ValueError, "uid: a value lies outside"),
        ({"uid": [1, 2], "birth_month": 40_000}, ValueError, "birth_month: a value lies outside"),
        ({"uid": [1, 2], "birth_month": 1.5}, TypeError, "birth_month: float64 given"),
        ({"uid": [1, 2.5], "birth_month": 1}, TypeError, "uid: whole numbers"),
        ({"uid": [1, 2], "birth_month": 1, "frailty": np.nan}, ValueError, "frailty: a value is not a finite"),
        ({"uid": [1, 2], "birth_month": 1, "frailty": 1e300}, ValueError, "frailty: a value is not a finite"),
        ({"uid": [1, 2], "birth_month": 1, "frailty": "a"}, TypeError, "frailty: <U1 given"),
        ({"uid": [1, 2], "birth_month": 1, "practise": 3}, TypeError, "no column 'practise'"),
        ({"uid": [1, 2], "birth_month": 1, "alive": True}, TypeError, "no column 'alive'"),
    ],
)
def test_add_refuses_and_changes_nothing(columns: dict[str, Any], error: type[Exception], words: str) -> None:
    people = People()
    people.add(1, uid=77, birth_month=3)
    before = pickle.dumps(people)
    with pytest.raises(error, match=words):
        people.add(2, **columns)
    assert pickle.dumps(people) == before


def test_columns_cannot_be_replaced_nor_misspelt() -> None:
    people = some()
    with pytest.raises(AttributeError, match="write into it"):
        people.frailty = np.ones(10, np.float32)
    with pytest.raises(AttributeError, match="no column or setting 'practise'"):
        people.practise = 1


def test_growth_by_at_least_half() -> None:
    people = People()
    capacities = [people.capacity]
    for i in range(200):
        people.add(1, uid=i + 1, birth_month=i)
        if people.capacity != capacities[-1]:
            capacities.append(people.capacity)
    assert all(after >= before * 1.5 for before, after in pairwise(capacities))
    assert people.birth_month[: people.n].tolist() == list(range(200))
    assert people.capacity < 400


@pytest.mark.parametrize(
    ("rows", "error"),
    [([3, 3], ValueError), ([10], ValueError), ([-1], ValueError), ([2], ValueError), ([1.5], TypeError)],
)
def test_remove_refuses_and_changes_nothing(rows: list[Any], error: type[Exception]) -> None:
    people = some()
    people.remove([2], 4)
    before = pickle.dumps(people)
    with pytest.raises(error):
        people.remove(rows, 5)
    assert pickle.dumps(people) == before


def test_rows_rest_and_are_reused_in_order() -> None:
    people = some()
    people.remove([7], 20)
    people.remove([9, 4], 10)
    people.remove([1], 10)
    people.remove([], 15)
    assert people.rows.tolist() == [0, 2, 3, 5, 6, 8]
    assert people.frailty[7] == 1.0  # readable until somebody gets the row
    assert people.add(1, day=10 + REST_DAYS - 1, uid=101, birth_month=5).tolist() == [10]
    assert people.add(2, day=10 + REST_DAYS, uid=[102, 103], birth_month=5, sex=1).tolist() == [1, 4]
    assert people.add(3, day=20 + REST_DAYS, uid=[104, 105, 106], birth_month=[1, 2, 3]).tolist() == [9, 7, 11]
    assert people.birth_month[[9, 7, 11]].tolist() == [1, 2, 3]
    assert people.sex[7] == 0  # the default, not what the former person had
    assert len(people) == people.n == 12


def test_without_day_the_latest_known_day_counts() -> None:
    people = some()
    people.remove([3], 5)
    assert people.add(1, uid=101, birth_month=1).tolist() == [10]
    people.remove([4], 5 + REST_DAYS)
    assert people.add(2, uid=[102, 103], birth_month=1).tolist() == [3, 11]


def test_order_of_reuse_does_not_depend_on_order_of_removal() -> None:
    first, second = some(), some()
    first.remove([8, 2, 5], 1)
    for row in (5, 8, 2):
        second.remove([row], 1)
    for people in (first, second):
        assert people.add(3, day=200, uid=[1, 2, 3], birth_month=1).tolist() == [2, 5, 8]


def test_ids_are_found() -> None:
    people = some()
    wanted = uids(10)
    assert people.find(wanted[[4, 0]]).tolist() == [4, 0]
    assert people.row_of(int(wanted[9])) == 9
    people.remove([9], 1)
    assert people.find(wanted).tolist() == [*range(9), -1]
    for missing in (int(wanted[9]), 12345, -1, 2**64):
        with pytest.raises(KeyError, match="nobody alive"):
            people.row_of(missing)


def test_somebody_may_come_back() -> None:
    people = some()
    back = int(people.uid[3])
    people.remove([3], 1)
    row = int(people.add(1, uid=back, birth_month=8)[0])
    assert people.row_of(back) == row == 10
    people.remove([row], 2)
    assert people.add(1, day=200, uid=back, birth_month=8).tolist() == [3]
    assert people.row_of(back) == 3


def test_ids_are_found_among_many_through_years_of_change() -> None:
    people = People()
    people.add(20_000, uid=uids(20_000), birth_month=1)
    for month in range(1, 40):
        people.remove(people.rows[month::9][:1500], month * 30)
        people.add(1500, day=month * 30, uid=uids(1500, month), birth_month=month)
    living = people.rows
    assert living.size == 20_000
    assert np.array_equal(people.find(people.uid[living]), living)
    gone = np.flatnonzero(~people.alive[: people.n])
    assert (people.find(people.uid[gone]) == -1).all()
    assert people.n < 20_000 + 1500 * 6  # rows are reused
    assert people.nbytes < 20_000 * 1.5**2 * 90


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8), st.integers(0, 70)), max_size=40))
@settings(max_examples=60, deadline=None)
def test_coming_and_going_agree_with_a_plain_dictionary(history: list[tuple[int, int, int]]) -> None:
    people = People()
    living: dict[int, tuple[int, int]] = {}  # uid -> (row, birth month)
    freed: list[tuple[int, int]] = []
    day = used = 0
    for leave, come, wait in history:
        day += wait
        for uid in sorted(living)[:leave]:
            row, _ = living.pop(uid)
            people.remove([row], day)
            freed.append((day, row))
        freed.sort()
        # Ids are reused too: the smallest that nobody alive has.
        new = [uid for uid in range(1, 400) if uid not in living][:come]
        rows = people.add(come, day=day, uid=new, birth_month=new)
        for uid, row in zip(new, rows.tolist(), strict=True):
            if freed and freed[0][0] <= day - REST_DAYS:
                expected = freed.pop(0)[1]
            else:
                expected, used = used, used + 1
            assert row == expected
            living[uid] = (row, uid)
    assert people.n == used
    assert {int(people.uid[r]): (r, int(people.birth_month[r])) for r in people.rows.tolist()} == living
    assert people.find(np.arange(1, 400)).tolist() == [living.get(uid, (-1,))[0] for uid in range(1, 400)]


@pytest.mark.parametrize("twin_of", [copy.deepcopy, copy.copy, lambda p: pickle.loads(pickle.dumps(p))])
def test_copies_are_equal_and_independent(twin_of: Any) -> None:
    people = some()
    people.on_added = print
    people.remove([2, 5], 3)
    twin = twin_of(people)
    assert twin.on_added is None
    for each in (people, twin):
        each.on_added = None
        assert each.add(2, day=200, uid=[901, 902], birth_month=1).tolist() == [2, 5]
        assert each.row_of(902) == 5
    assert pickle.dumps(twin) == pickle.dumps(people)
    twin.frailty[0] = 9
    twin.add(50, uid=np.arange(1000, 1050), birth_month=1)
    assert people.frailty[0] == 1
    assert len(people) == 10


def test_saved_people_of_other_columns_are_refused() -> None:
    people = some()
    state = people.__getstate__()
    del state["columns"]["frailty"]
    with pytest.raises(ValueError, match="other columns"):
        People().__setstate__(state)


def test_memory_is_told() -> None:
    people = some(1000)
    columns = sum(getattr(people, name).itemsize for name in people.names())
    assert people.bytes_per_person == people.nbytes / 1000
    assert columns <= people.bytes_per_person <= columns + 20
    assert np.isnan(People().bytes_per_person)


def test_listeners_hear_of_rows() -> None:
    heard: list[Any] = []
    people = some()
    people.on_added = lambda rows: heard.append(("added", rows.tolist()))
    people.on_removed = lambda rows: heard.append(("removed", rows.tolist()))
    people.add(2, uid=[1, 2], birth_month=1)
    people.add(0, uid=[], birth_month=1)
    people.remove([4], 1)
    assert heard == [("added", [10, 11]), ("removed", [4])]
