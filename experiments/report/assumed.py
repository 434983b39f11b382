"""The numbers that a comparison rests on, by intervention and by topic, the assumed ones marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from experiments.compare.comparison import Assumption, Comparison
from experiments.report.changes import part_name
from experiments.report.figures import plain
from experiments.report.names import named
from experiments.report.texts import tell
from experiments.sources import source_in
from experiments.texts import Language
from experiments.units import unit_in

__all__ = ["Block", "Number", "settings_blocks", "shared_blocks"]


@dataclass(frozen=True)
class Number:
    """One number in words; ``assumed``: grade C."""

    grade: str
    assumed: bool
    label: str
    value: str
    range: str
    unit: str
    source: str


@dataclass(frozen=True)
class Block:
    """Numbers that belong together under a name."""

    name: str
    rows: tuple[Number, ...]


def settings_blocks(comparison: Comparison, lang: Language) -> list[Block]:
    """Settings of interventions and events: a block a part and set of scenarios that have it alike."""
    letters = {one.name: one.letter for one in named(comparison, lang)}
    sharers: dict[tuple[str, str, str], list[str]] = {}
    first: dict[tuple[str, str, str], Assumption] = {}
    for row in comparison.assumptions:
        if row.arm:
            key = (row.part, row.name, repr(row.value))
            sharers.setdefault(key, []).append(letters.get(row.arm, row.arm))
            first.setdefault(key, row)
    blocks: dict[str, list[Assumption]] = {}
    for key, row in first.items():
        name = tell("part_in", lang, part=part_name(comparison, row.part, lang), letters=", ".join(sharers[key]))
        blocks.setdefault(name, []).append(row)
    return [Block(name, _numbers(rows, lang)) for name, rows in blocks.items()]


def shared_blocks(comparison: Comparison, lang: Language) -> list[Block]:
    """Parameters of the model that all scenarios share, by topic."""
    blocks: dict[str, list[Assumption]] = {}
    for row in comparison.assumptions:
        if not row.arm:
            blocks.setdefault(row.name.partition(".")[0], []).append(row)
    return [Block(tell("shared_part", lang, topic=topic), _numbers(rows, lang)) for topic, rows in blocks.items()]


def _numbers(rows: Iterable[Assumption], lang: Language) -> tuple[Number, ...]:
    return tuple(
        Number(
            grade=tell("grade_c", lang) if row.grade == "C" else row.grade,
            assumed=row.grade == "C",
            label=row.label_nl if lang == "nl" else row.label_en,
            value=plain(row.value, lang),
            range=tell("from_to", lang, low=plain(row.low, lang), high=plain(row.high, lang))
            if row.low == row.low and row.high == row.high
            else "-",
            unit=unit_in(row.unit, lang),
            source=source_in(row, lang),
        )
        for row in sorted(rows, key=lambda row: row.grade != "C")
    )
