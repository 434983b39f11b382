"""``--observed FILE``: series of the user's own, as CSV, checked row by row."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from experiments.bilingual import BilingualError, Sentences
from experiments.validate.series import Point, Series
from sim.indicators.catalogue import INDICATORS
from sim.texts.faults import nearest

__all__ = ["COLUMNS", "ObservedError", "read_observed"]

COLUMNS = ("indicator", "year", "value", "low", "high", "source")
_NUMBERS = ("value", "low", "high")


class ObservedError(BilingualError, ValueError):
    """A file of observed series cannot be used; one line that says the row, the fault and the mend."""

    SENTENCES: ClassVar[Sentences] = {
        "unreadable": ("{file} cannot be read ({error})", "{file} kan niet gelezen worden ({error})"),
        "columns": (
            "{file}, row 1: the columns are {there}; write {expected}",
            "{file}, rij 1: de kolommen zijn {there}; schrijf {expected}",
        ),
        "empty": ("{file} holds no rows; add one below the header", "{file} bevat geen rijen; voeg er een toe"),
        "cells": (
            "{file}, row {row}: {there} cells, the header has {expected}; put texts with a comma in quotes",
            "{file}, rij {row}: {there} cellen, de kop heeft er {expected}; zet tekst met een komma tussen quotes",
        ),
        "indicator": (
            "{file}, row {row}: no indicator {value!r}{hint}; `deltaplan indicators` lists them",
            "{file}, rij {row}: geen indicator {value!r}{hint}; `deltaplan indicators` noemt ze",
        ),
        "year": (
            "{file}, row {row}: year {value!r} is not a whole number from {first} to {last}",
            "{file}, rij {row}: jaar {value!r} is geen geheel getal van {first} tot en met {last}",
        ),
        "number": (
            "{file}, row {row}: {column} {value!r} is not a number; write it with a decimal point",
            "{file}, rij {row}: {column} {value!r} is geen getal; schrijf het met een decimale punt",
        ),
        "range": (
            "{file}, row {row}: value {value} does not lie between low {low} and high {high}; mend one of them",
            "{file}, rij {row}: value {value} ligt niet tussen low {low} en high {high}; herstel een ervan",
        ),
        "source": (
            "{file}, row {row}: the source is missing; say who published the figure",
            "{file}, rij {row}: de bron ontbreekt; zeg wie het cijfer publiceerde",
        ),
        "twice": (
            "{file}, row {row}: {indicator} has a value for {year} already; keep one",
            "{file}, rij {row}: {indicator} heeft al een waarde voor {year}; houd er een",
        ),
    }


def read_observed(path: Path | str, first: int, last: int) -> tuple[Series, ...]:
    """The series of a file, one an indicator, in the order in which they come.

    Args:
        path: CSV with ``COLUMNS`` (UTF-8, decimal point); ``year`` is the calendar year whose value it is, over
            the year or at its end, as the indicator is defined; ``low`` and ``high`` may be empty.
        first, last: years that may be given: before the start for the trend, up to the last one simulated.

    Raises:
        ObservedError: the file is missing or a row is wrong.
    """
    file = Path(path)
    try:
        rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise ObservedError.of("unreadable", file=file, error=why) from None
    header = [one.strip() for one in rows[0]] if rows else []
    if sorted(header) != sorted(COLUMNS):
        there = ", ".join(header) or "-"
        raise ObservedError.of("columns", file=file, there=there, expected=",".join(COLUMNS))
    found: dict[str, dict[int, Point]] = {}
    sources: dict[str, dict[str, None]] = {}
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        where = {"file": file, "row": number}
        if len(cells) != len(header):
            raise ObservedError.of("cells", **where, there=len(cells), expected=len(header))
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        point = _point(row, where, first, last)
        id = row["indicator"]
        if point.year in found.setdefault(id, {}):
            raise ObservedError.of("twice", **where, indicator=id, year=point.year)
        found[id][point.year] = point
        sources.setdefault(id, {})[row["source"]] = None
    if not found:
        raise ObservedError.of("empty", file=file)
    return tuple(_series(id, list(points.values()), "; ".join(sources[id])) for id, points in found.items())


def _point(row: dict[str, str], where: dict[str, object], first: int, last: int) -> Point:
    id = row["indicator"]
    if id not in INDICATORS:
        raise ObservedError.of("indicator", **where, value=id, hint=nearest(id, INDICATORS))
    if not row["year"].isdecimal() or not first <= int(row["year"]) <= last:
        raise ObservedError.of("year", **where, value=row["year"], first=first, last=last)
    values = {name: _number(row[name] or row["value"], name, where) for name in _NUMBERS}
    if not values["low"] <= values["value"] <= values["high"]:
        raise ObservedError.of("range", **where, **values)
    if not row["source"]:
        raise ObservedError.of("source", **where)
    return Point(int(row["year"]), values["value"], False, values["low"], values["high"])


def _number(text: str, column: str, where: dict[str, object]) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ObservedError.of("number", **where, column=column, value=text)
    return value


def _series(id: str, points: Sequence[Point], source: str) -> Series:
    about = INDICATORS[id]
    ordered = tuple(sorted(points, key=lambda one: one.year))
    return Series(f"observed_{id}", id, ordered, source, about.en, about.nl)
