"""Kernels that draw a month's needs: how many, when, with what; and that lay them out day by day.

Needs of office hours and of the hours out of office are kept apart: they take other words and other tables, and no
day's order mixes them. People are taken in blocks whose words stay in the fastest memory.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel
from sim.randomness.philox import UNIT32, fill_words, fill_words_each

__all__ = ["OUT_OF_HOURS", "count_needs", "deal", "draw_room", "guide_to", "place_office", "place_post"]

OUT_OF_HOURS = 32
_MOST = 30
_BLOCK = 2048

# A placed need is one number: urgency (4 bits), complaint (4), ordinal (6), second (17), row.
_WHAT, _ORDINAL, _SECOND, _ROW = 4, 8, 14, 31


def draw_room() -> tuple[npt.NDArray[Any], ...]:
    """Room for a block of draws, which the kernels below share."""
    return (
        np.empty((4, _BLOCK), np.uint32),
        np.empty(_BLOCK, np.bool_),
        np.empty(_BLOCK, np.int64),
        np.empty(_BLOCK),
        *np.empty((2, _BLOCK), np.uint64),
    )


@kernel(lean=True)
def count_needs(  # type: ignore[no-untyped-def]
    seed, stream, month, uid, rate_day, rate_post, factor_day, factor_post, row_day, ordinal_day, row_post,
    ordinal_post, scratch,
):  # fmt: skip
    """Poisson counts by inverse cumulative: writes (row, ordinal) pairs in the order of rows, both kinds apart.

    ``scratch``: of :func:`draw_room`.

    Returns how many of each kind, or (-1, -1) when the arrays are too short.
    """
    n = uid.shape[0]
    words, some, keep, tail, _, _ = scratch
    days = 0
    posts = 0
    for begin in range(0, n, _BLOCK):
        end = min(n, begin + _BLOCK)
        fill_words(seed, stream, uid[begin:end], month, 0, words)
        days = _count(begin, words[0], rate_day[begin:end], factor_day, 0, some, keep, tail, row_day, ordinal_day, days)
        if days < 0:
            return -1, -1
        posts = _count(
            begin, words[1], rate_post[begin:end], factor_post, OUT_OF_HOURS, some, keep, tail,
            row_post, ordinal_post, posts,
        )  # fmt: skip
        if posts < 0:
            return -1, -1
    return days, posts


@kernel(inner=True, lean=True)
def _count(begin, word, rate, factor, number, some, keep, tail, row, ordinal, m):  # type: ignore[no-untyped-def]
    # 1 - exp(-mean) < mean, so most are ruled out without an exponential, by a loop that the compiler vectorises
    for j in range(rate.shape[0]):
        some[j] = float(word[j]) * UNIT32 < float(rate[j]) * factor
    kept = 0
    for j in range(rate.shape[0]):
        keep[kept] = j
        kept += int(some[j])
    # the exponentials in a loop of their own, and no branch for the first need: both keep the processor's pipeline full
    for k in range(kept):
        tail[k] = math.exp(-(float(rate[int(keep[k])]) * factor))
    room = row.shape[0] - _MOST
    for k in range(kept):
        if m > room:
            return -1
        j = int(keep[k])
        u = float(word[j]) * UNIT32
        mean = float(rate[j]) * factor
        term = tail[k]
        left = 1.0 - term
        row[m] = begin + j
        ordinal[m] = number
        m += int(u < left)
        term = term * mean
        left -= term
        c = 1
        while u < left and c < _MOST:
            row[m] = begin + j
            ordinal[m] = number + c
            m += 1
            c += 1
            term = term * mean / c
            left -= term
    return m


@kernel(inline=True)
def _find(cumulative, guide, line, width, word):  # type: ignore[no-untyped-def]
    """Place of a word's uniform in a line of a cumulative table, from where ``guide`` says that its 1/256 begins.

    The table's lines of ``width`` lie behind each other.
    """
    k = int(guide[line * 256 + int(word >> 24)])
    u = float(word) * UNIT32
    first = line * width
    while k < width - 1 and u >= cumulative[first + k]:
        k += 1
    return k


def guide_to(cumulative: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """For each 1/256 of [0, 1) the first place that its numbers can have in each line of a cumulative table (flat)."""
    steps = np.arange(256) / 256.0
    lines = np.atleast_2d(cumulative)
    return np.concatenate([np.searchsorted(line[:-1], steps, side="right") for line in lines]).astype(np.uint8)


@kernel(inner=True, lean=True)
def _choice_words(seed, stream, month, uid, row, ordinal, entity, number, words):  # type: ignore[no-untyped-def]
    """The four words of each of these needs, keyed by (person, month, ordinal)."""
    for j in range(row.shape[0]):
        entity[j] = uid[row[j]]
        number[j] = ordinal[j]
    fill_words_each(seed, stream, entity[: row.shape[0]], month, number, words)


@kernel(inline=True)
def _age_group(age):  # type: ignore[no-untyped-def]
    """Line of the table of complaints for an age in months."""
    return int(age >= 216) + int(age >= 540) + int(age >= 900)


@kernel(inline=True)
def _packed(row, ordinal, second, what, urgency):  # type: ignore[no-untyped-def]
    return row << _ROW | second << _SECOND | ordinal << _ORDINAL | what << _WHAT | urgency


@kernel(lean=True)
def place_office(  # type: ignore[no-untyped-def]
    seed, stream, month, uid, birth, row, ordinal, day_cdf, day_guide, call_hours, hour_guide,
    complaint, complaint_guide, urgent_today, urgent_high, placed, key, count, scratch,
):  # fmt: skip
    """Day, second, complaint and urgency of needs in office hours, packed in ``placed``.

    ``urgent_high`` is the share of all that is U2, ``urgent_today`` that of U2 and U3, by complaint.

    ``key`` becomes 2 x day of the month, ``count`` the number of needs of each key.
    """
    words, _, _, _, entity, number = scratch
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    days, open_hours, kinds = day_cdf.shape[0], call_hours.shape[0], urgent_today.shape[0]
    m = row.shape[0]
    for begin in range(0, m, _BLOCK):
        size = min(_BLOCK, m - begin)
        _choice_words(
            seed, stream, month, uid, row[begin : begin + size], ordinal[begin : begin + size], entity, number, words
        )
        for j in range(size):
            i = int(row[begin + j])
            k = 2 * _find(day_cdf, day_guide, 0, days, w0[j])
            c = _find(complaint, complaint_guide, _age_group(month - int(birth[i])), kinds, w2[j])
            hour = _find(call_hours, hour_guide, 0, open_hours, w1[j])
            before = call_hours[hour - 1] if hour > 0 else 0.0
            inside = (float(w1[j]) * UNIT32 - before) / (call_hours[hour] - before)
            second = (8 + hour) * 3600 + min(3599, int(inside * 3600.0))
            # 2 implies 3, as shares do not exceed one
            u = float(w3[j]) * UNIT32
            urgency = 4 - int(u < urgent_today[c]) - int(u < urgent_high[c])
            placed[begin + j] = (
                i << _ROW | second << _SECOND | int(ordinal[begin + j]) << _ORDINAL | c << _WHAT | urgency
            )
            key[begin + j] = k
            count[k] += 1


@kernel(lean=True)
def place_post(  # type: ignore[no-untyped-def]
    seed, stream, month, uid, birth, row, ordinal, post_cdf, post_guide, is_open, post_weekday, post_weekend,
    kinds, complaint, complaint_guide, post_urgency, urgency_guide, placed, key, count,
    scratch,
):  # fmt: skip
    """As :func:`place_office`, of needs out of hours; ``is_open`` begins with the month, keys are odd."""
    words, _, _, _, entity, number = scratch
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    days, classes = post_cdf.shape[0], post_urgency.shape[0]
    weekend, weekday = 0.0, 0.0
    for h in range(24):
        weekend += post_weekend[h]
        weekday += post_weekday[h]
    m = row.shape[0]
    for begin in range(0, m, _BLOCK):
        size = min(_BLOCK, m - begin)
        _choice_words(
            seed, stream, month, uid, row[begin : begin + size], ordinal[begin : begin + size], entity, number, words
        )
        for j in range(size):
            i = int(row[begin + j])
            day = _find(post_cdf, post_guide, 0, days, w0[j])
            k = 2 * day + 1
            c = _find(complaint, complaint_guide, _age_group(month - int(birth[i])), kinds, w2[j])
            working = is_open[day]
            hours = post_weekday if working else post_weekend
            target = float(w1[j]) * UNIT32 * (weekday if working else weekend)
            h = 0
            while h < 23 and target >= hours[h]:
                target -= hours[h]
                h += 1
            second = h * 3600 + min(3599, int(target / hours[h] * 3600.0)) if hours[h] > 0.0 else h * 3600
            urgency = 1 + _find(post_urgency, urgency_guide, 0, classes, w3[j])
            placed[begin + j] = (
                i << _ROW | second << _SECOND | int(ordinal[begin + j]) << _ORDINAL | c << _WHAT | urgency
            )
            key[begin + j] = k
            count[k] += 1


@kernel(lean=True)
def deal(placed, key, start, fill, dealt, row, ordinal, second, what, urgency):  # type: ignore[no-untyped-def]
    """Counting sort of packed needs by ``key`` (stable), then their columns; key k begins at ``start[k]``.

    Packed, so that a need goes to its day in one write.
    """
    for k in range(fill.shape[0]):
        fill[k] = start[k]
    for j in range(placed.shape[0]):
        k = int(key[j])
        at = fill[k]
        fill[k] = at + 1
        dealt[at] = placed[j]
    for j in range(placed.shape[0]):
        one = dealt[j]
        row[j] = one >> _ROW
        second[j] = one >> _SECOND & 0x1FFFF
        ordinal[j] = one >> _ORDINAL & 0x3F
        what[j] = one >> _WHAT & 0xF
        urgency[j] = one & 0xF
