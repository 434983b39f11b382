"""The day's visits: who comes, what it takes, what follows. Also the moving of visits when capacity disappears."""

from __future__ import annotations

import math

import numpy as np

from sim.care.arrays import Ints, Outbox, Persons, Structure, Tallies, group_row, is_alive, practice_of, usual_of
from sim.care.booking import ASKED_BY_ROLE, routine_gp_book
from sim.care.books import (
    ADVANCED,
    ASSISTANT,
    CELL,
    CONSULT,
    DIGITAL_BIT,
    INSTEAD,
    LOCUM,
    LONG,
    MASK,
    MENTAL,
    PHONE,
    SOMATIC,
    URGENT_BIT,
    VISITOR_BIT,
    AppointmentBooks,
    first_open,
    first_room,
    open_days_of,
    put,
)
from sim.care.lineup import fill_words_by_counter
from sim.care.tables import Rules
from sim.compiled import kernel, prefetch
from sim.ledger import counts as C
from sim.randomness.philox import UNIT32
from sim.world.needs import PLANNED_ORDINAL

__all__ = ["displace", "see_patients"]

MENTAL_COMPLAINT, SOCIAL_COMPLAINT = 2, 3
"""Complaints of which the mental-health nurse takes the follow-ups; the somatic nurse those of others."""

BY_PATIENT = -2
"""A follow-up that patients book themselves; with the mode in which a digital contact comes back, and -1 for others."""

LAST_STEP = 6
"""A need has no further follow-up after this one."""
MOST_STEPS = 7
"""Who stays away at this step does not ask again: it has three bits, and every draw after it would be the same."""

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
def _call_in(bookings, entry, column, persons, group, book, who, what, packed, entity, counter):  # type: ignore[no-untyped-def]
    """Today's bookings from ``book`` on, as many books as fit in the arrays, and what is known of the persons.

    Returns the book to go on with and the number of bookings. The looks at the persons do not wait for each other, and
    what the visits will change in ``group`` and of the persons is fetched.
    """
    record, last_seen = persons.record, persons.last_seen
    n = 0
    while book < bookings.shape[0] and n + int(bookings[book, column]) <= who.shape[0]:
        for j in range(int(bookings[book, column])):
            who[n] = entry[column, book, j, 0]
            what[n] = entry[column, book, j, 1]
            prefetch(record, 2 * (int(who[n]) & 0xFFFFFFFF))
            n += 1
        book += 1
    for j in range(n):
        person = int(who[j])
        meta = int(what[j])
        i = person & 0xFFFFFFFF
        entity[j] = np.uint64(record[i, 0])
        packed[j] = record[i, 1]
        row = group_row(int(packed[j])) * group.shape[1]
        prefetch(group, row)
        prefetch(group, row + group.shape[1] - 1)
        prefetch(last_seen, i)
        time = ((person >> 32) & 0xFFFF) * 64 + ((meta >> 20) & 63)
        counter[j] = np.uint64((time << 32) | ((meta >> 17) & 7))
    return book, n


@kernel(inline=True)
def _comes_back(u, to_visit, to_call):  # type: ignore[no-untyped-def]
    """(Mode in which what a digital first contact left open comes back, -1 not at all; what is left of the word)."""
    if u < to_visit:
        return CONSULT, u
    if u < to_visit + to_call:
        return PHONE, u
    rest = to_visit + to_call
    return -1, (u - rest) / (1.0 - rest)


@kernel(inline=True)
def _book_next(  # type: ignore[no-untyped-def]
    n, follow, who, what, packs, chance, now, day, books, structure, rules, tallies, open_at
):
    """Follow-ups with the same handler, on the first day with room from the day agreed.

    Separate from the visits that they follow on, so that the looks at the books do not wait for each other.
    """
    tp, tg, gp_books = tallies.practice, tallies.group, structure.gp_books
    practices, horizon = gp_books.shape[0], rules.horizon
    for at in range(n):
        e = np.uint64(follow[at, 0])
        b = int(follow[at, 1])
        role, home = int(books.role[b]), int(books.practice[b])
        rule = rules.rows[int(rules.variant[home])]
        person, meta, packed = int(who[e]), int(what[e]), int(packs[e])
        p = practice_of(packed)
        mine = p if p >= 0 else practices
        c = (meta >> 13) & 15
        mode = (meta >> 26) & 3
        back = int(follow[at, 2])
        days = rule["follow_up_days"][c] if back < 0 else rule["consult_days"]
        ahead = 1 + min(80, int(-days * math.log(1.0 - float(chance[e]) * UNIT32)))
        first = max(1, min(int(open_at[day + ahead]) - now, horizon - 2))
        seconds = meta & 8191
        if role > LOCUM:
            seconds = int(books.need[b, 0])
        elif back == BY_PATIENT:
            seconds = int(rule["self_booked_seconds"])
            mode = LONG
        elif mode == LONG:
            seconds = int(rule["gp_seconds"][CONSULT])
            mode = CONSULT
        if back >= 0:
            seconds = int(rule["gp_seconds"][back])
            mode = back
        tp[mine, ASKED_BY_ROLE[role]] += seconds
        b2, k = _next_room(
            books, gp_books, rule["hold"], int(rule["sooner"]), home, role, b, mode, now, seconds, first, horizon
        )
        if b2 < 0:
            tp[mine, C.FORGONE] += 1
            tg[group_row(packed), C.G_FORGONE] += 1
        else:
            stamp = np.int64(person & 0xFFFFFFFFFFFF) | (np.int64(now + first) << 48)
            step = ((meta >> 17) & 7) + 1
            code = seconds | (c << 13) | (step << 17) | (((meta >> 20) & 63) << 20) | (mode << 26)
            put(books, b2, now, k, stamp, code)


@kernel(inline=True)
def _stays_away(person, meta, p, lost, second, tallies, again):  # type: ignore[no-untyped-def]
    """Somebody did not come: asks again on the next day, or not at all."""
    tp = tallies.practice
    mine = p if p >= 0 else tp.shape[0] - 1
    step = (meta >> 17) & 7
    tp[mine, C.NO_SHOWS] += 1
    if lost or step == MOST_STEPS:
        tp[mine, C.NO_SHOW_LOST] += 1
        return
    at = int(again.length[0])
    again.row[at] = person & 0xFFFFFFFF
    again.born[at] = (person >> 32) & 0xFFFF
    again.ordinal[at] = (meta >> 20) & 63
    again.step[at] = step + 1
    again.second[at] = second
    again.what[at] = (meta >> 13) & 15
    again.urgency[at] = 4
    again.asked[at] = person >> 48
    again.length[0] = at + 1
    tp[mine, C.RETRIES] += 1


@kernel(inline=True)
def _second_look(u, referral, c, band, rule):  # type: ignore[no-untyped-def]
    """(referred, a specialist was asked) where somebody else looks before a referral is made, or is asked without one.

    ``u`` is the draw that decides on the referral: what is left of it decides on the rest, so that nothing else moves.
    """
    if band < 2 and (c == MENTAL_COMPLAINT or c == SOCIAL_COMPLAINT) and rule["youth"][0] + rule["youth"][1] > 0.0:
        use, asks, prevents, induces = rule["youth"][0], rule["youth"][1], rule["youth"][2], rule["youth"][3]
        asked = 0
    else:
        use, asks, prevents, induces = rule["line_use"][c], rule["line"][0], rule["line"][1], rule["line"][2]
        asked = 1
    if u < referral:
        rest = u / referral
        if rest >= use:
            return 1, 0
        return int(rest >= use * prevents), asked
    rest = (u - referral) / (1.0 - referral)
    if rest >= asks:
        return 0, 0
    return int(rest < asks * induces), asked


@kernel(lean=True)
def _see(  # type: ignore[no-untyped-def]
    key0,
    key1,
    now,
    day,
    books,
    structure,
    persons,
    rules,
    tallies,
    open_at,
    scratch,
    used,
    room_today,
    again,
    desk,
    link_left,
    month,
    link_months,
):
    who, what, packs, ids, counter, words, follow = scratch
    capacity, booked, count, entry = books.capacity, books.booked, books.bookings, books.entry
    last_seen, linked, waits = persons.last_seen, persons.linked, tallies.waits
    role_book = structure.role_book
    tp, tg = tallies.practice, tallies.group
    column = now & MASK
    practices = structure.gp_books.shape[0]
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    following = 0
    while following < capacity.shape[0]:
        book = following
        following, n = _call_in(count, entry, column, persons, tg, book, who, what, packs, ids, counter)
        fill_words_by_counter(key0, key1, ids[:n], counter[:n], words)
        begin = 0
        follows = 0
        for b in range(book, following):
            visits = int(count[b, column])
            room = int(capacity[b, column])
            used[b] = 0
            room_today[b] = room
            if visits == 0 and room == 0:
                continue
            role, home = int(books.role[b]), int(books.practice[b])
            by_gp = role <= LOCUM
            rule = rules.rows[int(rules.variant[home])]
            no_show = rule["no_show"]
            rebooks = no_show * rule["rebooks"]
            follow_up, referral, look = rule["follow_up"], rule["referral"], int(rule["second_look"])
            to_nurse, added, booked_self = rule["nurse_follow_up"], rule["nurse_added"], rule["self_booked"][0]
            repeat, links, asking = rule["self_booked"][1], rule["link_share"], int(rule["line_seconds"])
            within = min(int(rule["nurse_within"]), rules.horizon - 2)
            seconds_used = 0
            questions = 0
            for j in range(begin, begin + visits):
                e = np.uint64(j)  # unsigned: no place counted from the end
                person = int(who[e])
                meta = int(what[e])
                packed = int(packs[e])
                p = practice_of(packed)
                mine = p if p >= 0 else practices
                visitor = (meta & VISITOR_BIT) != 0
                urgent = (meta & URGENT_BIT) != 0
                if is_alive(packed) == 0 or (p != home and not visitor):
                    tp[mine, C.VOID] += 1
                    continue
                u0 = float(w0[e]) * UNIT32
                if u0 < no_show and not urgent:
                    second = 36000 + int(float(w3[e]) * UNIT32 * 18000.0)
                    _stays_away(person, meta, p, u0 >= rebooks, second, tallies, again)
                    continue
                c = (meta >> 13) & 15
                step = (meta >> 17) & 7
                seconds_used += meta & 8191
                tp[mine, HANDLED[role]] += 1
                last_seen[person & 0xFFFFFFFF] = day
                g = group_row(packed)
                if by_gp or role == MENTAL or role == ADVANCED:
                    tg[g, C.G_CONTACTS] += 1
                    if by_gp:
                        usual = int(usual_of(packed) == b)
                        tp[mine, C.GP_CONTACTS] += 1
                        tp[mine, C.MODE_PHONE + ((meta >> 26) & 3)] += 1
                        tp[mine, C.USUAL_CONTACTS] += usual
                        tg[g, C.G_GP] += 1
                        tg[g, C.G_USUAL] += usual
                        if step == 0 and not urgent and not visitor:
                            wait = now - (person >> 48)
                            soon = int(wait <= 3)
                            tp[mine, C.ROUTINE_SEEN] += 1
                            tp[mine, C.ROUTINE_WAIT] += wait
                            tp[mine, C.ROUTINE_IN_3_DAYS] += soon
                            waits[mine, min(wait, C.WAIT_DAYS - 1)] += 1
                            tg[g, C.G_ROUTINE] += 1
                            tg[g, C.G_WAIT] += wait
                            tg[g, C.G_IN_3_DAYS] += soon
                    back, u1 = -1, float(w1[e]) * UNIT32
                    if (meta & DIGITAL_BIT) != 0:
                        back, u1 = _comes_back(u1, rule["consult_to_visit"], rule["consult_to_call"])
                    u2 = float(w2[e]) * UNIT32
                    referred = int(u2 < referral[c] and back < 0)
                    if look and back < 0:
                        referred, asked = _second_look(u2, referral[c], c, (g // 3) % 7, rule)
                        questions += asked * asking
                        tp[mine, ASKED_BY_ROLE[role]] += asked * asking
                        tp[mine, C.LINE_ASKED] += asked
                    if link_left[home] > 0 and p == home and not urgent and role != ADVANCED:
                        if (u0 - no_show) / (1.0 - no_show) < links[c] and linked[person & 0xFFFFFFFF] < month:
                            linked[person & 0xFFFFFFFF] = month + link_months
                            link_left[home] -= 1
                            tp[mine, C.LINKED] += 1
                    tp[mine, C.REFERRALS] += referred
                    tg[g, C.G_REFERRALS] += referred
                else:
                    back, u1 = -1, float(w1[e]) * UNIT32
                    tg[g, C.G_PLANNED] += 1
                ends = role == ASSISTANT or ((meta >> 20) & 63) == PLANNED_ORDINAL or visitor or step >= LAST_STEP
                chance = follow_up[c]
                if by_gp and step > 0 and (meta >> 26) & 3 == LONG:
                    chance *= repeat
                again_soon = int(not ends and (back >= 0 or u1 < chance))
                with_whom = b
                if by_gp and not ends and back < 0:
                    nurse = int(role_book[home, MENTAL if c == MENTAL_COMPLAINT or c == SOCIAL_COMPLAINT else SOMATIC])
                    if again_soon == 1:
                        u1 /= chance
                        share = to_nurse[c] if nurse >= 0 else 0.0
                        if u1 < share:
                            if first_open(books.open_days, nurse, 0, now, 1, within) >= 0:
                                with_whom = nurse
                        elif (u1 - share) / (1.0 - share) < booked_self:
                            back = BY_PATIENT
                    elif nurse >= 0 and (u1 - chance) / (1.0 - chance) < added[c]:
                        if first_open(books.open_days, nurse, 0, now, 1, within) >= 0:
                            again_soon = 1
                            with_whom = nurse
                tp[mine, C.FOLLOW_UPS] += again_soon
                follow[follows, 0] = j
                follow[follows, 1] = with_whom
                follow[follows, 2] = back
                follows += again_soon
            begin += visits
            # questions to specialists come after the visits, as far as the day and its overtime reach
            most = int(room * (1.0 + rules.urgent_overtime)) - int(desk[b])
            seconds_used += max(0, min(questions, most - seconds_used))
            used[b] = seconds_used
            tp[home, USED[role]] += seconds_used
            tp[home, AVAILABLE[role]] += room
            if by_gp and seconds_used > room:
                tp[home, C.GP_OVERTIME] += seconds_used - room
            booked[b, column] = 0
            count[b, column] = 0
        _book_next(follows, follow, who, what, packs, w3, now, day, books, structure, rules, tallies, open_at)


def see_patients(
    seed: int,
    stream: int,
    now: int,
    day: int,
    books: AppointmentBooks,
    structure: Structure,
    persons: Persons,
    rules: Rules,
    tallies: Tallies,
    open_at: Ints,
    used: Ints,
    room_today: Ints,
    again: Outbox,
    desk: Ints,
    link_left: Ints,
    month: int,
    link_months: int,
) -> None:
    """Carry out all bookings of today and clear today's column.

    Args:
        seed, stream: key of the draws at the visit.
        now, day: working day, calendar day.
        books, structure, persons, rules, tallies: see ``sim.care.arrays`` and ``sim.care.tables``.
        open_at: (days,) working-day number of the first open day at or after a calendar day.
        used, room_today: (R,) seconds used and available today by book (output).
        again: outbox of those who did not come and ask again tomorrow.
        desk: (R,) seconds of today that desk work takes.
        link_left: (P,) people whom a link worker can still take on; goes down.
        month: month index of today.
        link_months: how long a link worker has an effect.
    """
    who, what, packs = np.empty((3, BLOCK), np.int64)
    ids, counter = np.empty((2, BLOCK), np.uint64)
    words, follow = np.empty((4, BLOCK), np.uint32), np.empty((BLOCK + 1, 3), np.int64)
    scratch = (who, what, packs, ids, counter, words, follow)
    _see(
        np.uint64(seed), np.uint64(stream), now, day, books, structure, persons, rules, tallies, open_at, scratch,
        used, room_today, again, desk, link_left, month, link_months,
    )  # fmt: skip


@kernel(lean=True)
def displace(now, books, structure, persons, rules, tallies):  # type: ignore[no-untyped-def]
    """Where today's bookings exceed what is left of capacity, move the routine visits booked last to the next room.

    They keep the day they asked. Who finds no room within the book gives up. Called at the start of a day.
    """
    capacity, booked, count, entry = books.capacity, books.booked, books.bookings, books.entry
    horizon, record = rules.horizon, persons.record
    tp, tg = tallies.practice, tallies.group
    column = now & MASK
    practices = structure.gp_books.shape[0]
    for b in range(capacity.shape[0]):
        limit = int(int(capacity[b, column]) * (1.0 + rules.urgent_overtime))
        if int(booked[b, column]) <= limit:
            continue
        home = int(books.practice[b])
        rule = rules.rows[int(rules.variant[home])]
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
                books, structure.gp_books, rule["hold"], int(rule["sooner"]), home, int(books.role[b]), b,
                (meta >> 26) & 3, now, seconds, 1, horizon,
            )  # fmt: skip
            if b2 >= 0:
                put(books, b2, now, k, person, meta)
            else:
                tp[mine, C.FORGONE] += 1
                tg[group_row(packed), C.G_FORGONE] += 1
        open_days_of(books, b, now)  # there may be room again today
