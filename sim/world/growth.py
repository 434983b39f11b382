"""Growth of demand beyond ageing: what has come so far, year by year."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Growth"]

_LAST = 120  # months: the estimate that ``needs.growth_*`` comes from reaches ten years ahead


@dataclass
class Growth:
    """Adds up what each month of a run brings, so that a rate that changes on the way acts from then on.

    Demand grows in steps: a year's growth is there when the year is over, as a share of the base year and for ten years
    at most. Months are counted by their rate, so that a rate that never changes gives exactly rate times years.
    """

    _months: dict[float, int] = field(default_factory=dict)
    _rate: float = 0.0
    _grown: float = 0.0

    def begin_month(self, since: int, rate: float) -> float:
        """Share of the base year by which demand has grown as a month begins; every month in turn.

        Args:
            since: months from the start of the run to this one; negative in the run-in, in which nothing grows.
            rate: share of the base year that this month brings, in twelve such months.
        """
        if 0 < since <= _LAST:
            self._months[self._rate] = self._months.get(self._rate, 0) + 1
        self._rate = rate
        if since % 12 == 0:
            self._grown = sum(one * (count / 12) for one, count in sorted(self._months.items()))
        return self._grown
