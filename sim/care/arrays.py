"""What the kernels of care see of the model: named tuples of arrays, rebuilt when the month changes them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.agents.people import OUTSIDE_PRACTICE, WITH_CHAIN, People
from sim.compiled import kernel
from sim.world.needs import AGE_BAND_BY_MONTH

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

__all__ = [
    "Outbox",
    "Persons",
    "Requests",
    "Structure",
    "Tallies",
    "ability_of",
    "group_row",
    "has_chain",
    "is_alive",
    "make_outbox",
    "pack_persons",
    "practice_of",
    "usual_of",
]


class Persons(NamedTuple):
    """What care reads of a person, packed so that one look in memory is enough; made anew each month.

    ``record`` (n, 2): the id, and practice + 2 | (usual GP's book + 1) << 16 | row of the group tallies << 32 |
    alive << 52 | digital ability in 127ths << 53 | with a commercial chain << 60. All of these but the id change only
    between months.
    """

    record: Ints
    last_seen: npt.NDArray[np.int16]
    linked: npt.NDArray[np.int16]


@kernel(inline=True)
def practice_of(packed):  # type: ignore[no-untyped-def]
    """Practice number, -1 none, -2 outside the region."""
    return (packed & 0xFFFF) - 2


@kernel(inline=True)
def usual_of(packed):  # type: ignore[no-untyped-def]
    """Book of the usual GP, -1 none."""
    return ((packed >> 16) & 0xFFFF) - 1


@kernel(inline=True)
def group_row(packed):  # type: ignore[no-untyped-def]
    """Row of the group tallies: (node x 7 + age band) x 3 + deprivation group."""
    return (packed >> 32) & 0xFFFFF


@kernel(inline=True)
def is_alive(packed):  # type: ignore[no-untyped-def]
    """Lives in the region."""
    return (packed >> 52) & 1


@kernel(inline=True)
def ability_of(packed):  # type: ignore[no-untyped-def]
    """Digital ability, 0 to 1."""
    return float((packed >> 53) & 127) / 127.0


@kernel(inline=True)
def has_chain(packed):  # type: ignore[no-untyped-def]
    """Is with a commercial chain."""
    return (packed >> 60) & 1


@kernel(lean=True)
def _pack(n, uid, alive, birth, node, deprivation, practice, usual, digital, month, bands, record, lists):  # type: ignore[no-untyped-def]
    oldest = bands.shape[0] - 1
    # rows of one practice mostly lie together: counted in a register, written when the practice changes
    own = -1
    length = 0
    for i in range(n):
        band = int(bands[min(max(month - int(birth[i]), 0), oldest)])
        group = (int(node[i]) * 7 + band) * 3 + int(deprivation[i])
        lives = int(alive[i])
        p = int(practice[i])
        record[i, 0] = np.int64(uid[i])
        own_gp = int(usual[i])
        record[i, 1] = (p + 2) | ((max(own_gp, -1) + 1) << 16) | (group << 32) | (lives << 52)
        record[i, 1] |= int(digital[i] * np.float32(127.0) + np.float32(0.5)) << 53
        record[i, 1] |= int((own_gp == WITH_CHAIN) & (p == OUTSIDE_PRACTICE)) << 60
        if p != own:
            if own >= 0:
                lists[own] += length
            own = p
            length = 0
        length += lives
    if own >= 0:
        lists[own] += length


def pack_persons(people: People, month: int, practices: int) -> tuple[Persons, Ints]:
    """The packed records of a month, and the list size of each practice (P,)."""
    n = people.n
    record = np.empty((n, 2), np.int64)
    lists = np.zeros(practices, np.int64)
    _pack(
        n, people.uid, people.alive, people.birth_month, people.node, people.deprivation, people.practice,
        people.usual, people.digital, month, AGE_BAND_BY_MONTH, record, lists,
    )  # fmt: skip
    return Persons(record, people.last_seen, people.linked), lists


class Structure(NamedTuple):
    """Who works where: books of each practice, groups that cover for each other, practices by nearness."""

    gp_books: Ints  # (P, K) books of the practice's GPs and its locum seat, -1 padded
    role_book: Ints  # (P, 6) book by role, -1 none
    group: Ints  # (P,) local group
    group_practices: Ints  # (G, M) -1 padded
    near: Ints  # (N, K) practices by travel time from a node
    node_post: Ints  # (N,) nearest post


class Requests(NamedTuple):
    """Requests of one day (m of them), in the order in which they are handled within a practice."""

    row: npt.NDArray[np.int32]
    born: npt.NDArray[np.int32]
    ordinal: npt.NDArray[np.int32]
    step: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    what: npt.NDArray[np.int32]
    urgency: npt.NDArray[np.int32]
    asked: npt.NDArray[np.int32]  # working day of the first request


class Outbox(NamedTuple):
    """Requests that leave a kernel for another day or place: columns as ``Requests`` and a length."""

    row: npt.NDArray[np.int32]
    born: npt.NDArray[np.int32]
    ordinal: npt.NDArray[np.int32]
    step: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    what: npt.NDArray[np.int32]
    urgency: npt.NDArray[np.int32]
    asked: npt.NDArray[np.int32]
    length: Ints  # (1,)

    def requests(self) -> Requests:
        """The part in use, as requests (copies)."""
        n = int(self.length[0])
        return Requests(*(column[:n].copy() for column in self[:8]))


def make_outbox(room: int) -> Outbox:
    """An empty outbox for at most ``room`` requests."""
    a, b, c, d, e, f, g, h = np.empty((8, room), np.int32)
    return Outbox(a, b, c, d, e, f, g, h, np.zeros(1, np.int64))


class Tallies(NamedTuple):
    """Counters that only grow (see ``sim.ledger.counts``)."""

    practice: Ints  # (P + 1, PRACTICE_COUNTERS)
    group: Ints  # (N * 21, GROUP_COUNTERS)
    post: Ints  # (posts, POST_COUNTERS)
    waits: Ints  # (P + 1, WAIT_DAYS) routine waits of first requests, by practice
