"""Triage: what becomes of a request at the practice's door, and with whom and in which way who must be seen is seen."""

from __future__ import annotations

import numpy as np

from sim.care.arrays import ability_of, group_row, has_chain
from sim.care.books import ADVANCED, ASSISTANT, CONSULT, GP, LONG, MENTAL, PHONE, SOMATIC, VISIT
from sim.compiled import kernel, prefetch
from sim.ledger import counts as C
from sim.randomness.philox import UNIT32
from sim.world.needs import PLANNED_ORDINAL

__all__ = ["DIGITAL", "DOOR_MODE", "DOOR_ROLE", "triage"]

DOOR_ROLE, DOOR_MODE = 7, 3
"""A request's place at the door: role & DOOR_ROLE, mode of a GP's visit >> DOOR_MODE; -1 has ended there."""

DIGITAL = 4
"""Mode at the door: a consult that begins by message, telephone or video."""

_TODAY = 3
"""Urgencies up to this one are seen today."""

_AHEAD = 12
"""Requests ahead of which the tallies are fetched."""


@kernel(lean=True)
def triage(start, requests, packed, words, reached, rules, tallies, door, turns, stop):  # type: ignore[no-untyped-def]
    """Decide on every request of a working day that reached the practice.

    Args:
        start: (P + 3,) where each practice's requests begin; P = without a practice, P + 1 = practice outside.
        requests: the day's requests, by practice and time of call.
        packed: (m,) second column of ``Persons.record`` of who asks.
        words: (12, m) keyed 32-bit words of the requests (see ``sim.care.lineup``).
        reached: (m,) 1 when the practice was reached; others are dealt with elsewhere.
        rules, tallies: see ``sim.care.arrays`` and ``sim.care.tables``.
        door: (m,) int16, output: see ``DOOR_ROLE``.
        turns: (m + 1,) output: each place's requests that are to be booked, from ``start[q]`` on: urgent ones up to
            ``stop[0, q]``, others up to ``stop[1, q]``.
        stop: (2, P + 2) output.
    """
    ordinal, step, what, urgency = requests.ordinal, requests.step, requests.what, requests.urgency
    w1, w2, w3, w11 = words[1], words[2], words[3], words[11]
    tp, tg = tallies.practice, tallies.group
    practices = start.shape[0] - 3
    last = packed.shape[0] - 1
    for q in range(practices + 2):
        begin, end = int(start[q]), int(start[q + 1])
        if q < practices:
            rule = rules.rows[int(rules.variant[q])]
            self_care, advice, assistant, mental = (
                rule["self_care"], rule["advice"], rule["assistant"], rule["mental"],
            )  # fmt: skip
            elsewhere = rule["direct_access"]
            advanced, visit, phone, long = rule["advanced"], rule["visit"], rule["phone"], rule["long"]
            consult = rule["consult"]
            cared = 0
            advised = 0
            for j in range(begin, end):
                e = np.uint64(j)  # unsigned: no place counted from the end
                prefetch(tg, group_row(int(packed[min(j + _AHEAD, last)])) * tg.shape[1])
                if reached[e] == 0:
                    door[e] = -1
                    continue
                c = int(what[e])
                planned = int(ordinal[e]) == PLANNED_ORDINAL
                urgent = int(urgency[e]) <= _TODAY
                g = group_row(int(packed[e]))
                tg[g, C.G_NEEDS] += int(int(step[e]) == 0) & int(not planned)
                role = GP
                if planned:
                    role = SOMATIC
                else:
                    u = float(w1[e]) * UNIT32
                    if not urgent and float(w11[e]) * UNIT32 < self_care[c]:
                        cared += 1
                        door[e] = -1
                        continue
                    if not urgent and float(w11[e]) * UNIT32 < self_care[c] + elsewhere[c]:
                        tp[q, C.DIRECT_ACCESS] += 1
                        door[e] = -1
                        continue
                    if int(urgency[e]) > 2 and u < advice[c]:
                        advised += 1
                        tg[g, C.G_ADVICE] += 1
                        door[e] = -1
                        continue
                    u = (u - advice[c]) / (1.0 - advice[c]) if u >= advice[c] else u
                    w = float(w2[e]) * UNIT32
                    if w < assistant[c]:
                        role = ASSISTANT
                    elif w < assistant[c] + mental[c]:
                        role = MENTAL
                    elif u < advanced[c]:
                        role = ADVANCED
                home = visit[(g // 3) % 7]
                u = float(w3[e]) * UNIT32
                mode = CONSULT
                if u < home:
                    mode = VISIT
                else:
                    u = (u - home) / (1.0 - home)
                    if u < phone[c]:
                        mode = PHONE
                    elif u < phone[c] + long[c]:
                        mode = LONG
                    elif consult > 0.0 and not urgent and role == GP:
                        # what is left of the word decides, as nobody looks at it again
                        rest = phone[c] + long[c]
                        if (u - rest) / (1.0 - rest) < consult * ability_of(int(packed[e])):
                            mode = DIGITAL
                door[e] = role | (mode << DOOR_MODE)
            tp[q, C.SELF_CARE] += cared
            tp[q, C.ADVICE] += advised
        else:
            _without_practice(q > practices, begin, end, requests, packed, w1, reached, rules, tallies, door)
        n = begin
        for j in range(begin, end):
            turns[n] = j
            n += 1 if door[j] >= 0 and urgency[j] <= _TODAY else 0
        stop[0, q] = n
        for j in range(begin, end):
            turns[n] = j
            n += 1 if door[j] >= 0 and urgency[j] > _TODAY else 0
        stop[1, q] = n


@kernel(inline=True)
def _without_practice(outside, begin, end, requests, packed, w1, reached, rules, tallies, door):  # type: ignore[no-untyped-def]
    """People without a practice here look for one that sees them; part of who has one elsewhere goes there."""
    tp, tg = tallies.practice, tallies.group
    place = tp.shape[0] - 1
    for j in range(begin, end):
        e = np.uint64(j)
        door[e] = -1
        if reached[e] == 0:
            continue
        g = group_row(int(packed[e]))
        planned = int(requests.ordinal[e]) == PLANNED_ORDINAL
        tg[g, C.G_NEEDS] += int(int(requests.step[e]) == 0) & int(not planned)
        rule = rules.rows[int(rules.node_variant[g // 21])]
        elsewhere = rule["chain"] if has_chain(int(packed[e])) != 0 else rule["distant"]
        if outside and float(w1[e]) * UNIT32 < elsewhere and int(requests.urgency[e]) != 2:
            tp[place, C.HANDLED_OUTSIDE] += 1
            continue
        door[e] = GP | (CONSULT << DOOR_MODE)
