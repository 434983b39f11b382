"""Worlds on the eve of the shock: simulated once a seed and kept, so that every shock begins with a copy."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from experiments.executors.base import Success
from experiments.executors.processes import Workers, WorkersError
from experiments.prepare import Prepared
from experiments.runs.past import Past, advance_to, load_past, past_of
from experiments.stress.shock import StressModel, shock_date

__all__ = ["Keeper", "States", "make_worlds", "world_of"]


class Keeper(Protocol):
    """Saves a model in a folder of its own, whole or not at all, and loads it again."""

    def save(self, model: Any, folder: Path) -> None:
        """Save the model."""
        ...

    def load(self, prepared: Prepared, folder: Path) -> Any:
        """The model as it was saved."""
        ...


class States:
    """Saved states of the model (see ``sim.state``): it goes on with the bytes of an unbroken run."""

    def save(self, model: Any, folder: Path) -> None:
        """See ``Keeper``."""
        from sim.state import save_state

        save_state(model, folder, replace=True)

    def load(self, prepared: Prepared, folder: Path) -> Any:
        """See ``Keeper``."""
        return load_past(prepared, folder)


def world_of(prepared: Prepared, folder: Path) -> Past:
    """The world of a run up to the shock, in a folder below ``folder`` (about 100 MB for Twente)."""
    return past_of(prepared, shock_date(prepared), folder)


def make_worlds(
    worlds: Sequence[Past],
    workers: Workers,
    told: Callable[[int], None],
    *,
    warm: bool,
    build: Callable[[Prepared], StressModel],
    keeper: Keeper,
) -> None:
    """Simulate and keep the worlds that are not there yet.

    Args:
        worlds: which.
        workers: processes.
        told: hears how many are there.
        warm: the kernels are compiled; otherwise the first world goes alone and compiles them.
        build: makes the model of a run.
        keeper: how they are kept.

    Raises:
        Exception: what the making of a world raised.
        WorkersError: the system ended a process.
    """
    todo = [world for world in worlds if not Path(world.folder).exists()]
    there = len(worlds) - len(todo)
    told(there)
    work = functools.partial(_make, build=build, keeper=keeper)
    for part in (todo,) if warm else (todo[:1], todo[1:]):
        for outcome in workers.outcomes(work, part):
            if not isinstance(outcome, Success):
                raise outcome.error or WorkersError(outcome.text.strip().splitlines()[-1])
            there += 1
            told(there)


def _make(world: Past, attempt: int, *, build: Callable[[Prepared], StressModel], keeper: Keeper) -> None:
    model = build(world.run)
    advance_to(model, world.date)
    keeper.save(model, Path(world.folder))
