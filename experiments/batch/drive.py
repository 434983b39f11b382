"""A batch from plan to store: what is there is skipped, the rest is carried out, and what happens is told."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from experiments.batch.expand import Expanded, write_plan
from experiments.batch.plan import PlanError
from experiments.batch.progress import watch
from experiments.batch.texts import say
from experiments.executors.base import Executor
from experiments.runs.carry_out import Failed, Finished, carry_out
from experiments.runs.packs import LARGEST
from experiments.runs.perform import Build, build_model
from experiments.runs.store import Store, StoreError
from experiments.runs.task import Task
from experiments.show import screen
from experiments.texts import Language

__all__ = ["EXAMPLE", "Shard", "describe", "run_batch", "shard_of"]

INTERRUPTED = 130
SOME_FAILED = 1
EXAMPLE = (
    "select scenario, median(value) from indicators join runs using (key) where id = 'third_next_available' group by 1"
)


class Shard(tuple[int, int]):
    """Which part of the runs: number from 1, and how many parts."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read ``3/10``.

        Raises:
            PlanError: it is something else.
        """
        number, _, count = text.partition("/")
        if not (number.isdecimal() and count.isdecimal()) or not 1 <= int(number) <= int(count):
            raise PlanError.of("shard", text=text)
        return cls((int(number), int(count)))


def shard_of(tasks: Sequence[Task], shard: Shard) -> list[Task]:
    """The tasks of a shard: dealt out by key, so that every shard has some of every scenario and draw."""
    number, count = shard
    return sorted(tasks, key=lambda task: task.key)[number - 1 :: count]


def run_batch(
    expanded: Expanded,
    folder: Path,
    executor: AbstractContextManager[Executor],
    *,
    where: str,
    shard: Shard | None = None,
    retry_failed: bool = False,
    send_back: bool = False,
    quiet: bool = False,
    warm: bool = True,
    lang: Language = "en",
    build: Build = build_model,
) -> int:
    """Carry out a plan; returns the exit code: 0, 1 when runs failed, 130 when Ctrl-C ended it.

    Args:
        expanded: the plan, worked out.
        folder: of the store; made where there is none.
        executor: carries the runs out; entered when there is something to do.
        where: said of it.
        shard: only this part.
        retry_failed: do again what failed before.
        send_back: workers send files back instead of writing them.
        quiet: print only the folder.
        warm: the kernels are compiled.
        lang: of what is printed.
        build: makes the model of a run.

    Raises:
        StoreError: the store cannot be used, or the disk is full.
    """
    store = Store.create(folder, "batch")
    write_plan(store, expanded)
    tasks = expanded.tasks if shard is None else shard_of(expanded.tasks, shard)
    messages = screen(stderr=True)

    def tell(key: str, **values: object) -> None:
        if not quiet:
            messages.print(say(key, lang, **values), soft_wrap=True)

    if not quiet:
        describe(expanded, folder, shard, lang)
    there = len(store.finished_keys() & {task.key for task in tasks})
    if there:
        tell("there", there=there)
    failed = since = 0
    with watch(messages, lang, quiet=quiet) as progress:
        try:
            if there < len(tasks):
                if not quiet:
                    messages.print(where, soft_wrap=True)
                if not warm:
                    tell("compiling")
            with executor as entered:
                _reachable(store, entered, send_back)
                for outcome in carry_out(
                    store, tasks, entered, progress, retry_failed=retry_failed, send_back=send_back, build=build
                ):
                    failed += isinstance(outcome, Failed)
                    since += isinstance(outcome, Finished) and outcome.seconds is not None
                    if since >= LARGEST:  # this process has nothing else to do meanwhile
                        store.pack()
                        since = 0
        except KeyboardInterrupt:
            done = len(store.finished_keys() & {task.key for task in tasks})
            tell("stopped", done=done, total=len(tasks))
            return INTERRUPTED
    store.pack()
    if failed:
        tell("failed", failed=failed, folder=folder)
    if quiet:
        screen().print(str(folder), soft_wrap=True)
    else:
        screen().print(say("finished", lang, done=len(tasks) - failed, folder=folder, example=EXAMPLE), soft_wrap=True)
    return SOME_FAILED if failed else 0


def describe(expanded: Expanded, folder: Path, shard: Shard | None, lang: Language) -> None:
    """Say what a plan comes to."""
    tasks, messages = expanded.tasks, screen(stderr=True)
    messages.print(
        say(
            "starting",
            lang,
            runs=len(tasks),
            scenarios=len({task.prepared.name for task in tasks}),
            draws=len({task.draw.id for task in tasks}),
            seeds=len({task.prepared.seed for task in tasks}),
            years=tasks[0].prepared.scenario.years,
            folder=folder,
        ),
        soft_wrap=True,
    )
    if shard is not None:
        runs = len(shard_of(tasks, shard))
        messages.print(say("shard", lang, number=shard[0], count=shard[1], runs=runs), soft_wrap=True)


def _reachable(store: Store, executor: Executor, send_back: bool) -> None:
    sees = getattr(executor, "sees", None)
    if sees is not None and not send_back and not sees(store.folder):
        raise StoreError.of("out_of_reach", path=store.folder.resolve())
