"""Rounds of shocks: an even grid first, then halfway the tipping points; each shock is a run of the store."""

from __future__ import annotations

import functools
import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace

from experiments.executors.processes import Workers
from experiments.prepare import Prepared
from experiments.progress import Counter
from experiments.runs.carry_out import Failed, Tally, carry_out
from experiments.runs.perform import build_model
from experiments.runs.store import Store
from experiments.stress.findings import shares_to_refine
from experiments.stress.shock import MOST, Order, Shock, StressModel
from experiments.stress.task import ShockTask, from_store, simulate_shock
from experiments.stress.tipping import first_shares
from experiments.stress.worlds import Keeper, States, make_worlds, world_of

__all__ = ["StressError", "run_shocks"]


class StressError(RuntimeError):
    """A shock could not be simulated; what is finished stays in the store."""


def run_shocks(
    prepared: Prepared,
    workers: Workers,
    progress: Counter,
    store: Store,
    *,
    order: Order,
    runs: int,
    step: float,
    warm: bool = True,
    build: Callable[[Prepared], StressModel] = build_model,
    keeper: Keeper | None = None,
) -> list[Shock]:
    """Shocks of ``step``, 2 x ``step`` ... of the GPs in each of ``runs`` worlds, then halfway the tipping points.

    Rounds of halving go on until the two shocks around each tipping point lie at most 2.5 % of the GPs apart. Every
    shock is a task of its own, so the result does not depend on the number of processes; those that are in the store
    already are not simulated again. Worlds lie in the store's folder ``worlds`` until all is done, about 100 MB each.

    Args:
        prepared: the run of the first world; the others have the seeds that follow.
        workers: processes.
        progress: is told how far it is; round 0 is the building of the worlds.
        store: where shocks are kept.
        order: who goes.
        runs: number of worlds.
        step: share of GPs between the shocks of the first round.
        warm: the kernels are compiled; otherwise the first world goes alone and compiles them.
        build: makes the model of a run; to be picklable when there is more than one process.
        keeper: how worlds are kept; as saved states if left out.

    Returns:
        Shocks by seed and share.

    Raises:
        StressError: a shock failed.
        StoreError: the disk is full.
    """
    keeper = keeper if keeper is not None else States()
    folder = store.folder / "worlds"
    worlds = [world_of(replace(prepared, seed=prepared.seed + k), folder) for k in range(runs)]
    make_worlds(worlds, workers, lambda there: progress.update(0, there, runs), warm=warm, build=build, keeper=keeper)
    simulate = functools.partial(simulate_shock, keeper=keeper)
    done: list[Shock] = []
    # large shocks first: they take longest, as many people search
    todo = [ShockTask.at(world, share, order) for share in reversed(first_shares(step, MOST)) for world in worlds]
    for round_ in itertools.count(1):
        progress.update(round_, 0, len(todo))

        def told(tally: Tally, round_: int = round_) -> None:
            if tally.there + tally.done:
                progress.update(round_, tally.there + tally.done, tally.total)

        for outcome in carry_out(store, todo, workers, told, retry_failed=True, simulate=simulate):
            if isinstance(outcome, Failed):
                raise StressError(_why(outcome))
        done += from_store(store, todo)
        todo = [
            ShockTask.at(world, share, order) for world in worlds for share in shares_to_refine(done, world.run.seed)
        ]
        if not todo:
            break
    shutil.rmtree(folder, ignore_errors=True)
    return sorted(done, key=lambda shock: (shock.seed, shock.share))


def _why(failed: Failed) -> str:
    task = failed.task
    share = task.share if isinstance(task, ShockTask) else 0.0
    reason = failed.text.strip().splitlines()[-1]
    return f"the shock of {100.0 * share:g} % of the GPs in world {task.prepared.seed} failed: {reason}"
