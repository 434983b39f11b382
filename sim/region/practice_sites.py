"""Where practices stand, which form they have, and which of them cover for each other."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters
from sim.randomness.ids import Kind, identify
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.region import Region

__all__ = [
    "DUO",
    "GROUP",
    "SOLO",
    "Sites",
    "apportion",
    "choose_forms",
    "local_groups",
    "normals",
    "place_practices",
]

SOLO, DUO, GROUP = 0, 1, 2

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]
type Ids = npt.NDArray[np.uint64]

_SWAP_ROUNDS = 40
_LEAST_GAIN = 1e-6  # minutes


@dataclass(frozen=True)
class Sites:
    """Practices in order of municipality, node and seat; all arrays have one entry a practice (P)."""

    uid: Ids
    municipality: npt.NDArray[np.int16]
    node: npt.NDArray[np.int16]
    x: Floats
    """km in the regional plane."""
    y: Floats


def normals(seed: int, stream: int, entities: npt.ArrayLike, number: int = 0) -> Floats:
    """Keyed standard normal draws, one an entity."""
    u = uniforms(seed, stream, entities, 0, number)
    return np.asarray(np.sqrt(-2.0 * np.log(1.0 - u[:, 0])) * np.cos(2.0 * np.pi * u[:, 1]))


def apportion(seats: int, weights: npt.ArrayLike, ties: npt.ArrayLike) -> Ints:
    """Divide ``seats`` in proportion to ``weights`` (n,) by largest remainder; equal remainders go by ``ties`` (n,).

    Raises:
        ValueError: there are seats to divide and no weight.
    """
    weight = np.asarray(weights, np.float64)
    if seats == 0:
        return np.zeros(weight.size, np.int64)
    if not weight.sum() > 0:
        raise ValueError(f"{seats} seats cannot be divided over weights that are all zero")
    quota = seats * weight / weight.sum()
    out = np.floor(quota).astype(np.int64)
    # rounded, so that equal remainders are equal whatever the last bit of the division says
    order = np.lexsort((np.asarray(ties), -np.round(quota - out, 9)))
    out[order[: seats - int(out.sum())]] += 1
    return out


def name_key(*names: str) -> int:
    """Number of a place by its names, the same whatever the order of the region's files."""
    return zlib.crc32("/".join(names).encode())


def place_practices(region: Region, parameters: Parameters, count: int, seed: int, month: int) -> Sites:
    """Place ``count`` practices where people live.

    Municipalities get practices in proportion to their inhabitants, within them nodes of at least the village minimum
    (a smaller village counts with the nearest such node of its municipality; without one its largest node counts).
    Practices that are known to stand somewhere come first; in a region made at a smaller scale so much fewer of them.
    Each practice lies within its node's built-up radius, some in the building of another (health centre, HOED).
    """
    minimum = parameters.number("practices.village_minimum")
    people = region.node_population.astype(np.float64)
    home = region.node_municipality.astype(np.int64)
    names = [m.name for m in region.municipalities]
    keys = np.array([name_key(names[home[n]], region.node_name[n]) for n in range(people.size)], np.uint64)
    node_tie = uniforms(seed, Stream.PRACTICE_PLACE, keys)[:, 0]
    totals = np.bincount(home, weights=people, minlength=len(names))
    town_tie = uniforms(seed, Stream.PRACTICE_PLACE, np.array([name_key(n) for n in names], np.uint64))[:, 0]
    known = _known(region, count)
    known_town = np.bincount(home, weights=known, minlength=len(names)).astype(np.int64)
    per_town: Ints = known_town + apportion(
        count - int(known.sum()), np.maximum(totals - known_town * (totals.sum() / count), 0.0), town_tie
    )

    nodes: list[int] = []
    seats: list[int] = []
    for town in range(len(names)):
        members = np.flatnonzero(home == town)
        if not members.size or not per_town[town]:
            continue
        large = members[people[members] >= minimum]
        if not large.size:
            large = members[np.argmax(people[members])][None]
        near = np.argmin(region.car_minutes[np.ix_(members, large)], axis=1)
        near[np.searchsorted(members, large)] = np.arange(large.size)
        weight = np.bincount(near, weights=people[members], minlength=large.size)
        here: Ints = known[members]
        if here.any():
            mean = people[members].sum() / per_town[town]
            weight = np.maximum(weight - known[large] * mean, 0.0) if per_town[town] > here.sum() else weight
            weight = weight if weight.any() else people[large]
        rest = apportion(int(per_town[town] - here.sum()), weight, node_tie[large])
        here[np.searchsorted(members, large)] += rest
        for member, n in zip(members, here, strict=True):
            nodes += [int(member)] * int(n)
            seats += range(int(n))
    node = np.array(nodes, np.int64)
    uid = identify(Kind.PRACTICE, keys[node], month, np.array(seats))
    u = uniforms(seed, Stream.PRACTICE_PLACE, uid, 0, 1)
    reach = region.node_radius[node] * parameters.number("practices.scatter") * np.sqrt(u[:, 0])
    x = region.node_x[node] + reach * np.cos(2.0 * np.pi * u[:, 1])
    y = region.node_y[node] + reach * np.sin(2.0 * np.pi * u[:, 1])
    share = parameters.number("practices.shared_premises")
    for k, seat in enumerate(seats):  # a later practice of a node may move in with an earlier one
        if u[k, 2] < share and seat:
            host = k - 1 - int(u[k, 3] * seat)
            x[k], y[k] = x[host], y[host]
    return Sites(uid, home[node].astype(np.int16), node.astype(np.int16), x, y)


def _known(region: Region, count: int) -> Ints:
    """Of ``count`` practices those that are known to stand in a node (N,): in that of its place with most people."""
    known = np.zeros(len(region.node_name), np.int64)
    level = region.settings.get("practices")
    if level is None or not region.known_practices.any():
        return known
    assert not isinstance(level.value, list)
    share = min(1.0, count / round(level.value))
    for place, number in enumerate(region.known_practices.tolist()):
        members = np.flatnonzero(region.node_place == place)
        for seat in range(int(number * share)):  # one a district, then round again
            known[members[seat % members.size]] += 1
    return known


def choose_forms(
    sites: Sites, catchment: Floats, place_people: Floats, gps: int, parameters: Parameters, seed: int
) -> tuple[npt.NDArray[np.int8], Ints]:
    """Form of each practice (P,) and its number of regular GPs (P,), adding up to ``gps``.

    Larger forms go where more people live per practice (``catchment``) and to larger places (``place_people``).

    Raises:
        ValueError: fewer GPs than practices, or more than the largest forms can hold.
    """
    count = sites.uid.size
    most = int(parameters.number("practices.group_gps_maximum"))
    if not count <= gps <= count * most:
        raise ValueError(
            f"{gps} regular GPs do not fit {count} practices of 1 to {most} GPs; mend the region's start levels"
        )
    nearby, size, chance = parameters.column("practices.form_by_place")
    score = (
        nearby * np.log(np.maximum(catchment, 1.0) / max(catchment.mean(), 1.0))
        + size * np.log(np.maximum(place_people, 1.0) / max(place_people.mean(), 1.0))
        + chance * normals(seed, Stream.PRACTICE, sites.uid)
    )
    rank = np.lexsort((sites.uid, -score))
    solo, duo, group = apportion(count, parameters.column("practices.form_share"), [0, 1, 2]).tolist()
    while solo + 2 * duo + 3 * group > gps:  # a region with few GPs has smaller practices
        if group:
            group, duo = group - 1, duo + 1
        else:
            duo, solo = duo - 1, solo + 1
    while solo + 2 * duo + most * group < gps:
        if solo:
            solo, duo = solo - 1, duo + 1
        else:
            duo, group = duo - 1, group + 1
    form = np.full(count, SOLO, np.int8)
    form[rank[: group + duo]] = DUO
    form[rank[:group]] = GROUP
    heads = form.astype(np.int64) + 1
    weight = np.exp(score)
    groups = rank[:group]
    for _ in range(gps - int(heads.sum())):
        free = groups[heads[groups] < most]
        # highest average (Sainte-Lague): the next GP joins where a GP has most to do
        heads[free[np.argmax(weight[free] / (heads[free] - 1.5))]] += 1
    return form, heads


def local_groups(minutes: Floats, size: float) -> npt.NDArray[np.int16]:
    """Divide practices over local groups (HAGRO) of about ``size`` neighbours: group number of each practice (P,).

    Groups differ by at most one practice. They are grown from the outside in and then improved by swaps while the
    travel time within groups falls.

    Args:
        minutes: travel time between practices (P, P).
    """
    count = minutes.shape[0]
    between = minutes + minutes.T
    groups = max(1, round(count / size))
    sizes = [count // groups + (g < count % groups) for g in range(groups)]
    group = np.full(count, -1, np.int16)
    for g, members in enumerate(sizes):
        free = np.flatnonzero(group < 0)
        start = free[np.argmax(between[free].sum(axis=1))]
        near = free[np.argsort(between[start, free], kind="stable")]
        near = np.concatenate([[start], near[near != start]])
        group[near[:members]] = g
    for _ in range(_SWAP_ROUNDS):
        total = np.stack([between[:, group == g].sum(axis=1) for g in range(groups)], axis=1)
        own = total[np.arange(count), group]
        to = total[:, group]  # [i, j]: time from i to the group of j
        gain = own[:, None] + own[None, :] - to - to.T + 2.0 * between
        gain[group[:, None] == group[None, :]] = 0.0
        partner = np.argmax(gain, axis=1)
        best = gain[np.arange(count), partner]
        touched: set[int] = set()
        for i in np.argsort(-best, kind="stable"):
            pair = {int(group[i]), int(group[partner[i]])}
            if best[i] <= _LEAST_GAIN:
                break
            if not pair & touched:  # a gain only holds while neither group has changed
                touched |= pair
                group[i], group[partner[i]] = group[partner[i]], group[i]
        if not touched:
            break
    _, first = np.unique(group, return_index=True)
    rank = np.empty(groups, np.int16)
    rank[np.argsort(first, kind="stable")] = np.arange(groups)
    return rank[group]
