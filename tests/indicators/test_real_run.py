"""Every indicator on a small real run: a number, the same from files, and groups that add up."""

from __future__ import annotations

import json
import math

import pytest

from experiments.indicators import saved_tables
from experiments.store import Results
from sim.indicators.catalogue import INDICATORS
from sim.indicators.registry import Count, Indicator, Ratio
from sim.indicators.summary import summarise
from sim.indicators.year import TableError, Year
from tests.indicators.small import Tables

SavedRun = tuple[Tables, Results]
YEAR = 2025
# at a hundredth of the region no practice employs a PA or nurse practitioner, and hardly a GP leaves or is sought
EMPTY = {
    "advanced_load", "advanced_use", "staff_vacancies_advanced", "exits_under_60", "exits_60_64", "exits_65_plus",
    "departures_due_to_strain_share", "months_to_fill", "not_filled_12_months", "never_filled", "years_to_ownership",
    "duty_price", "locum_hours_met",
}  # fmt: skip


def outcome(one: Indicator, tables: Tables) -> Ratio | Count | float:
    return one.outcome(Year(tables, YEAR))


@pytest.mark.parametrize("one", INDICATORS.values(), ids=INDICATORS)
def test_it_is_a_finite_number(saved_run: SavedRun, one: Indicator) -> None:
    tables, _ = saved_run
    if one.id in EMPTY:
        found = outcome(one, tables)
        nobody = found.bottom == 0 if isinstance(found, Ratio) else math.isnan(float(found))  # type: ignore[arg-type]
        assert nobody or math.isfinite(one(tables, YEAR))
    else:
        assert math.isfinite(one(tables, YEAR))


def test_it_is_the_same_from_files(saved_run: SavedRun) -> None:
    tables, results = saved_run
    again = saved_tables(results)
    for one in INDICATORS.values():
        assert one(again, YEAR) == pytest.approx(one(tables, YEAR), rel=0, abs=0, nan_ok=True), one.id


@pytest.mark.parametrize(
    ("one", "by"),
    [pytest.param(one, by, id=f"{one.id}-{by}") for one in INDICATORS.values() for by in one.by],
)
def test_groups_add_up_to_the_whole(saved_run: SavedRun, one: Indicator, by: str) -> None:
    tables, _ = saved_run
    whole = outcome(one, tables)
    parts = [group.outcome for group in one.by_group(tables, YEAR, by)]
    assert len(parts) > 1
    if isinstance(whole, Count):
        assert sum(part.value for part in parts if isinstance(part, Count)) == whole.value
    else:
        assert isinstance(whole, Ratio), "only ratios and counts can be taken by group"
        ratios = [part for part in parts if isinstance(part, Ratio)]
        assert math.fsum(part.top for part in ratios) == pytest.approx(whole.top, rel=1e-9)
        assert math.fsum(part.bottom for part in ratios) == pytest.approx(whole.bottom, rel=1e-9)
        assert {part.per for part in ratios} == {whole.per}


def test_summary_holds_the_headlines(saved_run: SavedRun) -> None:
    tables, results = saved_run
    rows = summarise(tables)
    assert [row["id"] for row in rows] == [one.id for one in INDICATORS.values() if one.headline]
    assert set(rows[0]) == {"id", "nl", "en", "unit", "first", "last", "low", "high", "source", "better"}
    for row in rows:
        found = INDICATORS[str(row["id"])](tables, YEAR)
        assert row["first"] == row["last"] == (found if math.isfinite(found) else None)
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    known = [row for row in rows if row["low"] is not None]
    assert len(known) >= 10 and all(row["low"] < row["high"] for row in known)  # type: ignore[operator]
    assert [row["id"] for row in results.summary()] == [row["id"] for row in rows]


def test_summary_of_an_incomplete_run(saved_run: SavedRun) -> None:
    tables, _ = saved_run
    part = {name: dict(columns) for name, columns in tables.items()}
    part["people_month"] = {name: column[:11] for name, column in tables["people_month"].items()}
    assert summarise(part) == []
    assert summarise({}) == []
    without = {name: columns for name, columns in tables.items() if name != "post_month"}
    rows = {row["id"]: row for row in summarise(without)}
    assert rows["post_call_wait"]["first"] is None and rows["post_contacts"]["first"] is not None
    with pytest.raises(TableError):
        INDICATORS["post_call_wait"](without, YEAR)
