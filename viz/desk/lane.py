"""One process of the desk and the thread that feeds it; a process that is ended is replaced."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

from experiments.executors.processes import as_children_begin
from viz.desk.work import Job, Message, serve

__all__ = ["Lane"]

_LOG = logging.getLogger("deltaplan.view")
_GRACE = 10.0  # seconds that a run gets to end its month: a new process would take as long to be ready


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
        self._stop: Any = self._context.Event()
        self._process: Any = None
        self._connection: Any = None
        self._lock = threading.Lock()
        self._number = -1
        self._thread = threading.Thread(target=self._run, name="deltaplan-lane", daemon=True)

    def start(self) -> None:
        """Begin taking jobs; the process starts at once, so that it is warm when the first comes."""
        self._begin()
        self._thread.start()

    def stop(self, number: int) -> None:
        """End the job of that number if it is under way: at the end of its month, or by force when that
        takes long.
        """
        with self._lock:
            if self._number != number:
                return
            self._stop.set()
            process = self._process
        threading.Timer(_GRACE, self._force, (number, process)).start()

    def close(self) -> None:
        """End the process; the lane's thread ends when ``take`` gives None."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None and process.is_alive():
            process.terminate()

    def join(self, seconds: float) -> None:
        """Wait for the lane's thread."""
        self._thread.join(seconds)

    @property
    def pid(self) -> int | None:
        """Of the process."""
        return None if self._process is None else int(self._process.pid)

    def _force(self, number: int, process: Any) -> None:
        with self._lock:
            if self._number == number and process is self._process and process is not None:
                process.terminate()

    def _begin(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve, args=(theirs, self._stop, self._nice), daemon=True, name="deltaplan-run"
        )
        with as_children_begin():
            process.start()
        theirs.close()
        with self._lock:
            self._process, self._connection = process, ours

    def _run(self) -> None:
        while (job := self._take()) is not None:
            if self._do(job, 1):
                return

    def _do(self, job: Job, attempt: int) -> bool:
        """One job; whether the lane is to end."""
        with self._lock:
            self._number = job.number
            self._stop.clear()
        try:
            self._connection.send(job)
            while True:
                message: Message = self._connection.recv()
                if message.kind == "picture":
                    self._told(message)
                    continue
                break
        except (EOFError, OSError):
            with self._lock:
                closed, asked, self._number = self._process is None, self._stop.is_set(), -1
            if closed:
                return True
            self._begin()
            if asked:
                self._told(Message(job.number, "stopped"))
                return False
            if attempt < 2:
                _LOG.warning("a process ended under run %s; begun again", job.task.key)
                return self._do(job, attempt + 1)
            text = "The process was ended twice under this run, for lack of memory most likely."
            self._told(Message(job.number, "failed", text=text))
            return False
        with self._lock:
            self._number = -1
        self._told(message)
        return False
