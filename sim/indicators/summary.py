"""The summary of a run: its headline indicators in the first and last full year, beside what is published."""

from __future__ import annotations

import math

from sim.indicators.catalogue import INDICATORS
from sim.indicators.registry import Indicator
from sim.indicators.targets import published
from sim.indicators.year import TableError, Tables, full_years

__all__ = ["summarise"]


def summarise(tables: Tables) -> list[dict[str, object]]:
    """Headline indicators of the first and last full year; empty when no year is full.

    Each row has ``id, nl, en, unit, first, last, low, high, source, better``; ``low`` and ``high`` are the published
    range of the base year, and what is unknown is None.
    """
    years = full_years(tables)
    return [_row(one, tables, years[0], years[-1]) for one in INDICATORS.values() if one.headline] if years else []


def _row(one: Indicator, tables: Tables, first: int, last: int) -> dict[str, object]:
    target = published(one.id)
    return {
        "id": one.id,
        "nl": one.nl,
        "en": one.en,
        "unit": one.unit,
        "first": _number(one, tables, first),
        "last": _number(one, tables, last),
        "low": None if target is None else target.low,
        "high": None if target is None else target.high,
        "source": one.source if target is None else target.source,
        "better": one.better,
    }


def _number(one: Indicator, tables: Tables, year: int) -> float | None:
    try:
        value = one(tables, year)
    except TableError:
        return None
    return value if math.isfinite(value) else None
