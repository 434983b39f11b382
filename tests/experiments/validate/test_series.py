"""Which published points count, and which series can be scored."""

from __future__ import annotations

import pytest

from experiments.validate.series import Point, Series, history, unscored
from sim.indicators.catalogue import INDICATORS

START = 2018


def point(year: int, value: float = 1.0, stock: bool = False) -> Point:
    return Point(year, value, stock, value, value)


def series(*points: Point, index: bool = True) -> Series:
    return Series("s", "deaths", points, "somebody", "S", "S", index=index)


def test_the_first_of_january_belongs_to_the_year_before() -> None:
    (practices,) = (one for one in history() if one.name == "practices")
    assert [one.label for one in practices.points] == [f"{year}-01-01" for year in (2014, 2018, 2020, 2022, 2024)]
    base = practices.base(START)
    assert base is not None and (base.year, base.value, base.when) == (2017, 4999.0, 2018.0)
    assert [one.year for one in practices.after(START)] == [2019, 2021, 2023]
    assert [one.year for one in practices.before(START)] == [2013, 2017]


@pytest.mark.parametrize(
    ("one", "inside"),
    [
        (point(2019), False),
        (point(2020), True),
        (point(2021), True),
        (point(2022), False),
        (point(2019, stock=True), False),  # 1 January 2020
        (point(2020, stock=True), True),
        (point(2021, stock=True), False),  # 1 January 2022
    ],
)
def test_covid_years(one: Point, inside: bool) -> None:
    assert one.in_covid is inside


@pytest.mark.parametrize(
    ("years", "lacks"),
    [
        ((2018, 2019, 2022, 2023), ""),
        ((2018, 2019, 2020, 2022), ""),
        ((2018, 2019, 2022), "few"),
        ((2018, 2019, 2020, 2021), "few_scored"),
        ((2019, 2022, 2023), "no_base"),
    ],
)
def test_what_a_series_needs(years: tuple[int, ...], lacks: str) -> None:
    assert series(*(point(year) for year in years)).lacks(START) == lacks


def test_a_level_needs_no_base() -> None:
    assert series(point(2019), point(2022), point(2023), index=False).lacks(START) == ""


def test_the_history_that_the_project_holds() -> None:
    names = [one.name for one in history()]
    assert len(names) == len(set(names)) >= 7 and len(unscored()) >= 10
    for one in history():
        assert one.indicator in INDICATORS and one.en and one.nl and len(one.source) > 3
        assert not one.lacks(START), f"{one.name} cannot be scored: move it to the unscored"
        assert bool(one.note_en) == bool(one.note_nl)
