"""Road kilometres and minutes between neighbouring places from OpenStreetMap, as links of a region.

The region's own network joins neighbouring places by straight lines with a detour. Here each of these pairs gets the
quickest way over the roads of OpenStreetMap (package osmnx): its length, and its time at the roads' speed limits, or
at usual ones where none is mapped. Nothing is added for crossings and traffic.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import networkx as nx
import tomlkit

from experiments.bilingual import BilingualError, Sentences
from sim.region import Region, load_region
from sim.region.files import read_links

__all__ = ["FAR_KM", "Found", "RoadsError", "neighbours", "road_links", "streets", "write_links"]

FAR_KM = 3.0
"""Kilometres from a place to the nearest mapped road, beyond which the map does not hold it."""
_MARGIN = 0.1  # degrees round the places in which roads are fetched
_LARGE = {"motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link"}
_DRIVEN = _LARGE | {
    "secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified", "residential", "living_street", "road",
}  # fmt: skip
_SPEEDS = {
    "motorway": 100.0, "trunk": 80.0, "primary": 80.0, "secondary": 70.0, "tertiary": 60.0, "unclassified": 60.0,
    "residential": 30.0, "living_street": 15.0,
}  # fmt: skip
"""Km/h where no limit is mapped: usual limits in the Netherlands; an assumption."""
_OTHER_SPEED = 50.0
_FRAGMENT = 20
"""Crossings that hang together in both directions; less is a yard or a mapping fault, to which no place is tied."""
_COLUMNS = ("from", "to", "kind", "km", "car_minutes", "bicycle_minutes")
_FILE = "links.csv"
_SOURCE = (
    "OpenStreetMap contributors (ODbL): quickest way between neighbouring places at speed limits, by osmnx; crossings "
    "and traffic left out. Rows after these are of the region itself"
)


class RoadsError(BilingualError):
    """Roads cannot be had or used; the message is one line that says what to do."""

    SENTENCES: ClassVar[Sentences] = {
        "no_library": (
            "this needs osmnx; install it with uv sync --extra roads (pip: pip install '.[roads]')",
            "hiervoor is osmnx nodig; installeer het met uv sync --extra roads (pip: pip install '.[roads]')",
        ),
        "no_region": (
            "{folder} is no region: there is no region.toml in it",
            "{folder} is geen regio: er staat geen region.toml in",
        ),
        "no_file": (
            "{file} cannot be read as OpenStreetMap XML ({error})",
            "{file} kan niet gelezen worden als OpenStreetMap-XML ({error})",
        ),
        "no_internet": (
            "the roads could not be fetched ({error}); without internet give a file with --osm (an extract of "
            "OpenStreetMap as XML)",
            "de wegen konden niet worden opgehaald ({error}); geef zonder internet een bestand met --osm (een uitsnede "
            "van OpenStreetMap als XML)",
        ),
        "again": (
            "{folder}/links.csv holds roads of the map already; take those rows and their source in region.toml out",
            "{folder}/links.csv bevat al wegen van de kaart; haal die rijen en hun bron in region.toml er eerst uit",
        ),
        "not_written": (
            "{folder} cannot be written ({error})",
            "{folder} kan niet geschreven worden ({error})",
        ),
        "far": (
            "{place} lies {km} km from the nearest road of the map; take a map that holds the whole region",
            "{place} ligt {km} km van de dichtstbijzijnde weg op de kaart; neem een kaart van de hele regio",
        ),
    }


@dataclass(frozen=True)
class Found:
    """What the map gives.

    Attributes:
        rows: of links.csv, a pair of neighbouring places each.
        no_way: pairs without a way over the map's roads; they keep what they have.
        ratio: kilometres on the map over those of the region's own network, all pairs together.
    """

    rows: tuple[dict[str, Any], ...]
    no_way: tuple[tuple[str, str], ...]
    ratio: float


def neighbours(region: Region) -> list[tuple[int, int]]:
    """Pairs of places that a road of the region's network joins, ferries aside; numbers of places, the lower first."""
    place = region.nodes.place
    roads = {"street", "rural", "main"}
    pairs = {
        tuple(sorted((int(place[a]), int(place[b]))))
        for a, b, kind in region.graph.edges(data="kind")
        if kind in roads and place[a] != place[b]
    }
    return sorted((a, b) for a, b in pairs)


def streets(region: Region, file: Path | None) -> Any:
    """The roads for cars round a region's places, with lengths (m) and travel times (s): from a file or the internet.

    Raises:
        RoadsError: osmnx is not there, or the file or the internet do not give roads.
    """
    if importlib.util.find_spec("osmnx") is None:
        raise RoadsError.of("no_library")
    import osmnx

    lat, lon = ([getattr(place, name) for place in region.places] for name in ("lat", "lon"))
    try:
        if file is not None:
            graph = _for_cars(osmnx.graph_from_xml(file, retain_all=True, simplify=False))
        else:
            box = (min(lon) - _MARGIN, min(lat) - _MARGIN, max(lon) + _MARGIN, max(lat) + _MARGIN)
            graph = osmnx.graph_from_bbox(box, network_type="drive", retain_all=True, simplify=False)
        graph = osmnx.routing.add_edge_speeds(graph, hwy_speeds=_SPEEDS, fallback=_OTHER_SPEED)
        graph = osmnx.routing.add_edge_travel_times(graph)
        # only now: stretches that become one may be of several kinds and limits
        return _whole(osmnx.simplify_graph(graph, edge_attr_aggs={"length": sum, "travel_time": sum}))
    except Exception as error:  # noqa: BLE001 - parsers and servers fail in ways of their own
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        if file is not None:
            raise RoadsError.of("no_file", file=file, error=reason) from None
        raise RoadsError.of("no_internet", error=reason) from None


def _for_cars(graph: Any) -> Any:
    """What cars drive on: an extract holds paths, buildings and points as well."""
    other = [
        edge for *edge, kind in graph.edges(keys=True, data="highway")
        if not _DRIVEN & set([kind] if isinstance(kind, str) else kind or ())
    ]  # fmt: skip
    graph.remove_edges_from(other)
    graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph


def _whole(graph: Any) -> Any:
    """Without crossings from which one cannot get about: a place tied to such a one would have no way to any other."""
    kept = [part for part in nx.strongly_connected_components(graph) if len(part) >= _FRAGMENT]
    return graph.subgraph(set().union(*kept)).copy()


def road_links(region: Region, graph: Any) -> Found:
    """The quickest way over the roads between every two neighbouring places.

    Raises:
        RoadsError: a place lies far from all roads.
    """
    import osmnx

    pairs = neighbours(region)
    used = sorted({place for pair in pairs for place in pair})
    nodes, metres = osmnx.distance.nearest_nodes(
        graph, [region.places[k].lon for k in used], [region.places[k].lat for k in used], return_dist=True
    )
    at = dict(zip(used, nodes, strict=True))
    for k, far in zip(used, metres, strict=True):
        if far > 1000.0 * FAR_KM:
            raise RoadsError.of("far", place=region.places[k].name, km=round(far / 1000.0))
    rows, no_way, on_map, own = [], [], 0.0, 0.0
    for a, b in pairs:
        one, other = _name(region, a), _name(region, b)
        way = _quickest(graph, at[a], at[b])
        if way is None:
            no_way.append((one, other))
            continue
        km, minutes, large = way
        rows.append(
            {
                "from": one, "to": other, "kind": "main" if large > 0.5 else "rural",
                "km": round(max(km, 0.01), 2), "car_minutes": round(max(minutes, 0.1), 1),
            }
        )  # fmt: skip
        on_map += km
        own += _own_km(region, a, b)
    return Found(tuple(rows), tuple(no_way), on_map / own if own else float("nan"))


def _name(region: Region, k: int) -> str:
    place = region.places[k]
    return f"{region.municipalities[place.municipality].name}/{place.name}"


def _own_km(region: Region, a: int, b: int) -> float:
    place = region.nodes.place
    return min(float(km) for i, j, km in region.graph.edges(data="km") if {int(place[i]), int(place[j])} == {a, b})


def _quickest(graph: Any, a: int, b: int) -> tuple[float, float, float] | None:
    """Kilometres, minutes, and share of the way over large roads; None where there is none."""
    try:
        path = nx.shortest_path(graph, a, b, weight="travel_time")
    except nx.NetworkXNoPath:
        return None
    length = seconds = large = 0.0
    for i, j in pairwise(path):
        edge = min(graph[i][j].values(), key=lambda one: one["travel_time"])
        kinds = edge.get("highway", "")
        length += float(edge["length"])
        seconds += float(edge["travel_time"])
        large += edge["length"] * bool(_LARGE & set([kinds] if isinstance(kinds, str) else kinds))
    return length / 1000.0, seconds / 60.0, large / length if length else 0.0


def write_links(folder: Path, rows: Sequence[Mapping[str, Any]], year: int) -> Region:
    """Put links into a region's folder, before those that are there, which therefore go before them.

    The region with them is loaded first; when it cannot be, nothing is written.

    Raises:
        RoadsError: the file holds roads of the map already, or the folder cannot be written.
        RegionError: the region does not load with them.
    """
    try:
        return _write_links(folder, rows, year)
    except OSError as error:
        raise RoadsError.of("not_written", folder=folder, error=error.strerror) from None


def _write_links(folder: Path, rows: Sequence[Mapping[str, Any]], year: int) -> Region:
    about = tomlkit.parse((folder / "region.toml").read_text(encoding="utf-8"))
    sources = about.setdefault("sources", tomlkit.aot())
    if _SOURCE in [str(one.get("text")) for one in sources]:
        raise RoadsError.of("again", folder=folder)
    sources.append(tomlkit.item({"file": _FILE, "year": year, "grade": "C", "text": _SOURCE}))
    kept = [row.values for row in read_links(folder)]
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows([{name: _cell(row.get(name)) for name in _COLUMNS} for row in (*rows, *kept)])
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as work:
        draft = Path(work) / folder.name
        shutil.copytree(folder, draft)
        (draft / _FILE).write_text(text.getvalue(), encoding="utf-8")
        (draft / "region.toml").write_text(tomlkit.dumps(about), encoding="utf-8")
        region = load_region(draft)
        for name in ("region.toml", _FILE):
            (draft / name).replace(folder / name)
    return region


def _cell(value: object) -> object:
    return "" if value is None else value
