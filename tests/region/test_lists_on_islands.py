"""Lists behind a ferry: an island's practice serves the island, and no list fills over the water."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from experiments.prepare import prepare
from sim.model import RegionModel
from tests.model.digest import RUN_IN
from tests.region.islands import make_islands

_LEVELS = {"practices": 7, "gps_regular": 13, "gps_changing_locum": 2, "gp_fte_owner_employed": 11, "list_over_norm": 1}


def model_of(folder: Path, practices: str) -> RegionModel:
    """The region of islands with 23,000 people ashore and 2,000 on the island, on its first day."""
    (folder / "regions").mkdir()
    region = make_islands(folder / "regions")
    file = region / "region.toml"
    text = file.read_text(encoding="utf-8")
    for level, value in _LEVELS.items():
        text = re.sub(rf"(\[start\.{level}\]\nvalue = )2", rf"\g<1>{value}", text)
    if practices:
        text += '[[sources]]\nfile = "practices.csv"\nyear = 2025\ngrade = "C"\ntext = "made up"\n'
        (region / "practices.csv").write_text(practices, encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    scenario = folder / "islands.toml"
    scenario.write_text(
        'id = "islands"\nregion = "islands"\nstart = 2025-01-01\nlabel = {nl = "E", en = "I"}\n', encoding="utf-8"
    )
    ready = prepare(str(scenario), seed=1, years=1, parameters=RUN_IN)
    return RegionModel(ready.region, ready.scenario, ready.parameters, seed=1)


def test_an_island_registers_with_its_own_practice(tmp_path: Path) -> None:
    model = model_of(tmp_path, "place,practices\nWest,1\n")
    region, people = model.region, model.people
    rows = people.rows
    practice = people.practice[rows]
    home, at = region.shore[people.node[rows]], region.shore[model.plan.sites.node]
    assert np.bincount(at).tolist() == [6, 1]
    registered = practice >= 0
    assert (at[practice[registered]] == home[registered]).all(), "nobody sails to a GP"
    island = registered & (home == 1)
    assert np.bincount(practice[registered])[at == 1].sum() == island.sum() > 1900
    assert model.plan.target_list[at == 1].sum() == pytest.approx(island.sum(), rel=0.02), "it aims at no more"


def test_an_island_without_a_practice_sails(tmp_path: Path) -> None:
    model = model_of(tmp_path, "place,practices\nTown,7\n")
    region, people = model.region, model.people
    rows = people.rows
    assert set(region.shore[model.plan.sites.node].tolist()) == {0}
    away = region.shore[people.node[rows]] == 1
    assert (people.practice[rows][away] >= 0).mean() > 0.95
