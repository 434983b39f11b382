"""The out-of-hours roster: anchors, conservation, fairness, keys."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.dates import Calendar
from sim.parameters import Parameters
from sim.region.practice_staff import GPRole
from sim.workforce.duty_market import clear_market, sale_chance
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
    return rosters(pool, calendar)


def rosters(pool: DutyPool, calendar: Calendar, p: Parameters | None = None) -> list[Roster]:
    made: list[Roster] = []
    for k in range(12):
        before = made[-1] if made else None
        made.append(month_roster(pool, calendar, JANUARY + k, p or shipped(), SEED, before))
    return made


def only(pool: DutyPool, keep: Any) -> DutyPool:
    """The pool with some of its GPs, in any order."""
    names = [field.name for field in dataclasses.fields(pool) if field.name.startswith("gp_")]
    return dataclasses.replace(pool, **{name: getattr(pool, name)[keep] for name in names})


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
    assert sum(int(roster.sold.sum()) for roster in year) / shifts == pytest.approx(
        shipped().number("workforce.shift_sold"), abs=0.025
    )


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
    mixed = only(pool, order)
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


def test_without_buyers_owners_do_what_they_offer(pool: DutyPool, calendar: Calendar) -> None:
    alone = only(pool, pool.gp_role == GPRole.OWNER)
    roster = month_roster(alone, calendar, JANUARY, shipped(), SEED)
    assert roster.market.accepted == 0.0
    assert np.array_equal(roster.unfilled, roster.fell_out)
    mine = ~roster.fell_out
    assert np.array_equal(roster.refused[mine], roster.sold[mine])
    assert np.array_equal(roster.done_by[mine], roster.owed_by[mine])
    assert not roster.price.any()
    assert roster.duty_price == 0.0


# the market


def under_strain(pool: DutyPool, strain: float) -> DutyPool:
    return dataclasses.replace(pool, gp_strain=np.full(pool.gp_uid.size, strain))


def test_market_is_near_the_usual_price_at_the_start(pool: DutyPool, calendar: Calendar) -> None:
    year = rosters(under_strain(pool, 0.35), calendar)
    price = np.mean([roster.duty_price for roster in year])
    assert price == pytest.approx(shipped().column("workforce.duty_price").mean(), rel=0.1)
    assert not any(roster.refused.any() for roster in year)
    usual = shipped().column("practices.duty_hours")
    assert np.array_equal(shipped().column("workforce.duty_willing")[1:], usual[1:])


def test_strain_and_age_make_owners_sell_at_a_higher_price(pool: DutyPool, calendar: Calendar) -> None:
    calm, tense = (rosters(under_strain(pool, strain), calendar) for strain in (0.0, 1.5))
    for one, two in zip(calm, tense, strict=True):
        assert np.all(two.sold | ~one.sold)  # what was sold without strain is sold with it: the same luck
        assert two.sold.sum() > one.sold.sum()
        assert two.market.level > one.market.level
        assert np.array_equal(two.owed_by, one.owed_by)
        assert np.array_equal(two.fell_out, one.fell_out)
    assert np.mean([r.duty_price for r in tense]) > 1.1 * np.mean([r.duty_price for r in calm])
    old = dataclasses.replace(pool, gp_birth_month=pool.gp_birth_month - 120)
    assert rosters(old, calendar)[5].sold.sum() > calm[5].sold.sum()
    ages = np.array([40.0, 50.0, 60.0])
    chance = sale_chance(ages, np.zeros(3), shipped())
    assert chance[1] == pytest.approx(shipped().number("workforce.shift_sold"))
    assert np.all(np.diff(chance) > 0)


def test_price_clears_the_market_up_to_the_limit() -> None:
    p = shipped()
    tariff, usual = p.column("workforce.duty_tariff"), p.column("workforce.duty_price")
    limit = p.number("workforce.duty_price_limit")
    markets = [clear_market(offered, 12_000.0, 30, p) for offered in (0.0, 500.0, 985.6, 1100.0, 1300.0, 5000.0)]
    assert all(np.all(np.diff([m.price[k] for m in markets]) >= 0) for k in range(4))
    assert np.all(np.diff([m.accepted for m in markets]) <= 0)
    assert np.array_equal(markets[0].price, tariff)
    assert markets[2].price == pytest.approx(usual, rel=1e-3)
    assert [m.accepted for m in markets[:4]] == [1.0] * 4
    assert markets[5].price == pytest.approx(usual * limit, abs=1)
    taken = markets[5].accepted * 5000.0
    assert taken == pytest.approx(12_000.0 * 30 / 365.25 * limit ** p.number("workforce.duty_price_elasticity"))
    nobody = clear_market(100.0, 0.0, 30, p)
    assert (nobody.accepted, nobody.level) == (0.0, limit)
    assert clear_market(0.0, 0.0, 30, p).accepted == 1.0


def test_refused_shifts_fall_back_on_the_owner(pool: DutyPool, calendar: Calendar) -> None:
    rng = np.random.default_rng(3)
    few = only(pool, np.flatnonzero((pool.gp_role == GPRole.OWNER) | (rng.random(pool.gp_uid.size) < 0.3)))
    roster = month_roster(few, calendar, JANUARY + 4, shipped(), SEED)
    assert 0.0 < roster.market.accepted < 1.0
    back = roster.refused & ~roster.fell_out
    assert back.any()
    assert np.array_equal(roster.done_by[back], roster.owed_by[back])
    assert np.all(roster.unfilled[roster.refused & roster.fell_out])
    assert np.array_equal(roster.unfilled, roster.fell_out & (roster.price == 0))
    bought = roster.price > 0
    assert np.all(few.gp_role[roster.done_by[bought]] != GPRole.OWNER)
    assert np.array_equal(roster.price[bought], roster.market.price[roster.kind[bought]])
    assert np.array_equal(bought, ~roster.unfilled & (roster.done_by != roster.owed_by))
    hours = roster.seconds[bought].sum() / 3600
    assert hours == pytest.approx(roster.market.accepted * roster.market.offered, rel=0.1)
    assert roster.shifts_sold == bought.sum()


def test_duty_of_lists_without_owner_and_of_ill_owners_goes_to_the_market(pool: DutyPool, calendar: Calendar) -> None:
    owners = np.flatnonzero(pool.gp_role == GPRole.OWNER)
    left, ill = owners[:12], owners[20:30]
    owes = pool.gp_owes.copy()
    owes[left] = 0.0
    away = np.zeros(owes.size, bool)
    away[ill] = True
    case = dataclasses.replace(
        pool,
        gp_owes=owes,
        gp_away=away,
        list_uid=pool.gp_uid[left] + np.uint64(1),
        list_people=pool.gp_owes[left],
        list_organisation=pool.gp_organisation[left],
    )
    roster = month_roster(case, calendar, JANUARY + 2, shipped(), SEED)
    nobody = roster.owed_by < 0
    share = pool.gp_owes[left].sum() / pool.gp_owes.sum()
    assert nobody.mean() == pytest.approx(share, abs=0.005)
    assert np.all(roster.sold[nobody])
    assert not np.isin(roster.done_by, np.concatenate([left, ill])).any()
    theirs = np.isin(roster.owed_by, ill)
    assert theirs.any()
    assert np.all(roster.sold[theirs])
    keep = case.gp_role == GPRole.OWNER
    alone = month_roster(only(case, keep), calendar, JANUARY + 2, shipped(), SEED)
    number = np.cumsum(keep) - 1
    lost = (alone.owed_by < 0) | np.isin(alone.owed_by, number[ill])
    assert np.array_equal(alone.unfilled, alone.fell_out | lost)


def test_one_more_locum_changes_no_luck(pool: DutyPool, calendar: Calendar) -> None:
    """All shifts are owed, sold, filled as before; the price falls and hours move between those who buy."""
    last = int(np.flatnonzero(pool.gp_role == GPRole.CHANGING_LOCUM)[-1])
    fewer = only(pool, np.arange(pool.gp_uid.size) != last)
    for month in range(3):
        one = month_roster(fewer, calendar, JANUARY + month, shipped(), SEED)
        two = month_roster(pool, calendar, JANUARY + month, shipped(), SEED)
        assert last == pool.gp_uid.size - 1
        for name in ("owed_by", "sold", "fell_out", "unfilled"):
            assert np.array_equal(getattr(one, name), getattr(two, name)), name
        mine = one.price == 0
        assert np.array_equal(one.done_by[mine], two.done_by[mine])
        assert np.all(two.market.price <= one.market.price)
        gain = two.duty_seconds[:-1] - one.duty_seconds
        assert np.all(gain[pool.gp_role[:-1] == GPRole.OWNER] == 0)
        assert -two.duty_seconds[-1] == gain.sum()


def test_more_buyers_never_leave_an_owner_with_more(pool: DutyPool, calendar: Calendar) -> None:
    others = np.flatnonzero(pool.gp_role != GPRole.OWNER)
    owners = np.arange(np.count_nonzero(pool.gp_role == GPRole.OWNER))
    before = None
    for count in (0, 40, 90, 160, others.size):
        some = only(pool, np.concatenate([np.flatnonzero(pool.gp_role == GPRole.OWNER), others[:count]]))
        roster = month_roster(some, calendar, JANUARY + 7, shipped(), SEED)
        if before is not None:
            assert np.all(roster.price[before.price > 0] > 0)
            assert np.all(~roster.unfilled | before.unfilled)
            assert np.all(roster.duty_seconds[owners] <= before.duty_seconds[owners])
        before = roster


def test_the_last_night_of_a_month_reaches_into_the_next_as_it_was_staffed(pool: DutyPool, calendar: Calendar) -> None:
    few = only(pool, pool.gp_role == GPRole.OWNER)
    january = month_roster(few, calendar, JANUARY, shipped(), SEED)
    night = np.flatnonzero((january.day == 30) & (january.kind == ShiftKind.NIGHT))
    assert night.size
    cut = np.where(np.isin(np.arange(january.day.size), night), -1, january.done_by).astype(np.int32)
    for before in (january, dataclasses.replace(january, done_by=cut)):
        february = month_roster(few, calendar, JANUARY + 1, shipped(), SEED, before)
        on = before.post[night][~before.unfilled[night] & ~before.car[night]]
        assert np.array_equal(february.consult_gps[:, 0, 3], np.bincount(on, minlength=3))
