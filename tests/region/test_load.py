"""Twente as loaded: everyone there, towns split, sources named; and a region of islands."""

from __future__ import annotations

import copy
import pickle
import shutil
from importlib import resources
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from sim.parameters import Parameters
from sim.region import AGE_BAND_STARTS, Region, RegionError, load_region, region_hash
from sim.region.nodes import Density, Plane, Town, built_up_radius, great_circle_km, make_nodes
from tests.region.broken import append, both, replace, write
from tests.region.conftest import TWENTE
from tests.region.islands import make_islands


def test_everyone_lives_somewhere(twente: Region) -> None:
    assert twente.population == 633_917
    assert len(twente.municipalities) == 14
    assert len(twente.places) == 61
    assert len(twente.post_name) == 3
    assert int(twente.node_population.sum()) == 633_917
    for k, place in enumerate(twente.places):
        assert int(twente.node_population[twente.node_place == k].sum()) == place.population
    for k, municipality in enumerate(twente.municipalities):
        assert int(twente.node_population[twente.node_municipality == k].sum()) == municipality.population
        assert sum(municipality.ages) == pytest.approx(1, abs=1e-12)
        assert municipality.deprived.low <= municipality.deprived.value <= municipality.deprived.high


def test_towns_are_split_into_districts(twente: Region) -> None:
    count = np.bincount(twente.node_place)
    for k, place in enumerate(twente.places):
        assert count[k] == (max(2, round(place.population / 10_000)) if place.population > 20_000 else 1), place.name
    enschede = [k for k, name in enumerate(twente.node_name) if name.startswith("Enschede ")]
    assert len(enschede) == 14
    assert np.ptp(twente.node_population[enschede]) <= 1
    near = np.hypot(
        twente.node_x[enschede][:, None] - twente.node_x[enschede],
        twente.node_y[enschede][:, None] - twente.node_y[enschede],
    )
    assert near[~np.eye(14, dtype=bool)].min() > twente.node_radius[enschede[0]], "districts do not lie on one heap"
    assert len(set(twente.node_name)) == len(twente.node_name)


def test_layout_depends_on_nothing_but_the_place() -> None:
    density = Density(village=1000, village_up_to=2000, town=3000, town_from=20_000)
    town, village = Town("A", 0, 3.0, 4.0, 42_001), Town("B", 1, 9.0, 9.0, 1_500)
    nodes = make_nodes([town, village], split_from=20_000, district_size=10_000, density=density)
    alone = make_nodes([village, town], split_from=20_000, district_size=10_000, density=density)
    assert nodes.name == ["A 1", "A 2", "A 3", "A 4", "B"]
    assert nodes.population.tolist() == [10501, 10500, 10500, 10500, 1500]
    assert sorted(zip(nodes.x, nodes.y, strict=True)) == sorted(zip(alone.x, alone.y, strict=True))
    radius = built_up_radius(42_001, 3000)
    assert np.hypot(nodes.x[:4] - 3, nodes.y[:4] - 4).max() < radius
    assert nodes.radius[0] == pytest.approx(radius / 2), "four districts share the area of the town"
    assert nodes.radius[4] == pytest.approx((1500 / 1000 / np.pi) ** 0.5)


def test_density_grows_with_size_without_a_jump() -> None:
    density = Density(village=1000, village_up_to=2000, town=3000, town_from=20_000)
    assert density.of(500) == pytest.approx(1000)
    assert density.of(2000) == pytest.approx(1000)
    assert density.of(2000 * 10**0.5) == pytest.approx((1000 * 3000) ** 0.5)
    assert density.of(20_000) == pytest.approx(3000)
    assert density.of(200_000) == pytest.approx(3000)
    steep = Density(village=1000, village_up_to=20_000, town=3000, town_from=20_000)
    assert (steep.of(20_000), steep.of(20_001)) == (1000, 3000)


def test_plane_keeps_distances(twente: Region) -> None:
    rng = np.random.default_rng(3)
    for a, b in rng.integers(0, 61, (200, 2)):
        p, q = twente.places[a], twente.places[b]
        on_plane = float(np.hypot(p.x - q.x, p.y - q.y))
        assert on_plane == pytest.approx(great_circle_km(p.lat, p.lon, q.lat, q.lon), rel=0.005, abs=0.001)
    lat, lon = twente.plane.lat_lon(twente.node_x, twente.node_y)
    assert np.allclose(twente.plane.x(lon), twente.node_x)
    assert np.allclose(twente.plane.y(lat), twente.node_y)


def test_great_circle_against_known_distances() -> None:
    assert great_circle_km(0, 0, 0, 90) == pytest.approx(6371.0088 * np.pi / 2)
    assert great_circle_km(52.21833, 6.89583, 52.37403, 4.88969) == pytest.approx(137.8, abs=0.3)  # Enschede-Amsterdam
    assert float(Plane(52.0, 6.0).x(6.0)) == 0.0


def test_ages_have_the_shape_of_the_municipalities(twente: Region) -> None:
    assert twente.ages.label[0] == "0-4"
    assert twente.ages.label[-1] == "95+"
    assert twente.ages.start.tolist() == list(range(0, 100, 5))
    assert int(twente.ages.persons.sum()) == 631_655
    old = twente.ages.persons[twente.ages.start >= 65].sum() / twente.ages.persons.sum()
    assert old == pytest.approx(0.2069, abs=0.0001)
    given = sum(m.population * sum(m.ages[AGE_BAND_STARTS.index(65) :]) for m in twente.municipalities)
    assert given / twente.population == pytest.approx(old, abs=0.005)


def test_start_levels_carry_passports(twente: Region) -> None:
    assert twente.setting("practices") == 176
    assert twente.setting("gps_regular") == 425
    assert twente.setting("gps_changing_locum") == 106
    assert twente.setting("list_over_norm") == 1.10
    for passport in twente.settings.values():
        assert passport.low <= passport.value <= passport.high
    enschede = next(m for m in twente.municipalities if m.name == "Enschede")
    assert (enschede.without_gp.value, enschede.deprived.value) == (0.01, 0.27)
    with pytest.raises(KeyError, match="no start level 'practises'; it has gp_fte_owner_employed"):
        twente.setting("practises")


def test_every_file_says_where_it_comes_from(twente: Region) -> None:
    named = {source.file for source in twente.sources}
    assert named == {path.name for path in TWENTE.iterdir() if path.suffix == ".csv"}
    for path in TWENTE.glob("*.csv"):
        columns = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        listed = [source.columns for source in twente.sources if source.file == path.name]
        if () not in listed:
            said = {column for entry in listed for column in entry}
            assert said <= set(columns), path.name
            # The name of a row and of its municipality is not a figure.
            assert set(columns) - said <= {"municipality", "place"}, path.name


def test_everyone_is_near_the_right_post(twente: Region) -> None:
    post = {twente.node_name[k]: twente.post_name[p] for k, p in enumerate(twente.node_post)}
    assert post["Glanerbrug"] == "Spoedpost Enschede (at MST)"
    assert post["Borne 1"] == "Spoedpost Hengelo (at ZGT)"
    assert post["Vroomshoop"] == "Spoedpost Almelo"
    assert set(twente.post_organisation) == {0}
    assert twente.organisation_labels["twente"][0] == "Huisartsendienst Twente"


def test_region_loads_from_package_resources(twente: Region, shipped: Parameters) -> None:
    region = load_region(resources.files("scenarios") / "regions" / "twente", shipped)
    assert region.node_name == twente.node_name
    assert np.array_equal(region.car_minutes, twente.car_minutes)


def test_loading_twice_gives_the_same_bytes(twente: Region, shipped: Parameters) -> None:
    again = load_region(TWENTE, shipped)
    for name in ("car_minutes", "bicycle_minutes", "road_km", "node_x", "node_y", "node_radius", "node_post"):
        assert getattr(again, name).tobytes() == getattr(twente, name).tobytes(), name


def test_region_can_be_copied_and_pickled(twente: Region) -> None:
    for other in (copy.deepcopy(twente), pickle.loads(pickle.dumps(twente))):
        assert other.population == twente.population
        assert np.array_equal(other.road_km, twente.road_km)
        assert nx.utils.graphs_equal(other.graph, twente.graph)


def test_region_hash_sees_every_byte(tmp_path: Path) -> None:
    folder = tmp_path / "twente"
    shutil.copytree(TWENTE, folder)
    assert region_hash(folder) == region_hash(TWENTE)
    replace("posts.csv", "Spoedpost Almelo", "Spoedpost  Almelo")(folder)
    assert region_hash(folder) != region_hash(TWENTE)


def test_parameters_move_the_network(shipped: Parameters) -> None:
    plain = load_region(TWENTE, shipped.replace({"region.detour": 1.0, "region.district_size": 20_000}))
    longer = load_region(TWENTE, shipped.replace({"region.detour": 1.3, "region.district_size": 20_000}))
    assert len(plain.node_name) == len(longer.node_name) < 95
    assert np.allclose(longer.road_km, plain.road_km * 1.3, rtol=1e-5)


def test_files_as_spreadsheets_save_them(tmp_path: Path, twente: Region, shipped: Parameters) -> None:
    """A byte order mark, Windows line ends, blank lines at the end and spaces around values change nothing."""
    folder = tmp_path / "twente"
    shutil.copytree(TWENTE, folder)
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n") + "\r\n,,\r\n"
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    replace("places.csv", "Aadorp,Almelo", " Aadorp , Almelo ")(folder)
    region = load_region(folder, shipped)
    assert region.places == twente.places
    assert np.array_equal(region.road_km, twente.road_km)


def test_islands_are_joined_by_their_ferries(tmp_path: Path, shipped: Parameters) -> None:
    region = load_region(make_islands(tmp_path), shipped)
    west, quay, town = (region.node_name.index(name) for name in ("West", "Quay", "Town 1"))
    kinds = nx.get_edge_attributes(region.graph, "kind")
    island = [region.places[k].island for k in region.node_place]
    across = {(a, b): kind for (a, b), kind in kinds.items() if island[a] != island[b]}
    assert list(across.values()) == ["ferry"]
    assert region.graph.edges[west, quay] == {"kind": "ferry", "km": 17.0, "car_minutes": 50.0, "bicycle_minutes": 50.0}
    assert region.road_km[west, quay] == pytest.approx(17.0)
    assert region.car_minutes[west, quay] == pytest.approx(50 + shipped.number("region.car_access"))
    assert not region.joined[west, quay], "the crow does not fly over the sea"
    assert region.joined[quay, town]
    assert region.car_minutes[west, town] > region.car_minutes[west, quay]
    assert region.organisations == ("mainland", "island")
    assert region.post_organisation.tolist() == [0, 1]
    assert region.node_post[west] == 1
    assert region.node_post[town] == 0


def test_a_river_is_a_link_taken_away(tmp_path: Path, shipped: Parameters, twente: Region) -> None:
    folder = tmp_path / "twente"
    shutil.copytree(TWENTE, folder)
    source = '\n[[sources]]\nfile = "links.csv"\nyear = 2025\ngrade = "C"\ntext = "made up"\n'
    both(
        append("region.toml", source),
        write("links.csv", "from,to,kind\nHengelo,Enschede,remove\nAlmelo,Enschede,main\n"),
    )(folder)
    region = load_region(folder, shipped)
    place = {p.name: k for k, p in enumerate(region.places)}
    ends = {
        frozenset((int(region.node_place[a]), int(region.node_place[b]))): kind
        for a, b, kind in region.graph.edges(data="kind")
    }
    assert frozenset((place["Hengelo"], place["Enschede"])) not in ends
    assert ends[frozenset((place["Almelo"], place["Enschede"]))] == "main"
    i, j = region.node_name.index("Hengelo 6"), region.node_name.index("Enschede 10")
    assert region.road_km[i, j] > twente.road_km[i, j] * 1.2


def test_a_link_can_name_the_municipality_too(tmp_path: Path, shipped: Parameters) -> None:
    folder = make_islands(tmp_path)
    replace("links.csv", "West,Quay", "Island/West,Mainland/Quay")(folder)
    assert load_region(folder, shipped).graph.number_of_nodes() == 5
    replace("links.csv", "Island/West", "Mainland/West")(folder)
    with pytest.raises(RegionError, match=r"'Mainland/West' is not in places\.csv"):
        load_region(folder, shipped)
