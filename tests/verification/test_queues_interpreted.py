"""The queues give the same to the last bit when their kernels are interpreted instead of compiled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.source import COMPILED
from tests.verification.digest import digest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not COMPILED, reason="nothing to compare with: the kernels of this process are interpreted")
def test_interpreted_kernels_give_the_same() -> None:
    other = subprocess.run(
        [sys.executable, "-m", "tests.verification.digest"],
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert other.stdout.split() == [digest(), "interpreted"], other.stderr
