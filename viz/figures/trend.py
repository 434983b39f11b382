"""Lines over months with bands: the course of one series in the baseline and in plans."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.texts import Language, number
from viz.figures.style import line_style, theme

__all__ = ["Line", "decimals_of", "digits", "trend", "trend_table"]

type Floats = npt.NDArray[np.floating[Any]]
_POINTS = 130


@dataclass(frozen=True)
class Line:
    """One plan's course.

    Attributes:
        name: of the plan.
        place: 0 is the baseline; decides colour and dash.
        mean, low, high: by month; the ends are NaN where no interval is known.
    """

    name: str
    place: int
    mean: Floats
    low: Floats
    high: Floats


def digits(values: Floats) -> int:
    """Decimals that three figures need."""
    known = np.abs(values[np.isfinite(values)])
    top = float(known.max()) if known.size else 0.0
    return 0 if top >= 100 or top == 0.0 else 1 if top >= 10 else 2 if top >= 0.5 else 4


def decimals_of(lines: Sequence[Line]) -> int:
    """Decimals that all lines together need."""
    return max((digits(line.mean) for line in lines), default=0)


def trend(months: Sequence[str], lines: Sequence[Line], *, dark: bool, last: str | None = None) -> dict[str, Any]:
    """Option of a chart of lines with bands.

    Args:
        months: ``2025-01`` and so on, those that are known.
        lines: arrays as long as ``months``.
        dark: theme.
        last: last month of the axis, when the run goes on beyond what is known.
    """
    colours = theme(dark)
    places = decimals_of(lines)
    every = max(1, math.ceil(len(months) / _POINTS))
    kept = list(range(len(months)))[::-1][::every][::-1]  # the newest month is always shown
    axis = [months[k] for k in kept]
    if last is not None and axis:
        axis += _months(axis[-1], last)[1:]
    series: list[dict[str, Any]] = []
    bands: dict[str, Any] = {}
    for line in lines:
        style = line_style(line.place, dark)
        low, mean, high = (_rounded(values[kept], places + 1) for values in (line.low, line.mean, line.high))
        if any(one is not None for one in low):
            bands[line.name] = {"low": low, "high": high}
            width = [
                None if a is None or b is None else round(b - a, places + 2) for a, b in zip(low, high, strict=True)
            ]
            plain = {"type": "line", "stack": f"band {line.name}", "symbol": "none", "silent": True, "animation": False}
            series.append(plain | {"name": f"~low {line.name}", "data": low, "lineStyle": {"opacity": 0}})
            area = {"color": style["color"], "opacity": 0.2}
            series.append(
                plain | {"name": f"~band {line.name}", "data": width, "lineStyle": {"opacity": 0}, "areaStyle": area}
            )
        series.append(
            {
                "type": "line", "name": line.name, "data": mean, "symbol": "none", "lineStyle": style,
                "itemStyle": {"color": style["color"]}, "animation": False, "z": 4 if line.place == 0 else 3,
            }
        )  # fmt: skip
    label = {"color": colours.muted, "fontSize": 11}
    return {
        "deltaplan": {"bands": bands},
        "grid": {"left": 4, "right": 10, "top": 10, "bottom": 4, "containLabel": True},
        "xAxis": {
            "type": "category", "data": axis, "boundaryGap": False,
            "axisLabel": label | {"formatter": "@year", "interval": "@january", "hideOverlap": True},
            "axisTick": {"show": False}, "axisLine": {"lineStyle": {"color": colours.grid}},
        },
        "yAxis": {
            "type": "value", "scale": True, "axisLabel": label | {"formatter": f"@num:{max(0, places - 1)}"},
            "splitLine": {"lineStyle": {"color": colours.grid}}, "splitNumber": 4,
        },
        "tooltip": {
            "trigger": "axis", "formatter": f"@trend:{places}", "backgroundColor": colours.ground, "confine": True,
            "borderColor": colours.grid, "textStyle": {"color": colours.ink, "fontSize": 12},
        },
        "series": series,
    }  # fmt: skip


def _months(first: str, last: str) -> list[str]:
    begin, end = (int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last))
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(begin, end + 1)]


def _rounded(values: Floats, places: int) -> list[float | None]:
    return [round(float(one), places) if math.isfinite(one) else None for one in values]


def trend_table(months: Sequence[str], lines: Sequence[Line], lang: Language, month_word: str) -> dict[str, Any]:
    """The same as a table: the last month of every year, and the newest."""
    shown = [k for k, month in enumerate(months) if month.endswith("-12")]
    if months and (not shown or shown[-1] != len(months) - 1):
        shown.append(len(months) - 1)
    rows = []
    for k in shown:
        row = [months[k]]
        for line in lines:
            text = number(float(line.mean[k]), lang)
            if math.isfinite(line.low[k]):
                text += f" ({number(float(line.low[k]), lang)} – {number(float(line.high[k]), lang)})"
            row.append(text)
        rows.append(row)
    return {"heads": [month_word, *(line.name for line in lines)], "rows": rows}
