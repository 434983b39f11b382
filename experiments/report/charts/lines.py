"""A trend over the years: a line with its band for every scenario."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from experiments.report.charts.marks import INK, MUTED, RULE, Style, marker, spread_out, svg, text, ticks

__all__ = ["Line", "trend"]

WIDTH, HEIGHT = 340.0, 206.0
LEFT, RIGHT, TOP, BOTTOM = 50.0, 24.0, 10.0, 24.0
FLATTEST = 0.05  # an axis covers at least this share of the values: what hardly moves looks as if it hardly moves


@dataclass(frozen=True)
class Line:
    """One scenario: ``label`` stands at the end of its line; the values are by year, NaN where unknown."""

    label: str
    style: Style
    years: Sequence[int]
    mean: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def trend(
    ident: str,
    title: str,
    about: str,
    lines: Sequence[Line],
    write: Callable[[float, float], str],
    *,
    height: float = HEIGHT,
    around_zero: bool = False,
) -> Markup | None:
    """The chart, or None when there is no value at all.

    Args:
        ident: id in the page.
        title, about: name and description for those who cannot see it.
        write: a value and the step of the axis as text.
        height: of the picture.
        around_zero: for differences: zero is on the axis, as a heavy line.
    """
    known = [
        value
        for line in lines
        for series in (line.mean, line.low, line.high)
        for value in series
        if math.isfinite(value)
    ]
    years = sorted({year for line in lines for year in line.years})
    if not known or not years:
        return None
    axis = ticks(min(*known, 0.0), max(*known, 0.0)) if around_zero else _axis(min(known), max(known))
    bottom, top = axis[0], axis[-1]
    wide, high = WIDTH - LEFT - RIGHT, height - TOP - BOTTOM

    def x_of(year: int) -> float:
        return LEFT + wide * ((year - years[0]) / (years[-1] - years[0]) if len(years) > 1 else 0.5)

    def y_of(value: float) -> float:
        return TOP + high * (top - value) / (top - bottom)

    parts: list[Markup] = []
    for value in axis:
        parts.append(
            Markup('<line x1="{:g}" x2="{:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="{}" stroke-width="{:g}"/>').format(
                LEFT, WIDTH - RIGHT, *((INK, 1.4) if around_zero and value == 0.0 else (RULE, 1)), y=y_of(value)
            )
        )
        parts.append(text(LEFT - 6, y_of(value) + 4, write(value, axis[1] - axis[0]), anchor="end", fill=MUTED))
    for year in _few(years):
        parts.append(text(x_of(year), height - 7, year, anchor="middle", fill=MUTED))
    parts += [_band(run, x_of, y_of, line.style.colour) for line in lines for run in _runs(line)]
    ends: list[tuple[float, Line]] = []
    for line in lines:
        for run in _runs(line):
            points = " ".join(f"{x_of(year):.1f},{y_of(mean):.1f}" for year, mean, _, _ in run)
            parts.append(
                Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="1.9"{}/>').format(
                    points,
                    line.style.colour,
                    Markup(' stroke-dasharray="{}"').format(line.style.dash) if line.style.dash else "",
                )
            )
            parts += [
                marker(line.style.shape, x_of(year), y_of(mean), line.style.colour, size=2.4)
                for year, mean, _, _ in run
            ]
        finite = [value for value in line.mean if math.isfinite(value)]
        if finite:
            ends.append((y_of(finite[-1]), line))
    for place, (_, line) in zip(spread_out([y for y, _ in ends], 12.0, TOP, height - BOTTOM), ends, strict=True):
        parts.append(text(WIDTH - RIGHT + 8, place + 4, line.label, fill=line.style.colour, bold=True, size=12))
    return svg(WIDTH, height, ident, title, about, parts)


def _axis(low: float, high: float) -> list[float]:
    """Ticks around the values; not below zero when no value is."""
    least = FLATTEST * max(abs(low), abs(high))
    if high - low < least:
        middle = (low + high) / 2.0
        low, high = (
            (middle - least / 2.0, middle + least / 2.0)
            if low < 0.0
            else (max(0.0, middle - least / 2.0), middle + least / 2.0)
        )
    return ticks(low, high)


def _few(years: Sequence[int]) -> list[int]:
    step = max(1, math.ceil((len(years) - 1) / 4))
    return list(years[::-step][::-1])


def _runs(line: Line) -> list[list[tuple[int, float, float, float]]]:
    """Unbroken stretches of known means, with the bounds (the mean itself where they are unknown)."""
    runs: list[list[tuple[int, float, float, float]]] = [[]]
    for year, mean, low, high in zip(line.years, line.mean, line.low, line.high, strict=True):
        if not math.isfinite(mean):
            runs.append([])
            continue
        runs[-1].append((year, mean, low if math.isfinite(low) else mean, high if math.isfinite(high) else mean))
    return [run for run in runs if run]


def _band(
    run: list[tuple[int, float, float, float]],
    x_of: Callable[[int], float],
    y_of: Callable[[float], float],
    colour: str,
) -> Markup:
    there = [f"{x_of(year):.1f},{y_of(high):.1f}" for year, _, _, high in run]
    back = [f"{x_of(year):.1f},{y_of(low):.1f}" for year, _, low, _ in reversed(run)]
    return Markup('<polygon points="{}" fill="{}" fill-opacity="0.15" stroke="none"/>').format(
        " ".join(there + back), colour
    )
