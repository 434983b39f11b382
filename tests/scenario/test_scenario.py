"""Good scenarios: extending, hashing, parameters, interventions, schema."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.parameters import Parameters, load_parameters
from sim.scenario import (
    ScenarioError,
    list_regions,
    list_scenarios,
    load_scenario,
    region_folder,
    scenario_hash,
    scenario_schema,
)
from tests.scenario.files import catalogue, scenario_text

PARAMETERS: Parameters = load_parameters()
SHIPPED = Path(__file__).parents[2] / "scenarios"


class TinyPractice(BaseModel):
    """Keys of an intervention that exists only here."""

    model_config = ConfigDict(extra="forbid", strict=True)

    count: int = Field(1, ge=1, le=20)
    start: date = date(2026, 1, 1)


class SelfTriage(BaseModel):
    """Another one."""

    model_config = ConfigDict(extra="forbid", strict=True)

    share: float = 0.2


REGISTRY = {"tiny_practice": TinyPractice, "self_triage": SelfTriage}


def test_shipped_baseline() -> None:
    scenario = load_scenario("twente", SHIPPED, PARAMETERS)
    assert (scenario.region, scenario.years, scenario.capacity_mode) == ("twente", 10, "bounded")
    assert scenario.start == date(2025, 1, 1)
    assert scenario.parameters == {}
    assert scenario.interventions == ()
    assert region_folder(scenario.region, SHIPPED).name == "twente"


def test_every_shipped_scenario_loads() -> None:
    names = list_scenarios(SHIPPED)
    assert "twente" in names
    assert list_regions(SHIPPED) == sorted(item.name for item in (SHIPPED / "regions").iterdir() if item.is_dir())
    for name in names:
        assert load_scenario(name, SHIPPED, PARAMETERS).id == name


def test_extending_changes_only_what_is_listed(tmp_path: Path) -> None:
    folder = catalogue(
        tmp_path,
        base=scenario_text(
            "base", 'region = "twente"\nyears = 8\n[parameters]\n"region.detour" = 1.25\n"region.car_access" = 3'
        ),
        middle=scenario_text("middle", 'extends = "base"\ncapacity_mode = "hard"\n[parameters.region]\ndetour = 1.3'),
        leaf=scenario_text("leaf", 'extends = "middle"\nyears = 2'),
    )
    scenario = load_scenario("leaf", folder, PARAMETERS)
    assert (scenario.id, scenario.label.en, scenario.extends) == ("leaf", "leaf in English", "middle")
    assert (scenario.region, scenario.years, scenario.capacity_mode) == ("twente", 2, "hard")
    assert scenario.parameters == {"region.detour": 1.3, "region.car_access": 3.0}


def test_hash_tells_assumptions_apart_and_nothing_else(tmp_path: Path) -> None:
    folder = catalogue(
        tmp_path,
        base=scenario_text("base", 'region = "twente"'),
        same=scenario_text("same", 'region = "twente"\nyears = 10\nstart = 2025-01-01\ncapacity_mode = "bounded"'),
        extended=scenario_text("extended", 'extends = "base"'),
        table=scenario_text("table", 'extends = "base"\n[parameters.region]\ncar_access = 3'),
        quoted=scenario_text("quoted", 'extends = "base"\n[parameters]\n"region.car_access" = 3.0'),
        other=scenario_text("other", 'extends = "base"\nyears = 9'),
    )
    found = {name: scenario_hash(load_scenario(name, folder, PARAMETERS)) for name in list_scenarios(folder)}
    assert found["base"] == found["same"] == found["extended"]
    assert found["table"] == found["quoted"]
    assert len({found["base"], found["table"], found["other"]}) == 3
    assert all(len(value) == 64 and int(value, 16) >= 0 for value in found.values())


def test_hash_of_the_canonical_form_does_not_drift(tmp_path: Path) -> None:
    # Written out by hand: a change of the canonical form would orphan stored results, so it has to be deliberate.
    import hashlib

    text = (
        '{"capacity_mode":"bounded","interventions":[],"parameters":{"region.detour":1.25},"region":"twente",'
        '"start":"2025-01-01","years":10}'
    )
    folder = catalogue(tmp_path, a=scenario_text("a", 'region = "twente"\n[parameters]\n"region.detour" = 1.25'))
    assert scenario_hash(load_scenario("a", folder, PARAMETERS)) == hashlib.sha256(text.encode()).hexdigest()


def test_file_outside_the_catalogue_extends_a_name_in_it(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "catalogue", base=scenario_text("base", 'region = "twente"\nyears = 4'))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "near.toml").write_text(scenario_text("near", 'extends = "base"'), encoding="utf-8")
    (mine / "far.toml").write_text(scenario_text("far", 'extends = "../mine/near.toml"'), encoding="utf-8")
    (mine / "base.toml").write_text(scenario_text("base", 'extends = "base"\nyears = 5'), encoding="utf-8")
    assert load_scenario(mine / "far.toml", folder, PARAMETERS).years == 5, "a base beside the file goes first"
    assert load_scenario(str(mine / "base.toml"), folder, PARAMETERS).years == 5, "the same name means the catalogue's"


def test_region_beside_a_scenario_file(tmp_path: Path) -> None:
    folder = catalogue(tmp_path / "catalogue")
    own = tmp_path / "mine" / "regions" / "eiland"
    own.mkdir(parents=True)
    (own / "region.toml").write_text("", encoding="utf-8")
    path = tmp_path / "mine" / "eiland.toml"
    path.write_text(scenario_text("eiland", 'region = "eiland"'), encoding="utf-8")
    assert load_scenario(path, folder, PARAMETERS).region == "eiland"
    assert region_folder("eiland", path.parent, folder) == own
    with pytest.raises(ScenarioError, match="there is no region 'eiland'"):
        region_folder("eiland", folder)


def test_a_scenario_cannot_be_changed() -> None:
    scenario = load_scenario("twente", SHIPPED, PARAMETERS)
    with pytest.raises(ValidationError):
        scenario.years = 3


def test_interventions_fill_in_defaults_and_follow_extends(tmp_path: Path) -> None:
    folder = catalogue(
        tmp_path,
        base=scenario_text(
            "base",
            'region = "twente"\n[[interventions]]\nkind = "tiny_practice"\ncount = 3\n'
            '[[interventions]]\nkind = "self_triage"',
        ),
        leaf=scenario_text(
            "leaf",
            'extends = "base"\n[[interventions]]\nid = "tiny_practice"\ncount = 5\n'
            '[[interventions]]\nkind = "self_triage"\nremove = true\n'
            '[[interventions]]\nkind = "tiny_practice"\nid = "second"',
        ),
    )
    base = load_scenario("base", folder, PARAMETERS, REGISTRY)
    assert base.interventions == (
        {"kind": "tiny_practice", "id": "tiny_practice", "count": 3, "start": "2026-01-01"},
        {"kind": "self_triage", "id": "self_triage", "share": 0.2},
    )
    leaf = load_scenario("leaf", folder, PARAMETERS, REGISTRY)
    assert [(item["id"], item.get("count")) for item in leaf.interventions] == [("tiny_practice", 5), ("second", 1)]
    assert scenario_hash(base) != scenario_hash(leaf)


def test_schema_knows_ranges_regions_and_interventions() -> None:
    schema = scenario_schema(PARAMETERS, ["twente"], REGISTRY)
    json.dumps(schema, allow_nan=False)
    properties = schema["properties"]
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"id", "label"}
    assert "twente" in properties["region"]["enum"]
    detour = properties["parameters"]["properties"]["region.detour"]
    assert (detour["type"], detour["minimum"], detour["maximum"]) == ("number", 1.0, 1.35)
    assert set(properties["parameters"]["properties"]) == set(PARAMETERS)
    kinds = {item["properties"]["kind"]["const"] for item in properties["interventions"]["items"]["oneOf"]}
    assert kinds == set(REGISTRY)
    assert scenario_schema(PARAMETERS)["properties"]["interventions"]["items"] is False
