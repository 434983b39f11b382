"""The command ``deltaplan country``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli_parts import language
from experiments.cli_questions import answered

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["country"]


@click.command()
@click.option("--years", type=click.IntRange(1, 30), default=1, show_default=True, help="Years to simulate.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="Seed of the world.")
@click.option(
    "--share",
    type=click.FloatRange(0.001, 1.0),
    default=1.0,
    show_default=True,
    help="Share of the inhabitants simulated: small is quick and coarse.",
)
@click.option(
    "--exchange/--no-exchange",
    default=True,
    show_default=True,
    help="Whether the inflow of GPs keeps in step with what other regions leave, from the third year on.",
)
@click.option("--jobs", type=click.IntRange(1), help="Processes, up to 1.5 GB each [default: one a processor].")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of runs and answer.")
@click.option("--quiet", is_flag=True, help="Print nothing but where the answer is.")
@language
@answered
def country(
    years: int,
    seed: int,
    share: float,
    exchange: bool,
    jobs: int | None,
    out: Path | None,
    quiet: bool,
    lang: Language,
) -> None:
    """Run the whole Netherlands: all 28 labour-market regions, side by side, every inhabitant individually.

    From the third year on the regions settle up at New Year: the inflow of GPs keeps in step with how many graduates
    and GPs the regions leave for each other, so that what one region wins others lose. The same command goes on where
    it stopped.

    Example: deltaplan country --years 10
    """
    from experiments.country.answer import answer
    from experiments.country.drive import KIND, together
    from experiments.country.regions import prepared_country
    from experiments.country.screen import command_of, print_country, save_country
    from experiments.country.texts import say
    from experiments.executors.processes import cores
    from experiments.questions.asking import Way, percent
    from experiments.show import screen
    from experiments.texts import number
    from sim.source import is_warm

    warm = is_warm()
    regions = prepared_country(seed=seed, years=years, share=share)
    name = f"{KIND}-{years}-seed{seed}" + ("" if share == 1.0 else f"-share{share:g}") + ("" if exchange else "-apart")
    folder = out if out is not None else Path("results") / name
    way = Way(folder, (seed,), jobs if jobs is not None else cores(), lang, quiet, warm)
    if not quiet:
        told: dict[str, Any] = {"regions": len(regions), "years": years, "seed": seed, "jobs": way.jobs}
        told["people"] = number(float(sum(one.region.population for one in regions)), lang)
        told["start"] = regions[0].scenario.start.isoformat()
        screen(stderr=True).print(say("starting", lang, **told, share=percent(share, lang)), soft_wrap=True)
    found = answer(regions, together(regions, way, exchange=exchange))
    save_country(found, folder)
    if quiet:
        screen().print(str(folder), soft_wrap=True)
        return
    print_country(found, way)
    screen().print(say("saved", lang, folder=folder, command=command_of(regions[0], folder)), soft_wrap=True)
