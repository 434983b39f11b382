"""Careers: hazards against what is published, stops announced without changing them, luck that stays one's own."""

from __future__ import annotations

from itertools import pairwise

import mesa
import numpy as np
import pytest

from sim.agents.gp import Origin
from sim.agents.staffing import gps_of, practices_of
from sim.parameters import Parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region.practice_staff import GPRole
from sim.workforce.careers import careers_month, notice
from sim.workforce.crew import crew_of
from sim.workforce.hazards import exit_chance, exit_hazard, planned_stop_chance, sudden_chance
from sim.workforce.start import start_careers
from tests.workforce.crowd import SEED, shipped, small, whole
from tests.workforce.years import START, add_gp, fresh, live, outlook_of

EFFECTS = ("strain_exit", "strain_hours", "strain_move", "strain_illness")


def of_2015() -> Parameters:
    return shipped().replace({"careers.exit_rise_young": 1.0})


def career(multiplier: float, responds: float = 0.0) -> tuple[float, list[float]]:
    """Mean years at work from 33, and exits by age group, when the odds of leaving are multiplied from an age on."""
    left, years, exits = 1.0, -0.5, [0.0, 0.0, 0.0]
    for age in range(33, 80):
        years += left
        hazard = float(exit_hazard(age, of_2015()))
        odds = hazard / (1 - hazard) * (multiplier if age >= responds else 1.0)
        exits[0 if age < 60 else 1 if age < 65 else 2] += left * odds / (1 + odds)
        left /= 1 + odds
    return years, exits


def test_hazards_give_the_published_ages_and_career() -> None:
    years, exits = career(1.0)
    assert np.array(exits) / sum(exits) == pytest.approx([0.25, 0.30, 0.45], abs=0.02)
    assert years == pytest.approx(27.9, abs=0.1)
    assert career(1.31)[0] == pytest.approx(26.4, abs=0.1)
    assert career(2.5)[0] == pytest.approx(22.3, abs=0.1)


def test_elasticity_of_the_stock_to_the_hazard() -> None:
    def elasticity(responds: float) -> float:
        return float((np.log(career(1.05, responds)[0]) - np.log(career(1.0)[0])) / np.log(1.05))

    assert elasticity(0.0) == pytest.approx(-0.19, abs=0.01)
    assert elasticity(55.0) == pytest.approx(-0.08, abs=0.01)


def test_monthly_chances_add_up_to_the_yearly_share() -> None:
    p = shipped()
    age = np.array([40.0, 57.0, 62.0, 65.5, 66.5, 70.0])
    observed = np.full(age.size, p.number("careers.strain_observed"))
    assert 1 - (1 - exit_chance(age, observed, p).present) ** 12 == pytest.approx(exit_hazard(age, p))


def test_sudden_losses_are_part_of_the_hazard() -> None:
    p = shipped()
    age = np.arange(35.0, 70.0)
    for strain in (0.0, 0.35, 1.5):
        both = (1 - planned_stop_chance(age, np.full(age.size, strain), p).present) * (1 - sudden_chance(age, p))
        assert 1 - both == pytest.approx(exit_chance(age, np.full(age.size, strain), p).present)
    assert 1 - (1 - sudden_chance(np.array([60.0]), p)) ** 12 == pytest.approx(0.007)


def test_departures_are_due_to_strain_when_their_draw_lies_between() -> None:
    p = shipped().replace({"careers.strain_exit": 0.92})
    region, _, _ = whole()
    model = fresh(whole())
    start_careers(model, region, SEED, p, START)
    due = 0
    for month in range(START, START + 24):
        crew = crew_of(gps_of(model))
        crew.strain[:] = 1.5
        outlook = outlook_of(model, region, region.node_population, month)
        others = ~crew.owner & (crew.stop_month < 0)
        odds = exit_chance(crew.age(month), crew.strain, p)
        draw = uniforms(SEED, Stream.CAREER_EXIT, crew.uid, month)[:, 0]
        leaves = others & (draw < odds.present)
        expected = dict(zip(crew.uid[leaves].tolist(), draw[leaves].tolist(), strict=True))
        below = dict(zip(crew.uid.tolist(), odds.without.tolist(), strict=True))
        gone = [one for one in careers_month(model, crew, outlook, SEED, p).gone if one.cause != "moves away"]
        left = {one.gp.uid: one.due_to_strain for one in gone if one.gp.uid in expected}
        assert left.keys() == expected.keys()
        assert left == {uid: bool(u >= below[uid]) for uid, u in expected.items()}
        due += sum(left.values())
    assert due > 5


def test_announced_stops_are_due_to_strain_when_they_vanish_without() -> None:
    p = shipped().replace({"careers.strain_exit": 0.92})
    region, _, _ = whole()
    stops = {}
    for strain in (0.0, 1.5):
        model = fresh(whole())
        start_careers(model, region, SEED, p, START)
        for gp in gps_of(model):
            gp.stop_month, gp.scanned_to = None, -1
        crew = crew_of(gps_of(model))
        crew.strain[:] = strain
        outlook = outlook_of(model, region, region.node_population)
        stops[strain] = {gp.uid: gp for gp in careers_month(model, crew, outlook, SEED, p).announced}
    assert stops[0.0].keys() < stops[1.5].keys()
    for uid, gp in stops[1.5].items():
        if uid not in stops[0.0]:
            assert gp.due_to_strain
        elif stops[0.0][uid].stop_month == gp.stop_month:
            assert not gp.due_to_strain


def one_more(model: mesa.Model) -> None:
    add_gp(model, 12345)


def test_an_extra_gp_leaves_the_luck_of_others_as_it_was() -> None:
    off = shipped().replace({"careers.strain_on": 0})
    _, one = live(60, off, alone=True, made=whole())
    _, two = live(60, off, alone=True, made=whole(), prepare=one_more)
    assert [gone for gone in two.gone if gone[1] != 12345] == one.gone
    assert two.announced == one.announced
    assert len(two.gone) > 50


def test_without_an_effect_strain_changes_nothing_at_all() -> None:
    none = {f"careers.{name}": 0.0 for name in EFFECTS}
    on, off = (live(36, shipped().replace({**none, "careers.strain_on": switch}))[1] for switch in (1, 0))
    assert on == off
    assert on.strain[-1] != 0.0


def test_strain_with_an_effect_does_change_careers() -> None:
    on, off = (
        live(60, shipped().replace({"careers.strain_on": switch}), made=whole(), alone=True)[1] for switch in (1, 0)
    )
    assert sum(gone[4] for gone in on.gone) > 0
    assert not any(gone[4] for gone in off.gone)
    assert len(on.gone) > len(off.gone)


@pytest.mark.parametrize("begins", [START, START + 30])
def test_an_inventory_makes_stops_known_earlier_and_changes_none(begins: int) -> None:
    off = shipped().replace({"careers.strain_on": 0})
    asked = off.replace({"careers.notice_extra": 24})
    _, usual = live(96, off, made=whole(), alone=True)
    _, early = live(96, off, made=whole(), alone=True, later=(begins, asked))
    assert early.gone == usual.gone
    known = [{uid: month for month, uid, _ in record.announced} for record in (usual, early)]
    last = START + 95 + notice(off)
    both = {uid for month, uid, stop in usual.announced if stop <= last}
    assert both <= known[1].keys()
    assert all(known[1][uid] <= known[0][uid] for uid in both)
    assert sum(known[1][uid] < known[0][uid] for uid in both) > 20


def test_who_will_stop_is_the_same_whenever_the_run_starts() -> None:
    off = shipped().replace({"careers.strain_on": 0})
    running, _ = live(10, off, made=whole(), alone=True)
    started = fresh(whole())
    start_careers(started, whole()[0], SEED, off, START + 10)
    there = {gp.uid: gp.stop_month for gp in gps_of(started)}
    stayed = [gp for gp in gps_of(running) if gp.is_owner]
    assert {gp.uid: gp.stop_month for gp in stayed} == {gp.uid: there[gp.uid] for gp in stayed}
    assert sum(gp.stop_month is not None for gp in stayed) > 3


def test_the_first_year_is_like_the_next() -> None:
    announced, stops = np.zeros(5), np.zeros(5)
    for seed in range(5):
        _, record = live(60, made=whole(), seed=seed)
        announced += np.histogram([month - START for month, _, _ in record.announced], range(0, 61, 12))[0]
        owners = [
            g[0] - START for g in record.gone if g[3] == GPRole.OWNER and g[2] not in ("moves away", "sudden loss")
        ]
        stops += np.histogram(owners, range(0, 61, 12))[0]
    for count in (announced, stops):
        rest = count[1:]
        assert abs(count[0] - rest.mean()) < 3 * np.sqrt(rest.mean() * 1.25)
        assert count[0] > 20


def test_exits_and_stock_lie_near_what_is_published() -> None:
    model, record = live(120, made=whole())
    heads = np.array(record.heads)
    left = [gone for gone in record.gone if gone[2] != "moves away"]
    assert len(left) / 10 / heads.mean() == pytest.approx(0.031, abs=0.006)
    ages = np.array([gone[5] for gone in left])
    assert np.mean(ages < 60) == pytest.approx(0.30, abs=0.09)
    assert np.mean(ages >= 65) == pytest.approx(0.43, abs=0.09)
    assert np.mean(record.ill) / heads.mean() == pytest.approx(0.022, abs=0.006)
    assert 590 < heads[-1] < 690  # 659 at the end of 2034 in a run from 2013
    assert sum(gp.is_owner for gp in gps_of(model)) == record.owners[-1] > 240
    came = sum(n for (_, origin), n in record.arrivals.items() if origin in (2, 3, 4)) / 10
    assert came == pytest.approx(27.2, abs=5)
    assert 15 < record.ready[0] < 45


def test_heads_are_those_who_came_less_those_who_went() -> None:
    model, record = live(60)
    at_first = len(gps_of(fresh()))
    assert record.heads[-1] == at_first + sum(record.arrivals.values()) - len(record.gone)
    assert len({gp.uid for gp in gps_of(model)}) == record.heads[-1]
    assert all(a < b for a, b in pairwise(gp.number for gp in gps_of(model)))
    for practice in practices_of(model):
        assert all(gp.practice is practice for gp in practice.gps)


def test_events_tell_who_left_and_why() -> None:
    model, record = live(60)
    left = [event for event in model.ledger.events if event.kind == "GP leaves"]
    assert [event.cause for event in left] == [gone[2] for gone in record.gone]
    strained = [event for event in model.ledger.events if event.kind == "GP leaves due to strain"]
    assert len(strained) == sum(gone[4] for gone in record.gone)
    ill = sum(event.kind == "GP falls ill" for event in model.ledger.events)
    assert ill > 0


def test_verbs_of_a_career() -> None:
    model = fresh()
    practice = next(p for p in practices_of(model) if len(p.owners) > 1)
    owner, other = practice.owners[:2]
    owner.step_back(START)
    assert (owner.role, owner.practice, owner.wants_to_own) == (GPRole.EMPLOYED, practice, False)
    with pytest.raises(ValueError, match="owns no practice"):
        owner.step_back(START)
    with pytest.raises(ValueError, match="owns a practice already"):
        other.become_owner(practice, START)
    owner.become_locum(START + 1)
    assert (owner.practice, owner.role, owner.since) == (None, GPRole.CHANGING_LOCUM, START + 1)
    with pytest.raises(ValueError, match="no CHANGING_LOCUM"):
        owner.become_employed(practice, START, GPRole.CHANGING_LOCUM)
    owner.become_owner(practice, START + 2)
    assert owner in practice.owners
    owner.announce_stop(START + 20, "retires")
    with pytest.raises(ValueError, match="has announced"):
        owner.announce_stop(START + 21, "retires")
    owner.fall_ill(START + 5)
    assert owner.is_away
    owner.come_back()
    assert not owner.is_away
    owner.retire()
    assert owner not in gps_of(model) and owner not in practice.gps
    assert owner.origin == Origin.START


def test_owners_look_no_further() -> None:
    gp = next(gp for gp in gps_of(fresh()) if not gp.is_owner)
    gp.wants_to_own, gp.ready_month = True, START
    assert gp.looks_for_practice(START) and not gp.looks_for_practice(START - 1)
    gp.signed = (3, START + 4)
    assert not gp.looks_for_practice(START)


def test_the_small_region_lives_too() -> None:
    region, _, _ = small()
    model, record = live(24)
    assert len(record.heads) == 24
    assert region.id == "twente" and gps_of(model)
