"""A shock as a task of a store of runs: what it is keyed by, what it leaves there, and how that is read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.runs.draw import Draw
from experiments.runs.parts import part
from experiments.runs.past import Past
from experiments.runs.perform import Build, Watch, record_part
from experiments.runs.store import Store
from experiments.runs.task import Task
from experiments.store import arrow_table
from experiments.stress.shock import HORIZONS, SCORES, Count, Order, Shock, measure
from experiments.stress.worlds import Keeper

__all__ = ["TABLES", "ShockTask", "from_store", "simulate_shock"]

TABLES = ("shock_counts", "shock_practices", "shock_scores")
"""Kept of a shock: how the released stand after 6, 12 and 24 months; released, lost and taken in by practice; scores of
the practices on the eve."""
_PER_PRACTICE = ("released_from", "lost_from", "taken_in")


@dataclass(frozen=True)
class ShockTask(Task):
    """One shock in one world.

    Attributes:
        share: of the GPs, that goes.
        order: who goes first.
    """

    share: float = 0.0
    order: Order = "random"

    @classmethod
    def at(cls, world: Past, share: float, order: Order) -> ShockTask:
        """The task of a shock."""
        content = {"run": world.run.key, "share": share, "order": order, "horizons": list(HORIZONS)}
        key = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
        return cls(world.run, Draw(), TABLES, key, world.folder, share, order)


def simulate_shock(task: Task, build: Build, watch: Watch | None = None, *, keeper: Keeper) -> dict[str, bytes]:
    """Do a shock; its files by path within the store, the record last.

    Args:
        task: a ``ShockTask``, whose world is kept.
        build, watch: not used: the world is there, and nobody looks on.
        keeper: how the world is kept.
    """
    assert isinstance(task, ShockTask)
    shock = measure(keeper.load(task.prepared, Path(task.past)), task.prepared.seed, task.share, task.order)
    return {
        f"tables/{name}/{task.key}.parquet": part(arrow_table(columns), task.key)
        for name, columns in _columns(shock, task.order).items()
    } | {f"runs/{task.key}.parquet": record_part(task)}


def _columns(shock: Shock, order: Order) -> dict[str, dict[str, npt.NDArray[Any]]]:
    n = len(shock.counts)
    whole = {"gps_lost": shock.share, "who_goes": order, "released": shock.released, "far_before": shock.far_before}
    counts = {name: np.array([value] * n) for name, value in whole.items()}
    counts |= {
        name: np.array([getattr(count, name) for count in shock.counts])
        for name in ("months", "present", "without", "far")
    }
    longest = max(getattr(shock, name).size for name in _PER_PRACTICE)
    practices = {"practice": np.arange(longest)}
    practices |= {
        name: np.pad(getattr(shock, name), (0, longest - getattr(shock, name).size)).astype(np.int64)
        for name in _PER_PRACTICE
    }
    return {"shock_counts": counts, "shock_practices": practices, "shock_scores": dict(shock.scores)}


def from_store(store: Store, tasks: Iterable[ShockTask]) -> list[Shock]:
    """Shocks that are in the store, in the order of their tasks."""
    listed = list(tasks)
    wanted = ", ".join(f"'{task.key}'" for task in listed)
    order = {"shock_counts": "months", "shock_practices": "practice", "shock_scores": "practice"}
    found: dict[str, dict[str, dict[str, npt.NDArray[Any]]]] = {name: {} for name in TABLES}
    for name in TABLES:
        rows = store.query(f"select * from {name} where key in ({wanted}) order by key, {order[name]}")
        keys = np.asarray(rows["key"].to_pylist())
        columns = {column: np.asarray(rows[column]) for column in rows.column_names if column != "key"}
        for key in np.unique(keys):
            found[name][str(key)] = {column: values[keys == key] for column, values in columns.items()}
    return [_shock(task, {name: found[name].get(task.key, {}) for name in TABLES}) for task in listed]


def _shock(task: ShockTask, tables: Mapping[str, Mapping[str, npt.NDArray[Any]]]) -> Shock:
    counts = tables["shock_counts"]
    return Shock(
        seed=task.prepared.seed,
        share=task.share,
        released=int(counts["released"][0]),
        far_before=int(counts["far_before"][0]),
        counts=tuple(
            Count(int(counts["months"][k]), int(counts["present"][k]), int(counts["without"][k]), int(counts["far"][k]))
            for k in range(counts["months"].size)
        ),
        scores={name: tables["shock_scores"][name] for name in SCORES},
        **{name: tables["shock_practices"].get(name, np.empty(0, np.int64)) for name in _PER_PRACTICE},
    )
