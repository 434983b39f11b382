"""The chain behind a number of a comparison: read from its folder, and worked out again from the runs that it names."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.compare.comparison import FILE, Comparison, Contrast, load_comparison
from experiments.compare.samples import samples
from experiments.compare.statistics import contrast
from experiments.runs.store import Store, StoreError
from experiments.trace.faults import TraceError
from sim.indicators.catalogue import INDICATORS
from sim.texts.faults import nearest

__all__ = ["Again", "Chain", "Pair", "Run", "chain_of", "find_report"]

_CLOSE = 1e-9
"""Relative difference up to which two sums of floats are one number."""


@dataclass(frozen=True)
class Run:
    """A run that a report names.

    Attributes:
        key: names it in the store.
        arm: scenario.
        pair: from 0.
        record: what the store holds of it; empty when it is not there.
    """

    key: str
    arm: str
    pair: int
    record: Mapping[str, Any]


@dataclass(frozen=True)
class Pair:
    """An indicator in both runs of a pair, over the last years of the report."""

    seed: int
    base: float
    arm: float


@dataclass(frozen=True)
class Again:
    """A contrast worked out again.

    Attributes:
        told: as the report has it.
        found: from the runs.
        pairs: what it is made of.
    """

    told: Contrast
    found: Contrast
    pairs: tuple[Pair, ...]

    @property
    def same(self) -> bool:
        """Whether mean and interval of both scenarios and of the difference are the same."""
        return all(
            _same(getattr(getattr(self.told, part), end), getattr(getattr(self.found, part), end))
            for part in ("base", "arm", "difference")
            for end in ("mean", "low", "high")
        )


@dataclass(frozen=True)
class Chain:
    """Everything behind a report.

    Attributes:
        folder: where it lies.
        comparison: what the report tells.
        store: with the runs; None when there is none that can be read.
        runs: that the report names, pair by pair.
        again: numbers worked out again; empty without an indicator or without all runs.
        told: contrasts that were asked for.
    """

    folder: Path
    comparison: Comparison
    store: Store | None
    runs: tuple[Run, ...]
    told: tuple[Contrast, ...]
    again: tuple[Again, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of runs that the report names and the store lacks."""
        return tuple(one.key for one in self.runs if not one.record)


def _same(a: float, b: float) -> bool:
    return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=_CLOSE, abs_tol=1e-12)


def find_report(path: Path) -> Path:
    """The folder of a report: itself, or that in which its HTML lies.

    Raises:
        TraceError: there is nothing, or the report lies apart from what it was made of.
    """
    if not path.exists():
        raise TraceError.of("nowhere", path=path)
    folder = path if path.is_dir() else path.parent
    if not path.is_dir() and not (folder / FILE).exists():
        raise TraceError.of("alone", path=path, file=FILE)
    return folder


def chain_of(path: Path, indicator: str | None = None, arm: str | None = None) -> Chain:
    """The chain behind a report, or behind one of its numbers.

    Args:
        path: folder or HTML of the report.
        indicator: id; None for the report as a whole.
        arm: only in this scenario; None for all.

    Raises:
        TraceError: no such report, indicator or scenario.
        ComparisonError: what it was made of cannot be read.
    """
    folder = find_report(path)
    comparison = load_comparison(folder)
    told = _told(comparison, indicator, arm)
    try:
        store: Store | None = Store.open(folder)
    except StoreError:
        store = None
    names = [one.name for one in comparison.all_arms]
    records = {} if store is None else store.finished()
    runs = tuple(
        Run(key, names[k % len(names)], k // len(names), records.get(key, {}))
        for k, key in enumerate(comparison.run_keys)
    )
    whole = store is not None and all(one.record for one in runs)
    again = _again(store, comparison, runs, told) if whole and store is not None else ()
    return Chain(folder, comparison, store, runs, told, again)


def _told(comparison: Comparison, indicator: str | None, arm: str | None) -> tuple[Contrast, ...]:
    arms = [one.name for one in comparison.arms]
    if arm is not None and arm not in arms:
        raise TraceError.of("arm", value=arm, hint=nearest(arm, arms), known=", ".join(arms))
    if indicator is None:
        return ()
    known = list(dict.fromkeys(one.indicator for one in comparison.contrasts))
    if indicator not in known:
        raise TraceError.of("indicator", value=indicator, hint=nearest(indicator, known), known=", ".join(known))
    return tuple(one for one in comparison.contrasts if one.indicator == indicator and arm in (None, one.other))


def _again(
    store: Store, comparison: Comparison, runs: tuple[Run, ...], told: tuple[Contrast, ...]
) -> tuple[Again, ...]:
    """From the indicators in the store to the numbers of the report, the way that `deltaplan compare` goes."""
    if not told or told[0].indicator not in INDICATORS:  # of another version
        return ()
    names = [one.name for one in comparison.all_arms]
    id = told[0].indicator
    table = store.query(f"select key, id, year, value, bottom from indicators where id = '{id}'")
    where = {one.key: (names.index(one.arm), one.pair) for one in runs}
    pairs = 1 + max(one.pair for one in runs)
    values = samples(table, where, (id,), (len(names), pairs)).end(id, comparison.window)
    base = sorted((one for one in runs if one.arm == names[0]), key=lambda one: one.pair)
    drawn = list(dict.fromkeys(one.record["draw"] for one in base))
    sets = np.array([drawn.index(one.record["draw"]) for one in base], np.int64)
    found = []
    for one in told:
        other = values[names.index(one.other)]
        fresh = contrast(id, one.other, values[0], other, sets, INDICATORS[id].better)
        each = tuple(
            Pair(int(run.record["seed"]), float(a), float(b)) for run, a, b in zip(base, values[0], other, strict=True)
        )
        found.append(Again(one, fresh, each))
    return tuple(found)
