"""A saved, loaded and continued run is the unbroken one, to the bit; also under a scenario that differs from then on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.model import RegionModel
from sim.scenario import first_difference
from sim.state import StateError, fork, load_state, save_state, take_up
from tests.model.test_exactness import ROOT
from tests.state.worlds import SCALE, parameters_of, ready, rows, unlike, world

MARCH, MORE = 59, 70  # the state's day, and days after it: two more months begin


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("states")


@pytest.fixture(scope="module")
def march(folder: Path) -> RegionModel:
    """The first scenario on 1 March, saved in ``folder / "march"``."""
    model = world(ready(folder, "first"), MARCH)
    save_state(model, folder / "march")
    return model


@pytest.fixture(scope="module")
def unbroken(march: RegionModel, folder: Path) -> dict[str, RegionModel]:
    return {name: world(ready(folder, name), MARCH + MORE) for name in ("first", "second")}


def test_the_scenarios_branch_where_they_are_taken_apart(folder: Path) -> None:
    one, other = ready(folder, "first"), ready(folder, "second")
    day = first_difference(one.scenario, other.scenario)
    assert day is not None and day.isoformat() == "2025-03-01"


def test_much_happens_and_the_scenarios_differ(unbroken: dict[str, RegionModel]) -> None:
    found = unlike(unbroken["first"], unbroken["second"])
    assert {"table region_week.days", "events"} & set(found) == set()
    assert "people practice" in found or len(found) > 5


@pytest.mark.parametrize("name", ["first", "second"])
def test_loaded_and_continued(march: RegionModel, unbroken: dict[str, RegionModel], folder: Path, name: str) -> None:
    prepared = ready(folder, name)
    model = load_state(
        folder / "march",
        scenario=prepared.scenario,
        parameters=parameters_of(prepared),
        region=prepared.region,
        seed=1,
        share=SCALE,
    )
    assert model.day == MARCH and unlike(model, march) == []
    assert (model.days_total, model.calendar.days) == (unbroken[name].days_total, unbroken[name].calendar.days)
    model.advance(MORE)
    assert rows(model) > rows(march)
    assert unlike(model, unbroken[name]) == []
    assert model.care.calendar is model.calendar


def test_under_its_own_scenario_when_none_is_given(
    march: RegionModel, unbroken: dict[str, RegionModel], folder: Path
) -> None:
    model = load_state(folder / "march")
    model.advance(MORE)
    assert unlike(model, unbroken["first"]) == []


def test_a_state_of_a_loaded_run(march: RegionModel, unbroken: dict[str, RegionModel], folder: Path) -> None:
    again = load_state(folder / "march", scenario=ready(folder, "second").scenario)
    again.advance(31)
    save_state(again, folder / "april")
    model = load_state(folder / "april")
    model.advance(MORE - 31)
    assert unlike(model, unbroken["second"]) == []


def test_forked_in_memory(march: RegionModel, unbroken: dict[str, RegionModel], folder: Path) -> None:
    before = unlike(march, march), march.day, march.assumed.id
    twin = fork(march, ready(folder, "second").scenario)
    twin.advance(MORE)
    assert unlike(twin, unbroken["second"]) == []
    assert (unlike(march, march), march.day, march.assumed.id) == before


def test_from_the_first_day_building_and_run_in_are_shared(folder: Path) -> None:
    prepared = ready(folder, "first")
    save_state(world(prepared), folder / "start")
    model = load_state(folder / "start")
    model.advance(40)
    assert unlike(model, world(prepared, 40)) == []


def test_conservation_may_be_asserted_from_there_on(march: RegionModel, folder: Path) -> None:
    model = load_state(folder / "march", check=True)
    assert model.check and not march.check
    model.advance(3)


LOAD = """
import sys
from sim.state import load_state
from tests.model.digest import digest
model = load_state(sys.argv[1])
model.advance(int(sys.argv[2]))
print(digest(model))
"""


def test_in_another_process_under_another_hash_seed(
    march: RegionModel, unbroken: dict[str, RegionModel], folder: Path
) -> None:
    from tests.model.digest import digest

    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(folder / "march"), str(MORE)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.strip() == digest(unbroken["first"]), done.stderr


# What is refused ------------------------------------------------------------------------------------------------------


def test_a_scenario_that_ends_before(march: RegionModel, folder: Path) -> None:
    scenario = ready(folder, "first").scenario
    april = world(ready(folder, "first"), 0, scale=0.002)
    april.days_total, april.assumed = 365 * 2, scenario
    short = scenario.model_copy(update={"years": 1})
    take_up(april, short)
    assert april.days_total == 365
    with pytest.raises(StateError, match="not the first|first of a month"):
        april.advance(10)
        take_up(april, scenario)
