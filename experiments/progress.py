"""How far a run is: a bar on a terminal, a line a simulated year elsewhere, nothing when asked to be quiet."""

from __future__ import annotations

import datetime
import time
from types import TracebackType
from typing import Literal, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from experiments.texts import Language, say

__all__ = ["Counter", "OnBar", "Reporter", "Silent", "counter", "reporter"]


class Silent:
    """A context manager that does nothing: what shows no bar."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return None


class OnBar:
    """A context manager that shows ``bar`` as long as it lasts."""

    bar: Progress

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.bar.stop()


class Reporter(Silent):
    """Reports nothing; the base of the other two. Use as a context manager round the run."""

    def update(self, day: int, date: datetime.date) -> None:
        """``day`` days are done; ``date`` is the last of them."""


class _Lines(Reporter):
    def __init__(self, console: Console, days: int, lang: Language, first: int) -> None:
        self.console, self.days, self.lang, self.first = console, days, lang, first
        self.started = time.monotonic()

    def update(self, day: int, date: datetime.date) -> None:
        if (date + datetime.timedelta(days=1)).year == date.year:
            return
        seconds = (time.monotonic() - self.started) * (self.days - day) / (day - self.first)
        self.console.print(
            say("year", self.lang, year=date.year, percent=100 * day // self.days, left=f"{seconds:.0f} s")
        )


class _Bar(OnBar, Reporter):
    def __init__(self, console: Console, days: int, lang: Language, first: int) -> None:
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            TextColumn(say("left", lang)),
            console=console,
            auto_refresh=False,  # kernels hold the interpreter lock: a refreshing thread would only steal time
        )
        self.task = self.bar.add_task("", total=days, completed=first)

    def update(self, day: int, date: datetime.date) -> None:
        self.bar.update(self.task, completed=day, description=date.isoformat(), refresh=True)


def reporter(console: Console, days: int, lang: Language, *, quiet: bool, first: int = 0) -> Reporter:
    """The reporter that fits where ``console`` writes to; ``first`` days were done before."""
    if quiet:
        return Reporter()
    return _Bar(console, days, lang, first) if console.is_terminal else _Lines(console, days, lang, first)


class Counter(Silent):
    """Counts tasks of a round and reports nothing; the base of the other two. Use as a context manager."""

    def update(self, round_: int, done: int, total: int) -> None:
        """``done`` of ``total`` tasks of a round are done; each round begins with zero done, round 0 is preparation."""


type Counted = Literal["shocks", "runs"]

_WORDS: dict[Counted, tuple[str, str, str, str]] = {
    "shocks": ("counted_worlds", "counted", "worlds", "round"),
    "runs": ("counted_runs", "counted_runs", "runs", "runs"),
}
"""Texts of a line (preparation, rounds) and of a bar (the same), by what is counted."""


class _CountLines(Counter):
    def __init__(self, console: Console, lang: Language, what: Counted) -> None:
        self.console, self.lang, self.words = console, lang, _WORDS[what][:2]
        self.started = time.monotonic()

    def update(self, round_: int, done: int, total: int) -> None:
        if not done:
            self.started = time.monotonic()
            return
        left = f"{(time.monotonic() - self.started) * (total - done) / done:.0f} s"
        key = self.words[min(round_, 1)]
        self.console.print(say(key, self.lang, round=round_, done=done, total=total, left=left))


class _CountBar(OnBar, Counter):
    def __init__(self, console: Console, lang: Language, what: Counted) -> None:
        self.lang, self.words = lang, _WORDS[what][2:]
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeRemainingColumn(),
            TextColumn(say("left", lang)),
            console=console,
        )
        self.task = self.bar.add_task("", total=None)

    def update(self, round_: int, done: int, total: int) -> None:
        description = say(self.words[min(round_, 1)], self.lang, round=round_)
        if not done:
            self.bar.reset(self.task, total=total, description=description)
        self.bar.update(self.task, completed=done, total=total)


def counter(console: Console, lang: Language, *, quiet: bool, what: Counted = "shocks") -> Counter:
    """The counter of shocks or runs that fits where ``console`` writes to."""
    if quiet:
        return Counter()
    return _CountBar(console, lang, what) if console.is_terminal else _CountLines(console, lang, what)
