from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.questions.rules import find_box, find_rules, stability
from experiments.questions.sobol import latin_hypercube

NAMES = ["a", "b", "c", "d"]


def test_the_circumstances_of_failure_are_found() -> None:
    points = latin_hypercube(4, 120, seed=1)
    fails = (points[:, 0] > 0.6) & (points[:, 2] < 0.5)
    box = find_box(NAMES, points, fails)
    assert box is not None
    limits = {one.name: one for one in box.limits}
    assert limits.keys() == {"a", "c"}
    assert limits["a"].low == pytest.approx(0.6, abs=0.06)
    assert math.isinf(limits["a"].high)
    assert limits["c"].high == pytest.approx(0.5, abs=0.06)
    assert math.isinf(limits["c"].low)
    assert box.coverage > 0.8
    assert box.density > 0.85
    assert all(one.qp < 0.001 for one in box.limits)
    assert box.curve[0][:2] == pytest.approx((1.0, fails.mean()))  # peeling begins with everything
    inside = (points[:, 0] >= limits["a"].low) & (points[:, 2] <= limits["c"].high)
    assert box.mass == pytest.approx(inside.mean())
    assert box.coverage == pytest.approx((inside & fails).sum() / fails.sum())

    (rule,) = find_rules(NAMES, points, fails)
    assert {one.name for one in rule.limits} == {"a", "c"}
    assert rule.density > 0.9

    shares, tested = stability(NAMES, points, fails, halves=2)
    assert shares["a"] == shares["c"] == 1.0
    assert shares.get("d", 0.0) == 0.0
    assert tested is not None
    assert tested.density > 0.7


@pytest.mark.parametrize("seed", [2, 3])
def test_chance_is_not_taken_for_circumstances(seed: int) -> None:
    points = latin_hypercube(4, 100, seed=1)
    fails = latin_hypercube(1, 100, seed=seed)[:, 0] < 0.3
    box = find_box(NAMES, points, fails)
    assert box is None or all(one.qp < 0.05 / 4 for one in box.limits)
    assert np.count_nonzero(fails) == 30
    assert box is None


def test_of_many_factors_the_right_one_is_peeled() -> None:
    names = [f"f{k}" for k in range(60)]
    points = latin_hypercube(60, 80, seed=1)
    box = find_box(names, points, points[:, 41] > 0.6)
    assert box is not None
    assert [one.name for one in box.limits] == ["f41"]


def test_a_limit_that_adds_nothing_is_dropped() -> None:
    points = latin_hypercube(4, 100, seed=1)
    box = find_box(NAMES, points, points[:, 1] > 0.7)
    assert box is not None
    assert [one.name for one in box.limits] == ["b"]
