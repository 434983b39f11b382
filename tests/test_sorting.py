"""Orders by several keys are those of numpy, place for place, however many rows there are and however they tie."""

from __future__ import annotations

import numpy as np
import pytest

from sim import sorting
from sim.sorting import grouped, order_by

N = 6000  # enough for words to be sorted instead of keys
RNG = np.random.default_rng(4)
IDS = RNG.integers(0, 1 << 62, N).astype(np.uint64) | np.uint64(1 << 63)
HOUSEHOLDS = np.repeat(RNG.integers(0, 1 << 62, N // 3).astype(np.uint64), 3)
PLACES = RNG.integers(-2, 176, N).astype(np.int16)
AGES = (RNG.integers(0, 1200, N) + 0.5) / 12.0
SIGNED = np.where(RNG.random(N) < 0.2, -0.0, np.round(RNG.normal(size=N), 2))


@pytest.mark.parametrize(
    "keys",
    [
        (IDS,),
        (IDS, HOUSEHOLDS, PLACES),
        (IDS, HOUSEHOLDS[0] < HOUSEHOLDS, PLACES),
        (AGES, PLACES.astype(np.int64) + 2),
        (SIGNED, PLACES),
        (PLACES, SIGNED.astype(np.float32)),
        (np.zeros(N, np.int8), np.full(N, 7.5)),
        (PLACES[:50], AGES[:50]),
        (PLACES[:0],),
    ],
)
def test_the_order_is_that_of_numpy(keys: tuple[np.ndarray, ...]) -> None:
    shuffled = RNG.permutation(keys[0].size)
    for way in (np.arange(keys[0].size), shuffled):
        mixed = tuple(key[way] for key in keys)
        np.testing.assert_array_equal(order_by(*mixed), np.lexsort(mixed))


@pytest.mark.parametrize("key", [IDS, HOUSEHOLDS[RNG.permutation(N)], PLACES, SIGNED, PLACES[:9], IDS[:0]])
def test_groups_are_those_of_numpy(key: np.ndarray) -> None:
    expected = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    for found, right in zip(grouped(key), expected, strict=True):
        np.testing.assert_array_equal(found, right)
        assert found.dtype == right.dtype


def test_many_rows_that_one_look_leaves_tied_are_left_to_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    settled = []

    def settle(*arguments: object) -> bool:
        settled.append(kernel(*arguments))
        return settled[-1]

    kernel = sorting._settle
    monkeypatch.setattr(sorting, "_settle", settle)
    monkeypatch.setattr(sorting, "COMPILED", True)
    one_house = np.full(N, np.uint64(1 << 62))
    one_house[0] = 0
    np.testing.assert_array_equal(order_by(IDS, one_house, PLACES), np.lexsort((IDS, one_house, PLACES)))
    np.testing.assert_array_equal(order_by(IDS, one_house), np.lexsort((IDS, one_house)))
    np.testing.assert_array_equal(order_by(IDS, HOUSEHOLDS, PLACES), np.lexsort((IDS, HOUSEHOLDS, PLACES)))
    assert settled == [True, False, True]
