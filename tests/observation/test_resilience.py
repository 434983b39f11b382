"""Risk and benefit on regions small enough to reckon by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.observation.resilience import practice_benefit, practice_risk

# Two nodes: at node 0 practices 0 and 1 are near, at node 1 practices 1 and 2.
NEAR = np.array([[True, True, False], [False, True, True]])
PEOPLE = np.array([[100, 50, 0], [20, 0, 200]])


def test_who_has_no_place() -> None:
    risk = practice_risk(PEOPLE, NEAR, np.array([0.0, 60.0, 500.0]))
    # practice 0: 100 at node 0 compete with 20 of node 1 for 60 places of practice 1; node 1 also has practice 2
    assert risk[0] == pytest.approx(40.0 + 20.0 * 60 / 560 * 60 / (100 + 20 * 60 / 560), abs=0.5)
    assert risk[1] == 50.0  # nobody else is near node 0 but practice 0, which is full
    assert risk[2] == pytest.approx(140.0)  # 60 of 200 find a place with practice 1


def test_room_far_away_helps_nobody() -> None:
    people = np.array([[100, 0], [0, 300]])
    near = np.eye(2, dtype=bool)
    assert practice_risk(people, near, np.array([1000.0, 1000.0])).tolist() == [100.0, 300.0]


def test_risk_is_zero_with_room_for_all() -> None:
    assert practice_risk(PEOPLE, NEAR, np.array([500.0, 500.0, 500.0])).tolist() == [0.0, 0.0, 0.0]


def test_all_places_are_used_when_they_are_short() -> None:
    rng = np.random.default_rng(3)
    people, room = rng.integers(0, 300, (20, 8)), rng.uniform(0, 100, 8)
    near = np.ones((20, 8), bool)
    risk = practice_risk(people, near, room)
    for p in range(8):
        others = room.sum() - room[p]
        assert risk[p] == pytest.approx(max(0.0, people[:, p].sum() - others), abs=1.0)


def test_benefit_is_room_for_people_who_can_come() -> None:
    assert practice_benefit(PEOPLE, NEAR, np.array([80.0, 60.0, 500.0])).tolist() == [50.0, 60.0, 20.0]
    assert practice_benefit(PEOPLE, NEAR, np.array([-5.0, 0.0, 10.0])).tolist() == [0.0, 0.0, 10.0]
