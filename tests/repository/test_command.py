"""The command starts fast: help imports nothing heavy."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib import metadata

from tests.repository.tree import ROOT, project

HEAVY = ("numba", "numpy", "pandas", "mesa", "networkx", "pyarrow", "pydantic", "holidays", "scipy")


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60)


HELP = """
import sys
sys.argv = ["deltaplan", *{arguments}]
from experiments.cli import main
try:
    main()
except SystemExit as stop:
    print("loaded", *sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
    raise
"""


def test_the_command_is_installed() -> None:
    (command,) = metadata.entry_points(group="console_scripts", name="deltaplan")
    assert command.value == project()["project"]["scripts"]["deltaplan"]
    assert callable(command.load())


def test_help_imports_nothing_heavy() -> None:
    for arguments in (["--help"], ["run", "--help"], ["--version"]):
        result = run(HELP.format(arguments=arguments))
        assert result.returncode == 0, result.stderr
        assert "deltaplan" in result.stdout
        loaded = set(result.stderr.split("loaded", 1)[1].split())
        assert "click" in loaded
        assert loaded.intersection(HEAVY) == set(), arguments


def test_help_starts_about_as_fast_as_click() -> None:
    def seconds(code: str) -> float:
        begin = time.perf_counter()
        assert run(code).returncode == 0
        return time.perf_counter() - begin

    # the best of several, taken in turns, so that a busy machine slows both
    pairs = [(seconds(HELP.format(arguments=["--help"])), seconds("import click")) for _ in range(7)]
    ours, bare = (min(column) for column in zip(*pairs, strict=True))
    assert ours < 2 * bare, f"help takes {ours:.2f} s, importing click alone {bare:.2f} s"
