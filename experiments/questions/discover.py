"""``deltaplan discover``: the circumstances in which a plan fails, in words, from the runs of a store."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.prepare import Prepared
from experiments.questions.asking import QuestionError, Way, ask, grid_of, need, percent, write_json
from experiments.questions.condition import Condition
from experiments.questions.factors import Factor, values_at
from experiments.questions.rules import HALVES, Box, Limit, Rule, find_box, find_rules, stability
from experiments.questions.sobol import latin_hypercube
from experiments.questions.texts import say
from experiments.runs.draw import Draw
from experiments.runs.store import Store
from experiments.show import print_table, screen
from experiments.texts import Language, number

__all__ = ["DEFAULTS", "KIND", "Cases", "discover", "read_cases", "sample"]

KIND = "discover"
DEFAULTS = ("careers.*", "succession.*", "training.*", "registration.*")
"""What varies in fresh runs when nothing is named, with the settings of the scenario's interventions."""
LEAST = 40
"""Draws that a search for circumstances needs."""
_SAME = 1.0 - 1e-9

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cases:
    """Draws of one scenario, and what became of them.

    Attributes:
        scenario: its name.
        names: what varied, (factors,); of what moved together only the first.
        points: values, (draws, factors).
        outcomes: mean of the indicator over the seeds, (draws,).
        together: names that moved with a name of ``names``.
        seeds: fewest seeds of a draw.
        share: of the inhabitants that was simulated.
        last_year: in which the indicator was taken.
    """

    scenario: str
    names: tuple[str, ...]
    points: Array
    outcomes: Array
    together: dict[str, tuple[str, ...]]
    seeds: int
    share: float
    last_year: int


def sample(prepared: Prepared, factors: Sequence[Factor], samples: int, way: Way, seed: int = 1) -> None:
    """Run a Latin hypercube over factors into the folder of ``way``.

    Raises:
        QuestionError, StoreError, Stopped: as for any question.
    """
    if samples < LEAST:
        raise QuestionError(f"--samples {samples} is too few to find circumstances; give {LEAST} or more")
    points = latin_hypercube(len(factors), samples, seed)
    grid = grid_of(prepared, [Draw(values_at(factors, point)) for point in points], way.seeds)
    way.tell(
        "discover_starting",
        scenario=prepared.name,
        factors=len(factors),
        samples=samples,
        seeds=len(way.seeds),
        runs=len(points) * len(way.seeds),
        years=prepared.scenario.years,
        share=percent(prepared.share, way.lang),
        jobs=way.jobs,
    )
    ask(KIND, way, grid)


def read_cases(store: Store, condition: Condition, scenario: str | None = None) -> Cases:
    """The finished runs of a store as cases.

    Raises:
        QuestionError: there are several scenarios and none is named, nothing varies, or there are too few draws.
    """
    if not store.finished():
        raise QuestionError(f"{store.folder} holds no finished runs")
    known = store.query("select distinct scenario from runs order by scenario")["scenario"].to_pylist()
    if scenario is None:
        if len(known) > 1:
            raise QuestionError(f"{store.folder} holds {', '.join(known)}; choose one with --scenario")
        scenario = known[0]
    elif scenario not in known:
        raise QuestionError(f"{store.folder} holds no runs of {scenario!r}; it has {', '.join(known)}")
    if "indicators" not in store.tables:
        raise QuestionError(f"{store.folder} holds no table of indicators; keep it in the batch")
    where = f"scenario = '{scenario}' and id = '{condition.indicator}' and year = last_year"
    value = "case when bottom is null and top is not null then value / share else value end"
    rows = store.query(
        f"select draw, count(value) as seeds, min(share) as share, max(last_year) as last_year, avg({value}) as value "
        f"from indicators join runs using (key) where {where} group by draw order by draw"
    ).to_pylist()
    drawn = store.query("select draw, name, value from draws order by draw, name").to_pylist()
    values: dict[str, dict[str, float]] = {}
    for row in drawn:
        values.setdefault(row["draw"], {})[row["name"]] = row["value"]
    rows = [row for row in rows if row["value"] is not None and values.get(row["draw"])]
    names = sorted({name for row in rows for name in values[row["draw"]]})
    rows = [row for row in rows if len(values[row["draw"]]) == len(names)]
    if len(rows) < LEAST:
        raise QuestionError(
            f"{store.folder} holds {len(rows)} draws of {scenario} in which {condition.indicator} has a value and the "
            f"same things vary; at least {LEAST} are needed"
        )
    points = np.array([[values[row["draw"]][name] for name in names] for row in rows], np.float64)
    kept, together = _independent(names, points)
    return Cases(
        scenario,
        tuple(names[k] for k in kept),
        points[:, kept],
        np.array([row["value"] for row in rows], np.float64),
        together,
        min(row["seeds"] for row in rows),
        rows[0]["share"],
        rows[0]["last_year"],
    )


def _independent(names: list[str], points: Array) -> tuple[list[int], dict[str, tuple[str, ...]]]:
    """Columns that vary, and of those that move in step only the first."""
    kept: list[int] = []
    together: dict[str, tuple[str, ...]] = {}
    for k, name in enumerate(names):
        column = points[:, k]
        if float(column.std()) == 0.0:
            continue
        for j in kept:
            if abs(float(np.corrcoef(points[:, j], column)[0, 1])) > _SAME:
                together[names[j]] = (*together.get(names[j], ()), name)
                break
        else:
            kept.append(k)
    return kept, together


def discover(
    cases: Cases,
    condition: Condition,
    folder: Path,
    *,
    about: dict[str, Factor],
    quiet: bool,
    lang: Language,
    halves: int = HALVES,
) -> Box | None:
    """Search, print and save: ``discover.csv`` with the cases, ``discover.json`` with what was found.

    Args:
        cases: to search.
        condition: in which the plan has failed.
        folder: for the files.
        about: what the factors are, by the beginning of their names in ``cases``.
        quiet: print the folder only.
        lang: of what is printed.
        halves: resamples of the stability.

    Raises:
        QuestionError: all or none of the cases fail.
    """
    need("prim", "sklearn", "pandas")
    fails = condition.holds(cases.outcomes)
    share = float(fails.mean())
    low, high = float(cases.outcomes.min()), float(cases.outcomes.max())
    if not 0 < int(fails.sum()) < len(fails):
        which = "no draw fails" if share == 0.0 else "every draw fails"
        raise QuestionError(
            f"{which}: {condition.indicator} lies between {low:.3g} and {high:.3g}; choose a value between these"
        )
    names = cases.names
    out = screen()
    if not quiet:
        out.print(
            say(
                "discover_title",
                lang,
                scenario=cases.scenario,
                condition=condition,
                year=cases.last_year,
                fails=int(fails.sum()),
                draws=len(fails),
                share=_percent(share),
                low=number(low, lang),
                high=number(high, lang),
            ),
            style="bold",
            soft_wrap=True,
        )
        if not 0.1 <= share <= 0.9 or int(fails.sum()) < 2 * 10:
            out.print(say("discover_few", lang, fails=int(fails.sum())), soft_wrap=True)
    box = find_box(names, cases.points, fails)
    rules = find_rules(names, cases.points, fails)
    stable: dict[str, float] = {}
    tested: Rule | None = None
    if 4 <= int(fails.sum()) <= len(fails) - 4:
        stable, tested = stability(names, cases.points, fails, halves)
    _save(cases, condition, fails, box, rules, stable, tested, folder)
    if quiet:
        out.print(str(folder), soft_wrap=True)
        return box
    out.print("")
    out.print(say("discover_box", lang), style="bold")
    if box is None:
        out.print(say("discover_no_box", lang), soft_wrap=True)
    else:
        heads = [("head_factor", "left"), ("", "left"), ("head_when", "left"), ("head_qp", "right")]
        heads += [("head_stable", "right")]
        print_table(
            out,
            [(say(key, lang) if key else "", side) for key, side in heads],
            [
                [
                    one.name,
                    _label(one.name, about, lang) + _with(one.name, cases, lang),
                    words(one, lang),
                    f"{one.qp:.1g}",
                    _percent(stable.get(one.name, 0.0)),
                ]
                for one in box.limits
            ],
        )
        out.print(say("discover_says", lang, coverage=_percent(box.coverage), density=_percent(box.density),
                      share=_percent(share), mass=_percent(box.mass)), soft_wrap=True)  # fmt: skip
        if tested is not None:
            out.print(
                say("discover_tested", lang, coverage=_percent(tested.coverage), density=_percent(tested.density)),
                soft_wrap=True,
            )
    out.print("")
    out.print(say("discover_rules", lang), style="bold")
    if not rules:
        out.print(say("discover_no_rules", lang), soft_wrap=True)
    for rule in rules:
        text = say("and", lang).join(f"{one.name} {words(one, lang)}" for one in rule.limits)
        out.print(
            say("discover_rule", lang, text=text, coverage=_percent(rule.coverage), density=_percent(rule.density)),
            soft_wrap=True,
        )
    out.print("")
    out.print(say("discover_read", lang, seeds=cases.seeds, share=percent(cases.share, lang)), soft_wrap=True)
    out.print(say("discover_saved", lang, folder=folder), soft_wrap=True)
    return box


def words(one: Limit, lang: Language) -> str:
    """A limit in words."""
    if math.isinf(one.low):
        return say("below", lang, value=number(one.high, lang))
    if math.isinf(one.high):
        return say("above", lang, value=number(one.low, lang))
    return say("between", lang, low=number(one.low, lang), high=number(one.high, lang))


def _label(name: str, about: dict[str, Factor], lang: Language) -> str:
    factor = about.get(name.partition("[")[0])
    return "" if factor is None else f"{factor.label(lang)} ({factor.span(lang)})"


def _with(name: str, cases: Cases, lang: Language) -> str:
    others = cases.together.get(name, ())
    return say("moves_with", lang, count=len(others)) if others else ""


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"


def _save(
    cases: Cases, condition: Condition, fails: npt.NDArray[np.bool_], box: Box | None, rules: list[Rule],
    stable: dict[str, float], tested: Rule | None, folder: Path,
) -> None:  # fmt: skip
    with (folder / f"{KIND}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*cases.names, condition.indicator, "fails"])
        for point, outcome, bad in zip(cases.points.tolist(), cases.outcomes.tolist(), fails.tolist(), strict=True):
            writer.writerow([*point, outcome, int(bad)])

    def plain(rule: Rule) -> dict[str, Any]:
        return {
            "limits": [
                {
                    "name": one.name,
                    "low": None if math.isinf(one.low) else one.low,
                    "high": None if math.isinf(one.high) else one.high,
                    "qp": None if math.isnan(one.qp) else one.qp,
                }
                for one in rule.limits
            ],
            "coverage": rule.coverage,
            "density": rule.density,
            "mass": rule.mass,
        }

    write_json(
        folder / f"{KIND}.json",
        {
            "scenario": cases.scenario,
            "fails": str(condition),
            "year": cases.last_year,
            "draws": len(fails),
            "failing": int(fails.sum()),
            "box": None if box is None else {**plain(box), "curve": box.curve},
            "rules": [plain(rule) for rule in rules],
            "stability": stable,
            "tested_on_other_half": None if tested is None else plain(tested),
            "together": cases.together,
        },
    )
