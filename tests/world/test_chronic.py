"""Planned visits of the chronic-care programmes."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.people import NO_PRACTICE, People
from sim.parameters import load_parameters
from sim.randomness.ids import Kind, identify
from sim.world.chronic import planned_visits, visit_intervals

MONTH = 1500
INTERVAL = visit_intervals(load_parameters())


def patients(n: int, conditions: int, practice: int = 0) -> People:
    people = People()
    uid = identify(Kind.RESIDENT, np.arange(n), 0, 0)
    people.add(n, uid=uid, birth_month=700, conditions=conditions, practice=practice)
    return people


def test_the_shortest_of_a_persons_programmes_counts() -> None:
    diabetes, lung, heart, mental = (int(v) for v in load_parameters().column("care.chronic_interval"))
    assert mental == 0, "no programme: the rest of this test rests on it"
    assert INTERVAL[[0, 1, 2, 4, 8]].tolist() == [0, diabetes, lung, heart, 0]
    assert INTERVAL[6] == min(lung, heart) and INTERVAL[15] == min(diabetes, lung, heart) and INTERVAL[9] == diabetes


@pytest.mark.parametrize("conditions", [1, 2, 4, 7])
def test_everybody_is_seen_once_in_each_interval(conditions: int) -> None:
    n, every = 3_000, int(INTERVAL[conditions])
    people = patients(n, conditions)
    months = [np.concatenate(planned_visits(people, INTERVAL, MONTH + k, 21)) for k in range(2 * every)]
    first, second = np.concatenate(months[:every]), np.concatenate(months[every:])
    assert sorted(first.tolist()) == list(range(n)) == sorted(second.tolist())
    # The same phase every time, and as many in each month.
    assert all(set(a.tolist()) == set(b.tolist()) for a, b in zip(months[:every], months[every:], strict=True))
    sizes = np.array([m.size for m in months[:every]])
    assert np.abs(sizes - n / every).max() < 4.0 * np.sqrt(n / every)


@pytest.mark.parametrize("open_days", [18, 21, 23])
def test_visits_are_spread_over_the_open_days(open_days: int) -> None:
    n = 20_000
    days = planned_visits(patients(n, 1), INTERVAL, MONTH, open_days)
    sizes = np.array([rows.size for rows in days])
    assert len(days) == open_days
    expected = sizes.sum() / open_days
    assert np.abs(sizes - expected).max() < 4.5 * np.sqrt(expected)


def test_who_is_not_in_a_programme_has_no_visit() -> None:
    for people in (patients(500, 0), patients(500, 8), patients(500, 1, NO_PRACTICE), patients(500, 1, -2)):
        for k in range(12):
            assert sum(rows.size for rows in planned_visits(people, INTERVAL, MONTH + k, 20)) == 0
    dead = patients(500, 1)
    dead.remove(np.arange(500), 0)
    assert sum(rows.size for rows in planned_visits(dead, INTERVAL, MONTH, 20)) == 0


def test_the_order_of_rows_changes_nobodys_visit() -> None:
    plain = patients(600, 1)
    mixed = People()
    order = np.random.default_rng(1).permutation(600)
    mixed.add(600, uid=plain.uid[:600][order], birth_month=700, conditions=1, practice=0)
    days = (planned_visits(people, INTERVAL, MONTH, 20) for people in (plain, mixed))
    for one, other in zip(*days, strict=True):
        assert sorted(plain.uid[one].tolist()) == sorted(mixed.uid[other].tolist())
