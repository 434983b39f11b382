"""Two-step floating catchment: what it must add up to, and how it answers to supply, demand and distance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from sim.observation.access import two_step_floating_catchment

Floats = npt.NDArray[np.float64]


def plane(places: int, providers: int, seed: int) -> tuple[Floats, Floats, Floats]:
    """Minutes, people and supply of places and providers scattered over an hour's square."""
    rng = np.random.default_rng(seed)
    here, there = rng.random((places, 1, 2)) * 60.0, rng.random((1, providers, 2)) * 60.0
    people = rng.integers(0, 5_000, places).astype(np.float64)
    return np.linalg.norm(here - there, axis=2), people, rng.random(providers) * 100.0


def test_by_hand() -> None:
    minutes = np.array([[5.0, 20.0], [10.0, 15.0], [40.0, 40.0]])
    access = two_step_floating_catchment(minutes, np.array([100.0, 300.0, 50.0]), np.array([40.0, 30.0]), 15.0)
    # The first provider serves 400 people, the second the 300 of the second place alone.
    assert access.tolist() == pytest.approx([0.1, 0.1 + 0.1, 0.0])


@pytest.mark.parametrize("seed", range(5))
def test_weighted_with_people_it_is_the_supply_that_somebody_can_reach(seed: int) -> None:
    minutes, people, supply = plane(60, 25, seed)
    access = two_step_floating_catchment(minutes, people, supply, 12.0)
    reached = ((minutes <= 12.0) & (people[:, None] > 0)).any(axis=0)
    assert 0 < reached.sum() < supply.size or seed != 0
    assert people @ access == pytest.approx(supply[reached].sum(), rel=1e-12)


def test_with_everybody_in_reach_it_is_supply_by_people() -> None:
    minutes, people, supply = plane(20, 8, 1)
    access = two_step_floating_catchment(minutes, people, supply, 1e9)
    np.testing.assert_allclose(access, supply.sum() / people.sum(), rtol=1e-12)


def test_more_supply_helps_only_within_reach_and_more_people_hurt_only_there() -> None:
    minutes, people, supply = plane(40, 10, 2)
    plain = two_step_floating_catchment(minutes, people, supply, 15.0)
    more = supply.copy()
    more[3] += 50.0
    near = minutes[:, 3] <= 15.0
    better = two_step_floating_catchment(minutes, people, more, 15.0)
    assert 0 < near.sum() < 40
    assert (better[near] > plain[near]).all()
    np.testing.assert_array_equal(better[~near], plain[~near])
    crowd = people.copy()
    crowd[0] += 10_000.0
    worse = two_step_floating_catchment(minutes, crowd, supply, 15.0)
    shared = ((minutes <= 15.0) & (minutes[:1] <= 15.0)).any(axis=1)
    assert (worse[shared] < plain[shared]).all()
    np.testing.assert_array_equal(worse[~shared], plain[~shared])


def test_a_provider_whom_nobody_reaches_divides_by_nothing() -> None:
    access = two_step_floating_catchment(np.array([[50.0]]), np.array([100.0]), np.array([10.0]), 15.0)
    assert access.tolist() == [0.0]
    empty = two_step_floating_catchment(np.array([[5.0]]), np.array([0.0]), np.array([10.0]), 15.0)
    assert np.isfinite(empty).all()
