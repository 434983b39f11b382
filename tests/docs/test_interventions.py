"""The pages of interventions and events are those that their declarations give."""

from __future__ import annotations

from pathlib import Path

from experiments.pages import pages, write_pages
from tests.repository.tree import ROOT

FOLDER = ROOT / "docs" / "interventions"


def test_the_pages_are_up_to_date() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    expected = pages()
    stale = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
    assert stale == [], "write them anew: uv run deltaplan docs docs/interventions"


def test_pages_of_what_is_gone_go(tmp_path: Path) -> None:
    folder = tmp_path
    (folder / "gone.md").write_text("Written by `deltaplan docs docs/interventions`", encoding="utf-8")
    (folder / "notes.md").write_text("my own", encoding="utf-8")
    assert write_pages(folder) == len(pages())
    assert {path.name for path in folder.iterdir()} == {*pages(), "notes.md"}
