"""The command line: help at once, one-line errors with exit code 2, evidence, completion."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from experiments.cli import main
from tests.experiments.conftest import Invoke

HEAVY = ("numpy", "numba", "mesa", "pyarrow", "rich", "pydantic", "networkx")


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["benchmark", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\nfrom experiments.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit as end:\n    assert not end.code\n"
        f"found = [name for name in {HEAVY!r} if name in sys.modules]\nassert not found, found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_command_has_an_example() -> None:
    assert set(main.commands) == {
        "run",
        "batch",
        "status",
        "sql",
        "stress",
        "loop",
        "show",
        "events",
        "targets",
        "indicators",
        "list",
        "rank",
        "country",
        "region",
        "evidence",
        "benchmark",
        "completion",
        "check",
        "docs",
        "intervention",
        "new",
        "reproductions",
        "schema",
        "compare",
        "report",
        "sensitivity",
        "discover",
        "portfolio",
        "calibrate",
        "trace",
        "validate",
        "view",
    }
    for name, command in main.commands.items():
        lines = [line.strip() for line in (command.help or "").splitlines()]
        begins = (f"Example: deltaplan {name}", f"Examples: deltaplan {name}")
        assert any(line.startswith(begins) for line in lines), name


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["rnu", "toy"], "Did you mean 'run'?"),
        (["run"], "Missing argument 'SCENARIO'"),
        (["run", "toy", "--years", "0"], "1<=x<=30"),
        (["run", "toy", "--years", "ten"], "not a valid integer"),
        (["run", "toy", "--seed", "-1"], "0<=x<=4294967295"),
        (["run", "toy", "--capacity-mode", "soft"], "'elastic', 'bounded', 'hard'"),
        (["run", "toy", "--lang", "de"], "'nl', 'en'"),
        (["run", "toy", "--yaers", "3"], "Did you mean '--years'?"),
        (["show", "nowhere"], "not a folder"),
        (["evidence", "no.such.thing"], "no parameter"),
        (["completion", "cmd"], "'bash', 'zsh', 'fish'"),
    ],
)
def test_bad_input_is_one_line(invoke: Invoke, words: list[str], mend: str) -> None:
    result = invoke(*words)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stderr.startswith("deltaplan") and mend in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("files", "mend"),
    [
        ({}, "manifest.json is missing"),
        ({"manifest.json": "{}"}, "timing.json is missing"),
        ({"manifest.json": "{", "timing.json": "{}"}, "damaged"),
        ({"manifest.json": "{}", "timing.json": "{}"}, "no table 'summary'"),
        ({"manifest.json": "{}", "timing.json": "{}", "summary.parquet": "PAR"}, "damaged"),
    ],
)
def test_show_of_a_folder_without_results(invoke: Invoke, files: dict[str, str], mend: str) -> None:
    Path("folder").mkdir()
    for name, text in files.items():
        Path("folder", name).write_text(text, encoding="utf-8")
    result = invoke("show", "folder")
    assert result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 1
    assert mend in result.stderr


def test_show_prints_what_run_printed(invoke: Invoke) -> None:
    ran = invoke("run", "toy", "--out", "out")
    shown = invoke("show", "out")
    assert shown.exit_code == 0
    assert ran.stdout.startswith(shown.stdout)
    assert "Zonder huisarts" in invoke("show", "out", "--lang", "nl").stdout


def test_language_from_the_environment(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    invoke("run", "toy", "--out", "out")
    monkeypatch.setenv("DELTAPLAN_LANG", "nl")
    assert "Zonder huisarts" in invoke("show", "out").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert "_DELTAPLAN_COMPLETE" in result.stdout


def test_completion_answers() -> None:
    environment = {
        **os.environ,
        "_DELTAPLAN_COMPLETE": "bash_complete",
        "COMP_WORDS": "deltaplan evi",
        "COMP_CWORD": "1",
    }
    done = subprocess.run([sys.executable, "-m", "experiments"], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "plain,evidence"


def test_python_dash_m_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "experiments", "--version"], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.startswith("deltaplan ")
