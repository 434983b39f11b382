"""The commands about scenario files and what they may hold: check, new, schema, intervention, docs, reproductions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.cli_parts import BAD_INPUT, complete_scenario, language, one_line

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["check", "docs", "intervention", "new", "reproductions", "schema"]


@click.command()
@click.argument("scenario", metavar="FILE", shell_complete=complete_scenario)
@language
def check(scenario: str, lang: Language) -> int:
    """Say everything that is wrong with a scenario file, before anything runs; exit code 0 when nothing is, else 2.

    FILE is a scenario file, or a name from `deltaplan list`. Each line names the file, the key, what is wrong and what
    would be right. A line that begins with "note" is no fault: it says what may not do what was meant.

    Example: deltaplan check mine.toml --lang nl
    """
    from experiments.catalogue import packaged
    from experiments.prepare import region_of
    from experiments.texts import say
    from sim.interventions.idle import idle_notes
    from sim.interventions.registry import kinds
    from sim.scenario import check_scenario

    checked = check_scenario(scenario, packaged(), kinds=kinds())
    for fault in checked.faults:
        click.echo(fault.text(lang), err=True)
    for note in checked.notes:
        click.echo(say("note", lang, text=note.text(lang)), err=True)
    if checked.scenario is None:
        return BAD_INPUT
    found = checked.scenario
    if found.interventions or found.events:
        for idle in idle_notes(found, *region_of(scenario, found)):
            click.echo(say("note", lang, text=idle.text(lang)), err=True)
    click.echo(
        say(
            "scenario_good",
            lang,
            file=scenario,
            region=found.region,
            years=found.years,
            interventions=len(found.interventions),
            events=len(found.events),
        )
    )
    return 0


def _complete_declared(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from sim.interventions.registry import declared

    return [name for name in declared() if name.startswith(incomplete)]


@click.command()
@click.argument("name", required=False, shell_complete=_complete_declared)
@language
def intervention(name: str | None, lang: Language) -> None:
    """List the interventions and events, or show one: how it works, its settings and costs with range and source.

    Settings with grade C are assumptions.

    Example: deltaplan intervention training_intake
    """
    from experiments.declarations import UnknownError, print_declaration, print_declarations
    from experiments.show import screen

    with one_line(lang, UnknownError):
        if name is None:
            print_declarations(screen(), lang)
        else:
            print_declaration(screen(), name, lang)


@click.command()
@click.argument("name")
@click.option("--extends", default="twente", show_default=True, shell_complete=complete_scenario, help="Its base.")
@language
def new(name: str, extends: str, lang: Language) -> None:
    """Write a scenario file NAME.toml to start from, with comments; a file that exists is left alone.

    Example: deltaplan new mine --extends twente
    """
    from experiments.new_scenario import NewScenarioError, write_scenario
    from experiments.texts import say
    from sim.scenario import ScenarioError

    with one_line(lang, NewScenarioError, ScenarioError):
        file = write_scenario(name, extends, Path.cwd(), lang)
    click.echo(say("scenario_new", lang, file=file.name))


@click.command()
@click.option("--write", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write it to a file.")
def schema(file: Path | None) -> None:
    """Print the JSON schema of scenario files, with which editors complete keys and mark mistakes.

    Example: deltaplan schema --write scenario.schema.json
    """
    from experiments.catalogue import packaged
    from sim.interventions.registry import kinds
    from sim.scenario import list_regions, scenario_schema

    text = json.dumps(scenario_schema(regions=list_regions(packaged()), kinds=kinds()), indent=2, ensure_ascii=False)
    if file is None:
        click.echo(text)
        return
    try:
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}") from None


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--of",
    "what",
    type=click.Choice(["interventions", "reference"]),
    default="interventions",
    show_default=True,
    help="What the pages are of.",
)
@click.pass_context
def docs(ctx: click.Context, folder: Path, what: str) -> None:
    """Write the pages of interventions and events into DIR, one each, and an index; or the reference pages.

    The reference: commands, parameters, indicators, scenario files, state variables.

    Example: deltaplan docs docs/interventions
    """
    from experiments.pages import pages, write_pages
    from experiments.reference import reference

    main = ctx.find_root().command
    found = reference(main) if what == "reference" and isinstance(main, click.Group) else pages()
    try:
        click.echo(f"{write_pages(folder, found)} pages in {folder}")
    except OSError as error:
        raise click.UsageError(f"{folder}: {error.strerror}") from None


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def reproductions(file: Path) -> None:
    """Hold published cases against the model (some minutes) and write the page with both numbers to FILE.

    Example: deltaplan reproductions docs/reproductions.md
    """
    from experiments.reproductions.base import reproductions as declared
    from experiments.reproductions.page import page, row

    answers = {}
    for one in declared().values():
        answers[one] = one.run()
        click.echo(row(one, *answers[one]))
    try:
        file.write_text(page(answers), encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}") from None
