"""The command ``deltaplan compare``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from experiments.cli_parts import complete_scenario, language, one_line

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["compare"]

GROUPINGS = ("municipality", "age", "deprivation")


@click.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="BASE SCENARIO...", shell_complete=complete_scenario)
@click.option("--runs", type=click.IntRange(1, 1000), help="Pairs of worlds [default: 5 to 20, until it is precise].")
@click.option("--years", type=click.IntRange(1, 30), help="Years to simulate [default: as the scenarios say].")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="Seed of the first pair.")
@click.option(
    "--capacity",
    type=click.Choice(["elastic", "bounded", "hard", "all"]),
    help="What GPs do when the day is full; all: does B beat A in each of the three? [default: as the scenarios say]",
)
@click.option("--by", type=click.Choice([*GROUPINGS, "all"]), multiple=True, help="Show by group too; may be repeated.")
@click.option(
    "--window", type=click.IntRange(1, 30), default=1, show_default=True, help="Years at the end taken together."
)
@click.option(
    "--share",
    type=click.FloatRange(0.001, 1.0),
    default=1.0,
    show_default=True,
    help="Part of the inhabitants and practices that is simulated, for a trial.",
)
@click.option(
    "--sets",
    type=click.Path(),
    metavar="FILE|shipped",
    help="File of accepted parameter sets, which pairs take in turn, or the values as shipped "
    "[default: the accepted sets of the region, where it has them].",
)
@click.option("--jobs", type=click.IntRange(1), help="Processes, about 0.7 GB each [default: one a processor].")
@click.option("--out", type=click.Path(path_type=Path), help="Results folder [default: results/compare-...].")
@click.option("--quiet", is_flag=True, help="Print nothing but the results folder.")
@language
def compare(
    scenarios: tuple[str, ...],
    runs: int | None,
    years: int | None,
    seed: int,
    capacity: str | None,
    by: tuple[str, ...],
    window: int,
    share: float,
    sets: str | None,
    jobs: int | None,
    out: Path | None,
    quiet: bool,
    lang: Language,
) -> int:
    """Compare scenarios with a base over pairs of runs, and write a report to take home.

    Both runs of a pair have the same people with the same luck, so what differs comes from the scenarios. Where the
    region has accepted parameter sets, each pair takes the next of them (--sets shipped: none does). Pairs are added,
    five to twenty, until every headline indicator is precise: the half-width of its interval under 5 % of the base or a
    quarter of the difference; those that would not get there are named. What is finished is kept: Ctrl-C loses nothing,
    and the same command goes on from there.

    Example: deltaplan compare twente twente-deltaplan --by municipality
    """
    from experiments.compare.comparison import ComparisonError
    from experiments.compare.request import MODES, Request, checked
    from experiments.compare.stopping import LEAST, MOST, Rule
    from experiments.executors.processes import cores
    from experiments.prepare import INPUT_ERRORS, prepare
    from experiments.questions.accepted import AcceptedError, sets_of
    from experiments.runs.store import StoreError

    mode = None if capacity == "all" else capacity
    with one_line(lang, *INPUT_ERRORS, ComparisonError):
        prepared = checked(
            [prepare(name, seed=seed, years=years, capacity_mode=mode, share=share) for name in scenarios]
        )
    with one_line(lang, AcceptedError):
        drawn = sets_of(prepared[0], sets)
    least, most = (runs, runs) if runs is not None else (LEAST, MOST)
    if seed + most > 2**32:
        raise click.UsageError(f"--seed {seed} leaves no room for {most} seeds; the last one is {2**32 - 1}")
    processes = jobs if jobs is not None else cores()
    request = Request(
        scenarios=prepared,
        modes=tuple(one for one in MODES if one != prepared[0].scenario.capacity_mode) if capacity == "all" else (),
        rule=Rule(least, most, max(1, processes // len(prepared)), max(1, len(drawn.draws))),
        window=window,
        sets=drawn,
        by=GROUPINGS if "all" in by else tuple(name for name in GROUPINGS if name in by),
    )
    from experiments.compare.execute import execute

    with one_line(lang, StoreError, ComparisonError):
        return execute(request, command=list(_words()), jobs=processes, out=out, quiet=quiet, lang=lang)


def _words() -> Iterator[str]:
    """The command as it was given, what only concerns the screen and this machine aside."""
    context = click.get_current_context()
    yield from ("deltaplan", "compare")
    yield from context.params["scenarios"]
    for option in context.command.params:
        name = option.name or ""
        if not isinstance(option, click.Option) or name in {"jobs", "out", "quiet", "lang"}:
            continue
        if context.get_parameter_source(name) in (ParameterSource.DEFAULT, None):
            continue
        values = context.params[name]
        for value in values if isinstance(values, tuple) else (values,):
            yield option.opts[0]
            yield str(value)
