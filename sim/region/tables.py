"""Reading a region's CSV tables: typed columns, and one clear line for whatever is wrong with a cell, row or file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from sim.checks import decode
from sim.texts.faults import FaultError, nearest, show

__all__ = ["Column", "Folder", "RegionError", "Row", "find_file", "read_table"]

Folder = Traversable | Path
"""A folder with a region's files: a path, or a resource inside a package."""


class RegionError(FaultError):
    """A region's files are wrong; the message is one line that names file, row (or key), fault and mend."""


@dataclass(frozen=True)
class Column:
    """What a column may hold.

    Attributes:
        kind: ``text``, ``number``, ``count`` (whole number), ``flag`` (yes or no) or ``choice``.
        required: whether the column must be there; a cell of an optional column may be empty (None).
        low, high: bounds of a number or count, both allowed.
        choices: what a ``choice`` may be.
    """

    name: str
    kind: Literal["text", "number", "count", "flag", "choice"]
    required: bool = True
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of a table: where it stands and what it holds by column name (absent optional cells are None)."""

    file: str
    number: int
    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def fault(self, key: str, **values: Any) -> RegionError:
        """A fault that points at this row."""
        return RegionError(key, self.file, self.number, **values)


def find_file(folder: Folder, name: str) -> Traversable | Path:
    """The file `name` of a region's folder.

    Raises:
        RegionError: it is not there; names a file of the folder that may be meant.
    """
    path = folder / name
    if not path.is_file():
        there = nearest(name, [item.name for item in folder.iterdir() if item.is_file()])
        raise RegionError("no_file", name, hint=there)
    return path


def read_table(folder: Folder, name: str, columns: Sequence[Column], *, needed: bool = True) -> list[Row]:
    """Rows of a CSV file (comma, UTF-8, header in row 1), each cell checked and converted.

    Args:
        needed: when False, a file that is not there gives no rows.

    Raises:
        RegionError: the file, a column or a cell is wrong.
    """
    if not needed and not (folder / name).is_file():
        return []
    text = decode(find_file(folder, name).read_bytes(), name, RegionError)
    required = ", ".join(column.name for column in columns if column.required)
    if not text.strip():
        raise RegionError("empty_file", name, expected=required)
    lines = _lines(text, name)
    header = [cell.strip() for cell in lines[0][1]]
    _check_header(header, lines[0][0], name, columns, required)
    if len(lines) == 1:
        raise RegionError("no_rows", name)
    by_name = {column.name: column for column in columns}
    rows = []
    for number, cells in lines[1:]:
        if len(cells) != len(header):
            raise RegionError("cell_count", name, number, value=len(cells), expected=len(header))
        values: dict[str, Any] = dict.fromkeys(by_name)
        for head, cell in zip(header, cells, strict=True):
            values[head] = _convert(by_name[head], cell.strip(), name, number)
        rows.append(Row(name, number, values))
    return rows


def _lines(text: str, name: str) -> list[tuple[int, list[str]]]:
    """(row number in the file, cells) of every row that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, start = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise RegionError("bad_csv", name, start, value=error) from None
    return lines


def _check_header(header: list[str], number: int, name: str, columns: Sequence[Column], required: str) -> None:
    if len(header) == 1:
        for mark, word in ((";", "semicolons"), ("\t", "tabs")):
            if mark in header[0]:
                raise RegionError("semicolons", name, number, value=word)
    known = [column.name for column in columns]
    for place, head in enumerate(header):
        if head in header[:place]:
            raise RegionError("column_twice", name, number, value=show(head))
        if head not in known:
            raise RegionError(
                "column_unknown", name, number, value=show(head), hint=nearest(head, known), expected=", ".join(known)
            )
    for column in columns:
        if column.required and column.name not in header:
            raise RegionError("column_missing", name, number, value=show(column.name), expected=required)


def _convert(column: Column, cell: str, name: str, number: int) -> Any:
    if not cell:
        if column.required:
            raise RegionError("cell_empty", name, number, column=column.name)
        return None
    if column.kind == "text":
        return " ".join(cell.split())
    if column.kind in {"flag", "choice"}:
        choices = ("yes", "no") if column.kind == "flag" else column.choices
        if cell not in choices:
            raise RegionError(
                "not_choice",
                name,
                number,
                column=column.name,
                value=show(cell),
                hint=nearest(cell, choices),
                expected=" or ".join(choices) if len(choices) == 2 else ", ".join(choices),
            )
        return cell == "yes" if column.kind == "flag" else cell
    try:
        value: float = int(cell) if column.kind == "count" else float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in cell:
        expected = "12345, without points or commas" if column.kind == "count" else "12.345, with a point"
        raise RegionError("not_number", name, number, column=column.name, value=show(cell), expected=expected)
    if not column.low <= value <= column.high:
        raise RegionError(
            "out_of_range", name, number, column=column.name, value=cell, low=f"{column.low:g}", high=f"{column.high:g}"
        )
    return value
