"""A tornado chart as SVG: one bar a factor, largest on top; to be read without colour and printed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

__all__ = ["Bar", "tornado"]

_ROW, _LEFT, _WIDTH, _TOP, _RIGHT = 24, 430, 420, 64, 90
_UP, _DOWN, _PLAIN = "#0072b2", "#d55e00", "#767676"  # Okabe and Ito: told apart by the colour-blind


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        label: of the factor.
        value: its length.
        low, high: interval; NaN for none.
        direction: sign of the effect, 0 or NaN where it has none.
        mark: where chance lies; NaN for no mark.
        text: the value as it is written.
    """

    label: str
    value: float
    low: float
    high: float
    direction: float
    mark: float
    text: str


def tornado(title: str, subtitle: str, bars: Sequence[Bar], notes: Sequence[str], words: tuple[str, str]) -> str:
    """The chart.

    Args:
        title, subtitle: above it.
        bars: from the top down.
        notes: lines below it.
        words: legend of bars that raise and that lower the outcome; empty strings where direction has no meaning.
    """
    most = max([value for bar in bars for value in (bar.value, bar.high, bar.mark) if math.isfinite(value)] + [1e-12])
    height = _TOP + _ROW * len(bars) + 18 * (len(notes) + all(words)) + 10
    whole = _LEFT + _WIDTH + _RIGHT

    def x(value: float) -> float:
        return round(_LEFT + _WIDTH * max(0.0, value) / most, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {height}" width="{whole}" height="{height}" '
        f'role="img" font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{whole}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="24" font-size="16" font-weight="bold">{escape(title)}</text>',
        f'<text x="12" y="44" fill="#444444">{escape(subtitle)}</text>',
    ]
    for k, bar in enumerate(bars):
        y = _TOP + _ROW * k
        middle = y + _ROW / 2 - 2
        signed = math.isfinite(bar.direction) and bar.direction != 0.0
        colour = (_UP if bar.direction > 0.0 else _DOWN) if signed else _PLAIN
        parts.append(f'<text x="{_LEFT - 8}" y="{middle + 5}" text-anchor="end">{escape(_short(bar.label))}</text>')
        parts.append(
            f'<rect x="{_LEFT}" y="{y}" width="{max(0.0, x(bar.value) - _LEFT)}" height="{_ROW - 6}" fill="{colour}"/>'
        )
        if math.isfinite(bar.low) and math.isfinite(bar.high):
            parts.append(
                f'<line x1="{x(bar.low)}" y1="{middle}" x2="{x(bar.high)}" y2="{middle}" stroke="#000000" '
                f'stroke-width="2"/>'
            )
        if math.isfinite(bar.mark):
            parts.append(
                f'<line x1="{x(bar.mark)}" y1="{y - 1}" x2="{x(bar.mark)}" y2="{y + _ROW - 5}" stroke="#000000" '
                f'stroke-dasharray="3 2"/>'
            )
        end = max(bar.value, bar.high if math.isfinite(bar.high) else 0.0, bar.mark if math.isfinite(bar.mark) else 0.0)
        sign = ("+" if bar.direction > 0.0 else "−") if signed else ""
        parts.append(f'<text x="{x(end) + 6}" y="{middle + 5}">{escape(sign + bar.text)}</text>')
    y = _TOP + _ROW * len(bars) + 16
    if all(words):
        parts.append(f'<rect x="12" y="{y - 10}" width="12" height="12" fill="{_UP}"/>')
        parts.append(f'<text x="30" y="{y}">+ {escape(words[0])}</text>')
        parts.append(f'<rect x="{_LEFT}" y="{y - 10}" width="12" height="12" fill="{_DOWN}"/>')
        parts.append(f'<text x="{_LEFT + 18}" y="{y}">− {escape(words[1])}</text>')
        y += 18
    for line in notes:
        parts.append(f'<text x="12" y="{y}" fill="#444444" font-size="12">{escape(line)}</text>')
        y += 18
    return "\n".join([*parts, "</svg>", ""])


def _short(text: str, most: int = 62) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
