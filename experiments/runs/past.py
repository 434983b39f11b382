"""The common past of runs that differ only later: simulated once, saved, and gone on from.

A run that goes on from a saved state gives the same bytes as one that never stopped (see ``sim.state``), so a past is
only a way to save time: it has no part in the key of a run.
"""

from __future__ import annotations

import datetime
import functools
import gc
import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from experiments.executors.base import Executor, Success
from experiments.prepare import Prepared
from experiments.runs.task import Task
from sim.dates import date_of_month, month_of
from sim.scenario.branching import first_difference

__all__ = [
    "LEAST_MONTHS", "Past", "advance_to", "begun", "branching_date", "common_past", "load_past", "make_past", "past_of",
    "start_from", "with_pasts",
]  # fmt: skip

_PAUSE = 3.0  # seconds
_LOOKED = [0.0]  # when this process last looked for garbage

LEAST_MONTHS = 6
"""A shorter past is not worth saving and loading."""


@dataclass(frozen=True)
class Past:
    """A run up to a date, to be saved in a folder."""

    run: Prepared
    date: datetime.date
    folder: str


def branching_date(runs: Sequence[Prepared]) -> datetime.date | None:
    """First of the month up to which all runs are the same; None when they differ from the start or in their world."""
    first, *others = runs
    same = (first.region_hash, first.seed, first.share)
    if any((one.region_hash, one.seed, one.share) != same for one in others):
        return None
    dates = [first_difference(first.scenario, one.scenario) for one in others]
    return min((date for date in dates if date is not None), default=None) if None not in dates else None


def common_past(tasks: Sequence[Task], folder: Path) -> Past | None:
    """The past that tasks share, where there are two or more and it is long enough to be worth it.

    Args:
        tasks: of one world.
        folder: in which the state gets a folder of its own.
    """
    if len(tasks) < 2:
        return None
    runs = [task.run for task in tasks]
    date = branching_date(runs)
    if date is None or month_of(date) - month_of(runs[0].scenario.start) < LEAST_MONTHS:
        return None
    return past_of(runs[0], date, folder)


def past_of(run: Prepared, date: datetime.date, folder: Path) -> Past:
    """A run up to a date, in a folder of its own below ``folder``."""
    name = hashlib.sha256(json.dumps([run.key, date.isoformat()]).encode()).hexdigest()[:16]
    return Past(run, date, str((folder / name).resolve()))


def advance_to(model: Any, day: datetime.date) -> None:
    """Simulate up to a day, a month at a time, so that Ctrl-C need not wait for years."""
    while model.today < day:
        following = date_of_month(month_of(model.today) + 1)
        model.advance((min(following, day) - model.today).days)


def load_past(run: Prepared, folder: Path | str) -> Any:
    """The model of a run as it was saved at the end of a past."""
    from sim.state import load_state

    return load_state(folder, scenario=run.scenario, region=run.region, seed=run.seed, share=run.share)


def make_past(past: Past, attempt: int, *, build: Callable[[Prepared], Any]) -> None:
    """Simulate a past and save its state."""
    from sim.state import save_state

    model = begun(past.run, "", build)
    advance_to(model, past.date)
    save_state(model, past.folder, replace=True)


def start_from(task: Task, build: Callable[[Prepared], Any]) -> Any:
    """The model of a task: at the end of its past where it has one, else at the start."""
    return begun(task.run, task.past, build)


def begun(run: Prepared, past: str, build: Callable[[Prepared], Any]) -> Any:
    """The model of a run: as it was saved in ``past``, or built where that is empty.

    A model is a circle of references, which goes when Python looks for such: before another one takes room beside it.
    To look takes a tenth of a second, which runs of less than some seconds are spared.
    """
    if time.monotonic() - _LOOKED[0] > _PAUSE:
        gc.collect()
        _LOOKED[0] = time.monotonic()
    return load_past(run, past) if past else build(run)


@contextmanager
def with_pasts(
    groups: Sequence[Sequence[Task]], folder: Path, executor: Executor, build: Callable[[Prepared], Any]
) -> Iterator[list[Task]]:
    """The tasks of all groups, those of a group with their common past simulated once; the states go afterwards.

    A past that fails is left out: its runs then begin at the start, and tell what is wrong.

    Args:
        groups: tasks of one world each, those that are still to be done.
        folder: for the states.
        executor: an executor that has been entered.
        build: makes the model of a run.
    """
    pasts = {number: past for number, group in enumerate(groups) if (past := common_past(group, folder)) is not None}
    made: set[str] = set()
    try:
        for outcome in executor.outcomes(functools.partial(make_past, build=build), list(pasts.values())):
            if isinstance(outcome, Success):
                made.add(outcome.task.folder)
        yield [
            replace(task, past=past.folder) if (past := pasts.get(number)) is not None and past.folder in made else task
            for number, group in enumerate(groups)
            for task in group
        ]
    finally:
        if pasts:
            shutil.rmtree(folder, ignore_errors=True)
