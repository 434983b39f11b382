from __future__ import annotations

import datetime
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.catalogue import packaged
from experiments.prepare import prepare
from experiments.questions.accepted import (
    ACCEPTED,
    SHIPPED,
    AcceptedError,
    Sets,
    load_sets,
    read_sets,
    sets_of,
    sets_text,
)
from experiments.questions.calibrate import FREE
from experiments.runs.draw import apply
from sim.scenario.catalogue import list_regions
from tests.experiments.questions.known import base


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "sets.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_sets_come_back_as_they_were_written(tmp_path: Path) -> None:
    text = sets_text(
        {"date": datetime.date(2025, 3, 1), "scenario": "twente", "free": ["care.no_show"]},
        [{"name": "a", "low": 1.0, "use": "fitted"}],
        [
            {"id": "one", "worst": 1.25, "values": {"care.no_show": 0.0123456789, "careers.exit_hazard[55-59]": 0.03}},
            {"id": "two", "worst": 2.0, "values": {"care.no_show": 0.05}},
        ],
    )
    file = written(tmp_path, text)
    assert read_sets(file) == Sets(tuple(load_sets(file)), str(file), "2025-03-01")
    one, two = load_sets(file)
    assert (one.id, two.id) == ("one", "two")
    assert one.values == {"care.no_show": 0.0123456789, "careers.exit_hazard[55-59]": 0.03}
    assert apply(two, base()).parameters.number("care.no_show") == 0.05


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("format = 2", "format 2"),
        ("format = ", "no TOML file"),
        ("format = 1", "holds no parameter sets"),
        ("format = 1\n[[sets]]\nid = 'a'", "set 1: no values"),
        ("format = 1\n[[sets]]\n[sets.values]\n'care.no_shaw' = 1", "set 1: unknown parameter 'care.no_shaw'"),
        ("format = 1\n[[sets]]\n[sets.values]\n'care.no_show' = 0.5", r"within \[0.01, 0.06\]"),
        ("format = 1\n[[sets]]\n[sets.values]\n'care.no_show' = 'x'", "is not a number"),
        ("format = 1\n[[sets]]\n[sets.values]\n'careers.exit_hazard' = 1", "is a list"),
        ("format = 1\n[[sets]]\n[sets.values]\n'careers.exit_hazard[x]' = 1", "has no place 'x'"),
        ("format = 1\n" + 2 * "[[sets]]\nid = 'a'\n[sets.values]\n'care.no_show' = 0.02\n", "the same id"),
        ("format = 1\n[[sets]]\nid = '../a'\n[sets.values]\n'care.no_show' = 0.02", "the id '../a' must be of letters"),
        ("format = 1\n[[sets]]\nid = 'plain'\n[sets.values]\n'care.no_show' = 0.02", "and not 'plain'"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str, match: str) -> None:
    with pytest.raises(AcceptedError, match=match):
        load_sets(written(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AcceptedError, match="cannot be read"):
        load_sets(tmp_path / "none.toml")


@pytest.mark.parametrize("file", sorted(Path(str(packaged())).glob("accepted/*")), ids=lambda file: file.name)
def test_the_sets_that_ship_can_be_used(file: Path) -> None:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    assert file.name == f"{content['region']}.toml" and content["region"] in list_regions(packaged())
    assert (content["scenario"], content["share"]) == (file.stem, 1.0) and content["date"] <= datetime.date.today()
    found = load_sets(file)
    assert len(found) == content["accepted"] >= 3
    assert all(set(draw.values) == set(content["free"]) == set(FREE) for draw in found)


def test_a_region_has_its_accepted_sets_unless_told() -> None:
    twente = prepare("twente-deltaplan", seed=1)
    found = sets_of(twente)
    assert list(found.draws) == load_sets(Path(str(packaged())) / "accepted" / "twente.toml")
    assert (found.file, found) == ("scenarios/accepted/twente.toml", sets_of(twente, ACCEPTED))
    assert datetime.date.fromisoformat(found.date)
    assert sets_of(twente, SHIPPED) == Sets()


def test_a_file_goes_before_the_accepted_sets_of_the_region(tmp_path: Path) -> None:
    file = written(tmp_path, "format = 1\n[[sets]]\nid = 'a'\n[sets.values]\n'care.no_show' = 0.02")
    found = sets_of(prepare("twente", seed=1), str(file))
    assert ([draw.id for draw in found.draws], found.file, found.date) == (["a"], str(file), "")


def test_a_region_without_accepted_sets_has_the_values_as_shipped() -> None:
    own = replace(prepare("twente", seed=1), region_hash="other files")  # a region of somebody's own that is called so
    for region in (prepare("zeeland", seed=1), own):
        assert sets_of(region) == Sets()
        with pytest.raises(AcceptedError, match=f"no accepted parameter sets of region {region.region.id}"):
            sets_of(region, ACCEPTED)
