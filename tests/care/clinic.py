"""Care in miniature: a few practices made by hand, with all luck taken out unless a test puts some in.

Everything goes through ``CareSystem.daytime``, the practices' day of the product. A visit takes one unit of
``SLOT`` seconds with every handler, a day of a book is ``slots`` visits long, callers never hang up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.care.arrays import Requests, Structure, pack_persons
from sim.care.books import GP, RING
from sim.care.post import OutOfHours
from sim.care.system import CareSystem
from sim.care.telephone import Telephone
from sim.dates import Calendar, month_of
from sim.ledger import counts as C
from sim.ledger.ledger import Ledger
from sim.parameters import load_parameters
from sim.randomness.ids import Kind, identify
from sim.world.needs import MonthNeeds

Ints = npt.NDArray[np.int64]

SLOT = 600
MONDAY = date(2025, 3, 3)
"""Seven weeks without a public holiday follow."""

ROUTINE, TODAY, HIGH = 4, 3, 2
"""Urgencies of the day: routine, to be seen today, and so urgent that the emergency department is next."""


class Ask(NamedTuple):
    """Somebody asks for care."""

    who: int
    urgency: int = ROUTINE
    second: int = 9 * 3600
    what: int = 0
    ordinal: int = 0


class Booking(NamedTuple):
    """What a cell of a book holds."""

    who: int
    asked: int
    step: int
    seconds: int


def neutral(complaints: int = 10) -> dict[str, Any]:
    """Tables in which nothing is left to chance: a GP's consult for everybody, no follow-up, no drop-out."""
    zeros = np.zeros(complaints)
    return {
        "self_care": zeros, "advice": zeros, "assistant": zeros, "mental": zeros, "advanced": zeros, "phone": zeros,
        "long": zeros, "visit": np.zeros(7), "gp_seconds": np.full(4, SLOT), "role_seconds": np.full(6, SLOT),
        "follow_up": zeros, "follow_up_days": np.full(complaints, 7.0), "referral": zeros,
        "drop_to": np.array([1.0, 1.0, 1.0]), "passant": np.zeros(2), "unregistered_to": np.array([1.0, 1.0, 1.0]),
        "online": 0.0, "hold": 0.0, "sooner": 4, "any_gp": 0.0, "horizon": 62, "drop_rate": 0.0, "drop_free": 2.0,
        "phone_share": 0.0, "phone_seconds": SLOT // 2, "no_show": 0.0, "rebooks": 0.0, "distant": 1.0,
    }  # fmt: skip


def month_needs(day: int, asks: Sequence[Ask], late: Sequence[Ask] = ()) -> MonthNeeds:
    """A month of one day: needs in office hours, and out of hours."""
    everybody = [*asks, *late]

    def column(name: str, dtype: type[np.generic]) -> npt.NDArray[Any]:
        return np.array([getattr(ask, name) for ask in everybody], dtype)

    return MonthNeeds(
        first_day=day,
        start=np.array([0, len(asks), len(everybody)], np.int64),
        row=column("who", np.int32),
        ordinal=column("ordinal", np.uint8),
        second=column("second", np.int32),
        what=column("what", np.uint8),
        urgency=column("urgency", np.uint8),
    )


def make_people(patients: Sequence[tuple[int, int]], at: date = MONDAY, **columns: Any) -> People:
    """Adults of 40 at node 0, one for each (practice, book of the usual GP)."""
    people = People()
    n = len(patients)
    given: dict[str, Any] = {
        "uid": identify(Kind.RESIDENT, np.arange(n), 0, 0),
        "birth_month": month_of(at) - 480,
        "node": 0,
        "household": identify(Kind.HOUSEHOLD, np.arange(n), 0, 0),
        "practice": [practice for practice, _ in patients],
        "usual": [usual for _, usual in patients],
    }
    people.add(n, **{**given, **columns})
    return people


@dataclass
class Clinic:
    """Practices at work; ``day`` is the next day of the calendar to be lived."""

    care: CareSystem
    people: People
    ledger: Ledger
    calendar: Calendar
    lists: Ints
    day: int = 0
    evening: Requests | None = field(default=None)
    """Who was sent to the out-of-hours post by the last day."""

    @property
    def now(self) -> int:
        """Working-day number of the next day."""
        return int(self.calendar.working_day_number[self.day])

    def capacity(self, book: int, slots: Sequence[int]) -> None:
        """Visits that fit in a book on the coming working days, from today on."""
        for offset, number in enumerate(slots):
            self.care.books.capacity[book, (self.now + offset) % RING] = number * SLOT

    def live(self, asks: Sequence[Ask] = (), planned: Sequence[int] = ()) -> None:
        """One working day and the closed days after it. The book's new last day is as long as today."""
        self.live_needs(month_needs(self.day, asks), planned)

    def live_needs(self, needs: MonthNeeds, planned: Sequence[int] = ()) -> None:
        """The same with the day's needs as the product draws them."""
        care, now = self.care, self.now
        self.evening = care.daytime(self.day, needs, np.array(planned, np.int64), self.lists)
        care.books.capacity[:, (now + RING - 1) % RING] = care.books.capacity[:, now % RING]
        self.day = int(self.calendar.next_open[self.day + 1])

    def assume(self, **tables: Any) -> None:
        """Entries of ``CareTables`` that are different from now on, the same for all practices."""
        shared = {"horizon", "elastic", "urgent_overtime"}
        now = self.care.tables._asdict()
        # in the types that they have: with others every kernel would be compiled anew
        rows = {
            name: value if name in shared else np.asarray(value, now[name].dtype)[None]
            for name, value in tables.items()
        }
        self.care.set_tables(self.care.tables._replace(**rows))

    def lose(self, rows: Sequence[int]) -> None:
        """These people die between months."""
        self.people.remove(np.array(rows), self.day)
        self.refresh()

    def refresh(self) -> None:
        """Care sees the people as they are now."""
        month = int(self.calendar.month_index[self.day])
        self.care.persons, self.lists = pack_persons(self.people, month, self.lists.size)

    def booked(self, book: int, days: int = 10) -> list[int]:
        """Number of bookings of the coming working days, from the next day to be lived on."""
        return [int(self.care.books.bookings[book, (self.now + k) % RING]) for k in range(days)]

    def bookings(self, book: int, offset: int) -> list[Booking]:
        """What a book holds for a coming working day, in the order of booking."""
        column = (self.now + offset) % RING
        cells = self.care.books.entry[column, book, : int(self.care.books.bookings[book, column])].tolist()
        return [
            Booking(who=person & 0xFFFFFFFF, asked=person >> 48, step=meta >> 17 & 7, seconds=meta & 8191)
            for person, meta in cells
        ]

    def told(self, counter: int, practice: int | None = None) -> int:
        """A counter, of one practice (the number of practices = people without one) or of all."""
        column = self.ledger.practice[:, counter]
        return int(column.sum() if practice is None else column[practice])

    def flows(self) -> dict[str, int]:
        """All counters of requests that are not zero, by name."""
        total = self.ledger.practice.sum(axis=0)
        return {C.PRACTICE_NAMES[k]: int(total[k]) for k in (*C.SOURCES, *C.SINKS) if total[k]}

    def balance(self) -> int:
        """Requests that came in less those that ended or wait: zero, always."""
        return self.ledger.flow(C.SOURCES) - self.ledger.flow(C.SINKS) - self.care.waiting()


def make_clinic(
    staff: Sequence[Sequence[int]] = ((GP,),),
    patients: Sequence[tuple[int, int]] = ((0, 0),) * 100,
    slots: int = 10,
    mode: str = "hard",
    groups: Sequence[int] | None = None,
    begin: date = MONDAY,
    lines: int = 100,
    seed: int = 1,
    **tables: Any,
) -> Clinic:
    """A clinic.

    Args:
        staff: roles of each practice's books; books are numbered through, from 0.
        patients: (practice, book of the usual GP) of each person; practice -1 none, -2 outside the region.
        slots: visits in a day of a book.
        mode: capacity mode.
        groups: local group of each practice; all in one if left out.
        begin: first day, on which practices are open.
        lines: telephone lines of a practice.
        seed: of the draws.
        tables: entries of ``CareTables`` that differ from ``neutral()``.
    """
    p = load_parameters()
    practices = len(staff)
    role = np.array([r for books in staff for r in books], np.int64)
    practice = np.array([k for k, books in enumerate(staff) for _ in books], np.int64)
    group = np.array(groups if groups is not None else [0] * practices, np.int64)
    members = [[k for k in range(practices) if group[k] == g] for g in range(int(group.max()) + 1)]
    role_book = np.full((practices, 6), -1, np.int64)
    for book in range(role.size):
        if role[book] > GP:
            role_book[practice[book], role[book]] = book
    structure = Structure(
        gp_books=padded([np.flatnonzero((practice == k) & (role <= 1)).tolist() for k in range(practices)]),
        role_book=role_book,
        group=group,
        group_practices=padded(members),
        near=np.arange(practices)[None, :].astype(np.int64),
        node_post=np.zeros(1, np.int64),
    )
    calendar = Calendar(begin, 4_000)
    people = make_people(patients, begin)
    ledger = Ledger.empty(practices, 1, 1)
    ids = identify(Kind.PRACTICE, np.arange(practices), 0, 0)
    telephone = Telephone.of(p, seed, ids, np.full((practices, 24), lines), 99.0)
    telephone.online = 0.0
    telephone.patience_seconds = 1e9
    posts = OutOfHours.of(p, seed, np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros((1, 1)))
    books = SimpleNamespace(practice=practice, role=role, size=role.size)
    care = CareSystem.of(p, mode, seed, calendar, books, structure, ledger, telephone, posts)
    clinic = Clinic(care, people, ledger, calendar, np.zeros(practices, np.int64))
    clinic.assume(**{**neutral(), **tables})
    clinic.refresh()
    for book in range(role.size):
        clinic.capacity(book, [slots] * (RING - 1))
    return clinic


def padded(rows: Sequence[Sequence[int]]) -> Ints:
    """Lists of numbers as a table, filled up with -1 to one column more than the longest."""
    out = np.full((len(rows), max(len(row) for row in rows) + 1), -1, np.int64)
    for k, row in enumerate(rows):
        out[k, : len(row)] = row
    return out


def asks(first: int, last: int, urgency: int = ROUTINE, **fields: Any) -> list[Ask]:
    """Requests of the people ``first`` to ``last - 1``, calling in the order of their rows, a second apart."""
    return [Ask(who, urgency, 9 * 3600 + who, **fields) for who in range(first, last)]
