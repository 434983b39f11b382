"""Patient seconds that each appointment book really has: weekly pattern, leave, sickness, and who covers.

A GP takes some weeks of leave a year, more of them in school holidays, and avoids weeks in which colleagues are away.
Everybody plans a year before it begins; who comes later chooses among the weeks that colleagues have left, and who
moves to another practice keeps the weeks chosen. What leave, long illness and vacant seats leave undone the changing
locums cover as far as their hours go (``sim.workforce.locums``); the hours they kept back for sickness go on the
morning itself to practices with a sick GP, and what those do not need to all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from sim.compiled import kernel
from sim.parameters import Parameters
from sim.randomness.philox import draw4, uniforms
from sim.randomness.streams import Stream
from sim.region.practice_books import Books, Role
from sim.workforce.locums import (
    Gaps,
    LocumStock,
    LocumUse,
    Purpose,
    SickCover,
    hand_out,
    locum_stock,
    no_gaps,
    share_within,
)

__all__ = [
    "Leave",
    "LocumUse",
    "SickCover",
    "apply_sickness",
    "capacity_for_day",
    "leave_weeks",
    "plan_leave",
    "sickness_week",
    "update_leave",
]

type Seconds = npt.NDArray[np.int64]
type Weeks = npt.NDArray[np.bool_]

_ISO_WEEKS = 53
_WHOLE = 1000  # sickness is counted in thousandths of a day
_LONGEST_SPELL = 5  # working days


@dataclass(frozen=True)
class Leave:
    """Planned leave of the GPs for some years, and what goes with it into a day's capacity."""

    uid: npt.NDArray[np.uint64]
    """Id of the GP of each book (R,), 0 for books of others and unused ones."""
    weeks: dict[int, Weeks]
    """By ISO year: the book's GP is away (53, R), row 0 is week 1."""
    week_seconds: npt.NDArray[np.int32]
    """Patient seconds by weekday and book (5, R) after the staff's evenly spread leave, before the GPs' weeks."""
    stock: LocumStock
    gaps: Gaps
    group_list: Seconds
    """The gaps' ``weight`` added up by group (K,)."""


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
    nobody = np.zeros((int(practice.max(initial=0)) + 1, _ISO_WEEKS))
    around = np.zeros((int(group.max(initial=0)) + 1, _ISO_WEEKS))
    return _choose_weeks(uid, practice, group, iso_year, parameters, seed, nobody, around)


def _choose_weeks(
    uid: npt.NDArray[np.uint64],
    practice: npt.NDArray[np.int16],
    group: npt.NDArray[np.int16],
    iso_year: int,
    parameters: Parameters,
    seed: int,
    taken: npt.NDArray[np.float64],
    around: npt.NDArray[np.float64],
) -> Weeks:
    """Weeks of leave of some GPs (53, G).

    Args:
        taken, around: GPs away by practice and by local group in each week, (P, 53) and (K, 53); these GPs are added.
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
    """Plan leave for the given ISO years; no seat is vacant, nobody is ill for long, locums' duty is as usual."""
    rows = np.flatnonzero(books.role == Role.GP)
    weeks = {year: _plan_year(books, rows, year, parameters, seed) for year in iso_years}
    stock = locum_stock(books.locum_day_seconds, None, parameters)
    return _leave(books, rows, weeks, stock, no_gaps(books), parameters)


def update_leave(
    leave: Leave,
    books: Books,
    iso_years: Sequence[int],
    parameters: Parameters,
    seed: int,
    *,
    stock: LocumStock | None = None,
    gaps: Gaps | None = None,
) -> Leave:
    """Leave after GPs have come, gone or moved, whatever rows of the books they have now.

    In years that are planned already everybody keeps the weeks chosen and newcomers choose weeks that colleagues leave
    free; a year that is new is planned by everybody together, as by :func:`plan_leave`. Other years are forgotten.

    Args:
        iso_years: the current year, and those that the books reach into.
        stock: locum seconds; made from the books with duty as usual if not given.
        gaps: vacant seats and long illness; none if not given.
    """
    rows = np.flatnonzero(books.role == Role.GP)
    order = np.argsort(leave.uid, kind="stable")
    place = order[np.minimum(np.searchsorted(leave.uid[order], books.uid[rows]), max(leave.uid.size - 1, 0))]
    known = leave.uid[place] == books.uid[rows]
    same = books.size == leave.uid.size and known.all() and np.array_equal(np.flatnonzero(leave.uid), rows)
    same = same and np.array_equal(place, rows)
    weeks: dict[int, Weeks] = {}
    for year in iso_years:
        if year not in leave.weeks:
            weeks[year] = _plan_year(books, rows, year, parameters, seed)
        elif same:
            weeks[year] = leave.weeks[year]
        else:
            away = np.zeros((_ISO_WEEKS, books.size), bool)
            away[:, rows[known]] = leave.weeks[year][:, place[known]]
            weeks[year] = _add_newcomers(books, rows[known], rows[~known], away, year, parameters, seed)
    if stock is None:
        stock = locum_stock(books.locum_day_seconds, None, parameters)
    return _leave(books, rows, weeks, stock, no_gaps(books) if gaps is None else gaps, parameters)


def _leave(
    books: Books,
    rows: npt.NDArray[np.int64],
    weeks: dict[int, Weeks],
    stock: LocumStock,
    gaps: Gaps,
    parameters: Parameters,
) -> Leave:
    uid = np.zeros(books.size, np.uint64)
    uid[rows] = books.uid[rows]
    week = books.week_seconds.astype(np.float64)
    week[books.role != Role.GP] *= 1.0 - parameters.number("workforce.staff_leave")
    groups = books.locum_day_seconds.shape[0]
    return Leave(
        uid=uid,
        weeks=weeks,
        week_seconds=np.ascontiguousarray(np.rint(week).astype(np.int32).T),
        stock=stock,
        gaps=gaps,
        group_list=np.bincount(books.practice_group, gaps.weight, groups).astype(np.int64),
    )


def _plan_year(books: Books, rows: npt.NDArray[np.int64], year: int, parameters: Parameters, seed: int) -> Weeks:
    """Everybody plans a year, (53, R)."""
    away = np.zeros((_ISO_WEEKS, books.size), bool)
    practice = books.practice[rows]
    group = books.practice_group[practice]
    away[:, rows] = leave_weeks(books.uid[rows], practice, group, year, parameters, seed)
    return away


def _add_newcomers(
    books: Books,
    settled: npt.NDArray[np.int64],
    new: npt.NDArray[np.int64],
    away: Weeks,
    year: int,
    parameters: Parameters,
    seed: int,
) -> Weeks:
    """Let GPs of ``new`` books choose weeks in a year that is planned; the others' weeks stand in ``away`` (53, R)."""
    if new.size:
        taken = np.zeros((books.practice_group.size, _ISO_WEEKS))
        around = np.zeros((books.locum_day_seconds.shape[0], _ISO_WEEKS))
        practice = books.practice[new]
        group = books.practice_group[practice]
        # only colleagues and neighbours of the newcomers matter to them
        settled = settled[np.isin(books.practice_group[books.practice[settled]], group)]
        at = books.practice[settled]
        np.add.at(taken, at, away[:, settled].T)
        np.add.at(around, books.practice_group[at], away[:, settled].T)
        away[:, new] = _choose_weeks(books.uid[new], practice, group, year, parameters, seed, taken, around)
    return away


def capacity_for_day(
    books: Books, leave: Leave, iso_year: int, iso_week: int, weekday: int, is_open: bool
) -> tuple[npt.NDArray[np.int32], LocumUse]:
    """Patient seconds of each book (R,) on a day as planned in advance, and what the locums do on it.

    Args:
        weekday: 0 Monday to 6 Sunday.
        is_open: practices are open; nobody has capacity on a closed day.
    """
    if not is_open or weekday > 4:
        nothing = np.zeros((len(Purpose), leave.group_list.size), np.int64)
        return np.zeros(books.size, np.int32), LocumUse(nothing, nothing, nothing[0])
    capacity = leave.week_seconds[weekday].copy()
    lost = np.zeros((2, books.practice_list.size), np.int64)
    _take_absent(capacity, leave.weeks[iso_year][iso_week - 1], leave.gaps.ill, books.practice, lost)
    use = hand_out(capacity, lost, leave.gaps, weekday, leave.stock.ahead[weekday], books, leave.group_list)
    return capacity, use


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
    asked, covered, spread = np.zeros((3, leave.group_list.size), np.int64)
    capacity = planned.copy()
    if is_open and weekday <= 4:
        lost = np.zeros(books.practice_list.size, np.int64)
        _take_sickness(capacity, sick, books.practice, books.role, lost)
        kept, weight = leave.stock.kept[weekday], leave.gaps.weight
        share_within(capacity, lost, kept, books, weight, leave.group_list, asked, covered, spread)
    return SickCover(capacity, asked, covered, spread)


@kernel(lean=True)
def _take_absent(capacity, away, ill, practice, lost):  # type: ignore[no-untyped-def]
    """Empty the books of GPs who are ill for long or on leave (R,); add up by practice what is lost to each (2, P)."""
    for r in range(capacity.shape[0]):
        if (ill[r] or away[r]) and capacity[r] > 0:
            lost[0 if ill[r] else 1, int(practice[r])] += int(capacity[r])
            capacity[r] = 0


@kernel(lean=True)
def _take_sickness(capacity, sick, practice, role, lost):  # type: ignore[no-untyped-def]
    """Take thousandths (R,) off all books and add up by practice what is lost of GPs' time."""
    for r in range(capacity.shape[0]):
        gone = int(capacity[r]) * int(sick[r]) // _WHOLE
        if gone > 0:
            capacity[r] = int(capacity[r]) - gone
            if role[r] == 0:
                lost[int(practice[r])] += gone


@kernel(lean=True)
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
