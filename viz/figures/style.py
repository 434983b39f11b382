"""Colours of plans and classes, in light and dark; none carries a meaning alone: plans have a dash and a letter too."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["LOAD_BOUNDS", "WAIT_BOUNDS", "Theme", "class_of", "letter", "line_style", "theme"]


@dataclass(frozen=True)
class Theme:
    """Colours of one theme.

    Attributes:
        ink, muted, grid, ground: of text, small text, lines and background.
        arms: of plans, the baseline first.
        load: of practices, from much room to far too full.
        shade: of areas, from few to many.
        land, border: of a map.
    """

    ink: str
    muted: str
    grid: str
    ground: str
    arms: tuple[str, ...]
    load: tuple[str, ...]
    shade: tuple[str, ...]
    land: str
    border: str


_LIGHT = Theme(
    "#14202e", "#47505c", "#d9dfe6", "#ffffff",
    ("#4a5560", "#00609c", "#b04206", "#00705a", "#8a3a8a"),
    ("#2166ac", "#7db4d8", "#e9dfae", "#ef8a4b", "#b2182b"),
    ("#f1f5f9", "#dce9f3", "#bcd6ea", "#93bcdc", "#6a9fca"),
    "#eef2f6", "#8b98a6",
)  # fmt: skip
_DARK = Theme(
    "#edf2f7", "#b7c2ce", "#3a4654", "#16202b",
    ("#b4bec9", "#6cbcf2", "#f49d66", "#5cc9a8", "#d99bd9"),
    ("#4393d8", "#9ccbe8", "#f0e6b8", "#f39a5f", "#ee5f6f"),
    ("#202d3a", "#26394b", "#2c475f", "#325674", "#38658a"),
    "#202d3a", "#70808f",
)  # fmt: skip
_DASHES = ([6, 4], "solid", [2, 3], [9, 3, 2, 3], [5, 2, 1, 2])

LOAD_BOUNDS = (0.85, 1.0, 1.1, 1.25)
"""Between the classes of load: minutes asked of GPs over those available."""

WAIT_BOUNDS = (1.0, 3.0, 6.0, 10.0)
"""Between the classes of wait: working days to the third next available appointment."""


def theme(dark: bool) -> Theme:
    """Colours in light or dark."""
    return _DARK if dark else _LIGHT


def letter(place: int) -> str:
    """Letter of the plan at a place, the baseline (0) being A."""
    return chr(ord("A") + place)


def line_style(place: int, dark: bool) -> dict[str, object]:
    """Line of the plan at a place; more than five begin again."""
    colours = theme(dark).arms
    return {
        "color": colours[place % len(colours)], "type": _DASHES[place % len(_DASHES)], "width": 2.2 if place else 1.8
    }  # fmt: skip


def class_of(value: float, bounds: tuple[float, ...]) -> int:
    """Number of the class that holds a value; -1 where there is none."""
    if not math.isfinite(value):
        return -1
    return sum(value >= bound for bound in bounds)
