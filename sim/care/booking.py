"""From triage to appointment: the first day with room, and where people go instead.

Two passes over a day: first all requests that must be seen today, then the routine ones in the order of their calls,
who may also take what the urgent ones left of today's held-back room.
"""

from __future__ import annotations

import math

import numpy as np

from sim.care.arrays import group_row, has_chain, usual_of
from sim.care.books import (
    ADVANCED,
    CELL,
    CONSULT,
    DIGITAL_BIT,
    GP,
    INSTEAD,
    MASK,
    PHONE,
    RING,
    URGENT_BIT,
    VISITOR_BIT,
    first_open,
    first_room,
    put,
)
from sim.care.triage import DIGITAL, DOOR_MODE, DOOR_ROLE
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.randomness.philox import UNIT32
from sim.world.needs import PLANNED_ORDINAL

__all__ = ["ASKED_BY_ROLE", "EVENING", "book_requests", "routine_gp_book", "send"]

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
def _to_post(tallies, requests, e, p, g, word, late, to_post):  # type: ignore[no-untyped-def]
    """Request ``e`` goes to the out-of-hours post tonight."""
    tallies.practice[p, C.TO_POST] += 1
    tallies.group[g, C.G_TO_POST] += 1
    send(to_post, requests, e, EVENING + int(float(word) * UNIT32 * late))


@kernel(inline=True)
def _to_emergency(tallies, p, g):  # type: ignore[no-untyped-def]
    tallies.practice[p, C.TO_EMERGENCY] += 1
    tallies.group[g, C.G_EMERGENCY] += 1


@kernel(inline=True)
def _forgoes(tallies, p, g):  # type: ignore[no-untyped-def]
    tallies.practice[p, C.FORGONE] += 1
    tallies.group[g, C.G_FORGONE] += 1


@kernel(inline=True)
def _book_passant(  # type: ignore[no-untyped-def]
    requests, e, urgent, contract, person, code, g, words, now, books, structure, rules, tallies, to_post
):
    """Who has no practice here is seen as a passant somewhere near, today, or goes elsewhere.

    Nobody with a ``contract`` is turned away where there is room.
    """
    place = tallies.practice.shape[0] - 1
    near, node = structure.near, g // 21
    rule = rules.rows[int(rules.node_variant[node])]
    if contract or float(words[2, e]) * UNIT32 < rule["passant"][0 if urgent else 1]:
        seconds = int(rule["gp_seconds"][CONSULT])
        for j in range(min(int(rule["passants_try"]), near.shape[1])):
            q = int(near[node, j])
            b = most_free_today(
                books.capacity, books.booked, books.bookings, structure.gp_books, q, now & MASK, seconds, 1.0
            )
            if b >= 0:
                flags = VISITOR_BIT | (URGENT_BIT if urgent else 0)
                put(books, b, now, 0, person, seconds | code | (CONSULT << 26) | flags)
                tallies.practice[place, C.PASSANTS] += 1
                tallies.practice[q, C.GP_ASKED] += seconds
                return
    u = float(words[4, e]) * UNIT32
    if int(requests.urgency[e]) == 2 or u >= rule["unregistered_to"][1]:
        _to_emergency(tallies, place, g)
    elif u >= rule["unregistered_to"][0]:
        _to_post(tallies, requests, e, place, g, words[6, e], rule["late"], to_post)
    else:
        _forgoes(tallies, place, g)


@kernel(inline=True)
def _book_staff(  # type: ignore[no-untyped-def]
    b, role, urgent, planned, person, code, p, g, word, now, horizon, soon, drop_free, drops, books, tallies
):
    """Book with other staff than GPs; False when a GP has to see the patient."""
    tp = tallies.practice
    k = first_open(books.open_days, b, 0, now, 0, 0 if urgent else horizon)
    if role == ADVANCED:
        # PA and nurse practitioner share the GPs' work: only when they are sooner
        if k < 0 or (k != 0 and (urgent or k > soon)):
            return False
    elif urgent and k != 0:
        return False
    seconds = int(books.need[b, 0])
    tp[p, ASKED_BY_ROLE[role]] += seconds
    if k < 0 or (not planned and k > drop_free and float(word) * UNIT32 < drops[k]):
        _forgoes(tallies, p, g)
        return True
    flags = 0
    if urgent:
        tp[p, C.URGENT] += 1
        tp[p, C.URGENT_TODAY] += 1
        flags = URGENT_BIT
    put(books, b, now, k, person, seconds | code | (CONSULT << 26) | flags)
    return True


@kernel(lean=True)
def book_requests(  # type: ignore[no-untyped-def]
    now, start, requests, packed_, words, door, turns, stop, drops, books, structure, rules, tallies, to_post
):
    """Book every request of a working day that is to be seen.

    Args:
        now: working-day number of today.
        start, door, turns, stop: see ``sim.care.triage``.
        requests: the day's requests, by practice and time of call.
        packed_: (m,) second column of ``Persons.record`` of who asks, gathered beforehand: a look in memory for each
            would wait for memory each time.
        words: (12, m) keyed 32-bit words of the requests (see ``sim.care.lineup``).
        drops: (64,) room to work in.
        books, structure, rules, tallies: see ``sim.care.arrays`` and ``sim.care.tables``.
        to_post: outbox of requests that go to the out-of-hours post tonight.
    """
    capacity, booked, count = books.capacity, books.booked, books.bookings
    gp_books, role_book, group, group_practices = (
        structure.gp_books, structure.role_book, structure.group, structure.group_practices,
    )  # fmt: skip
    w4, w5, w6, w7 = words[4], words[5], words[6], words[7]
    horizon, elastic = rules.horizon, rules.elastic
    last = horizon if elastic < 0 else elastic
    tp = tallies.practice
    practices = gp_books.shape[0]
    column = now & MASK
    drawn = -1
    for turn in range(2):
        urgent = turn == 0
        for q in range(practices + 2):
            v = int(rules.variant[q]) if q < practices else 0
            rule = rules.rows[v]
            hold, sooner, any_share = rule["hold"], int(rule["sooner"]), rule["any_gp"]
            drop_free, late, soon = rule["drop_free"], rule["late"], int(rule["advanced_days"])
            drop_to, instead_seconds = rule["drop_to"], int(rule["phone_seconds"])
            instead_from, instead_share, ramp = rule["phone_days"], rule["phone_share"], rule["phone_ramp"]
            if v != drawn:
                for k in range(drops.shape[0]):
                    drops[k] = 1.0 - math.exp(-rule["drop_rate"] * max(0.0, k - drop_free))
                drawn = v
            for place in range(start[q] if urgent else stop[0, q], stop[turn, q]):
                e = np.uint64(turns[place])  # unsigned: no place counted from the end
                packed = int(packed_[e])
                g = group_row(packed)
                person = (
                    np.int64(requests.row[e]) | (np.int64(requests.born[e]) << 32) | (np.int64(requests.asked[e]) << 48)
                )
                code = (int(requests.what[e]) << 13) | (int(requests.step[e]) << 17) | (int(requests.ordinal[e]) << 20)
                if q >= practices:
                    _book_passant(
                        requests, e, urgent, has_chain(packed) != 0, person, code, g, words, now, books, structure,
                        rules, tallies, to_post,
                    )  # fmt: skip
                    continue
                role = int(door[e]) & DOOR_ROLE
                mode = int(door[e]) >> DOOR_MODE
                if role != GP:
                    b = int(role_book[q, role])
                    planned = int(requests.ordinal[e]) == PLANNED_ORDINAL
                    if b >= 0 and _book_staff(
                        b, role, urgent, planned, person, code, q, g, w4[e], now, horizon, soon, drop_free, drops,
                        books, tallies,
                    ):  # fmt: skip
                        continue
                kind = mode
                first = 0
                if mode == DIGITAL:
                    seconds = int(rule["consult_seconds"])
                    kind = -1
                    mode = PHONE
                    first = DIGITAL_BIT
                else:
                    seconds = int(rule["gp_seconds"][mode])
                tp[q, C.GP_ASKED] += seconds
                usual = usual_of(packed)
                if urgent:
                    tp[q, C.URGENT] += 1
                    b, neighbour = urgent_book(
                        capacity, booked, count, gp_books, group, group_practices, q, usual, column, seconds,
                        rules.urgent_overtime,
                    )  # fmt: skip
                    if b >= 0:
                        flags = URGENT_BIT | (VISITOR_BIT if neighbour else 0)
                        put(books, b, now, 0, person, seconds | code | (mode << 26) | flags)
                        tp[q, C.URGENT_TODAY] += 1
                        tp[q, C.NEIGHBOUR] += neighbour
                    elif int(requests.urgency[e]) == 2:
                        _to_emergency(tallies, q, g)
                    else:
                        _to_post(tallies, requests, e, q, g, w6[e], late, to_post)
                    continue
                any_gp = float(w5[e]) * UNIT32 < any_share
                b, k = routine_gp_book(books, kind, gp_books, hold, sooner, q, usual, any_gp, now, seconds, 0, last)
                if b < 0 and elastic >= 0:
                    b, k = elastic_book(capacity, booked, count, gp_books, q, usual, now, elastic)
                if mode == CONSULT and (b < 0 or k > instead_from) and elastic < 0:
                    share = instead_share * min(1.0, ((k if b >= 0 else last) - instead_from) / ramp)
                    if float(w7[e]) * UNIT32 < share:
                        b2, k2 = routine_gp_book(
                            books, INSTEAD, gp_books, hold, sooner, q, usual, any_gp, now, instead_seconds, 0, last
                        )
                        if b2 >= 0:
                            b, k = b2, k2
                            mode = PHONE
                            seconds = instead_seconds
                            tp[q, C.PHONE_INSTEAD] += 1
                leaves = b < 0
                u = float(w4[e]) * UNIT32
                if not leaves and k > drop_free and elastic < 0:
                    drop = drops[k]
                    if u < drop:
                        leaves = True
                        u = u / drop
                if not leaves:
                    put(books, b, now, k, person, seconds | code | (mode << 26) | first)
                elif u < drop_to[0]:
                    _forgoes(tallies, q, g)
                elif u < drop_to[1]:
                    _to_post(tallies, requests, e, q, g, w6[e], late, to_post)
                else:
                    _to_emergency(tallies, q, g)
