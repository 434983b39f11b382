"""Runs of the regions' baselines read into components, and the order that follows."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from experiments.prepare import Prepared
from experiments.questions.asking import Grid, QuestionError, Way, ask, check_values, grid_of, indicator_values
from experiments.questions.packages import tables_of, with_package
from experiments.rank.components import COMPONENTS
from experiments.rank.index import Order, order_of
from experiments.runs.draw import Draw
from experiments.runs.store import Store
from sim.indicators.catalogue import INDICATORS

__all__ = ["KIND", "SUPPORT", "Ranking", "Support", "ranked", "supported", "tiers"]

KIND = "rank"
SUPPORT = "regional_support"
"""Intervention of the national support budget."""
_WITHOUT = "without_gp"

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ranking:
    """Regions in the order in which they were asked.

    Attributes:
        regions: prepared baselines.
        values: (R, S, C) components.
        signs: (C,) 1 where a higher value is more urgent, -1 where it is less.
        weights: (C,).
        order: what follows.
        years: first and last full year.
    """

    regions: tuple[Prepared, ...]
    values: Array
    signs: Array
    weights: tuple[float, ...]
    order: Order
    years: tuple[int, int]

    @property
    def places(self) -> list[int]:
        """Numbers of the regions, the most urgent first."""
        return [int(k) for k in np.argsort(self.order.rank, kind="stable")]


@dataclass(frozen=True)
class Support:
    """What support changes in one region; people without a GP in the last year.

    Attributes:
        region: its number.
        base, other: without and with support, (S,).
        cost: euro a year.
    """

    region: int
    base: Array
    other: Array
    cost: float


def tiers() -> dict[str, int]:
    """When the national programme chose a region, by id: 1 first, 2 next, 3 not."""
    text = (Path(__file__).parent / "tiers.toml").read_text(encoding="utf-8")
    return {str(id): int(tier) for id, tier in tomllib.loads(text)["tier"].items()}


def ranked(regions: Sequence[Prepared], weights: tuple[float, ...], way: Way) -> Ranking:
    """Run the baselines and put the regions in order.

    Raises:
        QuestionError: fewer than two regions, no two full years, or an indicator has no value.
        StoreError, Stopped: as for any question.
    """
    if len(regions) < 2:
        raise QuestionError("an order needs two regions or more")
    if len({one.region.id for one in regions}) < len(regions):
        raise QuestionError("a region is named twice; name each once, with one scenario")
    spans = {(one.first_year_end.year - 1, one.scenario.start.year + one.scenario.years - 1) for one in regions}
    if len(spans) > 1:
        raise QuestionError("the scenarios begin or end in different years; give --years, or scenarios of one period")
    ((first, last),) = spans
    if last <= first:
        raise QuestionError(f"only {first} is simulated in full, so nothing is known of what is coming; more --years")
    grid = [row for one in regions for row in grid_of(one, [Draw()], way.seeds)]
    store = ask(KIND, way, grid)
    values = _components(store, grid)
    signs = np.array([-1.0 if INDICATORS[one.indicator].better == "higher" else 1.0 for one in COMPONENTS])
    return Ranking(tuple(regions), values, signs, weights, order_of(values * signs, weights), (first, last))


def _components(store: Store, grid: Grid) -> Array:
    ids = list(dict.fromkeys(one.indicator for one in COMPONENTS))
    years = {name: indicator_values(store, grid, ids, name) for name in ("first_year", "last_year")}
    for found in years.values():
        check_values(found, ids)
    parts = []
    for one in COMPONENTS:
        k = ids.index(one.indicator)
        now, end = years["first_year"][:, :, k], years["last_year"][:, :, k]
        parts.append({"now": now, "end": end, "change": end - now}[one.when])
    return np.stack(parts, axis=2)


def supported(ranking: Ranking, count: int, way: Way) -> list[Support]:
    """Run the most urgent regions with the national support team too.

    Args:
        ranking: of the regions.
        count: of regions that are supported.
        way: as for the ranking.

    Raises:
        QuestionError: the support does not go with a region.
        StoreError, Stopped: as for any question.
    """
    chosen = ranking.places[:count]
    grid: Grid = []
    for k in chosen:
        base = ranking.regions[k]
        tables = tables_of(base, [SUPPORT])
        grid += grid_of(with_package(base, tables, []), [Draw()], way.seeds)  # the runs of the ranking itself
        grid += grid_of(with_package(base, tables, [SUPPORT]), [Draw()], way.seeds, ("costs", "indicators"))
    store = ask(KIND, way, grid)
    values = indicator_values(store, grid, [_WITHOUT])[:, :, 0]
    return [
        Support(k, values[2 * at], values[2 * at + 1], _cost(store, [task.key for task in grid[2 * at + 1]]))
        for at, k in enumerate(chosen)
    ]


def _cost(store: Store, keys: Sequence[str]) -> float:
    """Mean cost a year of the support over these runs, whoever pays."""
    listed = ", ".join(f"'{key}'" for key in keys)
    row = store.query(
        "select sum(euro) / sum(years) as cost from ("
        "select key, sum(euro) as euro, max(last_year - first_year + 1) as years from costs join runs using (key) "
        f"where key in ({listed}) and intervention = '{SUPPORT}' group by key)"
    )["cost"][0].as_py()
    return float(row or 0.0)
