"""Every inhabitant at the start: a function of the region, the parameters and the seed.

The number of people per node is exactly the region's, the ages those of :mod:`sim.region.ages`, the households those
of :mod:`sim.region.households`. Households are dealt out to the nodes of their municipality so that each node gets
about the same mix of sizes and exactly its number of people.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel
from sim.dates import month_of
from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.streams import Stream
from sim.region.ages import age_targets
from sim.region.curves import AGES
from sim.region.households import Crowd, form_households
from sim.region.region import USUAL_DAY, Region
from sim.region.traits import (
    condition_bits,
    deprivation_groups,
    digital_ability,
    frailty,
    keyed_row,
    prevalence,
    scatter,
)
from sim.sorting import order_by

__all__ = ["SMALLEST_NODE", "START_MONTH", "node_targets", "synthesise"]

Ints = npt.NDArray[np.int64]

START_MONTH = month_of(USUAL_DAY)
"""Month index of the start of most regions. Ages are those on the first day, before anybody born in that month has his
birthday."""

LARGEST_SCALE = 30.0
"""Largest population against the real one, for measuring how time grows."""

SMALLEST_NODE = 12
"""People that a node keeps at least when the region is scaled down, so that it still holds some households."""


def node_targets(region: Region, scale: float = 1.0) -> Ints:
    """Inhabitants of each node (N,): the region's, or scaled and rounded, but no node under SMALLEST_NODE.

    Raises:
        ValueError: scale lies outside (0, LARGEST_SCALE].
    """
    if not 0.0 < scale <= LARGEST_SCALE:
        raise ValueError(f"scale must lie above 0 and at most at {LARGEST_SCALE:g}, not {scale}")
    whole = region.node_population.astype(np.int64)
    if scale == 1.0:
        return whole
    scaled = np.rint(whole * scale).astype(np.int64)
    return scaled if scale > 1.0 else np.minimum(whole, np.maximum(scaled, SMALLEST_NODE))


def synthesise(region: Region, parameters: Parameters, seed: int, scale: float = 1.0) -> dict[str, npt.NDArray[Any]]:
    """All inhabitants at the start as columns for ``People.add``: ``people.add(len(c["uid"]), **c)``.

    Rows are ordered by node and household. Practice, usual GP and search state keep the defaults of ``People``.

    Args:
        region: where they live.
        parameters: the topic ``demography``.
        seed: the run's seed.
        scale: inhabitants against the real number (tests use a hundredth); see :func:`node_targets`.
    """
    nodes = node_targets(region, scale)
    node_town = region.node_municipality.astype(np.int64)
    towns = np.bincount(node_town, nodes, len(region.municipalities)).astype(np.int64)
    uid, town, woman, age_months = _ages(region, parameters, seed, towns)
    crowd = Crowd(uid, town, woman, (age_months.astype(np.float64) + 0.5) / 12.0)
    head = form_households(crowd, parameters, seed)
    node, household_of = _settle(crowd, head, nodes, node_town, seed)

    # household_of is the reference person, or oneself where a household had to be divided to fit
    oldest = int(age_months.max(initial=0))
    other = household_of != np.arange(uid.size)
    place = other * (oldest + 1) + oldest - age_months  # the reference person first, then by age
    order = order_by(uid, place, uid[household_of], node)
    reference = household_of[order]
    household = identify(Kind.HOUSEHOLD, uid[reference], 0, 0)
    birth_month = (month_of(region.describes) - 1 - age_months).astype(np.int16)
    new = np.concatenate([[True], household[1:] != household[:-1]]) if household.size else np.zeros(0, np.bool_)
    member = np.cumsum(new) - 1
    node = node[order]
    group = deprivation_groups(region, parameters, seed, household[new], town[order][new])[member]
    x, y = scatter(region, seed, household[new], node[new], 0)
    uid, sex, age_months = uid[order], woman[order].astype(np.uint8), age_months[order]
    return {
        "uid": uid,
        "birth_month": birth_month[order],
        "sex": sex,
        "node": node.astype(np.int16),
        "x": x[member],
        "y": y[member],
        "household": household,
        "household_birth": birth_month[reference],
        "deprivation": group,
        "conditions": condition_bits(seed, uid, age_months, sex, group, prevalence(region, parameters)),
        "frailty": frailty(parameters, seed, uid),
        "digital": digital_ability(parameters, seed, uid, age_months, group),
    }


def _ages(
    region: Region, parameters: Parameters, seed: int, towns: Ints
) -> tuple[npt.NDArray[np.uint64], Ints, npt.NDArray[np.bool_], Ints]:
    """Id, municipality, woman or not, and age in completed months of everybody, in order of municipality, age, sex."""
    counts = age_targets(region, parameters, towns)
    start = region.ages.start.astype(np.int64)
    cells = np.arange(counts.size)
    many = counts.ravel()
    cell = np.repeat(cells, many)
    ordinal = np.arange(cell.size) - np.repeat(np.cumsum(many) - many, many)
    town, rest = np.divmod(cell, counts.shape[1] * 2)
    band, sex = np.divmod(rest, 2)
    uid = identify(Kind.RESIDENT, town + 1, rest, ordinal)
    u = keyed_row(seed, Stream.PERSON, uid, 0)
    width = np.append(np.diff(start), 0)[band] * 12
    age = (start[band] * 12 + u * width).astype(np.int64)
    # the open band thins out by a third a year
    old = np.flatnonzero(width == 0)
    survivors = 1.0 - (2.0 / 3.0) ** np.arange(1, AGES - start[-1])
    years = np.searchsorted(survivors / survivors[-1], u[old], side="right")
    age[old] = start[-1] * 12 + (years + keyed_row(seed, Stream.PERSON, uid[old], 0, 0, 5)) * 12
    return uid, town, sex == 1, age


def _settle(crowd: Crowd, head: Ints, nodes: Ints, node_town: Ints, seed: int) -> tuple[Ints, Ints]:
    """Node of everybody (n,) and the reference person (n,), which differs from ``head`` where nothing else fits."""
    sizes = np.bincount(head, minlength=head.size)
    heads = np.flatnonzero(sizes)
    turn = keyed_row(seed, Stream.HOUSEHOLD, identify(Kind.HOUSEHOLD, crowd.uid[heads], 0, 0), 1)
    smaller = sizes.max(initial=0) - sizes[heads]
    order = order_by(crowd.uid[heads], turn, smaller, crowd.municipality[heads])
    heads = heads[order]
    by_town = np.argsort(node_town, kind="stable")
    first = np.searchsorted(node_town[by_town], np.arange(node_town.max(initial=-1) + 2))
    room = nodes.copy()
    chosen = np.empty(heads.size, np.int64)
    _deal(sizes[heads], crowd.municipality[heads], by_town, first, nodes, room, chosen)
    place = np.full(head.size, -1, np.int64)
    place[heads] = chosen
    node, head = place[head], head.copy()
    for k in np.flatnonzero(node < 0):  # a large household in a municipality of tiny nodes: its members part
        town = crowd.municipality[k]
        options = by_town[first[town] : first[town + 1]]
        node[k] = options[np.argmax(room[options])]
        room[node[k]] -= 1
        head[k] = k
    assert not room.any(), "inhabitants and nodes do not add up"
    return node, head


@kernel
def _deal(size, town, by_town, first, whole, room, chosen):  # type: ignore[no-untyped-def]
    """Give each household, large ones first, the node of its town with the largest share of its room left."""
    for h in range(size.shape[0]):
        best = -1
        most = -1.0
        for j in range(first[town[h]], first[town[h] + 1]):
            k = by_town[j]
            if room[k] >= size[h]:
                left = room[k] / whole[k]
                if left > most:
                    most = left
                    best = k
        chosen[h] = best
        if best >= 0:
            room[best] -= size[h]
