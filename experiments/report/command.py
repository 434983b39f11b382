"""The command ``report``: makes the report of a saved comparison again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.cli_parts import one_line

if TYPE_CHECKING:
    from experiments.texts import Language

__all__ = ["report"]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["nl", "en"]), help="Only this language [default: Dutch and English].")
@click.option("--pdf", is_flag=True, help="Also as PDF; needs the extra `pdf`.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Other folder to write to [default: DIR]."
)
def report(folder: Path, lang: Language | None, pdf: bool, out: Path | None) -> None:
    """Write the report of the comparison in DIR: HTML, and all numbers as CSV and XLSX.

    The HTML file opens without internet and prints on A4. Prints the files it wrote, pages first.

    Example: deltaplan report results/compare-twente --lang nl --pdf
    """
    from experiments.compare.comparison import ComparisonError, load_comparison
    from experiments.report.pdf import PdfError
    from experiments.report.write import write_report

    languages: tuple[Language, ...] = ("nl", "en") if lang is None else (lang,)
    with one_line(lang or "en", ComparisonError, PdfError, OSError):
        for file in write_report(load_comparison(folder), out or folder, languages, pdf=pdf):
            if file.suffix != ".csv":
                click.echo(file)
