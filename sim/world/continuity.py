"""Continuity: the longer somebody has had the same GP, the less he or she turns to the out-of-hours post.

Published is an odds ratio: of any out-of-hours contact in a year, by years with the GP, against the first year. A rate
``r`` of needs a year gives odds of ``exp(r) - 1``; these are multiplied, and turned back into a rate. The level is
such that, with the times that people have had their GP at the start, the mean rate at each age is as published; from
then on it moves with what happens to GPs and people. Who has no usual GP counts as in the first year.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from sim.agents.people import People
from sim.compiled import kernel
from sim.ledger.counts import AGE_BANDS
from sim.parameters import Parameters
from sim.randomness.streams import Stream
from sim.region.traits import keyed_row
from sim.world.needs import AGE_BAND_BY_MONTH, age_band_of

__all__ = ["Continuity", "start_tenure"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_FROM_YEARS = (0, 1, 3, 5, 10, 15)
"""Completed years at which the steps of ``continuity.odds`` begin: its first is the first year."""

_ROUNDS = 10  # of finding the level; each leaves less than a third of the error


class _Turned:
    """What was turned into what for each row, so that only what has changed is turned anew; no part of a saved state.

    Attributes:
        kind: (n,) uint16, 1 + band x steps + step; 0 is nobody yet.
        before, after: (n,) float32 rates.
    """

    kind: npt.NDArray[np.uint16] = np.zeros(0, np.uint16)
    before: npt.NDArray[np.float32] = np.zeros(0, np.float32)
    after: npt.NDArray[np.float32] = np.zeros(0, np.float32)

    def __getstate__(self) -> None:
        """Nothing: what is forgotten is found again."""

    def reach(self, n: int) -> None:
        """Make room for ``n`` rows; those that are there stay."""
        if (more := n - self.kind.size) > 0:
            self.kind = np.append(self.kind, np.zeros(more, np.uint16))
            self.before, self.after = (np.append(old, np.zeros(more, np.float32)) for old in (self.before, self.after))


@dataclass(frozen=True)
class Continuity:
    """What time with the same GP does to out-of-hours needs.

    Attributes:
        odds: (181,) by completed months with the usual GP, the last for all longer ones.
        level: (7,) by age band, times the rate that everybody would have in the first year with a GP.
    """

    odds: Floats
    level: Floats
    _turned: _Turned = field(default_factory=_Turned, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, p: Parameters) -> Self:
        """Read the steps; the level is 1 until it is set by :meth:`levelled`."""
        years = np.arange(12 * _FROM_YEARS[-1] + 1) // 12
        step = np.searchsorted(_FROM_YEARS, years, side="right") - 1
        return cls(p.column("continuity.odds")[step], np.ones(AGE_BANDS))

    def renewed(self, p: Parameters) -> Self:
        """With the steps of this month, at the level of the start."""
        odds = type(self).of(p).odds
        return self if np.array_equal(odds, self.odds) else replace(self, odds=odds)

    def levelled(self, people: People, month: int) -> Self:
        """At the level at which ``people`` have, band by band, the mean rate that they have without it.

        Args:
            people: rates must have been set for this month and usual GPs be known.
            month: month index.
        """
        n = people.n
        band = age_band_of(month - people.birth_month[:n].astype(np.int64))
        aim = np.bincount(band, people.rate_ooh[:n], AGE_BANDS)
        level = np.ones(AGE_BANDS)
        for _ in range(_ROUNDS):
            rate = people.rate_ooh[:n].copy()
            self._turn(people, level, month, rate, _Turned())
            found = np.bincount(band, rate, AGE_BANDS)
            level *= np.divide(aim, found, out=np.ones(AGE_BANDS), where=found > 0.0)
        return replace(self, level=level)

    def apply(self, people: People, month: int) -> None:
        """Turn ``people.rate_ooh``, as ``sim.world.needs.set_rates`` has left it, into what follows from time with the
        GP; without any effect it stays as it is, to the bit.
        """
        self._turn(people, self.level, month, people.rate_ooh[: people.n], self._turned)

    def _turn(self, people: People, level: Floats, month: int, rate: npt.NDArray[np.float32], known: _Turned) -> None:
        n = people.n
        if (self.odds != 1.0).any() or (level != 1.0).any():
            known.reach(n)
            steps, step = np.unique(self.odds, return_inverse=True)
            _turn(
                month, people.birth_month[:n], people.usual[:n], people.usual_since[:n], AGE_BAND_BY_MONTH,
                step.astype(np.uint8), steps, level, known.kind, known.before, known.after, rate,
            )  # fmt: skip


@kernel(lean=True)
def _turn(month, birth, usual, since, bands, step, odds, level, kind, before, after, rate):  # type: ignore[no-untyped-def]
    oldest = bands.shape[0] - 1
    longest = step.shape[0] - 1
    steps = odds.shape[0]
    for i in range(rate.shape[0]):
        if rate[i] > 0.0:
            months = 0
            if usual[i] >= 0 and since[i] >= 0:
                months = min(max(month - int(since[i]), 0), longest)
            band = int(bands[min(max(month - int(birth[i]), 0), oldest)])
            k = int(step[months])
            own = 1 + band * steps + k
            if kind[i] != own or before[i] != rate[i]:
                first = 12.0 * float(rate[i]) * level[band]
                kind[i] = own
                before[i] = rate[i]
                after[i] = math.log1p(odds[k] * math.expm1(first)) / 12.0
            rate[i] = after[i]


def start_tenure(people: People, gp_since: Ints, month: int, p: Parameters, seed: int) -> None:
    """Write ``people.usual_since`` at the start: as long as the GP has been there, the household on the list, and at
    most since birth.

    Households have been on their list for as long as follows from a constant share that leaves it in a year
    (``continuity.new_list``), drawn by household.

    Args:
        people: usual GPs must be known.
        gp_since: month index by book in which its GP came to the practice (B,).
        month: month index of the start.
        p: parameters.
        seed: the run's seed.
    """
    rows = people.rows[people.usual[people.rows] >= 0]
    luck = keyed_row(seed, Stream.TENURE, people.household[rows], 0)
    leaves = -math.log1p(-p.number("continuity.new_list")) / 12.0
    listed = month - np.floor(-np.log1p(-luck) / leaves)
    since = np.maximum(listed, gp_since[people.usual[rows].astype(np.int64)])
    since = np.maximum(since, people.birth_month[rows])
    people.usual_since[rows] = np.clip(since, 0, month - 1).astype(np.int16)
