from __future__ import annotations

import numpy as np
import pytest

from experiments.questions.fit import CUTOFF, implausibility, match

LOW, HIGH = np.array([9.0, 90.0]), np.array([11.0, 110.0])


def test_distance_is_in_standard_deviations_of_the_range() -> None:
    simulated = np.array([[[10.0, 100.0]], [[11.0, 90.0]], [[11.5, 100.0]]])
    assert implausibility(simulated, LOW, HIGH).tolist() == [[0.0, 0.0], [2.0, 2.0], [3.0, 0.0]]


def test_chance_between_seeds_makes_it_harder_to_rule_out() -> None:
    still = np.array([[[12.0, 100.0], [12.0, 100.0]]])
    moved = np.array([[[11.0, 100.0], [13.0, 100.0]]])
    assert implausibility(still, LOW, HIGH)[0, 0] == pytest.approx(4.0)
    assert implausibility(moved, LOW, HIGH)[0, 0] == pytest.approx(2.0 / np.sqrt(0.25 + 1.0))


def test_what_no_set_reaches_is_left_out_and_said() -> None:
    simulated = np.array([[[10.0, 500.0]], [[30.0, 600.0]]])
    found = match(simulated, LOW, HIGH, misses=0)
    assert found.reachable.tolist() == [True, False]
    assert found.accepted.tolist() == [True, False]
    assert found.misses.tolist() == [0, 1]
    assert found.worst[0] == 0.0
    assert found.worst[1] > CUTOFF
    assert match(simulated, LOW, HIGH, misses=1).accepted.all()


def test_as_few_misses_as_leave_some_sets() -> None:
    simulated = np.array([[[10.0, 100.0 + 20.0 * (k > 0)]] for k in range(10)])
    found = match(simulated, LOW, HIGH)  # one set misses nothing, but at least three are to be left
    assert found.allowed == 1
    assert found.accepted.all()
    simulated[1:3, 0, 1] = 100.0
    found = match(simulated, LOW, HIGH)
    assert found.allowed == 0
    assert found.accepted.tolist() == [True] * 3 + [False] * 7


def test_a_run_without_a_value_is_ruled_out() -> None:
    simulated = np.array([[[np.nan, 100.0]], [[10.0, 100.0]]])
    assert match(simulated, LOW, HIGH, misses=0).accepted.tolist() == [False, True]
