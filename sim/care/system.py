"""Daytime care and the out-of-hours posts of a region, day by day: the parts of ``sim.care`` in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Ints, Outbox, Persons, Requests, Structure, Tallies, make_outbox
from sim.care.booking import book_requests
from sim.care.books import (
    GP,
    RING,
    AppointmentBooks,
    begin_day,
    make_books,
    third_next_available,
    visit_seconds,
    with_owners,
)
from sim.care.callers import Callers
from sim.care.consultation import displace, see_patients
from sim.care.front_door import FrontDoor
from sim.care.handover import empty_books
from sim.care.lineup import arrange, episode_words, gather, line_up, place
from sim.care.night import nights_calls
from sim.care.post import OutOfHours
from sim.care.tables import CareTables, Rules, care_tables
from sim.care.telephone import Telephone
from sim.care.triage import triage
from sim.dates import Calendar
from sim.ledger.ledger import Ledger
from sim.modifiers import Resolved
from sim.parameters import Parameters
from sim.randomness.streams import Stream
from sim.world.needs import MonthNeeds

__all__ = ["CareSystem", "joined_requests", "make_structure", "nearest_practices"]


def nearest_practices(
    minutes: npt.NDArray[np.floating[Any]], closed: npt.NDArray[np.bool_] | None = None, most: int = 60
) -> Ints:
    """Practices by travel time from each node (N, K), those that have closed last.

    Args:
        minutes: (N, P) car minutes from node to practice.
        closed: (P,) the practice has ended; none if left out.
        most: practices kept.
    """
    far = minutes if closed is None else np.where(closed, np.inf, minutes)
    return np.ascontiguousarray(np.argsort(far, axis=1, kind="stable")[:, :most].astype(np.int64))


def make_structure(books: Any, near: Ints, node_post: Ints) -> Structure:
    """Arrays of who works where, from the numbered books of ``sim.region.practice_books``.

    Args:
        books: ``Books``.
        near: (N, K) as of :func:`nearest_practices`.
        node_post: (N,) nearest post.
    """
    seats = books.practice_role_book[:, 1:2].astype(np.int64)
    gp = books.practice_gp_books.astype(np.int64)
    width = gp.shape[1]
    gp_books = np.full((gp.shape[0], width + 1), -1, np.int64)
    heads = (gp >= 0).sum(axis=1)
    for p in range(gp.shape[0]):
        gp_books[p, : heads[p]] = gp[p, : heads[p]]
        gp_books[p, heads[p]] = seats[p, 0]
    role = books.practice_role_book.astype(np.int64)
    idle = np.append(books.week_seconds.sum(axis=1) == 0, False)
    role[idle[role]] = -1
    role[:, 1] = seats[:, 0]
    group = books.practice_group.astype(np.int64)
    most = int(np.bincount(group).max())
    members = np.full((int(group.max()) + 1, most), -1, np.int64)
    for g in range(members.shape[0]):
        own = np.flatnonzero(group == g)
        members[g, : own.size] = own
    return Structure(gp_books, role, group, members, near, node_post.astype(np.int64))


def joined_requests(*parts: Requests | None) -> Requests | None:
    """Requests of several sources behind each other; None when there are none."""
    real = [part for part in parts if part is not None and part.row.size]
    if not real:
        return None
    return Requests(*(np.concatenate(columns) for columns in zip(*real, strict=True)))


def _timed(books: AppointmentBooks, tables: CareTables) -> AppointmentBooks:
    """The same books, with the time that visits take in them."""
    variant = tables.variant[books.practice]
    need = visit_seconds(books.role, variant, tables.gp_seconds, tables.phone_seconds, tables.role_seconds)
    return books._replace(need=need)


def _one_variant(p: Parameters, mode: str, structure: Structure) -> CareTables:
    """The tables where nothing differs between practices."""
    practices, nodes = structure.gp_books.shape[0], structure.node_post.size
    return care_tables([p], mode, np.zeros(practices, np.int64), np.zeros(nodes, np.int64))


@dataclass
class CareSystem:
    """State of care between days: books, requests that try again, cases at the posts."""

    seed: int
    calendar: Calendar
    books: AppointmentBooks
    structure: Structure
    tables: CareTables
    rules: Rules
    telephone: Telephone
    posts: OutOfHours
    tallies: Tallies
    open_at: Ints
    overtime_limit: float
    overtime_begins: float
    overtime_complete: float
    persons: Persons
    callers: Callers
    used: Ints
    used_capacity: Ints
    link_left: Ints
    """People whom the link worker of each practice can still take on (P,)."""
    link_months: int = 0
    front_door: FrontDoor = field(default_factory=FrontDoor)
    again: Requests | None = None
    from_post: Requests | None = None
    held: Requests | None = None
    """Out-of-hours needs of the last evening, which the posts take with the coming night."""

    @classmethod
    def of(
        cls,
        p: Parameters,
        mode: str,
        seed: int,
        calendar: Calendar,
        books: Any,
        structure: Structure,
        ledger: Ledger,
        telephone: Telephone,
        posts: OutOfHours,
    ) -> CareSystem:
        """Empty books for the given practices; the caller fills the ring with :meth:`set_capacity`."""
        begins, complete = p.column("care.overtime_from")
        number = calendar.working_day_number
        last = calendar.days - 1
        tables = _one_variant(p, mode, structure)
        return cls(
            seed=seed,
            calendar=calendar,
            books=_timed(make_books(books.practice, books.role), tables),
            structure=structure,
            tables=tables,
            rules=tables.rules(),
            telephone=telephone,
            posts=posts,
            tallies=Tallies(ledger.practice, ledger.group, ledger.post, ledger.waits),
            open_at=number[np.minimum(calendar.next_open, last)].astype(np.int64),
            overtime_limit=p.number("care.overtime_limit") if mode == "bounded" else 0.0,
            overtime_begins=float(begins),
            overtime_complete=float(complete),
            persons=Persons(np.zeros((0, 2), np.int64), *np.zeros((2, 0), np.int16)),
            callers=Callers.of(p),
            used=np.zeros(books.size, np.int64),
            used_capacity=np.zeros(books.size, np.int64),
            link_left=np.zeros(structure.gp_books.shape[0], np.int64),
        )

    def set_tables(self, tables: CareTables) -> None:
        """Work with these parameters from now on."""
        self.tables, self.rules = tables, tables.rules()
        self.books = _timed(self.books, tables)

    def renew_tables(self, resolved: Resolved, mode: str, needs_per_person: float, post_organisation: Ints) -> None:
        """Go on with other parameters; bookings, queues and cases stay as they are.

        Args:
            resolved: the parameters, with those of practices and places where they differ.
            mode: capacity mode.
            needs_per_person: as of ``Telephone.of``.
            post_organisation: (posts,) as of ``OutOfHours.of``.
        """
        p = resolved.region
        self.set_tables(care_tables(resolved.variants, mode, resolved.practice_variant, resolved.node_variant))
        self.overtime_limit = p.number("care.overtime_limit") if mode == "bounded" else 0.0
        self.overtime_begins, self.overtime_complete = map(float, p.column("care.overtime_from"))
        line = self.telephone
        self.telephone = Telephone.of(p, self.seed, line.practice_uid, line.lines, needs_per_person)
        posts = self.posts
        fresh = OutOfHours.of(p, self.seed, posts.node_post, post_organisation, posts.node_minutes)
        posts.tables = fresh.tables
        self.callers.renew(p)

    def renew(self, books: Any, structure: Structure, ledger: Ledger) -> None:
        """Go on with who works where now; rows of ``Books`` and practices are only ever added."""
        new = structure.gp_books.shape[0] - self.tables.variant.size
        self.tables = self.tables._replace(variant=np.append(self.tables.variant, np.zeros(new, np.int64)))
        self.rules = self.tables.rules()
        self.books = _timed(with_owners(self.books, books.practice, books.role), self.tables)
        self.structure = structure
        self.link_left = np.append(self.link_left, np.zeros(new, np.int64))
        self.tallies = Tallies(ledger.practice, ledger.group, ledger.post, ledger.waits)
        more = books.size - self.used.size
        if more:
            self.used = np.concatenate((self.used, np.zeros(more, np.int64)))
            self.used_capacity = np.concatenate((self.used_capacity, np.zeros(more, np.int64)))

    def hand_over(self, rows: Ints, day: int) -> None:
        """Before a day begins: bookings of books whose GP or practice has gone move, or are asked for again.

        Args:
            rows: numbers of the books; the structure no longer names them.
            day: the day that is about to begin.
        """
        again = make_outbox(int(self.books.bookings[rows].sum()))
        now = int(self.open_at[day])
        empty_books(rows, now, self.books, self.structure, self.persons, self.rules, self.tallies, again)
        self.again = joined_requests(self.again, again.requests())

    def set_capacity(self, working_day: int, seconds: npt.NDArray[np.int32]) -> None:
        """Seconds available in every book on a working day (within the ring)."""
        self.books.capacity[:, working_day % RING] = seconds

    def set_capacities(self, working_day: int, seconds: npt.NDArray[np.int32]) -> None:
        """The same for all books (R, D) on D working days from ``working_day`` on."""
        self.books.capacity[:, np.arange(working_day, working_day + seconds.shape[1]) % RING] = seconds

    def waiting(self) -> int:
        """Requests that are booked or will try again."""
        boxes = sum(part.row.size for part in (self.again, self.from_post) if part is not None)
        return int(self.books.bookings.sum()) + boxes

    def daytime(self, day: int, needs: MonthNeeds, planned: Ints, lists: Ints) -> Requests | None:
        """The practices' day: calls, triage, booking, visits. Returns the requests that go to the posts tonight."""
        now = int(self.calendar.working_day_number[day])
        persons = self.persons
        practices = self.structure.gp_books.shape[0]
        booked = begin_day(
            self.books, now, self.overtime_limit, self.overtime_begins, self.overtime_complete,
            self.tables.variant, self.tables.hold,
        )  # fmt: skip
        displace(now, self.books, self.structure, persons, self.rules, self.tallies)
        requests = gather(needs, day, now, planned, self.again, self.from_post)
        requests = self.callers.by_day(self.seed, day, requests, persons, self.tallies)
        entity, packed, where = place(requests, persons.record, practices, self.tallies.practice)
        opened = bool(self.tables.door.any() or self.tables.induced.any())
        silent = np.zeros(0, bool)
        if opened:
            requests, entity, packed, where, silent = self.front_door.enter(
                self.seed, requests, entity, packed, where, practices, self.rules, self.tallies
            )
        order, start = line_up(requests, entity, where, practices)
        requests, entity, packed = arrange(order, requests, entity, packed)
        words = episode_words(self.seed, int(Stream.EPISODE), entity, requests)
        if opened:
            words[0, silent[order]] = 0  # the least word never comes by telephone
            line = self.telephone
            freed = int(line.call_seconds * (1.0 - line.online))
            self.front_door.begin(now, self.books, self.structure, self.rules, self.tallies.practice, freed)
        # who does not get through, and of today's visits, some of them booked today, who does not come
        again = make_outbox(2 * requests.row.size + int(booked))
        to_post = make_outbox(2 * requests.row.size + 16)
        weekday = int(self.calendar.weekday[day])
        reached = self.telephone.day(day, weekday, lists, start, requests, packed, words, self.tallies, again, to_post)
        door = np.empty(requests.row.size, np.int16)
        turns, stop = np.empty(requests.row.size + 1, np.int64), np.empty((2, practices + 2), np.int64)
        triage(start, requests, packed, words, reached, self.rules, self.tallies, door, turns, stop)
        book_requests(
            now, start, requests, packed, words, door, turns, stop, np.empty(RING), self.books, self.structure,
            self.rules, self.tallies, to_post,
        )  # fmt: skip
        desk = self.front_door.taken if opened else np.zeros(self.books.role.size, np.int64)
        see_patients(
            self.seed, int(Stream.VISIT), now, day, self.books, self.structure, persons, self.rules,
            self.tallies, self.open_at, self.used, self.used_capacity, again, desk, self.link_left,
            int(self.calendar.month_index[day]), self.link_months,
        )  # fmt: skip
        if opened:
            self.front_door.end(self.used, self.used_capacity, self.books, self.tallies.practice)
        self.again = again.requests()
        self.from_post = None
        evening = to_post.requests()
        evening.asked[:] = day
        return evening

    def night(
        self, day: int, needs: MonthNeeds, nurses: Ints, consult_gps: Ints, car_gps: Ints, passed_on: Requests | None
    ) -> None:
        """The posts from 8 h yesterday to 8 h today, before the practices' day.

        Args:
            day: today.
            needs: needs of the month that holds today.
            nurses, consult_gps, car_gps: (organisations or posts, 24) staff from 8 h yesterday on, hour by hour.
            passed_on: requests that the practices passed on yesterday.
        """
        requests, self.held = nights_calls(needs, day, self.held, passed_on)
        opens = int(self.open_at[day])
        requests, later = self.callers.by_night(self.seed, requests, self.persons, self.tallies, opens)
        self.from_post = joined_requests(self.from_post, later) if later is not None else self.from_post
        again: Outbox = make_outbox(requests.row.size + self.posts.waiting() + 64)
        self.posts.run(
            day,
            self.calendar.is_open,
            requests,
            nurses,
            consult_gps,
            car_gps,
            self.persons,
            self.tallies,
            opens,
            again,
        )
        if again.length[0]:
            more = again.requests()
            self.from_post = more if self.from_post is None else joined_requests(self.from_post, more)

    def third_next(self, day: int) -> npt.NDArray[np.float64]:
        """Third-next-available routine consult in working days, mean over the GPs of each practice (P,)."""
        now = int(self.calendar.working_day_number[day])
        out = np.empty(self.books.role.size, np.int64)
        third_next_available(self.books, now, self.tables.hold, self.tables.variant, out)
        own = self.books.role == GP
        practices = self.structure.gp_books.shape[0]
        count = np.bincount(self.books.practice[own], minlength=practices)
        total = np.bincount(self.books.practice[own], out[own].astype(np.float64), practices)
        mean = float(total.sum()) / max(int(count.sum()), 1)  # stands for practices that have no GP of their own
        return np.where(count > 0, total / np.maximum(count, 1), mean)
