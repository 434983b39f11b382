"""The day's visits: who does not come, what follows, what is void; and Little's law for the books."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.care.books import ASSISTANT, GP, MENTAL
from sim.ledger import counts as C
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from tests.care.clinic import SLOT, TODAY, Ask, asks, make_clinic

ALL = np.ones(10)

# No-show --------------------------------------------------------------------------------------------------------------


def test_who_does_not_come_and_does_not_call_again_is_lost() -> None:
    clinic = make_clinic(no_show=1.0, rebooks=0.0)
    clinic.live(asks(0, 4))
    assert clinic.told(C.NO_SHOWS) == 4 and clinic.flows() == {"needs": 4, "no_show_lost": 4}
    assert clinic.told(C.GP_USED) == 0 and clinic.told(C.GP_AVAILABLE) == 10 * SLOT


def test_who_does_not_come_and_calls_again_asks_tomorrow_and_keeps_waiting_from_the_first_call() -> None:
    clinic = make_clinic(no_show=1.0, rebooks=1.0)
    clinic.live(asks(0, 4))
    assert clinic.told(C.RETRIES) == 4 and clinic.flows() == {"needs": 4}
    assert clinic.care.again is not None and clinic.care.again.step.tolist() == [1] * 4
    assert clinic.balance() == 0
    clinic.assume(no_show=0.0)
    clinic.capacity(0, [0])
    clinic.live()
    assert [b[:3] for b in clinic.bookings(0, 0)] == [(b.who, 0, 1) for b in clinic.bookings(0, 0)]
    clinic.live()
    assert clinic.flows() == {"needs": 4, "handled_gp": 4}


def test_who_stays_away_time_and_again_is_lost_in_the_end() -> None:
    """The step is part of the key of every draw and does not grow beyond seven: one more would be the same for ever."""
    clinic = make_clinic(no_show=1.0, rebooks=1.0)
    clinic.live(asks(0, 4))
    for _ in range(7):
        assert clinic.flows() == {"needs": 4} and clinic.balance() == 0
        clinic.live()
    assert clinic.flows() == {"needs": 4, "no_show_lost": 4}
    assert clinic.told(C.NO_SHOWS) == 4 * 8 and clinic.told(C.RETRIES) == 4 * 7 and clinic.care.waiting() == 0


def test_urgent_patients_come() -> None:
    clinic = make_clinic(no_show=1.0)
    clinic.live(asks(0, 4, TODAY))
    assert clinic.flows() == {"needs": 4, "handled_gp": 4}


def test_no_show_and_calling_again_follow_their_chances() -> None:
    n = 4_000
    clinic = make_clinic(((GP,),) * 80, [(k % 80, k % 80) for k in range(n)], slots=60, no_show=0.3, rebooks=0.4)
    clinic.live(asks(0, n))
    absent, again = clinic.told(C.NO_SHOWS), clinic.told(C.RETRIES)
    assert absent + clinic.told(C.HANDLED_GP) == n
    assert abs(absent / n - 0.3) < 3.0 * np.sqrt(0.3 * 0.7 / n)
    assert abs(again / absent - 0.4) < 3.0 * np.sqrt(0.4 * 0.6 / absent)


# Follow-ups -----------------------------------------------------------------------------------------------------------


def test_a_follow_up_is_with_the_same_gp_and_no_call() -> None:
    clinic = make_clinic(((GP, GP),), ((0, 0), (0, 1)), follow_up=ALL, follow_up_days=np.full(10, 1e-6))
    clinic.live(asks(0, 2))
    calls = clinic.told(C.CALLS)
    assert clinic.told(C.FOLLOW_UPS) == 2
    assert [b.who for b in clinic.bookings(0, 0)] == [0] and [b.who for b in clinic.bookings(1, 0)] == [1]
    clinic.live()
    assert clinic.told(C.CALLS) == calls and clinic.told(C.USUAL_CONTACTS) == 4
    assert clinic.told(C.ROUTINE_SEEN) == 2  # waits are counted for first requests


def follow_up_days(begin: date, mean: float, n: int) -> tuple[list[int], list[int]]:
    """Days of the calendar of n follow-ups, as booked and as their draws say, after visits on the first day."""
    tables = {"follow_up": ALL, "follow_up_days": np.full(10, mean)}
    clinic = make_clinic(((GP,),) * n, [(k, k) for k in range(n)], begin=begin, **tables)
    clinic.live(asks(0, n))
    now = int(clinic.calendar.working_day_number[0])
    booked = []
    for book in range(n):
        columns = np.flatnonzero(clinic.care.books.bookings[book])
        booked += [int(clinic.calendar.open_days[now + (column - now) % 64]) for column in columns]
    # Draw 3 of (person, the day the need arose x 64 + its ordinal, step) says in how many days.
    u = uniforms(1, Stream.VISIT, clinic.people.uid[:n], 0, 0)[:, 3]
    agreed = 1 + np.minimum(80, (-mean * np.log(1.0 - u)).astype(int))
    return booked, agreed.tolist()


@pytest.mark.parametrize("begin", [date(2025, 3, 3), date(2025, 4, 17), date(2025, 5, 28), date(2025, 12, 23)])
def test_a_follow_up_that_falls_on_a_closed_day_slides_to_the_next_open_one(begin: date) -> None:
    booked, agreed = follow_up_days(begin, 6.0, 150)
    clinic = make_clinic(begin=begin)
    slid = [day for day in agreed if not clinic.calendar.is_open[day]]
    assert len(slid) > 20
    assert booked == [int(clinic.calendar.next_open[day]) for day in agreed]


def test_follow_ups_too_far_ahead_come_at_the_end_of_the_book() -> None:
    clinic = make_clinic(slots=10, follow_up=ALL, follow_up_days=np.full(10, 1e9))
    clinic.live(asks(0, 3))
    ahead = np.flatnonzero(clinic.booked(0, 63))
    assert ahead.size == 1 and 50 <= int(ahead[0]) < 62  # 81 days are 57 or so working days


def test_follow_ups_follow_their_chance_and_planned_visits_have_none() -> None:
    n = 4_000
    clinic = make_clinic(((GP, MENTAL, ASSISTANT),) * 80, [(k % 80, 3 * (k % 80)) for k in range(n)], slots=60)
    clinic.assume(follow_up=np.full(10, 0.25), referral=np.full(10, 0.1))
    clinic.live(asks(0, n))
    for counter, chance in ((C.FOLLOW_UPS, 0.25), (C.REFERRALS, 0.1)):
        assert abs(clinic.told(counter) / n - chance) < 3.0 * np.sqrt(chance * (1.0 - chance) / n)
    assistant = make_clinic(((GP, ASSISTANT),), follow_up=ALL, assistant=ALL)
    assistant.live(asks(0, 5))
    assert assistant.told(C.FOLLOW_UPS) == 0
    planned = make_clinic(follow_up=ALL)
    planned.live(planned=range(5))  # without a practice nurse the GP does them
    assert planned.told(C.FOLLOW_UPS) == 0 and planned.told(C.HANDLED_GP) == 5


def test_an_episode_ends() -> None:
    clinic = make_clinic(follow_up=ALL, follow_up_days=np.full(10, 1e-6))
    clinic.live(asks(0, 2))
    for _ in range(15):
        clinic.live()
    assert clinic.told(C.FOLLOW_UPS) == 2 * 6 and clinic.care.waiting() == 0


def test_a_follow_up_without_room_is_forgone() -> None:
    clinic = make_clinic(follow_up=ALL)
    clinic.care.books.capacity[:] = 0
    clinic.capacity(0, [10])
    clinic.live(asks(0, 4))
    assert clinic.flows() == {"needs": 4, "follow_ups": 4, "handled_gp": 4, "forgone": 4}


# Void -----------------------------------------------------------------------------------------------------------------


def test_bookings_of_who_died_or_changed_practice_are_void() -> None:
    clinic = make_clinic(((GP,), (GP,)), ((0, 0),) * 30, slots=5)
    clinic.live(asks(0, 15))
    clinic.people.practice[6] = 1
    clinic.people.practice[7] = -1
    clinic.lose([5, 10])
    clinic.live()
    clinic.live()
    assert clinic.told(C.VOID) == 4 and clinic.told(C.HANDLED_GP) == 11
    assert clinic.told(C.VOID, 1) == 1  # booked where he now is
    assert clinic.told(C.GP_USED) == 11 * SLOT and clinic.balance() == 0


def test_the_last_contact_is_noted() -> None:
    clinic = make_clinic(slots=2)
    clinic.live(asks(0, 3))
    clinic.live()
    assert clinic.people.last_seen[:4].tolist() == [0, 0, 1, -1]


# What a visit is ------------------------------------------------------------------------------------------------------


def test_minutes_follow_the_kind_of_contact() -> None:
    seconds = np.array([240, 660, 1440, 1560])
    for table, mode, used in (("phone", 0, 240), ("none", 1, 660), ("long", 2, 1440), ("visit", 3, 1560)):
        tables = {} if table == "none" else {table: np.ones(7 if table == "visit" else 10)}
        clinic = make_clinic(gp_seconds=seconds, **tables)
        clinic.live([Ask(0)])
        assert clinic.told(C.GP_USED) == used and clinic.told(C.MODE_PHONE + mode) == 1


def test_each_day_has_luck_of_its_own_and_the_same_in_every_run() -> None:
    def run(**tables: float) -> list[int]:
        clinic = make_clinic(no_show=0.5, slots=100, **tables)
        out = []
        for _ in range(5):
            before = clinic.told(C.NO_SHOWS)
            clinic.live(asks(0, 60))
            out.append(clinic.told(C.NO_SHOWS) - before)
        return out

    first = run()
    assert first == run() and len(set(first)) > 1
    assert first == run(phone_days=5.0)  # what is not read changes nothing


# Little's law ---------------------------------------------------------------------------------------------------------


def test_littles_law_for_the_books_of_a_practice() -> None:
    """Bookings at each day's end, added up, are the days waited, added up: over any run that ends empty."""
    clinic = make_clinic(((GP, GP, GP),), ((0, 0), (0, 1), (0, 2), (0, -1)) * 60, slots=8, hold=0.25, any_gp=0.3)
    rng = np.random.default_rng(6)
    held = 0
    for day in range(240):
        urgent, routine = int(rng.poisson(4)), int(rng.poisson(19)) if day < 200 else 0
        clinic.live(asks(0, urgent, TODAY) + asks(urgent, urgent + routine))
        held += clinic.care.waiting()
    assert clinic.care.waiting() == 0 and clinic.told(C.FORGONE) == 0
    assert clinic.told(C.ROUTINE_SEEN) > 3_000
    assert held == clinic.told(C.ROUTINE_WAIT) > 500
    histogram = clinic.ledger.waits[0]
    assert int(histogram @ np.arange(histogram.size)) == held
