"""A model that is done at once, with results that follow from seed and parameters; light, as every process loads it."""

from __future__ import annotations

import datetime
import functools
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from experiments.prepare import Prepared, prepare
from experiments.runs.perform import Build
from experiments.runs.task import Task
from sim.randomness.philox import uniforms
from sim.randomness.streams import Stream


class ToyModel:
    """Counts days; one full year of weekly numbers drawn from the seed."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.start = prepared.scenario.start
        self.days_total = (self.start.replace(year=self.start.year + prepared.scenario.years) - self.start).days
        self.day = 0
        self.ledger = SimpleNamespace(tables=self._tables)

    @property
    def today(self) -> datetime.date:
        return self.start + datetime.timedelta(days=self.day)

    def advance(self, days: int) -> None:
        self.day += days

    def _tables(self) -> dict[str, dict[str, Any]]:
        seed, no_show = self.prepared.seed, self.prepared.parameters.number("care.no_show")
        wait = uniforms(seed, Stream.PERSON, np.arange(52))[:, 0].astype(np.float32) + np.float32(no_show)
        months = np.array([f"2025-{month:02d}" for month in range(1, 13)])
        return {
            "region_week": {"week": np.arange(52, dtype=np.int32), "wait": wait},
            "people_month": {"month": months, "people": np.full(12, 100 + seed), "registered": np.full(12, 90)},
            "events": {"day": np.array([3, 5], np.int32), "kind": np.array(["list closed", "list opened"])},
            "intervention_cost": {},
        }


def base(seed: int = 1) -> Prepared:
    """Twente for a year."""
    return replace(_twente(), seed=seed)


@functools.cache
def _twente() -> Prepared:
    return prepare("twente", seed=1, years=1)


def tasks(count: int, tables: Sequence[str] = ("region_week", "indicators", "events")) -> list[Task]:
    """So many runs, seeds from 1."""
    return [Task.of(base(seed), tables=tables) for seed in range(1, count + 1)]


def toy(prepared: Prepared) -> ToyModel:
    return ToyModel(prepared)


class Breaks:
    """Raises for some seeds."""

    def __init__(self, *seeds: int) -> None:
        self.seeds = seeds

    def __call__(self, prepared: Prepared) -> ToyModel:
        if prepared.seed in self.seeds:
            raise RuntimeError(f"broken on purpose, seed {prepared.seed}")
        return ToyModel(prepared)


class Kills:
    """Kills its own process for one seed: so many times, counted by files in a folder."""

    def __init__(self, folder: Path, seed: int, times: int, build: Build = toy) -> None:
        self.folder, self.seed, self.times, self.build = folder, seed, times, build

    def __call__(self, prepared: Prepared) -> Any:
        done = len(list(self.folder.glob("kill*")))
        if prepared.seed == self.seed and done < self.times:
            (self.folder / f"kill{done}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.build(prepared)


class Slow:
    """Takes its time, kills its process once, and leaves the ids of the processes that it was in."""

    def __init__(self, folder: Path, seed: int, build: Build = toy) -> None:
        self.folder, self.kills = folder, Kills(folder, seed, 1, build)

    def __call__(self, prepared: Prepared) -> Any:
        (self.folder / f"pid{os.getpid()}").touch()
        time.sleep(0.02)
        return self.kills(prepared)


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a store that must not differ from one time to the next."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in {"timing", "failed", "packs"}
    }
