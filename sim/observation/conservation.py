"""What must hold at every day's end: persons, lists, requests and minutes are neither made nor lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.care.books import LOCUM
from sim.ledger import counts as C

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["ConservationError", "check_day"]


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
