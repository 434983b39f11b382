"""Running the pairs of a comparison into a store, and making the comparison of what lies there."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.compare.comparison import Comparison, Contrast, GroupContrast, Mode
from experiments.compare.facts import arm_of, assumptions, places
from experiments.compare.findings import contrasts, costs, courses, gaps, group_contrasts, spreads_of
from experiments.compare.request import Request
from experiments.compare.samples import Samples, Where, group_samples, samples
from experiments.compare.texts import say
from experiments.compare.wording import LANGUAGES, about_sets
from experiments.executors.base import Executor
from experiments.manifest import code_version
from experiments.runs.carry_out import Failed, Tally, carry_out
from experiments.runs.past import with_pasts
from experiments.runs.perform import Build, build_model
from experiments.runs.reading import GROUPED_BY
from experiments.runs.store import Store, StoreError
from experiments.texts import Language, number
from sim.indicators.catalogue import INDICATORS
from sim.region import Region

__all__ = ["HEADLINE", "Known", "compared", "group_labels", "run_pairs"]

HEADLINE = tuple(id for id, one in INDICATORS.items() if one.headline)

type Known = Callable[[int, Sequence[Contrast]], None]
"""Is told what is known after so many pairs."""


@dataclass(frozen=True)
class _Places:
    """Where the runs of a comparison stand, in one capacity mode: scenario and pair by key."""

    where: Where
    pairs: int
    failed: frozenset[int]
    """Pairs in which a run failed: they are left out."""

    @classmethod
    def of(cls, request: Request, pairs: int, mode: str | None, failed: set[str]) -> _Places:
        tasks = [request.tasks(pair, mode) for pair in range(pairs)]
        bad = frozenset(pair for pair, own in enumerate(tasks) if any(task.key in failed for task in own))
        good = [pair for pair in range(pairs) if pair not in bad]
        where = {task.key: (arm, at) for at, pair in enumerate(good) for arm, task in enumerate(tasks[pair])}
        return cls(where, len(good), bad)

    def sets(self, request: Request) -> npt.NDArray[np.int64]:
        """Number of the parameter set of each pair that counts."""
        good = [pair for pair in range(self.pairs + len(self.failed)) if pair not in self.failed]
        return np.array([request.set_of(pair) for pair in good], np.int64)


def run_pairs(
    request: Request,
    store: Store,
    executor: Executor,
    progress: Callable[[Tally], None] | None = None,
    known: Known | None = None,
    *,
    build: Build = build_model,
) -> tuple[int, list[Failed]]:
    """Run pairs until the rule is content; what lies in the store is not run again.

    Args:
        request: what is asked.
        store: where the runs go.
        executor: entered.
        progress: is told how many runs are done of those that are planned.
        known: is told what is known after each block of pairs.
        build: makes the model of a run.

    Returns:
        Number of pairs, and the runs that failed.
    """
    pairs, failures = 0, list[Failed]()
    found: list[Contrast] = []
    while more := request.rule.more(pairs, found):
        there = store.finished()
        worlds = [request.tasks(pair, mode) for pair in range(pairs, pairs + more) for mode in (None, *request.modes)]
        todo = [[task for task in world if task.key not in there] for world in worlds]
        done = [task for world in worlds for task in world if task.key in there]
        with with_pasts(todo, store.folder / "pasts", executor, build) as tasks:
            for outcome in carry_out(store, done + tasks, executor, progress, retry_failed=True, build=build):
                if isinstance(outcome, Failed):
                    failures.append(outcome)
        pairs += more
        spots = _Places.of(request, pairs, None, {one.task.key for one in failures})
        if not spots.pairs:
            raise StoreError.of("all_failed", error=failures[0].text.strip().splitlines()[-1])
        found = contrasts(_read(store, spots, request, HEADLINE), request.names, request.window, spots.sets(request))
        if known is not None:
            known(spots.pairs, found)
    return pairs, failures


def _read(store: Store, spots: _Places, request: Request, names: Sequence[str]) -> Samples:
    wanted = ", ".join(f"'{name}'" for name in names)
    table = store.query(f"select key, id, year, value, bottom from indicators where id in ({wanted})")
    return samples(table, spots.where, names, (len(request.scenarios), spots.pairs))


def compared(request: Request, store: Store, pairs: int, failures: Sequence[Failed], command: str) -> Comparison:
    """The comparison of the pairs in a store.

    Args:
        request: what was asked.
        store: with its runs.
        pairs: number of pairs, the failed ones among them.
        failures: runs that failed.
        command: that makes it again.
    """
    failed = {one.task.key for one in failures}
    spots = _Places.of(request, pairs, None, failed)
    sets, arms = spots.sets(request), request.names
    values = _read(store, spots, request, HEADLINE)
    base = request.base
    modes = []
    for mode in request.modes:
        own = _Places.of(request, pairs, mode, failed)
        if own.pairs:
            found = contrasts(_read(store, own, request, HEADLINE), arms, request.window, own.sets(request))
            modes.append(Mode(mode, tuple(found)))
    last = values.years[-1]
    main = contrasts(values, arms, request.window, sets)
    nl, en = (_warnings(request, main, spots, lang, store) for lang in LANGUAGES)
    return Comparison(
        base=arm_of(base),
        arms=tuple(arm_of(one, base) for one in request.scenarios[1:]),
        region=base.region.id,
        region_nl=base.region.label_nl,
        region_en=base.region.label_en,
        start=base.scenario.start.isoformat(),
        years=base.scenario.years,
        first_year=values.years[0],
        last_year=last,
        window=min(request.window, len(values.years)),
        share=base.share,
        capacity_mode=base.scenario.capacity_mode,
        pairs=spots.pairs,
        seeds=tuple(base.seed + pair for pair in range(pairs) if pair not in spots.failed),
        sets=int(np.unique(sets).size),
        contrasts=tuple(main),
        groups=tuple(one for by in GROUPED_BY for one in _groups(request, store, spots, by)),
        courses=tuple(courses(values, arms, sets)),
        gaps=tuple(gaps(values, arms, sets)),
        costs=tuple(costs(_paid(request, store, spots), _care(request, store, spots), values, arms, sets)),
        spreads=tuple(spreads_of(values, arms, request.window, sets)),
        modes=tuple(modes),
        assumptions=assumptions(request.scenarios),
        places=places(base),
        code=dict(code_version()),
        command=command,
        finished=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        warnings_nl=nl,
        warnings_en=en,
        run_keys=tuple(spots.where),
    )


def _groups(request: Request, store: Store, spots: _Places, by: str) -> list[GroupContrast]:
    names = tuple(id for id in HEADLINE if by in INDICATORS[id].by)
    table = store.query(f"select key, id, year, value, bottom, dimension, member from groups where dimension = '{by}'")
    found = group_samples(table, spots.where, names, (len(request.scenarios), spots.pairs), by)
    labels = group_labels(request.base.region, by)
    return group_contrasts(found, labels, request.names, request.window, spots.sets(request))


def group_labels(region: Region, by: str) -> dict[int, tuple[str, str]]:
    """Dutch and English name of each group of a grouping."""
    from experiments.indicators import DEPRIVATION
    from sim.ledger.counts import AGE_NAMES

    if by == "municipality":
        return {k: (one.name, one.name) for k, one in enumerate(region.municipalities)}
    if by == "age":
        return {k: (name, name) for k, name in enumerate(AGE_NAMES)}
    return dict(enumerate(zip(DEPRIVATION["nl"], DEPRIVATION["en"], strict=True)))


def _paid(request: Request, store: Store, spots: _Places) -> dict[str, npt.NDArray[np.float64]]:
    """Euro over the period by payer, each (scenarios, pairs)."""
    paid: dict[str, npt.NDArray[np.float64]] = {}
    for key, payer, euro in _rows(store, "select key, payer, sum(euro) from costs group by key, payer"):
        if key in spots.where:
            euros = paid.setdefault(payer, np.zeros((len(request.scenarios), spots.pairs)))
            euros[spots.where[key]] = euro
    return paid


def _care(request: Request, store: Store, spots: _Places) -> npt.NDArray[np.float64]:
    """Euro over the period that insurers paid for GP care (scenarios, pairs)."""
    care = np.full((len(request.scenarios), spots.pairs), np.nan)
    for key, euro in _rows(store, "select key, sum(top) from indicators where id = 'insurer_cost' group by key"):
        if key in spots.where and euro is not None:
            care[spots.where[key]] = euro
    return care


def _rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    table = store.query(sql)
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _warnings(
    request: Request, main: Sequence[Contrast], spots: _Places, lang: Language, store: Store
) -> tuple[str, ...]:
    told = [one for one in main if one.difference.n > 1 and one.verdict != "same"]
    found = [say("warn_forecast", lang)]
    if told:
        found.append(say("warn_chance", lang, n=len(told), k=max(1, round(0.05 * len(told)))))
    known = request.sets.draws
    if known:
        used = np.unique(spots.sets(request)).size
        found.append(say("sets_used", lang, used=used, **about_sets(request.sets, lang)))
        if len(known) > 1 and spots.pairs == used:
            found.append(say("warn_together", lang, least=len(known) + 1))
    if len(known) < 2:
        found.append(say("warn_sets", lang))
    if request.base.share < 1.0:
        found.append(say("warn_share", lang, share=number(100.0 * request.base.share, lang)))
    if spots.failed:
        found.append(say("warn_failed", lang, n=len(spots.failed), folder=store.folder / "failed"))
    return tuple(found)
