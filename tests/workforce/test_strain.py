"""Strain: zero at the norm, one at thirty percent above it, with a memory; and what it does to hazards."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.agents.staffing import gps_of, practices_of
from sim.region.practice_staff import GPRole
from sim.workforce.crew import Crew, crew_of
from sim.workforce.hazards import Chance, chance, exit_chance
from sim.workforce.strain import first_strain, momentary_strain, update_strain
from tests.workforce.crowd import shipped, small
from tests.workforce.years import START, fresh, outlook_of

NORM = 2095.0


def crew_at(over: float, duty: float, role: GPRole = GPRole.OWNER) -> tuple[Crew, np.ndarray]:
    """Four GPs of four practices whose hours and lists lie over the norm by a share."""
    model = fresh()
    gps = gps_of(model)[:4]
    usual = shipped().column("practices.duty_hours")[role]
    crew = dataclasses.replace(
        crew_of(gps),
        role=np.full(4, int(role)),
        practice=np.arange(4),
        fte=np.full(4, 0.8),
        agreed_hours=np.full(4, 40.0),
        hours=np.full(4, 40.0 * (1.0 + over) - 2.0),
        overtime=np.full(4, 2.0),
        duty_hours=np.full(4, usual * (1.0 + duty)),
    )
    return crew, np.full(4, 0.8 * NORM * (1.0 + over))


def strain_at(over: float, duty: float, role: GPRole = GPRole.OWNER, vacant: bool = False) -> float:
    crew, lists = crew_at(over, duty, role)
    got = momentary_strain(crew, lists, np.full(4, vacant), NORM, shipped())
    assert np.ptp(got) == pytest.approx(0.0)
    return float(got[0])


def test_strain_is_zero_at_the_norm_and_one_at_thirty_percent_above() -> None:
    assert strain_at(0.0, 0.0) == pytest.approx(0.0)
    assert strain_at(0.3, 0.5) == pytest.approx(1.0)
    assert strain_at(0.3, 0.0) == pytest.approx(0.85)
    assert strain_at(0.0, 0.0, vacant=True) == pytest.approx(0.1)
    assert strain_at(0.3, 0.5, GPRole.EMPLOYED) == pytest.approx(0.8)


def test_strain_is_bounded() -> None:
    assert strain_at(3.0, 5.0) == pytest.approx(2.0)
    assert strain_at(-0.9, -1.0) == pytest.approx(-0.5)


def test_duty_counts_only_when_it_is_known() -> None:
    crew, lists = crew_at(0.3, 0.0)
    unknown = dataclasses.replace(crew, duty_hours=np.full(4, np.nan))
    assert momentary_strain(unknown, lists, np.zeros(4, bool), NORM, shipped()) == pytest.approx(0.85)


def test_who_is_ill_feels_none_and_leaves_more_to_the_others() -> None:
    crew, lists = crew_at(0.0, 0.0)
    pair = dataclasses.replace(crew, practice=np.array([0, 0, 1, 2]))
    lists = lists * np.array([2.0, 1.0, 1.0, 1.0])
    well = momentary_strain(pair, lists, np.zeros(4, bool), NORM, shipped())
    away = dataclasses.replace(pair, away=np.array([True, False, False, False]))
    ill = momentary_strain(away, lists, np.zeros(4, bool), NORM, shipped())
    assert well == pytest.approx(0.0)
    assert ill[0] == 0.0
    assert ill[1] == pytest.approx(0.2 * 2.0)  # twice the list, held at two scales
    assert ill[2:] == pytest.approx(0.0)


def test_strain_remembers_half_a_year() -> None:
    model = fresh()
    region, _, _ = small()
    outlook = outlook_of(model, region, region.node_population)
    practices, gps = practices_of(model), gps_of(model)
    crew = crew_of(gps)
    goal = momentary_strain(crew, outlook.lists, np.zeros(len(practices), bool), NORM, shipped())
    for _ in range(6):
        update_strain(crew, outlook, gps, practices, shipped())
    assert crew.strain == pytest.approx(goal * (1 - (5 / 6) ** 6))
    assert [gp.strain for gp in gps] == crew.strain.tolist()


def test_an_announced_stop_strains_the_colleagues() -> None:
    model = fresh()
    region, _, _ = small()
    outlook = outlook_of(model, region, region.node_population)
    gps = gps_of(model)
    duo = next(practice for practice in practices_of(model) if len(practice.gps) > 1)
    before, after = crew_of(gps), crew_of(gps)
    update_strain(before, outlook, gps, practices_of(model), shipped())
    duo.owners[0].announce_stop(START + 9, "retires")
    update_strain(after, outlook, gps, practices_of(model), shipped())
    there = before.practice == duo.number
    factor = np.where(before.owner, 1.0, 0.8)
    assert (after.strain - before.strain)[there] == pytest.approx((0.1 / 6 * factor)[there])
    assert np.array_equal(after.strain[~there], before.strain[~there])


def test_at_the_start_strain_stands_at_its_mean() -> None:
    model = fresh()
    strain = first_strain(crew_of(gps_of(model)), practices_of(model), shipped())
    assert strain.mean() == pytest.approx(shipped().number("careers.strain_observed"))
    assert strain.std() > 0.1


def test_published_rates_hold_at_the_strain_of_their_years() -> None:
    p = shipped()
    observed = np.array([p.number("careers.strain_observed")])
    odds = chance(0.1, observed, 0.3, p)
    assert 1 - (1 - odds.present) ** 12 == pytest.approx(0.1)
    assert odds.without[0] < odds.present[0]
    one = chance(0.1, observed + 1.0, 0.3, p).present
    assert np.log1p(-one) / np.log1p(-odds.present) == pytest.approx(np.exp(0.3))


def test_the_switch_takes_the_effect_away() -> None:
    p = shipped().replace({"careers.strain_on": 0})
    age = np.array([40.0, 61.0, 66.0])
    odds = exit_chance(age, np.array([0.0, 1.0, 2.0]), p)
    assert np.array_equal(odds.present, odds.without)
    assert np.array_equal(odds.without, exit_chance(age, np.zeros(3), shipped()).without)
    assert odds.present == pytest.approx(exit_chance(age, np.zeros(3), shipped()).present)


def test_due_to_strain_between_the_two_chances() -> None:
    odds = Chance(np.full(4, 0.2), np.full(4, 0.3))
    draw = np.array([0.1, 0.2, 0.2999, 0.3])
    assert odds.happens(draw).tolist() == [True, True, True, False]
    assert odds.due_to_strain(draw).tolist() == [False, True, True, False]
    relieved = Chance(np.full(4, 0.3), np.full(4, 0.2))
    assert not relieved.due_to_strain(draw).any()
