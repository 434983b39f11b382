"""The order of regions, on values whose order and certainty are known."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.rank.components import COMPONENTS, WeightError, weights_of
from experiments.rank.index import order_of


def values(means: list[list[float]], noise: float = 0.0, seeds: int = 4) -> np.ndarray:
    """Regions whose components have these means; seeds lie symmetrically around them."""
    steps = np.linspace(-1.0, 1.0, seeds) * noise
    return np.asarray(means)[:, None, :] + steps[None, :, None]


def test_the_index_is_the_weighted_mean_of_standardised_components() -> None:
    order = order_of(values([[1.0, 10.0], [2.0, 30.0], [3.0, 20.0]]), (0.25, 0.75))
    z = np.array([[-1.0, -1.0], [0.0, 1.0], [1.0, 0.0]])
    assert order.parts == pytest.approx(z * [0.25, 0.75])
    assert order.index == pytest.approx([-1.0, 0.75, 0.25])
    assert order.rank.tolist() == [3, 1, 2]


def test_units_do_not_matter() -> None:
    rng = values([[1.0, 4.0], [2.0, 2.0], [5.0, 3.0]], 0.1)
    one, other = order_of(rng, (0.5, 0.5)), order_of(rng * [1000.0, 0.01] + [7.0, -3.0], (0.5, 0.5))
    assert one.index == pytest.approx(other.index) and one.half == pytest.approx(other.half)


def test_what_is_equal_everywhere_adds_nothing() -> None:
    order = order_of(values([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]]), (0.5, 0.5))
    assert order.parts[:, 1].tolist() == [0.0] * 3 and order.rank.tolist() == [3, 2, 1]


def test_clear_orders_are_sure_and_noise_is_not() -> None:
    sure = order_of(values([[0.0], [1.0], [2.0]], 0.001), (1.0,))
    assert sure.by_chance.tolist() == [[3, 3], [2, 2], [1, 1]] and sure.first.tolist() == [0.0, 0.0, 1.0]
    noise = order_of(values([[0.0], [0.001], [0.002]], 1.0), (1.0,))
    assert noise.by_chance.tolist() == [[1, 3]] * 3
    assert noise.first == pytest.approx([1 / 3] * 3, abs=0.03) and noise.first.sum() == pytest.approx(1.0)


def test_the_interval_of_the_index_is_that_of_student() -> None:
    """Two regions, known spread: half is t(0.95, R (S - 1)) times the pooled error of the mean."""
    found = order_of(values([[0.0], [1.0]], 0.3, seeds=3), (1.0,))
    scale = np.std([0.0, 1.0], ddof=1)
    pooled = np.sqrt(2 * (0.3**2 + 0.3**2) / 4) / scale
    assert found.half == pytest.approx([2.1318 * pooled / np.sqrt(3)] * 2, rel=1e-4)


def test_one_seed_knows_no_chance() -> None:
    order = order_of(values([[0.0], [1.0]], seeds=1), (1.0,))
    assert np.isnan(order.half).all() and np.isnan(order.by_chance).all() and np.isnan(order.first).all()
    assert order.rank.tolist() == [2, 1]


def test_weights_matter_only_where_components_disagree() -> None:
    agree = order_of(values([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]), (0.5, 0.5))
    assert agree.by_weights.tolist() == [[3, 3], [2, 2], [1, 1]]
    clash = order_of(values([[0.0, 2.0], [1.0, 1.0], [2.0, 0.0]]), (0.5, 0.5))
    assert clash.by_weights[0].tolist() == [1, 3]


def test_the_same_seed_gives_the_same_order() -> None:
    noisy = values([[0.0, 1.0], [0.5, 0.2], [0.4, 0.9]], 0.5)
    one, again = order_of(noisy, (0.4, 0.6)), order_of(noisy, (0.4, 0.6))
    for name in ("index", "half", "by_chance", "by_weights", "first"):
        assert np.array_equal(getattr(one, name), getattr(again, name)), name


def test_default_weights_add_up_and_said_ones_replace_them() -> None:
    assert sum(weights_of(())) == pytest.approx(1.0) and sum(one.weight for one in COMPONENTS) == pytest.approx(1.0)
    only = weights_of(tuple(f"{one.id}=0" for one in COMPONENTS[1:]))
    assert only[0] == 1.0 and set(only[1:]) == {0.0}


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        (("wait=1",), "choose from without_gp_now"),
        (("wait_now",), "number of 0 or more"),
        (("wait_now=-1",), "number of 0 or more"),
        (("wait_now=nan",), "number of 0 or more"),
        (tuple(f"{one.id}=0" for one in COMPONENTS), "all weights are 0"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(said: tuple[str, ...], mend: str) -> None:
    with pytest.raises(WeightError, match=mend):
        weights_of(said)
