"""The parts of the benchmark, each run in a process of its own so that its memory is its own.

``python -m experiments.benchmark.parts NAME JSON`` prints the figures of one part as a line of JSON.
"""

from __future__ import annotations

import datetime
import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from experiments.prepare import Prepared, prepare
from experiments.run import new_model
from sim.ledger.counts import SOURCES

__all__ = ["PARTS", "contacts", "peak_megabytes"]

WARM_SCALE, WARM_DAYS = 0.02, 62


def peak_megabytes() -> float | None:
    """Largest memory that this process has held, in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def contacts(model: Any) -> int:
    """Requests to practices since the start: needs, planned visits and follow-ups (calls to the post not counted)."""
    return int(model.ledger.flow(SOURCES))


def _warm(prepared: Prepared) -> None:
    """Load or compile every kernel by running a small region for two months."""
    new_model(prepared, check=False, scale=WARM_SCALE).advance(WARM_DAYS)
    gc.collect()


def measure_run(scenario: str, years: int, scale: float) -> dict[str, Any]:
    """CPU seconds of building and of each simulated year, after warm-up; contacts by year; peak memory."""
    prepared = prepare(scenario, seed=1, years=years)
    _warm(prepared)
    wall, started = time.perf_counter(), time.process_time()
    model = new_model(prepared, check=False, scale=scale)
    built = time.process_time()
    inhabitants = len(model.people)
    seconds, counts, before = [], [], 0
    wall_running = time.perf_counter() - wall
    while model.day < model.days_total:
        wall, begun = time.perf_counter(), time.process_time()
        new_year = datetime.date(model.today.year + 1, 1, 1)
        model.advance(min((new_year - model.today).days, model.days_total - model.day))
        seconds.append(time.process_time() - begun)
        wall_running += time.perf_counter() - wall
        counts.append(contacts(model) - before)
        before += counts[-1]
    return {
        "inhabitants": inhabitants,
        "days": model.days_total,
        "build_seconds": built - started,
        "year_seconds": seconds,
        "year_contacts": counts,
        "wall_seconds": wall_running,
        "peak_mb": peak_megabytes(),
    }


def measure_floor(scenario: str, days: int, scale: float) -> dict[str, Any]:
    """The cost floor on the model's own people; see ``experiments.benchmark.floor``."""
    from experiments.benchmark.floor import measure_floor as measure

    return measure(new_model(prepare(scenario, seed=1, years=1), check=False, scale=scale).people, days)


def measure_idiomatic(scenario: str, days: int, scale: float) -> dict[str, Any]:
    """The idiomatic model with the model's own people; see ``experiments.benchmark.idiomatic_mesa``."""
    from experiments.benchmark.idiomatic_mesa import measure_idiomatic as measure

    prepared = prepare(scenario, seed=1, years=1)
    people = new_model(prepared, check=False, scale=scale).people
    gc.collect()
    return {**measure(people, prepared.parameters, days), "peak_mb": peak_megabytes()}


PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "run": measure_run,
    "floor": measure_floor,
    "idiomatic": measure_idiomatic,
}


def main() -> None:
    """Measure the part that the command line names."""
    sys.stdout.write(json.dumps(PARTS[sys.argv[1]](**json.loads(sys.argv[2]))) + "\n")


if __name__ == "__main__":
    main()
