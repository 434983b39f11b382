"""Flexdokters, tiny practices, support to bind GPs, regional support: which way they act, and what they cost others."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from sim.agents.gp import GPRole
from sim.agents.practice import Practice
from sim.agents.staffing import gps_of, practices_of
from sim.modifiers import Resolved
from sim.parameters import Parameters
from sim.workforce.employment import employment_month
from sim.workforce.founding import found
from sim.workforce.matching import cooperative_members, looks_round, match_month
from sim.workforce.merging import carries
from sim.workforce.parties import parties_month, parties_of
from sim.workforce.premises import enlarged, tiny_premises
from sim.workforce.vacancies import Month, Succession
from tests.interventions.acting import acting
from tests.workforce.crowd import shipped
from tests.workforce.loose_region import START, Loose
from tests.workforce.test_matching import market

P = shipped()


def open_region(p: Parameters) -> tuple[Loose, Succession]:
    """A small region where many people lack a GP and no search is open."""
    model = Loose(3, "small", p)
    for gp in gps_of(model):
        gp.stop_month = None
    state = model.start()
    state.vacancies.clear()
    model.without[:] = np.rint(model.region.node_population * 0.1).astype(np.int64)
    return model, state


def foundings(p: Parameters, months: int = 120) -> tuple[Loose, list[Any]]:
    """New practices of some years; nobody really begins, so that all go on looking."""
    model, state = open_region(p)
    out = []
    for step in range(months):
        month = Month(model, state, model.outlook(START + step), model.seed, p)
        found(month)
        out += month.outcome.foundings
    return model, out


# Flexdokters


def test_members_are_locums_who_look_round_more_often() -> None:
    p = acting("flexdokters")
    uid = np.arange(1, 4001, dtype=np.uint64)
    locum = uid % 2 == 0
    assert not cooperative_members(uid, locum, 1, P).any()
    members = cooperative_members(uid, locum, 1, p)
    assert not members[~locum].any() and members[locum].mean() == pytest.approx(0.4, abs=0.04)
    usual, now = looks_round(uid, 1, START, p), looks_round(uid, 1, START, p, members)
    assert np.array_equal(usual, looks_round(uid, 1, START, P))
    assert np.array_equal(usual[~members], now[~members]) and (now >= usual).all()
    assert now[members].mean() / usual[members].mean() == pytest.approx(1.5, abs=0.15)


def test_help_makes_members_accept_seats_and_takes_them_from_others() -> None:
    who, what, minutes = market(80, 12)
    member = np.arange(80) < 30
    helped = dataclasses.replace(who, support=member * 1.0)
    nobody = np.zeros(minutes.shape, bool)
    before, _ = match_month(who, what, minutes, nobody, START, 1, P)
    after, _ = match_month(helped, what, minutes, nobody, START, 1, P)
    assert (after[member] >= 0).sum() > (before[member] >= 0).sum()
    assert (after[~member] >= 0).sum() <= (before[~member] >= 0).sum(), "seats are as many as before"


# tiny practices


def test_tiny_practices_come_on_top_and_are_small() -> None:
    _, usual = foundings(P)
    model, more = foundings(acting("tiny_practice", attempts=3.0))
    tiny = [one for one in more if one.premises.most_people]
    same = [one for one in more if not one.premises.most_people]
    assert [one.uid for one in same] == [one.uid for one in usual]
    assert len(tiny) > 5
    for one in tiny:
        assert one.most_people <= 1700 and one.premises.square_metres == 50.0
        assert 710_000 <= one.premises.rent_cents <= 1_000_000
    assert all(one.gp.wants_to_own for one in tiny), "an owner is no GP more"
    assert len(gps_of(model)) == len(gps_of(Loose(3, "small")))


def test_a_tiny_practice_needs_people_who_lack_a_gp_and_a_place() -> None:
    assert not any(one.premises.most_people for one in foundings(acting("tiny_practice", premises=0.0))[1])
    p = acting("tiny_practice", attempts=3.0)
    model, state = open_region(p)
    model.without[:] = 0
    for step in range(60):
        month = Month(model, state, model.outlook(START + step), model.seed, p)
        found(month)
        assert not month.outcome.foundings


def test_the_ceiling_binds_until_rooms_are_rented_beside_it() -> None:
    p = acting("tiny_practice")
    model, state = open_region(p)
    one: Practice = practices_of(model)[0]
    before = carries([one], 2095.0, p)[0]
    one.premises, one.founded, one.registered = tiny_premises(p), START, 1690
    assert before > 1700 == carries([one], 2095.0, p)[0]
    assert one.premises.short_of_room(1690, p.number("parties.people_per_square_metre"))
    found(Month(model, state, model.outlook(START + 35), 1, p))
    assert one.premises.most_people == 1700
    for step in (36, 80):
        found(Month(model, state, model.outlook(START + step), 1, p))
        assert one.premises.most_people == 4500 and one.premises.square_metres > 100
    assert enlarged(tiny_premises(p), 2800, p) == one.premises
    one.registered = 100
    one.premises = tiny_premises(p)
    found(Month(model, state, model.outlook(START + 90), 1, p))
    assert one.premises.most_people == 1700, "no more rooms for a list that is not full"


# support to bind GPs


def left_jobs(local: Parameters | None, months: int) -> tuple[set[int], set[int]]:
    """Those who gave up their jobs in practices with even and odd numbers."""
    model = Loose(3)
    model.start()
    count = len(practices_of(model))
    here = {gp.uid: gp.practice.number for gp in gps_of(model) if not gp.is_owner and gp.practice is not None}
    for gp in gps_of(model):
        gp.wants_to_own = False
    if local is not None:
        variant = np.arange(count) % 2
        nodes = np.zeros(len(model.region.node_name), np.int64)
        model.resolved = Resolved(P, (P, local), variant, nodes, np.zeros(14, np.int64))  # type: ignore[attr-defined]
    gone: set[int] = set()
    for step in range(months):
        employment_month(model, model.outlook(START + step), 1, P)
        gone |= {gp.uid for gp in gps_of(model) if gp.uid in here and gp.role == GPRole.CHANGING_LOCUM}
    return {uid for uid in gone if here[uid] % 2 == 0}, {uid for uid in gone if here[uid] % 2 == 1}


def test_fewer_leave_where_practices_take_part() -> None:
    even, odd = left_jobs(None, 36)
    same, fewer = left_jobs(acting("binding_support", leaving=0.5), 36)
    assert fewer < odd, "a part of those who left before"
    assert len(same) >= 0.8 * len(even), "elsewhere about as many leave"


# regional support


def test_regional_support_lets_a_municipality_act_at_fewer_people() -> None:
    town_of = Loose(3, "small").region.node_municipality

    def projects(p: Parameters, without: int) -> int:
        model = Loose(3, "small", p)
        model.start()
        model.without[:] = 0
        model.without[np.flatnonzero(town_of == 3)[0]] = without
        parties_month(model, model.region, model.outlook(START), p)
        return sum(len(town.projects) for town in parties_of(model).municipalities)

    p = acting("regional_support")
    assert (projects(P, 400), projects(p, 400)) == (0, 1)
    assert projects(p, 100) == projects(P, 100) == 0, "nothing where nothing is to be done"


def test_regional_support_makes_no_gp() -> None:
    one, other = Loose(3, "small", P), Loose(3, "small", acting("regional_support"))
    for model in (one, other):
        model.start()
    assert [gp.uid for gp in gps_of(one)] == [gp.uid for gp in gps_of(other)]
    a, b = parties_of(one).organisation, parties_of(other).organisation
    assert b.places > a.places and b.budget > a.budget and b.lead <= a.lead and b.division_places > a.division_places
