"""What is asked of a comparison, checked before anything runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from experiments.compare.comparison import ComparisonError
from experiments.compare.stopping import Rule
from experiments.prepare import Prepared
from experiments.questions.accepted import Sets
from experiments.runs.draw import Draw
from experiments.runs.task import STANDARD, Task

__all__ = ["MODES", "Request", "checked"]

MODES = ("elastic", "bounded", "hard")


@dataclass(frozen=True)
class Request:
    """A comparison to be made.

    Attributes:
        scenarios: prepared, the base first, all of one region and period and with the first pair's seed.
        modes: capacity modes to run besides that of the scenarios.
        rule: how many pairs.
        window: years at the end that are taken together.
        sets: accepted parameter sets, each pair the next one; none for the values as shipped.
        by: groupings to show on the screen.
    """

    scenarios: tuple[Prepared, ...]
    modes: tuple[str, ...]
    rule: Rule
    window: int
    sets: Sets = field(default_factory=Sets)
    by: tuple[str, ...] = ()

    @property
    def base(self) -> Prepared:
        """The scenario that the others are compared with."""
        return self.scenarios[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios, the base first."""
        return tuple(one.name for one in self.scenarios)

    @property
    def folder(self) -> Path:
        """Where it goes unless told otherwise; the number of pairs does not count, so more can be added."""
        content = [one.key for one in self.scenarios] + [draw.id for draw in self.sets.draws]
        digest = hashlib.sha256(json.dumps(content).encode()).hexdigest()[:8]
        return Path("results") / f"compare-{'-'.join(self.names)}-{digest}"

    def set_of(self, pair: int) -> int:
        """Number of the parameter set of a pair."""
        return pair % len(self.sets.draws) if self.sets.draws else 0

    def tasks(self, pair: int, mode: str | None = None) -> list[Task]:
        """The runs of a pair, the base's first. What a scenario says of a parameter itself goes before the set.

        Args:
            pair: from 0.
            mode: capacity mode; None for that of the scenarios.
        """
        draw = self.sets.draws[self.set_of(pair)] if self.sets.draws else Draw()
        return [
            Task.of(replace(in_mode(one, mode), seed=one.seed + pair), draw.without(one.scenario.parameters), STANDARD)
            for one in self.scenarios
        ]


def in_mode(prepared: Prepared, mode: str | None) -> Prepared:
    """The same run in another capacity mode."""
    if mode is None or mode == prepared.scenario.capacity_mode:
        return prepared
    return prepared.under(capacity_mode=mode)


def checked(scenarios: Sequence[Prepared]) -> tuple[Prepared, ...]:
    """The scenarios, if they can be compared.

    Raises:
        ComparisonError: fewer than two, one twice, or another region or period.
    """
    if len(scenarios) < 2:
        raise ComparisonError("give two scenarios or more: the first is the base, the others are compared with it")
    base = scenarios[0]
    seen: dict[str, str] = {}
    for one in scenarios:
        if one.name in seen.values():
            raise ComparisonError(f"{one.name} is given twice")
        if one.scenario_hash in seen:
            raise ComparisonError(
                f"{one.name} and {seen[one.scenario_hash]} assume the same; there is nothing to compare"
            )
        seen[one.scenario_hash] = one.name
        if one.region_hash != base.region_hash:
            raise ComparisonError(f"{one.name} is of region {one.region.id}, {base.name} of {base.region.id}; give one")
        if (one.scenario.start, one.scenario.years) != (base.scenario.start, base.scenario.years):
            raise ComparisonError(
                f"{one.name} runs {one.scenario.years} years from {one.scenario.start}, {base.name} "
                f"{base.scenario.years} from {base.scenario.start}; give --years"
            )
        if one.scenario.capacity_mode != base.scenario.capacity_mode:
            raise ComparisonError(
                f"{one.name} has {one.scenario.capacity_mode} capacity, {base.name} {base.scenario.capacity_mode}; "
                f"give --capacity"
            )
    return tuple(scenarios)
