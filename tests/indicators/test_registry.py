"""The register itself: declarations are complete, and what cannot be answered is refused."""

from __future__ import annotations

import re

import pytest

from sim.indicators.catalogue import INDICATORS, THEMES, find_indicator
from sim.indicators.registry import INDICATORS as DECLARED
from sim.indicators.registry import UNITS, indicator
from sim.indicators.year import TableError, Year, full_years, years_of
from tests.indicators.small import group_year, people_month, practice_month


@pytest.mark.parametrize("one", INDICATORS.values(), ids=INDICATORS)
def test_declaration_is_complete(one: object) -> None:
    found = find_indicator(one.id)  # type: ignore[attr-defined]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", found.id)
    assert found.unit in UNITS and found.better in ("lower", "higher", "none")
    for text in (found.nl, found.en, found.definition_nl, found.definition_en, found.source):
        assert text == text.strip() and len(text) > 4
    assert found.nl != found.en and found.definition_nl != found.definition_en
    assert found.definition_nl.endswith(".") and found.definition_en.endswith(".")
    assert len(found.nl) <= 70 and len(found.en) <= 70, "labels have to fit a table"


def test_labels_are_unique() -> None:
    for texts in ([one.nl for one in INDICATORS.values()], [one.en for one in INDICATORS.values()]):
        assert sorted(text for text in set(texts) if texts.count(text) > 1) == []


def test_catalogue_holds_all_that_is_declared_by_theme() -> None:
    assert INDICATORS == DECLARED
    themes = [one.function.__module__ for one in INDICATORS.values()]
    assert list(dict.fromkeys(themes)) == [theme.__name__ for theme in THEMES]


def test_about_thirty_headlines() -> None:
    assert 25 <= sum(one.headline for one in INDICATORS.values()) <= 35


DECLARATION = {"unit": "%", "nl": "Proef", "en": "Trial", "better": "none", "definition_nl": "Niets."}


@pytest.mark.parametrize(
    ("id", "change", "mend"),
    [
        ("list_size", {}, "an indicator 'list_size' already"),
        ("trial", {"unit": "furlongs"}, "unknown unit 'furlongs'"),
        ("trial", {"by": ("municipality", "shoe_size")}, "unknown grouping 'shoe_size'"),
        ("trial", {}, "docstring"),
    ],
)
def test_a_bad_declaration_is_refused(id: str, change: dict[str, object], mend: str) -> None:
    with pytest.raises(ValueError, match=re.escape(mend)):
        indicator(id, **{**DECLARATION, **change})(lambda year: 0.0)  # type: ignore[arg-type]
    assert "trial" not in DECLARED


def test_unknown_indicator_names_what_comes_near() -> None:
    with pytest.raises(KeyError, match="did you mean 'wait_mean'"):
        find_indicator("wait_meen")


def test_a_grouping_without_meaning_is_refused() -> None:
    with pytest.raises(ValueError, match="wait_median cannot be shown by age; it can by nothing"):
        INDICATORS["wait_median"].by_group({}, 2025, "age")
    with pytest.raises(ValueError, match="it can by municipality, practice"):
        INDICATORS["list_size"].by_group({}, 2025, "age")


def test_missing_tables_and_columns_are_named() -> None:
    with pytest.raises(TableError, match="no table 'group_year'"):
        INDICATORS["contacts_per_person"]({}, 2025)
    people = {name: column for name, column in group_year().items() if name != "contacts"}
    with pytest.raises(TableError, match="no column 'contacts'"):
        INDICATORS["contacts_per_person"]({"group_year": people}, 2025)
    practices = {name: column for name, column in practice_month().items() if name != "municipality"}
    tables = {"practice_month": practices, "group_year": people}
    with pytest.raises(TableError, match="'practice_month' is not by municipality"):
        INDICATORS["list_size"].by_group(tables, 2025, "municipality")


def test_groups_are_those_of_the_year() -> None:
    tables = {"group_year": group_year(), "practice_month": practice_month(2026)}
    assert Year(tables, 2025).keys("municipality") == [0, 1]
    assert Year(tables, 2025).keys("age") == [0, 6]
    assert Year(tables, 2025).keys("practice") == []
    assert Year(tables, 2026).keys("practice") == [0, 1]


def test_full_years() -> None:
    whole, part = people_month(2025), people_month(2026)
    tables = {"people_month": {name: [*whole[name], *part[name][:5]] for name in whole}}
    assert years_of(tables) == [2025, 2026]  # type: ignore[arg-type]
    assert full_years(tables) == [2025]  # type: ignore[arg-type]
    assert full_years({}) == []
