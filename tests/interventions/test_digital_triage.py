"""The digital front door of practices: directions that follow from how it works."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.care.books import ASSISTANT, GP
from sim.ledger import counts as C
from tests.care.clinic import SLOT, TODAY, Clinic, asks, make_clinic

PEOPLE = 60  # a book's day holds 64 visits at most


def tables(**changes: Any) -> dict[str, Any]:
    """Tables with a door that everybody is able to use."""
    return {"door": 1.0} | changes


def day(slots: int = 100, urgency: int = 4, able: float = 1.0, **changes: Any) -> Clinic:
    """A day on which everybody asks, in a practice with an assistant whose book is a fifth as long as the GP's."""
    clinic = make_clinic([[GP, ASSISTANT]], [(0, 0)] * PEOPLE, slots, **changes)
    clinic.capacity(1, [slots // 5] * 62)
    clinic.people.digital[:PEOPLE] = able
    clinic.refresh()
    clinic.live(asks(0, PEOPLE, urgency))
    assert clinic.balance() == 0
    return clinic


def test_who_comes_through_the_door_makes_no_call() -> None:
    assert day().told(C.CALLS) - day(**tables()).told(C.CALLS) == PEOPLE
    some = day(**tables(door=0.5)).told(C.CALLS) - day(**tables()).told(C.CALLS)
    assert 0.3 * PEOPLE < some < 0.7 * PEOPLE


def test_who_is_not_able_calls_and_so_does_who_is_in_danger() -> None:
    calls = day().told(C.CALLS)
    assert day(able=0.0, **tables()).told(C.CALLS) == calls
    assert day(urgency=2, **tables()).told(C.CALLS) == calls
    assert day(urgency=TODAY, **tables()).told(C.CALLS) == calls - PEOPLE


def test_handling_takes_the_time_of_calls_not_made_then_of_visits_then_a_gps() -> None:
    plain = day()
    call = int(plain.care.telephone.call_seconds)
    within = day(**tables(desk_seconds=call))
    assert within.told(C.ASSISTANT_USED) == plain.told(C.ASSISTANT_USED) == 0
    light = day(**tables(desk_seconds=call + SLOT // 10))
    assert light.told(C.ASSISTANT_USED) == PEOPLE * SLOT // 10
    assert light.told(C.GP_USED) == plain.told(C.GP_USED)
    heavy = day(**tables(desk_seconds=call + SLOT // 2))
    assert heavy.told(C.ASSISTANT_USED) == 20 * SLOT
    assert heavy.told(C.GP_USED) - plain.told(C.GP_USED) == (PEOPLE // 2 - 20) * SLOT


def test_requests_that_would_not_have_come_free_no_call() -> None:
    call = int(day().care.telephone.call_seconds)
    more = day(**tables(desk_seconds=call, induced=0.2))
    assert more.told(C.ASSISTANT_USED) == (more.told(C.NEEDS) - PEOPLE) * call > 0


def test_a_gps_minutes_at_the_desk_are_not_there_for_visits() -> None:
    plain, busy = day(slots=50), day(slots=50, **tables(desk_gp_seconds=SLOT // 10))
    assert plain.told(C.GP_USED) == busy.told(C.GP_USED) == 50 * SLOT
    assert plain.told(C.HANDLED_GP) - busy.told(C.HANDLED_GP) == PEOPLE // 10


def test_desk_work_that_nobody_has_time_for_waits_for_the_next_day() -> None:
    clinic = day(slots=4, hold=0.5, **tables(desk_gp_seconds=SLOT // 10))
    assert clinic.care.front_door.owed[0] == (PEOPLE // 10 - 4) * SLOT
    assert clinic.told(C.HANDLED_GP) == 0
    clinic.live()
    assert clinic.care.front_door.owed[0] == 0


@pytest.mark.parametrize(("resolved", "more"), [(0.2, False), (0.3, False), (0.8, True)])
def test_advice_on_a_screen_gains_what_goes_beyond_an_assistants_advice(resolved: float, more: bool) -> None:
    advice = np.full(10, 0.3)
    plain, door = day(advice=advice), day(advice=advice, **tables(door_resolved=np.full(10, resolved)))
    ended = door.told(C.SELF_CARE) + door.told(C.ADVICE)
    assert door.told(C.SELF_CARE) > 0
    assert (ended > plain.told(C.ADVICE)) is more
    assert door.told(C.ADVICE) < plain.told(C.ADVICE)
    assert (door.told(C.HANDLED_GP) < plain.told(C.HANDLED_GP)) is more


def test_what_is_urgent_does_not_end_with_advice() -> None:
    assert day(urgency=TODAY, **tables(door_resolved=np.ones(10))).told(C.SELF_CARE) == 0


def test_an_easier_door_raises_demand() -> None:
    plain, more = day(**tables()), day(**tables(induced=0.2))
    brought = more.told(C.NEEDS) - plain.told(C.NEEDS)
    assert 0.08 * PEOPLE < brought < 0.35 * PEOPLE
    assert more.told(C.HANDLED_GP) + more.care.waiting() == PEOPLE + brought
    assert more.told(C.CALLS) == plain.told(C.CALLS)


def test_only_practices_with_a_door_have_one() -> None:
    clinic = make_clinic([[GP], [GP]], [(0, 0)] * 50 + [(1, 1)] * 50, 60, **tables())
    clinic.people.digital[:100] = 1.0
    clinic.refresh()
    care = clinic.care
    two: dict[str, Any] = {
        name: np.repeat(column, 2, axis=0) for name, column in care.tables._asdict().items() if np.ndim(column)
    }
    two |= {"variant": np.array([0, 1]), "node_variant": care.tables.node_variant, "door": np.array([0.0, 1.0])}
    care.set_tables(care.tables._replace(**two))
    clinic.live(asks(0, 100))
    assert clinic.told(C.CALLS, 0) - clinic.told(C.CALLS, 1) >= 30
