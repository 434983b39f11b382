"""Differences by group: a point with its interval on either side of zero, a row a group, a marker a scenario."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from experiments.report.charts.marks import INK, MUTED, RULE, Style, marker, svg, text, ticks

__all__ = ["Point", "Row", "differences"]

WIDTH = 400.0
LEFT, RIGHT, TOP, BOTTOM = 118.0, 14.0, 30.0, 22.0
LINE = 13.0  # height of one scenario in a row
PAD = 7.0


@dataclass(frozen=True)
class Point:
    """One scenario in one group; NaN where unknown. ``sure``: the interval leaves zero out."""

    style: Style
    mean: float
    low: float
    high: float
    sure: bool


@dataclass(frozen=True)
class Row:
    """One group."""

    name: str
    points: Sequence[Point]


def differences(
    ident: str,
    title: str,
    about: str,
    rows: Sequence[Row],
    sides: tuple[str, str],
    unknown: str,
    write: Callable[[float, float], str],
) -> Markup | None:
    """The chart, or None when no difference is known.

    Args:
        ident, title, about: id in the page; name and description for those who cannot see it.
        rows: groups from top to bottom.
        sides: what lies left and right of zero, in words.
        unknown: what is written where a value is not known.
        write: a value and the step of the axis as text.
    """
    known = [
        value
        for row in rows
        for point in row.points
        for value in (point.mean, point.low, point.high)
        if math.isfinite(value)
    ]
    if not known:
        return None
    axis = ticks(min(*known, 0.0), max(*known, 0.0), 4)
    wide = WIDTH - LEFT - RIGHT
    heights = [PAD + LINE * len(row.points) for row in rows]
    height = TOP + sum(heights) + BOTTOM
    floor = height - BOTTOM

    def x_of(value: float) -> float:
        return LEFT + wide * (value - axis[0]) / (axis[-1] - axis[0])

    parts: list[Markup] = []
    y = TOP
    for number, tall in enumerate(heights):
        if number % 2 == 0:
            parts.append(
                Markup('<rect x="0" y="{:.1f}" width="{:g}" height="{:.1f}" fill="#f4f6f8"/>').format(y, WIDTH, tall)
            )
        y += tall
    for value in axis:
        parts.append(
            Markup('<line x1="{x:.1f}" x2="{x:.1f}" y1="{:g}" y2="{:.1f}" stroke="{}" stroke-width="{:g}"/>').format(
                TOP, floor, INK if value == 0.0 else RULE, 1.4 if value == 0.0 else 1.0, x=x_of(value)
            )
        )
        parts.append(text(x_of(value), height - 7, write(value, axis[1] - axis[0]), anchor="middle", fill=MUTED))
    middle = x_of(0.0)
    if middle - LEFT > 60.0:
        parts.append(text(middle - 8, TOP - 10, f"← {sides[0]}", anchor="end", fill=INK, bold=True))
    if WIDTH - RIGHT - middle > 60.0:
        parts.append(text(middle + 8, TOP - 10, f"{sides[1]} →", fill=INK, bold=True))
    y = TOP
    for row, tall in zip(rows, heights, strict=True):
        parts.append(text(LEFT - 8, y + tall / 2.0 + 4, row.name, anchor="end"))
        for place, point in enumerate(row.points):
            parts += _point(point, y + PAD / 2.0 + LINE * (place + 0.5), x_of, unknown)
        y += tall
    return svg(WIDTH, height, ident, title, about, parts)


def _point(point: Point, y: float, x_of: Callable[[float], float], unknown: str) -> list[Markup]:
    if not math.isfinite(point.mean):
        return [text(x_of(0.0) + 8, y + 4, unknown, fill=point.style.colour)]
    parts = []
    if math.isfinite(point.low) and math.isfinite(point.high):
        parts.append(
            Markup('<line x1="{:.1f}" x2="{:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{}" stroke-width="1.6"/>').format(
                x_of(point.low), x_of(point.high), point.style.colour, y=y
            )
        )
    parts.append(marker(point.style.shape, x_of(point.mean), y, point.style.colour, size=3.6, hollow=not point.sure))
    return parts
