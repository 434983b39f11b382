"""When a comparison has enough pairs.

After the least number of pairs, more are added until every headline indicator is precise: the half-width of its
interval under 5 % of the base or a quarter of the difference. An indicator that, by its present spread, would not get
there with the most pairs allowed is not waited for; it is named instead. (Looking after each block makes intervals a
little too narrow, the less so the fewer looks.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from experiments.compare.comparison import Contrast
from experiments.compare.statistics import NEAR, QUARTER
from experiments.student import t_quantile

__all__ = ["LEAST", "MOST", "Rule", "hopeless", "imprecise"]

LEAST, MOST = 5, 20
"""Pairs, unless asked otherwise."""


def imprecise(contrasts: Iterable[Contrast]) -> list[Contrast]:
    """Those not precise yet; a difference that is zero in every pair is."""
    return [one for one in contrasts if not one.precise and one.verdict != "same" and one.difference.n > 0]


def hopeless(contrast: Contrast, units: int, most: int) -> bool:
    """Whether ``most`` units would not make it precise, were its spread and its mean to stay as they are.

    Args:
        contrast: as it is now.
        units: independent units (pairs, or parameter sets) that it rests on.
        most: units at most.
    """
    half = contrast.difference.half_width
    if units < 2 or math.isnan(half):
        return False
    then = half * math.sqrt(units / most) * t_quantile(most - 1) / t_quantile(units - 1)
    wanted = max(NEAR * abs(contrast.base.mean), QUARTER * abs(contrast.difference.mean))
    return then > wanted


@dataclass(frozen=True)
class Rule:
    """How many pairs: between ``least`` and ``most``; both the same for a number that is fixed.

    Attributes:
        block: pairs added at a time.
        per_set: pairs that share a parameter set.
    """

    least: int = LEAST
    most: int = MOST
    block: int = 1
    per_set: int = 1

    def more(self, done: int, contrasts: Sequence[Contrast]) -> int:
        """Pairs to add after ``done`` of them; 0 when it is enough."""
        if done < self.least:
            return self.least - done
        units, most = done // self.per_set, self.most // self.per_set
        if not any(not hopeless(one, units, most) for one in imprecise(contrasts)):
            return 0
        return min(self.block, self.most - done)
