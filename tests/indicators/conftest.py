"""One small real run, as its tables are and as they come back from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.manifest import build_manifest
from experiments.prepare import prepare
from experiments.run import new_model
from experiments.store import Results, arrow_table, load_results, summary_table, write_results
from tests.indicators.small import Tables


@pytest.fixture(scope="session")
def saved_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, Results]:
    """A year of a hundredth of Twente: the ledger's tables, and the results folder."""
    prepared = prepare("twente", seed=1, years=1)
    model = new_model(prepared, check=False, scale=0.01)
    model.advance(model.days_total)
    tables: Tables = model.ledger.tables()
    folder = tmp_path_factory.mktemp("runs") / "small"
    manifest = build_manifest(
        prepared, status="complete", days_done=model.day, days_total=model.days_total, last_date="2025-12-31",
        checked=False,
    )  # fmt: skip
    saved = {name: arrow_table(columns) for name, columns in tables.items()}
    write_results(Path(folder), {**saved, "summary": summary_table(model.summary())}, manifest, dict)
    return tables, load_results(folder)
