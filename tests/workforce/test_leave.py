"""Leave, sickness and the finite stock of locum hours."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import numpy as np
import pytest

import sim.workforce.leave as module
from sim.compiled import COMPILED
from sim.dates import Calendar
from sim.region.practice_books import Books, Role
from sim.workforce.leave import (
    Leave,
    apply_sickness,
    capacity_for_day,
    leave_weeks,
    plan_leave,
    sickness_week,
)
from tests.workforce.crowd import SEED, shipped, small, whole

YEARS = range(2025, 2028)


@pytest.fixture(scope="module")
def books() -> Books:
    return whole()[2].books


@pytest.fixture(scope="module")
def leave(books: Books) -> Leave:
    return plan_leave(books, YEARS, shipped(), SEED)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar(date(2025, 1, 1), 730)


def day_of(calendar: Calendar, day: int) -> tuple[int, int, int, bool]:
    return (
        int(calendar.iso_year[day]),
        int(calendar.iso_week[day]),
        int(calendar.weekday[day]),
        bool(calendar.is_open[day]),
    )


def test_everybody_takes_six_weeks_in_weeks_that_exist(leave: Leave) -> None:
    for year in YEARS:
        assert np.all(leave.weeks[year].sum(axis=0) == 6)
    assert not leave.weeks[2025][52].any()  # 2025 and 2027 have 52 weeks, 2026 has 53
    assert leave.weeks[2026][52].any()
    assert not leave.weeks[2027][52].any()


def test_leave_falls_in_school_holidays_and_colleagues_avoid_each_other(books: Books, leave: Leave) -> None:
    away = leave.weeks[2025]
    per_week = away.sum(axis=1)
    assert per_week[28:33].mean() > 1.5 * per_week[35:40].mean()
    practice = books.practice[: books.gp_books]
    both = np.zeros((53, practice.max() + 1), int)
    for week in range(53):
        np.add.at(both[week], practice, away[week])
    heads = np.bincount(practice)
    duo = both[:, heads == 2]
    assert (duo == 2).sum() < 0.1 * (duo > 0).sum() / 6
    large = both[:, heads >= 3]
    assert np.all(large.max(axis=0) < heads[heads >= 3])  # never all away at once


def test_leave_is_keyed_by_gp_and_year(books: Books, leave: Leave) -> None:
    gps = books.gp_books
    practice = books.practice[:gps]
    group = books.practice_group[practice]
    order = np.random.default_rng(4).permutation(gps)
    mixed = leave_weeks(books.uid[:gps][order], practice[order], group[order], 2025, shipped(), SEED)
    assert np.array_equal(mixed, leave.weeks[2025][:, order])
    other = leave_weeks(books.uid[:gps], practice, group, 2025, shipped(), SEED + 1)
    assert not np.array_equal(other, leave.weeks[2025])
    assert not np.array_equal(leave.weeks[2027], leave.weeks[2025])


def test_capacity_of_a_year(books: Books, leave: Leave, calendar: Calendar) -> None:
    gps = books.gp_books
    total = np.zeros(books.size)
    for day in range(365):
        year, week, weekday, is_open = day_of(calendar, day)
        capacity, use = capacity_for_day(books, leave, year, week, weekday, is_open)
        assert capacity.dtype == np.int32
        assert capacity.min() >= 0
        if not is_open:
            assert not capacity.any()
            assert not use.used.any()
            continue
        away = leave.weeks[year][week - 1]
        assert np.array_equal(capacity[:gps], np.where(away, 0, books.week_seconds[:gps, weekday]))
        lost = np.bincount(group_of(books), np.where(away, books.week_seconds[:gps, weekday], 0), 22)
        assert np.array_equal(use.asked, lost)
        seats = capacity[books.role == Role.LOCUM_SEAT]
        handed = np.bincount(books.practice_group, seats)
        assert np.array_equal(handed, use.used)
        pool = leave.locum_seconds[weekday]
        assert np.all(handed <= pool)
        assert np.all(handed > pool - 20)  # rounding down, at most one second and a bit a practice
        assert np.all(use.covered <= np.minimum(use.asked, pool))
        assert np.all(use.covered > np.minimum(use.asked, pool) - 10)
        total += capacity
    worked = total[:gps].sum() / books.week_seconds[:gps].sum()
    assert 43.5 < worked < 46.0  # 46 weeks less public holidays


def group_of(books: Books) -> Any:
    return books.practice_group[books.practice[: books.gp_books]]


def test_locums_go_first_to_practices_on_leave(books: Books, leave: Leave) -> None:
    gps, weekday = books.gp_books, 1
    nobody = dataclasses.replace(leave, weeks={2025: np.zeros_like(leave.weeks[2025])})
    calm, use = capacity_for_day(books, nobody, 2025, 10, weekday, True)
    assert not use.asked.any()
    seats = books.practice_role_book[:, Role.LOCUM_SEAT]
    of = books.practice_group
    share = books.practice_list / np.bincount(of, books.practice_list)[of]
    assert calm[seats] == pytest.approx(leave.locum_seconds[weekday][of] * share, abs=1)
    one = np.zeros_like(leave.weeks[2025])
    solo = int(np.flatnonzero(np.bincount(books.practice[:gps]) == 1)[0])
    gp = int(books.practice_gp_books[solo, 0])
    weekday = int(np.argmax(books.week_seconds[gp]))
    one[9, gp] = True
    calm, _ = capacity_for_day(books, nobody, 2025, 10, weekday, True)
    covered, use = capacity_for_day(books, dataclasses.replace(leave, weeks={2025: one}), 2025, 10, weekday, True)
    group = of[solo]
    lost, pool = books.week_seconds[gp, weekday], leave.locum_seconds[weekday][group]
    assert covered[gp] == 0
    assert use.covered[group] == min(lost, pool)
    assert covered[seats[solo]] > calm[seats[solo]]
    neighbours = seats[(of == group) & (np.arange(of.size) != solo)]
    assert np.all(covered[neighbours] < calm[neighbours])
    assert np.array_equal(covered[seats[of != group]], calm[seats[of != group]])


def test_sickness_takes_the_published_share_of_days(books: Books) -> None:
    weeks = [sickness_week(books, week, shipped(), SEED) for week in range(200)]
    gps = np.stack([week[:, : books.gp_books] for week in weeks])
    assert set(np.unique(gps)) == {0, 1000}
    chance = shipped().number("workforce.sick_weeks")
    assert gps.mean() / 1000 == pytest.approx(chance * 3 / 5, rel=0.04)
    assert (gps.max(axis=1) > 0).mean() == pytest.approx(chance, rel=0.03)
    by_day = gps.mean(axis=(0, 2))
    assert by_day.max() < 1.15 * by_day.min()
    for week in gps[:20]:  # a spell is one stretch of days, Monday following Friday
        turns = np.abs(np.diff(np.vstack([week, week[:1]]).astype(int), axis=0)).sum(axis=0) // 1000
        assert set(np.unique(turns)) <= {0, 2}
    length = (gps == 1000).sum(axis=1)
    assert np.bincount(length[length > 0]) / (length > 0).sum() == pytest.approx([0, 0.2, 0.2, 0.2, 0.2, 0.2], abs=0.02)
    staff = np.stack([week[:, books.role > Role.LOCUM_SEAT] for week in weeks])
    assert staff.mean() / 1000 == pytest.approx(shipped().number("workforce.staff_sick"), rel=0.03)
    assert not np.any([week[:, books.role == Role.LOCUM_SEAT] for week in weeks])


def test_sickness_is_keyed_by_book_and_week(books: Books) -> None:
    week = sickness_week(books, 12, shipped(), SEED)
    assert np.array_equal(sickness_week(books, 12, shipped(), SEED), week)
    assert not np.array_equal(sickness_week(books, 13, shipped(), SEED), week)
    assert not np.array_equal(sickness_week(books, 12, shipped(), SEED + 1), week)
    order = np.random.default_rng(6).permutation(books.size)
    mixed = dataclasses.replace(books, uid=books.uid[order], role=books.role[order])
    assert np.array_equal(sickness_week(mixed, 12, shipped(), SEED), week[:, order])


def test_sick_cover_conserves_seconds(books: Books, leave: Leave, calendar: Calendar) -> None:
    asked = covered = kept = 0
    for day in range(120):
        year, week, weekday, is_open = day_of(calendar, day)
        planned, _ = capacity_for_day(books, leave, year, week, weekday, is_open)
        before = planned.copy()
        sick = sickness_week(books, week, shipped(), SEED)[min(weekday, 4)]
        after = apply_sickness(books, leave, planned, sick, weekday, is_open)
        assert np.array_equal(planned, before)
        assert after.capacity.min() >= 0
        if not is_open:
            assert not after.capacity.any()
            continue
        lost = planned.astype(np.int64) * sick // 1000
        assert np.array_equal(after.asked, np.bincount(group_of(books), lost[: books.gp_books], 22))
        # nothing but sickness takes seconds away, nothing but the hours kept back adds any
        added = after.covered + after.released
        assert after.capacity.sum() == planned.sum() - lost.sum() + added.sum()
        pool = leave.kept_seconds[weekday]
        assert np.all(added <= pool)
        assert np.all(added > pool - 20)
        assert np.all(after.covered <= np.minimum(after.asked, pool))
        asked, covered, kept = asked + after.asked.sum(), covered + after.covered.sum(), kept + pool.sum()
    assert 0 < covered < asked
    assert covered < kept


def test_more_hours_kept_back_cover_more_sickness(books: Books, calendar: Calendar) -> None:
    covered = []
    for share in (0.0, 0.1, 0.3):
        p = shipped().replace({"workforce.locum_kept_back": share})
        leave = plan_leave(books, [2025], p, SEED)
        total = 0
        for day in range(40, 80):
            year, week, weekday, is_open = day_of(calendar, day)
            planned, _ = capacity_for_day(books, leave, year, week, weekday, is_open)
            sick = sickness_week(books, week, p, SEED)[min(weekday, 4)]
            total += int(apply_sickness(books, leave, planned, sick, weekday, is_open).covered.sum())
        covered.append(total)
    assert covered[0] == 0
    assert covered[0] < covered[1] < covered[2]


@pytest.mark.skipif(not COMPILED, reason="kernels run interpreted already")
def test_interpreted_kernels_give_the_same(leave: Leave, monkeypatch: pytest.MonkeyPatch) -> None:
    books = small()[2].books
    plan = plan_leave(books, [2025], shipped(), SEED)
    sick = sickness_week(books, 9, shipped(), SEED)
    planned, use = capacity_for_day(books, plan, 2025, 30, 2, True)
    after = apply_sickness(books, plan, planned, sick[2], 2, True)
    for name in ("_take_leave", "_take_sickness", "_share_out", "_fall_sick"):
        monkeypatch.setattr(module, name, getattr(module, name).py_func)
    assert np.array_equal(sickness_week(books, 9, shipped(), SEED), sick)
    again, use_again = capacity_for_day(books, plan, 2025, 30, 2, True)
    assert np.array_equal(again, planned)
    assert np.array_equal(use_again.used, use.used)
    assert np.array_equal(apply_sickness(books, plan, planned, sick[2], 2, True).capacity, after.capacity)


def test_a_group_without_locums_is_covered_by_nobody() -> None:
    books = small()[2].books
    bare = dataclasses.replace(books, locum_day_seconds=np.zeros_like(books.locum_day_seconds))
    plan = plan_leave(bare, [2025], shipped(), SEED)
    capacity, use = capacity_for_day(bare, plan, 2025, 30, 2, True)
    assert use.asked.sum() > 0
    assert not use.used.any()
    assert not capacity[bare.role == Role.LOCUM_SEAT].any()
