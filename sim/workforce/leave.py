"""Patient seconds that each appointment book really has: weekly pattern, leave, sickness, and who covers.

A GP takes some weeks of leave a year, more of them in school holidays, and avoids weeks in which colleagues are away.
The changing locums of a local group (HAGRO) are one finite stock of hours: a share is kept back for sickness, the rest
goes first to practices whose GPs are on leave, what is left over to all by list size. On the morning itself the
hours kept back go to practices with a sick GP, and what they do not need to all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel
from sim.parameters import Parameters
from sim.randomness.philox import draw4, uniforms
from sim.randomness.streams import Stream
from sim.region.practice_books import Books

__all__ = [
    "Leave",
    "LocumUse",
    "SickCover",
    "apply_sickness",
    "capacity_for_day",
    "leave_weeks",
    "plan_leave",
    "sickness_week",
]

type Seconds = npt.NDArray[np.int64]

_ISO_WEEKS = 53
_WHOLE = 1000  # sickness is counted in thousandths of a day
_LONGEST_SPELL = 5  # working days


@dataclass(frozen=True)
class Leave:
    """Planned leave of the GPs for some years, and the books' patient seconds with the staff's leave taken off."""

    weeks: dict[int, npt.NDArray[np.bool_]]
    """By ISO year: GP is away (53, G), row 0 is week 1; G are the GP books."""
    week_seconds: npt.NDArray[np.int32]
    """Patient seconds by weekday and book (5, R) after the staff's evenly spread leave, before the GPs' weeks."""
    locum_seconds: Seconds
    """Seconds of the locum pools by weekday and group (5, K) that are handed out in advance."""
    kept_seconds: Seconds
    """Seconds of the locum pools by weekday and group (5, K) kept back for sickness."""
    group_list: Seconds
    """Registered people of each group (K,)."""


@dataclass(frozen=True)
class LocumUse:
    """Locum seconds of a day by local group (K,)."""

    asked: Seconds
    """Patient seconds lost to leave."""
    used: Seconds
    """Handed out in advance: for leave and, from what is left, by list size."""
    covered: Seconds
    """Of these, for leave."""


@dataclass(frozen=True)
class SickCover:
    """A day's patient seconds after sickness (R,) and the kept-back locum seconds by local group (K,)."""

    capacity: npt.NDArray[np.int32]
    asked: Seconds
    """GPs' patient seconds lost to sickness."""
    covered: Seconds
    """Locum seconds that replaced them."""
    released: Seconds
    """Locum seconds kept back, not needed and shared by list size."""


def leave_weeks(
    uid: npt.NDArray[np.uint64],
    practice: npt.NDArray[np.int16],
    group: npt.NDArray[np.int16],
    iso_year: int,
    parameters: Parameters,
    seed: int,
) -> npt.NDArray[np.bool_]:
    """Weeks in which each GP (G) is on leave, (53, G): the parameter's number of weeks for everybody.

    Keyed by GP and year. GPs choose in a keyed order within their practice; each avoids weeks that colleagues have
    taken.

    Args:
        uid, practice, group: id, practice and local group of each GP.
    """
    count = uid.size
    weeks = round(parameters.number("workforce.leave_weeks"))
    own, neighbour = parameters.column("workforce.leave_spread")
    wish = np.log(parameters.column("workforce.leave_week_weight"))[None, :] + np.zeros((count, 1))
    draws = -(-_ISO_WEEKS // 4)
    u = np.concatenate([uniforms(seed, Stream.LEAVE_WEEKS, uid, iso_year, k) for k in range(draws)], axis=1)
    wish -= np.log(-np.log(np.maximum(u[:, :_ISO_WEEKS], 1e-12)))  # Gumbel: the best weeks are a weighted draw
    first = uniforms(seed, Stream.LEAVE_WEEKS, uid, iso_year, draws)[:, 0]
    order = np.lexsort((uid, first, practice))
    turn = np.empty(count, np.int64)
    turn[order] = np.arange(count) - np.searchsorted(practice[order], practice[order])
    away = np.zeros((count, _ISO_WEEKS), bool)
    taken = np.zeros((int(practice.max(initial=0)) + 1, _ISO_WEEKS))
    around = np.zeros((int(group.max(initial=0)) + 1, _ISO_WEEKS))
    for k in range(int(turn.max(initial=-1)) + 1):
        who = np.flatnonzero(turn == k)
        score = wish[who] - own * taken[practice[who]] - neighbour * around[group[who]]
        best = np.argsort(-score, axis=1, kind="stable")[:, :weeks]
        away[who[:, None], best] = True
        np.add.at(taken, practice[who], away[who])
        np.add.at(around, group[who], away[who])
    if _weeks_in(iso_year) < _ISO_WEEKS:
        _move_out_of_last_week(away, wish)
    return np.ascontiguousarray(away.T)


def _weeks_in(iso_year: int) -> int:
    return date(iso_year, 12, 28).isocalendar().week


def _move_out_of_last_week(away: npt.NDArray[np.bool_], wish: npt.NDArray[np.float64]) -> None:
    """In a year of 52 weeks, leave in week 53 is taken in the best week that is still free."""
    last = np.flatnonzero(away[:, -1])
    free = np.where(away[last], -np.inf, wish[last])
    away[last, np.argmax(free, axis=1)] = True
    away[last, -1] = False


def plan_leave(books: Books, iso_years: Sequence[int], parameters: Parameters, seed: int) -> Leave:
    """Plan leave for the given ISO years.

    Make it anew when the books change: GPs keep their weeks unless colleagues in their practice or group come or go.
    """
    gps = books.gp_books
    practice = books.practice[:gps]
    group = books.practice_group[practice]
    rest = 1.0 - parameters.number("workforce.staff_leave")
    week = books.week_seconds.astype(np.float64)
    week[gps:] *= rest
    pool = np.floor(books.locum_day_seconds * rest).astype(np.int64)
    kept = np.floor(pool * parameters.number("workforce.locum_kept_back")).astype(np.int64)
    return Leave(
        weeks={year: leave_weeks(books.uid[:gps], practice, group, year, parameters, seed) for year in iso_years},
        week_seconds=np.ascontiguousarray(np.rint(week).astype(np.int32).T),
        locum_seconds=np.ascontiguousarray((pool - kept).T),
        kept_seconds=np.ascontiguousarray(kept.T),
        group_list=np.bincount(books.practice_group, books.practice_list, pool.shape[0]).astype(np.int64),
    )


def capacity_for_day(
    books: Books, leave: Leave, iso_year: int, iso_week: int, weekday: int, is_open: bool
) -> tuple[npt.NDArray[np.int32], LocumUse]:
    """Patient seconds of each book (R,) on a day as planned in advance, and what the locums do on it.

    Args:
        weekday: 0 Monday to 6 Sunday.
        is_open: practices are open; nobody has capacity on a closed day.
    """
    use = np.zeros((3, books.locum_day_seconds.shape[0]), np.int64)
    if not is_open or weekday > 4:
        return np.zeros(books.size, np.int32), LocumUse(use[0], use[1], use[2])
    capacity = leave.week_seconds[weekday].copy()
    lost = np.zeros(books.practice_list.size, np.int64)
    _take_leave(capacity, leave.weeks[iso_year][iso_week - 1], books.practice, lost)
    _share_out(capacity, lost, leave.locum_seconds[weekday], *_seats(books, leave), use)
    return capacity, LocumUse(use[0], use[1], use[2])


def sickness_week(books: Books, week: int, parameters: Parameters, seed: int) -> npt.NDArray[np.int16]:
    """Short sickness in one week: thousandths of each book's time lost, by weekday (5, R).

    A GP is sick or not: at most one spell a week of one to five days, beginning on a random day. The books of other
    roles, which several people share, lose a varying part of the whole week. Locum seats lose nothing (the pool's
    hours are what its locums work). Keyed by book and week, so it does not depend on leave or on who else is there.

    Args:
        week: number of the week, any count that never repeats in a run.
    """
    out = np.zeros((5, books.size), np.int16)
    chance, share = parameters.number("workforce.sick_weeks"), parameters.number("workforce.staff_sick")
    _fall_sick(seed, int(Stream.SICKNESS), week, books.uid, books.role, chance, share, out)
    return out


def apply_sickness(
    books: Books, leave: Leave, planned: npt.NDArray[np.int32], sick: npt.NDArray[np.int16], weekday: int, is_open: bool
) -> SickCover:
    """Take sickness off the planned seconds of a day (R,) and let the kept-back locum hours cover for GPs.

    Args:
        sick: thousandths lost of each book that day (R,), a row of :func:`sickness_week`.
    """
    use = np.zeros((3, books.locum_day_seconds.shape[0]), np.int64)
    capacity = planned.copy()
    if is_open and weekday <= 4:
        lost = np.zeros(books.practice_list.size, np.int64)
        _take_sickness(capacity, sick, books.practice, books.role, lost)
        _share_out(capacity, lost, leave.kept_seconds[weekday], *_seats(books, leave), use)
    return SickCover(capacity, use[0], use[2], use[1] - use[2])


def _seats(books: Books, leave: Leave) -> tuple[npt.NDArray[Any], ...]:
    return books.practice_role_book[:, 1], books.practice_group, books.practice_list, leave.group_list


@kernel
def _take_leave(capacity, away, practice, lost):  # type: ignore[no-untyped-def]
    """Empty the books of GPs on leave (G,) and add up by practice what is lost."""
    for g in range(away.shape[0]):
        if away[g]:
            lost[int(practice[g])] += int(capacity[g])
            capacity[g] = 0


@kernel
def _take_sickness(capacity, sick, practice, role, lost):  # type: ignore[no-untyped-def]
    """Take thousandths (R,) off all books and add up by practice what is lost of GPs' time."""
    for r in range(capacity.shape[0]):
        gone = int(capacity[r]) * int(sick[r]) // _WHOLE
        if gone > 0:
            capacity[r] = int(capacity[r]) - gone
            if role[r] == 0:
                lost[int(practice[r])] += gone


@kernel
def _share_out(capacity, lost, pool, seat, group, lists, group_list, use):  # type: ignore[no-untyped-def]
    """Share each group's locum seconds (K,) over its practices' seats: for what was lost, the rest by list size.

    ``use`` (3, K) gets what was lost, what was handed out, and what of it replaced a loss. Rounding down leaves a few
    seconds a group unused.
    """
    asked, used, covered = use[0], use[1], use[2]
    for p in range(group.shape[0]):
        asked[int(group[p])] += lost[p]
    for p in range(group.shape[0]):
        k = int(group[p])
        first = min(int(pool[k]), int(asked[k]))
        cover = int(lost[p]) * first // int(asked[k]) if asked[k] > 0 else 0
        spare = (int(pool[k]) - first) * int(lists[p]) // int(group_list[k]) if group_list[k] > 0 else 0
        capacity[int(seat[p])] += cover + spare
        covered[k] += cover
        used[k] += cover + spare


@kernel
def _fall_sick(seed, stream, week, uid, role, chance, share, out):  # type: ignore[no-untyped-def]
    """Thousandths lost (5, R): a spell for a GP (role 0), a part of the week for staff, nothing for a locum seat."""
    for r in range(uid.shape[0]):
        u0, u1, u2, _ = draw4(seed, stream, uid[r], week, 0)
        if role[r] == 0:
            if u0 < chance:
                length = 1 + int(u1 * _LONGEST_SPELL)
                start = int(u2 * 5)
                for day in range(start, start + length):  # what runs past Friday stands for a spell begun last week
                    out[day % 5, r] = _WHOLE
        elif role[r] > 1:
            part = min(int(-math.log(1.0 - u0) * share * _WHOLE + 0.5), _WHOLE)
            for day in range(5):
                out[day, r] = part
