"""What comes of many shocks: curves, tipping points, and the practices that carry the region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.stress.shock import HORIZONS, MOST, NARROW, Columns, Count, Shock
from experiments.stress.tipping import Tipping, first_shares, halves, tipping_point

__all__ = ["ranking", "shares_to_refine", "shock_table", "tipping_points", "tipping_table"]


def _curve(shocks: Iterable[Shock], seed: int, horizon: int) -> tuple[list[float], list[float]]:
    """Shares of GPs lost, ascending, and of people without a list, in one world at one horizon."""
    own = sorted((shock.share, shock.counts[horizon].lost) for shock in shocks if shock.seed == seed)
    return [share for share, _ in own], [lost for _, lost in own]


def shares_to_refine(shocks: Sequence[Shock], seed: int) -> list[float]:
    """Shares to simulate next in one world: for each horizon the one halfway."""
    return sorted({share for k in range(len(HORIZONS)) for share in halves(*_curve(shocks, seed, k), NARROW)})


def tipping_points(shocks: Sequence[Shock]) -> dict[int, dict[int, Tipping]]:
    """Tipping point by horizon in months and by seed."""
    seeds = sorted({shock.seed for shock in shocks})
    return {
        months: {seed: tipping_point(*_curve(shocks, seed, k)) for seed in seeds} for k, months in enumerate(HORIZONS)
    }


def tipping_table(shocks: Sequence[Shock]) -> Columns:
    """Tipping points as columns: months, seed, share, and on which side of ``share`` the point lies."""
    rows = [(m, s, point) for m, points in tipping_points(shocks).items() for s, point in points.items()]
    return {
        "months": np.array([months for months, _, _ in rows]),
        "seed": np.array([seed for _, seed, _ in rows]),
        "share": np.array([point.share for _, _, point in rows]),
        "side": np.array([point.side for _, _, point in rows]),
    }


def shock_table(shocks: Sequence[Shock], step: float) -> Columns:
    """Counts as columns, one row a shock and horizon; ``first_round`` marks the shares that all worlds have."""
    grid = set(first_shares(step, MOST))
    rows = [(shock, count) for shock in shocks for count in shock.counts]
    columns: Mapping[str, Callable[[Shock, Count], Any]] = {
        "seed": lambda shock, count: shock.seed,
        "share": lambda shock, count: shock.share,
        "first_round": lambda shock, count: shock.share in grid,
        "months": lambda shock, count: count.months,
        "released": lambda shock, count: shock.released,
        "far_before": lambda shock, count: shock.far_before,
        "present": lambda shock, count: count.present,
        "without_list": lambda shock, count: count.without,
        "far_list": lambda shock, count: count.far,
        "lost": lambda shock, count: count.lost,
    }
    return {name: np.array([value(*row) for row in rows]) for name, value in columns.items()}


def ranking(shocks: Sequence[Shock], step: float, municipalities: Sequence[str]) -> Columns:
    """Practices of the first world with their scores, one row a practice, riskiest first.

    ``risk`` and ``benefit`` are of the eve of the shock, of one practice that closes while the others stay. ``lost``
    and ``taken_in`` come from the shocks of the first round, after a year: people of the practice who had lost access
    (mean of the shocks that released its list), and released people it had on its list (mean of the shocks that did
    not); NaN where there was no such shock. Practices are those of one world: another seed has others in their places.
    """
    grid = set(first_shares(step, MOST))
    first = min(shock.seed for shock in shocks)
    own = [shock for shock in shocks if shock.seed == first and shock.share in grid]
    scores = own[0].scores
    number = scores["practice"].astype(np.int64)
    hit = np.array([_at(shock.released_from, number) > 0 for shock in own])
    lost = _mean(np.array([_at(shock.lost_from, number) for shock in own]), hit)
    taken = _mean(np.array([_at(shock.taken_in, number) for shock in own]), ~hit)
    order = np.lexsort((number, -np.nan_to_num(lost), -scores["risk"]))
    table: Columns = {name: scores[name] for name in ("practice", "list", "risk", "benefit")}
    table["municipality"] = np.array([municipalities[int(k)] for k in scores["municipality"]])
    table["lost"], table["taken_in"] = lost, taken
    return {name: column[order] for name, column in table.items()}


def _at(counts: npt.NDArray[np.int64], number: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Counts of these practices; 0 beyond the last one counted."""
    long = np.zeros(max(counts.size, int(number.max(initial=-1)) + 1), np.int64)
    long[: counts.size] = counts
    return long[number]


def _mean(values: npt.NDArray[np.int64], where: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Mean of each column of ``values`` over the rows of ``where``; NaN without any."""
    times = where.sum(axis=0)
    return np.where(times > 0, (values * where).sum(axis=0) / np.maximum(times, 1), np.nan)
