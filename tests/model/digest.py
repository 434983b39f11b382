"""A small region, and everything it has come to as one hash; run as a module to compare processes.

``python -m tests.model.digest SCALE DAYS [storm]`` prints the hash of a run and whether the kernels were compiled.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from typing import Any

import numpy as np

from experiments.prepare import Prepared, prepare
from sim.agents.people import People
from sim.agents.staffing import gps_of, practices_of
from sim.agents.trainee import trainees_of
from sim.model import RegionModel
from sim.parameters import Parameters
from sim.source import COMPILED

RUN_IN = {"care.run_in_months": 3.0}
"""The shortest run-in: these tests ask whether results are the same, not whether they are good."""

CALM: dict[str, Any] = {
    "careers.exit_hazard": [0.0] * 6,
    "careers.sudden_loss": 0.0,
    "careers.moving_away": [0.0] * 3,
    "careers.hours_down": 0.0,
    "careers.hours_up": 0.0,
    "careers.illness": 0.0,
    "careers.step_back": 0.0,
    "careers.locum_to_employed": 1e-5,
    "careers.employed_to_locum": 1e-5,
    "careers.co_owner": 0.0,
    "careers.pool_share": [0.0] * 3,
    "careers.outside_owners": 0.0,
    "succession.start_expired": 0.0,
    "succession.look_round": 0.0,
    "succession.founding_attempts": 0.0,
    "training.places": 0.0,
}
"""Nobody comes, goes or changes anything of his own accord."""

STORM: dict[str, Any] = {
    "careers.exit_hazard": [0.25] * 3 + [0.6] * 3,
    "careers.sudden_loss": 0.1,
    "careers.notice": 4,
    "careers.moving_away": [0.05, 0.2, 0.2],
    "careers.illness": 0.2,
    "careers.hours_down": 0.3,
    "careers.hours_up": 0.3,
    "careers.step_back": 0.2,
    "careers.locum_to_employed": 0.6,
    "careers.employed_to_locum": 0.3,
    "careers.co_owner": 0.5,
    "careers.pool_share": [0.36, 0.0062, 0.037],
    "careers.outside_owners": 300.0,
    "careers.ready_years": 0.5,
    "succession.look_round": 0.9,
    "succession.waiting": 0.5,
    "succession.window": 2,
    "succession.unmanaged_window": 1,
    "succession.founding_attempts": 4.0,
    "succession.founding_need": 5,
    "succession.merge_reach": 25,
    "succession.absorb": 1.5,
    "succession.merge_willing": 0.3,
    "practices.village_minimum": 1,
    "parties.market_premises": 1.0,
    "training.places": 20.0,
    "training.places_today": 20.0,
    "training.months": 12,
}
"""In a year there is about every event that a region of hundreds of GPs has in many."""


def forced(parameters: Parameters, values: dict[str, Any]) -> Parameters:
    """A copy with values that may lie outside what is thought possible: to make things happen, or none."""
    entries = dict(parameters.entries)
    for name, value in values.items():
        entries[name] = entries[name].model_copy(update={"value": value})
    return Parameters(entries)


@cache
def prepared(years: int = 2, mode: str = "bounded") -> Prepared:
    return prepare("twente", seed=1, years=years, capacity_mode=mode)


def build(
    scale: float = 0.01,
    *,
    mode: str = "bounded",
    seed: int = 1,
    years: int = 2,
    check: bool = False,
    changes: dict[str, Any] | None = None,
    force: dict[str, Any] | None = None,
    kind: type[RegionModel] = RegionModel,
) -> RegionModel:
    """A part of Twente on its first day."""
    ready = prepared(years, mode)
    parameters = ready.parameters.replace({**RUN_IN, **(changes or {})})
    parameters = forced(parameters, force or {})
    return kind(ready.region, ready.scenario, parameters, seed=seed, check=check, scale=scale)


def run(days: int, scale: float = 0.01, **options: Any) -> RegionModel:
    """The same after some days."""
    model = build(scale, **options)
    model.advance(days)
    return model


def columns_of(people: People) -> dict[str, np.ndarray]:
    """Every column of the living, in the order of their ids."""
    rows = people.rows
    rows = rows[np.argsort(people.uid[rows])]
    return {name: getattr(people, name)[rows] for name in People.names()}


def state(model: RegionModel) -> dict[str, np.ndarray]:
    """All that has come out so far: tables, events, counters, books, and people by id."""
    ledger, books = model.ledger, model.care.books
    out = {f"table {t}.{name}": column for t, table in ledger.tables().items() for name, column in table.items()}
    out |= {f"counters {name}": getattr(ledger, name) for name in ("practice", "group", "post", "waits")}
    out |= {f"books {name}": getattr(books, name) for name in ("capacity", "booked", "bookings", "overtime")}
    out |= {f"people {name}": column for name, column in columns_of(model.people).items()}
    out["lists"], out["list states"], out["carries"] = model.lists, model.room.state, model.room.carries
    out["minutes"], out["near"] = model.minutes, model.turnover.near
    return out | agents(model)


def agents(model: RegionModel) -> dict[str, np.ndarray]:
    """GPs, practices and trainees as columns, in the order of their numbers or ids."""
    gps, practices, trainees = gps_of(model), practices_of(model), trainees_of(model)
    row = model.turnover.shelf.row_of
    return {
        "GPs": np.array(
            [(one.number, one.uid, row.get(one.number, -1) + 1, one.role, one.group) for one in gps], np.uint64
        ),
        "GPs' hours": np.array([(one.fte, one.hours, one.agreed_hours, one.strain) for one in gps]),
        "GPs' weeks": np.array([one.week_seconds for one in gps]),
        "GPs' months": np.array(
            [(one.since, one.arrived, -1 if one.stop_month is None else one.stop_month, one.ready_month) for one in gps]
        ),
        "practices": np.array(
            [(p.number, p.uid, p.registered, p.state, p.open_searches) for p in practices], np.uint64
        ),
        "practices' hours": np.array([(*p.staff_posts, p.assistant_fte, p.vacant_fte) for p in practices]),
        "trainees": np.array([(one.uid, one.diploma_month, one.practice + 1) for one in trainees], np.uint64),
    }


def digest(model: RegionModel) -> str:
    """Hash over names, types and bytes of ``state``."""
    result = hashlib.sha256()
    for name, array in sorted(state(model).items()):
        result.update(f"{name} {array.dtype.str} {array.shape}".encode())
        result.update(np.ascontiguousarray(array).tobytes())
    return result.hexdigest()


def differences(one: RegionModel, other: RegionModel, ulps: bool = False) -> list[str]:
    """Names of what differs. With ``ulps`` sums of fractions may differ by rounding, as far as 1e-9 of themselves."""
    a, b = state(one), state(other)
    if set(a) != set(b):
        return sorted(set(a) ^ set(b))
    return [name for name in a if not _same(a[name], b[name], ulps)]


def _same(a: np.ndarray, b: np.ndarray, ulps: bool) -> bool:
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    if ulps and a.dtype.kind == "f":
        return bool(np.allclose(a, b, rtol=1e-9, atol=0.0, equal_nan=True))
    return a.tobytes() == b.tobytes()


if __name__ == "__main__":
    how = "compiled" if COMPILED else "interpreted"
    rough = STORM if sys.argv[3:] == ["storm"] else {}
    sys.stdout.write(f"{digest(run(int(sys.argv[2]), float(sys.argv[1]), force=rough))} {how}\n")
