"""Indicators on the screen: what each means, and their values by group in a saved run."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from rich.console import Console

from experiments.catalogue import packaged
from experiments.show import print_table
from experiments.sources import source_in
from experiments.store import Results, ResultsError
from experiments.texts import Language, number, say
from sim.indicators.catalogue import INDICATORS, find_indicator
from sim.indicators.registry import UNITS, Indicator
from sim.indicators.year import TableError, full_years
from sim.ledger.counts import AGE_NAMES

__all__ = ["label", "print_groups", "print_indicators", "saved_tables", "unit"]

SHOWN = ("municipality", "age", "deprivation", "post")
COLUMNS = 7  # groups side by side
DEPRIVATION: dict[Language, tuple[str, str, str]] = {
    "en": ("least deprived", "middle", "most deprived"),
    "nl": ("minste achterstand", "midden", "meeste achterstand"),
}


def label(indicator: Indicator, lang: Language) -> str:
    """Name of an indicator."""
    return indicator.nl if lang == "nl" else indicator.en


def unit(indicator: Indicator, lang: Language) -> str:
    """Unit of an indicator."""
    return UNITS[indicator.unit] if lang == "nl" else indicator.unit


def saved_tables(results: Results) -> dict[str, dict[str, np.ndarray[Any, Any]]]:
    """All tables of a saved run as numpy columns, as the indicators read them.

    Raises:
        ResultsError: a table's file is damaged.
    """
    return {
        name: {column: table[column].to_numpy() for column in table.column_names}
        for name, table in ((name, results.table(name)) for name in results.names if name != "summary")
    }


# what they mean


def print_indicators(console: Console, id: str | None, lang: Language) -> None:
    """One indicator with its definition, or all of them as a table.

    Raises:
        ResultsError: there is no indicator of that id; names what comes near.
    """
    if id is None:
        heads = [(say(key, lang), "left") for key in ("name", "indicator", "unit", "better", "groups")]
        rows = [
            [one.id, label(one, lang), unit(one, lang), say(f"better_{one.better}", lang), _groups(one, lang)]
            for one in INDICATORS.values()
        ]
        print_table(console, heads, rows)
        return
    try:
        one = find_indicator(id)
    except KeyError as error:
        raise ResultsError(str(error.args[0])) from None
    console.print(one.id, style="bold")
    console.print(label(one, lang))
    console.print(one.definition_nl if lang == "nl" else one.definition_en)
    for key, text in (
        ("unit", unit(one, lang)),
        ("better", say(f"better_{one.better}", lang)),
        ("groups", _groups(one, lang) or "-"),
        ("source", source_in(one, lang)),
    ):
        console.print(f"  {say(key, lang):<10} {text}")


def _groups(one: Indicator, lang: Language) -> str:
    return ", ".join(say(f"by_{by}", lang) for by in one.by)


# by group


def print_groups(
    console: Console, results: Results, by: str, year: int | None, everything: bool, lang: Language
) -> None:
    """Indicators by group in one year of a saved run (the last full one for None), a few groups to a table.

    Raises:
        ResultsError: the year was not simulated in full.
    """
    tables = saved_tables(results)
    years = full_years(tables)
    if not years:
        raise ResultsError(f"{results.folder} holds no full year")
    if year is not None and year not in years:
        raise ResultsError(f"{results.folder} holds no full year {year}; it has {years[0]} to {years[-1]}")
    chosen = year if year is not None else years[-1]
    rows: list[tuple[Indicator, dict[int, float]]] = []
    for one in INDICATORS.values():
        if by in one.by and (everything or one.headline):
            try:
                rows.append((one, {group.key: group.value for group in one.by_group(tables, chosen, by)}))
            except TableError:  # a run of an older version lacks a column
                continue
    keys = sorted({key for _, values in rows for key in values})
    names = group_names(results.manifest, by, lang)
    title = say("by_title", lang, scenario=results.manifest["scenario_name"], by=say(f"by_{by}", lang), year=chosen)
    console.print(title, style="bold")
    for at in range(0, len(keys), COLUMNS):
        part = keys[at : at + COLUMNS]
        heads = [(say("indicator", lang), "left"), (say("unit", lang), "left")]
        heads += [(names.get(key, str(key)), "right") for key in part]
        cells = [
            [label(one, lang), unit(one, lang), *(number(values.get(key, math.nan), lang) for key in part)]
            for one, values in rows
        ]
        print_table(console, heads, cells)
        if at + COLUMNS < len(keys):
            console.print()


def group_names(manifest: Mapping[str, Any], by: str, lang: Language) -> dict[int, str]:
    """Names of the groups by key; those of places are known when the run's region is a packaged one."""
    if by == "age":
        return dict(enumerate(AGE_NAMES))
    if by == "deprivation":
        return dict(enumerate(DEPRIVATION[lang]))
    from experiments.manifest import folder_hash  # it brings the compiler with it, which the other tables do without

    file, column = {"municipality": ("municipalities.csv", "municipality"), "post": ("posts.csv", "post")}[by]
    folder = packaged() / "regions" / str(manifest["region"])
    if not (folder / file).is_file() or folder_hash(folder) != manifest["region_hash"]:
        return {}
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return {key: str(row[column]) for key, row in enumerate(csv.DictReader(lines))}
