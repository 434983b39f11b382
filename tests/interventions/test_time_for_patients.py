"""Longer consults, fewer hours without patients, follow-ups that patients book: what each must do, welcome or not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.care.effort import effort_of, minutes_per_question
from sim.interventions.registry import interventions
from sim.ledger import counts as C
from sim.modifiers import Resolved
from sim.workforce.crew import crew_of
from sim.workforce.strain import momentary_strain, other_work
from tests.care.clinic import Clinic
from tests.interventions.care_of import MONTH, clinic_of, usual, with_it, work
from tests.interventions.tables import model_of, table

MUSCLES = 1


def wait(clinic: Clinic) -> float:
    return clinic.told(C.ROUTINE_WAIT) / clinic.told(C.ROUTINE_SEEN)


def minutes_a_contact(clinic: Clinic) -> float:
    return clinic.told(C.GP_USED) / 60 / clinic.told(C.GP_CONTACTS)


def test_longer_consults_fill_the_book_and_people_wait() -> None:
    now, then = clinic_of(usual(), slots=14), clinic_of(with_it("more_time"), slots=14)
    for clinic in (now, then):
        work(clinic, 30)
    assert minutes_a_contact(then) > 1.15 * minutes_a_contact(now)
    assert wait(then) > wait(now) + 2
    assert then.told(C.GP_CONTACTS) < now.told(C.GP_CONTACTS)
    assert then.balance() == now.balance() == 0


def test_with_hours_enough_longer_consults_mean_fewer_referrals_and_a_few_more_contacts() -> None:
    now, then = (
        clinic_of(usual(), slots=200),
        clinic_of(with_it("more_time", referrals=0.95, follow_ups=1.09), slots=200),
    )
    for clinic in (now, then):
        work(clinic, 60, a_day=60)
    assert then.told(C.GP_CONTACTS) > now.told(C.GP_CONTACTS)
    assert then.told(C.REFERRALS) / then.told(C.GP_CONTACTS) < now.told(C.REFERRALS) / now.told(C.GP_CONTACTS)


def test_the_list_that_a_gp_can_carry_shrinks_only_where_consults_are_longer() -> None:
    changed = with_it("more_time")
    mixed = Resolved(usual(), (usual(), changed), np.array([0, 1]), np.array([0]), np.array([0]))
    effort = effort_of(mixed, 3, usual())
    assert effort is not None
    assert effort[0] == effort[2] == 1.0
    assert 0.67 < 1.0 / effort[1] < 0.9, "by time algebra a list falls by 10 to 33 %"
    assert (
        effort_of(Resolved(usual(), (usual(),), np.zeros(2, int), np.zeros(1, int), np.zeros(1, int)), 2, usual())
        is None
    )


def test_a_practice_with_longer_consults_is_ready_to_carry_fewer_people() -> None:
    one = interventions()["more_time"]
    model = model_of([table(one, reach=0.5, start="2025-01-01")], scale=0.02)
    before = model.room.carries.copy()
    model.advance(32)
    takes = model.resolved.practice_variant[: before.size] > 0
    assert takes.any() and not takes.all()
    change = model.room.carries / before
    assert change[takes].mean() < change[~takes].mean() - 0.03


def test_satisfaction_lowers_strain_where_it_is() -> None:
    model = model_of([], scale=0.02)
    crew = crew_of(list(model.gps()))  # type: ignore[arg-type]
    lists, vacant = model.lists, np.zeros(model.lists.size, bool)
    content = np.where(crew.practice == crew.practice[0], with_it("more_time").number("careers.satisfaction"), 0.0)
    plain = momentary_strain(crew, lists, vacant, 2095.0, usual())
    better = momentary_strain(crew, lists, vacant, 2095.0, usual(), 0.0, content)
    assert (better <= plain).all()
    assert ((better < plain) == (content > 0)).all()


def test_hours_that_come_free_shorten_the_week_or_go_to_patients() -> None:
    every = with_it("less_non_patient_work", to_patients=1.0)
    none = with_it("less_non_patient_work", to_patients=0.0)
    assert every.number("practices.patient_time") == pytest.approx(1.0 + 1.5 / 23, abs=0.01)
    assert every.number("careers.spared_hours") == 0.0
    assert none.number("practices.patient_time") == 1.0
    assert none.number("careers.spared_hours") == 1.5
    model = model_of([], scale=0.02)
    crew = crew_of(list(model.gps()))  # type: ignore[arg-type]
    load = np.ones(model.lists.size)
    usual_hours = other_work(crew, load, 1.0, usual())
    expected = usual_hours - np.where(crew.away, 0.0, 1.5)
    assert other_work(crew, load, 1.0, usual(), 1.5) == pytest.approx(expected)
    most = other_work(crew, load, 1.0, usual(), 1e3)
    assert (most >= usual_hours - crew.hours + crew.direct_hours).all(), "nobody has more to spare than there is"


def test_freed_hours_are_booked_for_patients_and_cost_telephone_lines() -> None:
    one = interventions()["less_non_patient_work"]
    without = model_of([], scale=0.02)
    model = model_of([table(one, reach=1.0, hours=5.0, to_patients=1.0, to_staff=0.8)], scale=0.02)
    for each in (without, model):
        each.advance(2)
    gp = model.numbered.role == 0
    hours = [float(each.numbered.week_seconds[gp].sum()) for each in (without, model)]
    assert hours[1] / hours[0] == pytest.approx(1.0 + 5.0 / 23.5, rel=0.03)
    assert (model.care.telephone.lines <= without.care.telephone.lines).all()
    assert model.parameters.column("practices.phone_share")[0] < usual().column("practices.phone_share")[0]


def test_ict_costs_time_before_it_saves_any() -> None:
    first, later = with_it("ict_funds", month=MONTH + 3), with_it("ict_funds", month=MONTH + 24)
    assert first.number("careers.spared_hours") < 0.0 < later.number("careers.spared_hours")
    assert first.number("practices.patient_time") == 1.0 < later.number("practices.patient_time") < 1.03


def test_follow_ups_that_patients_book_take_longer_and_others_wait() -> None:
    p = with_it("self_booked_followup", share=0.9, extra=1.0)
    now, then = clinic_of(usual(), slots=14), clinic_of(p, slots=14)
    for clinic in (now, then):
        work(clinic, 40)
    assert then.told(C.MODE_LONG) > now.told(C.MODE_LONG)
    assert minutes_a_contact(then) > minutes_a_contact(now)
    assert wait(then) > wait(now)
    assert then.balance() == 0


def test_only_if_long_follow_ups_save_others_there_are_fewer_contacts() -> None:
    def contacts(**settings: Any) -> int:
        clinic = clinic_of(with_it("self_booked_followup", share=0.9, **settings), slots=200)
        work(clinic, 60, a_day=40)
        return clinic.told(C.GP_CONTACTS)

    clinic = clinic_of(usual(), slots=200)
    work(clinic, 60, a_day=40)
    assert contacts(extra=1.0, repeat=0.8) < clinic.told(C.GP_CONTACTS) == contacts(extra=1.0) < contacts(extra=1.2)


def test_a_question_takes_more_with_longer_follow_ups() -> None:
    assert minutes_per_question(with_it("self_booked_followup")) > minutes_per_question(usual())
