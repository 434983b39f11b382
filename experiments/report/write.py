"""Writing a report: its pages, workbooks and tables into a folder, each file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from experiments.compare.comparison import Comparison
from experiments.report.numbers import sheets
from experiments.report.page import page
from experiments.report.pdf import pdf_bytes
from experiments.report.sheets import csv_text, workbook
from experiments.texts import Language

__all__ = ["write_report"]

TABLES = "numbers"


def write_report(
    comparison: Comparison, folder: Path, languages: Iterable[Language] = ("nl", "en"), *, pdf: bool = False
) -> list[Path]:
    """Write the report of a comparison; the same comparison gives the same bytes (PDF excepted).

    Args:
        comparison: what it tells.
        folder: where; made if needed. Files of an earlier report are replaced.
        languages: ``report-<language>.html`` and ``numbers-<language>.xlsx`` for each; ``numbers/*.csv`` have both.
        pdf: also ``report-<language>.pdf``.

    Returns:
        The files, pages first.

    Raises:
        PdfError: PDF was asked for and cannot be made; nothing is written then.
        OSError: the folder cannot be written.
    """
    tables = sheets(comparison)
    pages: dict[str, bytes] = {}
    printed: dict[str, bytes] = {}
    books: dict[str, bytes] = {}
    for lang in languages:
        book = f"numbers-{lang}.xlsx"
        html = page(comparison, lang, xlsx=book, csv=TABLES)
        pages[f"report-{lang}.html"] = html.encode()
        if pdf:
            printed[f"report-{lang}.pdf"] = pdf_bytes(page(comparison, lang, xlsx=book, csv=TABLES, paper=True))
        books[book] = workbook(tables, lang, comparison.finished)
    plain = {f"{TABLES}/{sheet.id}.csv": csv_text(sheet).encode() for sheet in tables}
    return _write(folder, pages | printed | books | plain)


def _write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """Write all under temporary names, then give them their own."""
    todo: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
            todo.append((temporary, file))
            temporary.write_bytes(content)
        for temporary, file in todo:
            temporary.replace(file)
    finally:
        for temporary, _ in todo:
            temporary.unlink(missing_ok=True)
    return [file for _, file in todo]
