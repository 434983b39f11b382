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
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Any

    from experiments.catalogue import packaged, scenario_names
    from experiments.executors.processes import cores
    from sim.scenario.catalogue import list_regions
    from viz.server.launch import ServeError, serve
    from viz.server.texts import say

    def around() -> AbstractContextManager[Any]:
        from viz.room.present import opened  # takes seconds, while the page is served already

        return opened(region, jobs or cores(), None, outlines)

    with one_line(lang, ServeError):
        if region not in scenario_names():
            raise ServeError(say("no_region", lang, region=region, known=", ".join(list_regions(packaged()))))
        if outlines and not Path(outlines).is_file():
            raise ServeError(say("no_outlines", lang, file=outlines))
        serve(host, port, names, open_browser, lang, around)
