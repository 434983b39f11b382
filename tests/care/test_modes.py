"""The three capacity modes: hard, bounded, elastic; and what happens when capacity disappears."""

from __future__ import annotations

import numpy as np
import pytest

from sim.care.books import GP, LOCUM, SOMATIC
from sim.ledger import counts as C
from sim.parameters import load_parameters
from tests.care.clinic import SLOT, TODAY, Clinic, asks, make_clinic

LIMIT = 0.2  # of a book of ten visits: two more

# Overtime -------------------------------------------------------------------------------------------------------------


def rush(mode: str) -> Clinic:
    """Thirty people who must be seen today, by a GP with room for ten."""
    limits = {"hard": 0.0, "bounded": LIMIT, "elastic": 99.0}
    clinic = make_clinic(mode=mode, urgent_overtime=limits[mode])
    clinic.live(asks(0, 30, TODAY))
    return clinic


@pytest.mark.parametrize(("mode", "seen"), [("hard", 10), ("bounded", 12), ("elastic", 30)])
def test_urgent_requests_stretch_the_day_as_far_as_the_mode_allows(mode: str, seen: int) -> None:
    clinic = rush(mode)
    assert clinic.told(C.HANDLED_GP) == clinic.told(C.URGENT_TODAY) == seen
    assert clinic.told(C.TO_POST) == 30 - seen
    assert clinic.told(C.GP_OVERTIME) == (seen - 10) * SLOT
    assert clinic.told(C.GP_USED) == seen * SLOT and clinic.told(C.GP_AVAILABLE) == 10 * SLOT


def test_the_modes_of_the_product_set_these_limits() -> None:
    p = load_parameters()
    hard, bounded, elastic = (make_clinic(mode=mode).care for mode in ("hard", "bounded", "elastic"))
    assert hard.tables.urgent_overtime == hard.overtime_limit == 0.0
    assert bounded.tables.urgent_overtime == bounded.overtime_limit == p.number("care.overtime_limit")
    assert elastic.tables.urgent_overtime > 10.0
    assert elastic.tables.elastic == p.number("care.elastic_days")
    assert hard.tables.elastic == bounded.tables.elastic == -1


def overtime_at(filling: float, mode: str = "bounded") -> float:
    """Overtime share for routine visits when the next ten days are so full."""
    clinic = make_clinic(mode=mode, slots=100, patients=((0, 0),) * 1_000, gp_seconds=np.full(4, 60))
    books = clinic.care.books
    books.booked[0, :10] = int(filling * 100 * SLOT)
    clinic.live()
    return float(books.overtime[0])


def test_overtime_for_routine_visits_begins_and_ends_with_the_filling_of_the_book() -> None:
    p = load_parameters()
    begins, complete = p.column("care.overtime_from")
    limit = p.number("care.overtime_limit")
    assert overtime_at(begins - 0.01) == 0.0
    assert overtime_at((begins + complete) / 2.0) == pytest.approx(limit / 2.0, rel=1e-3)
    assert overtime_at(complete + 0.01) == pytest.approx(limit)
    assert overtime_at(3.0) == pytest.approx(limit)
    for mode in ("hard", "elastic"):
        assert overtime_at(3.0, mode) == 0.0


def test_routine_visits_in_a_full_book_use_the_overtime() -> None:
    bounded, hard = (make_clinic(mode=mode, urgent_overtime=0.0) for mode in ("bounded", "hard"))
    bounded.care.overtime_limit = LIMIT
    for clinic in (bounded, hard):
        for _ in range(2):  # the book is seen to be full on the second day
            clinic.live(asks(0, 95))
    # Of the second day on, twelve visits a day and ten.
    assert set(bounded.booked(0, 7)) == {12} and set(hard.booked(0, 7)) == {10}


def test_elastic_sees_everybody_within_its_days() -> None:
    clinic = make_clinic(mode="elastic", elastic=2, urgent_overtime=99.0)
    for _ in range(3):
        clinic.live(asks(0, 75))
    for _ in range(3):
        clinic.live()
    assert clinic.flows() == {"needs": 225, "handled_gp": 225}
    assert clinic.ledger.waits[0, 3:].sum() == 0
    assert clinic.told(C.GP_OVERTIME) > 0


def test_elastic_loses_nobody_to_the_wait() -> None:
    clinic = make_clinic(mode="elastic", elastic=2, drop_rate=1e9, drop_free=0.0, phone_share=1.0)
    clinic.live(asks(0, 60))
    assert clinic.told(C.FORGONE) == 0 and clinic.told(C.PHONE_INSTEAD) == 0
    assert clinic.told(C.HANDLED_GP) + sum(clinic.booked(0, 2)) == 60


def test_where_the_gps_are_away_elastic_waits_for_their_return_and_no_longer() -> None:
    clinic = make_clinic(mode="elastic", elastic=2)
    clinic.capacity(0, [0] * 5)
    clinic.live(asks(0, 30))
    assert clinic.booked(0, 4) == [0, 0, 0, 0]
    assert sum(clinic.booked(0, 7)) == 30  # the day of the return and the two days after it


def test_waits_fall_from_hard_to_elastic() -> None:
    waits = {}
    for mode in ("hard", "bounded", "elastic"):
        clinic = make_clinic(mode=mode)
        rng = np.random.default_rng(4)
        for _ in range(60):
            clinic.live(asks(0, int(rng.poisson(11.5))))
        waits[mode] = clinic.told(C.ROUTINE_WAIT) / clinic.told(C.ROUTINE_SEEN)
    assert waits["elastic"] <= waits["bounded"] < waits["hard"]


# Capacity disappears --------------------------------------------------------------------------------------------------


def test_the_routine_visits_booked_last_move_and_keep_the_day_they_asked() -> None:
    clinic = make_clinic(slots=10)
    clinic.live(asks(0, 26))
    assert [b.who for b in clinic.bookings(0, 0)] == list(range(10, 20))
    clinic.capacity(0, [4])  # the GP falls ill this morning
    clinic.live()
    assert clinic.told(C.MOVED) == 6
    assert clinic.told(C.HANDLED_GP) == 10 + 4
    # Tomorrow held six; four of those moved fit there, the other two the day after.
    assert clinic.booked(0, 3) == [10, 2, 0]
    moved = {b.who: b.asked for k in range(2) for b in clinic.bookings(0, k)}
    assert set(moved) == set(range(14, 26)) and set(moved.values()) == {0}
    clinic.live()
    clinic.live()
    # Those who moved waited from the day they asked: two or three days instead of one.
    assert clinic.ledger.waits[0, :4].tolist() == [10, 4, 10, 2]
    assert clinic.balance() == 0


def test_a_colleague_takes_over_when_that_is_clearly_sooner() -> None:
    clinic = make_clinic(((GP, GP),), ((0, 0),) * 40, slots=10)
    clinic.capacity(1, [0])
    clinic.live(asks(0, 15))
    clinic.capacity(0, [0] * 10)
    clinic.live()
    assert clinic.told(C.MOVED) == 5 and clinic.booked(1, 1) == [5]


def test_in_bounded_mode_overtime_bears_part_of_it() -> None:
    clinic = make_clinic(mode="bounded", urgent_overtime=LIMIT)
    clinic.live(asks(0, 20))
    clinic.capacity(0, [5])
    clinic.live()
    assert clinic.told(C.MOVED) == 4 and clinic.told(C.GP_OVERTIME) == SLOT


def test_visits_of_the_practice_nurse_move_too() -> None:
    clinic = make_clinic(((GP, SOMATIC),), slots=4)
    clinic.live(planned=range(8))
    clinic.capacity(1, [1])
    clinic.live()
    assert clinic.told(C.MOVED) == 3 and clinic.booked(1, 2) == [3, 0]


def test_who_cannot_be_moved_gives_up() -> None:
    clinic = make_clinic(slots=10)
    clinic.live(asks(0, 20))
    clinic.care.books.capacity[:] = 0
    clinic.live()
    assert clinic.flows() == {"needs": 20, "handled_gp": 10, "forgone": 10} and clinic.balance() == 0


def test_nothing_is_used_beyond_the_limit_whatever_happens() -> None:
    """A restless practice: capacity comes and goes, urgent and routine requests in any number, three modes."""
    for mode, limit in (("hard", 0.0), ("bounded", LIMIT)):
        patients = ((0, 0), (0, 1), (0, -1)) * 40
        clinic = make_clinic(((GP, GP, LOCUM, SOMATIC),), patients, mode=mode, urgent_overtime=limit)
        clinic.care.overtime_limit = limit
        rng = np.random.default_rng(8)
        for _ in range(120):
            for book in range(4):
                clinic.capacity(book, [int(rng.integers(0, 14))])
            urgent = int(rng.poisson(6))
            clinic.live(asks(0, urgent, TODAY) + asks(urgent, urgent + int(rng.poisson(14))), planned=range(100, 104))
            room = clinic.care.used_capacity
            assert (clinic.care.used <= room * (1.0 + limit)).all()
            assert clinic.balance() == 0
        assert clinic.told(C.MOVED) > 50 and clinic.told(C.HANDLED_POH_SOMATIC) > 100
