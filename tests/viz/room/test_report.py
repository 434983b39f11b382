"""What is taken home: the report of an answer, with whatever a user called the plan made harmless."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest

from experiments.report.sheets import risky
from experiments.texts import Language
from tests.viz.tiny import LANGUAGES, PAIRS, asked, plan, room
from viz.plan.plan import Plan
from viz.room.report import comparison_of, report_files
from viz.room.room import Asked

INVADER = "=HYPERLINK(\"http://evil\")<script>alert('in')</script>"


def answered(name: str = INVADER) -> Asked:
    made, desk = room()
    return asked(made, desk, [replace(plan(), name=name)])


@pytest.fixture(scope="module")
def files() -> dict[Language, dict[str, bytes]]:
    found = answered()
    return {lang: report_files(found, lang) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_has_a_page_a_workbook_and_tables(files: dict[Language, dict[str, bytes]], lang: Language) -> None:
    own = files[lang]
    assert {f"report-{lang}.html", f"numbers-{lang}.xlsx", "numbers/results.csv"} <= set(own)
    page = own[f"report-{lang}.html"].decode()
    assert f'lang="{lang}"' in page and "HYPERLINK" in page
    assert INVADER not in page and "<script>alert" not in page
    assert "http://evil" not in page.replace("&#34;http://evil&#34;", "").replace("&quot;http://evil&quot;", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_cell_is_a_formula(files: dict[Language, dict[str, bytes]], lang: Language) -> None:
    tables = {name: content.decode() for name, content in files[lang].items() if name.endswith(".csv")}
    cells = [cell for text in tables.values() for row in csv.reader(io.StringIO(text)) for cell in row]
    assert len(cells) > 500
    for cell in cells:
        assert not risky(cell) or _number(cell), cell
    with zipfile.ZipFile(io.BytesIO(files[lang][f"numbers-{lang}.xlsx"])) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) >= 5 and not any("<f>" in one for one in sheets)


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_what_a_comparison_tells() -> None:
    found = comparison_of(answered("Groep 1"))
    assert (found.base.name, found.base.label_nl) == ("twente", "Twente, zoals het nu loopt")
    assert [one.label_nl for one in found.arms] == ["Groep 1"]
    assert found.pairs == len(found.seeds) == PAIRS and found.years == 1 and found.share == 0.02
    assert found.command == "deltaplan compare twente groep-1.toml --runs 3 --sets shipped --years 1 --share 0.02"
    assert any("2 %" in one or "2%" in one for one in found.warnings_nl)
    assert len(found.warnings_nl) == len(found.warnings_en)
    changed = {f"interventions.{kind}" for kind in plan().interventions} | {"parameters.care.no_show"}
    assert {one.path for one in found.arms[0].differs} == changed


def test_a_report_is_made_once() -> None:
    one = answered("Groep 1")
    assert report_files(one, "nl") is report_files(one, "nl")
    assert report_files(one, "nl") is not report_files(one, "en")


def test_the_same_answer_under_another_name_has_its_own_report() -> None:
    made, desk = room()
    first: Plan = replace(plan(), name="Groep 1")
    one, other = (asked(made, desk, [replace(first, name=name)]) for name in ("Groep 1", "Groep 2"))
    pages = [report_files(each, "nl")["report-nl.html"].decode() for each in (one, other)]
    assert "Groep 1" in pages[0] and "Groep 2" in pages[1] and "Groep 1" not in pages[1]
