"""Leave, sickness and the finite stock of locum hours."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import numpy as np
import pytest

import sim.workforce.leave as module
import sim.workforce.locums as locums
from sim.dates import Calendar
from sim.region.practice_books import Books, Role
from sim.source import COMPILED
from sim.workforce.leave import (
    Leave,
    apply_sickness,
    capacity_for_day,
    leave_weeks,
    plan_leave,
    sickness_week,
    update_leave,
)
from sim.workforce.locums import Gaps, Purpose, no_gaps
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
        assert np.array_equal(leave.weeks[year].sum(axis=0), np.where(leave.uid > 0, 6, 0))
    assert not leave.weeks[2025][52].any()  # 2025 and 2027 have 52 weeks, 2026 has 53
    assert leave.weeks[2026][52].any()
    assert not leave.weeks[2027][52].any()


def test_leave_falls_in_school_holidays_and_colleagues_avoid_each_other(books: Books, leave: Leave) -> None:
    away = leave.weeks[2025][:, : books.gp_books]
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
    planned = leave.weeks[2025][:, :gps]
    assert np.array_equal(mixed, planned[:, order])
    other = leave_weeks(books.uid[:gps], practice, group, 2025, shipped(), SEED + 1)
    assert not np.array_equal(other, planned)
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
            assert not use.given.any()
            continue
        away = leave.weeks[year][week - 1, :gps]
        assert np.array_equal(capacity[:gps], np.where(away, 0, books.week_seconds[:gps, weekday]))
        lost = np.bincount(group_of(books), np.where(away, books.week_seconds[:gps, weekday], 0), 22)
        assert np.array_equal(use.asked[Purpose.LEAVE], lost)
        assert use.asked.sum() == lost.sum()
        seats = capacity[books.role == Role.LOCUM_SEAT]
        handed = np.bincount(books.practice_group, seats)
        assert np.array_equal(handed, use.given.sum(axis=0))
        pool = leave.stock.ahead[weekday]
        assert np.array_equal(pool - handed, use.unused)
        assert np.all(handed > pool - 20)  # rounding down, at most one second and a bit a practice
        covered = use.given[Purpose.LEAVE]
        assert np.all(covered <= np.minimum(lost, pool))
        assert np.all(covered > np.minimum(lost, pool) - 10)
        total += capacity
    worked = total[:gps].sum() / books.week_seconds[:gps].sum()
    assert 43.5 < worked < 46.0  # 46 weeks less public holidays


def vacancies(books: Books) -> Gaps:
    """Two practices lack a GP for some hours, more than their group has; the first is under temporary management."""
    gaps = no_gaps(books)
    gaps.vacant[:, :2] = 20_000_000
    gaps.temporary[0] = True
    return dataclasses.replace(gaps, cover=np.array([0.01, 0.005]))


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
    assert calm[seats] == pytest.approx(leave.stock.ahead[weekday][of] * share, abs=1)
    one = np.zeros_like(leave.weeks[2025])
    solo = int(np.flatnonzero(np.bincount(books.practice[:gps]) == 1)[0])
    gp = int(books.practice_gp_books[solo, 0])
    weekday = int(np.argmax(books.week_seconds[gp]))
    one[9, gp] = True
    calm, _ = capacity_for_day(books, nobody, 2025, 10, weekday, True)
    covered, use = capacity_for_day(books, dataclasses.replace(leave, weeks={2025: one}), 2025, 10, weekday, True)
    group = of[solo]
    lost, pool = books.week_seconds[gp, weekday], leave.stock.ahead[weekday][group]
    assert covered[gp] == 0
    assert use.given[Purpose.LEAVE, group] == min(lost, pool)
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
        pool = leave.stock.kept[weekday]
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
    gaps = vacancies(books)
    filled, spent = capacity_for_day(books, dataclasses.replace(plan, gaps=gaps), 2025, 30, 2, True)
    for name in ("_take_absent", "_take_sickness", "_fall_sick"):
        monkeypatch.setattr(module, name, getattr(module, name).py_func)
    for name in ("_hand_out", "_fill_gaps", "_keep", "_up_to", "_share_within"):
        monkeypatch.setattr(locums, name, getattr(locums, name).py_func)
    assert np.array_equal(sickness_week(books, 9, shipped(), SEED), sick)
    again, use_again = capacity_for_day(books, plan, 2025, 30, 2, True)
    assert np.array_equal(again, planned)
    assert np.array_equal(use_again.given, use.given)
    filled_again, spent_again = capacity_for_day(books, dataclasses.replace(plan, gaps=gaps), 2025, 30, 2, True)
    assert np.array_equal(filled_again, filled)
    assert np.array_equal(spent_again.given, spent.given)
    assert np.array_equal(apply_sickness(books, plan, planned, sick[2], 2, True).capacity, after.capacity)


def test_a_group_without_locums_is_covered_by_nobody() -> None:
    books = small()[2].books
    bare = dataclasses.replace(books, locum_day_seconds=np.zeros_like(books.locum_day_seconds))
    plan = plan_leave(bare, [2025], shipped(), SEED)
    capacity, use = capacity_for_day(bare, plan, 2025, 30, 2, True)
    assert use.asked.sum() > 0
    assert not use.given.any()
    assert not capacity[bare.role == Role.LOCUM_SEAT].any()


# GPs who come, go and move


def rearranged(books: Books, order: Any) -> Books:
    """The same books in another order, with three unused ones at the end."""
    pad = {"uid": 0, "practice": -1, "role": -1, "gp": -1, "week_seconds": 0}
    place = np.empty(books.size, np.int64)
    place[order] = np.arange(books.size)
    columns = {}
    for name, empty in pad.items():
        column = getattr(books, name)[order]
        more = np.full((3, *column.shape[1:]), empty, column.dtype)
        columns[name] = np.concatenate([column, more])
    numbers = {
        name: np.where(getattr(books, name) >= 0, place[getattr(books, name)], -1).astype(np.int16)
        for name in ("practice_gp_books", "practice_role_book")
    }
    return dataclasses.replace(books, **columns, **numbers)


def without_gps(books: Books, rows: Any) -> Books:
    """Books whose given rows nobody uses."""
    columns = {name: getattr(books, name).copy() for name in ("uid", "practice", "role", "gp", "week_seconds")}
    for name, empty in (("uid", 0), ("practice", -1), ("role", -1), ("gp", -1), ("week_seconds", 0)):
        columns[name][rows] = empty
    return dataclasses.replace(books, **columns)


def test_nothing_depends_on_the_rows_that_books_have(books: Books, leave: Leave) -> None:
    order = np.random.default_rng(2).permutation(books.size)
    other = rearranged(books, order)
    plan = plan_leave(other, [2025], shipped(), SEED)
    assert np.array_equal(plan.weeks[2025][:, : books.size], leave.weeks[2025][:, order])
    assert not plan.weeks[2025][:, books.size :].any()
    for week, weekday in ((9, 0), (30, 2), (44, 4)):
        one, use = capacity_for_day(books, leave, 2025, week, weekday, True)
        two, use_two = capacity_for_day(other, plan, 2025, week, weekday, True)
        assert np.array_equal(two[: books.size], one[order])
        assert np.array_equal(use.given, use_two.given)
    moved = update_leave(leave, other, [2025, 2026], shipped(), SEED)  # the rows change, the GPs do not
    for year in (2025, 2026):
        assert np.array_equal(moved.weeks[year][:, : books.size], leave.weeks[year][:, order])


def test_without_changes_leave_stays_as_planned(books: Books, leave: Leave) -> None:
    same = update_leave(leave, books, YEARS, shipped(), SEED)
    assert all(np.array_equal(same.weeks[year], leave.weeks[year]) for year in YEARS)
    assert np.array_equal(same.week_seconds, leave.week_seconds)
    later = update_leave(plan_leave(books, [2025], shipped(), SEED), books, [2026, 2027], shipped(), SEED)
    assert sorted(later.weeks) == [2026, 2027]
    assert all(np.array_equal(later.weeks[year], leave.weeks[year]) for year in (2026, 2027))


def test_newcomers_choose_what_colleagues_leave_and_nobody_plans_anew(books: Books) -> None:
    gps = books.gp_books
    rows = np.arange(0, gps, 9)
    stay = np.setdiff1d(np.arange(gps), rows)
    few = without_gps(books, rows)
    before = plan_leave(few, [2025, 2026], shipped(), SEED)
    after = update_leave(before, books, [2025, 2026, 2027], shipped(), SEED)
    for year in (2025, 2026):
        assert np.array_equal(after.weeks[year][:, stay], before.weeks[year][:, stay])
        assert np.all(after.weeks[year][:, rows].sum(axis=0) == 6)
    assert not after.weeks[2025][52].any()
    assert np.array_equal(after.weeks[2027], plan_leave(books, [2027], shipped(), SEED).weeks[2027])
    clash = blind = 0  # weeks in which newcomer and colleague are both away: as chosen, and if chosen alone
    for row in rows.tolist():
        mates = np.flatnonzero((books.practice == books.practice[row]) & (books.role == Role.GP))
        mates = mates[mates != row]
        if mates.size:
            taken = after.weeks[2025][:, mates].any(axis=1)
            at = np.array([row])
            where = books.practice[at]
            alone = leave_weeks(books.uid[at], where, books.practice_group[where], 2025, shipped(), SEED)[:, 0]
            clash += int((after.weeks[2025][:, row] & taken).sum())
            blind += int((alone & taken).sum())
    assert clash < 0.3 * blind
    gone = update_leave(after, few, [2025, 2026], shipped(), SEED)
    assert np.array_equal(gone.weeks[2025][:, stay], after.weeks[2025][:, stay])
    assert not gone.weeks[2025][:, rows].any()


def test_who_moves_to_another_practice_keeps_the_weeks(books: Books, leave: Leave) -> None:
    mover, gone = 3, 90
    uid = books.uid.copy()
    uid[gone] = uid[mover]
    other = dataclasses.replace(without_gps(books, [mover]), uid=np.where(np.arange(uid.size) == mover, 0, uid))
    after = update_leave(leave, other, [2025], shipped(), SEED)
    assert np.array_equal(after.weeks[2025][:, gone], leave.weeks[2025][:, mover])
    assert not after.weeks[2025][:, mover].any()


def test_who_is_ill_for_long_has_no_hours_and_is_not_on_leave_as_well(books: Books, leave: Leave) -> None:
    week, weekday = 31, 1
    away = np.flatnonzero(leave.weeks[2025][week - 1] & (books.week_seconds[:, weekday] > 0))[:20]
    ill = np.zeros(books.size, bool)
    ill[away] = True
    sick = dataclasses.replace(leave, gaps=dataclasses.replace(no_gaps(books), ill=ill, cover=np.array([0.8, 0.5])))
    healthy, use = capacity_for_day(books, leave, 2025, week, weekday, True)
    capacity, use_ill = capacity_for_day(books, sick, 2025, week, weekday, True)
    lost = int(books.week_seconds[away, weekday].sum())
    assert use_ill.asked[Purpose.VACANT].sum() == lost
    assert use_ill.asked.sum() == use.asked.sum()
    assert np.array_equal(capacity[books.role == Role.GP], healthy[books.role == Role.GP])
    assert 0 < use_ill.given[Purpose.VACANT].sum() <= lost / 2
