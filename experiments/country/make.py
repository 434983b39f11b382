"""Writes scenarios/country: the 23 labour-market regions that have no folder of their own in scenarios/regions.

    uv run --extra places python -m experiments.country.make

Municipalities, posts and what is published by region are given (``data/``); places come from GeoNames, practices and
GPs from national densities. What it writes is kept, so that a run needs neither the library of places nor its version.
"""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import resources
from pathlib import Path

from experiments.catalogue import packaged
from experiments.country.places import Town, towns_of
from experiments.region_new.gazetteer import Found, GeoNames
from experiments.region_new.given import from_folder
from experiments.region_new.levels import Density
from experiments.region_new.write import Wish, make_region
from sim.region.files import AGE_COLUMNS
from sim.region.practice_sites import apportion
from sim.scenario.catalogue import COUNTRY

__all__ = ["make", "tables"]

DAY = date(2022, 1, 1)
MAIN_ROAD = 5_000
"""Places from so many inhabitants on are taken to lie on a main road: of the places of the five regions 76 % do from
there on, and 27 % of the smaller ones."""
_WITHOUT: dict[str, object] = {"without_gp": 0.004, "without_gp_low": 0.0025, "without_gp_high": 0.011}
"""As in the five regions, so that an order of regions does not rest on it."""
_SOURCE = (
    "CBS, Kerncijfers wijken en buurten 2022 (inhabitants and ages by municipality, as packaged in R package tmap "
    "4.2; split of 65+ from CBS table 83502NED); regions by CBS RegioPlus 2022; places by GeoNames (CC BY 4.0), put "
    "into municipalities by distance (about one in six lies in a neighbour); main roads assumed by size; posts from "
    "regional press and organisations 2010 to 2024, one in five recalled and not read",
    "CBS, Kerncijfers wijken en buurten 2022 (inwoners en leeftijden per gemeente, uit R-pakket tmap 4.2; verdeling "
    "van 65-plus uit CBS-tabel 83502NED); regio's volgens CBS RegioPlus 2022; plaatsen uit GeoNames (CC BY 4.0), op "
    "afstand over gemeenten verdeeld (ongeveer een op de zes hoort bij een buurgemeente); hoofdwegen aangenomen naar "
    "grootte; posten uit regionale pers en van organisaties 2010 tot 2024, een op de vijf uit het hoofd en niet "
    "nagelezen",
)
_SCENARIO = """# One of the 28 labour-market regions, written by `python -m experiments.country.make`.
id = "{id}"
region = "{id}"
start = 2025-01-01
years = 10
capacity_mode = "bounded"

[label]
nl = "{label}, zoals het nu loopt"
en = "{label}, as things are"

[parameters]
"practices.form_share" = [0.17, 0.39, 0.44] # national, from Nivel GP shares 2022
"""

type Row = Mapping[str, str]


def tables(name: str) -> list[dict[str, str]]:
    """Rows of one of the given files."""
    text = (resources.files("experiments.country") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def make(out: Path, places: Sequence[Found]) -> list[str]:
    """Write regions and scenarios into a folder that holds none of them yet; their ids.

    Args:
        out: gets ``regions/<id>/`` and ``<id>.toml``.
        places: of the whole country.
    """
    towns = tables("municipalities")
    known = [
        Town(r["municipality"], r["province"], float(r["lat"]), float(r["lon"]), int(r["population"])) for r in towns
    ]
    members: list[list[Found]] = [[] for _ in towns]
    for place, number in zip(places, towns_of(places, known), strict=True):
        if number >= 0:
            members[number].append(place)
    regions = tables("regions")
    for region in regions:
        own = [k for k, town in enumerate(towns) if town["region"] == region["region"]]
        posts = [post for post in tables("posts") if post["region"] == region["region"]]
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work)
            _write(folder / "municipalities.csv", [_town(towns[k]) for k in own])
            _write(folder / "places.csv", [row for k in own for row in _places(towns[k], members[k])])
            _write(folder / "posts.csv", [_post(post) for post in posts])
            make_region(_wish(region), from_folder(folder), GeoNames(), out)
        text = _SCENARIO.format(id=region["region"], label=region["name"])
        (out / f"{region['region']}.toml").write_text(text, encoding="utf-8")
    return [region["region"] for region in regions]


def _wish(region: Row) -> Wish:
    density = None
    if region["gps_per_10000"]:
        value, low, high = (float(region[key]) for key in ("gps_per_10000", "low", "high"))
        density = Density(value, low, high, 2022, region["source"], region["source_nl"])
    return Wish(
        id=region["region"], label_nl=region["name"], label_en=region["name"], day=DAY,
        school_region=region["school_region"], source=_SOURCE[0], source_nl=_SOURCE[1], density=density,
    )  # fmt: skip


def _town(row: Row) -> dict[str, object]:
    return {name: row[name] for name in ("municipality", "population", *AGE_COLUMNS)} | _WITHOUT


def _places(town: Row, members: Sequence[Found]) -> list[dict[str, object]]:
    """Rows of a municipality's places, inhabitants scaled to its own; its middle where none is known."""
    people = int(town["population"])
    if not members:
        members = [Found(town["municipality"], town["province"], float(town["lat"]), float(town["lon"]), people)]
    total = sum(one.population for one in members)
    rows: list[dict[str, object]] = []
    names: set[str] = set()
    for one in sorted(members, key=lambda place: (-place.population, place.name, place.lat)):
        if one.name in names:  # twice in one municipality: the larger stays
            continue
        names.add(one.name)
        main = "yes" if one.population * people / max(total, 1) >= MAIN_ROAD else "no"
        row = {"place": one.name, "municipality": town["municipality"], "lat": one.lat, "lon": one.lon}
        rows.append(row | {"coordinate_grade": "A", "main_road": main, "weight": max(one.population, 1)})
    weights = [int(str(row.pop("weight"))) for row in rows]
    parts = apportion(people - len(weights), weights, range(len(weights)))
    for row, part in zip(rows, parts, strict=True):
        row["population"] = 1 + int(part)
    return rows


def _post(row: Row) -> dict[str, object]:
    return {name: row[name] for name in ("post", "municipality", "lat", "lon", "coordinate_grade", "closed")}


def _write(file: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    target = Path(str(packaged())) / COUNTRY
    with tempfile.TemporaryDirectory(dir=target.parent) as draft:
        made = Path(draft) / COUNTRY
        made.mkdir()
        make(made, GeoNames().all())
        shutil.rmtree(target, ignore_errors=True)
        made.replace(target)
