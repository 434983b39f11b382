"""Filling what is not given: positions and inhabitants from a gazetteer, the rest from national figures."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from experiments.region_new.gazetteer import Found, Gazetteer, MissingError
from experiments.region_new.given import SHARES, Given, find_place
from sim.region.files import AGE_COLUMNS
from sim.region.practice_sites import apportion
from sim.region.region import AGE_BAND_STARTS
from sim.region.tables import RegionError, Row
from sim.texts.faults import nearest, show

__all__ = ["NATIONAL_SHARES", "Filled", "Note", "fill", "national_ages"]

NATIONAL_SHARES = {"deprived": (0.085, 0.055, 0.12), "without_gp": (0.0067, 0.0025, 0.011)}
"""Share with its range: in deprived areas (about 8 % by NZa 2019, 9 % by the deprivation fund; range assumed), and
without a GP (45,000 to 194,000 of 17.9 million people, Algemene Rekenkamer 2025)."""


@dataclass(frozen=True)
class Note:
    """Something that was filled in: the file, the key of a text, how often, and the columns that it concerns.

    `columns` is empty where all of the file was filled in, or its start levels.
    """

    file: str
    key: str
    count: int
    columns: tuple[str, ...] = ()


@dataclass
class Filled:
    """Rows of the region's files, every required column filled, and what was filled in."""

    places: list[dict[str, Any]] = field(default_factory=list)
    municipalities: list[dict[str, Any]] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    ages: list[tuple[str, int]] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def population(self) -> int:
        """All inhabitants."""
        return sum(row["population"] for row in self.municipalities)

    def note(self, file: str, key: str, count: int, *columns: str) -> None:
        """Keep that something was filled in, if it was."""
        if count:
            self.notes.append(Note(file, key, count, columns))


@cache
def national_ages() -> tuple[tuple[str, int], ...]:
    """Five-year bands and persons of the Netherlands on 1 January 2025 (CBS StatLine)."""
    text = (resources.files("experiments.region_new") / "netherlands_ages.csv").read_text(encoding="utf-8")
    return tuple((row["age"], int(row["persons"])) for row in csv.DictReader(text.splitlines()))


def _band(age: str) -> int:
    first = int(age.removesuffix("+").split("-")[0])
    return max(k for k, start in enumerate(AGE_BAND_STARTS) if start <= first)


def _national_fractions() -> list[float]:
    people = np.zeros(len(AGE_COLUMNS))
    for age, persons in national_ages():
        people[_band(age)] += persons
    return [round(float(part), 4) for part in people / people.sum()]


def fill(region: str, given: Given, gazetteer: Gazetteer) -> Filled:
    """All files of a region but its region.toml, from what is given.

    Args:
        region: id of the region, which names its organisation when none is given.

    Raises:
        RegionError: something is not given and cannot be known; one line that names row and mend.
    """
    out = Filled()
    found = _positions(given.places, gazetteer, out)
    _towns(given, found, out)
    _people(given, found, out)
    _shares_and_ages(given, out)
    _posts(region, given, out)
    return out


def _positions(rows: Sequence[Row], gazetteer: Gazetteer, out: Filled) -> dict[int, Found]:
    """Places with their positions; what the gazetteer says of those that needed it, by row."""
    found: dict[int, Found] = {}
    placed = 0
    for k, row in enumerate(rows):
        place = {name: row[name] for name in ("place", "main_road", "island")}
        place["municipality"] = row["municipality"] or row["place"]
        if row["lat"] is None or row["population"] is None:
            known = _look_up(row, gazetteer, "lat" if row["lat"] is None else "population")
            if known is not None:
                found[k] = known
        if row["lat"] is None:
            placed += 1
            place |= {"lat": found[k].lat, "lon": found[k].lon, "coordinate_grade": "A"}
        else:
            place |= {"lat": row["lat"], "lon": row["lon"], "coordinate_grade": row["coordinate_grade"] or "C"}
        out.places.append(place)
    out.note("places.csv", "positions", placed, "lat", "lon", "coordinate_grade")
    return found


def _look_up(row: Row, gazetteer: Gazetteer, column: str) -> Found | None:
    """The place in the gazetteer; None when only its inhabitants are asked and not known."""
    name = row["place"]
    try:
        candidates = [one for one in gazetteer.called(name) if row["province"] in (None, one.province)]
    except MissingError:
        if column == "population":
            return None
        raise row.fault("no_gazetteer", value=show(name), column="lat") from None
    if not candidates and column == "population":
        return None
    if not candidates:
        raise row.fault("not_in_gazetteer", value=show(name), hint=nearest(name, gazetteer.names()))
    if len(candidates) > 1:
        provinces = [one.province for one in candidates]
        if len(set(provinces)) == 1:
            raise row.fault("twice_in_province", value=show(name), expected=provinces[0])
        raise row.fault(
            "twice_in_gazetteer", value=show(name), expected=", ".join(provinces), bare=name, first=provinces[0]
        )
    return candidates[0]


def _towns(given: Given, found: Mapping[int, Found], out: Filled) -> None:
    if given.municipalities:
        out.municipalities = [dict(row.values) for row in given.municipalities]
        return
    names = dict.fromkeys(place["municipality"] for place in out.places)
    out.municipalities = [{"municipality": name, "population": None} for name in names]
    out.note("municipalities.csv", "municipalities", len(names), "municipality")


def _people(given: Given, found: Mapping[int, Found], out: Filled) -> None:
    """Inhabitants of every place and municipality: given, known, or what is left divided."""
    filled = summed = 0
    for town in out.municipalities:
        members = [k for k, place in enumerate(out.places) if place["municipality"] == town["municipality"]]
        empty = [k for k in members if given.places[k]["population"] is None]
        for k in members:
            out.places[k]["population"] = given.places[k]["population"]
        filled += len(empty)
        sure = sum(out.places[k]["population"] for k in members if k not in empty)
        if town.get("population") is None:
            for k in empty:
                if k not in found or not found[k].population:
                    raise given.places[k].fault("no_inhabitants", value=show(out.places[k]["place"]))
                out.places[k]["population"] = found[k].population
            town["population"] = sum(out.places[k]["population"] for k in members)
            summed += 1
        elif empty:
            left = town["population"] - sure
            if left < len(empty):
                raise given.places[empty[0]].fault(
                    "too_many_people",
                    value=show(town["municipality"]),
                    found=sure,
                    expected=town["population"],
                    other=show(out.places[empty[0]]["place"]),
                )
            weights = [found[k].population if k in found else 0 for k in empty]
            typical = int(np.mean([weight for weight in weights if weight] or [1]))
            share = apportion(left - len(empty), [weight or typical for weight in weights], np.arange(len(empty)))
            for k, people in zip(empty, share.tolist(), strict=True):
                out.places[k]["population"] = 1 + people
    out.note("places.csv", "inhabitants", filled, "population")
    out.note("municipalities.csv", "sums", summed, "population")


def _shares_and_ages(given: Given, out: Filled) -> None:
    national = dict(zip(AGE_COLUMNS, _national_fractions(), strict=True))
    missing = dict.fromkeys((*SHARES, "ages"), 0)
    for town in out.municipalities:
        for name in SHARES:
            if town.get(name) is None:
                missing[name] += 1
                columns = (name, f"{name}_low", f"{name}_high")
                town |= dict(zip(columns, NATIONAL_SHARES[name], strict=True))
        if town.get(AGE_COLUMNS[0]) is None:
            missing["ages"] += 1
            town |= national
    out.note("municipalities.csv", "town_ages", missing["ages"], *AGE_COLUMNS)
    for name in SHARES:
        out.note("municipalities.csv", name, missing[name], name, f"{name}_low", f"{name}_high")
    if "ages.csv" not in given.copied:
        out.ages = _ages(out.municipalities)
        out.note("ages.csv", "ages", 1)


def _ages(towns: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """The country's five-year ages, each band scaled to the region's."""
    country = np.zeros(len(AGE_COLUMNS))
    for age, persons in national_ages():
        country[_band(age)] += persons
    here = [sum(town["population"] * town[name] for town in towns) for name in AGE_COLUMNS]
    return [(age, round(persons * here[_band(age)] / country[_band(age)])) for age, persons in national_ages()]


def _posts(region: str, given: Given, out: Filled) -> None:
    unnamed = 0
    for row in given.posts:
        post = {name: row[name] for name in ("post", "municipality", "closed")}
        unnamed += row["organisation"] is None
        post["organisation"] = row["organisation"] or region
        at = row.values if row["lat"] is not None else out.places[find_place(row, given.places)]
        grade = (row["coordinate_grade"] or "C") if row["lat"] is not None else "C"
        out.posts.append(post | {"lat": at["lat"], "lon": at["lon"], "coordinate_grade": grade})
    if not given.posts:
        town = max(out.places, key=lambda place: place["population"])
        post = {"post": f"Huisartsenpost {town['place']}", "organisation": region, "closed": None}
        out.posts = [{**post, **{name: town[name] for name in ("municipality", "lat", "lon")}, "coordinate_grade": "C"}]
        out.note("posts.csv", "post", 1)
    out.note("posts.csv", "organisation", unnamed, "organisation")
    out.organisations = list(dict.fromkeys(post["organisation"] for post in out.posts))


def check_row(error: RegionError, rows: Mapping[str, Sequence[Row]]) -> RegionError:
    """The fault of a written file, pointing at the row of the given file from which the row was made."""
    given = rows.get(error.file, ())
    if isinstance(error.place, int) and 2 <= error.place < 2 + len(given):
        return RegionError(error.key, error.file, given[error.place - 2].number, **error.values)
    return error
