"""``deltaplan sensitivity``: which assumptions an outcome hangs on, over the ranges of their evidence."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from rich.console import Console

from experiments.indicators import label, unit
from experiments.prepare import Prepared
from experiments.questions.asking import (
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
from experiments.questions.factors import Factor, values_at
from experiments.questions.morris import Screened, morris_design, screen
from experiments.questions.sobol import LEAST, Share, given_data, latin_hypercube, sobol_design, sobol_shares
from experiments.questions.texts import say
from experiments.questions.tornado import Bar, tornado
from experiments.runs.draw import Draw
from experiments.show import print_table
from experiments.show import screen as console
from experiments.sources import source_in
from experiments.texts import Language, number
from experiments.units import unit_in
from sim.indicators.registry import Indicator

__all__ = ["DEFAULTS", "GROUPED_FROM", "KIND", "Design", "Method", "design_of", "execute"]

KIND = "sensitivity"
DEFAULTS = ("without_gp_share", "wait_mean")
"""Indicators looked at when none is named."""
GROUPED_FROM = 40
"""From so many factors on, Morris moves them by topic unless told otherwise."""
FEW = 6
"""Trajectories below which the intervals themselves are unsure, and said to be."""
SHOWN = 15
"""Rows on the screen and in a chart; the CSV file has all."""

type Method = Literal["morris", "sobol", "given"]
type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Design:
    """The points at which the model is run.

    Attributes:
        method: of the analysis.
        factors: that vary.
        groups: the group of each factor where they move in groups, else None.
        points: positions of the factors, (points, factors).
        size: trajectories (Morris) or samples.
        seed: of the design.
    """

    method: Method
    factors: tuple[Factor, ...]
    groups: tuple[str, ...] | None
    points: Array
    size: int
    seed: int

    @property
    def names(self) -> list[str]:
        """Names of the factors."""
        return [one.name for one in self.factors]


def design_of(
    method: Method, factors: Sequence[Factor], size: int, *, grouped: bool | None = None, seed: int = 1
) -> Design:
    """The design of a method.

    Args:
        method: morris, sobol or given.
        factors: what varies.
        size: trajectories for Morris, samples for the others (a power of two for Sobol).
        grouped: Morris by topic; None for as many factors as ``GROUPED_FROM`` or more.
        seed: of the design.

    Raises:
        QuestionError: the size does not go with the method, or too little varies.
    """
    names = [one.name for one in factors]
    if len(names) < 2:
        raise QuestionError(f"at least two things must vary, not {len(names)}; see --parameters")
    groups: list[str] | None = None
    if method == "morris":
        if grouped is None:
            grouped = len(names) >= GROUPED_FROM
        groups = [one.group for one in factors] if grouped else None
        if groups is not None and len(set(groups)) < 2:
            raise QuestionError(f"all that varies belongs to {groups[0]}; move the factors one by one with --by factor")
        if size < 2:
            raise QuestionError(f"--trajectories {size} is too few; at least 2, and 10 or more for a ranking")
        points = morris_design(names, groups, size, seed)
    elif grouped:
        raise QuestionError("--by topic goes with --method morris")
    elif method == "sobol":
        if size < 2 or size & (size - 1):
            raise QuestionError(f"--samples {size} is no power of two; Sobol's design takes 64, 128, 256, ...")
        points = sobol_design(names, size, seed)
    else:
        if size < LEAST:
            raise QuestionError(f"--samples {size} is too few; a given-data analysis takes {LEAST} or more")
        points = latin_hypercube(len(names), size, seed)
    return Design(method, tuple(factors), None if groups is None else tuple(groups), points, size, seed)


# rows of an answer, whatever the method


@dataclass(frozen=True)
class Row:
    """One factor or group for one indicator; see ``Screened`` and ``Share`` for what the numbers are."""

    indicator: str
    name: str
    value: float
    low: float
    high: float
    direction: float
    spread: float
    first: float
    first_half: float
    chance: float


def rows_of(design: Design, indicator: str, outcomes: Array) -> list[Row]:
    """The answer for one indicator.

    Args:
        design: as it was run.
        indicator: id.
        outcomes: (points, seeds).
    """
    if design.method == "morris":
        found = screen(design.names, design.groups, design.points, outcomes)
        return [_screened(indicator, one) for one in found]
    mean = outcomes.mean(axis=1)
    if float(mean.std()) == 0.0:
        raise QuestionError(f"{indicator} is the same at every point, so nothing matters for it; choose another one")
    if design.method == "sobol":
        return [_shared(indicator, one, math.nan) for one in sobol_shares(design.names, mean)]
    shares, chance = given_data(design.names, design.points, mean)
    return [_shared(indicator, one, chance) for one in shares]


def _screened(indicator: str, one: Screened) -> Row:
    nan = math.nan
    return Row(indicator, one.name, one.effect, one.low, one.high, one.direction, one.spread, nan, nan, one.chance)


def _shared(indicator: str, one: Share, chance: float) -> Row:
    low, high = one.total - one.total_half, one.total + one.total_half
    return Row(indicator, one.name, one.total, low, high, math.nan, math.nan, one.first, one.first_half, chance)


# carrying out


def execute(prepared: Prepared, design: Design, indicators: Sequence[str], way: Way) -> list[Row]:
    """Run the design, work out what matters, print and save it.

    Raises:
        QuestionError: an indicator is unknown or has no value in some runs, or runs are missing.
        StoreError: the folder is in the way.
        Stopped: Ctrl-C.
    """
    need("SALib")
    measures = [find(id) for id in indicators]
    draws = [Draw(values_at(design.factors, point)) for point in design.points]
    grid = grid_of(prepared, draws, way.seeds)
    groups = len(set(design.groups)) if design.groups is not None else 0
    way.tell(
        "sensitivity_starting",
        scenario=prepared.name,
        factors=len(design.factors),
        groups=say("in_groups", way.lang, groups=groups) if groups else "",
        points=len(design.points),
        seeds=len(way.seeds),
        runs=len({task.key for row in grid for task in row}),
        years=prepared.scenario.years,
        share=percent(prepared.share, way.lang),
        jobs=way.jobs,
    )
    store = ask(KIND, way, grid)
    values = indicator_values(store, grid, indicators)
    check_values(values, indicators)
    rows = [row for k, id in enumerate(indicators) for row in rows_of(design, id, values[:, :, k])]
    _save(prepared, design, measures, rows, values, way)
    if way.quiet:
        console().print(str(way.out), soft_wrap=True)
    else:
        for k, one in enumerate(measures):
            own = [row for row in rows if row.indicator == one.id]
            print_rows(console(), prepared, design, one, own, values[:, :, k], way)
        console().print(say("sensitivity_saved", way.lang, folder=way.out), soft_wrap=True)
    return rows


def name_of(design: Design, name: str, lang: Language) -> str:
    """Label of a factor, or of a group with how many belong to it."""
    if design.groups is not None:
        return say("group", lang, name=name, count=design.groups.count(name))
    return next(one.label(lang) for one in design.factors if one.name == name)


def print_rows(
    out: Console, prepared: Prepared, design: Design, one: Indicator, rows: list[Row], values: Array, way: Way
) -> None:
    """One indicator: what it hangs on, as a table and a sentence."""
    lang, mean = way.lang, values.mean(axis=1)
    out.print(
        say(
            "sensitivity_title",
            lang,
            indicator=label(one, lang),
            unit=unit(one, lang),
            scenario=prepared.name,
            year=prepared.scenario.start.year + prepared.scenario.years - 1,
        ),
        style="bold",
    )
    out.print(
        say(
            "sensitivity_spread",
            lang,
            low=number(float(np.quantile(mean, 0.05)), lang),
            high=number(float(np.quantile(mean, 0.95)), lang),
            middle=number(float(np.median(mean)), lang),
        ),
        soft_wrap=True,
    )
    shown = rows[:SHOWN]
    by_name = {factor.name: factor for factor in design.factors}
    if design.method == "morris":
        heads = [("head_factor", "left"), ("", "left"), ("head_effect", "right"), ("head_interval", "right")]
        heads += [] if design.groups else [("head_direction", "right"), ("head_depends", "right")]
        heads += [("head_chance", "right")] + ([] if design.groups else [("head_range", "right")])
    else:
        total = "head_total" if design.method == "sobol" else "head_pawn"
        heads = [("head_factor", "left"), ("", "left"), ("head_first", "right"), (total, "right")]
        heads += [("head_range", "right")]
    table = []
    for row in shown:
        cells = [row.name, name_of(design, row.name, lang)]
        if design.method == "morris":
            cells += [number(row.value, lang), f"{number(row.low, lang)} - {number(row.high, lang)}"]
            if not design.groups:
                cells += [_signed(row.direction, lang), _ratio(row.spread, row.value, lang)]
            cells += [number(row.chance, lang)]
        else:
            cells += [_plus_minus(row.first, row.first_half, lang)]
            cells += [_plus_minus(row.value, row.high - row.value, lang)]
        if not design.groups:
            cells.append(by_name[row.name].span(lang))
        table.append(cells)
    print_table(out, [(say(key, lang) if key else "", side) for key, side in heads], table)
    if len(rows) > len(shown):
        out.print(say("sensitivity_more", lang, more=len(rows) - len(shown)), soft_wrap=True)
    out.print(_sentence(design, rows, lang), soft_wrap=True)
    out.print("")


def _sentence(design: Design, rows: list[Row], lang: Language) -> str:
    if design.method == "sobol":
        return say("sobol_read", lang, rest=number(1.0 - sum(row.first for row in rows), lang))
    if design.method == "given":
        told = sum(row.value > row.chance for row in rows)
        return say("given_read", lang, chance=number(rows[0].chance, lang), told=told, factors=len(rows))
    text = say("morris_one_seed", lang)
    if not math.isnan(rows[0].chance):
        told = sum(row.low > row.chance for row in rows)
        text = say("morris_read", lang, told=told, factors=len(rows))
    if design.size < FEW:
        text += " " + say("morris_few", lang, size=design.size)
    return text + (" " + say("morris_groups", lang, first=rows[0].name) if design.groups else "")


def _signed(value: float, lang: Language) -> str:
    return f"+{number(value, lang)}" if value > 0.0 else number(value, lang)


def _ratio(spread: float, effect: float, lang: Language) -> str:
    return number(spread / effect if effect > 0.0 else math.nan, lang)


def _plus_minus(value: float, half: float, lang: Language) -> str:
    text = f"{value:.2f}".replace(".", "," if lang == "nl" else ".")
    if math.isnan(half):
        return text
    return f"{text} ± {half:.2f}".replace(".", "," if lang == "nl" else ".")


# files


def _save(
    prepared: Prepared, design: Design, measures: list[Indicator], rows: list[Row], values: Array, way: Way
) -> None:
    """CSV with every row, a chart for each indicator, and what was asked."""
    by_name = {factor.name: factor for factor in design.factors}
    with (way.out / f"{KIND}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        heads = ["indicator", "factor", "label", "low", "high", "unit", "grade", "source", "method", "effect"]
        writer.writerow([*heads, "effect_low", "effect_high", "direction", "spread", "first", "first_half", "chance"])
        for row in rows:
            factor = by_name.get(row.name)
            about: list[Any] = [row.indicator, row.name, name_of(design, row.name, way.lang)]
            about += (
                [factor.low, factor.high, unit_in(factor.unit, way.lang), factor.grade, source_in(factor, way.lang)]
                if factor
                else [""] * 5
            )
            numbers = (row.value, row.low, row.high, row.direction, row.spread, row.first, row.first_half, row.chance)
            writer.writerow([*about, design.method, *("" if math.isnan(one) else repr(one) for one in numbers)])
    for one in measures:
        own = [row for row in rows if row.indicator == one.id][:SHOWN]
        (way.out / f"{KIND}-{one.id}.svg").write_text(
            chart(prepared, design, one, own, way), encoding="utf-8", newline="\n"
        )
    write_json(
        way.out / f"{KIND}.json",
        {
            "scenario": prepared.scenario_data,
            "years": prepared.scenario.years,
            "share": prepared.share,
            "seeds": list(way.seeds),
            "indicators": [one.id for one in measures],
            "method": design.method,
            "size": design.size,
            "design_seed": design.seed,
            "factors": [
                {"name": one.name, "low": one.low, "high": one.high, "grade": one.grade, "group": one.group}
                for one in design.factors
            ],
            "grouped": design.groups is not None,
            "outcome_median": {
                one.id: float(np.median(values[:, :, k].mean(axis=1))) for k, one in enumerate(measures)
            },
        },
    )


def chart(prepared: Prepared, design: Design, one: Indicator, rows: list[Row], way: Way) -> str:
    """The tornado of one indicator."""
    lang = way.lang
    bars = [
        Bar(
            name_of(design, row.name, lang),
            row.value,
            row.low,
            row.high,
            row.direction,
            row.chance,
            number(row.value, lang),
        )
        for row in rows
    ]
    return tornado(
        f"{label(one, lang)} ({unit(one, lang)})",
        say(
            f"chart_{design.method}",
            lang,
            scenario=prepared.name,
            year=prepared.scenario.start.year + prepared.scenario.years - 1,
            share=percent(prepared.share, way.lang),
            seeds=len(way.seeds),
        ),
        bars,
        [say(f"chart_note_{design.method}", lang)],
        (say("raises", lang), say("lowers", lang)) if design.method == "morris" and not design.groups else ("", ""),
    )


def default_folder(prepared: Prepared, method: Method) -> Path:
    """``results/<scenario>-sensitivity-<method>``."""
    return Path("results") / f"{prepared.name}-{KIND}-{method}"
