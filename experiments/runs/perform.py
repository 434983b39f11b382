"""One run as a pure function of its task: the same bytes wherever and whenever it is done."""

from __future__ import annotations

import datetime
import json
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from experiments.prepare import Prepared
from experiments.runs.parts import part, write_parts
from experiments.runs.past import start_from
from experiments.runs.reading import cost_rows, group_rows, indicator_rows
from experiments.runs.task import Task
from experiments.store import arrow_table
from sim.dates import date_of_month, month_of
from sim.indicators.year import full_years

__all__ = [
    "RECORD",
    "Build",
    "Done",
    "Simulate",
    "TableMissingError",
    "Watch",
    "build_model",
    "perform",
    "record_part",
    "simulate",
]

type Build = Callable[[Prepared], Any]
"""Makes the model of a run: ``day``, ``days_total``, ``today``, ``advance(days)`` and ``ledger.tables()``."""

type Watch = Callable[[Any], None]
"""Is shown a model while it runs."""

type Simulate = Callable[[Task, Build, Watch | None], dict[str, bytes]]
"""Does a run; its files by path within the store, the record last (``simulate``, or what another kind of run does)."""

RECORD = pa.schema(
    [
        ("scenario", pa.string()),
        ("draw", pa.string()),
        ("seed", pa.int64()),
        ("share", pa.float64()),
        ("capacity_mode", pa.string()),
        ("region", pa.string()),
        ("start", pa.date32()),
        ("years", pa.int16()),
        ("first_year", pa.int16()),
        ("last_year", pa.int16()),
        ("scenario_hash", pa.string()),
        ("region_hash", pa.string()),
        ("code", pa.string()),
        ("tables", pa.string()),
    ]
)
"""The record of a run, one row, beside its ``key``. First and last year are those simulated in full, null without one;
``tables`` are the names of those kept, with commas."""


class TableMissingError(LookupError):
    """A table was asked for that no run has; the message names those there are."""


@dataclass(frozen=True)
class Done:
    """What goes back from where a run was done: names and scalars, and the files only where it could not write them."""

    key: str
    seconds: float
    parts: Mapping[str, bytes] | None = None


def build_model(prepared: Prepared) -> Any:
    """The region of a prepared run."""
    from experiments.run import new_model

    return new_model(prepared, check=False)


def simulate(task: Task, build: Build = build_model, watch: Watch | None = None) -> dict[str, bytes]:
    """Do a run; its files by path within the store, the record last.

    Args:
        task: the run.
        build: makes the model.
        watch: is shown the model after every month; what it raises ends the run.

    Raises:
        TableMissingError: a table is asked for that the run has not.
    """
    model = start_from(task, build)
    while model.day < model.days_total:  # a month at a time, so that Ctrl-C need not wait for years
        following = date_of_month(month_of(model.today) + 1)
        model.advance(min((following - model.today).days, model.days_total - model.day))
        if watch is not None:
            watch(model)
    tables: Mapping[str, Mapping[str, Any]] = model.ledger.tables()
    parts = {f"tables/{name}/{task.key}.parquet": part(_table(name, tables), task.key) for name in task.tables}
    parts[f"runs/{task.key}.parquet"] = record_part(task, full_years(tables))
    return parts


def record_part(task: Task, years: Sequence[int] = ()) -> bytes:
    """The record of a run as a file; ``years`` are those simulated in full."""
    return part(_record(task, task.run, years), task.key)


_DERIVED = {"costs": cost_rows, "groups": group_rows, "indicators": indicator_rows}


def _table(name: str, tables: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    if name in _DERIVED:
        return _DERIVED[name](tables)
    if name not in tables:
        known = ", ".join(sorted({*_DERIVED, *tables}))
        raise TableMissingError(f"the run has no table {name!r}; it has {known}")
    return arrow_table(tables[name])


def _record(task: Task, prepared: Prepared, years: Sequence[int]) -> pa.Table:
    from experiments.manifest import code_key

    scenario = prepared.scenario
    row = {
        "scenario": prepared.name,
        "draw": task.draw.id,
        "seed": prepared.seed,
        "share": prepared.share,
        "capacity_mode": scenario.capacity_mode,
        "region": prepared.region.id,
        "start": datetime.date(scenario.start.year, scenario.start.month, scenario.start.day),
        "years": scenario.years,
        "first_year": years[0] if years else None,
        "last_year": years[-1] if years else None,
        "scenario_hash": prepared.scenario_hash,
        "region_hash": prepared.region_hash,
        "code": code_key(),
        "tables": ",".join(task.tables),
    }
    return pa.Table.from_pylist([row], schema=RECORD)


def perform(
    task: Task,
    folder: Path | str | None,
    attempt: int = 1,
    build: Build = build_model,
    watch: Watch | None = None,
    simulate: Simulate = simulate,
) -> Done:
    """Do a run and write its files into the store at ``folder``, the record last; without a folder they come back.

    Other arguments are those of :func:`simulate`, and what does the run.

    Raises:
        OSError: the store cannot be written; nothing half is left.
    """
    begin = time.perf_counter()
    parts = simulate(task, build, watch)
    seconds = time.perf_counter() - begin
    timing = {"seconds": seconds, "host": socket.gethostname(), "attempt": attempt}
    first = {f"timing/{task.key}.json": (json.dumps(timing, sort_keys=True) + "\n").encode()}
    if folder is None:
        return Done(task.key, seconds, first | parts)
    write_parts(Path(folder), first | parts)
    return Done(task.key, seconds)
