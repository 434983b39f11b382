"""How a batch stands: done, failed, missing, the rate of late, the time left, and why runs failed."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from experiments.batch.expand import planned
from experiments.batch.texts import duration, say
from experiments.runs.store import FailedRun, Store
from experiments.show import print_table
from experiments.texts import Language, number

__all__ = ["Standing", "print_status", "reason", "standing"]

LATELY = 50
"""Runs that finished last, from which the rate is taken."""
PATIENCE = 10.0
"""Times the mean distance between runs without another, after which a batch is said to be idle."""


@dataclass(frozen=True)
class Standing:
    """How a store stands. Rates are None where fewer than two runs have finished."""

    by_scenario: dict[str, tuple[int, int, int]]
    """Planned, done and failed runs."""
    failures: list[FailedRun]
    rate: float | None
    """Runs an hour, of late."""
    seconds: float | None
    """Mean of a run, of late."""
    idle: float | None
    """Seconds since the last one finished, when that is long."""
    tables: list[str]
    size: int
    """Bytes of all files."""

    @property
    def planned(self) -> int:
        """Runs planned."""
        return sum(row[0] for row in self.by_scenario.values())

    @property
    def done(self) -> int:
        """Planned runs that are finished."""
        return sum(row[1] for row in self.by_scenario.values())

    @property
    def missing(self) -> int:
        """Planned runs that are neither finished nor failed."""
        return self.planned - self.done - len(self.failures)

    @property
    def left(self) -> float | None:
        """Seconds until all is done, at the rate of late."""
        return self.missing * 3600.0 / self.rate if self.rate else None


def standing(store: Store) -> Standing:
    """Read how a store stands; without a plan the runs that are there are taken as planned."""
    rows = planned(store) or {
        **store.finished(),
        **{key: {"scenario": one.scenario} for key, one in store.failures().items()},
    }
    done, failures = store.finished_keys(), {k: one for k, one in store.failures().items() if k in rows}
    names = dict.fromkeys(str(row["scenario"]) for row in rows.values())
    total, ready, lost = (
        Counter(str(rows[key]["scenario"]) for key in keys) for keys in (rows, done & set(rows), failures)
    )
    rate, seconds, idle = _pace(store)
    return Standing(
        by_scenario={name: (total[name], ready[name], lost[name]) for name in names},
        failures=list(failures.values()),
        rate=rate,
        seconds=seconds,
        idle=idle,
        tables=store.tables,
        size=sum(path.stat().st_size for path in store.folder.rglob("*") if path.is_file()),
    )


def _pace(store: Store) -> tuple[float | None, float | None, float | None]:
    times = sorted((path.stat().st_mtime, path) for path in (store.folder / "timing").glob("*.json"))[-LATELY:]
    if len(times) < 2 or times[-1][0] <= times[0][0]:
        return None, None, None
    took = [float(json.loads(path.read_text(encoding="utf-8"))["seconds"]) for _, path in times]
    between = (times[-1][0] - times[0][0]) / (len(times) - 1)
    ago = time.time() - times[-1][0]
    mean = sum(took) / len(took)
    return 3600.0 / between, mean, ago if ago > max(PATIENCE * between, 3.0 * mean) else None


def reason(failure: FailedRun) -> str:
    """Why a run failed, in one line."""
    return failure.text.strip().splitlines()[-1] if failure.text.strip() else "-"


def print_status(console: Console, store: Store, lang: Language) -> None:
    """Print how a store stands."""
    from experiments.manifest import code_key

    found = standing(store)
    console.print(
        say(
            "status", lang, folder=store.folder, kind=store.kind, planned=found.planned, done=found.done,
            failed=len(found.failures), missing=found.missing,
        ),
        style="bold",
        soft_wrap=True,
    )  # fmt: skip
    if store.code != code_key():
        console.print(say("other_code", lang), soft_wrap=True)
    if found.missing and found.idle is not None:
        console.print(say("idle", lang, ago=duration(found.idle, lang)), soft_wrap=True)
    elif found.missing and found.rate is not None:
        console.print(
            say(
                "rate", lang, rate=number(round(found.rate), lang), seconds=number(found.seconds, lang),
                left=duration(found.left, lang),
            ),
            soft_wrap=True,
        )  # fmt: skip
    if found.tables:
        size = f"{number(found.size / 1e6, lang)} MB"
        console.print(say("size", lang, tables=", ".join(found.tables), size=size), soft_wrap=True)
    heads = [(say("by_scenario", lang), "left")]
    heads += [(say(f"head_{name}", lang), "right") for name in ("planned", "done", "failed", "missing")]
    rows = [
        [name, str(total), str(done), str(lost), str(total - done - lost)]
        for name, (total, done, lost) in found.by_scenario.items()
    ]
    if rows:
        print_table(console, heads, rows)
    if found.failures:
        _print_failures(console, store.folder, found.failures, lang)


def _print_failures(console: Console, folder: Path, failures: list[FailedRun], lang: Language) -> None:
    console.print(say("why", lang))
    by_reason: dict[str, list[FailedRun]] = {}
    for one in failures:
        by_reason.setdefault(reason(one), []).append(one)
    heads = [(say("head_runs", lang), "right"), (say("head_why", lang), "left"), (say("head_example", lang), "left")]
    rows = [
        [str(len(those)), why, f"{those[0].scenario}, {those[0].draw}, seed {those[0].seed}"]
        for why, those in sorted(by_reason.items(), key=lambda item: -len(item[1]))
    ]
    print_table(console, heads, rows)
    console.print(say("trace", lang, file=folder / "failed" / f"{failures[0].key}.json"), soft_wrap=True)
