"""Staff who leave and are recruited: the published levels, conservation, keys, and what it does to a practice."""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from sim.parameters import Parameters
from sim.region.practice_staff import phone_lines, staff_seconds
from sim.workforce.staff import (
    StaffMonth,
    equilibrium_vacancy,
    lines_of,
    monthly_chances,
    staff_month,
    start_staff,
)
from tests.workforce.crowd import SEED, shipped, whole

NAMES = ("assistant_fte", "somatic_nurse_fte", "mental_nurse_fte", "advanced_fte")
VACANT = (0.028, 0.043, 0.043)  # assistants, practice nurses: vacancy monitor 2014-2015
DAYS = (45, 124, 124)


@dataclass
class Place:
    number: int
    uid: int
    assistant_fte: float = 1.9
    somatic_nurse_fte: float = 0.9
    mental_nurse_fte: float = 0.4
    advanced_fte: float = 0.0
    closed_since: int | None = None
    staff_posts: tuple[float, float, float, float] = (1.9, 0.9, 0.4, 0.0)
    staff_week_seconds: tuple[tuple[int, ...], ...] = ((0,) * 5,) * 4
    ownerless: bool = False


def filled(places: list[Place]) -> np.ndarray[Any, Any]:
    return np.array([[getattr(place, name) for name in NAMES] for place in places])


def region() -> list[Place]:
    plan = whole()[2]
    places = []
    for number, (uid, row) in enumerate(zip(plan.sites.uid.tolist(), plan.staff.columns().tolist(), strict=True)):
        places.append(Place(number, uid, *row))
    return places


def many(count: int = 2_000) -> list[Place]:
    return [Place(k, 1_000 + 7 * k) for k in range(count)]


def test_in_the_long_run_as_many_posts_are_vacant_as_published() -> None:
    assert equilibrium_vacancy(shipped())[:3] == pytest.approx(VACANT, abs=0.001)
    leave, fill = monthly_chances(shipped())
    assert 365.25 / 12 / fill[:3] == pytest.approx(DAYS)
    assert np.all((leave > 0) & (leave < 0.03))


def test_the_start_keeps_the_published_stock_and_has_the_vacancies_of_any_month() -> None:
    places = region()
    stock = filled(places).sum(axis=0)
    month = start_staff(places, shipped(), SEED)
    assert filled(places).sum(axis=0) == pytest.approx(stock)
    assert month.posts == pytest.approx(stock + month.vacant)
    share = month.vacant / month.posts
    assert share[:3] == pytest.approx(VACANT, abs=0.02)
    posts = np.array([place.staff_posts for place in places])
    assert np.all(filled(places) <= posts + 1e-9)
    assert month.changed.size == len(places)
    assert month.assistants_missing == pytest.approx(1 - filled(places)[:, 0] / posts[:, 0])
    first, later = [], []
    for k in range(60):
        now = staff_month(places, 1500 + k, shipped(), SEED)
        (first if k < 12 else later).append(now.vacant[:3].sum() / now.posts[:3].sum())
    assert np.mean(first) == pytest.approx(np.mean(later), rel=0.25)  # no year in which it settles down


def test_levels_and_durations_over_years() -> None:
    places = many(1_200)
    start_staff(places, shipped(), SEED)
    vacant, left, hired, posts = (np.zeros(4) for _ in range(4))
    for k in range(36):
        now = staff_month(places, 1500 + k, shipped(), SEED)
        vacant, left, hired, posts = vacant + now.vacant, left + now.left, hired + now.hired, posts + now.posts
    assert vacant[:3] / posts[:3] == pytest.approx(VACANT, rel=0.12)
    assert left[:3] / (posts - vacant)[:3] * 12 == pytest.approx(shipped().column("staff.leaving")[:3], rel=0.06)
    months = vacant[:3] / left[:3]  # Little: FTE vacant over FTE that fall vacant a month
    assert months * 365.25 / 12 == pytest.approx(DAYS, rel=0.1)
    assert hired[:3] == pytest.approx(left[:3], rel=0.05)


def test_fte_are_conserved() -> None:
    places = region()
    start_staff(places, shipped(), SEED)
    for k in range(24):
        before = filled(places)
        now = staff_month(places, 1500 + k, shipped(), SEED)
        after = filled(places)
        assert after.sum(axis=0) == pytest.approx(before.sum(axis=0) - now.left + now.hired)
        assert now.posts - now.vacant == pytest.approx(after.sum(axis=0))
        assert after.min() >= 0
        assert np.all(after <= np.array([place.staff_posts for place in places]) + 1e-9)
        assert np.array_equal(now.changed, np.flatnonzero((before != after).any(axis=1)))


def test_bookings_and_lines_follow_the_people_who_are_there() -> None:
    places = region()
    start_staff(places, shipped(), SEED)
    uid = np.array([place.uid for place in places], np.uint64)
    for k in range(6):
        staff_month(places, 1500 + k, shipped(), SEED)
    want = staff_seconds(filled(places), uid, shipped(), SEED)
    assert np.array_equal(np.array([place.staff_week_seconds for place in places]), want)
    assert np.array_equal(lines_of(places, shipped()), phone_lines(filled(places)[:, 0], shipped()))
    place = dataclasses.replace(places[0], staff_posts=(2.6, 0.0, 0.0, 0.0), assistant_fte=2.6)
    bare = dataclasses.replace(place, assistant_fte=0.0)
    assert lines_of([bare], shipped()).sum() < lines_of([place], shipped()).sum()


def test_luck_is_keyed_by_practice_role_and_month() -> None:
    places = region()
    start_staff(places, shipped(), SEED)
    twins = copy.deepcopy(places)
    order = np.random.default_rng(5).permutation(len(places)).tolist()
    crowd = [twins[k] for k in order] + [Place(len(places), 3), Place(len(places) + 1, 5)]
    for k in range(12):
        one = staff_month(places, 1500 + k, shipped(), SEED)
        two = staff_month(crowd, 1500 + k, shipped(), SEED)
        assert np.array_equal(one.assistants_missing, two.assistants_missing[: len(places)])
    assert np.array_equal(filled(twins), filled(places))
    other = copy.deepcopy(places)
    same = copy.deepcopy(places)
    assert np.array_equal(staff_month(same, 1520, shipped(), SEED).left, staff_month(other, 1520, shipped(), SEED).left)
    assert not np.array_equal(filled(other), filled(places))
    different = copy.deepcopy(places)
    staff_month(different, 1520, shipped(), SEED + 1)
    assert not np.array_equal(filled(different), filled(other))


def after_years(parameters: Parameters) -> StaffMonth:
    places = many(500)
    start_staff(places, shipped(), SEED)
    for k in range(24):
        now = staff_month(places, 1500 + k, parameters, SEED)
    return now


def test_slower_recruitment_and_more_turnover_leave_more_vacant() -> None:
    slow = shipped().replace({"staff.vacancy_days": [90, 135, 135, 240]})
    restless = shipped().replace({"staff.leaving": [0.35, 0.25, 0.25, 0.25]})
    quick = shipped().replace({"staff.vacancy_days": [31, 113, 113, 90]})
    usual = after_years(shipped()).vacant[:3].sum()
    assert after_years(slow).vacant[:3].sum() > 1.15 * usual
    assert after_years(restless).vacant[:3].sum() > 1.2 * usual
    assert after_years(quick).vacant[:3].sum() < usual


def test_new_posts_are_recruited_for_and_posts_cut_go() -> None:
    place = Place(0, 77)
    place.staff_posts = (5.2, 0.0, 0.4, 0.0)
    first = staff_month([place], 1500, shipped(), SEED)
    assert place.somatic_nurse_fte == 0.0
    assert first.hired[0] - first.left[0] == pytest.approx(place.assistant_fte - 1.9)
    for k in range(1, 12):
        staff_month([place], 1500 + k, shipped(), SEED)
    assert place.assistant_fte == pytest.approx(5.2, abs=1.4)
    place.staff_posts = (1.0, 0.0, 0.0, 0.0)
    staff_month([place], 1512, shipped(), SEED)
    assert place.assistant_fte <= 1.0
    assert place.mental_nurse_fte == 0.0
    assert place.staff_week_seconds[2] == (0,) * 5


def test_closed_practices_have_no_staff_to_lose() -> None:
    places = many(40)
    start_staff(places, shipped(), SEED)
    for place in places[:30]:
        place.closed_since = 1499
        place.assistant_fte = place.somatic_nurse_fte = place.mental_nurse_fte = 0.0
    now = staff_month(places, 1500, shipped(), SEED)
    assert not filled(places[:30]).any()
    assert not now.assistants_missing[:30].any()
    assert now.posts == pytest.approx(np.array([place.staff_posts for place in places[30:]]).sum(axis=0))
    for place in places:
        place.closed_since = 1499
    empty = staff_month(places, 1501, shipped(), SEED)
    assert not empty.posts.any()
    assert not empty.changed.size
