"""The commands: what they refuse, and each once on a region of a thousand people."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from experiments.cli import main
from experiments.questions.accepted import load_sets
from experiments.questions.asking import Way
from experiments.questions.discover import sample
from experiments.questions.factors import factors_of, select
from tests.experiments.questions.known import NAMES, OUTCOME, base, steep

TINY = ["--years", "1", "--share", "0.002", "--seeds", "1", "--jobs", "1"]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, list(words))

    return invoke


@pytest.mark.parametrize("command", ["sensitivity", "discover", "portfolio", "calibrate"])
def test_help_has_an_example(call, command: str) -> None:  # type: ignore[no-untyped-def]
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"Example: deltaplan {command} " in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("sensitivity twante", "twente"),
        ("sensitivity twente --indicator wait_maen", "wait_mean"),
        ("sensitivity twente --parameters care.no_shaw", "did you mean 'care.no_show'"),
        ("sensitivity twente --parameters care.no_show", "at least two things must vary"),
        ("sensitivity twente --samples 64", "--samples goes with --method sobol"),
        ("sensitivity twente --method sobol --trajectories 4", "sobol takes --samples"),
        ("sensitivity twente --method sobol --samples 100", "no power of two"),
        ("sensitivity twente --seeds 0", "0 is not in the range"),
        ("sensitivity twente --share 2", "2.0 is not in the range"),
        ("sensitivity twente --seed 4294967295", "leaves no room for 2 seeds"),
        ("discover twente --fails without", "write an indicator, a sign and a value"),
        ("discover twente", "--fails"),
        ("discover . --fails wait_mean>3", "is no store of runs"),
        ("discover twente --fails wait_mean>3 --samples 3", "--samples 3 is too few"),
        ("portfolio twente --interventions housing", "--budget"),
        ("portfolio twente --budget -5 --interventions housing", "not in the range"),
        ("portfolio twente --budget 5 --interventions hosing", "no intervention 'hosing'"),
        ("portfolio twente --budget 5 --interventions housing --objective gp_use", "has no better direction"),
        ("portfolio twente --budget 5 --interventions housing --sets none.toml", "none.toml cannot be read"),
        ("calibrate twente --samples 1", "--samples 1 is too few"),
        ("calibrate twente --free housing", "nothing that may vary is called"),
    ],
)
def test_nonsense_is_refused_in_one_line_before_anything_runs(call, tmp_path: Path, words: str, says: str) -> None:  # type: ignore[no-untyped-def]
    result = call(*words.split())
    assert result.exit_code == 2
    assert says in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not list(tmp_path.rglob("*.parquet"))


def test_sensitivity(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    words = ["sensitivity", "twente", "--parameters", "care.no_show", "--parameters", "care.closure", *TINY]
    words += ["--trajectories", "2", "--indicator", "wait_mean", "--out", "q"]
    result = call(*words)
    assert result.exit_code == 0, result.output
    assert "Wait for a routine appointment, mean" in result.output
    assert (tmp_path / "q" / "sensitivity-wait_mean.svg").exists()
    runs = sorted((tmp_path / "q" / "runs").iterdir())
    again = call(*words, "--quiet")
    assert again.output.strip() == "q"
    assert sorted((tmp_path / "q" / "runs").iterdir()) == runs
    other = call("calibrate", "twente", "--out", "q")
    assert other.exit_code == 2
    assert "q is a store of sensitivity, not of calibrate" in other.output


def test_discover_of_a_folder(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    way = Way(tmp_path / "q", (1,), quiet=True, build=steep)
    sample(base(), select(factors_of(base()), NAMES), 45, way)
    result = call("discover", "q", "--fails", f"{OUTCOME} > 5", "--lang", "nl")
    assert result.exit_code == 0, result.output
    assert "care.no_show" in result.output
    assert "Verzuim" in result.output or "verschenen" in result.output
    assert "dekking" in result.output


def test_portfolio(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    words = ["portfolio", "twente", "--budget", "1e9", "--interventions", "digital_triage", *TINY, "--futures", "1"]
    result = call(*words, "--cost-share", "0.002", "--objective", "wait_mean", "--out", "q")
    assert result.exit_code == 0, result.output
    assert "Looked at: 2 of 2 packages" in result.output
    assert (tmp_path / "q" / "portfolio.csv").exists()


def test_calibrate(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    words = ["calibrate", "twente", "--free", "care.no_show", *TINY, "--samples", "5", "--misses", "99", "--out", "q"]
    result = call(*words, "--write", "sets.toml")
    assert result.exit_code == 0, result.output
    assert "5 of 5 sets are not ruled out" in result.output
    assert len(load_sets(tmp_path / "sets.toml")) == 5
