"""Newcomers from the rest of the country, and the jobs that GPs without a practice of their own take."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.agents.gp import GP, Origin, new_number
from sim.agents.staffing import gps_of, practices_of
from sim.parameters import Parameters
from sim.region.practice_staff import GPRole
from sim.workforce.employment import employment_month, jobs_of
from sim.workforce.outlook import Outlook
from sim.workforce.pool import expected_arrivals, outside_seekers, pool_month, settle_seeker
from tests.workforce.crowd import SEED, shipped, whole
from tests.workforce.years import START, add_gp, fresh, live, outlook_of, with_load


def now(month: int = START, load: float = 1.0) -> Outlook:
    region = whole()[0]
    return outlook_of(fresh(whole()), region, region.node_population, month, load)


def newcomers(p: Parameters, load: float = 1.0, months: int = 60) -> list[GP]:
    """Who comes in some months."""
    region = whole()[0]
    model = fresh(whole())
    there = {gp.uid for gp in gps_of(model)}
    outlook = now(load=load)
    for month in range(START, START + months):
        pool_month(model, region, dataclasses.replace(outlook, month=month), SEED, p)
    return [gp for gp in gps_of(model) if gp.uid not in there]


def comers(p: Parameters, load: float = 1.0) -> dict[int, tuple[Origin, int, float]]:
    """The same by id: origin, month of birth, FTE."""
    return {gp.uid: (gp.origin, gp.birth_month, gp.fte) for gp in newcomers(p, load)}


def test_as_many_come_as_fit_the_stock() -> None:
    expected = expected_arrivals(now(), shipped())
    assert expected.sum() == pytest.approx(27.2, abs=0.5)
    assert expected / expected.sum() == pytest.approx([0.6, 0.15, 0.25], abs=0.01)
    origins = [origin for origin, _, _ in comers(shipped()).values()]
    counted = np.array([origins.count(o) for o in (Origin.GRADUATE, Origin.MOVER, Origin.LOCUM)])
    assert np.all(np.abs(counted - 5 * expected) < 3 * np.sqrt(5 * expected))


def test_load_attracts_or_repels_and_only_at_the_margin() -> None:
    base = comers(shipped())
    busy = comers(shipped(), load=1.2)
    assert base.items() < busy.items()
    assert expected_arrivals(now(load=1.1), shipped()) == pytest.approx(
        expected_arrivals(now(), shipped()) * np.exp(0.15)
    )
    repelled = comers(shipped().replace({"careers.pool_pull": -1}), load=1.2)
    assert repelled.items() < base.items()


def test_newcomers_are_grown_up_and_qualified() -> None:
    came = newcomers(shipped())
    assert len(came) > 100
    for gp in came:
        assert 31 * 12 - 1 <= gp.arrived - gp.birth_month <= 60 * 12
        assert gp.diploma_month <= gp.arrived
        assert gp.ready_month >= gp.diploma_month
        assert 0.5 < gp.fte < 0.9
        assert gp.direct_seconds == pytest.approx(gp.fte / 0.75 * 20.5 * 3600, rel=0.15)


def test_owners_to_be_look_in_and_settle() -> None:
    region = whole()[0]
    outlook = now()
    seekers = [
        seeker
        for month in range(START, START + 120)
        for seeker in outside_seekers(region, dataclasses.replace(outlook, month=month), SEED, shipped())
    ]
    assert len(seekers) / 10 == pytest.approx(4.5, abs=2.0)
    assert len({seeker.uid for seeker in seekers}) == len(seekers)
    assert all(0 <= seeker.home_node < outlook.people.size for seeker in seekers)
    model = fresh(whole())
    number = new_number(model)
    gp = settle_seeker(model, seekers[0], outlook, SEED, shipped())
    assert (gp.number, gp.origin, gp.practice) == (number, Origin.OWNER_TO_BE, None)
    gp.become_owner(practices_of(model)[5], START)
    assert gp.is_owner and gp.group == practices_of(model)[5].group


def test_numbers_are_not_given_twice() -> None:
    model = fresh()
    last = gps_of(model)[-1].number
    one = add_gp(model, 99)
    assert one.number == last + 1
    one.leave()
    assert new_number(model) == last + 2


def test_jobs_are_where_owners_and_lists_make_room() -> None:
    p = shipped()
    model = fresh(whole())
    jobs, outlook = jobs_of(model), now()
    for practice in practices_of(model):
        others = [gp for gp in practice.gps if not gp.is_owner]
        assert jobs.owners[practice.number] == len(practice.owners)
        assert jobs.employed[practice.number] == pytest.approx(sum(gp.fte for gp in others))
        assert jobs.list_fte[practice.number] == pytest.approx(practice.list_fte)
    room = jobs.room(outlook, p)
    assert 0.2 < room.mean() < 1.0
    shrunk = dataclasses.replace(outlook, lists=outlook.lists // 3)
    assert jobs.room(shrunk, p).sum() <= room.sum()
    alone = dataclasses.replace(jobs, owners=np.zeros_like(jobs.owners))
    assert not alone.room(outlook, p).any()
    assert alone.best(5, 0, outlook, SEED, p) is None


def test_a_job_lies_within_reach_and_taste_is_fixed() -> None:
    p = shipped()
    model = fresh(whole())
    jobs, outlook = jobs_of(model), now()
    for gp in gps_of(model)[:20]:
        best = jobs.best(gp.uid, gp.home_node, outlook, SEED, p)
        assert best is not None
        assert outlook.minutes[gp.home_node, best.number] < 35
        later = dataclasses.replace(outlook, month=START + 7)
        assert jobs.best(gp.uid, gp.home_node, later, SEED, p) is best
    own = next(number for number in np.flatnonzero(jobs.room(outlook, p)) if outlook.minutes[0, number] < 35)
    chosen = jobs.best(1, 0, outlook, SEED, p, prefer=(int(own), 50.0))
    assert chosen is practices_of(model)[own]


def test_roles_change_at_their_rates() -> None:
    model, record = live(120, made=whole())
    causes = [event.cause for event in model.ledger.events if event.kind == "role changes"]
    assert causes.count("locum to employed") / 10 == pytest.approx(0.17 * np.mean(record.locums), rel=0.35)
    assert causes.count("employed to locum") / 10 == pytest.approx(0.07 * 190, rel=0.45)
    assert causes.count("employed to owner") > 0
    assert causes.count("owner to employed") > 0
    assert 80 < record.locums[-1] < 160


def test_busy_practices_gain_owners_sooner() -> None:
    p = shipped().replace({"careers.co_owner": 0.06})
    counts = []
    for load in (0.8, 1.3):
        model, _ = live(48, p, made=whole(), each_month=with_load(load))
        counts.append(sum(event.cause == "employed to owner" for event in model.ledger.events))
    assert counts[1] > counts[0]


def test_who_is_ill_or_has_signed_stays_where_he_or_she_is() -> None:
    p = shipped()
    model = fresh(whole())
    for gp in gps_of(model):
        if gp.number % 2:
            gp.fall_ill(START + 99)
        else:
            gp.signed = (0, START + 99)
    roles = [(gp.role, gp.practice) for gp in gps_of(model)]
    for month in range(START, START + 24):
        employment_month(model, dataclasses.replace(now(), month=month), SEED, p)
    assert [(gp.role, gp.practice) for gp in gps_of(model)] == roles
    assert any(role == GPRole.CHANGING_LOCUM for role, _ in roles)
