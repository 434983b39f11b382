"""The digital front door of practices: who comes through it, what ends there, whose time it takes, whom it draws.

It stands before the telephone. A request through it makes no call; an assistant and perhaps a GP handle it at their
desks, with minutes that are then not there for visits; what is not answered there goes on to triage and booking.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Ints, Requests, Structure, Tallies, ability_of, group_row
from sim.care.books import ASSISTANT, LOCUM, MASK, AppointmentBooks, open_days_of
from sim.care.tables import Rules
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.randomness.philox import draw4
from sim.randomness.streams import Stream
from sim.world.needs import PLANNED_ORDINAL

__all__ = ["INDUCED_ORDINAL", "FrontDoor"]

INDUCED_ORDINAL = 62
"""Ordinal of a request that an easier channel brought."""

PHONE, DIGITAL, ENDED, GONE = range(4)
_ROUTINE = 4
_TODAY = 3


@kernel(lean=True)
def _enter(seed, stream, episode, requests, entity, packed, where, rules, tallies, desk, way, source):  # type: ignore[no-untyped-def]
    """Way of each request (m,), and in ``source`` (m,) those that bring another one; returns how many these are.

    The questions that end here are those that an assistant's advice by telephone would have ended first: both look at
    the same word. So only what the screen resolves beyond that is gained.
    """
    born, ordinal, step, what, urgency = (
        requests.born, requests.ordinal, requests.step, requests.what, requests.urgency,
    )  # fmt: skip
    practices = desk.shape[0]
    tp, tg = tallies.practice, tallies.group
    brought = 0
    for j in range(where.shape[0]):
        way[j] = PHONE
        q = int(where[j])
        if q >= practices or ordinal[j] == PLANNED_ORDINAL or urgency[j] < _TODAY:
            continue
        rule = rules.rows[int(rules.variant[q])]
        door, induced = rule["door"], rule["induced"]
        if door <= 0.0 and induced <= 0.0:
            continue
        g = group_row(int(packed[j]))
        able = ability_of(int(packed[j]))  # a person's own, and stays so
        time = int(born[j]) * 64 + int(ordinal[j])
        u0, u1, _, _ = draw4(seed, stream, entity[j], time, 1 + int(step[j]))
        own = int(ordinal[j]) != INDUCED_ORDINAL
        if step[j] == 0 and own and u1 < induced * able:
            source[brought] = j
            brought += 1
        if u0 >= door * able and own:
            continue
        way[j] = DIGITAL
        desk[q, 0] += rule["desk_seconds"]
        desk[q, 1] += rule["desk_gp_seconds"]
        desk[q, 2] += int(own)
        _, u, _, _ = draw4(seed, episode, entity[j], time, int(step[j]) * 3)
        if urgency[j] >= _ROUTINE and u < rule["door_resolved"][int(what[j])]:
            way[j] = ENDED
            tp[q, C.SELF_CARE] += 1
            tg[g, C.G_NEEDS] += int(int(step[j]) == 0)
    return brought


@kernel(lean=True)
def _take(now, desk, freed, owed, books, structure, overtime, taken, tally):  # type: ignore[no-untyped-def]
    """Give the day's desk work to assistants, and what they have no room for to GPs; the rest is owed tomorrow.

    Assistants do it between calls, in the ``freed`` seconds of each call that was not made, and then instead of visits.
    """
    column = now & MASK
    capacity, booked = books.capacity, books.booked
    for q in range(desk.shape[0]):
        left = max(0, int(desk[q, 0]) - int(desk[q, 2]) * freed)
        mine = int(desk[q, 1])
        tally[q, C.ASSISTANT_ASKED] += left
        tally[q, C.GP_ASKED] += mine
        b = int(structure.role_book[q, ASSISTANT])
        if b >= 0 and left > 0:
            part = min(left, max(0, int(capacity[b, column]) - int(booked[b, column])))
            if part > 0:
                taken[b] += part
                booked[b, column] += part
                left -= part
                open_days_of(books, b, now)
        tally[q, C.ASSISTANT_ASKED] -= left
        tally[q, C.GP_ASKED] += left
        left += mine + int(owed[q])
        for turn in range(2):
            share = 1.0 if turn == 0 else 1.0 + overtime
            for k in range(structure.gp_books.shape[1]):
                b = int(structure.gp_books[q, k])
                if b < 0 or left <= 0:
                    break
                c = int(capacity[b, column])
                part = min(left, max(0, int(c * share) - int(booked[b, column])))
                if c > 0 and part > 0:
                    taken[b] += part
                    booked[b, column] += part
                    left -= part
                    open_days_of(books, b, now)
        owed[q] = left


@kernel(lean=True)
def _count(taken, used, room, books, tally):  # type: ignore[no-untyped-def]
    """Desk work is time used, after the day's visits."""
    for b in range(taken.shape[0]):
        extra = int(taken[b])
        if extra == 0:
            continue
        home = int(books.practice[b])
        over = max(0, int(used[b]) - int(room[b]))
        used[b] += extra
        if int(books.role[b]) <= LOCUM:
            tally[home, C.GP_USED] += extra
            tally[home, C.GP_OVERTIME] += max(0, int(used[b]) - int(room[b])) - over
        else:
            tally[home, C.ASSISTANT_USED] += extra


@dataclass
class FrontDoor:
    """Digital doors of all practices, between days.

    Attributes:
        owed: (P,) seconds of desk work that nobody had time for yet.
        through, ended, brought: requests through a door so far, those that ended there, those that would not have come.
    """

    owed: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    through: int = 0
    ended: int = 0
    brought: int = 0
    _desk: Ints = field(default_factory=lambda: np.zeros((0, 3), np.int64))
    _taken: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    def enter(
        self,
        seed: int,
        requests: Requests,
        entity: npt.NDArray[np.uint64],
        packed: Ints,
        where: Ints,
        practices: int,
        rules: Rules,
        tallies: Tallies,
    ) -> tuple[Requests, npt.NDArray[np.uint64], Ints, Ints, npt.NDArray[np.bool_]]:
        """Let a day's requests in.

        Args:
            seed: the run's seed.
            requests, entity, packed, where: see ``sim.care.lineup.place``.
            practices: number of practices.
            rules, tallies: see ``sim.care.tables`` and ``sim.care.arrays``.

        Returns:
            The same of those who go on to triage, with the requests that the doors brought behind them, and for each
            whether it needs no call.
        """
        self._desk = np.zeros((practices, 3), np.int64)
        way, first = self._ways(seed, requests, entity, packed, where, rules, tallies)
        parts = [(requests, entity, packed, where, way)]
        if first.size:
            more = Requests(*(column[first] for column in requests))
            more.ordinal[:] = INDUCED_ORDINAL
            more.urgency[:] = _ROUTINE
            tallies.practice[:, C.NEEDS] += np.bincount(where[first], minlength=practices + 1)
            ways, _ = self._ways(seed, more, entity[first], packed[first], where[first], rules, tallies)
            parts.append((more, entity[first], packed[first], where[first], ways))
        ways = np.concatenate([part[4] for part in parts])
        kept = ways != ENDED
        self.through += int(np.count_nonzero(ways != PHONE))
        self.ended += int(np.count_nonzero(~kept))
        self.brought += first.size
        joined = (np.concatenate(columns)[kept] for columns in zip(*(part[0] for part in parts), strict=True))
        return (
            Requests(*joined),
            np.concatenate([part[1] for part in parts])[kept],
            np.concatenate([part[2] for part in parts])[kept],
            np.concatenate([part[3] for part in parts])[kept],
            ways[kept] == DIGITAL,
        )

    def _ways(
        self,
        seed: int,
        requests: Requests,
        entity: npt.NDArray[np.uint64],
        packed: Ints,
        where: Ints,
        rules: Rules,
        tallies: Tallies,
    ) -> tuple[npt.NDArray[np.uint8], Ints]:
        way, source = np.empty(where.size, np.uint8), np.empty(where.size, np.int64)
        brought = _enter(
            seed, int(Stream.DIGITAL), int(Stream.EPISODE), requests, entity, packed, where, rules, tallies,
            self._desk, way, source,
        )  # fmt: skip
        return way, source[:brought]

    def begin(
        self, now: int, books: AppointmentBooks, structure: Structure, rules: Rules, tally: Ints, freed: int
    ) -> None:
        """Desk work takes its time out of today's books, before anybody is booked; ``freed``: seconds of a call."""
        practices = self._desk.shape[0]
        if practices > self.owed.size:
            self.owed = np.append(self.owed, np.zeros(practices - self.owed.size, np.int64))
        self._taken = np.zeros(books.role.size, np.int64)
        _take(now, self._desk, freed, self.owed, books, structure, rules.urgent_overtime, self._taken, tally)

    @property
    def taken(self) -> Ints:
        """Seconds that desk work takes out of each book today (R,)."""
        return self._taken

    def end(self, used: Ints, room: Ints, books: AppointmentBooks, tally: Ints) -> None:
        """Count desk work as time used: ``used`` and ``room`` (R,) are seconds of today's visits and capacity."""
        _count(self._taken, used, room, books, tally)
