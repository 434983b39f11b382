from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.questions.morris import morris_design, screen
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream

NAMES = ["a", "b", "c", "d"]


def test_effects_of_a_straight_line_are_its_slopes() -> None:
    points = morris_design(NAMES, None, 5, seed=1)
    assert points.shape == (25, 4)
    outcomes = points @ np.array([3.0, -2.0, 0.5, 0.0])
    rows = screen(NAMES, None, points, np.column_stack([outcomes, outcomes]))
    assert [row.name for row in rows] == ["a", "b", "c", "d"]
    for row, slope in zip(rows, (3.0, -2.0, 0.5, 0.0), strict=True):
        assert row.effect == pytest.approx(abs(slope), abs=1e-12)
        assert row.direction == pytest.approx(slope, abs=1e-12)
        assert row.spread == pytest.approx(0.0, abs=1e-9)
    assert rows[0].told
    assert not rows[3].told


def test_what_hangs_on_another_spreads() -> None:
    points = morris_design(NAMES, None, 12, seed=1)
    rows = {row.name: row for row in screen(NAMES, None, points, (points[:, 0] * points[:, 1])[:, None])}
    assert rows["a"].spread > 0.2 * rows["a"].effect
    assert rows["d"].effect == 0.0
    assert math.isnan(rows["a"].chance)  # one seed
    assert rows["a"].told is None


def test_chance_is_told_from_how_seeds_differ() -> None:
    points = morris_design(NAMES, None, 40, seed=1)
    rows_of = np.arange(len(points))
    noise = np.column_stack([uniforms(seed, Stream.NEED, rows_of, 0) for seed in range(4)])
    rows = {row.name: row for row in screen(NAMES, None, points, 3.0 * points[:, :1] + noise)}
    for name in "bcd":
        assert rows[name].effect == pytest.approx(rows[name].chance, rel=0.35)
        assert not rows[name].told
    assert rows["a"].told


def test_groups_move_at_once() -> None:
    groups = ["x", "x", "y", "y"]
    points = morris_design(NAMES, groups, 6, seed=1)
    assert points.shape == (18, 4)
    rows = screen(NAMES, groups, points, np.column_stack([points[:, 0], points[:, 0]]))
    assert [row.name for row in rows] == ["x", "y"]
    assert rows[0].effect == pytest.approx(1.0)
    assert rows[1].effect == 0.0
    assert math.isnan(rows[0].direction)
