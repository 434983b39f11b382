"""Roads of a small map of Zeeuws-Vlaanderen, drawn here, as links of a region."""

from __future__ import annotations

import csv
import math
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from experiments.cli import main
from experiments.region_new.roads import RoadsError, neighbours, road_links, streets, write_links
from sim.region import Region, load_region
from tests.experiments.region_new.cases import write_folder

pytest.importorskip("osmnx", reason="extra roads")

PLACES = {
    "Axel": (51.26667, 3.90833),
    "Terneuzen": (51.33583, 3.82778),
    "Hulst": (51.28, 4.05278),
    "Clinge": (51.28152, 4.1113),
}
BEND = (51.32, 3.92)  # the road from Axel to Terneuzen goes round by here
WAYS = (
    ("Axel", "Bend", "Terneuzen", "primary", 80),
    ("Axel", "Hulst", "secondary", 60),
    ("Hulst", "Clinge", "tertiary", 50),
)


def write_map(folder: Path, without: str = "") -> Path:
    points = {**PLACES, "Bend": BEND}
    ids = {name: k for k, name in enumerate(points, 1)}
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", "<osm version='0.6'>"]
    lines += [f"<node id='{ids[name]}' lat='{lat}' lon='{lon}' version='1'/>" for name, (lat, lon) in points.items()]
    for k, (*stops, kind, limit) in enumerate(WAYS, 100):
        if kind == without:
            continue
        lines += [f"<way id='{k}' version='1'>", *(f"<nd ref='{ids[str(stop)]}'/>" for stop in stops)]
        lines += [f"<tag k='highway' v='{kind}'/>", f"<tag k='maxspeed' v='{limit}'/>", "</way>"]
        for name in (stops[0], stops[-1]):  # a lane of 100 m at each end: the place is a crossing, or the road goes on
            at, (lat, lon) = ids[str(name)], points[str(name)]
            lines.insert(2, f"<node id='{k * 10 + at}' lat='{lat + 0.001}' lon='{lon}' version='1'/>")
            lines.append(f"<way id='{k * 10 + at}' version='1'><nd ref='{at}'/><nd ref='{k * 10 + at}'/>")
            lines.append("<tag k='highway' v='residential'/></way>")
    # a straight path for walkers, which no car takes
    lines.append("<way id='99' version='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='footway'/></way>")
    file = folder / "map.osm"
    file.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return file


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    north, east = math.radians(a[0] - b[0]), math.radians(a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 6371.0 * math.hypot(north, east)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.region_new.roads._FRAGMENT", 2)  # this map has a dozen crossings


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_folder(tmp_path / "mine")
    made = CliRunner().invoke(main, ["region", "new", "corner", "--from", "mine"])
    assert made.exit_code == 0, made.output
    return tmp_path / "regions" / "corner"


def names(region: Region) -> list[tuple[str, str]]:
    return [(region.places[a].name, region.places[b].name) for a, b in neighbours(region)]


def ends(region: Region) -> dict[tuple[str, str], dict[str, float]]:
    """Roads by the names of the places that they join."""
    name = [region.places[int(place)].name for place in region.nodes.place]
    roads = {(name[a], name[b]): data for a, b, data in region.graph.edges(data=True)}
    return roads | {(b, a): data for (a, b), data in roads.items()}


def minutes(region: Region, a: str, b: str) -> float:
    return float(ends(region)[a, b]["car_minutes"])


def test_length_and_time_are_those_of_the_roads(region: Path, tmp_path: Path) -> None:
    before = load_region(region)
    assert ("Axel", "Terneuzen") in names(before) and ("Hulst", "Clinge") in names(before)
    links = road_links(before, streets(before, write_map(tmp_path)))
    found = {tuple(row[side].split("/")[1] for side in ("from", "to")): row for row in links.rows}
    round_by = km(PLACES["Axel"], BEND) + km(BEND, PLACES["Terneuzen"])
    row = found["Axel", "Terneuzen"]
    assert row["kind"] == "main" and row["km"] == pytest.approx(round_by, rel=0.01)
    assert row["car_minutes"] == pytest.approx(60 * row["km"] / 80, abs=0.2)
    short = found["Hulst", "Clinge"]
    assert short["kind"] == "rural" and short["car_minutes"] == pytest.approx(60 * short["km"] / 50, abs=0.2)
    own = {pair: float(d["km"]) for pair, d in ends(before).items()}
    assert not links.no_way
    assert links.ratio == pytest.approx(
        sum(row["km"] for row in links.rows) / sum(own[pair] for pair in found), abs=0.01
    )
    after = write_links(region, links.rows, 2026)
    assert minutes(after, "Axel", "Terneuzen") == row["car_minutes"]
    rows = list(csv.DictReader((region / "links.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[-1]["km"] == "16.0", "the region's own link comes last, and so goes before"
    text = [one["text"] for one in tomllib.loads((region / "region.toml").read_text(encoding="utf-8"))["sources"]]
    assert any("OpenStreetMap" in one for one in text)
    with pytest.raises(RoadsError, match="holds roads of the map already"):
        write_links(region, links.rows, 2026)


def test_the_command_says_what_has_no_way(region: Path, tmp_path: Path) -> None:
    file = write_map(tmp_path, without="tertiary")
    before = minutes(load_region(region), "Hulst", "Clinge")
    done = CliRunner().invoke(main, ["region", "roads", str(region), "--osm", str(file), "--lang", "nl"])
    assert done.exit_code == 2 and "Clinge ligt 4 km van de dichtstbijzijnde weg" in done.stderr
    assert not any(
        "OpenStreetMap" in line for line in (region / "region.toml").read_text(encoding="utf-8").splitlines()
    )
    text = file.read_text(encoding="utf-8").replace("</osm>", "")
    lane = "<node id='9' lat='51.2820' lon='4.1120' version='1'/><way id='300' version='1'><nd ref='4'/><nd ref='9'/>"
    file.write_text(
        f"{text}{lane}<tag k='highway' v='residential'/></way></osm>", encoding="utf-8"
    )  # leads nowhere else
    done = CliRunner().invoke(main, ["region", "roads", str(region), "--osm", str(file)])
    assert done.exit_code == 0, done.output
    assert "No way on the map, so as before" in done.stdout and "Hulst/Clinge" in done.stdout
    assert minutes(load_region(region), "Hulst", "Clinge") == before


def test_a_yard_is_no_way_and_a_missing_limit_is_the_usual(
    region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_map(tmp_path)
    text = file.read_text(encoding="utf-8").replace("</osm>", "")
    yard = "<node id='9' lat='51.2816' lon='4.1113' version='1'/><node id='10' lat='51.2817' lon='4.1113' version='1'/>"
    yard += "<way id='300' version='1'><nd ref='9'/><nd ref='10'/><tag k='highway' v='residential'/></way>"
    bare = "\n".join(line for line in text.splitlines() if "maxspeed" not in line)
    file.write_text(f"{bare}{yard}</osm>", encoding="utf-8")
    monkeypatch.setattr("experiments.region_new.roads._FRAGMENT", 3)
    before = load_region(region)
    links = road_links(before, streets(before, file))
    assert not links.no_way, "Clinge is tied to its road, not to the yard beside it"
    short = next(row for row in links.rows if (row["from"], row["to"]) == ("Hulst/Hulst", "Hulst/Clinge"))
    assert short["car_minutes"] == pytest.approx(60 * short["km"] / 60, abs=0.2)
    assert {row["to"]: row["car_minutes"] for row in links.rows if row["from"] == "Terneuzen/Axel"} == pytest.approx(
        {"Terneuzen/Terneuzen": 9.6, "Hulst/Hulst": 8.7, "Hulst/Clinge": 12.9}, abs=0.2
    )


def test_a_folder_that_cannot_be_written_is_one_line(
    region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("experiments.region_new.roads.shutil.copytree", full)
    words = ["region", "roads", str(region), "--osm", str(write_map(tmp_path))]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2 and "cannot be written (No space left on device)" in done.stderr


def test_what_is_no_map_or_no_region_is_one_line(region: Path, tmp_path: Path) -> None:
    there = (region / "links.csv").read_bytes()
    bad = tmp_path / "bad.osm"
    bad.write_text("no xml", encoding="utf-8")
    for words, says in (
        ([str(region), "--osm", str(bad)], "cannot be read as OpenStreetMap XML"),
        ([str(region), "--osm", "nowhere.osm"], "nowhere.osm"),
        ([str(tmp_path / "mine"), "--osm", str(bad)], "there is no region.toml in it"),
    ):
        done = CliRunner().invoke(main, ["region", "roads", *words])
        assert done.exit_code == 2 and says in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert (region / "links.csv").read_bytes() == there


def test_without_the_library_it_says_how_to_get_it(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(RoadsError, match="uv sync --extra roads"):
        streets(load_region(region), None)
