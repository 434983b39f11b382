"""The country from its regions: rows by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from experiments.country.answer import answer

NAMES = ("key", "id", "year", "value", "top", "bottom", "share")
ROWS = [
    ("a", "inhabitants", 2025, 100.0, 100.0, None, 0.1),
    ("b", "inhabitants", 2025, 300.0, 300.0, None, 0.1),
    ("a", "rate", 2025, 50.0, 5000.0, 100.0, 0.1),  # top has the factor "per" in it
    ("b", "rate", 2025, 10.0, 3000.0, 300.0, 0.1),
    ("a", "wait", 2025, 8.0, None, None, 0.1),  # no ratio: by inhabitants
    ("b", "wait", 2025, 4.0, None, None, 0.1),
    ("a", "searches", 2025, None, 0.0, 0.0, 0.1),  # nothing was sought in one of them
    ("b", "searches", 2025, 20.0, 200.0, 10.0, 0.1),
    ("a", "never", 2025, None, 0.0, 0.0, 0.1),
    ("b", "never", 2025, None, 0.0, 0.0, 0.1),
    ("a", "only_wait", 2025, None, None, None, 0.1),
    ("b", "only_wait", 2025, 6.0, None, None, 0.1),
]


def run() -> Any:
    rows = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    store = SimpleNamespace(query=lambda _: SimpleNamespace(to_pylist=lambda: rows))
    tasks = tuple(SimpleNamespace(key=key) for key in "ab")
    return SimpleNamespace(store=store, tasks=tasks, years=(), pools={})


def test_sums_ratios_and_means() -> None:
    found = answer((), run())
    at = {id: series[2025] for id, series in found.whole.items()}
    assert at["inhabitants"] == 4000.0, "scaled up from a tenth"
    assert at["rate"] == pytest.approx(8000.0 / 400.0)
    assert at["wait"] == pytest.approx((8.0 * 100 + 4.0 * 300) / 400)
    assert at["searches"] == 20.0 and at["only_wait"] == 6.0
    assert "never" not in at
    assert found.parts[0]["inhabitants"][2025] == 1000.0 and "searches" not in found.parts[0]
    assert found.span == (2025, 2025)
