"""Who gains and who does not: differences by municipality, age and deprivation, and the map of each scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from experiments.compare.comparison import Comparison, Estimate, GroupContrast
from experiments.report.charts.dots import Point, Row, differences
from experiments.report.charts.sketch import SHADES, Spot, classes, sketch
from experiments.report.figures import axis_number, fixed, interval, levels, places_of, signed
from experiments.report.names import IndicatorName, Named, indicator_name, named, window
from experiments.report.results import Outcome, outcome
from experiments.report.texts import tell
from experiments.texts import Language

__all__ = ["Gain", "GainRow", "Maps", "gains", "group_indicator", "maps"]

BYS = ("municipality", "age", "deprivation")
SHOWN = (
    "without_gp_share", "wait_mean", "seen_in_3_days", "list_per_fte", "third_next_available", "forgone", "without_gp",
)  # fmt: skip
"""What is shown by group, in order of preference; all others are in the tables of numbers."""
EACH = 2  # indicators shown for each grouping


@dataclass(frozen=True)
class GainRow:
    """One group: the base's value, and for each scenario difference, interval and verdict (None where missing)."""

    name: str
    base: str
    cells: tuple[tuple[str, str, Outcome] | None, ...]


@dataclass(frozen=True)
class Gain:
    """One indicator by one grouping."""

    by: str
    indicator: IndicatorName
    caption: str
    chart: Markup | None
    tallies: tuple[str, ...]
    arms: tuple[Named, ...]
    rows: tuple[GainRow, ...]


@dataclass(frozen=True)
class Maps:
    """Maps of all scenarios with the legend that they share: (colour, words)."""

    lead: str
    pictures: tuple[tuple[Named, Markup], ...]
    legend: tuple[tuple[str, str], ...]


def group_indicator(id: str, lang: Language) -> IndicatorName:
    """As ``indicator_name``, but the share without a GP per 1,000: by group it is less than a percent."""
    if id == "without_gp_share":
        return IndicatorName(id, tell("per_1000", lang), tell("per_1000_unit", lang), "lower", 10.0)
    return indicator_name(id, lang)


def gains(comparison: Comparison, lang: Language) -> list[tuple[str, list[Gain]]]:
    """For each grouping (its name in words) the indicators shown."""
    found = []
    for by in (*BYS, *sorted({one.by for one in comparison.groups} - set(BYS))):
        rows = [one for one in comparison.groups if one.by == by]
        if rows:
            title = tell(f"by_{by}", lang) if by in BYS else by
            shown = [_gain(comparison, by, title, id, lang) for id in _chosen(rows)]
            found.append((title, shown))
    return found


def _chosen(rows: Sequence[GroupContrast]) -> list[str]:
    there = dict.fromkeys(one.contrast.indicator for one in rows)
    first = [id for id in SHOWN if id in there]
    return (first + [id for id in there if id not in first])[:EACH]


def _gain(comparison: Comparison, by: str, title: str, id: str, lang: Language) -> Gain:
    what = group_indicator(id, lang)
    arms = named(comparison, lang)[1:]
    own = [one for one in comparison.groups if one.by == by and one.contrast.indicator == id]
    names = {one.key: one.name_nl if lang == "nl" else one.name_en for one in own}
    cells = {(one.key, one.contrast.other): one for one in own}
    places = _common_places([_times(one.contrast.difference, what.factor) for one in own])
    chart_rows, bases, cells_by_row = [], [], []
    for key in sorted(names):
        there = [cells.get((key, arm.name)) for arm in arms]
        chart_rows.append(
            Row(names[key], [_point(arm, one, what.factor) for arm, one in zip(arms, there, strict=True)])
        )
        base = next((what.factor * one.contrast.base.mean for one in there if one is not None), math.nan)
        bases.append(base)
        cells_by_row.append(tuple(_cell(one, what.factor, lang, places) for one in there))
    rows = [
        GainRow(names[key], base, row)
        for key, base, row in zip(sorted(names), levels(bases, lang), cells_by_row, strict=True)
    ]
    sides = {
        "lower": (tell("side_better", lang), tell("side_worse", lang)),
        "higher": (tell("side_worse", lang), tell("side_better", lang)),
        "none": (tell("side_less", lang), tell("side_more", lang)),
    }[what.better]
    tallies = tuple(_tally(arm, own, lang) for arm in arms)
    caption = tell("group_caption", lang, by=title, indicator=what.full if what.factor == 1.0 else what.label)
    chart = differences(
        f"group-{by}-{id}", caption, " ".join(tallies), chart_rows, sides, tell("unknown", lang),
        lambda value, step: axis_number(value, step, lang),
    )  # fmt: skip
    return Gain(by, what, caption, chart, tallies, tuple(arms), tuple(rows))


def _tally(arm: Named, own: Sequence[GroupContrast], lang: Language) -> str:
    verdicts = [one.contrast.verdict for one in own if one.contrast.other == arm.name]
    better, worse = verdicts.count("better"), verdicts.count("worse")
    shown = {"better": better, "worse": worse, "noise": len(verdicts) - better - worse, "all": len(verdicts)}
    return tell("group_tally", lang, letter=arm.letter, **shown)


def _point(arm: Named, one: GroupContrast | None, factor: float) -> Point:
    if one is None:
        return Point(arm.style, math.nan, math.nan, math.nan, False)
    gap = _times(one.contrast.difference, factor)
    return Point(arm.style, gap.mean, gap.low, gap.high, gap.excludes_zero)


def _common_places(gaps: Sequence[Estimate]) -> int:
    """Decimals for all differences of a table: those of the smallest, at most one more than the largest needs."""
    needed = [places_of(gap.mean, gap.low, gap.high) for gap in gaps if math.isfinite(gap.low) and gap.low != gap.high]
    return min(max(needed), min(needed) + 1) if needed else 0


def _cell(one: GroupContrast | None, factor: float, lang: Language, places: int) -> tuple[str, str, Outcome] | None:
    if one is None:
        return None
    if one.contrast.verdict == "same":
        return "0", "-", outcome("same", lang)
    gap = _times(one.contrast.difference, factor)
    numbers = gap.mean, gap.low, gap.high
    return signed(*numbers, lang, places), interval(*numbers, lang, places), outcome(one.contrast.verdict, lang)


def _times(one: Estimate, factor: float) -> Estimate:
    return Estimate(factor * one.mean, factor * one.low, factor * one.high, one.n)


def maps(comparison: Comparison, lang: Language) -> Maps | None:
    """The maps, or None without places or results by municipality."""
    own = [one for one in comparison.groups if one.by == "municipality"]
    if not comparison.places or not own:
        return None
    id = _chosen(own)[0]
    what = group_indicator(id, lang)
    arms = named(comparison, lang)
    values: dict[str, dict[int, float]] = {arm.name: {} for arm in arms}
    for one in own:
        if one.contrast.indicator == id:
            values[comparison.base.name][one.key] = what.factor * one.contrast.base.mean
            values.setdefault(one.contrast.other, {})[one.key] = what.factor * one.contrast.arm.mean
    everything = [value for by_key in values.values() for value in by_key.values()]
    bounds = classes(everything)
    places = max((len(text.partition("," if lang == "nl" else ".")[2]) for text in levels(everything, lang)), default=0)

    def write(value: float) -> str:
        return fixed(value, places, lang)

    region = comparison.region_nl if lang == "nl" else comparison.region_en
    pictures = []
    for number, arm in enumerate(arms):
        spots = [
            Spot(place.name, place.x, place.y, place.inhabitants, values[arm.name].get(place.number, math.nan))
            for place in comparison.places
        ]
        known = sorted((spot.value, spot.name) for spot in spots if math.isfinite(spot.value))
        about = ""
        if known:
            (low, low_name), (high, high_name) = known[0], known[-1]
            ends = {"low": write(low), "low_name": low_name, "high": write(high), "high_name": high_name}
            about = tell("map_about", lang, **ends)
        title = tell("map_title", lang, region=region, letter=f"{arm.letter}, {arm.short}: {what.label}")
        pictures.append((arm, sketch(f"map-{number}", title, about, spots, bounds, write)))
    legend = tuple(
        (
            SHADES[k],
            tell("class", lang, low=axis_number(low, high - low, lang), high=axis_number(high, high - low, lang)),
        )
        for k, (low, high) in enumerate(bounds)
    )
    lead = tell(
        "map_lead", lang, indicator=what.full if what.factor == 1.0 else what.label, window=window(comparison, lang)
    )
    return Maps(lead, tuple(pictures), legend)
