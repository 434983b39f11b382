"""A placebo: people who are picked for high use need less in the year after, though nobody did anything.

How much less follows from the counts alone, whatever makes people differ (Robbins 1956): of those with x needs in a
year, the mean number in a like year is (x + 1) times how many had x + 1, over how many had x. Published: referred to a
welfare coach, patients went from 10.0 to 8.6 contacts a year while controls went from 3.9 to 4.3.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pytest

from sim.agents.people import People
from sim.dates import Calendar, month_of
from sim.parameters import load_parameters
from sim.randomness.ids import Kind, identify
from sim.region import load_region
from sim.region.population import synthesise
from sim.source import COMPILED
from sim.world.needs import OUT_OF_HOURS, NeedTables, draw_month, person_factor_norm, set_rates
from tests.model.digest import build
from tests.region.islands import make_islands

Ints = npt.NDArray[np.int64]

pytestmark = pytest.mark.skipif(not COMPILED, reason="hundreds of thousands of people need compiled kernels")

START = date(2025, 1, 1)
JANUARY = month_of(START)
CALENDAR = Calendar(START, 800)
PICKED = 10.0
"""Needs or contacts in the year in which they were picked, as published."""


def two_years(people: People, tables: NeedTables) -> tuple[Ints, Ints]:
    """Needs in office hours of everybody in two years in which nobody ages and nothing is done."""
    years = np.zeros((2, people.n), np.int64)
    for k in range(24):
        days = np.flatnonzero(CALENDAR.month_index == JANUARY + k)
        needs = draw_month(people, tables, 1, JANUARY + k, int(days[0]), days.size, CALENDAR.weekday, CALENDAR.is_open)
        years[k // 12] += np.bincount(needs.row[needs.ordinal < OUT_OF_HOURS], minlength=people.n)
    return years[0], years[1]


def picked(first: Ints) -> npt.NDArray[np.bool_]:
    """The high users, from so many needs on that their mean is nearest to the published one."""
    bars = [k for k in range(1, 40) if np.count_nonzero(first >= k) > 200]
    return np.asarray(first >= min(bars, key=lambda k: abs(first[first >= k].mean() - PICKED)))


def expected(first: Ints, who: npt.NDArray[np.bool_]) -> float:
    """Mean of the next year of the group that is everybody from some count on, by Robbins."""
    bar = int(first[who].min())
    return float((first * (first >= bar + 1)).sum() / who.sum())


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> People:
    """Everybody of a region, as different as the product makes them, four times over."""
    parameters = load_parameters()
    region = load_region(make_islands(tmp_path_factory.mktemp("placebo")), parameters)
    columns = synthesise(region, parameters, 1, 4.0)
    everybody = People()
    everybody.add(len(columns["uid"]), **columns)
    return everybody


def test_high_users_regress_to_the_mean_as_far_as_robbins_says(people: People) -> None:
    tables = NeedTables.of(load_parameters())
    set_rates(people, tables, person_factor_norm(people, tables, JANUARY), JANUARY)
    first, second = two_years(people, tables)
    who = picked(first)
    assert first[who].mean() == pytest.approx(PICKED, abs=0.8)
    error = second[who].std(ddof=1) / np.sqrt(who.sum())
    assert error <= 0.01 * second[who].mean()
    assert abs(second[who].mean() - expected(first, who)) <= 3.0 * np.hypot(error, robbins_error(first, who))
    # They need less, the others more, all together the same; and who was picked still needs more than the others.
    assert second[who].mean() < first[who].mean() - 10.0 * error
    assert second[~who].mean() > first[~who].mean() + 0.05
    assert second.mean() == pytest.approx(first.mean(), rel=0.01)
    assert second[who].mean() > 1.5 * second[~who].mean()


def robbins_error(first: Ints, who: npt.NDArray[np.bool_]) -> float:
    """Standard error of ``expected``: a mean over the group of its counts, those at the bar counted as none."""
    bar = int(first[who].min())
    return float(np.where(first[who] > bar, first[who], 0).std(ddof=1) / np.sqrt(who.sum()))


def test_who_is_picked_by_what_lasts_does_not_regress(people: People) -> None:
    """The same high users picked by their rate, not by a year's luck."""
    tables = NeedTables.of(load_parameters())
    set_rates(people, tables, person_factor_norm(people, tables, JANUARY), JANUARY)
    first, second = two_years(people, tables)
    rate = people.rate_day[: people.n]
    who = rate >= np.quantile(rate, 0.9)
    change = (second - first)[who]
    error = change.std(ddof=1) / np.sqrt(who.sum())
    assert abs(change.mean()) <= 3.0 * error and error <= 0.01 * first[who].mean()


def test_without_differences_between_people_nothing_is_left_of_high_use() -> None:
    """One age, one sex, no conditions, no spread of frailty: the high use was luck, and the next year shows none."""
    n = 100_000
    people = People()
    columns = {"frailty": np.random.default_rng(1).gamma(2.0, 0.5, n), "conditions": np.arange(n) % 16}
    people.add(
        n, uid=identify(Kind.RESIDENT, np.arange(n), 0, 0), birth_month=JANUARY - 960, deprivation=np.arange(n) % 3,
        **columns,
    )  # fmt: skip
    tables = NeedTables.of(load_parameters())
    same = replace(
        tables,
        deprivation=np.ones(3),
        condition=np.ones(16),
        frailty_weight=np.zeros(7),
        day_rate=np.full((2, 7), 6.0),
    )
    set_rates(people, same, person_factor_norm(people, same, JANUARY), JANUARY)
    assert np.ptp(people.rate_day[:n]) == 0.0
    first, second = two_years(people, same)
    who = picked(first)
    error = second[who].std(ddof=1) / np.sqrt(who.sum())
    assert first[who].mean() > 9.0
    assert abs(second[who].mean() - second[~who].mean()) <= 3.0 * error <= 0.03 * second.mean()
    # with the differences, the same people picked in the same way keep a part of their use
    unlike = replace(same, frailty_weight=np.ones(7))
    set_rates(people, unlike, person_factor_norm(people, unlike, JANUARY), JANUARY)
    first, second = two_years(people, unlike)
    who = picked(first)
    assert second[who].mean() > second[~who].mean() + 1.0


@pytest.mark.slow
def test_in_the_whole_model_contacts_regress_too() -> None:
    """Contacts with anybody in the practice of adults who stay for two years, in a region where nothing is done."""
    model = build(0.04, years=2)
    rows = model.people.rows.copy()
    uid = model.people.uid[rows].copy()
    adults = model.people.birth_month[rows] < model.first_month - 18 * 12
    days = np.zeros((2, rows.size), np.int64)
    for day in range(730):
        model.advance(1)
        days[day // 365] += model.people.last_seen[rows] == model.run_in + model.day - 1
    stay = adults & model.people.alive[rows] & (model.people.uid[rows] == uid)
    first, second = days[:, stay]
    who = picked(first)
    grown = second.mean() / first.mean()  # ageing and growing demand
    error = second[who].std(ddof=1) / np.sqrt(who.sum())
    assert first[who].mean() == pytest.approx(PICKED, abs=1.0)
    assert second[who].mean() < grown * first[who].mean() - 3.0 * error
    assert second[~who].mean() > first[~who].mean()
