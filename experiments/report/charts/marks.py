"""How scenarios are told apart, and the small change of SVG: text, markers, ticks.

Colours alone never carry a meaning: a scenario also has a dash, a marker and a letter. All colours have a contrast of
at least 4.5 to 1 on white, and stay apart for the colour-blind (after Okabe and Ito, darkened).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["FONT", "INK", "MUTED", "RULE", "STYLES", "Style", "marker", "spread_out", "style", "svg", "text", "ticks"]

INK = "#1b1f24"
MUTED = "#4a5560"
RULE = "#d3dae0"
FONT = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True)
class Style:
    """Colour, dash pattern (of SVG) and marker of a scenario."""

    colour: str
    dash: str
    shape: str


STYLES = (
    Style("#1b1f24", "", "circle"),
    Style("#005ea8", "7 3", "square"),
    Style("#b34700", "2 2.5", "triangle"),
    Style("#00705a", "9 3 2 3", "diamond"),
    Style("#8a3a8a", "5 2 1 2 1 2", "cross"),
    Style("#6b5b00", "12 3", "bar"),
)


def style(place: int) -> Style:
    """Style of the scenario at a place of the comparison, the base first; more than six begin again."""
    return STYLES[place % len(STYLES)]


def svg(width: float, height: float, ident: str, title: str, about: str, parts: Iterable[Markup]) -> Markup:
    """A picture with a name and a description for those who cannot see it."""
    head = Markup(
        '<svg viewBox="0 0 {0:g} {1:g}" width="{0:g}" height="{1:g}" role="img" aria-labelledby="{2}-t {2}-d" '
        'font-family="{5}" font-size="11"><title id="{2}-t">{3}</title><desc id="{2}-d">{4}</desc>'
    ).format(width, height, ident, title, about, FONT)
    return head + Markup("").join(parts) + Markup("</svg>")


def text(
    x: float, y: float, words: object, *, anchor: str = "start", fill: str = INK, bold: bool = False, size: float = 11.0
) -> Markup:
    """One line of text; ``y`` is its base line."""
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" fill="{}" font-weight="{}" font-size="{:g}">{}</text>'
    ).format(x, y, anchor, fill, "bold" if bold else "normal", size, words)


def marker(shape: str, x: float, y: float, colour: str, *, size: float = 3.2, hollow: bool = False) -> Markup:
    """A marker around a point; ``hollow`` for what is not sure."""
    fill = "#ffffff" if hollow else colour
    paint = Markup('fill="{}" stroke="{}" stroke-width="1.4"').format(fill, colour)
    if shape == "circle":
        return Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:g}" {}/>').format(x, y, size, paint)
    if shape in {"square", "bar"}:
        high = size if shape == "square" else size * 0.45
        return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:g}" height="{:g}" {}/>').format(
            x - size, y - high, 2 * size, 2 * high, paint
        )
    corners: Sequence[tuple[float, float]]
    if shape == "triangle":
        corners = ((0, -1.25), (1.2, 0.9), (-1.2, 0.9))
    elif shape == "diamond":
        corners = ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0))
    else:
        a, b = 0.4, 1.3
        corners = (
            (-a, -b),
            (a, -b),
            (a, -a),
            (b, -a),
            (b, a),
            (a, a),
            (a, b),
            (-a, b),
            (-a, a),
            (-b, a),
            (-b, -a),
            (-a, -a),
        )
    points = " ".join(f"{x + size * dx:.1f},{y + size * dy:.1f}" for dx, dy in corners)
    return Markup('<polygon points="{}" {}/>').format(points, paint)


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values from at or below ``low`` to at or above ``high``, in steps of 1, 2, 2.5 or 5 and their tenfolds."""
    if not high > low:
        widen = abs(low) * 0.05 or 1.0
        low, high = low - widen, high + widen
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(k * step, 12) for k in range(first, last + 1)]


def spread_out(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near as may be to those wanted, in the same order, at least ``gap`` apart and within the bounds."""
    order = sorted(range(len(wanted)), key=lambda k: (wanted[k], k))
    placed = [0.0] * len(wanted)
    former = low - gap
    for k in order:
        former = placed[k] = max(wanted[k], former + gap)
    limit = high
    for k in reversed(order):
        placed[k] = min(placed[k], limit)
        limit = placed[k] - gap
    return placed
