"""A glance holds what the tables of its run say."""

from __future__ import annotations

import datetime
import functools
import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from experiments.glance import SERIES, Glance, glance
from experiments.glance.bands import band
from experiments.glance.glance import events_of
from experiments.glance.targets import first_year_fits
from experiments.prepare import Prepared, prepare
from experiments.run import new_model
from sim.indicators.catalogue import INDICATORS
from sim.indicators.targets import load_targets
from sim.ledger.ledger import Event


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


def test_every_array_has_its_shape() -> None:
    for one in run()[:2]:
        months, practices = len(one.months), one.practices.number.size
        assert practices > 0
        for name in ("municipality", "node", "lat", "lon"):
            assert getattr(one.practices, name).shape == (practices,)
        assert set(one.practice) == {"list_size", "load", "wait", "state", "fte"}
        assert {values.shape for values in one.practice.values()} == {(months, practices)}
        assert set(one.municipality) == {"people", "without_gp"}
        places = len(prepared().region.municipalities)
        assert {values.shape for values in one.municipality.values()} == {(len(one.years), places)}
        for values in (*one.region.values(), *one.practice.values(), *one.municipality.values()):
            assert values.dtype == np.float32


def test_practices_say_what_their_rows_say() -> None:
    _, whole, tables = run()
    rows = tables["practice_month"]
    load, wait, there = (np.full((len(whole.months), whole.practices.number.size), np.nan) for _ in range(3))
    for k in range(rows["practice"].size):
        at = whole.months.index(rows["month"][k]), list(whole.practices.number).index(rows["practice"][k])
        there[at] = rows["list_size"][k]
        wait[at] = rows["third_next_available"][k]
        if rows["gp_available_seconds"][k] > 0:
            load[at] = rows["gp_asked_seconds"][k] / rows["gp_available_seconds"][k]
    np.testing.assert_allclose(whole.practice["load"], load, rtol=1e-5)
    np.testing.assert_allclose(whole.practice["wait"], wait, rtol=1e-5)
    np.testing.assert_array_equal(np.isnan(whole.practice["list_size"]), np.isnan(there))  # NaN where it is not
    south, north = 52.0, 52.6
    assert ((whole.practices.lat > south) & (whole.practices.lat < north)).all()  # Twente
    assert ((whole.practices.lon > 6.3) & (whole.practices.lon < 7.2)).all()


def test_what_a_store_kept_is_not_made_again() -> None:
    _, whole, tables = run()
    where = prepared().region, prepared().scenario.start
    derived = {"indicators": whole.indicators.slice(0, 3), "groups": whole.groups, "costs": whole.costs.slice(0, 0)}
    again = glance(tables, *where, finished=True, derived=derived)
    assert again.indicators.num_rows == 3 and again.costs.num_rows == 0
    assert again.groups.equals(whole.groups)
    for name in SERIES:
        np.testing.assert_array_equal(again.region[name], whole.region[name])


def test_groups_are_the_headline_of_the_last_year() -> None:
    _, whole, _ = run()
    rows = whole.groups.to_pylist()
    assert {row["year"] for row in rows} == {2025}
    assert all(INDICATORS[row["id"]].headline for row in rows)
    assert {row["year"] for row in whole.indicators.to_pylist()} == {2025}


def test_before_the_first_month_there_is_nothing() -> None:
    model = new_model(prepared(), check=False)
    model.advance(7)
    early = glance(model.ledger.tables(), prepared().region, prepared().scenario.start, finished=False)
    assert (early.months, early.years, dict(early.region)) == ((), (), {})
    assert early.practice["load"].shape == (0, early.practices.number.size)
    assert early.indicators.num_rows == 0


def test_it_is_small() -> None:
    _, whole, _ = run()
    assert len(pickle.dumps(whole)) < 100_000
    again = pickle.loads(pickle.dumps(whole))
    assert again.months == whole.months and again.indicators.equals(whole.indicators)


def test_events_have_dates_and_belong_to_practices() -> None:
    start = datetime.date(2025, 1, 1)
    log = [
        Event(0, "list closed", 4, 0.0, -1, -1, "load"),
        Event(59, "GP leaves", -1, 0.0, 3, 7, ""),
        Event(60, "GP leaves", -1, 0.0, 3, -1, ""),  # of no practice
        Event(61, "something else", 4, 0.0, 3, 7, ""),  # of no story
    ]
    found = events_of(log, start)
    assert [(one.date, one.kind, one.practice, one.other) for one in found] == [
        ("2025-01-01", "list closed", 4, -1), ("2025-03-01", "GP leaves", -1, 7),
    ]  # fmt: skip
    half, whole, tables = run()
    assert 0 < len(whole.events) <= tables["events"]["day"].size
    assert whole.events[: len(half.events)] == half.events
    dates = [one.date for one in whole.events]
    assert dates == sorted(dates) and dates[-1] <= "2025-12-31"


def test_bands_are_those_of_student() -> None:
    values = np.array([[1.0, 5.0], [2.0, 5.5], [4.0, 7.0]])
    mean, low, high = band(values)
    expected = stats.t.interval(0.95, 2, values.mean(axis=0), stats.sem(values, axis=0))
    np.testing.assert_allclose((low, high), expected, rtol=1e-6)
    np.testing.assert_allclose(mean, values.mean(axis=0))
    for few in (values[:2], values[:1]):
        mean, low, high = band(few)
        np.testing.assert_allclose(mean, few.mean(axis=0))
        assert np.isnan(low).all() and np.isnan(high).all()


def test_a_band_narrows_with_runs_and_covers_months_apart() -> None:
    values = np.array([[0.0, 7.0], [2.0, 7.0], [1.0, 7.0]] * 4, np.float32)
    mean, low, high = band(values)
    assert mean.dtype == low.dtype == high.dtype == np.float64
    expected = stats.t.interval(0.95, 11, values.mean(axis=0)[0], stats.sem(values[:, 0]))
    np.testing.assert_allclose((low[0], high[0]), expected, rtol=1e-6)
    assert low[1] == mean[1] == high[1] == 7.0
    assert high[0] - low[0] < np.subtract(*band(values[:3])[2:0:-1])[0]


def test_the_first_year_is_held_against_published_figures() -> None:
    _, whole, _ = run()
    fits = first_year_fits([whole.indicators, whole.indicators])
    rows = {row["id"]: row["value"] for row in whole.indicators.to_pylist()}
    assert len(fits) > 10
    for fit in fits:
        assert fit.simulated == pytest.approx(rows[fit.indicator])
        assert fit.inside == (fit.low <= fit.simulated <= fit.high)


def test_fits_are_of_the_first_year_and_the_mean_of_runs() -> None:
    _, whole, _ = run()
    known = first_year_fits([whole.indicators])[0].indicator

    def table(*rows: tuple[int, float | None]) -> pa.Table:
        return pa.table(
            {"id": [known] * len(rows), "year": [row[0] for row in rows], "value": [row[1] for row in rows]}
        )

    (fit,) = first_year_fits([table((2025, 2.0), (2026, 50.0)), table((2026, 60.0), (2025, 5.0))])
    assert fit.simulated == 3.5
    (fit,) = first_year_fits([table((2025, None)), table((2025, 5.0))])  # what is not known does not count as nought
    assert fit.simulated == 5.0
    assert first_year_fits([]) == [] == first_year_fits([table((2025, None))])
    target = next(one for one in load_targets().values() if one.indicator == known and one.headline)
    at = [first_year_fits([table((2025, value))])[0].inside for value in (target.low, target.high, target.high + 1e-6)]
    assert at == [True, True, False]
