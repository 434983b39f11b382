"""How far a batch is: a bar on a terminal, a line now and then elsewhere, nothing when asked to be quiet."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from experiments.batch.texts import duration, say
from experiments.progress import OnBar, Silent
from experiments.runs.carry_out import Tally
from experiments.texts import Language, number

__all__ = ["Watch", "watch"]

EVERY_SECONDS = 30.0


class Watch(Silent):
    """Is told of every tally; keeps the last one. The base says nothing."""

    def __init__(self) -> None:
        self.last: Tally | None = None

    def __call__(self, tally: Tally) -> None:
        """Keep and show a tally."""
        self.last = tally
        self.show(tally)

    def show(self, tally: Tally) -> None:
        """Show it."""


class _Lines(Watch):
    """A line at the start, at the end, and every half minute between."""

    def __init__(self, console: Console, lang: Language) -> None:
        super().__init__()
        self.console, self.lang, self.shown = console, lang, 0.0

    def show(self, tally: Tally) -> None:
        now = time.monotonic()
        if tally.left and now - self.shown < EVERY_SECONDS:
            return
        self.shown = now
        if tally.done + tally.failed or not tally.left:
            self.console.print(
                say("progress", self.lang, done=tally.there + tally.done, total=tally.total, **_rest(tally, self.lang)),
                soft_wrap=True,
            )


class _Bar(OnBar, Watch):
    def __init__(self, console: Console, lang: Language) -> None:
        super().__init__()
        self.lang = lang
        columns = (TextColumn(say("bar", lang)), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
        self.bar = Progress(*columns, console=console)
        self.task = self.bar.add_task("", total=None)

    def show(self, tally: Tally) -> None:
        text = say("bar_rest", self.lang, **_rest(tally, self.lang))
        self.bar.update(self.task, total=tally.total, completed=tally.total - tally.left, description=text)


def _rest(tally: Tally, lang: Language) -> dict[str, str]:
    return {
        "failed": str(tally.failed),
        "rate": number(round(tally.rate), lang) if tally.rate else "-",
        "left": duration(tally.seconds_left if tally.left else 0.0, lang),
    }


def watch(console: Console, lang: Language, *, quiet: bool) -> Watch:
    """The watch that fits where ``console`` writes to."""
    if quiet:
        return Watch()
    return _Bar(console, lang) if console.is_terminal else _Lines(console, lang)
