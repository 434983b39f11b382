"""What regions leave for one another: GPs who go, GPs who come, and what that makes of next year's inflow.

A region by itself draws GPs from a rest of the country that stays as it is. Together the regions are that rest: who
settles in one cannot settle in another. No published figure gives the flows between regions, so the first year, in
which each region draws what it is fitted to, says how many come for each one who is to be had (more than one, as not
all who train or change regions are counted by the regions). The inflow of the first two years is left as it is. From
the third year on this stays, as far as the year before tells what the regions draw:

    inflow = inflow of the first year x to be had the year before / to be had in the first year

Newly trained GPs are had from trainees who graduate and settle in another region than they were trained in; settled
GPs, locums and owners-to-be from GPs who move out of a region. What regions draw is read off the last year, so where
load still rises a few per cent more come than the rule says. Both are counts of one year: in a small share of the
country chance moves the factors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["KINDS", "LEAST", "MOST", "Flows", "Pool", "added", "next_pool"]

KINDS = ("graduates", "experienced")
LEAST, MOST = 0.1, 3.0
"""Bounds of a factor: those of the event ``national_gp_pool``."""


@dataclass(frozen=True)
class Flows:
    """Persons of one year, by kind (newly trained; all others).

    Attributes:
        came: into regions from elsewhere.
        left: out of regions, or out of training there to settle elsewhere.
    """

    came: tuple[int, int]
    left: tuple[int, int]


@dataclass(frozen=True)
class Pool:
    """Factors on the inflow of a year, by kind; 1 as in a region by itself."""

    graduates: float = 1.0
    experienced: float = 1.0

    @property
    def factors(self) -> tuple[float, float]:
        """Both, in the order of ``KINDS``."""
        return self.graduates, self.experienced


def added(flows: Sequence[Flows]) -> Flows:
    """All regions together."""
    came, left = (tuple(sum(side) for side in zip(*part, strict=True)) for part in
                  ([one.came for one in flows], [one.left for one in flows]))  # fmt: skip
    return Flows((came[0], came[1]), (left[0], left[1]))


def next_pool(first: Flows, now: Flows, pool: Pool) -> Pool:
    """Factors of the year after ``now``, in which ``pool`` held, given the first year.

    Where nobody came or left in the first year, or nobody comes now, the factor stays.
    """
    found = []
    for k, factor in enumerate(pool.factors):
        if first.came[k] and first.left[k] and now.came[k]:
            wanted = first.came[k] * now.left[k] / first.left[k]
            factor *= wanted / now.came[k]
        found.append(min(MOST, max(LEAST, factor)))
    return Pool(*found)
