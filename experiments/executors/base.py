"""What an executor is: it takes tasks and yields what came of each, as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

__all__ = ["Executor", "Failure", "Outcome", "Success"]


@dataclass(frozen=True)
class Success[T, R]:
    """A task that was done, and what it returned."""

    task: T
    value: R
    attempts: int = 1


@dataclass(frozen=True)
class Failure[T]:
    """A task that raised (``killed`` false) or whose process ended twice under it.

    Attributes:
        task: the task.
        text: traceback, or what is known of the end.
        attempts: how often it was begun.
        killed: whether the process ended.
        error: what was raised, where it could be brought over.
    """

    task: T
    text: str
    attempts: int = 1
    killed: bool = False
    error: BaseException | None = None


type Outcome[T, R] = Success[T, R] | Failure[T]


class Executor(Protocol):
    """Carries tasks out; a context manager. Whatever the executor, the results are the same."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

    def outcomes[T, R](self, work: Callable[[T, int], R], tasks: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """``work(task, attempt)`` done on each task, in the order in which they finish; attempts count from 1.

        Tasks are taken from the iterable as there is room. What ``work`` raises becomes a failure.
        """
        ...
