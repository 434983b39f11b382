"""Tables of numbers as CSV text and as a workbook.

What a user wrote may begin as a formula does. In CSV such a cell gets an apostrophe in front; in a workbook it is a
text cell that stays one when it is edited.
"""

from __future__ import annotations

import csv
import datetime
import io
import math

import xlsxwriter

from experiments.report.numbers import Cell, Sheet
from experiments.report.texts import tell
from experiments.texts import Language

__all__ = ["csv_text", "risky", "workbook"]

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDEST = 60
LONGEST = 32_000  # a cell of a workbook holds 32,767 characters


def risky(value: Cell) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return isinstance(value, str) and value.startswith(RISKY)


def csv_text(sheet: Sheet) -> str:
    """The table as CSV: commas, points, empty where unknown."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.id for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_plain(value) for value in row])
    return out.getvalue()


def _plain(value: Cell) -> Cell:
    if isinstance(value, float):
        return "" if not math.isfinite(value) else int(value) if value == int(value) and abs(value) < 1e15 else value
    return f"'{value}" if risky(value) else value


def workbook(sheets: list[Sheet], lang: Language, made: str) -> bytes:
    """A workbook with a worksheet a table; with the ISO date ``made`` in it, so that equal input is equal bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": tell("standard_name", lang), "created": _moment(made)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF2"})
    quoted = book.add_format({"quote_prefix": True})
    for sheet in sheets:
        kept = [k for k, column in enumerate(sheet.columns) if column.language in (None, lang)]
        page = book.add_worksheet(tell(f"sheet_{sheet.id}", lang))
        for at, k in enumerate(kept):
            column = sheet.columns[k]
            page.write_string(0, at, column.nl if lang == "nl" else column.en, head)
            longest = max((len(str(row[k])) for row in sheet.rows if isinstance(row[k], str)), default=0)
            page.set_column(at, at, min(max(12, longest + 1), WIDEST))
        for number, row in enumerate(sheet.rows, 1):
            for at, k in enumerate(kept):
                value = row[k]
                if isinstance(value, str):
                    page.write_string(number, at, value[:LONGEST], quoted if risky(value) else None)
                elif value is not None and math.isfinite(value):
                    page.write_number(number, at, value)
        page.freeze_panes(1, 0)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(kept) - 1)
    book.close()
    return out.getvalue()


def _moment(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return datetime.datetime(2025, 1, 1)
