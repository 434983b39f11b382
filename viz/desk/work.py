"""What a process of the desk does: runs, one after another, told of while they go on."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import Any, Literal

import pyarrow as pa

from experiments.glance import Glance, glance
from experiments.runs.perform import Build, build_model, perform, simulate
from experiments.runs.task import Task
from viz.desk.beginnings import Beginnings

__all__ = ["TABLES", "Job", "Message", "Stopped", "serve"]

TABLES = ("group_year", "people_month", "post_month", "practice_month", "practices", "workforce_month")
"""Tables kept besides the standard ones, from which a glance can be made anew."""
_DERIVED = ("costs", "groups", "indicators")
_EARLY, _EVERY = 3, 6
"""Months until the first picture of a run that goes on, and between the next ones."""


class Stopped(Exception):
    """Nobody waits for the run any more."""


@dataclass(frozen=True)
class Job:
    """A run to be done.

    Attributes:
        number: by which messages name it.
        task: the run.
        folder: store that it is written to; empty for none.
        told: whether pictures are sent while it goes on.
        build: makes the model (tests put another one there).
    """

    number: int
    task: Task
    folder: str
    told: bool
    build: Build = build_model


@dataclass(frozen=True)
class Message:
    """What a process tells of a job: a picture of it, its end, its failure or that it was stopped."""

    number: int
    kind: Literal["picture", "done", "failed", "stopped"]
    glance: Glance | None = None
    text: str = ""


def serve(connection: Connection, unwanted: Any, nice: int) -> None:
    """Do jobs that come over a connection until it closes.

    Args:
        connection: jobs come in, messages go out.
        unwanted: shared memory; its ``value`` is the number of the job to be ended at the end of its month.
        nice: how far it steps back for other processes (Unix).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(nice)
    beginnings = Beginnings()
    while True:
        try:
            job: Job = connection.recv()
        except EOFError:
            return
        try:
            sample = job.told and job.build is build_model  # the whole region is too large to be kept
            _do(replace(job, build=beginnings) if sample else job, connection.send, unwanted)
        except Stopped:
            connection.send(Message(job.number, "stopped"))
        except Exception:  # noqa: BLE001  (whatever a run raises is its outcome)
            connection.send(Message(job.number, "failed", text=traceback.format_exc()))


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(job: Job, send: Callable[[Message], None], unwanted: Any) -> None:
    if unwanted.value == job.number:  # before it began
        raise Stopped
    last: list[Glance] = []
    prepared = job.task.run

    def watch(model: Any) -> None:
        if unwanted.value == job.number:
            raise Stopped
        finished = model.day >= model.days_total
        months = (
            (model.today.year - prepared.scenario.start.year) * 12 + model.today.month - prepared.scenario.start.month
        )
        if finished or (job.told and (months == _EARLY or months % _EVERY == 0)):
            one = glance(model.ledger.tables(), prepared.region, prepared.scenario.start, finished=finished)
            if finished:
                last.append(one)
            else:
                send(Message(job.number, "picture", one))

    if job.folder:
        perform(job.task, job.folder, build=job.build, watch=watch)
    else:
        simulate(job.task, job.build, watch)
    send(Message(job.number, "done", last[0]))


def from_store(tables: dict[str, pa.Table], task: Task) -> Glance:
    """The glance of a run that lies in a store, from its tables."""
    prepared = task.run
    columns = {
        name: {column: table[column].to_numpy(zero_copy_only=False) for column in table.column_names}
        for name, table in tables.items()
        if name not in _DERIVED
    }
    derived = {name: tables[name].drop_columns(["key"]) for name in _DERIVED}
    return glance(columns, prepared.region, prepared.scenario.start, finished=True, derived=derived)
