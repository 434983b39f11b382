"""Charts of a validation as SVG, to be read without colour: distances of targets, and series over the years."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from experiments.student import mean_interval
from experiments.validate.rivals import Score

__all__ = ["Dot", "distances", "panels"]

_SMALL = 'font-size="11" fill="#767676"'
_INK, _GREY, _BAND, _MODEL = "#000000", "#767676", "#e4e4e4", "#0072b2"
_ROW, _LEFT, _WIDE, _TOP = 22, 400, 420, 64
_MOST = 4.0  # half-widths; what lies farther stands at the edge, with its number
_PANEL, _HIGH, _ACROSS, _PAD = 300, 180, 3, 46


@dataclass(frozen=True)
class Dot:
    """A target: its distance in half-widths with the interval by chance (NaN for none)."""

    label: str
    distance: float
    low: float
    high: float
    given: bool


def _open(title: str, subtitle: str, width: int, height: int) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="24" font-size="16" font-weight="bold">{escape(title)}</text>',
        f'<text x="12" y="44" fill="#444444">{escape(subtitle)}</text>',
    ]


def distances(title: str, subtitle: str, dots: Sequence[Dot]) -> str:
    """A row a target: a dot within the grey band fits; an open dot is a figure that the model is given."""
    height = _TOP + _ROW * len(dots) + 34

    def x(value: float) -> float:
        return round(_LEFT + _WIDE * (max(-_MOST, min(_MOST, value)) + _MOST) / (2.0 * _MOST), 1)

    below = _TOP + _ROW * len(dots)
    parts = _open(title, subtitle, _LEFT + _WIDE + 60, height)
    parts.append(
        f'<rect x="{x(-1)}" y="{_TOP - 6}" width="{x(1) - x(-1):.1f}" height="{below - _TOP + 6}" fill="{_BAND}"/>'
    )
    parts.append(f'<line x1="{x(0)}" y1="{_TOP - 6}" x2="{x(0)}" y2="{below}" stroke="{_GREY}"/>')
    for tick in range(-int(_MOST), int(_MOST) + 1):
        parts.append(f'<text x="{x(tick)}" y="{below + 18}" text-anchor="middle" fill="{_GREY}">{tick}</text>')
    for k, dot in enumerate(dots):
        y = _TOP + _ROW * k + 6
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 5}" text-anchor="end">{escape(_short(dot.label))}</text>')
        if math.isfinite(dot.low):
            parts.append(
                f'<line x1="{x(dot.low)}" y1="{y}" x2="{x(dot.high)}" y2="{y}" stroke="{_INK}" stroke-width="2"/>'
            )
        fill = "#ffffff" if dot.given else _INK
        parts.append(f'<circle cx="{x(dot.distance)}" cy="{y}" r="4.5" fill="{fill}" stroke="{_INK}"/>')
        if abs(dot.distance) > _MOST:
            end = "end" if dot.distance < 0.0 else "start"
            at = x(dot.distance) + (-8 if dot.distance < 0.0 else 8)
            parts.append(f'<text x="{at}" y="{y + 5}" text-anchor="{end}">{dot.distance:.1f}</text>')
    return "\n".join([*parts, "</svg>", ""])


def panels(title: str, subtitle: str, scores: Sequence[Score], labels: Sequence[str], start: int) -> str:
    """A panel a series: what is published, what the model gives, and the trend before the start."""
    down = math.ceil(len(scores) / _ACROSS)
    width, height = _PANEL * _ACROSS + 20, _TOP + _HIGH * down + 10
    parts = _open(title, subtitle, width, height)
    last = max(point.when for one in scores for point in one.points) + 0.3
    for k, (one, label) in enumerate(zip(scores, labels, strict=True)):
        left, top = 10 + _PANEL * (k % _ACROSS), _TOP + _HIGH * (k // _ACROSS)
        parts += _panel(one, label, start, last, left, top)
    return "\n".join([*parts, "</svg>", ""])


def _panel(one: Score, label: str, start: int, last: float, left: int, top: int) -> list[str]:
    base = one.series.base(start)
    begin = [] if base is None else [(base.when, one.no_change)]
    whens = [point.when for point in one.points]
    spread = [mean_interval(column) for column in one.simulated.T]
    model = begin + [(when, mean) for when, (mean, _, _) in zip(whens, spread, strict=True)]
    line = begin + [(when, float(value)) for when, value in zip(whens, one.trend, strict=True) if value == value]
    seen = [value for _, value in model + line] + one.published.tolist()
    seen += [end for _, low, high in spread for end in (low, high) if math.isfinite(end)]
    least, most = min(seen), max(seen)
    room = max(0.1 * (most - least), 1e-9 + 0.002 * abs(most))
    least, most = least - room, most + room
    first = float(start)
    wide, high = _PANEL - _PAD - 16, _HIGH - 62

    def x(when: float) -> float:
        return round(left + _PAD + wide * (when - first) / (last - first), 1)

    def y(value: float) -> float:
        return round(float(top + 24 + high * (most - value) / (most - least)), 1)

    parts = [
        f'<text x="{left + 4}" y="{top + 12}" font-size="12" font-weight="bold">{escape(_short(label, 46))}</text>'
    ]
    parts.append(
        f'<rect x="{left + _PAD}" y="{top + 24}" width="{wide}" height="{high}" fill="none" stroke="{_BAND}"/>'
    )
    for value in (least + room, most - room):
        parts.append(f'<text x="{left + _PAD - 4}" y="{y(value) + 4}" text-anchor="end" {_SMALL}>{value:.4g}</text>')
    for year in (start, int(last)):
        parts.append(f'<text x="{x(year)}" y="{top + 40 + high}" text-anchor="middle" {_SMALL}>{year}</text>')
    ends = [(when, low, high) for when, (_, low, high) in zip(whens, spread, strict=True) if math.isfinite(low)]
    if ends:
        edge = [(when, value) for when, value in begin] + [(when, top_) for when, _, top_ in ends]
        edge += [(when, low) for when, low, _ in reversed(ends)]
        parts.append(f'<polygon points="{_path(edge, x, y)}" fill="{_MODEL}" fill-opacity="0.2"/>')
    parts.append(f'<polyline points="{_path(model, x, y)}" fill="none" stroke="{_MODEL}" stroke-width="2"/>')
    if len(line) > len(begin):
        parts.append(f'<polyline points="{_path(line, x, y)}" fill="none" stroke="{_INK}" stroke-dasharray="5 3"/>')
    for point, value in zip(one.points, one.published, strict=True):
        fill = "#ffffff" if point.in_covid else _INK
        parts.append(f'<circle cx="{x(point.when)}" cy="{y(float(value))}" r="4" fill="{fill}" stroke="{_INK}"/>')
    return parts


def _path(points: Sequence[tuple[float, float]], x: Callable[[float], float], y: Callable[[float], float]) -> str:
    return " ".join(f"{x(a)},{y(b)}" for a, b in points)


def _short(text: str, most: int = 58) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
