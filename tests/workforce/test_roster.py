"""The out-of-hours roster: anchors, conservation, fairness, keys."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pytest

from sim.dates import Calendar
from sim.region.practice_staff import GPRole
from sim.workforce.roster import DutyPool, Roster, ShiftKind, duty_pool, duty_table, month_roster, seats
from tests.workforce.crowd import SEED, shipped, whole

JANUARY = 1500
START = {0: 17, 1: 23, 2: 8, 3: 17}
HOURS = {0: 6, 1: 9, 2: 9, 3: 6}


@pytest.fixture(scope="module")
def pool() -> DutyPool:
    region, _, plan = whole()
    return duty_pool(plan, region)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar(date(2025, 1, 1), 365)


@pytest.fixture(scope="module")
def year(pool: DutyPool, calendar: Calendar) -> list[Roster]:
    return [month_roster(pool, calendar, JANUARY + k, shipped(), SEED) for k in range(12)]


def test_hengelo_has_two_gps_in_the_evening_and_one_at_night(pool: DutyPool) -> None:
    region = whole()[0]
    hengelo = next(k for k, name in enumerate(region.post_name) if "Hengelo" in name)
    table = seats(pool, shipped())
    assert table[hengelo, ShiftKind.WEEKDAY_EVENING, 0] == 2
    assert table[hengelo, ShiftKind.NIGHT, 0] == 1
    assert table.min() >= 1


def test_duty_is_about_the_published_hours(pool: DutyPool, calendar: Calendar, year: list[Roster]) -> None:
    table = duty_table(pool, calendar, shipped())
    assert table["per norm practice"] == pytest.approx(189, rel=0.05)
    assert 120 <= table["per owner, not sold"] <= 189
    assert 120 <= table["per regular GP"] <= 189
    asked = sum(int(roster.seconds.sum()) for roster in year) / 3600
    assert asked == pytest.approx(table["hours a year"], rel=1e-9)
    # what the practices' direct hours leave out for duty is what the roster asks
    worked = sum(roster.duty_seconds for roster in year) / 3600
    planned = shipped().column("practices.duty_hours")
    for role in GPRole:
        assert worked[pool.gp_role == role].mean() == pytest.approx(planned[role], rel=0.12)
    assert worked.sum() == pytest.approx(planned[pool.gp_role].sum(), rel=0.05)


def test_every_shift_is_there_once(pool: DutyPool, calendar: Calendar, year: list[Roster]) -> None:
    table = seats(pool, shipped())
    for month, roster in enumerate(year):
        days = np.flatnonzero(calendar.month_index == JANUARY + month)
        for post in range(table.shape[0]):
            for kind in ShiftKind:
                on = calendar.is_open[days] if kind == ShiftKind.WEEKDAY_EVENING else ~calendar.is_open[days]
                wanted = days.size if kind == ShiftKind.NIGHT else int(on.sum())
                for car in (False, True):
                    mine = (roster.post == post) & (roster.kind == kind) & (roster.car == car)
                    assert mine.sum() == wanted * table[post, kind, int(car)]
        assert np.all(np.diff(roster.day) >= 0)


def test_shifts_and_hours_are_conserved(pool: DutyPool, year: list[Roster]) -> None:
    for roster in year:
        asked, unfilled = roster.counts()
        filled = np.bincount(roster.post[roster.done_by >= 0], minlength=asked.size)
        assert np.array_equal(asked, filled + unfilled)
        assert roster.duty_seconds.sum() == roster.seconds[~roster.unfilled].sum()
        by_gp = np.zeros(pool.gp_uid.size, np.int64)
        np.add.at(by_gp, roster.done_by[~roster.unfilled], roster.seconds[~roster.unfilled])
        assert np.array_equal(by_gp, roster.duty_seconds)
        assert np.all(roster.fell_out[roster.unfilled])
        assert np.all(pool.gp_role[roster.owed_by] == GPRole.OWNER)
    shifts = sum(roster.day.size for roster in year)
    assert sum(int(roster.unfilled.sum()) for roster in year) / shifts == pytest.approx(0.015, abs=0.005)
    assert sum(int(roster.sold.sum()) for roster in year) / shifts == pytest.approx(0.37, abs=0.025)


def test_servers_by_hour_are_the_filled_shifts(year: list[Roster], calendar: Calendar) -> None:
    total = np.zeros((2, 3, 365 + 2, 24), int)
    for roster in year:
        for k in np.flatnonzero(~roster.unfilled):
            begin = START[int(roster.kind[k])]
            for hour in range(begin, begin + HOURS[int(roster.kind[k])]):
                total[int(roster.car[k]), roster.post[k], roster.day[k] + hour // 24, hour % 24] += 1
    first = 0
    for month, roster in enumerate(year):
        days = roster.consult_gps.shape[1]
        got = np.stack([roster.consult_gps, roster.car_gps])
        want = total[:, :, first : first + days]
        skip = 1 if month == 0 else 0  # the night before the year is known to January alone
        assert np.array_equal(got[:, :, skip:], want[:, :, skip:])
        assert roster.consult_gps[:, 0, :8].min() >= 0
        first += days
    january = year[0]
    on = calendar.is_open[: january.consult_gps.shape[1]]
    assert not january.consult_gps[:, on, 8:17].any()
    assert np.all(january.triage_nurses[:, on, 17:] > 0)
    assert not january.triage_nurses[:, on, 8:17].any()
    assert np.all(january.triage_nurses[:, ~on] > 0)


def test_nobody_is_in_two_places(year: list[Roster]) -> None:
    for roster in year:
        begin = roster.day * 24 + np.array([START[int(kind)] for kind in roster.kind])
        end = begin + roster.seconds // 3600
        for gp in np.unique(roster.done_by[roster.done_by >= 0]):
            mine = np.flatnonzero(roster.done_by == gp)
            mine = mine[np.argsort(begin[mine])]
            assert np.all(begin[mine][1:] >= end[mine][:-1])


def test_duty_follows_the_list(pool: DutyPool, year: list[Roster]) -> None:
    owed = np.zeros(pool.gp_uid.size)
    for roster in year:
        owed += np.bincount(roster.owed_by, minlength=owed.size)
    owner = pool.gp_role == GPRole.OWNER
    expected = pool.gp_owes / pool.gp_owes.sum() * owed.sum()
    assert not owed[~owner].any()
    assert np.corrcoef(owed[owner], expected[owner])[0, 1] > 0.97
    assert np.abs(owed - expected).max() < 8  # systematic: months round up or down by less than one shift
    moved = pool.gp_owes.copy()
    first, second = np.flatnonzero(owner)[:2]
    moved[first], moved[second] = 0.0, moved[first] + moved[second]
    later = month_roster(
        dataclasses.replace(pool, gp_owes=moved), Calendar(date(2025, 1, 1), 31), JANUARY, shipped(), SEED
    )
    assert first not in later.owed_by


def test_storage_order_does_not_matter(pool: DutyPool, calendar: Calendar) -> None:
    roster = month_roster(pool, calendar, JANUARY + 3, shipped(), SEED)
    order = np.random.default_rng(8).permutation(pool.gp_uid.size)
    mixed = dataclasses.replace(
        pool,
        gp_uid=pool.gp_uid[order],
        gp_role=pool.gp_role[order],
        gp_owes=pool.gp_owes[order],
        gp_organisation=pool.gp_organisation[order],
    )
    other = month_roster(mixed, calendar, JANUARY + 3, shipped(), SEED)
    assert np.array_equal(other.duty_seconds, roster.duty_seconds[order])
    assert np.array_equal(np.where(other.done_by >= 0, order[other.done_by], -1), roster.done_by)
    assert np.array_equal(other.consult_gps, roster.consult_gps)
    third = month_roster(pool, calendar, JANUARY + 3, shipped(), SEED + 1)
    assert not np.array_equal(third.done_by, roster.done_by)


def test_a_month_does_not_depend_on_the_length_of_the_calendar(pool: DutyPool, calendar: Calendar) -> None:
    longer = Calendar(date(2025, 1, 1), 700)
    one, two = (month_roster(pool, c, JANUARY + 5, shipped(), SEED) for c in (calendar, longer))
    assert np.array_equal(one.done_by, two.done_by)
    assert np.array_equal(one.consult_gps, two.consult_gps)
    with pytest.raises(ValueError, match="does not lie in the calendar"):
        month_roster(pool, calendar, JANUARY + 12, shipped(), SEED)


def test_a_post_closed_at_night_leaves_its_people_to_the_others(pool: DutyPool, calendar: Calendar) -> None:
    shut = dataclasses.replace(pool, post_at_night=np.array([True, False, True]))
    before, after = seats(pool, shipped()), seats(shut, shipped())
    assert not after[1, ShiftKind.NIGHT].any()
    assert np.all(after[[0, 2], ShiftKind.NIGHT] >= before[[0, 2], ShiftKind.NIGHT])
    assert np.array_equal(np.delete(after, ShiftKind.NIGHT, 1), np.delete(before, ShiftKind.NIGHT, 1))
    roster = month_roster(shut, calendar, JANUARY + 1, shipped(), SEED)
    assert not roster.consult_gps[1, :, :8].any()
    assert not roster.consult_gps[1, :, 23].any()


def test_without_buyers_more_stays_unfilled(pool: DutyPool, calendar: Calendar) -> None:
    alone = dataclasses.replace(pool, gp_role=np.where(pool.gp_role == GPRole.OWNER, pool.gp_role, -1).astype(np.int8))
    keep = alone.gp_role == GPRole.OWNER
    alone = dataclasses.replace(
        alone,
        gp_uid=pool.gp_uid[keep],
        gp_role=pool.gp_role[keep],
        gp_owes=pool.gp_owes[keep],
        gp_organisation=pool.gp_organisation[keep],
    )
    roster = month_roster(alone, calendar, JANUARY, shipped(), SEED)
    assert np.array_equal(roster.unfilled, roster.sold | roster.fell_out)
