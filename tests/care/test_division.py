"""The list of a practice that ends: who is placed where, and who is left."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.people import NO_PRACTICE, People, Search
from sim.care.division import divide_list, move_list
from sim.randomness.ids import Kind, identify
from tests.care.clinic import make_people

MONTH = 1510
NEAR, FAR = 5.0, 30.0


def crowd(n: int, size: int = 1, order: np.ndarray | None = None) -> People:
    """People of practice 0 in households of ``size``, in another order of rows if wanted."""
    order = np.arange(n) if order is None else order
    return make_people(
        [(0, 0)] * n,
        uid=identify(Kind.RESIDENT, order, 0, 0),
        household=identify(Kind.HOUSEHOLD, order // size, 0, 0),
        wants_other=1,
    )


def minutes(*row: float) -> np.ndarray:
    return np.array([row], np.float32)


def test_everybody_goes_where_there_is_slack_and_full_practices_are_asked_too() -> None:
    people = crowd(300)
    slack = np.array([0.0, 200.0, 400.0, 1000.0])
    done = divide_list(people, 0, MONTH, 1, minutes(0.0, NEAR, NEAR, FAR), slack, 15.0, 10_000)
    counts, left = done.counts(4)
    assert left == 0 and counts[3] == 0 and counts[:3].sum() == 300
    assert counts[2] == pytest.approx(200, abs=4 * np.sqrt(300 * 2 / 9))  # a third of the slack lies with practice 1
    assert slack[1] == 200 - counts[1] and slack[2] == 400 - counts[2]
    rows = np.arange(people.n)
    assert np.all(people.usual[rows] == -1) and np.all(people.wants_other[rows] == 0)
    assert np.all(people.search[rows] == Search.NOT_LOOKING)


def test_who_finds_no_slack_has_no_gp_and_searches() -> None:
    people = crowd(300)
    done = divide_list(people, 0, MONTH, 1, minutes(0.0, NEAR, FAR), np.array([0.0, 120.0, 500.0]), 15.0, 10_000)
    counts, left = done.counts(3)
    assert counts.tolist() == [0, 120, 0] and left == 180
    without = people.practice[: people.n] == NO_PRACTICE
    assert without.sum() == 180
    assert np.all(people.search[: people.n][without] == Search.LOOKING)
    assert np.all(people.search_since[: people.n][without] == MONTH)


def test_no_more_are_placed_than_the_parties_can_handle() -> None:
    people = crowd(300)
    done = divide_list(people, 0, MONTH, 1, minutes(0.0, NEAR), np.array([0.0, 999.0]), 15.0, 50)
    assert done.counts(2)[1] == 250 and done.to.min() == -1
    without = people.practice[:300] == NO_PRACTICE
    assert np.all(people.search[:300][without] == Search.MEDIATION)  # the parties go on next month


def test_households_stay_together() -> None:
    people = crowd(300, size=3)
    divide_list(people, 0, MONTH, 1, minutes(0.0, NEAR, NEAR), np.array([0.0, 100.0, 130.0]), 15.0, 10_000)
    together = people.practice[: people.n].reshape(-1, 3)
    assert np.all(together == together[:, :1])
    # and take as many places as they have members: two fewer than three fit nowhere
    assert np.bincount(together.ravel() + 1, minlength=4).tolist() == [300 - 99 - 129, 0, 99, 129]


def test_the_order_of_rows_decides_nothing() -> None:
    order = np.random.default_rng(3).permutation(240)
    one, other = crowd(240), crowd(240, order=order)
    for people in (one, other):
        divide_list(people, 0, MONTH, 1, minutes(0.0, NEAR, NEAR), np.array([0.0, 100.0, 80.0]), 15.0, 10_000)
    assert np.array_equal(one.practice[:240][order], other.practice[:240])


def test_an_empty_list_divides_into_nothing() -> None:
    people = make_people([(1, 0)] * 5)
    assert divide_list(people, 0, MONTH, 1, minutes(0.0, NEAR), np.array([0.0, 9.0]), 15.0, 99).rows.size == 0
    assert np.all(people.practice[:5] == 1)


def test_a_merger_moves_the_whole_list() -> None:
    people = make_people([(0, 0)] * 40 + [(1, 1)] * 10)
    done = move_list(people, 0, 2, MONTH)
    assert done.counts(3)[0].tolist() == [0, 0, 40]
    assert np.count_nonzero(people.practice[:50] == 2) == 40 and np.count_nonzero(people.usual[:50] == 1) == 10
