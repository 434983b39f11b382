"""The command ``deltaplan trace``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.cli_parts import language, one_line

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["trace"]


@click.command()
@click.argument("report", metavar="REPORT", type=click.Path(path_type=Path))
@click.argument("indicator", metavar="[INDICATOR]", required=False)
@click.option("--scenario", "arm", help="Only the difference of this scenario from the base.")
@language
def trace(report: Path, indicator: str | None, arm: str | None, lang: Language) -> None:
    """Print what a number of a comparison's report rests on, down to the sources.

    REPORT is the folder of a comparison or the HTML file in it. Prints the number pair by pair, worked out again from
    the runs; their keys and seeds; the scenarios; the version of the code; settings and parameters with their values,
    ranges, grades and sources. Without INDICATOR: what the whole report rests on, and which numbers there are.

    Example: deltaplan trace results/compare-twente without_gp
    """
    from experiments.compare.comparison import ComparisonError
    from experiments.runs.store import StoreError
    from experiments.show import screen
    from experiments.trace.chain import chain_of
    from experiments.trace.faults import TraceError
    from experiments.trace.screen import print_chain

    with one_line(lang, TraceError, ComparisonError, StoreError):
        print_chain(screen(), chain_of(report, indicator, arm), lang)
