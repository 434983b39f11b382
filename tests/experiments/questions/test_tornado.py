from __future__ import annotations

import math
from xml.etree import ElementTree

from experiments.questions.tornado import Bar, tornado

SVG = "{http://www.w3.org/2000/svg}"


def bars(*values: float) -> list[Bar]:
    return [
        Bar(f"<{k}> & more", value, 0.5 * value, 1.5 * value, value, 0.1, f"{value:g}")
        for k, value in enumerate(values)
    ]


def test_bars_are_as_long_as_their_values() -> None:
    chart = ElementTree.fromstring(tornado("Wait <days>", "twente", bars(4.0, 2.0), ["note"], ("up", "down")))
    boxes = [one for one in chart.iter(f"{SVG}rect") if float(one.get("height", 0)) == 18]
    assert float(boxes[0].get("width", 0)) == 2 * float(boxes[1].get("width", 0)) > 0
    texts = [one.text for one in chart.iter(f"{SVG}text")]
    assert "<0> & more" in texts
    assert "+4" in texts
    assert "+ up" in texts
    height = float(chart.get("height", 0))
    assert all(float(one.get("y", 0)) < height for one in chart.iter() if one.get("y"))


def test_direction_shows_without_colour_and_nothing_is_drawn_for_what_is_unknown() -> None:
    rows = [Bar("a", 1.0, math.nan, math.nan, -1.0, math.nan, "1"), Bar("b", 0.0, 0.0, 0.0, 0.0, math.nan, "0")]
    text = tornado("t", "s", rows, [], ("", ""))
    assert "−1" in text
    assert text.count("<line") == 1
    assert "nan" not in text
