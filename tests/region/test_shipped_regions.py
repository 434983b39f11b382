"""The regions beside Twente: who lives there, what lies over water, and distances against published ones."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from experiments.prepare import prepare
from experiments.run import new_model
from sim.parameters import Parameters
from sim.region import Region, load_region
from sim.region.network import ROAD_KINDS
from sim.region.population import START_MONTH
from sim.region.practice_sites import place_practices
from sim.region.travel import distance_report
from tests.model.digest import RUN_IN
from tests.region.scatter import inhabitants
from tests.repository.tree import ROOT

REGIONS = {
    "friesland": (654_019, 18, 192, 5),
    "zeeland": (386_767, 13, 106, 5),
    "noord-holland-noord": (633_684, 15, 101, 4),
    "drenthe": (497_743, 12, 113, 4),
}
"""Inhabitants, municipalities, places and posts (a closed one too)."""


@pytest.fixture(scope="module")
def regions(shipped: Parameters) -> dict[str, Region]:
    return {name: load_region(ROOT / "scenarios" / "regions" / name, shipped) for name in REGIONS}


def node(region: Region, name: str) -> int:
    return next(k for k, place in enumerate(region.node_place) if region.places[place].name == name)


def minutes(region: Region, a: str, b: str) -> float:
    return float(region.car_minutes[node(region, a), node(region, b)])


def km(region: Region, a: str, b: str) -> float:
    return float(region.road_km[node(region, a), node(region, b)])


def distances(region: Region, parameters: Parameters, seed: int = 1) -> dict[tuple[str, str], float]:
    count = round(region.setting("practices"))
    sites = place_practices(region, parameters, count, seed, START_MONTH)
    rows = distance_report(region, *inhabitants(region, one_in=20), sites.node, sites.x, sites.y)
    return {(row.facility, row.area): row.km for row in rows}


@pytest.mark.parametrize("name", REGIONS)
def test_everybody_is_there(regions: dict[str, Region], name: str) -> None:
    region = regions[name]
    found = (region.population, len(region.municipalities), len(region.places), len(region.post_name))
    assert found == REGIONS[name]
    assert int(region.node_population.sum()) == region.population
    named = {source.file for source in region.sources}
    assert named == {path.name for path in (ROOT / "scenarios" / "regions" / name).glob("*.csv")}
    assert all(source.grade == "C" for source in region.sources if source.text.startswith(("Assumption", "Derived")))


def test_the_wadden_islands_are_reached_by_ferry_only(regions: dict[str, Region]) -> None:
    for name, quays in (
        ("friesland", {"Harlingen", "Holwert", "Eanjum"}),
        ("noord-holland-noord", {"Den Helder"}),
    ):
        region = regions[name]
        island = np.array([bool(region.places[k].island) for k in region.node_place])
        over = [(i, j, kind) for i, j, kind in region.graph.edges(data="kind") if island[i] != island[j]]
        assert {kind for _, _, kind in over} == {"ferry"}
        ends = {region.places[region.node_place[i if not island[i] else j]].name for i, j, _ in over}
        assert ends == quays
        lands = {region.places[k].island for k in region.node_place}
        assert len(over) == len(lands) - 1, "one ferry to each island"
        assert len(np.unique(region.shore)) == len(lands)
    assert minutes(regions["friesland"], "West-Terschelling", "Harlingen") > 120


def test_zeeland_is_crossed_by_its_tunnel_bridges_and_dams_only(regions: dict[str, Region]) -> None:
    region = regions["zeeland"]
    land = [region.places[k].island for k in region.node_place]
    crossings = {
        frozenset((region.places[region.node_place[i]].name, region.places[region.node_place[j]].name)): kind
        for i, j, kind in region.graph.edges(data="kind")
        if land[i] != land[j]
    }
    flemish = {pair for pair in crossings if "Zeeuws-Vlaanderen" in {land[node(region, name)] for name in pair}}
    assert flemish == {frozenset(("Terneuzen", "Driewegen")), frozenset(("Vlissingen", "Breskens"))}
    assert crossings[frozenset(("Vlissingen", "Breskens"))] == "foot_ferry"
    assert len(crossings) == 10
    roads = nx.Graph([(i, j) for i, j, kind in region.graph.edges(data="kind") if kind in ROAD_KINDS])
    tunnel = [(i, j) for i, j in roads.edges if {land[i], land[j]} == {"", "Zeeuws-Vlaanderen"}]
    roads.remove_edges_from(tunnel)
    assert len(tunnel) == 1 and nx.number_connected_components(roads) == 2, "without the tunnel nobody drives over"
    assert km(region, "Vlissingen", "Breskens") > 50, "by car round by the tunnel"
    a, b = node(region, "Vlissingen"), node(region, "Breskens")
    assert region.bicycle_minutes[a, b] < 60 < 2 * region.car_minutes[a, b], "and by bicycle straight over"
    assert 22 <= minutes(region, "Oostburg", "Terneuzen") <= 36, "about half an hour (NOS 2024)"


def test_a_dam_or_tunnel_is_as_long_as_it_says(regions: dict[str, Region]) -> None:
    region = regions["zeeland"]
    a, b = node(region, "Terneuzen"), node(region, "Driewegen")
    ends = [k for k, place in enumerate(region.node_place) if region.places[place].name == "Terneuzen"]
    assert min(float(region.road_km[end, b]) for end in ends) == pytest.approx(16.5)
    assert not region.joined[a, b], "the way there is no straight line"


@pytest.mark.parametrize("name", REGIONS)
def test_a_practice_is_about_a_kilometre_away(regions: dict[str, Region], shipped: Parameters, name: str) -> None:
    found = distances(regions[name], shipped)
    assert 0.7 <= found["practice", name] <= 1.5, "1.0 to 1.1 km nationally"
    for item in regions[name].published:
        if item.facility == "post" and item.area != "national":
            assert 0.6 < found["post", item.area] / item.km < 1.5, item


def test_published_distances(regions: dict[str, Region], shipped: Parameters) -> None:
    """Posts over the border count: without Hardenberg Coevorden is at 18 km."""
    drenthe = distances(regions["drenthe"], shipped)
    assert drenthe["practice", "Midden-Drenthe"] == pytest.approx(2.5, abs=0.5)
    assert drenthe["practice", "Meppel"] == pytest.approx(1.0, abs=0.4)
    assert drenthe["post", "Coevorden"] == pytest.approx(14.8, abs=1.5)
    assert drenthe["post", "Borger-Odoorn"] == pytest.approx(11.6, abs=1.5)
    holland = distances(regions["noord-holland-noord"], shipped)
    assert holland["practice", "Texel"] == pytest.approx(3.0, abs=0.8)
    friesland = distances(regions["friesland"], shipped)
    assert friesland["practice", "Vlieland"] == pytest.approx(0.6, abs=0.3)
    assert friesland["practice", "Schiermonnikoog"] == pytest.approx(0.4, abs=0.3)
    assert friesland["post", "Terschelling"] == pytest.approx(63, abs=6)


def test_practices_that_are_known_stand_where_they_are_known(regions: dict[str, Region], shipped: Parameters) -> None:
    for name, where in (("friesland", "Oost-Vlieland"), ("drenthe", "Barger-Compascuum")):
        region = regions[name]
        for seed in (1, 2):
            count = round(region.setting("practices"))
            sites = place_practices(region, shipped, count, seed, START_MONTH)
            assert len(sites.node) == count
            assert node(region, where) in sites.node.tolist()
        tenth = place_practices(region, shipped, count // 10, 1, START_MONTH)
        assert node(region, where) not in tenth.node.tolist(), "a part of a region has a part of its practices"


@pytest.mark.parametrize("name", REGIONS)
def test_a_part_of_the_region_runs_and_nobody_is_lost(name: str) -> None:
    ready = prepare(name, seed=1, years=1, parameters=RUN_IN)
    model = new_model(ready, check=True, scale=0.02)
    model.advance(60)
    assert model.people.alive[: model.people.n].sum() == pytest.approx(0.02 * ready.region.population, rel=0.05)
    assert model.ledger.practice.sum() > 0


def test_every_region_has_a_folder_here() -> None:
    folders = {path.name for path in Path(ROOT / "scenarios" / "regions").iterdir() if path.is_dir()}
    assert folders == {"twente", *REGIONS}, "each has a line in REGIONS above"
