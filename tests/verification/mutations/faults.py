"""Deliberate faults in the model, each with a test that must catch it.

A fault is one piece of text of one file put in the place of another, as somebody might write it by mistake. A fault
that a test does not see would say that the test does not look.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FAULTS", "Fault"]


@dataclass(frozen=True)
class Fault:
    """``old`` occurs once in ``file``; with ``new`` instead the ``test`` fails, which is quick when interpreted."""

    name: str
    file: str
    old: str
    new: str
    test: str


FAULTS = (
    Fault(
        "swapped urgency: the posts answer the most urgent calls last",
        "sim/care/night.py",
        "arrivals[3, j] = 0 if u <= 1 else 1",
        "arrivals[3, j] = 1 if u <= 1 else 0",
        "tests/care/test_post.py::test_emergency_calls_are_answered_before_all_others",
    ),
    Fault(
        "swapped urgency: at the posts the least urgent are seen first",
        "sim/care/night.py",
        "due[place, RANK] = u - 1",
        "due[place, RANK] = 5 - u",
        "tests/care/test_post.py::test_the_most_urgent_are_seen_first",
    ),
    Fault(
        "lost follow-up: it is counted, never booked",
        "sim/care/consultation.py",
        "            put(books, b2, now, k, stamp, code)",
        "            tp[mine, C.FOLLOW_UPS] += 0",
        "tests/care/test_visits.py::test_a_follow_up_is_with_the_same_gp_and_no_call",
    ),
    Fault(
        "double-counted overtime",
        "sim/care/consultation.py",
        "tp[home, C.GP_OVERTIME] += seconds_used - room",
        "tp[home, C.GP_OVERTIME] += 2 * (seconds_used - room)",
        "tests/care/test_modes.py::test_in_bounded_mode_overtime_bears_part_of_it",
    ),
    Fault(
        "off by one in age: everybody dies as if a month older",
        "sim/world/demography.py",
        "age = min(month - int(birth[i]), oldest)",
        "age = min(month - int(birth[i]) + 1, oldest)",
        "tests/verification/test_life_table.py::test_nobody_sees_the_second_month_of_an_age_at_which_all_die",
    ),
    Fault(
        "off by one in age bands: the first month of a band counts to the one before",
        "sim/world/needs.py",
        'age_months, side="right"',
        'age_months, side="left"',
        "tests/world/test_needs.py::test_age_bands",
    ),
    Fault(
        "dropped shift: those of a month's first day are left out",
        "sim/workforce/roster.py",
        "here = shifts.day >= days[0]",
        "here = shifts.day > days[0]",
        "tests/workforce/test_roster.py::test_every_shift_is_there_once",
    ),
    Fault(
        "a no-show who asks again has waited since the day after, not since he asked",
        "sim/care/consultation.py",
        "    again.asked[at] = person >> 48\n",
        "    again.asked[at] = (person >> 48) + 1\n",
        "tests/care/test_visits.py::test_who_does_not_come_and_calls_again_asks_tomorrow_and_keeps_waiting_from_the_first_call",
    ),
    Fault(
        "a caller hangs up although he would just bear the wait",
        "sim/care/phone_queue.py",
        "if time - now > patience:",
        "if time - now >= patience:",
        "tests/verification/test_call_queue.py::test_who_hangs_up_takes_no_service",
    ),
    Fault(
        "the last come of a class is served first",
        "sim/care/priority_queue.py",
        "        at = int(head[top])\n        head[top]",
        "        at = (int(head[top]) + int(size[top]) - 1) % waiting.shape[1]\n        head[top]",
        "tests/verification/test_priority_queue.py::test_within_a_class_first_come_first_served",
    ),
    Fault(
        "a second server is no help",
        "sim/care/servers.py",
        "int(free_at[free_at.shape[0] - on_duty])",
        "int(free_at[free_at.shape[0] - 1])",
        "tests/verification/test_call_queue.py::test_two_servers",
    ),
    Fault(
        "the third next available appointment is the second",
        "sim/care/books.py",
        "            if free >= 3:",
        "            if free >= 2:",
        "tests/care/test_booking.py::test_third_next_available",
    ),
    Fault(
        "a book has room for one visit less",
        "sim/care/books.py",
        "full = np.uint64(room < books.need[book, kind])",
        "full = np.uint64(room <= books.need[book, kind])",
        "tests/care/test_book_theory.py::test_by_hand",
    ),
    Fault(
        "full practices accept their patients' families",
        "sim/care/registration.py",
        "fits = s == OPEN or (s == CONDITIONAL and",
        "fits = s == OPEN or (s != OPEN and",
        "tests/care/test_registration.py::test_a_full_practice_refuses_families_too",
    ),
    Fault(
        "a practice has room for everybody: places are not used up",
        "sim/care/registration.py",
        "                out[g] = q\n                room[q] -= size[g]\n",
        "                out[g] = q\n",
        "tests/care/test_registration.py::test_room_is_used_up",
    ),
    Fault(
        "bookings of the dead are moved, not void",
        "sim/care/handover.py",
        "if is_alive(packed) == 0:",
        "if is_alive(packed) == 2:",
        "tests/care/test_handover.py::test_the_dead_leave_the_book",
    ),
    Fault(
        "a list that is divided overfills practices",
        "sim/care/division.py",
        "        slack[best] -= need\n",
        "        slack[best] -= 1\n",
        "tests/care/test_division.py::test_households_stay_together",
    ),
    Fault(
        "strain has half the memory",
        "sim/workforce/strain.py",
        'crew.strain[:] += (now - crew.strain) / p.number("careers.strain_memory")',
        'crew.strain[:] += 2.0 * (now - crew.strain) / p.number("careers.strain_memory")',
        "tests/workforce/test_strain.py::test_strain_remembers_half_a_year",
    ),
    Fault(
        "a deprived person is paid for twice",
        "sim/money/accounts.py",
        "+ deprived * tariffs.deprived",
        "+ 2 * deprived * tariffs.deprived",
        "tests/money/test_accounts.py::test_registration_by_age_and_deprived_area",
    ),
    Fault(
        "catchments count people at places that cannot reach the provider",
        "sim/observation/access.py",
        "demand = near.T.astype(np.float64) @ people",
        "demand = np.full(supply.size, people.sum())",
        "tests/observation/test_catchment.py::test_weighted_with_people_it_is_the_supply_that_somebody_can_reach",
    ),
    Fault(
        "a constant of the generator is mistyped",
        "sim/randomness/philox.py",
        "0xBB67AE85",
        "0xBB67AE58",
        "tests/randomness/test_philox.py::test_known_answers",
    ),
)
