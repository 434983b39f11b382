"""Tasks over processes: results as they come, the same whatever the number of processes, gone on Ctrl-C."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from types import TracebackType
from typing import Self

__all__ = ["Workers", "WorkersError", "cores"]


class WorkersError(Exception):
    """A process was ended from outside; the message says what to do."""


def cores() -> int:
    """Processors that this process may use."""
    count: int | None = getattr(os, "process_cpu_count", os.cpu_count)()  # the former is new in Python 3.13
    return count or 1


def _begin() -> None:
    """In a new process: leave Ctrl-C to the parent, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes begun here ignore Ctrl-C from their first moment, before ``_begin`` gets its turn."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


class Workers:
    """``jobs`` fresh processes that take tasks one by one; use it as a context manager.

    With one job the tasks are done in this process. When the block ends with an exception (Ctrl-C too) what is under
    way is given up.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._executor: ProcessPoolExecutor | None = None
        self._others: set[int | None] = set()

    def __enter__(self) -> Self:
        if self.jobs > 1:
            self._others = {process.pid for process in active_children()}
            self._executor = ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn"), initializer=_begin)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._executor is None:
            return
        if kind is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            for process in active_children():
                if process.pid not in self._others:
                    process.terminate()
        self._executor.shutdown(wait=True)

    def results[T, R](self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """``work`` done on each task, in the order in which they finish.

        With more than one job ``work``, tasks and results must be picklable.

        Raises:
            WorkersError: the system ended a process. What ``work`` raises comes through.
        """
        if self._executor is None:
            yield from map(work, tasks)
            return
        try:
            with _interrupts_ignored():
                futures = [self._executor.submit(work, task) for task in tasks]
            for future in as_completed(futures):
                yield future.result()
        except BrokenProcessPool:
            raise WorkersError(
                f"one of {self.jobs} processes was ended by the system, most likely for lack of memory; "
                f"give fewer with --jobs"
            ) from None
