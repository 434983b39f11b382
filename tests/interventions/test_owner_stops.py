"""An owner who stops, with notice and without."""

from __future__ import annotations

from typing import Any

from sim.agents.staffing import gps_of, practices_of
from sim.interventions.registry import events
from sim.model import RegionModel
from tests.interventions.tables import model_of, table

KIND = "owner_stops"


def run(days: int, **keys: Any) -> RegionModel:
    model = model_of([table(events()[KIND], **keys)], scale=0.02)
    model.check = True
    model.advance(days)
    return model


def solo() -> tuple[int, int]:
    """Number and owner of a practice with one owner who stops by himself neither soon nor ever, as far as known."""
    for practice in practices_of(model_of([], scale=0.02)):
        owners = practice.owners
        if len(owners) == 1 and owners[0].stop_month is None:
            return practice.number, owners[0].number
    raise AssertionError("no practice with one owner")


def test_a_planned_stop_is_sought_for_before_and_a_sudden_one_only_when_the_place_is_empty() -> None:
    number, owner = solo()
    planned, sudden = run(2, practice=number, notice=3), run(2, practice=number, notice=0)
    (search,) = [one for one in planned.workforce.succession.vacancies.values() if one.practice == number]
    assert (search.cause, search.stop - search.opened, search.left) == ("announced", 3, False)
    assert owner in [gp.number for gp in gps_of(planned)]
    assert not practices_of(planned)[number].vacant_seats
    (search,) = [one for one in sudden.workforce.succession.vacancies.values() if one.practice == number]
    assert (search.cause, search.left) == ("sudden", True)
    assert owner not in [gp.number for gp in gps_of(sudden)]
    assert practices_of(sudden)[number].vacant_seats, "locums cover, but the place is empty"
    planned.advance(95)
    assert owner not in [gp.number for gp in gps_of(planned)], "gone when the notice is over"
    for model in (planned, sudden):
        assert len(model.ledger.tables()["practices"]["practice"]) >= len(practices_of(model))


def test_another_gp_than_named_is_not_taken() -> None:
    number, owner = solo()
    other = run(2, practice=number, gp=owner + 1, notice=0)
    assert owner in [gp.number for gp in gps_of(other)]
    named = run(2, practice=number, gp=owner, notice=0)
    assert owner not in [gp.number for gp in gps_of(named)]


def test_an_owner_who_stops_earlier_by_himself_keeps_to_that() -> None:
    base = model_of([], scale=0.02)
    who = [
        (practice.number, gp.number, gp.stop_month)
        for practice in practices_of(base)
        for gp in practice.owners
        if gp.stop_month is not None and gp.stop_month > base.first_month + 1
    ]
    number, owner, stop = who[0]
    sooner = run(1, practice=number, gp=owner, notice=1)
    later = run(1, practice=number, gp=owner, notice=48)
    found = [next(gp.stop_month for gp in gps_of(one) if gp.number == owner) for one in (sooner, later)]
    assert found == [base.first_month + 1, stop]
