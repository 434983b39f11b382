from __future__ import annotations

import numpy as np
import pytest

from experiments.questions.pareto import all_packages, cost_of, front, regret, search


def test_packages_within_a_budget() -> None:
    within, every = all_packages([1.0, 2.0, 3.0], 3.0)
    assert every == 8
    assert within[0] == (False, False, False)
    assert set(within) == {
        (False, False, False), (True, False, False), (False, True, False), (False, False, True), (True, True, False),
    }  # fmt: skip
    assert cost_of((True, False, True), [1.0, 2.0, 3.0]) == 4.0


def test_front() -> None:
    values = np.array([[1.0, 2.0], [2.0, 1.0], [2.0, 2.0], [1.0, 3.0], [1.0, 2.0]])
    assert front(values).tolist() == [True, True, False, False, True]


def test_regret_is_against_the_best_of_each_future() -> None:
    values = np.array([[3.0, 9.0], [1.0, 10.0]])
    assert regret(values).tolist() == [[2.0, 0.0], [0.0, 1.0]]


def test_search_keeps_within_the_budget_and_finds_a_good_package() -> None:
    costs, worth = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], np.array([5.0, 1.0, 1.0, 1.0, 8.0, 1.0, 1.0])
    asked: list[tuple[bool, ...]] = []

    def evaluate(packages: list[tuple[bool, ...]]) -> np.ndarray:
        asked.extend(packages)
        return np.array([[-float(worth[list(one)].sum())] for one in packages])

    found = search(costs, 9.0, evaluate, population=12, rounds=10, seed=1)
    assert found == asked
    assert len(found) == len(set(found)) < 2**7
    assert all(cost_of(one, costs) <= 9.0 for one in found)
    assert found[0] == (False,) * 7
    assert max(float(worth[list(one)].sum()) for one in found) == pytest.approx(14.0)
