"""The commands about regions: `region new` and `region roads`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.cli_parts import language, one_line

if TYPE_CHECKING:
    import datetime

    from experiments.texts import Language

__all__ = ["region"]


@click.group()
def region() -> None:
    """Make a region, or give it real roads.

    Example: deltaplan region new westhoek --places "Hulst,Axel,Terneuzen"
    """


@region.command("new")
@click.argument("name")
@click.option(
    "--from",
    "source_folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder with places.csv and whatever else there is.",
)
@click.option("--places", metavar="NAMES", help="Names of places with a comma between them, instead of files.")
@click.option("--label-nl", metavar="TEXT", help="Dutch name for people [default: NAME].")
@click.option("--label-en", metavar="TEXT", help="English name for people [default: NAME].")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2025-01-01",
    show_default=True,
    help="To which the inhabitants refer.",
)
@click.option("--school-region", type=click.Choice(["Noord", "Midden", "Zuid"]), help="Region of the school holidays.")
@click.option("--source", metavar="TEXT", help="Where the files come from; the region's files name it.")
@language
def new(
    name: str,
    source_folder: Path | None,
    places: str | None,
    label_nl: str | None,
    label_en: str | None,
    day: datetime.datetime,
    school_region: str | None,
    source: str | None,
    lang: Language,
) -> None:
    """Write the region NAME, regions/NAME/, and a scenario NAME.toml for it, here.

    FOLDER holds places.csv (column place at least) and, if wanted, municipalities.csv, posts.csv, practices.csv,
    ages.csv, links.csv, posts_outside.csv, published_distances.csv and outlines.geojson. What is not given is filled
    in: positions and inhabitants of places from GeoNames (without internet; extra `places`), all else from national
    figures. Each is an assumption that is printed and that the files name. Nothing is written when anything is wrong.

    Example: deltaplan region new westhoek --from mydata --label-en "The west corner"
    """
    from experiments.region_new.gazetteer import GeoNames
    from experiments.region_new.given import from_folder, from_names
    from experiments.region_new.texts import FILLED, say
    from experiments.region_new.write import Wish, make_region
    from experiments.texts import number
    from sim.region import RegionError

    if (source_folder is None) == (places is None):
        raise click.UsageError("give either --from FOLDER or --places NAMES")
    wish = Wish(
        id=name,
        label_nl=label_nl or label_en or name,
        label_en=label_en or label_nl or name,
        day=day.date(),
        school_region=school_region,
        source=source or ("Given by the user; source not stated" if places is None else "Names given by the user"),
        source_nl=source
        or ("Door de gebruiker gegeven; bron niet genoemd" if places is None else "Namen door de gebruiker gegeven"),
    )
    with one_line(lang, RegionError):
        given = from_names((places or "").split(",")) if source_folder is None else from_folder(source_folder)
        made = make_region(wish, given, GeoNames(), Path.cwd())
    found = made.region
    click.echo(
        say(
            "made",
            lang,
            label=found.label_nl if lang == "nl" else found.label_en,
            municipalities=len(found.municipalities),
            places=len(found.places),
            people=number(found.population, lang),
            posts=len(found.post_name),
            practices=number(found.setting("practices"), lang),
            gps=number(found.setting("gps_regular"), lang),
        )
    )
    click.echo(say("filled" if made.notes else "nothing", lang))
    for key, count in made.notes:
        click.echo("  " + FILLED[key][lang].format(count=count))
    here = Path.cwd()
    click.echo(say("written", lang, folder=made.folder.relative_to(here), file=made.scenario.relative_to(here)))
    click.echo(say("next", lang, file=made.scenario.name))


@region.command("roads")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--osm",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Extract of OpenStreetMap as XML (.osm) [default: fetched from the internet].",
)
@language
def roads(folder: Path, osm: Path | None, lang: Language) -> None:
    """Put roads of OpenStreetMap into the region in FOLDER: kilometres and minutes between neighbouring places.

    Needs the extra `roads`, and without --osm the internet. The rows go into links.csv, before those that are there;
    times are those at speed limits, without crossings and traffic. Nothing is written when anything is wrong.

    Example: deltaplan region roads regions/westhoek --osm zeeland.osm
    """
    import datetime

    from experiments.region_new.roads import RoadsError, road_links, streets, write_links
    from experiments.region_new.texts import say
    from experiments.texts import number
    from sim.region import RegionError, load_region

    with one_line(lang, RegionError, RoadsError):
        folder = folder.resolve()
        if not (folder / "region.toml").is_file():
            raise RoadsError.of("no_region", folder=folder)
        found = load_region(folder)
        if osm is None:
            click.echo(say("roads_fetching", lang), err=True)
        links = road_links(found, streets(found, osm))
        write_links(folder, links.rows, datetime.date.today().year)
    label = found.label_nl if lang == "nl" else found.label_en
    click.echo(say("roads", lang, label=label, pairs=len(links.rows), ratio=number(links.ratio, lang)))
    if links.no_way:
        click.echo(say("roads_none", lang, pairs=", ".join(f"{a} - {b}" for a, b in links.no_way)))
    click.echo(say("roads_written", lang, file=folder / "links.csv"))
