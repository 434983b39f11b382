"""Ids that mean the same entity in every scenario.

An id is a 64-bit hash of what the entity *is*: a newborn is (mother, birth month, order), an in-mover is
(municipality, month, seat), never a number from a counter. The top byte names the kind. Uniqueness is asserted by
whoever adds rows (two of 10**8 ids share their 56 bits with a chance of about 0.07).
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel
from sim.randomness.philox import MASK32, SHIFT32, philox4x32

__all__ = ["Kind", "identify", "kind_of", "make_id", "with_kind"]


class Kind(IntEnum):
    """What an id stands for (its top byte)."""

    RESIDENT = 1
    NEWBORN = 2
    IN_MOVER = 3
    HOUSEHOLD = 4
    PRACTICE = 5
    GP = 6
    TRAINEE = 7
    POOL_GP = 8
    VACANCY = 9
    SETTLER = 20
    """A household that came by an event, and whoever takes its place."""
    NEWCOMER = 21
    """A household that came by an event, and is not replaced when it goes."""


_ID_KEY0 = np.uint64(0x64656C74)
_ID_KEY1 = np.uint64(0x61706C61)
_SHIFT56 = np.uint64(56)
_MASK24 = np.uint64(0xFFFFFF)


@kernel(inline=True)
def make_id(kind, parent, time, order):  # type: ignore[no-untyped-def]
    """Id of (kind, parent id, time, order) as ``uint64``: 8 bits kind, 56 bits hash."""
    p = np.uint64(parent)
    w0, w1, _, _ = philox4x32(
        p & MASK32, p >> SHIFT32, np.uint64(time) & MASK32, np.uint64(order) & MASK32, _ID_KEY0, _ID_KEY1
    )
    return (np.uint64(kind) << _SHIFT56) | ((w0 & _MASK24) << SHIFT32) | w1


def identify(kind: Kind, parent: npt.ArrayLike, time: npt.ArrayLike, order: npt.ArrayLike) -> npt.NDArray[np.uint64]:
    """Ids as a column; ``parent``, ``time`` and ``order`` broadcast against each other."""
    p, t, o = np.broadcast_arrays(
        np.asarray(parent).astype(np.uint64),
        np.asarray(time).astype(np.uint64),
        np.asarray(order).astype(np.uint64),
    )
    out = np.empty(p.size, np.uint64)
    _identify(int(kind), p.ravel(), t.ravel(), o.ravel(), out)
    return out.reshape(p.shape)


def kind_of(ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """What each id stands for: the number of its ``Kind``."""
    return ids >> _SHIFT56


def with_kind(ids: npt.NDArray[np.uint64], kind: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The same hashes under other kinds (n,)."""
    return (ids & (np.uint64((1 << 56) - 1))) | (kind << _SHIFT56)


@kernel
def _identify(kind, parent, time, order, out):  # type: ignore[no-untyped-def]
    for i in range(out.shape[0]):
        out[i] = make_id(kind, parent[i], time[i], order[i])
