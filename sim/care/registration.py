"""Registration: list states, searching along the network, waiting, the insurer's mediation.

A person has a practice (or none, or one outside the region) and a search state. A practice is open, conditional (own
area and families of patients) or full: by the room it feels it has (a trait, less when its book is long), and when its
book has been much longer than its neighbours' for some months. Households search together; who goes first in a month
is a keyed draw.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.agents.people import NO_PRACTICE, OUTSIDE_PRACTICE, WITH_CHAIN, People
from sim.compiled import kernel
from sim.parameters import Parameters
from sim.randomness.philox import UNIT32, fill_words, uniforms, words
from sim.randomness.streams import Stream
from sim.sorting import order_by

__all__ = [
    "CONDITIONAL",
    "FULL",
    "OPEN",
    "ListRoom",
    "SearchResult",
    "list_sizes",
    "new_wishes",
    "search_month",
    "without_usual",
]

OPEN, CONDITIONAL, FULL = range(3)
LOOKING, WAITING, MEDIATED, MEDIATED_WITH_ROOM, VISITING, HELPED = 1, 2, 3, 4, 5, 6
ANYWHERE, WITH_ROOM = 1, 2
"""Where the insurer places somebody this month: also with full lists, or with a practice that has room."""
_BLOCK = 2048

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@kernel(lean=True)
def _count_lists(alive, practice, out):  # type: ignore[no-untyped-def]
    # rows of one practice mostly lie together: counted in a register, written when the practice changes
    own = NO_PRACTICE
    length = 0
    for i in range(alive.shape[0]):
        p = int(practice[i]) if alive[i] else NO_PRACTICE
        if p != own:
            if own >= 0:
                out[own] += length
            own = p
            length = 0
        length += 1
    if own >= 0:
        out[own] += length


def list_sizes(people: People, practices: int) -> Ints:
    """Registered people by practice (P,)."""
    out = np.zeros(practices, np.int64)
    _count_lists(people.alive[: people.n], people.practice[: people.n], out)
    return out


@kernel(lean=True)
def _without_usual(alive, practice, usual, out):  # type: ignore[no-untyped-def]
    m = 0
    for i in range(alive.shape[0]):
        if usual[i] < 0 and practice[i] >= 0 and alive[i]:
            out[m] = i
            m += 1
    return m


def without_usual(people: People) -> Ints:
    """Rows of registered people who have no usual GP."""
    n = people.n
    out = np.empty(n, np.int64)
    found = _without_usual(people.alive[:n], people.practice[:n], people.usual[:n], out)
    return out[: int(found)].copy()


@dataclass
class ListRoom:
    """The list a practice is ready to carry and the state that follows from it.

    Attributes:
        carries: (P,) list size the practice is ready to carry with a short book.
        state: (P,) open, conditional or full.
        busy: (P,) third-next-available against the mean of the region, smoothed over months.
        closed: (P,) the practice has ended: its list is full for good.
    """

    carries: Floats
    state: Ints
    busy: Floats
    closed: npt.NDArray[np.bool_]

    @classmethod
    def start(
        cls, lists: Ints, practice_ids: npt.NDArray[np.uint64], without: Floats, p: Parameters, seed: int
    ) -> ListRoom:
        """Draw the trait of each practice, keyed by its id, and the first states.

        Args:
            lists: (P,) list sizes.
            practice_ids: (P,) ids.
            without: (P,) share of people without a GP in the practice's municipality: where it is high, few
                practices have ample room.
            p: parameters.
            seed: the run's seed.
        """
        u = uniforms(seed, int(Stream.LIST_TRAIT), practice_ids)
        z = np.sqrt(-2.0 * np.log(1.0 - u[:, 0])) * np.cos(2.0 * np.pi * u[:, 1])
        room = p.number("registration.room_mean") + p.number("registration.room_spread") * z
        low, high = p.column("registration.ample_room")
        ample = u[:, 2] < p.number("registration.ample_share") * without.min() / np.maximum(without, 1e-9)
        room = np.where(ample, low + (high - low) * u[:, 3], room)
        nobody = np.zeros(lists.size, bool)
        return cls(lists * (1.0 + room), np.full(lists.size, OPEN, np.int64), np.ones(lists.size), nobody)

    def add_practices(self, count: int) -> None:
        """Practices that open, with an open list that carries nobody until it is said how many."""
        self.carries = np.append(self.carries, np.zeros(count))
        self.state = np.append(self.state, np.full(count, OPEN, np.int64))
        self.busy = np.append(self.busy, np.ones(count))
        self.closed = np.append(self.closed, np.zeros(count, bool))

    def observe(self, third_next: Floats, p: Parameters) -> None:
        """Take in a month's third-next-available appointment (P,); practices that have ended do not count."""
        memory = p.number("registration.busy_memory")
        mean = float(third_next[~self.closed].sum()) / max(1, int(np.count_nonzero(~self.closed)))
        self.busy = memory * self.busy + (1.0 - memory) * third_next / max(mean, 0.5)

    def room(self, lists: Ints, third_next: Floats, p: Parameters) -> Floats:
        """Places each practice is ready to give (P,), negative when it carries too many, -inf when it has ended."""
        pressure = np.clip(p.number("registration.wait_pressure") * (third_next - 5.0), 0.0, 0.05)
        return np.where(self.closed, -np.inf, self.carries * (1.0 - pressure) - lists)

    def update(self, lists: Ints, third_next: Floats, p: Parameters, first: bool = False) -> Ints:
        """Set the states of this month; returns the practices whose state changed."""
        share = self.room(lists, third_next, p) / np.maximum(lists, 1)
        margin = 0.0 if first else p.number("registration.reopen_margin")
        below = p.number("registration.conditional_below")
        full_bar = np.where(self.state == FULL, margin, 0.0)
        too_busy = p.number("registration.full_when_busy") - np.where(
            self.state == FULL, p.number("registration.busy_margin"), 0.0
        )
        conditional_bar = np.where(self.state >= CONDITIONAL, below + 0.5 * margin, below)
        full = (share < full_bar) | (self.busy > too_busy) | self.closed
        state = np.where(full, FULL, np.where(share < conditional_bar, CONDITIONAL, OPEN))
        changed = np.flatnonzero(state != self.state)
        self.state = state.astype(np.int64)
        return changed


@dataclass
class SearchResult:
    """What a month of searching did: rows that joined a practice, and counts of tries and refusals."""

    joined: Ints
    refused: int
    mediated: int


@kernel
def _chosen(seed, stream, month, n, uid, alive, practice, wants, bar, out):  # type: ignore[no-untyped-def]
    words = np.empty((4, _BLOCK), np.uint32)
    luck = words[0]
    m = 0
    for begin in range(0, n, _BLOCK):
        size = min(_BLOCK, n - begin)
        fill_words(seed, stream, uid[begin : begin + size], month, 1, words)
        for j in range(size):
            i = begin + j
            if luck[j] < bar and alive[i] and practice[i] >= 0 and wants[i] == 0:
                out[m] = i
                m += 1
    return m


def new_wishes(people: People, month: int, seed: int, chance: float) -> Ints:
    """Rows of registered people who come to want another GP this month, keyed by person and month."""
    out = np.empty(people.n, np.int64)
    bar = np.uint32(min(int(chance * 4294967296.0), 4294967295))
    stream = int(Stream.WISH)
    found = _chosen(
        seed, stream, month, people.n, people.uid, people.alive, people.practice, people.wants_other, bar, out
    )
    return out[: int(found)].copy()


class _Seekers(NamedTuple):
    """People who search this month, in the order of rows."""

    row: Ints
    household: npt.NDArray[np.uint64]
    kind: Ints  # with a practice outside the region, without one, registered but wanting another
    practice: Ints  # at the beginning of the month
    asks: Floats  # luck with which mediation is asked
    placed: Floats  # luck with which mediation finds a place


@kernel
def _who_seeks(  # type: ignore[no-untyped-def]
    seed, search_stream, wish_stream, month, uid, household, alive, practice, usual, wants, search,
    rate, wish_ends, dropped, row, house, kind, current, asks, placed,
):  # fmt: skip
    """Fill the columns of ``_Seekers`` and return their number; wishes end and registrations lapse on the way."""
    n = alive.shape[0]
    luck = np.empty((4, _BLOCK), np.uint32)
    own = np.empty((4, _BLOCK), np.uint32)
    some = np.empty(_BLOCK, np.int64)
    person = np.empty(_BLOCK, np.uint64)
    home = np.empty(_BLOCK, np.uint64)
    m = 0
    for begin in range(0, n, _BLOCK):
        found = 0
        for i in range(begin, min(n, begin + _BLOCK)):
            some[found] = i
            found += int(alive[i]) & ((int(practice[i] < 0) & int(search[i] != VISITING)) | int(wants[i] > 0))
        for j in range(found):
            person[j] = uid[some[j]]
            home[j] = household[some[j]]
        fill_words(seed, search_stream, home[:found], month, 0, luck)
        fill_words(seed, wish_stream, person[:found], month, 0, own)
        for j in range(found):
            i = int(some[j])
            p = int(practice[i])
            chain = p == OUTSIDE_PRACTICE and usual[i] == WITH_CHAIN  # seeks as who has none
            k = 2 if p >= 0 else (0 if p == OUTSIDE_PRACTICE and not chain else 1)
            if search[i] == 0:
                search[i] = LOOKING
            # the wish of registered people comes and goes; movers may be struck off
            if k == 2 and float(own[0, j]) * UNIT32 < wish_ends:
                wants[i] = 0
                search[i] = 0
                continue
            if k == 0 and float(own[1, j]) * UNIT32 < dropped:
                practice[i] = NO_PRACTICE
            pace = rate[0 if search[i] == HELPED else k]
            if float(luck[0, j]) * UNIT32 < pace or search[i] == MEDIATED_WITH_ROOM:
                row[m] = i
                house[m] = home[j]
                kind[m] = k
                current[m] = p
                asks[m] = float(own[2, j]) * UNIT32
                placed[m] = float(own[3, j]) * UNIT32
                m += 1
    return m


def _seekers(people: People, month: int, seed: int, p: Parameters) -> _Seekers:
    n = people.n
    row, kind, practice = (np.empty(n, np.int64) for _ in range(3))
    asks, placed = np.empty(n), np.empty(n)
    household = np.empty(n, np.uint64)
    m = _who_seeks(
        seed, int(Stream.SEARCH), int(Stream.WISH), month, people.uid[:n], people.household[:n], people.alive[:n],
        people.practice[:n], people.usual[:n], people.wants_other[:n], people.search[:n],
        p.column("registration.search_rate"), p.number("registration.wish_ends"),
        p.number("registration.dropped_by_old"), row, household, kind, practice, asks, placed,
    )  # fmt: skip
    return _Seekers(row[:m], household[:m], kind[:m], practice[:m], asks[:m], placed[:m])


@kernel(lean=True)
def _family(n, alive, practice, household, table, sieve, place):  # type: ignore[no-untyped-def]
    """For households in the open-addressing ``table``, note the practice of a registered member (lowest number).

    ``sieve`` (65536,) has a mark for the last 16 bits of each household in the table: it stays in the fastest memory
    and lets nearly everybody pass by.
    """
    low = np.uint64(0xFFFF)
    mask = np.uint64(table.shape[0] - 1)
    zero = np.uint64(0)
    one = np.uint64(1)
    for i in range(n):
        h = household[i]
        if sieve[h & low] == 0 or not alive[i] or practice[i] < 0:
            continue
        at = h & mask
        while table[at] != zero:
            if table[at] == h:
                if place[at] < 0 or int(practice[i]) < place[at]:
                    place[at] = int(practice[i])
                break
            at = (at + one) & mask


@kernel(lean=True)
def _insert(households, table):  # type: ignore[no-untyped-def]
    mask = np.uint64(table.shape[0] - 1)
    zero = np.uint64(0)
    one = np.uint64(1)
    for j in range(households.shape[0]):
        h = households[j]
        at = h & mask
        while table[at] != zero and table[at] != h:
            at = (at + one) & mask
        table[at] = h


@kernel(lean=True)
def _lookup(households, table, place, out):  # type: ignore[no-untyped-def]
    mask = np.uint64(table.shape[0] - 1)
    zero = np.uint64(0)
    one = np.uint64(1)
    for j in range(households.shape[0]):
        h = households[j]
        at = h & mask
        out[j] = -1
        while table[at] != zero:
            if table[at] == h:
                out[j] = place[at]
                break
            at = (at + one) & mask


@kernel(lean=True)
def _search(  # type: ignore[no-untyped-def]
    start, node, current, since, kind, family, mediated_now, size, near, minutes, state, room, tries, own_area, far, out
):
    """Groups (households) search in order; ``out[g]`` is the practice that accepted, or -1. Returns refusals."""
    refused = 0
    for g in range(node.shape[0]):
        out[g] = -1
        at = int(node[g])
        if mediated_now[g]:
            best = -1
            most = -math.inf  # what a practice that has ended has
            for j in range(near.shape[1]):
                q = int(near[at, j])
                if q < 0 or minutes[at, q] > far:
                    break
                if mediated_now[g] == WITH_ROOM and (int(state[q]) == FULL or room[q] < size[g]):
                    continue
                if q != int(current[g]) and room[q] > most:
                    best = q
                    most = room[q]
            if best >= 0:
                out[g] = best
                room[best] -= size[g]
                continue
        k = 0
        first = (int(since[g]) * tries) % max(1, near.shape[1])
        for j in range(near.shape[1]):
            if k >= tries:
                break
            place = j if int(kind[g]) == 2 else (first + j) % near.shape[1]
            q = int(near[at, place])
            if q < 0 or minutes[at, q] > far or q == int(current[g]):
                if int(kind[g]) == 2 and (q < 0 or minutes[at, q] > far):
                    break
                continue
            k += 1
            s = int(state[q])
            fits = s == OPEN or (s == CONDITIONAL and (minutes[at, q] <= own_area or int(family[g]) == q))
            if fits and room[q] >= size[g]:
                out[g] = q
                room[q] -= size[g]
                break
            refused += 1
    return refused


def search_month(
    people: People,
    month: int,
    seed: int,
    p: Parameters,
    room: Floats,
    state: Ints,
    near: Ints,
    minutes: npt.NDArray[np.float32],
) -> SearchResult:
    """One month of searching. Writes ``practice`` and ``search`` of who is accepted (``usual`` is the caller's).

    Args:
        people: the population.
        month: month index.
        seed: the run's seed.
        p: parameters.
        room: (P,) places each practice is ready to give; used up in place.
        state: (P,) list states.
        near: (N, K) practices by travel time from each node, -1 padded.
        minutes: (N, P) car minutes from node to practice.
    """
    rows, household, kind, practice, asking, placing = _seekers(people, month, seed, p)
    if rows.size == 0:
        return SearchResult(rows, 0, 0)
    # households in keyed order, members together; people of one household but different standing apart
    order = order_by(people.uid[rows], kind, household, words(seed, int(Stream.SEARCH), household, month, 1)[:, 0])
    rows, household, kind, practice = rows[order], household[order], kind[order], practice[order]
    new = np.r_[True, (household[1:] != household[:-1]) | (kind[1:] != kind[:-1])]
    start = np.flatnonzero(new)
    size = np.diff(np.r_[start, rows.size])
    head = rows[start]
    table = np.zeros(1 << int(np.ceil(np.log2(2 * start.size + 2))), np.uint64)
    place = np.full(table.size, -1, np.int64)
    _insert(household[start], table)
    sieve = np.zeros(65536, np.uint8)
    sieve[household[start] & np.uint64(0xFFFF)] = 1
    _family(people.n, people.alive, people.practice, people.household, table, sieve, place)
    family = np.empty(start.size, np.int64)
    _lookup(household[start], table, place, family)
    asks = (kind[start] < 2) & (asking[order[start]] < p.number("registration.mediation_rate"))
    people.search[rows[np.repeat(asks, size)]] = MEDIATED
    mediated = people.search[head] == MEDIATED
    served = placing[order[start]] < p.number("registration.mediation_places")
    placed = np.where(mediated & served, ANYWHERE, 0)
    more = p.number("registration.mediation_rate") + p.number("registration.mediation_extra")
    asks = (kind[start] < 2) & ~mediated & (asking[order[start]] < more)
    people.search[rows[np.repeat(asks, size)]] = MEDIATED_WITH_ROOM
    placed[(people.search[head] == MEDIATED_WITH_ROOM) & served] = WITH_ROOM
    out = np.empty(start.size, np.int64)
    refused = _search(
        start,
        people.node[head],
        practice[start],
        np.maximum(0, month - people.search_since[head].astype(np.int64)),
        kind[start],
        family,
        placed,
        size.astype(np.int64),
        near,
        minutes,
        state,
        room,
        int(p.number("registration.tries")),
        p.number("registration.own_area_minutes"),
        p.number("registration.search_minutes"),
        out,
    )
    member = np.repeat(out, size)
    joined = rows[member >= 0]
    people.practice[joined] = member[member >= 0].astype(np.int16)
    people.search[joined] = 0
    people.wants_other[joined] = 0
    left = rows[(member < 0) & (people.search[rows] == LOOKING)]
    people.search[left] = WAITING
    found = np.count_nonzero((placed == ANYWHERE) | ((placed == WITH_ROOM) & (out >= 0)))
    return SearchResult(joined, int(refused), int(found))
