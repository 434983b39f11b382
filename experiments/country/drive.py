"""All regions of the country, year by year, each in a process of its own, with GPs exchanged at New Year."""

from __future__ import annotations

import datetime
import functools
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from experiments.country.exchange import Flows, Pool, added, next_pool
from experiments.country.legs import Leg, known_flows, walk, with_pool
from experiments.country.texts import say
from experiments.executors.base import Executor, Failure
from experiments.executors.processes import local
from experiments.prepare import Prepared
from experiments.progress import Counter, counter
from experiments.questions.asking import QuestionError, Stopped, Way, check_complete
from experiments.runs.carry_out import Failed, carry_out
from experiments.runs.draw import Draw
from experiments.runs.parts import write_part
from experiments.runs.store import Store
from experiments.runs.task import Task
from experiments.show import screen

__all__ = ["KIND", "TABLES", "Run", "Year", "together"]

KIND = "country"
TABLES = ("groups", "indicators", "workforce_month")


@dataclass(frozen=True)
class Year:
    """One year of the exchange.

    Attributes:
        year: the year.
        pool: factors on the inflow that held in it.
        flows: of all regions together, persons of the share that was simulated; None for the last year, after which
            nothing is settled.
    """

    year: int
    pool: Pool
    flows: Flows | None


@dataclass(frozen=True)
class Run:
    """All regions to their end.

    Attributes:
        store: with the runs.
        tasks: one for each region, in the order asked.
        years: of the exchange; none where there was none to settle.
        pools: factors on the inflow by year, from the third year on.
    """

    store: Store
    tasks: tuple[Task, ...]
    years: tuple[Year, ...]
    pools: Mapping[int, Pool]


@dataclass
class _Shown:
    """How many parts of the work are done, of how many."""

    counter: Counter
    total: int
    done: int = 0

    def add(self, more: int = 1) -> None:
        self.done += more
        self.counter.update(1, self.done, self.total)


def together(regions: Sequence[Prepared], way: Way, *, exchange: bool = True) -> Run:
    """Run regions side by side to their end.

    The largest begin first, so that no process waits long. What is finished is kept: the same call goes on from there.

    Args:
        regions: baselines of one period that begins on a New Year's day, one seed.
        way: how; its seeds are not looked at.
        exchange: False lets each region draw on a rest of the country that stays as it is; so does a period of less
            than three years, see ``exchange``.

    Raises:
        QuestionError: a region failed.
        Stopped: Ctrl-C; what is finished is kept.
        StoreError: the folder is in the way or cannot be written.
    """
    store = Store.create(way.out, kind=KIND)
    runs, begins, flows, pools = list(regions), [""] * len(regions), dict[int, Flows](), dict[int, Pool]()
    first = regions[0].scenario.start.year
    last = first + regions[0].scenario.years - 1
    settled = range(first + 2, last + 1) if exchange else range(0)  # years whose inflow is settled before they begin
    if not way.warm:
        way.tell("compiling")
    with counter(screen(stderr=True), way.lang, quiet=way.quiet, what="runs") as bar:
        shown = _Shown(bar, (len(settled) + 1) * len(runs))
        try:
            with local(way.jobs) as executor:
                for year in settled:
                    walked = (first, first + 1) if year == first + 2 else (year - 1,)
                    legs = [
                        Leg(run, begin, datetime.date(year, 1, 1), walked, str(way.out / "legs"))
                        for run, begin in zip(runs, begins, strict=True)
                    ]
                    found = _walked(legs, executor, way, shown)
                    for k, one in enumerate(walked):
                        flows[one] = added([each[k] for each in found])
                    _clear(begins)
                    begins = [str(leg.state) for leg in legs]
                    pools[year] = next_pool(flows[first], flows[year - 1], pools.get(year - 1, Pool()))
                    runs = [with_pool(run, year, pools[year]) for run in runs]
                tasks = _tasks(runs, begins)
                _finish(store, tasks, executor, way, shown)
        except KeyboardInterrupt:
            raise Stopped(say("stopped", way.lang, folder=way.out)) from None
    _clear(begins)
    years = [Year(year, pools.get(year, Pool()), flows.get(year)) for year in range(first, last + 1) if pools]
    return Run(store, tuple(tasks), tuple(years), pools)


def _walked(legs: Sequence[Leg], executor: Executor, way: Way, shown: _Shown) -> list[list[Flows]]:
    """The flows of each leg; those that were walked before are read. A leg that fails does not stop the others."""
    found = {leg.name: flows for leg in legs if (flows := known_flows(leg)) is not None}
    todo = sorted((leg for leg in legs if leg.name not in found), key=lambda leg: -leg.run.region.population)
    first = not way.warm and not shown.done
    shown.add(len(found))
    failed: list[Failure[Leg]] = []
    for part in [todo[:1], todo[1:]] if first else [todo]:  # the very first one compiles for all
        for outcome in executor.outcomes(functools.partial(walk, build=way.build), part):
            if isinstance(outcome, Failure):
                failed.append(outcome)
                continue
            found[outcome.task.name] = outcome.value
            shown.add()
    for one in failed:
        write_part(one.task.record.with_suffix(".txt"), one.text.encode())
    if failed:
        one = failed[0]
        raise QuestionError(
            f"{len(failed)} of {len(legs)} regions failed up to {one.task.date}, {one.task.run.name} with: "
            f"{one.text.strip().splitlines()[-1]} (all of it in {one.task.record.with_suffix('.txt')}); the same "
            f"command goes on from what is finished"
        )
    return [found[leg.name] for leg in legs]


def _clear(states: Sequence[str]) -> None:
    """Remove states that are not needed any more; the flows stay."""
    for folder in filter(None, states):
        shutil.rmtree(folder, ignore_errors=True)


def _tasks(runs: Sequence[Prepared], begins: Sequence[str]) -> list[Task]:
    return [
        replace(Task.of(run, Draw(), TABLES), past=begin if begin and Path(begin).is_dir() else "")
        for run, begin in zip(runs, begins, strict=True)
    ]


def _finish(store: Store, tasks: Sequence[Task], executor: Executor, way: Way, shown: _Shown) -> None:
    order = sorted(tasks, key=lambda task: -task.prepared.region.population)
    failed: list[Failed] = []
    for outcome in carry_out(store, order, executor, retry_failed=True, build=way.build):
        if isinstance(outcome, Failed):
            failed.append(outcome)
        shown.add()
    check_complete(store, [[task] for task in tasks], failed)
