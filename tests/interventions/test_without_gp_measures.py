"""Mediation and care for passants: which way they act, and where they do nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.agents.people import Search
from sim.care.books import GP
from sim.care.registration import CONDITIONAL, FULL, OPEN
from sim.ledger import counts as C
from sim.observation.people_counts import standing
from sim.parameters import Parameters
from tests.care.clinic import HIGH, Clinic, asks, make_clinic
from tests.care.test_registration import MONTH, Town, parameters, practices, seekers
from tests.interventions.acting import acting
from tests.workforce.crowd import shipped


def mediating(extra: float = 1.0) -> Parameters:
    """Everybody asks for the mediation that is new, and it always looks."""
    return parameters(mediation_extra=extra, mediation_places=1.0)


def test_the_intervention_lets_more_ask() -> None:
    p, usual = acting("insurer_mediation"), shipped()
    assert p.number("registration.mediation_extra") == pytest.approx(0.06)
    assert p.number("registration.mediation_rate") == usual.number("registration.mediation_rate")
    share = [
        standing_after(parameters(mediation_rate=0.04, mediation_extra=extra, mediation_places=0.0))
        for extra in (0.0, 0.06)
    ]
    assert share == [pytest.approx(0.04, abs=0.01), pytest.approx(0.10, abs=0.015)]


def standing_after(p: Parameters) -> float:
    """Share of searchers who are with the mediation after a month."""
    town = Town(seekers(3000), (2.0,), (FULL,), (0.0,), p)
    town.search()
    return standing(town.people)["with_mediation"] / 3000


def test_it_places_nobody_where_all_are_full_and_the_queue_grows() -> None:
    town = Town(seekers(5), (2.0, 3.0), (FULL, FULL), (-3.0, 50.0), mediating())
    result = town.search()
    assert result.joined.size == result.mediated == 0
    assert town.people.search[:5].tolist() == [Search.MEDIATION_WITH_ROOM] * 5
    assert standing(town.people)["with_mediation"] == 5
    today = Town(seekers(5), (2.0, 3.0), (FULL, FULL), (-3.0, 50.0), parameters(mediation_rate=1.0))
    today.search()
    assert town.left.tolist() == [-3.0, 50.0], "no list has grown"


def test_it_finds_the_room_there_is_also_behind_conditions_and_takes_it_from_others() -> None:
    town = Town(seekers(5), (2.0, 12.0), (FULL, CONDITIONAL), (-3.0, 3.0), mediating())
    result = town.search()
    assert result.joined.size == result.mediated == 3 and town.left.tolist() == [-3.0, 0.0]
    alone = Town(seekers(5), (2.0, 12.0), (FULL, CONDITIONAL), (-3.0, 3.0), parameters())
    assert alone.search().joined.size == 0, "too far for the conditions"
    far = Town(seekers(5), (2.0, 40.0), (FULL, OPEN), (-3.0, 100.0), mediating())
    assert far.search().joined.size == 0, "out of reach"


def test_it_looks_every_month_for_who_has_asked() -> None:
    p = parameters(mediation_extra=1.0, mediation_places=1.0, search_rate=[1.0, 1.0, 1.0])
    town = Town(seekers(4), (2.0,), (FULL,), (0.0,), p)
    town.search()
    town.p = parameters(mediation_extra=0.0, mediation_places=1.0, search_rate=[0.0, 0.0, 0.0])
    town.state, town.room = (OPEN,), (10.0,)
    town.search(MONTH + 1)
    assert practices(town.people) == [0] * 4 and town.people.search[:4].tolist() == [Search.NOT_LOOKING] * 4


# passants


def clinic(p: Parameters, slots: int, registered: int) -> Clinic:
    """A practice with people on its list and a GP, another without people, and 400 people without a GP.

    With people on the first list there is no second practice.
    """
    return make_clinic(
        ((GP,),) if registered else ((GP,), (GP,)),
        ((0, 0),) * registered + ((-1, -1),) * 400,
        slots=slots,
        passant=p.column("care.passant_share"),
        unregistered_to=np.array([0.3, 1.0, 1.0]),
    )


def day(p: Parameters, slots: int, registered: int, what: Any) -> Clinic:
    out = clinic(p, slots, registered)
    out.live(asks(0, registered) + what(registered))
    return out


def test_more_passants_are_seen_and_fewer_go_to_the_post() -> None:
    usual, more = (
        day(p, 500, 0, lambda n: asks(n, n + 80, HIGH) + asks(n + 80, n + 160))
        for p in (shipped(), acting("passant_care"))
    )
    assert (usual.balance(), more.balance()) == (0, 0)
    assert more.told(C.PASSANTS, 2) > 1.1 * usual.told(C.PASSANTS, 2)
    assert more.told(C.TO_POST, 2) < usual.told(C.TO_POST, 2)
    assert usual.told(C.PASSANTS, 2) == pytest.approx(0.6 * 80 + 0.25 * 80, abs=15)


def test_without_room_nobody_more_is_seen() -> None:
    usual, more = (day(p, 5, 0, lambda n: asks(n, n + 200, HIGH)) for p in (shipped(), acting("passant_care")))
    assert usual.told(C.PASSANTS, 2) == more.told(C.PASSANTS, 2) == 10


def test_urgent_passants_make_registered_people_wait() -> None:
    usual, more = (day(p, 60, 60, lambda n: asks(n, n + 60, HIGH)) for p in (shipped(), acting("passant_care")))
    assert more.told(C.PASSANTS, 1) > usual.told(C.PASSANTS, 1)
    assert len(more.bookings(0, 0)) > len(usual.bookings(0, 0)), "routine requests go to tomorrow"


def test_a_visit_as_passant_is_dearer() -> None:
    assert acting("passant_care").number("money.passant_fee") > shipped().number("money.passant_fee")
