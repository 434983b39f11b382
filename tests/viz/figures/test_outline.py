"""Outlines of municipalities: closed rings around their places, sketched or from a file."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.viz.tiny import small
from viz.figures.outline import OutlineError, outlines_from, sketched, spiral

REGION = small().base.region
NAMES = [town.name for town in REGION.municipalities]
Ring = list[list[float]]


def rings(feature: dict[str, Any]) -> list[Ring]:
    """All rings of a feature."""
    assert feature["geometry"]["type"] == "MultiPolygon"
    return [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]


def inside(x: float, y: float, shape: list[Ring]) -> bool:
    """Whether a point lies inside an odd number of rings."""
    found = False
    for ring in shape:
        for (xa, ya), (xb, yb) in pairwise(ring):
            if (ya > y) != (yb > y) and x < xa + (y - ya) / (yb - ya) * (xb - xa):
                found = not found
    return found


@pytest.fixture(scope="module")
def outlines() -> dict[str, list[Ring]]:
    return {one["properties"]["name"]: rings(one) for one in sketched(REGION)["features"]}


def test_every_municipality_has_an_outline_of_closed_rings(outlines: dict[str, list[Ring]]) -> None:
    assert list(outlines) == NAMES
    for name, own in outlines.items():
        assert own, name
        for ring in own:
            assert ring[0] == ring[-1] and len(ring) >= 4, name
            assert all(math.isfinite(value) for point in ring for value in point), name


def test_every_place_lies_in_the_outline_of_its_municipality_and_in_no_other(outlines: dict[str, list[Ring]]) -> None:
    lat, lon = REGION.plane.lat_lon(
        np.array([place.x for place in REGION.places]), np.array([place.y for place in REGION.places])
    )
    for place, y, x in zip(REGION.places, lat, lon, strict=True):
        found = [name for name, own in outlines.items() if inside(float(x), float(y), own)]
        assert found == [NAMES[place.municipality]], place.name


def test_outlines_of_the_users_own(tmp_path: Path) -> None:
    features = [
        {"properties": {"code": "x", "naam": name, "n": 3}, "geometry": {"type": "Polygon", "coordinates": []}}
        for name in [*reversed(NAMES), "Elsewhere"]
    ]
    file = tmp_path / "own.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    found = outlines_from(file, NAMES)["features"]
    assert [one["properties"] for one in found] == [{"name": name} for name in NAMES]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no json", "no GeoJSON"),
        ("[]", "no GeoJSON"),
        ('{"features": null}', "no GeoJSON"),
        ('{"features": 3}', "no GeoJSON"),
        ('{"features": ["x", null]}', "no GeoJSON"),
        ('{"features": [{"properties": ["x"]}]}', "no GeoJSON"),
        ('{"features": []}', "no outline is called Almelo"),
        ('{"features": [{"properties": {"name": "Almelo"}, "geometry": null}]}', "no outline is called"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_line(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "own.geojson"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(OutlineError, match=said) as caught:
        outlines_from(file, NAMES)
    assert str(file) in str(caught.value) and "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutlineError):
        outlines_from(tmp_path / "none.geojson", NAMES)


def test_things_at_one_place_lie_apart_and_near() -> None:
    spots = spiral(30, 52.3, 6.8)
    assert spots[0] == (6.8, 52.3)
    km = np.array([((lon - 6.8) * 111.3 * math.cos(math.radians(52.3)), (lat - 52.3) * 111.3) for lon, lat in spots])
    gaps = np.hypot(*(km[:, None] - km[None, :]).transpose(2, 0, 1)) + 9.0 * np.eye(30)
    assert gaps.min() > 0.3 and np.hypot(*km.T).max() < 3.0
