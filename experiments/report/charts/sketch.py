"""A sketch of the region: a circle a municipality, as large as its inhabitants, shaded by a value that is below it.

No outlines are used. Circles lie where the municipalities lie unless they or their names would overlap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from experiments.report.charts.marks import INK, MUTED, svg, text, ticks

__all__ = ["SHADES", "Spot", "class_of", "classes", "sketch"]

WIDTH, HEIGHT = 360.0, 330.0
EDGE = 6.0
FILLED = 0.13  # share of the picture that the circles cover
SHADES = ("#f1f6fa", "#c3dbec", "#86b7d8", "#3f88ba", "#0b4f83")
NO_VALUE = "#ffffff"
NAMED = 24  # with more municipalities than this the names would not fit
ROUNDS = 400


@dataclass(frozen=True)
class Spot:
    """One municipality: kilometres east and north, inhabitants, and the value, NaN where unknown."""

    name: str
    x: float
    y: float
    inhabitants: float
    value: float


def classes(values: Sequence[float]) -> list[tuple[float, float]]:
    """At most five classes of equal width with round bounds that hold all known values; none without values."""
    known = [value for value in values if math.isfinite(value)]
    if not known:
        return []
    for about in (5, 4, 3, 2, 1):
        bounds = ticks(min(known), max(known), about)
        if len(bounds) - 1 <= len(SHADES):
            return list(pairwise(bounds))
    raise AssertionError("one class always fits")


def class_of(value: float, bounds: Sequence[tuple[float, float]]) -> int:
    """Number of the class that holds a value; -1 where it is unknown."""
    if not math.isfinite(value):
        return -1
    return next((k for k, (_, high) in enumerate(bounds) if value < high), len(bounds) - 1)


def sketch(
    ident: str,
    title: str,
    about: str,
    spots: Sequence[Spot],
    bounds: Sequence[tuple[float, float]],
    write: Callable[[float], str],
) -> Markup:
    """The map; ``bounds`` are the classes, the same for all maps that are compared."""
    named = len(spots) <= NAMED
    boxes = _placed(spots, named, write)
    parts: list[Markup] = []
    for spot, (x, y, radius) in zip(spots, boxes, strict=True):
        number = class_of(spot.value, bounds)
        shade = NO_VALUE if number < 0 else SHADES[number]
        parts.append(
            Markup(
                '<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="{}" stroke="{}" stroke-width="1"{}>'
                "<title>{}: {}</title></circle>"
            ).format(
                x, y, radius, shade, INK, "" if number >= 0 else Markup(' stroke-dasharray="3 2"'), spot.name,
                write(spot.value),
            )
        )  # fmt: skip
        if named:
            parts.append(text(x, y + radius + 11, spot.name, anchor="middle", fill=MUTED, size=10.5))
            parts.append(text(x, y + radius + 22, write(spot.value), anchor="middle", bold=True, size=10.5))
    return svg(WIDTH, HEIGHT, ident, title, about, parts)


def _placed(spots: Sequence[Spot], named: bool, write: Callable[[float], str]) -> list[tuple[float, float, float]]:
    """Centre and radius of each circle, such that circles with their names do not overlap if there is room."""
    if not spots:
        return []
    people = [max(spot.inhabitants, 0.0) for spot in spots]
    factor = math.sqrt(FILLED * WIDTH * HEIGHT / (math.pi * max(sum(people), 1.0)))
    radii = [max(4.0, factor * math.sqrt(number)) for number in people]
    below = 25.0 if named else 0.0
    wide = [
        max(2.0 * radius, 5.6 * len(spot.name) if named else 0.0, 5.6 * len(write(spot.value)) if named else 0.0) + 3.0
        for spot, radius in zip(spots, radii, strict=True)
    ]
    tall = [2.0 * radius + below + 3.0 for radius in radii]
    west, east = min(spot.x for spot in spots), max(spot.x for spot in spots)
    south, north = min(spot.y for spot in spots), max(spot.y for spot in spots)
    room_x, room_y = WIDTH - 2 * EDGE - max(wide), HEIGHT - 2 * EDGE - max(tall)
    scale = min(room_x / max(east - west, 1e-9), room_y / max(north - south, 1e-9))
    centre = [
        [WIDTH / 2 + scale * (spot.x - (west + east) / 2), HEIGHT / 2 - scale * (spot.y - (south + north) / 2)]
        for spot in spots
    ]
    for _ in range(ROUNDS):
        moved = False
        for i in range(len(spots)):
            for k in range(i):
                moved |= _part(centre[i], centre[k], (wide[i] + wide[k]) / 2, (tall[i] + tall[k]) / 2)
        for place, width, height in zip(centre, wide, tall, strict=True):
            place[0] = min(max(place[0], EDGE + width / 2), WIDTH - EDGE - width / 2)
            place[1] = min(max(place[1], EDGE + height / 2), HEIGHT - EDGE - height / 2)
        if not moved:
            break
    return [(x, y - below / 2.0, radius) for (x, y), radius in zip(centre, radii, strict=True)]


def _part(one: list[float], other: list[float], wide: float, tall: float) -> bool:
    """Move two boxes apart along the shorter way; whether they overlapped."""
    over_x, over_y = wide - abs(one[0] - other[0]), tall - abs(one[1] - other[1])
    if over_x <= 0.01 or over_y <= 0.01:
        return False
    axis, over = (0, over_x) if over_x < over_y else (1, over_y)
    push = over * 0.52 if one[axis] >= other[axis] else -over * 0.52
    one[axis] += push
    other[axis] -= push
    return True
