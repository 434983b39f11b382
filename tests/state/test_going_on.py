"""A saved, loaded and continued run is the unbroken one, to the bit; also under a scenario that differs since."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.prepare import prepare
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
    assert len(unlike(unbroken["first"], unbroken["second"])) > 20
    kinds = set(unbroken["first"].ledger.tables()["events"]["kind"].tolist())
    assert len(kinds) > 8


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
    over = {"years": 1, "start": scenario.start.replace(year=2024)}  # ended before the state's date
    with pytest.raises(StateError, match="start is 2024-01-01, was 2025-01-01, which acts from the start of the run"):
        load_state(folder / "march", scenario=scenario.model_copy(update=over))
    assert fork(march, scenario.model_copy(update={"years": 1})).days_total == 365


def test_within_a_month_nothing_branches(march: RegionModel, folder: Path) -> None:
    twin = fork(march, march.assumed)
    twin.advance(10)
    with pytest.raises(StateError, match=r"first of a month.*2025-03-11 is none"):
        take_up(twin, ready(folder, "second").scenario)
    with pytest.raises(StateError, match=r"2025-03-11 is none, take 2025-04-01"):
        save_state(twin, folder / "never")
    assert not (folder / "never").exists()


def test_what_differs_before_is_named_with_its_date(march: RegionModel, folder: Path) -> None:
    prepared = ready(folder, "first")

    def refused(**changes: Any) -> str:
        with pytest.raises(StateError) as error:
            load_state(folder / "march", scenario=prepared.scenario.model_copy(update=changes))
        return str(error.value)

    kept = [one for one in prepared.scenario.interventions if one["id"] != "passant_care"]
    assert "interventions.passant_care is absent, was passant_care, which acts from 2025-02-01" in refused(
        interventions=tuple(kept)
    )
    assert "let it begin on 2025-03-01 or later" in refused(events=())
    assert "capacity_mode is hard, was bounded" in refused(capacity_mode="hard")
    message = refused(parameters={"care.no_show": 0.05})
    assert "parameters.care.no_show is 0.05, was absent, which acts from the start of the run" in message
    assert "use an intervention or event" in message
    with pytest.raises(StateError, match=r"parameters.care.no_show is 0.05, was 0.03"):
        load_state(folder / "march", parameters=parameters_of(prepared).replace({"care.no_show": 0.05}))


@pytest.mark.parametrize(("what", "value"), [("seed", 2), ("share", 1.0)])
def test_another_world_is_refused(march: RegionModel, folder: Path, what: str, value: Any) -> None:
    with pytest.raises(StateError, match=f"{what}.* not {value}; a state goes on in its own world only"):
        load_state(folder / "march", **{what: value})


def test_another_region_is_refused(march: RegionModel, folder: Path) -> None:
    region = ready(folder, "first").region
    other = dataclasses.replace(region, car_minutes=region.car_minutes + np.float32(1.0))
    with pytest.raises(StateError, match="region data"):
        load_state(folder / "march", region=other)


def test_a_state_of_a_state_is_of_the_same_world(tmp_path: Path) -> None:
    """A region without posts over the border holds empty arrays, which are one object once they were read."""
    one = prepare("achterhoek", seed=1, years=1, share=0.005)
    model = RegionModel(one.region, one.scenario, one.parameters, seed=1, scale=one.share)
    model.advance(31)
    for month, days in (("february", 28), ("march", 31)):
        save_state(model, tmp_path / month)
        model = load_state(tmp_path / month, scenario=one.scenario, region=one.region, seed=1, share=one.share)
        model.advance(days)
    whole = RegionModel(one.region, one.scenario, one.parameters, seed=1, scale=one.share)
    whole.advance(90)
    assert not unlike(model, whole)
