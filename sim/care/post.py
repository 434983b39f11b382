"""The out-of-hours posts: one call queue an organisation, a consult queue and a visit queue a post, all by urgency.

Queues run on across midnight. When practices open again, whoever still waits is handed to the own practice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Floats, Ints, Outbox, Persons, Requests, Tallies, group_row, practice_of
from sim.care.priority_queue import LEFT, Outcomes, PriorityQueues
from sim.compiled import kernel
from sim.dates import OFFICE_OPENS
from sim.ledger import counts as C
from sim.parameters import Parameters
from sim.randomness.philox import draw4
from sim.randomness.streams import Stream

__all__ = ["OutOfHours"]

DAY = 86400
OPENS = OFFICE_OPENS * 3600
RING = 1 << 16
ROW, BORN, ORDINAL, STEP, WHAT, URGENCY, POST, CALL_END = range(8)
ADVICE, CONSULT, VISIT, EMERGENCY = range(4)


@dataclass
class _Tables:
    triage: float
    consult: float
    visit: float
    patience: float
    least: float  # share of U5 in U4 and U5
    advice: Floats
    home: Floats
    home_age: Floats
    emergency: Floats
    slack: Ints
    norm: Ints
    sends_on: float
    self_care: Floats


@kernel
def _calls(  # type: ignore[no-untyped-def]
    seed,
    stream,
    m,
    row,
    born,
    ordinal,
    step,
    second,
    what,
    urgency,
    called,
    is_open,
    close,
    triage,
    mean_patience,
    least,
    record,
    node_post,
    node_organisation,
    case,
    cases,
    arrival,
    service,
    patience,
    rank,
    number,
    organisation,
    tally,
):
    """Make the cases and their calls. ``cases`` is a ring; returns the next case number."""
    mask = RING - 1
    for j in range(m):
        i = int(row[j])
        node = group_row(int(record[i, 1])) // 21
        post = int(node_post[node])
        u0, u1, u2, _ = draw4(seed, stream, record[i, 0], int(born[j]) * 64 + int(ordinal[j]), int(step[j]) * 4)
        u = int(urgency[j])
        if u == 4 and ordinal[j] < 32 and u2 < least:
            u = 5  # what the day passes on as not urgent is divided as the posts' own U4 and U5
        at = case & mask
        cases[at, ROW] = i
        cases[at, BORN] = born[j]
        cases[at, ORDINAL] = ordinal[j]
        cases[at, STEP] = step[j]
        cases[at, WHAT] = what[j]
        cases[at, URGENCY] = u
        cases[at, POST] = post
        cases[at, CALL_END] = 0
        when = int(called[j]) * DAY + int(second[j])
        arrival[j] = when
        service[j] = 30 + min(3600, int(-(triage - 30.0) * math.log(1.0 - u0)))
        bears = (1 << 40) if u <= 2 else int(-mean_patience * math.log(1.0 - u1))
        patience[j] = min(bears, max(0, close - 1 - when))
        rank[j] = 0 if u <= 1 else 1
        number[j] = at
        organisation[j] = node_organisation[node]
        tally[post, C.P_ARRIVALS] += 1
        if ordinal[j] < 32:
            tally[post, C.P_FROM_DAY] += 1
        hour = int(second[j]) // 3600
        tally[post, (C.P_HOURS_WEEKDAY if is_open[int(called[j])] else C.P_HOURS_WEEKEND) + hour] += 1
        case += 1
    return case


@kernel
def _after_calls(  # type: ignore[no-untyped-def]
    seed,
    stream,
    customer,
    arrival,
    start,
    end,
    close,
    cases,
    record,
    minutes,
    advice,
    home,
    home_age,
    emergency,
    slack,
    consult,
    visit,
    self_care,
    tally,
    group,
    p_tally,
    practices,
    due,
    due_rows,
    again,
    next_now,
    sends_on,
):
    """Outcome of each call: advice, a consult, a visit or the emergency department. Writes what falls due to ``due``.

    ``due`` rows: time of arrival, rank, case, service seconds, kind. Returns the new number of rows.
    """
    for k in range(customer.shape[0]):
        at = int(customer[k])
        i = int(cases[at, ROW])
        post = int(cases[at, POST])
        u = int(cases[at, URGENCY])
        packed = int(record[i, 1])
        mine = practice_of(packed)
        if mine < 0:
            mine = practices
        tally[post, C.P_CALLS] += 1
        if start[k] == LEFT:
            if end[k] >= close - 1:
                _hand_on(again, cases, at, p_tally, mine, next_now)
            else:
                tally[post, C.P_CALLS_ABANDONED] += 1
            continue
        wait = start[k] - arrival[k]
        tally[post, C.P_CALL_WAIT] += wait
        if wait <= 120:
            tally[post, C.P_CALLS_IN_2_MINUTES] += 1
        cases[at, CALL_END] = end[k]
        tally[post, C.P_URGENCY + u - 1] += 1
        g = group_row(packed)
        band = (g // 3) % 7
        group[g, C.G_POST] += 1
        time = int(cases[at, BORN]) * 64 + int(cases[at, ORDINAL])
        number = int(cases[at, STEP]) * 4
        u0, u1, u2, u3 = draw4(seed, stream, record[i, 0], time, number + 1)
        if u2 < self_care[u - 1]:
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
            v0, v1, _, _ = draw4(seed, stream, record[i, 0], time, number + 2)
            mean = consult if kind == CONSULT else visit
            when = end[k]
            if kind == CONSULT:
                when += max(int(slack[u - 1]), int(minutes[g // 21, post] * 60.0))
            if when >= close:
                _hand_on(again, cases, at, p_tally, mine, next_now)
                continue
            due[due_rows, 0] = when
            due[due_rows, 1] = u - 1
            due[due_rows, 2] = at
            due[due_rows, 3] = 60 + int(-(mean - 60.0) * 0.5 * (math.log(1.0 - v0) + math.log(1.0 - v1)))
            due[due_rows, 4] = kind
            due_rows += 1
        if u >= 4 and u3 < sends_on and kind != EMERGENCY:
            _hand_on(again, cases, at, p_tally, mine, next_now)
    return due_rows


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
def _seen(customer, arrival, start, cases, record, practices, norm, kind, tally, p_tally, again, next_now):  # type: ignore[no-untyped-def]
    for k in range(customer.shape[0]):
        at = int(customer[k])
        post = int(cases[at, POST])
        u = int(cases[at, URGENCY])
        if start[k] == LEFT:
            mine = practice_of(int(record[int(cases[at, ROW]), 1]))
            _hand_on(again, cases, at, p_tally, mine if mine >= 0 else practices, next_now)
            continue
        tally[post, C.P_CONSULTS if kind == CONSULT else C.P_VISITS] += 1
        tally[post, C.P_SEEN + u - 1] += 1
        tally[post, C.P_SEEN_WAIT + u - 1] += start[k] - arrival[k]
        if start[k] - cases[at, CALL_END] <= norm[u - 1]:
            tally[post, C.P_SEEN_IN_NORM + u - 1] += 1


@dataclass
class OutOfHours:
    """State of the posts between nights: cases under way and the three kinds of queue."""

    seed: int
    node_post: Ints
    node_organisation: Ints
    node_minutes: npt.NDArray[np.float64]  # (N, posts) car minutes from a node to each post
    tables: _Tables
    calls: PriorityQueues
    consults: PriorityQueues
    visits: PriorityQueues
    cases: Ints = field(default_factory=lambda: np.zeros((RING, 8), np.int64))
    next_case: int = 0
    due: Ints = field(default_factory=lambda: np.zeros((0, 5), np.int64))

    @classmethod
    def of(
        cls, p: Parameters, seed: int, node_post: Ints, post_organisation: Ints, node_minutes: npt.NDArray[np.float64]
    ) -> OutOfHours:
        """Empty posts.

        Args:
            node_post: (N,) nearest post.
            post_organisation: (posts,) organisation that answers the calls.
            node_minutes: (N, posts) travel by car.
        """
        posts, organisations = post_organisation.size, int(post_organisation.max()) + 1
        share = p.column("needs.post_urgency")
        tables = _Tables(
            triage=p.number("care.post_triage_minutes") * 60.0,
            consult=p.number("care.post_consult_minutes") * 60.0,
            visit=p.number("care.post_visit_minutes") * 60.0,
            patience=p.number("care.post_patience") * 60.0,
            least=float(share[4] / (share[3] + share[4])),
            advice=p.column("care.post_outcome_advice"),
            home=p.column("care.post_outcome_visit"),
            home_age=p.column("care.post_visit_age"),
            emergency=p.column("care.post_emergency_department"),
            slack=np.rint(p.column("care.post_slack_minutes") * 60.0).astype(np.int64),
            norm=np.rint(p.column("care.post_norm_minutes") * 60.0).astype(np.int64),
            sends_on=p.number("care.post_sends_on"),
            self_care=p.column("care.post_self_care"),
        )
        return cls(
            seed=seed,
            node_post=node_post.astype(np.int64),
            node_organisation=post_organisation.astype(np.int64)[node_post],
            node_minutes=np.ascontiguousarray(node_minutes, np.float64),
            tables=tables,
            calls=PriorityQueues(organisations, 2, 8),
            consults=PriorityQueues(posts, 5, 8),
            visits=PriorityQueues(posts, 5, 4),
        )

    def waiting(self) -> int:
        """Cases between their first call and their end."""
        return int(self.calls.size.sum() + self.consults.size.sum() + self.visits.size.sum() + self.due.shape[0])

    def run(
        self,
        day: int,
        is_open: npt.NDArray[np.bool_],
        requests: Requests,
        nurses: Ints,
        consult_gps: Ints,
        car_gps: Ints,
        persons: Persons,
        tallies: Tallies,
        next_now: int,
        again: Outbox,
    ) -> None:
        """The posts from 8 h yesterday to 8 h on ``day``.

        Args:
            day: day number; on an open day the practices take over at 8 h.
            is_open: working days by day number (must reach a week beyond ``day``).
            requests: who calls in this time, in any order; ``asked`` is the day of the call.
            nurses: (organisations, 24) triage nurses from 8 h yesterday on, hour by hour.
            consult_gps, car_gps: (posts, 24) GPs, the same way.
            persons, tallies: see ``sim.care.arrays``.
            next_now: working-day number of the first open day from ``day`` on, for who is sent on to the practice.
            again: outbox to the own practice.
        """
        ahead = day
        while not is_open[ahead]:
            ahead += 1
        close = ahead * DAY + OPENS
        begin, end = (day - 1) * DAY + OPENS, day * DAY + OPENS
        t = self.tables
        m = requests.row.size
        arrival, service, patience, rank, number, organisation = (np.empty(m, np.int64) for _ in range(6))
        order = np.lexsort((persons.record[requests.row, 0], requests.second, requests.asked))
        r = Requests(*(column[order] for column in requests))
        self.next_case = int(
            _calls(
                self.seed, int(Stream.POST), m, r.row, r.born, r.ordinal, r.step, r.second, r.what, r.urgency, r.asked,
                is_open, close, t.triage, t.patience, t.least, persons.record, self.node_post, self.node_organisation,
                self.next_case, self.cases, arrival, service, patience, rank, number, organisation,
                tallies.post,
            )
        )  # fmt: skip
        by = np.argsort(organisation, kind="stable")
        first = np.searchsorted(organisation[by], np.arange(nurses.shape[0] + 1))
        boundary = begin + 3600 * np.arange(24, dtype=np.int64)
        done = self._run(
            self.calls,
            begin,
            end,
            first,
            arrival[by],
            service[by],
            patience[by],
            rank[by],
            number[by],
            boundary,
            nurses,
        )
        room = self.due.shape[0]
        due = np.zeros((room + done.customer.size, 5), np.int64)
        due[:room] = self.due
        rows = int(
            _after_calls(
                self.seed, int(Stream.POST_SERVICE), done.customer, done.arrival, done.start, done.end, close,
                self.cases, persons.record, self.node_minutes, t.advice,
                t.home, t.home_age, t.emergency, t.slack, t.consult, t.visit, t.self_care,
                tallies.post, tallies.group, tallies.practice, tallies.practice.shape[0] - 1, due, room, again,
                next_now, t.sends_on,
            )
        )  # fmt: skip
        due = due[:rows]
        now = due[:, 0] < end
        self.due = due[~now]
        due = due[now]
        for kind, queue, gps in ((CONSULT, self.consults, consult_gps), (VISIT, self.visits, car_gps)):
            own = due[due[:, 4] == kind]
            post = self.cases[own[:, 2], POST]
            by = np.lexsort((own[:, 2], own[:, 0], post))
            own, post = own[by], post[by]
            first = np.searchsorted(post, np.arange(gps.shape[0] + 1))
            leaves = np.maximum(close - 1 - own[:, 0], 0)  # so that they are out of the queue when the practices open
            out = self._run(
                queue, begin, end, first, own[:, 0].copy(), own[:, 3].copy(), leaves, own[:, 1].copy(),
                own[:, 2].copy(), boundary, gps,
            )  # fmt: skip
            _seen(
                out.customer, out.arrival, out.start, self.cases, persons.record,
                tallies.practice.shape[0] - 1, t.norm, kind, tallies.post, tallies.practice, again, next_now,
            )  # fmt: skip

    @staticmethod
    def _run(
        queue: PriorityQueues,
        begin: int,
        end: int,
        first: Ints,
        arrival: Ints,
        service: Ints,
        patience: Ints,
        rank: Ints,
        customer: Ints,
        boundary: Ints,
        servers: Ints,
    ) -> Outcomes:
        servers = np.ascontiguousarray(servers, np.int64)
        queue.fit_servers(int(servers.max()))
        first = first.astype(np.int64)
        return queue.advance(begin, end, first, arrival, service, patience, rank, customer, boundary, servers)
