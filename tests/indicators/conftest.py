"""One small real run, as its tables are and as they come back from files."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from experiments.manifest import build_manifest
from experiments.prepare import prepare
from experiments.run import new_model
from experiments.store import Results, arrow_table, load_results, summary_table, write_results
from sim.agents.staffing import gps_of, practices_of
from sim.dates import date_of_month
from sim.indicators.lists import norm_list
from sim.observation.workforce_tables import WorkforceTables, gp_columns
from sim.workforce.record import MonthRecord
from tests.indicators.small import Tables


def at_rest(model: Any) -> None:
    """Give agents what careers and succession will keep, as it is when nothing happens, where they lack it."""
    for gp in gps_of(model):
        for name, value in (("strain", 0.0), ("origin", 0), ("away_until", None)):
            if not hasattr(gp, name):
                setattr(gp, name, value)
    for practice in practices_of(model):
        for name, value in (
            ("state", SimpleNamespace(name="RUNNING")),
            ("searching", False),
            ("premises", SimpleNamespace(rent_cents=0)),
        ):
            if not hasattr(practice, name):
                setattr(practice, name, value)


def a_year(model: Any) -> Tables:
    """Run a year month by month; write the tables of the workforce with it."""
    at_rest(model)
    written = WorkforceTables(model, 1.25 * norm_list())
    for month in range(model.first_month, model.first_month + 12):
        model.advance((date_of_month(month + 1) - date_of_month(month)).days)
        written.end_month(str(date_of_month(month))[:7], month, MonthRecord())
    written.end_year(1900 + model.first_month // 12)
    tables: Tables = model.ledger.tables()
    tables["gp_year"] |= gp_columns(gps_of(model), model.first_month + 11)  # type: ignore[arg-type]
    return tables


@pytest.fixture(scope="session")
def saved_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, Results]:
    """A year of a hundredth of Twente: the ledger's tables, and the results folder."""
    prepared = prepare("twente", seed=1, years=1)
    model = new_model(prepared, check=False, scale=0.01)
    tables: Tables = a_year(model)
    folder = tmp_path_factory.mktemp("runs") / "small"
    manifest = build_manifest(
        prepared, status="complete", days_done=model.day, days_total=model.days_total, last_date="2025-12-31",
        checked=False,
    )  # fmt: skip
    saved = {name: arrow_table(columns) for name, columns in tables.items()}
    write_results(Path(folder), {**saved, "summary": summary_table(model.summary())}, manifest, dict)
    return tables, load_results(folder)
