"""Ids: the same entity has the same id in every scenario, and no two have one."""

from __future__ import annotations

import numpy as np

from sim.compiled import kernel
from sim.randomness.ids import Kind, identify, make_id
from sim.randomness.philox import words_in_numpy

# Saved results name people by these; a change here breaks every comparison with an older run.
GOLDEN: dict[tuple[Kind, int, int, int], int] = {
    (Kind.RESIDENT, 0, 0, 0): 0x13531C15B0F6CD0,
    (Kind.RESIDENT, 634000, 0, 0): 0x19155736C34D079,
    (Kind.NEWBORN, 72057594161384725, 1500, 0): 0x22990DD5BBF359F,
    (Kind.IN_MOVER, 13, 1619, 250): 0x3C3A8204DC20859,
    (Kind.HOUSEHOLD, 5, 1500, 1): 0x4068E47411F3511,
    (Kind.PRACTICE, 3, 0, 0): 0x5CCE8CA3907D1F0,
    (Kind.GP, 3, 0, 2): 0x61B7073C56CD9FB,
}


@kernel
def each_by_make_id(kind, parents, time, order, out):  # type: ignore[no-untyped-def]
    for i in range(parents.shape[0]):
        out[i] = make_id(kind, parents[i], time, order)


def test_golden_ids() -> None:
    assert {key: int(identify(*key)[()]) for key in GOLDEN} == GOLDEN


def test_an_id_is_its_kind_and_56_bits_of_the_keyed_hash() -> None:
    parent, time, order = 0x0123456789ABCDEF, 1512, 3
    w0, w1, _, _ = (int(word) for word in words_in_numpy(0x64656C74, 0x61706C61, [parent], time, order)[0])
    assert int(identify(Kind.NEWBORN, parent, time, order)[()]) == Kind.NEWBORN << 56 | (w0 & 0xFFFFFF) << 32 | w1


def test_kernel_and_column_give_the_same_ids() -> None:
    parents = identify(Kind.RESIDENT, np.arange(200), 0, 0)
    out = np.empty(200, np.uint64)
    each_by_make_id(int(Kind.NEWBORN), parents, 1507, 1, out)
    np.testing.assert_array_equal(out, identify(Kind.NEWBORN, parents, 1507, 1))


def test_ids_broadcast_and_do_not_depend_on_company() -> None:
    grid = identify(Kind.IN_MOVER, np.arange(3)[:, None], np.arange(1500, 1504), 5)
    assert grid.shape == (3, 4) and grid.dtype == np.uint64
    assert int(grid[2, 1]) == int(identify(Kind.IN_MOVER, 2, 1501, 5)[()])


def test_kinds_cannot_meet() -> None:
    ids = np.array([identify(kind, 7, 1500, 0)[()] for kind in Kind])
    assert (ids >> np.uint64(56)).tolist() == [int(kind) for kind in Kind]
    assert len({int(i) & (1 << 56) - 1 for i in ids}) == 1  # told apart by the top byte alone
    # Kernels carry ids in int64 columns too: the top bit stays free.
    assert max(int(kind) for kind in Kind) < 128


def test_a_million_ids_are_unique_and_spread() -> None:
    ids = identify(Kind.NEWBORN, np.arange(1000)[:, None], np.arange(1000), 0).ravel()
    assert np.unique(ids).size == ids.size
    low = np.bincount((ids & np.uint64(63)).astype(np.int64), minlength=64)
    assert np.abs(low - ids.size / 64).max() < 5.0 * np.sqrt(ids.size / 64)
