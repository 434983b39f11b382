"""The commands that answer questions with many runs: sensitivity, discover, portfolio, calibrate."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli_parts import INTERRUPTED, complete_scenario, language, one_line

if TYPE_CHECKING:
    from experiments.prepare import Prepared
    from experiments.questions.asking import Way
    from experiments.questions.factors import Factor
    from experiments.texts import Language

__all__ = ["answered", "calibrate", "common", "discover", "portfolio", "sensitivity"]

_LAST = 2**32 - 1


def common(years: int, seeds: int, share: float) -> Callable[[Any], Any]:
    """The options that all of these commands share, with defaults for one of them."""

    def add(command: Any) -> Any:
        for option in (
            click.option(
                "--years", type=click.IntRange(1, 30), default=years, show_default=True, help="Years of a run."
            ),
            click.option(
                "--seeds",
                type=click.IntRange(1, 1000),
                default=seeds,
                show_default=True,
                help="Seeds, the same at every point; their mean is what counts.",
            ),
            click.option(
                "--seed", type=click.IntRange(0, _LAST), default=1, show_default=True, help="The first of them."
            ),
            click.option(
                "--share",
                type=click.FloatRange(0.001, 1.0),
                default=share,
                show_default=True,
                help="Share of the inhabitants simulated: small is quick and coarse.",
            ),
            click.option("--jobs", type=click.IntRange(1), help="Processes [default: one a processor]."),
            click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of runs and answer."),
            click.option("--quiet", is_flag=True, help="Print nothing but where the answer is."),
            language,
        )[::-1]:
            command = option(command)
        return command

    return add


def answered(function: Callable[..., Any]) -> Callable[..., Any]:
    """What the user gave wrong becomes one line; Ctrl-C keeps what is finished."""

    @wraps(function)
    def run(**options: Any) -> Any:
        from experiments.executors.processes import WorkersError
        from experiments.prepare import INPUT_ERRORS
        from experiments.questions.accepted import AcceptedError
        from experiments.questions.asking import QuestionError, Stopped
        from experiments.questions.factors import FactorError
        from experiments.runs.draw import DrawError
        from experiments.runs.store import StoreError

        known = (*INPUT_ERRORS, QuestionError, FactorError, AcceptedError, DrawError, StoreError, WorkersError)
        try:
            with one_line(options["lang"], *known):
                return function(**options)
        except Stopped as stopped:
            click.echo(f"\n{stopped}", err=True)
            return INTERRUPTED

    return run


def _way(
    prepared: Prepared, kind: str, warm: bool, *, seeds: int, seed: int, jobs: int | None, out: Path | None,
    quiet: bool, lang: Language, more: str = "",
) -> Way:  # fmt: skip
    from experiments.executors.processes import cores
    from experiments.questions.asking import Way

    if seed + seeds - 1 > _LAST:
        raise click.UsageError(f"--seed {seed} leaves no room for {seeds} seeds; the last one is {_LAST}")
    folder = out if out is not None else Path("results") / f"{prepared.name}-{kind}{more}"
    return Way(folder, tuple(range(seed, seed + seeds)), jobs if jobs is not None else cores(), lang, quiet, warm)


def _varied(prepared: Prepared, patterns: tuple[str, ...], defaults: tuple[str, ...] = ()) -> list[Factor]:
    """What varies: what is named, else the defaults with the settings of the scenario's interventions."""
    from experiments.questions.factors import INTERVENTIONS, factors_of, select

    known = factors_of(prepared)
    if patterns or not defaults:
        return select(known, patterns)
    settings = [one.name for one in known.values() if one.group.startswith(f"{INTERVENTIONS}.") and not one.idle]
    return [one for one in select(known, (*defaults, *settings)) if one.grade == "C"]


@click.command()
@click.argument("scenario", shell_complete=complete_scenario)
@click.option(
    "--indicator", "indicators", multiple=True, metavar="ID", help="Outcome; several may be given [default: two]."
)
@click.option(
    "--parameters",
    "patterns",
    multiple=True,
    metavar="PATTERN",
    help="What varies: names, or patterns with *; several may be given [default: all assumptions, grade C].",
)
@click.option(
    "--method",
    type=click.Choice(["morris", "sobol", "given"]),
    default="morris",
    show_default=True,
    help="Morris screens many for few runs; Sobol and given (any sample) give shares of variance.",
)
@click.option("--trajectories", type=int, help="Of Morris [default: 6].")
@click.option("--samples", type=int, help="Of Sobol (a power of two) and given [default: 64 and 128].")
@click.option(
    "--by",
    type=click.Choice(["topic", "factor"]),
    help="Morris: move all of a topic at once, or one by one [default: by topic from 40 on].",
)
@common(years=3, seeds=2, share=0.1)
@answered
def sensitivity(
    scenario: str,
    indicators: tuple[str, ...],
    patterns: tuple[str, ...],
    method: Any,
    trajectories: int | None,
    samples: int | None,
    by: str | None,
    years: int,
    share: float,
    **way: Any,
) -> None:
    """Say which assumptions an outcome hangs on, over the ranges of their evidence.

    Prints a table and saves a chart (SVG) and a CSV file. Without --parameters all assumptions of the scenario vary, by
    topic; look into a topic with --parameters "careers.*". The same command goes on where it stopped.

    Example: deltaplan sensitivity twente --parameters "succession.*" --indicator without_gp_share --years 5
    """
    from experiments.prepare import prepare
    from experiments.questions.asking import QuestionError, find, need
    from sim.source import is_warm

    warm = is_warm()
    need("SALib")
    from experiments.questions import sensitivity as asked

    chosen = indicators or asked.DEFAULTS
    for id in chosen:
        find(id)
    if method == "morris" and samples is not None:
        raise QuestionError("--samples goes with --method sobol or given; Morris takes --trajectories")
    if method != "morris" and trajectories is not None:
        raise QuestionError(f"--trajectories goes with --method morris; {method} takes --samples")
    size = trajectories if method == "morris" else samples
    prepared = prepare(scenario, seed=way["seed"], years=years, share=share)
    design = asked.design_of(
        method,
        _varied(prepared, patterns),
        size if size is not None else {"morris": 6, "sobol": 64, "given": 128}[method],
        grouped=None if by is None else by == "topic",
    )
    asked.execute(
        prepared, design, list(dict.fromkeys(chosen)), _way(prepared, asked.KIND, warm, more=f"-{method}", **way)
    )


@click.command()
@click.argument("what", metavar="DIR|SCENARIO", shell_complete=complete_scenario)
@click.option("--fails", required=True, metavar='"ID > VALUE"', help="When the plan has failed, in the last full year.")
@click.option("--samples", type=int, default=150, show_default=True, help="Draws, when a scenario is given.")
@click.option(
    "--parameters",
    "patterns",
    multiple=True,
    metavar="PATTERN",
    help="What varies, when a scenario is given [default: assumptions on the workforce and the interventions].",
)
@click.option("--scenario", "chosen", help="Which one, when DIR holds several.")
@common(years=5, seeds=1, share=0.1)
@answered
def discover(
    what: str,
    fails: str,
    samples: int,
    patterns: tuple[str, ...],
    chosen: str | None,
    years: int,
    share: float,
    **way: Any,
) -> None:
    """Say in words under which circumstances a plan fails.

    DIR holds runs of many draws (a batch); with a SCENARIO fresh draws are run first. Circumstances come
    from PRIM (a box) and a small tree (rules): coverage is the share of the failures that they hold, density the share
    of failures in them.

    Example: deltaplan discover twente-deltaplan --fails "without_gp_share > 1.5"
    """
    from experiments.prepare import prepare
    from experiments.questions.asking import need
    from experiments.questions.condition import Condition
    from experiments.runs.store import Store
    from sim.source import is_warm

    need("prim", "sklearn", "pandas")
    warm = is_warm()
    from experiments.questions import discover as asked
    from experiments.questions.factors import factors_of

    condition = Condition.parse(fails)
    folder = Path(what)
    if folder.is_dir():
        about = factors_of(prepare("everything", seed=1))
    else:
        prepared = prepare(what, seed=way["seed"], years=years, share=share)
        about = factors_of(prepared)
        asking = _way(prepared, asked.KIND, warm, **way)
        asked.sample(prepared, _varied(prepared, patterns, asked.DEFAULTS), samples, asking)
        folder, chosen = asking.out, prepared.name
    cases = asked.read_cases(Store.open(folder), condition, chosen)
    asked.discover(cases, condition, folder, about=about, quiet=way["quiet"], lang=way["lang"])


@click.command()
@click.argument("scenario", shell_complete=complete_scenario)
@click.option("--budget", type=click.FloatRange(min=0.0), required=True, help="Euro a year, whoever pays.")
@click.option(
    "--interventions",
    "named",
    required=True,
    multiple=True,
    metavar="ID,ID,...",
    help="Candidates, with commas or one by one; with the settings of the scenario where it has them.",
)
@click.option(
    "--objective",
    "objectives",
    multiple=True,
    metavar="ID",
    help="Indicator to improve in the last year; several may be given [default: two].",
)
@click.option(
    "--futures",
    type=click.IntRange(1, 1000),
    default=5,
    show_default=True,
    help="Draws of the assumptions, the same for every package; the first has their central values.",
)
@click.option(
    "--parameters", "patterns", multiple=True, metavar="PATTERN", help="What differs between futures [as in discover]."
)
@click.option("--sets", type=click.Path(path_type=Path, dir_okay=False), help="Accepted sets as futures instead.")
@click.option("--cost-share", type=click.FloatRange(0.001, 1.0), default=1.0, hidden=True)
@common(years=5, seeds=1, share=0.1)
@answered
def portfolio(
    scenario: str,
    budget: float,
    named: tuple[str, ...],
    objectives: tuple[str, ...],
    futures: int,
    patterns: tuple[str, ...],
    sets: Path | None,
    cost_share: float,
    years: int,
    share: float,
    **way: Any,
) -> None:
    """Say which package of interventions within a budget is best, and best whatever the future.

    Every candidate is costed in one run of the whole region; the packages within the budget are simulated on a share of
    it, in every future. With up to six candidates all packages are looked at, with more a search looks for good ones.
    Regret is how much worse a package does than the best one in the same future.

    Example: deltaplan portfolio twente --budget 3e6 --interventions link_workers,training_intake,housing
    """
    from experiments.prepare import prepare
    from experiments.questions.asking import QuestionError, find, need
    from sim.source import is_warm

    warm = is_warm()
    need("pymoo")
    from experiments.questions import discover
    from experiments.questions import portfolio as asked
    from experiments.questions.accepted import load_sets
    from experiments.questions.factors import INTERVENTIONS, select

    ids = [id.strip() for text in named for id in text.split(",") if id.strip()]
    chosen = list(dict.fromkeys(objectives or asked.DEFAULTS))
    for id in chosen:
        find(id)
    prepared = prepare(scenario, seed=way["seed"], years=years, share=share)
    if not ids:
        raise QuestionError("--interventions names none; `deltaplan intervention` lists them")
    known = asked.candidate_factors(prepared, ids)
    if sets is not None:
        if patterns:
            raise QuestionError("give --sets or --parameters, one of them")
        draws = load_sets(sets)[:futures]
    else:
        settings = [one.name for one in known.values() if one.group.startswith(f"{INTERVENTIONS}.") and not one.idle]
        varied = select(known, patterns or (*discover.DEFAULTS, *settings))
        draws = asked.futures_of([one for one in varied if patterns or one.grade == "C"], futures)
    asked.execute(prepared, ids, budget, draws, chosen, _way(prepared, asked.KIND, warm, **way), cost_share=cost_share)


@click.command()
@click.argument("scenario", shell_complete=complete_scenario)
@click.option(
    "--free",
    "patterns",
    multiple=True,
    metavar="PATTERN",
    help="Parameters to fit: names, or patterns with *; several may be given [default: twelve that were fitted].",
)
@click.option("--samples", type=int, default=40, show_default=True, help="Sets tried in a wave.")
@click.option(
    "--waves",
    type=click.IntRange(1, 10),
    default=1,
    show_default=True,
    help="Rounds; each next one looks where an emulator of all that was run promises the best fit.",
)
@click.option(
    "--misses",
    type=click.IntRange(0),
    help="Targets within reach that a set may miss [default: the fewest that leave a twentieth of the sets].",
)
@click.option(
    "--all-targets", is_flag=True, help="Fit to all that the model is not given, not to headline targets alone."
)
@click.option(
    "--write",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of sets [default: DIR/accepted.toml].",
)
@common(years=1, seeds=2, share=1.0)
@answered
def calibrate(
    scenario: str,
    patterns: tuple[str, ...],
    samples: int,
    waves: int,
    misses: int | None,
    all_targets: bool,
    file: Path | None,
    years: int,
    share: float,
    **way: Any,
) -> None:
    """Find the sets of free parameters that published figures do not rule out, and write them to a file.

    The first full year of every set is held against the published targets (history matching). The answer is all that
    is left, with fit, ranges and correlations, not one best set; other commands read the file with --sets.

    Example: deltaplan calibrate twente --free "succession.*" --samples 200 --waves 2 --write sets.toml
    """
    from experiments.prepare import prepare
    from experiments.questions import calibrate as asked
    from sim.source import is_warm

    warm = is_warm()
    prepared = prepare(scenario, seed=way["seed"], years=years, share=share)
    factors = _varied(prepared, patterns or asked.FREE)
    asked.execute(
        prepared,
        factors,
        samples,
        _way(prepared, asked.KIND, warm, **way),
        waves=waves,
        misses=misses,
        every_target=all_targets,
        file=file,
    )
