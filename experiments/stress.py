"""The stress test: GPs are taken away until access collapses, to see where it tips and which practices carry it.

A shock is one world (a seed) that loses one share of its GPs. After a year as usual the GPs go on one day, at random or
the oldest first, and with them the search for their successors: their lists are released at once. That is on purpose.
With a search and temporary management in between, as the model has them for GPs who leave one by one, collapse comes
when that window ends, and the test would measure the window. From then on the region lives on month by month (people
search, lists fill and close, GPs strain, leave and come), and 6, 12 and 24 months later those whose list was released
are counted: how many of them who still live in the region are on no list within 15 minutes by car.

The idea of a tipping point a region, and of a risk and a benefit a physician, is published for Austria (Kaleta and
others, Stress-testing the resilience of the Austrian healthcare system using agent-based simulation, Nature
Communications 13:4259, 2022, doi:10.1038/s41467-022-31766-7); there physicians disappear from a network of shared
patients, here time and behaviour are in it.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from experiments.executors.processes import Workers
from experiments.prepare import Prepared
from experiments.progress import Counter
from experiments.tipping import Tipping, first_shares, halves, tipping_point
from sim.dates import date_of_month, month_of
from sim.observation.access import LIST_MINUTES

__all__ = [
    "HORIZONS", "RANKED_AT", "YEARS", "Count", "Order", "Shock", "StressModel", "World", "make_world", "measure",
    "ranking", "run_shocks", "shock_date", "shock_table", "tipping_points", "tipping_table",
]  # fmt: skip

type Order = Literal["random", "age"]
type Columns = dict[str, npt.NDArray[Any]]

HORIZONS = (6, 12, 24)
"""Months after the release of the lists."""
RANKED_AT = 12
"""Horizon at which practices are compared."""
USUAL_MONTHS = 12
"""Months as usual before the shock: the practices' yearly accounts, with risk and benefit, are of that day."""
YEARS = (USUAL_MONTHS + HORIZONS[-1]) // 12
MOST = 0.6
"""Largest share of GPs lost."""
NARROW = 0.025
"""Shocks around a tipping point lie at most so far apart."""

_SCORES = ("practice", "municipality", "list", "risk", "benefit")


class StressModel(Protocol):
    """What the stress test asks of a model."""

    people: Any
    """Columns ``practice``, ``node`` and the method ``find`` (see ``sim.agents.people``)."""
    minutes: npt.NDArray[np.float32]
    """Car minutes from nodes to practices (N, P)."""
    ledger: Any
    """Its ``tables()`` hold ``practice_year``: year, practice, municipality, list, risk, benefit."""

    @property
    def today(self) -> datetime.date:
        """The next day to be simulated."""

    def advance(self, days: int) -> None:
        """Simulate so many days."""

    def shock(self, share: float, order: Order) -> npt.NDArray[np.uint64]:
        """Remove a share of the GPs; ids of the people whose list was released."""


@dataclass(frozen=True)
class Count:
    """How the people stand whose list was released, some months later."""

    months: int
    present: int
    """Alive and living in the region."""
    without: int
    """On no list."""
    far: int
    """On the list of a practice of more than 15 minutes away."""

    @property
    def lost(self) -> float:
        """Share on no list within 15 minutes; 0 where nobody is left to count."""
        return (self.without + self.far) / self.present if self.present else 0.0


@dataclass(frozen=True)
class Shock:
    """One shock and what came of it; arrays are by practice number (P,)."""

    seed: int
    share: float
    released: int
    """People whose list was released."""
    far_before: int
    """Of them: the list that was released lay more than 15 minutes away."""
    counts: tuple[Count, ...]
    scores: Columns
    """Risk and benefit of the practices on the eve of the shock."""
    released_from: npt.NDArray[np.int64]
    lost_from: npt.NDArray[np.int64]
    """Of them: on no list within 15 minutes after ``RANKED_AT`` months."""
    taken_in: npt.NDArray[np.int64]
    """Released people on the practice's list then."""


def shock_date(prepared: Prepared) -> datetime.date:
    """The day of the shock."""
    return date_of_month(month_of(prepared.scenario.start) + USUAL_MONTHS)


# one shock


def build_model(prepared: Prepared) -> StressModel:
    """The region of a prepared run."""
    from experiments.run import new_model

    model: StressModel = new_model(prepared, check=False)
    return model


@dataclass(frozen=True)
class World:
    """A region on the eve of the shock, in a file: every shock of a seed begins with a copy of the same one."""

    seed: int
    month: int
    """Month index of the shock."""
    file: Path
    """The pickled model, about 150 MB for Twente."""


def make_world(prepared: Prepared, *, folder: Path, build: Callable[[Prepared], StressModel] = build_model) -> World:
    """Build a region, simulate it up to the shock and put it into ``folder``."""
    model, month = build(prepared), month_of(prepared.scenario.start) + USUAL_MONTHS
    _advance_to(model, date_of_month(month))
    file = folder / f"{prepared.seed}.pickle"
    file.write_bytes(pickle.dumps(model))
    return World(prepared.seed, month, file)


def measure(task: tuple[World, float], *, order: Order) -> Shock:
    """Simulate one shock: which share of the GPs goes from which world, in which order."""
    world, share = task
    model: StressModel = pickle.loads(world.file.read_bytes())
    scores = _scores(model)
    before = model.people.practice.astype(np.int64)
    node = model.people.node.astype(np.int64)
    uids = model.shock(share, order)
    rows = model.people.find(uids)
    origin = before[rows]
    far_before = model.minutes[node[rows], origin] > LIST_MINUTES
    counts, lost_from, taken_in = [], np.empty(0, np.int64), np.empty(0, np.int64)
    for months in HORIZONS:
        _advance_to(model, date_of_month(world.month + months))
        rows = model.people.find(uids)
        here = rows >= 0
        practice = model.people.practice[rows[here]].astype(np.int64)
        listed = practice >= 0
        far = np.zeros(practice.size, bool)
        far[listed] = model.minutes[model.people.node[rows[here]][listed], practice[listed]] > LIST_MINUTES
        counts.append(Count(months, practice.size, int((~listed).sum()), int(far.sum())))
        if months == RANKED_AT:
            lost_from = np.bincount(origin[here][~listed | far])
            taken_in = np.bincount(practice[listed])
    return Shock(
        seed=world.seed,
        share=share,
        released=int(uids.size),
        far_before=int(far_before.sum()),
        counts=tuple(counts),
        scores=scores,
        released_from=np.bincount(origin),
        lost_from=lost_from,
        taken_in=taken_in,
    )


def _advance_to(model: StressModel, day: datetime.date) -> None:
    """Simulate up to a day, a month at a time, so that Ctrl-C need not wait for years."""
    while model.today < day:
        following = date_of_month(month_of(model.today) + 1)
        model.advance((min(day, following) - model.today).days)


def _scores(model: StressModel) -> Columns:
    """Last yearly risk and benefit of the practices."""
    table = model.ledger.tables()["practice_year"]
    last = np.asarray(table["year"]) == np.max(table["year"])
    return {name: np.asarray(table[name])[last] for name in _SCORES}


# many shocks


def run_shocks(
    prepared: Prepared,
    workers: Workers,
    progress: Counter,
    folder: Path,
    *,
    order: Order,
    runs: int,
    step: float,
    warm: bool = True,
    build: Callable[[Prepared], StressModel] = build_model,
) -> list[Shock]:
    """Shocks of ``step``, 2 x ``step`` ... of the GPs in each of ``runs`` worlds, then halfway the tipping points.

    Rounds of halving go on until the two shocks around each tipping point lie at most 2.5 % of the GPs apart. Every
    shock is a task of its own, so the result does not depend on the number of processes.

    Args:
        prepared: the run of the first world; the others have the seeds that follow.
        workers: processes.
        progress: is told how far it is; round 0 is the building of the worlds.
        folder: for the worlds while it goes on, about 150 MB each.
        order: who goes.
        runs: number of worlds.
        step: share of GPs between the shocks of the first round.
        warm: the kernels are compiled; otherwise the first world goes alone and compiles them.
        build: makes the model of a run; to be picklable when there is more than one process.

    Returns:
        Shocks by seed and share.
    """
    seeded = [replace(prepared, seed=prepared.seed + k) for k in range(runs)]
    make = functools.partial(make_world, folder=folder, build=build)
    worlds: list[World] = []
    progress.update(0, 0, runs)
    for part in (seeded,) if warm else (seeded[:1], seeded[1:]):
        for world in workers.results(make, part):
            worlds.append(world)
            progress.update(0, len(worlds), runs)
    worlds.sort(key=lambda world: world.seed)
    done: list[Shock] = []
    # large shocks first: they take longest, as many people search
    todo = [(world, share) for share in reversed(first_shares(step, MOST)) for world in worlds]
    for round_ in itertools.count(1):
        before = len(done)
        progress.update(round_, 0, len(todo))
        for shock in workers.results(functools.partial(measure, order=order), todo):
            done.append(shock)
            progress.update(round_, len(done) - before, len(todo))
        todo = [(world, share) for world in worlds for share in _to_refine(done, world.seed)]
        if not todo:
            break
    return sorted(done, key=lambda shock: (shock.seed, shock.share))


def _curve(shocks: Iterable[Shock], seed: int, horizon: int) -> tuple[list[float], list[float]]:
    """Shares of GPs lost, ascending, and of people without a list, in one world at one horizon."""
    own = sorted((shock.share, shock.counts[horizon].lost) for shock in shocks if shock.seed == seed)
    return [share for share, _ in own], [lost for _, lost in own]


def _to_refine(shocks: Sequence[Shock], seed: int) -> list[float]:
    """Shares to simulate next in one world: for each horizon the one halfway."""
    return sorted({share for k in range(len(HORIZONS)) for share in halves(*_curve(shocks, seed, k), NARROW)})


# what comes of them


def tipping_points(shocks: Sequence[Shock]) -> dict[int, dict[int, Tipping]]:
    """Tipping point by horizon in months and by seed."""
    seeds = sorted({shock.seed for shock in shocks})
    return {
        months: {seed: tipping_point(*_curve(shocks, seed, k)) for seed in seeds} for k, months in enumerate(HORIZONS)
    }


def tipping_table(shocks: Sequence[Shock]) -> Columns:
    """Tipping points as columns: months, seed, share, and on which side of ``share`` the point lies."""
    rows = [(m, s, point) for m, points in tipping_points(shocks).items() for s, point in points.items()]
    return {
        "months": np.array([months for months, _, _ in rows]),
        "seed": np.array([seed for _, seed, _ in rows]),
        "share": np.array([point.share for _, _, point in rows]),
        "side": np.array([point.side for _, _, point in rows]),
    }


def shock_table(shocks: Sequence[Shock], step: float) -> Columns:
    """Counts as columns, one row a shock and horizon; ``first_round`` marks the shares that all worlds have."""
    grid = set(first_shares(step, MOST))
    rows = [(shock, count) for shock in shocks for count in shock.counts]
    columns: Mapping[str, Callable[[Shock, Count], Any]] = {
        "seed": lambda shock, count: shock.seed,
        "share": lambda shock, count: shock.share,
        "first_round": lambda shock, count: shock.share in grid,
        "months": lambda shock, count: count.months,
        "released": lambda shock, count: shock.released,
        "far_before": lambda shock, count: shock.far_before,
        "present": lambda shock, count: count.present,
        "without_list": lambda shock, count: count.without,
        "far_list": lambda shock, count: count.far,
        "lost": lambda shock, count: count.lost,
    }
    return {name: np.array([value(*row) for row in rows]) for name, value in columns.items()}


def ranking(shocks: Sequence[Shock], step: float, municipalities: Sequence[str]) -> Columns:
    """Practices of the first world with their scores, one row a practice, riskiest first.

    ``risk`` and ``benefit`` are of the eve of the shock, of one practice that closes while the others stay. ``lost``
    and ``taken_in`` come from the shocks of the first round, after a year: people of the practice who had lost access
    (mean of the shocks that released its list), and released people it had on its list (mean of the shocks that did
    not); NaN where there was no such shock. Practices are those of one world: another seed has others in their places.
    """
    grid = set(first_shares(step, MOST))
    first = min(shock.seed for shock in shocks)
    own = [shock for shock in shocks if shock.seed == first and shock.share in grid]
    scores = own[0].scores
    number = scores["practice"].astype(np.int64)
    hit = np.array([_at(shock.released_from, number) > 0 for shock in own])
    lost = _mean(np.array([_at(shock.lost_from, number) for shock in own]), hit)
    taken = _mean(np.array([_at(shock.taken_in, number) for shock in own]), ~hit)
    order = np.lexsort((number, -np.nan_to_num(lost), -scores["risk"]))
    table: Columns = {name: scores[name] for name in ("practice", "list", "risk", "benefit")}
    table["municipality"] = np.array([municipalities[int(k)] for k in scores["municipality"]])
    table["lost"], table["taken_in"] = lost, taken
    return {name: column[order] for name, column in table.items()}


def _at(counts: npt.NDArray[np.int64], number: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Counts of these practices; 0 beyond the last one counted."""
    long = np.zeros(max(counts.size, int(number.max(initial=-1)) + 1), np.int64)
    long[: counts.size] = counts
    return long[number]


def _mean(values: npt.NDArray[np.int64], where: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Mean of each column of ``values`` over the rows of ``where``; NaN without any."""
    times = where.sum(axis=0)
    return np.where(times > 0, (values * where).sum(axis=0) / np.maximum(times, 1), np.nan)
