"""What a person brings along: conditions, frailty, digital ability; and a household: deprivation group, address.

Functions of ids, ages and the seed, used for the people at the start, for newborns and for people who move in.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel
from sim.parameters import Parameters
from sim.randomness.philox import UNIT32, draw4, fill_words, words
from sim.randomness.streams import Stream
from sim.region.curves import AGES, gamma, through_middles
from sim.region.region import Region
from sim.source import COMPILED

__all__ = [
    "CONDITIONS",
    "condition_bits",
    "deprivation_groups",
    "digital_ability",
    "frailty",
    "keyed",
    "keyed_row",
    "prevalence",
    "scatter",
]

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.uint64]

CONDITIONS = ("diabetes", "lung", "cardiovascular", "mental")
"""The chronic conditions; number k is bit 1 << k of the column ``conditions``."""


def keyed(seed: int, stream: Stream, entities: Ids, time: int = 0, number: int = 0) -> Floats:
    """Keyed uniforms as four rows (4, n): the same numbers as ``uniforms``, faster for many entities."""
    return np.asarray(_words(seed, stream, entities, time, number) * UNIT32)


def keyed_row(seed: int, stream: Stream, entities: Ids, row: int, time: int = 0, number: int = 0) -> Floats:
    """One row (n,) of :func:`keyed`, where the others are not wanted."""
    return np.asarray(_words(seed, stream, entities, time, number)[row] * UNIT32)


def _words(seed: int, stream: Stream, entities: Ids, time: int, number: int) -> npt.NDArray[np.uint32]:
    entities = np.ascontiguousarray(entities)
    if not COMPILED or entities.size < 256:
        return words(seed, int(stream), entities, time, number).T
    out = np.empty((4, entities.size), np.uint32)
    fill_words(seed, int(stream), entities, time, number, out)
    return out


def deprivation_groups(
    region: Region, parameters: Parameters, seed: int, household: Ids, municipality: npt.NDArray[np.integer]
) -> npt.NDArray[np.uint8]:
    """Deprivation group (n,) of households: 2 with the municipality's published share, the rest 0 or 1."""
    u = keyed_row(seed, Stream.HOUSEHOLD, household, 0)
    most = np.array([m.deprived.value for m in region.municipalities])[municipality]
    least = parameters.number("demography.least_deprived_share")
    rest = np.where(u - most < least * (1.0 - most), 0, 1)
    return np.where(u < most, 2, rest).astype(np.uint8)


def prevalence(region: Region, parameters: Parameters) -> Floats:
    """Share with each condition by sex, deprivation group and single year of age: (4, 2, 3, AGES).

    The groups differ by the given ratio while the region as a whole keeps the published share at each age and sex.
    """
    ratio = parameters.column("demography.condition_deprivation")
    size = np.array([m.population for m in region.municipalities], np.float64)
    most = float(np.average([m.deprived.value for m in region.municipalities], weights=size))
    least = parameters.number("demography.least_deprived_share") * (1.0 - most)
    factor = ratio / float(np.dot(ratio, [least, 1.0 - least - most, most]))
    out = np.empty((len(CONDITIONS), 2, 3, AGES))
    for c, name in enumerate(CONDITIONS):
        for s, sex in enumerate(("men", "women")):
            whole = through_middles(parameters, f"demography.{name}_{sex}", np.arange(AGES) + 0.5) / 1000.0
            out[c, s] = np.minimum(whole * factor[:, None], 0.95)
    return out


def condition_bits(
    seed: int,
    uid: Ids,
    age_months: npt.NDArray[np.integer],
    sex: npt.NDArray[np.uint8],
    deprivation: npt.NDArray[np.uint8],
    shares: Floats,
) -> npt.NDArray[np.uint8]:
    """Conditions (n,) as bits, drawn from :func:`prevalence`; independent of each other given age, sex and group."""
    u = keyed(seed, Stream.CONDITIONS, uid)
    year = np.clip(age_months // 12, 0, AGES - 1)
    bits = np.zeros(uid.size, np.uint8)
    for c in range(len(CONDITIONS)):
        bits |= np.where(u[c] < shares[c, sex, deprivation, year], 1 << c, 0).astype(np.uint8)
    return bits


def frailty(parameters: Parameters, seed: int, uid: Ids) -> npt.NDArray[np.float32]:
    """Frailty (n,): gamma with mean 1, kept for life and independent of age."""
    u = keyed_row(seed, Stream.FRAILTY, uid, 0)
    return gamma(u, parameters.number("demography.frailty_shape")).astype(np.float32)


def digital_ability(
    parameters: Parameters,
    seed: int,
    uid: Ids,
    age_months: npt.NDArray[np.integer],
    deprivation: npt.NDArray[np.uint8],
) -> npt.NDArray[np.float32]:
    """Digital ability (n,) between 0 and 1, by age at entry and deprivation group."""
    u = keyed_row(seed, Stream.FRAILTY, uid, 1)
    mean = through_middles(parameters, "demography.digital_ability", age_months / 12.0)
    mean = mean + parameters.column("demography.digital_deprivation")[deprivation]
    spread = parameters.number("demography.digital_spread")
    return np.asarray(np.clip(mean + spread * (u - 0.5), 0.0, 1.0), np.float32)


def scatter(
    region: Region, seed: int, household: Ids, node: npt.NDArray[np.integer], time: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Address x, y (n,) in km: uniform over the disc of the node, keyed by household and the month it moved in."""
    x = np.empty(household.size, np.float32)
    y = np.empty(household.size, np.float32)
    _scatter(
        seed, int(Stream.COORDINATE), household, node, time, region.node_x, region.node_y, region.node_radius, x, y
    )
    return x, y


@kernel
def _scatter(seed, stream, household, node, time, centre_x, centre_y, radius, x, y):  # type: ignore[no-untyped-def]
    for i in range(household.shape[0]):
        k = int(node[i])
        a, b = 0.0, 0.0
        # points of the square until one lies in the disc: no sine or cosine, so the same bits everywhere
        for number in range(16):
            u0, u1, u2, u3 = draw4(seed, stream, household[i], time, number)
            a, b = 2.0 * u0 - 1.0, 2.0 * u1 - 1.0
            if a * a + b * b <= 1.0:
                break
            a, b = 2.0 * u2 - 1.0, 2.0 * u3 - 1.0
            if a * a + b * b <= 1.0:
                break
            a, b = 0.0, 0.0
        x[i] = centre_x[k] + a * radius[k]
        y[i] = centre_y[k] + b * radius[k]
