"""The day's visits: who comes, what it takes, what follows. Also the moving of visits when capacity disappears."""

from __future__ import annotations

import math

import numpy as np

from sim.care.arrays import (
    CareTables,
    Ints,
    Outbox,
    Persons,
    Structure,
    Tallies,
    group_row,
    is_alive,
    practice_of,
    usual_of,
)
from sim.care.books import (
    ADVANCED,
    ASSISTANT,
    CELL,
    CONSULT,
    INSTEAD,
    LOCUM,
    MASK,
    MENTAL,
    URGENT_BIT,
    VISITOR_BIT,
    AppointmentBooks,
    first_open,
    first_room,
    open_days_of,
    put,
)
from sim.care.lineup import fill_words_by_counter
from sim.care.triage import ASKED_BY_ROLE, routine_gp_book
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.randomness.philox import UNIT32

__all__ = ["displace", "see_patients"]

BLOCK = 8 * CELL
"""Visits whose draws are made together: they stay in the fastest memory."""

HANDLED = np.array(
    [
        C.HANDLED_GP,
        C.HANDLED_GP,
        C.HANDLED_ASSISTANT,
        C.HANDLED_POH_SOMATIC,
        C.HANDLED_POH_MENTAL,
        C.HANDLED_ADVANCED,
    ],
    np.int64,
)
USED = np.array([C.GP_USED, C.GP_USED, C.ASSISTANT_USED, C.SOMATIC_USED, C.MENTAL_USED, C.ADVANCED_USED], np.int64)
AVAILABLE = np.array(
    [
        C.GP_AVAILABLE,
        C.GP_AVAILABLE,
        C.ASSISTANT_AVAILABLE,
        C.SOMATIC_AVAILABLE,
        C.MENTAL_AVAILABLE,
        C.ADVANCED_AVAILABLE,
    ],
    np.int64,
)


@kernel(inline=True)
def _next_room(books, gp_books, hold, sooner, home, role, b, mode, now, seconds, first, last):  # type: ignore[no-untyped-def]
    """(book, offset) of the next room from offset ``first`` on, for who already has an appointment in book ``b``.

    A GP's patient may go to a colleague who is clearly sooner; who sees other staff stays in the book. Book -1: none.
    What follows on other staff takes no overtime.
    """
    need = books.need
    if role <= LOCUM:
        kind = mode if seconds == need[b, mode] else (INSTEAD if seconds == need[b, INSTEAD] else -1)
        return routine_gp_book(books, kind, gp_books, hold, sooner, home, b, False, now, seconds, first, last)
    if role != ADVANCED and seconds == need[b, 0]:
        k = first_open(books.open_days, b, 0, now, first, last)
    else:
        k = first_room(books.capacity, books.booked, books.bookings, b, now, first, last, seconds, 1.0)
    return (b if k >= 0 else -1), k


@kernel(inline=True)
def _call_in(bookings, entry, column, record, book, who, what, packed, entity, counter):  # type: ignore[no-untyped-def]
    """Today's bookings from ``book`` on, as many books as fit in the arrays, and what is known of the persons.

    Returns the book to go on with and the number of bookings. The looks at the persons do not wait for each other.
    """
    n = 0
    while book < bookings.shape[0] and n + int(bookings[book, column]) <= who.shape[0]:
        for j in range(int(bookings[book, column])):
            who[n] = entry[column, book, j, 0]
            what[n] = entry[column, book, j, 1]
            n += 1
        book += 1
    for j in range(n):
        person = int(who[j])
        meta = int(what[j])
        i = person & 0xFFFFFFFF
        entity[j] = np.uint64(record[i, 0])
        packed[j] = record[i, 1]
        time = ((person >> 32) & 0xFFFF) * 64 + ((meta >> 20) & 63)
        counter[j] = np.uint64((time << 32) | ((meta >> 17) & 7))
    return book, n


@kernel(lean=True)
def _see(  # type: ignore[no-untyped-def]
    key0, key1, now, day, books, structure, persons, tables, tallies, open_at, scratch, used, room_today, again
):
    who, what, packs, ids, counter, words = scratch
    capacity, booked, count, entry = books.capacity, books.booked, books.bookings, books.entry
    role_, home_, gp_books = books.role, books.practice, structure.gp_books
    hold, sooner, horizon, last_seen = tables.hold, int(tables.sooner), tables.horizon, persons.last_seen
    waits = tallies.waits
    follow_up, follow_up_days, referral = tables.follow_up, tables.follow_up_days, tables.referral
    role_seconds, gp_seconds = tables.role_seconds, tables.gp_seconds
    no_show, rebooks = tables.no_show, tables.no_show * tables.rebooks
    tp, tg = tallies.practice, tallies.group
    column = now & MASK
    practices = gp_books.shape[0]
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    following = 0
    while following < capacity.shape[0]:
        book = following
        following, n = _call_in(count, entry, column, persons.record, book, who, what, packs, ids, counter)
        fill_words_by_counter(key0, key1, ids[:n], counter[:n], words)
        begin = 0
        for b in range(book, following):
            role = int(role_[b])
            home = int(home_[b])
            seconds_used = 0
            end = begin + int(count[b, column])
            for j in range(begin, end):
                e = np.uint64(j)  # unsigned: no place counted from the end
                person = int(who[e])
                meta = int(what[e])
                i = person & 0xFFFFFFFF
                born = (person >> 32) & 0xFFFF
                asked = person >> 48
                seconds = meta & 8191
                c = (meta >> 13) & 15
                step = (meta >> 17) & 7
                ordinal = (meta >> 20) & 63
                mode = (meta >> 26) & 3
                visitor = (meta & VISITOR_BIT) != 0
                packed = int(packs[e])
                p = practice_of(packed)
                mine = p if p >= 0 else practices
                if is_alive(packed) == 0 or (p != home and not visitor):
                    tp[mine, C.VOID] += 1
                    continue
                u0, u3 = float(w0[e]) * UNIT32, float(w3[e]) * UNIT32
                if u0 < no_show and (meta & URGENT_BIT) == 0:
                    tp[mine, C.NO_SHOWS] += 1
                    if u0 < rebooks:
                        at = int(again.length[0])
                        again.row[at] = i
                        again.born[at] = born
                        again.ordinal[at] = ordinal
                        again.step[at] = min(step + 1, 7)
                        again.second[at] = 36000 + int(u3 * 18000.0)
                        again.what[at] = c
                        again.urgency[at] = 4
                        again.asked[at] = asked
                        again.length[0] = at + 1
                        tp[mine, C.RETRIES] += 1
                    else:
                        tp[mine, C.NO_SHOW_LOST] += 1
                    continue
                seconds_used += seconds
                tp[mine, HANDLED[role]] += 1
                last_seen[i] = day
                g = group_row(packed)
                if role <= LOCUM or role == MENTAL or role == ADVANCED:
                    tg[g, C.G_CONTACTS] += 1
                    if role <= LOCUM:
                        tp[mine, C.GP_CONTACTS] += 1
                        tg[g, C.G_GP] += 1
                        tp[mine, C.MODE_PHONE + mode] += 1
                        usual = 1 if usual_of(packed) == b else 0
                        tp[mine, C.USUAL_CONTACTS] += usual
                        tg[g, C.G_USUAL] += usual
                    if step == 0 and (meta & URGENT_BIT) == 0 and role <= LOCUM and not visitor:
                        wait = now - asked
                        tp[mine, C.ROUTINE_SEEN] += 1
                        tp[mine, C.ROUTINE_WAIT] += wait
                        waits[mine, min(wait, C.WAIT_DAYS - 1)] += 1
                        tg[g, C.G_ROUTINE] += 1
                        tg[g, C.G_WAIT] += wait
                        soon = 1 if wait <= 3 else 0
                        tp[mine, C.ROUTINE_IN_3_DAYS] += soon
                        tg[g, C.G_IN_3_DAYS] += soon
                    referred = 1 if float(w2[e]) * UNIT32 < referral[c] else 0
                    tp[mine, C.REFERRALS] += referred
                    tg[g, C.G_REFERRALS] += referred
                else:
                    tg[g, C.G_PLANNED] += 1
                if role == ASSISTANT or ordinal == 63 or visitor or step >= 6 or float(w1[e]) * UNIT32 >= follow_up[c]:
                    continue
                # a follow-up with the same handler, on the first day with room from the day agreed
                tp[mine, C.FOLLOW_UPS] += 1
                ahead = 1 + min(80, int(-follow_up_days[c] * math.log(1.0 - u3)))
                first = min(int(open_at[day + ahead]) - now, horizon - 2)
                if first < 1:
                    first = 1
                if role > LOCUM:
                    seconds = int(role_seconds[role])
                elif mode == 2:
                    seconds = int(gp_seconds[CONSULT])
                    mode = CONSULT
                tp[mine, ASKED_BY_ROLE[role]] += seconds
                b2, k = _next_room(books, gp_books, hold, sooner, home, role, b, mode, now, seconds, first, horizon)
                if b2 < 0:
                    tp[mine, C.FORGONE] += 1
                    tg[g, C.G_FORGONE] += 1
                else:
                    stamp = np.int64(i) | (np.int64(born) << 32) | (np.int64(now + first) << 48)
                    code = seconds | (c << 13) | ((step + 1) << 17) | (ordinal << 20) | (mode << 26)
                    put(books, b2, now, k, stamp, code)
            begin = end
            room = int(capacity[b, column])
            used[b] = seconds_used
            room_today[b] = room
            tp[home, USED[role]] += seconds_used
            tp[home, AVAILABLE[role]] += room
            if role <= LOCUM and seconds_used > room:
                tp[home, C.GP_OVERTIME] += seconds_used - room
            booked[b, column] = 0
            count[b, column] = 0


def see_patients(
    seed: int,
    stream: int,
    now: int,
    day: int,
    books: AppointmentBooks,
    structure: Structure,
    persons: Persons,
    tables: CareTables,
    tallies: Tallies,
    open_at: Ints,
    used: Ints,
    room_today: Ints,
    again: Outbox,
) -> None:
    """Carry out all bookings of today and clear today's column.

    Args:
        seed, stream: key of the draws at the visit.
        now, day: working day, calendar day.
        books, structure, persons, tables, tallies: see ``sim.care.arrays``.
        open_at: (days,) working-day number of the first open day at or after a calendar day.
        used, room_today: (R,) seconds used and available today by book (output).
        again: outbox of those who did not come and ask again tomorrow.
    """
    who, what, packs = np.empty((3, BLOCK), np.int64)
    ids, counter = np.empty((2, BLOCK), np.uint64)
    scratch = (who, what, packs, ids, counter, np.empty((4, BLOCK), np.uint32))
    _see(
        np.uint64(seed), np.uint64(stream), now, day, books, structure, persons, tables, tallies, open_at, scratch,
        used, room_today, again,
    )  # fmt: skip


@kernel(lean=True)
def displace(now, books, structure, persons, tables, tallies):  # type: ignore[no-untyped-def]
    """Where today's bookings exceed what is left of capacity, move the routine visits booked last to the next room.

    They keep the day they asked. Who finds no room within the book gives up. Called at the start of a day.
    """
    capacity, booked, count, entry = books.capacity, books.booked, books.bookings, books.entry
    role_, home_, gp_books = books.role, books.practice, structure.gp_books
    hold, sooner, horizon, record = tables.hold, int(tables.sooner), tables.horizon, persons.record
    tp, tg = tallies.practice, tallies.group
    column = now & MASK
    practices = gp_books.shape[0]
    for b in range(capacity.shape[0]):
        limit = int(int(capacity[b, column]) * (1.0 + tables.urgent_overtime))
        if int(booked[b, column]) <= limit:
            continue
        while int(booked[b, column]) > limit and count[b, column] > 0:
            at = int(count[b, column]) - 1
            person = entry[column, b, at, 0]
            meta = int(entry[column, b, at, 1])
            seconds = meta & 8191
            count[b, column] = at
            booked[b, column] -= seconds
            i = int(person) & 0xFFFFFFFF
            packed = int(record[i, 1])
            mine = practice_of(packed)
            if mine < 0:
                mine = practices
            tp[mine, C.MOVED] += 1
            b2, k = _next_room(
                books, gp_books, hold, sooner, int(home_[b]), int(role_[b]), b, (meta >> 26) & 3, now, seconds, 1,
                horizon,
            )  # fmt: skip
            if b2 >= 0:
                put(books, b2, now, k, person, meta)
            else:
                tp[mine, C.FORGONE] += 1
                tg[group_row(packed), C.G_FORGONE] += 1
        open_days_of(books, b, now)  # there may be room again today
