"""The command ``deltaplan view``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from experiments.cli_parts import one_line

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["view"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0: for the network.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; a free one if taken."
)
@click.option(
    "--name", "names", multiple=True, metavar="HOST", help="Other name of this server, as of a proxy; may be repeated."
)
@click.option("--open/--no-open", "open_browser", default=True, show_default=True, help="Open it in the browser.")
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    envvar="DELTAPLAN_LANG",
    show_envvar=True,
    help="Language in which it begins; the page has a switch.",
)
@click.option("--region", default="twente", show_default=True, help="Region to look at.")
@click.option("--outlines", metavar="FILE", default="", help="GeoJSON with outlines of its municipalities.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes, about 0.7 GB each [default: one a processor].")
def view(
    host: str,
    port: int,
    names: tuple[str, ...],
    open_browser: bool,
    lang: Language,
    region: str,
    outlines: str,
    jobs: int | None,
) -> None:
    """Open the region in the browser: set measures, run, compare, and see why. Works without internet.

    Only this machine can reach it, unless --host says otherwise; then the address that is printed holds a key without
    which nobody comes in. Ctrl-C stops it.

    Example: deltaplan view

    In a room with tablets: deltaplan view --host 0.0.0.0 --no-open
    """
    from functools import partial

    from experiments.executors.processes import cores
    from experiments.prepare import INPUT_ERRORS
    from experiments.runs.store import StoreError
    from viz.figures.outline import OutlineError
    from viz.plan.file import PlanError
    from viz.room.ground import ground
    from viz.room.present import opened
    from viz.server.launch import ServeError, serve

    with one_line(lang, ServeError, StoreError, OutlineError, PlanError, *INPUT_ERRORS):
        ground(region, outlines)  # what is wrong is said before anything is served
        serve(host, port, names, open_browser, lang, partial(opened, region, jobs or cores(), None, outlines))
