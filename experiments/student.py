"""Student's t, by which intervals over runs are made."""

from __future__ import annotations

from scipy.special import stdtrit

__all__ = ["CONFIDENCE", "t_quantile"]

CONFIDENCE = 0.95
"""Of the intervals."""


def t_quantile(freedom: int, confidence: float = CONFIDENCE) -> float:
    """The t within which, on both sides of zero, Student's distribution holds ``confidence``.

    Args:
        freedom: degrees of freedom, 1 or more.
        confidence: between 0 and 1.

    Raises:
        ValueError: no degrees of freedom.
    """
    if freedom < 1:
        raise ValueError(f"Student's t has one degree of freedom or more, not {freedom}")
    return float(stdtrit(freedom, 0.5 + confidence / 2.0))
