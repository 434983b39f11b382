"""Runs carried out for a question: through the store, so that what is done stays done, and none may be missing."""

from __future__ import annotations

import csv
import importlib.util
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.executors.processes import local
from experiments.prepare import Prepared
from experiments.progress import counter
from experiments.questions.texts import say
from experiments.runs.carry_out import Failed, Tally, carry_out
from experiments.runs.draw import Draw
from experiments.runs.perform import Build, build_model
from experiments.runs.store import Store
from experiments.runs.task import Task
from experiments.show import screen
from experiments.texts import Language
from sim.indicators.catalogue import find_indicator
from sim.indicators.registry import Indicator

__all__ = [
    "Grid", "QuestionError", "Stopped", "Way", "ask", "find", "grid_of", "indicator_values", "need", "percent",
    "write_csv", "write_json",
]  # fmt: skip

type Array = npt.NDArray[np.float64]
type Grid = list[list[Task]]
"""A task for every point (outer) and seed (inner)."""


class QuestionError(Exception):
    """A question cannot be asked or answered; the message is one line that says what to do."""


class Stopped(Exception):
    """Ctrl-C: what is finished is in the store."""


@dataclass(frozen=True)
class Way:
    """How a question is asked: where its runs go, with how many processes, and what is said meanwhile.

    Attributes:
        out: folder of the store and of the answer.
        seeds: the same at every point.
        jobs: processes.
        lang, quiet: of what is printed.
        warm: whether the kernels have been compiled.
        build: makes the model of a run; to be picklable when there is more than one process.
    """

    out: Path
    seeds: tuple[int, ...]
    jobs: int = 1
    lang: Language = "en"
    quiet: bool = False
    warm: bool = True
    build: Build = field(default=build_model)

    def tell(self, key: str, **values: object) -> None:
        """Print a line about the work, on stderr."""
        if not self.quiet:
            screen(stderr=True).print(say(key, self.lang, **values), soft_wrap=True)


def need(*modules: str) -> None:
    """Raise QuestionError when one of these modules of the extra ``analysis`` is not installed."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        raise QuestionError(f"this needs {', '.join(missing)}; install it with: pip install 'deltaplan[analysis]'")


def find(id: str) -> Indicator:
    """The indicator of that id.

    Raises:
        QuestionError: there is none; names what comes near.
    """
    try:
        return find_indicator(id)
    except KeyError as error:
        raise QuestionError(str(error.args[0])) from None


def grid_of(
    prepared: Prepared, draws: Sequence[Draw], seeds: Sequence[int], tables: Sequence[str] = ("indicators",)
) -> Grid:
    """The tasks of every draw with every seed.

    Raises:
        DrawError: a draw says what cannot be.
    """
    worlds = [replace(prepared, seed=seed) for seed in seeds]
    return [[Task.of(world, draw, tables) for world in worlds] for draw in draws]


def ask(kind: str, way: Way, grid: Grid, progress: Callable[[Tally], None] | None = None) -> Store:
    """Carry out what is not in the store yet; what failed before is tried again.

    Raises:
        QuestionError: runs failed; says how to go on.
        Stopped: Ctrl-C.
        StoreError: the folder is in the way.
    """
    store = Store.create(way.out, kind=kind)
    tasks = [task for row in grid for task in row]
    failed: list[Failed] = []
    if not way.warm:
        way.tell("compiling")
    with counter(screen(stderr=True), way.lang, quiet=way.quiet, what="runs") as shown:
        every = max(1, len(tasks) // 20)

        def tell(tally: Tally) -> None:
            done = tally.there + tally.done + tally.failed
            if done == tally.total or (tally.done + tally.failed) % every == 0:
                shown.update(1, done, tally.total)

        try:
            with local(way.jobs) as executor:
                for outcome in carry_out(store, tasks, executor, progress or tell, retry_failed=True, build=way.build):
                    if isinstance(outcome, Failed):
                        failed.append(outcome)
        except KeyboardInterrupt:
            raise Stopped(say("stopped", way.lang, folder=way.out)) from None
    check_complete(store, grid, failed)
    return store


def check_complete(store: Store, grid: Grid, failed: Sequence[Failed] = ()) -> None:
    """Raise QuestionError unless every run of the grid is finished: half a design gives no answer."""
    keys = {task.key for row in grid for task in row}
    missing = len(keys - set(store.finished()))
    if not missing:
        return
    why = f" ({len(failed)} failed, the first with: {failed[0].text.strip().splitlines()[-1]})" if failed else ""
    raise QuestionError(
        f"{missing} of {len(keys)} runs are missing{why}, so the design is not complete and nothing is worked out; "
        f"the same command goes on with what is missing (folder {store.folder}), and {store.folder / 'failed'} holds "
        f"what went wrong"
    )


def indicator_values(store: Store, grid: Grid, ids: Sequence[str], year: str = "last_year") -> Array:
    """Indicators of every run, (points, seeds, indicators); NaN where a run has none.

    What adds up over the region (persons, practices) is scaled up from the share that was simulated.

    Args:
        store: holds the runs.
        grid: the runs.
        ids: of the indicators.
        year: ``last_year`` or ``first_year`` of the run.
    """
    names = ", ".join(f"'{id}'" for id in ids)
    rows = store.query(
        f"select key, id, case when bottom is null and top is not null then value / share else value end as value "
        f"from indicators join runs using (key) where year = {year} and id in ({names})"
    )
    found = {
        (key, id): value
        for key, id, value in zip(*(rows[name].to_pylist() for name in ("key", "id", "value")), strict=True)
    }
    return np.array(
        [[[_number(found.get((task.key, id))) for id in ids] for task in row] for row in grid], np.float64
    ).reshape(len(grid), len(grid[0]), len(ids))


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def check_values(values: Array, ids: Sequence[str]) -> None:
    """Raise QuestionError when an indicator has no value in some runs."""
    for k, id in enumerate(ids):
        lacking = int(np.isnan(values[:, :, k]).sum())
        if lacking:
            total = values.shape[0] * values.shape[1]
            raise QuestionError(
                f"{id} has no value in {lacking} of {total} runs (nothing to count in so small a share or so short a "
                f"time); choose another indicator, or a larger --share"
            )


def percent(share: float, lang: Language) -> str:
    """A share as a percentage."""
    return f"{100.0 * share:g} %".replace(".", "," if lang == "nl" else ".")


def write_json(file: Path, content: dict[str, Any]) -> None:
    """Write plain data, sorted, for whoever wants to know later what was asked."""
    file.write_text(json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def write_csv(file: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table; what is not known (NaN) is empty."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(["" if isinstance(one, float) and math.isnan(one) else one for one in row] for row in rows)
