"""The appointment books: one per GP and per other staff role, a ring of 64 working days.

A book stores bookings, not slots: a cell (book, day) holds its bookings in the order they were made and the seconds
they take; room is capacity less what is booked. Column of working day w is ``w % 64``; today is ``w`` and the last
day that can be booked is ``w + 62``.

A booking is two integers, side by side in ``entry``: *who* = row | day the need arose << 32 | working day it was
asked for << 48, and *what* = seconds | complaint << 13 | step << 17 | ordinal << 20 | mode << 26 | urgent << 28 |
visitor << 29 | digital first contact << 30.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel, lowest_bit

__all__ = ["RING", "AppointmentBooks", "make_books", "visit_seconds", "with_owners"]

RING = 64
MASK = RING - 1
CELL = 64
"""Most bookings in one cell; a full cell has no room, whatever its minutes."""

KINDS = 5
"""Kinds of visit by the time they take: the four modes of a GP's visits and a call instead of a consult. Other staff
have one kind, 0."""

GP, LOCUM, ASSISTANT, SOMATIC, MENTAL, ADVANCED = range(6)
PHONE, CONSULT, LONG, VISIT, INSTEAD = range(5)

URGENT_BIT = 1 << 28
VISITOR_BIT = 1 << 29
DIGITAL_BIT = 1 << 30
"""A first contact by message, telephone or video in the place of a consult; its mode is that of a call."""


class AppointmentBooks(NamedTuple):
    """Arrays of all books (R books). A named tuple, so that kernels take it as one argument."""

    capacity: npt.NDArray[np.int32]  # (R, 64) seconds available, before overtime
    booked: npt.NDArray[np.int32]  # (R, 64) seconds booked
    bookings: npt.NDArray[np.int32]  # (R, 64) number of bookings
    entry: npt.NDArray[np.int64]  # (64, R, CELL, 2): a day's bookings lie together
    overtime: npt.NDArray[np.float64]  # (R,) share of extra time given now
    share: npt.NDArray[np.float64]  # (R, 2) share of capacity open to routine visits: today, later
    need: npt.NDArray[np.int32]  # (R, KINDS) seconds that a visit of each kind takes in this book
    open_days: npt.NDArray[np.uint64]  # (R, KINDS) a bit a column: room for one more visit of this kind
    practice: npt.NDArray[np.int64]  # (R,)
    role: npt.NDArray[np.int64]  # (R,)


def make_books(practice: npt.ArrayLike, role: npt.ArrayLike) -> AppointmentBooks:
    """Empty books for the given practices and roles (both of length R)."""
    p = np.asarray(practice, np.int64)
    r = p.size
    return AppointmentBooks(
        capacity=np.zeros((r, RING), np.int32),
        booked=np.zeros((r, RING), np.int32),
        bookings=np.zeros((r, RING), np.int32),
        entry=np.zeros((RING, r, CELL, 2), np.int64),
        overtime=np.zeros(r),
        share=np.ones((r, 2)),
        need=np.zeros((r, KINDS), np.int32),
        open_days=np.zeros((r, KINDS), np.uint64),
        practice=p,
        role=np.asarray(role, np.int64),
    )


def with_owners(books: AppointmentBooks, practice: npt.ArrayLike, role: npt.ArrayLike) -> AppointmentBooks:
    """The same books, perhaps with more rows, for practices and roles as they are now (both of length R or more)."""
    p = np.asarray(practice, np.int64)
    known, rows = books.role.size, p.size
    if rows > known:
        new = make_books(p[known:], np.zeros(rows - known))
        books = AppointmentBooks(
            capacity=np.concatenate((books.capacity, new.capacity)),
            booked=np.concatenate((books.booked, new.booked)),
            bookings=np.concatenate((books.bookings, new.bookings)),
            entry=np.concatenate((books.entry, new.entry), axis=1),
            overtime=np.concatenate((books.overtime, new.overtime)),
            share=np.concatenate((books.share, new.share)),
            need=np.concatenate((books.need, new.need)),
            open_days=np.concatenate((books.open_days, new.open_days)),
            practice=p,
            role=books.role,
        )
    return books._replace(practice=p, role=np.asarray(role, np.int64))


def visit_seconds(
    role: npt.NDArray[np.int64],
    variant: npt.NDArray[np.int64],
    gp_seconds: npt.NDArray[np.int64],
    instead: npt.NDArray[np.int64],
    role_seconds: npt.NDArray[np.int64],
) -> npt.NDArray[np.int32]:
    """Seconds that each kind of visit takes in books of these roles (R,): an array (R, KINDS).

    Args:
        role: roles of the books.
        variant: (R,) row of the tables that follow.
        gp_seconds: (V, 4) by mode of a GP's visit.
        instead: (V,) of a call instead of a consult.
        role_seconds: (V, 6) by role, of other staff.
    """
    need = np.zeros((role.size, KINDS), np.int32)
    need[:, 0] = role_seconds[variant, role]
    gp = role <= LOCUM
    need[gp] = np.column_stack((gp_seconds, instead))[variant[gp]]
    return need


@kernel(inline=True)
def first_room(capacity, booked, count, book, now, first, last, seconds, share):  # type: ignore[no-untyped-def]
    """First offset in [first, last] at which ``book`` has room for ``seconds`` in ``share`` of capacity; else -1."""
    for k in range(first, last + 1):
        column = (now + k) & MASK
        c = int(capacity[book, column])
        if c > 0 and int(booked[book, column]) + seconds <= int(c * share) and count[book, column] < CELL:
            return k
    return -1


@kernel(inline=True)
def first_open(open_days, book, kind, now, first, last):  # type: ignore[no-untyped-def]
    """The same for a visit of a kind, read from the book's bits: all days at one look."""
    days = open_days[book, kind]
    turn = np.uint64(now & MASK)
    days = (days >> turn) | (days << ((np.uint64(RING) - turn) & np.uint64(MASK)))
    days &= (np.uint64(2) << np.uint64(last)) - (np.uint64(1) << np.uint64(first))
    return lowest_bit(days) if days != 0 else -1


@kernel(inline=True)
def put(books, book, now, k, person, meta):  # type: ignore[no-untyped-def]
    """Write a booking at the end of a cell, ``k`` working days ahead; the caller has checked that there is a place."""
    column = (now + k) & MASK
    at = int(books.bookings[book, column])
    books.entry[column, book, at, 0] = person
    books.entry[column, book, at, 1] = meta
    books.bookings[book, column] = at + 1
    seconds = int(books.booked[book, column]) + (meta & 8191)
    books.booked[book, column] = seconds
    room = int(int(books.capacity[book, column]) * books.share[book, min(k, 1)]) - seconds
    if at + 1 >= CELL:
        room = -1
    for kind in range(KINDS):
        full = np.uint64(room < books.need[book, kind]) << np.uint64(column)
        books.open_days[book, kind] &= ~full


@kernel(inline=True)
def open_days_of(books, book, now):  # type: ignore[no-untyped-def]
    """Set the bits of a book for every column, the one behind the horizon included: nobody looks at it."""
    capacity, booked, count, need = books.capacity[book], books.booked[book], books.bookings[book], books.need[book]
    open_days = books.open_days[book]
    seconds = 0
    for column in range(RING):
        seconds |= int(capacity[column])
    today, now_open, later = now & MASK, books.share[book, 0], books.share[book, 1]
    n0, n1, n2, n3, n4 = need[0], need[1], need[2], need[3], need[4]
    d0 = d1 = d2 = d3 = d4 = np.uint64(0)
    if seconds > 0:
        for column in range(RING):
            c = capacity[column]
            share = later if column != today else now_open
            room = np.int32(c * share) - booked[column]  # short numbers: only these the compiler turns into vectors
            if (c <= 0) | (count[column] >= CELL):
                room = np.int32(-1)
            place = np.uint64(column)
            d0 |= np.uint64(room >= n0) << place
            d1 |= np.uint64(room >= n1) << place
            d2 |= np.uint64(room >= n2) << place
            d3 |= np.uint64(room >= n3) << place
            d4 |= np.uint64(room >= n4) << place
    open_days[0], open_days[1], open_days[2], open_days[3], open_days[4] = d0, d1, d2, d3, d4


@kernel(lean=True)
def begin_day(books, now, mode_limit, begins, complete, variant, hold):  # type: ignore[no-untyped-def]
    """Begin a day: each GP book's overtime by how full its next ten days are (limit 0: none), and the open days.

    Args:
        books: the books, whose ``overtime``, ``share`` and ``open_days`` are set.
        now: working day that begins.
        mode_limit, begins, complete: most overtime; share of ten days booked from which there is some, and all of it.
        variant: (P,) variant of each practice.
        hold: (V,) share of a later day's room held back for urgent visits with a GP.

    Returns:
        The number of bookings of today.
    """
    capacity, booked, overtime, role = books.capacity, books.booked, books.overtime, books.role
    share = books.share
    count = books.bookings
    bookings = 0
    for book in range(capacity.shape[0]):
        bookings += int(count[book, now & MASK])
        extra = 0.0
        if int(role[book]) <= LOCUM or int(role[book]) == ADVANCED:
            room = 0
            full = 0
            for k in range(10):
                column = (now + k) & MASK
                room += int(capacity[book, column])
                full += int(booked[book, column])
            if room > 0:
                x = (full / room - begins) / (complete - begins)
                extra = mode_limit * min(1.0, max(0.0, x))
        overtime[book] = extra
        share[book, 0] = 1.0 + extra
        back = hold[int(variant[int(books.practice[book])])] if int(role[book]) <= LOCUM else 0.0
        share[book, 1] = 1.0 + extra - back
        open_days_of(books, book, now)
    return bookings


@kernel(lean=True)
def take_day(books, backlog, arrivals, slots, waits):  # type: ignore[no-untyped-def]
    """One book with unit visits over many days, by the same kernels the product books with (for theory tests).

    ``books`` holds one empty book whose visits of kind 0 take a second; ``slots`` visits fit in a day. ``arrivals[d]``
    requests come on day d and each takes the first day with room. ``backlog[d]`` receives what is still booked when day
    d ends, ``waits`` (64,) counts the waits in days.
    """
    for k in range(RING):
        books.capacity[0, k] = slots
    refused = 0
    waiting = 0
    for d in range(arrivals.shape[0]):
        open_days_of(books, 0, d)
        for _ in range(arrivals[d]):
            k = first_open(books.open_days, 0, 0, d, 0, RING - 2)
            if k < 0:
                refused += 1
            else:
                put(books, 0, d, k, d, 1)
                waits[k] += 1
                waiting += 1
        today = d % RING
        waiting -= int(books.bookings[0, today])
        books.booked[0, today] = 0
        books.bookings[0, today] = 0
        backlog[d] = waiting
    return refused


@kernel(lean=True)
def third_next_available(books, now, hold, variant, out):  # type: ignore[no-untyped-def]
    """Working days until the third free routine consult of each book (62 when there is none), for GP books."""
    capacity, booked, overtime, role = books.capacity, books.booked, books.overtime, books.role
    for book in range(capacity.shape[0]):
        out[book] = -1
        if int(role[book]) != GP:
            continue
        free = 0
        out[book] = RING - 2
        back = hold[int(variant[int(books.practice[book])])]
        seconds = int(books.need[book, CONSULT])
        for k in range(1, RING - 1):
            column = (now + k) & MASK
            c = int(capacity[book, column])
            room = int(c * (1.0 + overtime[book] - back)) - int(booked[book, column])
            if c > 0 and room > 0:
                free += room // seconds
            if free >= 3:
                out[book] = k
                break
