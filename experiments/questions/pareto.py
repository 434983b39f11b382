"""Packages of interventions: which are best in several respects at once, and how they stand when the future differs.

Everything here is to be minimised. With few interventions every package is looked at; with many pymoo's NSGA-II
searches among them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["EXHAUSTIVE", "all_packages", "front", "regret", "search"]

EXHAUSTIVE = 6
"""With up to so many interventions every package is looked at."""

type Array = npt.NDArray[np.float64]
type Package = tuple[bool, ...]
type Evaluate = Callable[[list[Package]], Array]
"""Outcomes of packages, (packages, objectives), lower better."""


def all_packages(costs: Sequence[float], budget: float) -> tuple[list[Package], int]:
    """Every package within the budget, the empty one first, and how many there are in all.

    Args:
        costs: of each intervention.
        budget: most that the sum may be.
    """
    packages = sorted(itertools.product((False, True), repeat=len(costs)), key=lambda one: (sum(one), one[::-1]))
    within = [one for one in packages if cost_of(one, costs) <= budget]
    return within, len(packages)


def cost_of(package: Package, costs: Sequence[float]) -> float:
    """Sum of the costs of what a package holds."""
    return float(sum(cost for part, cost in zip(package, costs, strict=True) if part))


def front(values: Array) -> npt.NDArray[np.bool_]:
    """Which rows no other row beats: none is at least as good in every column and better in one.

    Args:
        values: (n, objectives), lower better.
    """
    from pymoo.util.nds.non_dominated_sorting import NonDominatedSorting

    mask = np.zeros(len(values), bool)
    mask[NonDominatedSorting().do(values, only_non_dominated_front=True)] = True
    return mask


def regret(values: Array) -> Array:
    """How much worse each package does in each future than the package that is best in that future.

    Args:
        values: (packages, futures), lower better.
    """
    lost: Array = values - values.min(axis=0)
    return lost


def search(
    costs: Sequence[float], budget: float, evaluate: Evaluate, *, population: int, rounds: int, seed: int
) -> list[Package]:
    """All packages within the budget that NSGA-II looked at, in the order in which it did.

    Args:
        costs, budget: as above; the cost is an objective too.
        evaluate: gives the other objectives; a package is asked for once.
        population, rounds: of the search: at most ``population`` x ``rounds`` packages are looked at.
        seed: of the search.
    """
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.core.problem import Problem
    from pymoo.operators.crossover.ux import UniformCrossover
    from pymoo.operators.mutation.bitflip import BitflipMutation
    from pymoo.operators.sampling.rnd import BinaryRandomSampling
    from pymoo.optimize import minimize

    known: dict[Package, Array] = {}

    def look(packages: list[Package]) -> None:
        fresh = [one for one in dict.fromkeys(packages) if one not in known and cost_of(one, costs) <= budget]
        if fresh:
            known.update(zip(fresh, evaluate(fresh), strict=True))

    empty = (False,) * len(costs)
    look([empty])
    width = len(known[empty])

    class Packages(Problem):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(n_var=len(costs), n_obj=width + 1, n_ieq_constr=1, vtype=bool)

        def _evaluate(self, x: Any, out: dict[str, Any], *args: Any, **kwargs: Any) -> None:
            packages = [tuple(bool(part) for part in row) for row in x]
            look(packages)
            spent = np.array([cost_of(one, costs) for one in packages])
            worst = np.full(width, np.inf)
            other = np.array([known.get(one, worst) for one in packages])
            out["F"] = np.column_stack([np.where(np.isfinite(other), other, 1e30), spent])
            out["G"] = (spent - budget)[:, None]

    algorithm = NSGA2(
        pop_size=population,
        sampling=BinaryRandomSampling(),
        crossover=UniformCrossover(),
        mutation=BitflipMutation(),
        eliminate_duplicates=True,
    )
    minimize(Packages(), algorithm, ("n_gen", rounds), seed=seed, verbose=False)
    return list(known)
