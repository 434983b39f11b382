"""Kernels of a night at the out-of-hours posts: who calls, what comes of the calls, who is seen.

Each takes its customers in the order of their times, with a tie by who they are: never by storage.
"""

from __future__ import annotations

import math

import numpy as np

from sim.care.arrays import Requests, group_row, practice_of
from sim.care.priority_queue import ARRIVAL, CUSTOMER, END, LEFT, START, priority_queues
from sim.compiled import kernel
from sim.dates import OFFICE_OPENS
from sim.ledger import counts as C
from sim.randomness.philox import MASK32, SHIFT32, UNIT32, philox4x32
from sim.world.needs import MonthNeeds

__all__ = [
    "CALL_END", "DAY", "FIELDS", "OPENS", "RING", "nights_calls", "see", "take",
]  # fmt: skip

DAY = 86400
OPENS = OFFICE_OPENS * 3600
NIGHT_CALLS = 22
"""Hour from which a call goes to the post of the night: an hour before the shift, as the patient has to come."""
RING = 1 << 16
FIELDS = 8
ROW, BORN, ORDINAL, STEP, WHAT, URGENCY, POST, CALL_END = range(FIELDS)
ADVICE, CONSULT, VISIT, EMERGENCY = range(4)
WHEN, RANK, CASE, SERVICE, KIND = range(5)
"""Columns of what falls due after a call: time of arrival, rank, case, seconds of service, consult or visit."""

_NOBODY = Requests(*np.empty((8, 0), np.int32))


@kernel(lean=True)
def _split(day, opens, begin, stop, row, ordinal, second, what, urgency, held, passed_on, now, later):  # type: ignore[no-untyped-def]
    m = 0
    for part in (held, passed_on):
        for j in range(part.row.shape[0]):
            now[0, m] = part.row[j]
            now[1, m] = part.born[j]
            now[2, m] = part.ordinal[j]
            now[3, m] = part.step[j]
            now[4, m] = part.second[j]
            now[5, m] = part.what[j]
            now[6, m] = part.urgency[j]
            now[7, m] = part.asked[j]
            m += 1
    k = 0
    for j in range(begin, stop):
        early = second[j] < opens
        to = now if early else later
        at = m if early else k
        to[0, at] = row[j]
        to[1, at] = day
        to[2, at] = ordinal[j]
        to[3, at] = 0
        to[4, at] = second[j]
        to[5, at] = what[j]
        to[6, at] = urgency[j]
        to[7, at] = day
        m += int(early)
        k += 1 - int(early)
    return m, k


def nights_calls(
    needs: MonthNeeds, day: int, held: Requests | None, passed_on: Requests | None
) -> tuple[Requests, Requests]:
    """Who calls from 8 h yesterday to 8 h today, and who calls later today; ``asked`` holds the day of the call.

    Args:
        needs: needs of the month that holds today.
        day: today.
        held: the second result of yesterday.
        passed_on: whom the practices passed on yesterday.
    """
    held, passed_on = held or _NOBODY, passed_on or _NOBODY
    part = needs.slice_post(day)
    own = part.stop - part.start
    now = np.empty((8, held.row.size + passed_on.row.size + own), np.int32)
    later = np.empty((8, own), np.int32)
    m, k = _split(
        day, OPENS, part.start, part.stop, needs.row, needs.ordinal, needs.second, needs.what, needs.urgency, held,
        passed_on, now, later,
    )  # fmt: skip
    return Requests(*(column[:m] for column in now)), Requests(*(column[:k] for column in later))


@kernel(inline=True)
def _draw(seed, stream, entity, time, number, out):  # type: ignore[no-untyped-def]
    """Four words for each of n entities, times and draw numbers; ``out`` (4, n) uint32. A loop for vectors."""
    key0, key1 = np.uint64(seed) & MASK32, np.uint64(stream)
    o0, o1, o2, o3 = out[0], out[1], out[2], out[3]
    for j in range(entity.shape[0]):
        e = np.uint64(entity[j])
        w0, w1, w2, w3 = philox4x32(
            e & MASK32, e >> SHIFT32, np.uint64(time[j]) & MASK32, np.uint64(number[j]) & MASK32, key0, key1
        )
        o0[j] = w0
        o1[j] = w1
        o2[j] = w2
        o3[j] = w3


@kernel(inner=True)
def _in_order(begin, time, tie):  # type: ignore[no-untyped-def]
    """Places (n,) in the order of time, then tie, then place.

    A day from ``begin`` on is cut in n parts; within a part, and for times elsewhere, an insertion sort does the rest.
    """
    n = time.shape[0]
    part = np.empty(n, np.int64)
    fill = np.zeros(n + 1, np.int64)
    for j in range(n):
        part[j] = min(max((time[j] - begin) * n // DAY, 0), n - 1)
        fill[part[j] + 1] += 1
    for k in range(n):
        fill[k + 1] += fill[k]
    order = np.empty(n, np.int64)
    for j in range(n):
        order[fill[part[j]]] = j
        fill[part[j]] += 1
    for k in range(1, n):
        j = order[k]
        at = k
        while at > 0 and (
            time[order[at - 1]] > time[j] or (time[order[at - 1]] == time[j] and tie[order[at - 1]] > tie[j])
        ):
            order[at] = order[at - 1]
            at -= 1
        order[at] = j
    return order


@kernel(inner=True)
def _advance(begin, end, of, order, arrivals, boundary, servers, free_at, waiting, head, size):  # type: ignore[no-untyped-def]
    """Advance all queues with these customers: ``of`` (n,) is the queue of each, ``order`` their order.

    ``arrivals`` (5, n): time, service, patience, rank, customer. Returns the rows of ``priority_queues``.
    """
    n = of.shape[0]
    queues = size.shape[0]
    first = np.zeros(queues + 1, np.int64)
    for j in range(n):
        first[of[j] + 1] += 1
    for q in range(queues):
        first[q + 1] += first[q]
    fill = first.copy()
    own = np.empty((5, n), np.int64)
    for k in range(n):
        j = order[k]
        at = fill[of[j]]
        fill[of[j]] = at + 1
        for column in range(5):
            own[column, at] = arrivals[column, j]
    most = n
    for q in range(queues):
        for p in range(size.shape[1]):
            most += int(size[q, p])
    out = np.empty((most, 4), np.int64)
    out_first = np.zeros(queues + 1, np.int64)
    priority_queues(
        begin, end, first, own[0], own[1], own[2], own[3], own[4], boundary, servers,
        free_at, waiting, head, size, out, out_first,
    )  # fmt: skip
    return out[: out_first[queues]]


@kernel(inner=True, lean=True)
def _callers(begin, requests, record, time, born, number, packed, entity):  # type: ignore[no-untyped-def]
    """When each calls, and what a draw is keyed by."""
    # first all looks at the persons, which do not wait for each other
    for j in range(time.shape[0]):
        i = requests.row[j]
        entity[j] = record[i, 0]
        packed[j] = record[i, 1]
    for j in range(time.shape[0]):
        time[j] = int(requests.asked[j]) * DAY + int(requests.second[j])
        born[j] = int(requests.born[j]) * 64 + int(requests.ordinal[j])
        number[j] = int(requests.step[j]) * 4


@kernel(inner=True, lean=True)
def _open_cases(  # type: ignore[no-untyped-def]
    requests, order, time, packed, words, is_open, close, triage, mean_patience, least, node_post, node_organisation,
    case, cases, arrivals, organisation, tally,
):  # fmt: skip
    for k in range(order.shape[0]):
        j = order[k]
        node = group_row(int(packed[j])) // 21
        hour = int(requests.second[j]) // 3600
        post = int(node_post[int(hour >= NIGHT_CALLS or hour < OPENS // 3600), node])
        day = int(requests.born[j])
        ordinal = int(requests.ordinal[j])
        u = int(requests.urgency[j])
        if u == 4 and ordinal < 32 and words[2, j] * UNIT32 < least:
            u = 5  # what the day passes on as not urgent is divided as the posts' own U4 and U5
        at = case & (RING - 1)
        cases[at, ROW] = requests.row[j]
        cases[at, BORN] = day
        cases[at, ORDINAL] = ordinal
        cases[at, STEP] = requests.step[j]
        cases[at, WHAT] = requests.what[j]
        cases[at, URGENCY] = u
        cases[at, POST] = post
        cases[at, CALL_END] = 0
        bears = (1 << 40) if u <= 2 else int(-mean_patience * math.log(1.0 - words[1, j] * UNIT32))
        arrivals[0, j] = time[j]
        arrivals[1, j] = 30 + min(3600, int(-(triage - 30.0) * math.log(1.0 - words[0, j] * UNIT32)))
        arrivals[2, j] = min(bears, max(0, close - 1 - time[j]))
        arrivals[3, j] = 0 if u <= 1 else 1
        arrivals[4, j] = at
        organisation[j] = node_organisation[node]
        tally[post, C.P_ARRIVALS] += 1
        if ordinal < 32:
            tally[post, C.P_FROM_DAY] += 1
        tally[post, (C.P_HOURS_WEEKDAY if is_open[int(requests.asked[j])] else C.P_HOURS_WEEKEND) + hour] += 1
        case += 1
    return case


@kernel(inline=True)
def _span(day, is_open):  # type: ignore[no-untyped-def]
    """Begin and end of the night, and when practices open again."""
    ahead = day
    while not is_open[ahead]:
        ahead += 1
    return (day - 1) * DAY + OPENS, day * DAY + OPENS, ahead * DAY + OPENS


@kernel(inline=True)
def _hours(begin, boundary):  # type: ignore[no-untyped-def]
    for k in range(boundary.shape[0]):
        boundary[k] = begin + 3600 * k


@kernel
def take(  # type: ignore[no-untyped-def]
    seed, call_stream, service_stream, day, requests, is_open, triage, mean_patience, least, record, node_post,
    node_organisation, case, cases, nurses, free_at, waiting, head, size, minutes, advice, home, home_age, emergency,
    slack, consult, visit, self_care, sends_on, tally, group, p_tally, before, again, next_now,
):  # fmt: skip
    """Make the cases of a night, let the organisations answer, and see what comes of each call that ended.

    ``cases`` is a ring; ``before`` holds what fell due after earlier calls and had not come yet. Returns the next case
    number, what falls due before 8 h, and what falls due later.
    """
    begin, end, close = _span(day, is_open)
    m = requests.row.shape[0]
    box = np.empty((6, m), np.int64)
    # not unpacked: numba would take the rows for any arrays, and compile what they go to for those too
    time, born, number, packed, entity, organisation = box[0], box[1], box[2], box[3], box[4], box[5]
    _callers(begin, requests, record, time, born, number, packed, entity)
    words = np.empty((4, m), np.uint32)
    _draw(seed, call_stream, entity, born, number, words)
    order = _in_order(begin, time, entity)
    arrivals = np.empty((5, m), np.int64)
    case = _open_cases(
        requests, order, time, packed, words, is_open, close, triage, mean_patience, least, node_post,
        node_organisation, case, cases, arrivals, organisation, tally,
    )  # fmt: skip
    boundary = np.empty(24, np.int64)
    _hours(begin, boundary)
    calls = _advance(begin, end, organisation, order, arrivals, boundary, nurses, free_at, waiting, head, size)
    n = calls.shape[0]
    now = np.empty((before.shape[0] + n, 5), np.int64)
    later = np.empty((before.shape[0] + n, 5), np.int64)
    keys = np.empty((3, n), np.int64)
    drawn = np.empty((2, 4, n), np.uint32)
    for k in range(n):
        at = int(calls[k, CUSTOMER])
        keys[0, k] = record[cases[at, ROW], 0]
        keys[1, k] = cases[at, BORN] * 64 + cases[at, ORDINAL]
        keys[2, k] = cases[at, STEP] * 4 + 1
    _draw(seed, service_stream, keys[0], keys[1], keys[2], drawn[0])
    for k in range(n):
        keys[2, k] += 1
    _draw(seed, service_stream, keys[0], keys[1], keys[2], drawn[1])
    m, left = _after_calls(
        calls, drawn[0], drawn[1], end, close, cases, record, minutes, advice, home, home_age, emergency, slack,
        consult, visit, self_care, sends_on, tally, group, p_tally, before, again, next_now, now, later,
    )  # fmt: skip
    return case, now[:m], later[:left]


@kernel(inner=True, lean=True)
def _after_calls(  # type: ignore[no-untyped-def]
    calls, words, service_words, end, close, cases, record, minutes, advice, home, home_age, emergency, slack, consult,
    visit, self_care, sends_on, tally, group, p_tally, before, again, next_now, now, later,
):  # fmt: skip
    """Outcome of each call: advice, a consult, a visit or the emergency department. What falls due is output."""
    practices = p_tally.shape[0] - 1
    m = 0
    left = 0
    for k in range(before.shape[0]):
        for column in range(5):
            if before[k, WHEN] < end:
                now[m, column] = before[k, column]
            else:
                later[left, column] = before[k, column]
        m += int(before[k, WHEN] < end)
        left += int(before[k, WHEN] >= end)
    for k in range(calls.shape[0]):
        at = int(calls[k, CUSTOMER])
        i = int(cases[at, ROW])
        post = int(cases[at, POST])
        u = int(cases[at, URGENCY])
        packed = int(record[i, 1])
        mine = practice_of(packed)
        if mine < 0:
            mine = practices
        tally[post, C.P_CALLS] += 1
        if calls[k, START] == LEFT:
            if calls[k, END] >= close - 1:
                _hand_on(again, cases, at, p_tally, mine, next_now)
            else:
                tally[post, C.P_CALLS_ABANDONED] += 1
            continue
        wait = calls[k, START] - calls[k, ARRIVAL]
        tally[post, C.P_CALL_WAIT] += wait
        if wait <= 120:
            tally[post, C.P_CALLS_IN_2_MINUTES] += 1
        cases[at, CALL_END] = calls[k, END]
        tally[post, C.P_URGENCY + u - 1] += 1
        g = group_row(packed)
        band = (g // 3) % 7
        group[g, C.G_POST] += 1
        u0, u1 = words[0, k] * UNIT32, words[1, k] * UNIT32
        if words[2, k] * UNIT32 < self_care[u - 1]:
            tally[post, C.P_SELF_CARE_ELIGIBLE] += 1
        visits = min(0.95, home[u - 1] * home_age[band])
        kind = CONSULT
        if u0 < emergency[u - 1]:
            kind = EMERGENCY
        elif u1 < visits:
            kind = VISIT
        elif u1 < visits + (1.0 - visits) * advice[u - 1]:
            kind = ADVICE
        if kind == EMERGENCY:
            tally[post, C.P_EMERGENCY] += 1
        elif kind == ADVICE:
            tally[post, C.P_ADVICE] += 1
        else:
            v0, v1 = service_words[0, k] * UNIT32, service_words[1, k] * UNIT32
            mean = consult if kind == CONSULT else visit
            when = calls[k, END]
            if kind == CONSULT:
                when += max(int(slack[u - 1]), int(minutes[g // 21, post] * 60.0))
            if when >= close:
                _hand_on(again, cases, at, p_tally, mine, next_now)
                continue
            due = now if when < end else later
            place = m if when < end else left
            due[place, WHEN] = when
            due[place, RANK] = u - 1
            due[place, CASE] = at
            due[place, SERVICE] = 60 + int(-(mean - 60.0) * 0.5 * (math.log(1.0 - v0) + math.log(1.0 - v1)))
            due[place, KIND] = kind
            m += int(when < end)
            left += int(when >= end)
        if u >= 4 and words[3, k] * UNIT32 < sends_on and kind != EMERGENCY:
            _hand_on(again, cases, at, p_tally, mine, next_now)
    return m, left


@kernel(inline=True)
def _hand_on(again, cases, at, p_tally, mine, next_now):  # type: ignore[no-untyped-def]
    """The own practice is asked on the next working day."""
    k = int(again.length[0])
    again.row[k] = cases[at, ROW]
    again.born[k] = cases[at, BORN]
    again.ordinal[k] = cases[at, ORDINAL]
    again.step[k] = min(int(cases[at, STEP]) + 1, 7)
    again.second[k] = 8 * 3600 + 600 * (int(cases[at, BORN]) % 6)
    again.what[k] = cases[at, WHAT]
    again.urgency[k] = 3 if cases[at, URGENCY] <= 3 else 4
    again.asked[k] = next_now
    again.length[0] = k + 1
    p_tally[mine, C.POST_FOLLOW_UPS] += 1


@kernel
def see(  # type: ignore[no-untyped-def]
    due, day, is_open, cases, record, norm, consult_gps, consults, car_gps, visits, tally, p_tally, again, next_now
):
    """Consults and visits of a night at all posts, of what falls due before its end. Queues as ``ready`` gives them."""
    begin, end, close = _span(day, is_open)
    boundary = np.empty(24, np.int64)
    _hours(begin, boundary)
    for kind, gps, state in ((CONSULT, consult_gps, consults), (VISIT, car_gps, visits)):
        free_at, waiting, head, size = state
        _see(
            due, kind, begin, end, close, cases, record, norm, boundary, gps, free_at, waiting, head, size, tally,
            p_tally, again, next_now,
        )  # fmt: skip


@kernel(inner=True)
def _see(  # type: ignore[no-untyped-def]
    due, kind, begin, end, close, cases, record, norm, boundary, gps, free_at, waiting, head, size,
    tally, p_tally, again, next_now,
):  # fmt: skip
    practices = p_tally.shape[0] - 1
    n = 0
    arrivals = np.empty((5, due.shape[0]), np.int64)
    post = np.empty(due.shape[0], np.int64)
    for k in range(due.shape[0]):
        if due[k, KIND] == kind:
            arrivals[0, n] = due[k, WHEN]
            arrivals[1, n] = due[k, SERVICE]
            # so that they are out of the queue when the practices open
            arrivals[2, n] = max(close - 1 - due[k, WHEN], 0)
            arrivals[3, n] = due[k, RANK]
            arrivals[4, n] = due[k, CASE]
            post[n] = cases[due[k, CASE], POST]
            n += 1
    order = _in_order(begin, arrivals[0, :n], arrivals[4, :n])
    seen = _advance(begin, end, post[:n], order, arrivals, boundary, gps, free_at, waiting, head, size)
    for k in range(seen.shape[0]):
        at = int(seen[k, CUSTOMER])
        of = int(cases[at, POST])
        u = int(cases[at, URGENCY])
        if seen[k, START] == LEFT:
            mine = practice_of(int(record[int(cases[at, ROW]), 1]))
            _hand_on(again, cases, at, p_tally, mine if mine >= 0 else practices, next_now)
            continue
        tally[of, C.P_CONSULTS if kind == CONSULT else C.P_VISITS] += 1
        tally[of, C.P_SEEN + u - 1] += 1
        tally[of, C.P_SEEN_WAIT + u - 1] += seen[k, START] - seen[k, ARRIVAL]
        if seen[k, START] - cases[at, CALL_END] <= norm[u - 1]:
            tally[of, C.P_SEEN_IN_NORM + u - 1] += 1
