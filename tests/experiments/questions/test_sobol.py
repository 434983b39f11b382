from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from experiments.questions.sobol import given_data, latin_hypercube, sobol_design, sobol_shares

NAMES = ["a", "b", "c"]
FIRST = {"a": 0.3139, "b": 0.4424, "c": 0.0}
TOTAL = {"a": 0.5574, "b": 0.4424, "c": 0.2437}
"""Of Ishigami and Homma's function with a = 7, b = 0.1, worked out from its integrals."""


def ishigami(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    x, y, z = (-np.pi + 2.0 * np.pi * points).T
    found: npt.NDArray[np.float64] = np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)
    return found


def test_shares_agree_with_theory() -> None:
    points = sobol_design(NAMES, 2048, seed=1)
    assert points.shape == (2048 * 5, 3)
    for row in sobol_shares(NAMES, ishigami(points)):
        assert row.first == pytest.approx(FIRST[row.name], abs=0.03)
        assert row.total == pytest.approx(TOTAL[row.name], abs=0.03)
        assert abs(row.first - FIRST[row.name]) < row.first_half + 0.01


def test_given_data_finds_the_same_first_shares_and_what_chance_gives() -> None:
    points = latin_hypercube(3, 1000, seed=1)
    rows, chance = given_data(NAMES, points, ishigami(points))
    for row in rows:
        assert row.first == pytest.approx(FIRST[row.name], abs=0.06)
        assert row.total > chance  # c has no share of its own, yet influence
        assert math.isnan(row.total_half)
    widened = np.column_stack([points, latin_hypercube(1, 1000, seed=5)])
    rows, chance = given_data([*NAMES, "none"], widened, ishigami(points))
    assert rows[-1].name == "none"
    assert rows[-1].total < 1.5 * chance


def test_a_latin_hypercube_is_even() -> None:
    points = latin_hypercube(4, 10, seed=3)
    for column in points.T:
        assert sorted((column * 10).astype(int).tolist()) == list(range(10))
