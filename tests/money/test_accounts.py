"""Accounts by hand: every part alone, sums that hold to the cent, and the norm practice against what is published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.money.accounts import Accounts, YearInput, accounts_year, housing_cost
from sim.money.tariffs import QUARTERS, Index, Tariffs, price_level
from sim.parameters import Parameters, load_parameters

HOUR = 3600
NORM_LIST = 2095


@pytest.fixture(scope="module")
def p() -> Parameters:
    return load_parameters()


@pytest.fixture(scope="module")
def tariffs(p: Parameters) -> Tariffs:
    return Tariffs.of(p)


def nothing(practices: int = 2) -> YearInput:
    """A year in which nothing happened."""
    ints: dict[str, Any] = {
        name: np.zeros(practices, np.int64)
        for name in (
            "mental_contacts", "advanced_contacts", "gp_seconds", "locum_seconds", "rent", "temporary_months",
            "sold_paid",
        )
    }  # fmt: skip
    floats: dict[str, Any] = {name: np.zeros(practices) for name in ("employed_fte", "fixed_locum_fte")}
    return YearInput(
        registered=np.zeros((practices, 7, 3), np.int64),
        contacts=np.zeros((practices, 4), np.int64),
        passants=0,
        staff_fte=np.zeros((practices, 4)),
        duty_seconds=np.zeros((practices, 3), np.int64),
        sold_seconds=np.zeros((practices, 3), np.int64),
        post_contacts=np.zeros(3, np.int64),
        **ints,
        **floats,
    )


def account(tariffs: Tariffs, **changes: Any) -> Accounts:
    return accounts_year(replace(nothing(), **changes), tariffs)


def test_nothing_costs_nothing(tariffs: Tariffs) -> None:
    found = account(tariffs)
    assert not any(column.any() for column in found.columns().values())
    assert found.insurer == 0


def test_registration_by_age_and_deprived_area(tariffs: Tariffs) -> None:
    registered = np.zeros((2, 7, 3), np.int64)
    registered[0, 2, 0] = 4  # one adult of working age through the year
    registered[1, 6, 2] = 2  # half a year of somebody of 85 in a deprived area
    found = account(tariffs, registered=registered)
    assert found.registration.tolist() == [4 * 2035, 2 * (5669 + 644)]
    assert found.modules.tolist() == [4 * 698, 2 * 698]
    assert found.contracted.tolist() == [4 * tariffs.contracted, 2 * tariffs.contracted]
    assert found.material.tolist() == [4 * tariffs.material, 2 * tariffs.material]
    assert housing_cost(registered, tariffs).tolist() == [4 * tariffs.housing, 2 * tariffs.housing]


def test_contacts_by_mode_and_by_other_roles(tariffs: Tariffs) -> None:
    contacts = np.array([[2, 10, 1, 0], [0, 0, 0, 3]])
    found = account(tariffs, contacts=contacts, mental_contacts=np.array([1, 0]), advanced_contacts=np.array([0, 100]))
    assert found.consults.tolist() == [2 * 621 + 10 * 1243 + 2485 + 2485, 3 * 2485 + 100 * 970]
    assert found.income.tolist() == found.consults.tolist()


def test_passants_are_divided_by_gp_time_to_the_cent(tariffs: Tariffs) -> None:
    found = account(tariffs, passants=1, gp_seconds=np.array([200, 100]))
    assert found.passants.sum() == 3186 and found.passants.tolist() == [2124, 1062]
    thirds = account(tariffs, passants=1, gp_seconds=np.array([3, 3]))
    assert thirds.passants.tolist() == [1593, 1593]
    three = accounts_year(replace(nothing(3), passants=1, gp_seconds=np.array([2, 2, 3])), tariffs)
    assert three.passants.sum() == 3186 and three.passants.tolist() == [910, 910, 1366]


def test_wages_locums_rent(tariffs: Tariffs) -> None:
    found = account(
        tariffs,
        staff_fte=np.array([[1.0, 0.5, 0.0, 0.0], [0.0, 0.0, 1.0, 0.25]]),
        employed_fte=np.array([0.5, 0.0]),
        fixed_locum_fte=np.array([0.0, 0.1]),
        locum_seconds=np.array([HOUR, 2 * HOUR]),
        rent=np.array([100, 200]),
    )
    assistant, somatic, mental, advanced = tariffs.staff.tolist()
    assert found.staff.tolist() == [assistant + somatic // 2, mental + advanced // 4]
    assert found.employed_gps.tolist() == [8_100_000, 1_430_000]
    assert found.locums.tolist() == [13283, 2 * 13283]
    assert found.cost.tolist() == (found.staff + found.employed_gps + found.locums + [100, 200]).tolist()
    assert found.result.tolist() == (-found.cost).tolist()


def test_duty_stands_beside_the_day(tariffs: Tariffs) -> None:
    evening, night, weekend = tariffs.duty.tolist()
    found = account(
        tariffs,
        duty_seconds=np.array([[HOUR, 0, 2 * HOUR], [0, HOUR, 0]]),
        sold_seconds=np.array([[0, HOUR, 0], [0, 0, 0]]),
        sold_paid=np.array([night + 1000, 0]),
    )
    assert found.duty_pay.tolist() == [evening + 2 * weekend, night]
    assert found.duty_sold.tolist() == [1000, 0]
    assert not found.result.any() and found.insurer == 0


def test_what_the_insurer_pays(tariffs: Tariffs) -> None:
    found = account(
        tariffs,
        contacts=np.array([[0, 1, 0, 0], [0, 2, 0, 0]]),
        post_contacts=np.array([10, 5, 1]),
        temporary_months=np.array([0, 3]),
    )
    post = int(np.array([10, 5, 1]) @ tariffs.post)
    assert found.insurer == 3 * 1243 + post + 3 * tariffs.temporary_month
    assert found.income.tolist() == [1243, 2 * 1243], "support is no income of the owners"


def test_sums_hold_to_the_cent(tariffs: Tariffs) -> None:
    rng = np.random.default_rng(5)
    full = replace(
        nothing(6),
        registered=rng.integers(0, 500, (6, 7, 3)),
        contacts=rng.integers(0, 9000, (6, 4)),
        passants=431,
        gp_seconds=rng.integers(0, 10**7, 6),
        staff_fte=rng.random((6, 4)),
        employed_fte=rng.random(6),
        locum_seconds=rng.integers(0, 10**6, 6),
        rent=rng.integers(0, 10**7, 6),
    )
    found = accounts_year(full, tariffs)
    columns = found.columns()
    assert all(column.dtype == np.int64 for column in columns.values())
    incomes = sum(column for name, column in columns.items() if name.startswith("income_"))
    costs = sum(column for name, column in columns.items() if name.startswith("cost_"))
    assert np.array_equal(incomes, columns["income"]) and np.array_equal(costs, columns["cost"])
    assert found.passants.sum() == 431 * tariffs.passant
    assert found.insurer == columns["income"].sum()


def test_a_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="staff_fte must have the shape"):
        replace(nothing(), staff_fte=np.zeros((2, 3)))
    with pytest.raises(ValueError, match="rent must have the shape"):
        replace(nothing(), rent=np.zeros(3, np.int64))


# the norm practice

AGE_SHARES = {4: 0.114, 5: 0.063, 6: 0.023}
"""Shares of 65-74, 75-84, 85+ in the Netherlands of 2022 (CBS), by age band of the ledger."""
UNITS = (666, 2430, 1386)
"""Tariff units per 1,000 insured in 2022, under 5, 5-20 and 20 minutes or more (NZa Tabel 38): weights 0.5, 1, 2."""
STAFF = (2.37, 0.76, 0.39, 0.0)
"""FTE per practice of 3,672 people in 2022 (NZa Tabel 37); employed GPs 0.23, fixed locums 0.35, other locums 0.18."""
PRACTICE = 3672
PER_OWNER = 2650


def norm_practice(tariffs: Tariffs) -> Accounts:
    """A practice of the norm list with the national list, contacts and staff."""
    size = float(NORM_LIST)
    ages = np.zeros(7)
    for band, share in AGE_SHARES.items():
        ages[band] = share
    ages[2] = 1.0 - ages.sum()
    registered = np.zeros((1, 7, 3))
    registered[0, :, 2] = ages * 0.085
    registered[0, :, 1] = ages * 0.915
    short, regular, long = (units * size / 1000 for units in UNITS)
    paid_hours = 0.18 * 38 * 46 * size / PRACTICE
    norm = replace(
        nothing(1),
        registered=np.rint(registered * size * QUARTERS).astype(np.int64),
        contacts=np.rint([[short / 0.5, regular, long / 2, 0.0]]).astype(np.int64),
        staff_fte=np.array([STAFF]) * size / PRACTICE,
        employed_fte=np.array([0.23 * size / PRACTICE]),
        fixed_locum_fte=np.array([0.35 * size / PRACTICE]),
        locum_seconds=np.rint([paid_hours / 1.5 * HOUR]).astype(np.int64),
    )
    return accounts_year(replace(norm, rent=housing_cost(norm.registered, tariffs)), tariffs)


def test_income_of_the_norm_practice_is_what_is_published(tariffs: Tariffs) -> None:
    """All-in cost per GP FTE at the prices of 2025, 503,000 (440,000-570,000) euro for 2,198 people, and NZa's revenue
    of 329,105 euro per norm practice in 2015 carried forward by no less than the fees of 2018.
    """
    income = norm_practice(tariffs).income[0] / 100
    per_person = 16.528e6 / 7520
    assert 440_000 * NORM_LIST / per_person < income < 570_000 * NORM_LIST / per_person
    assert income > 329_105 * 12.43 / 9.59


def test_costs_of_the_norm_practice_are_what_is_published(p: Parameters, tariffs: Tariffs) -> None:
    """NZa's cost study of 2022: staff 88.0, treatment and other 30.2, housing 16.0 euro per insured."""
    found = norm_practice(tariffs)
    staff = 88.0 * NORM_LIST * price_level(p, Index.LABOUR, 2022)
    assert (found.staff + found.employed_gps + found.locums)[0] / 100 == pytest.approx(staff, rel=0.05)
    whole = staff + NORM_LIST * (
        30.2 * price_level(p, Index.MATERIAL, 2022) + 16.0 * price_level(p, Index.HOUSING, 2022)
    )
    assert found.cost[0] / 100 == pytest.approx(whole, rel=0.05)


def test_result_of_the_norm_practice_is_near_the_labour_norm(p: Parameters, tariffs: Tariffs) -> None:
    """NZa counts 212,962 euro for 1.39 FTE of owners within the tariffs in 2022; the norm for all work is higher."""
    found = norm_practice(tariffs)
    per_fte = found.result[0] / 100 / (NORM_LIST / PER_OWNER)
    within = 212_962 / 1.39 * price_level(p, Index.LABOUR, 2022)
    assert 0.9 * within < per_fte < 1.1 * tariffs.labour_norm / 100
