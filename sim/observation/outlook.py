"""What the month's decisions read of care: load, lists, waits, people without a GP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.ledger import counts as C
from sim.observation.people_counts import by_node
from sim.workforce.outlook import Outlook

if TYPE_CHECKING:
    from sim.model import RegionModel

__all__ = ["LoadMemory", "outlook_of"]

_RECENT, _YEAR = 3, 12
_LEAST = 3600  # seconds supplied below which a practice has no load of its own

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class LoadMemory:
    """GP seconds asked and supplied by practice, and registered people, in each of the last twelve months."""

    def __init__(self) -> None:
        self._months: list[tuple[Ints, Ints]] = []
        self._listed: list[float] = []
        self._first = 0.0

    def end_month(self, counters: Ints, listed: float) -> None:
        """Take in a month's counters (P + 1, PRACTICE_COUNTERS) and how many people were registered, each as often as
        the practice's own way of working makes the same question take more time than it used to.
        """
        month = (counters[:-1, C.GP_ASKED].copy(), counters[:-1, C.GP_AVAILABLE].copy())
        self._months = [*self._months[-(_YEAR - 1) :], month]
        self._listed = [*self._listed[-(_YEAR - 1) :], listed]
        if len(self._months) == _YEAR and not self._first:
            self._first = self._per_person()

    def _per_person(self) -> float:
        return sum(int(asked.sum()) for asked, _ in self._months) / max(sum(self._listed), 1)

    def demand(self) -> float:
        """Seconds asked per registered person in the last twelve months over those of the first twelve known."""
        return self._per_person() / self._first if self._first else 1.0

    def by_practice(self, practices: int) -> Floats:
        """Load of each practice over the last three months (P,); 1 where nothing was supplied or known."""
        asked, supplied = np.zeros(practices), np.zeros(practices)
        for one, other in self._months[-_RECENT:]:
            asked[: one.size] += one
            supplied[: other.size] += other
        return np.where(supplied > _LEAST, asked / np.maximum(supplied, 1.0), 1.0)

    def regional(self) -> float:
        """Load of the region over the last twelve months; 1 before the first month has ended."""
        asked = sum(int(one.sum()) for one, _ in self._months)
        supplied = sum(int(other.sum()) for _, other in self._months)
        return asked / supplied if supplied else 1.0


def outlook_of(model: RegionModel, month: int, day: int) -> Outlook:
    """The outlook on the morning of ``day`` (of the calendar), the first of ``month``."""
    people, without = by_node(model.people, len(model.region.node_name))
    practices, demand = model.lists.size, model.reporter.load.demand()
    return Outlook(
        month=month,
        day=day - model.run_in,
        lists=model.lists,
        load=model.reporter.load.by_practice(practices),
        regional_load=model.reporter.load.regional(),
        third_next=model.care.third_next(day),
        minutes=model.minutes,
        people=people,
        without_gp=without,
        demand=demand,
        norm_list=model.parameters.number("practices.norm_list") / demand,
    )
