"""The command ``deltaplan view``."""

from __future__ import annotations

import gc
import os
from pathlib import Path
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
@click.option(
    "--share",
    type=click.FloatRange(0.01, 1.0),
    default=1.0,
    show_default=True,
    help="Part of the inhabitants and practices that stands for the region, for a trial.",
)
@click.option("--years", type=click.IntRange(1, 15), help="Years to begin with [default: as the baseline says].")
@click.option(
    "--pairs",
    type=click.IntRange(2, 50),
    default=5,
    show_default=True,
    help="Pairs of runs of the whole region behind a sure answer; from three on there are intervals.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where runs are kept for the next time [default: the user's cache].",
)
def view(
    host: str,
    port: int,
    names: tuple[str, ...],
    open_browser: bool,
    lang: Language,
    region: str,
    outlines: str,
    jobs: int | None,
    share: float,
    years: int | None,
    pairs: int,
    keep: Path | None,
) -> None:
    """Open the region in the browser: set measures, run, compare, and see why. Works without internet.

    Only this machine can reach it, unless --host says otherwise; then the address that is printed holds a key without
    which nobody comes in. Ctrl-C stops it.

    Example: deltaplan view

    In a room with tablets: deltaplan view --host 0.0.0.0 --no-open
    """
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # read when numpy is loaded: threads of the smallest
        os.environ.setdefault(threads, "1")  # solution wait for each other for up to a second while all cores are busy

    gc.disable()  # until the server has loaded: all of that stays, and to look for garbage takes a tenth of the time

    from collections.abc import Iterator
    from contextlib import ExitStack, contextmanager

    from experiments.catalogue import packaged, scenario_file
    from experiments.executors.processes import cores
    from sim.scenario.catalogue import list_regions
    from viz.server.launch import ServeError, serve
    from viz.server.texts import say

    @contextmanager
    def around() -> Iterator[None]:
        from experiments.prepare import INPUT_ERRORS  # takes seconds, while the page is served already
        from experiments.runs.store import StoreError
        from viz.figures.outline import OutlineError
        from viz.plan.file import PlanError
        from viz.room.present import opened

        wrong: tuple[type[Exception], ...] = (StoreError, OutlineError, *INPUT_ERRORS)
        with ExitStack() as stack:
            try:
                stack.enter_context(opened(region, jobs or cores(), keep, outlines, share, years, pairs))
            except PlanError as error:
                raise ServeError("; ".join(error.faults[lang])) from error
            except wrong as error:
                raise ServeError(str(error)) from error
            yield

    with one_line(lang, ServeError):
        if scenario_file(region) is None:
            raise ServeError(say("no_region", lang, region=region, known=", ".join(list_regions(packaged()))))
        if outlines and not Path(outlines).is_file():
            raise ServeError(say("no_outlines", lang, file=outlines))
        serve(host, port, names, open_browser, lang, around)
