"""Writing: all files or none, the same bytes again, PDF where it can be made; and the command."""

from __future__ import annotations

import builtins
import dataclasses
import importlib
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from experiments.cli import main
from experiments.compare.comparison import save_comparison
from experiments.report.pdf import PdfError, pdf_bytes
from experiments.report.write import write_report
from tests.experiments.report.example import example

TABLES = {"results", "groups", "courses", "gaps", "costs", "spreads", "modes", "assumptions", "changes", "about"}


def small() -> Any:
    plain = example()
    return example(
        arms=plain.arms[:1],
        assumptions=plain.assumptions[:8],
        courses=plain.courses[:3],
        gaps=plain.gaps[:2],
        groups=plain.groups[:6],
    )


def test_a_report_is_pages_workbooks_and_tables(tmp_path: Path) -> None:
    files = write_report(small(), tmp_path / "new")
    assert [file.name for file in files[:4]] == [
        "report-nl.html",
        "report-en.html",
        "numbers-nl.xlsx",
        "numbers-en.xlsx",
    ]
    assert {file.stem for file in files[4:]} == TABLES
    assert sorted(files) == sorted(path for path in (tmp_path / "new").rglob("*") if path.is_file())
    first = {file: file.read_bytes() for file in files}
    assert {file: file.read_bytes() for file in write_report(small(), tmp_path / "new")} == first


def test_one_language_is_enough(tmp_path: Path) -> None:
    names = {file.name for file in write_report(small(), tmp_path, ["nl"]) if file.parent == tmp_path}
    assert names == {"report-nl.html", "numbers-nl.xlsx"}


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_report(small(), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    written = 0
    original = Path.write_bytes

    def full(self: Path, content: Any) -> int:
        nonlocal written
        written += 1
        if written > 5:
            raise OSError(28, "No space left on device")
        return original(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_report(dataclasses.replace(small(), pairs=99), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def without(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Importing WeasyPrint fails with that error."""
    original = builtins.__import__

    def load(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise error
        return original(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(builtins, "__import__", load)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ImportError("no weasyprint"), "the extra 'pdf'"),
        (OSError("cannot load\nlibrary"), "library Pango \\(cannot load"),
    ],
)
def test_pdf_says_what_is_missing_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    without(monkeypatch, error)
    with pytest.raises(PdfError, match=words):
        write_report(small(), tmp_path, pdf=True)
    assert list(tmp_path.iterdir()) == []


def needs_weasyprint() -> None:
    """Skip the test where PDF cannot be made: the extra or the system library Pango is missing."""
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError):
        pytest.skip("WeasyPrint or Pango is not there")


def test_pdf_is_made_where_it_can_be(tmp_path: Path) -> None:
    needs_weasyprint()
    short = dataclasses.replace(small(), groups=(), modes=(), spreads=(), contrasts=small().contrasts[:3])
    (file,) = [one for one in write_report(short, tmp_path, ["nl"], pdf=True) if one.suffix == ".pdf"]
    content = file.read_bytes()
    assert content.startswith(b"%PDF-") and len(content) > 20_000


def test_pdf_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    needs_weasyprint()
    asked: list[object] = []
    monkeypatch.setattr(
        urllib.request.OpenerDirector, "open", lambda self, request, *rest, **more: asked.append(request)
    )
    for address in ("https://example.org/a.png", Path(__file__).as_uri()):
        assert pdf_bytes(f'<html lang="en"><title>x</title><img src="{address}" alt="a">').startswith(b"%PDF-")
    assert asked == []


def test_the_command_makes_it_again(tmp_path: Path) -> None:
    save_comparison(small(), tmp_path)
    done = CliRunner().invoke(main, ["report", str(tmp_path), "--lang", "nl"])
    assert done.exit_code == 0, done.output
    assert done.output.split() == [str(tmp_path / name) for name in ("report-nl.html", "numbers-nl.xlsx")]
    assert "Wat doet" in (tmp_path / "report-nl.html").read_text(encoding="utf-8")
    other = CliRunner().invoke(main, ["report", str(tmp_path), "--out", str(tmp_path / "other")])
    assert other.exit_code == 0, other.output
    assert (tmp_path / "other" / "report-en.html").is_file()


def test_the_command_refuses_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["deltaplan"])
    done = CliRunner().invoke(main, ["report", str(tmp_path / "nowhere")])
    assert done.exit_code == 2
    assert len(done.output.splitlines()) == 1 and "no comparison" in done.output and "deltaplan compare" in done.output
    (tmp_path / "comparison.json").write_text('{"format": 99}', encoding="utf-8")
    done = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert done.exit_code == 2 and "format 99" in done.output
