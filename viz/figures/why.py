"""Why: the chain from what a plan changes to its outcomes, as stages of numbers with arrows between them.

The arrows are the loop of the model (see docs/model.md); which of them carry a change is read off the contrasts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experiments.compare.comparison import Contrast
from experiments.compare.wording import label, signed, unit
from experiments.texts import Language, number
from viz.figures.tiles import word_of
from viz.figures.words import say

__all__ = ["ARROWS", "STAGES", "Link", "Step", "links", "stage_title", "steps"]

STAGES: Mapping[str, tuple[str, ...]] = {
    "demand": ("contacts_per_person", "calls_per_person", "digital_door", "self_triage_spared", "direct_access"),
    "work": ("gp_minutes_asked", "gp_minutes_supplied", "gp_load", "gp_overtime", "assistant_load"),
    "access": ("wait_mean", "seen_in_3_days", "phone_wait", "usual_gp_share"),
    "elsewhere": ("forgone", "day_to_post", "day_to_emergency", "post_contacts"),
    "gps": ("strain_mean", "departures_due_to_strain", "trainees", "new_owners", "fte_all"),
    "practices": ("practices_open", "practice_closures", "list_per_fte", "lists_full", "without_gp"),
}
"""Indicators of each stage, by what follows from what."""

ARROWS: tuple[tuple[str, str], ...] = (
    ("measures", "demand"),
    ("measures", "work"),
    ("measures", "gps"),
    ("measures", "practices"),
    ("demand", "work"),
    ("work", "access"),
    ("access", "elsewhere"),
    ("elsewhere", "gps"),
    ("work", "gps"),
    ("gps", "work"),
    ("gps", "practices"),
    ("practices", "work"),
    ("practices", "access"),
)
"""What acts on what."""


@dataclass(frozen=True)
class Step:
    """One number of a stage, as words; ``moved`` says whether it surely differs from the baseline."""

    indicator: str
    label: str
    unit: str
    base: str
    arm: str
    change: str
    interval: str
    word: str
    verdict: str

    @property
    def moved(self) -> bool:
        """Whether the interval of the difference leaves zero out."""
        return self.verdict in {"better", "worse", "different"}


@dataclass(frozen=True)
class Link:
    """An arrow; ``carries`` says whether both ends surely moved."""

    source: str
    target: str
    carries: bool


def steps(contrasts: Sequence[Contrast], arm: str, lang: Language) -> dict[str, list[Step]]:
    """The numbers of each stage for one plan, those that are known."""
    found = {one.indicator: one for one in contrasts if one.other == arm}
    return {
        stage: [_step(found[id], lang) for id in ids if id in found and math.isfinite(found[id].base.mean)]
        for stage, ids in STAGES.items()
    }


def _step(one: Contrast, lang: Language) -> Step:
    known = math.isfinite(one.difference.low)
    interval = f"{signed(one.difference.low, lang)} – {signed(one.difference.high, lang)}" if known else ""
    return Step(
        one.indicator, label(one.indicator, lang), unit(one.indicator, lang), number(one.base.mean, lang),
        number(one.arm.mean, lang), signed(one.difference.mean, lang), interval, word_of(one.verdict, lang),
        one.verdict,
    )  # fmt: skip


def links(found: Mapping[str, Sequence[Step]]) -> list[Link]:
    """The arrows, with whether they carry a change; measures always do."""
    moved = {stage: any(step.moved for step in own) for stage, own in found.items()} | {"measures": True}
    return [Link(a, b, moved.get(a, False) and moved.get(b, False)) for a, b in ARROWS]


def stage_title(stage: str, lang: Language) -> str:
    """Title of a stage."""
    return say(f"stage_{stage}", lang)
