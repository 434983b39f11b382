"""Reading parameters: what is refused, and with which words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.parameters import Parameter, ParameterError, Parameters, load_parameters, passports

ROW: dict[str, Any] = {
    "value": 0.03,
    "low": 0.01,
    "high": 0.06,
    "unit": "share",
    "year": 2024,
    "grade": "C",
    "source": "Assumption",
    "source_nl": "Aanname",
    "en": "No-show",
    "nl": "Niet verschenen",
}
COLUMN = {"value": [4.0, 11.0], "low": [3.0, 10.0], "high": 15.0, "index": ["phone", "consult"]}
PARAMETERS = Parameters(
    {"care.no_show": Parameter(**ROW), "care.gp_minutes": Parameter(**{**ROW, **COLUMN})},
)


def toml(row: dict[str, Any]) -> str:
    # Numbers and lists are written alike in TOML and JSON, and so are strings.
    return "[no_show]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in row.items())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder that the loader reads instead of the shipped one."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setattr(passports.resources, "files", lambda package: tmp_path)
    load_parameters.cache_clear()
    yield data
    load_parameters.cache_clear()


def test_a_good_file_is_read(folder: Path) -> None:
    (folder / "care.toml").write_text(toml(ROW), encoding="utf-8")
    (folder / "notes.txt").write_text("no parameters", encoding="utf-8")
    read = load_parameters()
    assert list(read) == ["care.no_show"]
    assert read.number("care.no_show") == 0.03


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        ({"grade": "D"}, "grade", "'A', 'B' or 'C'"),
        ({"value": 0.07}, "", "value must lie between low and high"),
        ({"value": 0.0}, "", "value must lie between low and high"),
        ({"low": 0.05, "high": 0.02}, "", "value must lie between low and high"),
        ({"value": [0.02, 0.03]}, "", "a list needs an `index` of the same length"),
        ({"value": [0.02, 0.03], "index": ["a"]}, "", "a list needs an `index` of the same length"),
        ({"value": [0.02, 0.03], "index": ["a", "b"], "low": [0.0, 0.0, 0.0]}, "", "low and high are one number or as"),
        ({"value": [0.02, 0.09], "index": ["a", "b"]}, "", "value must lie between low and high"),
        ({"unit": ""}, "unit", "at least 1 character"),
        ({"source": "?"}, "source", "at least 3 characters"),
        ({"source_nl": "?"}, "source_nl", "at least 3 characters"),
        ({"year": "last year"}, "year", "valid integer"),
        ({"value": "much"}, "value", "valid number"),
        ({"colour": "blue"}, "colour", "Extra inputs are not permitted"),
    ],
)
def test_a_bad_row_names_file_key_and_fault(folder: Path, change: dict[str, Any], place: str, message: str) -> None:
    (folder / "care.toml").write_text(toml({**ROW, **change}), encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        load_parameters()
    text = str(caught.value)
    assert text.startswith(f"care.toml, [no_show] {place}") and message in text
    assert "\n" not in text


@pytest.mark.parametrize("key", [key for key in ROW if key != "index"])
def test_nothing_of_a_passport_may_be_missing(folder: Path, key: str) -> None:
    (folder / "care.toml").write_text(toml({k: v for k, v in ROW.items() if k != key}), encoding="utf-8")
    with pytest.raises(ParameterError, match=rf"care\.toml, \[no_show\] {key}: Field required"):
        load_parameters()


def test_numbers_and_columns() -> None:
    assert PARAMETERS.number("care.no_show") == 0.03
    column = PARAMETERS.column("care.gp_minutes")
    assert column.dtype == np.float64 and column.tolist() == [4.0, 11.0]
    with pytest.raises(ParameterError, match=r"'care\.gp_minutes' is a list of 2; a single number is needed"):
        PARAMETERS.number("care.gp_minutes")
    with pytest.raises(ParameterError, match=r"'care\.no_show' is a single number; a list is needed"):
        PARAMETERS.column("care.no_show")


def test_an_unknown_name_meets_the_nearest() -> None:
    for ask in (PARAMETERS.number, PARAMETERS.column, PARAMETERS.__getitem__, lambda n: PARAMETERS.replace({n: 1.0})):
        with pytest.raises(ParameterError, match=r"unknown parameter 'care\.no_shwo'; did you mean 'care\.no_show'\?"):
            ask("care.no_shwo")
    with pytest.raises(ParameterError, match=r"^unknown parameter 'zzz'$"):
        PARAMETERS.number("zzz")


def test_replace_gives_a_copy() -> None:
    changed = PARAMETERS.replace({"care.no_show": 0.05, "care.gp_minutes": [5, 12]})
    assert changed.number("care.no_show") == 0.05 and changed.column("care.gp_minutes").tolist() == [5.0, 12.0]
    assert PARAMETERS.number("care.no_show") == 0.03
    assert changed["care.no_show"].source == PARAMETERS["care.no_show"].source
    assert list(changed) == list(PARAMETERS)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("care.no_show", 0.07, r"0\.07 is not a number within \[0\.01, 0\.06\] share"),
        ("care.no_show", "often", r"'often' is not a number within"),
        ("care.no_show", [0.02], r"takes one number"),
        ("care.gp_minutes", 4.0, r"takes a list of 2 numbers"),
        ("care.gp_minutes", [4.0], r"takes a list of 2 numbers"),
        ("care.gp_minutes", [4.0, 16.0], r"is not a number within"),
        ("care.gp_minutes", [2.0, 11.0], r"is not a number within"),
        ("care.no_show", float("nan"), r"is not a number within"),
    ],
)
def test_replace_refuses(name: str, value: Any, message: str) -> None:
    with pytest.raises(ParameterError, match=f"parameter '{name}'.*{message}"):
        PARAMETERS.replace({name: value})


def test_a_passport_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PARAMETERS["care.no_show"].value = 1.0
