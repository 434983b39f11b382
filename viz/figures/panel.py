"""Levers as the panel shows them, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.texts import Language
from viz.figures.texts import say
from viz.plan.levers import Control, Lever

__all__ = ["panel", "panel_texts"]


def panel(levers: Sequence[Lever], lang: Language) -> list[dict[str, Any]]:
    """Groups of levers: interventions, open, and events."""
    return [
        {
            "title": say("group_events" if event else "group_interventions", lang),
            "open": not event,
            "levers": [_lever(one, lang) for one in levers if one.event == event],
        }
        for event in (False, True)
    ]


def panel_texts(lang: Language) -> dict[str, str]:
    """Words of the panel."""
    return {"more": say("more_settings", lang)}


def _lever(one: Lever, lang: Language) -> dict[str, Any]:
    about = getattr(one.about, lang)
    if one.delay:
        about += " " + say("delay", lang, months=one.delay)
    return {
        "kind": one.kind,
        "name": getattr(one.name, lang),
        "about": about,
        "main": None if one.main is None else _control(one.main, lang),
        "controls": [_control(control, lang) for control in one.controls],
    }


def _control(one: Control, lang: Language) -> dict[str, Any]:
    note, source = "", getattr(one.source, lang)
    if source:
        note = say("grade_c" if one.grade == "C" else "grade", lang, grade=one.grade, source=source)
    return {
        "key": one.key,
        "sort": one.sort,
        "label": getattr(one.label, lang),
        "unit": getattr(one.unit, lang),
        "low": one.low,
        "high": one.high,
        "step": one.step,
        "default": one.default,
        "note": note,
        "options": [[value, getattr(label, lang)] for value, label in one.options],
    }
