"""Runs that are done at once: the tables of one small real run, with effects and noise put into them."""

from __future__ import annotations

import copy
import datetime
import functools
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy import stats

from experiments.prepare import Prepared, prepare
from sim.randomness.philox import uniforms

YEARS = 1
SHARE = 0.01


@functools.cache
def scenario(name: str) -> Prepared:
    """A shipped scenario, small and short."""
    return prepare(name, seed=1, years=YEARS, share=SHARE)


@functools.cache
def tables() -> dict[str, dict[str, Any]]:
    """The tables of the baseline with its first seed."""
    from experiments.run import new_model

    model = new_model(scenario("twente"), check=False)
    model.advance(model.days_total)
    found: dict[str, dict[str, Any]] = model.ledger.tables()
    return found


@dataclass(frozen=True)
class World:
    """Makes models in which waits and people without a GP hang on seed and scenario.

    Attributes:
        effect: share by which waits differ in every scenario but the baseline.
        shared: standard deviation of the noise that both runs of a pair have, as a share.
        own: of the noise that each run has of its own.
        broken: seeds whose baseline fails.
    """

    effect: float = 0.0
    shared: float = 0.0
    own: float = 0.0
    broken: tuple[int, ...] = ()

    def __call__(self, prepared: Prepared) -> Any:
        base = prepared.name == "twente"
        if base and prepared.seed in self.broken:
            raise RuntimeError(f"broken on purpose, seed {prepared.seed}")
        noise = stats.norm.ppf(uniforms(prepared.seed, 0, np.arange(2), 0, int(base))[:, 0])
        both = stats.norm.ppf(uniforms(prepared.seed, 0, np.arange(1), 1, 0)[0, 0])
        factor = (1.0 + self.shared * both + self.own * noise[0]) * (1.0 if base else 1.0 + self.effect)
        changed = copy.deepcopy(tables())
        waits = changed["group_year"]["routine_wait_days"]
        changed["group_year"]["routine_wait_days"] = waits.astype(np.float64) * factor
        start = prepared.scenario.start
        days = (start.replace(year=start.year + prepared.scenario.years) - start).days
        model = SimpleNamespace(day=0, days_total=days, today=start, ledger=SimpleNamespace(tables=lambda: changed))

        def advance(count: int) -> None:
            model.day += count
            model.today = start + datetime.timedelta(days=model.day)

        model.advance = advance
        return model


def seeded(name: str, seed: int) -> Prepared:
    """A scenario with another seed."""
    return replace(scenario(name), seed=seed)
