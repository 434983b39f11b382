"""What must hold: persons, lists, requests and minutes are neither made nor lost, nor are GPs, trainees and practices.

Persons to minutes are looked at every day, the workforce at the beginning and the end of each month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, practices_of
from sim.agents.trainee import trainees_of
from sim.care.books import GP, LOCUM, RING
from sim.ledger import counts as C

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["ConservationError", "check_day", "check_workforce"]


class ConservationError(AssertionError):
    """Something was made or lost; the message says what, on which day and how much."""


def _equal(what: str, day: int, left: int, right: int) -> None:
    if left != right:
        raise ConservationError(f"day {day}: {what} do not balance: {left} against {right}")


def check_day(model: RegionModel, day: int) -> None:
    """Assert conservation after a day.

    Raises:
        ConservationError: names the quantity, the day and both sides.
    """
    people, ledger, care = model.people, model.ledger, model.care
    n = people.n
    alive, practice = people.alive[:n], people.practice[:n]
    registered = int(np.count_nonzero(alive & (practice >= 0)))
    elsewhere = int(np.count_nonzero(alive & (practice == -1))) + int(np.count_nonzero(alive & (practice == -2)))
    _equal("persons and registration states", day, len(people), registered + elsewhere)
    _equal("lists and the registered", day, int(model.count_lists().sum()), registered)
    if np.any(model.count_lists() != model.lists):
        raise ConservationError(f"day {day}: the practices' lists are not what people say")
    _equal("requests", day, ledger.flow(C.SOURCES), ledger.flow(C.SINKS) + care.waiting())
    posts = ledger.post
    arrived = int(posts[:, C.P_ARRIVALS].sum())
    called = int(posts[:, C.P_CALLS].sum())
    _equal("calls to the posts", day, arrived, called + int(care.posts.calls.size.sum()))
    cell = care.books.entry[:, :, :, 1] & 8191
    place = np.arange(cell.shape[2])[None, None, :]
    booked = np.where(place < care.books.bookings.T[:, :, None], cell, 0).sum(axis=2)
    if np.any(care.books.booked != booked.T):
        raise ConservationError(f"day {day}: minutes booked do not add up to the bookings")
    if model.assumed.capacity_mode != "elastic":
        regular = care.books.role <= LOCUM
        limit = 1.0 + care.tables.urgent_overtime
        over = care.used[regular] > np.ceil(care.used_capacity[regular] * limit)
        if np.any(over):
            raise ConservationError(f"day {day}: minutes used exceed minutes available plus the allowed overtime")
    ends = model.calendar.day_of_month
    if day >= model.run_in and 1 in (ends[day], ends[day + 1]):
        check_workforce(model, day)


def check_workforce(model: RegionModel, day: int) -> None:
    """Assert on a day of the run that GPs, trainees and practices are who began, plus who came, less who went.

    Regular GPs have one practice and one book in it, changing locums have none; people and seats belong to open
    practices, and practices that have ended have neither staff, patients nor bookings.

    Raises:
        ConservationError: names what does not balance, the day and both sides.
    """
    force, gps, practices = model.workforce, gps_of(model), practices_of(model)
    open_ones = [one for one in practices if one.closed_since is None]
    _equal("GPs", day, len(gps), force.first_gps + force.came - force.gone)
    _equal("trainees", day, len(trainees_of(model)), force.first_trainees + force.began - force.finished)
    _equal("practices", day, len(practices), force.first_practices + force.opened)
    _equal("open practices", day, len(open_ones), len(practices) - force.ended)
    _check_places(model, day, practices)
    closed = np.array([one.closed_since is not None for one in practices])
    _check_people(model, day, closed)
    for one in practices:
        if one.closed_since is not None:
            _equal(f"GPs of practice {one.number}, which has ended,", day, len(one.gps), 0)
            _equal(f"vacant seats of practice {one.number}, which has ended,", day, len(one.vacant_seats), 0)
            _equal(f"searches of practice {one.number}, which has ended,", day, one.open_searches, 0)
    learns = np.array([one.practice for one in trainees_of(model) if one.practice >= 0], np.int64)
    _equal("trainees in practices that have ended", day, int(np.count_nonzero(closed[learns])), 0)
    books = model.care.books
    ended = closed[books.practice]
    _equal("bookings with practices that have ended", day, int(books.bookings[ended].sum()), 0)
    ahead = (int(model.care.open_at[day]) + np.arange(RING - 1)) % RING
    _equal("seconds of practices that have ended", day, int(books.capacity[ended][:, ahead].sum()), 0)


def _check_places(model: RegionModel, day: int, practices: list[Practice]) -> None:
    """Regular GPs work in one practice and sit at one book of it; nobody else has either."""
    shelf = model.turnover.shelf
    present = [(gp, one) for one in practices for gp in one.gps]
    regular = [gp for gp in gps_of(model) if gp.is_regular]
    _equal("regular GPs and the practices' GPs", day, len(regular), len(present))
    _equal("GPs of practices and heads", day, len(present), len({gp.number for gp, _ in present}))
    _equal("regular GPs and their books", day, len(regular), int(np.count_nonzero(shelf.books.role == GP)))
    _equal("regular GPs and rows of the shelf", day, len(regular), len(set(shelf.row_of.values())))
    for gp, practice in present:
        row = shelf.row_of.get(gp.number, -1)
        seat = (int(shelf.books.uid[row]), int(shelf.books.role[row]), int(shelf.books.practice[row]))
        if gp.practice is not practice or row < 0 or seat != (gp.uid, GP, practice.number):
            raise ConservationError(f"day {day}: GP {gp.number} is not at one book of practice {practice.number}")
    for gp in gps_of(model):
        if (gp.practice is None) is gp.is_regular:
            raise ConservationError(f"day {day}: GP {gp.number} is a {gp.role.name} with practice {gp.practice}")


def _check_people(model: RegionModel, day: int, closed: npt.NDArray[np.bool_]) -> None:
    """Everybody's practice is open, and everybody's usual GP works in it."""
    people, books = model.people, model.turnover.shelf.books
    rows = people.rows
    practice, usual = people.practice[rows].astype(np.int64), people.usual[rows].astype(np.int64)
    _equal("people of practices that have ended", day, int(np.count_nonzero(closed[practice[practice >= 0]])), 0)
    has = usual >= 0
    there = (books.role[usual[has]] == GP) & (books.practice[usual[has]] == practice[has])
    _equal("usual GPs and those in the own practice", day, int(np.count_nonzero(has)), int(np.count_nonzero(there)))
