"""Tasks over processes of this machine: what a killed process costs is the task that it had, and that is done again.

Every process is a pool of its own. When one is ended from outside, only its pool breaks; it is built anew and its task
begins again there. A task whose process ends twice is given up.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from types import TracebackType
from typing import Any, Self

from experiments.executors.base import Failure, Outcome, Success

__all__ = [
    "STRIKES",
    "Here",
    "Processes",
    "Workers",
    "WorkersError",
    "as_children_begin",
    "cores",
    "guarded",
    "local",
    "outcome_of",
]

STRIKES = 2
"""Processes that a task may take down before it is given up."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


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
def as_children_begin() -> Iterator[None]:
    """Processes begun here compute with one thread, and ignore Ctrl-C from their first moment, before ``_begin``.

    Ctrl-C meanwhile is not lost: it comes when the block ends.
    """
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        with _ctrl_c_later():
            yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Children inherit a thread's blocked signals, and no handler: what is blocked here they never see."""
    main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "pthread_sigmask"):  # Windows: Ctrl-C in these milliseconds is lost
        former = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
        try:
            yield
        finally:
            if main:
                signal.signal(signal.SIGINT, former)
        return
    asked: list[bool] = []
    # another thread may be handed the signal meanwhile; Python then calls the handler in this one
    former = signal.signal(signal.SIGINT, lambda number, frame: asked.append(True)) if main else None
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if main:
            signal.signal(signal.SIGINT, former)
            if asked:
                signal.raise_signal(signal.SIGINT)


@dataclass(frozen=True)
class _Raised:
    """What work raised, in a form that always crosses between processes."""

    text: str
    pickled: bytes | None

    def error(self) -> BaseException | None:
        return pickle.loads(self.pickled) if self.pickled is not None else None


def guarded[T, R](work: Callable[[T, int], R], task: T, attempt: int) -> R | _Raised:
    """``work`` done, or what it raised: an exception that cannot be unpickled would take the whole pool down."""
    try:
        return work(task, attempt)
    except Exception as error:  # noqa: BLE001  (whatever a task raises is its outcome)
        try:
            pickled = pickle.dumps(error)
            pickle.loads(pickled)
        except Exception:  # noqa: BLE001  (there are many ways in which that fails)
            pickled = None
        return _Raised("".join(traceback.format_exception(error)), pickled)


def outcome_of[T, R](task: T, value: R | _Raised, attempts: int) -> Outcome[T, R]:
    """What came of a task that ``guarded`` did."""
    if isinstance(value, _Raised):
        return Failure(task, value.text, attempts, error=value.error())
    return Success(task, value, attempts)


@dataclass(frozen=True)
class _Plain[T, R]:
    """Work that does not ask which attempt it is."""

    work: Callable[[T], R]

    def __call__(self, task: T, attempt: int) -> R:
        return self.work(task)


class Workers(ABC):
    """Where tasks are done: here or in processes; an ``Executor``."""

    jobs: int
    """Processes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return None

    @abstractmethod
    def outcomes[T, R](self, work: Callable[[T, int], R], tasks: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """See ``Executor``."""

    def results[T, R](self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """``work`` done on each task, in the order in which they finish, for work that must not fail.

        Raises:
            WorkersError: a process was ended twice under the same task. What ``work`` raises comes through.
        """
        for outcome in self.outcomes(_Plain(work), tasks):
            if isinstance(outcome, Success):
                yield outcome.value
            elif outcome.killed:
                raise WorkersError(
                    f"one of {self.jobs} processes was ended by the system, most likely for lack of memory; "
                    f"give fewer with --jobs"
                )
            else:
                raise outcome.error if outcome.error is not None else WorkersError(outcome.text)


class Here(Workers):
    """Tasks done one by one in this process."""

    jobs = 1

    def outcomes[T, R](self, work: Callable[[T, int], R], tasks: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """See ``Executor``."""
        for task in tasks:
            try:
                value = work(task, 1)
            except Exception as error:  # noqa: BLE001  (whatever a task raises is its outcome)
                yield Failure(task, "".join(traceback.format_exception(error)), error=error)
            else:
                yield Success(task, value)


class Processes(Workers):
    """``jobs`` fresh processes that take tasks one by one; use it as a context manager.

    When the block ends with an exception (Ctrl-C too) what is under way is given up. Work, tasks and results must be
    picklable.
    """

    def __init__(self, jobs: int) -> None:
        if jobs < 1:
            raise ValueError(f"there must be one process or more, not {jobs}")
        self.jobs = jobs
        self._lanes: list[ProcessPoolExecutor | None] = [None] * jobs
        self._others: set[int | None] = set()

    def __enter__(self) -> Self:
        self._others = {process.pid for process in active_children()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        lanes = [lane for lane in self._lanes if lane is not None]
        self._lanes = [None] * self.jobs
        if kind is not None:
            for process in active_children():
                if process.pid not in self._others:
                    process.terminate()
        for lane in lanes:
            lane.shutdown(wait=True, cancel_futures=True)

    def outcomes[T, R](self, work: Callable[[T, int], R], tasks: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """See ``Executor``."""
        waiting = iter(tasks)
        free = list(range(self.jobs))[::-1]
        running: dict[Future[Any], tuple[int, T, int]] = {}
        while True:
            while free:
                try:
                    task = next(waiting)
                except StopIteration:
                    break
                lane = free.pop()
                running[self._submit(lane, work, task, 1)] = (lane, task, 1)
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                lane, task, attempt = running.pop(future)
                try:
                    value = future.result()
                except BrokenProcessPool:
                    self._abandon(lane)
                    if attempt < STRIKES:
                        running[self._submit(lane, work, task, attempt + 1)] = (lane, task, attempt + 1)
                        continue
                    yield Failure(task, _ENDED.format(times=attempt), attempt, killed=True)
                else:
                    yield outcome_of(task, value, attempt)
                free.append(lane)

    def _submit[T, R](self, lane: int, work: Callable[[T, int], R], task: T, attempt: int) -> Future[Any]:
        for again in (True, False):
            pool = self._lanes[lane]
            if pool is None:
                pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin)
                self._lanes[lane] = pool
            try:
                with as_children_begin():
                    return pool.submit(guarded, work, task, attempt)
            except BrokenProcessPool:  # its process was ended while it had nothing to do
                if not again:
                    raise
                self._abandon(lane)
        raise AssertionError("unreachable")

    def _abandon(self, lane: int) -> None:
        pool, self._lanes[lane] = self._lanes[lane], None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)


_ENDED = (
    "The process was ended {times} times under this run: by the system for lack of memory, most likely (give fewer "
    "processes with --jobs), by someone, or by a fault in compiled code."
)


def local(jobs: int) -> Workers:
    """The executor for so many processes of this machine; with one the tasks are done in this process."""
    return Here() if jobs == 1 else Processes(jobs)
