"""A small region, and everything it has come to as one hash; run as a module to compare processes.

``python -m tests.model.digest SCALE DAYS`` prints the hash of a run and whether the kernels were compiled.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from typing import Any

import numpy as np

from experiments.prepare import Prepared, prepare
from sim.agents.people import People
from sim.compiled import COMPILED
from sim.model import RegionModel

RUN_IN = {"care.run_in_months": 3.0}
"""The shortest run-in: these tests ask whether results are the same, not whether they are good."""


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
    kind: type[RegionModel] = RegionModel,
) -> RegionModel:
    """A part of Twente on its first day."""
    ready = prepared(years, mode)
    parameters = ready.parameters.replace({**RUN_IN, **(changes or {})})
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
    out["lists"], out["list states"] = model.lists, model.room.state
    return out


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
    sys.stdout.write(f"{digest(run(int(sys.argv[2]), float(sys.argv[1])))} {how}\n")
