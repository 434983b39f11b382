"""Tables on the screen: the summary of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from experiments.texts import Language, number, say
from sim.indicators.registry import UNITS

__all__ = ["in_range", "print_headlines", "print_summary", "print_table", "screen"]

PLAIN_WIDTH = 160


def screen(*, stderr: bool = False) -> Console:
    """A console for tables; wide and without colour or markup when it is not a terminal."""
    console = Console(stderr=stderr, highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(stderr=stderr, highlight=False, markup=False, width=PLAIN_WIDTH)
    return console


def print_table(console: Console, heads: Iterable[tuple[str, str]], rows: Iterable[Iterable[str]]) -> None:
    """A plain table; ``heads`` are (title, ``left`` or ``right``)."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title, side in heads:
        table.add_column(title, justify="right" if side == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def in_range(row: Mapping[str, Any]) -> bool | None:
    """Whether the first full year lies in the published range; None when nothing is published or no year is full."""
    first, low, high = row.get("first"), row.get("low"), row.get("high")
    if first is None or (low is None and high is None):
        return None
    return (low is None or first >= low) and (high is None or first <= high)


def print_summary(console: Console, manifest: Mapping[str, Any], rows: list[dict[str, Any]], lang: Language) -> None:
    """Headline indicators of a run: unit, first and last full year, published range, and whether it fits."""
    console.print(
        say(
            "title",
            lang,
            scenario=manifest["scenario_name"],
            seed=manifest["seed"],
            region=manifest["region_label"][lang],
            date=manifest["last_date"],
        ),
        style="bold",
    )
    if manifest["status"] == "interrupted":
        console.print(say("interrupted", lang, date=manifest["last_date"]))
    if not rows:
        console.print(say("no_year", lang))
        return
    print_headlines(console, rows, lang)


def print_headlines(
    console: Console, rows: Sequence[Mapping[str, Any]], lang: Language, years: tuple[str, str] | None = None
) -> None:
    """A table of headline indicators and how many lie in their published range.

    Args:
        console: to print on.
        rows: as ``sim.indicators.summary.summarise`` gives them.
        lang: language.
        years: heads of the two columns of values; first and last year for None.
    """
    verdicts = [in_range(row) for row in rows]
    first, last = years if years is not None else (say("first", lang), say("last", lang))
    print_table(
        console,
        [(say("indicator", lang), "left"), (say("unit", lang), "left")]
        + [(first, "right"), (last, "right"), (say("published", lang), "right")]
        + [(say("in_range", lang), "left")],
        [
            [
                row[lang],
                UNITS.get(row["unit"], row["unit"]) if lang == "nl" else row["unit"],
                number(row["first"], lang),
                number(row["last"], lang),
                _range(row, lang),
                "-" if fits is None else say("yes" if fits else "no", lang),
            ]
            for row, fits in zip(rows, verdicts, strict=True)
        ],
    )
    console.print(say("assumptions", lang))
    known = [fits for fits in verdicts if fits is not None]
    if known:
        console.print(say("tally", lang, inside=sum(known), known=len(known)))


def _range(row: Mapping[str, Any], lang: Language) -> str:
    low, high = row.get("low"), row.get("high")
    if low is None and high is None:
        return "-"
    return f"{number(low, lang)} - {number(high, lang)}" if low != high else number(low, lang)
