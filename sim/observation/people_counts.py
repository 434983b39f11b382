"""Counts over all people, each in one pass along their columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.agents.people import NO_PRACTICE, OUTSIDE_PRACTICE, People, Search
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.world.needs import AGE_BAND_BY_MONTH

__all__ = ["STOCKS", "by_group", "by_node", "by_node_and_practice", "by_practice", "standing"]

Ints = npt.NDArray[np.int64]

STOCKS = (
    "people", "registered", "registered_outside", "without_gp", "months_without_gp", "wants_other_gp", "seen_in_year",
)  # fmt: skip
"""Columns of :func:`by_group`."""
_WAITING_LIST, _MEDIATION, _WITH_ROOM = map(int, (Search.WAITING_LIST, Search.MEDIATION, Search.MEDIATION_WITH_ROOM))


@kernel(lean=True)
def _by_node(alive, node, practice, people, without):  # type: ignore[no-untyped-def]
    for i in range(alive.shape[0]):
        if alive[i]:
            people[int(node[i])] += 1
            without[int(node[i])] += int(practice[i] == NO_PRACTICE)


def by_node(people: People, nodes: int) -> tuple[Ints, Ints]:
    """People, and people without a GP, by node (N,) each."""
    n = people.n
    everybody, without = np.zeros((2, nodes), np.int64)
    _by_node(people.alive[:n], people.node[:n], people.practice[:n], everybody, without)
    return everybody, without


@kernel(lean=True)
def _standing(alive, practice, wants, search, out):  # type: ignore[no-untyped-def]
    none, outside, other, waiting, mediation = 0, 0, 0, 0, 0
    for i in range(alive.shape[0]):
        lives = int(alive[i])
        none += lives & int(practice[i] == NO_PRACTICE)
        outside += lives & int(practice[i] == OUTSIDE_PRACTICE)
        other += lives & int(wants[i] > 0)
        waiting += lives & int(search[i] == _WAITING_LIST)
        mediation += lives & int((search[i] == _MEDIATION) | (search[i] == _WITH_ROOM))
    out[0], out[1], out[2], out[3], out[4] = none, outside, other, waiting, mediation


def standing(people: People) -> dict[str, int]:
    """How people stand with practices: the stocks of ``people_month``."""
    n = people.n
    out = np.zeros(5, np.int64)
    _standing(people.alive[:n], people.practice[:n], people.wants_other[:n], people.search[:n], out)
    names = ("without_gp", "registered_outside", "wants_other_gp", "on_waiting_list", "with_mediation")
    return dict(zip(names, out.tolist(), strict=True))


@kernel(lean=True)
def _by_group(  # type: ignore[no-untyped-def]
    alive, node, birth, deprivation, practice, since, wants, last_seen, month, year_ago, bands, out
):
    oldest = bands.shape[0] - 1
    for i in range(alive.shape[0]):
        if not alive[i]:
            continue
        band = int(bands[min(max(month - int(birth[i]), 0), oldest)])
        key = (int(node[i]) * C.AGE_BANDS + band) * C.DEPRIVATION_GROUPS + int(deprivation[i])
        none = int(practice[i] == NO_PRACTICE)
        out[key, 0] += 1
        out[key, 1] += int(practice[i] >= 0)
        out[key, 2] += int(practice[i] == OUTSIDE_PRACTICE)
        out[key, 3] += none
        out[key, 4] += none * max(0, month - int(since[i]))
        out[key, 5] += int(wants[i] > 0)
        out[key, 6] += int(last_seen[i] >= year_ago)


def by_group(people: People, month: int, year_ago: int, groups: int) -> dict[str, Ints]:
    """The stocks of ``group_year`` by group (node, age band, deprivation), each (G,).

    Args:
        people: the population.
        month: month index, for ages and months without a GP.
        year_ago: day from which on a contact counts as seen in the year.
        groups: number of groups.
    """
    n = people.n
    out = np.zeros((groups, len(STOCKS)), np.int64)
    _by_group(
        people.alive[:n], people.node[:n], people.birth_month[:n], people.deprivation[:n], people.practice[:n],
        people.search_since[:n], people.wants_other[:n], people.last_seen[:n], month, year_ago, AGE_BAND_BY_MONTH, out,
    )  # fmt: skip
    return dict(zip(STOCKS, out.T, strict=True))


@kernel(lean=True)
def _by_practice(alive, practice, birth, deprivation, month, bands, out):  # type: ignore[no-untyped-def]
    oldest = bands.shape[0] - 1
    for i in range(alive.shape[0]):
        if alive[i] and practice[i] >= 0:
            band = int(bands[min(max(month - int(birth[i]), 0), oldest)])
            out[int(practice[i]), band, int(deprivation[i])] += 1


def by_practice(people: People, month: int, practices: int) -> Ints:
    """Registered people by practice, age band in ``month`` and deprivation group (P, 7, 3)."""
    n = people.n
    out = np.zeros((practices, C.AGE_BANDS, C.DEPRIVATION_GROUPS), np.int64)
    _by_practice(
        people.alive[:n], people.practice[:n], people.birth_month[:n], people.deprivation[:n], month,
        AGE_BAND_BY_MONTH, out,
    )  # fmt: skip
    return out


@kernel(lean=True)
def _by_node_and_practice(alive, node, practice, out):  # type: ignore[no-untyped-def]
    for i in range(alive.shape[0]):
        if alive[i] and practice[i] >= 0:
            out[int(node[i]), int(practice[i])] += 1


def by_node_and_practice(people: People, nodes: int, practices: int) -> Ints:
    """Registered people by node and practice (N, P)."""
    n = people.n
    out = np.zeros((nodes, practices), np.int64)
    _by_node_and_practice(people.alive[:n], people.node[:n], people.practice[:n], out)
    return out
