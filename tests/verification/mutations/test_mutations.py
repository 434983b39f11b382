"""Every deliberate fault still fits the code, and is caught by the test that it names."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.tree import ROOT
from tests.verification.mutations.faults import FAULTS, Fault

PARTS = ("sim", "scenarios", "experiments", "tests", "pyproject.toml")
FAILED = 1
"""Pytest's exit code when tests were run and some failed; 2 and more say that they could not be run."""


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 10
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert len({fault.file for fault in FAULTS}) >= 10


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_fits_once_and_its_test_is_there(fault: Fault) -> None:
    text = (ROOT / fault.file).read_text(encoding="utf-8")
    assert text.count(fault.old) == 1
    file, name = fault.test.split("::")
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code and the tests."""
    copy = tmp_path_factory.mktemp("mutated")
    ignored = shutil.ignore_patterns("__pycache__")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=ignored)
        else:
            shutil.copy(source, copy / part)
    return copy


def run(tree: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """These tests in the copy, its kernels interpreted."""
    where = "import sim, sys; print(sim.__file__); import pytest; sys.exit(pytest.main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", where, "-q", "-x", "-p", "no:cacheprovider", *tests],
        cwd=tree,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.startswith(str(tree)), done.stdout + done.stderr
    return done


@pytest.mark.slow
def test_without_a_fault_all_these_tests_pass(tree: Path) -> None:
    done = run(tree, *sorted({fault.test for fault in FAULTS}))
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_caught(tree: Path, fault: Fault) -> None:
    path = tree / fault.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    try:
        done = run(tree, fault.test)
    finally:
        path.write_text(text, encoding="utf-8")
    assert done.returncode == FAILED, f"not caught:\n{done.stdout}{done.stderr}"
    assert "FAILED" in done.stdout and "SyntaxError" not in done.stdout
