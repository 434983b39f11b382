"""Every inhabitant at the start, against the region's files and published shares."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.parameters import Parameters, load_parameters
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream
from sim.region import AGE_BAND_STARTS, Region, load_region
from sim.region.ages import age_targets, largest_remainder, municipal_bands
from sim.region.curves import by_year, gamma, normal, smooth_rate, through_middles
from sim.region.population import SMALLEST_NODE, START_MONTH, node_targets, synthesise
from sim.region.traits import CONDITIONS, keyed
from tests.world.fingerprint import TWENTE

Columns = dict[str, np.ndarray[Any, Any]]


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_parameters()


@pytest.fixture(scope="module")
def twente(parameters: Parameters) -> Region:
    return load_region(TWENTE, parameters)


@pytest.fixture(scope="module")
def everybody(twente: Region, parameters: Parameters) -> Columns:
    return synthesise(twente, parameters, 1)


def ages(columns: Columns) -> np.ndarray[Any, Any]:
    """Completed years on 1 January 2025."""
    return (START_MONTH - 1 - columns["birth_month"].astype(np.int64)) // 12


def towns(columns: Columns, region: Region) -> np.ndarray[Any, Any]:
    return region.node_municipality[columns["node"]].astype(np.int64)


class Households:
    """What the columns say about households; children are those 16 years younger than the reference person."""

    def __init__(self, columns: Columns) -> None:
        _, self.of, self.size = np.unique(columns["household"], return_inverse=True, return_counts=True)
        birth = columns["birth_month"].astype(np.int64)
        self.child = birth - columns["household_birth"] >= 16 * 12
        self.children = np.bincount(self.of, self.child).astype(np.int64)
        self.adults = self.size - self.children


def test_every_node_and_municipality_has_exactly_its_people(everybody: Columns, twente: Region) -> None:
    assert everybody["uid"].size == 633_917 == twente.population
    assert np.array_equal(np.bincount(everybody["node"], minlength=twente.node_population.size), twente.node_population)
    assert np.bincount(towns(everybody, twente)).tolist() == [m.population for m in twente.municipalities]
    assert np.unique(everybody["uid"]).size == everybody["uid"].size


def test_municipal_age_bands_are_met_to_the_person(everybody: Columns, twente: Region, parameters: Parameters) -> None:
    band = np.searchsorted(AGE_BAND_STARTS, ages(everybody), side="right") - 1
    found = np.zeros((len(twente.municipalities), 7), np.int64)
    np.add.at(found, (towns(everybody, twente), band), 1)
    population = np.array([m.population for m in twente.municipalities])
    assert np.abs(found - municipal_bands(twente, parameters) * population[:, None]).max() < 1.0


def test_bands_are_carried_to_2025_by_the_national_change(twente: Region, parameters: Parameters) -> None:
    share = municipal_bands(twente, parameters)
    population = np.array([m.population for m in twente.municipalities])
    old = population @ share[:, 4:].sum(axis=1) / population.sum()
    # 20.9 % in 2022 and the national rise from about 20.0 to 20.8 %
    assert 0.213 < old < 0.222
    before = np.array([m.ages for m in twente.municipalities])
    change = parameters.column("demography.age_change")
    expected = before * change / (before * change).sum(axis=1, keepdims=True)
    assert np.allclose(share, expected, rtol=2e-3)


def test_five_year_ages_and_sexes_follow_the_region(everybody: Columns, twente: Region, parameters: Parameters) -> None:
    start = twente.ages.start.astype(np.int64)
    row = np.searchsorted(start, ages(everybody), side="right") - 1
    found = np.zeros((start.size, 2), np.int64)
    np.add.at(found, (row, everybody["sex"].astype(np.int64)), 1)
    population = np.array([m.population for m in twente.municipalities], np.int64)
    assert np.array_equal(found, age_targets(twente, parameters, population).sum(axis=0))
    # below 45 the shape of the published table within the bands of the municipalities
    published = twente.ages.persons.astype(float)
    for band in (slice(0, 3), slice(3, 5), slice(5, 9)):
        table, here = published[band], found.sum(axis=1)[band]
        assert np.allclose(here / here.sum(), table / table.sum(), atol=0.035 if band.start == 3 else 0.003)
    # from 45 on the cohorts: the baby boom of 70-74 (2021) fills up 75-79
    assert 1.15 < found[15].sum() / published[15] < 1.35
    women = found[:, 1] / found.sum(axis=1)
    assert np.allclose(women, by_year(parameters, "demography.women_share")[start], atol=0.004)


def test_student_town_has_its_surplus_at_twenty(everybody: Columns, twente: Region) -> None:
    enschede = next(k for k, m in enumerate(twente.municipalities) if m.name == "Enschede")
    age = ages(everybody)[towns(everybody, twente) == enschede]
    teens, students = np.count_nonzero((age >= 15) & (age < 20)), np.count_nonzero((age >= 20) & (age < 25))
    assert students > 1.4 * teens


def test_households_are_consistent(everybody: Columns) -> None:
    house = Households(everybody)
    first = np.unique(house.of, return_index=True)[1]
    for name in ("node", "x", "y", "deprivation", "household_birth"):
        assert np.array_equal(everybody[name], everybody[name][first][house.of]), name
    is_reference = everybody["birth_month"] == everybody["household_birth"]
    assert np.bincount(house.of, is_reference).min() >= 1
    minor = ages(everybody) < 18
    assert house.child[minor].all()
    assert house.adults.min() >= 1
    assert house.adults.max() <= 2
    couples = (house.adults == 2)[house.of] & ~house.child
    assert np.array_equal(
        np.bincount(house.of[couples], everybody["sex"][couples])[np.unique(house.of[couples])],
        np.ones(np.unique(house.of[couples]).size),
    )


def test_children_have_mothers_of_a_plausible_age(everybody: Columns) -> None:
    house = Households(everybody)
    mother = np.full(house.size.size, -1, np.int64)
    women = np.flatnonzero(~house.child & (everybody["sex"] == 1))
    mother[house.of[women]] = women
    child = np.flatnonzero(house.child & (mother[house.of] >= 0))
    assert child.size > 0.95 * house.child.sum()  # the others live with their father
    at_birth = (everybody["birth_month"][child].astype(float) - everybody["birth_month"][mother[house.of[child]]]) / 12
    assert at_birth.min() >= 16.0
    assert at_birth.max() <= 46.5
    assert 30.0 < at_birth.mean() < 32.0
    fathers = (everybody["birth_month"].astype(int) - everybody["household_birth"])[house.child] / 12
    assert fathers.min() >= 16.0


def test_household_types_are_near_the_published_shares(everybody: Columns) -> None:
    house = Households(everybody)
    share = {
        "alone": np.mean((house.adults == 1) & (house.children == 0)),
        "couple": np.mean((house.adults == 2) & (house.children == 0)),
        "family": np.mean((house.adults == 2) & (house.children > 0)),
        "lone parent": np.mean((house.adults == 1) & (house.children > 0)),
    }
    # CBS 2023: 40, 28, 24 and 7 %; homes for the elderly count as living alone here
    assert 0.38 < share["alone"] < 0.44
    assert 0.26 < share["couple"] < 0.31
    assert 0.22 < share["family"] < 0.27
    assert 0.055 < share["lone parent"] < 0.085
    assert 2.0 < house.size.mean() < 2.25
    gap = everybody["birth_month"][(house.adults == 2)[house.of] & ~house.child & (everybody["sex"] == 1)].astype(float)
    gap = (
        gap - everybody["household_birth"][(house.adults == 2)[house.of] & ~house.child & (everybody["sex"] == 1)]
    ) / 12
    assert 1.0 < np.median(gap) < 3.5


def test_people_live_inside_the_built_up_disc(everybody: Columns, twente: Region) -> None:
    node = everybody["node"]
    away = (
        np.hypot(everybody["x"] - twente.node_x[node], everybody["y"] - twente.node_y[node]) / twente.node_radius[node]
    )
    assert away.max() < 1.0 + 1e-4
    # uniform over a disc: a quarter within half the radius, mean two thirds of it
    assert abs(away.mean() - 2 / 3) < 0.003
    assert abs(np.mean(away < 0.5) - 0.25) < 0.004


def test_deprivation_has_the_municipal_shares(everybody: Columns, twente: Region) -> None:
    town = towns(everybody, twente)
    for k, municipality in enumerate(twente.municipalities):
        share = np.mean(everybody["deprivation"][town == k] == 2)
        # households of two: twice the variance of independent people
        error = 4.0 * np.sqrt(2.5 * 0.25 / municipality.population)
        assert abs(share - municipality.deprived.value) < error, municipality.name
    rest = everybody["deprivation"][everybody["deprivation"] < 2]
    assert abs(np.mean(rest == 0) - 0.4) < 0.005


@pytest.mark.parametrize("condition", range(4))
def test_prevalence_by_age_and_sex_is_the_table(condition: int, everybody: Columns, parameters: Parameters) -> None:
    age = ages(everybody)
    for sex, name in enumerate(("men", "women")):
        for low in range(0, 90, 10):
            group = (everybody["sex"] == sex) & (age >= low) & (age < low + 10)
            expected = (
                through_middles(parameters, f"demography.{CONDITIONS[condition]}_{name}", age[group] + 0.5).mean() / 1e3
            )
            found = np.mean(everybody["conditions"][group] >> condition & 1)
            assert abs(found - expected) < 0.03 * expected + 4.0 * np.sqrt(expected / group.sum()), (name, low)


def test_diabetes_total_is_near_the_published_one(everybody: Columns) -> None:
    # 70.3 and 61.1 per 1,000 in 2020 (Netherlands); Twente in 2025 is about a tenth older
    has = everybody["conditions"] & 1
    assert 0.068 < has[everybody["sex"] == 0].mean() < 0.082
    assert 0.060 < has[everybody["sex"] == 1].mean() < 0.074


def test_the_deprived_have_more_conditions_at_equal_age(everybody: Columns, parameters: Parameters) -> None:
    age = ages(everybody)
    group = (age >= 60) & (age < 80)
    share = [np.mean(everybody["conditions"][group & (everybody["deprivation"] == d)] & 1) for d in range(3)]
    ratio = parameters.column("demography.condition_deprivation")
    assert share[2] / share[0] == pytest.approx(ratio[2] / ratio[0], rel=0.08)


def test_frailty_is_gamma_with_mean_one_at_every_age(everybody: Columns, parameters: Parameters) -> None:
    shape = parameters.number("demography.frailty_shape")
    law = stats.gamma(shape, scale=1.0 / shape)
    age = ages(everybody)
    for low in (0, 30, 60):
        values = everybody["frailty"][(age >= low) & (age < low + 30)].astype(float)
        assert abs(values.mean() - 1.0) < 4.0 / np.sqrt(shape * values.size)
        assert stats.kstest(values, law.cdf).pvalue > 1e-4


def test_digital_ability_falls_with_age_and_deprivation(everybody: Columns) -> None:
    assert everybody["digital"].min() >= 0.0
    assert everybody["digital"].max() <= 1.0
    band = np.searchsorted((15, 35, 50, 65, 75, 85), ages(everybody), side="right")
    means = [everybody["digital"][band == k].mean() for k in range(1, 7)]
    assert means == sorted(means, reverse=True)
    assert means[0] - means[-1] > 0.4
    elderly = band == 5
    assert everybody["digital"][elderly & (everybody["deprivation"] == 2)].mean() < everybody["digital"][elderly].mean()


def test_same_seed_same_people_other_seed_others(twente: Region, parameters: Parameters) -> None:
    one, same, other = (synthesise(twente, parameters, seed, 0.02) for seed in (1, 1, 2))
    for name, column in one.items():
        assert np.array_equal(column, same[name]), name
    assert not np.array_equal(one["birth_month"], other["birth_month"])
    assert not np.array_equal(np.sort(one["frailty"]), np.sort(other["frailty"]))


@pytest.mark.parametrize("scale", [0.001, 0.01, 0.1])
def test_a_scaled_region_is_whole(scale: float, twente: Region, parameters: Parameters) -> None:
    small = synthesise(twente, parameters, 3, scale)
    wanted = node_targets(twente, scale)
    assert wanted.min() >= SMALLEST_NODE
    assert np.array_equal(np.bincount(small["node"], minlength=wanted.size), wanted)
    assert Households(small).adults.max() <= 2


@pytest.mark.parametrize("scale", [0.0, -1.0, 31.0])
def test_a_scale_outside_zero_to_one_is_refused(scale: float, twente: Region) -> None:
    with pytest.raises(ValueError, match="scale"):
        node_targets(twente, scale)


def test_largest_remainder_adds_up() -> None:
    assert largest_remainder(np.array([1.0, 1.0, 1.0]), 10).tolist() == [4, 3, 3]
    assert largest_remainder(np.array([0.2, 0.7, 0.1]), 7).tolist() == [1, 5, 1]


def test_smooth_rates_keep_the_published_means(parameters: Parameters) -> None:
    curve = smooth_rate(parameters, "demography.death_women")
    column = parameters.column("demography.death_women")
    for k in range(18):
        assert curve[5 * k : 5 * k + 5].mean() == pytest.approx(column[k])
    assert (np.diff(curve[40:90]) > 0).all()
    births = smooth_rate(parameters, "demography.birth_rate")
    assert births.sum() == pytest.approx(1.43, abs=0.005)  # children per woman
    assert births[:15].sum() == 0.0 == births[50:].sum()
    assert 31.4 < (births * (np.arange(births.size) + 0.5)).sum() / births.sum() < 32.5


@pytest.mark.parametrize("shape", [0.4, 0.8, 1.0, 3.0])
def test_gamma_and_normal_tables_are_inverse_distributions(shape: float) -> None:
    u = (np.arange(20_000) + 0.5) / 20_000
    assert np.allclose(gamma(u, shape), stats.gamma.ppf(u, shape, scale=1.0 / shape), rtol=1e-3, atol=2e-5)
    assert gamma(u, shape).mean() == pytest.approx(1.0, abs=1e-3)
    assert np.allclose(normal(u, 2.0, 3.0), stats.norm.ppf(u, 2.0, 3.0), atol=0.02)


def test_keyed_gives_the_registered_draws() -> None:
    entities = np.arange(1, 1001, dtype=np.uint64) << np.uint64(30)
    expected = uniforms(5, int(Stream.PERSON), entities, 12, 3)
    assert np.array_equal(keyed(5, Stream.PERSON, entities, 12, 3), expected.T)
    assert np.array_equal(keyed(5, Stream.PERSON, entities[:10], 12, 3), expected[:10].T)
