"""The practice's telephone: requests and administrative calls in one line, assistants who answer, who hangs up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.care.arrays import Floats, Ints, Outbox, Requests, Tallies, group_row
from sim.care.booking import EVENING, send
from sim.care.phone_queue import answer
from sim.care.servers import check_timetable
from sim.compiled import kernel
from sim.ledger import counts as C
from sim.parameters import Parameters
from sim.randomness.philox import MASK32, SHIFT32, UNIT32, philox4x32
from sim.randomness.streams import Stream
from sim.world.needs import PLANNED_ORDINAL

__all__ = ["Telephone"]

OPENS, HOURS = 8 * 3600, 9
BLOCK = 24
"""Draws of administrative calls that are made together."""
GUIDE = 12
"""Leading bits of a word by which a table is searched."""
ROOM = 1 << 13
"""Administrative calls of a day that there is room for at first."""


@kernel(inline=True)
def _exponential(mean, word):  # type: ignore[no-untyped-def]
    """Whole seconds, drawn with a word."""
    return int(-mean * math.log(1.0 - word * UNIT32))


@kernel(lean=True)
def _steps(mean, longest, guide, steps):  # type: ignore[no-untyped-def]
    """``_exponential`` cut off at ``longest``, as a table: it only rises with the word.

    Args:
        guide: (2**GUIDE,) int64, output: seconds of the first word with these leading bits.
        steps: (longest + 2,) int64, output: the first word with at least so many seconds, 2**32 when there is none.
    """
    for b in range(guide.shape[0]):
        guide[b] = min(longest, _exponential(mean, b << (32 - GUIDE)))
    steps[0] = 0
    for k in range(1, longest + 1):
        # the first guess is off by rounding at most
        word = (1 << 32) - int((1 << 32) * math.exp(-k / mean)) if mean > 0.0 else 1 << 32
        while word < 1 << 32 and _exponential(mean, word) < k:
            word += 1
        while word > 0 and _exponential(mean, word - 1) >= k:
            word -= 1
        steps[k] = word
    steps[longest + 1] = 1 << 32


@kernel(inline=True)
def _words(key0, key1, uid, time, number, words):  # type: ignore[no-untyped-def]
    """A block of draws from ``number`` on: three rows of words, for gap, length and patience."""
    w0, w1, w2 = words[0], words[1], words[2]
    e = np.uint64(uid)
    for j in range(BLOCK):
        u0, u1, u2, _ = philox4x32(e & MASK32, e >> SHIFT32, time, np.uint64(number + j), key0, key1)
        w0[j] = u0
        w1[j] = u1
        w2[j] = u2


@kernel(inner=True, lean=True)
def _administrative(  # type: ignore[no-untyped-def]
    seed, stream, day, practice_uid, lists, rate, hours, first, second, lasts, bears, words
):
    """The practices' administrative calls: unit-rate gaps, stretched over the hours of the day.

    ``first`` (P + 1,), output: where each practice's calls lie. ``second``, ``lasts`` and ``bears``, output: second of
    each call, word of its length and word of the caller's patience. ``words`` is room for a block of draws. Returns
    False when the arrays are too short.
    """
    key0, key1, time = np.uint64(seed) & MASK32, np.uint64(stream), np.uint64(day) & MASK32
    room = second.shape[0] - BLOCK
    n = 0
    for q in range(practice_uid.shape[0]):
        first[q] = n
        total = lists[q] * rate
        clock = 0.0
        number = 0
        h = 0
        while clock < total:
            if n > room:
                return False
            _words(key0, key1, practice_uid[q], time, number, words)
            number += BLOCK
            for j in range(BLOCK):
                clock -= math.log(1.0 - float(words[0, j]) * UNIT32)
                if clock >= total:
                    break
                share = clock / total
                while h < HOURS - 1 and share >= hours[h]:
                    h += 1
                before = hours[h - 1] if h > 0 else 0.0
                second[n] = OPENS + h * 3600 + min(3599, int((share - before) / (hours[h] - before) * 3600.0))
                lasts[n] = words[1, j]
                bears[n] = words[2, j]
                n += 1
    first[practice_uid.shape[0]] = n
    return True


@kernel(inline=True)
def _hung_up(q, e, requests, packed, words, failed, late, reached, tally, group, again, to_post):  # type: ignore[no-untyped-def]
    """What becomes of a request whose caller hung up."""
    u = words[10, e] * UNIT32
    if u < failed[0]:
        return  # the emergency line answers
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


@kernel(inline=True)
def _line_up(begin, end, requests, words, online, admin_begin, admin_end, admin, who, when, lasts, bears):  # type: ignore[no-untyped-def]
    """One practice's callers in the order of time, a request before an administrative call of the same second.

    ``who`` (request, or -1), ``when``, ``lasts`` and ``bears`` are output; returns their number.
    """
    second, ordinal = requests.second, requests.ordinal
    writes, request_bears, request_lasts = words[0], words[8], words[9]
    _, admin_second, admin_lasts, admin_bears = admin
    m = 0
    for e in range(begin, end):
        who[m] = e
        m += int((ordinal[e] != PLANNED_ORDINAL) & (writes[e] * UNIT32 > online))
    for k in range(m):
        e = who[k]
        when[k] = second[e]
        lasts[k] = request_lasts[e]
        bears[k] = request_bears[e]
    # from the back, where there is room
    n = m + admin_end - admin_begin
    at = n
    for i in range(admin_end - 1, admin_begin - 1, -1):
        t = admin_second[i]
        while m > 0 and when[m - 1] > t:
            m -= 1
            at -= 1
            who[at] = who[m]
            when[at] = when[m]
            lasts[at] = lasts[m]
            bears[at] = bears[m]
        at -= 1
        who[at] = -1
        when[at] = t
        lasts[at] = admin_lasts[i]
        bears[at] = admin_bears[i]
    return n


@kernel(inner=True, lean=True)
def _answer(  # type: ignore[no-untyped-def]
    start, requests, packed, words, online, guide, steps, patience_seconds, lines, boundary, failed, late,
    admin, reached, tally, group, again, to_post, who, when, lasts, bears, busy,
):  # fmt: skip
    """Each practice's requests by telephone and its administrative calls, answered in the order of time.

    ``admin``: the outputs of ``_administrative``. ``who`` to ``bears`` are room for the callers of one practice,
    ``busy`` for its lines.
    """
    for q in range(lines.shape[0]):
        n = _line_up(
            int(start[q]), int(start[q + 1]), requests, words, online, int(admin[0][q]), int(admin[0][q + 1]), admin,
            who, when, lasts, bears,
        )  # fmt: skip
        for j in range(n):
            word = lasts[j]
            seconds = guide[word >> (32 - GUIDE)]
            while word >= steps[seconds + 1]:
                seconds += 1
            lasts[j] = 1 + seconds
        servers = lines[q, OPENS // 3600 : OPENS // 3600 + HOURS]
        most = 1
        for h in range(HOURS):
            most = max(most, int(servers[h]))
        free_at = busy[:most]
        for c in range(most):
            free_at[c] = 0
        check_timetable(boundary, servers, free_at)
        period = 0
        latest = 0
        waited = 0
        prompt = 0
        abandoned = 0
        for j in range(n):
            now = when[j]
            if now < latest:
                raise ValueError("callers must come in the order of arrival")
            latest = now
            # Below his patience, for -log(1 - u) > u + u² / 2: mostly enough, and the logarithm can be left.
            u = bears[j] * UNIT32
            least = int(0.999 * patience_seconds * u * (1.0 + 0.5 * u))
            begin, period = answer(now, lasts[j], least, period, boundary, servers, free_at)
            if begin < 0:
                patience = _exponential(patience_seconds, bears[j])
                begin, period = answer(now, lasts[j], patience, period, boundary, servers, free_at)
            if begin >= 0:
                waited += begin - now
                prompt += int(begin - now <= 120)
            else:
                abandoned += 1
                if who[j] >= 0:
                    _hung_up(q, who[j], requests, packed, words, failed, late, reached, tally, group, again, to_post)
        tally[q, C.CALLS] += n
        tally[q, C.CALL_WAIT] += waited
        tally[q, C.CALLS_IN_2_MINUTES] += prompt
        tally[q, C.CALLS_ABANDONED] += abandoned


@kernel
def _day(  # type: ignore[no-untyped-def]
    seed, stream, day, practice_uid, lists, rate, hours, room, start, requests, packed, words, online, guide,
    steps, patience_seconds, lines, failed, late, reached, tally, group, again, to_post,
):  # fmt: skip
    """A day at all practices; ``room`` is the number of administrative calls to make room for at first."""
    practices = practice_uid.shape[0]
    first = np.empty(practices + 1, np.int64)
    block = np.empty((3, BLOCK), np.uint32)
    while True:
        second, lasts, bears = np.empty(room, np.int32), np.empty(room, np.uint32), np.empty(room, np.uint32)
        if _administrative(seed, stream, day, practice_uid, lists, rate, hours, first, second, lasts, bears, block):
            break
        room *= 2
    most = 1
    for q in range(practices):
        most = max(most, int(start[q + 1]) - int(start[q]) + int(first[q + 1]) - int(first[q]))
    widest = 1
    for q in range(practices):
        for h in range(lines.shape[1]):
            widest = max(widest, int(lines[q, h]))
    callers = (np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64))
    boundary = np.empty(HOURS, np.int64)
    for h in range(HOURS):
        boundary[h] = OPENS + 3600 * h
    _answer(
        start, requests, packed, words, online, guide, steps, patience_seconds, lines, boundary, failed, late,
        (first, second, lasts, bears), reached, tally, group, again, to_post,
        *callers, np.empty(widest, np.int64),
    )  # fmt: skip


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
    lengths: tuple[tuple[float, int], tuple[Ints, Ints]] | None = None

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

    def _lengths(self) -> tuple[Ints, Ints]:
        """The tables of ``_steps`` for the lengths of calls, made when they are first needed or have changed."""
        asked = (self.call_seconds, self.longest)
        if self.lengths is None or self.lengths[0] != asked:
            tables = np.empty(1 << GUIDE, np.int64), np.empty(self.longest + 2, np.int64)
            _steps(*asked, *tables)
            self.lengths = asked, tables
        return self.lengths[1]

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
        reached = np.ones(packed.size, np.uint8)
        rate = self.admin_rate * float(self.weekday[weekday])
        _day(
            self.seed, int(Stream.ADMIN_CALL), day, self.practice_uid, lists, rate, self.hours, ROOM, start, requests,
            packed, words, self.online, *self._lengths(), self.patience_seconds, self.lines,
            self.failed, self.late, reached, tallies.practice, tallies.group, again, to_post,
        )  # fmt: skip
        return reached
