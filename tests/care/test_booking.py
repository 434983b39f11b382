"""Booking: first day with room, the usual GP, the room held back for urgent requests, and where else people go."""

from __future__ import annotations

import numpy as np
import pytest

from sim.care.books import ADVANCED, ASSISTANT, CELL, GP, LOCUM, MENTAL, SOMATIC
from sim.ledger import counts as C
from tests.care.clinic import HIGH, ROUTINE, SLOT, TODAY, Ask, asks, make_clinic

TWO_GPS = ((GP, GP),)
ALL = np.ones(10)

# First day with room --------------------------------------------------------------------------------------------------


def test_routine_requests_take_the_first_day_with_room_in_the_order_of_their_calls() -> None:
    clinic = make_clinic(slots=10)
    clinic.live(asks(0, 34)[::-1])
    assert clinic.told(C.HANDLED_GP) == 10  # the first ten callers, today
    assert [len(clinic.bookings(0, k)) for k in range(4)] == [10, 10, 4, 0]
    assert [b.who for k in range(3) for b in clinic.bookings(0, k)] == list(range(10, 34))
    assert all(b == (b.who, 0, 0, SLOT) for k in range(3) for b in clinic.bookings(0, k))
    assert clinic.balance() == 0


def test_waits_are_counted_in_working_days() -> None:
    clinic = make_clinic(slots=10)
    clinic.live(asks(0, 34))
    for _ in range(6):  # over a weekend
        clinic.live()
    assert clinic.told(C.ROUTINE_SEEN) == 34
    assert clinic.ledger.waits[0, :5].tolist() == [10, 10, 10, 4, 0]
    assert clinic.told(C.ROUTINE_WAIT) == 10 * 1 + 10 * 2 + 4 * 3
    assert clinic.told(C.ROUTINE_IN_3_DAYS) == 34
    clinic.live(asks(0, 60))
    for _ in range(8):
        clinic.live()
    assert clinic.told(C.ROUTINE_IN_3_DAYS) == 34 + 40
    assert clinic.ledger.group[:, C.G_ROUTINE].sum() == 94
    assert clinic.ledger.group[:, C.G_WAIT].sum() == clinic.told(C.ROUTINE_WAIT)


def test_a_booking_with_more_seconds_waits_for_a_longer_gap() -> None:
    clinic = make_clinic(slots=10, gp_seconds=np.array([SLOT, 4 * SLOT, SLOT, SLOT]))
    clinic.live(asks(0, 3))
    # Two consults of four slots fill a day of ten to eight; the third does not fit in the two left.
    assert clinic.told(C.HANDLED_GP) == 2 and clinic.booked(0, 2) == [1, 0]


def test_a_full_cell_has_no_room_whatever_its_minutes() -> None:
    clinic = make_clinic(slots=1_000, patients=((0, 0),) * 200, gp_seconds=np.full(4, 60))
    clinic.live(asks(0, 2 * CELL + 7))
    assert clinic.told(C.HANDLED_GP) == CELL and clinic.booked(0, 3) == [CELL, 7, 0]


def test_who_finds_no_room_within_the_book_leaves() -> None:
    clinic = make_clinic(slots=0)
    clinic.capacity(0, [0] * 62 + [3])
    clinic.live(asks(0, 5))
    assert clinic.flows() == {"needs": 5, "forgone": 2}
    clinic = make_clinic(slots=1, horizon=3)
    clinic.live(asks(0, 6))
    assert clinic.flows() == {"needs": 6, "handled_gp": 1, "forgone": 2} and clinic.booked(0, 4) == [1, 1, 1, 0]


# Which GP -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("away", "other_away", "goes_to"),
    [
        (0, 0, "usual"),  # both today
        (3, 0, "usual"),
        (4, 0, "usual"),  # four days sooner is not yet clearly sooner
        (5, 0, "other"),
        (5, 1, "usual"),
        (9, 4, "other"),
        (9, 5, "usual"),
        (0, 9, "usual"),
    ],
)
def test_the_usual_gp_unless_another_is_clearly_sooner(away: int, other_away: int, goes_to: str) -> None:
    clinic = make_clinic(TWO_GPS, [(0, 1)])
    clinic.capacity(1, [0] * away)
    clinic.capacity(0, [0] * other_away)
    clinic.live([Ask(0)])
    clinic.capacity(0, [1])
    for _ in range(12):
        clinic.live()
    assert clinic.told(C.GP_CONTACTS) == 1
    assert clinic.told(C.USUAL_CONTACTS) == (goes_to == "usual")
    assert clinic.told(C.ROUTINE_WAIT) == (away if goes_to == "usual" else other_away)


def test_without_a_preference_the_first_room_counts() -> None:
    clinic = make_clinic(TWO_GPS, [(0, 1)], any_gp=1.0)
    clinic.capacity(1, [0] * 2)
    clinic.capacity(0, [0] * 1)
    clinic.live([Ask(0)])
    assert clinic.booked(0, 2) == [1, 0] and clinic.booked(1, 2) == [0, 0]


def test_a_usual_gp_who_is_away_for_good_is_no_obstacle() -> None:
    clinic = make_clinic(TWO_GPS, [(0, 1), (0, -1)])
    clinic.capacity(1, [0] * 63)
    clinic.live(asks(0, 2))
    assert clinic.told(C.HANDLED_GP) == 2 and clinic.told(C.USUAL_CONTACTS) == 0


def test_routine_requests_never_go_to_another_practice() -> None:
    clinic = make_clinic(((GP,), (GP,)), ((0, 0),) * 20, slots=5)
    clinic.capacity(0, [0] * 63)
    clinic.live(asks(0, 20))
    assert clinic.flows() == {"needs": 20, "forgone": 20} and clinic.booked(1) == [0] * 10


# Today's held-back room -----------------------------------------------------------------------------------------------


def test_the_room_held_back_is_kept_on_later_days_and_given_away_today() -> None:
    clinic = make_clinic(slots=10, hold=0.25)
    clinic.live(asks(0, 40))
    # Today all ten are used; of each later day 7.5 slots, so seven visits, may be booked.
    assert clinic.told(C.HANDLED_GP) == 10 and clinic.booked(0, 5) == [7, 7, 7, 7, 2]


def test_urgent_requests_find_the_room_held_back_and_go_first() -> None:
    clinic = make_clinic(slots=10, hold=0.25)
    clinic.live(asks(0, 40))
    # Routine callers are earlier in the day, the urgent come first all the same; seven were booked before.
    clinic.live(asks(40, 60) + asks(60, 65, TODAY))
    assert clinic.told(C.URGENT) == 5 and clinic.told(C.URGENT_TODAY) == 3
    assert clinic.told(C.TO_POST) == 2
    assert clinic.told(C.HANDLED_GP) == 20
    assert clinic.told(C.ROUTINE_SEEN) == 17


def test_routine_requests_take_what_the_urgent_leave_of_today() -> None:
    clinic = make_clinic(slots=10, hold=0.25)
    clinic.live(asks(0, 17))
    assert clinic.booked(0, 1) == [7]
    clinic.live(asks(17, 20, ROUTINE) + asks(20, 21, TODAY))
    assert clinic.told(C.HANDLED_GP) == 20  # 10, then 7 + 1 urgent + 2 of the 3
    assert clinic.booked(0, 2) == [1, 0]


# Urgent requests ------------------------------------------------------------------------------------------------------


def test_urgent_requests_see_the_usual_gp_then_the_one_with_most_room() -> None:
    clinic = make_clinic(((GP, GP, GP),), ((0, 1),) * 20, slots=3)
    clinic.capacity(2, [5])
    clinic.live(asks(0, 4, TODAY))
    assert clinic.care.used.tolist() == [0, 3 * SLOT, SLOT]
    assert clinic.told(C.USUAL_CONTACTS) == 3


def test_ordinary_room_of_a_colleague_goes_before_overtime_and_overtime_before_neighbours() -> None:
    def used(requests: int) -> list[int]:
        clinic = make_clinic(((GP, GP), (GP,)), ((0, 0),) * 20, slots=10, urgent_overtime=0.2)
        clinic.capacity(1, [1])
        clinic.live(asks(0, requests, TODAY))
        visits: list[int] = (clinic.care.used // SLOT).tolist()
        return visits

    assert used(10) == [10, 0, 0]
    assert used(11) == [10, 1, 0]
    assert used(13) == [12, 1, 0]
    assert used(14) == [12, 1, 1]


def test_a_neighbour_covers_an_urgent_request_when_the_practice_is_full() -> None:
    clinic = make_clinic(((GP,), (GP,), (GP,)), ((0, 0),) * 20, slots=2)
    clinic.capacity(2, [3])
    clinic.live(asks(0, 5, TODAY))
    assert clinic.care.used.tolist() == [2 * SLOT, SLOT, 2 * SLOT]  # the neighbour with most room first
    assert clinic.told(C.NEIGHBOUR, 0) == 3 and clinic.told(C.URGENT_TODAY, 0) == 5
    assert clinic.told(C.HANDLED_GP, 0) == 5  # counted where the patient is registered
    assert [clinic.told(C.GP_USED, p) for p in range(3)] == [2 * SLOT, SLOT, 2 * SLOT]


def test_only_the_local_group_covers() -> None:
    clinic = make_clinic(((GP,), (GP,)), ((0, 0),) * 20, slots=2, groups=[0, 1])
    clinic.live(asks(0, 5, TODAY))
    assert clinic.flows() == {"needs": 5, "handled_gp": 2, "to_post": 3}
    assert clinic.care.used[1] == 0


def test_where_nobody_has_room_the_urgent_go_to_the_post_and_the_most_urgent_to_the_emergency_department() -> None:
    clinic = make_clinic(slots=0)
    clinic.live([*asks(0, 3, TODAY), *asks(3, 5, HIGH)])
    assert clinic.flows() == {"needs": 5, "to_post": 3, "to_emergency": 2}
    assert clinic.evening is not None
    assert sorted(clinic.evening.row.tolist()) == [0, 1, 2]
    assert set(clinic.evening.asked.tolist()) == {0}  # they call tonight
    assert clinic.evening.second.min() >= 17 * 3600 and clinic.evening.second.max() < 86400


# Other handlers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "role", "counter"),
    [
        ("assistant", ASSISTANT, C.HANDLED_ASSISTANT),
        ("mental", MENTAL, C.HANDLED_POH_MENTAL),
        ("advanced", ADVANCED, C.HANDLED_ADVANCED),
    ],
)
def test_who_can_be_seen_by_other_staff_is(table: str, role: int, counter: int) -> None:
    clinic = make_clinic(((GP, role),), slots=4, **{table: ALL})
    clinic.live(asks(0, 6))
    clinic.live()
    assert clinic.told(counter) == 6 and clinic.told(C.GP_CONTACTS) == 0
    without = make_clinic(((GP,),), slots=4, **{table: ALL})
    without.live(asks(0, 4))
    assert without.told(C.GP_CONTACTS) == 4  # no such staff: the GP


def test_pa_and_nurse_practitioner_take_over_only_when_they_are_soon() -> None:
    clinic = make_clinic(((GP, ADVANCED),), slots=4, advanced=ALL)
    clinic.capacity(1, [0, 0, 0, 4])
    clinic.live(asks(0, 3))
    assert clinic.told(C.HANDLED_GP) == 3  # their first room lies three days ahead
    clinic.live(asks(3, 6))
    clinic.live()
    clinic.live()
    assert clinic.told(C.HANDLED_ADVANCED) == 3  # two days ahead


def test_planned_visits_go_to_the_practice_nurse() -> None:
    clinic = make_clinic(((GP, SOMATIC),), slots=4)
    clinic.live(planned=range(6))
    clinic.live()
    assert clinic.flows() == {"planned_visits": 6, "handled_poh_somatic": 6}
    assert clinic.ledger.group[:, C.G_PLANNED].sum() == 6 and clinic.ledger.group[:, C.G_NEEDS].sum() == 0
    assert clinic.told(C.CALLS) == 0  # they are called up, they do not call


def test_advice_closes_a_request_at_the_call_but_none_of_the_most_urgent() -> None:
    clinic = make_clinic(slots=10, advice=ALL)
    clinic.live(asks(0, 5) + asks(5, 8, HIGH))
    assert clinic.flows() == {"needs": 8, "assistant_advice": 5, "handled_gp": 3}


# Leaving --------------------------------------------------------------------------------------------------------------


def test_who_is_offered_too_long_a_wait_leaves_and_who_is_not_stays() -> None:
    clinic = make_clinic(slots=5, drop_rate=1e9, drop_free=2.0)
    clinic.live(asks(0, 30))
    # Today, tomorrow and the day after are taken; all who would have waited three days or more go.
    assert clinic.booked(0, 3) == [5, 5, 0]
    assert clinic.flows() == {"needs": 30, "handled_gp": 5, "forgone": 15}


@pytest.mark.parametrize(
    ("drop_to", "counter"), [((1, 1, 1), C.FORGONE), ((0, 1, 1), C.TO_POST), ((0, 0, 1), C.TO_EMERGENCY)]
)
def test_where_those_go_who_leave(drop_to: tuple[int, int, int], counter: int) -> None:
    clinic = make_clinic(slots=0, drop_to=np.array(drop_to, float))
    clinic.live(asks(0, 12))
    assert clinic.told(counter) == 12 and clinic.balance() == 0
    assert (0 if clinic.evening is None else clinic.evening.row.size) == (12 if counter == C.TO_POST else 0)


def test_leaving_follows_its_chance() -> None:
    n = 4_000
    clinic = make_clinic(((GP,),) * 50, [(k % 50, k % 50) for k in range(n)], drop_rate=0.1, drop_free=2.0)
    clinic.care.books.capacity[:] = 0
    for book in range(50):
        clinic.capacity(book, [0] * 5 + [CELL])
    clinic.live(asks(0, n))
    # Everybody is offered the same five days, three of them beyond those borne.
    expected = 1.0 - np.exp(-0.1 * 3.0)
    spread = np.sqrt(expected * (1.0 - expected) / n)
    assert abs(clinic.told(C.FORGONE) / n - expected) < 3.0 * spread


def test_at_a_long_wait_a_call_replaces_a_visit() -> None:
    clinic = make_clinic(slots=4, phone_share=1.0, phone_days=2.0)
    clinic.care.books.capacity[:] = 0
    clinic.capacity(0, [0] * 12 + [4] * 3)
    clinic.live(asks(0, 8))
    # Half as long, so all eight fit on the first day.
    assert clinic.told(C.PHONE_INSTEAD) == 8 and [b.seconds for b in clinic.bookings(0, 11)] == [SLOT // 2] * 8
    soon = make_clinic(slots=4, phone_share=1.0, phone_days=2.0)
    soon.live(asks(0, 12))
    assert soon.told(C.PHONE_INSTEAD) == 0


# Without a practice ---------------------------------------------------------------------------------------------------


def test_people_without_a_practice_are_seen_as_passants_or_go_elsewhere() -> None:
    clinic = make_clinic(((GP,), (GP,)), ((-1, -1),) * 10, slots=3, passant=np.ones(2))
    clinic.live(asks(0, 10))
    assert clinic.told(C.PASSANTS, 2) == 6 and clinic.told(C.HANDLED_GP, 2) == 6
    assert clinic.told(C.FORGONE, 2) == 4
    assert clinic.told(C.GP_USED, 0) == clinic.told(C.GP_USED, 1) == 3 * SLOT
    assert clinic.told(C.CALLS) == 0 and clinic.balance() == 0


@pytest.mark.parametrize(
    ("to", "counter"), [((1, 1, 1), C.FORGONE), ((0, 1, 1), C.TO_POST), ((0, 0, 1), C.TO_EMERGENCY)]
)
def test_where_people_without_a_practice_go_when_none_sees_them(to: tuple[int, int, int], counter: int) -> None:
    clinic = make_clinic(patients=((-1, -1),) * 10, unregistered_to=np.array(to, float))
    clinic.live(asks(0, 6) + asks(6, 8, HIGH))
    expected = {counter: 6, C.TO_EMERGENCY: 2} if counter != C.TO_EMERGENCY else {counter: 8}
    assert {k: clinic.told(k, 1) for k in expected} == expected and clinic.balance() == 0


def test_movers_use_the_practice_they_left() -> None:
    clinic = make_clinic(patients=((-2, -1),) * 10, distant=1.0)
    clinic.live(asks(0, 6))
    assert clinic.flows() == {"needs": 6, "handled_outside": 6}


def test_requests_of_people_who_died_in_the_meantime_are_void() -> None:
    clinic = make_clinic(slots=10)
    clinic.lose([0, 1])
    clinic.live(asks(0, 5))
    assert clinic.flows() == {"needs": 5, "handled_gp": 3, "void": 2}


# Third-next-available -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("free", "hold", "expected"),
    [
        ([0, 3], 0.0, 1),
        ([9, 0, 0, 1, 2], 0.0, 4),  # today's room does not count
        ([0, 1, 0, 1, 0, 1], 0.0, 5),
        ([0, 2, 2], 0.0, 2),
        ([0, 4], 0.25, 1),
        ([0, 3, 3], 0.25, 2),  # a quarter is held back: two visits a day
        ([0] * 62, 0.0, 62),
    ],
)
def test_third_next_available(free: list[int], hold: float, expected: int) -> None:
    clinic = make_clinic(hold=hold)
    clinic.care.books.capacity[:] = 0
    clinic.capacity(0, free)
    assert clinic.care.third_next(clinic.day).tolist() == [expected]


def test_third_next_available_is_a_mean_over_the_gps_of_a_practice() -> None:
    clinic = make_clinic(((GP, GP, LOCUM, SOMATIC), (GP,)), slots=10)
    clinic.capacity(1, [0, 0, 0, 2, 2])
    clinic.capacity(2, [0] * 60)  # locums are not asked for an appointment by name
    assert clinic.care.third_next(clinic.day).tolist() == [(1 + 4) / 2, 1.0]
    clinic.live(asks(0, 10) + asks(10, 28))
    assert clinic.care.third_next(clinic.day)[1] == 1.0


def test_third_next_available_grows_as_the_book_fills() -> None:
    clinic = make_clinic(slots=10)
    clinic.live(asks(0, 38))  # today and the two days after are full, the third holds eight
    assert clinic.care.third_next(clinic.day).tolist() == [3.0]
