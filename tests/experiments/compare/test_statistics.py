"""Estimates, chances, verdicts and spreads against what theory says of them."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from experiments.compare.statistics import contrast, estimate, quotient, spreads, unit_means
from experiments.student import t_quantile
from sim.randomness.philox import uniforms

type Values = npt.NDArray[np.float64]


def noise(n: int, seed: int) -> Values:
    """Normal values that are the same every time."""
    drawn = uniforms(seed, 0, np.arange(n, dtype=np.uint64), 0, 2)[:, 0]
    return np.asarray(stats.norm.ppf(drawn), np.float64)


def one_set(n: int) -> npt.NDArray[np.int64]:
    return np.zeros(n, np.int64)


def test_an_interval_is_that_of_scipy() -> None:
    values = np.array([3.0, 4.5, 2.0, 5.0, 4.0])
    found = estimate(values, one_set(5))
    low, high = stats.t.interval(0.95, 4, values.mean(), stats.sem(values))
    assert (found.mean, found.low, found.high) == pytest.approx((values.mean(), low, high))
    assert found.n == 5


def test_values_that_are_missing_are_left_out() -> None:
    found = estimate(np.array([1.0, np.nan, 3.0]), one_set(3))
    assert (found.mean, found.n) == (2.0, 2)
    assert estimate(np.array([np.nan]), one_set(1)).n == 0
    alone = estimate(np.array([4.0]), one_set(1))
    assert alone.mean == 4.0 and math.isnan(alone.low)


def test_pairs_that_share_a_set_count_once() -> None:
    values, sets = np.array([1.0, 3.0, 10.0, 12.0]), np.array([0, 0, 1, 1])
    assert unit_means(values, sets).tolist() == [2.0, 11.0]
    clustered, apart = estimate(values, sets), estimate(values, one_set(4))
    assert clustered.mean == apart.mean
    assert clustered.half_width > 3.0 * apart.half_width


def test_pairs_with_a_set_each_are_the_units() -> None:
    values = np.array([1.0, 3.0, 10.0, 12.0])
    assert unit_means(values, np.arange(4)).tolist() == values.tolist()
    assert estimate(values, np.arange(4)) == estimate(values, one_set(4))
    assert all(math.isnan(one) for one in spreads(values, np.arange(4)))


@pytest.mark.parametrize(
    ("shift", "better", "verdict"),
    [(-2.0, "lower", "better"), (2.0, "lower", "worse"), (2.0, "higher", "better"), (2.0, "none", "different"),
     (0.01, "lower", "noise"), (0.0, "lower", "same")],
)  # fmt: skip
def test_verdicts(shift: float, better: str, verdict: str) -> None:
    base = 100.0 + 10.0 * noise(8, 1)
    arm = base + (shift + 0.5 * noise(8, 2) if shift else 0.0)
    found = contrast("wait_mean", "b", base, arm, one_set(8), better)  # type: ignore[arg-type]
    assert found.verdict == verdict
    assert math.isnan(found.chance_better) == (better == "none" or verdict == "same")


def test_one_pair_is_no_verdict() -> None:
    found = contrast("wait_mean", "b", np.array([1.0]), np.array([2.0]), one_set(1), "lower")
    assert found.verdict == "unknown" and not found.precise
    assert math.isnan(found.chance_better)


def test_the_chance_is_that_of_the_one_sided_test() -> None:
    base, arm = 5.0 + noise(10, 3), 4.7 + noise(10, 4)
    found = contrast("wait_mean", "b", base, arm, one_set(10), "lower")
    p = stats.ttest_rel(arm, base, alternative="less").pvalue
    assert found.chance_better == pytest.approx(1.0 - p)
    assert found.pairs_better == int((arm < base).sum())


def test_reduction_is_the_ratio_of_variances() -> None:
    shared = 10.0 * noise(2_000, 5)
    base, arm = 100.0 + shared + noise(2_000, 6), 99.0 + shared + noise(2_000, 7)
    found = contrast("wait_mean", "b", base, arm, one_set(2_000), "lower")
    assert found.reduction == pytest.approx(2 * (100 + 1) / 2, rel=0.1)
    same = contrast("wait_mean", "b", base, base - 1.0, one_set(2_000), "lower")
    assert same.reduction > 1e20


def test_precise_by_the_base_or_by_the_difference() -> None:
    wide = noise(6, 8)
    assert contrast("x", "b", np.full(6, 100.0), 100.0 + wide, one_set(6), "lower").precise
    assert contrast("x", "b", np.full(6, 0.0), 40.0 + wide, one_set(6), "lower").precise
    assert not contrast("x", "b", np.full(6, 1.0), 1.0 + wide, one_set(6), "lower").precise


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    held = 0
    draws = noise(5 * 2_000, 9).reshape(2_000, 5)
    for row in draws:
        found = estimate(7.0 + row, one_set(5))
        held += found.low <= 7.0 <= found.high
    assert 0.93 <= held / 2_000 <= 0.97


def test_spreads_tell_seeds_from_sets() -> None:
    sets = np.repeat(np.arange(400), 2)
    by_set, by_seed = 3.0 * noise(400, 10), 1.0 * noise(800, 11)
    seeds, parameters = spreads(by_set[sets] + by_seed, sets)
    assert seeds == pytest.approx(1.0, rel=0.15)
    assert parameters == pytest.approx(3.0, rel=0.15)
    alone = spreads(by_seed, one_set(800))
    assert alone[0] == pytest.approx(1.0, rel=0.05) and math.isnan(alone[1])


def test_fieller_is_near_the_ratio_when_the_gain_is_sure() -> None:
    top, bottom = 1_000.0 + 20.0 * noise(12, 12), 50.0 + noise(12, 13)
    found = quotient(top, bottom, one_set(12))
    assert found.mean == pytest.approx(float(top.mean() / bottom.mean()))
    assert found.low < found.mean < found.high
    error = 20.0 * math.sqrt((20 / 1000) ** 2 + (1 / 50) ** 2) / math.sqrt(12)
    assert found.half_width == pytest.approx(t_quantile(11) * error, rel=0.35)


def test_no_ratio_over_a_gain_that_may_be_nothing() -> None:
    unsure = quotient(np.full(6, 100.0), 0.1 + noise(6, 14), one_set(6))
    loss = quotient(np.full(6, 100.0), -50.0 + noise(6, 14), one_set(6))
    assert math.isnan(unsure.mean) and math.isnan(loss.mean)
