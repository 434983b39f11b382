"""Births, deaths, moves and conditions, month by month."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.agents.people import People
from sim.parameters import Parameters, load_parameters
from sim.randomness.ids import Kind, identify
from sim.region import Region, load_region
from sim.region.curves import AGES, smooth_rate
from sim.region.population import START_MONTH
from sim.world.demography import Demography, demography_month
from sim.world.moves import net_migration
from sim.world.tables import CHILD_GAP
from tests.world.fingerprint import TWENTE, live, populate, table

Ints = np.ndarray[Any, Any]


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_parameters()


@pytest.fixture(scope="module")
def twente(parameters: Parameters) -> Region:
    return load_region(TWENTE, parameters)


def years(people: People, month: int, rows: Ints) -> Ints:
    return np.clip((month - people.birth_month[rows].astype(np.int64)) // 12, 0, AGES - 1)


def begin(region: Region, parameters: Parameters, seed: int, scale: float) -> tuple[People, Demography]:
    people = populate(region, parameters, seed, scale)
    return people, Demography.of(region, parameters, people, seed, START_MONTH)


@dataclass
class Year:
    """What happened to all of Twente in 2025, and what the rates expected."""

    people: People
    counts: dict[str, int]
    expected: dict[str, float]
    deaths: Ints  # (2, AGES)
    exposed: Ints  # (2, AGES), person-months
    inhabitants: int


@pytest.fixture(scope="module")
def year(twente: Region, parameters: Parameters) -> Year:
    people, demography = begin(twente, parameters, 1, 1.0)
    inhabitants = len(people)
    births = smooth_rate(parameters, "demography.birth_rate")
    death = np.stack([smooth_rate(parameters, f"demography.death_{s}") for s in ("men", "women")]) / 1000.0
    counts = dict.fromkeys(("born", "died", "left", "arrived", "moved"), 0)
    expected = {"born": 0.0, "died": 0.0}
    deaths, exposed = np.zeros((2, AGES), np.int64), np.zeros((2, AGES), np.int64)
    for month in range(START_MONTH, START_MONTH + 12):
        rows = people.rows
        age, sex = years(people, month, rows), people.sex[rows].astype(np.int64)
        np.add.at(exposed, (sex, age), 1)
        expected["born"] += births[age][sex == 1].sum() / 12
        expected["died"] += -np.expm1(-death[sex, age] / 12).sum()
        result = demography_month(people, demography, 1, month, (month - START_MONTH) * 30)
        np.add.at(deaths, (people.sex[result.died].astype(np.int64), years(people, month, result.died)), 1)
        for name in counts:
            counts[name] += getattr(result, name).size
    return Year(people, counts, expected, deaths, exposed, inhabitants)


def test_deaths_follow_the_published_rates(year: Year, parameters: Parameters) -> None:
    assert abs(year.counts["died"] - year.expected["died"]) < 4 * np.sqrt(year.expected["died"])
    # Netherlands 9.6 per 1,000 (172,165 in 2024) with 20.8 % over 65; Twente has 21.8 %
    assert 9.5 < 1000 * year.counts["died"] / year.inhabitants < 11.0
    for sex, name in enumerate(("men", "women")):
        published = parameters.column(f"demography.death_{name}")
        for low in (60, 70, 80):
            k, span = low // 5, slice(low, low + 5)
            died, months = year.deaths[sex, span].sum(), year.exposed[sex, span].sum()
            assert (
                abs(12_000 * died / months - published[k]) < 0.04 * published[k] + 4 * 12_000 * np.sqrt(died) / months
            )


def test_births_follow_the_rates_by_mothers_age(year: Year) -> None:
    # those who live with their parents bear no children, the others so many more
    assert abs(year.counts["born"] - year.expected["born"]) < 0.02 * year.expected["born"] + 4 * np.sqrt(
        year.expected["born"]
    )
    # Netherlands 9.2 per 1,000; Twente has about 6 % fewer women of 25-34
    assert 8.0 < 1000 * year.counts["born"] / year.inhabitants < 9.6


def test_moves_are_near_the_published_number(year: Year, parameters: Parameters) -> None:
    # 97 per 1,000 move inside the country in a year (CBS 2023); some of them leave the region
    moves = 1000 * (year.counts["left"] + year.counts["moved"]) / year.inhabitants
    assert 88 < moves < 106
    net = 1000 * (year.counts["arrived"] - year.counts["left"]) / year.inhabitants
    assert net == pytest.approx(parameters.number("demography.net_migration"), abs=0.1)


def test_movers_by_age_follow_the_published_rates(twente: Region, parameters: Parameters) -> None:
    people, demography = begin(twente, parameters, 2, 0.4)
    bands = np.array([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75])
    moved, exposed = np.zeros(bands.size), np.zeros(bands.size)
    for month in range(START_MONTH, START_MONTH + 12):
        band = np.searchsorted(bands, years(people, month, people.rows), side="right") - 1
        exposed += np.bincount(band, minlength=bands.size)
        result = demography_month(people, demography, 2, month, 0)
        for rows in (result.left, result.moved):
            band = np.searchsorted(bands, years(people, month, rows), side="right") - 1
            moved += np.bincount(band, minlength=bands.size)
    rate = 1200 * moved / exposed
    published = parameters.column("demography.move_within") + parameters.column("demography.move_other")
    # adults move as published; children as their parents do, which comes near
    assert np.allclose(rate[5:], published[5:], rtol=0.12)
    assert np.allclose(rate[:5], published[:5], rtol=0.25)


def test_people_are_conserved_every_month(twente: Region, parameters: Parameters) -> None:
    people, demography = begin(twente, parameters, 3, 0.02)
    known = set(people.uid[people.rows].tolist())
    for k in range(24):
        result = demography_month(people, demography, 3, START_MONTH + k, k * 30)
        gone = set(people.uid[np.concatenate([result.died, result.left])].tolist())
        new = set(people.uid[np.concatenate([result.born, result.arrived])].tolist())
        assert len(gone) == result.died.size + result.left.size
        assert len(new) == result.born.size + result.arrived.size
        assert gone <= known
        assert not new & known
        known = (known - gone) | new
        assert set(people.uid[people.rows].tolist()) == known
        assert people.alive[result.moved].all()
        assert people.alive[np.concatenate([result.onset, result.recovered])].all()
        assert np.unique(result.moved).size == result.moved.size


def test_same_seed_same_world_other_seed_another(twente: Region, parameters: Parameters) -> None:
    worlds = []
    for seed in (4, 4, 5):
        people, demography = begin(twente, parameters, seed, 0.01)
        live(people, demography, seed, 12)
        worlds.append(table(people))
    assert all(np.array_equal(worlds[0][name], worlds[1][name]) for name in worlds[0])
    assert not np.array_equal(worlds[0]["uid"], worlds[2]["uid"])


def test_order_and_reuse_of_rows_play_no_part(twente: Region, parameters: Parameters) -> None:
    plain, demography = begin(twente, parameters, 6, 0.02)
    live(plain, demography, 6, 18)

    source = table(populate(twente, parameters, 6, 0.02))
    order = np.random.default_rng(0).permutation(source["uid"].size)
    shuffled = People()
    shuffled.add(order.size, **{name: column[order] for name, column in source.items() if name != "alive"})
    other = Demography.of(twente, parameters, shuffled, 6, START_MONTH)
    for k in range(18):  # a year a month: rows are free for reuse at once
        demography_month(shuffled, other, 6, START_MONTH + k, k * 365)
    assert shuffled.n < plain.n
    one, two = table(plain), table(shuffled)
    for name in one:
        assert np.array_equal(one[name], two[name]), name
    assert np.array_equal(demography.owed, other.owed)


def test_a_saved_world_goes_on_as_if_nothing_happened(twente: Region, parameters: Parameters) -> None:
    people, demography = begin(twente, parameters, 14, 0.01)
    live(people, demography, 14, 6)
    saved_people, saved = pickle.loads(pickle.dumps((people, demography)))
    for k in range(6, 12):
        demography_month(people, demography, 14, START_MONTH + k, k * 30)
        demography_month(saved_people, saved, 14, START_MONTH + k, k * 30)
    one, two = table(people), table(saved_people)
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_care_does_not_touch_the_population(twente: Region, parameters: Parameters) -> None:
    plain, demography = begin(twente, parameters, 8, 0.02)
    busy, other = begin(twente, parameters, 8, 0.02)
    rng = np.random.default_rng(1)
    care = {
        "practice",
        "usual",
        "usual_since",
        "search",
        "search_since",
        "wants_other",
        "rate_day",
        "rate_ooh",
        "last_seen",
    }
    for k in range(12):
        n = busy.n
        busy.practice[:n], busy.usual[:n] = rng.integers(-2, 50, n), rng.integers(-1, 99, n)
        busy.search[:n], busy.wants_other[:n] = rng.integers(0, 4, n), rng.integers(0, 2, n)
        busy.rate_day[:n], busy.last_seen[:n] = rng.random(n), rng.integers(-1, 99, n)
        for people, world in ((plain, demography), (busy, other)):
            demography_month(people, world, 8, START_MONTH + k, k * 30)
    one, two = table(plain), table(busy)
    for name in set(one) - care:
        assert np.array_equal(one[name], two[name]), name


def test_newborns_join_their_mothers_household_and_list(twente: Region, parameters: Parameters) -> None:
    people, demography = begin(twente, parameters, 9, 0.1)
    people.practice[: people.n] = np.arange(people.n) % 37
    people.usual[: people.n] = np.arange(people.n) % 101
    people.search[: people.n] = np.arange(people.n) % 2
    result = demography_month(people, demography, 9, START_MONTH, 0)
    women = people.rows[people.sex[people.rows] == 1]
    mother = dict(zip(identify(Kind.NEWBORN, people.uid[women], START_MONTH, 0).tolist(), women.tolist(), strict=True))
    assert result.born.size > 20
    for child in result.born.tolist():
        row = mother[int(people.uid[child])]
        for name in ("node", "x", "y", "household", "household_birth", "deprivation", "practice", "usual", "search"):
            assert getattr(people, name)[child] == getattr(people, name)[row], name
        assert people.birth_month[child] == START_MONTH
        assert 15 <= (START_MONTH - people.birth_month[row]) // 12 < 50
        assert people.search_since[child] == (START_MONTH if people.search[child] else -1)
        assert people.birth_month[row] - people.household_birth[row] < CHILD_GAP


def test_newcomers_are_registered_elsewhere_and_look(twente: Region, parameters: Parameters) -> None:
    people, demography = begin(twente, parameters, 10, 0.2)
    for k in range(6):
        result = demography_month(people, demography, 10, START_MONTH + k, k * 30)
        rows = result.arrived
        assert (people.practice[rows] == -2).all()
        assert (people.search[rows] == 1).all()
        assert (people.search_since[rows] == START_MONTH + k).all()
        assert (people.uid[rows] >> np.uint64(56) == int(Kind.IN_MOVER)).all()
        _, of = np.unique(people.household[rows], return_inverse=True)
        grown = years(people, START_MONTH + k, rows) >= 17
        assert np.bincount(of, grown).min() >= 1
        assert (people.frailty[rows] > 0).all()


def test_households_move_as_one_and_young_people_found_their_own(twente: Region, parameters: Parameters) -> None:
    people, demography = begin(twente, parameters, 11, 0.05)
    before = table(people)
    live(people, demography, 11, 24)
    after = table(people)
    _, first, of = np.unique(after["household"], return_index=True, return_inverse=True)
    for name in ("node", "x", "y", "deprivation", "household_birth"):
        assert np.array_equal(after[name], after[name][first][of]), name
    _, a, b = np.intersect1d(before["uid"], after["uid"], return_indices=True)
    left_home = before["household"][a] != after["household"][b]
    age = (START_MONTH + 12 - after["birth_month"][b][left_home].astype(np.int64)) / 12
    assert left_home.sum() > 200
    assert age.min() >= 17.0
    assert age.max() <= 41.0
    assert (after["household_birth"][b][left_home] == after["birth_month"][b][left_home]).all()
    assert (before["x"][a][left_home] != after["x"][b][left_home]).all()
    stayed = before["x"][a] == after["x"][b]
    assert np.array_equal(before["node"][a][stayed], after["node"][b][stayed])


def test_ten_years_on_the_region_is_plausible(twente: Region, parameters: Parameters) -> None:
    people, demography = begin(twente, parameters, 12, 0.25)
    start = table(people)
    live(people, demography, 12, 120)
    end = table(people)
    month = START_MONTH + 120
    age = (month - end["birth_month"].astype(np.int64)) // 12
    # forecast for Twente: about +1.9 % in ten years; a later one expects a loss
    assert 0.97 < end["uid"].size / start["uid"].size < 1.05
    # a quarter is 65 or older in 2035 nationally, Twente is a point older
    assert 0.24 < np.mean(age >= 65) < 0.27
    # the baby boom passes 85: half as many again
    old_before = np.count_nonzero(month - 120 - start["birth_month"].astype(np.int64) >= 85 * 12)
    assert 1.3 < np.count_nonzero(age >= 85) / old_before < 1.7
    assert 0.12 < np.mean(age < 15) < 0.155
    # the share at home at each age stays, so young people keep leaving home as they did
    for low, high in ((18, 20), (20, 23), (23, 27), (27, 30), (30, 35)):
        shares = []
        for columns, now in ((start, month - 120), (end, month)):
            years_old = (now - columns["birth_month"].astype(np.int64)) // 12
            group = (years_old >= low) & (years_old < high)
            shares.append(
                np.mean((columns["birth_month"].astype(np.int64) - columns["household_birth"])[group] >= CHILD_GAP)
            )
        assert abs(shares[1] - shares[0]) < 0.06, (low, shares)
    # conditions by age stay as they were
    for bit in range(4):
        for low, high in ((20, 40), (50, 65), (65, 75), (75, 85)):
            found = []
            for columns, now in ((start, month - 120), (end, month)):
                years_old = (now - columns["birth_month"].astype(np.int64)) // 12
                group = (years_old >= low) & (years_old < high)
                found.append((np.mean(columns["conditions"][group] >> bit & 1), group.sum()))
            (a, n), (b, m) = found
            assert abs(a - b) < 0.06 * a + 4 * np.sqrt(a / n + b / m), (bit, low)
    towns = [np.bincount(twente.node_municipality[c["node"]], minlength=14) for c in (start, end)]
    growth = dict(zip((m.name for m in twente.municipalities), towns[1] / towns[0] - 1, strict=True))
    assert growth["Enschede"] > 0.0 > growth["Hof van Twente"]
    assert growth["Borne"] > growth["Haaksbergen"]


def test_a_large_city_does_not_fill_the_towns_beside_it(parameters: Parameters) -> None:
    """Amsterdam holds 94 of 100 people of its region: who moves on within the region has hardly anywhere to go."""
    region = load_region(TWENTE.parents[1] / "country" / "regions" / "amsterdam", parameters)
    people, demography = begin(region, parameters, 14, 0.05)
    town = region.node_municipality
    before = np.bincount(town[people.node[people.rows]], minlength=3)
    live(people, demography, 14, 36)
    after = np.bincount(town[people.node[people.rows]], minlength=3)
    names = [one.name for one in region.municipalities]
    growth = dict(zip(names, after / before - 1.0, strict=True))
    assert abs(growth["Diemen"]) < 0.15 and abs(growth["Weesp"]) < 0.15  # Diemen more than doubled before
    assert 0.0 < after.sum() / before.sum() - 1.0 < 0.06
    assert demography.full()[[names.index("Diemen"), names.index("Weesp")]].any(), "they are turned away"


@pytest.mark.parametrize("name", ["twente", "friesland", "zeeland", "noord-holland-noord", "drenthe"])
def test_nobody_is_turned_away_where_no_city_holds_the_region(name: str, parameters: Parameters) -> None:
    people, demography = begin(load_region(TWENTE.parent / name, parameters), parameters, 15, 0.25)
    for turn in range(60):
        demography_month(people, demography, 15, START_MONTH + turn, 30 * turn)
        assert not demography.full().any()


def test_student_town_stays_one(twente: Region, parameters: Parameters) -> None:
    people, demography = begin(twente, parameters, 13, 0.25)
    enschede = next(k for k, m in enumerate(twente.municipalities) if m.name == "Enschede")
    shares = []
    for months in (0, 120):
        live(people, demography, 13, months)
        age = years(people, START_MONTH + months, people.rows)
        here = twente.node_municipality[people.node[people.rows]] == enschede
        shares.append(np.mean((age[here] >= 20) & (age[here] < 25)))
    assert abs(shares[1] - shares[0]) < 0.02


def test_net_migration_has_the_given_mean_and_follows_the_forecast(twente: Region, parameters: Parameters) -> None:
    natural = np.linspace(-0.004, 0.002, 14)
    net = net_migration(twente, parameters, natural)
    people = np.array([m.population for m in twente.municipalities])
    assert np.average(net, weights=people) == pytest.approx(parameters.number("demography.net_migration") / 1000)
    growth = net + natural
    change = np.array([m.change_2035 or 0.0 for m in twente.municipalities])
    assert np.corrcoef(growth, change)[0, 1] == pytest.approx(1.0)


def test_compiled_and_interpreted_agree_to_the_bit() -> None:
    root = Path(__file__).resolve().parents[2]
    out = []
    for switch in ("0", "1"):
        env = {**os.environ, "NUMBA_DISABLE_JIT": switch}
        run = [sys.executable, "-m", "tests.world.fingerprint"]
        out.append(subprocess.run(run, cwd=root, env=env, capture_output=True, text=True, check=True).stdout)
    assert out[0] == out[1]
    assert int(out[0].split()[0]) > 1000
