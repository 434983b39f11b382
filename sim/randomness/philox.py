"""Philox4x32-10 (Salmon et al. 2011): four 32-bit words as a function of a 128-bit counter and a 64-bit key.

Layout here: key = (seed, stream number); counter = (entity id low, entity id high, time, draw number). The result
depends on nothing else, so any subset of draws may be made in any order and in any process.

All words travel as ``uint64`` masked to 32 bits: a product of two then fits, compiled and interpreted alike.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel
from sim.source import COMPILED

MASK32 = np.uint64(0xFFFFFFFF)
SHIFT32 = np.uint64(32)
M0 = np.uint64(0xD2511F53)
M1 = np.uint64(0xCD9E8D57)
W0 = np.uint64(0x9E3779B9)
W1 = np.uint64(0xBB67AE85)
UNIT32 = 1.0 / 4294967296.0
UNIT24 = np.float32(1.0 / 16777216.0)


@kernel(inline=True)
def _round(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    p0 = M0 * c0
    p1 = M1 * c2
    return (p1 >> SHIFT32) ^ c1 ^ k0, p1 & MASK32, (p0 >> SHIFT32) ^ c3 ^ k1, p0 & MASK32


@kernel(inline=True)
def philox4x32(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    """Ten rounds of Philox4x32. All arguments and the four results are ``uint64`` holding 32-bit words.

    Written out round by round: only then does the compiler turn a loop over entities into vector instructions.
    """
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    return _round(c0, c1, c2, c3, k0, k1)


@kernel(inline=True)
def draw4(seed, stream, entity, time, number):  # type: ignore[no-untyped-def]
    """Four keyed uniforms in [0, 1) for one entity: (seed, stream, entity id, time, draw number) -> four floats."""
    e = np.uint64(entity)
    w0, w1, w2, w3 = philox4x32(
        e & MASK32,
        e >> SHIFT32,
        np.uint64(time) & MASK32,
        np.uint64(number) & MASK32,
        np.uint64(seed) & MASK32,
        np.uint64(stream) & MASK32,
    )
    return float(w0) * UNIT32, float(w1) * UNIT32, float(w2) * UNIT32, float(w3) * UNIT32


@kernel
def fill_words(seed, stream, entities, time, number, out):  # type: ignore[no-untyped-def]
    """Fill ``out`` (4, n) uint32 with the Philox words of ``entities`` (n,) uint64 at one time and draw number."""
    k0 = np.uint64(seed) & MASK32
    k1 = np.uint64(stream) & MASK32
    t = np.uint64(time) & MASK32
    d = np.uint64(number) & MASK32
    o0, o1, o2, o3 = out[0], out[1], out[2], out[3]
    for i in range(entities.shape[0]):
        e = np.uint64(entities[i])
        w0, w1, w2, w3 = philox4x32(e & MASK32, e >> SHIFT32, t, d, k0, k1)
        o0[i] = w0
        o1[i] = w1
        o2[i] = w2
        o3[i] = w3


@kernel
def fill_words_each(seed, stream, entities, time, numbers, out):  # type: ignore[no-untyped-def]
    """As :func:`fill_words`, with a draw number of its own for each entity: ``numbers`` (n,) uint64."""
    k0 = np.uint64(seed) & MASK32
    k1 = np.uint64(stream) & MASK32
    t = np.uint64(time) & MASK32
    o0, o1, o2, o3 = out[0], out[1], out[2], out[3]
    for i in range(entities.shape[0]):
        e = np.uint64(entities[i])
        w0, w1, w2, w3 = philox4x32(e & MASK32, e >> SHIFT32, t, numbers[i], k0, k1)
        o0[i] = w0
        o1[i] = w1
        o2[i] = w2
        o3[i] = w3


def uniforms(
    seed: int, stream: int, entities: npt.ArrayLike, time: int = 0, number: int = 0
) -> npt.NDArray[np.float64]:
    """Keyed uniforms in [0, 1), shape (n, 4), one row an entity, for decisions made as columns.

    The same numbers as :func:`draw4`, word for word.
    """
    return np.multiply(words(seed, stream, entities, time, number), UNIT32, dtype=np.float64)


def words(seed: int, stream: int, entities: npt.ArrayLike, time: int = 0, number: int = 0) -> npt.NDArray[np.uint32]:
    """Keyed 32-bit words, shape (n, 4): by the kernel where it is compiled, else in plain numpy."""
    if not COMPILED:
        return words_in_numpy(seed, stream, entities, time, number)
    e = np.atleast_1d(np.asarray(entities)).astype(np.uint64)
    out = np.empty((4, e.size), np.uint32)
    fill_words(seed & 0xFFFFFFFF, int(stream), e, time & 0xFFFFFFFF, number & 0xFFFFFFFF, out)
    return out.T


def words_in_numpy(
    seed: int, stream: int, entities: npt.ArrayLike, time: int = 0, number: int = 0
) -> npt.NDArray[np.uint32]:
    """Keyed 32-bit words in plain numpy, shape (n, 4): what the kernels are tested against."""
    e = np.atleast_1d(np.asarray(entities)).astype(np.uint64)
    c0, c1 = e & MASK32, e >> SHIFT32
    c2 = np.full_like(e, np.uint64(time & 0xFFFFFFFF))
    c3 = np.full_like(e, np.uint64(number & 0xFFFFFFFF))
    k0, k1 = np.uint64(seed & 0xFFFFFFFF), np.uint64(stream & 0xFFFFFFFF)
    for _ in range(10):
        p0, p1 = M0 * c0, M1 * c2
        c0, c1, c2, c3 = (p1 >> SHIFT32) ^ c1 ^ k0, p1 & MASK32, (p0 >> SHIFT32) ^ c3 ^ k1, p0 & MASK32
        k0, k1 = (k0 + W0) & MASK32, (k1 + W1) & MASK32
    return np.stack([c0, c1, c2, c3], axis=1).astype(np.uint32)
