"""The commands for many runs: batch, status and sql."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli_parts import BAD_INPUT, language, one_line

if TYPE_CHECKING:
    from experiments.bilingual import BilingualError
    from experiments.texts import Language

__all__ = ["batch", "sql", "status"]

SLURM = ("jobs", "queue", "account", "cores", "processes", "memory", "walltime", "interface", "local_directory")
NUMBERS = {"jobs", "cores", "processes"}


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--out", help="Folder of the store, a path or file:// [default: results/NAME-OF-THE-PLAN].")
@click.option("--jobs", type=click.IntRange(1), help="Processes, about 0.7 GB each [default: one a processor].")
@click.option("--runs", type=click.IntRange(1), help="Runs (seeds) of each scenario and draw, instead of the plan's.")
@click.option(
    "--sets",
    type=click.Path(),
    metavar="FILE|accepted",
    help="File of accepted parameter sets, or those of the region, each a draw; `shipped` for none.",
)
@click.option("--tables", multiple=True, help="A table to keep besides the standard ones; may be given again.")
@click.option("--shard", help="Only part I of N of the runs, such as 3/10: for job arrays.")
@click.option("--scheduler", help="Dask scheduler: tcp://HOST:PORT, tls://..., a scheduler file, or `local`.")
@click.option("--slurm", help=f"Dask workers as SLURM jobs: KEY=VALUE,... of {', '.join(SLURM)}.")
@click.option("--send-back", is_flag=True, help="Workers send their files back: they need not reach the store.")
@click.option("--retry-failed", is_flag=True, help="Do again what failed before.")
@click.option("--dry-run", is_flag=True, help="Say what would be done (with --slurm also the job's script), and stop.")
@click.option("--quiet", is_flag=True, help="Print nothing but the folder.")
@language
def batch(
    plan: Path,
    out: str | None,
    jobs: int | None,
    runs: int | None,
    sets: str | None,
    tables: tuple[str, ...],
    shard: str | None,
    scheduler: str | None,
    slurm: str | None,
    send_back: bool,
    retry_failed: bool,
    dry_run: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """Carry out the plan file PLAN: scenarios x parameter draws x seeds, over processes or a dask cluster.

    Starting again does only what is missing, and a plan may be extended. Ctrl-C, a killed process and a full disk lose
    nothing that is finished. How to write a plan: docs/batch.md.

    Example: deltaplan batch plan.toml --jobs 2 --out results/plan
    """
    from experiments.batch.plan import PlanError
    from experiments.executors.cluster import ClusterError
    from experiments.runs.draw import DrawError
    from experiments.runs.store import StoreError
    from sim.source import is_warm

    if sum(one is not None for one in (jobs if scheduler != "local" else None, scheduler, slurm)) > 1:
        raise click.UsageError("give one of --jobs, --scheduler and --slurm; --jobs goes with `--scheduler local` too")
    if send_back and scheduler is None and slurm is None:
        raise click.UsageError(
            "--send-back goes with --scheduler or --slurm; processes of this machine reach the store"
        )
    warm = is_warm()  # asked before loading the region compiles the first kernels
    from experiments.batch.drive import Shard, describe, run_batch
    from experiments.batch.expand import expand
    from experiments.batch.plan import load_plan

    with _a_line_a_fault(PlanError, lang), one_line(lang, StoreError, ClusterError, DrawError):
        part = Shard.parse(shard) if shard is not None else None
        folder = _folder(out) if out is not None else Path("results") / plan.stem
        settings = _slurm(slurm) if slurm is not None else None
        expanded = expand(load_plan(plan), plan.parent, tables, runs, sets)
        if dry_run:
            describe(expanded, folder, part, lang)
            if settings is not None:
                _print_script(settings)
            return 0
        executor, where = _executor(jobs, scheduler, settings, lang)
        return run_batch(
            expanded, folder, executor, where=where, shard=part, retry_failed=retry_failed, send_back=send_back,
            quiet=quiet, warm=warm, lang=lang,
        )  # fmt: skip


@contextmanager
def _a_line_a_fault(kind: type[BilingualError], lang: Language) -> Iterator[None]:
    """A plan may have several faults, and all of them are shown."""
    try:
        yield
    except kind as error:
        context = click.get_current_context()
        for line in error.text(lang).splitlines():
            click.echo(f"{context.command_path}: {line}", err=True)
        context.exit(BAD_INPUT)


def _folder(out: str) -> Path:
    from urllib.parse import unquote, urlsplit

    from experiments.batch.plan import PlanError

    if "://" not in out:
        return Path(out)
    parts = urlsplit(out)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        raise PlanError.of("out", out=out)
    return Path(unquote(parts.path))


def _slurm(text: str) -> dict[str, Any]:
    import difflib

    from experiments.batch.plan import PlanError

    settings: dict[str, Any] = {"jobs": 1, "processes": None}
    for pair in text.split(","):
        key, equals, value = (word.strip() for word in pair.partition("="))
        if not equals or not value or key not in SLURM:
            near = difflib.get_close_matches(key, SLURM, n=1)
            hint = f"; did you mean {near[0]!r}?" if near and near[0] != key else ""
            raise PlanError.of("slurm_pair", pair=pair, known=", ".join(SLURM), hint=hint)
        if key in NUMBERS:
            if not value.isdecimal() or int(value) < 1:
                raise PlanError.of("slurm_number", key=key, value=value)
            settings[key] = int(value)
        else:
            settings[key] = value
    for key in ("cores", "memory"):
        if key not in settings:
            raise PlanError.of("slurm_lacks", key=key)
    settings["processes"] = settings["processes"] or settings["cores"]
    return settings


def _executor(jobs: int | None, scheduler: str | None, slurm: dict[str, Any] | None, lang: Language) -> tuple[Any, str]:
    import functools

    from experiments.batch.texts import say
    from experiments.executors.cluster import Cluster, local_cluster, slurm_cluster
    from experiments.executors.processes import Processes, cores

    count = jobs if jobs is not None else cores()
    if slurm is not None:
        return Cluster(functools.partial(slurm_cluster, **slurm), patience=86400.0), say(
            "cluster", lang, address="SLURM"
        )
    if scheduler == "local":
        return Cluster(functools.partial(local_cluster, count)), say("cluster", lang, address="dask, 127.0.0.1")
    if scheduler is not None:
        return Cluster(scheduler), say("cluster", lang, address=scheduler)
    return Processes(count), say("workers", lang, jobs=count)


def _print_script(settings: dict[str, Any]) -> None:
    from experiments.executors.cluster import slurm_cluster

    cluster = slurm_cluster(**{**settings, "jobs": 0})
    try:
        click.echo(cluster.job_script())
    finally:
        cluster.close()


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@language
def status(folder: Path, lang: Language) -> None:
    """Say how the batch in DIR stands: done, failed and why, missing, rate and time left. It may be running.

    Example: deltaplan status results/plan
    """
    from experiments.batch.status import print_status
    from experiments.runs.store import Store, StoreError
    from experiments.show import screen

    with one_line(lang, StoreError):
        print_status(screen(), Store.open(folder), lang)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("query", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Print all rows as CSV.")
@language
def sql(folder: Path, query: str | None, as_csv: bool, lang: Language) -> None:
    """Ask the runs in DIR a question in SQL (DuckDB), with a view per table; without QUERY the views are listed.

    DIR is the store of a batch or comparison, or the folder of one run.

    Example: deltaplan sql results/plan "select id, year, median(value) from indicators group by all order by all"
    """
    from experiments.batch.sql import print_answer, print_views
    from experiments.runs.store import StoreError
    from experiments.show import screen

    if query is None and as_csv:
        raise click.UsageError("--csv goes with a query")
    with one_line(lang, StoreError):
        if query is None:
            print_views(screen(), folder, lang)
        else:
            print_answer(screen(), folder, query, lang, as_csv=as_csv)
