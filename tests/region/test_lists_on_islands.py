"""Lists behind a ferry: an island's practice serves the island, and nobody is counted over the water."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.prepare import prepare
from sim.model import RegionModel
from tests.model.digest import RUN_IN


def test_an_island_registers_with_its_own_practice() -> None:
    ready = prepare("friesland", seed=1, years=1, parameters=RUN_IN)
    model = RegionModel(ready.region, ready.scenario, ready.parameters, seed=1)
    region, people = model.region, model.people
    rows = people.rows
    practice = people.practice[rows]
    home, at = region.shore[people.node[rows]], region.shore[model.plan.sites.node]
    registered = practice >= 0
    assert len(np.unique(at)) == 5, "each island has one at least"
    own = at[practice[registered]] == home[registered]
    assert own.mean() > 0.9999
    for island in range(1, 5):
        here = registered & (home == island)
        lists = np.bincount(practice[registered], minlength=at.size)[at == island]
        assert lists.sum() == pytest.approx(here.sum(), rel=0.01)
