"""Writing a region: all files beside the place where they will stand, read once as the model does, then moved there."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from experiments.region_new.filled import Filled, check_row, fill
from experiments.region_new.gazetteer import Gazetteer
from experiments.region_new.given import OUTLINES, Given
from experiments.region_new.levels import Density, Level, levels
from experiments.region_new.texts import FILLED
from sim.parameters import load_parameters
from sim.region import Region, load_region
from sim.region.files import AGE_COLUMNS
from sim.region.tables import RegionError
from sim.scenario.schema import NAME
from sim.texts.faults import show

__all__ = ["Made", "Wish", "make_region"]

_COLUMNS = {
    "municipalities.csv": (
        "municipality", "population", *AGE_COLUMNS, "deprived", "deprived_low", "deprived_high",
        "without_gp", "without_gp_low", "without_gp_high", "change_2035", "change_2035_grade",
    ),
    "places.csv": ("place", "municipality", "lat", "lon", "population", "main_road", "island", "coordinate_grade"),
    "posts.csv": ("post", "organisation", "municipality", "lat", "lon", "coordinate_grade", "closed"),
    "practices.csv": ("place", "practices"),
}  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What a region is to be called, and what the command line tells of it.

    Attributes:
        id: name of the folder and the scenario.
        label_nl, label_en: names for people.
        day: date to which the inhabitants refer.
        school_region: Noord, Midden or Zuid; None takes Midden and says so.
        source, source_nl: where the given files come from.
        density: GPs, where they are published for the region.
    """

    id: str
    label_nl: str
    label_en: str
    day: date
    school_region: str | None
    source: str
    source_nl: str
    density: Density | None = None


@dataclass(frozen=True)
class Made:
    """A region that has been written: as loaded, where it is, and what was filled in (text key and count)."""

    region: Region
    folder: Path
    scenario: Path
    notes: list[tuple[str, int]]


def make_region(wish: Wish, given: Given, gazetteer: Gazetteer, out: Path) -> Made:
    """Write ``regions/<id>/`` and ``<id>.toml`` in a folder: both or, when anything is wrong, neither.

    Raises:
        RegionError: the name is none or taken, or what is given cannot make a region; one line that names file, row and
            mend.
    """
    if not re.fullmatch(NAME.strip("^$"), wish.id):
        raise RegionError("region_name", wish.id, value=show(wish.id))
    folder, scenario = out / "regions" / wish.id, out / f"{wish.id}.toml"
    for path in (folder, scenario):
        if path.exists():
            raise RegionError("region_exists", str(path.relative_to(out)))
    filled = fill(wish.id, given, gazetteer)
    start = levels(
        filled.population, given.practices, load_parameters(), wish.source, wish.source_nl, wish.day.year, wish.density
    )
    filled.note("region.toml", "levels", sum(not level.given for level in start))
    filled.note("region.toml", "school_region", int(wish.school_region is None))
    new = not folder.parent.exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{wish.id}-", dir=folder.parent))
    try:
        draft = work / wish.id
        draft.mkdir()
        for name, content in _files(wish, given, filled, start).items():
            (draft / name).write_bytes(content)
        rows = {"places.csv": given.places, "municipalities.csv": given.municipalities, "posts.csv": given.posts}
        try:
            region = load_region(draft)
        except RegionError as error:
            raise check_row(error, {**rows, "practices.csv": given.practices}) from None
        (work / scenario.name).write_text(_scenario(wish), encoding="utf-8")
        Path(draft).replace(folder)
        try:
            Path(work / scenario.name).replace(scenario)
        except OSError:
            shutil.rmtree(folder)
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if new and not any(folder.parent.iterdir()):
            folder.parent.rmdir()
    return Made(region, folder, scenario, [(note.key, note.count) for note in filled.notes])


def _files(wish: Wish, given: Given, filled: Filled, start: Sequence[Level]) -> dict[str, bytes]:
    tables = {
        "municipalities.csv": filled.municipalities,
        "places.csv": filled.places,
        "posts.csv": filled.posts,
        "practices.csv": [row.values for row in given.practices],
    }
    files = {name: _table(_COLUMNS[name], rows) for name, rows in tables.items() if rows}
    if filled.ages:
        rows = [{"age": age, "persons": persons} for age, persons in filled.ages]
        files["ages.csv"] = _table(("age", "persons"), rows)
    files |= given.copied
    files["region.toml"] = _region_file(wish, filled, start, sorted(files)).encode()
    if given.outlines is not None:
        files[OUTLINES] = given.outlines
    return files


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """CSV without the columns that are empty throughout."""
    used = [name for name in columns if any(row.get(name) is not None for row in rows)]
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(used)
    for row in rows:
        out.writerow([_cell(row.get(name)) for name in used])
    return text.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _region_file(wish: Wish, filled: Filled, start: Sequence[Level], files: Sequence[str]) -> str:
    content = tomlkit.document()
    content.add(tomlkit.comment("Written by `deltaplan region new`; correct what you know better."))
    content.add("id", tomlkit.item(wish.id))
    content.add("label_nl", tomlkit.item(wish.label_nl))
    content.add("label_en", tomlkit.item(wish.label_en))
    content.add("population_date", tomlkit.item(wish.day))
    content.add("school_region", tomlkit.item(wish.school_region or "Midden"))
    names = tomlkit.table(is_super_table=True)
    for key in filled.organisations:
        label = wish.label_nl if key == wish.id else key
        names.add(key, {"nl": f"Huisartsendienst {label}", "en": f"Out-of-hours organisation {label}"})
    content.add("organisations", names)
    sources = tomlkit.aot()
    for file in files:
        if any(note.file == file and not note.columns for note in filled.notes):  # all of it was filled in
            continue
        sources.append(_source(file, (), wish.day.year, wish.source))
    for note in filled.notes:
        if note.file in files:
            text = FILLED[note.key]["en"].format(count=note.count)
            known = note.key == "positions"
            text = text[0].upper() + text[1:] if known else f"Assumption: {text}"
            sources.append(_source(note.file, note.columns, wish.day.year, text, "A" if known else "C"))
    content.add("sources", sources)
    table = tomlkit.table(is_super_table=True)
    for level in start:
        keys = ("value", "low", "high", "unit", "year", "grade", "source", "source_nl")
        passport = {key: getattr(level, key) for key in keys}
        table.add(level.name, passport | {"en": level.en, "nl": level.nl})
    content.add("start", table)
    return tomlkit.dumps(content)


def _source(file: str, columns: Sequence[str], year: int, text: str, grade: str = "C") -> tomlkit.items.Table:
    table = tomlkit.table()
    table.add("file", file)
    if columns:
        table.add("columns", list(columns))
    table.add("year", year)
    table.add("grade", grade)
    table.add("text", text)
    return table


def _scenario(wish: Wish) -> str:
    content = tomlkit.document()
    content.add("id", tomlkit.item(wish.id))
    content.add("region", tomlkit.item(wish.id))
    content.add("start", tomlkit.item(date(2025, 1, 1)))
    content.add("years", tomlkit.item(10))
    content.add(tomlkit.nl())
    content.add("label", tomlkit.item({"nl": wish.label_nl, "en": wish.label_en}))
    return tomlkit.dumps(content)
