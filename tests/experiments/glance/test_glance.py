"""A glance holds what the tables of its run say."""

from __future__ import annotations

import functools
import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from experiments.glance import SERIES, Glance, glance
from experiments.glance.bands import band
from experiments.glance.targets import first_year_fits
from experiments.prepare import Prepared, prepare
from experiments.run import new_model


@functools.cache
def prepared() -> Prepared:
    return replace(prepare("twente", seed=1, years=1), share=0.02)


@functools.cache
def run() -> tuple[Glance, Glance, dict[str, dict[str, Any]]]:
    """Half way, at the end, and the tables of the end."""
    model = new_model(prepared(), check=False)
    model.advance(181)
    where = prepared().region, prepared().scenario.start
    half = glance(model.ledger.tables(), *where, finished=False)
    model.advance(model.days_total - 181)
    return half, glance(model.ledger.tables(), *where, finished=True), model.ledger.tables()


def test_half_way_has_half_the_months_and_no_year() -> None:
    half, whole, _ = run()
    assert half.months == whole.months[:6]
    assert (half.years, whole.years) == ((), (2025,))
    assert half.groups.num_rows == 0 and whole.groups.num_rows > 0
    for name in SERIES:
        assert half.region[name].shape == (6,) and whole.region[name].shape == (12,)
        np.testing.assert_array_equal(half.region[name], whole.region[name][:6])


def test_it_says_what_the_tables_say() -> None:
    _, whole, tables = run()
    np.testing.assert_array_equal(whole.region["without_gp"], tables["people_month"]["without_gp"])
    rows = tables["practice_month"]
    for month, practice, size in zip(rows["month"], rows["practice"], rows["list_size"], strict=True):
        column = int(np.flatnonzero(whole.practices.number == practice)[0])
        assert whole.practice["list_size"][whole.months.index(month), column] == size
    asked, available = rows["gp_asked_seconds"].sum(), rows["gp_available_seconds"].sum()
    own = [(rows["month"] == month) for month in whole.months]
    by_month = [rows["gp_asked_seconds"][k].sum() / rows["gp_available_seconds"][k].sum() for k in own]
    np.testing.assert_allclose(whole.region["gp_load"], by_month, rtol=1e-5)
    assert asked > 0 and available > 0
    assert whole.municipality["people"].sum() == tables["people_month"]["people"][-1]
    assert whole.municipality["without_gp"].sum() == tables["people_month"]["without_gp"][-1]


def test_it_is_small() -> None:
    _, whole, _ = run()
    assert len(pickle.dumps(whole)) < 100_000


def test_events_have_dates_and_belong_to_practices() -> None:
    _, whole, _ = run()
    assert all(one.date.startswith("202") for one in whole.events)
    assert all(one.practice >= 0 or one.other >= 0 for one in whole.events)


def test_bands_are_those_of_student() -> None:
    values = np.array([[1.0, 5.0], [2.0, 5.5], [4.0, 7.0]])
    mean, low, high = band(values)
    expected = stats.t.interval(0.95, 2, values.mean(axis=0), stats.sem(values, axis=0))
    np.testing.assert_allclose((low, high), expected, rtol=1e-6)
    np.testing.assert_allclose(mean, values.mean(axis=0))
    assert np.isnan(band(values[:2])[1]).all()


def test_the_first_year_is_held_against_published_figures() -> None:
    _, whole, _ = run()
    fits = first_year_fits([whole.indicators, whole.indicators])
    rows = {row["id"]: row["value"] for row in whole.indicators.to_pylist()}
    assert len(fits) > 10
    for fit in fits:
        assert fit.simulated == pytest.approx(rows[fit.indicator])
        assert fit.inside == (fit.low <= fit.simulated <= fit.high)
