"""One run from scenario to saved results: build, advance month by month, write, print."""

from __future__ import annotations

import datetime
import os
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from experiments.manifest import build_manifest
from experiments.prepare import Prepared
from experiments.progress import reporter
from experiments.show import print_summary, screen
from experiments.store import ResultsError, arrow_table, load_results, summary_table, write_results
from experiments.texts import Language, number, say

__all__ = ["default_folder", "execute", "new_model", "refuse_to_overwrite"]

INTERRUPTED = 130


class Interrupt:
    """Within it the first Ctrl-C only sets ``asked``; the second stops at once."""

    def __init__(self, message: str) -> None:
        self.asked = False
        self.message = message
        self.former: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self.former = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.former is not None:
            signal.signal(signal.SIGINT, self.former)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        os.write(2, f"\n{self.message}\n".encode())  # a signal may arrive inside a print: write past its buffer


def default_folder(prepared: Prepared) -> Path:
    """``results/<scenario>-seed<seed>-<first 8 digits of the run's key>`` in the current folder."""
    return Path("results") / f"{prepared.name}-seed{prepared.seed}-{prepared.key[:8]}"


def new_model(prepared: Prepared, *, check: bool, scale: float | None = None) -> Any:
    """Build the model of a prepared run; ``scale`` instead of its share of the region's inhabitants and practices."""
    from sim.model import RegionModel

    size = prepared.share if scale is None else scale
    return RegionModel(
        prepared.region, prepared.scenario, prepared.parameters, seed=prepared.seed, check=check, scale=size
    )


def refuse_to_overwrite(target: Path, key: str, force: bool) -> None:
    """Raise ResultsError unless ``target`` is free, or holds this very run and ``force`` is set."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    try:
        there = load_results(target).manifest
    except ResultsError:
        raise ResultsError(f"{target} exists and holds no run; choose another folder with --out") from None
    if there.get("key") != key:
        raise ResultsError(f"{target} holds another run; choose another folder with --out")
    if not force:
        raise ResultsError(
            f"{target} holds this very run already ({there.get('status')}); "
            f"see it with `deltaplan show {target}` or run it again with --force"
        )


def _days_in_month_from(date: datetime.date) -> int:
    following = (date.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    return (following - date).days


def execute(
    prepared: Prepared,
    *,
    out: Path | None = None,
    check: bool = False,
    force: bool = False,
    quiet: bool = False,
    warm: bool = True,
    lang: Language = "en",
    state: Path | None = None,
    save_at: Sequence[datetime.date] = (),
    states: Path | None = None,
) -> int:
    """Run, save and print; returns the exit code: 0, or 130 when Ctrl-C ended it early (what is done is saved).

    Args:
        prepared: the run.
        out: results folder.
        check: assert conservation every day.
        force: write over results and states of this very run.
        quiet: print the results folder alone.
        warm: the kernels have been compiled before; otherwise the user is told to wait for them.
        lang: of what is printed.
        state: go on from this state; results are those of the whole run.
        save_at: firsts of months on which a state is saved.
        states: where these lie (see ``experiments.states.plan_saves``).

    Raises:
        ResultsError: the results folder is taken.
        StateError: the run cannot go on from the state, or a state cannot be saved.
    """
    from experiments.states import continued, plan_saves, provenance, read_header, save
    from sim.source import COMPILED

    target = out if out is not None else default_folder(prepared)
    refuse_to_overwrite(target, prepared.key, force)
    header = None if state is None else read_header(state)
    plan = plan_saves(prepared, save_at, states, force=force, begin=None if header is None else header.date)
    started, cpu_started = time.perf_counter(), time.process_time()
    messages = screen(stderr=True)

    def tell(key: str, **values: object) -> None:
        if not quiet:
            messages.print(say(key, lang, **values), soft_wrap=True)

    tell("starting", **prepared.announcement(lang))
    if not COMPILED:
        tell("interpreted")
    elif not warm:
        tell("compiling")
    if state is None or header is None:
        tell("building")
        model = new_model(prepared, check=check)
    else:
        tell("from_state", date=header.date, folder=state)
        model = continued(prepared, state, check=check)
        check = check and header.checked
    built, cpu_built = time.perf_counter(), time.process_time()

    with Interrupt(say("stopping", lang)) as interrupt:
        with reporter(messages, model.days_total, lang, quiet=quiet, first=model.day) as progress:
            while model.day < model.days_total and not interrupt.asked:
                if (saved := save(model, plan)) is not None:
                    tell("state_saved", date=model.today, folder=saved)
                model.advance(min(_days_in_month_from(model.today), model.days_total - model.day))
                progress.update(model.day, model.today - datetime.timedelta(days=1))
        finished = model.day >= model.days_total
        summary = model.summary() if finished or model.today >= prepared.first_year_end else []
        manifest = build_manifest(
            prepared,
            status="complete" if finished else "interrupted",
            days_done=model.day,
            days_total=model.days_total,
            last_date=(model.today - datetime.timedelta(days=1)).isoformat(),
            checked=check,
        )
        notes: Mapping[str, Any] = getattr(model.ledger, "notes", {})
        tables = {
            name: arrow_table(columns, notes.get(name))
            for name, columns in model.ledger.tables().items()
            if columns  # a period that never ended has no table
        }
        tables["summary"] = summary_table(summary)
        write_results(
            target,
            tables,
            manifest,
            lambda: {
                "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                "build_wall_seconds": built - started,
                "build_cpu_seconds": cpu_built - cpu_started,
                "wall_seconds": time.perf_counter() - started,
                "cpu_seconds": time.process_time() - cpu_started,
                "from_state": None if header is None else provenance(header),
            },
            replace=target.exists(),
        )
    output = screen()
    if not quiet:
        print_summary(output, manifest, tables["summary"].to_pylist(), lang)
        seconds = number(round(time.perf_counter() - started, 1), lang)
        output.print(say("saved", lang, folder=target, seconds=seconds), soft_wrap=True)
    else:
        output.print(str(target), soft_wrap=True)
    return 0 if finished else INTERRUPTED
