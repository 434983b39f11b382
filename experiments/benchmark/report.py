"""Run the parts one after another, set them against each other and print the ratios."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.manifest import code_version
from experiments.show import print_table, screen
from experiments.texts import number

__all__ = ["Figure", "figures", "growth_rows", "measure", "run_benchmark"]

SCENARIO = "twente"
DAYS_A_TEN_YEARS = 3652
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")

Measure = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Figure:
    """One line of the report; ``limit`` is what is aimed at, ``upper`` says whether it is a maximum."""

    name: str
    value: float | None
    unit: str
    limit: float | None = None
    upper: bool = True

    @property
    def met(self) -> bool | None:
        """Whether the limit is kept; None without a limit or a value."""
        if self.limit is None or self.value is None:
            return None
        return self.value <= self.limit if self.upper else self.value >= self.limit


@dataclass(frozen=True)
class Plan:
    """Sizes of the parts: scale 1 is the region as it is."""

    years: int
    scale: float
    floor_days: int
    mesa_days: int
    growth: tuple[float, ...]


FULL_GROWTH = (0.1, 0.3, 1.0, 3.0, 8.0)


def plan(years: int, quick: bool) -> Plan:
    """What is measured: all of the region, or a tenth of it for a trial."""
    if quick:
        return Plan(years=min(years, 3), scale=0.1, floor_days=20, mesa_days=7, growth=(0.05, 0.1))
    return Plan(years=years, scale=1.0, floor_days=100, mesa_days=14, growth=FULL_GROWTH)


def measure(part: str, **arguments: Any) -> dict[str, Any]:
    """Measure one part in a process of its own.

    Raises:
        RuntimeError: the part failed; what it said has gone to stderr.
    """
    command = [sys.executable, "-m", "experiments.benchmark.parts", part, json.dumps(arguments)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=False, env={**os.environ, **dict.fromkeys(THREADS, "1")}
    )
    if done.returncode:
        raise RuntimeError(f"benchmark part {part} {arguments} failed with exit code {done.returncode}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _run_seconds(run: dict[str, Any]) -> float:
    return float(run["build_seconds"] + sum(run["year_seconds"]))


def figures(run: dict[str, Any], floor: dict[str, Any], idiomatic: dict[str, Any], *, full: bool) -> list[Figure]:
    """The lines of the report; limits only for a full run of ten years, for which they are meant."""
    seconds = _run_seconds(run)
    total = sum(run["year_contacts"])
    person_days = run["inhabitants"] * run["days"]
    own_ns = seconds / person_days * 1e9
    floor_ns = floor["draws_ns"] + floor["streaming_ns"]
    rates = [s / c for s, c in zip(run["year_seconds"], run["year_contacts"], strict=True)]
    ageing = rates[-1] / rates[1] if len(rates) > 2 else None

    def limit(value: float) -> float | None:
        return value if full else None

    return [
        Figure("inhabitants", run["inhabitants"], ""),
        Figure("contacts", total, ""),
        Figure("whole run, CPU (build + simulate)", seconds, "s", limit(max(10.0, 0.3e-6 * total))),
        Figure("  of which building", run["build_seconds"], "s"),
        Figure("whole run, wall", run["wall_seconds"], "s"),
        Figure("per contact", seconds / total * 1e9, "ns"),
        Figure("per inhabitant-day", own_ns, "ns"),
        Figure("per contact, last year over second year", ageing, "ratio", limit(1.1)),
        Figure("peak memory", run["peak_mb"], "MB", limit(700.0)),
        Figure("(b) floor: keyed draws", floor["draws_ns"], "ns per inhabitant-day"),
        Figure("(b) floor: streaming the daily columns", floor["streaming_ns"], "ns per inhabitant-day"),
        Figure("    outside it: streaming all columns", floor["all_columns_ns"], "ns per inhabitant-day"),
        Figure("run over floor", own_ns / floor_ns, "ratio", limit(20.0)),
        Figure("(c) idiomatic Mesa", idiomatic["step_ns"], "ns per inhabitant-day"),
        Figure("(c) ten years of it, scaled", idiomatic["step_ns"] * run["inhabitants"] * DAYS_A_TEN_YEARS / 1e9, "s"),
        Figure("(c) peak memory", idiomatic["peak_mb"], "MB"),
        Figure("idiomatic Mesa over run", idiomatic["step_ns"] / own_ns, "ratio", limit(500.0), upper=False),
    ]


def growth_rows(runs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One simulated year by number of inhabitants: what an inhabitant-day costs, building and simulating apart."""
    return [
        {
            "inhabitants": run["inhabitants"],
            "build_seconds": run["build_seconds"],
            "seconds": sum(run["year_seconds"]),
            "ns": sum(run["year_seconds"]) / (run["inhabitants"] * run["days"]) * 1e9,
            "contact_ns": sum(run["year_seconds"]) / sum(run["year_contacts"]) * 1e9,
            "peak_mb": run["peak_mb"],
        }
        for run in runs
    ]


def _load() -> str:
    return " ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def run_benchmark(*, years: int, quick: bool, file: Path | None, take: Measure = measure) -> None:
    """Measure everything, print two tables, and write the figures as JSON to ``file`` if given."""
    sizes = plan(years, quick)
    messages, output = screen(stderr=True), screen()
    load = _load()
    messages.print(f"One process at a time, CPU time of one core; load of the machine before: {load}")

    def part(name: str, text: str, **arguments: Any) -> dict[str, Any]:
        messages.print(text)
        return take(name, scenario=SCENARIO, **arguments)

    run = part("run", f"(a) {sizes.years} years ...", years=sizes.years, scale=sizes.scale)
    floor = part("floor", f"(b) floor, {sizes.floor_days} days ...", days=sizes.floor_days, scale=sizes.scale)
    idiomatic = part(
        "idiomatic", f"(c) idiomatic Mesa, {sizes.mesa_days} days ...", days=sizes.mesa_days, scale=sizes.scale
    )
    growth = growth_rows(
        [part("run", f"one year at {scale:g} times the region ...", years=1, scale=scale) for scale in sizes.growth]
    )
    full = not quick and years == 10
    lines = figures(run, floor, idiomatic, full=full)
    largest = growth[-1]["ns"] / next(
        row["ns"] for row, s in zip(growth, sizes.growth, strict=True) if s == sizes.scale
    )
    lines.append(Figure("per inhabitant-day, largest region over this one", largest, "ratio", 2.0 if full else None))
    print_table(
        output,
        [("measured", "left"), ("value", "right"), ("unit", "left"), ("aim", "left"), ("met", "left")],
        [
            [
                line.name,
                number(line.value, "en"),
                line.unit,
                "" if line.limit is None else f"{'at most' if line.upper else 'at least'} {number(line.limit, 'en')}",
                {True: "yes", False: "no", None: ""}[line.met],
            ]
            for line in lines
        ],
    )
    output.print("\nGrowth: one simulated year by size of the region", style="bold")
    keys = ("inhabitants", "build_seconds", "seconds", "ns", "contact_ns", "peak_mb")
    titles = ("inhabitants", "build s", "simulate s", "ns per inhabitant-day", "ns per contact", "peak MB")
    print_table(
        output, [(title, "right") for title in titles], [[number(row[key], "en") for key in keys] for row in growth]
    )
    if file is not None:
        content = {
            "code": code_version(),
            "machine": {"system": platform.platform(), "python": platform.python_version(), "load_before": load},
            "quick": quick,
            "run": run,
            "floor": floor,
            "idiomatic": idiomatic,
            "growth": growth,
            "figures": [{**vars(line), "met": line.met} for line in lines],
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
