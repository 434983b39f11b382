"""The generator: published vectors, one result by every route, and numbers that look uniform and unrelated."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import chi2

from sim.compiled import kernel
from sim.randomness.philox import UNIT32, draw4, fill_words, fill_words_each, uniforms, words, words_in_numpy
from sim.randomness.streams import Stream

# Random123, file kat_vectors, philox4x32 with 10 rounds: counter, key, result.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]

IDS = np.random.default_rng(3).integers(0, 1 << 64, 5_000, dtype=np.uint64)
KEY = 20_250_101, int(Stream.NEED)


@kernel
def each_by_draw4(seed, stream, entities, time, number, out):  # type: ignore[no-untyped-def]
    for i in range(entities.shape[0]):
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = draw4(seed, stream, entities[i], time, number)


@pytest.mark.parametrize(("counter", "key", "result"), KNOWN)
def test_known_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], result: tuple[int, int, int, int]
) -> None:
    entity = np.array([counter[1] << 32 | counter[0]], np.uint64)
    for make in (words, words_in_numpy):
        assert tuple(make(key[0], key[1], entity, counter[2], counter[3])[0].tolist()) == result
    drawn = uniforms(key[0], key[1], entity, counter[2], counter[3])[0]
    assert (drawn * 2.0**32).tolist() == list(result)


def test_golden_draw() -> None:
    # What a run with seed 1 draws; a change here changes every result ever saved.
    drawn = words(1, Stream.NEED, [1, 2], 1500, 7).tolist()
    assert drawn == words_in_numpy(1, 20, [1, 2], 1500, 7).tolist()
    assert drawn == [[3324623547, 991352471, 3254641575, 397001763], [743316329, 3742227899, 2187525129, 2308615752]]


def test_the_kernel_and_numpy_give_the_same_words() -> None:
    for time, number in ((0, 0), (1500, 3), (0xFFFFFFFF, 0xFFFFFFFF)):
        np.testing.assert_array_equal(words(*KEY, IDS, time, number), words_in_numpy(*KEY, IDS, time, number))


def test_every_route_gives_the_same_draws() -> None:
    plain = words(*KEY, IDS, 1500, 2)
    out = np.empty((4, IDS.size), np.uint32)
    fill_words(*KEY, IDS, 1500, 2, out)
    np.testing.assert_array_equal(out.T, plain)
    fill_words_each(*KEY, IDS, 1500, np.full(IDS.size, 2, np.uint64), out)
    np.testing.assert_array_equal(out.T, plain)
    drawn = np.empty((IDS.size, 4))
    each_by_draw4(*KEY, IDS, 1500, 2, drawn)
    np.testing.assert_array_equal(drawn, uniforms(*KEY, IDS, 1500, 2))
    np.testing.assert_array_equal(drawn, plain * UNIT32)


def test_a_draw_number_each() -> None:
    numbers = (np.arange(IDS.size) % 5).astype(np.uint64)
    out = np.empty((4, IDS.size), np.uint32)
    fill_words_each(*KEY, IDS, 9, numbers, out)
    for number in range(5):
        own = numbers == number
        np.testing.assert_array_equal(out.T[own], words(*KEY, IDS[own], 9, number))


def test_an_id_in_a_signed_column_draws_the_same() -> None:
    # Ids travel through kernels as int64 too.
    ids = IDS[:50] >> np.uint64(1)
    signed, plain = np.empty((ids.size, 4)), np.empty((ids.size, 4))
    each_by_draw4(*KEY, ids.astype(np.int64), 4, 1, signed)
    each_by_draw4(*KEY, ids, 4, 1, plain)
    np.testing.assert_array_equal(signed, plain)


def test_order_and_company_do_not_matter() -> None:
    whole = uniforms(*KEY, IDS, 3, 1)
    shuffled = np.random.default_rng(1).permutation(IDS.size)
    np.testing.assert_array_equal(uniforms(*KEY, IDS[shuffled], 3, 1), whole[shuffled])
    np.testing.assert_array_equal(uniforms(*KEY, IDS[17::13], 3, 1), whole[17::13])
    np.testing.assert_array_equal(uniforms(*KEY, IDS[41], 3, 1)[0], whole[41])


def test_uniforms_stay_below_one() -> None:
    largest = np.float64(0xFFFFFFFF) * UNIT32
    assert 0.9999 < largest < 1.0
    drawn = uniforms(*KEY, IDS, 0)
    assert drawn.min() >= 0.0 and drawn.max() < 1.0


def counters() -> dict[str, npt.NDArray[np.uint32]]:
    """100,000 words each, varying one part of key or counter at a time, as the product varies them."""
    n = 25_000
    steps = range(n)
    ids = np.arange(n, dtype=np.uint64)
    return {
        "entity": words(1, 20, ids),
        "high word of the entity": words(1, 20, ids << np.uint64(32)),
        "time": np.concatenate([words(1, 20, 77, time) for time in steps]),
        "number": np.concatenate([words(1, 20, 77, 0, number) for number in steps]),
        "seed": np.concatenate([words(seed, 20, 77) for seed in steps]),
        "stream": np.concatenate([words(1, stream, 77) for stream in steps]),
    }


def test_words_are_uniform_and_unrelated_whatever_part_varies() -> None:
    for part, drawn in counters().items():
        flat = drawn.ravel()
        for shift in (0, 12, 24):
            seen = np.bincount((flat >> np.uint32(shift)) & 255, minlength=256)
            statistic = float(((seen - flat.size / 256) ** 2 / (flat.size / 256)).sum())
            low, high = chi2.ppf([1e-5, 1.0 - 1e-5], 255)
            assert low < statistic < high, f"{part}, bits {shift}-{shift + 7}: chi-square {statistic:.0f}"
        u = drawn * UNIT32 - 0.5
        # Correlation of neighbours, and of the four words of one draw: standard error 1 / sqrt(n).
        tied = [(u[1:, k] * u[:-1, k]).mean() * 12.0 for k in range(4)]
        tied += [(u[:, a] * u[:, b]).mean() * 12.0 for a in range(4) for b in range(a)]
        assert np.abs(tied).max() < 4.5 / np.sqrt(u.shape[0]), f"{part}: {tied}"


def test_streams_and_seeds_are_unrelated() -> None:
    base = uniforms(1, Stream.NEED, IDS)[:, 0]
    for seed, stream, time in ((1, Stream.NEED_CHOICE, 0), (2, Stream.NEED, 0), (1, Stream.NEED, 1)):
        other = uniforms(seed, stream, IDS, time)[:, 0]
        assert abs(np.corrcoef(base, other)[0, 1]) < 4.5 / np.sqrt(IDS.size)
