"""Building a Region from a folder of CSV files: checks between the files, then nodes, network and travel times."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import networkx as nx
import numpy as np
import numpy.typing as npt

from sim.parameters import Parameters, load_parameters
from sim.region.files import (
    RegionFile,
    read_ages,
    read_links,
    read_municipalities,
    read_outside_posts,
    read_places,
    read_posts,
    read_practices,
    read_published,
    read_region_file,
)
from sim.region.network import ROAD_KINDS, Link, Roads, apply_link, build_graph, shortest
from sim.region.nodes import Density, Nodes, Plane, Town, great_circle_km, make_nodes
from sim.region.region import AGE_BAND_STARTS, AGE_BANDS, AgeTable, Municipality, Place, Region, Source
from sim.region.tables import Folder, RegionError, Row
from sim.texts.faults import nearest, show

__all__ = ["Region", "load_region"]

FAR_PLACE_KM = 40.0
"""A place farther than this from all others, or a post from all places, is taken for a typing error."""


def load_region(folder: Folder, parameters: Parameters | None = None) -> Region:
    """The region whose files lie in `folder` (format: docs/region-format.md).

    Args:
        folder: a path or package resource holding region.toml, municipalities.csv, places.csv, posts.csv, ages.csv
            and, if wanted, links.csv, practices.csv, posts_outside.csv and
            published_distances.csv.
        parameters: detour, speeds and densities (``region.*``); the shipped values when None.

    Raises:
        RegionError: anything wrong in the files; one line that names file, row or key, fault and mend.
    """
    p = load_parameters() if parameters is None else parameters
    if not folder.is_dir():
        raise RegionError("no_file", f"{folder.name}/region.toml")
    content = read_region_file(folder)
    municipality_rows = read_municipalities(folder)
    municipalities = tuple(municipality for _, municipality in municipality_rows)
    place_rows = read_places(folder)
    plane = _plane(place_rows)
    places = _places(place_rows, municipality_rows, plane, p.number("region.main_road_from"))
    _check_far_places(place_rows, places)
    post_rows = read_posts(folder)
    _check_posts(post_rows, content, municipalities, places)
    outside = read_outside_posts(folder)
    for row in outside:
        _check_near(row, places)
    ages = read_ages(folder)
    _check_ages(ages, municipalities)
    published = read_published(folder, [municipality.name for municipality in municipalities])

    nodes = make_nodes(
        [Town(place.name, place.municipality, place.x, place.y, place.population) for place in places],
        split_from=p.number("region.split_from"),
        district_size=p.number("region.district_size"),
        density=Density(
            village=p.number("region.density_village"),
            village_up_to=p.number("region.village_up_to"),
            town=p.number("region.density_town"),
            town_from=p.number("region.split_from"),
        ),
    )
    roads = Roads(
        disc=p.number("region.neighbour_disc"),
        detour=p.number("region.detour"),
        car_access=p.number("region.car_access"),
        car_speed={kind: p.number(f"region.car_speed_{kind}") for kind in ROAD_KINDS},
        bicycle_speed=p.number("region.bicycle_speed"),
    )
    main_road = np.array([places[k].main_road for k in nodes.place])
    island = [places[k].island for k in nodes.place]
    graph = build_graph(nodes.x, nodes.y, nodes.place, main_road, island, roads)
    for row in read_links(folder):
        _apply(graph, row, places, municipalities, nodes, roads)
    _check_connected(graph, place_rows, nodes)

    post_x = plane.x(np.array([row["lon"] for row in post_rows]))
    post_y = plane.y(np.array([row["lat"] for row in post_rows]))
    away = np.hypot(post_x[:, None] - nodes.x, post_y[:, None] - nodes.y)
    post_node = np.argmin(away, axis=1).astype(np.int16)
    car_minutes = shortest(graph, "car_minutes")
    car_minutes[~np.eye(len(nodes.name), dtype=bool)] += np.float32(roads.car_access)
    # To the post's node and on to its door: this tells two posts near one node apart.
    to_post = car_minutes[:, post_node] + away[np.arange(len(post_rows)), post_node] * roads.street_pace
    post_open = np.array([not row["closed"] for row in post_rows])
    to_post[:, ~post_open] = np.inf
    organisations = tuple(content.organisations)
    return Region(
        id=content.id,
        label_nl=content.label_nl,
        label_en=content.label_en,
        population_date=content.population_date,
        describes=content.describes,
        school_region=content.school_region,
        municipalities=municipalities,
        places=places,
        plane=plane,
        nodes=nodes,
        graph=graph,
        car_minutes=car_minutes,
        bicycle_minutes=shortest(graph, "bicycle_minutes"),
        road_km=shortest(graph, "km"),
        joined=_joined(graph, nodes, roads),
        shore=_shores(graph),
        known_practices=_known_practices(read_practices(folder), places, municipalities, content),
        organisations=organisations,
        organisation_labels={key: (label.nl, label.en) for key, label in content.organisations.items()},
        post_name=tuple(row["post"] for row in post_rows),
        post_organisation=np.array([organisations.index(row["organisation"]) for row in post_rows], np.int16),
        post_x=post_x,
        post_y=post_y,
        post_node=post_node,
        post_open=post_open,
        outside_post_x=plane.x(np.array([row["lon"] for row in outside])),
        outside_post_y=plane.y(np.array([row["lat"] for row in outside])),
        node_post=np.argmin(to_post, axis=1).astype(np.int16),
        ages=ages,
        settings=content.levels,
        roads=roads,
        published=published,
        sources=tuple(Source(s.file, tuple(s.columns), s.year, s.grade, s.text) for s in content.sources),
    )


def _plane(rows: Sequence[Row]) -> Plane:
    lats, lons = [row["lat"] for row in rows], [row["lon"] for row in rows]
    return Plane((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)


def _places(
    rows: Sequence[Row], municipality_rows: Sequence[tuple[Row, Municipality]], plane: Plane, main_road_from: float
) -> tuple[Place, ...]:
    number = {municipality.name: k for k, (_, municipality) in enumerate(municipality_rows)}
    inhabitants = dict.fromkeys(number, 0)
    spots: dict[tuple[float, float], Row] = {}
    places = []
    for row in rows:
        name = row["municipality"]
        if name not in number:
            raise row.fault("unknown_municipality", value=show(name), hint=nearest(name, number))
        other = spots.setdefault((row["lat"], row["lon"]), row)
        if other is not row:
            raise row.fault("same_spot", value=show(row["place"]), other=show(other["place"]), first=other.number)
        inhabitants[name] += row["population"]
        main_road = row["population"] > main_road_from if row["main_road"] is None else row["main_road"]
        places.append(
            Place(
                name=row["place"],
                municipality=number[name],
                lat=row["lat"],
                lon=row["lon"],
                x=float(plane.x(row["lon"])),
                y=float(plane.y(row["lat"])),
                population=row["population"],
                main_road=bool(main_road),
                island=row["island"] or "",
                coordinate_grade=row["coordinate_grade"],
            )
        )
    for row, municipality in municipality_rows:
        if inhabitants[municipality.name] == 0:
            raise row.fault("no_places", value=show(municipality.name), expected=municipality.population)
    for _, municipality in municipality_rows:
        found = inhabitants[municipality.name]
        if found != municipality.population:
            last = max(k for k, place in enumerate(places) if place.municipality == number[municipality.name])
            raise rows[last].fault(
                "places_sum",
                value=show(municipality.name),
                found=found,
                expected=municipality.population,
                difference=f"{found - municipality.population:+d}",
            )
    return tuple(places)


def _check_far_places(rows: Sequence[Row], places: Sequence[Place]) -> None:
    """Refuse a place that lies far from its municipality, or a municipality that lies far from the region."""
    if len(places) < 2:
        return
    x, y = np.array([p.x for p in places]), np.array([p.y for p in places])
    home = np.array([p.municipality for p in places])
    away = np.hypot(x[:, None] - x, y[:, None] - y)
    np.fill_diagonal(away, np.inf)
    same = home[:, None] == home
    to_own = np.where(same, away, np.inf).min(axis=1)
    to_others = np.where(same, np.inf, away).min(axis=1)
    # Of two places that lie far apart, the one farther from the middle of the region is the likelier error.
    oddness = np.hypot(x - np.median(x), y - np.median(y))
    for distance, key in ((to_own, "far_place"), (to_others, "far_municipality")):
        far = np.flatnonzero(np.isfinite(distance) & (distance > FAR_PLACE_KM))
        if key == "far_municipality":
            # A large municipality may have remote places: it is far only when all of its places are.
            far = far[[bool(np.all(to_others[home == home[k]] > FAR_PLACE_KM)) for k in far]] if far.size else far
        if far.size:
            worst = int(far[np.argmax(oddness[far])])
            raise rows[worst].fault(
                key,
                value=show(places[worst].name),
                municipality=rows[worst]["municipality"],
                found=f"{distance[worst]:.0f}",
                expected=f"{FAR_PLACE_KM:.0f}",
            )


def _check_posts(
    rows: Sequence[Row], content: RegionFile, municipalities: Sequence[Municipality], places: Sequence[Place]
) -> None:
    known = {municipality.name for municipality in municipalities}
    for row in rows:
        organisation = row["organisation"]
        if organisation not in content.organisations:
            raise row.fault(
                "unknown_organisation",
                value=show(organisation),
                hint=nearest(organisation, content.organisations),
                expected=", ".join(content.organisations),
                bare=organisation,
            )
        if row["municipality"] is not None and row["municipality"] not in known:
            name = row["municipality"]
            raise row.fault("unknown_municipality", value=show(name), hint=nearest(name, known))
        _check_near(row, places)
    used = {row["organisation"] for row in rows}
    if all(row["closed"] for row in rows):
        raise rows[0].fault("no_open_post", value=show(rows[0]["post"]))
    for organisation in content.organisations:
        if organisation not in used:
            raise RegionError(
                "idle_organisation",
                "region.toml",
                f"organisations.{organisation}",
                value=show(organisation),
                bare=organisation,
            )


def _check_near(row: Row, places: Sequence[Place]) -> None:
    away = min(great_circle_km(row["lat"], row["lon"], place.lat, place.lon) for place in places)
    if away > FAR_PLACE_KM:
        raise row.fault("far_post", value=show(row["post"]), found=f"{away:.0f}", expected=f"{FAR_PLACE_KM:.0f}")


def _check_ages(ages: AgeTable, municipalities: Sequence[Municipality]) -> None:
    total, expected = int(ages.persons.sum()), sum(municipality.population for municipality in municipalities)
    if abs(total / expected - 1) > 0.05:
        raise RegionError("ages_total", "ages.csv", value="", found=total, expected=expected)
    edges = [*AGE_BAND_STARTS, 1000]
    for band, (low, high) in enumerate(pairwise(edges)):
        found = float(ages.persons[(ages.start >= low) & (ages.start < high)].sum()) / total
        given = sum(municipality.population * municipality.ages[band] for municipality in municipalities) / expected
        if abs(found - given) > 0.03:
            raise RegionError(
                "ages_shape",
                "ages.csv",
                low // 5 + 2,
                value=AGE_BANDS[band],
                found=f"{found:.3f}",
                expected=f"{given:.3f}",
            )


def _apply(
    graph: nx.Graph,
    row: Row,
    places: Sequence[Place],
    municipalities: Sequence[Municipality],
    nodes: Nodes,
    roads: Roads,
) -> None:
    ends = [_find_place(row, row[column], places, municipalities) for column in ("from", "to")]
    if ends[0] == ends[1]:
        raise row.fault("self_link", value=show(row["from"]))
    a, b = (tuple(int(node) for node in np.flatnonzero(nodes.place == end)) for end in ends)
    kind = None if row["kind"] == "remove" else row["kind"]
    link = Link(a, b, kind, row["km"], row["car_minutes"], row["bicycle_minutes"])
    try:
        apply_link(graph, link, nodes.x, nodes.y, roads)
    except KeyError:
        raise row.fault("no_such_link", value=show(row["from"]), other=show(row["to"])) from None


def _find_place(row: Row, name: str, places: Sequence[Place], municipalities: Sequence[Municipality]) -> int:
    """Row of the place called `name`, or ``municipality/place`` where a name occurs twice."""
    full = [f"{municipalities[place.municipality].name}/{place.name}" for place in places]
    if name in full:
        return full.index(name)
    found = [k for k, place in enumerate(places) if place.name == name]
    if len(found) > 1:
        raise row.fault("ambiguous_place", value=show(name), expected=" or ".join(full[k] for k in found))
    if not found:
        raise row.fault("unknown_place", value=show(name), hint=nearest(name, [place.name for place in places]))
    return found[0]


def _check_connected(graph: nx.Graph, rows: Sequence[Row], nodes: Nodes) -> None:
    by_car = [(i, j) for i, j, kind in graph.edges(data="kind") if kind != "foot_ferry"]
    parts = list(nx.connected_components(nx.Graph([*by_car, *((i, i) for i in graph)])))
    if len(parts) < 2:
        return
    people = [int(nodes.population[list(part)].sum()) for part in parts]
    largest = int(np.argmax(people))
    cut_off = min(min(part) for k, part in enumerate(parts) if k != largest)
    joined_to = max(parts[largest], key=lambda node: (rows[int(nodes.place[node])]["population"], -node))
    here, there = rows[int(nodes.place[cut_off])], rows[int(nodes.place[joined_to])]
    raise here.fault("disconnected", value=show(here["place"]), other=show(there["place"]))


def _joined(graph: nx.Graph, nodes: Nodes, roads: Roads) -> npt.NDArray[np.bool_]:
    """Nodes between whose points the straight line times the detour is the road.

    Not those that a road of given length joins: a tunnel or a dam leads round.
    """
    joined: npt.NDArray[np.bool_] = np.equal.outer(nodes.place, nodes.place)
    for i, j, edge in graph.edges(data=True):
        straight = float(np.hypot(nodes.x[i] - nodes.x[j], nodes.y[i] - nodes.y[j]))
        if edge["kind"] in ROAD_KINDS and abs(edge["km"] - straight * roads.detour) < 1e-9:
            joined[i, j] = joined[j, i] = True
    return joined


def _shores(graph: nx.Graph) -> npt.NDArray[np.int16]:
    """Number of the land on which each node lies, (N,): nodes that roads join, the first node's being 0."""
    roads = nx.Graph([(i, j) for i, j, kind in graph.edges(data="kind") if kind in ROAD_KINDS])
    roads.add_nodes_from(graph)
    shore = np.zeros(graph.number_of_nodes(), np.int16)
    for number, part in enumerate(sorted(nx.connected_components(roads), key=min)):
        shore[list(part)] = number
    return shore


def _known_practices(
    rows: Sequence[Row], places: Sequence[Place], municipalities: Sequence[Municipality], content: RegionFile
) -> npt.NDArray[np.int64]:
    """Practices that are known to stand in each place, (places,)."""
    known = np.zeros(len(places), np.int64)
    for row in rows:
        known[_find_place(row, row["place"], places, municipalities)] += row["practices"]
        level = content.start.practices.value
        assert not isinstance(level, list)
        if known.sum() > level:
            raise row.fault("known_practices", found=int(known.sum()), expected=f"{level:g}")
    return known
