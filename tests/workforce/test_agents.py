"""Practices, GPs and posts as agents."""

from __future__ import annotations

import copy
import pickle

import mesa
import numpy as np
import pytest

from sim.agents.gp import GP
from sim.agents.practice import ListState, Practice
from sim.agents.staffing import build_agents, gps_of, posts_of, practices_of
from sim.dates import Calendar
from sim.region.practice_staff import GPRole
from sim.workforce.roster import book_roster, duty_pool, duty_pool_from_agents, month_roster
from tests.workforce.crowd import SEED, shipped, small


@pytest.fixture
def model() -> mesa.Model:
    region, _, plan = small()
    made = mesa.Model(rng=1)
    build_agents(made, plan, region)
    return made


def test_agents_are_those_of_the_plan(model: mesa.Model) -> None:
    region, _, plan = small()
    practices, gps, posts = practices_of(model), gps_of(model), posts_of(model)
    assert [p.number for p in practices] == list(range(plan.practices))
    assert [gp.uid for gp in gps] == plan.gp_uid.tolist()
    assert [post.name for post in posts] == list(region.post_name)
    assert sum(post.population for post in posts) == region.node_population.sum()
    for practice in practices:
        assert practice.registered == plan.list_size[practice.number]
        assert practice.form == ("solo", "duo", "group")[plan.form[practice.number]]
        assert practice.list_state == ListState.OPEN
        assert all(gp.practice is practice for gp in practice.gps)
    for gp in gps:
        assert gp.role == plan.gp_role[gp.number]
        assert gp.direct_seconds == plan.gp_direct_seconds[gp.number]
        assert (gp.practice is None) == (not gp.is_regular)
    assert gps[0].age(1500) == (1500 - plan.gp_birth_month[0]) // 12
    total = sum(gp.duty_share for gp in gps)
    assert total == pytest.approx(plan.list_size.sum())
    assert [gp.duty_share / total for gp in gps] == pytest.approx(plan.gp_duty_share.tolist())


def test_hours_scale_together(model: mesa.Model) -> None:
    gp = gps_of(model)[0]
    hours, fte, agreed, direct = gp.hours, gp.fte, gp.agreed_hours, gp.direct_seconds
    gp.reduce_hours(10.0)
    assert gp.hours == pytest.approx(hours - 10.0)
    for now, then in ((gp.fte, fte), (gp.agreed_hours, agreed), (gp.direct_seconds, direct)):
        assert now / then == pytest.approx((hours - 10.0) / hours, rel=1e-3)
    gp.add_hours(10.0)
    assert gp.hours == pytest.approx(hours)
    with pytest.raises(ValueError, match="cannot work"):
        gp.reduce_hours(hours + 1)
    with pytest.raises(ValueError, match="cannot work"):
        gp.reduce_hours(0.0)
    with pytest.raises(ValueError, match="above 0"):
        gp.add_hours(-1.0)


def test_hours_worked_are_kept_for_a_year(model: mesa.Model) -> None:
    gp = gps_of(model)[0]
    assert gp.strain_hours() == 0.0
    for month in range(14):
        gp.book_care(3600 * 80, 3600 * month)
        gp.book_duty(3600 * 6)
        gp.end_month()
    assert len(gp.worked) == 12
    assert gp.worked[-1] == (3600 * 80, 3600 * 13, 3600 * 6)
    assert gp.strain_hours() == pytest.approx(sum(range(2, 14)) / (365.25 / 7))
    assert (gp.patient_seconds, gp.overtime_seconds, gp.duty_seconds) == (0, 0, 0)
    with pytest.raises(ValueError, match="overtime"):
        gp.book_care(10, 11)
    with pytest.raises(ValueError, match="duty"):
        gp.book_duty(-1)


def test_list_states_remember_stops(model: mesa.Model) -> None:
    practice = practices_of(model)[0]
    assert not practice.stopped_within(1500)
    practice.close_list(1503)
    practice.set_conditional(1506)
    assert (practice.list_state, practice.state_since) == (ListState.CONDITIONAL, 1506)
    assert practice.stopped_within(1540)
    practice.open_list(1510)
    assert practice.last_stop == 1509
    assert practice.stopped_within(1510)
    assert practice.stopped_within(1520)
    assert not practice.stopped_within(1521)
    practice.open_list(1530)
    assert practice.state_since == 1510


def test_practices_guard_who_works_there(model: mesa.Model) -> None:
    one, two = practices_of(model)[:2]
    gp = one.gps[0]
    with pytest.raises(ValueError, match="release the GP there first"):
        two.take_on(gp, GPRole.OWNER)
    with pytest.raises(ValueError, match="does not work in practice"):
        two.release(gp)
    one.release(gp)
    assert gp.role == GPRole.CHANGING_LOCUM
    with pytest.raises(ValueError, match="local group"):
        two.take_on(gp, GPRole.CHANGING_LOCUM)
    two.take_on(gp, GPRole.OWNER)
    assert gp in two.owners
    with pytest.raises(ValueError, match="still has"):
        one.close_for_good(1510)
    one.registered = 0
    one.close_for_good(1510)
    assert not one.gps
    assert one.list_state == ListState.FULL
    with pytest.raises(ValueError, match="cannot open"):
        one.open_list(1511)
    with pytest.raises(ValueError, match="closed"):
        one.take_on(gp if gp.practice is None else gps_of(model)[-1], GPRole.OWNER)


def test_a_roster_is_booked_on_agents(model: mesa.Model) -> None:
    region, _, plan = small()
    pool, planned = duty_pool_from_agents(model, region), duty_pool(plan, region)
    assert np.array_equal(pool.gp_uid, planned.gp_uid)
    assert pool.gp_owes == pytest.approx(planned.gp_owes)
    assert np.array_equal(pool.gp_organisation, planned.gp_organisation)
    assert np.array_equal(pool.post_population, planned.post_population)
    roster = month_roster(pool, Calendar(region.population_date.replace(year=2025), 31), 1500, shipped(), SEED)
    book_roster(model, roster)
    assert [gp.duty_seconds for gp in gps_of(model)] == roster.duty_seconds.tolist()
    asked, unfilled = roster.counts()
    posts = posts_of(model)
    assert [post.shifts_asked for post in posts] == asked.tolist()
    assert [post.shifts_unfilled for post in posts] == unfilled.tolist()
    posts[0].close_at_night()
    assert duty_pool_from_agents(model, region).post_at_night.tolist() == [False, True, True]
    posts[0].open_again_at_night()
    posts[0].end_month()
    assert (posts[0].shifts_asked, posts[0].open_at_night) == (0, True)
    with pytest.raises(ValueError, match="unfilled"):
        posts[0].book_shifts(1, 2)


def test_agents_survive_pickle_and_copy(model: mesa.Model) -> None:
    for other in (pickle.loads(pickle.dumps(model)), copy.deepcopy(model)):
        assert [gp.week_seconds for gp in gps_of(other)] == [gp.week_seconds for gp in gps_of(model)]
        gp = gps_of(other)[0]
        assert isinstance(gp, GP)
        assert isinstance(gp.practice, Practice)
        assert gp in gp.practice.gps
