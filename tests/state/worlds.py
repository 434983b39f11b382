"""Small regions under scenarios of which one is the other from some day on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from experiments.prepare import Prepared, prepare
from sim.model import RegionModel
from sim.parameters import Parameters
from tests.model.digest import RUN_IN, STORM, differences, digest, forced, state

SCALE = 0.01

FIRST = """
id = "first"
extends = "twente-deltaplan"
label = {nl = "Eerst", en = "First"}
years = 2

[interventions.digital_triage]
start = 2025-01-01
adoption_months = 6

[interventions.passant_care]
start = 2025-02-01

[events.tourist_season]
date = 2025-02-01
municipality = "Losser"
first = 2
"""

SECOND = """
id = "second"
extends = "first"
label = {nl = "Dan", en = "Then"}
years = 3

[interventions.digital_triage]
end = 2025-04-01

[interventions.housing]
start = 2025-03-01

[interventions.link_workers]
start = 2025-04-01
adoption_months = 3

[events.owner_stops]
date = 2025-03-01
practice = 0
notice = 1
"""


@cache
def ready(folder: Path, name: str) -> Prepared:
    """``first`` or ``second``, prepared."""
    for id, text in (("first", FIRST), ("second", SECOND)):
        (folder / f"{id}.toml").write_text(text, encoding="utf-8")
    return prepare(str(folder / f"{name}.toml"), seed=1)


def parameters_of(prepared: Prepared) -> Parameters:
    """A short run-in and a storm: in some months there is about everything that there can be."""
    return forced(prepared.parameters.replace(RUN_IN), STORM)


def world(prepared: Prepared, days: int = 0, *, scale: float = SCALE, check: bool = False) -> RegionModel:
    """A part of Twente after some days of a scenario."""
    parameters = parameters_of(prepared)
    model = RegionModel(prepared.region, prepared.scenario, parameters, seed=1, scale=scale, check=check)
    model.advance(days)
    return model


def unlike(one: RegionModel, other: RegionModel) -> list[str]:
    """In what two models differ: names of arrays, or the digest alone."""
    found = differences(one, other)
    return found if found or digest(one) == digest(other) else ["digest"]


def rows(model: RegionModel) -> int:
    """How many rows all tables hold."""
    return sum(np.size(column) for name, column in state(model).items() if name.startswith("table "))
