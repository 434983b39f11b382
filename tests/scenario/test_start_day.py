"""A region that describes another day than 1 January 2025: what begins then, and what is refused."""

from __future__ import annotations

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from sim.dates import month_of
from sim.interventions.registry import kinds
from sim.parameters import load_parameters
from sim.region import RegionError, load_region
from sim.region.population import synthesise
from sim.scenario import ScenarioError, load_scenario

SHIPPED = Path(str(resources.files("scenarios")))
BACK = SHIPPED / "backcast" / "twente-2018.toml"
FOLDER = SHIPPED / "backcast" / "regions" / "twente-2018"


def test_the_run_begins_on_the_day_that_the_region_describes() -> None:
    assert load_region(FOLDER).describes == date(2018, 1, 1)
    loaded = load_scenario(BACK, SHIPPED, kinds=kinds())
    assert loaded.start == date(2018, 1, 1) and loaded.years == 7


def test_the_start_need_not_be_written(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "regions" / "twente-2018")
    file = tmp_path / "mine.toml"
    file.write_text('id = "mine"\nregion = "twente-2018"\nlabel = {nl = "m", en = "m"}\n', encoding="utf-8")
    assert load_scenario(file, SHIPPED).start == date(2018, 1, 1)


def test_another_start_is_refused_with_the_right_one(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "regions" / "twente-2018")
    file = tmp_path / "mine.toml"
    text = 'id = "mine"\nregion = "twente-2018"\nstart = 2025-01-01\nlabel = {nl = "m", en = "m"}\n'
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"2025-01-01 cannot be simulated.*write start = 2018-01-01"):
        load_scenario(file, SHIPPED)


def test_a_region_describes_a_first_of_january(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "twente-2018")
    text = (folder / "region.toml").read_text(encoding="utf-8")
    (folder / "region.toml").write_text(text.replace("describes = 2018-01-01", "describes = 2018-07-01"), "utf-8")
    with pytest.raises(RegionError, match=r"region.toml, describes: .*a first of January"):
        load_region(folder)


def test_people_are_as_old_as_they_were_then() -> None:
    parameters = load_parameters()
    region = load_region(FOLDER, parameters)
    people = synthesise(region, parameters, 1, 0.02)
    age = (month_of(date(2018, 1, 1)) - people["birth_month"].astype(np.int64)) / 12
    assert age.min() >= 0.0 and np.mean(age < 1.0) > 0.005
    published = sum(sum(town.ages[4:]) * town.population for town in region.municipalities) / region.population
    assert np.mean(age >= 65.0) == pytest.approx(published, abs=0.005)


def test_owners_are_those_that_the_region_gives() -> None:
    from experiments.prepare import prepare
    from experiments.run import new_model
    from sim.agents.gp import GP
    from sim.region.practice_staff import GPRole

    prepared = prepare(str(BACK), seed=1, years=1)
    model = new_model(prepared, check=False, scale=0.1)
    gps = list(model.agents_by_type[GP])
    owners = sum(one.role == GPRole.OWNER for one in gps)
    regular = sum(one.role != GPRole.CHANGING_LOCUM for one in gps)
    assert owners / regular == pytest.approx(287 / 369, abs=0.02)
    assert model.today == date(2018, 1, 1)
