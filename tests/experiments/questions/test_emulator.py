from __future__ import annotations

import numpy as np
import pytest

from experiments.questions.emulator import apart, emulated, next_points
from experiments.questions.sobol import latin_hypercube

POINTS = latin_hypercube(3, 40, 1)
"""The third factor does not matter."""


def model(points: np.ndarray, noise: float = 0.0) -> np.ndarray:
    chance = np.random.default_rng(1).normal(0.0, noise, len(points)) if noise else 0.0
    return 10.0 * points[:, 0] + 5.0 * points[:, 1] ** 2 + chance


def test_it_knows_a_smooth_function_between_the_points() -> None:
    wanted = latin_hypercube(3, 200, 2)
    mean, error = emulated(POINTS, model(POINTS), wanted)
    assert np.abs(mean - model(wanted)).max() < 0.3
    assert error.max() < 0.5


def test_it_says_how_unsure_it_is() -> None:
    wanted = latin_hypercube(3, 500, 2)
    mean, error = emulated(POINTS, model(POINTS, noise=1.0), wanted)
    off = (mean - model(wanted)) / error
    assert 0.4 < np.sqrt((off**2).mean()) < 2.5
    near, far = emulated(
        POINTS[POINTS[:, 0] < 0.3], model(POINTS[POINTS[:, 0] < 0.3]), np.array([[0.1] * 3, [0.9] * 3])
    )[1]
    assert far > 3.0 * near


def test_sets_that_gave_nothing_are_left_out_and_a_constant_is_known() -> None:
    values = model(POINTS)
    values[:5] = np.nan
    mean, _ = emulated(POINTS, values, POINTS[:5])
    assert mean == pytest.approx(model(POINTS[:5]), abs=0.5)
    assert emulated(POINTS, np.full(40, 7.0), POINTS)[0].tolist() == [7.0] * 40


def test_the_next_points_fit_and_lie_apart() -> None:
    simulated = np.stack((model(POINTS), POINTS[:, 2]), axis=1)[:, None, :]
    low, high = np.array([7.0, 0.4]), np.array([8.0, 0.6])
    found = next_points(POINTS, simulated, low, high, 12, 2)
    assert found.shape == (12, 3)
    assert (np.abs(model(found) - 7.5) < 1.0).all()
    assert (np.abs(found[:, 2] - 0.5) < 0.2).all()
    apart = np.linalg.norm(found[:, None] - found[None], axis=2)[np.triu_indices(12, 1)]
    assert apart.min() > 0.05
    assert np.ptp(found[:, 0]) > 0.2  # many ways to the same value, not one
    assert (found == next_points(POINTS, simulated, low, high, 12, 2)).all()


def test_the_first_few_stand_for_all() -> None:
    line = np.array([[0.4], [0.45], [0.0], [1.0], [0.5]])
    assert apart(line, 4) == [0, 3, 2, 4]
    assert sorted(apart(line, 9)) == [0, 1, 2, 3, 4]
