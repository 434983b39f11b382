"""Whatever stands in a scenario file, it loads or is answered in lines; what loads comes back as it was written."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.interventions.registry import kinds
from sim.parameters import load_parameters
from sim.region import Region, load_region
from sim.scenario import Scenario, check, check_scenario, load_scenario, scenario_hash
from tests.scenario.files import SHIPPED, catalogue
from tests.verification.test_any_region import VALUES, keys

PARAMETERS = load_parameters()
KINDS = kinds()
QUICK = settings(max_examples=80, deadline=None, derandomize=True)
LONG = settings(max_examples=3_000, deadline=None)
NAMES = st.sampled_from([
    "Almelo", "almelo", "Enschede", "Spoedpost Almelo", "twente", "everything", "a", "../a", "/", "2026-01-01", "hard",
    "elastic", "nan", "1", "", " ", "needs", "care.no_show", "owner_stops", "é", "a" * 300, "kind", "{}", "%s", "a\n",
])  # fmt: skip
DATES = st.dates(date(2020, 1, 1), date(2060, 1, 1))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A catalogue with Twente, which is read once."""
    known = cache(load_region)

    def load(place: Path, parameters: Any) -> Region:
        return known(place, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "load_region", load)
        made = catalogue(tmp_path_factory.mktemp("scenarios"))
        (made / "base.toml").write_text(tomlkit.dumps({**everything(), "id": "base"}), encoding="utf-8")
        yield made


def as_document(scenario: Scenario, name: str) -> dict[str, Any]:
    """A scenario as it may be written in a file, everything spelt out."""
    document: dict[str, Any] = {
        "id": name,
        "label": {"nl": scenario.label.nl, "en": scenario.label.en},
        "region": scenario.region,
        "start": scenario.start,
        "years": scenario.years,
        "capacity_mode": scenario.capacity_mode,
        "parameters": dict(scenario.parameters),
    }
    for sort in ("interventions", "events"):
        document[sort] = {
            table["id"]: {key: as_written(value) for key, value in table.items() if key != "id" and value is not None}
            for table in getattr(scenario, sort)
        }
    return document


def as_written(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


@cache
def everything() -> dict[str, Any]:
    """All there is: every intervention, every event, and some parameters of every form."""
    scenario = load_scenario("everything-and-storm", SHIPPED, PARAMETERS, KINDS)
    document = as_document(scenario, "a")
    document["parameters"] = {"care.no_show": 0.05, "careers.exit_hazard": PARAMETERS["careers.exit_hazard"].value}
    return document


def write(folder: Path, document: dict[str, Any]) -> None:
    (folder / "a.toml").write_text(tomlkit.dumps(document), encoding="utf-8")


def assert_answered(folder: Path) -> Scenario | None:
    """Resolved, or said in lines what is wrong; nothing else happens."""
    checked = check_scenario("a", folder, PARAMETERS, KINDS)
    assert (checked.scenario is None) == bool(checked.faults)
    for fault in (*checked.faults, *checked.notes):
        for language in ("en", "nl"):
            text = fault.text(language)
            assert text.startswith(fault.file) and "\n" not in text and len(text) < 900, text
    return checked.scenario


def assert_written(folder: Path, document: dict[str, Any]) -> Scenario | None:
    """The answer to a file with this content, or None where no TOML file can hold it."""
    try:
        write(folder, document)
    except (UnicodeEncodeError, ValueError):
        return None
    return assert_answered(folder)


def test_everything_spelt_out_is_the_same_scenario(folder: Path) -> None:
    scenario = load_scenario("everything-and-storm", SHIPPED, PARAMETERS, KINDS)
    write(folder, as_document(scenario, "a"))
    again = assert_answered(folder)
    assert again is not None and scenario_hash(again) == scenario_hash(scenario)


def any_value_in_any_key(folder: Path, at: int, value: Any) -> None:
    """A key of a scenario that extends everything there is, with everything spelt out."""
    document = everything()
    every = keys(document)
    *way, last = every[at % len(every)]
    changed: dict[str, Any] = {"id": "a", "label": document["label"], "extends": "base"}
    place = changed
    for key in way:
        place[key] = dict(place.get(key, {}))
        place = place[key]
    if value is None:
        place.pop(last, None)
    else:
        place[last] = value
    assert_written(folder, changed)


KEYS = given(st.integers(0, 9999), st.one_of(VALUES, NAMES, DATES))
test_any_value_in_any_key = QUICK(KEYS(any_value_in_any_key))
test_any_value_in_any_key_at_length = pytest.mark.slow(LONG(KEYS(any_value_in_any_key)))


PARAMETER_NAMES = st.one_of(NAMES, st.text(max_size=8), st.sampled_from(sorted(PARAMETERS.entries)))
IDS = st.sampled_from([*KINDS.interventions, *KINDS.events, "other", "housing\n", "", "a.b", "Å"])


@QUICK
@given(
    st.dictionaries(PARAMETER_NAMES, VALUES, max_size=3),
    st.dictionaries(IDS, st.dictionaries(NAMES, VALUES, max_size=3), max_size=2),
    st.sampled_from(["parameters", "interventions", "events"]),
)
def test_any_tables(folder: Path, parameters: dict[str, Any], tables: dict[str, Any], where: str) -> None:
    document = {"id": "a", "label": {"nl": "a", "en": "a"}, "region": "twente"}
    document[where] = without_none(tables if where != "parameters" else parameters)
    scenario = assert_written(folder, document)
    if scenario is not None:
        for name, value in scenario.parameters.items():
            assert all(math.isfinite(v) for v in (value if isinstance(value, list) else [value])), name
        assert assert_written(folder, as_document(scenario, "a")) == scenario


def without_none(value: Any) -> Any:
    """TOML has no null."""
    if isinstance(value, dict):
        return {key: without_none(one) for key, one in value.items() if one is not None}
    return value
