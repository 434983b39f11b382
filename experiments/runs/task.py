"""A task: one run to be done, and the key that names it in a store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from experiments.prepare import Prepared
from experiments.runs.draw import Draw, apply

__all__ = ["STANDARD", "Task"]

STANDARD = ("costs", "events", "groups", "indicators", "region_week")
"""Tables that are kept of every run: costs of interventions, the log, indicators by group and year, indicators by year,
the region by week."""


@dataclass(frozen=True)
class Task:
    """One run: what is prepared, what is drawn, and which tables are kept.

    Attributes:
        prepared: scenario, parameters and seed before the draw; shared by many tasks.
        draw: values set anew.
        tables: names of the tables kept, sorted.
        key: sixteen hexadecimal digits: all that the results follow from (``Prepared.key``), with the names of
            scenario and draw, which stand in the run's record.
        past: folder of a saved state to go on from, which changes no byte of the results; empty for none.
    """

    prepared: Prepared
    draw: Draw
    tables: tuple[str, ...]
    key: str
    past: str = ""

    @classmethod
    def of(cls, prepared: Prepared, draw: Draw | None = None, tables: Iterable[str] = STANDARD) -> Task:
        """The task of a run.

        Raises:
            DrawError: a name or value of the draw is wrong.
        """
        chosen = draw if draw is not None else Draw()
        content = {"run": apply(chosen, prepared).key, "scenario": prepared.name, "draw": chosen.id}
        key = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
        return cls(prepared, chosen, tuple(sorted({*tables})), key)

    @property
    def run(self) -> Prepared:
        """The run with the draw in force."""
        return apply(self.draw, self.prepared)
