"""``deltaplan compare`` from the request to a saved comparison, its report, and what is printed of it."""

from __future__ import annotations

import shlex
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from experiments.cli_parts import INTERRUPTED
from experiments.compare.comparison import ComparisonError, Contrast, save_comparison
from experiments.compare.drive import compared, run_pairs
from experiments.compare.request import Request
from experiments.compare.screen import print_comparison
from experiments.compare.texts import say
from experiments.compare.wording import about_sets, label, signed
from experiments.executors.processes import local
from experiments.runs.carry_out import Tally
from experiments.runs.perform import Build, build_model
from experiments.runs.store import Store
from experiments.show import screen
from experiments.texts import Language, number
from experiments.texts import say as say_run
from sim.source import is_warm

__all__ = ["KIND", "execute"]

KIND = "compare"
"""Of the store."""
_SHOWN = ("without_gp", "wait_mean", "list_per_fte")
"""Indicators told of while it goes on."""


class _Progress:
    """A line for each run that is done and for each pair what is known."""

    def __init__(self, console: Console, request: Request, lang: Language, quiet: bool) -> None:
        self.console, self.request, self.lang, self.quiet = console, request, lang, quiet
        self.before = 0

    def runs(self, tally: Tally) -> None:
        done = tally.done + tally.failed
        if self.quiet or not done:
            return
        left = tally.seconds_left
        self.console.print(
            say(
                "pair_progress",
                self.lang,
                done=tally.there + done,
                total=tally.total,
                left="-" if left is None else f"{left:.0f} s",
            )
        )

    def known(self, pairs: int, contrasts: Sequence[Contrast]) -> None:
        if self.quiet or pairs < 2:
            return
        for one in contrasts:
            if one.indicator in _SHOWN:
                name = label(one.indicator, self.lang)
                if len(self.request.scenarios) > 2:
                    name = f"{one.other}: {name}"
                low, high = (signed(end, self.lang) for end in (one.difference.low, one.difference.high))
                difference = signed(one.difference.mean, self.lang)
                self.console.print(
                    "  " + say("known", self.lang, pairs=pairs, name=name, difference=difference, low=low, high=high),
                    soft_wrap=True,
                )


def execute(
    request: Request,
    *,
    command: Sequence[str],
    jobs: int,
    out: Path | None = None,
    quiet: bool = False,
    lang: Language = "en",
    build: Build = build_model,
) -> int:
    """Run the pairs, save and print; returns the exit code: 0, or 130 after Ctrl-C. What is finished is kept.

    Args:
        request: what is asked.
        command: words that make it again.
        jobs: processes.
        out: folder instead of that of the request.
        quiet: print the folder only.
        lang: language of what is printed.
        build: makes the model of a run.

    Raises:
        StoreError: the folder is taken, or the disk is full.
        ComparisonError: no full year was simulated.
    """
    from experiments.report.write import write_report

    started = time.perf_counter()
    folder = out if out is not None else request.folder
    if request.base.first_year_end.year > request.base.scenario.start.year + request.base.scenario.years:
        raise ComparisonError("no full calendar year is simulated, so there is nothing to compare; give more --years")
    store = Store.create(folder, KIND)
    messages = screen(stderr=True)
    if not quiet:
        least, most = request.rule.least, request.rule.most
        told = request.base.announcement(lang) | {
            "scenarios": ", ".join(request.names),
            "pairs": least if least == most else say("range", lang, least=least, most=most),
            "jobs": jobs,
            "people": number(round(request.base.share * request.base.region.population), lang),
        }
        messages.print(say("starting", lang, **told), soft_wrap=True)
        if request.sets.draws:
            messages.print(say("sets_starting", lang, **about_sets(request.sets, lang)), soft_wrap=True)
        if not is_warm():
            messages.print(say_run("compiling", lang), soft_wrap=True)
    progress = _Progress(messages, request, lang, quiet)
    try:
        with local(jobs) as executor:
            pairs, failures = run_pairs(request, store, executor, progress.runs, progress.known, build=build)
    except KeyboardInterrupt:
        there = store.finished()
        whole = 0
        while all(task.key in there for mode in (None, *request.modes) for task in request.tasks(whole, mode)):
            whole += 1
        key = "interrupted" if whole < 2 else "interrupted_pairs"
        messages.print(say(key, lang, done=len(there), folder=folder, pairs=whole), soft_wrap=True)
        return INTERRUPTED
    for one in failures:
        why = one.text.strip().splitlines()[-1]
        scenario, seed = one.task.prepared.name, one.task.prepared.seed
        messages.print(say("pair_failed", lang, scenario=scenario, seed=seed, why=why), soft_wrap=True)
    comparison = compared(request, store, pairs, failures, shlex.join(command))
    save_comparison(comparison, folder)
    files = write_report(comparison, folder)
    output = screen()
    if quiet:
        output.print(str(folder), soft_wrap=True)
        return 0
    print_comparison(output, comparison, lang, request.by)
    seconds = number(round(time.perf_counter() - started, 1), lang)
    output.print(say("saved", lang, folder=folder, seconds=seconds), soft_wrap=True)
    for file in files:
        if file.suffix == ".html" and file.stem.endswith(lang):
            output.print(say("report", lang, file=file), soft_wrap=True)
    return 0
