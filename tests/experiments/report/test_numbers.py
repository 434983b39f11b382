"""CSV and workbooks hold all numbers, as numbers, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from experiments.report.numbers import Sheet, sheets
from experiments.report.sheets import csv_text, risky, workbook
from experiments.report.texts import TEXTS
from tests.experiments.report.example import example

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")')


def table(id: str, **changed: object) -> Sheet:
    (found,) = [one for one in sheets(example(**changed)) if one.id == id]
    return found


def read(sheet: Sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(sheet))))


def cells(book: bytes, number: int) -> list[list[tuple[str, str]]]:
    """Rows of (kind, value) of a worksheet, strings looked up."""
    packed = zipfile.ZipFile(io.BytesIO(book))
    shared = [
        "".join(text.text or "" for text in item.iter(f"{SPACE}t"))
        for item in ElementTree.fromstring(packed.read("xl/sharedStrings.xml")).iter(f"{SPACE}si")
    ]
    page = ElementTree.fromstring(packed.read(f"xl/worksheets/sheet{number}.xml"))
    found = []
    for row in page.iter(f"{SPACE}row"):
        line = []
        for cell in row.iter(f"{SPACE}c"):
            assert cell.find(f"{SPACE}f") is None  # no formula anywhere
            value = cell.find(f"{SPACE}v")
            text = "" if value is None or value.text is None else value.text
            line.append(("s", shared[int(text)]) if cell.get("t") == "s" else ("n", text))
        found.append(line)
    return found


def test_every_contrast_course_and_group_is_there() -> None:
    comparison = example()
    results = read(table("results"))
    assert len(results) == len(comparison.contrasts)
    assert float(results[0]["difference"]) == comparison.contrasts[0].difference.mean
    assert float(results[0]["difference_low"]) == comparison.contrasts[0].difference.low
    assert results[0]["letter"] == "B" and results[0]["indicator_nl"] == "Mensen zonder huisarts"
    assert len(read(table("groups"))) == len(comparison.groups)
    assert len(read(table("courses"))) == sum(len(one.years) for one in comparison.courses)
    gaps = read(table("gaps"))
    assert len(gaps) == sum(len(one.years) for one in comparison.gaps)
    assert {row["letter"] for row in gaps} == {"B", "C"} and float(gaps[9]["gap"]) == comparison.gaps[0].mean[9]
    assert len(read(table("modes"))) == sum(len(one.contrasts) for one in comparison.modes)
    assert len(read(table("assumptions"))) == len(comparison.assumptions)
    assert {row["item"] for row in read(table("costs"))} >= {"insurer", "total", "care", "per_extra_registered"}
    about = {row["key"]: row["value"] for row in read(table("about"))}
    assert about["command"] == comparison.command and about["scenario C hash"] == "c3" * 32


def test_what_is_not_known_is_empty() -> None:
    row = read(table("results"))[-1]
    assert row["verdict"] == "unknown"
    assert row["base"] == row["difference_low"] == row["chance_better"] == row["pairs_better"] == ""


def test_rows_fit_their_columns() -> None:
    for sheet in sheets(example()):
        assert len({column.id for column in sheet.columns}) == len(sheet.columns)
        assert {len(row) for row in sheet.rows} == {len(sheet.columns)}
        assert f"sheet_{sheet.id}" in TEXTS


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_stay_text(formula: str) -> None:
    assert risky(formula)
    labels = {"label_nl": formula, "label_en": formula}
    arm = dataclasses.replace(example().arms[0], name=formula, **labels)
    first = dataclasses.replace(example().contrasts[0], other=formula)
    found = sheets(example(arms=(arm,), contrasts=(first,), command=formula))
    for sheet in found:
        lines = list(csv.reader(io.StringIO(csv_text(sheet), newline="")))[1:]
        for row, line in zip(sheet.rows, lines, strict=True):
            for value, cell in zip(row, line, strict=True):
                assert not risky(value) or cell == f"'{value}"
    assert "'" + formula in [row["scenario"] for row in read(found[0])]
    book = workbook(found, "nl", "2026-11-27")
    texts = [value for kind, value in cells(book, 1)[1] if kind == "s"]
    assert formula.replace("\r", "_x000D_") in texts  # as it was written, as text
    assert 'quotePrefix="1"' in zipfile.ZipFile(io.BytesIO(book)).read("xl/styles.xml").decode()


def test_a_negative_number_is_a_number() -> None:
    assert not risky(-0.5)
    sheet = table("results")
    assert re.search(r",-3127,", csv_text(sheet))
    row = cells(workbook([sheet], "nl", "2026-11-27"), 1)[1]
    assert ("n", "-3127") in row


def test_a_workbook_speaks_one_language() -> None:
    dutch = workbook(sheets(example()), "nl", "2026-11-27")
    english = workbook(sheets(example()), "en", "2026-11-27")
    heads = [[text for _, text in cells(book, 1)[0]] for book in (dutch, english)]
    assert "Kans op beter" in heads[0] and "Chance of better" in heads[1]
    assert len(heads[0]) == len(heads[1]) < len(table("results").columns)
    names = zipfile.ZipFile(io.BytesIO(dutch)).read("xl/workbook.xml").decode()
    assert 'name="Uitkomsten"' in names and 'name="Aannames"' in names


def test_equal_comparisons_give_equal_bytes() -> None:
    assert workbook(sheets(example()), "nl", "2026-11-27") == workbook(sheets(example()), "nl", "2026-11-27")
    assert workbook(sheets(example()), "nl", "not a date")
