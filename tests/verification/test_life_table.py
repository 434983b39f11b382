"""Cohorts against a life table that is worked out by hand: who dies at which age, who is born and lives on."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from sim.agents.people import People
from sim.parameters import load_parameters
from sim.randomness.ids import Kind, identify
from sim.region import load_region
from sim.region.curves import AGES
from sim.source import COMPILED
from sim.world.demography import Demography, demography_month
from sim.world.tables import MonthTables, _by_month, _words, monthly
from tests.region.islands import make_islands

MONTH = 1500
N = 40_000

large = pytest.mark.skipif(not COMPILED, reason="millions of person-months need compiled kernels")

RATES = {60: 0.02, 61: 0.0, 62: 0.10, 63: 0.30, 64: 1e9}
"""Deaths a year of the men, by age. At 64 nobody is left."""
LIFE_TABLE = {60: 100_000, 61: 98_020, 62: 98_020, 63: 88_692, 64: 65_705, 65: 0}
"""Of 100,000 who turn 60: l(x + 1) = l(x) exp(-rate), to whole persons."""
FERTILITY = 0.5
"""Births a year of women of 30, and of no others."""
INFANTS = 0.3
"""Deaths a year in the first year of life."""


def table(rates: dict[int, float]) -> npt.NDArray[np.float64]:
    curve = np.zeros(AGES)
    for age, rate in rates.items():
        curve[age] = rate
    return curve


def cohort(tmp_path: Path, sex: int, age: int, n: int = N) -> tuple[People, Demography]:
    """People who turn ``age`` this month, in a region where nothing happens but deaths and births."""
    parameters = load_parameters()
    region = load_region(make_islands(tmp_path), parameters)
    people = People()
    people.add(
        n,
        uid=identify(Kind.RESIDENT, np.arange(n), 0, 0),
        birth_month=MONTH - 12 * age,
        sex=sex,
        node=0,
        household=identify(Kind.HOUSEHOLD, np.arange(n), 0, 0),
    )
    demography = Demography.of(region, parameters, people, 1, MONTH)
    infants = {0: INFANTS}
    words = [
        _words(_by_month(monthly(np.stack([table(RATES | infants), table(infants)])))),
        _words(_by_month(monthly(table({30: FERTILITY})))),
        np.zeros(12 * AGES, np.uint32),
        np.zeros((3, 12 * AGES), np.uint32),
        np.zeros((2, 3, 12 * AGES), np.uint32),
    ]
    death, birth, leave_home, move, change = words
    quiet = np.zeros_like(demography.tables.onset)
    tables = MonthTables(
        death, birth, leave_home, move, change,
        np.array([death.max(), birth.max(), 0, 0, 0], np.uint32), quiet, quiet,
    )  # fmt: skip
    return people, replace(demography, tables=tables, net=np.zeros_like(demography.net))


def test_the_table_is_the_rates() -> None:
    for age, rate in RATES.items():
        assert LIFE_TABLE[age + 1] == pytest.approx(LIFE_TABLE[age] * math.exp(-rate), abs=1.0)


@large
def test_a_cohort_dies_by_the_life_table(tmp_path: Path) -> None:
    people, demography = cohort(tmp_path, sex=0, age=60)
    alive = N
    for age in RATES:
        died = sum(demography_month(people, demography, 1, MONTH + 12 * (age - 60) + k, 0).died.size for k in range(12))
        chance = 1.0 - LIFE_TABLE[age + 1] / LIFE_TABLE[age]
        assert abs(died - alive * chance) <= 3.0 * math.sqrt(alive * chance * (1.0 - chance)) + 1.0, age
        alive -= died
        expected = N * LIFE_TABLE[age + 1] / 100_000
        error = math.sqrt(expected * (1.0 - expected / N))
        assert len(people) == alive
        assert abs(alive - expected) <= 3.0 * error + 1.0 and error <= 0.01 * max(expected, 1.0), age


def test_nobody_sees_the_second_month_of_an_age_at_which_all_die(tmp_path: Path) -> None:
    """To the month: the last of a cohort die in the month in which they turn 64, and not before."""
    people, demography = cohort(tmp_path, sex=0, age=63, n=2_000)
    for k in range(12):
        demography_month(people, demography, 1, MONTH + k, 0)
    assert len(people) > 0.7 * 2_000
    demography_month(people, demography, 1, MONTH + 12, 0)
    assert len(people) == 0


@large
def test_children_are_born_for_one_year_of_the_mothers_life_and_live_by_the_table(tmp_path: Path) -> None:
    people, demography = cohort(tmp_path, sex=1, age=29)
    born = np.array([demography_month(people, demography, 1, MONTH + k, 0).born.size for k in range(36)])
    assert born[:12].sum() == 0 and born[24:].sum() == 0 and born[12:24].min() > 0
    a_month = N * (1.0 - math.exp(-FERTILITY / 12.0))
    assert abs(born.sum() - 12 * a_month) <= 3.0 * math.sqrt(12 * a_month) <= 0.03 * 12 * a_month
    # Who was born in month k has lived 35 - k months at the end, at most twelve of them dangerous.
    expected = sum(a_month * math.exp(-INFANTS * min(35 - k, 11) / 12.0) for k in range(12, 24))
    children = people.rows[people.birth_month[people.rows] >= MONTH]
    error = math.sqrt(expected)
    assert abs(children.size - expected) <= 3.0 * error and error <= 0.01 * expected
    boys = float(load_parameters().number("demography.boys"))
    share = float((people.sex[children] == 0).mean())
    assert abs(share - boys) <= 3.0 * math.sqrt(boys * (1.0 - boys) / children.size)
