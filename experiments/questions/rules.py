"""Which circumstances make a plan fail: boxes by PRIM (package ``prim``) and rules by a small tree (scikit-learn).

Coverage is the share of all failures that lie within the circumstances, density the share of failures among what lies
within them. A box is chosen on the peeling curve, not taken from its end; limits that chance may have drawn are
dropped; how often a limit comes back on other halves of the runs is its stability.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["HALVES", "Box", "Limit", "Rule", "find_box", "find_rules", "stability"]

LEAST_MASS = 0.05
"""Share of the runs that a box or rule holds at least."""
QP = 0.05
"""A limit stands when chance gives as much with a smaller probability (quasi-p-value), over the number of factors:
the more there are to choose from, the more of them seem to matter."""
LIMITS = 4
"""Most limits of a box, so that it can be said in words."""
MOST = 20
"""Factors that are peeled; of more, those that differ most between failures and the rest."""
HALVES = 10
"""Resamples of the stability."""

type Array = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Limit:
    """One side or both of a factor: ``low`` to ``high``, in the factor's column; infinite where it is not limited."""

    name: str
    low: float
    high: float
    qp: float = math.nan


@dataclass(frozen=True)
class Rule:
    """Circumstances that hold together, and what they say of the runs."""

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    """Share of all runs."""


@dataclass(frozen=True)
class Box(Rule):
    """A box of PRIM with the curve that it was chosen from: (coverage, density, limits) at every step."""

    curve: tuple[tuple[float, float, int], ...] = ()


def within(names: Sequence[str], points: Array, limits: Sequence[Limit]) -> Flags:
    """Which rows lie within all limits."""
    inside = np.ones(len(points), bool)
    for one in limits:
        column = points[:, names.index(one.name)]
        inside &= (column >= one.low) & (column <= one.high)
    return inside


def _rule(names: Sequence[str], points: Array, fails: Flags, limits: tuple[Limit, ...]) -> tuple[float, float, float]:
    inside = within(names, points, limits)
    caught = float((inside & fails).sum())
    return caught / float(fails.sum()), caught / max(1.0, float(inside.sum())), float(inside.mean())


def find_box(names: Sequence[str], points: Array, fails: Flags) -> Box | None:
    """The box of PRIM that says most; None when chance explains every limit.

    On the peeling curve, of the steps with at most four limits, the one where coverage and density are best together
    (their harmonic mean). Limits that do not stand (see ``QP``) are then dropped, the worst first,
    and sides without which the box is no worse.

    Args:
        names: of the columns.
        points: (n, factors), values or positions.
        fails: (n,), some of them and not all.
    """
    tried = len(names)  # a limit has to stand against all that were looked at
    kept = _likely(points, fails)
    names, points = [names[k] for k in kept], points[:, kept]
    box = _peel(names, points, fails)
    steps = box.peeling_trajectory
    curve = tuple(
        (float(c), float(d), int(r))
        for c, d, r in zip(steps["coverage"], steps["density"], steps["res dim"], strict=True)
    )
    scores = [2.0 * c * d / (c + d) if 0 < r <= LIMITS and c + d > 0.0 else 0.0 for c, d, r in curve]
    if not any(scores):
        return None
    box.select(int(np.argmax(scores)))
    while True:
        limits = _limits(names, points, box)
        if not limits:
            return None
        worst = max(limits, key=lambda one: one.qp)
        if worst.qp < QP / tried:
            break
        box.drop_restriction(_column(names.index(worst.name)))
    said = tuple(_released(names, points, fails, limits))
    return Box(said, *_rule(names, points, fails, said), curve=curve)


def _likely(points: Array, fails: Flags) -> list[int]:
    """Columns to peel: all, or of many those whose values differ most between what fails and what does not."""
    if points.shape[1] <= MOST:
        return list(range(points.shape[1]))
    from scipy.stats import ks_2samp

    apart = [float(ks_2samp(column[fails], column[~fails]).statistic) for column in points.T]
    return sorted(np.argsort(apart, kind="stable")[::-1][:MOST].tolist())


def _score(names: Sequence[str], points: Array, fails: Flags, limits: Sequence[Limit]) -> float:
    """Harmonic mean of coverage and density."""
    coverage, density, _ = _rule(names, points, fails, tuple(limits))
    return 2.0 * coverage * density / (coverage + density) if coverage + density > 0.0 else 0.0


def _released(names: Sequence[str], points: Array, fails: Flags, limits: list[Limit]) -> list[Limit]:
    """The limits without the sides that say nothing: peeling takes a little off sides where nothing was to be taken."""
    for k, one in enumerate(limits):
        for side in ("low", "high"):
            if math.isinf(one.low) or math.isinf(one.high):
                break
            wider = replace(one, low=-math.inf) if side == "low" else replace(one, high=math.inf)
            other = [*limits[:k], wider, *limits[k + 1 :]]
            if _score(names, points, fails, other) >= _score(names, points, fails, limits):
                one, limits = wider, other
    return limits


def _column(place: int) -> str:
    return f"x{place}"  # record arrays take plain names only


def _peel(names: Sequence[str], points: Array, fails: Flags) -> Any:
    import pandas
    from prim import Prim

    table = pandas.DataFrame({_column(k): points[:, k] for k in range(len(names))})
    return Prim(table, fails.astype(float), threshold=0.5, threshold_type=">", mass_min=LEAST_MASS).find_box()


def _limits(names: Sequence[str], points: Array, box: Any) -> list[Limit]:
    """The limits of the selected box; a side at the edge of the sample is no limit."""
    found = []
    for column, row in box.limits.iterrows():
        k = int(str(column)[1:])
        low, high = float(row["min"]), float(row["max"])
        found.append(
            Limit(
                names[k],
                -math.inf if low <= points[:, k].min() else low,
                math.inf if high >= points[:, k].max() else high,
                float(row["qp values"]),
            )
        )
    return found


def stability(
    names: Sequence[str], points: Array, fails: Flags, halves: int = HALVES, seed: int = 1
) -> tuple[dict[str, float], Rule | None]:
    """How often each factor is limited when the box is sought on other halves of the runs.

    Returns:
        Share of the halves in which a box limits it, by factor that ever is; and the mean coverage, density and mass of
        these boxes on the halves that they were not sought on (None when no half gave a box).
    """
    from sklearn.model_selection import StratifiedShuffleSplit

    counts: dict[str, int] = {}
    tested = []
    split = StratifiedShuffleSplit(halves, test_size=0.5, random_state=seed)
    for one, other in split.split(points, fails):
        box = find_box(names, points[one], fails[one])
        if box is None:
            continue
        for limit in box.limits:
            counts[limit.name] = counts.get(limit.name, 0) + 1
        tested.append(_rule(names, points[other], fails[other], box.limits))
    shares = {name: count / halves for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))}
    if not tested:
        return shares, None
    coverage, density, mass = (float(value) for value in np.mean(tested, axis=0))
    return shares, Rule((), coverage, density, mass)


def find_rules(names: Sequence[str], points: Array, fails: Flags, leaves: int = 4) -> list[Rule]:
    """Rules of a small tree (CART) whose runs fail more often than not, densest first.

    Args:
        names, points, fails: as for a box.
        leaves: most leaves of the tree.
    """
    from sklearn.tree import DecisionTreeClassifier

    least = max(2, math.ceil(LEAST_MASS * len(points)))
    tree = DecisionTreeClassifier(max_leaf_nodes=leaves, min_samples_leaf=least, random_state=1).fit(points, fails)
    part = tree.tree_
    found: list[Rule] = []

    def walk(node: int, sides: dict[int, tuple[float, float]]) -> None:
        left, right = int(part.children_left[node]), int(part.children_right[node])
        if left == right:
            limits = tuple(Limit(names[k], low, high) for k, (low, high) in sides.items())
            rule = Rule(limits, *_rule(names, points, fails, limits))
            if limits and rule.density > 0.5:
                found.append(rule)
            return
        k, edge = int(part.feature[node]), float(part.threshold[node])
        low, high = sides.get(k, (-math.inf, math.inf))
        walk(left, {**sides, k: (low, min(high, edge))})
        walk(right, {**sides, k: (max(low, edge), high)})

    walk(0, {})
    return sorted(found, key=lambda rule: (-rule.density, -rule.coverage))
