"""Arrays from the store's tables, and what several years come to."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from experiments.compare.samples import at_the_end, group_samples, samples

WHERE = {"a1": (0, 0), "b1": (1, 0), "a2": (0, 1), "b2": (1, 1)}


def table() -> pa.Table:
    rows = [
        (key, id, year, value, bottom, "age", member)
        for number, key in enumerate([*WHERE, "other"])
        for id, bottom in (("wait", 10.0), ("people", None))
        for year in (2025, 2026)
        for member, value in ((0, 100.0 * number + (year - 2025)), (1, None))
        if not (key == "b2" and year == 2026)
    ]
    names = ("key", "id", "year", "value", "bottom", "dimension", "member")
    return pa.table({name: [row[k] for row in rows] for k, name in enumerate(names)})


def test_every_number_lands_in_its_place() -> None:
    found = samples(table().filter(pa.compute.equal(table()["member"], 0)), WHERE, ["people", "wait"], (2, 2))
    assert (found.names, found.years) == (("people", "wait"), (2025, 2026))
    assert found.value.shape == (2, 2, 2, 2)
    assert found.value[1, 0, 1].tolist() == [200.0, 201.0]  # third run: base, second pair
    assert found.value[1, 1, 0].tolist() == [100.0, 101.0]
    assert np.isnan(found.value[1, 1, 1, 1]) and np.isnan(found.weight[0]).all()
    assert found.end("wait", 1)[0].tolist() == [1.0, 201.0]
    assert found.end("wait", 2)[0].tolist() == [0.5, 200.5]


def test_groups_are_kept_apart() -> None:
    found = group_samples(table(), WHERE, ["wait"], (2, 2), "age")
    assert found.keys == (0, 1)
    assert found.groups[0].value[0, 1, 0].tolist() == [100.0, 101.0]
    assert np.isnan(found.groups[1].value).all()
    assert group_samples(table(), WHERE, ["wait"], (2, 2), "deprivation").keys == ()


def test_ratios_over_years_weigh_by_their_denominators() -> None:
    value, weight = np.array([[9.0, 1.0, 4.0]]), np.array([[5.0, 30.0, 10.0]])
    assert at_the_end(value, weight, 2) == pytest.approx((30.0 + 40.0) / 40.0)
    assert at_the_end(value, np.full((1, 3), np.nan), 2) == pytest.approx(2.5)
    assert np.isnan(at_the_end(np.array([[1.0, np.nan]]), np.array([[1.0, 1.0]]), 2)).all()
