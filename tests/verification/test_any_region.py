"""Whatever stands in a region's files, it loads or is answered by one line; what loads comes back as it was written."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomlkit
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.parameters import load_parameters
from sim.region import Region, RegionError, load_region
from sim.region.population import synthesise
from tests.region.islands import make_islands

PARAMETERS = load_parameters()
FILES = ("municipalities.csv", "places.csv", "posts.csv", "ages.csv", "links.csv")
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "0", "-1", "1e999", "-1e-320", "nan", "inf", "1_000", "1,5", "1 500", "٣", "²", "yes", "no", "A",
         '"', "'", ";", "\t", "\n", "\r\n", "\x00", "Mainland", "Island", "Town", "Quay", "mainland", "ferry", "remove",
         "street", "main", "1" * 400, "0.1", "52.95", "4.76", "85+", "0-4", "True", "None", "\ufeff", "\u2028"]
    ),
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(repr),
    st.text(max_size=12),
)  # fmt: skip
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=12), st.just([]),
    st.lists(st.integers(0, 9), max_size=3), st.just({}), st.dates(), st.just({"nl": "a", "en": "b"}),
)  # fmt: skip
QUICK = settings(max_examples=80, deadline=None, derandomize=True)
LONG = settings(max_examples=3_000, deadline=None)


@pytest.fixture(scope="module")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_islands(tmp_path_factory.mktemp("any"))


@dataclass
class Table:
    """A CSV file as rows of cells, header first."""

    rows: list[list[str]]

    @classmethod
    def of(cls, text: str) -> Table:
        return cls(list(csv.reader(io.StringIO(text))))

    def text(self) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.rows)
        return out.getvalue()


def answered(folder: Path) -> Region | None:
    """The region, or None where one line in each language says what is wrong; anything else is raised."""
    try:
        return load_region(folder, PARAMETERS)
    except RegionError as caught:
        fault = caught
    for language in ("en", "nl"):
        text = fault.text(language)
        assert "\n" not in text and "\r" not in text and 10 < len(text) < 600, text
        assert text.startswith(fault.file), text
    return None


def with_file(folder: Path, name: str, text: str) -> Region | None:
    """The answer to the folder with another text in one file, which is put back."""
    path = folder / name
    before = path.read_bytes()
    try:
        path.write_text(text, encoding="utf-8", newline="")
        return answered(folder)
    finally:
        path.write_bytes(before)


def any_text_in_any_cell(islands: Path, file: str, row: int, column: int, text: str, quoted: bool) -> None:
    table = Table.of((islands / file).read_text(encoding="utf-8"))
    line = table.rows[row % len(table.rows)]
    line[column % len(line)] = text
    with_file(islands, file, table.text() if quoted else "\n".join(",".join(cells) for cells in table.rows))


CELLS = given(st.sampled_from(FILES), st.integers(0, 99), st.integers(0, 99), TEXTS, st.booleans())
test_any_text_in_any_cell = QUICK(CELLS(any_text_in_any_cell))
test_any_text_in_any_cell_at_length = pytest.mark.slow(LONG(CELLS(any_text_in_any_cell)))


@QUICK
@given(
    st.sampled_from(FILES), st.integers(0, 99), st.integers(0, 99), st.sampled_from(["drop", "twice", "swap", "cut"])
)
def test_rows_and_columns_that_go_missing_or_come_twice(islands: Path, file: str, a: int, b: int, what: str) -> None:
    rows = Table.of((islands / file).read_text(encoding="utf-8")).rows
    a, b = a % len(rows), b % len(rows)
    if what == "drop":
        del rows[a]
    elif what == "twice":
        rows.insert(b, list(rows[a]))
    elif what == "swap":
        rows[a], rows[b] = rows[b], rows[a]
    else:
        column = b % len(rows[0])
        rows = [line[:column] + line[column + 1 :] for line in rows]
    with_file(islands, file, Table(rows).text())


def keys(table: dict[str, Any], before: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every key of a TOML document, those of tables within it too."""
    out: list[tuple[str | int, ...]] = []
    for key, value in table.items():
        out.append((*before, key))
        if isinstance(value, dict):
            out += keys(value, (*before, key))
        elif isinstance(value, list):
            for k, item in enumerate(value):
                out += keys(item, (*before, key, k)) if isinstance(item, dict) else []
    return out


def any_value_in_any_key(islands: Path, at: int, value: Any) -> None:
    document = tomllib.loads((islands / "region.toml").read_text(encoding="utf-8"))
    every = keys(document)
    *way, last = every[at % len(every)]
    place: Any = document
    for key in way:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    with_file(islands, "region.toml", tomlkit.dumps(document))


KEYS = given(st.integers(0, 999), VALUES)
test_any_value_in_any_key_of_the_region_file = QUICK(KEYS(any_value_in_any_key))
test_any_value_in_any_key_of_the_region_file_at_length = pytest.mark.slow(LONG(KEYS(any_value_in_any_key)))


@QUICK
@given(st.binary(max_size=60), st.sampled_from(("region.toml", *FILES)), st.integers(0, 2000), st.integers(0, 40))
@example(b"\xff\xfe", "places.csv", 0, 0)
def test_any_bytes_in_any_file(islands: Path, data: bytes, file: str, at: int, cut: int) -> None:
    path = islands / file
    before = path.read_bytes()
    at %= len(before)
    try:
        path.write_bytes(before[:at] + data + before[at + cut :])
        answered(islands)
    finally:
        path.write_bytes(before)


# Round trip, and the order of rows ------------------------------------------------------------------------------------


def test_what_is_loaded_is_what_was_written(islands: Path) -> None:
    region = answered(islands)
    assert region is not None
    rows = {file: Table.of((islands / file).read_text(encoding="utf-8")).rows for file in FILES}
    places = [(p.name, region.municipalities[p.municipality].name, p.population, p.lat, p.lon) for p in region.places]
    assert places == [(r[0], r[1], int(r[4]), float(r[2]), float(r[3])) for r in rows["places.csv"][1:]]
    assert [m.name for m in region.municipalities] == [r[0] for r in rows["municipalities.csv"][1:]]
    assert region.post_name == tuple(r[0] for r in rows["posts.csv"][1:])
    assert region.ages.persons.tolist() == [int(r[1]) for r in rows["ages.csv"][1:]]


@settings(QUICK, max_examples=12)
@given(st.permutations(range(4)), st.permutations(range(2)), st.permutations(range(2)))
def test_the_order_of_rows_is_a_matter_of_labels(islands: Path, places: Any, towns: Any, posts: Any) -> None:
    """The same roads, posts and numbers of people, by name, in whatever order places and towns are listed."""
    plain = answered(islands)
    orders = {"places.csv": places, "municipalities.csv": towns, "posts.csv": posts}
    before = {name: (islands / name).read_bytes() for name in orders}
    try:
        for name, order in orders.items():
            head, *rows = Table.of(before[name].decode()).rows
            (islands / name).write_text(Table([head, *(rows[k] for k in order)]).text(), encoding="utf-8")
        other = answered(islands)
    finally:
        for name, data in before.items():
            (islands / name).write_bytes(data)
    assert plain is not None and other is not None
    place = [other.node_name.index(name) for name in plain.node_name]
    for matrix in ("car_minutes", "bicycle_minutes", "road_km"):
        # sums along a road are taken the other way round, so that the last bit may differ
        one, two = getattr(plain, matrix), getattr(other, matrix)[np.ix_(place, place)]
        np.testing.assert_allclose(two, one, rtol=1e-6)
    assert other.node_population[place].tolist() == plain.node_population.tolist()
    post_of = [[region.post_name[k] for k in region.node_post] for region in (plain, other)]
    assert [post_of[1][k] for k in place] == post_of[0]
    counted = []
    for region in (plain, other):
        columns = synthesise(region, PARAMETERS, 1, 0.2)
        counted.append(dict(zip(region.node_name, np.bincount(columns["node"]).tolist(), strict=True)))
    assert counted[0] == counted[1]
