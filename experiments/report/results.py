"""Results in words: a row an indicator, the courses over the years, and the verdicts by capacity mode."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from experiments.compare.comparison import Comparison, Contrast, Course
from experiments.report.answer import mode_name
from experiments.report.charts.lines import Line, trend
from experiments.report.figures import axis_number, chance, fixed, interval, level, levels, places_of, signed
from experiments.report.names import IndicatorName, Named, indicator_name, named
from experiments.report.texts import tell
from experiments.texts import Language

__all__ = ["SIGNS", "ModeRow", "Outcome", "ResultRow", "Trend", "mode_rows", "outcome", "result_tables", "trends"]

GAP_HEIGHT = 112.0
SIGNS = {"better": "▲", "worse": "▼", "different": "◆", "noise": "≈", "same": "=", "unknown": "?"}


@dataclass(frozen=True)
class Outcome:
    """A verdict in words, with its sign."""

    verdict: str
    sign: str
    words: str
    short: str


@dataclass(frozen=True)
class ResultRow:
    """One indicator in one scenario against the base."""

    indicator: IndicatorName
    base: str
    arm: str
    difference: str
    interval: str
    chance: str
    pairs: int
    outcome: Outcome
    precise: bool
    sentence: str


@dataclass(frozen=True)
class Trend:
    """Charts with the numbers behind them: ``rows`` are (letter, values by year).

    ``gap`` and ``gap_rows`` are the same of differences from the base, pair by pair; None and empty where unknown.
    """

    indicator: IndicatorName
    direction: str
    chart: Markup
    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    gap: Markup | None
    gap_rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ModeRow:
    """One indicator in one scenario: difference and verdict in each capacity mode, None where it is missing."""

    indicator: IndicatorName
    letter: str
    cells: tuple[tuple[str, Outcome] | None, ...]


def outcome(verdict: str, lang: Language) -> Outcome:
    """A verdict in words."""
    key = "undecided" if verdict == "unknown" else verdict
    short = f"{key}_short" if verdict in {"noise", "unknown"} else key
    return Outcome(verdict, SIGNS[verdict], tell(key, lang), tell(short, lang))


def result_tables(comparison: Comparison, lang: Language) -> list[tuple[Named, list[ResultRow]]]:
    """Rows for each scenario but the base."""
    return [
        (arm, [_row(one, lang) for one in comparison.contrasts_of(arm.name)]) for arm in named(comparison, lang)[1:]
    ]


def _row(one: Contrast, lang: Language) -> ResultRow:
    gap = one.difference
    base, arm = levels((one.base.mean, one.arm.mean), lang)
    return ResultRow(
        indicator=indicator_name(one.indicator, lang),
        base=base,
        arm=arm,
        difference=signed(gap.mean, gap.low, gap.high, lang),
        interval="-" if one.verdict == "same" else interval(gap.mean, gap.low, gap.high, lang),
        chance="-" if one.verdict == "same" else chance(one.chance_better, lang),
        pairs=gap.n,
        outcome=outcome(one.verdict, lang),
        precise=one.precise or one.verdict in {"same", "unknown"},
        sentence=one.sentence_nl if lang == "nl" else one.sentence_en,
    )


def trends(comparison: Comparison, lang: Language) -> list[Trend]:
    """A chart for each indicator of which something is known."""
    names = named(comparison, lang)
    courses, gaps = _by_indicator(comparison.courses), _by_indicator(comparison.gaps)
    found = []
    for number, (id, by_arm) in enumerate(courses.items()):
        what = indicator_name(id, lang)
        own = [(arm, by_arm[arm.name]) for arm in names if arm.name in by_arm]
        lines = [Line(arm.letter, arm.style, course.years, course.mean, course.low, course.high) for arm, course in own]
        about = " ".join(filter(None, (_about(arm, course, lang) for arm, course in own)))
        chart = trend(f"trend-{number}", what.full, about, lines, lambda value, step: axis_number(value, step, lang))
        if chart is None:
            continue
        years = tuple(sorted({year for _, course in own for year in course.years}))
        rows = tuple((arm.letter, _by_year(course, years, lang)) for arm, course in own)
        direction = tell(f"better_{what.better}", lang)
        apart = [(arm, gaps[id][arm.name]) for arm in names if arm.name in gaps.get(id, {})]
        gap_rows = tuple((tell("gap_row", lang, letter=arm.letter), _gaps(one, years, lang)) for arm, one in apart)
        gap = _gap_chart(f"gap-{number}", what, apart, lang)
        found.append(Trend(what, direction, chart, years, rows, gap, gap_rows if gap is not None else ()))
    return found


def _by_indicator(courses: Sequence[Course]) -> dict[str, dict[str, Course]]:
    found: dict[str, dict[str, Course]] = {}
    for course in courses:
        found.setdefault(course.indicator, {})[course.arm] = course
    return found


def _gap_chart(ident: str, what: IndicatorName, apart: Sequence[tuple[Named, Course]], lang: Language) -> Markup | None:
    """Differences over the years around zero."""
    lines = [Line(arm.letter, arm.style, one.years, one.mean, one.low, one.high) for arm, one in apart]
    about = " ".join(filter(None, (_about(arm, one, lang, sign=True) for arm, one in apart)))

    def write(value: float, step: float) -> str:
        return f"{'+' if value > 0.0 else ''}{axis_number(value, step, lang)}"

    title = tell("gap_title", lang, indicator=what.full)
    return trend(ident, title, about, lines, write, height=GAP_HEIGHT, around_zero=True)


def _gaps(course: Course, years: Sequence[int], lang: Language) -> tuple[str, ...]:
    """Differences by year with their intervals."""
    by_year = dict(zip(course.years, zip(course.mean, course.low, course.high, strict=True), strict=True))
    values = [by_year.get(year, (math.nan,) * 3) for year in years]
    places = places_of(*(one for ends in values for one in ends))
    return tuple(
        tell("gap_cell", lang, gap=signed(*ends, lang, places), interval=interval(*ends, lang, places))
        if math.isfinite(ends[1])
        else signed(*ends, lang, places)
        for ends in values
    )


def _about(arm: Named, course: Course, lang: Language, *, sign: bool = False) -> str:
    known = [(year, mean) for year, mean in zip(course.years, course.mean, strict=True) if math.isfinite(mean)]
    if not known:
        return ""
    (from_year, first), (to_year, last) = known[0], known[-1]
    if sign:
        places = places_of(first, last)
        texts = [fixed(value, places, lang, sign=True) for value in (first, last)]
    else:
        texts = [level(value, lang) for value in (first, last)]
    ends = {"first": texts[0], "last": texts[1], "from_year": from_year, "to_year": to_year}
    return tell("trend_about", lang, letter=arm.letter, **ends)


def _by_year(course: Course, years: Sequence[int], lang: Language) -> tuple[str, ...]:
    values = dict(zip(course.years, course.mean, strict=True))
    return tuple(levels([values.get(year, math.nan) for year in years], lang))


def mode_rows(comparison: Comparison, lang: Language) -> tuple[list[str], list[ModeRow]]:
    """Capacity modes in words, and the rows of their table."""
    letters = {arm.name: arm.letter for arm in named(comparison, lang)}
    cells = {
        (one.indicator, one.other, number): one
        for number, mode in enumerate(comparison.modes)
        for one in mode.contrasts
    }
    keys = dict.fromkeys((indicator, other) for indicator, other, _ in cells)
    heads = [mode_name(mode.capacity_mode, lang) for mode in comparison.modes]
    rows = [
        ModeRow(
            indicator_name(indicator, lang),
            letters.get(other, other),
            tuple(_cell(cells.get((indicator, other, number)), lang) for number in range(len(heads))),
        )
        for indicator, other in keys
    ]
    return heads, rows


def _cell(one: Contrast | None, lang: Language) -> tuple[str, Outcome] | None:
    if one is None:
        return None
    gap = one.difference
    return signed(gap.mean, gap.low, gap.high, lang), outcome(one.verdict, lang)
