"""The region as a map in one month: practices by load and list, posts, roads, people without a GP."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from experiments.texts import Language, number
from sim.region import Region
from viz.figures.outline import spiral
from viz.figures.style import LOAD_BOUNDS, WAIT_BOUNDS, class_of, theme
from viz.figures.texts import say

__all__ = ["MAP", "SHARE_BOUNDS", "Spot", "Town", "map_table", "region_map", "roads", "spots_apart"]

MAP = "region"
"""Name under which the outlines are registered."""
SHARE_BOUNDS = (0.005, 0.01, 0.02, 0.04)
"""Between the classes of the share of inhabitants without a GP."""


@dataclass(frozen=True)
class Spot:
    """One practice in one month."""

    number: int
    name: str
    lon: float
    lat: float
    list_size: float
    load: float
    wait: float
    open: str
    """Key of the text of its list's state."""


@dataclass(frozen=True)
class Town:
    """One municipality: inhabitants and those without a GP (NaN where it is not known)."""

    name: str
    people: float
    without: float

    @property
    def share(self) -> float:
        """Share without a GP."""
        return self.without / self.people if self.people else math.nan


def spots_apart(lat: Sequence[float], lon: Sequence[float]) -> list[tuple[float, float]]:
    """(lon, lat) of practices such that those at one place do not cover each other."""
    there: dict[tuple[float, float], list[int]] = {}
    for k, place in enumerate(zip(lat, lon, strict=True)):
        there.setdefault((round(place[0], 3), round(place[1], 3)), []).append(k)
    found: list[tuple[float, float]] = [(0.0, 0.0)] * len(lat)
    for place, rows in there.items():
        for row, spot in zip(rows, spiral(len(rows), *place), strict=True):
            found[row] = round(spot[0], 4), round(spot[1], 4)
    return found


def roads(region: Region) -> list[dict[str, Any]]:
    """The road network as lines between the centres of its nodes."""
    lat, lon = region.plane.lat_lon(np.asarray(region.nodes.x), np.asarray(region.nodes.y))
    return [
        {"coords": [[round(float(lon[k]), 3), round(float(lat[k]), 3)] for k in edge]} for edge in region.graph.edges()
    ]


def region_map(
    region: Region,
    lines: Sequence[dict[str, Any]],
    spots: Sequence[Spot],
    towns: Sequence[Town],
    lang: Language,
    dark: bool,
    by: Literal["load", "wait"] = "load",
) -> dict[str, Any]:
    """Option of the map.

    Args:
        region: with its posts.
        lines: of ``roads``.
        spots: practices that are there.
        towns: municipalities; none where nothing is known of them.
        lang: of what is shown on a point.
        dark: theme.
        by: what colours practices.
    """
    colours = theme(dark)
    shaded = [
        {"name": town.name, "itemStyle": {"areaColor": _shade(town, colours.shade, colours.land)}} for town in towns
    ]
    geo = {
        "map": MAP, "roam": False, "layoutCenter": ["50%", "50%"], "layoutSize": "98%", "regions": shaded,
        "aspectScale": round(math.cos(math.radians(region.plane.lat)), 3),
        "itemStyle": {"areaColor": colours.land, "borderColor": colours.border},
        "emphasis": {"itemStyle": {"areaColor": colours.grid}, "label": {"color": colours.ink}},
        "label": {"show": True, "color": colours.muted, "fontSize": 10.5}, "selectedMode": False,
    }  # fmt: skip
    practices = {
        "type": "scatter", "name": say("practices", lang), "coordinateSystem": "geo", "animation": False,
        "data": [_point(spot, lang, colours.load, by) for spot in spots],
        "itemStyle": {"borderColor": colours.ink, "borderWidth": 0.6, "opacity": 0.92},
    }  # fmt: skip
    lat, lon = region.plane.lat_lon(np.asarray(region.post_x), np.asarray(region.post_y))
    posts = {
        "type": "scatter", "name": say("posts", lang), "coordinateSystem": "geo", "symbol": "diamond", "symbolSize": 15,
        "data": [
            {"name": name, "value": [round(float(x), 4), round(float(y), 4)], "lines": [say("post", lang)]}
            for name, x, y, is_open in zip(region.post_name, lon, lat, region.post_open, strict=True)
            if is_open
        ],
        "itemStyle": {"color": colours.ink, "borderColor": colours.ground, "borderWidth": 1.2}, "animation": False,
    }  # fmt: skip
    network = {
        "type": "lines", "coordinateSystem": "geo", "data": list(lines), "silent": True, "animation": False,
        "lineStyle": {"color": colours.border, "width": 1.0, "opacity": 0.5, "curveness": 0},
    }  # fmt: skip
    tip = {
        "trigger": "item", "formatter": "@place", "backgroundColor": colours.ground, "borderColor": colours.grid,
        "textStyle": {"color": colours.ink, "fontSize": 12}, "confine": True,
    }  # fmt: skip
    told = {town.name: _told(town, lang) for town in towns if math.isfinite(town.people)}
    return {"deltaplan": {"lines": told}, "geo": geo, "series": [network, practices, posts], "tooltip": tip}


def _shade(town: Town, shades: Sequence[str], land: str) -> str:
    number = class_of(town.share, SHARE_BOUNDS)
    return land if number < 0 else shades[number]


def _point(spot: Spot, lang: Language, colours: Sequence[str], by: str) -> dict[str, Any]:
    kind = class_of(spot.load, LOAD_BOUNDS) if by == "load" else class_of(spot.wait, WAIT_BOUNDS)
    size = max(5.0, min(26.0, 11.0 * math.sqrt(max(spot.list_size, 0.0) / 2350.0)))
    return {
        "name": spot.name, "id": spot.number, "value": [spot.lon, spot.lat], "symbolSize": round(size, 1),
        "itemStyle": {"color": colours[kind] if kind >= 0 else "#999999"}, "lines": _of_spot(spot, lang),
    }  # fmt: skip


def _of_spot(spot: Spot, lang: Language) -> list[str]:
    load = [say("spot_load", lang, n=number(spot.load, lang))] if math.isfinite(spot.load) else []
    return [
        say("spot_list", lang, n=number(round(spot.list_size), lang)),
        *load,
        say("spot_wait", lang, n=number(spot.wait, lang)),
        say(f"list_{spot.open}", lang),
    ]


def _told(town: Town, lang: Language) -> list[str]:
    return [
        say("town_people", lang, n=number(round(town.people), lang)),
        say("town_without", lang, n=number(round(town.without), lang), share=number(100.0 * town.share, lang)),
    ]


def map_table(spots: Sequence[Spot], towns: Sequence[Town], lang: Language) -> dict[str, Any]:
    """The map as a table: municipalities, then practices."""
    rows = [[town.name, number(town.people, lang), number(town.without, lang), ""] for town in towns]
    rows += [
        [spot.name, number(round(spot.list_size), lang), number(spot.load, lang), say(f"list_{spot.open}", lang)]
        for spot in spots
    ]
    return {"heads": [say(key, lang) for key in ("map_who", "map_people", "map_without", "map_list")], "rows": rows}
