"""From request to appointment: triage, choice of handler and mode, first day with room, and where people go instead.

Two passes over a day: first all requests that must be seen today, then the routine ones in the order of their calls,
who may also take what the urgent ones left of today's held-back room.
"""

from __future__ import annotations

import math

import numpy as np

from sim.care.arrays import group_row, usual_of
from sim.care.books import (
    ADVANCED,
    ASSISTANT,
    CELL,
    CONSULT,
    GP,
    INSTEAD,
    LONG,
    MASK,
    MENTAL,
    PHONE,
    RING,
    SOMATIC,
    URGENT_BIT,
    VISIT,
    VISITOR_BIT,
    first_open,
    first_room,
    put,
)
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.randomness.philox import UNIT32
from sim.world.needs import PLANNED_ORDINAL

__all__ = ["book_requests"]

EVENING = 17 * 3600
ASKED_BY_ROLE = np.array(
    [C.GP_ASKED, C.GP_ASKED, C.ASSISTANT_ASKED, C.SOMATIC_ASKED, C.MENTAL_ASKED, C.ADVANCED_ASKED], np.int64
)


@kernel(inline=True)
def send(box, requests, e, second):  # type: ignore[no-untyped-def]
    """Copy request ``e`` into an outbox."""
    at = int(box.length[0])
    box.row[at] = requests.row[e]
    box.born[at] = requests.born[e]
    box.ordinal[at] = requests.ordinal[e]
    box.step[at] = requests.step[e]
    box.second[at] = second
    box.what[at] = requests.what[e]
    box.urgency[at] = requests.urgency[e]
    box.asked[at] = requests.asked[e]
    box.length[0] = at + 1


@kernel(inline=True)
def most_free_today(capacity, booked, count, candidates, at, column, seconds, share):  # type: ignore[no-untyped-def]
    """Book in ``candidates[at]`` with the most room today that fits ``seconds`` within ``share``; -1 when none."""
    best = -1
    best_free = -1
    for j in range(candidates.shape[1]):
        b = int(candidates[at, j])
        if b < 0:
            break
        c = int(capacity[b, column])
        if c <= 0 or count[b, column] >= CELL:
            continue
        free = int(c * share) - int(booked[b, column])
        if free >= seconds and free > best_free:
            best = b
            best_free = free
    return best


@kernel(inline=True)
def urgent_book(capacity, booked, count, gp_books, group, group_practices, p, usual, column, seconds, overtime):  # type: ignore[no-untyped-def]
    """Where an urgent request is seen today: (book, by a neighbour). Usual GP, practice, overtime, neighbours."""
    if usual >= 0:
        c = int(capacity[usual, column])
        if c > 0 and count[usual, column] < CELL and int(booked[usual, column]) + seconds <= c:
            return usual, 0
    b = most_free_today(capacity, booked, count, gp_books, p, column, seconds, 1.0)
    if b < 0 and overtime > 0.0:
        b = most_free_today(capacity, booked, count, gp_books, p, column, seconds, 1.0 + overtime)
    if b >= 0:
        return b, 0
    mine = int(group[p])
    best = -1
    best_free = -1
    for j in range(group_practices.shape[1]):
        q = int(group_practices[mine, j])
        if q < 0:
            break
        if q == p:
            continue
        b = most_free_today(capacity, booked, count, gp_books, q, column, seconds, 1.0)
        if b >= 0:
            free = int(capacity[b, column]) - int(booked[b, column])
            if free > best_free:
                best = b
                best_free = free
    return best, 1


@kernel(inline=True)
def _routine_room(books, kind, b, now, seconds, hold, first, last):  # type: ignore[no-untyped-def]
    """First offset in [first, last] with routine room in book b, -1 when none; today nothing is held back.

    ``kind`` of visit, or -1: any number of ``seconds``, at a time of day when the books' bits do not hold.
    """
    if kind >= 0:
        return first_open(books.open_days, b, kind, now, first, last)
    capacity, booked, count, share = books.capacity, books.booked, books.bookings, 1.0 + books.overtime[b]
    k = -1
    if first == 0:
        k = first_room(capacity, booked, count, b, now, 0, 0, seconds, share)
        first = 1
    if k < 0:
        k = first_room(capacity, booked, count, b, now, first, last, seconds, share - hold)
    return k


@kernel(inline=True)
def routine_gp_book(  # type: ignore[no-untyped-def]
    books, kind, gp_books, hold, sooner, p, usual, any_gp, now, seconds, first, last
):
    """(book, offset) of the first routine room with a GP of the practice: the usual one unless clearly sooner.

    ``kind`` of visit or -1: see ``_routine_room``.
    """
    best = -1
    at = last + 1
    if usual >= 0:
        k = _routine_room(books, kind, usual, now, seconds, hold, first, last)
        if k >= 0:
            best = usual
            at = k
    bar = at if (any_gp or best < 0) else at - sooner
    for j in range(gp_books.shape[1]):
        b = int(gp_books[p, j])
        if b < 0 or bar <= first:
            break
        if b == usual:
            continue
        k = _routine_room(books, kind, b, now, seconds, hold, first, bar - 1)
        if k >= 0:
            best = b
            at = k
            bar = k
    return best, at


@kernel(inline=True)
def elastic_book(capacity, booked, count, gp_books, p, usual, now, days):  # type: ignore[no-untyped-def]
    """(book, offset) with the least filled GP day within ``days`` of the first on which a GP works.

    Elastic mode sees everybody: where all GPs of a practice are away, soon after the first is back.
    """
    best = -1
    at = 0
    least = 1e18
    last = RING - 2
    for k in range(RING - 1):
        if k > last:
            break
        column = (now + k) & MASK
        for j in range(gp_books.shape[1]):
            b = int(gp_books[p, j])
            if b < 0:
                break
            c = int(capacity[b, column])
            if c > 0 and count[b, column] < CELL:
                fill = int(booked[b, column]) / c - (0.1 if b == usual else 0.0)
                if fill < least:
                    last = min(last, k + days) if best < 0 else last
                    least = fill
                    best = b
                    at = k
    return best, at


@kernel(inline=True)
def _take_turns(start, urgency, reached, turn, stop):  # type: ignore[no-untyped-def]
    """Each practice's requests in ``turn`` from ``start[q]`` on: urgent to ``stop[0, q]``, others to ``stop[1, q]``.

    Without branches that nobody can foretell; ``turn`` is one longer than the requests.
    """
    for q in range(stop.shape[1]):
        n = int(start[q])
        for e in range(int(start[q]), int(start[q + 1])):
            turn[n] = e
            n += 1 if reached[e] != 0 and urgency[e] <= 3 else 0
        stop[0, q] = n
        for e in range(int(start[q]), int(start[q + 1])):
            turn[n] = e
            n += 1 if reached[e] != 0 and urgency[e] > 3 else 0
        stop[1, q] = n


@kernel(lean=True)
def book_requests(  # type: ignore[no-untyped-def]
    now, start, requests, packed_, words, reached, turns, stop, drops, books, structure, tables, tallies, to_post
):
    """Handle every request of a working day.

    Args:
        now: working-day number of today.
        start: (P + 3,) where each practice's requests begin; P = without a practice, P + 1 = practice outside.
        requests: the day's requests, by practice and time of call.
        packed_: (m,) second column of ``Persons.record`` of who asks, gathered beforehand: a look in memory for each
            would wait for memory each time.
        words: (12, m) keyed 32-bit words of the requests (see ``sim.care.lineup``).
        reached: (m,) 1 when the practice was reached; others are dealt with elsewhere.
        turns, stop, drops: (m + 1,), (2, P + 2) and (64,) room to work in.
        books, structure, tables, tallies: see ``sim.care.arrays``.
        to_post: outbox of requests that go to the out-of-hours post tonight.
    """
    row_, ordinal_, step_, what_, urgency_, born_, asked_ = (
        requests.row,
        requests.ordinal,
        requests.step,
        requests.what,
        requests.urgency,
        requests.born,
        requests.asked,
    )
    capacity, booked, count, open_days = books.capacity, books.booked, books.bookings, books.open_days
    gp_books, role_book, group, group_practices, near = (
        structure.gp_books,
        structure.role_book,
        structure.group,
        structure.group_practices,
        structure.near,
    )
    self_care, advice, assistant, mental, advanced, phone, long, visit = (
        tables.self_care,
        tables.advice,
        tables.assistant,
        tables.mental,
        tables.advanced,
        tables.phone,
        tables.long,
        tables.visit,
    )
    gp_seconds, role_seconds, drop_to, passant, elsewhere = (
        tables.gp_seconds,
        tables.role_seconds,
        tables.drop_to,
        tables.passant,
        tables.unregistered_to,
    )
    hold, sooner, horizon, elastic = tables.hold, int(tables.sooner), tables.horizon, tables.elastic
    drop_rate, drop_free, late, soon = tables.drop_rate, tables.drop_free, tables.late, tables.advanced_days
    tp, tg = tallies.practice, tallies.group
    practices = gp_books.shape[0]
    column = now & MASK
    for k in range(drops.shape[0]):
        drops[k] = 1.0 - math.exp(-drop_rate * (k - drop_free))
    _take_turns(start, urgency_, reached, turns, stop)
    for turn in range(2):
        for q in range(practices + 2):
            for place in range(start[q] if turn == 0 else stop[0, q], stop[turn, q]):
                e = np.uint64(turns[place])  # unsigned: no place counted from the end
                urgency = int(urgency_[e])
                urgent = turn == 0
                i = int(row_[e])
                c = int(what_[e])
                p = q if q < practices else practices
                packed = int(packed_[e])
                g = group_row(packed)
                node = g // 21
                band = (g // 3) % 7
                person = np.int64(i) | (np.int64(born_[e]) << 32) | (np.int64(asked_[e]) << 48)
                code = (c << 13) | (int(step_[e]) << 17) | (int(ordinal_[e]) << 20)
                planned = int(ordinal_[e]) == PLANNED_ORDINAL
                tg[g, C.G_NEEDS] += int(int(step_[e]) == 0) & int(not planned)
                if q == practices + 1:
                    if words[1, e] * UNIT32 < tables.distant and not (urgent and urgency == 2):
                        tp[p, C.HANDLED_OUTSIDE] += 1
                        continue
                if q >= practices:
                    # without a practice here: a passant somewhere near, or elsewhere
                    seen = False
                    if words[2, e] * UNIT32 < passant[0 if urgent else 1]:
                        seconds = int(gp_seconds[CONSULT])
                        for j in range(min(tables.passants_try, near.shape[1])):
                            b = most_free_today(
                                capacity, booked, count, gp_books, int(near[node, j]), column, seconds, 1.0
                            )
                            if b >= 0:
                                flags = VISITOR_BIT | (URGENT_BIT if urgent else 0)
                                put(books, b, now, 0, person, seconds | code | (CONSULT << 26) | flags)
                                tp[p, C.PASSANTS] += 1
                                tp[int(near[node, j]), C.GP_ASKED] += seconds
                                seen = True
                                break
                    if not seen:
                        u = words[4, e] * UNIT32
                        if urgency == 2 or u >= elsewhere[1]:
                            tp[p, C.TO_EMERGENCY] += 1
                            tg[g, C.G_EMERGENCY] += 1
                        elif u >= elsewhere[0]:
                            tp[p, C.TO_POST] += 1
                            tg[g, C.G_TO_POST] += 1
                            send(to_post, requests, e, EVENING + int(words[6, e] * UNIT32 * late))
                        else:
                            tp[p, C.FORGONE] += 1
                            tg[g, C.G_FORGONE] += 1
                    continue
                role = GP
                if planned:
                    role = SOMATIC
                else:
                    u = words[1, e] * UNIT32
                    if not urgent and words[11, e] * UNIT32 < self_care[c]:
                        tp[p, C.SELF_CARE] += 1
                        continue
                    if urgency > 2 and u < advice[c]:
                        tp[p, C.ADVICE] += 1
                        tg[g, C.G_ADVICE] += 1
                        continue
                    u = (u - advice[c]) / (1.0 - advice[c]) if u >= advice[c] else u
                    v = words[2, e] * UNIT32
                    if v < assistant[c]:
                        role = ASSISTANT
                    elif v < assistant[c] + mental[c]:
                        role = MENTAL
                    elif u < advanced[c]:
                        role = ADVANCED
                if role != GP:
                    b = int(role_book[p, role])
                    if b >= 0:
                        seconds = int(role_seconds[role])
                        k = first_open(open_days, b, 0, now, 0, 0 if urgent else horizon)
                        if role == ADVANCED and (urgent or k > soon or k < 0):
                            # PA and nurse practitioner share the GPs' work: only when they are sooner
                            if k != 0 and not (k > 0 and k <= soon):
                                b = -1
                        if b >= 0 and not (urgent and role != ADVANCED and k != 0):
                            tp[p, ASKED_BY_ROLE[role]] += seconds
                            if k < 0:
                                tp[p, C.FORGONE] += 1
                                tg[g, C.G_FORGONE] += 1
                            elif not planned and k > drop_free and words[4, e] * UNIT32 < drops[k]:
                                tp[p, C.FORGONE] += 1
                                tg[g, C.G_FORGONE] += 1
                            else:
                                if urgent:
                                    tp[p, C.URGENT] += 1
                                    tp[p, C.URGENT_TODAY] += 1
                                flags = URGENT_BIT if urgent else 0
                                put(books, b, now, k, person, seconds | code | (CONSULT << 26) | flags)
                            continue
                # the GPs
                u = words[3, e] * UNIT32
                mode = CONSULT
                if u < visit[band]:
                    mode = VISIT
                else:
                    u = (u - visit[band]) / (1.0 - visit[band])
                    if u < phone[c]:
                        mode = PHONE
                    elif u < phone[c] + long[c]:
                        mode = LONG
                seconds = int(gp_seconds[mode])
                tp[p, C.GP_ASKED] += seconds
                usual = usual_of(packed)
                if urgent:
                    tp[p, C.URGENT] += 1
                    b, neighbour = urgent_book(
                        capacity,
                        booked,
                        count,
                        gp_books,
                        group,
                        group_practices,
                        p,
                        usual,
                        column,
                        seconds,
                        tables.urgent_overtime,
                    )
                    if b >= 0:
                        flags = URGENT_BIT | (VISITOR_BIT if neighbour else 0)
                        put(books, b, now, 0, person, seconds | code | (mode << 26) | flags)
                        tp[p, C.URGENT_TODAY] += 1
                        tp[p, C.NEIGHBOUR] += neighbour
                    elif urgency == 2:
                        tp[p, C.TO_EMERGENCY] += 1
                        tg[g, C.G_EMERGENCY] += 1
                    else:
                        tp[p, C.TO_POST] += 1
                        tg[g, C.G_TO_POST] += 1
                        send(to_post, requests, e, EVENING + int(words[6, e] * UNIT32 * late))
                    continue
                any_gp = words[5, e] * UNIT32 < tables.any_gp
                last = horizon if elastic < 0 else elastic
                b, k = routine_gp_book(books, mode, gp_books, hold, sooner, p, usual, any_gp, now, seconds, 0, last)
                if b < 0 and elastic >= 0:
                    b, k = elastic_book(capacity, booked, count, gp_books, p, usual, now, elastic)
                if mode == CONSULT and (b < 0 or k > tables.phone_days) and elastic < 0:
                    w = words[7, e] * UNIT32
                    if w < tables.phone_share * min(
                        1.0, ((k if b >= 0 else last) - tables.phone_days) / tables.phone_ramp
                    ):
                        b2, k2 = routine_gp_book(
                            books, INSTEAD, gp_books, hold, sooner, p, usual, any_gp, now, tables.phone_seconds, 0, last
                        )
                        if b2 >= 0:
                            b, k = b2, k2
                            mode = PHONE
                            seconds = tables.phone_seconds
                            tp[p, C.PHONE_INSTEAD] += 1
                leaves = b < 0
                u = words[4, e] * UNIT32
                if not leaves and k > drop_free and elastic < 0:
                    drop = drops[k]
                    if u < drop:
                        leaves = True
                        u = u / drop
                if leaves:
                    if u < drop_to[0]:
                        tp[p, C.FORGONE] += 1
                        tg[g, C.G_FORGONE] += 1
                    elif u < drop_to[1]:
                        tp[p, C.TO_POST] += 1
                        tg[g, C.G_TO_POST] += 1
                        send(to_post, requests, e, EVENING + int(words[6, e] * UNIT32 * late))
                    else:
                        tp[p, C.TO_EMERGENCY] += 1
                        tg[g, C.G_EMERGENCY] += 1
                    continue
                put(books, b, now, k, person, seconds | code | (mode << 26))
