"""When a comparison has enough pairs.

After the least number of pairs, more are added until every headline indicator is precise: the half-width of its
interval under 5 % of the base or a quarter of the difference. An indicator that, by its present spread, would not get
there with the most pairs allowed is not waited for; it is named instead. (Looking after each block makes intervals a
little too narrow, the less so the fewer looks.) Where parameter sets take turns, the spread is taken for chance, which
pairs average out; as far as it comes from the sets, it stays, and the next block shows that.
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


def hopeless(contrast: Contrast, pairs: int, most: int, sets: int = 1) -> bool:
    """Whether ``most`` pairs would not make it precise, were its spread and its mean to stay as they are.

    Args:
        contrast: as it is now.
        pairs: that it rests on.
        most: pairs at most.
        sets: parameter sets that take turns; with more than one their means are the independent units.
    """
    half = contrast.difference.half_width
    units, in_the_end = (min(n, sets) if sets > 1 else n for n in (pairs, most))
    if units < 2 or math.isnan(half):
        return False
    then = half * math.sqrt(pairs / most) * t_quantile(in_the_end - 1) / t_quantile(units - 1)
    wanted = max(NEAR * abs(contrast.base.mean), QUARTER * abs(contrast.difference.mean))
    return then > wanted


@dataclass(frozen=True)
class Rule:
    """How many pairs: between ``least`` and ``most``; both the same for a number that is fixed.

    Attributes:
        block: pairs added at a time.
        sets: parameter sets that take turns.
    """

    least: int = LEAST
    most: int = MOST
    block: int = 1
    sets: int = 1

    def more(self, done: int, contrasts: Sequence[Contrast]) -> int:
        """Pairs to add after ``done`` of them; 0 when it is enough."""
        if done < self.least:
            return self.least - done
        if not any(not hopeless(one, done, self.most, self.sets) for one in imprecise(contrasts)):
            return 0
        return min(self.block, self.most - done)
