"""The pages of interventions and events are those that their declarations give."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from experiments.cli import main
from experiments.pages import example, pages, write_pages
from sim.interventions.registry import declared
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


def test_the_examples_of_the_pages_are_a_scenario_without_fault(tmp_path: Path) -> None:
    shown = ["\n".join(example(one)) for one in declared().values()]
    assert all(f"```toml\n{text}\n```" in "\n".join(pages().values()) for text in shown)
    head = 'id = "mine"\nextends = "twente"\nlabel = { nl = "Mijn", en = "Mine" }\n'
    (tmp_path / "mine.toml").write_text(head + "\n".join(shown), encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path / "mine.toml")])
    assert done.exit_code == 0 and "note" not in done.output, done.output
