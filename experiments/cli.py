"""The command ``deltaplan``. Nothing heavy is imported before a command needs it, so help is instant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import click.core

from experiments.cli_batch import batch, sql, status
from experiments.cli_compare import compare
from experiments.cli_country import country
from experiments.cli_parts import OneLineErrors, complete_scenario, language, one_line
from experiments.cli_questions import calibrate, discover, portfolio, sensitivity
from experiments.cli_rank import rank
from experiments.cli_region import region
from experiments.cli_scenarios import check, docs, intervention, new, reproductions, schema
from experiments.cli_trace import trace
from experiments.cli_validate import validate
from experiments.report.command import report
from viz.cli_view import view

if TYPE_CHECKING:
    import datetime

    from experiments.texts import Language

__all__ = ["main"]


@click.group(
    "deltaplan", cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="deltaplan", message="%(prog)s %(version)s")
def main() -> None:
    """Simulate primary care in a Dutch region: every inhabitant, practice and GP, day by day.

    Example: deltaplan run twente
    """


@main.command()
@click.argument("scenario", shell_complete=complete_scenario)
@click.option("--years", type=click.IntRange(1, 30), help="Years to simulate [default: as the scenario says].")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="Seed of the world.")
@click.option("--out", type=click.Path(path_type=Path), help="Results folder [default: results/SCENARIO-seedN-KEY].")
@click.option("--check", is_flag=True, help="Assert conservation of persons, lists, requests and minutes every day.")
@click.option(
    "--capacity-mode",
    type=click.Choice(["elastic", "bounded", "hard"]),
    help="What GPs do when the day is full [default: as the scenario says].",
)
@click.option(
    "--share",
    type=click.FloatRange(0.01, 1.0),
    default=1.0,
    show_default=True,
    help="Share of the inhabitants and practices that is simulated, for trials.",
)
@click.option("--force", is_flag=True, help="Run again although the folder holds this very run.")
@click.option("--quiet", is_flag=True, help="Print nothing but the results folder.")
@click.option(
    "--save-at",
    type=click.DateTime(["%Y-%m-%d"]),
    multiple=True,
    metavar="DATE",
    help="First of a month on which to save the run's whole state, to go on from; may be given more than once.",
)
@click.option(
    "--state-out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the states, each under its date [default: states/SCENARIO-seedN-KEY].",
)
@click.option(
    "--from",
    "state",
    type=click.Path(path_type=Path),
    help="Go on from this state; SCENARIO must be the same up to its date.",
)
@language
@click.pass_context
def run(
    ctx: click.Context,
    scenario: str,
    years: int | None,
    seed: int,
    out: Path | None,
    check: bool,
    capacity_mode: str | None,
    share: float,
    force: bool,
    quiet: bool,
    save_at: tuple[datetime.datetime, ...],
    state_out: Path | None,
    state: Path | None,
    lang: Language,
) -> int:
    """Simulate SCENARIO (a name from `deltaplan list`, or a scenario file) and save the results.

    Ctrl-C finishes the month and saves what is done. A run that goes on from a state gives the results of the whole
    run, the same as if it had never stopped; its seed and share are those of the state.

    Save a state: deltaplan run twente --save-at 2028-01-01 --state-out past

    Go on from it: deltaplan run mine.toml --from past/2028-01-01

    Example: deltaplan run twente --years 10 --seed 1 --out my-run
    """
    from experiments.prepare import INPUT_ERRORS, prepare
    from experiments.run import execute
    from experiments.states import StateError, read_header
    from experiments.store import ResultsError
    from sim.source import is_warm

    if state_out is not None and not save_at:
        raise click.UsageError("--state-out goes with --save-at")
    warm = is_warm()  # asked before loading the region compiles the first kernels
    with one_line(lang, *INPUT_ERRORS, StateError):
        if state is not None:
            header = read_header(state)
            if ctx.get_parameter_source("share") is click.core.ParameterSource.DEFAULT:
                share = header.share
            if ctx.get_parameter_source("seed") is click.core.ParameterSource.DEFAULT:
                seed = header.seed
        prepared = prepare(scenario, seed=seed, years=years, capacity_mode=capacity_mode, share=share)
    with one_line(lang, ResultsError, StateError):
        return execute(
            prepared,
            out=out,
            check=check,
            force=force,
            quiet=quiet,
            warm=warm,
            lang=lang,
            state=state,
            save_at=[day.date() for day in save_at],
            states=state_out,
        )


@main.command()
@click.argument("scenario", shell_complete=complete_scenario)
@click.option(
    "--order",
    type=click.Choice(["random", "age"]),
    default="random",
    show_default=True,
    help="Which GPs go: at random, or the oldest first.",
)
@click.option("--runs", type=click.IntRange(1, 100), default=5, show_default=True, help="Number of worlds (seeds).")
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="Seed of the first world."
)
@click.option(
    "--step",
    type=click.FloatRange(1, 30),
    default=10,
    show_default=True,
    help="Percent of the GPs between the shocks of the first round.",
)
@click.option("--jobs", type=click.IntRange(1), help="Processes, about 0.7 GB each [default: one a processor].")
@click.option("--out", type=click.Path(path_type=Path), help="Results folder [default: results/SCENARIO-stress-...].")
@click.option("--force", is_flag=True, help="Run again although the folder holds this very test.")
@click.option("--quiet", is_flag=True, help="Print nothing but the results folder.")
@language
def stress(
    scenario: str,
    order: str,
    runs: int,
    seed: int,
    step: float,
    jobs: int | None,
    out: Path | None,
    force: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """Take GPs away until access collapses: where it tips, and which practices carry the region.

    After a year as usual, up to 60 % of the GPs go on one day; 6, 12 and 24 months later those whose list was
    released are counted. Access has tipped when more than 5 % of them have no list within 15 minutes by car. The first
    round takes steps of --step; the next ones halve the steps around the tipping points, to at most 2.5 %. Every shock
    is kept in a store beside the results, for `deltaplan sql` too; after Ctrl-C the same command goes on.

    Example: deltaplan stress twente --order age --runs 3
    """
    from experiments.executors.processes import WorkersError, cores
    from experiments.prepare import INPUT_ERRORS, prepare
    from experiments.store import ResultsError
    from sim.source import is_warm

    if seed + runs > 2**32:
        raise click.UsageError(f"--seed {seed} leaves no room for {runs} seeds; the last one is {2**32 - 1}")
    warm = is_warm()  # asked before loading the region compiles the first kernels
    from experiments.runs.store import StoreError
    from experiments.stress.report import execute
    from experiments.stress.rounds import StressError
    from experiments.stress.shock import YEARS

    with one_line(lang, *INPUT_ERRORS):
        prepared = prepare(scenario, seed=seed, years=YEARS)
    with one_line(lang, ResultsError, StoreError, StressError, WorkersError):
        return execute(
            prepared,
            order="age" if order == "age" else "random",
            runs=runs,
            step=step / 100.0,
            jobs=jobs if jobs is not None else cores(),
            out=out,
            force=force,
            quiet=quiet,
            warm=warm,
            lang=lang,
        )


@main.command()
@click.argument("scenario", shell_complete=complete_scenario)
@click.option("--pairs", type=click.IntRange(1, 1000), default=12, show_default=True, help="Pairs of runs (seeds).")
@click.option("--years", type=click.IntRange(1, 30), default=10, show_default=True, help="Years to simulate.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="Seed of the first pair.")
@click.option("--pull", type=float, help="Response of newcomers to load [default: as the scenario says].")
@click.option("--jobs", type=click.IntRange(1), help="Processes, about 0.7 GB each [default: one a processor].")
@click.option("--out", type=click.Path(path_type=Path), help="Results folder [default: results/SCENARIO-loop-...].")
@click.option("--force", is_flag=True, help="Run again although the folder holds this very test.")
@click.option("--quiet", is_flag=True, help="Print nothing but the results folder.")
@language
def loop(
    scenario: str,
    pairs: int,
    years: int,
    seed: int,
    pull: float | None,
    jobs: int | None,
    out: Path | None,
    force: bool,
    quiet: bool,
    lang: Language,
) -> None:
    """Switch the effect of strain off and on: what it does to GPs, load and people without one.

    Both runs of a pair have the same people with the same luck; the mean difference has a 95 % interval. With it comes
    the gain of the loop, worked out from the parameters with its range. Ctrl-C stops at once and saves nothing.

    Example: deltaplan loop twente --pairs 50 --pull 0
    """
    from experiments.executors.processes import WorkersError, cores
    from experiments.prepare import INPUT_ERRORS, prepare
    from experiments.store import ResultsError
    from sim.source import is_warm

    if seed + pairs > 2**32:
        raise click.UsageError(f"--seed {seed} leaves no room for {pairs} seeds; the last one is {2**32 - 1}")
    warm = is_warm()  # asked before loading the region compiles the first kernels
    from experiments.loop import OFF, ON
    from experiments.loop_report import execute

    common = {} if pull is None else {"careers.pool_pull": pull}
    with one_line(lang, *INPUT_ERRORS):
        off, on = (prepare(scenario, seed=seed, years=years, parameters={**common, **arm}) for arm in (OFF, ON))
    with one_line(lang, ResultsError, WorkersError):
        execute(
            off,
            on,
            pairs=pairs,
            jobs=jobs if jobs is not None else cores(),
            out=out,
            force=force,
            quiet=quiet,
            warm=warm,
            lang=lang,
        )


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.Choice(["municipality", "age", "deprivation", "post"]),
    help="Show the indicators by group instead.",
)
@click.option("--year", type=int, help="Year to show by group [default: the last full year].")
@click.option("--all", "everything", is_flag=True, help="With --by: all indicators, not only the headline ones.")
@language
def show(folder: Path, by: str | None, year: int | None, everything: bool, lang: Language) -> None:
    """Print the summary of the results in DIR.

    Example: deltaplan show results/twente-seed1-0a1b2c3d --by municipality --year 2030
    """
    from experiments.show import print_summary, screen
    from experiments.store import ResultsError, load_results

    if by is None and (year is not None or everything):
        raise click.UsageError("--year and --all go with --by")
    if (folder / "comparison.json").is_file():
        from experiments.compare.comparison import ComparisonError, load_comparison
        from experiments.compare.screen import print_comparison

        with one_line(lang, ComparisonError):
            if by == "post" or year is not None:
                raise ComparisonError("a comparison is by municipality, age or deprivation, at the end of its period")
            print_comparison(screen(), load_comparison(folder), lang, () if by is None else (by,))
        return
    with one_line(lang, ResultsError):
        results = load_results(folder)
        if by is None and results.manifest.get("kind") == "stress":
            from experiments.stress.report import print_stress

            print_stress(screen(), results, lang)
        elif by is None and results.manifest.get("kind") == "loop":
            from experiments.loop_report import print_loop

            print_loop(screen(), results, lang)
        elif by is None:
            print_summary(screen(), results.manifest, results.summary(), lang)
        else:
            from experiments.indicators import print_groups

            print_groups(screen(), results, by, year, everything, lang)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--practice", type=click.IntRange(0), help="Number of the practice to follow.")
@click.option("--gp", type=click.IntRange(0), help="Number of the GP to follow.")
@language
def events(folder: Path, practice: int | None, gp: int | None, lang: Language) -> None:
    """Follow one practice or one GP through the run in DIR: list, stop, search, successor or closing, with dates.

    Of a practice that ended it also says where its people went.

    Example: deltaplan events results/twente-seed1-0a1b2c3d --practice 12
    """
    from experiments.events import print_events
    from experiments.show import screen
    from experiments.store import ResultsError, load_results

    if (practice is None) == (gp is None):
        raise click.UsageError("give --practice or --gp, one of them")
    with one_line(lang, ResultsError):
        print_events(screen(), load_results(folder), lang, practice=practice, gp=gp)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--write", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write the table as Markdown.")
@language
def targets(folder: Path, file: Path | None, lang: Language) -> None:
    """Hold the first year of the results in DIR against what is published.

    Example: deltaplan targets results/twente-seed1-0a1b2c3d --write docs/baseline.md
    """
    from experiments.show import screen
    from experiments.store import ResultsError, load_results
    from experiments.targets import print_targets, write_page
    from experiments.texts import say

    with one_line(lang, ResultsError):
        results = load_results(folder)
        print_targets(screen(), results, lang)
        if file is not None:
            write_page(results, file, lang)
            screen(stderr=True).print(say("written", lang, file=file), soft_wrap=True)


@main.command()
@click.argument("name", required=False)
@language
def indicators(name: str | None, lang: Language) -> None:
    """List the indicators, or print one with its definition and source.

    Example: deltaplan indicators third_next_available --lang nl
    """
    from experiments.indicators import print_indicators
    from experiments.show import screen
    from experiments.store import ResultsError

    with one_line(lang, ResultsError):
        print_indicators(screen(), name, lang)


@main.command("list")
@language
def list_(lang: Language) -> None:
    """List the scenarios and regions that can be run, and the interventions and events that scenarios may hold.

    Scenarios and regions of this folder come last.

    Example: deltaplan list
    """
    from experiments.catalogue import catalogue
    from experiments.show import print_table, screen

    print_table(screen(), [("kind", "left"), ("name", "left"), ("", "left")], catalogue(lang, Path.cwd()))


@main.command()
@click.argument("name", required=False)
@language
def evidence(name: str | None, lang: Language) -> None:
    """Print the model's parameters with value, range, unit, grade and source.

    NAME is a full name, the beginning of one, or a pattern with * in it.

    Example: deltaplan evidence "care.*"
    """
    from experiments.evidence import find, print_parameters
    from experiments.show import screen
    from sim.parameters import ParameterError, load_parameters

    with one_line(lang, ParameterError):
        parameters = load_parameters()
        print_parameters(screen(), parameters, find(parameters, name), lang)


@main.command()
@click.option("--years", type=click.IntRange(2, 30), default=10, show_default=True, help="Length of the main run.")
@click.option("--quick", is_flag=True, help="A tenth of the region and few years: a trial of the benchmark itself.")
@click.option("--json", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures there too.")
def benchmark(years: int, quick: bool, file: Path | None) -> None:
    """Measure speed and memory against the cost floor and an idiomatic Mesa model (a quarter of an hour).

    Example: deltaplan benchmark --quick --json speed.json
    """
    from experiments.benchmark.report import run_benchmark

    run_benchmark(years=years, quick=quick, file=file)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands and scenario names in a shell.

    Example: deltaplan completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(found(main, {}, "deltaplan", "_DELTAPLAN_COMPLETE").source())


for command in (batch, check, compare, docs, intervention, new, report, reproductions, schema, sql, status, view):
    main.add_command(command)

for command in (calibrate, country, discover, portfolio, rank, region, sensitivity, trace, validate):
    main.add_command(command)

if __name__ == "__main__":
    main()
