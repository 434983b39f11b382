"""Charts of lines: bands, gaps, months, decimals, and the same numbers as a table."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from viz.figures.style import letter, line_style
from viz.figures.trend import Line, decimals_of, digits, trend, trend_table

NAN = float("nan")


def months(count: int, first: int = 2025) -> list[str]:
    return [f"{first + k // 12}-{k % 12 + 1:02d}" for k in range(count)]


def line(name: str, place: int, mean: list[float], half: float = NAN) -> Line:
    values = np.array(mean)
    return Line(name, place, values, values - half, values + half)


def drawn(option: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in option["series"] if one["name"] == name]
    return dict(found)


def test_a_band_lies_from_its_low_end_to_its_high_end() -> None:
    option = trend(months(3), [line("Plan", 1, [10.0, 20.0, 30.0], 2.0)], dark=False)
    low, width = drawn(option, "~low Plan"), drawn(option, "~band Plan")
    assert low["data"] == [8.0, 18.0, 28.0] and width["data"] == [4.0, 4.0, 4.0]
    assert low["stack"] == width["stack"] and low["lineStyle"]["opacity"] == 0 and "areaStyle" in width
    assert option["deltaplan"]["bands"] == {"Plan": {"low": [8.0, 18.0, 28.0], "high": [12.0, 22.0, 32.0]}}


def test_no_band_where_no_interval_is_known() -> None:
    option = trend(months(2), [line("Baseline", 0, [1.0, 2.0])], dark=False)
    assert [one["name"] for one in option["series"]] == ["Baseline"]
    assert option["deltaplan"]["bands"] == {}


def test_gaps_stay_gaps_and_travel_as_json() -> None:
    one = Line("Plan", 1, np.array([1.0, NAN, 3.0]), np.array([0.5, NAN, 2.5]), np.array([1.5, NAN, 3.5]))
    option = trend(months(3), [one], dark=False)
    assert drawn(option, "Plan")["data"] == [1.0, None, 3.0]
    assert drawn(option, "~low Plan")["data"][1] is None and drawn(option, "~band Plan")["data"][1] is None
    json.dumps(option, allow_nan=False)


@pytest.mark.parametrize("count", [1, 130, 131, 180, 300])
def test_the_newest_month_is_always_shown_and_there_are_not_too_many(count: int) -> None:
    option = trend(months(count), [line("Plan", 1, [float(k) for k in range(count)])], dark=False)
    data = drawn(option, "Plan")["data"]
    assert option["xAxis"]["data"][-1] == months(count)[-1] and data[-1] == count - 1
    assert len(data) == len(option["xAxis"]["data"]) <= 131


def test_the_axis_goes_on_to_the_end_of_the_run() -> None:
    option = trend(months(6), [line("Plan", 1, [1.0] * 6)], dark=False, last="2026-12")
    assert option["xAxis"]["data"] == months(24)
    assert len(drawn(option, "Plan")["data"]) == 6


def test_nothing_known_draws_nothing() -> None:
    option = trend([], [line("Plan", 1, [])], dark=False, last="2026-12")
    assert option["xAxis"]["data"] == [] and drawn(option, "Plan")["data"] == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [([12345.0, 3.0], 0), ([99.0], 1), ([9.4], 2), ([0.03], 4), ([0.0], 0), ([NAN], 0), ([], 0)],
)
def test_three_figures(values: list[float], expected: int) -> None:
    assert digits(np.array(values)) == expected
    assert decimals_of([line("a", 0, values)]) == expected


def test_plans_differ_in_dash_and_letter_and_not_in_colour_alone() -> None:
    for dark in (False, True):
        styles = [line_style(place, dark) for place in range(5)]
        assert len({str(one["type"]) for one in styles}) == len({str(one["color"]) for one in styles}) == 5
    assert [letter(place) for place in range(5)] == list("ABCDE")


def test_the_table_has_the_end_of_every_year_and_the_newest_month() -> None:
    lines = [line("Basispad", 0, [1000.0 + k for k in range(18)]), line("Plan", 1, [2.5] * 18, 0.5)]
    made = trend_table(months(18), lines, "nl", "Maand")
    assert made["heads"] == ["Maand", "Basispad", "Plan"]
    assert made["rows"] == [["2025-12", "1.011", "2,50 (2 – 3)"], ["2026-06", "1.017", "2,50 (2 – 3)"]]
    assert trend_table(months(24), lines[:1] and [line("a", 0, [1.0] * 24)], "en", "Month")["rows"][-1][0] == "2026-12"
    assert trend_table([], [], "en", "Month")["rows"] == []
