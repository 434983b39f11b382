"""Kinds of out-of-hours shift, how many GPs each takes, and the shifts of a day as a pattern that days share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters

__all__ = [
    "MORNING",
    "ON_CLOSED",
    "ON_OPEN",
    "SHIFT_HOURS",
    "SHIFT_START",
    "ShiftKind",
    "Shifts",
    "servers_by_hour",
    "shifts_of_days",
    "staffing_table",
]

type Ints = npt.NDArray[np.int64]


class ShiftKind(IntEnum):
    """Kinds of shift."""

    WEEKDAY_EVENING = 0
    NIGHT = 1
    WEEKEND_DAY = 2
    """Also on public holidays, as the next."""
    WEEKEND_EVENING = 3


SHIFT_START = np.array([17, 23, 8, 17])
"""Hour at which each kind of shift begins."""
SHIFT_HOURS = np.array([6, 9, 9, 6])
"""Length of each kind of shift."""
MORNING = 8
"""Hour at which a night shift ends."""
ON_OPEN = (ShiftKind.WEEKDAY_EVENING, ShiftKind.NIGHT)
"""Kinds of shift on a day on which practices are open."""
ON_CLOSED = (ShiftKind.WEEKEND_DAY, ShiftKind.WEEKEND_EVENING, ShiftKind.NIGHT)

_MOST_SEATS = 64


@dataclass(frozen=True)
class Shifts:
    """Shifts (S) in order of time."""

    day: Ints
    """Day on which the shift begins."""
    post: Ints
    kind: Ints
    car: npt.NDArray[np.bool_]
    """For visits; otherwise for consults."""
    code: Ints
    """Post, kind, work and seat in one number: the same shift on another day has the same code."""


def staffing_table(
    population: npt.NDArray[np.float64],
    organisation: npt.NDArray[np.integer],
    at_night: npt.NDArray[np.bool_],
    parameters: Parameters,
) -> Ints:
    """GPs by post, kind of shift and kind of work (0 consults, 1 visits), shape (M, 4, 2).

    At least one of each on every shift, none at a post that serves nobody (it has closed); none at night at a post
    that is closed then, whose people count with the organisation's other posts.

    Args:
        population: inhabitants for whom it is the nearest post (M,).
        at_night: the post has GPs of its own from 23 to 8 h (M,).

    Raises:
        ValueError: no posts, or more GPs on a shift than there can be.
    """
    people = np.tile(population[:, None], (1, len(ShiftKind)))
    night = at_night.astype(np.float64) * population
    organisations = int(organisation.max(initial=0)) + 1
    whole = np.bincount(organisation, weights=population, minlength=organisations)
    awake = np.bincount(organisation, weights=night, minlength=organisations)
    people[:, ShiftKind.NIGHT] = night * (whole / np.maximum(awake, 1e-9))[organisation]
    rate = np.stack(
        [parameters.column("workforce.shift_seats_consult"), parameters.column("workforce.shift_seats_car")], axis=1
    )
    table = np.maximum(np.floor(people[:, :, None] / 1e5 * rate[None] + 0.5), 1).astype(np.int64)
    table[~at_night, ShiftKind.NIGHT] = 0
    table[population <= 0.0] = 0
    if table.max(initial=0) > _MOST_SEATS or population.size == 0:
        raise ValueError(f"a shift needs 1 to {_MOST_SEATS} GPs and a region at least one post")
    return table


def shifts_of_days(table: Ints, days: Ints, is_open: npt.NDArray[np.bool_]) -> Shifts:
    """The shifts of consecutive days, and before them the nights that began on the day before.

    Args:
        table: of :func:`staffing_table`.
        days: day numbers (D,).
        is_open: practices are open on the day (D,).
    """
    pattern, begin = _patterns(table.tobytes(), table.shape[0])
    which = np.concatenate([[2], np.where(is_open, 0, 1)])  # the night before, then open and closed days
    length = np.diff(begin)[which]
    first = np.cumsum(length) - length
    place = np.arange(int(length.sum())) + np.repeat(begin[which] - first, length)
    post, kind, car, code = pattern[:, place]
    day = np.repeat(np.concatenate([days[:1] - 1, days]), length)
    return Shifts(day, post, kind, car.astype(bool), code)


@lru_cache(maxsize=64)
def _patterns(table: bytes, posts: int) -> tuple[Ints, Ints]:
    """Post, kind, work and code of the shifts of an open day, a closed day and a night (4, S), and where each begins.

    Within a day shifts stand in order of their first hour, then of their code.
    """
    seats = np.frombuffer(table, np.int64).reshape(posts, len(ShiftKind), 2)
    parts = [_pattern(seats, kinds) for kinds in (ON_OPEN, ON_CLOSED, (ShiftKind.NIGHT,))]
    begin = np.cumsum([0, *(part.shape[1] for part in parts)])
    pattern = np.concatenate(parts, axis=1)
    pattern.setflags(write=False)
    return pattern, begin


def _pattern(seats: Ints, kinds: tuple[ShiftKind, ...]) -> Ints:
    rows = [
        (post, int(kind), car, ((post * len(ShiftKind) + kind) * 2 + car) * _MOST_SEATS + seat)
        for kind in kinds
        for post in range(seats.shape[0])
        for car in range(2)
        for seat in range(int(seats[post, kind, car]))
    ]
    rows.sort(key=lambda row: (SHIFT_START[row[1]], row[3]))
    return np.array(rows, np.int64).reshape(-1, 4).T


def servers_by_hour(shifts: Shifts, on: npt.NDArray[np.bool_], first: int, days: int, posts: int) -> Ints:
    """GPs present by kind of work, post, day and hour (2, M, D, 24).

    Args:
        on: somebody does the shift (S,).
        first: day number of the first of ``days`` days.
    """
    hours = (days + 2) * 24  # from the day before to the morning after
    row = (shifts.car.astype(np.int64) * posts + shifts.post)[on] * hours
    begin = row + (shifts.day[on] - first + 1) * 24 + SHIFT_START[shifts.kind[on]]
    end = begin + SHIFT_HOURS[shifts.kind[on]]
    size = 2 * posts * hours
    change = np.bincount(begin, minlength=size + 1) - np.bincount(end, minlength=size + 1)
    present = np.cumsum(change[:size]).reshape(2, posts, days + 2, 24)
    return np.ascontiguousarray(present[:, :, 1 : days + 1])
