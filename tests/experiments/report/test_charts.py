"""Charts: ticks, labels that keep apart, gaps that stay gaps, circles that do not overlap."""

from __future__ import annotations

import math
import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.report.charts.dots import Point, Row, differences
from experiments.report.charts.lines import Line, trend
from experiments.report.charts.marks import STYLES, marker, spread_out, style, ticks
from experiments.report.charts.sketch import SHADES, Spot, class_of, classes, sketch
from tests.experiments.report.example import TOWNS
from tests.experiments.report.parsed import parsed

NAN = math.nan


def write(value: float, step: float = 1.0) -> str:
    return f"{value:g}"


@given(st.floats(-1e7, 1e7), st.floats(1e-4, 1e7))
@settings(max_examples=60, deadline=None)
def test_ticks_are_round_and_hold_the_values(low: float, width: float) -> None:
    found = ticks(low, low + width)
    step = found[1] - found[0]
    assert found[0] <= low + 1e-6 * step
    assert found[-1] >= low + width - 1e-6 * step
    assert 2 <= len(found) <= 7
    lead = step / 10.0 ** math.floor(math.log10(step) + 1e-6)
    assert min(abs(lead - round_one) for round_one in (1.0, 2.0, 2.5, 5.0, 10.0)) < 1e-3


def test_equal_values_get_an_axis_too() -> None:
    assert ticks(0.0, 0.0)[0] < 0.0 < ticks(0.0, 0.0)[-1]
    assert ticks(88.1, 88.1)[0] < 88.1 < ticks(88.1, 88.1)[-1]


@given(st.lists(st.floats(0.0, 100.0), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_labels_keep_apart_in_order(wanted: list[float]) -> None:
    found = spread_out(wanted, 12.0, 0.0, 100.0)
    assert all(b - a >= 12.0 - 1e-9 for a, b in pairwise(sorted(found)))
    assert all(-1e-9 <= value <= 100.0 + 1e-9 for value in found)
    for (a, x), (b, y) in combinations(zip(wanted, found, strict=True), 2):
        assert a == b or (a < b) == (x < y)


def test_scenarios_differ_by_more_than_colour() -> None:
    assert len({one.dash for one in STYLES}) == len({one.shape for one in STYLES}) == len(STYLES)
    assert len({one.colour for one in STYLES}) == len(STYLES)
    assert style(len(STYLES)) == style(0)
    drawn = {str(marker(one.shape, 5.0, 5.0, "#000000")) for one in STYLES}
    assert len(drawn) == len(STYLES)


def line(mean: list[float], low: list[float] | None = None) -> Line:
    years = range(2025, 2025 + len(mean))
    return Line("B", STYLES[1], years, mean, low or mean, mean)


def test_a_gap_breaks_the_line() -> None:
    chart = trend("t", "Title", "About", [line([1.0, 2.0, NAN, 3.0, 4.0])], write)
    assert chart is not None
    assert str(chart).count("<polyline") == 2
    assert str(chart).count("<rect") == 4  # a marker a known year
    assert "nan" not in str(chart)


def test_without_values_there_is_no_chart() -> None:
    assert trend("t", "Title", "About", [line([NAN, NAN])], write) is None
    assert trend("t", "Title", "About", [], write) is None
    point = Point(STYLES[1], NAN, NAN, NAN, False)
    assert differences("d", "Title", "About", [Row("x", [point])], ("less", "more"), "unknown", write) is None


def test_one_year_and_no_interval_can_be_drawn() -> None:
    chart = trend("t", "Title", "About", [line([5.0], [NAN])], write)
    assert chart is not None and "nan" not in str(chart)


def test_differences_lie_around_a_heavy_zero() -> None:
    chart = trend("t", "Title", "About", [line([5.0, 6.0])], write, height=150.0, around_zero=True)
    assert str(chart).count('stroke-width="1.4"/>') == 1 + 2  # zero, and a marker a year
    assert 'height="150"' in str(chart) and ">0<" in str(chart)
    plain = trend("t", "Title", "About", [line([5.0, 6.0])], write)
    assert ">0<" not in str(plain)


def test_what_hardly_moves_looks_flat() -> None:
    chart = trend("t", "Title", "About", [line([100.0, 100.01])], write)
    (points,) = re.findall(r'<polyline points="([^"]+)"', str(chart))
    first, last = (float(pair.split(",")[1]) for pair in points.split())
    assert abs(first - last) < 2.0


def test_noise_is_hollow_and_sides_are_named() -> None:
    sure = Point(STYLES[1], -2.0, -3.0, -1.0, True)
    noise = Point(STYLES[2], 0.5, -1.0, 2.0, False)
    gone = Point(STYLES[3], NAN, NAN, NAN, False)
    chart = differences(
        "d", "Title", "About", [Row("Almelo", [sure, noise, gone])], ("better", "worse"), "unknown", write
    )
    words = [one.text for one in parsed(str(chart)).all("text")]
    assert {"← better", "worse →", "Almelo", "unknown"} <= set(words)
    marks = [one for one in parsed(str(chart)).all("rect", "polygon") if one.attributes.get("stroke-width") == "1.4"]
    assert [one.attributes["fill"] for one in marks] == [STYLES[1].colour, "#ffffff"]


def test_classes_are_few_and_hold_every_value() -> None:
    for values in ([0.0, 24.9], [3.0, 3.0], [-2.0, 7.0, 1.0], [0.001, 0.0012]):
        bounds = classes(values)
        assert 1 <= len(bounds) <= len(SHADES)
        for value in values:
            low, high = bounds[class_of(value, bounds)]
            assert low - 1e-9 <= value <= high + 1e-9
    assert classes([NAN]) == []
    assert class_of(NAN, [(0.0, 1.0)]) == -1


def spots() -> list[Spot]:
    return [Spot(name, x, y, people, value) for name, (x, y, people, value) in TOWNS.items()]


def test_circles_keep_apart_and_inside_and_are_as_large_as_their_people() -> None:
    drawn = parsed(str(sketch("m", "Title", "About", spots(), [(0.0, 25.0)], write))).all("circle")
    place = [tuple(float(one.attributes[key]) for key in ("cx", "cy", "r")) for one in drawn]
    assert len(place) == len(TOWNS)
    for (x, y, r), (u, v, s) in combinations(place, 2):
        assert math.hypot(x - u, y - v) >= r + s
    for x, y, r in place:
        assert r <= x <= 360.0 - r and r <= y <= 330.0 - r
    area = {name: r * r for name, (_, _, r) in zip(TOWNS, place, strict=True)}
    assert area["Enschede"] / area["Hengelo"] == pytest.approx(160640 / 81476, rel=0.03)
    at = dict(zip(TOWNS, place, strict=True))
    assert at["Hellendoorn"][0] < at["Almelo"][0] < at["Oldenzaal"][0]  # west to east
    assert at["Twenterand"][1] < at["Hengelo"][1] < at["Haaksbergen"][1]  # north to south


def test_a_place_without_a_value_is_drawn_apart() -> None:
    drawn = str(sketch("m", "Title", "About", [Spot("Nowhere", 0.0, 0.0, 100.0, NAN)], [], write))
    assert "stroke-dasharray" in drawn
    assert "nan" not in drawn.replace("Nowhere: nan", "").replace(">nan<", "")
    assert sketch("m", "Title", "About", [], [], write)


def test_many_places_go_without_names() -> None:
    many = [Spot(f"Town {k}", float(k % 7), float(k // 7), 1000.0 + k, 1.0) for k in range(40)]
    drawn = parsed(str(sketch("m", "Title", "About", many, [(0.0, 2.0)], write)))
    assert len(drawn.all("circle")) == 40
    assert drawn.all("text") == []
    assert drawn.all("circle")[3].all("title")[0].text == "Town 3: 1"
