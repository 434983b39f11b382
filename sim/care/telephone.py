"""The practice's telephone: requests and administrative calls in one line, assistants who answer, who hangs up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Floats, Ints, Outbox, Requests, Tallies, group_row
from sim.care.phone_queue import fifo_queues
from sim.care.triage import EVENING, send
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.parameters import Parameters
from sim.randomness.philox import UNIT32, draw4
from sim.randomness.streams import Stream
from sim.world.needs import PLANNED_ORDINAL

__all__ = ["Telephone"]

OPENS, LAST_CALL, CLOSES = 8 * 3600, 17 * 3600, 17 * 3600 + 1800


@kernel
def _collect(  # type: ignore[no-untyped-def]
    seed,
    stream,
    day,
    start,
    requests,
    words,
    online,
    call_seconds,
    longest,
    patience_seconds,
    practice_uid,
    expected,
    hours,
    first,
    arrival,
    service,
    patience,
    caller,
):
    """Merge each practice's requests by telephone with its administrative calls, in order of time.

    ``caller`` is the request number, or -1 for an administrative call. Returns the number of calls, or -1 when the
    arrays are too short.
    """
    second, ordinal = requests.second, requests.ordinal
    room = arrival.shape[0]
    n = 0
    for q in range(practice_uid.shape[0]):
        first[q] = n
        at = int(start[q])
        end = int(start[q + 1])
        total = expected[q]
        clock = 0.0
        k = 0
        admin = -1
        length = 0.0
        bears = 0.0
        while True:
            if admin < 0:
                # the next administrative call: unit-rate gaps, stretched over the hours of the day
                gap, length, bears, _ = draw4(seed, stream, practice_uid[q], day, k)
                clock -= math.log(1.0 - gap)
                k += 1
                if clock >= total:
                    admin = LAST_CALL
                else:
                    share = clock / total
                    h = 0
                    while h < 8 and share >= hours[h]:
                        h += 1
                    before = hours[h - 1] if h > 0 else 0.0
                    admin = OPENS + h * 3600 + min(3599, int((share - before) / (hours[h] - before) * 3600.0))
            while at < end:
                if ordinal[at] != PLANNED_ORDINAL and words[0, at] * UNIT32 >= online:
                    break
                at += 1
            if at < end and second[at] <= admin:
                if n >= room:
                    return -1
                arrival[n] = second[at]
                service[n] = 1 + min(longest, int(-call_seconds * math.log(1.0 - words[9, at] * UNIT32)))
                patience[n] = int(-patience_seconds * math.log(1.0 - words[8, at] * UNIT32))
                caller[n] = at
                n += 1
                at += 1
            elif admin < LAST_CALL:
                if n >= room:
                    return -1
                arrival[n] = admin
                service[n] = 1 + min(longest, int(-call_seconds * math.log(1.0 - length)))
                patience[n] = int(-patience_seconds * math.log(1.0 - bears))
                caller[n] = -1
                n += 1
                admin = -1
            elif at >= end:
                break
            else:
                admin = 1 << 40
    first[practice_uid.shape[0]] = n
    return n


@kernel
def _outcome(  # type: ignore[no-untyped-def]
    first, arrival, begin, caller, requests, packed, words, failed, late, reached, tally, group, again, to_post
):
    """Count the calls and deal with those who hung up."""
    for q in range(first.shape[0] - 1):
        for j in range(first[q], first[q + 1]):
            tally[q, C.CALLS] += 1
            if begin[j] >= 0:
                wait = begin[j] - arrival[j]
                tally[q, C.CALL_WAIT] += wait
                if wait <= 120:
                    tally[q, C.CALLS_IN_2_MINUTES] += 1
                continue
            tally[q, C.CALLS_ABANDONED] += 1
            e = int(caller[j])
            if e < 0:
                continue
            u = words[10, e] * UNIT32
            if u < failed[0]:
                continue  # the emergency line answers
            reached[e] = 0
            if u < failed[1]:
                tally[q, C.TO_EMERGENCY] += 1
                group[group_row(int(packed[e])), C.G_EMERGENCY] += 1
            elif u < failed[2]:
                tally[q, C.TO_POST] += 1
                group[group_row(int(packed[e])), C.G_TO_POST] += 1
                send(to_post, requests, e, EVENING + int(words[6, e] * UNIT32 * late))
            else:
                tally[q, C.RETRIES] += 1
                send(again, requests, e, int(requests.second[e]))
                at = int(again.length[0]) - 1
                again.step[at] = min(int(again.step[at]) + 1, 7)


@dataclass
class Telephone:
    """The telephone lines of all practices.

    Attributes:
        lines: (P, 24) lines open by hour.
        admin_rate: administrative calls a registered person a working day (Monday to Friday mean).
        weekday: (5,) relative number of calls by weekday.
        hours: (9,) cumulative share of calls over 8-17 h.
    """

    seed: int
    practice_uid: npt.NDArray[np.uint64]
    lines: Ints
    admin_rate: float
    weekday: Floats
    hours: Floats
    online: float
    call_seconds: float
    longest: int
    patience_seconds: float
    late: float
    failed: Floats

    @classmethod
    def of(
        cls,
        p: Parameters,
        seed: int,
        practice_uid: npt.NDArray[np.uint64],
        lines: npt.NDArray[np.integer],
        needs_per_person: float,
    ) -> Telephone:
        """Read the parameters; ``needs_per_person`` requests a year leave the rest of the calls to administration."""
        online = p.number("care.online_share")
        calls = p.number("care.calls_per_person") - needs_per_person * (1.0 - online)
        weekday = p.column("needs.weekday_weight")
        hours = p.column("needs.call_hour_weight")
        return cls(
            seed=seed,
            practice_uid=practice_uid,
            lines=lines.astype(np.int64),
            admin_rate=max(0.0, calls) / 254.0,
            weekday=weekday / weekday.mean(),
            hours=np.cumsum(hours) / hours.sum(),
            online=online,
            call_seconds=p.number("care.call_minutes") * 60.0,
            longest=round(p.number("care.longest_call") * 60.0),
            patience_seconds=p.number("care.phone_patience") * 60.0,
            late=p.number("care.passed_on_hours") * 3600.0,
            failed=np.cumsum(p.column("care.after_failed_call")),
        )

    def day(
        self,
        day: int,
        weekday: int,
        lists: Ints,
        start: Ints,
        requests: Requests,
        packed: Ints,
        words: npt.NDArray[np.uint32],
        tallies: Tallies,
        again: Outbox,
        to_post: Outbox,
    ) -> npt.NDArray[np.uint8]:
        """Answer a day's calls; returns for each request whether the practice was reached (1) or not (0)."""
        practices = self.practice_uid.size
        expected = lists * (self.admin_rate * float(self.weekday[weekday]))
        room = int(requests.row.size + expected.sum() * 1.2 + 20.0 * math.sqrt(expected.sum() + 1.0) + 64)
        first = np.zeros(practices + 1, np.int64)
        while True:
            arrival, service, patience, caller = (np.empty(room, np.int64) for _ in range(4))
            n = int(
                _collect(
                    self.seed, int(Stream.ADMIN_CALL), day, start, requests, words, self.online,
                    self.call_seconds, self.longest, self.patience_seconds, self.practice_uid, expected, self.hours,
                    first, arrival, service, patience, caller,
                )
            )  # fmt: skip
            if n >= 0:
                break
            room *= 2
        begin = np.empty(n, np.int64)
        boundary = np.arange(OPENS, CLOSES, 3600, dtype=np.int64)
        servers = self.lines[:, 8:17]
        servers = np.concatenate((servers, servers[:, -1:]), axis=1)
        boundary = np.append(boundary[:9], CLOSES - 1800)
        free_at = np.zeros((practices, max(1, int(servers.max()))), np.int64)
        fifo_queues(first, arrival, service, patience, boundary, servers, free_at, begin, np.empty(practices, np.int64))
        reached = np.ones(requests.row.size, np.uint8)
        _outcome(
            first,
            arrival,
            begin,
            caller,
            requests,
            packed,
            words,
            self.failed,
            self.late,
            reached,
            tallies.practice,
            tallies.group,
            again,
            to_post,
        )
        return reached
