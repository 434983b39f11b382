"""Practices at the start: counts, lists, hours, books, and that nothing depends on storage order."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from sim.agents.people import People
from sim.region import Region
from sim.region.practice_books import Role, make_books
from sim.region.practice_lists import balance
from sim.region.practice_sites import DUO, GROUP, SOLO, apportion, choose_forms, local_groups
from sim.region.practice_staff import GPRole, draw_ages, phone_lines, spread_over_weekdays
from sim.region.practices import PracticePlan, denominators, make_practices, supplied_hours
from sim.region.travel import distance_report, journey
from tests.workforce.crowd import SEED, columns, crowd, expected, plan_for, shipped, small, twente, whole

World = tuple[Region, People, PracticePlan]


@pytest.fixture(scope="module")
def world() -> World:
    return whole()


def heads(plan: PracticePlan) -> np.ndarray[Any, Any]:
    return np.bincount(plan.gp_practice[: plan.regular], minlength=plan.practices)


def spread(values: np.ndarray[Any, Any]) -> float:
    return float(values.std() / values.mean())


def test_published_numbers_come_out(world: World) -> None:
    plan = world[2]
    assert plan.practices == 176
    assert plan.regular == 425
    assert np.bincount(plan.gp_role).tolist() == [276, 98, 51, 106]
    assert np.bincount(plan.form).tolist() == [35, 77, 64]
    assert np.unique(plan.gp_uid).size == plan.gp_uid.size
    assert np.unique(plan.sites.uid).size == plan.practices


def test_forms_have_their_gps_and_every_practice_an_owner(world: World) -> None:
    plan = world[2]
    gps = heads(plan)
    assert set(gps[plan.form == SOLO]) == {1}
    assert set(gps[plan.form == DUO]) == {2}
    assert gps[plan.form == GROUP].min() == 3
    assert gps[plan.form == GROUP].max() <= 6
    owners = np.bincount(plan.gp_practice[plan.gp_role == GPRole.OWNER], minlength=plan.practices)
    assert owners.min() == 1
    assert np.all(np.diff(plan.gp_practice[: plan.regular]) >= 0)
    two_owners = owners[plan.form == DUO] == 2
    assert two_owners.mean() == pytest.approx(shipped().number("practices.duo_second_owner"), abs=0.01)


def test_practices_stand_where_people_live(world: World) -> None:
    region, _, plan = world
    town = np.bincount(region.node_municipality, region.node_population)
    per_town = np.bincount(plan.sites.municipality, minlength=town.size)
    assert np.abs(per_town - 176 * town / town.sum()).max() < 1.0
    assert np.array_equal(region.node_municipality[plan.sites.node], plan.sites.municipality)
    assert region.node_population[plan.sites.node].min() >= shipped().number("practices.village_minimum")
    away = np.hypot(plan.sites.x - region.node_x[plan.sites.node], plan.sites.y - region.node_y[plan.sites.node])
    assert np.all(away <= region.node_radius[plan.sites.node])
    # larger forms in larger places
    place = np.bincount(region.node_place, region.node_population)[region.node_place[plan.sites.node]]
    assert place[plan.form == GROUP].mean() > place[plan.form == SOLO].mean()


def test_distances_are_plausible(world: World) -> None:
    region, people, plan = world
    n, sites = people.n, plan.sites
    rows = distance_report(region, people.node[:n], people.x[:n], people.y[:n], sites.node, sites.x, sites.y)
    nearest = next(row.km for row in rows if row.facility == "practice" and row.area == region.id)
    own = people.practice[:n]
    listed = own >= 0
    at = (people.node[:n][listed], people.x[:n][listed], people.y[:n][listed])
    km, minutes = journey(region, *at, sites.node[own[listed]], sites.x[own[listed]], sites.y[own[listed]])
    assert 0.8 < nearest < 1.2
    assert nearest < km.mean() < 2.6
    assert (minutes > 15.0).mean() < 0.02


def test_lists_are_what_people_say(world: World) -> None:
    _, people, plan = world
    practice = people.practice[: people.n]
    listed = practice[practice >= 0]
    assert np.array_equal(np.bincount(listed, minlength=plan.practices), plan.list_size)
    assert plan.list_size.sum() + np.count_nonzero(practice == -1) == people.n
    assert np.array_equal(plan.books.practice_list, plan.list_size)


def test_lists_hit_their_targets(world: World) -> None:
    plan = world[2]
    off = plan.list_size / plan.target_list - 1.0
    assert np.abs(off).max() < 0.06
    assert np.abs(off).mean() < 0.02
    assert 0.4 < spread(plan.list_size) < 0.6
    assert (plan.list_size / heads(plan)).max() < 1.06 * shipped().number("practices.list_per_gp_maximum")
    mean = [plan.list_size[plan.form == form].mean() for form in (SOLO, DUO, GROUP)]
    assert mean == sorted(mean)
    low, high = shipped()["practices.form_list"].low, shipped()["practices.form_list"].high
    assert np.all(np.array(mean) > low)
    assert np.all(np.array(mean) < high)


def test_balance_keeps_rows_and_hits_columns() -> None:
    rng = np.random.default_rng(3)
    pull = np.exp(-rng.random((40, 6)) * 3.0)
    people = rng.integers(10, 500, 40).astype(float)
    targets = people.sum() * np.array([0.05, 0.1, 0.15, 0.2, 0.2, 0.3])
    flow = balance(pull, people, targets)
    assert np.allclose(flow.sum(axis=1), people, rtol=1e-12)
    assert np.allclose(flow.sum(axis=0), targets, rtol=2e-4)
    # the balanced flow keeps the gravity's cross ratios: it is the closest table with these margins
    cross = flow[0, 0] * flow[1, 1] / (flow[0, 1] * flow[1, 0])
    assert cross == pytest.approx(pull[0, 0] * pull[1, 1] / (pull[0, 1] * pull[1, 0]))


def test_whole_households_share_a_practice_and_mostly_a_gp(world: World) -> None:
    _, people, plan = world
    n = people.n
    _, of = np.unique(people.household[:n], return_inverse=True)
    low, high = np.full(of.max() + 1, 9999), np.full(of.max() + 1, -9)
    np.minimum.at(low, of, people.practice[:n])
    np.maximum.at(high, of, people.practice[:n])
    assert np.array_equal(low, high)
    usual, practice = people.usual[:n], people.practice[:n]
    assert np.array_equal(usual >= 0, practice >= 0)
    assert np.array_equal(plan.books.practice[usual[usual >= 0]], practice[usual >= 0])
    assert set(plan.books.role[usual[usual >= 0]]) == {Role.GP}
    pairs = (of[1:] == of[:-1]) & (practice[1:] >= 0) & (heads(plan)[practice[1:]] > 1)
    same = (usual[1:] == usual[:-1])[pairs].mean()
    assert 0.72 < same < 0.95
    assert same < 1.0


def test_usual_gps_follow_hours(world: World) -> None:
    _, people, plan = world
    usual = people.usual[: people.n]
    patients = np.bincount(usual[usual >= 0], minlength=plan.regular)
    practice = plan.gp_practice[: plan.regular]
    hours = plan.gp_direct_seconds[: plan.regular].astype(float)
    share = hours / np.bincount(practice, hours)[practice]
    error = patients / plan.list_size[practice] - share
    # households of about two and a half choose together
    noise = np.sqrt(share * (1 - share) * 2.7 / plan.list_size[practice])
    several = share < 1.0
    assert np.abs(error[several] / noise[several]).max() < 4.5
    assert 0.6 < (error[several] / noise[several]).std() < 1.2


def test_people_without_a_gp_search(world: World) -> None:
    region, people, _ = world
    n = people.n
    out = people.practice[:n] == -1
    assert np.array_equal(out, people.search[:n] > 0)
    assert np.array_equal(out, people.search_since[:n] >= 0)
    assert people.search_since[:n].max() <= 1500
    assert 5.0 < 1500 - people.search_since[:n][out].mean() < 12.0
    town = region.node_municipality[people.node[:n]]
    for k, municipality in enumerate(region.municipalities):
        found, asked = out[town == k].mean(), municipality.without_gp.value
        assert found == pytest.approx(asked, abs=6 * np.sqrt(asked * 2.5 / np.count_nonzero(town == k)))
    states = np.bincount(people.search[:n][out], minlength=4)[1:] / out.sum()
    assert states == pytest.approx(shipped().column("practices.search_state"), abs=0.05)
    assert not people.wants_other[:n][out].any()
    assert people.wants_other[:n][~out].mean() == pytest.approx(0.042, abs=0.001)


def test_hours_add_up_to_the_published_supply(world: World) -> None:
    p, plan = shipped(), world[2]
    duty = p.column("practices.duty_hours") / p.number("practices.working_weeks")
    published = (p.column("practices.direct_hours") - duty) * np.bincount(plan.gp_role)
    assert supplied_hours(plan) == pytest.approx(published, rel=0.002)
    assert supplied_hours(plan).sum() == pytest.approx(published.sum(), rel=1e-5)
    for role in GPRole:
        hours = plan.gp_hours[plan.gp_role == role].mean()
        assert hours == pytest.approx(p.column("practices.week_hours")[role])
    assert np.array_equal(plan.gp_week_seconds.sum(axis=1), plan.gp_direct_seconds)
    assert plan.gp_direct_seconds.max() < 48 * 3600


def test_load_varies_little_and_list_per_fte_much(world: World) -> None:
    plan = world[2]
    regular = plan.gp_practice[: plan.regular]
    load = plan.expected_minutes / np.bincount(regular, plan.gp_direct_seconds[: plan.regular])
    assert spread(load) == pytest.approx(0.05, abs=0.01)
    counted = plan.gp_role <= GPRole.EMPLOYED
    per_fte = plan.list_size / np.bincount(plan.gp_practice[counted], plan.gp_fte[counted])
    assert spread(per_fte) == pytest.approx(0.25, abs=0.005)
    low, high = shipped().column("practices.fte_limits")
    assert plan.gp_fte.min() >= low
    assert plan.gp_fte.max() <= high
    supply = np.bincount(plan.group, np.bincount(regular, plan.gp_direct_seconds[: plan.regular]))
    assert spread(np.bincount(plan.group, plan.expected_minutes) / (supply + plan.locum_seconds_per_week)) < 0.03


def test_denominators_are_named(world: World) -> None:
    plan = world[2]
    rows = {row.name: row for row in denominators(plan, shipped())}
    counted = rows["per FTE owner + employed"]
    assert counted.value / 2095 == pytest.approx(1.10, abs=0.001)
    assert counted.published is not None
    assert counted.value == pytest.approx(counted.published, rel=0.03)
    assert rows["per FTE of all GPs"].value == pytest.approx(1625, rel=0.03)
    assert rows["per practice"].divisor == 176
    for row in rows.values():
        assert row.patients == plan.list_size.sum()
        assert row.value * row.divisor == pytest.approx(row.patients)


def test_ages_and_sexes_are_those_of_the_profession(world: World) -> None:
    role = np.tile(world[2].gp_role, 40)
    uid = np.arange(role.size, dtype=np.uint64)
    birth, sex = draw_ages(uid, role, shipped(), SEED, 1500)
    age = (1500 - birth) / 12
    assert age.min() >= 30
    assert age.max() <= 70
    assert sex.mean() == pytest.approx(0.66, abs=0.015)
    assert (age >= 50).mean() == pytest.approx(0.38, abs=0.02)
    assert (age >= 60).mean() == pytest.approx(0.145, abs=0.015)
    assert (age[role != GPRole.CHANGING_LOCUM] < 40).mean() == pytest.approx(0.277, abs=0.03)
    assert (age[sex == 0] >= 50).mean() == pytest.approx(0.57, abs=0.03)
    assert (age[sex == 1] >= 50).mean() == pytest.approx(0.255, abs=0.04)


def test_staff_totals_follow_the_list(world: World) -> None:
    plan, p = world[2], shipped()
    listed = plan.list_size.sum()
    assert plan.staff.assistant.sum() == pytest.approx(1.22 / 2095 * listed, rel=0.002)
    assert plan.staff.somatic_nurse.sum() == pytest.approx(0.76 / 3671 * listed, rel=0.002)
    assert plan.staff.mental_nurse.sum() == pytest.approx(0.39 / 3671 * listed, rel=0.005)
    assert np.count_nonzero(plan.staff.advanced) == round(0.11 * 176)
    assert 0.88 < np.count_nonzero(plan.staff.somatic_nurse) / 176 < 1.0
    assert spread(plan.staff.assistant / plan.list_size) == pytest.approx(p.number("practices.staff_cv"), abs=0.03)
    books = plan.books
    hours = books.week_seconds[books.role == Role.SOMATIC_NURSE].sum() / 3600
    assert hours == pytest.approx(plan.staff.somatic_nurse.sum() * 38 * 0.73, rel=0.001)


def test_phone_lines_peak_in_the_morning(world: World) -> None:
    lines = world[2].phone_lines
    assert lines[:, 8:17].min() == 1
    assert not lines[:, :8].any()
    assert not lines[:, 17:].any()
    assert np.all(lines[:, 8] >= lines[:, 12])
    assert lines[:, 8].sum() > 1.2 * lines[:, 12].sum()
    more = phone_lines(world[2].staff.assistant * 2.0, shipped())
    assert more[:, 12].sum() > lines[:, 12].sum()


def test_books_are_numbered_by_gp_then_practice_and_role(world: World) -> None:
    plan = world[2]
    books = plan.books
    assert books.size == 425 + 5 * 176
    assert books.gp_books == 425
    assert np.array_equal(books.gp[:425], np.arange(425))
    assert np.array_equal(books.uid[:425], plan.gp_uid[:425])
    assert np.array_equal(books.week_seconds[:425], plan.gp_week_seconds[:425])
    assert np.unique(books.uid).size == books.size
    for practice in range(176):
        own = books.practice_gp_books[practice]
        assert np.array_equal(own[own >= 0], np.flatnonzero(books.practice[:425] == practice))
        for role in range(1, 6):
            book = books.practice_role_book[practice, role]
            assert (books.practice[book], books.role[book], books.gp[book]) == (practice, role, -1)
    assert not books.week_seconds[books.role == Role.LOCUM_SEAT].any()
    locum = plan.gp_role == GPRole.CHANGING_LOCUM
    assert books.locum_day_seconds.sum() == plan.gp_direct_seconds[locum].sum()
    assert np.array_equal(books.locum_day_seconds.sum(axis=1), plan.locum_seconds_per_week)


def test_books_take_gps_in_the_order_of_practices_only(world: World) -> None:
    books = world[2].books
    with pytest.raises(ValueError, match="ordered by practice"):
        make_books(
            practice_uid=world[2].sites.uid,
            practice_group=books.practice_group,
            practice_list=books.practice_list,
            gp_uid=books.uid[:2],
            gp_practice=np.array([1, 0], np.int16),
            gp_index=books.gp[:2],
            gp_seconds=books.week_seconds[:2],
            staff_seconds=books.week_seconds[books.practice_role_book[:, 2:]],
            locum_day_seconds=books.locum_day_seconds,
        )


def test_local_groups_are_six_to_ten_neighbours(world: World) -> None:
    region, _, plan = world
    sizes = np.bincount(plan.group)
    assert sizes.sum() == 176
    assert sizes.min() >= 6
    assert sizes.max() <= 10
    sites = plan.sites
    at = (sites.node[:, None], sites.x[:, None], sites.y[:, None])
    minutes = journey(region, *at, sites.node, sites.x, sites.y)[1].astype(float)
    within = minutes[plan.group[:, None] == plan.group[None, :]].mean()
    assert within < 0.45 * minutes.mean()


def test_local_groups_find_obvious_clusters() -> None:
    rng = np.random.default_rng(5)
    centre = np.repeat([[0, 0], [50, 0], [0, 50]], 7, axis=0)
    spot = centre + rng.random((21, 2))
    order = rng.permutation(21)
    minutes = np.hypot(*(spot[order][:, None] - spot[order][None]).transpose(2, 0, 1))
    group = local_groups(minutes, 7)
    for cluster in range(3):
        assert np.unique(group[np.isin(order, np.arange(7) + 7 * cluster)]).size == 1
    assert set(np.bincount(group)) == {7}


def same(one: Any, other: Any) -> bool:
    if is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    return bool(one == other)


def test_seed_and_region_decide_and_storage_order_does_not() -> None:
    region, people, plan = small()
    again = crowd(columns(region, 0.05))
    assert same(plan_for(again, region), plan)
    order = np.random.default_rng(9).permutation(people.n)
    mixed = crowd(columns(region, 0.05, order))
    assert same(plan_for(mixed, region), plan)
    for name in ("practice", "usual", "search", "search_since", "wants_other"):
        assert np.array_equal(getattr(mixed, name)[: people.n], getattr(people, name)[: people.n][order])
    other = crowd(columns(region, 0.05))
    assert not same(plan_for(other, region, SEED + 1).list_size, plan.list_size)
    assert not np.array_equal(other.practice[: people.n], people.practice[: people.n])


def test_the_dead_are_not_counted() -> None:
    region = twente()
    people = crowd(columns(region, 0.05))
    people.remove(np.arange(0, people.n, 3), 0)
    plan = plan_for(people, region)
    assert plan.inhabitants == len(people)
    assert not np.any(people.practice[: people.n][~people.alive[: people.n]] >= 0)


@pytest.mark.parametrize("scale", [0.3, 0.01, 0.002])
def test_a_region_at_another_size_keeps_its_proportions(scale: float) -> None:
    region = twente()
    people = crowd(columns(region, scale))
    plan = plan_for(people, region)
    size = people.n / region.population
    assert plan.practices == max(1, round(176 * size))
    assert plan.regular == max(plan.practices, round(425 * size))
    assert plan.list_size.sum() == np.count_nonzero(people.practice[: people.n] >= 0)
    assert plan.gp_week_seconds.min() >= 0
    assert heads(plan).sum() == plan.regular


def test_apportionment_is_fair_and_breaks_ties_by_key() -> None:
    assert apportion(10, [1.0, 1.0, 2.0], [0.0, 0.0, 0.0]).tolist() == [3, 2, 5]
    assert apportion(10, [1.0, 1.0, 2.0], [0.9, 0.1, 0.0]).tolist() == [2, 3, 5]
    rng = np.random.default_rng(2)
    weight = rng.random(30)
    seats = apportion(500, weight, rng.random(30))
    assert seats.sum() == 500
    assert np.abs(seats - 500 * weight / weight.sum()).max() < 1.0
    assert apportion(0, [0.0], [0.0]).tolist() == [0]
    with pytest.raises(ValueError, match="all zero"):
        apportion(1, [0.0, 0.0], [0.0, 0.0])


def test_weekly_pattern_spreads_colleagues() -> None:
    seconds = np.array([36_001, 36_000, 50_000, 7], np.int64)
    days = np.array([2, 2, 5, 1])
    practice = np.array([0, 0, 0, 1])
    week = spread_over_weekdays(seconds, days, practice, np.arange(4, dtype=np.uint64), 8, shipped(), 1)
    assert np.array_equal(week.sum(axis=1), seconds)
    assert np.array_equal((week > 0).sum(axis=1), days)
    assert ((week[0] > 0) & (week[1] > 0)).sum() == 0  # the second takes days on which the first is off
    assert week[0].max() - week[0][week[0] > 0].min() <= 1


def test_impossible_start_levels_are_refused(world: World) -> None:
    region, _, plan = world
    ones = np.ones(plan.practices)
    with pytest.raises(ValueError, match="do not fit 176 practices"):
        choose_forms(plan.sites, ones, ones, 175, shipped(), SEED)
    with pytest.raises(ValueError, match="do not fit 176 practices"):
        choose_forms(plan.sites, ones, ones, 176 * 6 + 1, shipped(), SEED)
    for gps in (176, 200, 700, 176 * 6):
        form, number = choose_forms(plan.sites, ones, ones, gps, shipped(), SEED)
        assert number.sum() == gps
        assert np.all(number[form == SOLO] == 1)
        assert np.all(number[form == DUO] == 2)
        assert np.all(number[form == GROUP] >= 3)
    with pytest.raises(ValueError, match="nobody lives"):
        make_practices(region, People(4), shipped(), SEED, np.zeros(4))


def test_expected_minutes_are_those_of_the_list(world: World) -> None:
    _, people, plan = world
    practice = people.practice[: people.n]
    listed = practice >= 0
    minutes = np.bincount(practice[listed], expected(people)[listed])
    assert plan.expected_minutes == pytest.approx(minutes, rel=1e-9)
