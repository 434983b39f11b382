"""Paired replications: two prepared scenarios run with the same seeds, and the difference between them.

Random draws are keyed, so both runs of a pair have the same people with the same luck; what differs within a pair comes
from what was changed. The mean difference has a confidence interval by Student's t over the pairs.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from experiments.executors.processes import Workers
from experiments.prepare import Prepared
from experiments.progress import Counter
from experiments.student import t_quantile
from sim.dates import date_of_month, month_of

__all__ = [
    "Difference", "Measures", "Pair", "PairModel", "Read", "build_model", "difference_table",
    "differences", "pair_table", "replicate", "run_pairs",
]  # fmt: skip

type Measures = Mapping[str, float]
"""Numbers of one run by name; NaN where a run has none."""
type Tables = Mapping[str, Mapping[str, npt.NDArray[Any]]]
type Read = Callable[[Tables], Measures]
"""Reads the measures off the tables of a finished run; to be picklable when there is more than one process."""
type Columns = dict[str, npt.NDArray[Any]]
type Arm = Literal[0, 1]


class PairModel(Protocol):
    """What a replication asks of a model."""

    day: int
    """Days simulated."""
    days_total: int
    ledger: Any
    """Its ``tables()`` are what the measures are read from."""

    @property
    def today(self) -> datetime.date:
        """The next day to be simulated."""

    def advance(self, days: int) -> None:
        """Simulate so many days."""


@dataclass(frozen=True)
class Run:
    """One run: which of the two scenarios, its seed and its measures."""

    arm: Arm
    seed: int
    values: dict[str, float]


@dataclass(frozen=True)
class Pair:
    """Both scenarios with one seed."""

    seed: int
    first: Mapping[str, float]
    second: Mapping[str, float]


@dataclass(frozen=True)
class Difference:
    """One measure over the pairs in which both runs have it; NaN where there are too few pairs to say."""

    name: str
    first: float
    """Mean of the first scenario."""
    second: float
    mean: float
    """Mean difference, second less first."""
    low: float
    """Lower end of the interval of the mean difference."""
    high: float
    removed: float
    """Share of the variance of the difference that pairing removes: 0 as with other seeds, 1 all; may be negative."""
    pairs: int

    @property
    def excludes_zero(self) -> bool | None:
        """Whether the interval leaves zero out; None without an interval."""
        if math.isnan(self.low) or math.isnan(self.high):
            return None
        return self.low > 0.0 or self.high < 0.0


def build_model(prepared: Prepared) -> PairModel:
    """The region of a prepared run."""
    from experiments.run import new_model

    model: PairModel = new_model(prepared, check=False)
    return model


# running


def replicate(task: tuple[Arm, Prepared], *, read: Read, build: Callable[[Prepared], PairModel] = build_model) -> Run:
    """Simulate one run, a month at a time so that Ctrl-C need not wait for years, and read its measures."""
    arm, prepared = task
    model = build(prepared)
    while model.day < model.days_total:
        following = date_of_month(month_of(model.today) + 1)
        model.advance(min((following - model.today).days, model.days_total - model.day))
    return Run(arm, prepared.seed, {name: float(value) for name, value in read(model.ledger.tables()).items()})


def run_pairs(
    first: Prepared,
    second: Prepared,
    workers: Workers,
    progress: Counter,
    *,
    pairs: int,
    read: Read,
    warm: bool = True,
    build: Callable[[Prepared], PairModel] = build_model,
) -> list[Pair]:
    """Run two scenarios ``pairs`` times with common seeds: that of the prepared runs and those that follow.

    Every run is a task of its own, so the result does not depend on the number of processes.

    Args:
        first: a prepared run.
        second: what it is compared with; the same seed.
        workers: processes.
        progress: is told how many runs are done, in round 1.
        pairs: number of pairs.
        read: the measures.
        warm: the kernels are compiled; otherwise the first run goes alone and compiles them.
        build: makes the model of a run; to be picklable when there is more than one process.

    Returns:
        Pairs by seed.

    Raises:
        ValueError: the seeds of the two differ.
    """
    if first.seed != second.seed:
        raise ValueError(f"pairs have common seeds, not {first.seed} and {second.seed}")
    tasks: list[tuple[Arm, Prepared]] = []
    for k in range(pairs):
        tasks += [(0, replace(first, seed=first.seed + k)), (1, replace(second, seed=second.seed + k))]
    work = functools.partial(replicate, read=read, build=build)
    done: dict[tuple[Arm, int], dict[str, float]] = {}
    progress.update(1, 0, len(tasks))
    for part in (tasks,) if warm else (tasks[:1], tasks[1:]):
        for run in workers.results(work, part):
            done[run.arm, run.seed] = run.values
            progress.update(1, len(done), len(tasks))
    return [Pair(seed, done[0, seed], done[1, seed]) for seed in range(first.seed, first.seed + pairs)]


# what comes of them


def differences(pairs: Sequence[Pair]) -> list[Difference]:
    """Each measure of the pairs: means, difference with its interval, and what pairing was worth."""
    return [_difference(name, pairs) for name in pairs[0].first]


def _difference(name: str, pairs: Sequence[Pair]) -> Difference:
    both = np.array([(pair.first[name], pair.second[name]) for pair in pairs], np.float64)
    first, second = both[~np.isnan(both).any(axis=1)].T
    n = first.size
    if not n:
        nan = math.nan
        return Difference(name, nan, nan, nan, nan, nan, nan, pairs=0)
    change = second - first
    mean = float(change.mean())
    half = removed = math.nan
    if n > 1:
        half = t_quantile(n - 1) * float(change.std(ddof=1)) / math.sqrt(n)
        apart = float(first.var(ddof=1) + second.var(ddof=1))  # variance of the difference with other seeds
        removed = 1.0 - float(change.var(ddof=1)) / apart if apart > 0.0 else math.nan
    return Difference(name, float(first.mean()), float(second.mean()), mean, mean - half, mean + half, removed, n)


# as tables


def pair_table(pairs: Sequence[Pair], names: tuple[str, str]) -> Columns:
    """Measures as columns, one row a run: seed, ``scenario`` (one of ``names``), and the measures."""
    rows = [
        (pair.seed, name, values)
        for pair in pairs
        for name, values in zip(names, (pair.first, pair.second), strict=True)
    ]
    table: Columns = {"seed": np.array([row[0] for row in rows]), "scenario": np.array([row[1] for row in rows])}
    for measure in pairs[0].first:
        table[measure] = np.array([row[2][measure] for row in rows], np.float64)
    return table


def difference_table(found: Sequence[Difference]) -> Columns:
    """Differences as columns, one row a measure."""
    return {
        "measure": np.array([one.name for one in found]),
        **{
            name: np.array([getattr(one, name) for one in found], np.float64)
            for name in ("first", "second", "mean", "low", "high", "removed")
        },
        "pairs": np.array([one.pairs for one in found], np.int64),
    }
