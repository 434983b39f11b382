"""The reference pages are those that the declarations give, and hold what they are asked for."""

from __future__ import annotations

from experiments.cli import main
from experiments.reference import reference
from sim.indicators.catalogue import INDICATORS
from sim.parameters import load_parameters
from tests.repository.tree import ROOT

FOLDER = ROOT / "docs" / "reference"


def test_the_pages_are_up_to_date() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    expected = reference(main)
    stale = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
    assert stale == [], "write them anew: uv run deltaplan docs docs/reference --of reference"


def test_nothing_is_left_out() -> None:
    pages = reference(main)
    assert [name for name in load_parameters() if f"| `{name}` |" not in pages["parameters.md"]] == []
    assert [name for name in INDICATORS if f"\n## {name}\n" not in pages["indicators.md"]] == []
    assert [name for name in main.commands if f"\n## {name}\n" not in pages["commands.md"]] == []
    for said in ("`usual_since`", "`strain`", "`wants_to_own`", "`shells`", "CAREER_EXIT", "`left`"):
        assert (said in pages["state.md"]) == (said != "`left`"), said  # a property is no state


def test_help_does_not_hang_on_the_width_of_the_screen(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    wide = reference(main)["commands.md"]
    monkeypatch.setenv("COLUMNS", "40")
    assert reference(main)["commands.md"] == wide
