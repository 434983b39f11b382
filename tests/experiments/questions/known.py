"""Models with known answers, light, in place of the region: what a question finds in them can be checked."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from experiments.prepare import Prepared, prepare

NAMES = ("care.no_show", "care.closure", "care.call_minutes")
"""Three parameters that these models read; where they stand in their ranges is all that counts."""
OUTCOME = "insurer_cost"
"""The indicator by which the answer comes out: euro by inhabitant, of one inhabitant."""


@functools.cache
def base(years: int = 1) -> Prepared:
    """Twente."""
    return prepare("twente", seed=1, years=years, share=0.5)


def positions(prepared: Prepared) -> list[float]:
    """Where the three parameters stand between low (0) and high (1)."""
    found = []
    for name in NAMES:
        row: Any = prepared.parameters[name]
        found.append((prepared.parameters.number(name) - row.low) / (row.high - row.low))
    return found


class Known:
    """A year or more that ends with a number; ``people`` a year are born besides."""

    def __init__(self, prepared: Prepared, answer: float, people: int = 7) -> None:
        self.start = prepared.scenario.start
        self.days_total = (self.start.replace(year=self.start.year + prepared.scenario.years) - self.start).days
        self.years = range(self.start.year, self.start.year + prepared.scenario.years)
        self.day, self.answer, self.people = 0, answer, people
        self.ledger = SimpleNamespace(tables=self._tables)

    @property
    def today(self) -> datetime.date:
        return self.start + datetime.timedelta(days=self.day)

    def advance(self, days: int) -> None:
        self.day += days

    def _tables(self) -> dict[str, dict[str, Any]]:
        months = [f"{year}-{month:02d}" for year in self.years for month in range(1, 13)]
        years = np.array(list(self.years))
        one = np.ones(len(years), np.int64)
        return {
            "people_month": {"month": np.array(months), "people": np.ones(len(months), np.int64)},
            "group_year": {"year": years, "age_band": 0 * one, "people": one},
            "insurer_year": {"year": years, "total": np.full(len(years), 100.0 * self.answer)},
            "intervention_cost": {
                "year": np.tile(years, 2),
                "intervention": np.repeat(["housing", "link_workers"], len(years)),
                "cents": np.repeat([300_000_00, 100_000_00], len(years)),
            },
        }


def ishigami(prepared: Prepared) -> Known:
    """Ishigami and Homma's function with a = 7 and b = 0.1 of the three, from the last to the first, over -pi to pi."""
    z, y, x = (-np.pi + 2.0 * np.pi * position for position in positions(prepared))
    return Known(prepared, float(np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)))


def steep(prepared: Prepared) -> Known:
    """Ten when the first is high and the second low, else less than one; the seed adds a little."""
    x, y, _ = positions(prepared)
    return Known(prepared, (10.0 if x > 0.6 and y < 0.5 else 0.5 * x) + 0.001 * prepared.seed)


def helped(prepared: Prepared) -> Known:
    """Less with link workers when the first is low, with housing always; the second adds the same to all."""
    kinds = {one["kind"] for one in prepared.scenario.interventions}
    x, y, _ = positions(prepared)
    gain = 3.0 * ("link_workers" in kinds) * (x < 0.5) + 1.0 * ("housing" in kinds)
    return Known(prepared, 20.0 + 5.0 * y - gain + 0.01 * prepared.seed)


class Breaks:
    """Fails at the first attempts: as long as there are fewer than ``times`` files in a folder."""

    def __init__(self, folder: Any, times: int, then: Callable[[Prepared], Known] = steep) -> None:
        self.folder, self.times, self.then = folder, times, then

    def __call__(self, prepared: Prepared) -> Known:
        done = len(list(self.folder.glob("broken*")))
        if done < self.times:
            (self.folder / f"broken{done}").touch()
            raise RuntimeError("broken on purpose")
        return self.then(prepared)
