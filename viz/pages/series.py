"""Which series are drawn, and their names."""

from __future__ import annotations

from experiments.glance import SERIES
from experiments.texts import Language

__all__ = ["TRENDS", "series_label"]

TRENDS = (
    ("without_gp", "without_gp"),
    ("wait", "wait_mean"),
    ("lists_closed", "lists_full"),
    ("gp_load", "gp_load"),
    ("gp_fte", "fte_all"),
    ("post_contacts", "post_contacts"),
)
"""Series on the page, each with the indicator that it is the course of."""


def series_label(series: str, lang: Language) -> str:
    """Name of a series with its unit."""
    one = SERIES[series]
    name, unit = (one.nl, one.unit_nl) if lang == "nl" else (one.en, one.unit)
    return f"{name} ({unit})" if unit else name
