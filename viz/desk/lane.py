"""One process of the desk and the thread that feeds it; a process that is ended is replaced."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

from experiments.executors.processes import STRIKES, as_children_begin
from experiments.prepare import Prepared
from viz.desk.beginnings import world
from viz.desk.work import Job, Message, serve

__all__ = ["Lane"]

_LOG = logging.getLogger("deltaplan.view")
_GRACE = 10.0  # seconds that a run gets to end its month: a new process would take as long to be ready
_TICK = 0.25  # seconds between looks whether a stopped run is overdue
_END = 5.0  # seconds that a process gets to end when told to


class Lane:
    """Takes jobs one by one and passes on what its process tells.

    Args:
        take: waits for the next job; None ends the lane.
        told: is given every message, in the lane's thread.
        nice: how far its process steps back for others.
    """

    def __init__(self, take: Callable[[], Job | None], told: Callable[[Message], None], nice: int = 0) -> None:
        self._take, self._told, self._nice = take, told, nice
        self._context = get_context("spawn")
        # number of the job that nobody wants; bare memory, since a process that is killed might keep a lock for ever
        self._unwanted: Any = self._context.RawValue("q", -1)
        self._overdue = (-1, 0.0)
        self._process: Any = None
        self._connection: Any = None
        self._worlds: set[object] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="deltaplan-lane", daemon=True)

    def start(self) -> None:
        """Begin taking jobs; the process starts at once, so that it is warm when the first comes."""
        self._begin()
        self._thread.start()

    def has(self, prepared: Prepared) -> bool:
        """Whether its process did a sample of the same people and practices, which it then keeps as they began."""
        return world(prepared) in self._worlds

    def stop(self, number: int) -> None:
        """End the job of that number, given out or under way: at the end of its month, or by force when that
        takes long. Does not wait.
        """
        self._overdue = (number, time.monotonic() + _GRACE)
        self._unwanted.value = number

    def close(self) -> None:
        """End the process; the lane's thread ends when ``take`` gives None. Does not wait."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None:
            process.terminate()

    def join(self, seconds: float) -> None:
        """Wait for the lane's thread, so many seconds at most, and clear away its process."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        self._clear()

    @property
    def pid(self) -> int | None:
        """Of the process."""
        return None if self._process is None else self._process.pid

    def _begin(self) -> bool:
        """Start a process; False when the lane was closed meanwhile."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve, args=(theirs, self._unwanted, self._nice), daemon=True, name="deltaplan-run"
        )
        with as_children_begin():
            process.start()
        theirs.close()
        with self._lock:
            self._process, self._connection = process, ours
            closed = self._closed
        if closed:
            process.terminate()
        return not closed

    def _clear(self) -> None:
        """See the process off."""
        self._worlds = set()
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.join(_END)
        if process.is_alive():
            process.kill()
            process.join()
        self._connection.close()

    def _run(self) -> None:
        while (job := self._take()) is not None:
            try:
                last = self._do(job)
            except Exception:  # noqa: BLE001  (the thread must live on, and who waits must hear of it)
                last = Message(job.number, "failed", text=traceback.format_exc())
            if last is None:
                return
            self._told(last)

    def _do(self, job: Job) -> Message | None:
        """How a job ended; None when the lane is closed."""
        for _ in range(STRIKES):
            try:
                self._connection.send(job)
                self._worlds |= {world(job.task.prepared)} if job.told else set()
                while (message := self._hear(job.number)).kind == "picture":
                    self._told(message)
                return message
            except (EOFError, OSError):
                if self._closed:
                    return None
            self._clear()
            if not self._begin():
                return None
            if self._unwanted.value == job.number:
                return Message(job.number, "stopped")
            _LOG.warning("a process ended under run %s", job.task.key)
        text = "The process was ended twice under this run, for lack of memory most likely."
        return Message(job.number, "failed", text=text)

    def _hear(self, number: int) -> Message:
        """The next message; a process that does not end an unwanted job in time is ended."""
        while not self._connection.poll(_TICK):
            unwanted, end = self._overdue
            if unwanted == number and time.monotonic() >= end:
                self._process.terminate()
        message: Message = self._connection.recv()
        return message
