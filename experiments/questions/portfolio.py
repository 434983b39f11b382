"""``deltaplan portfolio``: which package of interventions within a budget is best, and best whatever the future."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from experiments.indicators import label, unit
from experiments.prepare import Prepared
from experiments.questions.asking import (
    Grid,
    QuestionError,
    Way,
    ask,
    check_values,
    find,
    grid_of,
    indicator_values,
    need,
    percent,
    write_json,
)
from experiments.questions.factors import Factor, factors_of, values_at
from experiments.questions.packages import costs_of, tables_of, with_package
from experiments.questions.pareto import EXHAUSTIVE, all_packages, cost_of, front, regret, search
from experiments.questions.sobol import latin_hypercube
from experiments.questions.texts import say
from experiments.runs.draw import Draw
from experiments.show import print_table, screen
from experiments.texts import Language, number
from sim.indicators.registry import Indicator

__all__ = ["DEFAULTS", "KIND", "Standing", "candidate_factors", "execute", "futures_of", "standings"]

KIND = "portfolio"
DEFAULTS = ("without_gp_share", "wait_mean")
"""Objectives when none is named."""
POPULATION, ROUNDS = 8, 4
"""Of the search when there are too many packages to look at all."""

type Array = npt.NDArray[np.float64]
type Package = tuple[bool, ...]


@dataclass(frozen=True)
class Standing:
    """One package against no package, for one objective.

    Attributes:
        mean: over futures and seeds.
        difference, low, high: mean difference with the empty package, pair by pair, and its 95 % interval (NaN with one
            pair).
        better: futures in which it is better than the empty package.
        regret, most_regret: how much worse than the best package of each future, mean and most over the futures.
    """

    mean: float
    difference: float
    low: float
    high: float
    better: int
    regret: float
    most_regret: float

    @property
    def noise(self) -> bool:
        """Whether the interval holds zero, or there is none."""
        return not (self.low > 0.0 or self.high < 0.0)


def candidate_factors(prepared: Prepared, ids: Sequence[str]) -> dict[str, Factor]:
    """What may vary in the futures of these candidates, by name."""
    return factors_of(with_package(prepared, tables_of(prepared, ids), list(ids)))


def futures_of(factors: Sequence[Factor], futures: int, seed: int = 1) -> list[Draw]:
    """Draws over the ranges of factors, a Latin hypercube; the first has the central values."""
    if futures == 1:
        return [Draw()]
    points = latin_hypercube(len(factors), futures - 1, seed)
    return [Draw(), *(Draw(values_at(factors, point)) for point in points)]


def standings(values: Array, signs: Array) -> list[list[Standing]]:
    """How every package stands, (packages) of (objectives).

    Args:
        values: (packages, futures, seeds, objectives); the first package is the empty one.
        signs: (objectives,) 1 where lower is better, -1 where higher is.
    """
    packages, futures, seeds, objectives = values.shape
    found: list[list[Standing]] = [[] for _ in range(packages)]
    for k in range(objectives):
        own = values[:, :, :, k]
        lost = regret(own.mean(axis=2) * signs[k])
        for p in range(packages):
            pairs = (own[p] - own[0]).reshape(futures, seeds)
            half = _half(pairs)
            mean = float(pairs.mean())
            found[p].append(
                Standing(
                    float(own[p].mean()),
                    mean,
                    mean - half,
                    mean + half,
                    int((signs[k] * pairs.mean(axis=1) < 0.0).sum()),
                    float(lost[p].mean()),
                    float(lost[p].max()),
                )
            )
    return found


def _half(pairs: Array) -> float:
    """95 % half-width of the mean: over futures, which are independent, or over seeds when there is one future."""
    sample = pairs.mean(axis=1) if pairs.shape[0] > 1 else pairs[0]
    if sample.size < 2:
        return float("nan")
    return float(stats.t.ppf(0.975, sample.size - 1) * sample.std(ddof=1) / sample.size**0.5)


def execute(
    prepared: Prepared,
    ids: Sequence[str],
    budget: float,
    futures: Sequence[Draw],
    objectives: Sequence[str],
    way: Way,
    *,
    cost_share: float = 1.0,
    exhaustive: int = EXHAUSTIVE,
) -> None:
    """Cost the candidates, run the packages within the budget in every future, print and save how they stand.

    Args:
        prepared: the base, with the share to screen with.
        ids: of the candidate interventions.
        budget: euro a year.
        futures: draws, the same for every package.
        objectives: indicators, each with a better direction.
        way: how it is run.
        cost_share: see ``costs_of``.
        exhaustive: up to so many candidates all packages are looked at.

    Raises:
        QuestionError: an objective has no better direction, nothing fits in the budget, or runs are missing.
        StoreError, Stopped: as for any question.
    """
    need("pymoo")
    measures = [find(id) for id in objectives]
    for one in measures:
        if one.better == "none":
            raise QuestionError(f"{one.id} has no better direction, so it is no objective; choose another --objective")
    signs = np.array([1.0 if one.better == "lower" else -1.0 for one in measures])
    tables = tables_of(prepared, ids)
    way.tell("portfolio_costing", candidates=len(ids), years=prepared.scenario.years)
    costs_by_id = costs_of(KIND, prepared, tables, way, cost_share)
    costs = [costs_by_id[id] for id in ids]
    within, every = all_packages(costs, budget) if len(ids) <= exhaustive else ([], 2 ** len(ids))
    if len(ids) <= exhaustive and len(within) == 1:
        cheapest = min(costs_by_id, key=lambda id: costs_by_id[id])
        raise QuestionError(
            f"--budget {budget:g} pays for none of these; the cheapest is {cheapest} with {costs_by_id[cheapest]:,.0f} "
            f"euro a year"
        )
    known: dict[Package, Array] = {}

    def look(packages: Sequence[Package]) -> Array:
        grids: list[Grid] = []
        for package in packages:
            own = with_package(prepared, tables, _names(package, ids))
            grids.append(grid_of(own, futures, way.seeds))
        way.tell(
            "portfolio_starting",
            packages=len(packages),
            futures=len(futures),
            seeds=len(way.seeds),
            runs=sum(len(grid) * len(way.seeds) for grid in grids),
            years=prepared.scenario.years,
            share=percent(prepared.share, way.lang),
            jobs=way.jobs,
        )
        whole: Grid = [row for grid in grids for row in grid]
        values = indicator_values(ask(KIND, way, whole), whole, objectives)
        check_values(values, objectives)
        shaped = values.reshape(len(packages), len(futures), len(way.seeds), len(measures))
        known.update(zip(packages, shaped, strict=True))
        means: Array = shaped.mean(axis=(1, 2)) * signs
        return means

    if within:
        look(within)
    else:
        search(costs, budget, look, population=POPULATION, rounds=ROUNDS, seed=1)
    packages = list(known)
    values = np.array([known[package] for package in packages])
    stands = standings(values, signs)
    spent = np.array([cost_of(package, costs) for package in packages])
    best = front(np.column_stack([values.mean(axis=(1, 2)) * signs, spent]))
    _save(prepared, ids, costs_by_id, budget, futures, measures, packages, spent, stands, best, way)
    if way.quiet:
        screen().print(str(way.out), soft_wrap=True)
        return
    lang, out = way.lang, screen()
    out.print(
        say("portfolio_title", lang, scenario=prepared.name, budget=number(budget, lang), year=_year(prepared)),
        style="bold",
    )
    out.print(
        say(
            "portfolio_costs",
            lang,
            costs=", ".join(f"{id} {number(round(euro), lang)}" for id, euro in costs_by_id.items()),
        ),
        soft_wrap=True,
    )
    for k, one in enumerate(measures):
        out.print("")
        out.print(f"{label(one, lang)} ({unit(one, lang)})", style="bold")
        _print(packages, ids, spent, [row[k] for row in stands], best, len(futures), lang)
        out.print(_sentence(packages, ids, [row[k] for row in stands], signs[k], lang), soft_wrap=True)
    out.print("")
    out.print(
        say(
            "portfolio_searched",
            lang,
            looked=len(packages),
            every=every,
            how=say("portfolio_all" if within else "portfolio_nsga", lang),
            futures=len(futures),
            seeds=len(way.seeds),
            share=percent(prepared.share, way.lang),
            years=prepared.scenario.years,
        ),
        soft_wrap=True,
    )
    out.print(say("portfolio_saved", lang, folder=way.out), soft_wrap=True)


def _names(package: Package, ids: Sequence[str]) -> list[str]:
    return [id for id, part in zip(ids, package, strict=True) if part]


def _year(prepared: Prepared) -> int:
    return prepared.scenario.start.year + prepared.scenario.years - 1


def _title(package: Package, ids: Sequence[str], lang: Language) -> str:
    return " + ".join(_names(package, ids)) or say("portfolio_nothing", lang)


def _print(
    packages: Sequence[Package], ids: Sequence[str], spent: Array, rows: Sequence[Standing],
    best: npt.NDArray[np.bool_], futures: int, lang: Language,
) -> None:  # fmt: skip
    heads = [("head_package", "left"), ("head_cost", "right"), ("head_mean", "right"), ("head_difference", "right")]
    heads += [("head_interval", "right"), ("head_better", "right"), ("head_regret", "right")]
    heads += [("head_most_regret", "right"), ("head_pareto", "left")]
    table = []
    for k in np.argsort(spent, kind="stable").tolist():
        row, empty = rows[k], not any(packages[k])
        interval = f"{_signed(row.low, lang)} {say('to', lang)} {_signed(row.high, lang)}"
        table.append(
            [
                _title(packages[k], ids, lang),
                number(float(round(spent[k])), lang),
                number(row.mean, lang),
                "" if empty else _signed(row.difference, lang),
                "" if empty else ("-" if np.isnan(row.low) else interval),
                "" if empty else say("of", lang, part=row.better, whole=futures),
                number(row.regret, lang),
                number(row.most_regret, lang),
                "*" if best[k] else "",
            ]
        )
    print_table(screen(), [(say(key, lang), side) for key, side in heads], table)


def _sentence(
    packages: Sequence[Package], ids: Sequence[str], rows: Sequence[Standing], sign: float, lang: Language
) -> str:
    order = sorted(range(len(rows)), key=lambda k: sign * rows[k].mean)
    robust = min(range(len(rows)), key=lambda k: rows[k].most_regret)
    first = order[0]
    text = say(
        "portfolio_best", lang, best=_title(packages[first], ids, lang), robust=_title(packages[robust], ids, lang)
    )
    if not any(packages[first]):
        return text
    key = "portfolio_noise" if rows[first].noise else "portfolio_told"
    return text + " " + say(key, lang)


def _signed(value: float, lang: Language) -> str:
    return f"+{number(value, lang)}" if value > 0.0 else number(value, lang)


def _save(
    prepared: Prepared, ids: Sequence[str], costs: dict[str, float], budget: float, futures: Sequence[Draw],
    measures: Sequence[Indicator], packages: Sequence[Package], spent: Array, stands: Sequence[Sequence[Standing]],
    best: npt.NDArray[np.bool_], way: Way,
) -> None:  # fmt: skip
    with (way.out / f"{KIND}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        heads = ["package", "euro_a_year", "pareto", "objective", "mean", "difference", "low", "high", "better_in"]
        writer.writerow([*heads, "futures", "regret_mean", "regret_most"])
        for k, package in enumerate(packages):
            for one, row in zip(measures, stands[k], strict=True):
                about = ["+".join(_names(package, ids)), float(spent[k]), int(best[k]), one.id]
                numbers = [row.mean, row.difference, row.low, row.high, row.better, len(futures), row.regret]
                writer.writerow([*about, *numbers, row.most_regret])
    write_json(
        way.out / f"{KIND}.json",
        {
            "scenario": prepared.scenario_data,
            "share": prepared.share,
            "seeds": list(way.seeds),
            "interventions": list(ids),
            "euro_a_year": costs,
            "budget": budget,
            "objectives": [one.id for one in measures],
            "futures": [{"id": draw.id, "values": dict(draw.values)} for draw in futures],
        },
    )
