"""Workforce, succession, loop and money against tables that can be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.indicators.money import labour_norm
from tests.indicators.small import (
    gp_year,
    group_year,
    insurer_year,
    post_month,
    practice_month,
    practice_year,
    search_year,
    workforce_month,
)
from tests.indicators.test_known_answers import groups, value

HOUR = 3600


def test_heads_and_fte_by_role_and_age() -> None:
    # an owner of 62, an owner of 39, an employed GP of 50, a changing locum of 33; two women, both regular
    tables = {
        "gp_year": gp_year(
            fte=[1.0, 0.8, 0.5, 0.7], age=[62, 39, 50, 33], sex=[0, 1, 1, 0], duty_seconds=[90 * HOUR, 0, 0, 30 * HOUR]
        )
    }
    assert [value(f"heads_{role}", tables) for role in ("owner", "employed", "locum", "all")] == [2, 1, 1, 4]
    assert groups("heads_owner", tables, "practice") == {0: 1, 1: 1}
    assert value("fte_owner", tables) == 1.8 and groups("fte_employed", tables, "practice") == {0: 0, 1: 0.5}
    assert value("fte_locum", tables) == 0.7 and value("fte_all", tables) == pytest.approx(3.0)
    assert value("fte_per_gp", tables) == pytest.approx(0.75)
    assert value("owner_share", tables) == 50
    assert [value(f"heads_{age}", tables) for age in ("under_40", "50_plus", "60_plus")] == [2, 2, 1]
    assert [value(f"fte_{age}", tables) for age in ("under_40", "50_plus", "60_plus")] == [1.5, 1.5, 1.0]
    assert [value(f"share_{age}", tables) for age in ("under_40", "50_plus", "60_plus")] == [50, 50, 25]
    assert value("women_share", tables) == pytest.approx(200 / 3)  # of three regular GPs
    assert value("regular_under_40", tables) == pytest.approx(100 / 3)
    assert value("duty_per_gp", tables) == 30


def test_flows_of_gps() -> None:
    months = workforce_month(
        heads_owner=50, heads_employed=30, heads_locum=20, in_trainee=[0] * 11 + [6], in_graduate=1, in_mover=0.5,
        in_locum=0.25, in_owner=[0, 1] * 6, out_retired=0.25, out_profession=[0] * 11 + [2], out_sudden=[1] + [0] * 11,
        out_moved=0.5, out_due_to_strain=[0, 0, 1] * 4, out_under_60=[0] * 11 + [3], out_60_64=[1] + [0] * 11,
        out_65_plus=[0] * 10 + [1, 1], trainees=[30] * 11 + [33],
    )  # fmt: skip
    tables = {"workforce_month": months}
    origins = {"trainee": 6, "graduate": 12, "mover": 6, "locum": 3, "owner": 6}
    assert {origin: value(f"gp_inflow_{origin}", tables) for origin in origins} == origins
    assert value("gp_inflow", tables) == 33
    causes = {"retired": 3, "profession": 2, "sudden": 1, "moved": 6}
    assert {cause: value(f"gp_outflow_{cause}", tables) for cause in causes} == causes
    assert value("gp_outflow", tables) == 12
    assert value("exit_rate", tables) == 6  # six of a hundred: a move is no exit
    assert [value(f"exits_{band}", tables) for band in ("under_60", "60_64", "65_plus")] == [
        50,
        pytest.approx(100 / 6),
        pytest.approx(100 / 3),
    ]
    assert value("departures_due_to_strain", tables) == 4
    assert value("departures_due_to_strain_share", tables) == pytest.approx(100 / 3)
    assert value("trainees", tables) == 33


def test_staff_vacancies_are_over_established_posts() -> None:
    months = workforce_month(
        staff_vacancies_assistant=[2, 0] * 6, staff_fte_assistant=[48, 50] * 6, staff_vacancies_advanced=1
    )
    tables = {"workforce_month": months}
    assert value("staff_vacancies_assistant", tables) == 2
    assert value("staff_vacancies_advanced", tables) == 100
    assert math.isnan(value("staff_vacancies_poh_mental", tables))


def test_searches() -> None:
    months = workforce_month(
        vacancies_open=[10, 20] * 6, vacancies_filled=[0, 1] * 6, vacancy_months=[0, 9] * 6,
        vacancies_failed=[0] * 10 + [1, 1], new_owners=[2] + [0] * 11, years_to_ownership=[11.0] + [0.0] * 11,
    )  # fmt: skip
    tables = {"workforce_month": months}
    assert value("vacancies_open", tables) == 15
    assert value("vacancies_filled", tables) == 6
    assert value("months_to_fill", tables) == 9
    assert value("never_filled", tables) == 25
    assert value("new_owners", tables) == 2 and value("years_to_ownership", tables) == 5.5


def test_share_unfilled_is_a_life_table() -> None:
    searches = [0, 4, *[2] * 10, 8]
    filled = [0, 1, *[0] * 9, 1, 8]  # a quarter in the second month, half in the twelfth; the thirteenth is too late
    tables = {"search_year": search_year(searches, filled, [0] * 13)}
    assert value("not_filled_12_months", tables) == pytest.approx(100 * 0.75 * 0.5)
    assert math.isnan(value("not_filled_12_months", {"search_year": search_year([0] * 13, [0] * 13, [0] * 13)}))


def test_practices() -> None:
    months = workforce_month(
        practices_open=[200] * 6 + [100] * 6, practices_searching=[30] * 6 + [15] * 6, practices_temporary=[6] * 12,
        closures=[0, 1] * 6, merges=[1] + [0] * 11, starts=[0] * 10 + [1, 1],
    )  # fmt: skip
    tables = {"workforce_month": months}
    assert value("practices_open", tables) == 100
    assert value("practices_searching", tables) == 15
    assert value("practices_temporary", tables) == 4
    assert [value(f"practice_{what}", tables) for what in ("closures", "merges", "starts")] == [6, 1, 2]


def test_the_loop() -> None:
    months = workforce_month(
        heads_owner=[10] * 6 + [30] * 6, strain_mean=[0.6] * 6 + [0.2] * 6, ill=[1] * 6 + [1] * 6,
        duty_price=[15000] + [12000] * 11, shifts_sold=[10, 20] + [0] * 10, locum_hours_asked=100,
        locum_hours_given=75,
    )  # fmt: skip
    tables = {"workforce_month": months, "post_month": post_month(shifts=(30, 20))}
    assert value("strain_mean", tables) == pytest.approx(0.3)  # over GP-months, not over months
    assert value("long_illness", tables) == 5
    assert value("duty_price", tables) == 130  # ten at 150 and twenty at 120 euro
    assert value("shifts_sold", tables) == 5
    assert value("locum_hours_met", tables) == 75


def test_risk_and_benefit_by_practice() -> None:
    tables = {"practice_year": practice_year(list=[2000, 0], risk=[300.0, 0.0], benefit=[150.0, 0.0])}
    assert value("practice_risk", tables) == 300  # a practice without a list has no risk
    assert value("practice_benefit", tables) == 150
    assert groups("practice_risk", tables, "municipality") == {0: 300, 1: pytest.approx(math.nan, nan_ok=True)}


def test_money() -> None:
    tables = {
        "practice_year": practice_year(
            income=[50_000_000, 30_000_000], cost=[30_000_000, 30_000_000], result=[20_000_000, 0], owner_fte=[1.25, 0]
        ),
        "practice_month": practice_month(list_size=(2000, 1000)),
        "insurer_year": insurer_year(total=90_000_000, posts=9_000_000, temporary=45_000),
        "group_year": group_year(people=[1000, 1000, 1000, 600]),
    }
    assert value("insurer_cost", tables) == 250
    assert value("insurer_cost_posts", tables) == 25
    assert value("insurer_cost_temporary", tables) == 0.125
    assert value("package_cost", tables) == 0
    spent = {"year": [2025, 2025, 2026], "payer": ["insurer", "state", "state"], "cents": [180_000, 180_000, 5]}
    tables["intervention_cost"] = {name: np.array(column) for name, column in spent.items()}
    assert value("package_cost", tables) == 1
    assert value("practice_income", tables) == pytest.approx(800_000 / 3000)
    assert groups("practice_cost", tables, "practice") == {0: 150, 1: 300}
    assert value("practice_result", tables) == 160_000
    assert value("practice_result_norm", tables) == pytest.approx(100 * 160_000 / labour_norm())
    assert 195_000 < labour_norm() < 205_000


def test_a_practice_without_owners_has_no_result_of_owners() -> None:
    tables = {"practice_year": practice_year(result=[20_000_000, -9_000_000], owner_fte=[1.0, 0.0])}
    assert value("practice_result", tables) == 200_000
    assert math.isnan(groups("practice_result", tables, "practice")[1])
