"""The command on thousandths of two regions, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from experiments.cli import main


@pytest.fixture
def rank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, ["rank", *words])

    return invoke


def test_two_regions_with_support(rank) -> None:  # type: ignore[no-untyped-def]
    words = ["twente", "zeeland", "--years", "2", "--seeds", "1", "--share", "0.01", "--jobs", "1", "--out", "out"]
    result = rank(*words, "--support", "1")
    assert result.exit_code == 0, result.output
    assert "One seed: chance is not known" in result.stdout and "Only 1 % of the inhabitants" in result.stdout
    assert "Support in the 1 most urgent regions" in result.stdout
    assert len(list(Path("out/runs").iterdir())) == 3 and len(list(Path("out/tables/costs").iterdir())) == 1
    again = rank(*words, "--weight", "wait_now=0.9", "--quiet")  # nothing is run again
    assert again.exit_code == 0 and again.stdout == "out\n"
    assert "0.9" not in Path("out/rank.json").read_text(encoding="utf-8")  # weights add up to 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("twente", "two regions or more"),
        ("twente twente", "named twice"),
        ("twente zealand", "did you mean 'zeeland'"),
        ("twente zeeland --weight wait=1", "no component 'wait'"),
        ("twente zeeland --support 3", "more than the 2 regions"),
        ("twente zeeland --years 1", "only 2025 is simulated in full"),
        ("twente zeeland --seeds 0", "0 is not in the range"),
    ],
)
def test_nonsense_is_one_line(rank, words: str, says: str) -> None:  # type: ignore[no-untyped-def]
    result = rank(*words.split())
    assert result.exit_code == 2, result.output
    assert says in " ".join(result.stderr.split()) and len(result.stderr.strip().splitlines()) <= 2
    assert not Path("results").exists()
