"""Time with the same GP: where it stands at the start, and what it does to out-of-hours needs."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace

import numpy as np
import pytest

from sim.agents.people import People
from sim.ledger.counts import AGE_BANDS
from sim.parameters import load_parameters
from sim.world.continuity import Continuity, start_tenure
from sim.world.needs import set_rates
from tests.world.test_needs import JANUARY, N, band, inhabitants, tables

MONTHS = (0, 11, 12, 35, 36, 59, 60, 119, 120, 179, 180, 900)
STEPS = (0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5)


def known(since: int | np.ndarray | None = None) -> People:
    """The people of the tests of needs, all with a usual GP."""
    people = inhabitants()
    people.usual[:N] = np.arange(N) % 50
    people.usual_since[:N] = JANUARY if since is None else since
    return people


def odds(rate: float) -> float:
    return math.expm1(12.0 * float(rate))


def test_odds_of_any_contact_in_a_year_fall_with_the_years_as_published() -> None:
    steps = load_parameters().column("continuity.odds")
    plain = Continuity.of(load_parameters())
    people = inhabitants(len(MONTHS))
    people.usual[: people.n] = 7
    people.usual_since[: people.n] = JANUARY - np.array(MONTHS)
    before = people.rate_ooh[: people.n].copy()
    plain.apply(people, JANUARY)
    found = [odds(rate) / odds(was) for rate, was in zip(people.rate_ooh, before, strict=False)]
    assert found == pytest.approx([steps[k] for k in STEPS], rel=1e-5)


def test_who_has_no_usual_gp_counts_as_in_the_first_year() -> None:
    people = inhabitants(3)
    people.usual[:3], people.usual_since[:3] = (-1, -2, 4), (JANUARY - 400, JANUARY - 400, -1)
    before = people.rate_ooh[:3].copy()
    Continuity.of(load_parameters()).apply(people, JANUARY)
    np.testing.assert_allclose(people.rate_ooh[:3], before, rtol=1e-6)


def test_at_the_start_the_mean_rate_at_each_age_is_as_published_and_daytime_is_untouched() -> None:
    people = known(JANUARY - np.random.default_rng(2).integers(0, 300, N))
    day, night = people.rate_day[:N].copy(), people.rate_ooh[:N].copy()
    Continuity.of(load_parameters()).levelled(people, JANUARY).apply(people, JANUARY)
    own = band(people)
    for k in range(AGE_BANDS):
        assert people.rate_ooh[:N][own == k].mean() == pytest.approx(night[own == k].mean(), rel=1e-5)
    assert not np.allclose(people.rate_ooh[:N], night, rtol=0.05)
    assert (people.rate_day[:N] == day).all()


def test_breaking_up_raises_and_going_on_lowers_the_rate() -> None:
    people = known(JANUARY - 60)
    model = Continuity.of(load_parameters()).levelled(people, JANUARY)

    def level(month: int) -> float:
        set_rates(people, tables(), np.ones(AGE_BANDS), JANUARY)
        model.apply(people, month)
        return float(people.rate_ooh[:N].sum(dtype=np.float64))

    kept = level(JANUARY)
    assert level(JANUARY + 130) < kept
    people.usual[:N] = -1
    assert level(JANUARY) > 1.15 * kept


def test_what_was_turned_before_changes_nothing() -> None:
    months = JANUARY + np.array([0, 1, 2, 14, 15])
    people = known(JANUARY - np.random.default_rng(5).integers(0, 300, N))
    rng = np.random.default_rng(6)
    always = Continuity.of(load_parameters()).levelled(people, JANUARY)
    for month in months.tolist():
        some = rng.random(N) < 0.1
        people.usual[:N][some] = rng.integers(-2, 50, N)[some]
        people.usual_since[:N][some] = month - 1
        people.conditions[:N][rng.random(N) < 0.1] ^= 1
        people.birth_month[:N][rng.random(N) < 0.05] -= 240  # somebody else got the row
        found = []
        for model in (always, pickle.loads(pickle.dumps(always)), replace(always, level=always.level.copy())):
            set_rates(people, tables(), np.ones(AGE_BANDS), month)
            model.apply(people, month)
            found.append(people.rate_ooh[:N].copy())
        assert (found[0] == found[1]).all() and (found[0] == found[2]).all()


def test_what_was_turned_is_no_part_of_a_saved_state() -> None:
    people = known()
    model = Continuity.of(load_parameters())
    before = len(pickle.dumps(model))
    model.apply(people, JANUARY)
    assert len(pickle.dumps(model)) == before


def test_without_an_effect_rates_stay_as_they_are_to_the_bit() -> None:
    people = known(JANUARY - 100)
    before = people.rate_ooh[:N].copy()
    none = Continuity.of(load_parameters().replace({"continuity.odds": [1.0] * 6})).levelled(people, JANUARY)
    none.apply(people, JANUARY)
    assert (people.rate_ooh[:N] == before).all()


def test_parameters_of_a_month_change_the_steps_and_not_the_level() -> None:
    people = known(JANUARY - 100)
    model = Continuity.of(load_parameters()).levelled(people, JANUARY)
    other = model.renewed(load_parameters().replace({"continuity.odds": [1.0] * 6}))
    assert (other.level == model.level).all() and (other.odds == 1.0).all() and (model.level > 1.1).all()


def test_nobody_has_had_a_gp_for_longer_than_gp_list_and_life_allow() -> None:
    people = known()
    people.household[:N] = np.arange(N) // 2  # couples
    people.usual[0] = -1
    since = JANUARY - 1 - np.arange(50) * 8
    p = load_parameters()
    start_tenure(people, since, JANUARY, p, seed=1)
    found = people.usual_since[:N].astype(np.int64)
    assert found[0] == JANUARY  # nobody: left as it was
    found = found[1:]
    newborn = people.birth_month[1:N] >= JANUARY - 1
    assert (found >= since[people.usual[1:N]]).all() and (found < JANUARY).all()
    assert (found[~newborn] >= people.birth_month[1:N][~newborn]).all()
    longest = people.usual[1:N] == 49  # a GP of 33 years: what is left is the household's time on the list
    grown_up = people.birth_month[1:N] < JANUARY - 480
    listed = (JANUARY - found[longest & grown_up]) / 12.0
    share = p.number("continuity.new_list")
    assert np.mean(listed <= 5.0) == pytest.approx(1.0 - (1.0 - share) ** 5, abs=0.05)


def test_the_draw_is_the_persons_whatever_the_order_of_rows() -> None:
    order = np.random.default_rng(3).permutation(N)
    one, other = inhabitants(), inhabitants(order=order)
    for people in (one, other):
        people.household[:N] = people.uid[:N]
        people.usual[:N] = 0
        start_tenure(people, np.array([JANUARY - 400]), JANUARY, load_parameters(), seed=5)
    assert (one.usual_since[:N][order] == other.usual_since[:N]).all()
