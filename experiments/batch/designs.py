"""Designs: rows of parameter values within ranges, by scipy.stats.qmc and SALib; one seed gives one design."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.batch.plan import Design, PlanError
from experiments.runs.draw import Bounds

__all__ = ["MOST_DRAWS", "Factor", "draw_rows", "problem"]

MOST_DRAWS = 1_000_000

type Rows = npt.NDArray[np.float64]


class Factor:
    """A parameter of a design: what is known of it, with the range or the values that it takes here."""

    def __init__(self, known: Bounds, low: float, high: float, values: Sequence[float] | None = None) -> None:
        self.known, self.low, self.high, self.values = known, low, high, values

    def levels(self, count: int) -> list[float]:
        """The values named, or so many at equal distances."""
        values = list(self.values) if self.values is not None else np.linspace(self.low, self.high, count).tolist()
        return [float(self.settle(value)) for value in values]

    def settle(self, value: float) -> float:
        """A value that the parameter can have: whole where it must be, and no further than the ends of the range."""
        low, high = (min(self.values), max(self.values)) if self.values is not None else (self.low, self.high)
        settled = min(max(float(value), low), high)
        return float(round(settled)) if self.known.whole else settled


def draw_rows(design: Design, factors: Mapping[str, Factor]) -> list[dict[str, float]]:
    """The rows of a design, in its own order; a row holds the values that it sets, by name.

    ``one at a time`` begins with a row that sets nothing. Rows may repeat where parameters take few values.

    Raises:
        PlanError: the design cannot be drawn from these ranges.
    """
    names = list(factors)
    if design.method == "none":
        return [{}]
    if design.method == "one at a time":
        return _one_at_a_time(design, factors)
    if design.method == "full factorial":
        levels = [factors[name].levels(design.steps) for name in names]
        count = int(np.prod([len(one) for one in levels], dtype=np.float64))
        if count > MOST_DRAWS:
            raise PlanError.of("many_points", parameters=len(names), count=count, most=MOST_DRAWS)
        return [dict(zip(names, row, strict=True)) for row in itertools.product(*levels)]
    for name, factor in factors.items():
        if factor.values is not None:
            raise PlanError.of("takes_no_values", name=name, method=design.method)
    points = _METHODS[design.method](design, factors)
    return [
        {name: factors[name].settle(value) for name, value in zip(names, row, strict=True)} for row in points.tolist()
    ]


def _one_at_a_time(design: Design, factors: Mapping[str, Factor]) -> list[dict[str, float]]:
    rows: list[dict[str, float]] = [{}]
    for name, factor in factors.items():
        rows += [{name: value} for value in dict.fromkeys(factor.levels(design.steps)) if value != factor.known.value]
    return rows


def _latin(design: Design, factors: Mapping[str, Factor]) -> Rows:
    from scipy.stats import qmc

    return _between(qmc.LatinHypercube(len(factors), rng=design.seed).random(_size(design)), factors)


def _sobol(design: Design, factors: Mapping[str, Factor]) -> Rows:
    from scipy.stats import qmc

    return _between(qmc.Sobol(len(factors), rng=design.seed).random(_size(design)), factors)


def _between(unit: Any, factors: Mapping[str, Factor]) -> Rows:
    low = np.array([factor.low for factor in factors.values()])
    high = np.array([factor.high for factor in factors.values()])
    scaled: Rows = low + np.asarray(unit, np.float64) * (high - low)
    return scaled


def _morris(design: Design, factors: Mapping[str, Factor]) -> Rows:
    morris = _salib("morris")
    return np.asarray(
        morris.sample(problem(factors), _size(design), num_levels=design.steps, seed=design.seed), np.float64
    )


def _saltelli(design: Design, factors: Mapping[str, Factor]) -> Rows:
    sobol = _salib("sobol")
    return np.asarray(
        sobol.sample(problem(factors), _size(design), calc_second_order=design.second_order, seed=design.seed),
        np.float64,
    )


def _salib(name: str) -> Any:
    try:
        return importlib.import_module(f"SALib.sample.{name}")
    except ModuleNotFoundError:
        raise PlanError.of("no_salib") from None


def problem(factors: Mapping[str, Factor]) -> dict[str, Any]:
    """The parameters in the words of SALib."""
    bounds = [[factor.low, factor.high] for factor in factors.values()]
    return {"num_vars": len(factors), "names": list(factors), "bounds": bounds}


def _size(design: Design) -> int:
    assert design.size is not None
    return design.size


_METHODS: dict[str, Callable[[Design, Mapping[str, Factor]], Rows]] = {
    "latin hypercube": _latin,
    "sobol": _sobol,
    "morris": _morris,
    "saltelli": _saltelli,
}
