"""What the user gives: CSV files in a folder, of which only places.csv must be there, or names of places alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.region.files import AGE_COLUMNS, GRADES
from sim.region.tables import Column, RegionError, Row, read_table
from sim.texts.faults import nearest, show

__all__ = ["COPIED", "OUTLINES", "SHARES", "Given", "find_place", "from_folder", "from_names"]

COPIED = ("ages.csv", "links.csv", "posts_outside.csv", "published_distances.csv")
"""Files that are taken over as they are, in the format of a region (docs/region-format.md)."""

OUTLINES = "outlines.geojson"
SHARES = ("deprived", "without_gp")

_READ = ("municipalities.csv", "places.csv", "posts.csv", "practices.csv")


@dataclass(frozen=True)
class Given:
    """Rows as given; empty where a file is not there.

    Attributes:
        copied: content by name of the files that are taken over.
        outlines: GeoJSON of the municipalities, None when not given.
    """

    places: Sequence[Row]
    municipalities: Sequence[Row] = ()
    posts: Sequence[Row] = ()
    practices: Sequence[Row] = ()
    copied: dict[str, bytes] = field(default_factory=dict)
    outlines: bytes | None = None


def from_names(names: Sequence[str]) -> Given:
    """Places by name alone; ``name/province`` where a name occurs twice in the country.

    Raises:
        RegionError: no name, or one twice.
    """
    rows = []
    for number, name in enumerate(names, 1):
        place, _, province = (part.strip() for part in name.partition("/"))
        if not place:
            raise RegionError("no_place_name", "--places", None, value=number)
        values = dict.fromkeys(column.name for column in _PLACES)
        rows.append(Row("--places", number, {**values, "place": place, "province": province or None}))
    _refuse_twice(rows, "place")
    return Given(rows)


def from_folder(folder: Path) -> Given:
    """The files of a folder.

    Raises:
        RegionError: anything wrong in a file by itself; one line that names file, row, fault and mend.
    """
    if not folder.is_dir():
        raise RegionError("no_folder", str(folder))
    known = (*_READ, *COPIED, OUTLINES)
    for path in sorted(folder.iterdir()):
        if path.suffix in (".csv", ".geojson") and path.name not in known:
            hint = nearest(path.name, known)
            raise RegionError("stray_file", path.name, hint=hint, expected=", ".join(known))
    places = read_table(folder, "places.csv", _PLACES)
    municipalities = read_table(folder, "municipalities.csv", _MUNICIPALITIES, needed=False)
    posts = read_table(folder, "posts.csv", _POSTS, needed=False)
    practices = read_table(folder, "practices.csv", _PRACTICES, needed=False)
    for row in municipalities:
        _all_or_none(row, AGE_COLUMNS)
        for share in SHARES:
            _all_or_none(row, (share, f"{share}_low", f"{share}_high"))
    for row in (*places, *posts):
        _all_or_none(row, ("lat", "lon"))
    _refuse_twice(municipalities, "municipality")
    _check_municipalities(places, municipalities)
    _check_places(posts, places, needed=False)
    _check_places(practices, places, needed=True)
    _check_gps(practices)
    outlines = folder / OUTLINES
    return Given(
        places=places,
        municipalities=municipalities,
        posts=posts,
        practices=practices,
        copied={name: (folder / name).read_bytes() for name in COPIED if (folder / name).is_file()},
        outlines=_outlines(outlines, [row["municipality"] for row in municipalities]) if outlines.is_file() else None,
    )


_POSITION = (
    Column("lat", "number", required=False),
    Column("lon", "number", required=False),
    Column("coordinate_grade", "choice", required=False, choices=GRADES),
)
_PLACES = (
    Column("place", "text"),
    Column("municipality", "text", required=False),
    Column("province", "text", required=False),
    *_POSITION,
    Column("population", "count", required=False, low=1, high=2_000_000),
    Column("main_road", "flag", required=False),
    Column("island", "text", required=False),
)
_MUNICIPALITIES = (
    Column("municipality", "text"),
    Column("population", "count", required=False, low=1, high=20_000_000),
    *(Column(name, "number", required=False, low=0, high=1) for name in AGE_COLUMNS),
    *(
        Column(f"{name}{part}", "number", required=False, low=0, high=1)
        for name in SHARES
        for part in ("", "_low", "_high")
    ),
    Column("change_2035", "number", required=False, low=-0.5, high=0.5),
    Column("change_2035_grade", "choice", required=False, choices=GRADES),
)
_POSTS = (
    Column("post", "text"),
    Column("place", "text", required=False),
    Column("municipality", "text", required=False),
    *_POSITION,
    Column("organisation", "text", required=False),
    Column("closed", "flag", required=False),
)
_PRACTICES = (
    Column("place", "text"),
    Column("practices", "count", low=1, high=1000),
    Column("gps", "count", required=False, low=1, high=5000),
)


def _all_or_none(row: Row, columns: Sequence[str]) -> None:
    absent = [name for name in columns if row[name] is None]
    if absent and len(absent) < len(columns):
        raise row.fault("all_or_none", value=", ".join(absent), expected=", ".join(columns))


def _refuse_twice(rows: Sequence[Row], column: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        key = str(row[column]).lower()
        if key in seen:
            raise row.fault("duplicate", column=column, value=show(row[column]), first=seen[key])
        seen[key] = row.number


def _check_municipalities(places: Sequence[Row], municipalities: Sequence[Row]) -> None:
    known = [row["municipality"] for row in municipalities]
    for row in places if known else ():
        name = row["municipality"] or row["place"]
        if name not in known:
            raise row.fault("unknown_municipality", value=show(name), hint=nearest(name, known))


def _check_places(rows: Sequence[Row], places: Sequence[Row], *, needed: bool) -> None:
    for row in rows:
        if row["place"] is not None or needed:
            find_place(row, places)
        elif row["lat"] is None:
            raise row.fault("post_nowhere", value=show(row["post"]))


def find_place(row: Row, places: Sequence[Row]) -> int:
    """Which of the places a row means: its name, or ``municipality/place`` where the name occurs twice.

    Raises:
        RegionError: there is none, or more than one.
    """
    name = row["place"]
    full = [f"{place['municipality'] or place['place']}/{place['place']}" for place in places]
    if name in full:
        return full.index(name)
    same = [k for k, place in enumerate(places) if place["place"] == name]
    if len(same) > 1:
        raise row.fault("ambiguous_place", value=show(name), expected=" or ".join(full[k] for k in same))
    if not same:
        raise row.fault("unknown_place", value=show(name), hint=nearest(name, [place["place"] for place in places]))
    return same[0]


def _check_gps(practices: Sequence[Row]) -> None:
    counted = [row for row in practices if row["gps"] is not None]
    for row in practices:
        if counted and row["gps"] is None:
            raise row.fault("gps_part", first=counted[0].number)
        if row["gps"] is not None and row["gps"] < row["practices"]:
            raise row.fault("gps_few", value=row["gps"], expected=row["practices"])


def _outlines(file: Path, municipalities: Sequence[str]) -> bytes:
    data = file.read_bytes()
    try:
        features = json.loads(data)["features"]
        named = {str(value) for feature in features for value in feature["properties"].values()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RegionError("bad_geojson", file.name) from None
    for name in municipalities:
        if name not in named:
            raise RegionError("no_outline", file.name, value=show(name))
    return data
