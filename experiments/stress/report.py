"""``deltaplan stress`` from the prepared run to saved results, and what is printed of them."""

from __future__ import annotations

import datetime
import hashlib
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from experiments.cli_parts import INTERRUPTED
from experiments.executors.processes import local
from experiments.manifest import build_manifest
from experiments.prepare import Prepared
from experiments.progress import counter
from experiments.run import refuse_to_overwrite
from experiments.runs.perform import build_model
from experiments.runs.store import Store
from experiments.show import print_table, screen
from experiments.store import Results, arrow_table, load_results, write_results
from experiments.stress.findings import ranking, shock_table, tipping_table
from experiments.stress.rounds import run_shocks
from experiments.stress.shock import HORIZONS, RANKED_AT, Order, Shock, StressModel, shock_date
from experiments.stress.tipping import Tipping, spread
from experiments.stress.worlds import Keeper
from experiments.texts import Language, number, say
from sim.dates import date_of_month, month_of

__all__ = ["KIND", "execute", "print_stress"]

KIND = "stress"
"""``kind`` in the manifest of a stress test."""
SHOWN = 10  # practices in a printed ranking

_NOTES = {
    "shocks": {
        "share": {"unit": "share of GPs", "description": "GPs removed"},
        "months": {"unit": "months", "description": "since the lists were released"},
        "released": {"unit": "people", "description": "list released by the shock"},
        "far_before": {"unit": "people", "description": "of them: that list was more than 15 minutes away"},
        "present": {"unit": "people", "description": "of them: alive and living in the region"},
        "without_list": {"unit": "people", "description": "of these: on no list"},
        "far_list": {"unit": "people", "description": "of these: on a list more than 15 minutes away"},
        "lost": {"unit": "share of present", "description": "on no list within 15 minutes"},
    },
    "tipping": {
        "share": {"unit": "share of GPs", "description": "at which more than 5 % have no list within 15 minutes"},
        "side": {"unit": "", "description": "whether the point is at, below or above `share`"},
    },
    "ranking": {
        "risk": {"unit": "people", "description": "lose access when only this practice closes"},
        "benefit": {"unit": "people", "description": "displaced people that the practice can absorb"},
        "lost": {"unit": "people", "description": "of its list without access a year after the shocks that hit it"},
        "taken_in": {"unit": "people", "description": "released people on its list a year after the other shocks"},
    },
}


def execute(
    prepared: Prepared,
    *,
    order: Order,
    runs: int,
    step: float,
    jobs: int,
    out: Path | None = None,
    force: bool = False,
    quiet: bool = False,
    warm: bool = True,
    lang: Language = "en",
    build: Callable[[Prepared], StressModel] = build_model,
    keeper: Keeper | None = None,
) -> int:
    """Simulate the shocks, save and print; returns the exit code: 0, or 130 after Ctrl-C.

    Shocks are runs of a store beside the results, in a folder of their name with ``-runs`` behind it. Whatever stops
    the test, what is finished is kept there, and started again it goes on.

    Args:
        prepared: the run, long enough for a year as usual and the horizons after it.
        order: which GPs go.
        runs: worlds, with the seed of ``prepared`` and those that follow.
        step: share of the GPs between the shocks of the first round.
        jobs: processes.
        out, force, quiet, warm, lang: as for a run.
        build: makes the model of a run; to be picklable when there is more than one process.
        keeper: how worlds on the eve of the shock are kept; as saved states if left out.

    Raises:
        ResultsError: the results folder is taken.
        StoreError: the folder of the shocks is taken, or the disk is full.
        StressError: a shock failed.
        WorkersError: the system ended a process.
    """
    started = time.perf_counter()
    settings = {"order": order, "runs": runs, "step": step, "horizons": list(HORIZONS)}
    key = hashlib.sha256(json.dumps([prepared.key, settings], sort_keys=True).encode()).hexdigest()[:16]
    target = (
        out if out is not None else Path("results") / f"{prepared.name}-{KIND}-{order}-seed{prepared.seed}-{key[:8]}"
    )
    refuse_to_overwrite(target, key, force)
    messages = screen(stderr=True)
    if not quiet:
        messages.print(say("stress_starting", lang, **_labels(prepared, settings, lang), jobs=jobs), soft_wrap=True)
        if not warm:
            messages.print(say("compiling", lang), soft_wrap=True)
    folder = target.with_name(f"{target.name}-runs")
    if force and folder.exists():
        Store.create(folder, KIND)  # nothing else is thrown away
        shutil.rmtree(folder)
    store = Store.create(folder, KIND)
    try:
        with local(jobs) as workers, counter(messages, lang, quiet=quiet) as progress:
            shocks = run_shocks(
                prepared,
                workers,
                progress,
                store,
                order=order,
                runs=runs,
                step=step,
                warm=warm,
                build=build,
                keeper=keeper,
            )
    except KeyboardInterrupt:
        done = len(store.finished_keys())
        messages.print(say("stress_stopped", lang, done=done, folder=folder), soft_wrap=True)
        return INTERRUPTED
    finally:
        worlds = folder / "worlds"
        if not store.finished_keys() and not (worlds.exists() and any(worlds.iterdir())):
            shutil.rmtree(folder, ignore_errors=True)  # nothing was begun
    write_results(
        target,
        {name: arrow_table(columns, _NOTES[name]) for name, columns in _tables(prepared, shocks, step).items()},
        _manifest(prepared, key, settings, len(shocks)),
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
        return 0
    print_stress(output, load_results(target), lang)
    seconds = number(round(time.perf_counter() - started, 1), lang)
    output.print(say("saved", lang, folder=target, seconds=seconds), soft_wrap=True)
    return 0


def _tables(prepared: Prepared, shocks: list[Shock], step: float) -> dict[str, dict[str, Any]]:
    towns = [town.name for town in prepared.region.municipalities]
    return {
        "shocks": shock_table(shocks, step),
        "tipping": tipping_table(shocks),
        "ranking": ranking(shocks, step, towns),
    }


def _manifest(prepared: Prepared, key: str, settings: dict[str, Any], shocks: int) -> dict[str, Any]:
    """That of a run, up to the last count, with the settings of the test."""
    start = prepared.scenario.start
    end = date_of_month(month_of(shock_date(prepared)) + HORIZONS[-1])
    days = (end - start).days
    last = (end - datetime.timedelta(days=1)).isoformat()
    run = build_manifest(prepared, status="complete", days_done=days, days_total=days, last_date=last, checked=False)
    extra = {"shock_date": shock_date(prepared).isoformat(), "shocks": shocks, "ranked_at": RANKED_AT}
    return {**run, "key": key, "kind": KIND, KIND: {**settings, **extra}}


# on the screen


def _labels(prepared: Prepared, settings: dict[str, Any], lang: Language) -> dict[str, object]:
    return {
        "scenario": prepared.name,
        "region": prepared.region_label[lang],
        "order": say(f"order_{settings['order']}", lang),
        "runs": settings["runs"],
        "first": prepared.seed,
        "date": shock_date(prepared).isoformat(),
    }


def print_stress(console: Console, results: Results, lang: Language) -> None:
    """The tipping point as a sentence and a table, the curve, and the practices by risk and by benefit.

    Raises:
        ResultsError: a table is missing or damaged.
    """
    manifest = results.manifest
    settings = manifest[KIND]
    order = say(f"order_{settings['order']}", lang)
    title = say(
        "stress_title",
        lang,
        scenario=manifest["scenario_name"],
        region=manifest["region_label"][lang],
        order=order,
        date=settings["shock_date"],
    )
    console.print(title, style="bold")
    points = _points(results)
    console.print(_sentence(points[RANKED_AT], order, lang), soft_wrap=True)
    console.print(say("stress_window", lang), soft_wrap=True)
    console.print()
    print_table(
        console,
        [(say("stress_horizon", lang), "left")] + [(say(f"stress_{k}", lang), "right") for k in _COLUMNS],
        [
            [say("stress_after", lang, months=months), *(_point(point, lang) for point in _middle_first(found))]
            for months, found in points.items()
        ],
    )
    console.print()
    _print_curve(console, results, lang)
    _print_ranking(console, results, lang)


_COLUMNS = ("median", "lowest", "highest")


def _middle_first(points: list[Tipping]) -> tuple[Tipping, Tipping, Tipping]:
    low, middle, high = spread(points)
    return middle, low, high


def _points(results: Results) -> dict[int, list[Tipping]]:
    """Tipping points of the worlds by horizon."""
    found: dict[int, list[Tipping]] = {}
    for row in results.table("tipping").to_pylist():
        found.setdefault(row["months"], []).append(Tipping(row["share"], row["side"]))
    return found


def _percent(share: float, lang: Language) -> str:
    text = f"{100.0 * share:.1f}".removesuffix(".0")
    return f"{text.replace('.', ',') if lang == 'nl' else text} %"


def _point(point: Tipping, lang: Language) -> str:
    return say(f"stress_point_{point.side}", lang, share=_percent(point.share, lang))


def _sentence(points: list[Tipping], order: str, lang: Language) -> str:
    low, middle, high = spread(points)
    text = say(f"stress_tips_{middle.side}", lang, share=_percent(middle.share, lang), order=order, months=RANKED_AT)
    if len(points) == 1:
        return f"{text} {say('stress_one_run', lang)}"
    between = say("stress_between", lang, runs=len(points), low=_point(low, lang), high=_point(high, lang))
    return f"{text} {between}"


def _print_curve(console: Console, results: Results, lang: Language) -> None:
    """Share without a list by size of the shock and horizon, over the worlds, for the shares that all have."""
    table = results.table("shocks")
    columns = {name: table[name].to_numpy() for name in table.column_names}
    rows = []
    for share in np.unique(columns["share"][columns["first_round"]]):
        here = columns["share"] == share
        cells = [_percent(float(share), lang), number(float(np.round(columns["released"][here].mean())), lang)]
        for months in HORIZONS:
            lost = columns["lost"][here & (columns["months"] == months)]
            cell = _percent(float(lost.mean()), lang)
            if lost.size > 1:
                cell += f" ({_percent(float(lost.min()), lang)} - {_percent(float(lost.max()), lang)})"
            cells.append(cell)
        rows.append(cells)
    console.print(say("stress_curve", lang), style="bold")
    heads = [(say("stress_share", lang), "right"), (say("stress_released", lang), "right")]
    heads += [(say("stress_after", lang, months=months), "right") for months in HORIZONS]
    print_table(console, heads, rows)
    far = columns["far_before"].sum() / max(1, columns["released"].sum())
    console.print(say("stress_far", lang, share=_percent(float(far), lang)), soft_wrap=True)


def _print_ranking(console: Console, results: Results, lang: Language) -> None:
    """The practices with most risk, and those with most benefit."""
    rows = results.table("ranking").to_pylist()
    by_benefit = sorted(rows, key=lambda row: (-row["benefit"], -np.nan_to_num(row["taken_in"]), row["practice"]))
    heads = [(say(key, lang), "right" if key != "municipality" else "left") for key in _RANKING_HEADS]
    for title, chosen in (("stress_by_risk", rows), ("stress_by_benefit", by_benefit)):
        console.print()
        console.print(say(title, lang, shown=min(SHOWN, len(rows)), practices=len(rows)), style="bold")
        print_table(
            console,
            heads,
            [
                [str(row["practice"]), row["municipality"], *(_people(row[name], lang) for name in _RANKED)]
                for row in chosen[:SHOWN]
            ],
        )
    console.print(say("stress_ranking_note", lang, seed=results.manifest["seed"]), soft_wrap=True)


_RANKING_HEADS = ("practice", "municipality", "list", "risk", "benefit", "stress_lost", "stress_taken_in")
_RANKED = ("list", "risk", "benefit", "lost", "taken_in")


def _people(value: float, lang: Language) -> str:
    """A number of people, whole; ``-`` for none known."""
    return number(float(np.round(value)), lang)
