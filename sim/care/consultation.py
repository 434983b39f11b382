"""The day's visits: who comes, what it takes, what follows. Also the moving of visits when capacity disappears."""

from __future__ import annotations

import math

import numpy as np

from sim.care.arrays import group_row, is_alive, practice_of, usual_of
from sim.care.books import (
    ADVANCED,
    ASSISTANT,
    CELL,
    CONSULT,
    LOCUM,
    MASK,
    MENTAL,
    URGENT_BIT,
    VISITOR_BIT,
    first_room,
    put,
)
from sim.care.triage import ASKED_BY_ROLE, routine_gp_book
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.randomness.philox import draw4

__all__ = ["displace", "see_patients"]

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


@kernel
def see_patients(seed, stream, now, day, books, structure, persons, tables, tallies, open_at, used, room_today, again):  # type: ignore[no-untyped-def]
    """Carry out all bookings of today and clear today's column.

    Args:
        seed, stream: key of the draws at the visit.
        now, day: working day, calendar day.
        books, structure, persons, tables, tallies: see ``sim.care.arrays``.
        open_at: (days,) working-day number of the first open day at or after a calendar day.
        used, room_today: (R,) seconds used and available today by book (output).
        again: outbox of those who did not come and ask again tomorrow.
    """
    capacity, booked, count, entry = books.capacity, books.booked, books.bookings, books.entry
    overtime, hint, role_, home_, gp_books = books.overtime, books.hint, books.role, books.practice, structure.gp_books
    hold, sooner, horizon = tables.hold, int(tables.sooner), tables.horizon
    record, last_seen = persons.record, persons.last_seen
    waits = tallies.waits
    follow_up, follow_up_days, referral = tables.follow_up, tables.follow_up_days, tables.referral
    role_seconds, gp_seconds = tables.role_seconds, tables.gp_seconds
    no_show, rebooks = tables.no_show, tables.no_show * tables.rebooks
    tp, tg = tallies.practice, tallies.group
    column = now & MASK
    practices = gp_books.shape[0]
    ids = np.empty(CELL, np.int64)
    packs = np.empty(CELL, np.int64)
    for b in range(capacity.shape[0]):
        role = int(role_[b])
        home = int(home_[b])
        seconds_used = 0
        # first all looks at the persons, which do not wait for each other; then the visits
        for j in range(int(count[b, column])):
            i = int(entry[column, b, j, 0]) & 0xFFFFFFFF
            ids[j] = record[i, 0]
            packs[j] = record[i, 1]
        for j in range(int(count[b, column])):
            person = int(entry[column, b, j, 0])
            meta = int(entry[column, b, j, 1])
            i = person & 0xFFFFFFFF
            born = (person >> 32) & 0xFFFF
            asked = person >> 48
            seconds = meta & 8191
            c = (meta >> 13) & 15
            step = (meta >> 17) & 7
            ordinal = (meta >> 20) & 63
            mode = (meta >> 26) & 3
            visitor = (meta & VISITOR_BIT) != 0
            packed = int(packs[j])
            p = practice_of(packed)
            mine = p if p >= 0 else practices
            if is_alive(packed) == 0 or (p != home and not visitor):
                tp[mine, C.VOID] += 1
                continue
            u0, u1, u2, u3 = draw4(seed, stream, ids[j], born * 64 + ordinal, step)
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
                    if usual_of(packed) == b:
                        tp[mine, C.USUAL_CONTACTS] += 1
                        tg[g, C.G_USUAL] += 1
                if step == 0 and (meta & URGENT_BIT) == 0 and role <= LOCUM and not visitor:
                    wait = now - asked
                    tp[mine, C.ROUTINE_SEEN] += 1
                    tp[mine, C.ROUTINE_WAIT] += wait
                    waits[mine, min(wait, C.WAIT_DAYS - 1)] += 1
                    tg[g, C.G_ROUTINE] += 1
                    tg[g, C.G_WAIT] += wait
                    if wait <= 3:
                        tp[mine, C.ROUTINE_IN_3_DAYS] += 1
                        tg[g, C.G_IN_3_DAYS] += 1
                if u2 < referral[c]:
                    tp[mine, C.REFERRALS] += 1
                    tg[g, C.G_REFERRALS] += 1
            else:
                tg[g, C.G_PLANNED] += 1
            if role == ASSISTANT or ordinal == 63 or visitor or step >= 6 or u1 >= follow_up[c]:
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
            if role == LOCUM or role == 0:
                b2, k = routine_gp_book(
                    capacity,
                    booked,
                    count,
                    overtime,
                    hint,
                    -1,
                    gp_books,
                    hold,
                    sooner,
                    home,
                    b,
                    False,
                    now,
                    seconds,
                    first,
                    horizon,
                )
            else:
                b2 = b
                k = first_room(capacity, booked, count, b, now, first, horizon, seconds, 1.0)
                if k < 0:
                    b2 = -1
            if b2 < 0:
                tp[mine, C.FORGONE] += 1
                tg[g, C.G_FORGONE] += 1
            else:
                stamp = np.int64(i) | (np.int64(born) << 32) | (np.int64(now + first) << 48)
                code = seconds | (c << 13) | ((step + 1) << 17) | (ordinal << 20) | (mode << 26)
                put(booked, count, entry, b2, (now + k) & MASK, stamp, code)
        room = int(capacity[b, column])
        used[b] = seconds_used
        room_today[b] = room
        tp[home, USED[role]] += seconds_used
        tp[home, AVAILABLE[role]] += room
        if role <= LOCUM and seconds_used > room:
            tp[home, C.GP_OVERTIME] += seconds_used - room
        booked[b, column] = 0
        count[b, column] = 0


@kernel
def displace(now, books, structure, persons, tables, tallies):  # type: ignore[no-untyped-def]
    """Where today's bookings exceed what is left of capacity, move the routine visits booked last to the next room.

    They keep the day they asked. Who finds no room within the book gives up. Called at the start of a day.
    """
    capacity, booked, count, entry = books.capacity, books.booked, books.bookings, books.entry
    overtime, hint, gp_books = books.overtime, books.hint, structure.gp_books
    hold, sooner = tables.hold, int(tables.sooner)
    record = persons.record
    tp, tg = tallies.practice, tallies.group
    column = now & MASK
    practices = structure.gp_books.shape[0]
    for b in range(capacity.shape[0]):
        limit = int(int(capacity[b, column]) * (1.0 + tables.urgent_overtime))
        while int(booked[b, column]) > limit and count[b, column] > 0:
            at = int(count[b, column]) - 1
            person = entry[column, b, at, 0]
            meta = int(entry[column, b, at, 1])
            seconds = meta & 8191
            count[b, column] = at
            booked[b, column] -= seconds
            i = int(person) & 0xFFFFFFFF
            p = int(books.practice[b])
            packed = int(record[i, 1])
            mine = practice_of(packed)
            if mine < 0:
                mine = practices
            tp[mine, C.MOVED] += 1
            if int(books.role[b]) <= LOCUM:
                b2, k = routine_gp_book(
                    capacity,
                    booked,
                    count,
                    overtime,
                    hint,
                    -1,
                    gp_books,
                    hold,
                    sooner,
                    p,
                    b,
                    False,
                    now,
                    seconds,
                    1,
                    tables.horizon,
                )
            else:
                b2 = b
                k = first_room(capacity, booked, count, b, now, 1, tables.horizon, seconds, 1.0)
                if k < 0:
                    b2 = -1
            if b2 >= 0:
                put(booked, count, entry, b2, (now + k) & MASK, person, meta)
            else:
                tp[mine, C.FORGONE] += 1
                tg[group_row(packed), C.G_FORGONE] += 1
