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
from experiments.runs.store import Store
from experiments.runs.task import Task
from experiments.show import screen

__all__ = ["KIND", "TABLES", "Run", "Year", "together"]

KIND = "country"
TABLES = ("groups", "indicators", "workforce_month")


@dataclass(frozen=True)
class Year:
    """One year of the exchange: factors on the inflow that held in it, and the flows of all regions together."""

    year: int
    pool: Pool
    flows: Flows


@dataclass(frozen=True)
class Run:
    """All regions to their end.

    Attributes:
        store: with the runs.
        tasks: one for each region, in the order asked.
        years: of the exchange: all but the last one; none without it.
        pools: factors on the inflow, from the second year on.
    """

    store: Store
    tasks: tuple[Task, ...]
    years: tuple[Year, ...]
    pools: Mapping[int, Pool]


def together(regions: Sequence[Prepared], way: Way, *, exchange: bool = True) -> Run:
    """Run regions side by side to their end.

    The largest begin first, so that no process waits long. What is finished is kept: the same call goes on from there.

    Args:
        regions: baselines of one period that begins on a New Year's day, one seed.
        way: how; its seeds are not looked at.
        exchange: False lets each region draw on a rest of the country that stays as it is.

    Raises:
        QuestionError: a region failed.
        Stopped: Ctrl-C; what is finished is kept.
        StoreError: the folder is in the way.
    """
    store = Store.create(way.out, kind=KIND)
    runs, begins, years, pools = list(regions), [""] * len(regions), list[Year](), dict[int, Pool]()
    pool, first = Pool(), regions[0].scenario.start.year
    last = first + regions[0].scenario.years - 1
    turns = last - first + 1 if exchange else 1
    if not way.warm:
        way.tell("compiling")
    with counter(screen(stderr=True), way.lang, quiet=way.quiet, what="runs") as shown:
        try:
            with local(way.jobs) as executor:
                for year in range(first, last) if exchange else ():
                    legs = [
                        Leg(run, begin, datetime.date(year + 1, 1, 1), str(way.out / "legs"))
                        for run, begin in zip(runs, begins, strict=True)
                    ]
                    done = (year - first) * len(legs), turns * len(legs)
                    flows = added(_walked(legs, executor, way, shown, done))
                    _clear(begins)
                    begins = [str(leg.state) for leg in legs]
                    years.append(Year(year, pool, flows))
                    pool = next_pool(years[0].flows, flows, pool)
                    pools[year + 1] = pool
                    runs = [with_pool(run, year + 1, pool) for run in runs]
                tasks = _tasks(runs, begins)
                _finish(store, tasks, executor, way, shown, ((turns - 1) * len(tasks), turns * len(tasks)))
        except KeyboardInterrupt:
            raise Stopped(say("stopped", way.lang, folder=way.out)) from None
    _clear(begins)
    return Run(store, tuple(tasks), tuple(years), pools)


def _walked(legs: Sequence[Leg], executor: Executor, way: Way, shown: Counter, done: tuple[int, int]) -> list[Flows]:
    """The flows of each leg; those that were walked before are read."""
    found = {leg.name: flows for leg in legs if (flows := known_flows(leg)) is not None}
    todo = sorted((leg for leg in legs if leg.name not in found), key=lambda leg: -leg.run.region.population)
    rounds = [todo] if way.warm or done[0] else [todo[:1], todo[1:]]  # the first one compiles for all
    shown.update(1, done[0] + len(found), done[1])
    for part in rounds:
        for outcome in executor.outcomes(functools.partial(walk, build=way.build), part):
            if isinstance(outcome, Failure):
                raise QuestionError(
                    f"{outcome.task.run.name} failed in {outcome.task.date.year - 1}: "
                    f"{outcome.text.strip().splitlines()[-1]}; the same command goes on from what is finished"
                )
            found[outcome.task.name] = outcome.value
            shown.update(1, done[0] + len(found), done[1])
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


def _finish(
    store: Store, tasks: Sequence[Task], executor: Executor, way: Way, shown: Counter, done: tuple[int, int]
) -> None:
    order = sorted(tasks, key=lambda task: -task.prepared.region.population)
    failed: list[Failed] = []
    outcomes = carry_out(store, order, executor, retry_failed=True, build=way.build)
    for finished, outcome in enumerate(outcomes, 1):
        if isinstance(outcome, Failed):
            failed.append(outcome)
        shown.update(1, done[0] + finished, done[1])
    check_complete(store, [[task] for task in tasks], failed)
