"""The command ``deltaplan rank``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli_parts import complete_scenario
from experiments.cli_questions import answered, common

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["rank"]


@click.command()
@click.argument("scenarios", metavar="[SCENARIO]...", nargs=-1, shell_complete=complete_scenario)
@click.option("--country", is_flag=True, help="All 28 labour-market regions of the Netherlands.")
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="ID=WEIGHT",
    help="Weight of a component, such as wait_now=0.3; may be repeated. The answer names the components.",
)
@click.option(
    "--support",
    type=click.IntRange(0, 28),
    default=0,
    show_default=True,
    help="Run so many of the most urgent regions with the national support team too.",
)
@common(years=5, seeds=3, share=1.0)
@answered
def rank(
    scenarios: tuple[str, ...],
    country: bool,
    weights: tuple[str, ...],
    support: int,
    years: int,
    share: float,
    seeds: int,
    seed: int,
    jobs: int | None,
    out: Path | None,
    quiet: bool,
    lang: Language,
) -> None:
    """Put regions in order of urgency: an index of present and coming shortage, and how sure the order is.

    Runs the baselines of the regions (the five in detail, those of SCENARIO..., or all with --country), prints the
    order with the chance of another one, what the index is made of, why each region stands where it does, and beside
    it when the national support programme chose the region. The same command goes on where it stopped.

    Example: deltaplan rank --support 2
    """
    from experiments.catalogue import packaged, scenario_names
    from experiments.country.regions import region_names
    from experiments.executors.processes import cores
    from experiments.prepare import prepare
    from experiments.questions.asking import QuestionError, Way, percent
    from experiments.rank.answer import KIND, ranked, supported
    from experiments.rank.components import WeightError, weights_of
    from experiments.rank.screen import print_ranking, print_support, save_ranking
    from experiments.rank.texts import say
    from experiments.show import screen
    from sim.scenario.catalogue import list_regions
    from sim.source import is_warm

    warm = is_warm()
    try:
        chosen = weights_of(weights)
    except WeightError as error:
        raise QuestionError(str(error)) from None
    if scenarios and country:
        raise click.UsageError("name scenarios, or give --country for all regions")
    known = scenario_names()
    shipped = tuple(one for one in list_regions(packaged()) if one in known)
    names = scenarios or (tuple(region_names()) if country else shipped)
    if support > len(names):
        raise QuestionError(f"--support {support} is more than the {len(names)} regions that are asked for")
    regions = [prepare(name, seed=seed, years=years, share=share) for name in names]
    called = "country" if country else "-".join(one.region.id for one in regions)
    folder = out if out is not None else Path("results") / f"{KIND}-{called}"[:120]
    if seed + seeds > 2**32:
        raise click.UsageError(f"--seed {seed} leaves no room for {seeds} seeds; the last one is {2**32 - 1}")
    way = Way(folder, tuple(range(seed, seed + seeds)), jobs if jobs is not None else cores(), lang, quiet, warm)
    if not quiet:
        told: dict[str, Any] = {"regions": len(regions), "seeds": seeds, "years": years, "jobs": way.jobs}
        screen(stderr=True).print(say("starting", lang, **told, share=percent(share, lang)), soft_wrap=True)
    ranking = ranked(regions, chosen, way)
    helped = supported(ranking, support, way) if support else []
    save_ranking(ranking, helped, folder)
    if quiet:
        screen().print(str(folder), soft_wrap=True)
        return
    print_ranking(ranking, way)
    if helped:
        print_support(ranking, helped, way)
    screen().print(say("saved", lang, folder=folder), soft_wrap=True)
