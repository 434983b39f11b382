"""The stock of locum hours: it adds up, its purposes come in their order, and more of it never covers less."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.region.practice_books import Books, Role, make_books
from sim.region.practice_staff import GPRole
from sim.workforce.leave import apply_sickness, capacity_for_day, plan_leave, update_leave
from sim.workforce.locums import (
    Gaps,
    LocumStock,
    LocumTally,
    LocumUse,
    Purpose,
    duty_above_usual,
    find_gaps,
    hand_out,
    locum_stock,
    no_gaps,
    pooled_seconds,
)
from tests.workforce.crowd import SEED, shipped

HOUR = 3600
COVER = np.array([0.8, 0.5])


def books_of(groups: list[int], lists: list[int], pool: list[int]) -> Books:
    """One GP of six hours a day in each practice; ``pool`` locum hours a day in each group."""
    count = len(groups)
    number = np.arange(count)
    return make_books(
        practice_uid=(number + 100).astype(np.uint64),
        practice_group=np.array(groups, np.int16),
        practice_list=np.array(lists, np.int32),
        gp_uid=(number + 500).astype(np.uint64),
        gp_practice=number.astype(np.int16),
        gp_index=number.astype(np.int32),
        gp_seconds=np.full((count, 5), 6 * HOUR, np.int32),
        staff_seconds=np.zeros((count, 4, 5), np.int32),
        locum_day_seconds=np.repeat(np.array(pool, np.int64)[:, None] * HOUR, 5, axis=1),
    )


FOUR = books_of([0, 0, 1, 1], [2000, 3000, 2500, 2500], [10, 10])


def gaps_of(books: Books, vacant: list[int], temporary: list[bool]) -> Gaps:
    gaps = no_gaps(books)
    gaps.vacant[:] = vacant
    return dataclasses.replace(gaps, temporary=np.array(temporary), cover=COVER)


def share(
    books: Books, gaps: Gaps, pool: list[int], lost: npt.NDArray[np.int64] | None = None
) -> tuple[npt.NDArray[np.int64], LocumUse]:
    """Seconds at each practice's locum seat, and the use."""
    capacity = np.zeros(books.size, np.int32)
    groups = np.bincount(books.practice_group, books.practice_list, len(pool)).astype(np.int64)
    missing = np.zeros((2, books.practice_group.size), np.int64) if lost is None else lost
    use = hand_out(capacity, missing, gaps, 0, np.array(pool, np.int64), books, groups)
    return capacity[books.practice_role_book[:, Role.LOCUM_SEAT]].astype(np.int64), use


def test_purposes_come_in_their_order() -> None:
    gaps = gaps_of(FOUR, [10_000, 0, 10_000, 0], [True, False, False, False])
    lost = np.zeros((2, 4), np.int64)
    lost[1] = [0, 6_000, 0, 6_000]
    seat, use = share(FOUR, gaps, [3_000, 4_000], lost)  # less than the first may have
    assert use.given.sum(axis=1).tolist() == [7_000, 0, 0, 0, 0]
    assert seat.tolist() == [7_000, 0, 0, 0]
    seat, use = share(FOUR, gaps, [5_000, 6_000], lost)  # 8,000 at most, then 3,000 of the other's 5,000
    assert use.given.sum(axis=1).tolist() == [8_000, 3_000, 0, 0, 0]
    assert use.asked.sum(axis=1).tolist() == [10_000, 10_000, 12_000, 0, 0]
    seat, use = share(FOUR, gaps, [20_000, 20_000], lost)
    assert use.given[Purpose.TEMPORARY].tolist() == [8_000, 0]
    assert use.given[Purpose.VACANT].tolist() == [0, 5_000]
    assert use.given[Purpose.LEAVE].tolist() == [6_000, 6_000]
    assert use.given[Purpose.LIST].tolist() == [6_000, 9_000]
    assert seat.tolist() == [8_000 + 2_400, 6_000 + 3_600, 5_000 + 4_500, 6_000 + 4_500]


def test_leave_is_covered_within_the_group_and_vacant_seats_from_the_region() -> None:
    lost = np.zeros((2, 4), np.int64)
    lost[1, 0] = 9_000
    _, use = share(FOUR, no_gaps(FOUR), [2_000, 50_000], lost)
    assert use.given[Purpose.LEAVE].tolist() == [2_000, 0]
    gaps = gaps_of(FOUR, [18_000, 0, 0, 0], [False] * 4)
    _, use = share(FOUR, gaps, [2_000, 50_000], lost)
    assert use.given[Purpose.VACANT].tolist() == [9_000, 0]
    assert use.given[Purpose.LEAVE].tolist() == [0, 0]
    assert use.given[Purpose.LIST].tolist() == [0, 43_000]


def test_groups_give_such_that_they_keep_as_much_a_person() -> None:
    books = books_of([0, 1, 2, 3], [1_000, 1_000, 3_000, 500], [1] * 4)
    gaps = gaps_of(books, [20_000, 0, 0, 0], [False] * 4)
    _, use = share(books, gaps, [0, 9_000, 15_000, 500])
    left = use.given[Purpose.LIST] + use.unused
    assert left.sum() == 24_500 - 10_000
    assert left[3] == 500  # one second a person is less than the others keep: it gives nothing
    assert left[2] == pytest.approx(3 * left[1], abs=4)


def test_nobody_covers_more_than_the_share() -> None:
    gaps = gaps_of(FOUR, [10_000, 0, 4_000, 0], [True, False, False, False])
    _, use = share(FOUR, gaps, [900_000, 900_000])
    assert use.given[Purpose.TEMPORARY].sum() == 8_000
    assert use.given[Purpose.VACANT].sum() == 2_000


@st.composite
def regions(draw: st.DrawFn) -> tuple[Books, Gaps, list[int], npt.NDArray[np.int64]]:
    count, groups = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    numbers = st.integers(0, 40_000)
    of = draw(st.lists(st.integers(0, groups - 1), min_size=count, max_size=count))
    lists = draw(st.lists(st.integers(0, 9_000), min_size=count, max_size=count))
    books = books_of(of, lists, [1] * groups)
    gaps = gaps_of(
        books,
        draw(st.lists(numbers, min_size=count, max_size=count)),
        draw(st.lists(st.booleans(), min_size=count, max_size=count)),
    )
    pool = draw(st.lists(st.integers(0, 60_000), min_size=groups, max_size=groups))
    lost = np.array(draw(st.lists(numbers, min_size=2 * count, max_size=2 * count)), np.int64).reshape(2, count)
    return books, gaps, pool, lost


@settings(max_examples=80, deadline=None)
@given(regions())
def test_every_second_is_handed_out_or_left(case: tuple[Books, Gaps, list[int], npt.NDArray[np.int64]]) -> None:
    books, gaps, pool, lost = case
    seat, use = share(books, gaps, pool, lost)
    assert use.given.min() >= 0
    assert use.unused.min() >= 0
    assert use.given.sum() + use.unused.sum() == sum(pool)
    groups = len(pool)
    assert np.array_equal(np.bincount(books.practice_group, seat, groups), use.given.sum(axis=0))
    assert np.all(use.given[:4] <= use.asked[:4])
    first = np.floor(np.where(gaps.temporary, gaps.vacant[0], 0) * COVER[0]).sum()
    assert use.given[Purpose.TEMPORARY].sum() == min(first, sum(pool))
    second = np.floor((np.where(gaps.temporary, 0, gaps.vacant[0]) + lost[0]) * COVER[1]).sum()
    assert use.given[Purpose.VACANT].sum() == min(second, sum(pool) - min(first, sum(pool)))


@settings(max_examples=80, deadline=None)
@given(regions(), st.integers(0, 3), st.integers(1, 20_000))
def test_more_locums_never_cover_less(
    case: tuple[Books, Gaps, list[int], npt.NDArray[np.int64]], where: int, more: int
) -> None:
    books, gaps, pool, lost = case
    seat, use = share(books, gaps, pool, lost)
    rich = list(pool)
    rich[where % len(pool)] += more
    seat_rich, use_rich = share(books, gaps, rich, lost)
    by_purpose = use_rich.given.sum(axis=1) - use.given.sum(axis=1)
    assert np.all(by_purpose[: Purpose.LIST] >= 0)
    assert seat_rich.sum() >= seat.sum() - books.practice_group.size
    assert np.all(use_rich.given[Purpose.LEAVE] >= use.given[Purpose.LEAVE])


@settings(max_examples=40, deadline=None)
@given(regions(), st.integers(0, 1_000))
def test_the_order_of_practices_does_not_matter_beyond_rounding(
    case: tuple[Books, Gaps, list[int], npt.NDArray[np.int64]], luck: int
) -> None:
    books, gaps, pool, lost = case
    order = np.random.default_rng(luck).permutation(books.practice_group.size)
    other = books_of(books.practice_group[order].tolist(), books.practice_list[order].tolist(), [1] * len(pool))
    turned = dataclasses.replace(
        no_gaps(other), vacant=gaps.vacant[:, order], temporary=gaps.temporary[order], cover=COVER
    )
    seat, use = share(books, gaps, pool, lost)
    seat_turned, use_turned = share(other, turned, pool, lost[:, order])
    assert np.abs(seat_turned - seat[order]).max() <= 4
    assert np.abs(use_turned.given - use.given).max() <= 3 * order.size


# the stock


@dataclass
class Locum:
    uid: int
    group: int
    week_seconds: tuple[int, int, int, int, int] = (20_000, 0, 18_000, 0, 18_001)
    role: GPRole = GPRole.CHANGING_LOCUM
    away_until: int | None = None


def test_duty_above_the_usual_comes_off_the_days() -> None:
    p = shipped()
    locums = [Locum(k, k % 2) for k in range(8)] + [Locum(9, 0, role=GPRole.OWNER)]
    pool = pooled_seconds(locums, 3)
    assert pool[0].tolist() == [80_000, 0, 72_000, 0, 72_004]
    assert not pool[2].any()
    usual = p.column("practices.duty_hours")[GPRole.CHANGING_LOCUM] * HOUR * 31 / 365.25
    duty = np.array([usual] * 8 + [90 * HOUR])
    assert np.abs(duty_above_usual(locums, np.rint(duty).astype(np.int64), 31, 3, p)).max() <= 1
    duty[1] += 31 * HOUR
    above = duty_above_usual(locums, np.rint(duty).astype(np.int64), 31, 3, p)
    assert above[[0, 2]] == pytest.approx([0, 0], abs=1)
    assert above[1] == pytest.approx(7 * HOUR, abs=1)
    usually, now = locum_stock(pool, None, p), locum_stock(pool, above, p)
    fewer = (usually.ahead + usually.kept).sum(axis=0) - (now.ahead + now.kept).sum(axis=0)
    assert np.array_equal(fewer, above)
    assert np.array_equal(now.duty, above)
    less_duty = locum_stock(pool, -above, p)
    assert np.array_equal(
        (less_duty.ahead + less_duty.kept).sum(axis=0), (usually.ahead + usually.kept).sum(axis=0) + above
    )


def test_duty_takes_no_more_than_there_is() -> None:
    pool = np.array([[HOUR, 0, 2 * HOUR, 0, 0], [0, 0, 0, 0, 0]], np.int64)
    stock = locum_stock(pool, np.array([99 * HOUR, 5 * HOUR]), shipped())
    assert not stock.ahead.any()
    assert not stock.kept.any()
    assert stock.duty[1] == 0


def test_who_is_ill_for_long_brings_no_hours() -> None:
    locums = [Locum(1, 0), Locum(2, 0, away_until=1510)]
    assert pooled_seconds(locums, 1).sum() == locums[0].week_seconds[0] + 36_001
    duty = duty_above_usual(locums, np.zeros(2, np.int64), 30, 1, shipped())
    assert duty[0] == duty_above_usual(locums[:1], np.zeros(1, np.int64), 30, 1, shipped())[0]
    with pytest.raises(ValueError, match="duty of 1 GPs"):
        duty_above_usual(locums, np.zeros(1, np.int64), 30, 1, shipped())


class State(IntEnum):
    RUNNING = 0
    TEMPORARY = 1


@dataclass
class Place:
    number: int
    state: State = State.RUNNING
    vacant_week_seconds: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)


def test_gaps_are_those_of_practices_and_gps() -> None:
    places = [Place(k) for k in range(4)]
    places[1] = Place(1, State.TEMPORARY, (1, 2, 3, 4, 5))
    ill = [Locum(502, 0, role=GPRole.OWNER, away_until=1503), Locum(501, 0, role=GPRole.OWNER)]
    gaps = find_gaps(places, ill, FOUR, shipped())
    assert gaps.vacant[:, 1].tolist() == [1, 2, 3, 4, 5]
    assert gaps.vacant.sum() == 15
    assert gaps.temporary.tolist() == [False, True, False, False]
    assert np.flatnonzero(gaps.ill).tolist() == [2]
    assert np.array_equal(gaps.cover, shipped().column("workforce.locum_cover"))
    seats = FOUR.practice_role_book.copy()
    seats[1, Role.LOCUM_SEAT] = -1
    with pytest.raises(ValueError, match="practice 1 has vacant seats"):
        find_gaps(places, [], dataclasses.replace(FOUR, practice_role_book=seats), shipped())


def test_a_month_of_purposes() -> None:
    plan = plan_leave(FOUR, [2025], shipped(), SEED)
    gaps = gaps_of(FOUR, [9_000, 0, 0, 5_000], [True, False, False, False])
    leave = update_leave(plan, FOUR, [2025], shipped(), SEED, gaps=gaps)
    tally, handed = LocumTally(), 0
    for week in range(20, 24):
        for weekday in range(5):
            planned, use = capacity_for_day(FOUR, leave, 2025, week, weekday, True)
            sick = np.zeros(FOUR.size, np.int16)
            sick[week % 4] = 1000
            cover = apply_sickness(FOUR, leave, planned, sick, weekday, True)
            tally.plan([use])
            tally.cover(cover)
            handed += int(use.given.sum() + cover.covered.sum() + cover.released.sum())
    hours = tally.close()
    assert list(hours) == ["temporary", "vacant", "leave", "sickness", "list"]
    assert hours["temporary"] == pytest.approx((20 * 9_000 / HOUR, 20 * 7_200 / HOUR))
    assert hours["vacant"] == pytest.approx((20 * 5_000 / HOUR, 20 * 2_500 / HOUR))
    assert hours["leave"][0] == pytest.approx(6 * plan.weeks[2025][19:23].sum() * 5)
    assert hours["sickness"][0] > hours["sickness"][1] > 0
    assert hours["list"][0] == 0.0
    assert sum(given for _, given in hours.values()) == pytest.approx(handed / HOUR)
    assert tally.close()["leave"] == (0.0, 0.0)


def test_without_locums_nothing_is_covered_and_nothing_breaks() -> None:
    bare = dataclasses.replace(FOUR, locum_day_seconds=np.zeros_like(FOUR.locum_day_seconds))
    gaps = gaps_of(FOUR, [9_000, 0, 0, 5_000], [True, False, False, False])
    stock: LocumStock = locum_stock(bare.locum_day_seconds, np.array([3_600, 0]), shipped())
    leave = update_leave(
        plan_leave(bare, [2025], shipped(), SEED), bare, [2025], shipped(), SEED, stock=stock, gaps=gaps
    )
    capacity, use = capacity_for_day(bare, leave, 2025, 30, 2, True)
    assert use.asked[: Purpose.LEAVE].sum() == 14_000
    assert not use.given.any()
    assert not capacity[bare.role == Role.LOCUM_SEAT].any()
