"""Runs that several tests look at."""

from __future__ import annotations

import pytest

from sim.model import RegionModel
from tests.model.digest import STORM, run

MODES = ("hard", "bounded", "elastic")
DAYS = 400


@pytest.fixture(scope="session")
def checked() -> dict[str, RegionModel]:
    """400 days in each capacity mode, conservation asserted every day; about 19,000 people in several practices."""
    return {mode: run(DAYS, 0.03, mode=mode, check=True) for mode in MODES}


@pytest.fixture(scope="session")
def stormy() -> RegionModel:
    """As many days in which GPs and practices come and go much faster than they do; look, do not touch."""
    return run(DAYS, 0.05, force=STORM, check=True)
