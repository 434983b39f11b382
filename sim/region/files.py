"""What each file of a region's folder holds, read and checked by itself; docs/region-format.md says it for people."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from sim.checks import read_toml, validate
from sim.parameters import Parameter
from sim.region.region import AGE_BAND_STARTS, USUAL_DAY, AgeTable, Municipality, PublishedDistance, Share
from sim.region.tables import Column, Folder, RegionError, Row, find_file, read_table
from sim.texts.faults import nearest, show

__all__ = [
    "AGE_COLUMNS",
    "LINK_KINDS",
    "RegionFile",
    "read_ages",
    "read_links",
    "read_municipalities",
    "read_outside_posts",
    "read_places",
    "read_posts",
    "read_practices",
    "read_published",
    "read_region_file",
    "region_hash",
]

AGE_COLUMNS = ("pop_0_14", "pop_15_24", "pop_25_44", "pop_45_64", "pop_65_74", "pop_75_84", "pop_85p")
LINK_KINDS = ("street", "rural", "main", "ferry", "foot_ferry", "remove")
GRADES = ("A", "B", "C")
_LAT, _LON = (50.6, 53.8), (3.2, 7.4)

_REQUIRED = ("municipalities.csv", "places.csv", "posts.csv", "ages.csv")
_OPTIONAL = ("links.csv", "published_distances.csv", "practices.csv", "posts_outside.csv")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Label(_Strict):
    """A label in both languages."""

    nl: str = Field(min_length=1)
    en: str = Field(min_length=1)


class SourceEntry(_Strict):
    """Where a file, or the named columns of it, comes from."""

    file: str
    columns: list[str] = []
    year: int
    grade: Literal["A", "B", "C"]
    text: str = Field(min_length=3)


class StartLevels(_Strict):
    """Published levels of the region at the start, each with its passport."""

    practices: Parameter
    gps_regular: Parameter
    gps_changing_locum: Parameter
    gp_fte_owner_employed: Parameter
    list_over_norm: Parameter
    gps_owner: Parameter | None = None


class RegionFile(_Strict):
    """Content of region.toml."""

    id: str = Field(min_length=1)
    label_nl: str = Field(min_length=1)
    label_en: str = Field(min_length=1)
    population_date: date
    describes: date = USUAL_DAY
    school_region: Literal["Noord", "Midden", "Zuid"]
    organisations: dict[str, Label] = Field(min_length=1)
    sources: list[SourceEntry]
    start: StartLevels

    @property
    def levels(self) -> dict[str, Parameter]:
        """The start levels that the file gives."""
        return {level: passport for level, passport in self.start if passport is not None}


def read_region_file(folder: Folder) -> RegionFile:
    """region.toml, checked against itself and against the files of the folder.

    Raises:
        RegionError: not TOML, a key is unknown, missing or wrong, a file has no source.
    """
    name = "region.toml"
    content = validate(RegionFile, read_toml(find_file(folder, name), RegionError), name, RegionError)
    if content.id != folder.name:
        raise RegionError("id_folder", name, "id", value=show(content.id), expected=show(folder.name))
    if (content.describes.month, content.describes.day) != (1, 1):
        raise RegionError(
            "key_range", name, "describes", value=content.describes.isoformat(), expected="a first of January"
        )
    for level, passport in content.levels.items():
        if isinstance(passport.value, list) or passport.value <= 0:
            raise RegionError(
                "key_range", name, f"start.{level}.value", value=show(passport.value), expected="above 0 (one number)"
            )
    for entry, source in enumerate(content.sources):
        if source.file not in _REQUIRED + _OPTIONAL:
            raise RegionError(
                "source_unknown_file",
                name,
                f"sources[{entry + 1}].file",
                value=show(source.file),
                hint=nearest(source.file, _REQUIRED + _OPTIONAL),
                expected=", ".join(_REQUIRED + _OPTIONAL),
            )
    named = {source.file for source in content.sources}
    for file in _REQUIRED + _OPTIONAL:
        if file not in named and (folder / file).is_file():
            raise RegionError("source_missing", name, "sources", value=file)
    return content


def region_hash(folder: Folder) -> str:
    """SHA-256 (hexadecimal) over the files of a region, names included: says whether two runs saw the same data."""
    digest = hashlib.sha256()
    for name in ("region.toml", *_REQUIRED, *_OPTIONAL):
        path = folder / name
        if path.is_file():
            data = path.read_bytes()
            digest.update(f"{name} {len(data)}\n".encode())
            digest.update(data)
    return digest.hexdigest()


def _share(name: str) -> tuple[Column, Column, Column]:
    return (
        Column(name, "number", low=0, high=1),
        Column(f"{name}_low", "number", low=0, high=1),
        Column(f"{name}_high", "number", low=0, high=1),
    )


def _take_share(row: Row, name: str) -> Share:
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    if not low <= value <= high:
        raise row.fault("range_order", column=name, value=value, low=low, high=high)
    return Share(value, low, high)


def read_municipalities(folder: Folder) -> list[tuple[Row, Municipality]]:
    """municipalities.csv; the age fractions are scaled to add to 1."""
    columns = [
        Column("municipality", "text"),
        Column("population", "count", low=1, high=20_000_000),
        *(Column(name, "number", low=0, high=1) for name in AGE_COLUMNS),
        *_share("deprived"),
        *_share("without_gp"),
        Column("change_2035", "number", required=False, low=-0.5, high=0.5),
        Column("change_2035_grade", "choice", required=False, choices=GRADES),
    ]
    rows = read_table(folder, "municipalities.csv", columns)
    _refuse_duplicates(rows, ("municipality",))
    result = []
    for row in rows:
        fractions = [row[name] for name in AGE_COLUMNS]
        total = sum(fractions)
        if abs(total - 1) > 0.005:
            raise row.fault("ages_sum", value=show(row["municipality"]), found=f"{total:.4f}")
        municipality = Municipality(
            name=row["municipality"],
            population=row["population"],
            ages=tuple(fraction / total for fraction in fractions),
            deprived=_take_share(row, "deprived"),
            without_gp=_take_share(row, "without_gp"),
            change_2035=row["change_2035"],
            change_2035_grade=row["change_2035_grade"],
        )
        result.append((row, municipality))
    return result


def read_places(folder: Folder) -> list[Row]:
    """places.csv, coordinates checked against the Netherlands."""
    columns = [
        Column("place", "text"),
        Column("municipality", "text"),
        Column("lat", "number"),
        Column("lon", "number"),
        Column("population", "count", low=1, high=2_000_000),
        Column("main_road", "flag", required=False),
        Column("island", "text", required=False),
        Column("coordinate_grade", "choice", choices=GRADES),
    ]
    rows = read_table(folder, "places.csv", columns)
    _refuse_duplicates(rows, ("municipality", "place"))
    for row in rows:
        _check_coordinates(row)
    return rows


def read_posts(folder: Folder) -> list[Row]:
    """posts.csv, coordinates checked against the Netherlands."""
    columns = [
        Column("post", "text"),
        Column("organisation", "text"),
        Column("municipality", "text", required=False),
        Column("lat", "number"),
        Column("lon", "number"),
        Column("coordinate_grade", "choice", choices=GRADES),
        Column("closed", "flag", required=False),
    ]
    rows = read_table(folder, "posts.csv", columns)
    _refuse_duplicates(rows, ("post",))
    for row in rows:
        _check_coordinates(row)
    return rows


def read_outside_posts(folder: Folder) -> list[Row]:
    """posts_outside.csv, which need not be there: posts of other regions near the border."""
    columns = [
        Column("post", "text"),
        Column("lat", "number"),
        Column("lon", "number"),
        Column("coordinate_grade", "choice", choices=GRADES),
    ]
    rows = read_table(folder, "posts_outside.csv", columns, needed=False)
    _refuse_duplicates(rows, ("post",))
    for row in rows:
        _check_coordinates(row)
    return rows


def read_ages(folder: Folder) -> AgeTable:
    """ages.csv: five-year bands from 0-4 on without a gap, the last one open-ended (85+ or later)."""
    rows = read_table(folder, "ages.csv", [Column("age", "text"), Column("persons", "count", low=0, high=20_000_000)])
    for k, row in enumerate(rows):
        start = 5 * k
        last = k == len(rows) - 1
        if last and row["age"] == f"{start}+" and start >= AGE_BAND_STARTS[-1]:
            break
        if row["age"] != f"{start}-{start + 4}":
            raise row.fault("age_band", value=show(row["age"]), expected=f"{start}-{start + 4}")
        if last:
            raise row.fault("ages_open", value=show(row["age"]))
    persons = np.array([row["persons"] for row in rows], np.int64)
    return AgeTable(tuple(row["age"] for row in rows), np.arange(len(rows), dtype=np.int16) * np.int16(5), persons)


def read_links(folder: Folder) -> list[Row]:
    """links.csv, which need not be there."""
    columns = [
        Column("from", "text"),
        Column("to", "text"),
        Column("kind", "choice", choices=LINK_KINDS),
        Column("km", "number", required=False, low=0.01, high=500),
        Column("car_minutes", "number", required=False, low=0.1, high=1000),
        Column("bicycle_minutes", "number", required=False, low=0.1, high=5000),
    ]
    rows = read_table(folder, "links.csv", columns, needed=False)
    for row in rows:
        for kind, column in (("ferry", "car_minutes"), ("foot_ferry", "bicycle_minutes")):
            if row["kind"] == kind and row[column] is None:
                raise row.fault("link_needs", value=kind, column=column)
    return rows


def read_practices(folder: Folder) -> list[Row]:
    """practices.csv, which need not be there: how many practices at least stand in a place."""
    columns = [Column("place", "text"), Column("practices", "count", low=1, high=1000)]
    rows = read_table(folder, "practices.csv", columns, needed=False)
    _refuse_duplicates(rows, ("place",))
    return rows


def read_published(folder: Folder, municipalities: list[str]) -> tuple[PublishedDistance, ...]:
    """published_distances.csv, which need not be there."""
    columns = [
        Column("facility", "choice", choices=("practice", "post")),
        Column("area", "text"),
        Column("km", "number", low=0, high=300),
        Column("low", "number", required=False, low=0, high=300),
        Column("high", "number", required=False, low=0, high=300),
        Column("year", "count", low=1990, high=2100),
        Column("grade", "choice", choices=GRADES),
        Column("source", "text"),
    ]
    rows = read_table(folder, "published_distances.csv", columns, needed=False)
    for row in rows:
        if row["area"] != "national" and row["area"] not in municipalities:
            known = ["national", *municipalities]
            raise row.fault("unknown_area", value=show(row["area"]), hint=nearest(row["area"], known))
        if not (row["low"] or 0) <= row["km"] <= (row["high"] or 300):
            raise row.fault("range_order", column="km", value=row["km"], low=row["low"], high=row["high"])
    return tuple(PublishedDistance(**row.values) for row in rows)


def _refuse_duplicates(rows: list[Row], keys: tuple[str, ...]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(str(row[name]).lower() for name in keys)
        if key in seen:
            raise row.fault("duplicate", column=keys[-1], value=show(row[keys[-1]]), first=seen[key])
        seen[key] = row.number


def _check_coordinates(row: Row) -> None:
    lat, lon = row["lat"], row["lon"]
    if _LAT[0] <= lon <= _LAT[1] and _LON[0] <= lat <= _LON[1]:
        raise row.fault("swapped", lat=lat, lon=lon)
    for column, (low, high) in (("lat", _LAT), ("lon", _LON)):
        if not low <= row[column] <= high:
            raise row.fault("out_of_range", column=column, value=row[column], low=low, high=high)
