"""All numbers of a report as plain tables: one row a value, columns with one name for machines and one for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from experiments.compare.comparison import Comparison, Contrast, Estimate
from experiments.report.money import payer_name
from experiments.report.names import indicator_name, letter_of
from experiments.sources import source_in
from experiments.texts import Language
from experiments.units import unit_in

__all__ = ["Cell", "Column", "Sheet", "sheets"]

Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column: name in CSV, titles in workbooks; one with a ``language`` is in the workbook of that language only."""

    id: str
    nl: str
    en: str
    language: Language | None = None


@dataclass(frozen=True)
class Sheet:
    """A table: ``id`` is its file's name and, as ``sheet_<id>``, the key of its title."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


SCENARIO = (Column("letter", "Letter", "Letter"), Column("scenario", "Scenario", "Scenario"))
INDICATOR = (
    Column("indicator", "Code", "Code"),
    Column("indicator_nl", "Maat", "Measure", "nl"),
    Column("indicator_en", "Maat", "Measure", "en"),
    Column("unit_nl", "Eenheid", "Unit", "nl"),
    Column("unit_en", "Eenheid", "Unit", "en"),
)
CONTRAST = (
    Column("base", "A", "A"),
    Column("base_low", "A laag", "A low"),
    Column("base_high", "A hoog", "A high"),
    Column("arm", "Scenario", "Scenario"),
    Column("arm_low", "Scenario laag", "Scenario low"),
    Column("arm_high", "Scenario hoog", "Scenario high"),
    Column("difference", "Verschil", "Difference"),
    Column("difference_low", "Verschil laag", "Difference low"),
    Column("difference_high", "Verschil hoog", "Difference high"),
    Column("pairs", "Paren", "Pairs"),
    Column("chance_better", "Kans op beter", "Chance of better"),
    Column("pairs_better", "Paren beter", "Pairs better"),
    Column("verdict", "Oordeel", "Verdict"),
    Column("variance_reduction", "Spreiding kleiner (keer)", "Variance smaller (times)"),
    Column("precise", "Nauwkeurig genoeg", "Precise enough"),
)


def sheets(comparison: Comparison) -> list[Sheet]:
    """The tables; those without rows too, so that a folder always holds the same files."""
    letters = {arm.name: letter_of(place) for place, arm in enumerate(comparison.all_arms)}

    def who(arm: str) -> tuple[Cell, ...]:
        return (letters.get(arm, ""), arm)

    return [
        Sheet(
            "results",
            (*SCENARIO, *INDICATOR, *CONTRAST, *_both("sentence", "In een zin", "In a sentence")),
            tuple(
                (*who(one.other), *_indicator(one.indicator), *_contrast(one), one.sentence_nl, one.sentence_en)
                for one in comparison.contrasts
            ),
        ),
        Sheet(
            "groups",
            (
                *SCENARIO, Column("by", "Indeling", "Grouping"), Column("key", "Nummer", "Number"),
                *_both("group", "Groep", "Group"), *INDICATOR, *CONTRAST,
            ),
            tuple(
                (
                    *who(one.contrast.other), one.by, one.key, one.name_nl, one.name_en,
                    *_indicator(one.contrast.indicator), *_contrast(one.contrast),
                )
                for one in comparison.groups
            ),
        ),
        Sheet(
            "courses",
            (*SCENARIO, *INDICATOR, Column("year", "Jaar", "Year"), *_estimate_columns("value", "Waarde", "Value")),
            tuple(
                (*who(one.arm), *_indicator(one.indicator), *values)
                for one in comparison.courses
                for values in zip(one.years, one.mean, one.low, one.high, strict=True)
            ),
        ),
        Sheet(
            "gaps",
            (
                *SCENARIO, *INDICATOR, Column("year", "Jaar", "Year"),
                *_estimate_columns("gap", "Verschil", "Difference"),
            ),
            tuple(
                (*who(one.arm), *_indicator(one.indicator), *values)
                for one in comparison.gaps
                for values in zip(one.years, one.mean, one.low, one.high, strict=True)
            ),
        ),
        Sheet(
            "costs",
            (
                *SCENARIO, Column("item", "Code", "Code"), *_both("label", "Post", "Item"),
                *_estimate_columns("value", "Waarde", "Value"), Column("runs", "Aantal", "Number"),
            ),
            tuple((*who(one.arm), *row) for one in comparison.costs for row in _costs(one)),
        ),
        Sheet(
            "spreads",
            (
                *SCENARIO, *INDICATOR, Column("sd_seeds", "Door toeval", "By chance"),
                Column("sd_parameters", "Door parameters", "By parameters"),
            ),
            tuple(
                (*who(one.arm), *_indicator(one.indicator), one.seeds, one.parameters) for one in comparison.spreads
            ),
        ),
        Sheet(
            "modes",
            (Column("capacity_mode", "Overwerk", "Overtime"), *SCENARIO, *INDICATOR, *CONTRAST),
            tuple(
                (mode.capacity_mode, *who(one.other), *_indicator(one.indicator), *_contrast(one))
                for mode in comparison.modes
                for one in mode.contrasts
            ),
        ),
        Sheet(
            "assumptions",
            (
                *SCENARIO, Column("part", "Onderdeel", "Part"), Column("name", "Naam", "Name"),
                *_both("label", "Omschrijving", "Label"), Column("value", "Waarde", "Value"),
                Column("low", "Laag", "Low"), Column("high", "Hoog", "High"), *_both("unit", "Eenheid", "Unit"),
                Column("grade", "Graad", "Grade"), *_both("source", "Bron", "Source"),
            ),
            tuple(
                (
                    *who(one.arm), one.part, one.name, one.label_nl, one.label_en, _value(one.value), one.low, one.high,
                    unit_in(one.unit, "nl"), one.unit, one.grade, source_in(one, "nl"), one.source,
                )
                for one in comparison.assumptions
            ),
        ),
        Sheet(
            "changes",
            (
                *SCENARIO, Column("key", "Sleutel", "Key"), Column("before", "In A", "In A"),
                Column("after", "Hier", "Here"),
            ),
            tuple(
                (*who(arm.name), one.path, _value(one.before), _value(one.after))
                for arm in comparison.arms
                for one in arm.differs
            ),
        ),
        Sheet(
            "about",
            (Column("key", "Wat", "What"), Column("value", "Waarde", "Value")),
            tuple(_about(comparison)),
        ),
    ]  # fmt: skip


def _both(id: str, nl: str, en: str) -> tuple[Column, Column]:
    return Column(f"{id}_nl", nl, en, "nl"), Column(f"{id}_en", nl, en, "en")


def _estimate_columns(id: str, nl: str, en: str) -> tuple[Column, ...]:
    return (
        Column(id, nl, en),
        Column(f"{id}_low", f"{nl} laag", f"{en} low"),
        Column(f"{id}_high", f"{nl} hoog", f"{en} high"),
    )


def _indicator(id: str) -> tuple[Cell, ...]:
    dutch, english = indicator_name(id, "nl"), indicator_name(id, "en")
    return id, dutch.label, english.label, dutch.unit, english.unit


def _bounds(one: Estimate) -> tuple[Cell, ...]:
    return one.mean, one.low, one.high


def _contrast(one: Contrast) -> tuple[Cell, ...]:
    return (
        *_bounds(one.base), *_bounds(one.arm), *_bounds(one.difference), one.difference.n, one.chance_better,
        one.pairs_better if one.pairs_better >= 0 else None, one.verdict, one.reduction, int(one.precise),
    )  # fmt: skip


def _costs(one: Any) -> Iterator[tuple[Cell, ...]]:
    for payer, estimate in one.by_payer.items():
        yield (payer, payer_name(payer, "nl"), payer_name(payer, "en"), *_bounds(estimate), estimate.n)
    for item, nl, en, estimate in (
        ("total", "Samen, euro", "Together, euro", one.total),
        ("care", "Huisartsenzorg, euro", "GP care, euro", one.care),
        ("extra_registered", "Mensen met een huisarts meer", "People with a GP more", one.extra_registered),
        ("per_extra_registered", "Euro per jaar met een huisarts meer", "Euro for each year with a GP more",
         one.per_extra_registered),
    ):  # fmt: skip
        yield (item, nl, en, *_bounds(estimate), estimate.n)


def _value(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return int(value) if isinstance(value, bool) else value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _about(comparison: Comparison) -> Iterable[tuple[Cell, ...]]:
    yield "command", comparison.command
    yield "finished", comparison.finished
    for place, arm in enumerate(comparison.all_arms):
        yield f"scenario {letter_of(place)}", arm.name
        yield f"scenario {letter_of(place)} label nl", arm.label_nl
        yield f"scenario {letter_of(place)} label en", arm.label_en
        yield f"scenario {letter_of(place)} hash", arm.scenario_hash
    for key in (
        "region",
        "start",
        "years",
        "first_year",
        "last_year",
        "window",
        "share",
        "capacity_mode",
        "pairs",
        "sets",
    ):
        yield key, getattr(comparison, key)
    yield "seeds", ", ".join(map(str, comparison.seeds))
    for key, value in comparison.code.items():
        yield f"code {key}", _value(value)
    for key in comparison.run_keys:
        yield "run", key
