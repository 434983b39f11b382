"""Counts over all people: the kernels against numpy on a random population with people who are gone."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.people import NO_PRACTICE, OUTSIDE_PRACTICE, People
from sim.observation.people_counts import STOCKS, by_group, by_node, by_node_and_practice, by_practice, standing
from sim.world.needs import age_band_of

NODES, PRACTICES, MONTH, DAY = 5, 4, 1500, 900


@pytest.fixture
def people() -> People:
    rng = np.random.default_rng(5)
    n = 3000
    out = People(0)
    out.add(
        n,
        uid=np.arange(1, n + 1),
        birth_month=MONTH - rng.integers(0, 1300, n),
        node=rng.integers(0, NODES, n),
        deprivation=rng.integers(0, 3, n),
        practice=rng.integers(OUTSIDE_PRACTICE, PRACTICES, n),
        search=rng.integers(0, 4, n),
        wants_other=rng.integers(0, 2, n),
        search_since=MONTH - rng.integers(-2, 30, n),
        last_seen=rng.integers(-1, DAY, n),
    )
    out.remove(np.flatnonzero(rng.random(n) < 0.1), DAY)
    return out


def test_by_node_and_practice(people: People) -> None:
    everybody, without = by_node(people, NODES)
    rows = people.rows
    assert everybody.tolist() == np.bincount(people.node[rows], minlength=NODES).tolist()
    none = rows[people.practice[rows] == NO_PRACTICE]
    assert without.tolist() == np.bincount(people.node[none], minlength=NODES).tolist()
    found = by_node_and_practice(people, NODES, PRACTICES)
    expected = np.zeros((NODES, PRACTICES), np.int64)
    listed = rows[people.practice[rows] >= 0]
    np.add.at(expected, (people.node[listed], people.practice[listed]), 1)
    assert np.array_equal(found, expected)


def test_by_practice_counts_age_bands_and_deprivation(people: People) -> None:
    expected = np.zeros((PRACTICES, 7, 3), np.int64)
    rows = people.rows[people.practice[people.rows] >= 0]
    band = age_band_of(MONTH - people.birth_month[rows].astype(np.int64))
    np.add.at(expected, (people.practice[rows], band, people.deprivation[rows]), 1)
    assert np.array_equal(by_practice(people, MONTH, PRACTICES), expected)


def test_by_group(people: People) -> None:
    rows = people.rows
    band = age_band_of(MONTH - people.birth_month[rows].astype(np.int64))
    group = (people.node[rows].astype(np.int64) * 7 + band) * 3 + people.deprivation[rows]
    practice = people.practice[rows]
    none = practice == NO_PRACTICE
    months = np.maximum(0, MONTH - people.search_since[rows].astype(np.int64))
    weight = {
        "people": np.ones(rows.size),
        "registered": practice >= 0,
        "registered_outside": practice == OUTSIDE_PRACTICE,
        "without_gp": none,
        "months_without_gp": none * months,
        "wants_other_gp": people.wants_other[rows] > 0,
        "seen_in_year": people.last_seen[rows] >= DAY - 364,
    }
    stocks = by_group(people, MONTH, DAY - 364, NODES * 21)
    assert tuple(stocks) == STOCKS == tuple(weight)
    for name, values in weight.items():
        assert stocks[name].tolist() == np.bincount(group, values, NODES * 21).tolist(), name


def test_standing_leaves_out_who_is_gone(people: People) -> None:
    alive, practice, search = people.alive, people.practice, people.search
    assert standing(people) == {
        "without_gp": np.count_nonzero(alive & (practice == NO_PRACTICE)),
        "registered_outside": np.count_nonzero(alive & (practice == OUTSIDE_PRACTICE)),
        "wants_other_gp": np.count_nonzero(alive & (people.wants_other > 0)),
        "on_waiting_list": np.count_nonzero(alive & (search == 2)),
        "with_mediation": np.count_nonzero(alive & (search == 3)),
    }
