"""Tasks carried out into a store: what is there is skipped, what fails becomes a record, the rest goes on."""

from __future__ import annotations

import errno
import functools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from experiments.executors.base import Executor, Success
from experiments.runs.parts import write_parts
from experiments.runs.perform import Build, Done, Simulate, build_model, perform, simulate
from experiments.runs.store import Store, StoreError
from experiments.runs.task import Task

__all__ = ["Failed", "Finished", "Tally", "carry_out"]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


@dataclass(frozen=True)
class Finished:
    """A run that is in the store: its record, and the seconds it took (None when it was there already)."""

    task: Task
    record: dict[str, Any]
    seconds: float | None = None


@dataclass(frozen=True)
class Failed:
    """A run that failed, and why (a traceback, or what is known of the end of its process)."""

    task: Task
    text: str


@dataclass(frozen=True)
class Tally:
    """How far the tasks are."""

    total: int
    there: int
    """Were in the store already."""
    done: int
    failed: int
    seconds: float
    """Since the start."""

    @property
    def left(self) -> int:
        """Tasks still to do."""
        return self.total - self.there - self.done - self.failed

    @property
    def rate(self) -> float:
        """Runs an hour; 0 before the first."""
        return (self.done + self.failed) / self.seconds * 3600.0 if self.seconds > 0.0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Estimate; None before the first run is done."""
        return self.left * 3600.0 / self.rate if self.rate > 0.0 else None


type Progress = Callable[[Tally], None]


def carry_out(
    store: Store,
    tasks: Sequence[Task],
    executor: Executor,
    progress: Progress | None = None,
    *,
    retry_failed: bool = False,
    send_back: bool = False,
    build: Build = build_model,
    simulate: Simulate = simulate,
) -> Iterator[Finished | Failed]:
    """Do tasks, as they come: first those that are in the store already, then each as it finishes.

    A task whose key occurs twice is done once. When the compiled kernels are not in the cache yet, the first task goes
    alone and compiles them.

    Args:
        store: where the runs go.
        tasks: what is to be done.
        executor: an executor that has been entered.
        progress: is told of every change.
        retry_failed: do again what failed before; otherwise it is yielded as failed.
        send_back: the files of a run come back and are written here, for workers that cannot reach the store.
        build: makes the model of a run (tests put another one there).
        simulate: does a run; to be picklable when there is more than one process.

    Raises:
        StoreError: the disk is full; what is finished stays, and starting again goes on from there.
    """
    begin = time.monotonic()
    unique = list({task.key: task for task in tasks}.values())
    with _room(store):
        store.describe(unique)
    finished, failures = store.finished(), {} if retry_failed else store.failures()
    there = done = failed = 0
    todo: list[Task] = []

    def tell() -> None:
        if progress is not None:
            progress(Tally(len(unique), there, done, failed, time.monotonic() - begin))

    for task in unique:
        record = finished.get(task.key)
        if record is not None and set(task.tables) <= set(str(record["tables"]).split(",")):
            there += 1
            yield Finished(task, record)
        elif task.key in failures:
            failed += 1
            yield Failed(task, failures[task.key].text)
        else:
            todo.append(task)
    tell()
    work = functools.partial(
        _perform, folder=None if send_back else str(store.folder.resolve()), build=build, simulate=simulate
    )
    for part in _parts(todo):
        for outcome in executor.outcomes(work, part):
            with _room(store):
                if isinstance(outcome, Success):
                    if outcome.value.parts is not None:
                        write_parts(store.folder, outcome.value.parts)
                    store.forget_failure(outcome.task.key)
                else:
                    if isinstance(outcome.error, OSError) and outcome.error.errno in _FULL:
                        raise outcome.error
                    store.note_failure(outcome.task, outcome.text, outcome.attempts, outcome.killed)
            if isinstance(outcome, Success):
                done += 1
                tell()
                yield Finished(outcome.task, store.record(outcome.task.key), outcome.value.seconds)
            else:
                failed += 1
                tell()
                yield Failed(outcome.task, outcome.text)


@contextmanager
def _room(store: Store) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise StoreError.of("no_room", path=store.folder, error=error.strerror) from None


def _perform(task: Task, attempt: int, *, folder: str | None, build: Build, simulate: Simulate) -> Done:
    return perform(task, folder, attempt, build, simulate=simulate)


def _parts(tasks: list[Task]) -> Iterator[list[Task]]:
    """All at once; but the first alone when it has to compile the kernels."""
    from sim.source import is_warm

    if not tasks:
        return
    if is_warm():
        yield tasks
    else:
        yield tasks[:1]
        yield tasks[1:]
