"""The command ``deltaplan validate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.cli_parts import complete_scenario, language
from experiments.cli_questions import answered

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["validate"]

_LAST = 2**32 - 1
_BACK = 5  # years before the start from which observed figures may tell a trend


@click.command()
@click.argument("scenario", default="twente", shell_complete=complete_scenario)
@click.option("--seeds", type=click.IntRange(1, 1000), default=3, show_default=True, help="Seeds.")
@click.option("--seed", type=click.IntRange(0, _LAST), default=1, show_default=True, help="The first of them.")
@click.option(
    "--share",
    type=click.FloatRange(0.001, 1.0),
    default=1.0,
    show_default=True,
    help="Share of the inhabitants simulated: a small one is for trials only.",
)
@click.option("--jobs", type=click.IntRange(1), help="Processes [default: one a processor].")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of runs, figures and charts.")
@click.option(
    "--observed",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="CSV with more series for the back-cast: indicator, year, value, low, high, source.",
)
@click.option(
    "--write",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PAGE",
    help="Also write the whole as a page (Markdown), its charts beside it.",
)
@click.option("--no-backcast", is_flag=True, help="Only the fit of the first year.")
@click.option("--quiet", is_flag=True, help="Print nothing but the folder.")
@language
@answered
def validate(
    scenario: str,
    seeds: int,
    seed: int,
    share: float,
    jobs: int | None,
    out: Path | None,
    observed: Path | None,
    file: Path | None,
    no_backcast: bool,
    quiet: bool,
    lang: Language,
) -> None:
    """Hold the model against what is published: its first year, and a run from 2018 against what happened since.

    Prints every target with its distance, what does not fit, and for each series of the back-cast whether the model
    does better than two dull rivals: no change, and the trend before the start. The same command goes on where it
    stopped.

    Example: deltaplan validate twente --seeds 3 --write docs/validation.md
    """
    from experiments.executors.processes import cores
    from experiments.prepare import prepare
    from experiments.questions.asking import QuestionError, Way, percent
    from experiments.show import screen
    from experiments.validate.answer import KIND
    from experiments.validate.answer import answered as answer
    from experiments.validate.observed import ObservedError, read_observed
    from experiments.validate.page import write_page
    from experiments.validate.past import past_of
    from experiments.validate.screen import print_validation, save_validation
    from experiments.validate.series import history
    from experiments.validate.texts import say
    from sim.source import is_warm

    warm = is_warm()
    if seed + seeds - 1 > _LAST:
        raise click.UsageError(f"--seed {seed} leaves no room for {seeds} seeds; the last one is {_LAST}")
    prepared = prepare(scenario, seed=seed, years=1, share=share)
    past = None if no_backcast else past_of(prepared)
    series = list(history())
    if observed is not None:
        if past is None:
            raise QuestionError("--observed goes with a back-cast; leave out --no-backcast, and validate Twente")
        start = past.prepared.scenario.start.year
        try:
            series += read_observed(observed, start - _BACK, start + past.prepared.scenario.years - 1)
        except ObservedError as error:
            raise QuestionError(error.text(lang)) from None
    if file is not None and not file.parent.is_dir():
        raise QuestionError(f"there is no folder {file.parent}; choose another file with --write")
    way = Way(
        out if out is not None else Path("results") / f"{KIND}-{prepared.name}",
        tuple(range(seed, seed + seeds)), jobs if jobs is not None else cores(), lang, quiet, warm,
    )  # fmt: skip
    if not quiet:
        told = {"runs": seeds * (1 if past is None else 2), "share": percent(share, lang), "jobs": way.jobs}
        console = screen(stderr=True)
        console.print(say("starting", lang, scenario=prepared.name, **told), soft_wrap=True)
        if past is None and not no_backcast:
            console.print(say("no_past", lang, region=prepared.region_label[lang]), soft_wrap=True)
    found = answer(prepared, None if past is None else past.prepared, series, way)
    save_validation(found, way)
    if file is not None:
        write_page(found, "" if past is None else past.text, file, lang)
    if quiet:
        screen().print(str(way.out), soft_wrap=True)
        return
    print_validation(found, way)
    screen().print(say("saved", lang, folder=way.out), soft_wrap=True)
    if file is not None:
        screen().print(say("page", lang, file=file), soft_wrap=True)
