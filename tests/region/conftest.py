"""The region of Twente, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.parameters import Parameters, load_parameters
from sim.region import Region, load_region

TWENTE = Path(__file__).parents[2] / "scenarios" / "regions" / "twente"


@pytest.fixture(scope="session")
def shipped() -> Parameters:
    return load_parameters()


@pytest.fixture(scope="session")
def twente(shipped: Parameters) -> Region:
    return load_region(TWENTE, shipped)
