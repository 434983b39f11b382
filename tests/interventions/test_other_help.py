"""Link workers, physiotherapists, specialists, practice nurses, practitioners: what each must do, welcome or not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.agents.people import People
from sim.agents.staffing import practices_of
from sim.care.link_worker import link_month
from sim.interventions.registry import interventions
from sim.ledger import counts as C
from sim.modifiers import Resolved
from sim.parameters import Parameters
from sim.workforce.patient_time import extra_posts, patient_time
from sim.workforce.staff import staff_month
from tests.care.clinic import TODAY, asks, make_people
from tests.interventions.care_of import MONTH, clinic_of, usual, with_it, work
from tests.interventions.tables import model_of, table

MUSCLES, MENTAL, HEART = 1, 2, 6


def everywhere(p: Parameters, practices: int = 1) -> Resolved:
    return Resolved(p, (p,), np.zeros(practices, np.int64), np.zeros(1, np.int64), np.zeros(1, np.int64))


# Link workers ---------------------------------------------------------------------------------------------------------


def test_people_are_sent_to_the_link_worker_while_there_is_a_place() -> None:
    p = with_it("link_workers", recognised=0.8, accepted=0.8)
    clinic = clinic_of(p, mental=np.zeros(10))
    clinic.care.link_left[0], clinic.care.link_months = 5, 12
    work(clinic, 3, what=MENTAL)
    linked = np.flatnonzero(clinic.people.linked[: len(clinic.people)] >= 0)
    assert linked.size == clinic.told(C.LINKED) == 5
    assert clinic.care.link_left[0] == 0
    month = int(clinic.calendar.month_index[0])
    assert (clinic.people.linked[linked] == month + 12).all()


def test_medical_complaints_and_urgent_ones_send_nobody() -> None:
    p = with_it("link_workers", recognised=0.8, accepted=0.8)
    clinic = clinic_of(p)
    clinic.care.link_left[0] = 50
    work(clinic, 3, what=MUSCLES)
    clinic.live(asks(100, 130, TODAY, what=MENTAL))
    assert clinic.told(C.LINKED) == 0


def people_with_rates() -> People:
    people = make_people([(0, 0)] * 4)
    people.rate_day[:4] = [1.0, 2.0, 3.0, 4.0]
    people.linked[1], people.linked[2] = MONTH + 3, MONTH - 1
    return people


def test_needs_are_lower_until_the_effect_ends() -> None:
    people = people_with_rates()
    care = SimpleNamespace(link_left=np.zeros(1, np.int64), link_months=0)
    link_month(people, care, everywhere(with_it("link_workers")), np.array([3000]), MONTH)
    assert people.rate_day[:4] == pytest.approx([1.0, 1.8, 3.0, 4.0])
    assert care.link_left[0] in (1, 2) and care.link_months == 12


def test_places_add_up_to_those_of_a_year_and_are_not_kept_for_ever() -> None:
    people = people_with_rates()
    care = SimpleNamespace(link_left=np.zeros(1, np.int64), link_months=0)
    given = 0
    for k in range(12):
        care.link_left[:] = 0
        link_month(people, care, everywhere(with_it("link_workers", places=7.0)), np.array([2500]), MONTH + k)
        given += int(care.link_left[0])
    assert given == 17
    for k in range(24):
        link_month(people, care, everywhere(with_it("link_workers", places=7.0)), np.array([2500]), MONTH + k)
    assert care.link_left[0] == 5
    link_month(people, care, everywhere(usual()), np.array([2500]), MONTH)
    assert care.link_left[0] == 0


# Direct physiotherapy -------------------------------------------------------------------------------------------------


def test_some_go_straight_to_the_physiotherapist_but_have_called() -> None:
    now, then = clinic_of(usual(), slots=200), clinic_of(with_it("direct_physiotherapy", goes=0.12), slots=200)
    for clinic in (now, then):
        work(clinic, 60, a_day=60, what=MUSCLES)
    gone = then.told(C.DIRECT_ACCESS)
    assert 0.04 < gone / then.told(C.NEEDS) < 0.13
    assert then.told(C.CALLS) == now.told(C.CALLS)
    assert then.told(C.HANDLED_GP) < now.told(C.HANDLED_GP)
    assert then.balance() == 0


def test_nobody_goes_who_would_come_back_nor_with_another_complaint() -> None:
    clinic = clinic_of(with_it("direct_physiotherapy", comes_back=1.0))
    work(clinic, 10, what=MUSCLES)
    other = clinic_of(with_it("direct_physiotherapy"))
    work(other, 10, what=HEART)
    other.live(asks(0, 30, TODAY, what=MUSCLES))
    assert clinic.told(C.DIRECT_ACCESS) == other.told(C.DIRECT_ACCESS) == 0


# Lines to specialists -------------------------------------------------------------------------------------------------


def visits(p: Parameters, what: int = MUSCLES) -> tuple[int, int, int, int]:
    clinic = clinic_of(p, slots=200)
    work(clinic, 60, a_day=60, what=what)
    assert clinic.balance() == 0
    return clinic.told(C.REFERRALS), clinic.told(C.LINE_ASKED), clinic.told(C.GP_USED), clinic.told(C.GP_CONTACTS)


def test_questions_prevent_referrals_and_take_the_gps_time() -> None:
    referrals, _, seconds, contacts = visits(usual())
    fewer, asked, more, same = visits(with_it("specialist_lines", use=0.25, prevents=0.74, extra_questions=0.0))
    assert same == contacts
    assert asked == pytest.approx(0.25 * referrals, rel=0.3)
    assert referrals - fewer == pytest.approx(0.74 * asked, rel=0.3)
    assert more - seconds == asked * 300


def test_easy_questions_lead_to_referrals_that_would_not_have_been() -> None:
    referrals = visits(usual())[0]
    found = visits(with_it("specialist_lines", use=0.02, prevents=0.0, extra_questions=0.01, induces=0.3))
    assert found[0] > referrals
    assert found[1] > 0


# Practice nurses ------------------------------------------------------------------------------------------------------


def nurse_work(p: Parameters, what: int) -> tuple[int, int, int]:
    clinic = clinic_of(p, slots=200)
    work(clinic, 60, a_day=40, what=what)
    assert clinic.balance() == 0
    return clinic.told(C.HANDLED_GP), clinic.told(C.HANDLED_POH_MENTAL), clinic.told(C.HANDLED_POH_SOMATIC)


def test_nurses_take_some_follow_ups_and_add_contacts_of_their_own() -> None:
    gp, none, _ = nurse_work(usual(), MENTAL)
    fewer, mental, somatic = nurse_work(with_it("practice_nurses"), MENTAL)
    assert none == somatic == 0
    assert fewer < gp
    assert mental > gp - fewer, "more than what the GP is spared"
    assert nurse_work(with_it("practice_nurses"), HEART)[2] > 0
    assert nurse_work(with_it("practice_nurses"), MUSCLES)[1:] == (0, 0)


def test_a_gp_keeps_the_patient_when_the_nurse_has_no_room() -> None:
    def contacts(p: Parameters, full: bool) -> tuple[int, int]:
        clinic = clinic_of(p, slots=200)
        if full:
            clinic.capacity(2, [0] * 63)
        work(clinic, 40, a_day=40, what=MENTAL)
        return clinic.told(C.HANDLED_GP), clinic.told(C.HANDLED_POH_MENTAL)

    assert contacts(with_it("practice_nurses"), full=True) == contacts(usual(), full=True)
    assert contacts(with_it("practice_nurses"), full=False)[1] > 0


def test_youth_nurses_close_cases_and_find_new_ones() -> None:
    def referrals(p: Parameters) -> int:
        clinic = clinic_of(p, people=300, slots=200)
        clinic.people.birth_month[:300] += 360
        clinic.refresh()
        work(clinic, 60, a_day=60, what=MENTAL)
        return clinic.told(C.REFERRALS)

    now = referrals(usual())
    assert referrals(with_it("practice_nurses", youth_added=0.0)) < now
    assert referrals(with_it("practice_nurses", youth_added=0.1, youth=0.0)) > now


def test_posts_are_there_at_once_and_nurses_later() -> None:
    one = interventions()["practice_nurses"]
    model = model_of([table(one, reach=1.0, mental=0.1)], scale=0.02)
    model.advance(2)
    staff = model.workforce.staff
    extra_seats = extra_posts(model, practices_of(model), model.parameters)
    assert extra_seats is not None and extra_seats[:, 0].sum() == 0.0 < extra_seats[:, 2].sum()
    before = sum(practice.staff_posts[2] for practice in practices_of(model))
    extra = float(extra_seats[:, 2].sum())
    assert extra == pytest.approx(0.1 * model.lists.sum() / 1000.0, rel=0.35), "all practices that have a nurse"
    assert staff.posts[2] == pytest.approx(before + extra, rel=0.05)
    idle = model_of([], scale=0.02)
    idle.advance(2)
    assert staff.vacant[2] > idle.workforce.staff.vacant[2] + 0.3 * extra, "seats first, nurses by and by"


# Practitioners --------------------------------------------------------------------------------------------------------


def test_practitioners_come_after_thirty_months_and_cost_time_from_the_first() -> None:
    early, late = (with_it("advanced_practitioners", month=MONTH + k) for k in (0, 30))
    assert early.number("practices.patient_time") < 1.0
    assert early.column("staff.extra_posts").tolist() == [0.0] * 4
    assert late.number("practices.patient_time") == pytest.approx(1.0)
    assert late.column("staff.extra_posts")[3] > 0.0 and late.number("staff.supervision") > 0.0
    assert late.number("care.advanced_minutes") > usual().column("care.gp_minutes")[1]


def test_supervision_takes_time_of_the_gps_but_less_than_the_practitioner_gives() -> None:
    gps = [SimpleNamespace(direct_seconds=80_000), SimpleNamespace(direct_seconds=80_000)]
    week = ((0,) * 5, (0,) * 5, (0,) * 5, (15_000,) * 5)

    def practice(fte: float, began: float) -> SimpleNamespace:
        return SimpleNamespace(gps=gps, advanced_fte=fte, staff_posts=(0, 0, 0, began), staff_week_seconds=week)

    p = with_it("advanced_practitioners")
    model = SimpleNamespace(resolved=everywhere(p, 3))
    found = patient_time(model, [practice(0.8, 0.0), practice(0.0, 0.0), practice(0.8, 0.8)], p)  # type: ignore[list-item]
    assert found is not None
    lost = (1.0 - found) * 160_000
    assert lost[0] == pytest.approx(0.1 * 75_000, rel=1e-6)
    assert lost[0] < 75_000
    assert lost[1:].tolist() == pytest.approx([0.0, 0.0], abs=1e-6)


def test_a_post_on_top_is_filled_in_the_end() -> None:
    one = SimpleNamespace(
        number=0, uid=5, closed_since=None, staff_posts=(1.9, 0.9, 0.4, 0.0), assistant_fte=1.9, somatic_nurse_fte=0.9,
        mental_nurse_fte=0.4, advanced_fte=0.0, staff_week_seconds=((0,) * 5,) * 4,
    )  # fmt: skip
    extra = np.array([[0.0, 0.0, 0.0, 0.6]])
    found = []
    for month in range(48):
        staff_month([one], MONTH + month, usual(), 1, extra)
        found.append(one.advanced_fte)
    assert found[0] < 0.6
    assert max(found) == pytest.approx(0.6)
    staff_month([one], MONTH + 48, usual(), 1)
    assert one.advanced_fte == 0.0, "a post that is no more has nobody"


# All of them ----------------------------------------------------------------------------------------------------------


def test_nothing_is_lost_with_all_of_them() -> None:
    ids = (
        "more_time", "less_non_patient_work", "self_booked_followup", "link_workers", "direct_physiotherapy",
        "specialist_lines", "ict_funds", "practice_nurses", "advanced_practitioners",
    )  # fmt: skip
    high: dict[str, dict[str, Any]] = {"specialist_lines": {"use": 0.25, "extra_questions": 0.01, "minutes": 15.0}}
    tables = [
        table(interventions()[id], start="2021-01-01", reach=0.7, **high.get(id, {}))
        for id in ids
    ]  # fmt: skip
    model = model_of(tables)
    model.check = True
    model.advance(70)
    counters = model.ledger.practice.sum(axis=0)
    assert (counters[[C.DIRECT_ACCESS, C.LINKED, C.LINE_ASKED]] > 0).all()
    assert len(model.resolved.variants) > 2


def test_what_acted_long_before_the_run_acts_from_its_first_day() -> None:
    model = model_of([table(interventions()["specialist_lines"], start="2021-01-01", reach=1.0)])
    assert model.care.tables.second_look[model.care.tables.variant].all()
