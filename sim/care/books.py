"""The appointment books: one per GP and per other staff role, a ring of 64 working days.

A book stores bookings, not slots: a cell (book, day) holds its bookings in the order they were made and the seconds
they take; room is capacity less what is booked. Column of working day w is ``w % 64``; today is ``w`` and the last
day that can be booked is ``w + 62``.

A booking is two integers, side by side in ``entry``: *who* = row | day the need arose << 32 | working day it was
asked for << 48, and *what* = seconds | complaint << 13 | step << 17 | ordinal << 20 | mode << 26 | urgent << 28 |
visitor << 29.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel

__all__ = ["RING", "AppointmentBooks", "make_books", "with_owners"]

RING = 64
MASK = RING - 1
CELL = 64
"""Most bookings in one cell; a full cell has no room, whatever its minutes."""

GP, LOCUM, ASSISTANT, SOMATIC, MENTAL, ADVANCED = range(6)
PHONE, CONSULT, LONG, VISIT = range(4)

URGENT_BIT = 1 << 28
VISITOR_BIT = 1 << 29


class AppointmentBooks(NamedTuple):
    """Arrays of all books (R books). A named tuple, so that kernels take it as one argument."""

    capacity: npt.NDArray[np.int32]  # (R, 64) seconds available, before overtime
    booked: npt.NDArray[np.int32]  # (R, 64) seconds booked
    bookings: npt.NDArray[np.int32]  # (R, 64) number of bookings
    entry: npt.NDArray[np.int64]  # (64, R, CELL, 2): a day's bookings lie together
    overtime: npt.NDArray[np.float64]  # (R,) share of extra time given now
    hint: npt.NDArray[np.int64]  # (R, 5) offset before which there is no room today, by kind of visit
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
        hint=np.zeros((r, 5), np.int64),
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
            hint=np.concatenate((books.hint, new.hint)),
            practice=p,
            role=books.role,
        )
    return books._replace(practice=p, role=np.asarray(role, np.int64))


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
def put(booked, count, entry, book, column, person, meta):  # type: ignore[no-untyped-def]
    """Write a booking at the end of a cell; the caller has checked that there is a place."""
    at = int(count[book, column])
    entry[column, book, at, 0] = person
    entry[column, book, at, 1] = meta
    count[book, column] = at + 1
    booked[book, column] += meta & 8191


@kernel
def take_day(backlog, arrivals, slots, share, waits):  # type: ignore[no-untyped-def]
    """One book with unit visits over many days, by the same kernels the product books with (for theory tests).

    ``arrivals[d]`` requests come on day d and each takes the first day with room; ``slots`` visits fit in a day.
    ``backlog[d]`` receives what is still booked when day d ends, ``waits`` (64,) counts the waits in days.
    """
    capacity = np.zeros((1, RING), np.int32)
    booked = np.zeros((1, RING), np.int32)
    count = np.zeros((1, RING), np.int32)
    entry = np.zeros((RING, 1, CELL, 2), np.int64)
    for k in range(RING):
        capacity[0, k] = slots
    refused = 0
    waiting = 0
    for d in range(arrivals.shape[0]):
        for _ in range(arrivals[d]):
            k = first_room(capacity, booked, count, 0, d, 0, RING - 2, 1, share)
            if k < 0:
                refused += 1
            else:
                put(booked, count, entry, 0, (d + k) % RING, d, 1)
                waits[k] += 1
                waiting += 1
        today = d % RING
        waiting -= int(count[0, today])
        booked[0, today] = 0
        count[0, today] = 0
        backlog[d] = waiting
    return refused


@kernel(lean=True)
def fill_overtime(books, now, mode_limit, begins, complete):  # type: ignore[no-untyped-def]
    """Begin a day: search hints anew, and each GP book's overtime by how full its next ten days are (limit 0: none).

    Returns the number of bookings of today.
    """
    capacity, booked, overtime, role, hint = books.capacity, books.booked, books.overtime, books.role, books.hint
    count = books.bookings
    bookings = 0
    for book in range(capacity.shape[0]):
        bookings += int(count[book, now & MASK])
        overtime[book] = 0.0
        for kind in range(hint.shape[1]):
            hint[book, kind] = 0
        if int(role[book]) > LOCUM and int(role[book]) != ADVANCED:
            continue
        room = 0
        full = 0
        for k in range(10):
            column = (now + k) & MASK
            room += int(capacity[book, column])
            full += int(booked[book, column])
        if room > 0:
            x = (full / room - begins) / (complete - begins)
            overtime[book] = mode_limit * min(1.0, max(0.0, x))
    return bookings


@kernel(lean=True)
def third_next_available(books, now, seconds, hold, out):  # type: ignore[no-untyped-def]
    """Working days until the third free routine consult of each book (62 when there is none), for GP books."""
    capacity, booked, overtime, role = books.capacity, books.booked, books.overtime, books.role
    for book in range(capacity.shape[0]):
        out[book] = -1
        if int(role[book]) != GP:
            continue
        free = 0
        out[book] = RING - 2
        for k in range(1, RING - 1):
            column = (now + k) & MASK
            c = int(capacity[book, column])
            room = int(c * (1.0 + overtime[book] - hold)) - int(booked[book, column])
            if c > 0 and room > 0:
                free += room // seconds
            if free >= 3:
                out[book] = k
                break
