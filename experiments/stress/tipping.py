"""The tipping point of a curve: where to look for it, what it is, and how far runs differ in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Tipping", "first_shares", "halves", "spread", "tipping_point"]

LOST = 0.05
"""Access has tipped when more than this share of the people whose list was released has none within reach."""

_DIGITS = 6  # shares are halves of halves of round numbers: rounding keeps equal ones equal


@dataclass(frozen=True)
class Tipping:
    """Share of GPs lost at which access tips; ``below`` and ``above`` say that it lies outside what was simulated."""

    share: float
    side: Literal["below", "at", "above"] = "at"


def first_shares(step: float, most: float) -> list[float]:
    """Shares ``step``, 2 x ``step`` and so on, and ``most`` as the last."""
    inner = [round(k * step, _DIGITS) for k in range(1, int(most / step) + 1)]
    return [share for share in inner if share < most - step / 100.0] + [most]


def _bracket(shares: Sequence[float], lost: Sequence[float]) -> int:
    """Place of the lowest share at which access has tipped; the number of shares when it never does."""
    return next((k for k, value in enumerate(lost) if value > LOST), len(shares))


def tipping_point(shares: Sequence[float], lost: Sequence[float]) -> Tipping:
    """Where the curve first passes 5 %, on a straight line between the two shocks around it.

    Args:
        shares: shares of GPs lost, ascending.
        lost: shares of released people without a list within reach, one each.
    """
    k = _bracket(shares, lost)
    if k == 0:
        return Tipping(shares[0], "below")
    if k == len(shares):
        return Tipping(shares[-1], "above")
    rise = (LOST - lost[k - 1]) / (lost[k] - lost[k - 1])
    return Tipping(shares[k - 1] + rise * (shares[k] - shares[k - 1]))


def halves(shares: Sequence[float], lost: Sequence[float], width: float) -> list[float]:
    """The share halfway between the two around the tipping point (or zero), unless they lie ``width`` apart or less."""
    k = _bracket(shares, lost)
    if k == len(shares):
        return []
    low, high = (0.0 if k == 0 else shares[k - 1]), shares[k]
    return [round((low + high) / 2.0, _DIGITS)] if high - low > width + 1e-9 else []


def spread(points: Sequence[Tipping]) -> tuple[Tipping, Tipping, Tipping]:
    """Lowest, median (the lower of two middle ones) and highest of the tipping points of independent runs.

    The median of all possible runs lies between the lowest and highest of n with probability 1 - 2 / 2^n, whatever
    their distribution, and with points of which only a bound is known: 94 % for five runs.
    """
    sides = ("below", "at", "above")
    ordered = sorted(points, key=lambda point: (sides.index(point.side), point.share))
    return ordered[0], ordered[(len(ordered) - 1) // 2], ordered[-1]
