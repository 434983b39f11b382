"""Good scenarios: extending, hashing, parameters, interventions, schema."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from sim.interventions.registry import kinds
from sim.parameters import Parameters, load_parameters
from sim.scenario import (
    Kinds,
    ScenarioError,
    check_scenario,
    list_regions,
    list_scenarios,
    load_scenario,
    region_folder,
    scenario_hash,
    scenario_schema,
)
from tests.interventions.samples import SAMPLES, TINY
from tests.scenario.files import SHIPPED, catalogue, scenario_text

PARAMETERS: Parameters = load_parameters()


KINDS = Kinds(
    {id: one for id, one in SAMPLES.items() if not one.event}, {id: one for id, one in SAMPLES.items() if one.event}
)


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
        assert load_scenario(name, SHIPPED, PARAMETERS, kinds()).id == name


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


def test_tables_fill_in_defaults_and_follow_extends(tmp_path: Path) -> None:
    folder = catalogue(
        tmp_path,
        base=scenario_text(
            "base",
            'region = "twente"\n[interventions.sample_tiny]\ncount = 3\nstyle = "own"\n'
            '[events.flood]\nkind = "sample_wave"\ndate = 2027-01-01\ntown = "Borne"',
        ),
        leaf=scenario_text(
            "leaf",
            'extends = "base"\n[interventions.sample_tiny]\ncount = 5\n[events.flood]\nremove = true\n'
            '[interventions.second]\nkind = "sample_tiny"\nstart = 2026-02-01\nmunicipalities = ["Almelo"]',
        ),
    )
    base = load_scenario("base", folder, PARAMETERS, KINDS)
    (tiny,), (flood,) = base.interventions, base.events
    assert tiny == {
        "id": "sample_tiny", "kind": "sample_tiny", "start": "2025-01-01", "end": None, "adoption_months": 12,
        "reach": 0.5, "municipalities": None, "practices": None, "size": 0.8, "reminders": 0.9, "count": 3,
        "style": "own", "build": 50_000.0, "rent": 8_500.0,
    }  # fmt: skip
    assert (flood["kind"], flood["date"], flood["rise"], flood["post"]) == ("sample_wave", "2027-01-01", 1.2, None)
    leaf = load_scenario("leaf", folder, PARAMETERS, KINDS)
    assert [(one["id"], one["count"], one["style"]) for one in leaf.interventions] == [
        ("sample_tiny", 5, "own"),
        ("second", 3, "shared"),
    ]
    assert leaf.events == ()
    assert len({scenario_hash(one) for one in (base, leaf)}) == 2


def test_another_kind_begins_anew(tmp_path: Path) -> None:
    folder = catalogue(
        tmp_path,
        base=scenario_text("base", 'region = "twente"\n[interventions.one]\nkind = "sample_tiny"\ncount = 7'),
        leaf=scenario_text("leaf", 'extends = "base"\n[interventions.one]\nkind = "sample_other"'),
    )
    kinds = Kinds({**KINDS.interventions, "sample_other": replace(TINY, id="sample_other")})
    (one,) = load_scenario("leaf", folder, PARAMETERS, kinds).interventions
    assert (one["kind"], one["count"]) == ("sample_other", 3)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[1:])
def test_the_order_of_tables_is_no_part_of_a_scenario(order: tuple[int, ...], tmp_path: Path) -> None:
    tables = [f'[interventions.{id}]\nkind = "sample_tiny"\n' for id in ("b", "a", "c")]

    def hash_of(name: str, order: tuple[int, ...]) -> str:
        rest = 'region = "twente"\n' + "".join(tables[k] for k in order)
        path = tmp_path / f"{name}.toml"
        path.write_text(scenario_text(name, rest), encoding="utf-8")
        return scenario_hash(load_scenario(path, SHIPPED, PARAMETERS, KINDS))

    assert hash_of("one", (0, 1, 2)) == hash_of("other", order)


def test_a_date_within_a_month_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    rest = 'region = "twente"\n[interventions.sample_tiny]\nstart = 2026-03-04\nend = 2027-01-01'
    path.write_text(scenario_text("a", rest), encoding="utf-8")
    checked = check_scenario(path, SHIPPED, PARAMETERS, KINDS)
    assert checked.scenario is not None and checked.faults == ()
    (note,) = checked.notes
    assert "interventions.sample_tiny.start" in str(note) and "takes effect on 2026-04-01" in str(note)


def test_schema_knows_ranges_regions_and_tables() -> None:
    schema = scenario_schema(PARAMETERS, ["twente"], KINDS)
    json.dumps(schema, allow_nan=False)
    properties = schema["properties"]
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"id", "label"}
    assert "twente" in properties["region"]["enum"]
    detour = properties["parameters"]["properties"]["region.detour"]
    assert detour == properties["parameters"]["properties"]["region"]["properties"]["detour"]
    assert (detour["type"], detour["minimum"], detour["maximum"]) == ("number", 1.0, 1.35)
    assert set(properties["parameters"]["properties"]) >= set(PARAMETERS)
    assert set(properties["interventions"]["properties"]) == set(KINDS.interventions)
    tiny = schema["$defs"]["interventions.sample_tiny"]
    assert tiny["additionalProperties"] is False
    assert (tiny["properties"]["count"]["minimum"], tiny["properties"]["count"]["maximum"]) == (1, 20)
    assert tiny["properties"]["kind"] == {"const": "sample_tiny"}
    assert "date" in schema["$defs"]["events.sample_wave"]["properties"]
    assert scenario_schema(PARAMETERS)["properties"]["interventions"]["additionalProperties"] is False
