"""``deltaplan loop`` from the prepared runs to saved results, and what is printed of them."""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from experiments.executors.processes import local
from experiments.loop import BUSY, LATE_MONTHS, MEASURES, OFF, ON, WITHOUT_GP, gain_columns, read_measures
from experiments.manifest import build_manifest
from experiments.pairs import (
    Difference,
    Pair,
    PairModel,
    build_model,
    difference_table,
    differences,
    pair_table,
    run_pairs,
)
from experiments.prepare import Prepared
from experiments.progress import counter
from experiments.run import refuse_to_overwrite
from experiments.show import print_table, screen
from experiments.store import Results, arrow_table, load_results, write_results
from experiments.student import CONFIDENCE
from experiments.texts import Language, number, say
from sim.workforce.gain import strain_per_load

__all__ = ["KIND", "execute", "print_loop"]

KIND = "loop"
"""``kind`` in the manifest of a loop test."""

_NOTES = {
    "pairs": {
        "scenario": {"unit": "", "description": "strain off or on"},
        **{one.name: {"unit": one.unit_en, "description": one.en} for one in MEASURES},
    },
    "differences": {
        "first": {"unit": "as the measure", "description": "mean with strain off"},
        "second": {"unit": "as the measure", "description": "mean with strain on"},
        "mean": {"unit": "as the measure", "description": "mean difference, on less off"},
        "low": {"unit": "as the measure", "description": "lower end of its 95 % interval"},
        "high": {"unit": "as the measure", "description": "upper end of its 95 % interval"},
        "removed": {"unit": "share", "description": "of the variance of the difference removed by pairing"},
        "pairs": {"unit": "pairs", "description": "in which both runs have the measure"},
    },
    "gain": {
        "level": {"unit": "", "description": "end of the range of the coefficients of strain"},
        "pull": {"unit": "log inflow per unit of load", "description": "response of newcomers to load"},
        "total": {"unit": "% of FTE per % of load", "description": "gain of the loop; from 1 on it runs away"},
    },
}


def execute(
    off: Prepared,
    on: Prepared,
    *,
    pairs: int,
    jobs: int,
    out: Path | None = None,
    force: bool = False,
    quiet: bool = False,
    warm: bool = True,
    lang: Language = "en",
    build: Callable[[Prepared], PairModel] = build_model,
) -> None:
    """Simulate the pairs, save and print. Whatever stops it, Ctrl-C too, leaves nothing behind.

    Args:
        off, on: the prepared run without and with the effect of strain; the same seed.
        pairs: number of pairs, with that seed and those that follow.
        jobs: processes.
        out, force, quiet, warm, lang: as for a run.
        build: makes the model of a run; to be picklable when there is more than one process.

    Raises:
        ResultsError: the results folder is taken.
        WorkersError: the system ended a process.
    """
    started = time.perf_counter()
    key = hashlib.sha256(json.dumps([KIND, off.key, on.key, pairs]).encode()).hexdigest()[:16]
    target = out if out is not None else Path("results") / f"{on.name}-{KIND}-seed{on.seed}-{key[:8]}"
    refuse_to_overwrite(target, key, force)
    messages = screen(stderr=True)
    if not quiet:
        messages.print(say("loop_starting", lang, **on.announcement(lang), pairs=pairs, jobs=jobs), soft_wrap=True)
        if not warm:
            messages.print(say("compiling", lang), soft_wrap=True)
    with local(jobs) as workers, counter(messages, lang, quiet=quiet, what="runs") as progress:
        done = run_pairs(off, on, workers, progress, pairs=pairs, read=read_measures, warm=warm, build=build)
    write_results(
        target,
        {name: arrow_table(columns, _NOTES[name]) for name, columns in _tables(on, done).items()},
        _manifest(off, on, key, pairs),
        lambda: {
            "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "wall_seconds": time.perf_counter() - started,
            "jobs": jobs,
        },
        replace=target.exists(),
    )
    output = screen()
    if quiet:
        output.print(str(target), soft_wrap=True)
        return
    print_loop(output, load_results(target), lang)
    seconds = number(round(time.perf_counter() - started, 1), lang)
    output.print(say("saved", lang, folder=target, seconds=seconds), soft_wrap=True)


def _tables(on: Prepared, done: list[Pair]) -> dict[str, dict[str, Any]]:
    return {
        "pairs": pair_table(done, ("off", "on")),
        "differences": difference_table(differences(done)),
        "gain": gain_columns(on.parameters),
    }


def _manifest(off: Prepared, on: Prepared, key: str, pairs: int) -> dict[str, Any]:
    """That of the run with strain on, with the settings of the test."""
    start = on.scenario.start
    end = datetime.date(start.year + on.scenario.years, start.month, start.day)
    days = (end - start).days
    last = (end - datetime.timedelta(days=1)).isoformat()
    run = build_manifest(on, status="complete", days_done=days, days_total=days, last_date=last, checked=False)
    settings = {
        "pairs": pairs,
        "years": on.scenario.years,
        "off": dict(OFF),
        "on": dict(ON),
        "off_key": off.key,
        "confidence": CONFIDENCE,
        "busy": BUSY,
        "late_months": LATE_MONTHS,
        "strain_per_load": asdict(strain_per_load(on.parameters)),
    }
    return {**run, "key": key, "kind": KIND, KIND: settings}


# on the screen


def print_loop(console: Console, results: Results, lang: Language) -> None:
    """Both scenarios with their difference, and the gain of the loop with its range.

    Raises:
        ResultsError: a table is missing or damaged.
    """
    manifest = results.manifest
    settings = manifest[KIND]
    title = say(
        "loop_title",
        lang,
        scenario=manifest["scenario_name"],
        region=manifest["region_label"][lang],
        years=settings["years"],
        pairs=settings["pairs"],
        first=manifest["seed"],
    )
    console.print(title, style="bold")
    found = {row["measure"]: Difference(row.pop("measure"), **row) for row in results.table("differences").to_pylist()}
    _print_differences(console, found, lang)
    console.print(say("loop_columns", lang), soft_wrap=True)
    if settings["pairs"] == 1:
        console.print(say("loop_one_pair", lang), soft_wrap=True)
    console.print(say("loop_many_pairs", lang, pairs=found[WITHOUT_GP].pairs), soft_wrap=True)
    console.print()
    _print_gain(console, results, lang)


def _print_differences(console: Console, found: dict[str, Difference], lang: Language) -> None:
    heads = [(say("loop_measure", lang), "left"), (say("unit", lang), "left")]
    heads += [(say(f"loop_{key}", lang), "right") for key in ("off", "on", "difference", "interval")]
    heads += [
        (say("loop_zero", lang), "left"),
        (say("loop_removed", lang), "right"),
        (say("loop_pairs", lang), "right"),
    ]
    rows = []
    for measure in MEASURES:
        one = found[measure.name]
        nl = lang == "nl"
        rows.append(
            [
                measure.nl if nl else measure.en,
                measure.unit_nl if nl else measure.unit_en,
                number(one.first, lang),
                number(one.second, lang),
                _signed(one.mean, lang),
                _interval(one, lang),
                {None: "-", True: say("yes", lang), False: say("no", lang)}[one.excludes_zero],
                "-" if math.isnan(one.removed) else f"{100.0 * one.removed:.0f} %",
                str(one.pairs),
            ]
        )
    print_table(console, heads, rows)


def _signed(value: float, lang: Language) -> str:
    return f"+{number(value, lang)}" if value > 0.0 else number(value, lang)


def _interval(one: Difference, lang: Language) -> str:
    if one.excludes_zero is None:
        return "-"
    return say("loop_from_to", lang, low=_signed(one.low, lang), high=_signed(one.high, lang))


def _gain(value: float, lang: Language) -> str:
    text = f"{value + 0.0:.2f}"
    text = text.removeprefix("-") if float(text) == 0.0 else text
    return text.replace(".", ",") if lang == "nl" else text


def _print_gain(console: Console, results: Results, lang: Language) -> None:
    """Gain by path for each strength of strain; the sum for each response of newcomers."""
    rows = results.table("gain").to_pylist()
    pulls = sorted({row["pull"] for row in rows})
    console.print(say("loop_gain_title", lang), style="bold")
    heads = [(say("loop_strength", lang), "left")]
    heads += [(say(f"loop_{path}", lang), "right") for path in ("exits", "hours", "moves", "sum")]
    heads += [(say("loop_pull", lang, pull=f"{_plus(pull, lang)}"), "right") for pull in pulls]
    by_level: dict[str, dict[float, dict[str, Any]]] = {}
    for row in rows:
        by_level.setdefault(row["level"], {})[row["pull"]] = row
    table = []
    for level, own in by_level.items():
        any_pull = own[pulls[0]]
        cells = [_gain(any_pull[path], lang) for path in ("exits", "hours", "moves", "strain")]
        table.append([say(f"loop_{level}", lang), *cells, *(_gain(own[pull]["total"], lang) for pull in pulls)])
    print_table(console, heads, table)
    parts = results.manifest[KIND]["strain_per_load"]
    values = {name: _gain(value, lang) for name, value in parts.items()}
    console.print(say("loop_per_load", lang, total=_gain(sum(parts.values()), lang), **values), soft_wrap=True)
    ends = (pulls[0], pulls[-1])
    spread = {
        f"{level}_{end}": _gain(by_level[level][pull]["total"], lang)
        for level in by_level
        for end, pull in zip(("first", "last"), ends, strict=True)
    }
    text = say("loop_assumption", lang, first=_plus(ends[0], lang), last=_plus(ends[1], lang), **spread)
    console.print(text, soft_wrap=True)


def _plus(value: float, lang: Language) -> str:
    text = f"{value:+g}" if value else "0"
    return text.replace(".", ",") if lang == "nl" else text
