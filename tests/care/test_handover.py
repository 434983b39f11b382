"""Booked visits when a book loses its GP or a practice ends."""

from __future__ import annotations

import numpy as np

from sim.care.arrays import make_outbox
from sim.care.books import GP, MENTAL
from sim.care.handover import empty_books
from sim.ledger import counts as C
from tests.care.clinic import Clinic, asks, make_clinic


def empty(clinic: Clinic, *rows: int) -> None:
    """The books lose their GPs before the next day begins."""
    care = clinic.care
    keep = care.structure.gp_books.copy()
    for row in keep:
        stay = [book for book in row.tolist() if book >= 0 and book not in rows]
        row[:] = -1
        row[: len(stay)] = stay
    care.structure = care.structure._replace(gp_books=keep)
    for row in rows:
        care.books.capacity[row] = 0
    again = make_outbox(int(care.books.bookings[list(rows)].sum()) + 16)
    empty_books(
        np.array(rows, np.int64), clinic.now, care.books, care.structure, care.persons, care.rules, care.tallies, again
    )
    care.again = again.requests()


def test_visits_move_to_a_colleague_and_keep_their_day_of_request() -> None:
    clinic = make_clinic([[GP, GP]], [(0, 0)] * 30 + [(0, 1)] * 5, slots=10)
    clinic.live(asks(0, 30))
    before = clinic.bookings(0, 0) + clinic.bookings(0, 1)
    assert len(before) > 5
    empty(clinic, 0)
    assert clinic.booked(0) == [0] * 10 and clinic.care.again is not None and clinic.care.again.row.size == 0
    moved = [booking for k in range(4) for booking in clinic.bookings(1, k)]
    assert {(one.who, one.asked) for one in before} <= {(one.who, one.asked) for one in moved}
    assert clinic.told(C.MOVED) == len(before) and clinic.balance() == 0


def test_who_finds_no_room_asks_again_in_the_morning() -> None:
    clinic = make_clinic([[GP]], [(0, 0)] * 30, slots=10)
    clinic.live(asks(0, 30))
    waiting = sum(clinic.booked(0))
    assert waiting > 0
    empty(clinic, 0)
    assert clinic.care.again is not None and clinic.care.again.row.size == waiting
    assert clinic.told(C.RETRIES) == waiting and clinic.balance() == 0
    clinic.live()  # nobody is there any more: they give up
    assert clinic.balance() == 0 and clinic.care.waiting() == 0


def test_people_of_another_practice_by_now_ask_there() -> None:
    clinic = make_clinic([[GP], [GP]], [(0, 0)] * 30, slots=10)
    clinic.live(asks(0, 30))
    waiting = sum(clinic.booked(0))
    clinic.people.practice[:30] = 1
    clinic.people.usual[:30] = -1
    clinic.refresh()
    empty(clinic, 0)
    clinic.live()
    assert clinic.told(C.HANDLED_GP, 1) + sum(clinic.booked(1)) == waiting
    assert clinic.balance() == 0


def test_the_dead_leave_the_book() -> None:
    clinic = make_clinic([[GP, GP]], [(0, 0)] * 30, slots=10)
    clinic.live(asks(0, 30))
    first = clinic.bookings(0, 0)[0].who
    clinic.lose([first])
    empty(clinic, 0)
    assert clinic.told(C.VOID) == 1 and clinic.balance() == 0


def test_a_nurse_who_goes_leaves_requests_to_the_practice() -> None:
    clinic = make_clinic([[GP, MENTAL]], [(0, 0)] * 12, slots=10, mental=np.ones(10))
    clinic.capacity(1, [0, 0, 10])
    clinic.live(asks(0, 12))
    waiting = sum(clinic.booked(1))
    assert waiting == 12
    clinic.care.structure.role_book[0, MENTAL] = -1
    empty(clinic, 1)
    clinic.live()
    assert clinic.told(C.HANDLED_GP, 0) + sum(clinic.booked(0)) == 12 and clinic.balance() == 0
