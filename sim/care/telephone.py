"""The practice's telephone: requests and administrative calls in one line, assistants who answer, who hangs up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Floats, Ints, Outbox, Requests, Tallies, group_row
from sim.care.booking import EVENING, send
from sim.care.phone_queue import fifo_queues
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.parameters import Parameters
from sim.randomness.philox import UNIT32, fill_words_each
from sim.randomness.streams import Stream
from sim.world.needs import PLANNED_ORDINAL

__all__ = ["Telephone"]

OPENS, LAST_CALL, CLOSES = 8 * 3600, 17 * 3600, 17 * 3600 + 1800
BLOCK = 32
"""Draws of administrative calls that are made together."""


@kernel(inline=True)
def _administrative(seed, stream, day, uid, total, hours, ids, numbers, words, second, length, bears):  # type: ignore[no-untyped-def]
    """A practice's administrative calls: unit-rate gaps, stretched over the hours of the day.

    Writes the second of each call and the uniforms of its length and of the caller's patience. ``ids``, ``numbers`` and
    ``words`` are room for a block of draws. Returns the number of calls, or -1 when the arrays are too short.
    """
    w0, w1, w2 = words[0], words[1], words[2]
    block = ids.shape[0]
    for j in range(block):
        ids[j] = uid
    clock = 0.0
    n = 0
    h = 0
    while True:
        for j in range(block):
            numbers[j] = np.uint64(n + j)
        fill_words_each(seed, stream, ids, day, numbers, words)
        for j in range(block):
            clock -= math.log(1.0 - float(w0[j]) * UNIT32)
            if clock >= total:
                return n
            if n >= second.shape[0]:
                return -1
            share = clock / total
            while h < 8 and share >= hours[h]:
                h += 1
            before = hours[h - 1] if h > 0 else 0.0
            second[n] = OPENS + h * 3600 + min(3599, int((share - before) / (hours[h] - before) * 3600.0))
            length[n] = float(w1[j]) * UNIT32
            bears[n] = float(w2[j]) * UNIT32
            n += 1


@kernel(lean=True)
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
    draws,
    scratch,
):
    """Merge each practice's requests by telephone with its administrative calls, in order of time.

    ``caller`` is the request number, or -1 for an administrative call; ``draws`` and ``scratch`` are room to work in.
    Returns the number of calls, or -1 when the
    arrays are too short.
    """
    second, ordinal = requests.second, requests.ordinal
    writes, bears, lasts = words[0], words[8], words[9]
    room = arrival.shape[0]
    ids, numbers, block = draws
    admin_second, admin_lasts, admin_bears, length, endures, calls = scratch
    n = 0
    for q in range(practice_uid.shape[0]):
        first[q] = n
        admin = _administrative(
            seed, stream, day, practice_uid[q], expected[q], hours, ids, numbers, block, admin_second, admin_lasts,
            admin_bears,
        )  # fmt: skip
        by_phone = 0
        for e in range(int(start[q]), int(start[q + 1])):
            calls[by_phone] = e
            by_phone += 1 if ordinal[e] != PLANNED_ORDINAL and writes[e] * UNIT32 > online else 0
        if admin < 0 or n + admin + by_phone > room:
            return -1
        a = 0
        k = 0
        for j in range(n, n + admin + by_phone):
            if k < by_phone and (a >= admin or second[calls[k]] <= admin_second[a]):
                e = calls[k]
                arrival[j] = second[e]
                length[j] = lasts[e] * UNIT32
                endures[j] = bears[e] * UNIT32
                caller[j] = e
                k += 1
            else:
                arrival[j] = admin_second[a]
                length[j] = admin_lasts[a]
                endures[j] = admin_bears[a]
                caller[j] = -1
                a += 1
        n += admin + by_phone
    first[practice_uid.shape[0]] = n
    for j in range(n):
        service[j] = 1 + min(longest, int(-call_seconds * math.log(1.0 - length[j])))
        patience[j] = int(-patience_seconds * math.log(1.0 - endures[j]))
    return n


@kernel(lean=True)
def _outcome(  # type: ignore[no-untyped-def]
    first, arrival, begin, caller, requests, packed, words, failed, late, reached, tally, group, again, to_post
):
    """Count the calls and deal with those who hung up."""
    for q in range(first.shape[0] - 1):
        waited = 0
        prompt = 0
        abandoned = 0
        for j in range(first[q], first[q + 1]):
            if begin[j] >= 0:
                wait = int(begin[j]) - int(arrival[j])
                waited += wait
                prompt += 1 if wait <= 120 else 0
                continue
            abandoned += 1
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
        tally[q, C.CALLS] += int(first[q + 1]) - int(first[q])
        tally[q, C.CALL_WAIT] += waited
        tally[q, C.CALLS_IN_2_MINUTES] += prompt
        tally[q, C.CALLS_ABANDONED] += abandoned


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

    def equip(self, practice_uid: npt.NDArray[np.uint64], lines: npt.NDArray[np.integer]) -> None:
        """Set the practices' ids (P,) and their lines open by hour (P, 24)."""
        self.practice_uid = practice_uid
        self.lines = lines.astype(np.int64)

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
        room = int(requests.row.size + 1 + expected.sum() * 1.2 + 20.0 * math.sqrt(expected.sum() + 1.0) + 64)
        first = np.zeros(practices + 1, np.int64)
        draws = (np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.uint64), np.empty((4, BLOCK), np.uint32))
        while True:
            arrival, service, patience, caller, admin, calls = np.empty((6, room), np.int64)
            n = int(
                _collect(
                    self.seed, int(Stream.ADMIN_CALL), day, start, requests, words, self.online,
                    self.call_seconds, self.longest, self.patience_seconds, self.practice_uid, expected, self.hours,
                    first, arrival, service, patience, caller, draws, (admin, *np.empty((4, room)), calls),
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
