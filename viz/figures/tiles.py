"""The headline: six indicators with where they begin, where they end and what a plan changes, in a word."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.compare.comparison import Contrast, Course, Verdict
from experiments.compare.wording import label, signed, unit
from experiments.texts import Language, number
from sim.indicators.catalogue import INDICATORS
from viz.figures.words import say

__all__ = ["SIX", "Tile", "tiles", "word_of"]

SIX = ("without_gp", "wait_mean", "lists_full", "gp_load", "forgone", "post_contacts")
"""Shown first; access, lists, load and what the day passes on."""


@dataclass(frozen=True)
class Tile:
    """One indicator of one plan, as words.

    Attributes:
        id: of the indicator.
        label, unit, hint: name, unit and definition.
        start: value of the baseline in the first year.
        end: value of the plan in the last year.
        base: value of the baseline in the last year.
        change: difference of the last year; empty for the baseline itself.
        interval: of the change; empty where it is not known.
        verdict: in a word of ``Contrast``; ``baseline`` for the baseline itself.
        word: the same for people.
        sign: arrow for up, down or no change.
    """

    id: str
    label: str
    unit: str
    hint: str
    start: str
    end: str
    base: str
    change: str
    interval: str
    verdict: Verdict | str
    word: str
    sign: str


def word_of(verdict: str, lang: Language) -> str:
    """A verdict for people."""
    return say(f"verdict_{verdict}", lang)


def tiles(contrasts: Sequence[Contrast], courses: Sequence[Course], arm: str, base: str, lang: Language) -> list[Tile]:
    """The six tiles of a plan.

    Args:
        contrasts: of the answer.
        courses: of the answer, by indicator and arm.
        arm: name of the plan in them; that of the base for the baseline itself.
        base: name of the baseline in them.
        lang: language.
    """
    found = {one.indicator: one for one in contrasts if one.other == arm}
    course = {(one.indicator, one.arm): one for one in courses}
    made = []
    for id in SIX:
        own, before = course.get((id, arm)), course.get((id, base))
        if own is None or before is None or not own.mean:
            continue
        definition = INDICATORS[id].definition_nl if lang == "nl" else INDICATORS[id].definition_en
        words = {
            "id": id, "label": label(id, lang), "unit": unit(id, lang), "hint": definition,
            "start": number(before.mean[0], lang), "end": number(own.mean[-1], lang),
            "base": number(before.mean[-1], lang),
        }  # fmt: skip
        one = found.get(id)
        if one is None:
            made.append(Tile(**words, change="", interval="", verdict="baseline", word=say("baseline", lang), sign=""))
            continue
        change = one.difference.mean
        known = math.isfinite(one.difference.low) and one.verdict != "same"
        interval = f"{signed(one.difference.low, lang)} – {signed(one.difference.high, lang)}" if known else ""
        sign = "▲" if change > 0 else "▼" if change < 0 else "="
        made.append(
            Tile(
                **words,
                change=signed(change, lang),
                interval=interval,
                verdict=one.verdict,
                word=word_of(one.verdict, lang),
                sign=sign,
            )
        )
    return made
