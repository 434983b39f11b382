"""Published ranges as bars and what was simulated as dots, each on a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.compare.wording import label
from experiments.glance.targets import FirstYear
from experiments.texts import Language, number
from viz.figures.style import theme

__all__ = ["dots"]


def dots(fits: Sequence[FirstYear], lang: Language, dark: bool) -> dict[str, Any]:
    """Option of a chart: every target in percent of its published value.

    Args:
        fits: targets with what was simulated.
        lang: language.
        dark: theme.
    """
    colours = theme(dark)
    own = [fit for fit in fits if fit.value]
    names = [label(fit.indicator, lang) for fit in own]
    low = [round(100 * fit.low / fit.value, 1) for fit in own]
    width = [round(100 * (fit.high - fit.low) / fit.value, 1) for fit in own]
    points = [
        {
            "name": label(fit.indicator, lang), "value": [_percent(fit), k],
            "itemStyle": {"color": colours.arms[1] if fit.inside else colours.arms[2]},
            "symbol": "circle" if fit.inside else "triangle",
            "lines": [f"{number(fit.simulated, lang)} ({number(fit.low, lang)} – {number(fit.high, lang)})"],
        }
        for k, fit in enumerate(own)
    ]  # fmt: skip
    text = {"color": colours.muted, "fontSize": 11}
    return {
        "grid": {"left": 4, "right": 24, "top": 6, "bottom": 4, "containLabel": True},
        "xAxis": {
            "type": "value", "min": 0, "max": 220, "axisLabel": text | {"formatter": "{value} %"},
            "splitLine": {"lineStyle": {"color": colours.grid}},
        },
        "yAxis": {
            "type": "category", "data": names, "inverse": True, "axisTick": {"show": False},
            "axisLabel": text | {"width": 330, "overflow": "truncate"},
        },
        "tooltip": {
            "trigger": "item", "formatter": "@place", "backgroundColor": colours.ground, "borderColor": colours.grid,
            "textStyle": {"color": colours.ink, "fontSize": 12},
        },
        "series": [
            {
                "type": "bar", "stack": "range", "data": low, "itemStyle": {"color": "transparent"}, "silent": True,
                "animation": False, "barWidth": 10,
            },
            {
                "type": "bar", "stack": "range", "data": width, "silent": True, "animation": False, "barWidth": 10,
                "itemStyle": {"color": colours.border, "opacity": 0.55},
            },
            {"type": "scatter", "data": points, "symbolSize": 10, "animation": False, "z": 5},
        ],
    }  # fmt: skip


def _percent(fit: FirstYear) -> float:
    """What was simulated in percent of what is published, within the picture."""
    return round(min(220.0, max(0.0, 100.0 * fit.simulated / fit.value)), 1)
