"""Gain of the loop: the published arithmetic, known limits, and what each path hangs on."""

from __future__ import annotations

import numpy as np
import pytest

from sim.parameters import Parameters
from sim.workforce.gain import (
    LEVELS,
    Coefficients,
    career,
    coefficients,
    exit_elasticity,
    gain_table,
    loop_gain,
    pulls,
    strain_per_load,
)
from tests.workforce.crowd import shipped

LOW, CENTRAL, HIGH = Coefficients(0.05, 0.0, 0.0), Coefficients(0.3, 0.6, 0.4), Coefficients(0.92, 1.1, 0.9)
W = 2.4  # strain per unit log load in the table below; 3.1 when no demand drops away


def older() -> Parameters:
    """Hazards of before 2021, for which the table below was made."""
    return shipped().replace({"careers.exit_rise_young": 1.0})


@pytest.mark.parametrize(
    ("strength", "w", "exits", "hours", "moves", "total", "with_pull", "with_push"),
    [
        (LOW, W, 0.02, 0.0, 0.0, 0.02, -1.2, 0.9),
        (CENTRAL, W, 0.14, 0.11, 0.16, 0.40, -0.9, 1.2),
        (CENTRAL, 3.1, 0.18, 0.14, 0.21, 0.53, -0.7, 1.4),
        (HIGH, W, 0.42, 0.19, 0.36, 0.97, -0.3, 1.8),
        (HIGH, 3.1, 0.55, 0.25, 0.48, 1.3, 0.0, 2.1),
    ],
)
def test_a_table_worked_out_before_the_model(
    strength: Coefficients,
    w: float,
    exits: float,
    hours: float,
    moves: float,
    total: float,
    with_pull: float,
    with_push: float,
) -> None:
    """Made by hand with e .19, 14 years for hours, 1.3 % and 13 years for moves, and .84 of the inflow."""
    found = loop_gain(older(), strength, 0.0, per_load=w)
    assert found.exits == pytest.approx(exits, abs=0.015)
    assert found.hours == pytest.approx(hours, abs=0.05)
    assert found.moves == pytest.approx(moves, abs=0.025)
    assert found.total == found.strain == pytest.approx(total, rel=0.07, abs=0.01)
    assert loop_gain(older(), strength, 1.5, per_load=w).total == pytest.approx(with_pull, abs=0.11)
    assert loop_gain(older(), strength, -1.0, per_load=w).total == pytest.approx(with_push, abs=0.11)


def test_the_elasticity_is_that_of_a_career() -> None:
    assert career(older()).length == pytest.approx(27.9, abs=0.5)
    assert exit_elasticity(older()) == pytest.approx(-0.19, abs=0.01)
    assert exit_elasticity(shipped()) < exit_elasticity(older())  # more leave young


def test_a_hazard_that_is_the_same_at_all_ages_has_elasticity_one() -> None:
    flat = shipped().replace({"careers.exit_rise_young": 1.0})
    row = flat["careers.exit_hazard"]
    rate = 0.25
    level = row.model_copy(update={"value": [rate] * 6, "low": 0.0, "high": 1.0})
    p = Parameters({**flat.entries, "careers.exit_hazard": level})
    years = -1.0 / np.log1p(-rate)
    assert career(p).length == pytest.approx(years, rel=1e-3)
    assert career(p).so_far == pytest.approx(years, rel=1e-2)
    assert exit_elasticity(p) == pytest.approx(-1.0, abs=2e-3)


def test_moving_shortens_careers_by_the_years_at_work() -> None:
    p, small = shipped(), 1e-4
    change = np.log(career(p, moving=small).length) - np.log(career(p).length)
    assert change / small == pytest.approx(-career(p).so_far, rel=1e-2)


def test_strain_per_load_has_its_parts() -> None:
    p = shipped()
    whole = p.column("careers.strain_weight") / p.column("careers.strain_scale")
    owner = p.replace(
        {"careers.strain_non_owner": 1.0, "careers.strain_locum_list": 1.0, "careers.other_work": 1.0}
    )  # all feel what owners feel
    parts = strain_per_load(owner)
    assert parts.lists == pytest.approx(whole[1]) and parts.duty == pytest.approx(whole[2])
    assert 0.45 * whole[0] < parts.hours < 0.56 * whole[0]  # half of the week is without patients
    usual = strain_per_load(p)
    assert usual.total == usual.hours + usual.lists + usual.duty < parts.total
    none = strain_per_load(p.replace({"careers.other_work": 0.0}))
    assert none.hours == 0.0 and none.lists == usual.lists


def test_the_table_runs_from_low_to_high_and_through_zero() -> None:
    p = shipped()
    assert pulls(p) == (-1.0, 0.0, 1.5, 4.0)
    assert pulls(p.replace({"careers.pool_pull": 0.5})) == (-1.0, 0.0, 0.5, 4.0)
    table = gain_table(p)
    assert [(row.level, row.pull) for row in table] == [(level, pull) for level in LEVELS for pull in pulls(p)]
    at_zero = [row for row in table if row.pull == 0.0]
    assert [row.total for row in at_zero] == sorted({row.strain for row in at_zero})
    assert all(row.inflow == 0.0 for row in at_zero)
    assert all((row.inflow < 0.0) == (row.pull > 0.0) for row in table)
    assert [row.pull for row in gain_table(p, (0.25,))] == [0.25] * 3


def test_coefficients_are_those_of_the_passports() -> None:
    p = shipped()
    assert coefficients(p, "central") == Coefficients(
        p.number("careers.strain_exit"), p.number("careers.strain_hours"), p.number("careers.strain_move")
    )
    assert coefficients(p, "low") == (0.0, 0.0, 0.0)
    assert coefficients(p, "high") == HIGH


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"careers.exit_rise_young": 1.9}, "exits"),
        ({"careers.hours_down": 0.05}, "hours"),
        ({"loop.hours_room": 1.0}, "hours"),
        ({"careers.moving_away": [0.006, 0.03, 0.08]}, "moves"),
        ({"careers.strain_exit": 0.5}, "exits"),
    ],
)
def test_each_path_grows_with_what_it_hangs_on(change: dict[str, object], path: str) -> None:
    before, after = (
        loop_gain(p, coefficients(p, "central"), 0.0, per_load=1.0) for p in (shipped(), shipped().replace(change))
    )
    assert getattr(after, path) > 1.1 * getattr(before, path)


def test_those_trained_here_blunt_the_response_of_newcomers() -> None:
    p = shipped()
    more = p.replace({"training.places": 4.0})
    assert loop_gain(p, CENTRAL, 1.5).inflow < loop_gain(more, CENTRAL, 1.5).inflow < 0.0
